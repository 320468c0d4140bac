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
}
print(PROGRAMS[sys.argv[1]])
