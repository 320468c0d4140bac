"""The table of derivative rules (ADFunctions.json) as C++ that tests can compile.

`rules(rows)` is a C++ class template Rules<T> with the function of every row and its
partial derivatives (`sin`, `sin_d0`), as the formulas of the table say; `helpers(rows)`
what the standard library lacks.
"""
import dataclasses
import json
import re


@dataclasses.dataclass
class Row:
    name: str
    spelling: str
    args: list
    kinds: str
    partials: list
    domain: list
    helper: str

    @property
    def is_operator(self):
        return not self.spelling.rpartition(":")[2].isidentifier()

    @property
    def is_special(self):
        """Whether it is one of C++17's special functions, which are in std alone."""
        return self.name in SPECIAL


SPECIAL = set("""assoc_laguerre assoc_legendre beta comp_ellint_1 comp_ellint_2 comp_ellint_3
    cyl_bessel_i cyl_bessel_j cyl_bessel_k cyl_neumann ellint_1 ellint_2 ellint_3 expint hermite
    legendre laguerre riemann_zeta sph_bessel sph_legendre sph_neumann""".split())


def load(path):
    """The rows of the table in the order of their definition."""
    with open(path, encoding="utf-8") as file:
        table = json.load(file)
    records = sorted((table[n] for n in table["!instanceof"]["Function"]),
                     key=lambda r: int(r["!locs"][0].rpartition(":")[2]))
    rows = []
    for r in records:
        letters = {"Integer": "i", "LongDouble": "l"}
        kinds = "".join(letters.get(a[0]["def"], "r") for a in r["arguments"]["args"])
        domain = [[tuple(float(e) for e in interval.split(":")) for interval in d.split(",")]
                  for d in r["domain"]]
        rows.append(Row(r["opName"], r["spelling"], r["args"], kinds, r["partials"], domain,
                        r["helper"]))
    return rows


def value(row):
    """The call of the function of a row."""
    if row.is_operator:
        return f" {row.spelling} ".join(row.args) if len(row.args) > 1 else row.spelling + row.args[0]
    return f"{row.spelling}({', '.join(row.args)})"


def literals_of_type(formula):
    """Fractions in the type of the formula, as generated code has them."""
    return re.sub(r'(?<!["\d.])(\d+\.\d+)(?![\d"])', r"T(\1L)", formula)


PRELUDE = """
template <class T> struct Rules {
  static T number(const char *digits) { return T(std::strtold(digits, nullptr)); }
  static bool isnan(T x) { return std::isnan(x); }
  template <class A, class B> static auto select(bool c, A a, B b) { return c ? a : b; }
"""


def helpers(rows):
    return "namespace adgen {\n" + "".join(row.helper for row in rows) + "}\n"


def rules(rows):
    lines = [PRELUDE]
    for row in rows:
        types = {"i": "unsigned", "l": "long double", "r": "T"}
        parameters = ", ".join(f"{types[k]} {a}" for k, a in zip(row.kinds, row.args))
        if row.name in ("ldexp", "scalbn", "scalbln"):
            parameters = parameters.replace("unsigned", "int")
        lines.append(f"  static T {row.name}({parameters}) {{ return {value(row)}; }}")
        for i, partial in enumerate(row.partials):
            if partial != "none":
                lines.append(f"  static T {row.name}_d{i}({parameters}, T y) "
                             f"{{ return {literals_of_type(partial)}; }}")
    return "\n".join(lines + ["};\n"])
