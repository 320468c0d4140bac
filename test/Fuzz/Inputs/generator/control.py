"""Branches, loops, switches and the exits from them."""
from body import Var


class Control:
    """Statements that decide and repeat."""

    def statement_makers(self):
        table = super().statement_makers()
        if self.nesting < 4 and self.budget > 0:
            table += [(3, self.branch), (4 if self.loops < 2 else 1, self.counted)]
            if self.theme("while"):
                table += [(5, self.guarded), (1, self.floating)]
            if self.theme("switch"):
                table += [(5, self.switch)]
        if self.theme("exits") and self.nesting:
            table += [(2, self.leave)]
        return table

    def expression_makers(self):
        table = super().expression_makers()
        if self.theme("choices"):
            table += [(1, self.choices)]
        return table

    def choices(self, depth):
        self.tag("choices")
        a, b, c = (self.real(depth - 2) for _ in range(3))
        if self.theme("mixed"):
            a, b, c = (f"static_cast<real>({x})" for x in (a, b, c))
        return self.rng.choice([
            f"({self.condition(0)} ? {a} : {self.condition(0)} ? {b} : {c})",
            f"std::max<real>({{{a}, {b}, {c}}})", f"std::min<real>({{{a}, {b}, {c}}})",
            f"std::max<real>(std::min<real>({a}, {b}), {c})",
            f"(({a} > {b}) * {c})"])

    def branch(self):
        lines = [f"if ({self.decision()}) {{", *self.block(), "}"]
        while self.chance(0.35):
            lines[-1] = f"}} else if ({self.decision()}) {{"
            lines += [*self.block(), "}"]
        if self.chance(0.5):
            lines[-1] = "} else {"
            lines += [*self.block(), "}"]
        return lines

    def bound(self):
        """Trips of a loop: an expression and its largest value."""
        names = [v for v in self.visible("int") if 2 <= v.hi <= 5 and v.ctype == "int"]
        if names and self.chance(0.7):
            v = self.rng.choice(names)
            return v.text, v.hi, not v.mutable
        n = self.rng.randint(2, 4)
        return str(n), n, True

    def counted(self):
        name, rng = self.fresh("i"), self.rng
        most, hi, constant = self.bound()
        top = max(hi - 1, 0)
        forms = [(f"int {name} = 0; {name} < {most}; ++{name}", 0, top)] * 5
        if constant:
            forms += [
                (f"int {name} = {most} - 1; {name} >= 0; --{name}", 0, top),
                (f"int {name} = 0; {name} < {most}; {name} += 2", 0, top),
                (f"int {name} = {most}; {name}-- > 0;", 0, top),
                (f"int {name} = 1; {name} < {most}; {name}++", 1, max(top, 1)),
                (f"int {name} = 1; {name} <= {most}; ++{name}", 1, max(hi, 1)),
                (f"int {name} = {most}; {name} > 0; {name} -= 2", 1, max(hi, 1)),
                (f"int {name} = -1; {name} < {most}; ++{name}", -1, top)]
        ctype = "int"
        if most.isdigit() and self.chance(0.3):
            self.tag("unsigned counter")
            ctype = rng.choice(["std::size_t", "unsigned"])
            forms = [(f"{ctype} {name} = 0; {name} < {most}; ++{name}", 0, top),
                     (f"{ctype} {name} = {most}; {name}-- > 0;", 0, top),
                     (f"{ctype} {name} = {most}; {name} > 0; --{name}", 1, hi)]
        elif constant and self.theme("exits") and self.chance(0.3):
            forms = [(f"int {name} = 0; {name} < {most} && {self.condition(0)}; ++{name}", 0, top)]
        head, lo, up = rng.choice(forms)
        self.tag("for loop")
        counter = Var(name, "int", mutable=False, lo=lo, hi=up, ctype=ctype)
        return [f"for ({head}) {{", *self.loop_body([counter]), "}"]

    def loop_body(self, own=(), most=3):
        self.loops += 1
        self.breakable.append("loop")
        lines = self.block(most, own)
        self.breakable.pop()
        self.loops -= 1
        return lines

    def guarded(self):
        """A loop that a number ends, or its fuel."""
        fuel, rng = self.fresh("fuel"), self.rng
        n = rng.randint(2, 5)
        self.tag("while loop")
        decision = self.decision()
        if "||" in decision or "?" in decision:
            decision = f"({decision})"
        p = rng.random()
        if p < 0.35:
            return ["{", f"  int {fuel} = {n};", f"  while ({fuel}-- > 0 && {decision}) {{",
                    *("  " + line for line in self.loop_body()), "  }", "}"]
        if p < 0.5:
            return [f"for (int {fuel} = 0; {fuel} < {n} && {decision}; ++{fuel}) {{",
                    *self.loop_body([Var(fuel, "int", mutable=False, lo=0, hi=n - 1)]), "}"]
        if p < 0.7:
            self.tag("endless loop with break")
            body = self.loop_body()
            return ["{", f"  int {fuel} = 0;", f"  {rng.choice(['while (true)', 'for (;;)'])} {{",
                    f"    if (++{fuel} > {n} || {decision})", "      break;",
                    *("  " + line for line in body), "  }", "}"]
        self.tag("do loop")
        body = self.loop_body()
        return ["{", f"  int {fuel} = {n};", "  do {", *("  " + line for line in body),
                f"  }} while (--{fuel} > 0 && {decision});", "}"]

    def floating(self):
        name = self.fresh("w")
        self.tag("floating counter")
        return [f"for (real {name} = 0.0; {name} < 1.0; {name} += {self.rng.choice(['0.3', '0.5'])}) {{",
                *self.loop_body([Var(name, "num", mutable=False)]), "}"]

    def switch(self):
        self.tag("switch")
        labels = self.rng.sample(["case 0:", "case 1:", "case 2:", "case -1:", "case 3:", "default:"],
                                 self.rng.randint(2, 5))
        lines = [f"switch ({self.integer()}) {{"]
        for label in labels:
            self.breakable.append("switch")
            lines += [label + " {", *self.block(2), "}"]
            self.breakable.pop()
            ends = ["  break;", "  break;", None]
            if "loop" in self.breakable:
                ends.append("  continue;")
            end = self.rng.choice(ends)
            if end:
                lines.append(end)
            elif label != labels[-1]:
                self.tag("fall-through")
                lines.append("  [[fallthrough]];")
        return lines + ["}"]

    def leave(self):
        """An exit, on a condition."""
        exits = [self.exit_line()]
        if "loop" in self.breakable:
            exits += ["continue;", "break;"] * 2
        elif self.breakable:
            exits += ["break;"]
        chosen = self.rng.choice(exits)
        self.tag({"br": "break", "co": "continue"}.get(chosen[:2], "early return"))
        if self.chance(0.25):
            decision = self.decision()
            self.scopes.append([])
            set_first = self.assign()
            self.scopes.pop()
            return [f"if ({decision}) {{", *("  " + line for line in set_first), f"  {chosen}", "}"]
        return [f"if ({self.decision()})", f"  {chosen}"]

    def exit_line(self):
        if self.leaves:
            return self.leaves(self)
        if self.deletions:
            result = self.fresh("r")
            return f"{{ const auto {result} = {self.real(1)}; {' '.join(self.deletions)} return {result}; }}"
        return "return;" if self.result == "void" else f"return {self.real(1)};"
