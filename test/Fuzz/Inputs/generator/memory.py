"""Arrays, pointers and references."""
from body import Var


class Memory:
    """What lives at an address."""

    def statement_makers(self):
        table = super().statement_makers()
        if self.theme("arrays"):
            table += [(3, self.declare_array), (4, self.sweep)]
        if self.theme("references"):
            table += [(4, self.declare_reference)]
        if self.theme("pointers"):
            table += [(3, self.declare_pointer), (4, self.walk), (2, self.swap_pointers),
                      (1, self.scalar_pointer)]
        if self.theme("matrices"):
            table += [(3, self.declare_matrix), (4, self.sweep_matrix)]
        if self.theme("gather"):
            table += [(3, self.declare_indices), (3, self.gather)]
        if self.theme("swaps"):
            table += [(4, self.exchange)]
        return table

    def arrays(self, mutable=False):
        """What `a[i]` can be said of, i below n."""
        return [v for v in self.visible() if (v.kind == "arr" or (v.kind == "vec" and v.n))
                and (v.mutable or not mutable) and v.text not in self.frozen]

    def an_array(self, mutable=False):
        found = self.arrays(mutable)
        return self.rng.choice(found) if found else None

    def declare_array(self):
        name, rng = self.fresh("a"), self.rng
        n = rng.randint(2, 6)
        elem = rng.choice(["real", "real32"]) if self.theme("mixed") else "real"
        values = ", ".join(self.exact(elem) for _ in range(rng.randint(1, n)))
        form = rng.random()
        if self.may_own() and self.chance(0.25):
            return self.declare_owned(name, elem, n)
        if form < 0.4:
            self.tag("local array")
            lines = [f"{elem} {name}[{n}] = {{{values}}};"]
            kind = "array"
        elif form < 0.6:
            self.tag("local array, uninitialized")
            i = self.fresh("i")
            self.scopes.append([Var(i, "int", mutable=False, lo=0, hi=n - 1)])
            value = self.real(1)
            self.scopes.pop()
            lines = [f"{elem} {name}[{n}];", f"for (int {i} = 0; {i} < {n}; ++{i})",
                     f"  {name}[{i}] = {value};"]
            kind = "array"
        elif form < 0.85:
            self.tag("std::array")
            lines = [f"std::array<{elem}, {n}> {name} = {{{values}}};"]
            kind = "std::array"
        else:
            self.tag("unique_ptr")
            lines = [f"std::unique_ptr<{elem}[]> {name}(new {elem}[{n}]());" if self.chance(0.5) else
                     f"auto {name} = std::make_unique<{elem}[]>({n});"]
            kind = "unique"
        self.add(Var(name, "arr", elem, n=n, form=kind))
        return lines

    def may_own(self):
        """Whether what is made here can be deleted before the only `return`."""
        return self.finishes and len(self.scopes) == 1 and not self.theme("exits") and not self.leaves and self.result != "void"

    def declare_owned(self, name, elem, n):
        made, deleted = self.rng.choice([
            (f"new {elem}[{n}]()", "delete[] {};"), (f"new {elem}[{n}]{{}}", "delete[] {};"),
            (f"({elem} *)calloc({n}, sizeof({elem}))", "free({});")])
        self.tag("new and delete")
        self.deletions.append(deleted.format(name))
        self.add(Var(name, "arr", elem, n=n, form="pointer"))
        return [f"{elem} *{name} = {made};"]

    def declare_matrix(self):
        name, rng = self.fresh("m"), self.rng
        n, m = rng.randint(2, 3), rng.randint(2, 4)
        self.tag("2-D array")
        if self.chance(0.3):
            self.tag("nested std::array")
            self.add(Var(name, "mat", n=n, m=m, form="nested"))
            return [f"std::array<std::array<real, {m}>, {n}> {name} = {{}};",
                    f"{name}[{rng.randrange(n)}][{rng.randrange(m)}] = {self.leaf()};"]
        rows = ", ".join("{" + ", ".join(self.exact() for _ in range(m)) + "}" for _ in range(n))
        self.add(Var(name, "mat", n=n, m=m, form="array"))
        return [f"real {name}[{n}][{m}] = {{{rows}}};"]

    def sweep(self):
        """A loop along arrays: stencils, prefix sums, copies, overwriting."""
        a, b = self.an_array(True), self.an_array()
        if not a:
            return self.declare_array()
        n = min(a.n, b.n)
        i, rng = self.fresh("i"), self.rng
        self.tag("array sweep")
        counter = Var(i, "int", mutable=False, lo=1, hi=n - 1)
        bodies = [f"{a.text}[{i}] *= {b.text}[{i} - 1];", f"{a.text}[{i}] += 0.5 * {b.text}[{i} - 1];",
                  f"{a.text}[{i}] = std::sin({b.text}[{i} - 1] + {b.text}[{i}]);",
                  f"{a.text}[{i} - 1] = {b.text}[{i}];", f"{a.text}[{i}] = {b.text}[{n} - 1 - {i}];",
                  f"{a.text}[{i}] -= {a.text}[{i}] * {b.text}[{i} - 1] * 0.5;",
                  f"{a.text}[{i}] = {a.text}[0] * {b.text}[{i}];",
                  f"{a.text}[0] += {b.text}[{i}] * {a.text}[{i}];",
                  f"{a.text}[{i}] = std::max<real>({a.text}[{i} - 1], {b.text}[{i}]);",
                  f"std::swap({a.text}[{i}], {a.text}[{i} - 1]);",
                  f"if ({a.text}[{i} - 1] > {a.text}[{i}])\n    std::swap({a.text}[{i}], {a.text}[{i} - 1]);"]
        p = rng.random()
        head = (f"int {i} = 1; {i} < {n}; ++{i}" if p < 0.6 else
                f"int {i} = {n} - 1; {i} > 0; --{i}" if p < 0.9 else f"int {i} = 1; {i} < {n}; {i} += 2")
        lines = []
        for _ in range(rng.randint(1, 2)):
            lines += ["  " + line for line in rng.choice(bodies).split("\n")]
        if self.chance(0.3):
            self.scopes.append([counter])
            self.loops += 1
            lines += ["  " + line for line in self.assign()]
            self.loops -= 1
            self.scopes.pop()
        return [f"for ({head}) {{", *lines, "}"]

    def sweep_matrix(self):
        mats = [v for v in self.visible("mat") if v.mutable]
        if not mats:
            return self.declare_matrix()
        a, rng = self.rng.choice(mats), self.rng
        b = rng.choice(self.visible("mat"))
        n, m = min(a.n, b.n), min(a.m, b.m)
        i, j = self.fresh("i"), self.fresh("j")
        self.tag("2-D sweep")
        A, B = a.text, b.text
        bodies = [f"{A}[{i}][{j}] = 0.5 * {A}[{i}][{j}] + std::sin({B}[{i}][{j}]);",
                  f"{A}[{i}][{j}] *= std::cos({B}[{i}][{j} > 0 ? {j} - 1 : 0]);",
                  f"{A}[{i}][{j}] += 0.25 * {B}[{i} > 0 ? {i} - 1 : 0][{j}];",
                  f"{A}[{i}][0] += 0.1 * {B}[{i}][{j}] * {A}[0][{j}];"]
        if n >= 2 and m >= 2:
            bodies.append(f"std::swap({A}[{i}][{j}], {A}[0][0]);")
        second = f"int {j} = {rng.choice(['0', '0', i])}; {j} < {m}; ++{j}"
        own = [Var(i, "int", mutable=False, lo=0, hi=n - 1), Var(j, "int", mutable=False, lo=0, hi=m - 1)]
        inner = ["    " + rng.choice(bodies)]
        if self.chance(0.4):
            self.scopes.append(own)
            self.loops += 2
            inner += ["    " + line for line in self.assign()]
            if self.theme("exits"):
                self.breakable.append("loop")
                inner += ["    " + line for line in self.leave()]
                self.breakable.pop()
            self.loops -= 2
            self.scopes.pop()
        return [f"for (int {i} = 0; {i} < {n}; ++{i})", f"  for ({second}) {{", *inner, "  }"]

    def declare_reference(self):
        name, rng = self.fresh("r"), self.rng
        self.tag("reference")
        place, elem = self.place(True, True)
        if not place:
            return self.declare()
        if self.chance(0.2):
            others = [make for e, make in self.places(True, True) if e == elem]
            self.tag("chosen reference")
            lines = [f"{elem} &{name} = {self.condition(0)} ? {place} : {rng.choice(others)()};"]
        elif self.chance(0.2):
            self.add(Var(name, "num", elem, mutable=False))
            return [f"const {elem} &{name} = {place};"]
        else:
            lines = [f"{rng.choice(['auto', elem])} &{name} = {place};"]
        self.add(Var(name, "num", elem))
        return lines

    def raw(self, mutable=True):
        """An array, and how to spell the address of its first element."""
        found = [v for v in self.arrays(mutable) if v.form in ("array", "pointer", "std::array", "vector", "unique")
                 and v.kind == "arr"]
        if not found:
            return None, None
        v = self.rng.choice(found)
        return v, {"array": v.text, "pointer": v.text, "unique": f"{v.text}.get()"}.get(v.form, f"{v.text}.data()")

    def declare_pointer(self):
        v, start = self.raw(self.chance(0.8))
        if not v:
            return self.declare_array()
        name, rng = self.fresh("p"), self.rng
        d = rng.randrange(v.n)
        self.tag("local pointer")
        const = "" if v.mutable and self.chance(0.8) else "const "
        form = rng.choice([f"{start} + {d}", f"&{v.text}[{d}]"]) if d else start
        self.add(Var(name, "arr", v.elem, mutable=not const, n=v.n - d, form="pointer", whole=False))
        return [f"{const}{v.elem} *{name} = {form};"]

    def scalar_pointer(self):
        place, elem = self.place(True, True)
        if not place:
            return None
        name = self.fresh("p")
        self.tag("pointer to a number")
        self.add(Var(f"(*{name})", "num", elem))
        return [f"{elem} *{name} = &{place};"]

    def walk(self):
        """A pointer that goes along an array."""
        v, start = self.raw()
        if not v:
            return self.declare_array()
        p, rng = self.fresh("p"), self.rng
        self.tag("pointer walk")
        elem, n, end = v.elem, v.n, self.fresh("end")
        target, _ = self.place()
        if not target:
            return None
        p2 = rng.random()
        if p2 < 0.3:
            body = rng.choice([f"*{p} = std::sin(*{p} + {self.leaf()});", f"*{p} *= {self.small(1)};",
                               f"{target} = std::sin({target} + *{p});"])
            return [f"for ({elem} *{p} = {start}, *{end} = {start} + {n}; {p} != {end}; ++{p})", f"  {body}"]
        count = self.fresh("i")
        if p2 < 0.6:
            body = rng.choice([f"*{p}++ = {self.small(1)};", f"*{p}++ *= 0.5;", f"{target} += 0.25 * *{p}++;"])
            return ["{", f"  {elem} *{p} = {start};", f"  for (int {count} = 0; {count} < {n}; ++{count})",
                    f"    {body}", "}"]
        if p2 < 0.8:
            return ["{", f"  {elem} *{p} = {start} + {n};", f"  while ({p} != {start})",
                    f"    *--{p} *= {self.small(1)};", "}"]
        return ["{", f"  const {elem} *{p} = {start};", f"  int {count} = {n};",
                f"  while ({count}-- > 0 && *{p}++ {rng.choice('<>')} 0.25)",
                f"    {target} += 0.125;", "}"]

    def swap_pointers(self):
        """Double buffering."""
        n, rng = self.rng.randint(2, 4), self.rng
        a, b, p, q, s, i, t = (self.fresh(x) for x in ("a", "b", "p", "q", "s", "i", "u"))
        self.tag("double buffer")
        swap = rng.choice([[f"std::swap({p}, {q});"],
                           [f"real *{t} = {p};", f"{p} = {q};", f"{q} = {t};"]])
        most, _, _ = self.bound()
        v = self.an_array()
        first = f"{v.text}[{i} % {v.n}]" if v else self.leaf()
        self.add(Var(p, "arr", n=n, form="pointer", whole=False))
        return [f"real {a}[{n}], {b}[{n}];", f"for (int {i} = 0; {i} < {n}; ++{i}) {{",
                f"  {a}[{i}] = {first};", f"  {b}[{i}] = 0.0;", "}",
                f"real *{p} = {a}, *{q} = {b};", f"for (int {s} = 0; {s} < {most}; ++{s}) {{",
                f"  for (int {i} = 0; {i} < {n}; ++{i})",
                f"    {q}[{i}] = 0.5 * {p}[{i}] + 0.25 * std::sin({p}[({i} + 1) % {n}]);",
                *("  " + line for line in swap), "}"]

    def declare_indices(self):
        name, rng = self.fresh("x"), self.rng
        n, m = rng.randint(3, 5), rng.randint(2, 5)
        self.tag("index array")
        values = ", ".join(str(rng.randrange(m)) for _ in range(n))
        self.add(Var(name, "iarr", n=n, m=m))
        return [f"{rng.choice(['const ', ''])}int {name}[{n}] = {{{values}}};"]

    def gather(self):
        tables = self.visible("iarr")
        a, b = self.an_array(True), self.an_array()
        if not a or not tables:
            return self.declare_indices()
        t, i = self.rng.choice(tables), self.fresh("i")
        self.tag("gather or scatter")
        at = f"{t.text}[{i}]" if t.m <= min(a.n, b.n) else f"{t.text}[{i}] % {min(a.n, b.n)}"
        other = f"{b.text}[{i} % {b.n}]"
        body = self.rng.choice([f"{a.text}[{at}] += 0.5 * {other};", f"{a.text}[{i} % {a.n}] = {b.text}[{at}];",
                                f"{a.text}[{at}] = std::sin({other});", f"{a.text}[{at}] *= {other};"])
        return [f"for (int {i} = 0; {i} < {t.n}; ++{i})", f"  {body}"]

    def exchange(self):
        place, elem = self.place()
        if not place:
            return None
        others = [make for e, make in self.places(True) if e == elem]
        other = self.rng.choice(others)()
        self.tag("swap")
        t = self.fresh("t")
        if self.chance(0.6):
            return [f"std::swap({place}, {other});"]
        if self.chance(0.3):
            self.add(Var(t, "num", elem))
            return [f"{elem} {t} = std::exchange({place}, {other});"]
        return ["{", f"  const {elem} {t} = {place};", f"  {place} = {other};", f"  {other} = {t};", "}"]
