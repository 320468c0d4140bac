"""Helpers with a derivative written by hand (ADGEN_DERIVATIVE_OF), of numbers, memory and objects.

The oracle has the helper's own text alone. Its derivatives are made here beside it, from a family of formulas
whose partial derivatives are known, and keep to the contract as a person would write them.
"""
import re

from body import Var
from objects import Member, Struct

# A value of a and b that stays small, and its partial derivatives.
FORMULAS = [
    ("std::sin({a}) * std::cos({b})", "std::cos({a}) * std::cos({b})", "-std::sin({a}) * std::sin({b})"),
    ("std::atan({a} * {b})", "{b} / (1.0 + {a} * {a} * {b} * {b})", "{a} / (1.0 + {a} * {a} * {b} * {b})"),
    ("{a} / (1.0 + {b} * {b})", "1.0 / (1.0 + {b} * {b})", "-2.0 * {a} * {b} / ((1.0 + {b} * {b}) * (1.0 + {b} * {b}))"),
    ("std::sin({a} + 0.5 * {b})", "std::cos({a} + 0.5 * {b})", "0.5 * std::cos({a} + 0.5 * {b})"),
    ("std::exp(-{a} * {a}) * std::sin({b})", "-2.0 * {a} * std::exp(-{a} * {a}) * std::sin({b})",
     "std::exp(-{a} * {a}) * std::cos({b})"),
    ("({a} > {b} ? std::sin({a}) : 0.5 * {b})", "({a} > {b} ? std::cos({a}) : 0.0)", "({a} > {b} ? 0.0 : 0.5)"),
    ("std::sqrt(1.0 + {a} * {a} + {b} * {b})", "{a} / std::sqrt(1.0 + {a} * {a} + {b} * {b})",
     "{b} / std::sqrt(1.0 + {a} * {a} + {b} * {b})"),
    ("0.5 * ({a} - {b})", "0.5", "-0.5"),
]


class Rule:
    """A helper with its derivatives, and how to call it."""

    def __init__(self, name, call, value=None):
        self.name = name
        self.call = call    # lines of a statement
        self.value = value  # an expression, if the call has no effect


