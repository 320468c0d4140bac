"""Lambdas: captures by value and by reference, states of their own, as arguments."""
import re

from body import Var


class Lambdas:
    """Statements with lambdas."""

    def statement_makers(self):
        table = super().statement_makers()
        if self.theme("lambdas"):
            table += [(5, self.declare_lambda), (5, self.call_lambda), (2, self.call_at_once),
                      (2, self.pass_lambda), (1, self.recursive_lambda)]
        return table

    def expression_makers(self):
        table = super().expression_makers()
        if self.callable_lambdas():
            table += [(4, self.lambda_value)]
        return table

    def callable_lambdas(self):
        return [v for v in self.visible("lam") if v.text not in self.frozen]

    def lambda_body(self, variables, count, constant=False):
        """Statements inside of a lambda: the variables around it can be seen, as captured."""
        self.scopes.append(list(variables))
        loops, self.loops = self.loops, self.loops + 1
        breakable, self.breakable = self.breakable, []
        result, self.result = self.result, "real"
        nesting, self.nesting = self.nesting, 3
        frozen = set(self.frozen)
        if constant:
            self.frozen |= {v.text for scope in self.scopes[:-1] for v in scope}
        lines = []
        for _ in range(count):
            lines += self.assign()
            if self.chance(0.3):
                lines += self.declare()
            if self.chance(0.25):
                lines += [f"if ({self.condition(0)})", f"  return {self.real(1)};"]
        lines.append(f"return std::sin({self.real(2)});")
        lines = [re.sub(r"^( *return )(.*);$", r"\1real(\2);", line) for line in lines]
        self.frozen = frozen
        self.loops, self.breakable, self.result, self.nesting = loops, breakable, result, nesting
        self.scopes.pop()
        return ["  " + line for line in lines]

    def declare_lambda(self):
        name, e, rng = self.fresh("f"), self.fresh("e"), self.rng
        p = rng.random()
        own = [Var(e, "num")]
        kind = rng.choice(["real", "real", "auto"])
        self.tag("lambda")
        if any(v.form == "unique" for v in self.visible()):
            p = 0  # nothing owns an array twice
        if p < 0.45:
            self.tag("lambda by reference")
            lines = [f"auto {name} = [&]({kind} {e}) {{", *self.lambda_body(own, rng.randint(0, 2)), "};"]
        elif p < 0.75:
            self.tag("lambda by value")
            own_body = self.lambda_body(own, rng.randint(0, 1), True)
            lines = [f"auto {name} = [=]({kind} {e}) {{", *own_body, "};"]
        else:
            self.tag("lambda with a state")
            c = self.fresh("c")
            start = f"static_cast<real>({self.real(1)})"
            body = self.lambda_body(own + [Var(c, "num")], rng.randint(1, 2), self.chance(0.5))
            lines = [f"auto {name} = [&, {c} = {start}]({kind} {e}) mutable {{", *body, "};"]
        if self.chance(0.4) and "[=]" not in lines[0]:
            changed = self.number_variable()
            lines += [f"{changed} *= 0.5;"] if changed and changed not in self.frozen else []
        self.add(Var(name, "lam", mutable=False))
        return lines

    def call_lambda(self):
        found = self.callable_lambdas()
        if not found:
            return self.declare_lambda()
        f = self.rng.choice(found).text
        if self.chance(0.2):
            g = self.fresh("f")
            self.tag("lambda copied")
            t, argument = self.fresh("t"), self.leaf()
            self.add(Var(t, "num"))
            return [f"auto {g} = {f};", f"real {t} = {g}(static_cast<real>({argument})) + {f}(real(0.5));"]
        return self.keep(f"{f}(static_cast<real>({self.real(1)}))")

    def lambda_value(self, depth):
        found = self.callable_lambdas()
        return f"{self.rng.choice(found).text}(static_cast<real>({self.real(0)}))"

    def call_at_once(self):
        t, e = self.fresh("t"), self.fresh("e")
        self.tag("lambda called at once")
        body = self.lambda_body([Var(e, "num")], 1)
        start = self.real(1)
        self.add(Var(t, "num"))
        return [f"real {t} = [&](real {e}) {{", *body, f"}}({start});"]

    def pass_lambda(self):
        """To a function template that calls it several times."""
        name = f"h{self.program.number}_apply"
        if not any(name in text for text in self.program.helper_lines):
            form = self.rng.choice(["f(a) + 0.5 * f(b)", "f(f(a) * b)", "a > b ? f(a) : f(b) * a"])
            kind = self.rng.choice(["F f", "F &&f", "const F &f"])
            kind = "F f" if "const" in kind else kind
            self.program.helper_lines.append(f"template <class F> real {name}({kind}, real a, real b) {{\n  return {form};\n}}\n")
        self.tag("lambda as an argument")
        e = self.fresh("e")
        found = self.callable_lambdas()
        if found and self.chance(0.5):
            return self.keep(f"{name}({self.rng.choice(found).text}, {self.leaf()}, {self.leaf()})")
        body = self.lambda_body([Var(e, "num")], 1)
        t = self.fresh("t")
        a, b = self.leaf(), self.leaf()
        self.add(Var(t, "num"))
        return [f"real {t} = {name}([&](real {e}) {{", *body, f"}}, {a}, {b});"]

    def recursive_lambda(self):
        f, e, k, t = self.fresh("f"), self.fresh("e"), self.fresh("k"), self.fresh("t")
        self.tag("recursive lambda")
        place = self.number_variable() or "0.5"
        argument, depth = self.leaf(), self.small_int()
        lines = [f"auto {f} = [&](auto self, real {e}, int {k}) -> real {{",
                 f"  if ({k} <= 0)", f"    return {e} * {place};",
                 f"  return std::sin(self(self, {e} * {place}, {k} - 1)) + {e};", "};",
                 f"real {t} = {f}({f}, {argument}, {depth});"]
        self.add(Var(t, "num"))
        return lines
