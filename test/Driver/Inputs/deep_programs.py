"""Writes a program of one kind and depth: deep_programs.py KIND DEPTH."""
import sys

n = int(sys.argv[2])
PROGRAMS = {
    "product": "double f(double x) { return " + "x * (" * n + "x" + ")" * n + "; }",
    "functions": "double g0(double x) { return x * x; }\n"
                 + "".join(f"double g{i}(double x) {{ return g{i - 1}(x) * x; }}\n" for i in range(1, n))
                 + f"double f(double x) {{ return g{n - 1}(x); }}",
    "methods": "double g0(double *x) { return x[0] * x[1]; }\n"
               + "".join(f"double g{i}(double *x) {{ x[0] *= 2; return g{i - 1}(x) * x[0]; }}\n"
                         for i in range(1, n))
               + f"double f(double *x) {{ return g{n - 1}(x); }}",
    "else-if": "double f(double x) {\n"
               + "else ".join(f"if (x < {i}) x *= {i}.5;\n" for i in range(n)) + "return x; }",
    "exits": "double f(double x) {\n"
             + "".join(f"if (x < {i}) return x * {i}.5;\n" for i in range(n)) + "return x; }",
    "if": "double f(double x) {\n" + "if (x > 0) {\n" * n + "x *= x;\n" + "}\n" * n + "return x; }",
    "choice": "double f(double x) { return "
              + "".join(f"x < {i} ? x * {i}.5 : " for i in range(n)) + "x; }",
    "parentheses": "double f(double x) { return " + "(" * n + "x * x" + ")" * n + "; }",
    "signs": "double f(double x) { return " + "- " * n + "x; }",
    "blocks": "double f(double x) { " + "{" * n + "x *= x;" + "}" * n + " return x; }",
    "loops": "double f(double x) {\n" + "for (int i = 0; i < 1; ++i) {\n" * n + "x *= 1.1;\n" + "}\n" * n
             + "return x; }",
    "sum": "double f(double x) { return " + " + ".join(["x"] * n) + "; }",
    "assignments": "double f(double x) { double y; " + "y = x = " * n + "x * 2; return y; }",
    "commas": "double f(double x) { return " + "x *= 1.1, " * n + "x; }",
    "conditions": "double f(double x) { if (" + " && ".join(f"x > {i}" for i in range(n)) + ") x *= 2; return x; }",
    "calls": "double g(double x) { return x * x; }\ndouble f(double x) { return " + "g(" * n + "x" + ")" * n + "; }",
    "casts": "double f(double x) { return " + "(double)(float)" * n + "x; }",
    "indices": "double f(double *x, int *i) { return x[" + "i[" * n + "0" + "]" * n + "]; }",
    "namespaces": "namespace a {" * n + "double f(double x) { return x * x; }" + "}" * n,
    "templates": "template <int N> double g(double x) { return g<N - 1>(x) * x; }\n"
                 + "template <> double g<0>(double x) { return x; }\n"
                 + f"double f(double x) {{ return g<{n}>(x); }}",
    "cases": "double f(double x, int n) {\nswitch (n) {\n"
             + "".join(f"case {i}: x *= {i}.5; break;\n" for i in range(n)) + "}\nreturn x; }",
    "lines": "double f(double x) {\n" + "".join(f"  x = x * 1.{i:05d} + {i};\n" for i in range(n)) + "  return x;\n}",
}
print(PROGRAMS[sys.argv[1]])
