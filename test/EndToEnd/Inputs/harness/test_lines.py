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

The point gives what an object or an array holds before the call: `{1, 2, 3}` for the elements behind a
pointer, of an array, a container, a span, the fields of a struct; `rand(6, 1)`, `rand(6, 1, low, high)` or
`range(first, last, 6)` for that many numbers, `grid(3, rand(6, 1))` for three vectors of two; `{}` for no
elements, `null` for no object; `memory({1, 2})` for a pointer in an object. The fields of a class that is
no aggregate are named by a line of the test:

    // FIELDS: Matrix<double>: rows_, columns_, data_

`alias=y:x`, `alias=y:x+2` let y begin at x, at x[2]; the point says `_` for y. (`alias=x:y` is the same as
`alias=y:x`: the one with `_` lies in the other.) `expect` holds the adjoints, for weights one on what is
returned and may be written, of the parameters that have one, in the order of the parameters, each
number once.
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
        result, declarations = declaration(self.base, source)
        self.parameters = [declared_name(d) for d in declarations]
        self.positions = [int(p) if p.isdigit() else self.parameters.index(p) for p in self.wrt]
        self.returns_nothing = result[-1:] == ["void"]
        self.uses_places = not all(is_number(words, source) for words in [
            [*result, "result"], *(re.findall(r"[\w:]+|[^\w\s]", d) for d in declarations)])
        self.aliases = [self.alias(pair) for pair in aliases]

    def alias(self, pair):
        """`y:x+2` as the parameter that lies in the other, the other, and the offset."""
        other, _, offset = pair[1].partition("+")
        y, x = self.parameters.index(pair[0]), self.parameters.index(other)
        return (x, y, offset) if any(point[x] == "_" for point in self.points) else (y, x, offset)


NUMBERS = set("""signed unsigned bool char short int long float double void size_t ptrdiff_t
    int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t""".split())


def is_number(words, source):
    """Whether a declaration is that of a number, or of nothing."""
    if not all(re.match(r"\w", w) for w in words):
        return False
    words = [w for w in words if w != "const"]
    types = words if words and words[-1] in NUMBERS else words[:-1]
    return all(w.split("::")[-1] in NUMBERS or is_alias_of_number(w, source) for w in types) and (
        len(types) > 0)


def is_alias_of_number(word, source):
    return re.search(rf"\b(?:using\s+{word}\s*=|typedef)\s*[\w\s]*\b(float|double|int)\b", source)


def declared_name(declaration):
    """The name in `const double *x`, `double m[][3]`, `const double (&a)[3]`, `double f(double)`."""
    inner = re.search(r"\(\s*[&*]+\s*(\w+)", declaration)
    if inner:
        return inner.group(1)
    names = re.findall(r"\w+", re.sub(r"\[[^\]]*\]|\(.*", "", declaration))
    return names[-1] if names else ""


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
    """The words of the result's type of a function that `source` defines, and its parameters."""
    code = re.sub(r"//[^\n]*|^\s*#[^\n]*", ";", source, flags=re.M)
    for match in re.finditer(rf"\b{re.escape(function)}\s*\(", code):
        end = closing(code, match.end() - 1)
        if not re.match(r"[\w\s]*\{", code[end + 1:]):
            continue
        before = re.split(r"[;{}]", code[: match.start()])[-1]
        before = re.sub(r"\btemplate\s*<.*?>\s|\[\[.*?\]\]|\b\w+\(.*?\)", "", before, flags=re.S)
        words = [w for w in re.findall(r"[\w:]+|[^\w\s]", before)
                 if w not in ("inline", "static", "constexpr", "extern")]
        parameters = split(code[match.end():end])
        return words, [re.sub(r"\s*=.*", "", p, flags=re.S).strip() for p in parameters]
    raise ValueError(f"no definition of '{function}' in the test")


def closing(text, at):
    """Where the bracket that opens at `at` is closed."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i
    return len(text)


def read_fields(lines_text):
    """The classes whose fields the test names."""
    return {m.group(1): split(m.group(2))
            for m in re.finditer(r"FIELDS:\s*(.*?)\s*:\s([^\n]*)", lines_text)}


def read_cases(lines_text, source):
    """All cases of a test; `source` holds the functions."""
    joined = re.sub(r"\\\n\s*//", " ", lines_text)
    cases = [Case(m.group(1), source)
             for m in re.finditer(r"CHECK-VALUES:(.*)", joined)]
    if not cases:
        raise ValueError("no CHECK-VALUES line: the test would show nothing")
    return cases
