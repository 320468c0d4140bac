"""Parameters that point: to nothing, to one object of several, to lists, trees and rows; and inactive ones.

What the program's function is given is a member of the struct of its arguments, `x`; what has pointers inside is
wired anew for each call, by `x_()`, so that a copy of the arguments has pointers into itself.
"""
from body import Var
from objects import Member


class Node:
    """A struct with pointers to others of its kind: `links` are their names."""

    def __init__(self, name, links, extra):
        self.name = name
        self.links = links
        self.members = [Member("value", "num")] + ([Member("w", "arr", n=2)] if extra else [])

    def text(self):
        lines = [f"  {m.declaration()}" for m in self.members] + [f"  {self.name} *{link};" for link in self.links]
        return "\n".join([f"struct {self.name} {{", *lines, "};", ""])

    def leaves_text(self):
        return (f"[[maybe_unused]] static void leavesOf({self.name} &x, fuzz::Leaves &l) {{ "
                + " ".join(f"l(x.{m.name});" for m in self.members) + " }\n"
                f"[[maybe_unused]] static void clearOf({self.name} &x) {{ "
                + " ".join(f"fuzz::clear(x.{m.name});" for m in self.members)
                + " ".join(f" x.{link} = nullptr;" for link in self.links) + " }")

    def places(self, pointer, mutable=True):
        """What a pointer to a node leads to, as variables."""
        return [Var(f"{pointer}->{m.name}", m.kind, mutable=mutable, n=m.n, form="array" if m.kind == "arr" else "")
                for m in self.members]


