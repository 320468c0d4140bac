"""Helper functions: what they take, change and return, recursion, and how they are called."""
from body import Var


class Helper:
    """A function that can be called: how, and what it needs."""

    def __init__(self, name, kind, **details):
        self.name = name
        self.kind = kind
        self.details = details


class Calls:
    """Helpers of a program, written before its function."""

    def prepare(self):
        makers = []
        if self.theme("helpers"):
            makers += [self.value_helper, self.changing_helper, self.changing_helper, self.void_helper,
                       self.template_helper, self.returning_reference]
        if self.theme("memory helpers"):
            makers += [self.pointer_helper, self.pointer_helper, self.vector_helper, self.vector_helper,
                       self.vector_maker]
            if self.theme("objects"):
                makers += [self.object_helper, self.object_helper, self.object_maker]
        if self.theme("recursion"):
            makers += [self.recursive, self.recursive_pointer, self.mutual, self.recursive_changing,
                       self.recursive_vector]
        for _ in range(self.rng.randint(1, 3) if makers else 0):
            self.rng.choice(makers)()

    def statement_makers(self):
        table = super().statement_makers()
        if self.program.helpers:
            table += [(8, self.call)]
        return table

    def expression_makers(self):
        table = super().expression_makers()
        if any(h.kind == "value" for h in self.program.helpers):
            table += [(4, self.value_call)]
        return table

    def helpers(self, *kinds):
        return [h for h in self.program.helpers if h.kind in kinds]

    # Definitions.

    def define(self, kind, result, parameters, variables, tail=None, leaves=None, before=(), **details):
        """Writes a helper with a random body."""
        name = f"h{self.program.number}_{len(self.program.helpers)}"
        body = type(self)(self.program, result, budget=self.rng.choice([1, 2, 4]))
        for var in variables:
            body.add(var)
        body.loops = 1  # its values are kept small
        body.leaves = leaves
        lines = list(before)
        for _ in range(self.rng.randint(1, 3)):
            lines += body.statement()
        if self.theme("exits") and self.chance(0.4) and result in ("real", "void"):
            lines += body.leave()
        lines += tail(body) if tail else ([f"return 1.5 * std::tanh({body.total()});"] if result != "void" else [])
        prefix = self.rng.choice(["static ", "inline ", "static "])
        self.program.helper_lines.append("\n".join([f"{prefix}{result} {name}({parameters}) {{",
                                                    *("  " + line for line in lines), "}", ""]))
        self.program.helpers.append(Helper(name, kind, **details))
        return name

    def value_helper(self):
        self.tag("helper by value")
        self.define("value", "real", "real a, real b, int n",
                    [Var("a", "num"), Var("b", "num"), Var("n", "int", lo=0, hi=4)])

    def template_helper(self):
        self.tag("template helper")
        name = f"h{self.program.number}_{len(self.program.helpers)}"
        form = self.rng.choice(["a * b + std::sin(a)", "a > b ? a - b * b : std::cos(b)", "(a + b) / (T(1) + b * b)"])
        self.program.helper_lines.append(f"template <class T> T {name}(T a, T b) {{\n  return {form};\n}}\n")
        self.program.helpers.append(Helper(name, "value", template=True))

    def changing_helper(self):
        self.tag("helper that changes its argument")
        second = self.rng.choice(["real b", "const real &b", "real b"])
        self.define("changing", "real", f"real &a, {second}, int n",
                    [Var("a", "num"), Var("b", "num", mutable="const" not in second), Var("n", "int", lo=0, hi=4)],
                    before=["a = std::sin(a + 0.5 * b);"] if self.chance(0.5) else [])

    def void_helper(self):
        self.tag("helper that returns nothing")
        pointer = self.chance(0.4)
        self.define("void", "void", f"real {'*' if pointer else '&'}a, real b, int n",
                    [Var("(*a)" if pointer else "a", "num"), Var("b", "num"), Var("n", "int", lo=0, hi=4)],
                    pointer=pointer)

    def returning_reference(self):
        self.tag("returned reference")
        name = f"h{self.program.number}_{len(self.program.helpers)}"
        if self.chance(0.5) or not self.theme("memory helpers"):
            text = f"static real &{name}(real *a, int k) {{\n  return a[k > 0 ? {self.rng.randint(0, 1)} : 1];\n}}\n"
        else:
            text = f"static real &{name}(real *a, int k) {{\n  a[0] *= 0.5;\n  return a[k & 1];\n}}\n"
        self.program.helper_lines.append(text)
        self.program.helpers.append(Helper(name, "place"))

    def pointer_helper(self):
        self.tag("helper on pointers")
        n = self.rng.randint(2, 4)
        second = self.chance(0.5)
        const = self.chance(0.6)
        restrict = self.rng.choice(["", "__restrict "])
        variables = [Var("a", "arr", n=n, form="pointer", whole=False), Var("k", "int", lo=0, hi=4), Var("s", "num")]
        parameters = f"real *{restrict}a, int k, real s"
        if second:
            variables.append(Var("b", "arr", mutable=not const, n=n, form="pointer", whole=False))
            parameters = f"real *{restrict}a, {'const ' if const else ''}real *b, int k, real s"
        returns = self.rng.choice(["real", "void"])
        self.define("pointer", returns, parameters, variables, n=n, second=second, returns=returns,
                    restrict=bool(restrict), const=const)

    def vector_helper(self):
        self.tag("helper on vectors")
        form = self.rng.choice(["&", "&", "const &", ""])
        changes = form in ("&", "") and self.chance(0.5)
        var = Var("v", "vec", form="vector", mutable=form != "const &", whole=changes)
        returns = "real" if form != "&" else self.rng.choice(["real", "void"])
        self.define("vector", returns, f"{form.replace('&', '')}std::vector<real> {form[-1:]}v, int k, real s",
                    [var, Var("k", "int", lo=0, hi=4), Var("s", "num")], changes=form == "&", reshapes=changes and form == "&",
                    returns=returns)

    def vector_maker(self):
        self.tag("helper that returns a vector")
        n = self.rng.randint(1, 3)
        var = Var("v", "vec", form="vector")
        self.define("maker", "std::vector<real>", "real s, int k", [Var("s", "num"), Var("k", "int", lo=0, hi=4), var],
                    tail=lambda body: ["return v;"], leaves=lambda body: "return v;", before=[f"std::vector<real> v({n}, s);"])

    def object_helper(self):
        struct = self.a_struct()
        self.tag("helper on structs")
        form = self.rng.choice(["&", "&", "const &", "", "*"])
        text = "(*v)" if form == "*" else "v"
        var = Var(text, "obj", struct=struct, mutable=form != "const &")
        returns = "real" if form in ("", "const &") else self.rng.choice(["real", "void"])
        self.define("object", returns, f"{form.replace('&', '').replace('*', '')}{struct.name} {form[-1:]}v, real s, int k",
                    [var, Var("k", "int", lo=0, hi=4), Var("s", "num")], struct=struct, form=form, returns=returns)

    def object_maker(self):
        struct = self.a_struct()
        self.tag("helper that returns a struct")
        self.define("object maker", struct.name, "real s, int k", [Var("s", "num"), Var("k", "int", lo=0, hi=4)],
                    tail=lambda body: [f"return {struct.name}{body.initial(struct)};"],
                    leaves=lambda body: f"return {struct.name}{body.initial(struct)};", struct=struct)

    # Recursion: `depth` bounds it.

    def recursive_text(self, text, kind, **details):
        name = f"h{self.program.number}_{len(self.program.helpers)}"
        self.program.helper_lines.append(text.replace("NAME", name))
        self.program.helpers.append(Helper(name, kind, **details))

    def body_of(self, variables, count=1):
        body = type(self)(self.program, "real", budget=2)
        for var in variables:
            body.add(var)
        body.loops = 1
        body.nesting = 3
        lines = []
        for _ in range(count):
            lines += body.statement()
        return body, "\n".join("  " + line for line in lines)

    def recursive(self):
        self.tag("recursion")
        variables = [Var("a", "num"), Var("b", "num"), Var("n", "int", mutable=False, lo=1, hi=4)]
        first = self.body_of(variables, 0)[0].real(1)
        _, lines = self.body_of(variables)
        call = self.rng.choice(["NAME(b, 0.5 * a, n - 1)", "0.5 * NAME(a, b, n - 1) + 0.5 * NAME(b, a, n - 2)",
                                "NAME(std::sin(a), a * b, n - 1) * a"])
        self.recursive_text(f"static real NAME(real a, real b, int n) {{\n  if (n <= 0)\n    return std::sin({first});\n"
                            f"{lines}\n  real r = {call};\n  return std::tanh(r + 0.5 * b);\n}}\n", "value")

    def recursive_changing(self):
        self.tag("recursion by reference")
        _, lines = self.body_of([Var("a", "num"), Var("b", "num"), Var("n", "int", mutable=False, lo=1, hi=4)])
        order = [lines, "  real r = NAME(a, 0.5 * b, n - 1);", "  a = std::sin(a * b);"]
        self.rng.shuffle(order)
        text = "\n".join(order)
        self.recursive_text(f"static real NAME(real &a, real b, int n) {{\n  if (n <= 0)\n    return a * b;\n{text}\n"
                            f"  return std::tanh(r * a);\n}}\n", "changing")

    def recursive_pointer(self):
        self.tag("recursion on pointers")
        rng = self.rng
        form = rng.choice([
            "  a[n - 1] *= s;\n  NAME(a, n - 1, std::sin(s));\n  a[0] += 0.5 * a[n - 1] * s;\n",
            "  if (n > 1) {\n    NAME(a, n / 2, s);\n    NAME(a + n / 2, n - n / 2, 0.5 * s);\n  }\n  a[n / 2] += std::sin(s * a[0]);\n",
            "  for (int i = 1; i < n; ++i)\n    a[i] = std::sin(a[i] * a[i - 1] + s);\n  NAME(a + 1, n - 1, s * a[0]);\n",
            "  real t = a[0];\n  NAME(a + 1, n - 1, s + 0.25 * t);\n  a[0] = std::cos(t) * (n > 1 ? a[1] : s);\n"])
        self.recursive_text(f"static void NAME(real *a, int n, real s) {{\n  if (n <= 0{rng.choice(['', ' || s > 5.0'])})\n    return;\n"
                            f"  if (n == 1) {{\n    a[0] *= s;\n    return;\n  }}\n{form}}}\n", "recursive pointer")

    def recursive_vector(self):
        self.tag("recursion on vectors")
        form = self.rng.choice([
            "  v.push_back(std::sin(s));\n  NAME(v, n - 1, 0.5 * s + v.front());\n  v.back() *= v[0];\n",
            "  NAME(v, n - 1, std::cos(s));\n  for (real &x : v)\n    x = std::sin(x * s);\n  v.push_back(s);\n",
            "  if (v.size() > 2)\n    v.pop_back();\n  else\n    v.push_back(s * s);\n  NAME(v, n - 1, std::sin(s));\n"])
        self.recursive_text(f"static void NAME(std::vector<real> &v, int n, real s) {{\n  if (n <= 0)\n    return;\n{form}}}\n",
                            "recursive vector")

    def mutual(self):
        self.tag("mutual recursion")
        other = f"h{self.program.number}_{len(self.program.helpers)}m"
        _, lines = self.body_of([Var("a", "num"), Var("b", "num"), Var("n", "int", mutable=False, lo=1, hi=4)])
        self.recursive_text(
            f"static real NAME(real a, real b, int n);\nstatic real {other}(real a, real b, int n) {{\n  if (n <= 0)\n    return b;\n"
            f"{lines}\n  return std::sin(NAME(b, a, n - 1) + a);\n}}\nstatic real NAME(real a, real b, int n) {{\n"
            f"  if (n < 1)\n    return a * b;\n  return a > b ? std::cos({other}(a * 0.5, b, n - 1)) : {other}(b, a, n - 2) * b;\n}}\n",
            "value")

    # Calls.

    def small_int(self):
        names = [v.text for v in self.visible("int") if v.lo >= 0 and v.hi <= 4 and v.ctype == "int"]
        return self.rng.choice(names + [str(self.rng.randint(0, 3))])

    def value_call(self, depth):
        found = self.helpers("value")
        h = self.rng.choice(found)
        a, b = self.real(depth - 1), self.leaf()
        if h.details.get("template"):
            return f"{h.name}<real>({a}, {b})"
        return f"{h.name}({a}, {b}, {self.small_int()})"

    def number_variable(self):
        """A local number that a callee may change: of type double, one object for sure."""
        names = [v for v in self.visible("num") if v.mutable and v.elem == "real" and v.text.isidentifier()
                 and v.text[0] in "tx" and v.text not in self.frozen]
        return self.rng.choice(names).text if names else None

    def call(self):
        if self.program.helpers:
            h = self.rng.choice(self.program.helpers)
            return getattr(self, "call_" + h.kind.replace(" ", "_"))(h)
        return None

    def keep(self, text, elem="real"):
        """A statement for a call that returns a number."""
        place, _ = self.place()
        p = self.rng.random()
        if p < 0.35:
            t = self.fresh("t")
            self.add(Var(t, "num", elem))
            return [f"{elem} {t} = {text};"]
        if p < 0.6 and place:
            return [f"{place} = {text};"]
        if p < 0.75 and place:
            return [f"{place} += 0.5 * {text};"]
        if p < 0.85 and place and self.theme("effects"):
            return [f"if ({text} > 0.25)", f"  {place} = {self.small(1)};"]
        if p < 0.95:
            return [f"{text};"]
        t, factor = self.fresh("t"), self.leaf()
        self.add(Var(t, "num", elem))
        return [f"{elem} {t} = {factor} * {text};"]

    def call_value(self, h):
        return self.keep(self.value_call(2) if self.chance(0.5) else self.value_call(1))

    def call_changing(self, h):
        name = self.number_variable()
        if not name:
            return self.declare()
        others = [v.text for v in self.visible("num") if v.text != name and v.elem == "real" and v.text[0] == "t"]
        b = self.rng.choice(others + [self.literal()])
        return self.keep(f"{h.name}({name}, {b}, {self.small_int()})")

    def call_void(self, h):
        name = self.number_variable()
        if not name:
            return self.declare()
        return [f"{h.name}({'&' if h.details['pointer'] else ''}{name}, {self.real(1)}, {self.small_int()});"]

    def call_place(self, h):
        v, start = self.raw()
        if not v or v.elem != "real":
            return self.declare_array()
        return [f"{h.name}({start}, {self.integer()}) {self.rng.choice(['=', '*=', '+='])} {self.small(1)};"]

    def call_pointer(self, h):
        n = h.details["n"]
        found = [v for v in self.arrays(True) if v.n >= n and v.elem == "real" and v.form in ("array", "pointer", "std::array", "vector")]
        if not found:
            return self.declare_array()
        v = self.rng.choice(found)
        d = self.rng.randint(0, v.n - n)
        start = f"{v.text}.data()" if v.form in ("std::array", "vector") else v.text
        first = start if d == 0 else f"{start} + {d}"
        arguments = [first]
        if h.details["second"]:
            pool = [w for w in self.arrays(not h.details["const"]) if w.n >= n and w.elem == "real"
                    and w.form in ("array", "pointer", "std::array", "vector")
                    and (not h.details["restrict"] or (w.text != v.text and "pointer" not in (v.form, w.form)))]
            if not pool:
                return None
            w = self.rng.choice(pool)
            arguments.append(f"{w.text}.data()" if w.form in ("std::array", "vector") else w.text)
        text = f"{h.name}({', '.join(arguments)}, {self.small_int()}, {self.leaf()})"
        return self.keep(text) if h.details["returns"] == "real" else [f"{text};"]

    def call_recursive_pointer(self, h):
        v, start = self.raw()
        if not v or v.elem != "real":
            return self.declare_array()
        n = self.rng.randint(2, v.n) if v.n > 2 else v.n
        return [f"{h.name}({start}, {n}, {self.leaf()});"]

    def call_vector(self, h):
        found = [v for v in self.visible() if v.form == "vector" and v.elem == "real" and
                 (not h.details["changes"] or (v.mutable and v.text not in self.frozen))]
        if h.details["reshapes"]:
            found = [v for v in found if v.kind == "vec" and v.whole]
        if not found:
            return self.declare_vector()
        text = f"{h.name}({self.rng.choice(found).text}, {self.small_int()}, {self.leaf()})"
        return self.keep(text) if h.details["returns"] == "real" else [f"{text};"]

    def call_recursive_vector(self, h):
        found = [v for v in self.growing() if v.elem == "real"]
        if not found:
            return self.declare_vector()
        return [f"{h.name}({self.rng.choice(found).text}, {self.rng.randint(1, 3)}, {self.leaf()});"]

    def call_maker(self, h):
        text = f"{h.name}({self.leaf()}, {self.small_int()})"
        found = [v for v in self.growing() if v.elem == "real"]
        if found and self.chance(0.4):
            return [f"{self.rng.choice(found).text} = {text};"]
        name = self.fresh("v")
        self.add(Var(name, "vec", form="vector"))
        return [f"std::vector<real> {name} = {text};"]

    def call_object(self, h):
        found = [v for v in self.objects(h.details["form"] in ("&", "*")) if v.struct is h.details["struct"]]
        if not found:
            return self.declare_object()
        v = self.rng.choice(found).text
        if h.details["form"] == "*":
            v = v[2:-1] if v.startswith("(*") else f"&{v}"
        text = f"{h.name}({v}, {self.leaf()}, {self.small_int()})"
        return self.keep(text) if h.details["returns"] == "real" else [f"{text};"]

    def call_object_maker(self, h):
        text = f"{h.name}({self.leaf()}, {self.small_int()})"
        same = [v for v in self.objects(True) if v.struct is h.details["struct"]]
        if same and self.chance(0.5):
            return [f"{self.rng.choice(same).text} = {text};"]
        name = self.fresh("s")
        self.add(Var(name, "obj", struct=h.details["struct"]))
        return [f"{h.details['struct'].name} {name} = {text};"]
