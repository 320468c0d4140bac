"""One random program: a function, its structs and helpers, its parameters and the points to check.

A program is written from its themes: a few groups of constructs, so that it is small and what fails
points at its cause. `make_program(seed, number, options)` is a function of its arguments alone.
"""
import random
import re

from body import Body, Var
from calls import Calls
from classes import Classes
from containers import Containers
from control import Control
from idioms import Idioms
from kernels import Kernels
from lambdas import Lambdas
from memory import Memory
from objects import Objects
from oddities import Oddities
from parameters import PointingParameters
from rules import Rules
from structures import Structures

# Themes and their weights.
THEMES = {
    "exits": 10, "while": 8, "effects": 9, "switch": 5, "integers": 8, "choices": 5, "mixed": 8,
    "self": 4, "arrays": 10, "references": 8, "pointers": 9, "matrices": 6, "gather": 6, "swaps": 5,
    "vectors": 10, "algorithms": 7, "objects": 9, "methods": 6, "helpers": 9, "memory helpers": 9,
    "recursion": 7, "lambdas": 8, "kernels": 8, "iterators": 5, "tuples": 4,
    "shadowing": 4, "headers": 7, "singular": 5, "tables": 5, "states": 6, "results": 5, "views": 5,
    "classes": 4, "functions": 5, "rules": 8,
    "null pointers": 5, "two objects": 5, "lists": 5, "trees": 3, "rows": 3, "inactive": 4,
    "nested vectors": 4, "idioms": 6, "templates": 5, "library": 3,
}
# Which themes are of no use without another.
NEEDS = {"gather": "arrays", "tables": "arrays", "views": "arrays", "shadowing": "exits", "functions": "exits", "iterators": "vectors", "algorithms": "arrays", "methods": "objects",
         "two objects": "objects", "nested vectors": "vectors", "idioms": "arrays"}

TYPE_NAMES = {"real": "double", "real32": "float", "realL": "long double", "inert": "ADGEN_INACTIVE double"}


def plain(text):
    """The text that adgen reads."""
    return re.sub(r"\b(real32|realL|real|inert)\b", lambda m: TYPE_NAMES[m.group(1)], text)


class FunctionBody(Rules, Structures, Idioms, Oddities, Classes, Calls, Lambdas, Kernels, Objects, Containers, Memory, Control, Body):
    """A function with all constructs."""


class Parameter:
    """A parameter: its declaration, and what the checks need to make an argument for it."""

    def __init__(self, name, declaration, member, argument, differentiable="value", shape="", leaves=""):
        self.name = name
        self.declaration = declaration
        self.member = member          # declares what holds the argument
        self.argument = argument      # expression of the argument, with {o} before members
        self.differentiable = differentiable  # value, handle or none
        self.shape = shape            # code that sets sizes and integers from `numbers`
        self.leaves = leaves
        self.passive = False          # no derivative is asked for
        self.by_value = differentiable == "value"
        self.cleared = name           # what is set to zero first
        self.leads_on = False         # to memory that may be written, whatever is const of itself

    def may_be_passive(self):
        """Whether there is no adjoint of it if --wrt does not name it, and no other argument overlaps it."""
        is_const = self.differentiable == "value" or "const " in self.declaration
        return self.differentiable != "none" and bool(self.leaves) and is_const and not self.leads_on


