"""Structs: nested, with arrays and vectors, with bases, with methods and operators."""
from body import Var


class Member:
    """A data member."""

    def __init__(self, name, kind, elem="real", n=0, m=0, struct=None):
        self.name = name
        self.kind = kind
        self.elem = elem
        self.n = n
        self.m = m
        self.struct = struct

    def declaration(self):
        if self.kind == "arr":
            return f"{self.elem} {self.name}[{self.n}];"
        if self.kind == "vec":
            return f"std::vector<{self.elem}> {self.name};"
        if self.kind == "obj":
            return f"{self.struct.name} {self.name};"
        return f"{self.kind if self.kind in ('int', 'inert') else self.elem} {self.name};"

    def within(self, owner):
        form = {"arr": "array", "vec": "vector"}.get(self.kind, "")
        kind = "arr" if self.kind == "vec" else self.kind
        return Var(f"{owner.text}.{self.name}", kind, self.elem, owner.mutable, n=self.n, m=self.m,
                   lo=0, hi=2, struct=self.struct, form=form)


class Struct:
    """A plain struct of the program; its members are those of its base and its own."""

    def __init__(self, name, members, base=None):
        self.name = name
        self.base = base
        self.own = members
        self.members = base.members + members if base else members
        self.methods = []

    def integers(self):
        found = [m.name for m in self.members if m.kind == "int"]
        for m in self.members:
            if m.kind == "obj":
                found += [f"{m.name}.{inner}" for inner in m.struct.integers()]
        return found

    def vectors(self):
        found = [(m.name, m.n) for m in self.members if m.kind == "vec"]
        for m in self.members:
            if m.kind == "obj":
                found += [(f"{m.name}.{inner}", n) for inner, n in m.struct.vectors()]
        return found

    def is_flat(self):
        return all(m.kind == "num" and m.elem == "real" for m in self.members)

    def has_vectors(self):
        return bool(self.vectors())

    def text(self):
        base = f" : {self.base.name}" if self.base else ""
        return "\n".join([f"struct {self.name}{base} {{", *(f"  {m.declaration()}" for m in self.own),
                          *self.methods, "};", ""])

    def braces(self, value):
        """A list of what `value` gives for each member, bases in braces of their own."""
        parts = [self.base.braces(value)] if self.base else []
        return "{" + ", ".join(parts + [value(m) for m in self.own]) + "}"

    def leaves_text(self):
        calls = " ".join(f"l{'.passive' if m.kind == 'inert' else ''}(x.{m.name});" for m in self.members)
        return (f"[[maybe_unused]] static void leavesOf({self.name} &x, fuzz::Leaves &l) {{ {calls} }}\n"
                f"[[maybe_unused]] static void clearOf({self.name} &x) {{ "
                + " ".join(f"fuzz::clear(x.{m.name});" for m in self.members) + " }")


