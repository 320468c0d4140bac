"""Vectors that change their size, iterators, algorithms of the standard library."""
from body import Var


class Containers:
    """Statements on containers."""

    def statement_makers(self):
        table = super().statement_makers()
        if self.theme("vectors"):
            table += [(3, self.declare_vector), (6, self.change_vector), (3, self.over_vector),
                      (1, self.assign_vector)]
        if self.theme("iterators"):
            table += [(5, self.iterate)]
        if self.theme("algorithms"):
            table += [(6, self.algorithm)]
        if self.theme("tuples"):
            table += [(6, self.tuple)]
        return table

    def expression_makers(self):
        table = super().expression_makers()
        if self.theme("vectors"):
            table += [(2, self.guarded_element)]
        if self.theme("algorithms"):
            table += [(2, self.reduction)]
        return table

    def growing(self, mutable=True):
        return [v for v in self.visible("vec") if (v.mutable or not mutable)
                and (not mutable or (v.text not in self.frozen and v.whole))]

    def declare_vector(self):
        name, rng = self.fresh("v"), self.rng
        elem = rng.choice(["real", "real", "real32"]) if self.theme("mixed") else "real"
        n = rng.randint(2, 5)
        self.tag("local vector")
        form = rng.random()
        values = ", ".join(self.exact(elem) for _ in range(n))
        others = [v for v in self.arrays() if v.elem == elem and v.form == "vector"]
        if form < 0.3:
            text = f"std::vector<{elem}> {name} = {{{values}}};"
        elif form < 0.5:
            text = f"std::vector<{elem}> {name}({n}, {self.leaf()});"
        elif form < 0.65:
            text = f"std::vector<{elem}> {name}({n});"
        elif form < 0.8 and others:
            other = rng.choice(others)
            n, text = other.n, f"std::vector<{elem}> {name} = {other.text};"
            self.tag("vector copied")
        else:
            n, text = 0, f"std::vector<{elem}> {name};"
        if n and self.chance(0.4):
            self.add(Var(name, "arr", elem, n=n, form="vector"))
        else:
            self.add(Var(name, "vec", elem, form="vector"))
        return [text]

    def change_vector(self):
        found = self.growing()
        if not found:
            return self.declare_vector()
        v, rng = self.rng.choice(found), self.rng
        t = v.text
        self.tag("vector that changes")
        e = self.small(1)
        if v.elem != "real" or self.theme("mixed"):
            e = f"static_cast<{v.elem}>({e})"
        return self.weighted([
            (5, [f"{t}.push_back({e});"]), (1, [f"{t}.emplace_back({e});"]),
            (3, [f"if (!{t}.empty())", f"  {t}.pop_back();"]),
            (1, [f"if ({t}.size() > 1)", f"  {t}.back() *= {t}.front();"]),
            (1, [f"{t}.resize({rng.randint(1, 4)});"]),
            (1, [f"{t}.resize({t}.size() + 1, {e});"]),
            (1, [f"{t}.clear();"]),
            (1, [f"{t}.assign({rng.randint(1, 3)}, {e});"]),
            (1, [f"{t}.insert({t}.end(), {e});"]),
            (2, [f"while ({t}.size() > {rng.randint(1, 3)})", f"  {t}.pop_back();"]),
            (2, [f"if ({t}.size() < 4)", f"  {t}.push_back({t}.empty() ? {self.literal(v.elem)} : "
                 f"{v.elem}(0.5) * {t}.back());"]),
        ])

    def assign_vector(self):
        vectors = self.growing()
        if not vectors:
            return self.declare_vector()
        v, rng = self.rng.choice(vectors), self.rng
        others = [w for w in self.visible() if w.form == "vector" and w.elem == v.elem and w.text != v.text]
        self.tag("vector assigned")
        table = [(2, [f"{v.text} = {{{self.exact(v.elem)}, {self.exact(v.elem)}}};"])]
        if others:
            w = rng.choice(others)
            table += [(3, [f"{v.text} = {w.text};"])]
            if w.kind == "vec" and w.mutable and w.whole and w.text not in self.frozen:
                table += [(2, [f"std::swap({v.text}, {w.text});"]), (1, [f"{v.text}.swap({w.text});"])]
        return self.weighted(table)

    def guarded_element(self, depth):
        found = self.visible("vec")
        if not found:
            return None
        v = self.rng.choice(found)
        at = self.rng.choice([f"{v.text}.back()", f"{v.text}.front()", f"{v.text}[{v.text}.size() - 1]",
                              f"{v.text}[{v.text}.size() / 2]"])
        return f"({v.text}.empty() ? {self.literal(v.elem)} : {at})"

    def over_vector(self):
        """A loop over whatever a vector has."""
        found = self.visible("vec") + [a for a in self.arrays() if a.form in ("vector", "std::array")]
        if not found:
            return self.declare_vector()
        v, rng = self.rng.choice(found), self.rng
        writes = v.mutable and v.text not in self.frozen
        place, _ = self.place()
        p = rng.random()
        e, i = self.fresh("e"), self.fresh("i")
        before = set(self.frozen)
        self.frozen.add(v.text)
        try:
            if p < 0.5:
                self.tag("range-based for")
                kind = rng.choice(["real ", "auto &", "const auto &", "auto &"]) if writes else \
                    rng.choice(["real ", "const auto &"])
                own = [Var(e, "num", v.elem, mutable="const" not in kind)]
                return [f"for ({kind}{e} : {v.text}) {{", *self.loop_body(own, 2), "}"]
            self.tag("loop to size()")
            if not writes:
                return [f"for (std::size_t {i} = 0; {i} < {v.text}.size(); ++{i})",
                        f"  {place} = 0.5 * {place} + {v.text}[{i}];"] if place else None
            last = f"{v.text}[{i} - 1]"
            body = rng.choice([f"{v.text}[{i}] *= {last};", f"{v.text}[{i}] = std::sin({v.text}[{i}] + {last});",
                               f"std::swap({v.text}[{i}], {last});", f"{v.text}[{i}] += {last};"])
            return [f"for (std::size_t {i} = 1; {i} < {v.text}.size(); ++{i})", f"  {body}"]
        finally:
            self.frozen = before

    def iterate(self):
        found = [v for v in self.visible() if v.form == "vector" and v.mutable and v.text not in self.frozen]
        if not found:
            return self.declare_vector()
        v, it, rng = self.rng.choice(found), self.fresh("it"), self.rng
        self.tag("iterator")
        before = set(self.frozen)
        self.frozen.add(v.text)
        value = self.small(1)
        place, _ = self.place()
        self.frozen = before
        body = rng.choice([f"*{it} *= {value};", f"*{it} = std::sin(*{it}) + {value};",
                           f"{place} = std::sin({place} + *{it});" if place else f"*{it} = {value};"])
        p = rng.random()
        if p < 0.5:
            return [f"for (auto {it} = {v.text}.begin(); {it} != {v.text}.end(); ++{it})", f"  {body}"]
        if p < 0.7:
            return [f"for (auto {it} = {v.text}.rbegin(); {it} != {v.text}.rend(); ++{it})", f"  {body}"]
        if p < 0.85:
            return ["{", f"  auto {it} = {v.text}.begin();", f"  while ({it} != {v.text}.end()) {{",
                    f"    {body}", f"    ++{it};", "  }", "}"]
        return [f"for (auto {it} = {v.text}.cbegin(); {it} < {v.text}.cend(); ++{it})",
                f"  {place} = std::cos({place} * *{it});"] if place else None

    def span_of(self, v):
        """First and last of an array or container, as iterators."""
        if v.form in ("array", "pointer", "table"):
            return v.text, f"{v.text} + {v.n}"
        if v.form == "unique":
            return f"{v.text}.get()", f"{v.text}.get() + {v.n}"
        return f"{v.text}.begin()", f"{v.text}.end()"

    def sequences(self, mutable=False):
        found = self.arrays() + [v for v in self.visible("vec")]
        return [v for v in found if not mutable or (v.mutable and v.text not in self.frozen)]

    def algorithm(self):
        found = self.sequences(True)
        if not found:
            return self.declare_array()
        v, rng = self.rng.choice(found), self.rng
        first, last = self.span_of(v)
        self.tag("algorithm")
        table = [(2, f"std::fill({first}, {last}, {self.small(1)});"), (1, f"std::reverse({first}, {last});"),
                 (1, f"std::iota({first}, {last}, {self.small(1)});")]
        if v.n:
            table.append((1, f"std::fill_n({first}, {rng.randint(1, v.n)}, {self.small(1)});"))
            others = [w for w in self.arrays() if w.text != v.text and w.n <= v.n and w.elem == v.elem]
            if others:
                w = rng.choice(others)
                start, _ = self.span_of(w)
                if v.form not in ("pointer", "span") or w.form not in ("pointer", "span"):
                    table += [(3, f"std::copy({start}, {start} + {w.n}, {first});"),
                              (1, f"std::copy_n({start}, {w.n}, {first});")]
                    if v.form in ("array", "pointer") and w.form in ("array", "pointer"):
                        table.append((2, f"std::memcpy({first}, {start}, {w.n} * sizeof({v.elem}));"))
                table.append((2, f"std::transform({start}, {start} + {w.n}, {first}, "
                                 f"[](real z) {{ return std::sin(z); }});"))
        e = self.fresh("e")
        place, elem = self.place()
        table.append((2, f"std::for_each({first}, {last}, []({v.elem} &{e}) {{ {e} *= 0.5; }});"))
        if place and elem == "real" and place.isidentifier():
            table.append((2, f"std::for_each({first}, {last}, [&]({v.elem} {e}) {{ {place} = std::sin({place} + {e}); }});"))
        return [self.weighted(table)]

    def reduction(self, depth):
        found = self.arrays()
        if not found:
            return None
        v, rng = self.rng.choice(found), self.rng
        first, last = self.span_of(v)
        self.tag("reduction")
        w = rng.choice([w for w in found if w.n >= v.n] or [v])
        start, _ = self.span_of(w)
        whole = v.n == w.n and w.form not in ("vector",) or v.form in ("array", "pointer", "std::array")
        forms = [f"std::accumulate({first}, {last}, real(0.5))", f"(*std::max_element({first}, {last}))",
                 f"(*std::min_element({first}, {last}))",
                 f"std::accumulate({first}, {last}, real(1), [](real s, real z) {{ return std::sin(s + z); }})"]
        if whole and v.form != "vector":
            forms.append(f"std::inner_product({first}, {last}, {start}, real(0))")
        return rng.choice(forms)

    def named_tuple(self, name, x, y):
        """A tuple or pair whose elements are variables as others are, or a vector of such."""
        rng = self.rng
        self.tag("named tuple")
        kind, makes = rng.choice([("std::tuple<real, int, real>", "std::make_tuple({0}, {2}, {1})"),
                                  ("std::tuple<real, int, real>", "std::tuple<real, int, real>{{{0}, {2}, {1}}}"),
                                  ("std::pair<real, real>", "std::make_pair({0}, {1})"),
                                  ("std::tuple<real, real>", "std::tuple<real, real>({0}, {1})")])
        made = makes.format(x, y, rng.randint(0, 3))
        if self.chance(0.3):
            self.tag("vector of tuples")
            i, place = self.fresh("i"), self.place()[0]
            last = "1" if "int" not in kind else "2"
            use = f"{place} = std::sin({place} + std::get<0>({i}) * std::get<{last}>({i}));" if place else \
                f"std::get<0>({i}) *= std::get<{last}>({i});"
            return [f"std::vector<{kind}> {name};", f"{name}.push_back({made});",
                    f"{name}.push_back({name}.back());", f"std::get<0>({name}[0]) *= 0.5;",
                    f"for (auto &{i} : {name})", f"  {use}"]
        self.add(Var(f"std::get<0>({name})", "num"))
        self.add(Var(f"std::get<{2 if 'int' in kind else 1}>({name})", "num"))
        lines = [f"{rng.choice(['auto', kind])} {name} = {made};"]
        if self.chance(0.4):
            b, c, decision = self.fresh("t"), self.fresh("c"), self.decision()
            self.add(Var(c, "num"))
            lines += [f"auto {b} = {name};", f"std::get<0>({b}) = std::sin(std::get<0>({b}));",
                      f"if ({decision})", f"  std::swap({name}, {b});" if self.chance(0.5) else f"  {name} = {b};",
                      f"real {c} = std::get<0>({b});"]
        return lines

    def tuple(self):
        rng = self.rng
        a, b = self.fresh("t"), self.fresh("t")
        self.tag("tuple")
        x, y = (f"static_cast<real>({self.real(1)})" for _ in range(2))
        p = rng.random()
        if p < 0.25:
            return self.named_tuple(a, x, y)
        if p < 0.5:
            self.add(Var(a, "num"))
            self.add(Var(b, "num"))
            form = rng.choice([f"std::pair<real, real>{{{x}, {y}}}", f"std::make_pair({x}, {y})",
                               f"std::tuple<real, real>{{{x}, {y}}}"])
            return [f"auto [{a}, {b}] = {form};"]
        names = [v.text for v in self.visible("num") if v.mutable and v.elem == "real"
                 and v.text not in self.frozen]
        if len(names) >= 2:
            first, second = rng.sample(names, 2)
            if p < 0.8:
                return [f"std::tie({first}, {second}) = std::make_pair({x}, {y});"]
            return [f"std::tie({first}, {second}) = std::make_tuple({second}, {first});"] if p < 0.9 else \
                [f"std::tie({first}, std::ignore) = std::make_pair({x}, {y});"]
        return [f"std::pair<real, real> {a} = {{{x}, {y}}};", f"{a}.first *= {a}.second;"]
