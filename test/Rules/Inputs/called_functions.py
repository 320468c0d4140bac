"""Functions that call each row of the table in every way a user can."""
import dataclasses

import table

SUFFIXES = {"float": "f", "double": "", "long double": "l"}
STD_ONLY = {"min", "max", "clamp", "hypot3", "abs"}
SIGNED = {"ldexp", "scalbn", "scalbln"}

# Calls with an argument fixed, or one argument twice. T is the type.
FIXED = {
    "pow": ["std::pow(x, 2)", "std::pow(x, 3)", "std::pow(x, 0.5)", "std::pow(x, -1)",
            "std::pow(x, T(-2.5))", "std::pow(x, 1)", "std::pow(x, 0)", "std::pow(2, z)",
            "std::pow(T(0.5), z)", "std::pow(x, x)"],
    "atan2": ["std::atan2(x, 1)", "std::atan2(1, z)", "std::atan2(x, x)"],
    "hypot": ["std::hypot(x, 1)", "std::hypot(x, x)"],
    "max": ["std::max(x, T(0))", "std::max(T(0), z)"],
    "fmax": ["std::fmax(x, 0)"],
    "clamp": ["std::clamp(x, T(-1), T(1))"],
    "fmod": ["std::fmod(x, 2)"],
    "fma": ["std::fma(x, x, x)", "std::fma(x, 2, w)"],
    "div": ["x / x", "1 / z", "x / 2"],
    "ldexp": ["std::ldexp(x, 3)", "std::ldexp(x, -3)"],
    "scalbln": ["std::scalbln(x, 2L)"],
    "cyl_bessel_j": ["std::cyl_bessel_j(0, x)", "std::cyl_bessel_j(1, x)", "std::cyl_bessel_j(2, x)",
                     "std::cyl_bessel_j(0.5, x)", "std::cyl_bessel_j(T(1.5), x)"],
    "cyl_bessel_i": ["std::cyl_bessel_i(0, x)", "std::cyl_bessel_i(1, x)", "std::cyl_bessel_i(T(0.5), x)"],
    "cyl_bessel_k": ["std::cyl_bessel_k(0, x)", "std::cyl_bessel_k(1, x)", "std::cyl_bessel_k(T(1.5), x)"],
    "cyl_neumann": ["std::cyl_neumann(0, x)", "std::cyl_neumann(T(1.5), x)"],
    "sph_bessel": ["std::sph_bessel(0, x)", "std::sph_bessel(1, x)"],
    "sph_neumann": ["std::sph_neumann(0, x)"],
    "hermite": ["std::hermite(0, x)", "std::hermite(3, x)"],
    "laguerre": ["std::laguerre(0, x)", "std::laguerre(2, x)"],
    "assoc_laguerre": ["std::assoc_laguerre(2, 1, x)"],
    "legendre": ["std::legendre(4, x)"],
    "assoc_legendre": ["std::assoc_legendre(3, 0, x)", "std::assoc_legendre(3, 1, x)",
                       "std::assoc_legendre(3, 2, x)"],
    "sph_legendre": ["std::sph_legendre(2, 0, theta)", "std::sph_legendre(2, 1, theta)"],
    "beta": ["std::beta(x, x)", "std::beta(x, 2)"],
    "ellint_1": ["std::ellint_1(k, k)"],
    "ellint_3": ["std::ellint_3(T(0.5), nu, 1)"],
}


@dataclasses.dataclass
class Function:
    """A function of some of a row's arguments; `exact` is it in long double."""
    name: str
    row: table.Row
    type: str
    expression: str
    exact: str

    @property
    def args(self):
        inside = self.exact.partition("(")[2] if "(" in self.exact else self.exact
        words = inside.replace("(", " ").replace(")", " ").replace(",", " ").split()
        return [a for a in self.row.args if a in words or "-" + a in words]

    @property
    def active(self):
        """The arguments that have a derivative; another gets an integer parameter."""
        row = self.row
        return [a for a in self.args if row.kinds[row.args.index(a)] != "i"
                and row.partials[row.args.index(a)] != "none"]

    def parameters(self, real):
        integer = "unsigned" if "i" in self.row.kinds and self.row.name not in SIGNED else "int"
        types = {a: {"l": "long double", "r": real}.get(k) for a, k in zip(self.row.args, self.row.kinds)}
        return ", ".join(f"{types[a] if a in self.active else integer} {a}" for a in self.args)

    def definition(self):
        return f"{self.type} {self.name}({self.parameters(self.type)}) {{ return {self.expression}; }}"


def typed(expression, real):
    return expression.replace("T(", f"static_cast<{real}>(")


def functions(rows):
    """Every row as std::f, ::f, and with the suffixes f and l, then the FIXED calls."""
    for row in rows:
        if row.helper or all(p == "none" for p in row.partials):
            continue
        for real, suffix in SUFFIXES.items():
            tag = f"{row.name}_{suffix or 'd'}"
            exact = table.value(row)
            yield Function(f"{tag}_std", row, real, exact, exact)
            if not row.is_operator and row.name not in STD_ONLY:
                # The special functions have suffixes in std, the others in ::.
                suffixed = exact.replace("(", suffix + "(", 1)
                if not row.is_special:
                    suffixed = suffixed.replace("std::", "::")
                if suffixed != exact:
                    yield Function(f"{tag}_suffix", row, real, suffixed, exact)
            for number, expression in enumerate(FIXED.get(row.name, [])):
                yield Function(f"{tag}_fixed{number}", row, real, typed(expression, real),
                               typed(expression, "long double"))
