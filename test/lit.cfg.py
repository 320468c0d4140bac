"""How lit runs the tests: adgen, adgen-opt, FileCheck and not are found by name."""
import importlib.util
import os
import pathlib
import shutil

import lit.formats

config.name = "adgen"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".mlir", ".test"]
config.excludes = ["Inputs", "lit.cfg.py", "lit.site.cfg.py"]
config.test_source_root = os.path.join(config.source_root, "test")
config.test_exec_root = os.path.join(config.binary_root, "test")

# `--param disable=ad-simplify,…`: the tests of values alone, of what changes without each of these.
disabled = lit_config.params.get("disable", "")


def is_of_values(file):
    text = file.read_text(encoding="utf-8") if file.suffix in config.suffixes else ""
    return "%check-values" in text and "%fake-" not in text


if disabled:
    files = pathlib.Path(config.test_source_root).rglob("*.*")
    of_values = {part for file in files if is_of_values(file) for part in file.parts}
    config.excludes += [file.name for file in pathlib.Path(config.test_source_root).rglob("*")
                        if file.name not in of_values]

# The tools of this build come before any that are installed.
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.binary_root, "bin"), config.llvm_tools, config.environment["PATH"]])
for variable in ["ADGEN_INSTRUMENTED", "CCACHE_DIR", "HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS"]:
    if variable in os.environ:
        config.environment[variable] = os.environ[variable]

harness = os.path.join(config.test_source_root, "EndToEnd", "Inputs", "harness")
config.substitutions += [
    ("%clangxx", "clang++-22"),
    ("%gxx", "g++"),
    ("%python", config.python),
    ("%table", os.path.join(config.binary_root, "include/adgen/Dialect/ADFunctions.json")),
    ("%source-root", config.source_root),
    ("%binary-root", config.binary_root),
    ("%check-values", f"{config.python} {harness}/check_values.py --work %t.values"
     + (f" --compilers clang --without {disabled}" if disabled else "")),
    ("%unoptimized", " ".join(f"--disable-pass=ad-{name}" for name in [
        "raise-counted-loops", "index-walks", "keep-callees", "fix-shapes", "fuse-sweeps", "eliminate-tape", "simplify", "share-quotients", "exchange-back", "interchange-loops", "promote-sums", "gather-stencils", "split-scatters", "split-sums", "distribute-loops", "raise-swaps", "raise-copies"])),
    ("%fake-adgen", f"{config.python} {harness}/fake_adgen.py"),
    ("%fake-places", f"{config.python} {harness}/fake_places.py"),
    ("%check-example", f"{config.python} {config.test_source_root}/Diagnostics/Inputs/check_example.py"
     f" {config.source_root} %t"),
    ("%check-length", f"{config.python} {harness}/check_length.py"),
]

if "ADGEN_INSTRUMENTED" in os.environ:
    config.available_features.add("instrumented")
for compiler in ["clang++-22", "g++"]:
    if shutil.which(compiler):
        config.available_features.add(compiler)

# With these test/Torture/torture lists the functions of a file.
if importlib.util.find_spec("clang") or os.path.exists("/usr/lib/python3/dist-packages/clang/cindex.py"):
    config.available_features.add("python-clang")

# A hang is a failure too; the limit is far above what a test takes on a busy machine.
try:
    import psutil  # noqa: F401
    lit_config.maxIndividualTestTime = 1800 if disabled else 300
except ImportError:
    lit_config.note("without the Python module psutil, tests have no time limit")
