"""What people write now and then: rows of rows, idioms of the library, templates, rare functions."""
from body import Var


class Idioms:
    """Statements that are idioms."""

    def prepare(self):
        super().prepare()
        if self.theme("templates"):
            makers = [self.integral_template, self.constant_function, self.namespace_function, self.default_arguments,
                      self.overloads, self.pack, self.file_table, self.recursive_template, self.abbreviated]
            for maker in self.rng.sample(makers, self.rng.randint(1, 3)):
                maker()

    def statement_makers(self):
        table = super().statement_makers()
        if self.theme("nested vectors"):
            table += [(3, self.declare_nested), (7, self.change_nested), (5, self.over_nested), (2, self.row_of_nested)]
        if self.theme("idioms"):
            table += [(3, self.declarators), (3, self.extremes), (3, self.initialized_range_for),
                      (4, self.small_objects), (3, self.flagged), (2, self.cleared_bytes), (2, self.checked), (3, self.counting_index),
                      (3, self.conversions), (3, self.do_continue), (2, self.back_inserter)]
        if self.theme("templates"):
            table += [(4, self.template_object), (3, self.call_helper_of_idioms)]
        if self.theme("library"):
            table += [(5, self.split_number)]
        return table

    def expression_makers(self):
        table = super().expression_makers()
        if self.theme("library"):
            table += [(12, self.library_call)]
        return table

    # Vectors of vectors: at least one row, of any size.

    def nested(self, mutable=True):
        found = [v for v in self.visible("nested") if (v.mutable or not mutable) and v.text not in self.frozen]
        return self.rng.choice(found) if found else None

    def declare_nested(self):
        name, rng = self.fresh("m"), self.rng
        self.tag("vector of vectors")
        a, b, c = (self.exact() for _ in range(3))
        n, m = rng.randint(1, 3), rng.randint(1, 3)
        others = self.visible("nested")
        lines = rng.choice([[f"std::vector<std::vector<real>> {name}({n}, std::vector<real>({m}));", f"{name}[{rng.randrange(n)}][0] = {b};"],
                            [f"std::vector<std::vector<real>> {name} = {{{{{a}, {b}}}, {{{c}}}}};"],
                            [f"std::vector<std::vector<real>> {name};", f"{name}.push_back({{{a}, {b}}});"],
                            [f"std::vector<std::vector<real>> {name};", f"{name}.push_back(std::vector<real>({m}, {a}));"],
                            [f"std::vector<std::vector<real>> {name} = {rng.choice(others).text};"] if others else
                            [f"std::vector<std::vector<real>> {name}(1);"]])
        self.add(Var(name, "nested", lo=1))
        return lines

    def change_nested(self):
        v = self.nested()
        if not v:
            return self.declare_nested()
        t, rng = v.text, self.rng
        self.tag("vector of vectors that changes")
        a, b = self.small(1), self.exact()
        row = rng.choice([f"{t}[0]", f"{t}.back()", f"{t}.front()", f"{t}[{t}.size() - 1]"])
        other = rng.choice([f"{t}[0]", f"{t}.back()"])
        if self.theme("mixed"):
            a = f"static_cast<real>({a})"
        table = [(4, [f"{row}.push_back({a});"]), (3, [f"if (!{row}.empty())", f"  {row}.back() *= {a};"]),
                 (2, [f"if (!{row}.empty())", f"  {row}.pop_back();"]), (2, [f"{row} = {{{a}, {b}}};"]),
                 (2, [f"{row} = std::vector<real>({rng.randint(1, 3)}, {b});"]), (1, [f"{row}.resize({rng.randint(1, 3)});"]),
                 (1, [f"{row}.assign({rng.randint(1, 2)}, {a});"]), (1, [f"{row}.clear();"]),
                 (2, [f"if ({t}.size() > 1)", f"  std::swap({t}[0], {t}[1]);"]), (2, [f"if ({t}.size() > 1)", f"  {t}[0] = {t}[1];"]),
                 (1, [f"if ({t}.size() > 1)", f"  {t}[0].swap({t}[1]);"])]
        if v.whole:
            table += [(3, [f"if ({t}.size() < 4)", f"  {t}.push_back({{{b}, {b}}});"]), (2, [f"if ({t}.size() > 1)", f"  {t}.pop_back();"]),
                      (2, [f"if ({t}.size() < 4)", f"  {t}.push_back(std::vector<real>({rng.randint(1, 2)}, {b}));"]),
                      (1, [f"{t}.emplace_back({rng.randint(1, 2)}, {b});"] if not self.loops else [f"{t}.resize(2);"]),
                      (1, [f"{t}.resize({rng.randint(1, 3)});"])]
            vectors = [w for w in self.visible() if w.form == "vector" and w.elem == "real" and w.text.isidentifier()]
            if vectors:
                table += [(3, [f"if ({t}.size() < 4)", f"  {t}.push_back({rng.choice(vectors).text});"])]
            same = [w for w in self.visible("nested") if w.text != t]
            if same:
                table += [(2, [f"{t} = {rng.choice(same).text};"])]
        if other != row:
            table += [(1, [f"{row} = {other};"])]
        return self.weighted(table)

    def over_nested(self):
        v = self.nested(False)
        if not v:
            return self.declare_nested()
        t, i, j, e, row = v.text, self.fresh("i"), self.fresh("j"), self.fresh("e"), self.fresh("row")
        self.tag("loop over rows")
        place, _ = self.place()
        p = self.rng.random()
        before = set(self.frozen)
        self.frozen.add(t)
        try:
            if p < 0.35 and v.mutable:
                return [f"for (auto &{row} : {t})", f"  for (real &{e} : {row}) {{",
                        *("  " + line for line in self.loop_body([Var(e, "num")], 2)), "  }"]
            if p < 0.6 and place:
                return [f"for (const std::vector<real> &{row} : {t})", f"  for (const real {e} : {row})",
                        f"    {place} = std::sin({place} + {e});"]
            if p < 0.8 and v.mutable:
                return [f"for (std::size_t {i} = 1; {i} < {t}.size(); ++{i})",
                        f"  for (std::size_t {j} = 0; {j} < {t}[{i}].size() && {j} < {t}[{i} - 1].size(); ++{j})",
                        f"    {t}[{i}][{j}] = 0.5 * {t}[{i}][{j}] + std::sin({t}[{i} - 1][{j}]);"]
            if place:
                return [f"for (std::size_t {i} = 0; {i} < {t}.size(); ++{i})", f"  for (std::size_t {j} = 0; {j} < {t}[{i}].size(); ++{j})",
                        f"    {place} = 0.5 * {place} + {t}[{i}][{j}] * {t}[{i}].back();"]
            return None
        finally:
            self.frozen = before

    def row_of_nested(self):
        v = self.nested(False)
        if not v:
            return self.declare_nested()
        name = self.fresh("v")
        self.tag("row of rows")
        if v.mutable and self.chance(0.4):
            return ["{", f"  std::vector<real> &{name} = {v.text}[0];", f"  {name}.push_back({self.exact()});", f"  {name}[0] *= {self.small(1)};", "}"]
        self.add(Var(name, "vec", form="vector"))
        return [f"std::vector<real> {name} = {v.text}.back();"]

    # Idioms.

    def declarators(self):
        a, b, p = self.fresh("t"), self.fresh("t"), self.fresh("p")
        self.tag("several declarators")
        x, y = self.real(1), self.leaf()
        lines = [f"real {a} = {x}, {b} = {a} * {y}, *{p} = &{self.rng.choice([a, b])};",
                 f"*{p} {self.rng.choice(['+=', '*=', '='])} {self.small(1)};"]
        self.add(Var(a, "num"))
        self.add(Var(b, "num"))
        return lines

    def extremes(self):
        v = self.an_array(True)
        if not v or v.form == "table":
            return self.declare_array()
        first, last = self.span_of(v)
        low, high = self.fresh("low"), self.fresh("high")
        place, _ = self.place()
        self.tag("both extremes")
        if not place:
            return None
        return ["{", f"  const auto [{low}, {high}] = std::minmax_element({first}, {last});",
                self.rng.choice([f"  {place} = std::sin(*{high} - *{low});", f"  *{low} = 0.5 * *{high};", f"  std::swap(*{low}, *{high});"]), "}"]

    def initialized_range_for(self):
        found = [v for v in self.arrays(True) if v.form in ("array", "std::array", "vector") and v.elem == "real"]
        if not found:
            return self.declare_array()
        v, k, e = self.rng.choice(found), self.fresh("k"), self.fresh("e")
        self.tag("range-based for with an initializer")
        before = set(self.frozen)
        self.frozen.add(v.text)
        value = self.small(1)
        self.frozen = before
        return [f"for (int {k} = {self.rng.randint(0, 2)}; real &{e} : {v.text}) {{", f"  if ({k}++ % 2 == 0)", f"    {e} *= {value};",
                f"  {e} += 0.1 * {k};", "}"]

    def small_objects(self):
        """A loop over small objects."""
        number, q, e = self.program.number, self.fresh("q"), self.fresh("e")
        name = f"S{number}_two"
        if not any(f"struct {name} " in text for text in self.program.type_lines):
            self.program.type_lines.append(f"struct {name} {{\n  real a, b;\n}};\n")
        place, _ = self.place()
        if not place:
            return None
        self.tag("loop over objects by reference")
        x, y, z = (self.exact() for _ in range(3))
        kind = self.rng.choice(["{0} {1}[2] = {{{{{2}, {3}}}, {{{4}, 0.5}}}};", "std::array<{0}, 2> {1} = {{{{{{{2}, {3}}}, {{{4}, 0.5}}}}}};",
                                "std::vector<{0}> {1} = {{{{{2}, {3}}}, {{{4}, 0.5}}}};",
                                "std::vector<{0}> {1};\n{1}.push_back({{{2}, {3}}});\n{1}.push_back({0}{{{4}, 0.5}});"])
        inner = self.rng.choice([f"  {e}.a *= std::sin({e}.b);", f"  {e}.b = 0.5 * {e}.a;", f"  std::swap({e}.a, {e}.b);"])
        return [*kind.format(name, q, x, y, z).split("\n"), f"for ({self.rng.choice(['auto', name])} &{e} : {q}) {{", *inner.split("\n"),
                f"  {place} = std::cos({place} + {e}.a * {e}.b);", "}",
                *([f"for (const {name} {e} : {q})", f"  {place} += 0.25 * {e}.a;"] if self.chance(0.4) else [])]

    def flagged(self):
        """A value that may be there."""
        number, o = self.program.number, self.fresh("s")
        name = f"S{number}_maybe"
        if not any(f"struct {name} " in text for text in self.program.type_lines):
            self.program.type_lines.append(f"struct {name} {{\n  bool has = false;\n  real value = 0.5;\n"
                                           f"  void set(real x) {{ has = true; value = x; }}\n  real get(real other) const {{ return has ? value : other; }}\n}};\n")
        place, _ = self.place()
        if not place:
            return None
        self.tag("value that may be there")
        return [f"{name} {o};", f"if ({self.condition(0)})", f"  {o}.set({self.real(1)});",
                self.rng.choice([f"{o}.value *= 0.5;", f"if ({o}.has)", f"if (!{o}.has)"]), f"  {place} = std::sin({o}.get({self.leaf()}));",
                f"{place} += 0.25 * {o}.get({self.literal('real')});"]

    def cleared_bytes(self):
        found = [v for v in self.arrays(True) if v.form == "array" and v.text.isidentifier()]
        if not found:
            return self.declare_array()
        v = self.rng.choice(found)
        self.tag("memset")
        return [f"std::memset({v.text}, 0, {self.rng.choice([f'sizeof({v.elem}) * {v.n}', f'{self.rng.randint(1, v.n)} * sizeof({v.elem})'])});"]

    def checked(self):
        self.tag("assertion or end of the program")
        x = self.leaf()
        return self.rng.choice([[f"assert({x} < 1e30);"], [f"if (!({x} < 1e30))", "  std::abort();"],
                                [f"if (!({x} < 1e30))", '  throw std::range_error("large");']])

    def counting_index(self):
        v = self.an_array(True)
        if not v:
            return self.declare_array()
        k, a = self.fresh("k"), v.text
        self.tag("index that counts")
        first, second = self.small(1), self.small(1)
        lines = [f"int {k} = 0;", f"{a}[{k}++] = {first};"]
        if v.n > 1:
            lines += [f"{a}[{k}++] {self.rng.choice(['*=', '+='])} {second};"]
        if self.chance(0.6):
            lines += [f"while ({k} < {v.n} && {a}[{k} - 1] > 0.1)", f"  {a}[{k}++] *= 0.5;"]
        self.add(Var(k, "int", lo=0, hi=v.n))
        return lines

    def conversions(self):
        """Numbers and integers of several types in one assignment."""
        place, elem = self.place()
        if not place:
            return None
        k = self.fresh("k")
        self.tag("conversions in assignments")
        ctype = self.rng.choice(["unsigned", "long", "char", "unsigned char", "short", "bool", "std::size_t", "long long"])
        test, other = self.condition(0), self.leaf()
        return [f"{ctype} {k} = {'1' if ctype == 'bool' else '2'};", f"if ({test})", f"  {k} = 0;",
                self.rng.choice([f"{place} += {k};", f"{place} *= {k};", f"{place} -= {k} * {other};", f"{place} += ({other} > 0.25) * 0.5;",
                                 f"{place} *= {k} ? -1 : 1;", f"{place} /= {k} + 1;", f"{place} += !{k};"])]

    def do_continue(self):
        k, place = self.fresh("k"), self.place()[0]
        if not place:
            return None
        self.tag("do loop with continue")
        return [f"int {k} = 0;", "do {", f"  {place} = std::sin({place} + {self.leaf()});", f"  if ({self.condition(0)})", "    continue;",
                f"  {place} *= 0.5;", f"}} while (++{k} < {self.rng.randint(2, 4)} && {self.condition(0)});"]

    def back_inserter(self):
        v = self.an_array()
        if not v or v.elem != "real":
            return self.declare_array()
        first, last = self.span_of(v)
        name = self.fresh("v")
        self.tag("back inserter")
        self.add(Var(name, "vec", form="vector"))
        line = self.rng.choice([f"std::copy({first}, {last}, std::back_inserter({name}));",
                                f"std::transform({first}, {last}, std::back_inserter({name}), [](real z) {{ return 0.5 * z * z; }});"])
        place, _ = self.place()
        # Of four numbers and more the library chooses the order.
        return [f"std::vector<real> {name};", line] + ([f"{place} = std::transform_reduce({name}.begin(), {name}.end(), {first}, real(0.5));"]
                                                       if place and self.chance(0.5) and v.form != "table" and v.n < 4 and v.form != "vector" else [])

    # Templates and classes.

    def helper_of_idioms(self, text, call):
        self.program.helper_lines.append(text)
        self.program.idioms.append(call)

    def idiom_name(self):
        return f"h{self.program.number}_t{len(self.program.idioms)}"

    def call_helper_of_idioms(self):
        calls = self.program.idioms
        text = self.rng.choice(calls)(self) if calls else None
        return self.keep(text) if text else self.declare()

    def integral_template(self):
        self.tag("template over an integer")
        name = self.idiom_name()
        form = self.rng.choice(["s = std::sin(s + x * i);", "s = 0.5 * s + x / (i + 1);", "s *= std::cos(x) + 0.1 * i;"])
        self.helper_of_idioms(f"template <int N> static real {name}(real x) {{\n  real s = 0.5;\n  for (int i = 0; i < N; ++i)\n    {form}\n"
                              f"  if constexpr (N > 2)\n    s += x;\n  return s;\n}}\n",
                              lambda body: f"{name}<{body.rng.randint(0, 4)}>({body.real(1)})")

    def recursive_template(self):
        self.tag("recursive template")
        name = self.idiom_name()
        self.helper_of_idioms(f"template <int N> static real {name}(real x) {{\n  if constexpr (N <= 0)\n    return 1.0;\n  else\n"
                              f"    return std::sin(x) * {name}<N - 1>(x) + 0.1 * N;\n}}\n", lambda body: f"{name}<{body.rng.randint(0, 4)}>({body.real(1)})")

    def constant_function(self):
        self.tag("constexpr function")
        name = self.idiom_name()
        text = f"real {name}(real a, int n = 2) {{\n  real r = a;\n  for (int i = 1; i < n; ++i)\n    r *= 0.5 * a;\n  return r;\n}}\n"
        self.program.source_rules.append(f"{self.rng.choice(['constexpr', 'static constexpr', 'inline constexpr'])} {text}")
        self.program.dual_rules.append("[[maybe_unused]] static " + text)
        self.program.idioms.append(lambda body: f"{name}({body.real(1)}{body.rng.choice(['', ', 3', ', 1'])})")

    def namespace_function(self):
        self.tag("function in a namespace")
        name, space = self.idiom_name(), f"hn{self.program.number}_s"
        self.helper_of_idioms(f"namespace {space}::inner {{\nstatic const double factor = 0.75;\nstatic real {name}(real a) {{\n  return factor * std::sin(a);\n}}\n"
                              f"}}\n", lambda body: f"{space}::inner::{name}({body.real(1)})")

    def default_arguments(self):
        self.tag("default arguments")
        name = self.idiom_name()
        self.helper_of_idioms(f"static real {name}(real a, real b = 0.5, int n = 2) {{\n  return n > 1 ? std::sin(a * b) : a / (1.0 + b * b);\n}}\n",
                              lambda body: f"{name}({body.real(1)}{body.rng.choice(['', f', {body.leaf()}', f', {body.leaf()}, 1'])})")

    def overloads(self):
        self.tag("overloads")
        name = self.idiom_name()
        self.helper_of_idioms(f"static real {name}(real a) {{\n  return std::sin(a);\n}}\nstatic real {name}(real a, real b) {{\n"
                              f"  return {name}(a) * {name}(b);\n}}\nstatic real {name}(real a, int n) {{\n  return n > 1 ? {name}(a, a) : a;\n}}\n",
                              lambda body: body.rng.choice([f"{name}(real({body.leaf()}))", f"{name}(real({body.leaf()}), real({body.leaf()}))",
                                                            f"{name}(real({body.leaf()}), {body.small_int()})"]))

    def pack(self):
        self.tag("parameter pack")
        name = self.idiom_name()
        form = self.rng.choice(["(x + ...)", "(0.5 * ... * x)", "(std::sin(x) + ...)"])
        self.helper_of_idioms(f"template <class... T> static real {name}(T... x) {{\n  return {form};\n}}\n",
                              lambda body: f"{name}({', '.join(f'real({body.leaf()})' for _ in range(body.rng.randint(1, 3)))})")

    def abbreviated(self):
        self.tag("auto parameters")
        name = self.idiom_name()
        self.helper_of_idioms(f"static auto {name}(auto a, const auto &b) {{\n  auto r = a * b;\n  if (r > 1.0)\n    r = std::sin(r);\n  return r;\n}}\n",
                              lambda body: f"{name}(real({body.leaf()}), real({body.leaf()}))")

    def file_table(self):
        self.tag("constants of the file")
        name = self.idiom_name()
        kind = self.rng.choice(["static const", "static constexpr", "constexpr", "const"])
        self.helper_of_idioms(f"{kind} double {name}c[4] = {{0.5, -0.25, 1.5, 0.75}};\n{kind} int {name}n = 3;\nstatic real {name}(real x, int k) {{\n  real s = 0.0;\n"
                              f"  for (int i = k % 4; i < {name}n; ++i)\n    s += {name}c[i] * std::sin(x + i);\n  return s;\n}}\n",
                              lambda body: f"{name}({body.real(1)}, {body.small_int()})")

    def template_object(self):
        """An object of a class template."""
        number, o = self.program.number, self.fresh("s")
        name = f"S{number}_vec"
        if not any(f"struct {name} " in text for text in self.program.type_lines):
            self.program.type_lines.append(
                f"template <class T, int N> struct {name} {{\n  T d[N];\n  static constexpr int size = N;\n  T &operator[](int i) {{ return d[i]; }}\n"
                f"  const T &operator[](int i) const {{ return d[i]; }}\n  T dot(const {name} &o) const {{\n    T s = d[0] * o.d[0];\n"
                f"    for (int i = 1; i < N; ++i)\n      s += d[i] * o.d[i];\n    return s;\n  }}\n"
                f"  template <class F> {name} map(F f) const {{\n    {name} r = *this;\n    for (T &x : r.d)\n      x = f(x);\n    return r;\n  }}\n}};\n")
        place, _ = self.place()
        if not place:
            return None
        self.tag("class template")
        n = self.rng.randint(2, 3)
        values = ", ".join(self.exact() for _ in range(n))
        p, t = self.fresh("s"), self.fresh("t")
        lines = [f"{name}<real, {n}> {o}{{{{{values}}}}};"]
        if self.chance(0.5):
            lines.append(f"{o}[{self.index(n)}] *= {self.small(1)};")
        if self.chance(0.5):
            lines += [f"const auto {p} = {o}.map([](real z) {{ return std::sin(z); }});", f"{place} = 0.5 * {o}.dot({p});"]
        else:
            lines += [f"for (int {p} = 0; {p} < {name}<real, {n}>::size; ++{p})", f"  {place} = std::sin({place} + {o}[{p}]);"]
        self.add(Var(t, "num"))
        return lines + [f"real {t} = {o}.dot({o});"]

    # Rare functions.

    def library_call(self, depth):
        a, b = self.real(depth - 1), self.leaf()
        self.tag("rare function")
        return self.rng.choice([
            "std::ldexp({0}, -1)", "std::scalbn({0}, {2})", "std::rint(3.0 * {0}) * {1}", "std::nearbyint({0}) * {1}",
            "std::lgamma(2.5 + std::sin({0}))", "std::tgamma(2.5 + std::sin({0}))", "std::fma({0}, {1}, {0})", "std::fma({1}, 0.5, {0})",
            "std::hypot({0}, {1}, 1.0)", "std::copysign({0}, {1}) * {1}", "std::remainder({0}, 1.5 + {1} * {1})", "std::fmod({0}, 1.5 + {1} * {1})",
            "std::pow(std::fabs({0}) + 0.5, {1})", "std::pow({0}, {2})", "std::atan2({0}, {1} * {1} + 0.5)", "std::fdim({0}, {1}) * {1}",
            "std::logb(1.5 + {1} * {1}) * {0}", "std::ilogb(1.5 + {1} * {1}) * {0}", "std::abs(std::tanh({0}) * {1})", "std::log1p(std::exp(-std::fabs({0})))",
            "std::exp2({1} / (1.0 + {1} * {1}))", "std::sqrt({1} * {1}) * {1}"]).format(a, b, self.small_int()).join("()")

    def split_number(self):
        a, e = self.fresh("t"), self.fresh("w")
        x = self.real(1)
        if self.theme("mixed"):
            x = f"static_cast<real>({x})"
        self.add(Var(a, "num"))
        self.tag("number in parts")
        if self.chance(0.5):
            other = self.leaf()
            return [f"real {e};", f"real {a} = std::modf(real(3.0 * {x}), &{e});", f"{a} += {e} * {other};"]
        return [f"int {e};", f"real {a} = std::frexp(real({x}), &{e});", f"{a} *= 0.5 * {e};"]
