"""A function of a random program under construction: its scopes, expressions and basic statements.

The programs are well-defined by construction: an index is in its range because the range of every
integer variable is known, loops end because their headers say so, nothing is read before it is set, a
side effect stands alone in its full expression, and values stay small because whatever is assigned in
a loop is damped. The floating-point types are written `real` (double), `real32` (float) and `realL`
(long double), so that one text serves adgen and the dual numbers (program.py).
"""
import re

TYPES = ["real", "real32", "realL"]


class Var:
    """A name that can be used: what it is, and what is known of it.

    kind: num (elem is its type), int (lo and hi bound it), arr (n elements), mat (n by m), vec (a vector
    whose size changes; `least` elements are there for sure), obj (struct), iarr (n integers below m)."""

    def __init__(self, text, kind, elem="real", mutable=True, n=0, m=0, lo=0, hi=0, struct=None,
                 form="", ctype="int", whole=True):
        self.text = text
        self.kind = kind
        self.elem = elem
        self.mutable = mutable
        self.n = n
        self.m = m
        self.lo = lo
        self.hi = hi
        self.struct = struct
        self.form = form
        self.ctype = ctype
        # Whether it may be assigned to, swapped, passed on as a whole.
        self.whole = whole


class Body:
    """The statements of one function; mixins add the constructs."""

    def __init__(self, program, result="real", budget=10):
        self.program = program
        self.rng = program.rng
        self.scopes = [[]]
        self.result = result
        self.budget = budget
        self.loops = 0
        self.breakable = []
        self.nesting = 0
        self.frozen = set()
        # Makes the exit of a function that returns an object.
        self.leaves = None
        # What has to be deleted before the end, and whether `finish` writes it.
        self.deletions, self.finishes = [], False

    # Scopes.

    def add(self, var):
        self.scopes[-1].append(var)
        return var

    def visible(self, kind=None, **wanted):
        found = {}
        for scope in self.scopes:
            for var in scope:
                found[var.text] = var
        return [v for v in found.values() if (kind is None or v.kind == kind)
                and all(getattr(v, k) == w for k, w in wanted.items())]

    def tag(self, name):
        self.program.tags.add(name)

    def fresh(self, stem):
        return self.program.fresh(stem)

    def chance(self, p):
        return self.rng.random() < p

    def weighted(self, table):
        """One of [(weight, thing), …]."""
        total = sum(w for w, _ in table)
        at = self.rng.random() * total
        for w, thing in table:
            at -= w
            if at < 0:
                return thing
        return table[-1][1]

    def theme(self, name):
        return name in self.program.themes

    # Integers.

    def index(self, n):
        """An expression in [0, n)."""
        rng = self.rng
        if n == 1:
            return "0"
        fits = [v for v in self.visible("int") if v.lo >= 0 and v.hi < n]
        natural = [v for v in self.visible("int") if v.lo >= 0]
        p = rng.random()
        if fits and p < 0.5:
            return rng.choice(fits).text
        if natural and p < 0.75:
            v = rng.choice(natural)
            form = rng.choice(["({0} + {2}) % {1}", "{0} % {1}", "({0} * 2 + {2}) % {1}"])
            return form.format(v.text, n, rng.randrange(1, n))
        if fits and p < 0.85:
            v = rng.choice(fits)
            return f"{n - 1} - {v.text}"
        tables = [t for t in self.visible("iarr") if t.m <= n]
        if tables and p < 0.95:
            self.tag("index array")
            t = rng.choice(tables)
            return f"{t.text}[{fits[0].text if fits and fits[0].hi < t.n else rng.randrange(t.n)}]"
        return str(rng.randrange(n))

    def integer(self):
        """A small integer expression, of any sign."""
        names = self.visible("int")
        if not names or self.chance(0.15):
            return str(self.rng.randint(0, 3))
        v = self.rng.choice(names)
        if v.ctype != "int":
            return f"static_cast<int>({v.text})"
        return self.rng.choice(["{0}", "{0}", "({0} + 1)", "({0} - 2)", "{0} % 3"]).format(v.text)

    # Real numbers.

    def literal(self, elem="real"):
        text = self.rng.choice(["0.5", "1.0", "2.0", "0.25", "1.5", "0.75", "0.1", "3.0"])
        if elem == "real32" or (self.theme("mixed") and self.chance(0.2)):
            return text + "f"
        if elem == "realL" and self.chance(0.3):
            return text + "L"
        return text

    def places(self, mutable=False, stable=False):
        """Makers of all places that hold a number; `stable` ones are where they are for long."""
        makers = []
        for v in self.visible():
            if mutable and (not v.mutable or v.text in self.frozen):
                continue
            if stable and v.kind == "vec":
                continue
            makers += self.places_in(v, mutable)
        return makers

    def places_in(self, v, mutable=False):
        if v.kind == "num":
            return [(v.elem, lambda: v.text)] * 2
        if v.kind == "arr":
            return [(v.elem, lambda: f"{v.text}[{self.index(v.n)}]")] * 2
        if v.kind == "mat":
            return [(v.elem, lambda: f"{v.text}[{self.index(v.n)}][{self.index(v.m)}]")] * 2
        if v.kind == "vec" and v.n:
            return [(v.elem, lambda: self.element(v))] * 2
        if v.kind == "obj":
            found = []
            for member in v.struct.members:
                found += self.places_in(member.within(v), mutable)
            return found
        return []

    def element(self, v):
        form = self.rng.random()
        if form < 0.1:
            return f"{v.text}.front()"
        if form < 0.2:
            return f"{v.text}.back()"
        if form < 0.25:
            return f"{v.text}.at({self.index(v.n)})"
        return f"{v.text}[{self.index(v.n)}]"

    def place(self, mutable=True, stable=False):
        """A place to write (or only read), and its type."""
        makers = self.places(mutable, stable)
        if not makers:
            return None, None
        elem, make = self.rng.choice(makers)
        return make(), elem

    def exact(self, elem="real"):
        """A leaf of this very type, as braces want it."""
        text = self.leaf(elem)
        return f"static_cast<{elem}>({text})" if self.theme("mixed") else text

    def leaf(self, elem="real"):
        if self.chance(0.15):
            return self.literal(elem)
        text, _ = self.place(False)
        return text or self.literal(elem)

    def real(self, depth=2):
        rng = self.rng
        if depth <= 0 or rng.random() < 0.2:
            return self.leaf()
        extra = self.expression_makers()
        if extra and rng.random() < 0.2:
            made = self.weighted(extra)(depth)
            if made:
                return made
        p = rng.random()
        a = self.real(depth - 1)
        if p < 0.4:
            return f"({a} {rng.choice('+-**')} {self.real(depth - 1)})"
        if p < 0.5:
            b = self.leaf()
            return f"{a} / (1.0 + {b} * {b})".join("()")
        if p < 0.7:
            name = rng.choice(["sin", "cos", "tanh", "atan", "fabs", "sin", "exp", "sqrt", "log"])
            if name == "exp":
                return f"std::exp(-std::fabs({a}))"
            if name in ("sqrt", "log"):
                b = self.leaf()
                return f"std::{name}({'1.0' if name == 'sqrt' else '1.5'} + {b} * {b})"
            return f"std::{name}({a})"
        if p < 0.77:
            b = self.real(depth - 1)
            return rng.choice([f"std::max<real>({a}, {b})", f"std::min<real>({a}, {b})",
                               f"std::fmax({a}, {b})", f"std::hypot({a}, 1.0 + {b} * {b})",
                               f"std::atan2({a}, 2.0 + std::sin({b}))", f"std::clamp<real>({a}, -1.0, 1.0)",
                               f"std::fmod({a}, 1.25)", f"std::pow(1.0 + {b} * {b}, 0.5)",
                               f"std::pow({a}, 2)", self.rare(a, b)])
        if p < 0.83:
            b = self.real(depth - 1)
            if self.theme("mixed"):  # dual numbers of two types convert both ways
                a, b = f"static_cast<real>({a})", f"static_cast<real>({b})"
            # A choice between twice the same becomes a condition that compilers warn of.
            return f"({self.condition(1)} ? {a} : {b})" if a != b else a
        if p < 0.88:
            return f"-{a}" if not a.startswith("-") else a
        if p < 0.94:
            return f"({self.integer()} * {a})"
        if self.theme("mixed"):
            self.tag("cast")
            return rng.choice([f"static_cast<real32>({a})", f"real32({a})", f"(realL)({a})"])
        return a

    def rare(self, a, b):
        """A call of a function that is seldom used."""
        return self.rng.choice([
            "std::tan(std::tanh({0}))", "std::cbrt(2.0 + std::sin({0}))", "std::asin(0.5 * std::tanh({0}))",
            "std::acos(0.5 * std::sin({0}))", "std::sinh(std::sin({0}))", "std::cosh(std::tanh({0}))", "std::asinh({0})",
            "std::acosh(2.0 + std::sin({0}))", "std::atanh(0.5 * std::sin({0}))", "std::log1p({1} * {1})",
            "std::expm1(std::sin({0}))", "std::erf({0})", "std::exp2(std::sin({0}))", "std::log2(1.5 + {1} * {1})",
            "std::log10(1.5 + {1} * {1})", "std::fma({0}, {1}, 0.5)", "std::fdim({0}, {1})", "std::fmin({0}, {1})",
            "std::copysign({0}, {1})", "std::remainder({0}, 0.75)", "({0} - std::floor({0}))", "std::abs({0})",
            "std::round(3.0 * {0}) * {1}", "std::trunc({0}) * {1}", "std::erfc({0})", "std::hypot({0}, 1.0, {1})",
            "std::lround({0}) * {1}", "std::pow(1.5 + std::sin({0}), std::tanh({1}))", "std::pow({0}, 3)"]).format(
                a, b).join("()")

    def expression_makers(self):
        return []

    def small(self, depth=2):
        """A value that stays small however often it is assigned."""
        e = self.real(depth)
        if not self.loops and self.nesting == 0 and self.chance(0.6):
            return e
        return self.rng.choice(["std::sin({})", "1.5 * std::tanh({})", "0.25 * std::atan({})",
                                "std::cos({})"]).format(e)

    # Conditions.

    def condition(self, depth=1):
        rng = self.rng
        p = rng.random()
        if depth > 0 and p < 0.2:
            sign = rng.choice(["&&", "||"])
            first, second = self.condition(depth - 1), self.condition(depth - 1)
            # Compilers warn of `a < 1 || a >= 1`, also where the derivative brings it to light.
            if re.split("[<>]", first)[0] == re.split("[<>]", second)[0]:
                return first
            return f"({first} {sign} {second})"
        if depth > 0 and p < 0.25:
            return f"!({self.condition(depth - 1)})"
        if p < 0.5:
            left, right = self.integer(), self.integer()
            if left == right or (left.isdigit() and right.isdigit()):
                left, right = self.leaf(), "0.5"
        else:
            left, right = self.real(1), self.rng.choice(["0.0", "0.3", "-0.4", self.leaf()])
        if left == right or left[0].isdigit():
            left, right = f"std::sin({self.leaf()})", "0.25"
        return f"{left} {rng.choice(['<', '>', '<=', '>='])} {right}"

    def decision(self):
        """A condition of a statement: may have a side effect."""
        if self.theme("effects") and self.chance(0.6):
            made = self.effect()
            if made:
                self.tag("side effect in a condition")
                return made
        return self.condition()

    def effect(self):
        name, _ = self.place()
        if not name:
            return None
        rng = self.rng
        update = rng.choice([f"({name} = {self.small(1)})", f"({name} *= 0.5)", f"({name} += 0.25)",
                             f"({name} -= {self.small(1)})"])
        if re.fullmatch(r"\w+", name) and self.chance(0.3):
            update = rng.choice([f"++{name}", f"{name}--"])
        text = f"{update} {rng.choice('<>')} {rng.choice(['0.0', '0.3', '0.75'])}"
        p = rng.random()
        if p < 0.25:
            text = f"{self.condition(0)} && {text}"
        elif p < 0.5:
            text = f"{self.condition(0)} || {text}"
        elif p < 0.6:
            text = f"{text} && {self.condition(0)}"
        return text

    # Statements: lists of lines.

    def declare(self):
        elem = "real"
        if self.theme("mixed"):
            elem = self.rng.choice(["real", "real32", "real32", "realL"])
            self.tag({"real": "double", "real32": "float", "realL": "long double"}[elem])
        name = self.fresh("t")
        value = self.real()
        lines = [f"{elem} {name} = static_cast<{elem}>({value});"
                 if elem == "real32" and self.chance(0.3) else f"{elem} {name} = {value};"]
        self.add(Var(name, "num", elem))
        return lines

    def declare_integer(self):
        """An integer that numbers decide about."""
        self.tag("integer from a number")
        name, rng = self.fresh("k"), self.rng
        if self.chance(0.5):
            a = rng.choice([f"static_cast<int>(2.0 * std::tanh({self.real(1)}))",
                            f"(int)(std::sin({self.real(1)}) * 2.5)"])
            lines = [f"int {name} = {a};"]
            self.add(Var(name, "int", lo=-2, hi=2))
        elif self.chance(0.5):
            lines = [f"int {name} = {self.condition(0)} ? {rng.randint(0, 2)} : 1;"]
            self.add(Var(name, "int", lo=0, hi=2))
        else:
            lines = [f"int {name} = 0;", f"if ({self.condition()})", f"  {name} = {rng.randint(1, 3)};"]
            self.add(Var(name, "int", lo=0, hi=3))
        return lines

    def assign_integer(self):
        names = [v for v in self.visible("int") if v.mutable and v.lo <= 0 and v.hi >= 2
                 and v.ctype == "int"]
        if not names:
            return self.declare_integer()
        v = self.rng.choice(names)
        top = min(v.hi, 3) + 1
        others = [w for w in self.visible("int") if w.lo >= 0 and w.ctype == "int"]
        other = self.rng.choice(others).text if others else "1"
        return [self.rng.choice([
            f"{v.text} = ({other} + {self.rng.randint(1, 3)}) % {top};",
            f"{v.text} = {self.condition(0)} ? {self.rng.randrange(top)} : 0;",
            f"{v.text} = {v.text} > 1 ? 0 : {v.text} + 1;"])]

    def assign(self):
        name, elem = self.place()
        if not name:
            return self.declare()
        rng = self.rng
        other, _ = self.place()
        table = [(4, f"{name} = {self.small()};"), (2, f"{name} += {self.small()};"),
                 (1, f"{name} -= {self.small()};"), (2, f"{name} *= {self.small(1)};"),
                 (1, f"{name} /= 1.0 + {self.square()};"),
                 (1, f"{name} = 0.5 * {name} + 0.25 * {self.small(1)};")]
        if other and other != name:
            table += [(1, f"{name} = {other} = {self.small(1)};"),
                      (0.5, f"{name} += {other} = {self.small(1)};"),
                      (0.5, f"{name} *= {other} -= {self.small(1)};")]
        if re.fullmatch(r"\w+", name):
            table += [(0.5, rng.choice([f"++{name};", f"{name}--;"]))]
        if self.theme("self") and not self.loops:
            table += [(2, f"{name} *= {name};"), (1, f"{name} = {name} * {name} - {self.leaf()};"),
                      (1, f"{name} -= {name} * {self.leaf()};")]
        return [self.weighted(table)]

    def square(self):
        b = self.leaf()
        return f"{b} * {b}"

    def accumulate(self):
        """Adds what is at hand to something that lives longer."""
        outer = [v for scope in self.scopes[:-1] for v in scope
                 if v.kind == "num" and v.mutable and v.text not in self.frozen]
        inner = [v for v in self.scopes[-1] if v.kind == "num"]
        if not outer or not inner:
            return self.assign()
        v = self.rng.choice(inner)
        return [f"{self.rng.choice(outer).text} += 0.25 * {v.text};"]

    def statement_makers(self):
        """[(weight, maker)]; the mixins add theirs."""
        table = [(3, self.declare), (8, self.assign)]
        if self.theme("integers"):
            table += [(2, self.declare_integer), (2, self.assign_integer)]
        return table

    def statement(self):
        self.budget -= 1
        for _ in range(5):
            lines = self.weighted(self.statement_makers())()
            if lines:
                return lines
        return self.assign()

    def block(self, most=3, before=(), end=True):
        """The lines of a block; `before` are variables of its own."""
        self.scopes.append(list(before))
        self.nesting += 1
        lines = []
        for _ in range(self.rng.randint(1, most)):
            lines += self.statement()
            if self.budget < -10:
                break
        if end and any(v.kind == "num" for v in self.scopes[-1]) and self.chance(0.7):
            lines += self.accumulate()
        if end and self.chance(0.3 if self.theme("exits") else 0.08):
            lines += self.leave()
        self.nesting -= 1
        self.scopes.pop()
        return ["  " + line for line in lines]

    def leave(self):
        return []

    # The function.

    def total(self):
        """A sum over all that is left."""
        terms, most = [], 5
        for v in self.visible():
            if v.kind == "num":
                if v.text[0] == "x":
                    most += 1
                terms.append(self.rng.choice(["{0}", "0.5 * {0}", "{0} * {0}"]).format(v.text))
            elif v.kind == "int" and v.ctype == "int" and self.chance(0.3):
                terms.append(f"0.5 * {v.text}")
            elif v.kind in ("arr", "mat", "obj") or (v.kind == "vec" and v.n):
                makers = self.places_in(v)
                for _ in range(2 if makers else 0):
                    terms.append(self.rng.choice(makers)[1]())
        self.rng.shuffle(terms)
        return " + ".join(terms[:most]) or "1.0"

    def finish(self):
        if self.result == "void":
            place, _ = self.place()
            return [f"{place} = std::sin({self.total()});"] if place and self.chance(0.8) else []
        if self.leaves:
            return [self.leaves(self)]
        if self.deletions:
            result = self.fresh("r")
            return [f"const auto {result} = {self.total()};", *self.deletions, f"return {result};"]
        return [f"return {self.total()};"]

    def lines(self, least=2, most=5):
        lines, self.finishes = [], True
        for _ in range(self.rng.randint(least, most)):
            lines += self.statement()
        return lines + self.finish()