class PointingParameters:
    """Makers of parameters, beside those of program.py."""

    def more_parameters(self):
        makers = []
        if "null pointers" in self.themes:
            makers += [(10, self.optional_pointer), (3, self.optional_object)]
        if "two objects" in self.themes:
            makers += [(8, self.shared_object), (4, self.object_row)]
        if "lists" in self.themes:
            makers += [(8, self.node_list), (3, self.same_nodes)]
        if "trees" in self.themes:
            makers += [(8, self.tree)]
        if "rows" in self.themes:
            makers += [(8, self.rows), (5, self.linked_objects)]
        if "inactive" in self.themes:
            makers += [(6, self.inert_value), (4, self.inert_array)]
        if "nested vectors" in self.themes:
            makers += [(8, self.nested_vector)]
        return makers

    def parameter(self, *arguments):
        from program import Parameter
        self.parameters.append(Parameter(*arguments))

    # Pointers that may be null.

    def null_flag(self):
        flag = self.fresh("none")
        return flag, f"{flag} = {self.shape_number([0, 0, 1])};"

    def optional_pointer(self, body):
        name, rng = self.fresh("x"), self.rng
        n, const = rng.randint(2, 4), rng.random() < 0.5
        offset, (flag, shape) = self.slot("real", n, name), self.null_flag()
        body.add(Var(name, "opt", mutable=not const, n=n, form="pointer"))
        self.parameter(name, f"{'const ' if const else ''}real *{name}", f"int {offset}; int {flag};",
                       f"({{o}}{flag} ? nullptr : {{o}}pool_real + {{o}}{offset})", "handle", shape)

    def optional_object(self, body):
        struct = body.a_struct(True)
        name, const = self.fresh("x"), self.rng.random() < 0.4
        offset, (flag, shape) = self.slot(struct.name, 1, name), self.null_flag()
        body.add(Var(name, "optobj", mutable=not const, struct=struct))
        self.parameter(name, f"{'const ' if const else ''}{struct.name} *{name}", f"int {offset}; int {flag};",
                       f"({{o}}{flag} ? nullptr : {{o}}pool_{struct.name} + {{o}}{offset})", "handle", shape)

    # Objects that may be the same.

    def shared_struct(self, body):
        found = [s for s in self.structs if not s.has_vectors()]
        if found and self.rng.random() < 0.8:
            return self.rng.choice(found)
        struct = body.new_struct()
        return struct if not struct.has_vectors() else body.new_struct(True)

    def shared_object(self, body):
        struct = self.shared_struct(body)
        name, form = self.fresh("x"), self.rng.choice(["&", "&", "const &", "*"])
        offset = self.slot(struct.name, 1, name)
        body.add(Var(f"(*{name})" if form == "*" else name, "obj", struct=struct, mutable=form != "const &"))
        place = f"{{o}}pool_{struct.name}[{{o}}{offset}]"
        declaration = f"{'const ' if 'const' in form else ''}{struct.name} {form[-1]}{name}"
        self.parameter(name, declaration, f"int {offset};", f"&{place}" if form == "*" else place, "handle")

    def object_row(self, body):
        struct = self.shared_struct(body)
        name, n = self.fresh("x"), self.rng.randint(2, 3)
        const = self.rng.random() < 0.25
        offset = self.slot(struct.name, n, name)
        body.add(Var(name, "objs", mutable=not const, n=n, struct=struct))
        for k in range(n):
            body.add(Var(f"{name}[{k}]", "obj", struct=struct, mutable=not const))
        self.parameter(name, f"{'const ' if const else ''}{struct.name} *{name}", f"int {offset};",
                       f"{{o}}pool_{struct.name} + {{o}}{offset}", "handle")

    # Lists and trees.

    def node_type(self, stem, links):
        name = f"S{self.number}_{stem}"
        found = [t for t in self.nodes if t.name == name]
        if found:
            return found[0]
        node = Node(name, links, self.rng.random() < 0.5)
        self.nodes.append(node)
        self.type_lines.append(node.text())
        return node

    def pointer_to(self, node, name, body, kind, least):
        """Declares the parameter: by pointer, or by reference where there is a node for sure."""
        const = self.rng.random() < 0.3
        reference = least > 0 and self.rng.random() < 0.3
        body.add(Var(f"(&{name})" if reference else name, kind, mutable=not const, struct=node, lo=least))
        return f"{'const ' if const else ''}{node.name} {'&' if reference else '*'}{name}", "*" if reference else ""

    def node_list(self, body):
        ring = self.rng.random() < 0.25
        node = self.node_type("ring" if ring else "list", ["next"])
        name, n = self.fresh("x"), self.rng.randint(2, 4)
        least = 1 if ring or self.rng.random() < 0.5 else 0
        declaration, star = self.pointer_to(node, name, body, "ring" if ring else "list", least)
        end = name if ring else "nullptr"
        turned = self.rng.random() < 0.3
        count = f"{name}_n"
        order = f"{count} - 1 - k" if turned else "k"
        after = f"{name} + {count} - 2 - k" if turned else f"{name} + k + 1"
        last = f"{name} + {count} - 1" if turned else name
        end = f"({last})" if ring else "nullptr"
        member = (f"{node.name} {name}[{n}]; int {count}; {node.name} *{name}_() {{ for (int k = 0; k < {count}; ++k) "
                  f"{name}[{order}].next = k + 1 < {count} ? {after} : {end}; return {count} ? {last} : nullptr; }}")
        self.parameter(name, declaration, member, f"{star}{{o}}{name}_()", "handle",
                       f"{count} = {self.shape_number(list(range(least, n + 1)))};", f"l({name});")
        self.parameters[-1].leads_on = True
        self.lists.append((name, node, ring, n, last if turned else None))

    def same_nodes(self, body):
        """A pointer to some node of a list that another parameter leads to."""
        found = [e for e in self.lists if not e[2] and e[4] is None]
        if not found:
            return self.node_list(body)
        other, node, _, n, _ = self.rng.choice(found)
        name = self.fresh("x")
        declaration, star = self.pointer_to(node, name, body, "list", 0)
        at = f"{name}_at"
        self.parameter(name, declaration, f"int {at};", f"{star}({{o}}{at} < {{o}}{other}_n ? {{o}}{other}_() + {{o}}{at} : nullptr)",
                       "handle", f"{at} = {self.shape_number(list(range(n)))};")
        return None

    def tree(self, body):
        node = self.node_type("tree", ["left", "right"])
        name, n = self.fresh("x"), self.rng.randint(2, 6)
        least = self.rng.choice([0, 1])
        declaration, star = self.pointer_to(node, name, body, "tree", least)
        count = f"{name}_n"
        child = f"{name}[k].{{}} = 2 * k + {{}} < {count} ? {name} + 2 * k + {{}} : nullptr;"
        member = (f"{node.name} {name}[{n}]; int {count}; {node.name} *{name}_() {{ for (int k = 0; k < {count}; ++k) {{ "
                  f"{child.format('left', 1, 1)} {child.format('right', 2, 2)} }} return {count} ? {name} : nullptr; }}")
        self.parameter(name, declaration, member, f"{star}{{o}}{name}_()", "handle",
                       f"{count} = {self.shape_number(list(range(least, n + 1)))};", f"l({name});")
        self.parameters[-1].leads_on = True

    # Tables of pointers, objects that point to objects.

    def rows(self, body):
        name, rng = self.fresh("x"), self.rng
        n, m = 2, rng.randint(2, 3)
        form = rng.choice(["real **{0}", "real *const *{0}", "real *{0}[2]", "const real *const *{0}", "const std::vector<real *> &{0}"])
        const = "const real" in form  # then so is what the shadow's pointers lead to
        body.add(Var(name, "rows", mutable=not const, n=n, m=m))
        body.add(Var(f"{name}[0]", "arr", mutable=not const, n=m, form="pointer", whole=False))
        body.add(Var(f"{name}[1]", "arr", mutable=not const, n=m, form="pointer", whole=False))
        elem = "const real" if const else "real"
        table = f"std::vector<real *> {name}_p" if "vector" in form else f"{elem} *{name}_p[{n}]"
        fill = f"{name}_p = {{{name}_m[{name}_i[0]], {name}_m[{name}_i[1]]}};" if "vector" in form else \
            " ".join(f"{name}_p[{k}] = {name}_m[{name}_i[{k}]];" for k in range(n))
        result = "std::vector<real *> &" if "vector" in form else f"{elem} **"
        member = (f"real {name}_m[{n}][{m}]; int {name}_i[{n}]; {table}; {result}{name}_() {{ {fill} return {name}_p; }}")
        shape = f"{name}_i[0] = {self.shape_number([0, 0, 1])}; {name}_i[1] = {self.shape_number([1, 1, 0])};"
        self.parameter(name, form.format(name), member, f"{{o}}{name}_()", "handle", shape, f"l({name}_m);")
        self.parameters[-1].cleared = f"{name}_m"
        self.parameters[-1].leads_on = True

    def linked_objects(self, body):
        """A struct with pointers to other objects, maybe to one."""
        struct = self.shared_struct(body)
        name, rng = self.fresh("x"), self.rng
        number = rng.random() < 0.5
        type_name = f"S{self.number}_link{'n' if number else ''}_{struct.name}"
        if not any(f"struct {type_name} " in text for text in self.type_lines):
            self.type_lines.append(f"struct {type_name} {{\n  {struct.name} *p;\n  {struct.name} *q;\n{'  real k;' if number else '  int n;'}\n}};\n")
        for link in "pq":
            body.add(Var(f"(*{name}.{link})", "obj", struct=struct))
        if number:
            body.add(Var(f"{name}.k", "num"))
        form = "{0} &{1}" if number else rng.choice(["{0} {1}", "const {0} &{1}"])
        first, second = self.slot(struct.name, 1, name), self.slot(struct.name, 1, name)
        pool = f"pool_{struct.name}"
        member = (f"int {first}, {second}; {type_name} {name}; {type_name} &{name}_() {{ {name}.p = {pool} + {first}; "
                  f"{name}.q = {pool} + {second}; {'' if number else f'{name}.n = 2;'} return {name}; }}")
        self.parameter(name, form.format(type_name, name), member, f"{{o}}{name}_()", "handle", "",
                       f"l({name}.k);" if number else "")
        self.parameters[-1].cleared = f"{name}.k" if number else ""

    # What carries no derivative.

    def inert_value(self, body):
        name = self.fresh("x")
        form = self.rng.choice(["", "", "&"])
        body.add(Var(name, "inert"))
        self.parameter(name, f"inert {form}{name}", f"inert {name};", f"{{o}}{name}", "none", "", f"l.passive({name});")
        self.parameters[-1].by_value = not form

    def inert_array(self, body):
        name, n = self.fresh("x"), self.rng.randint(2, 4)
        body.add(Var(name, "inerts", n=n))
        self.parameter(name, f"inert *{name}", f"inert {name}[{n}];", f"{{o}}{name}", "none", "", f"l.passive({name});")

    # Vectors of vectors.

    def nested_vector(self, body):
        name, rng = self.fresh("x"), self.rng
        form = rng.choice(["", "const &", "&", "&"])
        n = rng.randint(1, 2)
        rows = self.shape_number([n, n + 1])
        sizes = "".join(f" {name}[{k}].resize({self.shape_number([1, 2, 3])});" for k in range(n))
        body.add(Var(name, "nested", mutable=form != "const &", n=n, lo=1, whole=form != "const &"))
        self.parameter(name, f"{form.replace('&', '')}std::vector<std::vector<real>> {form[-1:]}{name}",
                       f"std::vector<std::vector<real>> {name};", f"{{o}}{name}", "handle" if form else "value",
                       f"{name}.resize({rows}); for (auto &row : {name}) row.resize(2);{sizes}", f"l({name});")
