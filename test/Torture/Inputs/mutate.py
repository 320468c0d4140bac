"""Damages programs in many ways and sees that adgen ends as it should: mutate.py --work DIR KIND FILE…

Each damaged text is either differentiated (status 0, both files are there and compile-able text) or refused (status
1, an error that says where, no file left behind): never a crash, a signal, another status, a hang, or a
process that takes all memory. What fails is kept in the work folder. Kinds:

  truncate   the text ends at every k-th byte        flip     some bytes are others
  lines      a line is missing, or there twice       tokens   a word or sign is missing, or another one of the file
  junk       random bytes, alone and in the middle
"""
import argparse
import pathlib
import random
import re
import shlex
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "parts"))

from runs import run  # noqa: E402

TOKEN = re.compile(rb"[A-Za-z_]\w*|[0-9.]+|[^\sA-Za-z0-9_]")
ERROR = re.compile(r"^(\S.*:\d+:\d+: (fatal )?error: |adgen: error: |(fatal )?error: )", re.MULTILINE)


def truncated(text, count, _):
    step = max(len(text) // count, 1)
    return [text[:end] for end in range(0, len(text), step)]


def flipped(text, count, choice):
    result = []
    for _ in range(count):
        damaged = bytearray(text)
        for _ in range(choice.choice([1, 1, 2, 5])):
            damaged[choice.randrange(len(damaged))] = choice.randrange(256)
        result.append(bytes(damaged))
    return result


def of_lines(text, count, choice):
    lines = text.splitlines(keepends=True)
    result = []
    for _ in range(count):
        damaged, at = list(lines), choice.randrange(len(lines))
        damaged[at:at + 1] = choice.choice([[], [lines[at]] * 2, [choice.choice(lines)]])
        result.append(b"".join(damaged))
    return result


def of_tokens(text, count, choice):
    words = [match.span() for match in TOKEN.finditer(text)]
    result = []
    for _ in range(count):
        begin, end = choice.choice(words)
        other = slice(*choice.choice(words))
        result.append(text[:begin] + choice.choice([b"", text[begin:end] * 2, text[other]]) + text[end:])
    return result


def with_junk(text, count, choice):
    result = [b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x7fELF" + choice.randbytes(4000)]
    for _ in range(count):
        at, junk = choice.randrange(len(text)), choice.randbytes(choice.choice([1, 10, 1000]))
        result.append(choice.choice([junk, text[:at] + junk + text[at:], text[:at] + b"\0" * 9 + text[at:]]))
    return result


KINDS = {"truncate": truncated, "flip": flipped, "lines": of_lines, "tokens": of_tokens, "junk": with_junk}


def fault(ended, outputs):
    """What is wrong with how adgen ended; None if nothing is."""
    if ended.status is None:
        return "hung"
    if ended.status not in (0, 1):
        return f"status {ended.status}"
    written = sorted(path.name for path in outputs.iterdir())
    if ended.status == 0:
        return None if written == ["m_grad.cpp", "m_grad.h"] else f"status 0, but there is {written}"
    if written:
        return f"status 1, but there is {written}"
    if "internal-error" in ended.errors or "bad_alloc" in ended.errors:
        return "an internal error"
    return None if ERROR.search(ended.errors) else "no error that says where"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--adgen", default="adgen", help="the command to run")
    parser.add_argument("--count", type=int, default=20, help="damaged texts of each file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mode", default="reverse,forward")
    parser.add_argument("--work", type=pathlib.Path, required=True)
    options = parser.parse_args()
    shutil.rmtree(options.work, ignore_errors=True)
    outputs = options.work / "out"
    faults, counts = 0, {0: 0, 1: 0}
    for file in options.files:
        choice = random.Random(f"{options.seed}:{options.kind}:{file.name}")
        for number, text in enumerate(KINDS[options.kind](file.read_bytes(), options.count, choice)):
            shutil.rmtree(outputs, ignore_errors=True)
            outputs.mkdir(parents=True)
            (options.work / "m.cpp").write_bytes(text)
            ended = run([*shlex.split(options.adgen), "m.cpp", "--mode", options.mode, "-o", "out/m_grad.cpp", "--",
                         f"-I{file.resolve().parent}"], options.work, 10, is_limited=True)
            wrong = fault(ended, outputs)
            if wrong:
                faults += 1
                kept = options.work / f"fault-{options.kind}-{file.stem}-{number}.cpp"
                kept.write_bytes(text)
                print(f"{kept}: {wrong}\n{ended.errors[-600:]}")
            else:
                counts[ended.status] += 1
    print(f"{counts[0]} differentiated, {counts[1]} refused, {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