class Rules:
    """Statements that call such helpers."""

    def prepare(self):
        if self.theme("rules"):
            makers = [self.number_rule, self.number_rule, self.changing_rule, self.pair_rule, self.reading_rule,
                      self.in_place_rule, self.prefix_rule, self.output_rule, self.vector_rule, self.stack_rule,
                      self.fixed_rule, self.object_rule, self.method_rule, self.span_rule, self.template_rule]
            for _ in range(self.rng.choice([1, 1, 2, 3])):
                self.rng.choice(makers)()
        super().prepare()

    def statement_makers(self):
        table = super().statement_makers()
        if self.program.rules:
            table += [(12, self.call_rule)]
        return table

    def expression_makers(self):
        table = super().expression_makers()
        if any(r.value for r in self.program.rules):
            table += [(6, self.value_of_rule)]
        return table

    def call_rule(self):
        return self.rng.choice(self.program.rules).call(self)

    def value_of_rule(self, depth):
        return self.rng.choice([r for r in self.program.rules if r.value]).value(self, depth)

    # How a rule is written down.

    def formula(self, elem="real"):
        # A choice between two types is none between dual numbers.
        found = [f for f in FORMULAS if elem == "real" or "?" not in f[0]]
        return [lambda a, b, text=text: text.format(a=a, b=b) for text in self.rng.choice(found)]

    def rule_name(self):
        return f"h{self.program.number}_r{len(self.program.rules)}"

    def write_rule(self, name, of, primal, gradient, tangent, results="", free=True):
        """Writes functions (result, parameters, lines) where the program has them; how the helper is called.

        `of` is how the annotation names the helper, `free` whether it is a function of its own text."""
        rng, number = self.rng, self.program.number
        names = {"grad": name + "_grad", "jvp": name + "_jvp"}
        where = rng.choice(["static", "", "inline", "header", "namespace", "elsewhere"]) if free else \
            rng.choice(["static", "", "header"])
        self.tag(f"rule: {where or 'external'}")

        def text(head, called, function, body=True):
            result, parameters, lines = function
            inside = " {\n" + "\n".join("  " + line for line in lines) + "\n}" if body else ";"
            return f"{head}{result} {called}({parameters}){inside}\n"

        prefix = {"static": "static ", "inline": "inline ", "header": "inline "}.get(where, "")
        both = [("grad", gradient), ("jvp", tangent)]
        if where != "elsewhere" and self.chance(0.15):  # the other derivative is that of the body
            self.tag("rule of one mode")
            both = [rng.choice(both)]
        rules = [results] + [text(f"ADGEN_DERIVATIVE_OF({of})\n{prefix}", names[mode], function) for mode, function in both]
        own = text(prefix, name, primal) if free else ""
        dual = text("[[maybe_unused]] static ", name, primal) if free else ""
        program = self.program
        if where == "header":
            program.header_rules.append("\n".join([own, *rules]))
        elif where == "elsewhere":  # nobody sees the bodies
            program.source_rules.append("\n".join(
                [results, text("", name, primal, False)] +
                [text(f"ADGEN_DERIVATIVE_OF({of})\n", names[mode], function, False)
                 for mode, function in both]))
            program.main_rules.append("\n".join(
                [text("", name, primal), text("", names["grad"], gradient), text("", names["jvp"], tangent)]))
        elif where == "namespace":
            program.source_rules.append("\n".join([f"namespace hn{number}_r {{", own, *rules, "}"]))
            dual = f"namespace hn{number}_r {{\n{dual}}}\n"
            name = f"hn{number}_r::{name}"
        else:
            program.source_rules.append("\n".join([own, *rules]))
        program.dual_rules.append(dual)
        return name

    def add_rule(self, name, call, value=None):
        self.program.rules.append(Rule(name, call, value))

    def dual_struct(self, name, elem="real"):
        return f"struct {name}_dual {{\n  {elem} value, dot;\n}};\n"

    # Numbers.

    def number_rule(self):
        self.tag("rule of numbers")
        rng, name = self.rng, self.rule_name()
        elem = "real32" if self.theme("mixed") and self.chance(0.4) else "real"
        f, fa, fb = self.formula(elem)
        count = self.chance(0.4)
        integer = "int n, " if count else ""
        factor = "(1 + n) * " if count else ""
        by_reference = self.chance(0.3)
        dual = self.dual_struct(name, elem)
        p = rng.random()
        if p < 0.25:
            gradient = (elem, f"{elem} a, {elem} seed", [f"return {fa('a', elem + '(0.5)')} * seed;"])
            tangent = (f"{name}_dual", f"{elem} a, {elem} a_dot",
                       [f"return {{static_cast<{elem}>({f('a', elem + '(0.5)')}), static_cast<{elem}>({fa('a', elem + '(0.5)')} * a_dot)}};"])
            if elem == "real32":
                gradient[2][0] = f"return static_cast<real32>({fa('a', elem + '(0.5)')} * seed);"
            called = self.write_rule(name, name, (elem, f"{elem} a", [f"return {f('a', elem + '(0.5)')};"]), gradient, tangent, dual)
            self.number_calls(called, lambda body, depth: f"{called}({body.exact(elem) if elem == 'real32' else body.real(depth)})")
            return
        second = f"const {elem} &b" if by_reference else f"{elem} b"
        value = f"{factor}{f('a', 'b')}"
        partials = [f"static_cast<{elem}>({factor}{g('a', 'b')} * seed)" for g in (fa, fb)]
        tangent = (f"{name}_dual", f"{elem} a, {integer}{second}, {elem} a_dot, {second.replace(' b', ' b_dot').replace('&b', '&b_dot')}",
                   [f"return {{static_cast<{elem}>({value}), static_cast<{elem}>({factor}({fa('a', 'b')} * a_dot + {fb('a', 'b')} * b_dot))}};"])
        if by_reference:
            gradient = (elem, f"{elem} a, {integer}{second}, {elem} &b_bar, {elem} seed",
                        [f"b_bar += {partials[1]};", f"return {partials[0]};"])
            results = dual
        else:
            gradient = (f"{name}_gradient", f"{elem} a, {integer}{second}, {elem} seed", [f"return {{{partials[0]}, {partials[1]}}};"])
            results = dual + f"struct {name}_gradient {{\n  {elem} a;\n  {elem} b;\n}};\n"
        called = self.write_rule(name, name, (elem, f"{elem} a, {integer}{second}", [f"return {value};"]), gradient, tangent, results)

        def call(body, depth):
            given = [body.real(depth), *([body.small_int()] if count else []), body.leaf() if elem == "real" else body.exact(elem)]
            if elem == "real32":
                given[0] = f"static_cast<real32>({given[0]})"
            if by_reference and self.theme("mixed"):
                given[-1] = body.exact(elem)
            return f"{called}({', '.join(given)})"
        self.number_calls(called, call)

    def number_calls(self, name, call):
        self.add_rule(name, lambda body: body.keep(call(body, 1)), lambda body, depth: call(body, depth - 1))

    def template_rule(self):
        """A template's instance has one."""
        self.tag("rule of an instance")
        name = self.rule_name()
        f, fa, fb = self.formula()
        results = self.dual_struct(name) + f"struct {name}_gradient {{\n  real a;\n  real b;\n}};\n"
        text = f"template <class T> T {name}(T a, T b) {{\n  return {f('a', 'b')};\n}}\n"
        prefix = self.rng.choice(["static ", ""])
        self.program.source_rules.append("\n".join([
            text, results, f"ADGEN_DERIVATIVE_OF({name}<real>)\n{prefix}{name}_gradient {name}_grad(real a, real b, real seed) {{\n"
            f"  return {{{fa('a', 'b')} * seed, {fb('a', 'b')} * seed}};\n}}\n",
            f"ADGEN_DERIVATIVE_OF({name}<real>)\n{prefix}{name}_dual {name}_jvp(real a, real b, real a_dot, real b_dot) {{\n"
            f"  return {{{f('a', 'b')}, {fa('a', 'b')} * a_dot + {fb('a', 'b')} * b_dot}};\n}}\n"]))
        self.program.dual_rules.append(text)
        self.number_calls(name, lambda body, depth: f"{name}<real>({body.real(depth)}, {body.leaf()})")

    def changing_rule(self):
        self.tag("rule that changes a number")
        name = self.rule_name()
        f, fa, fb = self.formula()
        returns, pointer = self.chance(0.5), self.chance(0.4)
        a = "(*a)" if pointer else "a"
        at = "*" if pointer else "&"
        seed = ", real seed" if returns else ""
        result = "real" if returns else "void"
        ends = [f"return {a} * b;"] if returns else []
        primal = (result, f"real {at}a, real b", [f"{a} = {f(a, 'b')};", *ends])
        bar = "(*a_bar)" if pointer else "a_bar"
        gradient = ("real", f"real {at}a, real b, real {at}a_bar{seed}",
                    [f"const real next = {f(a, 'b')};", f"const real t = {bar}{' + seed * b' if returns else ''};",
                     f"const real b_bar = t * {fb(a, 'b')}{' + seed * next' if returns else ''};",
                     f"{bar} = t * {fa(a, 'b')};", f"{a} = next;", "return b_bar;"])
        dot = "(*a_dot)" if pointer else "a_dot"
        lines = [f"{dot} = {fa(a, 'b')} * {dot} + {fb(a, 'b')} * b_dot;", f"{a} = {f(a, 'b')};"]
        if returns:
            lines.append(f"return {{{a} * b, {dot} * b + {a} * b_dot}};")
        tangent = (f"{name}_dual" if returns else "void", f"real {at}a, real b, real {at}a_dot, real b_dot", lines)
        called = self.write_rule(name, name, primal, gradient, tangent, self.dual_struct(name) if returns else "")

        def call(body):
            place = body.number_variable() if body.chance(0.5) else None
            if not place:
                place, elem = body.place()
                if not place or elem != "real":
                    return None
            text = f"{called}({'&' if pointer else ''}{place}, {body.real(1)})"
            return body.keep(text) if returns and body.chance(0.7) else [f"{text};"]
        self.add_rule(called, call)

    def pair_rule(self):
        self.tag("rule that changes two numbers")
        name = self.rule_name()
        f, fa, fb = self.formula()
        primal = ("void", "real &a, real &b", ["const real t = a;", f"a = {f('a', 'b')};", "b = 0.5 * b + t;"])
        gradient = ("void", "real &a, real &b, real &a_bar, real &b_bar",
                    ["const real t = a_bar, u = b_bar;", f"a_bar = t * {fa('a', 'b')} + u;", f"b_bar = t * {fb('a', 'b')} + 0.5 * u;",
                     "const real first = a;", f"a = {f('a', 'b')};", "b = 0.5 * b + first;"])
        tangent = ("void", "real &a, real &b, real &a_dot, real &b_dot",
                   ["const real t = a, t_dot = a_dot;", f"a_dot = {fa('a', 'b')} * a_dot + {fb('a', 'b')} * b_dot;",
                    f"a = {f('a', 'b')};", "b_dot = 0.5 * b_dot + t_dot;", "b = 0.5 * b + t;"])
        called = self.write_rule(name, name, primal, gradient, tangent)

        def call(body):
            names = sorted({v.text for v in body.visible("num") if v.mutable and v.elem == "real" and v.text.isidentifier()
                            and v.text[0] == "t" and v.text not in body.frozen})
            if len(names) < 2:
                return body.declare()
            return [f"{called}({', '.join(body.rng.sample(names, 2))});"]
        self.add_rule(called, call)

    # Arrays.

    def memory_of(self, body, n, mutable):
        """A local array, or another whose size is known; the address of one of its elements, and how many follow."""
        forms = ("array", "std::array", "vector", "unique")
        found = [v for v in body.arrays(mutable) if v.n >= n and v.elem == "real" and (v.form in forms or (not mutable and body.chance(0.2)))
                 and v.form not in ("table", "span")]
        if not found:
            return None, None, 0
        v = body.rng.choice(found)
        d = body.rng.randint(0, v.n - n) if body.chance(0.3) else 0
        start = {"array": v.text, "pointer": v.text, "unique": f"{v.text}.get()"}.get(v.form, f"{v.text}.data()")
        return v, start if d == 0 else f"{start} + {d}", v.n - d

    def count_of(self, body, most):
        """How many elements a helper is given: at most so many."""
        fits = [v.text for v in body.visible("int") if 0 <= v.lo and v.hi <= most and v.ctype == "int"]
        return body.rng.choice(fits) if fits and body.chance(0.4) else str(body.rng.randint(1, most))

    def reading_rule(self):
        self.tag("rule that reads an array")
        name = self.rule_name()
        f, fa, fb = self.formula()
        restrict = self.rng.choice(["", "", "__restrict "])
        x, bar, dot = (f"{c}real *{restrict}x{s}" for c, s in (("const ", ""), ("", "_bar"), ("const ", "_dot")))
        primal = ("real", f"{x}, int n, real s", ["real r = 0.0;", "for (int i = 0; i < n; ++i)", f"  r += {f('x[i]', 's')};", "return r;"])
        gradient = ("real", f"{x}, int n, real s, {bar}, real seed",
                    ["real s_bar = 0.0;", "for (int i = 0; i < n; ++i) {", f"  x_bar[i] += {fa('x[i]', 's')} * seed;",
                     f"  s_bar += {fb('x[i]', 's')} * seed;", "}", "return s_bar;"])
        tangent = (f"{name}_dual", f"{x}, int n, real s, {dot}, real s_dot",
                   [f"{name}_dual r = {{0.0, 0.0}};", "for (int i = 0; i < n; ++i) {", f"  r.value += {f('x[i]', 's')};",
                    f"  r.dot += {fa('x[i]', 's')} * x_dot[i] + {fb('x[i]', 's')} * s_dot;", "}", "return r;"])
        called = self.write_rule(name, name, primal, gradient, tangent, self.dual_struct(name))

        def value(body, depth):
            _, start, most = self.memory_of(body, 1, False)
            return f"{called}({start}, {self.count_of(body, most)}, {body.leaf()})" if start else None

        def call(body):
            text = value(body, 1)
            return body.keep(text) if text else body.declare_array()
        self.add_rule(called, call, value)

    def in_place_rule(self):
        self.tag("rule in place")
        name = self.rule_name()
        f, fa, fb = self.formula()
        y = "real *y"
        primal = ("void", f"{y}, int n, real s", ["for (int i = 0; i < n; ++i)", f"  y[i] = {f('y[i]', 's')};"])
        gradient = ("real", f"{y}, int n, real s, real *y_bar",
                    ["real s_bar = 0.0;", "for (int i = 0; i < n; ++i) {", f"  s_bar += {fb('y[i]', 's')} * y_bar[i];",
                     f"  y_bar[i] *= {fa('y[i]', 's')};", f"  y[i] = {f('y[i]', 's')};", "}", "return s_bar;"])
        tangent = ("void", f"{y}, int n, real s, real *y_dot, real s_dot",
                   ["for (int i = 0; i < n; ++i) {", f"  y_dot[i] = {fa('y[i]', 's')} * y_dot[i] + {fb('y[i]', 's')} * s_dot;",
                    f"  y[i] = {f('y[i]', 's')};", "}"])
        called = self.write_rule(name, name, primal, gradient, tangent)
        self.array_calls(called, 1)

    def array_calls(self, called, least, returns=False):
        def call(body):
            v, start, most = self.memory_of(body, least, True)
            if not v:
                return body.declare_array()
            text = f"{called}({start}, {self.count_of(body, most)}, {body.leaf()})"
            return body.keep(text) if returns else [f"{text};"]
        self.add_rule(called, call)

    def prefix_rule(self):
        """Each element depends on the new one before it."""
        self.tag("rule of a recurrence")
        name = self.rule_name()
        f, fa, fb = self.formula()
        step = ["for (int i = 1; i < n; ++i)", f"  y[i] = {f('y[i]', 'y[i - 1]')};"]
        primal = ("real", "real *y, int n, real s", [*step, "return n > 0 ? s * y[n - 1] : s;"])
        gradient = ("real", "real *y, int n, real s, real *y_bar, real seed",
                    ["real old[16];", "for (int i = 0; i < n; ++i)", "  old[i] = y[i];", *step, "real s_bar = seed;",
                     "if (n > 0) {", "  s_bar = seed * y[n - 1];", "  y_bar[n - 1] += seed * s;", "}",
                     "for (int i = n - 1; i > 0; --i) {", "  const real t = y_bar[i];", f"  y_bar[i] = t * {fa('old[i]', 'y[i - 1]')};",
                     f"  y_bar[i - 1] += t * {fb('old[i]', 'y[i - 1]')};", "}", "return s_bar;"])
        tangent = (f"{name}_dual", "real *y, int n, real s, real *y_dot, real s_dot",
                   ["for (int i = 1; i < n; ++i) {",
                    f"  y_dot[i] = {fa('y[i]', 'y[i - 1]')} * y_dot[i] + {fb('y[i]', 'y[i - 1]')} * y_dot[i - 1];",
                    f"  y[i] = {f('y[i]', 'y[i - 1]')};", "}", "if (n <= 0)", "  return {s, s_dot};",
                    "return {s * y[n - 1], s_dot * y[n - 1] + s * y_dot[n - 1]};"])
        called = self.write_rule(name, name, primal, gradient, tangent, self.dual_struct(name))
        self.array_calls(called, 1, True)

    def output_rule(self):
        self.tag("rule with an output")
        name = self.rule_name()
        f, fa, fb = self.formula()
        x, y = "const real *__restrict x", "real *__restrict y"
        adds = self.chance(0.4)
        sign = "+=" if adds else "="
        primal = ("void", f"{x}, int n, {y}, real s", ["for (int i = 0; i < n; ++i)", f"  y[i] {sign} {f('x[i]', 's')};"])
        gradient = ("real", f"{x}, int n, {y}, real s, real *__restrict x_bar, real *__restrict y_bar",
                    ["real s_bar = 0.0;", "for (int i = 0; i < n; ++i) {", f"  x_bar[i] += {fa('x[i]', 's')} * y_bar[i];",
                     f"  s_bar += {fb('x[i]', 's')} * y_bar[i];", *([] if adds else ["  y_bar[i] = 0.0;"]),
                     f"  y[i] {sign} {f('x[i]', 's')};", "}", "return s_bar;"])
        tangent = ("void", f"{x}, int n, {y}, real s, const real *__restrict x_dot, real *__restrict y_dot, real s_dot",
                   ["for (int i = 0; i < n; ++i) {", f"  y_dot[i] {sign} {fa('x[i]', 's')} * x_dot[i] + {fb('x[i]', 's')} * s_dot;",
                    f"  y[i] {sign} {f('x[i]', 's')};", "}"])
        called = self.write_rule(name, name, primal, gradient, tangent)

        def call(body):
            v, to, most = self.memory_of(body, 1, True)
            w, start, others = self.memory_of(body, 1, False)
            if not v or v is w or v.text == w.text or "pointer" in (v.form, w.form):
                return body.declare_array()
            return [f"{called}({start}, {self.count_of(body, min(most, others))}, {to}, {body.leaf()});"]
        self.add_rule(called, call)

    # Containers.

    def vectors_of(self, body, mutable, whole=False):
        return [v for v in body.visible() if v.form == "vector" and v.elem == "real" and v.text.isidentifier()
                and (not mutable or (v.mutable and v.text not in body.frozen))
                and (not whole or (v.kind == "vec" and v.whole))]

    def some_vector(self, body):
        name = body.fresh("v")
        body.add(Var(name, "vec", form="vector"))
        return [f"std::vector<real> {name} = {{{body.exact()}, {body.exact()}}};"]

    def vector_rule(self):
        self.tag("rule of a vector")
        name = self.rule_name()
        f, fa, fb = self.formula()
        loop = "for (std::size_t i = 0; i < v.size(); ++i)"
        if self.chance(0.5):
            v = "const std::vector<real> &v"
            primal = ("real", f"{v}, real s", ["real r = 0.0;", "for (const real &e : v)", f"  r += {f('e', 's')};", "return r;"])
            gradient = ("real", f"{v}, real s, std::vector<real> &v_bar, real seed",
                        ["real s_bar = 0.0;", loop + " {", f"  v_bar[i] += {fa('v[i]', 's')} * seed;",
                         f"  s_bar += {fb('v[i]', 's')} * seed;", "}", "return s_bar;"])
            tangent = (f"{name}_dual", f"{v}, real s, const std::vector<real> &v_dot, real s_dot",
                       [f"{name}_dual r = {{0.0, 0.0}};", loop + " {", f"  r.value += {f('v[i]', 's')};",
                        f"  r.dot += {fa('v[i]', 's')} * v_dot[i] + {fb('v[i]', 's')} * s_dot;", "}", "return r;"])
            called = self.write_rule(name, name, primal, gradient, tangent, self.dual_struct(name))

            def value(body, depth):
                found = self.vectors_of(body, False)
                return f"{called}({body.rng.choice(found).text}, {body.leaf()})" if found else None

            def read(body):
                text = value(body, 1)
                return body.keep(text) if text else self.some_vector(body)
            self.add_rule(called, read, value)
            return
        v = "std::vector<real> &v"
        primal = ("void", f"{v}, real s", ["for (real &e : v)", f"  e = {f('e', 's')};"])
        gradient = ("real", f"{v}, real s, std::vector<real> &v_bar",
                    ["real s_bar = 0.0;", loop + " {", f"  s_bar += {fb('v[i]', 's')} * v_bar[i];",
                     f"  v_bar[i] *= {fa('v[i]', 's')};", f"  v[i] = {f('v[i]', 's')};", "}", "return s_bar;"])
        tangent = ("void", f"{v}, real s, std::vector<real> &v_dot, real s_dot",
                   [loop + " {", f"  v_dot[i] = {fa('v[i]', 's')} * v_dot[i] + {fb('v[i]', 's')} * s_dot;",
                    f"  v[i] = {f('v[i]', 's')};", "}"])
        called = self.write_rule(name, name, primal, gradient, tangent)

        def call(body):
            found = self.vectors_of(body, True)
            return [f"{called}({body.rng.choice(found).text}, {body.leaf()});"] if found else self.some_vector(body)
        self.add_rule(called, call)

    def stack_rule(self):
        """The size changes."""
        self.tag("rule that pushes")
        name = self.rule_name()
        f, fa, fb = self.formula()
        v = "std::vector<real> &v"
        primal = ("void", f"{v}, real s", ["const real last = v.empty() ? 0.5 : v.back();", f"v.push_back({f('last', 's')});"])
        gradient = ("real", f"{v}, real s, std::vector<real> &v_bar",
                    ["const real last = v.empty() ? 0.5 : v.back();", "const real t = v_bar.back();", "v_bar.pop_back();",
                     "if (!v.empty())", f"  v_bar.back() += {fa('last', 's')} * t;", f"v.push_back({f('last', 's')});",
                     f"return {fb('last', 's')} * t;"])
        tangent = ("void", f"{v}, real s, std::vector<real> &v_dot, real s_dot",
                   ["const real last = v.empty() ? 0.5 : v.back();", "const real last_dot = v.empty() ? 0.0 : v_dot.back();",
                    f"v_dot.push_back({fa('last', 's')} * last_dot + {fb('last', 's')} * s_dot);", f"v.push_back({f('last', 's')});"])
        called = self.write_rule(name, name, primal, gradient, tangent)

        def call(body):
            found = self.vectors_of(body, True, True)
            return [f"{called}({body.rng.choice(found).text}, {body.leaf()});"] if found else self.some_vector(body)
        self.add_rule(called, call)

    def fixed_rule(self):
        """Of arrays whose type has their size."""
        self.tag("rule of a fixed array")
        name = self.rule_name()
        f, fa, fb = self.formula()
        n = self.rng.randint(2, 3)
        kind = self.rng.choice([f"std::array<real, {n}> &", "real (&"])

        def parameter(const, which):
            return f"{const}{kind}{which}" if kind[0] == "s" else f"{const}{kind}{which})[{n}]"
        loop = f"for (int i = 0; i < {n}; ++i)"
        changes = self.chance(0.5)
        w = parameter("" if changes else "const ", "w")
        dots = parameter("" if changes else "const ", "w_dot")
        if changes:
            primal = ("void", f"{w}, real s", [loop, f"  w[i] = {f('w[i]', 's')};"])
            gradient = ("real", f"{w}, real s, {parameter('', 'w_bar')}",
                        ["real s_bar = 0.0;", loop + " {", f"  s_bar += {fb('w[i]', 's')} * w_bar[i];", f"  w_bar[i] *= {fa('w[i]', 's')};",
                         f"  w[i] = {f('w[i]', 's')};", "}", "return s_bar;"])
            tangent = ("void", f"{w}, real s, {dots}, real s_dot",
                       [loop + " {", f"  w_dot[i] = {fa('w[i]', 's')} * w_dot[i] + {fb('w[i]', 's')} * s_dot;", f"  w[i] = {f('w[i]', 's')};", "}"])
        else:
            primal = ("real", f"{w}, real s", ["real r = 0.0;", loop, f"  r += {f('w[i]', 's')};", "return r;"])
            gradient = ("real", f"{w}, real s, {parameter('', 'w_bar')}, real seed",
                        ["real s_bar = 0.0;", loop + " {", f"  w_bar[i] += {fa('w[i]', 's')} * seed;", f"  s_bar += {fb('w[i]', 's')} * seed;",
                         "}", "return s_bar;"])
            tangent = (f"{name}_dual", f"{w}, real s, {dots}, real s_dot",
                       [f"{name}_dual r = {{0.0, 0.0}};", loop + " {", f"  r.value += {f('w[i]', 's')};",
                        f"  r.dot += {fa('w[i]', 's')} * w_dot[i] + {fb('w[i]', 's')} * s_dot;", "}", "return r;"])
        called = self.write_rule(name, name, primal, gradient, tangent, "" if changes else self.dual_struct(name))
        form = "std::array" if kind[0] == "s" else "array"

        def call(body):
            found = [a for a in body.arrays(changes) if a.form == form and a.n == n and a.elem == "real"]
            if not found:
                t = body.fresh("a")
                values = ", ".join(body.exact() for _ in range(n))
                body.add(Var(t, "arr", n=n, form=form))
                return [f"{f'std::array<real, {n}> {t}' if form == 'std::array' else f'real {t}[{n}]'} = {{{values}}};"]
            text = f"{called}({body.rng.choice(found).text}, {body.leaf()})"
            return [f"{text};"] if changes else body.keep(text)
        self.add_rule(called, call)

    def span_rule(self):
        self.tag("rule of a span")
        name = self.rule_name()
        f, fa, fb = self.formula()
        primal = ("real", "std::span<const real> v, real s", ["real r = 0.0;", "for (const real &e : v)", f"  r += {f('e', 's')};", "return r;"])
        gradient = ("real", "std::span<const real> v, real s, std::span<real> v_bar, real seed",
                    ["real s_bar = 0.0;", "for (std::size_t i = 0; i < v.size(); ++i) {", f"  v_bar[i] += {fa('v[i]', 's')} * seed;",
                     f"  s_bar += {fb('v[i]', 's')} * seed;", "}", "return s_bar;"])
        tangent = (f"{name}_dual", "std::span<const real> v, real s, std::span<const real> v_dot, real s_dot",
                   [f"{name}_dual r = {{0.0, 0.0}};", "for (std::size_t i = 0; i < v.size(); ++i) {", f"  r.value += {f('v[i]', 's')};",
                    f"  r.dot += {fa('v[i]', 's')} * v_dot[i] + {fb('v[i]', 's')} * s_dot;", "}", "return r;"])
        called = self.write_rule(name, name, primal, gradient, tangent, self.dual_struct(name))

        def call(body):
            found = [v for v in body.arrays() if v.elem == "real" and v.form in ("array", "std::array", "vector") and v.text.isidentifier()]
            if not found:
                return body.declare_array()
            return body.keep(f"{called}({body.rng.choice(found).text}, {body.leaf()})")
        self.add_rule(called, call)

    # Objects.

    def struct_of_rules(self, methods=()):
        """A struct with numbers, an array and an integer."""
        program = self.program
        members = [Member("a", "num"), Member("b", "arr", n=2)] + ([Member("k", "int")] if self.chance(0.5) else [])
        struct = Struct(f"S{program.number}_{len(program.structs)}", members)
        struct.methods = list(methods)
        program.structs.append(struct)
        program.type_lines.append(struct.text())
        return struct

    def object_parts(self, o):
        """a, b[0] and b[1] of an object."""
        return [f"{o}.a", f"{o}.b[0]", f"{o}.b[1]"]

    def object_texts(self, struct, name, changes, o="o"):
        """What a helper on an object does, its gradient and tangent: lines of each."""
        f, fa, fb = self.formula()
        a, b, c = self.object_parts(o)
        a_bar, b_bar, c_bar = self.object_parts(o + "_bar")
        a_dot, b_dot, c_dot = self.object_parts(o + "_dot")
        if changes:
            primal = [f"{b} = {f(b, 's')};", f"{a} = 0.5 * {a} + {c};"]
            gradient = [f"const real t = {a_bar};", f"{a_bar} = 0.5 * t;", f"{c_bar} += t;", f"const real s_bar = {fb(b, 's')} * {b_bar};",
                        f"{b_bar} *= {fa(b, 's')};", *primal, "return s_bar;"]
            tangent = [f"{b_dot} = {fa(b, 's')} * {b_dot} + {fb(b, 's')} * s_dot;", f"{a_dot} = 0.5 * {a_dot} + {c_dot};", *primal]
        else:
            primal = [f"return {f(a, 's')} * {b} + {c};"]
            gradient = [f"{a_bar} += {fa(a, 's')} * {b} * seed;", f"{b_bar} += {f(a, 's')} * seed;", f"{c_bar} += seed;",
                        f"return {fb(a, 's')} * {b} * seed;"]
            tangent = [f"return {{{f(a, 's')} * {b} + {c}, ({fa(a, 's')} * {a_dot} + {fb(a, 's')} * s_dot) * {b} + {f(a, 's')} * {b_dot} + {c_dot}}};"]
        return primal, gradient, tangent

    def object_rule(self):
        self.tag("rule of a struct")
        name = self.rule_name()
        struct = self.struct_of_rules()
        changes = self.chance(0.5)
        pointer = self.chance(0.3)
        at = "*" if pointer else "&"
        const = "" if changes else "const "
        result = "void" if changes else "real"
        texts = self.object_texts(struct, name, changes)
        if pointer:
            texts = [[re.sub(r"\b(o|o_bar|o_dot)\.", r"\1->", line) for line in lines] for lines in texts]
        primal, gradient, tangent = texts
        called = self.write_rule(
            name, name, (result, f"{const}{struct.name} {at}o, real s", primal),
            ("real", f"{const}{struct.name} {at}o, real s, {struct.name} {at}o_bar{'' if changes else ', real seed'}", gradient),
            ("void" if changes else f"{name}_dual", f"{const}{struct.name} {at}o, real s, {const}{struct.name} {at}o_dot, real s_dot", tangent),
            "" if changes else self.dual_struct(name))
        self.object_calls(struct, changes, lambda o, body: f"{called}({'&' if pointer else ''}{o}, {body.leaf()})")

    def object_calls(self, struct, changes, text_of):
        def call(body):
            found = [v for v in body.visible("obj") if v.struct is struct and (v.mutable or not changes) and v.text not in body.frozen]
            if not found:
                o = body.fresh("s")
                value = body.initial(struct)
                body.add(Var(o, "obj", struct=struct))
                return [f"{struct.name} {o}{value};"]
            text = text_of(body.rng.choice(found).text, body)
            return [f"{text};"] if changes else body.keep(text)
        self.add_rule(struct.name, call)

    def method_rule(self):
        self.tag("rule of a method")
        name = self.rule_name()
        changes = self.chance(0.5)
        struct = self.struct_of_rules()
        primal, gradient, tangent = self.object_texts(struct, name, changes, "self")
        lines = " ".join(line.replace("self.", "") for line in primal)
        struct.methods = [f"  {'void' if changes else 'real'} act(real s) {'' if changes else 'const '}{{ {lines} }}"]
        self.program.type_lines[-1] = struct.text()
        const = "" if changes else "const "
        self.write_rule(f"{struct.name}_act", f"{struct.name}::act", None,
                        ("real", f"{const}{struct.name} &self, real s, {struct.name} &self_bar{'' if changes else ', real seed'}", gradient),
                        ("void" if changes else f"{name}_dual", f"{const}{struct.name} &self, real s, {const}{struct.name} &self_dot, real s_dot", tangent),
                        "" if changes else self.dual_struct(name), free=False)
        self.object_calls(struct, changes, lambda o, body: f"{o}.act({body.leaf()})")
