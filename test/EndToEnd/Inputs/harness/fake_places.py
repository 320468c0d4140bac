#!/usr/bin/env python3
"""Stands in for adgen in the harness's own test: derivatives of places.cpp with a chosen fault.

usage: fake_places.py FAULT FILE.cpp --function F --wrt … --mode M [--with-value] [--suffix S] \
       -o OUT.cpp -- …
"""
import pathlib
import sys

PLACES_GRAD = """
{G} places_grad{S}(double x, const double &a, double &y, double *z, int &count, double &a_bar,
                   double &y_bar, double *z_bar, double seed) {{
  {state}
  const double y0 = y, w = y_bar + seed;
  const double s = seed;
  const double value = x * a * y + a * x + y * y;
  const double x_bar = s * a * y0 + w * a + *z_bar * std::cos(x);
  a_bar {a_adds} s * x * y0 + w * x;
  y_bar {y_is} s * x * a + w * 2 * y0;
  *z_bar = {z_is};
  y = {y_left};
  *z = std::sin(x);
  {counts}
  (void)value;
  return {result};
}}
"""

PLACES_JVP = """
places_dual{S} places_jvp{S}(double x, const double &a, double &y, double *z, int &count, double x_dot,
                             {a_dot_type} a_dot, double &y_dot, double *z_dot) {{
  const double r = x * a * y;
  const double r_dot = x_dot * a * y + x * a_dot * y + x * a * y_dot;
  y_dot = a_dot * x + a * x_dot {y_dot_term};
  y = a * x + y * y;
  *z_dot {z_dot_is} x_dot * std::cos(x);
  *z = std::sin(x);
  ++count;
  return {{r + y, r_dot + y_dot}};
}}
"""

CROSSED = """
void crossed_grad{S}(double &y, double *z, double &y_bar, double *z_bar) {{
  const double z0 = *z;
  y += *z * *z;
  const double z1 = *z, y1 = y;
  *z *= y;
  {crossed}
}}
void crossed_jvp{S}(double &y, double *z, double &y_dot, double *z_dot) {{
  y_dot += 2 * *z * *z_dot;
  y += *z * *z;
  const double product_dot = *z_dot * y + *z * y_dot;
  *z_dot = product_dot;
  *z *= y;
}}
"""

RIGHT = {
    "state": "", "a_adds": "+=", "y_is": "=", "z_is": "0", "y_left": "a * x + y0 * y0", "counts": "++count;",
    "a_dot_type": "const double &", "y_dot_term": "+ 2 * y * y_dot", "z_dot_is": "=",
    # The statements backwards; `+=` throughout, so that one variable may be both.
    "crossed": "const double w = *z_bar; *z_bar = 0; *z_bar += w * y1; y_bar += w * z1;"
               " *z_bar += 2 * z0 * y_bar;",
}

FAULTS = {
    "none": {},
    "input-assigned": {"a_adds": "="},
    "output-accumulated": {"y_is": "+="},
    "output-kept": {"z_is": "*z_bar"},
    "place-restored": {"y_left": "y0"},
    "counts-twice": {"counts": "count += 2;"},
    "counts-never": {"counts": "(void)count;"},
    "state": {"state": "static double calls = 0; y_bar += calls++;"},
    "tangent-of-place": {"y_dot_term": "+ y * y_dot"},
    "tangent-added": {"z_dot_is": "+="},
    "type": {"a_dot_type": "double &"},
    # Right unless y and z are one variable.
    "alias": {"crossed": "const double w = *z_bar; const double v = y_bar + w * z1;"
                         " *z_bar = w * y1 + 2 * z0 * v; y_bar = v;"},
}


def main():
    arguments = sys.argv[2:]
    option = dict(zip(arguments, arguments[1:]))
    valued = "--with-value" in arguments
    suffix = option.get("--suffix", "")
    fields = {**RIGHT, **FAULTS[sys.argv[1]], "S": suffix}
    out = pathlib.Path(option["-o"])
    header, source = [], "#include <cmath>\n"
    if option["--function"] == "places":
        fields["G"] = f"places_gradient{suffix}" if valued else "double"
        fields["result"] = "{value, x_bar}" if valued else "x_bar"
        templates = [PLACES_GRAD] if valued else [PLACES_GRAD, PLACES_JVP]
        header = [f"struct places_gradient{suffix} {{ double value, x; }};",
                  f"struct places_dual{suffix} {{ double value, dot; }};"]
    else:
        templates = [CROSSED]
    for template in templates:
        text = template.format(**fields)
        source += text
        for line in text.replace(",\n", ",").splitlines():
            if line.endswith("{") and line[0] != " ":
                seeded = line.replace("double seed)", "double seed = 1)")
                header.append(seeded[:-1] + ";")
    out.with_suffix(".h").write_text("#pragma once\n" + "\n".join(header) + "\n")
    out.write_text(f'#include "{out.stem}.h"\n{source}')


if __name__ == "__main__":
    main()
