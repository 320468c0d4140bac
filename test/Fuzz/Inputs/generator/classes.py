"""Classes with private data, constructors and operators; functions as arguments; enumerations; bindings."""
from body import Var

VECTOR_CLASS = """class {name} {{
  real data[{n}]{start};
  int used = 0;

public:
  {name}(){first} {{}}
  explicit {name}(real a) : data{{a, {half}}}, used({n}) {{}}
  {name}(real a, real b) : {name}(a) {{ data[{n} - 1] = b; }}
  real &operator[](int i) {{ return data[i]; }}
  real operator[](int i) const {{ return data[i]; }}
  int size() const {{ return {n}; }}
  void put(real x) {{
    data[used % {n}] = x;
    used = (used + 1) % {n};
  }}
  real norm() const {{
    real s = 0.0;
    for (int i = 0; i < size(); ++i)
      s += data[i] * data[i];
    return std::sqrt(1.0 + s);
  }}
  {name} operator+(const {name} &other) const {{
    {name} sum = *this;
    for (int i = 0; i < {n}; ++i)
      sum.data[i] += other[i];
    return sum;
  }}
  {name} &operator*=(real s) {{
    for (real &x : data)
      x *= s;
    return *this;
  }}
}};
"""

MATRIX_CLASS = """class {name} {{
  int rows, cols;
  std::vector<real> data;

public:
  {name}(int r, int c, real x) : rows(r), cols(c), data(r * c, x) {{}}
  real &operator()(int i, int j) {{ return data[i * cols + j]; }}
  real operator()(int i, int j) const {{ return data[i * cols + j]; }}
  int height() const {{ return rows; }}
  int width() const {{ return cols; }}
  real trace() const {{
    real s = 0.0;
    for (int i = 0; i < rows && i < cols; ++i)
      s += (*this)(i, i);
    return s;
  }}
  void grow(real x) {{
    data.resize(data.size() + cols, x);
    ++rows;
  }}
}};
"""


