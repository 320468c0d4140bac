"""The lines of a test that say what to check.

    // CHECK-VALUES: NAME wrt=x,y at=(1, 2),(3, 4) [expect=(5, 6),(7, 8)] [value=9,10]
    //   [precision=float] [step=0x1p-10] [roundings=1000]

NAME is a function of the file, `wrt` parameters by name. At each point of `at` (all arguments,
C++ expressions) the derivatives are compared with differences; with `expect`, with these values of
the gradient instead (kinks, singular points, closed forms). `value` gives the function's own.
`precision` is the function's when a local variable is less precise than the parameters, `step` the
first step of the differences; `smooth` leaves out points where these do not converge or the
function is not finite, up to half of them (for programs that nobody read); `roundings` the distance
allowed beside the differences' own error.
A line that ends in a backslash goes on in the next comment line.

Of a parameter by reference or pointer the point gives the content before the call, or `null`;
`alias=y:z` passes y and z one variable (the point's number for z does not count, write `_`). `expect`
holds the adjoints, for weights one on what is returned and may be written, of the parameters that have
one, in the order of the parameters, a variable once.
"""
import re


class Case:
    """One CHECK-VALUES line."""

    def __init__(self, line, source):
        words = re.split(r"\s+(?=[a-z]+=)", line.strip())
        self.function = words[0]
        template = self.function.split("<")[0]
        self.base = template.split("::")[-1]
        self.namespace = template[: -len(self.base)]
        fields = dict(word.split("=", 1) for word in words[1:])
        self.wrt = fields.pop("wrt").strip().split(",")
        self.points = groups(fields.pop("at"))
        self.expected = groups(fields.pop("expect", ""))
        self.values = split(fields.pop("value", ""))
        self.precision = fields.pop("precision", None)
        self.step = fields.pop("step", None)
        self.smooth = fields.pop("smooth", None)
        self.roundings = fields.pop("roundings", None)
        aliases = [pair.split(":") for pair in split(fields.pop("alias", ""))]
        if fields:
            raise ValueError(f"unknown field in '{line}': {', '.join(fields)}")
        for name, given in [("expect", self.expected), ("value", self.values)]:
            if given and len(given) != len(self.points):
                raise ValueError(f"'{line}': as many of {name}= as points")
        self.returns_nothing, declarations = declaration(self.base, source)
        parameters = [re.sub(r"\W", "", d.split()[-1]) for d in declarations]
        self.positions = [parameters.index(p) for p in self.wrt]
        self.places = {i for i, d in enumerate(declarations) if re.search("[&*]", d)}
        self.uses_places = bool(self.places)
        self.aliases = [(parameters.index(y), parameters.index(z)) for y, z in aliases]


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


def declaration(function, source):
    """Whether a function that `source` defines returns nothing, and its parameters' declarations."""
    for match in re.finditer(rf"(\bvoid\s+)?\b{re.escape(function)}\s*\(([^()]*)\)[\w\s]*\{{", source):
        return bool(match.group(1)), [re.sub(r"\s*=.*", "", p).strip()
                                      for p in split(match.group(2))]
    raise ValueError(f"no definition of '{function}' in the test")


def read_cases(lines_text, source):
    """All cases of a test; `source` holds the functions."""
    joined = re.sub(r"\\\n\s*//", " ", lines_text)
    cases = [Case(m.group(1), source)
             for m in re.finditer(r"CHECK-VALUES:(.*)", joined)]
    if not cases:
        raise ValueError("no CHECK-VALUES line: the test would show nothing")
    return cases
