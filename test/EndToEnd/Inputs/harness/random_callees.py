"""Random callees of a random program (random_programs.py --calls).

Each is a small random function itself, and may call those before it. Their values stay small, as the
program's do; recursion is bounded by a counter.
"""


class Callee:
    """A function that can be called: its name, and what kind its parameters are."""

    def __init__(self, name, kind):
        self.name = name
        self.kind = kind


class CalleeFamily:
    """The callees of one program, in the order of their definitions."""

    def __init__(self, rng, number, make_program):
        self.rng = rng
        self.callees = []
        self.lines = []
        makers = [self.plain, self.plain, self.inout, self.inout, self.recursive, self.pointer,
                  self.decision, self.mutual]
        if number % 4 == 3:
            makers += [self.single] * 4
        for k in range(rng.randint(2, 5)):
            name = f"callee{number}_{k}"
            # What a callee calls is defined before it.
            maker = rng.choice(makers)
            kind, text = maker(name, make_program)
            self.callees.append(Callee(name, kind))
            self.lines.append(text)

    def text(self):
        return "\n".join(self.lines)

    # Definitions.

    def program(self, make_program, parameters):
        program = make_program(self.rng, self if self.callees else None, parameters)
        program.limit = self.rng.choice([2, 4, 6])
        return program

    @staticmethod
    def define(head, lines):
        return "\n".join([f"{head} {{", *("  " + line for line in lines), "}", ""])

    def linkage(self):
        return self.rng.choice(["static ", "inline ", "static "])

    def bounded(self, program, lines):
        """Keeps what a body returns small: wraps its last return."""
        last = lines[-1][len("return "):-1]
        return lines[:-1] + [f"return 2 * std::tanh({last});"]

    def plain(self, name, make_program):
        program = self.program(make_program, {"x": "double", "y": "double", "n": "int"})
        lines = self.bounded(program, program.body())
        return "value", self.define(f"{self.linkage()}double {name}(double x, double y, int n)", lines)

    def single(self, name, _):
        form = self.rng.choice(["x * y + 0.5f", "std::sin(x) - y", "x / (1 + y * y)"])
        return "value", self.define(f"{self.linkage()}float {name}(float x, double y, int n)",
                                    ["if (n > 2)", "  return x;", f"return static_cast<float>({form});"])

    def inout(self, name, make_program):
        """Writes its first parameter, on some paths, and returns a value."""
        program = self.program(make_program, {"x": "double", "y": "double", "n": "int"})
        lines = self.bounded(program, program.body())
        second = self.rng.choice(["double y", "double y", "double &y"])
        kind = "inout" if "&" not in second else "inouts"
        return kind, self.define(f"{self.linkage()}double {name}(double &x, {second}, int n)",
                                 ["x = std::sin(x);", *lines])

    def pointer(self, name, make_program):
        program = self.program(make_program, {"x": "double", "y": "double", "n": "int"})
        results = " + ".join(program.visible("double"))
        update = [f"*p = std::atan({results}) + {self.rng.choice(['x', '*p', '0.5 * *p * y'])};"]
        if self.rng.random() < 0.5:
            update = [f"if ({program.condition(1)})", "  return;", *update]
        return "pointer", self.define(f"{self.linkage()}void {name}(double x, double y, int n, double *p)",
                                      ["n += 1;" if self.rng.random() < 0.3 else "(void)n;", *update])

    def recursive(self, name, make_program):
        program = self.program(make_program, {"x": "double", "y": "double", "n": "int"})
        stop, first = program.real(2), program.real(2)
        last = self.rng.choice([f"{name}(std::sin(x), y, n - 1) + x * r",
                                f"{name}(y, x / 2, n - 2) * r",
                                f"r + 0.5 * {name}(r, {name}(x, r, n - 2), n - 2)"])
        return "value", self.define(
            f"{self.linkage()}double {name}(double x, double y, int n)",
            ["if (n <= 0)", f"  return std::atan({stop});", f"double r = std::sin({first});",
             f"if ({program.condition(1)})", "  return r;", f"return std::tanh({last});"])

    def mutual(self, name, make_program):
        program = self.program(make_program, {"x": "double", "y": "double", "n": "int"})
        other = f"{name}_other"
        head = "(double x, double y, int n)"
        declaration = f"static double {other}{head};\n"
        one = self.define(f"static double {name}{head}",
                          ["if (n < 1)", f"  return std::sin({program.real(2)});",
                           f"return std::atan({other}(y, x, n - 1) * x);"])
        two = self.define(f"static double {other}{head}",
                          [f"double r = n > 3 ? x : {name}(std::cos(x), y, n - 1);",
                           f"return std::tanh({program.real(2)} - r);"])
        return "value", declaration + one + two

    def decision(self, name, make_program):
        program = self.program(make_program, {"x": "double", "y": "double", "n": "int"})
        return "decision", self.define(f"{self.linkage()}bool {name}(double x, double y, int n)",
                                       [f"return {program.condition(2)} || n > 100 * x + 100 * y;"])

    # Calls.

    def of_kind(self, *kinds):
        return [c for c in self.callees if c.kind in kinds]

    def value_call(self, program, depth):
        """An expression that calls something and writes nothing."""
        found = self.of_kind("value", "decision")
        if not found:
            return program.real_leaf()
        callee = self.rng.choice(found)
        a, b = program.real(depth - 1), program.real(depth - 1)
        call = f"{callee.name}({a}, {self.rng.choice([a, b, b])}, {program.integer()} % 5)"
        return call if callee.kind == "value" else f"({call} ? {program.real_leaf()} : {b})"

    def call_statement(self, program):
        """A statement that calls what may write its arguments, as lines."""
        found = self.of_kind("inout", "inouts", "pointer", "value")
        if not found:
            return program.assign()
        callee = self.rng.choice(found)
        reals = program.visible("double")
        target, other, result = (self.rng.choice(reals) for _ in range(3))
        count = f"{program.integer()} % 5"
        if callee.kind == "value":
            return [f"{result} = {callee.name}({target}, {target}, {count});"]
        if callee.kind == "pointer":
            value = self.rng.choice([target, other, "0.5"])
            return [f"{callee.name}({value}, {other}, {count}, &{target});"]
        call = f"{callee.name}({target}, {other}, {count})"
        if result in (target, other) or self.rng.random() < 0.3:
            return [f"{call};"]
        return self.rng.choice([[f"{result} = {call};"], [f"{result} += {call};"],
                                [f"if ({call} > {program.literal()})", f"  {result} *= 0.5;"]])
