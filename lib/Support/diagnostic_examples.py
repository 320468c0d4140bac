"""What an example of a diagnostic says: test/Diagnostics/Examples/<id>.cpp.

    // RUN: %check-example %s
    // A sentence on the mend.
    // COMMAND: adgen example.cpp --wrt x       (adgen example.cpp, if left out)
    // MENDED: adgen example.cpp --wrt y        (the same command, if left out)
    the program, with `// here` at the end of the line that the diagnostic is at
    //--- mended
    the program that is accepted; left out if the command is the mend
    //--- name.h
    another file, for both; `//--- mended name.h` for the mended program alone
"""
import dataclasses
import re

MARK = re.compile(r" // here$")
SECTION = re.compile(r"^//--- (.*)$")
PROGRAM = "example.cpp"


@dataclasses.dataclass
class Example:
    mend: str
    command: str
    mended_command: str
    # Name → text.
    files: dict
    mended_files: dict
    # (file, line) of the mark; None if the diagnostic has no place.
    place: tuple = None

    @property
    def has_mend(self):
        return self.mended_files != self.files or self.mended_command != self.command


def read(path):
    """The example in the file `path`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    mend = lines[1].removeprefix("// ")
    command, mended_command, place = f"adgen {PROGRAM}", None, None
    sections, name = {PROGRAM: []}, PROGRAM
    for line in lines[2:]:
        if line.startswith("// COMMAND: "):
            command = line.split(": ", 1)[1]
        elif line.startswith("// MENDED: "):
            mended_command = line.split(": ", 1)[1]
        elif SECTION.match(line):
            name = SECTION.match(line)[1]
            name = f"mended {PROGRAM}" if name == "mended" else name
            sections[name] = []
        else:
            sections[name].append(line)
            if MARK.search(line):
                place = (name, len(sections[name]))
    texts = {key: "\n".join(text).strip("\n") + "\n" for key, text in sections.items()}
    files = {key: text for key, text in texts.items() if not key.startswith("mended ")}
    mended = files | {key.removeprefix("mended "): text for key, text in texts.items()
                      if key.startswith("mended ")}
    return Example(mend, command, mended_command or command, files, mended, place)
