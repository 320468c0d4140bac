#!/usr/bin/env python3
"""Builds the kernels on arrays, checks every gradient, times them and makes Markdown tables.

A figure is the minimum over the rounds, in each of which all contenders have their turn. What adgen
refuses, or gets wrong, has no time, and the table says so. The tables go to standard output and, unless
--no-write is given or only a part was measured, between the markers of docs/performance.md.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

from tables import ROOT, build, folder_of, geometric_mean, ratio, row, run, shown, version, write

CONFIGURATIONS = [("g++", "-O3 -march=native"), ("clang++-22", "-O3 -march=native")]
SCALED = ["sum_of_squares", "logsumexp", "heat"]
PROGRAMS = ["check_kernels", "measure_kernels", "scale_kernels"]
# What --ablation switches off, one after the other.
SWITCHES = ["activity-across-calls", "to-be-recorded", "ad-fuse-sweeps", "ad-minimum-cut", "ad-trim-trips", "ad-promote-sums", "ad-hoist-loads", "ad-reuse-sums", "ad-split-sums",
            "ad-gather-stencils", "ad-split-scatters", "ad-distribute-loops", "ad-join-contributions", "ad-share-quotients", "ad-fold-coefficients", "ad-exchange-back", "ad-interchange-loops",
            "ad-keep-callees", "ad-fix-shapes", "ad-hoist-records", "ad-simplify", "ad-eliminate-tape", "ad-raise-counted-loops"]


def kernels_of(folder, options):
    """The names of the kernels to measure, in the order of the tables."""
    out, _ = run([folder / "kernels/measure_kernels", "--list"])
    return [name for name in out.split() if re.search(options.filter, name)]


def check(folder, kernels):
    """Checks all gradients; {kernel: what is wrong} of adgen's. Exits if another one is wrong."""
    wrong = {}
    for kernel in kernels:
        try:
            done = subprocess.run([folder / "kernels/check_kernels", f"^{kernel}$"],
                                  stdout=subprocess.PIPE, text=True, timeout=300)
            said, status = done.stdout, done.returncode
        except subprocess.TimeoutExpired as expired:
            said, status = (expired.stdout or b"").decode(), -1
        others, _, adgens = said.partition(f"{'adgen':20}")
        if not adgens or "WRONG" in others:
            sys.exit(f"check_kernels failed ({status}):\n{said}")
        error, _, neglected = adgens.partition("WRONG")
        if status == 3:
            wrong[kernel] = f"wrong (error {error.strip()}) {neglected.splitlines()[0].strip()}".rstrip()
        elif status != 0:
            wrong[kernel] = "wrong (crashes, or does not end)"
    return wrong


def measure(folder, size, kernels, options, wrong, peers):
    """What measure_kernels says of each kernel, each in a process of its own."""
    results = []
    for kernel in kernels:
        command = [folder / "kernels/measure_kernels", "--size", size, "--filter", f"^{kernel}$",
                   "--rounds", str(options.rounds), "--min-time", str(options.min_time)]
        command += ["--no-adgen"] if kernel in wrong else []
        command += [] if peers else ["--no-peers"]
        (result,) = json.loads(run(command)[0])
        result["refused"] = wrong.get(kernel, result["refused"])
        results.append(result)
    return results


def tapes(folder, kernel):
    """The bytes that adgen says it keeps on tapes, in the program's names."""
    remarks = folder / f"generated/kernels/{kernel}_grad.remarks"
    if not remarks.exists():
        return ""
    return ", ".join(f"`{tape}`: {size}" for tape, size in re.findall(
        r"remark: '([^']*)' is kept on a tape \((.*) bytes\) for", remarks.read_text(encoding="utf-8")))


def time_shown(seconds):
    for unit, scale in (("ns", 1e9), ("µs", 1e6), ("ms", 1e3)):
        if seconds * scale < 1000:
            break
    return f"{seconds * scale:.3g} {unit}"


def bytes_shown(count):
    if count is None:
        return "–"
    for unit in ("B", "kB", "MB", "GB"):
        if count < 999.5:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} TB"


def adgen_cell(result, base):
    if result["refused"]:
        return "wrong" if result["refused"].startswith("wrong") else "refused"
    return shown(ratio(result["seconds"], "adgen", base))


def peers_of(results):
    return sorted({who for result in results for who in result["seconds"]}
                  - {"primal", "hand", "adgen"})


