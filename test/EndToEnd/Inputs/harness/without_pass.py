"""Checks a test's derivatives once more for each optimization that is switched off.

Where the text stays the same there is nothing to check. The signatures always do, so that the program
that calls the derivatives, which takes longest to compile, is compiled once for all of them.
"""
import filecmp


def check_without(options, stems, work, differentiate, build):
    """Whether the values are right without each of the passes of `options.without`.

    `work` has the files `stems` of the whole pipeline; `differentiate(folder, switches)` makes those
    of another one; `build` (check_values.py) compiles, links and runs.
    """
    good = True
    for name in options.without.split(","):
        try:
            good &= check(name, stems, work, differentiate, build)
        except SystemExit as failure:
            print(f"without {name}: {failure}")
            good = False
    return good


def check(name, stems, work, differentiate, build):
    """Whether the values are right without this pass."""
    # Beside the other one: paths of includes stay the same.
    folder = work.with_name(f"{work.name}-{name}")
    folder.mkdir(exist_ok=True)
    differentiate(folder, f" --disable-pass={name}")
    for stem in stems:
        if not filecmp.cmp(work / f"{stem}.h", folder / f"{stem}.h", shallow=False):
            print(f"without {name}: another header, {folder}/{stem}.h")
            return False
    changed = [stem for stem in stems
               if not filecmp.cmp(work / f"{stem}.cpp", folder / f"{stem}.cpp", shallow=False)]
    print(f"without {name}: {len(changed)} of {len(stems)} files change")
    if not changed:
        return True
    objects = [build.compile(stem, folder if stem in changed else work) for stem in stems]
    return build.run(build.compile_main(), objects, folder)
