"""Constructs that are legal and rare: shadowing, comma operators, singular points, tables, views."""
import re

from body import Var


class Oddities:
    """Statements that compilers know and tools forget."""

    def statement_makers(self):
        table = super().statement_makers()
        if self.theme("shadowing") and self.nesting:
            table += [(10, self.shadow)]
        if self.theme("headers"):
            table += [(5, self.two_counters), (4, self.converging), (3, self.condition_variable), (3, self.comma),
                      (3, self.odd_steps)]
        if self.theme("singular"):
            table += [(8, self.singular)]
        if self.theme("tables"):
            table += [(5, self.constant_table), (5, self.pointer_table), (5, self.listed)]
        if self.theme("states"):
            table += [(7, self.state_machine), (4, self.flag)]
        return table

    def shadow(self):
        """A variable with the name of one further out."""
        here = {v.text for v in self.scopes[-1]}
        found = [v for v in self.visible("num") if v.text.isidentifier() and v.text not in here
                 and v.text not in self.frozen]
        if not found:
            return self.declare()
        name = self.rng.choice(found).text
        value = self.small(2)
        if re.search(rf"\b{name}\b", value):  # its own initializer must not read it
            value = self.literal()
        self.tag("shadowing")
        self.add(Var(name, "num"))
        return [f"real {name} = {value};"]

    # Headers of loops and branches.

    def two_counters(self):
        v = self.an_array(True)
        if not v:
            return self.declare_array()
        i, j = self.fresh("i"), self.fresh("j")
        self.tag("two counters")
        a = v.text
        body = self.rng.choice([f"std::swap({a}[{i}], {a}[{j}]);", f"{a}[{i}] *= {a}[{j}];",
                                f"{a}[{j}] = 0.5 * {a}[{i}] + {self.small(1)};"])
        if self.chance(0.3):
            return [f"for (int {i} = 0, {j} = {v.n - 1}; {i} < {j}; ++{i}, --{j}) {{", f"  {body}",
                    f"  if ({a}[{i}] > 0.75)", f"    {self.rng.choice(['break', 'continue'])};", "}"]
        return [f"for (int {i} = 0, {j} = {v.n - 1}; {i} < {j}; ++{i}, --{j})", f"  {body}"]

    def converging(self):
        """A loop that a number ends alone."""
        t, start = self.fresh("t"), self.real(1)
        self.tag("loop that converges")
        place, _ = self.place()
        extra = [f"  {place} += 0.1 * {t};"] if place and self.chance(0.6) else []
        self.add(Var(t, "num"))
        p = self.rng.random()
        if p < 0.4:
            return [f"real {t} = 2.0 * std::tanh({start});", f"while ({t} > 0.2 || {t} < -0.2) {{", f"  {t} *= 0.5;",
                    *extra, "}"]
        if p < 0.7:
            return [f"real {t} = std::fabs(std::sin({start}));", f"for (; {t} < 1.0; {t} = 1.5 * {t} + 0.1) {{",
                    *(extra or [f"  {t} += 0.05;"]), "}"]
        return [f"real {t} = std::sin({start});", "do {", f"  {t} = 0.5 * {t} + 0.01;", *extra,
                f"}} while (std::fabs({t}) > 0.15);"]

    def condition_variable(self):
        t = self.fresh("t")
        self.tag("condition that declares")
        own = [Var(t, "num")]
        if self.chance(0.5):
            head = f"if (real {t} = {self.small(1)}; {t} {self.rng.choice('<>')} 0.1) {{"
        else:
            k = self.fresh("k")
            own = [Var(k, "int", mutable=False, lo=1, hi=2)]
            head = f"if (const int {k} = static_cast<int>(2.5 * std::fabs(std::sin({self.leaf()})))) {{"
        return [head, *self.block(2, own), "}"]

    def comma(self):
        place, _ = self.place()
        t = self.fresh("t")
        if not place:
            return self.declare()
        self.tag("comma")
        value = self.small(1)
        second = self.rng.choice([f"0.5 * {place}", f"{place} * {place}", self.literal()])
        self.add(Var(t, "num"))
        return [f"real {t} = ({place} = {value}, {second});"]

    def odd_steps(self):
        v = self.an_array(True)
        if not v:
            return self.declare_array()
        i = self.fresh("i")
        self.tag("odd steps")
        a = v.text
        head = self.rng.choice([f"int {i} = 1; {i} < {v.n}; {i} *= 2", f"int {i} = {v.n - 1}; {i} > 0; {i} /= 2",
                                f"int {i} = 0; {i} < {v.n}; {i} += {i} % 2 + 1", f"char {i} = 0; {i} < {v.n}; ++{i}",
                                f"long {i} = {v.n}; --{i} >= 0;", f"unsigned char {i} = {v.n}; {i}-- != 0;"])
        return [f"for ({head})", f"  {a}[static_cast<int>({i})] = std::sin({a}[static_cast<int>({i})] + {self.leaf()});"]

    # Where a derivative is infinite, but not used.

    def singular(self):
        t, place = self.fresh("t"), self.place()[0]
        a = self.leaf()
        self.tag("singular and guarded")
        p = self.rng.random()
        square = self.rng.choice([f"{a} * {a}", f"std::fabs({a})", f"std::max<real>({a}, 0.0)"])
        if p < 0.4:
            name = self.rng.choice(["std::sqrt({})", "std::hypot({}, 0.0)", "std::pow({}, 0.5)"]).format(square)
            self.add(Var(t, "num"))
            return [f"real {t} = {name};", f"if ({t} < 0.05)", f"  {t} = {self.rng.choice(['0.0', '0.25', place or '1.0'])};"]
        if p < 0.7 and place:
            return [f"if (real {t} = std::sqrt({square}); {t} > 0.01)", f"  {place} = std::sin({place} / {t});"]
        self.add(Var(t, "num"))
        return [f"real {t} = std::fabs({a}) > 0.05 ? {self.rng.choice(['1.0 / ' + a, 'std::log(std::fabs(' + a + '))'])} : 0.5;",
                f"{t} = std::atan({t});"]

    # Tables of constants and of pointers.

    def constant_table(self):
        name = self.fresh("c")
        n = self.rng.randint(2, 5)
        self.tag("constant table")
        values = ", ".join(self.rng.choice(["0.5", "-1.0", "0.25", "1.5"]) for _ in range(n))
        # Its elements are no dual numbers: no pointer leads there.
        self.add(Var(name, "arr", mutable=False, n=n, form="table"))
        return [f"{self.rng.choice(['static const', 'const', 'constexpr', 'static constexpr'])} double {name}[{n}] = {{{values}}};"]

    def listed(self):
        """A loop over what stands in braces."""
        self.tag("list in braces")
        t, n = self.fresh("t"), self.rng.randint(1, 3)
        if self.chance(0.3):
            values = [self.rng.randint(0, 3) for _ in range(n)]
            own = [Var(t, "int", mutable=False, lo=min(values), hi=max(values))]
            head = f"for ({self.rng.choice(['int', 'const int', 'auto'])} {t} : {{{', '.join(map(str, values))}}}) {{"
        else:
            values = ", ".join(f"static_cast<real>({self.small(1)})" for _ in range(n))
            own = [Var(t, "num", mutable=False)]
            head = f"for ({self.rng.choice(['real', 'const real', 'const auto &', 'auto'])} {t} : {{{values}}}) {{"
        return [head, *self.loop_body(own), "}"]

    def pointer_table(self):
        found = [v for v in self.arrays(True) if v.form == "pointer" and v.text[0] == "x"]
        if not found:
            return self.declare_array()
        a, b = self.rng.choice(found), self.rng.choice(found)
        first, second = a.text, b.text
        if a.elem != b.elem:
            return None
        name = self.fresh("row")
        self.tag("table of pointers")
        n = min(a.n, b.n)
        k = self.index(2)
        place = f"{name}[{k}][{self.index(n)}]"
        lines = [f"{a.elem} *{name}[2] = {{{first}, {second}}};"]
        i = self.fresh("i")
        if self.chance(0.6):
            lines += [f"for (int {i} = 0; {i} < {n}; ++{i})",
                      f"  {name}[{i} % 2][{i}] = std::sin({name}[1 - {i} % 2][{i}] + {self.leaf()});"]
        else:
            lines += [f"{place} = {self.small(1)};", f"{place} *= {name}[0][{self.index(n)}];"]
        return lines

    # Integers that steer.

    def state_machine(self):
        s, fuel, rng = self.fresh("state"), self.fresh("fuel"), self.rng
        self.tag("state machine")
        place, _ = self.place()
        if not place:
            return self.declare()
        other = self.leaf()
        cases = [["case 0:", f"  {place} = std::sin({place} + {other});", f"  {s} = {place} > 0.2 ? 2 : 1;", "  break;"],
                 ["case 1:", f"  {place} *= {other};", f"  {s} = 2;", rng.choice(["  break;", "  continue;"])],
                 ["case 2:", f"  {place} += 0.3;", f"  {s} = {place} < 0.5 ? 0 : 3;", "  break;"],
                 ["default:", rng.choice([f"  {fuel} = 1;", f"  {s} = 0;"]), "  break;"]]
        return ["{", f"  int {s} = {rng.randint(0, 2)};", f"  for (int {fuel} = 7; {fuel} > 0; --{fuel}) {{",
                f"    switch ({s}) {{", *("    " + line for case in cases for line in case), "    }",
                *([f"    if ({place} > 0.9)", "      break;"] if self.chance(0.5) else []), "  }", "}"]

    def flag(self):
        f, rng = self.fresh("flag"), self.rng
        self.tag("flag")
        place, _ = self.place()
        if not place:
            return self.declare()
        most, _, _ = self.bound()
        i = self.fresh("i")
        return [f"bool {f} = {rng.choice(['false', 'true', self.condition(0)])};",
                f"for (int {i} = 0; {i} < {most} && !{f}; ++{i}) {{", f"  {place} = std::cos({place} * {self.leaf()});",
                f"  {f} = {place} {rng.choice('<>')} 0.4;", "}", f"if ({f})", f"  {place} *= 0.5;"]