class Objects:
    """Statements on structs."""

    def statement_makers(self):
        table = super().statement_makers()
        if self.theme("objects"):
            table += [(4, self.declare_object), (3, self.copy_object), (2, self.object_array),
                      (2, self.swap_objects), (2, self.use_base), (2, self.reference_members)]
        if self.theme("methods"):
            table += [(5, self.method_call)]
        return table

    def expression_makers(self):
        table = super().expression_makers()
        if self.theme("methods"):
            table += [(2, self.method_value)]
        return table

    def a_struct(self, flat=False):
        structs = [s for s in self.program.structs if not flat or s.is_flat()]
        if structs and (len(self.program.structs) > 2 or self.chance(0.6)):
            return self.rng.choice(structs)
        return self.new_struct(flat)

    def new_struct(self, flat=False):
        rng = self.rng
        members = []
        bases = [s for s in self.program.structs
                 if isinstance(s, Struct) and len(s.members) < 5 and (not flat or s.is_flat())]
        base = rng.choice(bases) if bases and self.chance(0.3) else None
        if base:
            self.tag("struct with a base")
        used = 0
        for _ in range(rng.randint(1 if base else 2, 3 if flat else 4)):
            name = "abcdefghijkl"[used + (len(base.members) if base else 0)]
            used += 1
            p = 0 if flat else rng.random()
            inner = [s for s in self.program.structs]
            if p < 0.2 and used > 1 and self.theme("inactive"):
                members.append(Member(name, "inert"))
                self.tag("inactive member")
            elif p < 0.5:
                elem = rng.choice(["real", "real32"]) if self.theme("mixed") and not flat else "real"
                members.append(Member(name, "num", elem))
            elif p < 0.7:
                members.append(Member(name, "arr", n=rng.randint(2, 3)))
                self.tag("struct with an array")
            elif p < 0.78:
                members.append(Member(name, "int"))
                self.tag("struct with an integer")
            elif p < 0.9 and inner:
                members.append(Member(name, "obj", struct=rng.choice(inner)))
                self.tag("nested struct")
            elif p < 0.95 and self.theme("vectors"):
                members.append(Member(name, "vec", n=rng.randint(1, 3)))
                self.tag("struct with a vector")
            else:
                members.append(Member(name, "num"))
        if not any(m.kind in ("num", "arr", "obj") for m in members):
            members.append(Member(f"z{len(base.members) if base else ''}", "num"))
        struct = Struct(f"S{self.program.number}_{len(self.program.structs)}", members, base)
        if self.theme("methods"):
            self.give_methods(struct)
        self.program.structs.append(struct)
        self.program.type_lines.append(struct.text())
        return struct

    def give_methods(self, struct):
        """Methods and operators over the members."""
        rng = self.rng
        places = [m.name for m in struct.members if m.kind == "num"]
        places += [f"{m.name}[{rng.randrange(m.n)}]" for m in struct.members if m.kind == "arr"]
        if not places:
            return
        a, b = rng.choice(places), rng.choice(places)
        methods = [f"  real value(real s) const {{ return s * {a} + std::sin({b}); }}",
                   f"  void scale(real s) {{ {a} *= s; {b} = std::cos({b} + s); }}",
                   f"  real &place() {{ return {a}; }}" if self.elem_of(struct, a) == "real" else
                   f"  real32 &place() {{ return {a}; }}"]
        if struct.is_flat():
            names = [m.name for m in struct.members]
            n = struct.name
            methods += [
                f"  friend {n} operator+(const {n} &p, const {n} &q) {{ return " +
                struct.braces(lambda m: f"p.{m.name} + q.{m.name}") + "; }",
                f"  friend {n} operator*(real s, const {n} &q) {{ return " +
                struct.braces(lambda m: f"s * q.{m.name}") + "; }",
                f"  {n} &operator+=(const {n} &q) {{ " + " ".join(f"{m} += q.{m};" for m in names) +
                " return *this; }",
                f"  {n} operator-() const {{ return " + struct.braces(lambda m: f"-{m.name}") + "; }"]
            self.tag("operators")
        struct.methods = methods

    def elem_of(self, struct, place):
        name = place.split("[")[0]
        return next(m.elem for m in struct.members if m.name == name)

    def initial(self, struct):
        """A list in braces for all members."""
        def value(m):
            if m.kind in ("num", "inert"):
                return self.exact(m.elem)
            if m.kind == "int":
                return str(self.rng.randint(0, 2))
            if m.kind == "obj":
                return self.initial(m.struct)
            return "{" + ", ".join(self.exact(m.elem) for _ in range(m.n)) + "}"
        return struct.braces(value)

    def objects(self, mutable=False):
        return [v for v in self.visible("obj") if v.mutable or not mutable]

    def declare_object(self):
        struct, name = self.a_struct(), self.fresh("s")
        self.tag("local struct")
        same = [v for v in self.objects() if v.struct is struct]
        if same and self.chance(0.5):
            self.tag("struct copied")
            lines = [f"{self.rng.choice(['auto', struct.name])} {name} = {self.rng.choice(same).text};"]
        else:
            form = self.rng.choice(["{0} {1}{2};", "{0} {1} = {2};", "auto {1} = {0}{2};"])
            lines = [form.format(struct.name, name, self.initial(struct))]
        self.add(Var(name, "obj", struct=struct))
        return lines

    def copy_object(self):
        targets = self.objects(True)
        if not targets:
            return self.declare_object()
        v = self.rng.choice(targets)
        same = [w for w in self.objects() if w.struct is v.struct and w.text != v.text]
        self.tag("struct assigned")
        if v.struct.is_flat() and self.theme("methods") and same and self.chance(0.7):
            w = self.rng.choice(same).text
            return [self.rng.choice([f"{v.text} = {v.text} + {w};", f"{v.text} += {w};",
                                     f"{v.text} = 0.5 * ({v.text} + -{w});"])]
        if same and self.chance(0.7):
            return [f"{v.text} = {self.rng.choice(same).text};"]
        return [f"{v.text} = {v.struct.name}{self.initial(v.struct)};"]

    def swap_objects(self):
        targets = self.objects(True)
        pairs = [(v, w) for v in targets for w in targets if v.struct is w.struct and v.text < w.text]
        if not pairs:
            return self.declare_object()
        v, w = self.rng.choice(pairs)
        self.tag("struct swapped")
        t = self.fresh("s")
        return self.rng.choice([[f"std::swap({v.text}, {w.text});"],
                                [f"{v.struct.name} {t} = {v.text};", f"{v.text} = {w.text};", f"{w.text} = {t};"]])

    def object_array(self):
        struct, name, rng = self.a_struct(), self.fresh("q"), self.rng
        n, i = rng.randint(2, 3), self.fresh("i")
        self.tag("array of structs")
        values = ", ".join(self.initial(struct) for _ in range(n))
        head = [f"{struct.name} {name}[{n}] = {{{values}}};"]
        if self.theme("vectors") and self.chance(0.5):
            self.tag("vector of structs")
            head = [f"std::vector<{struct.name}> {name};", f"for (int {i} = 0; {i} < {n}; ++{i})",
                    f"  {name}.push_back({struct.name}{self.initial(struct)});"]
        element = Var(f"{name}[{i}]", "obj", struct=struct)
        lines = head + [f"for (int {i} = 1; {i} < {n}; ++{i}) {{",
                        *(rng.choice([[f"  {name}[{i} - 1] = {name}[{i}];"], []])),
                        *self.loop_body([Var(i, "int", mutable=False, lo=0, hi=n - 1), element], 2), "}"]
        for k in range(n):
            self.add(Var(f"{name}[{k}]", "obj", struct=struct))
        return lines

    # Bases, and members that refer to others.

    def use_base(self):
        """A reference to the base of an object, a copy of it, or an assignment to it."""
        found = [v for v in self.objects() if getattr(v.struct, "base", None)]
        if not found:
            return self.declare_object()
        v, name = self.rng.choice(found), self.fresh("b")
        base = v.struct.base
        if v.mutable and v.text not in self.frozen and self.chance(0.5):
            self.tag("reference to a base")
            self.add(Var(name, "obj", struct=base))
            return [f"{base.name} &{name} = {v.text};"]
        same = [w for w in self.objects() if w.struct is base]
        if same and v.mutable and v.text not in self.frozen and self.chance(0.5):
            self.tag("assigned base")
            return [f"static_cast<{base.name} &>({v.text}) = {self.rng.choice(same).text};"]
        self.tag("sliced object")
        self.add(Var(name, "obj", struct=base))
        return [f"{base.name} {name} = {v.text};"]

    def reference_members(self):
        """An object whose members refer to another one and to a number."""
        found = [(v, m.name) for v in self.objects() for m in v.struct.members
                 if isinstance(v.struct, Struct) and m.kind == "num" and m.elem == "real"]
        if not found:
            return self.declare_object()
        v, member = self.rng.choice(found)
        name = f"L{self.program.number}_{v.struct.name}_{member}"
        if not any(f"struct {name} " in text for text in self.program.type_lines):
            self.program.type_lines.append(
                f"struct {name} {{\n  const {v.struct.name} &p;\n  real &out;\n  real k;\n"
                f"  void put(real s) {{ out = std::sin(out + s * p.{member}) + k; }}\n"
                f"  real get() const {{ return p.{member} * out; }}\n}};\n")
        self.tag("members that are references")
        t, l, s = self.fresh("t"), self.fresh("l"), self.fresh("s")
        lines = [f"real {t} = {self.real(1)};", f"{name} {l}{{{v.text}, {t}, {self.exact()}}};",
                 f"{l}.put({self.leaf()});"]
        if v.mutable and v.text not in self.frozen and self.chance(0.6):
            lines += [f"{v.text}.{member} *= {self.small(1)};"]
        if self.chance(0.6):
            lines += [f"{t} *= {self.small(1)};"]
        if self.chance(0.4):
            copy = self.fresh("l")
            lines += [f"{name} {copy} = {l};", f"{copy}.put({self.leaf()});"]
        lines += [f"{l}.put({self.leaf()});", f"real {s} = {l}.get();"]
        self.add(Var(t, "num"))
        self.add(Var(s, "num"))
        return lines

    def with_methods(self, mutable=False):
        """Those of give_methods; a struct with a rule has the rule's method alone."""
        return [v for v in self.objects(mutable) if any("place()" in text for text in v.struct.methods)]

    def method_call(self):
        found = self.with_methods(True)
        if not found:
            return self.declare_object()
        v = self.rng.choice(found)
        self.tag("method")
        return [self.rng.choice([f"{v.text}.scale({self.real(1)});", f"{v.text}.place() *= {self.small(1)};",
                                 f"{v.text}.place() = {v.text}.value({self.leaf()});"])]

    def method_value(self, depth):
        found = self.with_methods()
        if not found:
            return None
        self.tag("method")
        return f"{self.rng.choice(found).text}.value({self.real(depth - 1)})"