class Program(PointingParameters):
    """The program and what it is made of."""

    def __init__(self, seed, number, themes=None):
        self.rng = random.Random(f"{seed}:{number}")
        self.number = number
        self.name = f"prog{number}"
        self.themes = set(themes) if themes else self.choose_themes()
        self.tags = set(self.themes)
        self.counter = 0
        self.structs = []
        self.helpers = []
        self.helper_lines = []
        self.type_lines = []
        # Helpers with derivatives by hand: their text in types.h, programs.cpp, main.cpp and with dual numbers.
        self.rules, self.idioms = [], []
        self.header_rules, self.source_rules, self.main_rules, self.dual_rules = [], [], [], []
        self.parameters = []
        # Types of lists and trees; lists that another parameter may lead into.
        self.nodes, self.lists = [], []
        self.shape_numbers = []
        self.pool = {}
        self.aliases = []
        self.result = "real"
        self.write()

    def __getstate__(self):
        """What is needed of a program that is written: not how to call its helpers."""
        return {**self.__dict__, "rules": [], "idioms": []}

    def choose_themes(self):
        names, weights = list(THEMES), list(THEMES.values())
        chosen = set(self.rng.choices(names, weights, k=self.rng.choice([1, 2, 2, 3, 3, 4])))
        for name in sorted(chosen):
            if name in NEEDS:
                chosen.add(NEEDS[name])
        return chosen

    def fresh(self, stem):
        self.counter += 1
        return f"{stem}{self.counter}"

    # The requested function.

    def write(self):
        rng = self.rng
        body = FunctionBody(self, budget=rng.choice([3, 5, 8, 12, 18]))
        self.result = rng.choice(["real"] * 6 + ["void"] * 2)
        if "mixed" in self.themes and rng.random() < 0.3:
            self.result = rng.choice(["real32", "realL"])
        if "results" in self.themes:
            self.choose_result(body)
        body.result = self.result
        body.prepare()
        self.write_parameters(body)
        if self.result == "void" and not any(p.differentiable == "handle" and "const " not in p.declaration
                                             for p in self.parameters):
            self.result = body.result = "real"
        self.choose_wrt()
        lines = body.lines(1, 5)
        head = ", ".join(p.declaration for p in self.parameters)
        self.text = "\n".join([f"{self.result} {self.name}({head}) {{", *("  " + s for s in lines), "}", ""])
        self.points = self.make_points()

    def choose_wrt(self):
        """Some functions are differentiated by some of their parameters."""
        found = [p for p in self.parameters if p.may_be_passive()]
        others = [p for p in self.parameters if p.differentiable != "none" and p not in found]
        if not found or self.rng.random() > 0.3:
            return
        for p in found:
            p.passive = self.rng.random() < 0.5
        if not others and all(p.passive for p in found):
            found[0].passive = False
        if any(p.passive for p in found):
            self.tags.add("some parameters only")

    def annotations(self):
        """What adgen is asked for."""
        names = ""
        if any(p.passive for p in self.parameters):
            names = ", ".join(f'"{p.name}"' for p in self.parameters if p.differentiable != "none" and not p.passive)
        return f"ADGEN_GRAD({names})\nADGEN_JVP({names})\n"

    def choose_result(self, body):
        """A function that returns an object."""
        kind = self.rng.choice(["struct", "array", "vector"])
        body.tag(f"returns {'a' if kind != 'array' else 'an'} {kind}")
        if kind == "struct":
            struct = body.a_struct()
            self.result = struct.name
            body.leaves = lambda b: f"return {struct.name}{b.initial(struct)};"
            if struct.has_vectors() or struct.integers():
                self.result = "real"
                body.leaves = None
        elif kind == "array":
            n = self.rng.randint(2, 3)
            self.result = f"std::array<real, {n}>"
            body.leaves = lambda b: "return {" + ", ".join(f"static_cast<real>({b.total()})" for _ in range(n)) + "};"
        else:
            self.result = "std::vector<real>"
            body.leaves = lambda b: "return {" + ", ".join(f"static_cast<real>({b.total()})" for _ in range(2)) + "};"

    def write_parameters(self, body):
        rng = self.rng
        makers = [(6, self.number_value), (3, self.count), (2, self.number_reference)]
        if self.themes & {"arrays", "pointers", "gather", "algorithms", "kernels", "memory helpers", "recursion"}:
            makers += [(8, self.pointer), (2, self.array_reference), (1, self.standard_array)]
        if "pointers" in self.themes:
            makers += [(2, self.number_pointer)]
        if self.themes & {"vectors", "algorithms", "iterators"}:
            makers += [(8, self.vector), (2, self.span)]
        if "matrices" in self.themes:
            makers += [(4, self.matrix)]
        if "gather" in self.themes:
            makers += [(4, self.indices)]
        if "views" in self.themes:
            makers += [(8, self.view)]
        if "objects" in self.themes:
            makers += [(8, self.object)]
        makers += self.more_parameters()
        self.number_value(body)
        for _ in range(rng.choice([1, 2, 2, 3, 3, 4])):
            body.weighted(makers)(body)
        rng.shuffle(self.parameters)

    def number_value(self, body):
        name = self.fresh("x")
        elem = self.rng.choice(["real", "real32", "realL"]) if "mixed" in self.themes else "real"
        const = self.rng.random() < 0.15
        body.add(Var(name, "num", elem, mutable=not const))
        self.parameters.append(Parameter(name, f"{'const ' if const else ''}{elem} {name}", f"{elem} {name};",
                                         f"{{o}}{name}", leaves=f"l({name});"))

    def shape_number(self, values):
        """An integer of each point; its place in the list."""
        self.shape_numbers.append(values)
        return f"numbers[{len(self.shape_numbers) - 1}]"

    def count(self, body):
        name = self.fresh("n")
        const = self.rng.random() < 0.5
        body.add(Var(name, "int", mutable=not const, lo=0, hi=4))
        at = self.shape_number([0, 1, 2, 3, 4, 3, 4])
        self.parameters.append(Parameter(name, f"{'const ' if const else ''}int {name}", f"int {name};",
                                         f"{{o}}{name}", "none", f"{name} = {at};", ""))

    def slot(self, elem, length, name):
        """Memory for a pointer or reference, in the pool of its type; where it begins at each point."""
        begin = self.pool.get(elem, 0)
        self.pool[elem] = begin + length + 1
        offset = self.fresh("at")
        self.aliases.append((offset, elem, begin, length))
        return offset

    def number_reference(self, body):
        name = self.fresh("x")
        elem = self.rng.choice(["real", "real", "real32"]) if "mixed" in self.themes else "real"
        const = self.rng.random() < 0.3
        restrict = self.rng.choice(["", " __restrict "]) if not const else ""
        offset = self.slot(elem, 1, name)
        body.add(Var(name, "num", elem, mutable=not const))
        text = f"{'const ' if const else ''}{elem} &{restrict}{name}"
        self.parameters.append(Parameter(name, text, f"int {offset};", f"{{o}}pool_{elem}[{{o}}{offset}]",
                                         "handle", "", ""))

    def number_pointer(self, body):
        name = self.fresh("x")
        offset = self.slot("real", 1, name)
        body.add(Var(f"(*{name})", "num", "real"))
        self.parameters.append(Parameter(name, f"real *{name}", f"int {offset};",
                                         f"&{{o}}pool_real[{{o}}{offset}]", "handle"))

    def pointer(self, body):
        name, rng = self.fresh("x"), self.rng
        elem = rng.choice(["real", "real", "real32"]) if "mixed" in self.themes else "real"
        n = rng.randint(3, 6)
        const = rng.random() < 0.35
        restrict = rng.choice(["", "", "__restrict "])
        offset = self.slot(elem, n, name)
        body.add(Var(name, "arr", elem, mutable=not const, n=n, form="pointer", whole=False))
        self.parameters.append(Parameter(name, f"{'const ' if const else ''}{elem} *{restrict}{name}",
                                         f"int {offset};", f"{{o}}pool_{elem} + {{o}}{offset}", "handle"))

    def span(self, body):
        name, n = self.fresh("x"), self.rng.randint(2, 5)
        offset = self.slot("real", n, name)
        const = self.rng.random() < 0.4
        body.add(Var(name, "arr", "real", mutable=not const, n=n, form="span", whole=False))
        body.tag("std::span")
        elem = "const real" if const else "real"
        self.parameters.append(Parameter(name, f"std::span<{elem}> {name}", f"int {offset};",
                                         f"std::span<real>({{o}}pool_real + {{o}}{offset}, {n})", "handle"))

    def array_reference(self, body):
        name, n = self.fresh("x"), self.rng.randint(2, 5)
        const = self.rng.random() < 0.3
        body.add(Var(name, "arr", "real", mutable=not const, n=n, form="array", whole=False))
        self.parameters.append(Parameter(name, f"{'const ' if const else ''}real (&{name})[{n}]", f"real {name}[{n}];",
                                         f"{{o}}{name}", "handle", "", f"l({name});"))

    def standard_array(self, body):
        name, n = self.fresh("x"), self.rng.randint(2, 5)
        form = self.rng.choice(["", "&", "const &"])
        body.add(Var(name, "arr", "real", mutable=form != "const &", n=n, form="std::array"))
        text = f"{form.replace('&', '')}std::array<real, {n}> {form[-1:]}{name}"
        self.parameters.append(Parameter(name, text, f"std::array<real, {n}> {name};", f"{{o}}{name}",
                                         "handle" if form else "value", "", f"l({name});"))

    def matrix(self, body):
        name, n, m = self.fresh("x"), self.rng.randint(2, 3), self.rng.randint(2, 3)
        const = self.rng.random() < 0.3
        body.add(Var(name, "mat", mutable=not const, n=n, m=m, form="array"))
        form = self.rng.choice([f"(&{name})[{n}][{m}]", f"{name}[{n}][{m}]", f"(*{name})[{m}]"])
        self.parameters.append(Parameter(name, f"{'const ' if const else ''}real {form}", f"real {name}[{n}][{m}];",
                                         f"{{o}}{name}", "handle", "", f"l({name});"))

    def indices(self, body):
        name, rng = self.fresh("x"), self.rng
        n, m = rng.randint(3, 5), rng.randint(2, 4)
        body.add(Var(name, "iarr", n=n, m=m))
        values = " ".join(f"{name}[{i}] = {self.shape_number(list(range(m)))};" for i in range(n))
        self.parameters.append(Parameter(name, f"const int *{name}", f"int {name}[{n}];", f"{{o}}{name}", "none",
                                         values, ""))

    def vector(self, body):
        name, rng = self.fresh("x"), self.rng
        elem = rng.choice(["real", "real", "real32"]) if "mixed" in self.themes else "real"
        form = rng.choice(["", "const &", "const &", "&", "&", "&"])
        least = rng.choice([0, 2, 3])
        size = self.shape_number([least, least + 1, least + 2])
        if form != "const &" and rng.random() < 0.6:
            body.add(Var(name, "vec", elem, n=0, lo=least, form="vector"))
            body.tag("vector parameter that changes")
        elif least:
            body.add(Var(name, "arr", elem, mutable=form != "const &", n=least, form="vector", whole=False))
        else:
            body.add(Var(name, "vec", elem, n=0, mutable=form != "const &", form="vector", whole=False))
        text = f"{form.replace('&', '')}std::vector<{elem}> {form[-1:]}{name}"
        self.parameters.append(Parameter(name, text, f"std::vector<{elem}> {name};", f"{{o}}{name}",
                                         "handle" if form else "value", f"{name}.resize({size});", f"l({name});"))

    def view(self, body):
        """A struct that points to an array."""
        name, rng = self.fresh("x"), self.rng
        n = rng.randint(2, 4)
        const = rng.random() < 0.3
        type_name = f"V{self.number}_{int(const)}"
        if not any(type_name in text for text in self.type_lines):
            self.type_lines.append(f"struct {type_name} {{\n  {'const ' if const else ''}real *data;\n  int n;\n}};\n")
        body.tag("view")
        offset = self.slot("real", n, name)
        body.add(Var(f"{name}.data", "arr", mutable=not const, n=n, form="pointer", whole=False))
        body.add(Var(f"{name}.n", "int", mutable=False, lo=n, hi=n))
        form = rng.choice(["{0} {1}", "const {0} &{1}", "const {0} {1}"]).format(type_name, name)
        # The object points to the memory of its own call, also in a copy.
        member = (f"int {offset}; {type_name} {name}; {type_name} &{name}_() {{ {name}.data = pool_real + {offset}; "
                  f"{name}.n = {n}; return {name}; }}")
        self.parameters.append(Parameter(name, form, member, f"{{o}}{name}_()", "handle"))

    def object(self, body):
        struct = body.a_struct()
        name, rng = self.fresh("x"), self.rng
        form = rng.choice(["", "&", "&", "const &", "*"])
        text = f"(*{name})" if form == "*" else name
        body.add(Var(text, "obj", struct=struct, mutable=form != "const &"))
        declaration = f"{form.replace('&', '').replace('*', '')}{struct.name} {form[-1:]}{name}"
        self.parameters.append(Parameter(name, declaration, f"{struct.name} {name};",
                                         f"&{{o}}{name}" if form == "*" else f"{{o}}{name}",
                                         "handle" if form else "value",
                                         "".join(f"{name}.{field} = {self.shape_number([0, 1, 2])};"
                                                 for field in struct.integers()) +
                                         "".join(f"{name}.{field}.resize({self.shape_number([k, k + 1])});"
                                                 for field, k in struct.vectors()), f"l({name});"))

    # Points.

    def make_points(self):
        """For each point: a seed, the integers of `shape`, where pointers point."""
        rng = self.rng
        points = []
        may_overlap = not any("__restrict" in p.declaration for p in self.parameters)
        for k in range(3):
            numbers = [rng.choice(values) for values in self.shape_numbers]
            begins = {}
            for offset, elem, begin, length in self.aliases:
                if may_overlap and k > 0 and rng.random() < 0.35:
                    begin = rng.randrange(0, self.pool[elem] - length)
                    self.tags.add("overlapping arguments")
                begins[offset] = begin
            points.append([rng.randrange(1 << 30)] + numbers + [begins[o] for o, *_ in self.aliases])
        return points

    # What the batch writes.

    def function_text(self):
        return "\n".join([*self.helper_lines, self.annotations() + self.text])

    def rules_text(self, where="source"):
        """Helpers whose derivatives are written by hand; nothing of it is made smaller."""
        return "\n".join(getattr(self, f"{where}_rules"))

    def leaves_text(self):
        return "\n".join(struct.leaves_text() for struct in [*self.structs, *self.nodes])

    def call_struct(self, dual, with_value=False):
        """The struct of arguments and result."""
        fields = [p.member for p in self.parameters]
        fields += [f"{elem} pool_{elem}[{size}];" for elem, size in self.pool.items()]
        if self.result != "void":
            fields.append(f"{self.result} ret;")
        first = len(self.shape_numbers)
        shape = [p.shape for p in self.parameters if p.shape]
        shape += [f"{a[0]} = numbers[{first + i}];" for i, a in enumerate(self.aliases)]
        def leaves_of(parameters):
            return "".join(f"l.isPassive = true; {p.leaves} l.isPassive = false;" if p.passive else p.leaves
                           for p in parameters)
        by_value = leaves_of(p for p in self.parameters if p.by_value)
        others = leaves_of(p for p in self.parameters if not p.by_value)
        others += "".join(f"l(pool_{elem});" for elem in self.pool)
        arguments = ", ".join(p.argument.format(o="") for p in self.parameters)
        call = f"::{'fuzz_dual::' if dual else ''}{self.name}({arguments})"
        has_result = self.result != "void"
        name = f"Call{self.number}"
        lines = [f"struct {name} : fuzz::Call {{", "  " + " ".join(fields),
                 f"  {name}() {{ {self.zeroing()} }}",
                 f"  fuzz::Call *clone() const override {{ return new {name}(*this); }}",
                 f"  void shape([[maybe_unused]] const int *numbers) override {{ {' '.join(shape)} }}",
                 f"  void arguments(fuzz::Leaves &l) override {{ l.byValue = true; {by_value} l.byValue = false; {others} }}",
                 f"  void result([[maybe_unused]] fuzz::Leaves &l) override {{ {'l(ret);' if has_result else ''} }}",
                 f"  void run() override {{ {'ret = ' if has_result else ''}{call}; }}"]
        if not dual:
            lines += self.derivative_calls(arguments, with_value)
        return "\n".join(lines + ["};"])

    def zeroing(self):
        """Sets what is no class to zero."""
        names = [p.cleared for p in self.parameters if p.leaves]
        names += [f"pool_{elem}" for elem in self.pool]
        return " ".join(f"fuzz::clear({name});" for name in names) + (
            " fuzz::clear(ret);" if self.result != "void" else "")

    def derivative_calls(self, arguments, with_value):
        active = [p for p in self.parameters if not p.passive]
        handles = [p for p in active if p.differentiable == "handle"]
        values = [p for p in active if p.differentiable == "value"]
        shadows = [p.argument.format(o="b.") for p in handles]
        has_result = self.result != "void"
        all_arguments = ", ".join(filter(None, [arguments, *shadows, "b.ret" if has_result else ""]))
        call = f"{self.name}_grad({all_arguments})"
        if with_value and has_result:
            grad = f"auto g = {call}; ret = g.value; hasValue = true; " + " ".join(
                f"b.{p.name} = g.{p.name};" for p in values)
        elif not values:
            grad = f"{call};"
        elif len(values) == 1:
            grad = f"b.{values[0].name} = {call};"
        else:
            grad = f"auto g = {call}; " + " ".join(f"b.{p.name} = g.{p.name};" for p in values)
        tangents = [p.argument.format(o="b.") for p in active if p.differentiable != "none"]
        call = f"{self.name}_jvp({', '.join(filter(None, [arguments, *tangents]))})"
        jvp = f"auto d = {call}; ret = d.value; b.ret = d.dot;" if has_result else f"{call};"
        name = f"Call{self.number}"
        return [f"  void grad(fuzz::Call &bar) override {{ [[maybe_unused]] auto &b = static_cast<{name} &>(bar); {grad} }}",
                f"  void jvp(fuzz::Call &dot) override {{ [[maybe_unused]] auto &b = static_cast<{name} &>(dot); {jvp} }}"]