class Classes:
    """Statements with classes."""

    def statement_makers(self):
        table = super().statement_makers()
        if self.theme("classes"):
            table += [(5, self.vector_object), (6, self.use_vector_object), (3, self.matrix_object),
                      (4, self.use_matrix_object)]
        if self.theme("functions"):
            table += [(6, self.function_argument), (3, self.functor), (3, self.enumeration)]
        if self.theme("tuples"):
            table += [(4, self.binding)]
        if self.theme("algorithms"):
            table += [(3, self.extreme_place)]
        return table

    def class_named(self, stem, text, **holes):
        name = f"{stem}{self.program.number}_c"
        if not any(f"class {name} " in t for t in self.program.type_lines):
            self.program.type_lines.append(text.format(name=name, **holes))
        return name

    def vector_object(self):
        start, first = self.rng.choice([("", " : data{}"), (" = {}", ""), ("{}", ""), ("{1.5}", ""), (" = {0.5, 2.0}", "")])
        name = self.class_named("S", VECTOR_CLASS, n=3, start=start, first=first, half=self.rng.choice(["0.5", "0.5 * a", "std::sin(a)"]))
        v = self.fresh("s")
        self.tag("class with operators")
        form = self.rng.choice([f"{name} {v};", f"{name} {v}(({self.real(1)}));", f"{name} {v}({self.leaf()}, {self.real(1)});",
                                f"auto {v} = {name}({self.leaf()});"])
        others = [w.text for w in self.visible("cls") if w.form == "vector class"]
        if others and self.chance(0.4):
            form = self.rng.choice([f"{name} {v} = {self.rng.choice(others)};",
                                    f"{name} {v} = {self.rng.choice(others)} + {self.rng.choice(others)};"])
        self.add(Var(v, "cls", form="vector class"))
        t = self.fresh("t")
        self.add(Var(t, "num"))
        return [form, f"real {t} = {v}.norm();"]

    def use_vector_object(self):
        found = [v for v in self.visible("cls") if v.form == "vector class" and v.text not in self.frozen]
        if not found:
            return self.vector_object()
        v, w = self.rng.choice(found).text, self.rng.choice(found).text
        place, _ = self.place()
        table = [(3, [f"{v}.put({self.real(1)});"]), (3, [f"{v}[{self.index(3)}] = {self.small(1)};"]),
                 (2, [f"{v}[{self.index(3)}] *= {w}[{self.index(3)}];"]), (2, [f"{v} *= std::sin({self.leaf()});"]),
                 (1, [f"{v} = {w};"]), (1, [f"{v} = {v} + {w};", f"{v} *= 0.5;"]),
                 (1, [f"std::swap({v}[0], {w}[{self.index(3)}]);"])]
        if place:
            table += [(4, [f"{place} = std::sin({v}.norm() + {w}[{self.index(3)}]);"])]
        return self.weighted(table)

    def matrix_object(self):
        name = self.class_named("M", MATRIX_CLASS)
        v = self.fresh("m")
        self.tag("class with a vector")
        value = self.real(1)
        t = self.fresh("t")
        self.add(Var(v, "cls", form="matrix"))
        self.add(Var(t, "num"))
        return [f"{name} {v}(2, 2, {value});", f"real {t} = {v}.trace() + {v}(1, 0);"]

    def use_matrix_object(self):
        found = [v for v in self.visible("cls") if v.form == "matrix" and v.text not in self.frozen]
        if not found:
            return self.matrix_object()
        v = self.rng.choice(found).text
        i, j = self.fresh("i"), self.fresh("j")
        place, _ = self.place()
        table = [(3, [f"{v}({self.index(2)}, {self.index(2)}) = {self.small(1)};"]),
                 (3, [f"for (int {i} = 0; {i} < {v}.height(); ++{i})", f"  for (int {j} = 0; {j} < {v}.width(); ++{j})",
                      f"    {v}({i}, {j}) = std::sin({v}({j} % {v}.height(), {i} % 2) + {self.leaf()});"])]
        if self.nesting == 0:
            table += [(1, [f"{v}.grow({self.leaf()});"])]
        if place:
            table += [(3, [f"{place} = 0.25 * {v}.trace() + {v}({self.index(2)}, 1);"])]
        return self.weighted(table)

    # Functions that are given functions.

    def function_argument(self):
        number = self.program.number
        lines = self.program.helper_lines
        if not any(f"h{number}_iterate" in text for text in lines):
            lines.append(f"static real h{number}_square(real a) {{\n  return 0.5 * a * a;\n}}\n"
                         f"static real h{number}_wave(real a) {{\n  return a > 0.0 ? std::sin(a) : a * std::cos(a);\n}}\n"
                         f"static real h{number}_iterate(real (*f)(real), real a, int n) {{\n"
                         f"  for (int i = 0; i < n; ++i) {{\n    a = f(a);\n    if (a > 0.9)\n      return 0.5 * a;\n  }}\n  return a;\n}}\n")
        self.tag("function as an argument")
        f = self.rng.choice(["square", "wave"])
        if self.chance(0.25):
            p = self.fresh("f")
            return [f"real (*const {p})(real) = h{number}_{f};"] + self.keep(f"{p}({self.leaf()})")
        return self.keep(f"h{number}_iterate({self.rng.choice(['', '&'])}h{number}_{f}, {self.real(1)}, {self.small_int()})")

    def functor(self):
        number = self.program.number
        name = f"S{number}_f"
        if not any(f"struct {name} " in text for text in self.program.type_lines):
            self.program.type_lines.append(f"struct {name} {{\n  real k;\n  real operator()(real a) const {{ return std::sin(k * a); }}\n}};\n")
        self.tag("functor")
        f = self.fresh("f")
        return [f"const {name} {f}{{{self.exact()}}};"] + self.keep(f"{f}({self.real(1)})")

    def enumeration(self):
        number, e = self.program.number, self.fresh("e")
        name = f"E{number}"
        if not any(f"enum class {name} " in text for text in self.program.type_lines):
            self.program.type_lines.append(f"enum class {name} {{ low, middle, high }};\n")
        place, _ = self.place()
        if not place:
            return self.declare()
        self.tag("enumeration")
        return [f"const {name} {e} = {self.condition(0)} ? {name}::low : {self.condition(0)} ? {name}::middle : {name}::high;",
                f"switch ({e}) {{", f"case {name}::low:", f"  {place} = {self.small(1)};", "  break;",
                f"case {name}::middle:", f"  {place} *= 0.5;", "  [[fallthrough]];", f"case {name}::high:",
                f"  {place} += 0.25;", "}"]

    # Bindings, and places that algorithms find.

    def binding(self):
        rng = self.rng
        found = [v for v in self.visible("obj") if v.struct.is_flat() and not v.struct.base] if self.theme("objects") else []
        arrays = [v for v in self.arrays() if v.form == "std::array" and v.n <= 3 and v.elem == "real"]
        if not found and not arrays:
            return None
        v = rng.choice(found + arrays)
        count = len(v.struct.members) if v.kind == "obj" else v.n
        names = [self.fresh("b") for _ in range(count)]
        by_reference = v.mutable and v.text not in self.frozen and self.chance(0.5)
        self.tag("structured binding")
        for name in names:
            self.add(Var(name, "num"))
        return [f"auto {'&' if by_reference else ''}[{', '.join(names)}] = {v.text};"]

    def extreme_place(self):
        v = self.an_array(True)
        if not v:
            return None
        first, last = self.span_of(v)
        name = self.rng.choice(["max_element", "min_element"])
        self.tag("place of an extreme")
        if self.chance(0.5):
            return [f"*std::{name}({first}, {last}) = {self.small(1)};"]
        it, k = self.fresh("it"), self.fresh("k")
        value = self.small(1)
        self.add(Var(k, "int", mutable=False, lo=0, hi=v.n - 1))
        return [f"const auto {it} = std::{name}({first}, {last});",
                f"const int {k} = static_cast<int>({it} - {first}) % {v.n};", f"{v.text}[{k}] *= {value};"]
