#!/usr/bin/env python3
"""Writes functions of every construct in random combination, with CHECK-VALUES lines.

usage: random_programs.py SEED COUNT [--calls] > FILE.cpp

With --calls each function has callees of its own (random_callees.py): by value and by reference, with
loops, early returns and bounded recursion, called wherever an expression or a statement may stand; half
of the functions take y by reference or pointer.

The same seed gives the same programs. They end, they have no undefined behaviour, and their values
stay small; points at kinks are left out by the harness (`smooth=1`).
"""
import random
import re
import sys

from random_callees import CalleeFamily

NAMES = ["a", "b", "c", "d", "r", "s", "t", "u"]


class Program:
    """One function under construction."""

    def __init__(self, rng, callees=None, parameters=None):
        self.rng = rng
        self.callees = callees
        self.scopes = [dict(parameters or {"x": "double", "y": "double", "n": "int"})]
        self.loops = 0
        self.switches = 0
        self.depth = 0
        self.counter = 0
        self.size = 0
        self.limit = rng.choice([5, 10, 20])

    def pick(self, *choices):
        return self.rng.choice(choices)()

    def visible(self, kind):
        found = {}
        for scope in self.scopes:
            found.update(scope)
        return [name for name, k in found.items() if k == kind]

    # Expressions.

    def literal(self):
        return self.rng.choice(["0.5", "1", "2", "0.25", "1.5", "(-1)", "3", "0.1", "(-0.75)"])

    def real_leaf(self):
        if self.rng.random() < 0.75:
            return self.rng.choice(self.visible("double"))
        return self.literal()

    def integer(self):
        names = self.visible("int") + self.visible("const int")
        name = self.rng.choice(names)
        return self.rng.choice([name, name, f"({name} + 1)", f"{name} % 3", f"({name} - 2)", "2"])

    def real(self, depth=3):
        if depth == 0 or self.rng.random() < 0.2:
            return self.real_leaf()
        if self.callees and self.rng.random() < 0.15:
            return self.callees.value_call(self, depth)
        a, b = self.real(depth - 1), self.real(depth - 1)
        rng = self.rng.random()
        if rng < 0.45:
            return f"({a} {self.rng.choice('+-*')} {b})"
        if rng < 0.55:
            return f"{a} / (1 + {b} * {b})".join("()")
        if rng < 0.8:
            f = self.rng.choice(["std::sin", "std::cos", "std::tanh", "std::atan", "std::fabs"])
            return f"{f}({a})"
        if rng < 0.88:
            f = self.rng.choice(["std::sqrt(1 + {0} * {0})", "std::log(2 + {0} * {0})",
                                 "std::exp(-std::fabs({0}))", "std::max<double>({0}, {1})",
                                 "std::min<double>({0}, {1})", "-({0})", "std::hypot({0}, 1 + {1})"])
            return f.format(a, b)
        if rng < 0.94:
            return f"({self.condition(1)} ? {a} : {b})"
        return f"({self.integer()} * {a})"

    def condition(self, depth=2):
        rng = self.rng.random()
        if depth > 0 and rng < 0.25:
            sign = self.rng.choice(["&&", "||"])
            return f"({self.condition(depth - 1)} {sign} {self.condition(depth - 1)})"
        if depth > 0 and rng < 0.3:
            return f"!({self.condition(depth - 1)})"
        side = self.integer if rng < 0.5 else lambda: self.real(1)
        left, right = side(), side()
        if left == right:  # compilers warn, of the user's code as of ours
            right = "1"
        return f"{left} {self.rng.choice('<>')} {right}"

    def effect(self):
        """A condition with a side effect, to stand alone in an `if` or `while`."""
        name = self.rng.choice(self.visible("double"))
        update = self.rng.choice([f"({name} = {self.small()})", f"++{name}", f"({name} *= 0.5)"])
        first = self.rng.choice(["", f"{self.condition(0)} && ", f"{self.condition(0)} || "])
        return f"{first}{update} {self.rng.choice('<>')} {self.literal()}"

    def small(self):
        """An expression whose value stays small however often it is assigned."""
        e = self.real()
        return self.rng.choice(["std::sin({})", "2 * std::tanh({})", "({}) / 3", "std::atan({})"]
                               if self.loops else ["{}", "std::sin({})"]).format(e)

    # Statements, as lists of lines.

    def declare(self):
        name = self.rng.choice(NAMES)
        value = self.real()
        if name in self.scopes[-1] or re.search(rf"\b{name}\b", value):
            return self.assign()  # a variable's own initializer must not read it
        lines = [f"double {name} = {value};"]
        if self.rng.random() < 0.2:
            extra = f"k{self.counter}"
            self.counter += 1
            lines.append(f"int {extra} = {self.integer()};")
            self.scopes[-1][extra] = "int"
        self.scopes[-1][name] = "double"
        return lines

    def assign(self):
        names = self.visible("double")
        name, other = self.rng.choice(names), self.rng.choice(names)
        form = self.rng.choice(["{0} = {2};", "{0} = {2};", "{0} += {2};", "{0} -= {2};",
                                "{0} *= {2};", "{0} /= 1 + {1} * {1};", "{0} = {1} = {2};",
                                "{0} += {1} = {2};", "++{0};", "{0}--;",
                                "{0} = {1}++ * 0.5;", "{0} *= {1} -= {2};"])
        return [form.format(name, other, self.small())]

    def assign_integer(self):
        name = self.rng.choice(self.visible("int"))
        return [f"{name} = ({name} + {self.rng.randint(1, 3)}) % 4;"]

    def block(self, most=4):
        self.scopes.append({})
        self.depth += 1
        lines = []
        for _ in range(self.rng.randint(1, most)):
            lines += self.statement()
        if self.rng.random() < 0.25 and (self.loops or self.depth == 1):
            lines += self.leave()
        self.depth -= 1
        self.scopes.pop()
        return ["  " + line for line in lines]

    def leave(self):
        forms = [f"return {self.real()};"]
        if self.loops:
            forms += ["break;", "continue;", "continue;", "break;"]
        return [f"if ({self.condition()})", "  " + self.rng.choice(forms)]

    def branch(self):
        condition = self.effect() if self.rng.random() < 0.2 else self.condition()
        lines = [f"if ({condition}) {{", *self.block(), "}"]
        if self.rng.random() < 0.5:
            lines[-1] = "} else {"
            lines += [*self.block(), "}"]
        return lines

    def counted(self):
        name = f"i{self.counter}"
        self.counter += 1
        most = self.rng.choice(["n", "3", "n + 1", "2"])
        head = self.rng.choice([
            f"int {name} = 0; {name} < {most}; ++{name}", f"int {name} = 1; {name} <= {most}; {name}++",
            f"int {name} = {most}; {name} > 0; --{name}", f"int {name} = 0; {name} < {most}; {name} += 2",
            f"int {name} = {most}; {name}-- > 0;", f"unsigned {name} = 3; {name} > 0; --{name}",
            f"int {name} = -2; {name} != 1; ++{name}"])
        self.scopes.append({name: "const int"})
        self.loops += 1
        lines = [f"for ({head}) {{", *self.block(), "}"]
        self.loops -= 1
        self.scopes.pop()
        return lines

    def guarded(self):
        guard = f"g{self.counter}"
        self.counter += 1
        condition = self.effect() if self.rng.random() < 0.4 else self.condition()
        self.scopes.append({guard: "const int"})
        self.loops += 1
        body = self.block()
        self.loops -= 1
        self.scopes.pop()
        if self.rng.random() < 0.5:
            return [f"for (int {guard} = 0; {guard}++ < 4 && ({condition});) {{", *body, "}"]
        return ["{", f"  int {guard} = 0;",
                *("  " + line for line in ["do {", *body, f"}} while (++{guard} < 4 && ({condition}));"]),
                "}"]

    def floating(self):
        self.scopes.append({"time": "double"})
        self.loops += 1
        # The body sees the counter but does not assign to it: the loop has to end.
        body = self.block()
        self.loops -= 1
        self.scopes.pop()
        return ["for (double clock = 0; clock < 1; clock += 0.3) {", "  double time = clock;",
                *body, "}"]

    def switch(self):
        labels = self.rng.sample(["case 0:", "case 1:", "case 2:", "case -1:", "default:"],
                                 self.rng.randint(2, 4))
        lines = [f"switch (static_cast<int>({self.integer()})) {{"]
        for label in labels:
            lines.append(label + " {")
            self.scopes.append({})
            self.depth += 1
            for _ in range(self.rng.randint(1, 2)):
                lines += ["  " + line for line in self.statement()]
            self.depth -= 1
            self.scopes.pop()
            lines.append("}")
            lines += self.rng.choice([["  break;"], ["  break;"], [],
                                      ["  continue;"] if self.loops else ["  break;"]])
        return lines + ["}"]

    def statement(self):
        self.size += 1
        if self.callees and self.rng.random() < 0.25:
            return self.callees.call_statement(self)
        if self.depth > 3 or self.size > self.limit:
            return self.assign()
        return self.pick(*[self.declare] * 4, *[self.assign] * 6, self.assign_integer,
                         *[self.branch] * 3, *[self.counted] * 2, self.guarded, self.floating,
                         self.switch, lambda: ["{", *self.block(), "}"])

    def body(self):
        """The statements of a function that returns a sum over its variables."""
        lines = self.declare()
        for _ in range(self.rng.randint(1, 5)):
            lines += self.statement()
            if self.rng.random() < 0.1:
                lines += self.leave()
        total = " + ".join(f"{v} * {v}" if i % 2 else v
                           for i, v in enumerate(self.visible("double")))
        return lines + [f"return {total};"]

    def text(self, name):
        body = "\n".join("  " + line for line in self.body())
        return f"double {name}(double x, double y, int n) {{\n{body}\n}}\n"


def with_callees(rng, i):
    """A function and its callees; their parameters and the requested one's place are in the text."""
    callees = CalleeFamily(rng, i, Program)
    program = Program(rng, callees)
    kind = rng.choice(["double y", "double y", "double &y", "double *y"])
    body = ["  " + line for line in program.body()]
    if "*" in kind:
        body = [re.sub(r"\by\b", "(*y)", line) for line in body]
    return "\n".join([callees.text(), f"double program{i}(double x, {kind}, int n) {{", *body, "}", ""])


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    calls = "--calls" in sys.argv
    print("#include <algorithm>\n#include <cmath>\n")
    for i in range(count):
        rng = random.Random(seed * 1000 + i)
        points = ",".join(f"({rng.uniform(-2, 2):.3f}, {rng.uniform(-2, 2):.3f}, {rng.randint(0, 4)})"
                          for _ in range(5))
        # A float in a callee limits what the whole is known to.
        precision = "1e3 precision=float" if calls and i % 4 == 3 else "1e6"
        print(f"// CHECK-VALUES: program{i} wrt=x,y at={points} smooth=1 roundings={precision}")
        print(with_callees(rng, i) if calls else Program(rng).text(f"program{i}"))


if __name__ == "__main__":
    main()