def table_of_times(results):
    peers = peers_of(results)
    headings = ["kernel", "size", "primal", "adgen / hand", "adgen", "by hand", *peers]
    lines = [row(*headings), row("---", "---", *("---:" for _ in headings[2:]))]
    for result in results:
        seconds = result["seconds"]
        lines.append(row(
            result["kernel"], result["dimensions"], time_shown(seconds["primal"]),
            adgen_cell(result, "hand"), adgen_cell(result, "primal"),
            *(shown(ratio(seconds, who, "primal")) for who in ["hand", *peers])))
    lines.append(row("**geometric mean**", "", "", *means(results)))
    return lines


def means(results, peers=True):
    """The cells of a row of geometric means; a mean of some kernels alone says of how many."""
    cells = []
    for who, base in [("adgen", "hand"), ("adgen", "primal"), ("hand", "primal"),
                      *((who, "primal") for who in peers_of(results) if peers)]:
        mean, count = geometric_mean(ratio(result["seconds"], who, base) for result in results)
        cells.append(shown(mean) + (f" (of {count})" if 0 < count < len(results) else ""))
    return cells


def table_of_memory(cached, large, folder):
    """What is allocated at most."""
    columns = [("primal", "primal"), ("by hand", "hand"), ("adgen", "adgen"), ("ADOL-C", "ADOL-C"),
               ("Sacado Rad", "Sacado Rad")]
    headings = [heading for heading, _ in columns] + ["by hand, large", "adgen, large"]
    lines = [row("kernel", *headings, "adgen's tapes, in bytes"),
             row("---", *("---:" for _ in headings), "---")]
    large = {result["kernel"]: result["allocated"] for result in large}
    for result in cached:
        name, allocated = result["kernel"], result["allocated"]
        cells = [allocated.get(who) for _, who in columns]
        cells += [large.get(name, {}).get(who) for who in ("hand", "adgen")]
        lines.append(row(name, *map(bytes_shown, cells), tapes(folder, name)))
    return lines


def table_of_configurations(results):
    """(name, cached, large) of each configuration."""
    lines = [row("compiled by", "size", "adgen / hand", "adgen", "by hand"),
             row("---", "---", "---:", "---:", "---:")]
    for name, cached, large in results:
        for size, part in (("cached", cached), ("large", large)):
            if part:
                lines.append(row(f"`{name}`", size, *means(part, peers=False)))
    return lines


def table_of_scaling(points):
    peers = peers_of([{"seconds": point["seconds"]} for point in points])
    headings = ["n", "primal", "adgen / hand", "adgen", "by hand", *peers, "memory by hand",
                "adgen", *peers]
    lines = []
    for kernel in dict.fromkeys(point["kernel"] for point in points):
        lines += [f"`{kernel}`:", "", row(*headings), row(*("---:" for _ in headings))]
        for point in (p for p in points if p["kernel"] == kernel):
            seconds = point["seconds"]
            lines.append(row(
                f"{point['n']:,}", time_shown(seconds["primal"]),
                shown(ratio(seconds, "adgen", "hand")),
                *(shown(ratio(seconds, who, "primal")) for who in ["adgen", "hand", *peers]),
                *(bytes_shown(point["allocated"].get(who)) for who in ["hand", "adgen", *peers])))
        lines.append("")
    return lines


