#!/usr/bin/env python3
"""Stands in for adgen in the harness's own test: writes a derivative with a chosen fault.

usage: fake_adgen.py FAULT FILE.cpp --function product --wrt x,y --mode M [--with-value]
       [--suffix S] -o OUT.cpp -- …

The function is `double product(double x, double y) { return x * x * y; }`.
"""
import pathlib
import sys

FAULTS = {
    "none": {},
    "factor": {"dx": "x * y * seed"},
    "small-error": {"dx": "2.0000001 * x * y * seed"},
    "seed-forgotten": {"dx": "2 * x * y"},
    "seed-added": {"dy": "x * x * seed + 0 * y + (seed == 1 ? 0 : 1e-9)"},
    "tangent": {"dot": "2 * x * y * x_dot - x * x * y_dot"},
    "tangent-of-one": {"dot": "2 * x * y * x_dot"},
    "value": {"value": "y * x * x * (1 + 1e-15)"},
    "value-beside-gradient": {"valued": "x * y"},
    "state": {"dx": "2 * x * y * seed + calls++", "before": "static double calls = 0;"},
    "overrun": {"dx": "2 * x * y * seed + 0 * tape[index]",
                "before": "double tape[2] = {0, 0}; volatile int index = 2;"},
    "warning": {"before": "int unused;"},
    "swapped": {"dx": "x * x * seed", "dy": "2 * x * y * seed"},
    "float": {"member": "float", "dx": "float(2 * x * y * seed)"},
    "header": {"guard": "std::size_t hidden();"},
}


def main():
    fault = FAULTS[sys.argv[1]]
    arguments = sys.argv[2:]
    suffix = arguments[arguments.index("--suffix") + 1] if "--suffix" in arguments else ""
    out = pathlib.Path(arguments[arguments.index("-o") + 1])
    valued = "--with-value" in arguments
    member = "double" if valued else fault.get("member", "double")
    header = [fault.get("guard", ""),
              f"struct product_gradient{suffix} {{ {'double value; ' if valued else ''}"
              f"{member} x; double y; }};",
              f"product_gradient{suffix} product_grad{suffix}"
              "(double x, double y, double seed = 1.0);"]
    source = [f'#include "{out.stem}.h"',
              f"product_gradient{suffix} product_grad{suffix}(double x, double y, double seed) {{",
              fault.get("before", "") if not valued else "",
              f"  return {{{fault.get('valued', 'x * x * y') + ', ' if valued else ''}"
              f"{fault.get('dx', '2 * x * y * seed') if not valued else '2 * x * y * seed'}, "
              f"{fault.get('dy', 'x * x * seed')}}};", "}"]
    if not valued:
        header += [f"struct product_dual{suffix} {{ double value; double dot; }};",
                   f"product_dual{suffix} product_jvp{suffix}(double x, double y, double x_dot, double y_dot);"]
        source += [f"product_dual{suffix} product_jvp{suffix}(double x, double y, double x_dot,"
                   " [[maybe_unused]] double y_dot) {",
                   f"  return {{{fault.get('value', 'x * x * y')}, "
                   f"{fault.get('dot', '2 * x * y * x_dot + x * x * y_dot')}}};", "}"]
    out.with_suffix(".h").write_text("#pragma once\n" + "\n".join(header) + "\n")
    out.write_text("\n".join(source) + "\n")


if __name__ == "__main__":
    main()
