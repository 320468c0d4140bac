"""Null pointers, objects that may be one, lists, trees, rows, and what is inactive: the statements."""
from body import Var


class Structures:
    """Statements on what pointers in parameters lead to."""

    def prepare(self):
        super().prepare()
        makers = []
        if self.theme("null pointers"):
            makers += [self.optional_helper, self.optional_helper, self.optional_output]
        if self.theme("two objects"):
            makers += [self.object_pair_helper] * 2
        if self.theme("lists"):
            makers += [self.list_helper]
        if self.theme("inactive"):
            makers += [self.inert_helper, self.inert_function]
        for _ in range(self.rng.randint(1, 2) if makers else 0):
            self.rng.choice(makers)()

    def statement_makers(self):
        table = super().statement_makers()
        deep = self.nesting > 3 or self.budget <= 0
        if self.theme("null pointers"):
            table += [(2, self.chosen_pointer), (2, self.leave_if_null), (3, self.guarded_loop)]
            table += [] if deep else [(8, self.guarded_pointer), (3, self.guarded_object)]
        if self.theme("two objects"):
            table += [(3, self.object_pointer), (3, self.chosen_object)] + ([] if deep else [(3, self.row_loop)])
        if self.theme("lists"):
            table += [(3, self.neighbours), (2, self.last_node), (2, self.sort_list)]
            table += [] if deep else [(7 if self.loops < 2 else 1, self.walk_list), (3 if self.loops < 2 else 0.5, self.go_around)]
        if self.theme("trees"):
            table += [] if deep else [(7 if self.loops < 2 else 1, self.descend), (4, self.child)]
        if self.theme("rows"):
            table += [(6, self.row_sweep), (2, self.row_pointer)]
        if self.theme("inactive"):
            table += [(6, self.set_inert)]
        return table

    def expression_makers(self):
        table = super().expression_makers()
        if self.theme("null pointers"):
            table += [(4, self.value_or)]
        if self.theme("inactive"):
            table += [(6, self.inert_read)]
        return table

    def exits(self):
        """Whether this function may be left here."""
        return self.nesting == 0 and self.result != ""

    # Pointers that may be null.

    def optional(self, kind="opt", mutable=False):
        found = [v for v in self.visible(kind) if v.mutable or not mutable]
        return self.rng.choice(found) if found else None

    def null_test(self, name):
        return self.rng.choice([name, name, f"{name} != nullptr"])

    def guarded_pointer(self):
        v = self.optional()
        if not v:
            return None
        self.tag("block if not null")
        own = [Var(v.text, "arr", mutable=v.mutable, n=v.n, form="pointer", whole=False)]
        test = self.null_test(v.text)
        if self.chance(0.25):
            test = f"{test} && {self.condition(0)}"
        lines = [f"if ({test}) {{", *self.block(3, own), "}"]
        if self.chance(0.4):
            lines[-1] = "} else {"
            lines += [*self.block(2), "}"]
        return lines

    def guarded_object(self):
        v = self.optional("optobj")
        if not v:
            return None
        self.tag("object if not null")
        own = [Var(f"(*{v.text})", "obj", mutable=v.mutable, struct=v.struct)]
        return [f"if ({self.null_test(v.text)}) {{", *self.block(3, own), "}"]

    def value_or(self, depth):
        v = self.optional()
        o = self.optional("optobj")
        if o and (not v or self.chance(0.4)):
            return f"({o.text} ? {o.text}->{self.rng.choice(o.struct.members).name} : {self.literal('real')})"
        return f"({v.text} ? {v.text}[{self.index(v.n)}] : real({self.leaf()}))" if v else None

    def leave_if_null(self):
        v = self.optional()
        if not v or not self.exits() or not any(v.text == w.text for w in self.scopes[0]):
            return None
        self.tag("return if null")
        lines = [f"if (!{v.text})", f"  {self.exit_line()}"]
        self.scopes[0] = [w for w in self.scopes[0] if w.text != v.text]
        self.add(Var(v.text, "arr", mutable=v.mutable, n=v.n, form="pointer", whole=False))
        return lines

    def chosen_pointer(self):
        v = self.optional()
        if not v:
            return None
        others = [w for w in self.arrays(False) if w.elem == "real" and w.form == "pointer" and w.text.isidentifier()]
        name = self.fresh("p")
        self.tag("pointer or another")
        lines = []
        if others and self.chance(0.6):
            w = self.rng.choice(others)
        else:
            t = self.fresh("a")
            lines = [f"real {t}[{v.n}] = {{{self.exact()}}};"]
            w = Var(t, "arr", n=v.n, form="array")
            self.add(w)
        mutable = v.mutable and w.mutable
        self.add(Var(name, "arr", mutable=mutable, n=min(v.n, w.n), form="pointer", whole=False))
        return lines + [f"{'' if mutable else 'const '}real *{name} = {v.text} ? {v.text} : {w.text};"]

    def guarded_loop(self):
        v = self.optional()
        if not v:
            return None
        self.tag("loop if not null")
        i = self.fresh("i")
        place, _ = self.place()
        if not place:
            return None
        body = [f"{place} = std::sin({place} + {v.text}[{i}]);"]
        if v.mutable:
            body += [f"{v.text}[{i}] = 0.5 * {v.text}[{i}] + {self.small(1)};", f"{v.text}[{i}] *= std::cos({place});"]
        line = self.rng.choice(body)
        if self.chance(0.5):
            return [f"for (int {i} = 0; {v.text} && {i} < {v.n}; ++{i})", f"  {line}"]
        return [f"for (int {i} = 0; {i} < {v.n}; ++{i})", f"  if ({self.null_test(v.text)})", f"    {line}"]

    def optional_helper(self):
        """It asks itself, and is called with null, with what may be null, and with arrays."""
        self.tag("helper with an optional array")
        name = f"h{self.program.number}_o{len(self.program.rules)}"
        form = self.rng.choice(["w ? w[i] * s : s", "w && s > 0.1 ? std::sin(w[i]) : 0.5 * s", "w == nullptr ? std::cos(s) : w[0] * w[i]"])
        self.program.helper_lines.append(f"static real {name}(const real *w, int i, real s) {{\n  return {form};\n}}\n")

        def value(body, depth):
            found = body.visible("opt") + [v for v in body.arrays() if v.form in ("array", "pointer") and v.elem == "real"]
            if not found or body.chance(0.2):
                return f"{name}(nullptr, 0, {body.leaf()})"
            v = body.rng.choice(found)
            return f"{name}({v.text}, {body.index(v.n)}, {body.leaf()})"
        self.program.rules.append(CallOf(lambda body: body.keep(value(body, 1)), value))

    def optional_output(self):
        self.tag("helper with an optional output")
        name = f"h{self.program.number}_o{len(self.program.rules)}"
        line = self.rng.choice(["out[i] += 0.5 * s;", "out[i] *= std::sin(s);", "out[i] = s * s;"])
        extra = self.rng.choice(["", "  s += 0.5 * out[0];\n"])
        self.program.helper_lines.append(f"static real {name}(real *out, int i, real s) {{\n  if (!out)\n    return s;\n  {line}\n{extra}"
                                         f"  return std::sin(s) * out[i];\n}}\n")

        def call(body):
            found = [v for v in body.visible("opt") if v.mutable]
            found += [v for v in body.arrays(True) if v.form in ("array", "pointer") and v.elem == "real"]
            if not found or body.chance(0.1):
                return body.keep(f"{name}(nullptr, 0, {body.leaf()})")
            v = body.rng.choice(found)
            return body.keep(f"{name}({v.text}, {body.index(v.n)}, {body.leaf()})")
        self.program.rules.append(CallOf(call))

    # Objects that may be one.

    def object_pair_helper(self):
        """Changes one or both of two objects, which the caller may have only one of."""
        self.tag("helper on two objects")
        struct = self.program.shared_struct(self)
        first = self.rng.choice(["&", "*"])
        second = self.rng.choice(["&", "const &", "*", "const *"])
        a, b = "(*a)" if first == "*" else "a", "(*b)" if second[-1] == "*" else "b"
        const = "const " if "const" in second else ""
        returns = self.rng.choice(["real", "void"])
        self.define("object pair", returns, f"{struct.name} {first}a, {const}{struct.name} {second[-1]}b, real s",
                    [Var(a, "obj", struct=struct), Var(b, "obj", struct=struct, mutable=not const), Var("s", "num")],
                    struct=struct, forms=(first, second), returns=returns)

    def call_object_pair(self, h):
        found = [v for v in self.objects(True) if v.struct is h.details["struct"] and v.text not in self.frozen]
        if not found:
            return self.declare_object()
        v, w = self.rng.choice(found), self.rng.choice(found)
        if self.chance(0.3):
            w = v
        if v is w:
            self.tag("one object twice")
        given = [(x.text[2:-1] if x.text.startswith("(*") else f"&{x.text}") if form[-1] == "*" else x.text
                 for x, form in zip((v, w), h.details["forms"])]
        text = f"{h.name}({', '.join(given)}, {self.leaf()})"
        return self.keep(text) if h.details["returns"] == "real" else [f"{text};"]

    def object_pointer(self):
        found = [v for v in self.objects(True) if v.text not in self.frozen and not v.text.startswith("(*p")]
        if not found:
            return self.declare_object()
        v, p = self.rng.choice(found), self.fresh("p")
        self.tag("pointer or reference to an object")
        if self.chance(0.5):
            self.add(Var(p, "obj", struct=v.struct))
            return [f"{v.struct.name} &{p} = {v.text};"]
        self.add(Var(f"(*{p})", "obj", struct=v.struct))
        return [f"{v.struct.name} *{p} = &{v.text};"]

    def chosen_object(self):
        found = [v for v in self.objects(True) if v.text not in self.frozen]
        pairs = [(v, w) for v in found for w in found if v.struct is w.struct and v.text < w.text]
        if not pairs:
            return self.object_pointer()
        (v, w), p, test = self.rng.choice(pairs), self.fresh("p"), self.condition(0)
        self.tag("chosen object")
        if self.chance(0.5):
            self.add(Var(p, "obj", struct=v.struct))
            return [f"{v.struct.name} &{p} = {test} ? {v.text} : {w.text};"]
        self.add(Var(f"(*{p})", "obj", struct=v.struct))
        return [f"{v.struct.name} *{p} = {test} ? &{v.text} : &{w.text};"]

    def row_loop(self):
        """Along an array of objects: each with the one before it."""
        found = self.visible("objs")
        if not found:
            return self.object_pointer()
        v = self.rng.choice(found)
        self.tag("loop over objects")
        p, i = self.fresh("p"), self.fresh("i")
        if self.chance(0.4):
            const = "" if v.mutable else "const "
            own = [Var(f"(*{p})", "obj", struct=v.struct, mutable=v.mutable)]
            return [f"for ({const}{v.struct.name} *{p} = {v.text}; {p} != {v.text} + {v.n}; ++{p}) {{", *self.loop_body(own, 2), "}"]
        own = [Var(i, "int", mutable=False, lo=1, hi=v.n - 1), Var(f"{v.text}[{i}]", "obj", struct=v.struct, mutable=v.mutable),
               Var(f"{v.text}[{i} - 1]", "obj", struct=v.struct, mutable=v.mutable)]
        return [f"for (int {i} = 1; {i} < {v.n}; ++{i}) {{", *self.loop_body(own, 3), "}"]

    # Lists.

    def a_list(self, *kinds, least=0):
        found = [v for kind in kinds or ("list",) for v in self.visible(kind) if v.lo >= least]
        return self.rng.choice(found) if found else None

    def node_pointer(self, v, name):
        return f"{'' if v.mutable else 'const '}{v.struct.name} *{name}"

    def walk_list(self):
        v = self.a_list()
        if not v:
            return self.go_around()
        p, i = self.fresh("n"), self.fresh("i")
        self.tag("walk along a list")
        body = self.loop_body(v.struct.places(p, v.mutable), 3)
        head = self.node_pointer(v, p)
        chance = self.rng.random()
        if chance < 0.4:
            return [f"for ({head} = {v.text}; {p}; {p} = {p}->next) {{", *body, "}"]
        if chance < 0.6:
            return [f"for ({head} = {v.text}; {p} != nullptr && {self.condition(0)}; {p} = {p}->next) {{", *body, "}"]
        if chance < 0.8:
            most, _, _ = self.bound()
            return ["{", f"  {head} = {v.text};", f"  for (int {i} = 0; {i} < {most} && {p}; ++{i}, {p} = {p}->next) {{",
                    *("  " + line for line in body), "  }", "}"]
        if any("continue;" in line for line in body):
            return [f"for ({head} = {v.text}; {p}; {p} = {p}->next) {{", *body, "}"]
        return ["{", f"  {head} = {v.text};", f"  while ({p}) {{", *("  " + line for line in body), f"    {p} = {p}->next;", "  }", "}"]

    def go_around(self):
        """A bounded walk along a ring, or a list."""
        v = self.a_list("ring")
        if not v:
            return self.walk_list() if self.a_list() else None
        p, i = self.fresh("n"), self.fresh("i")
        self.tag("walk around a ring")
        most, _, _ = self.bound()
        body = self.loop_body(v.struct.places(p, v.mutable) + v.struct.places(f"{p}->next", v.mutable), 3)
        return ["{", f"  {self.node_pointer(v, p)} = {v.text};", f"  for (int {i} = 0; {i} < {most}; ++{i}, {p} = {p}->next) {{",
                *("  " + line for line in body), "  }", "}"]

    def neighbours(self):
        v = self.a_list()
        if not v or not v.mutable:
            return None
        p, q = self.fresh("n"), self.fresh("n")
        self.tag("neighbours in a list")
        a, b = f"{p}->value", f"{p}->next->value"
        line = self.rng.choice([f"{b} += 0.5 * {a};", f"{a} *= {b};", f"std::swap({a}, {b});", f"{b} = std::sin({a} + {self.leaf()});"])
        if self.chance(0.5):
            start = f"{v.text}; {p} && {p}->next" if v.lo == 0 else f"{v.text}; {p}->next"
            return [f"for ({self.node_pointer(v, p)} = {start}; {p} = {p}->next)", f"  {line}"]
        place, _ = self.place()
        return ["{", f"  {self.node_pointer(v, q)} = {v.text};", f"  for ({self.node_pointer(v, p)} = {v.text}; {p}; {p} = {p}->next) {{",
                f"    {p}->value = 0.5 * {p}->value + 0.25 * {q}->value;", *([f"    {place} = std::cos({place} + {q}->value);"] if place else []),
                f"    {q} = {p};", "  }", "}"]

    def last_node(self):
        v = self.a_list(least=1)
        if not v:
            return None
        p = self.fresh("n")
        self.tag("last of a list")
        for var in v.struct.places(p, v.mutable):
            self.add(var)
        return [f"{self.node_pointer(v, p)} = {v.text};", f"while ({p}->next)", f"  {p} = {p}->next;"]

    def sort_list(self):
        v = self.a_list()
        if not v or not v.mutable:
            return None
        p, q = self.fresh("n"), self.fresh("n")
        self.tag("list sorted")
        return [f"for ({self.node_pointer(v, p)} = {v.text}; {p}; {p} = {p}->next)",
                f"  for ({self.node_pointer(v, q)} = {p}->next; {q}; {q} = {q}->next)",
                f"    if ({q}->value < {p}->value)", f"      std::swap({p}->value, {q}->value);"]

    def list_helper(self):
        self.tag("helper on a list")
        node = self.program.node_type("list", ["next"])
        changes = self.chance(0.5)
        const = "" if changes else "const "
        body = type(self)(self.program, "real", budget=2)
        body.add(Var("s", "num"))
        lines = body.loop_body(node.places("n", changes), 2)
        name = f"h{self.program.number}_l{len(self.program.rules)}"
        self.program.helper_lines.append(f"static real {name}({const}{node.name} *n, real s) {{\n  for (; n; n = n->next) {{\n" +
                                         "\n".join("  " + line for line in lines) + "\n  }\n  return std::sin(s);\n}\n")

        def call(inner):
            found = [v for v in inner.visible("list") if v.mutable or not changes]
            if not found:
                return None
            v = inner.rng.choice(found)
            start = f"{v.text}->next" if v.lo and inner.chance(0.3) and v.text.isidentifier() else v.text
            return inner.keep(f"{name}({start}, {inner.leaf()})")
        self.program.rules.append(CallOf(call))

    # Trees.

    def descend(self):
        """From the root to a leaf, by what the nodes hold."""
        v = self.a_list("tree")
        if not v:
            return None
        p = self.fresh("n")
        self.tag("way down a tree")
        body = self.loop_body(v.struct.places(p, v.mutable), 2)
        step = self.rng.choice([f"{p}->value > 0.2 ? {p}->left : {p}->right", f"{p}->left", f"{self.condition(0)} ? {p}->right : {p}->left"])
        if any("continue;" in line for line in body) or self.chance(0.5):
            return [f"for ({self.node_pointer(v, p)} = {v.text}; {p}; {p} = {step}) {{", *body, "}"]
        return ["{", f"  {self.node_pointer(v, p)} = {v.text};", f"  while ({p} != nullptr) {{", *("  " + line for line in body),
                f"    {p} = {step};", "  }", "}"]

    def child(self):
        v = self.a_list("tree", least=1)
        if not v:
            return None
        self.tag("child in a tree")
        p, side = self.fresh("n"), self.rng.choice(["left", "right"])
        at = v.text if v.text.isidentifier() else v.text
        own = v.struct.places(p, v.mutable)
        if self.chance(0.5):
            return [f"if ({self.node_pointer(v, p)} = {at}->{side}) {{", *self.block(3, own), "}"]
        self.tag("chosen node")
        for var in own:
            self.add(var)
        return [f"{self.node_pointer(v, p)} = {at}->{side} ? {at}->{side} : {at};"]

    # Rows.

    def row_sweep(self):
        found = [v for v in self.visible("rows") if v.mutable]
        if not found:
            return self.row_pointer()
        v, i, j = self.rng.choice(found), self.fresh("i"), self.fresh("j")
        self.tag("rows")
        x = v.text
        line = self.rng.choice([f"{x}[{i}][{j}] *= std::sin({x}[1 - {i}][{j}] + {self.leaf()});",
                                f"{x}[{i}][{j}] += 0.25 * {x}[0][{v.m} - 1 - {j}];", f"std::swap({x}[0][{j}], {x}[1][{i}]);",
                                f"{x}[{i}][{j}] = std::cos({x}[{i}][{j}] * {x}[1][0]);"])
        return [f"for (int {i} = 0; {i} < 2; ++{i})", f"  for (int {j} = 0; {j} < {v.m}; ++{j})", f"    {line}"]

    def row_pointer(self):
        found = self.visible("rows")
        if not found:
            return None
        v, p = self.rng.choice(found), self.fresh("p")
        self.tag("pointer to a row")
        const = "" if v.mutable else "const "
        self.add(Var(p, "arr", mutable=v.mutable, n=v.m, form="pointer", whole=False))
        return [f"{const}real *{p} = {v.text}[{self.index(2)}];"]

    # What is inactive.

    def inert_places(self):
        found = [v.text for v in self.visible("inert")]
        found += [f"{v.text}[{self.index(v.n)}]" for v in self.visible("inerts")]
        for v in self.visible("obj"):
            if v.mutable and v.text not in self.frozen:
                found += [f"{v.text}.{m.name}" for m in v.struct.members if m.kind == "inert"]
        return found

    def set_inert(self):
        found = self.inert_places()
        if not found:
            return None
        self.tag("inactive place set")
        place, value = self.rng.choice(found), self.small(1)
        return [self.rng.choice([f"{place} = {value};", f"{place} = {value};", f"{place} += {value};", f"{place} *= {value};",
                                 f"{place} = 0.5 * {place} + {value};"])]

    def inert_read(self, depth):
        found = self.inert_places()
        if not found:
            return None
        place = self.rng.choice(found)
        return self.rng.choice([f"({self.real(depth - 1)} * {place})", f"({place} + {self.real(depth - 1)})", f"std::sin({place})",
                                f"real({place})"])

    def inert_helper(self):
        self.tag("inactive parameter of a helper")
        self.define("value", "real", "real a, inert b, int n", [Var("a", "num"), Var("b", "inert"), Var("n", "int", lo=0, hi=4)])

    def inert_function(self):
        self.tag("inactive function")
        name = f"h{self.program.number}_i{len(self.program.rules)}"
        form = self.rng.choice(["std::sin(a) * b", "a > b ? a : 0.5 * b", "std::tanh(a + b)"])
        text = f"real {name}(real a, real b) {{\n  return {form};\n}}\n"
        self.program.source_rules.append(f"ADGEN_INACTIVE {self.rng.choice(['static ', 'inline '])}{text}")
        self.program.dual_rules.append("static inert" + text[4:])

        def value(body, depth):
            return f"{name}({body.real(depth - 1)}, {body.leaf()})"
        self.program.rules.append(CallOf(lambda body: body.keep(value(body, 1)), value))


class CallOf:
    """How a helper is called: lines of a statement, or an expression without effects."""

    def __init__(self, call, value=None):
        self.call = call
        self.value = value
