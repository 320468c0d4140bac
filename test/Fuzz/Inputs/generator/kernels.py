"""Small kernels as people write them, over what arrays there are."""
from body import Var


class Kernels:
    """Statements that are a whole computation."""

    def statement_makers(self):
        table = super().statement_makers()
        if self.theme("kernels"):
            table += [(8, self.kernel)]
        return table

    def kernel(self):
        a = self.an_array(True)
        if not a:
            return self.declare_array()
        makers = [self.horner, self.prefix, self.running_maximum, self.insertion_sort, self.bubble, self.newton,
                  self.triangular, self.product, self.recurrence, self.sentinel, self.histogram, self.power,
                  self.softmax, self.stencil_in_place, self.bisection, self.ring, self.stencil, self.pairs, self.forces,
                  self.relaxation, self.layers]
        maker = self.rng.choice(makers)
        self.tag("kernel " + maker.__name__.replace("_", " "))
        return maker(a)

    def new_number(self):
        t = self.fresh("t")
        self.add(Var(t, "num"))
        return t

    def horner(self, a):
        x, i = self.leaf(), self.fresh("i")
        t = self.new_number()
        return [f"real {t} = 0.0;", f"for (int {i} = {a.n} - 1; {i} >= 0; --{i})",
                f"  {t} = {t} * std::sin({x}) + {a.text}[{i}];"]

    def prefix(self, a):
        i = self.fresh("i")
        op = self.rng.choice(["+= 0.5 * ", "*= ", "-= 0.25 * "])
        return [f"for (int {i} = 1; {i} < {a.n}; ++{i})", f"  {a.text}[{i}] {op}{a.text}[{i} - 1];"]

    def running_maximum(self, a):
        i, k = self.fresh("i"), self.fresh("k")
        t = self.new_number()
        if self.chance(0.5):
            return [f"real {t} = {a.text}[0];", f"for (int {i} = 1; {i} < {a.n}; ++{i})",
                    f"  if ({a.text}[{i}] > {t})", f"    {t} = {a.text}[{i}];"]
        self.add(Var(k, "int", lo=0, hi=a.n - 1))
        return [f"int {k} = 0;", f"for (int {i} = 1; {i} < {a.n}; ++{i})", f"  if ({a.text}[{i}] > {a.text}[{k}])",
                f"    {k} = {i};", f"real {t} = {a.text}[{k}] * {a.text}[{k}];", f"{a.text}[{k}] = 0.5 * {t};"]

    def insertion_sort(self, a):
        i, j, t = self.fresh("i"), self.fresh("j"), self.fresh("t")
        return [f"for (int {i} = 1; {i} < {a.n}; ++{i}) {{", f"  {a.elem} {t} = {a.text}[{i}];", f"  int {j} = {i} - 1;",
                f"  while ({j} >= 0 && {a.text}[{j}] > {t}) {{", f"    {a.text}[{j} + 1] = {a.text}[{j}];", f"    --{j};",
                "  }", f"  {a.text}[{j} + 1] = {t};", "}"]

    def bubble(self, a):
        s, i = self.fresh("swapped"), self.fresh("i")
        return [f"bool {s} = true;", f"while ({s}) {{", f"  {s} = false;", f"  for (int {i} = 1; {i} < {a.n}; ++{i})",
                f"    if ({a.text}[{i} - 1] > {a.text}[{i}]) {{", f"      std::swap({a.text}[{i} - 1], {a.text}[{i}]);",
                f"      {s} = true;", "    }", "}"]

    def newton(self, a):
        i = self.fresh("i")
        c = f"(1.0 + {a.text}[0] * {a.text}[0])"
        t = self.new_number()
        return [f"real {t} = 1.0;", f"for (int {i} = 0; {i} < 6; ++{i}) {{",
                f"  const real next = 0.5 * ({t} + {c} / {t});", f"  if (std::fabs(next - {t}) < 1e-3)", "    break;",
                f"  {t} = next;", "}"]

    def triangular(self, a):
        i, j = self.fresh("i"), self.fresh("j")
        b = self.an_array()
        n = min(a.n, b.n)
        return [f"for (int {i} = 0; {i} < {n}; ++{i}) {{", f"  real s = {a.text}[{i}];",
                f"  for (int {j} = 0; {j} < {i}; ++{j})", f"    s -= 0.3 * {b.text}[{j}] * {a.text}[{j}];",
                f"  {a.text}[{i}] = s / (2.0 + {b.text}[{i}] * {b.text}[{i}]);", "}"]

    def below(self, i, j):
        """The head of a loop over what comes before i: fewer than all pairs, all, or each with itself."""
        return f"for (int {j} = 0; {j} {self.rng.choice(['<', '<', '<='])} {i}{self.rng.choice(['', '', ' - 1'])}; ++{j})"

    def pairs(self, a):
        """A sum over all pairs of points in a plane."""
        i, j = self.fresh("i"), self.fresh("j")
        b = self.an_array()
        n = min(a.n // 2, b.n)
        t = self.new_number()
        x, w = a.text, b.text
        own = [f"  {t} += 0.1 * {w}[{i}];"] if self.chance(0.3) else []
        term = self.rng.choice([f"{w}[{i}] * {w}[{j}] * std::exp(-d)", f"{w}[{i}] / (1.0 + d)", "1.0 / std::sqrt(d + 0.5)"])
        return [f"real {t} = 0.0;", f"for (int {i} = 0; {i} < {n}; ++{i}) {{", *own, f"  {self.below(i, j)} {{",
                f"    const real dx = {x}[2 * {i}] - {x}[2 * {j}], dy = {x}[2 * {i} + 1] - {x}[2 * {j} + 1];",
                "    const real d = dx * dx + dy * dy;", f"    {t} += {term};", "  }", "}"]

    def forces(self, a):
        """What all pairs of elements do to each other, perhaps in place."""
        i, j = self.fresh("i"), self.fresh("j")
        b = self.an_array()
        n = min(a.n, b.n)
        x, f = b.text, a.text
        return [f"for (int {i} = 0; {i} < {n}; ++{i})", f"  {self.below(i, j)} {{",
                f"    const real d = 0.1 * std::tanh(({x}[{i}] - {x}[{j}]) * {x}[{i}]);",
                f"    {f}[{i}] += d;", f"    {f}[{j}] -= d * {x}[{i}];", "  }"]

    def product(self, a):
        i = self.fresh("i")
        t = self.new_number()
        return [f"real {t} = 1.0;", f"for (int {i} = 0; {i} < {a.n}; ++{i}) {{",
                *([f"  if ({a.text}[{i}] > 1.2)", f"    {self.rng.choice(['continue', 'break'])};"] if self.chance(0.5) else []),
                f"  {t} *= {a.text}[{i}];", "}"]

    def recurrence(self, a):
        i, p, q = self.fresh("i"), self.fresh("p"), self.fresh("q")
        start = self.leaf()
        t = self.new_number()
        return [f"real {t} = {start};", "{", f"  real {p} = {a.text}[0], {q} = 0.5;",
                f"  for (int {i} = 0; {i} < {a.n}; ++{i}) {{", f"    const real next = 0.5 * {p} * {q} + {a.text}[{i}];",
                f"    {p} = {q};", f"    {q} = std::sin(next);", "  }", f"  {t} *= {p} + {q};", "}"]

    def sentinel(self, a):
        i, k = self.fresh("i"), self.fresh("k")
        t = self.new_number()
        self.add(Var(k, "int", lo=0, hi=a.n))
        return [f"int {k} = 0;", f"while ({k} < {a.n} && {a.text}[{k}] < 0.5)", f"  ++{k};", f"real {t} = 0.0;",
                f"for (int {i} = 0; {i} < {k}; ++{i})", f"  {t} += {a.text}[{i}] * {a.text}[{i}];"]

    def histogram(self, a):
        i, b = self.fresh("i"), self.fresh("b")
        w = self.fresh("w")
        self.add(Var(b, "arr", n=3, form="array"))
        return [f"real {b}[3] = {{}};", f"for (int {i} = 0; {i} < {a.n}; ++{i}) {{",
                f"  const int {w} = static_cast<int>(1.4 + std::tanh({a.text}[{i}]));", f"  {b}[{w}] += {a.text}[{i}];", "}"]

    def power(self, a):
        e, b = self.fresh("k"), self.fresh("b")
        t = self.new_number()
        return [f"real {t} = 1.0;", "{", f"  int {e} = {self.rng.randint(1, 7)};", f"  real {b} = std::sin({a.text}[0]);",
                f"  while ({e} > 0) {{", f"    if ({e} & 1)", f"      {t} *= {b};", f"    {b} *= {b};", f"    {e} >>= 1;", "  }", "}"]

    def softmax(self, a):
        m, s, i = self.fresh("m"), self.fresh("s"), self.fresh("i")
        return ["{", f"  {a.elem} {m} = {a.text}[0];", f"  for (int {i} = 1; {i} < {a.n}; ++{i})",
                f"    {m} = std::max({m}, {a.text}[{i}]);", f"  real {s} = 0.0;", f"  for (int {i} = 0; {i} < {a.n}; ++{i}) {{",
                f"    {a.text}[{i}] = std::exp({a.text}[{i}] - {m});", f"    {s} += {a.text}[{i}];", "  }",
                f"  for (int {i} = 0; {i} < {a.n}; ++{i})", f"    {a.text}[{i}] /= {s};", "}"]

    def stencil_in_place(self, a):
        i, s = self.fresh("i"), self.fresh("s")
        most, _, _ = self.bound()
        return [f"for (int {s} = 0; {s} < {most}; ++{s})", f"  for (int {i} = 1; {i} + 1 < {a.n}; ++{i})",
                f"    {a.text}[{i}] = 0.25 * {a.text}[{i} - 1] + 0.5 * {a.text}[{i}] * {a.text}[{i} + 1];"]

    def bisection(self, a):
        lo, hi, i = self.fresh("lo"), self.fresh("hi"), self.fresh("i")
        t = self.new_number()
        return [f"real {lo} = -{a.text}[0] * {a.text}[0], {hi} = 2.0;", f"for (int {i} = 0; {i} < 4; ++{i}) {{",
                f"  const real mid = 0.5 * ({lo} + {hi});", f"  if (mid * mid * mid < {a.text}[{a.n - 1}])", f"    {lo} = mid;",
                "  else", f"    {hi} = mid;", "}", f"real {t} = {lo} * {hi};"]

    def relaxation(self, a):
        x, y, i, j, k, d = (self.fresh(name) for name in ["x", "y", "i", "j", "k", "d"])
        kind = self.rng.choice(["std::vector<real> {0}({1}, {2})", "real {0}[{1}]", "std::array<real, {1}> {0}"])
        first, second = kind.format(x, a.n, self.leaf()), kind.format(y, a.n, "0.0")
        term = self.rng.choice([f"{x}[{j}]", f"{x}[{j}] * {x}[{a.n} - 1 - {j}]", f"std::sin({x}[{j}] - {x}[{i}])"])
        factor = self.rng.choice([f"0.2 * {a.text}[{j}]", f"0.1 * std::cos({a.text}[({i} + {j}) % {a.n}])"])
        change = f"({y}[{i}] - {x}[{i}])"
        updates = [f"for (int {i} = 0; {i} < {a.n}; ++{i}) {x}[{i}] = {y}[{i}] * {x}[{i}];"]
        updates += [f"{x} = {y};"] if "std" in kind else []
        update = self.rng.choice(updates + ([f"std::swap({x}, {y});"] if "vector" in kind else []))
        between = self.rng.choice(["", f"{x}[0] *= 0.5;"])
        lines = ["{", f"  {first};", f"  {second};", f"  for (int {i} = 0; {i} < {a.n}; ++{i})", f"    {x}[{i}] = 0.1 * {i};"]
        return lines + [f"  for (int {k} = 0;; ++{k}) {{", f"    real {d} = 0.0;", f"    for (int {i} = 0; {i} < {a.n}; ++{i}) {{",
                        f"      {y}[{i}] = 0.5 * {a.text}[{i}];", f"      for (int {j} = 0; {j} < {a.n}; ++{j})",
                        f"        {y}[{i}] += {factor} * {term};", f"      {d} += {change} * {change};", "    }",
                        f"    {between}", f"    for (int {i} = 0; {i} < {a.n}; ++{i})", f"      {d} += 0.01 * {x}[{i}] * {y}[{i}];",
                        f"    {update}", f"    if ({d} < 0.05 || {k} > 3)", "      break;", "  }",
                        f"  {a.text}[0] += {x}[{a.n} - 1] * {y}[0];", "}"]

    def layers(self, a):
        h, g, i, j, k = (self.fresh(name) for name in ["h", "g", "i", "j", "k"])
        most, _, _ = self.bound()
        size = self.rng.choice([f"{h}.size() + 1", f"{k} % 3 + 1", "2"])
        update = self.rng.choice([f"{h} = {g};", f"{h} = std::move({g});"])
        between = self.rng.choice(["", f"{h}[0] *= 0.5;", f"{h}.push_back(0.5 * {g}[0]);", f"{h}.pop_back();"])
        if "pop" in between:
            between = f"if ({h}.size() > 1) {between}"
        again = [f"    for (std::size_t {i} = 0; {i} < {g}.size(); ++{i})", f"      for (std::size_t {j} = 0; {j} < {h}.size(); ++{j})",
                 f"        {g}[{i}] += 0.1 * {h}[{j}] * {h}[0];"]
        return ["{", f"  std::vector<real> {h}({a.n}, {self.leaf()});", f"  for (int {k} = 0; {k} < {most}; ++{k}) {{",
                f"    std::vector<real> {g}({size});", f"    for (std::size_t {i} = 0; {i} < {g}.size(); ++{i})",
                f"      for (std::size_t {j} = 0; {j} < {h}.size(); ++{j})",
                f"        {g}[{i}] += 0.3 * std::sin({a.text}[({i} + {j}) % {a.n}] * {h}[{j}]);", f"    {between}",
                *(again if self.chance(0.5) else []), f"    {update}", "  }", f"  {a.text}[{a.n} - 1] += {h}[0] * {h}.back();", "}"]

    def ring(self, a):
        i, h = self.fresh("i"), self.fresh("head")
        most, _, _ = self.bound()
        return ["{", f"  int {h} = 0;", f"  for (int {i} = 0; {i} < {most} + 2; ++{i}) {{",
                f"    {a.text}[{h}] = std::sin({a.text}[({h} + 1) % {a.n}] + {self.leaf()});", f"    {h} = ({h} + 1) % {a.n};", "  }", "}"]

    def stencil(self, a):
        """From one array to another, with neighbours at some distances, as often as is known when it runs."""
        rng, u, y, n, i = self.rng, self.fresh("u"), self.fresh("y"), self.fresh("n"), self.fresh("i")
        most, _, _ = self.bound()
        factor = self.leaf()
        t = self.new_number()
        kind = rng.choice(["int", "int", "unsigned", "std::size_t"])
        first, shifts = rng.randint(3, 5), rng.sample(range(-3, 4), rng.randint(2, 4))
        factors = [rng.choice(["2.0", "0.5", "-1.0", factor, f"{u}[0]"]) for _ in shifts]
        terms = " + ".join(f"{f} * {u}[{i} + {d}]" if d >= 0 else f"{f} * {u}[{i} - {-d}]"
                           for f, d in zip(factors, shifts))
        end = f"{n} + {first}"
        headers = [f"{kind} {i} = {first}; {i} < {end}; ++{i}", f"{kind} {i} = {first}; {i} <= {end}; ++{i}"]
        if kind == "int":
            headers += [f"int {i} = {end}; {i} >= {first}; --{i}", f"int {i} = {end}; {i} > {first}; --{i}"]
        lines = [f"real {u}[18] = {{}}, {y}[18] = {{}};", f"for (int {i} = 0; {i} < 18; ++{i}) {{",
                 f"  {u}[{i}] = {a.text}[{i} % {a.n}] * (0.25 + 0.125 * {i});", "}",
                 f"const {kind} {n} = {most} > 0 ? {most} + {rng.randint(0, 3)} : 0;", f"for ({rng.choice(headers)}) {{",
                 f"  {y}[{i}] {rng.choice(['=', '=', '+=', '-='])} {terms};"]
        if self.chance(0.3):
            lines.append(f"  {u}[{i} - 3] {rng.choice(['=', '+='])} 0.5 * {u}[{i}];")
        if self.chance(0.3):
            lines.append(f"  {y}[{i} - 1] += 0.25 * {u}[{i} + 1];")
        return [*lines, "}", f"real {t} = 0.0;", f"for (int {i} = 0; {i} < 18; ++{i})",
                f"  {t} += {y}[{i}] * {u}[{i}] * (1.0 + 0.5 * {i});"]