def without(switch, adgen, folder):
    """A program that is adgen with a pass switched off."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / f"adgen-without-{switch}"
    program.write_text(f'#!/bin/sh\nexec "{adgen}" --disable-pass={switch} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def ablate(options, adgen):
    """What each optimization is worth: the kernels in cache without it, over those with it."""
    compiler, flags = options.compiler or CONFIGURATIONS[0][0], options.flags
    times, texts = {}, {}
    for switch in ["", *SWITCHES]:
        print(f"==> {'without ' + switch if switch else 'all'}", file=sys.stderr)
        folder = folder_of(options.build, compiler, flags + (f" without {switch}" if switch else ""))
        program = without(switch, adgen, folder) if switch else adgen
        build(folder, compiler, flags, program, PROGRAMS[:2])
        kernels = kernels_of(folder, options)
        wrong = check(folder, kernels)
        if wrong:
            sys.exit(f"wrong without {switch}: {wrong}")
        texts[switch] = {k: (folder / f"generated/kernels/{k}_grad.cpp").read_text(encoding="utf-8")
                         for k in kernels}
        # Where the code is the same there is nothing to measure.
        differing = [k for k in kernels if not switch or texts[switch][k] != texts[""][k]]
        times[switch] = {r["kernel"]: r["seconds"]
                         for r in measure(folder, "cached", differing, options, {}, peers=False)}
    lines = [f"By `bench/run --kernels --ablation`, compiled by `{compiler} {flags}`, in cache: the time of the "
             "gradient without an optimization over that with all of them.", "",
             row("without", "geometric mean", "what it matters most for"), row("---", "---:", "---")]
    for switch in SWITCHES:
        ratios = {k: seconds["adgen"] / times[""][k]["adgen"] for k, seconds in times[switch].items()
                  if "adgen" in seconds and "adgen" in times[""][k]}
        most = sorted(ratios, key=ratios.get, reverse=True)[:3]
        mean, _ = geometric_mean([ratios.get(k, 1) for k in times[""]])
        lines.append(row(f"`{switch}`", shown(mean),
                         ", ".join(f"{k} {shown(ratios[k])}" for k in most if ratios[k] > 1.1)))
    return "\n".join(lines) + "\n"


def report(options, results, scaling, folder):
    """The Markdown of all tables; the first of the results is shown in full."""
    name, cached, large = results[0]
    lines = [f"By `{options.command}`, compiled by `{name}` ({version(name.split()[0])}). The columns "
             "without a slash are multiples of the primal's time.", ""]
    if cached:
        lines += ["In cache:", "", *table_of_times(cached), ""]
    if large:
        lines += ["Large:", "", *table_of_times(large), ""]
    if cached:
        lines += ["What is allocated at most during one call, beside the arguments and their "
                  "adjoints:", "", *table_of_memory(cached, large, folder), ""]
    if len(results) > 1:
        lines += ["Geometric means by compiler and size:", "",
                  *table_of_configurations(results), ""]
    if scaling:
        lines += ["With the length n of a reduction, and with n time steps of 100 points:", "",
                  *table_of_scaling(scaling)]
    refusals = {r["kernel"]: r["refused"] for r in cached or large if r["refused"]}
    if refusals:
        lines += ["What adgen does not differentiate at present:", ""]
        lines += [f"- {kernel}: {why}" for kernel, why in refusals.items()] + [""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(prog="bench/run --kernels", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adgen", default=os.environ.get("ADGEN", str(ROOT / "build/bin/adgen")))
    parser.add_argument("--compiler", help="only this one, such as g++")
    parser.add_argument("--flags", default=CONFIGURATIONS[0][1])
    parser.add_argument("--filter", default=".", help="what to measure, as a regular expression")
    parser.add_argument("--size", choices=["cached", "large", "both"], default="both")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--min-time", type=float, default=0.02, help="seconds of a round")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--no-scaling", action="store_true")
    parser.add_argument("--quick", action="store_true",
                        help="a rough look: cached, no peers, no scaling; writes nothing")
    parser.add_argument("--ablation", action="store_true",
                        help="the kernels in cache with each optimization switched off")
    parser.add_argument("--no-write", action="store_true")
    parser.add_argument("--build", default=str(ROOT / "build-bench"))
    options = parser.parse_args()
    options.command = "bench/run --kernels"
    whole = options.filter == "." and options.size == "both" and not (
        options.quick or options.compiler or options.no_peers or options.no_scaling)
    if options.quick:
        options.rounds, options.min_time, options.size = 3, 0.005, "cached"
        options.no_peers = options.no_scaling = True
    adgen = pathlib.Path(options.adgen).resolve()
    if not adgen.exists():
        sys.exit(f"no adgen at {options.adgen}; set ADGEN, or build it")

    if options.ablation:
        text = ablate(options, adgen)
        print(text)
        if options.filter == "." and not options.no_write and not options.quick:
            write(text, "bench/run --kernels --ablation")
        return
    configurations = [(options.compiler, options.flags)] if options.compiler else CONFIGURATIONS
    results, scaling, wrong = [], [], {}
    for number, (compiler, flags) in enumerate(configurations):
        folder = folder_of(options.build, compiler, flags)
        print(f"==> {compiler} {flags}", file=sys.stderr)
        build(folder, compiler, flags, adgen, PROGRAMS)
        kernels = kernels_of(folder, options)
        wrong_here = check(folder, kernels)
        wrong.update(wrong_here)
        first = number == 0
        parts = [measure(folder, size, kernels, options, wrong_here,
                         peers=first and size == "cached" and not options.no_peers)
                 if options.size in (size, "both") else [] for size in ("cached", "large")]
        results.append((f"{compiler} {flags}", *parts))
        if first and not options.no_scaling:
            for kernel in SCALED:
                command = [folder / "kernels/scale_kernels", kernel]
                command += ["--no-adgen"] if kernel in wrong_here else []
                scaling += json.loads(run(command)[0])
    text = report(options, results, scaling, folder_of(options.build, *configurations[0]))
    print(text)
    if whole and not options.no_write:
        write(text, options.command)
    if wrong:
        sys.exit("adgen's gradients of these kernels are wrong: " + ", ".join(wrong))


if __name__ == "__main__":
    main()
