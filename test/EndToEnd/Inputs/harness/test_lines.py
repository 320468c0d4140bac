"""The lines of a test that say what to check.

    // CHECK-VALUES: NAME wrt=x,y at=(1, 2),(3, 4) [expect=(5, 6),(7, 8)] [value=9,10]
    //   [precision=float] [step=0x1p-10] [roundings=1000]

NAME is a function of the file, `wrt` parameters by name. At each point of `at` (all arguments,
C++ expressions) the derivatives are compared with differences; with `expect`, with these values of
the gradient instead (kinks, singular points, closed forms). `value` gives the function's own.
`precision` is the function's when a local variable is less precise than the parameters, `step` the
first step of the differences; `smooth` leaves out points where these do not converge or the
function is not finite, up to half of them (for programs that nobody read); `roundings` the distance allowed beside the differences' own error.
A line that ends in a backslash goes on in the next comment line.
"""
import re


class Case:
    """One CHECK-VALUES line."""

    def __init__(self, line, source):
        words = re.split(r"\s+(?=[a-z]+=)", line.strip())
        self.function = words[0]
        self.base = self.function.split("::")[-1]
        self.namespace = self.function[: -len(self.base)]
        fields = dict(word.split("=", 1) for word in words[1:])
        self.wrt = fields.pop("wrt").strip().split(",")
        self.points = groups(fields.pop("at"))
        self.expected = groups(fields.pop("expect", ""))
        self.values = split(fields.pop("value", ""))
        self.precision = fields.pop("precision", None)
        self.step = fields.pop("step", None)
        self.smooth = fields.pop("smooth", None)
        self.roundings = fields.pop("roundings", None)
        if fields:
            raise ValueError(f"unknown field in '{line}': {', '.join(fields)}")
        for name, given in [("expect", self.expected), ("value", self.values)]:
            if given and len(given) != len(self.points):
                raise ValueError(f"'{line}': as many of {name}= as points")
        parameters = parameter_names(self.base, source)
        self.positions = [parameters.index(p) for p in self.wrt]


def split(text):
    """Splits at the commas outside of brackets."""
    parts, depth, current = [], 0, ""
    for c in text:
        depth += (c in "([{<") - (c in ")]}>")
        if c == "," and depth == 0:
            parts.append(current.strip())
            current = ""
        else:
            current += c
    return parts + [current.strip()] if current.strip() else parts


def groups(text):
    """`(1, 2),(3, 4)` as the lists of what is in the brackets."""
    return [split(part.strip()[1:-1]) for part in split(text)]


def parameter_names(function, source):
    """The names of the parameters of a function that `source` defines."""
    for match in re.finditer(rf"\b{re.escape(function)}\s*\(([^()]*)\)[\w\s]*\{{", source):
        return [re.sub(r"\s*=.*", "", p).strip().split()[-1].lstrip("&*")
                for p in split(match.group(1))]
    raise ValueError(f"no definition of '{function}' in the test")


def read_cases(lines_text, source):
    """All cases of a test; `source` holds the functions."""
    joined = re.sub(r"\\\n\s*//", " ", lines_text)
    cases = [Case(m.group(1), source)
             for m in re.finditer(r"CHECK-VALUES:(.*)", joined)]
    if not cases:
        raise ValueError("no CHECK-VALUES line: the test would show nothing")
    return cases
