// RUN: %check-values %s
// A parameter or variable may have the name of its type; the derivative still names the type.
#include "Inputs/named-as-types.h"
#include <cstdlib>

// CHECK-VALUES: product wrt=mem,y at=({{2, 3}}, 1.5)
double product(mem *mem, double y) { return mem->x * mem->y * y; }

// CHECK-VALUES: copied wrt=mem,y at=({2, 3}, 1.5)
double copied(const struct mem &mem, double y) {
  struct mem other = mem;
  other.x *= mem.y;
  return other.x * mem.y * y;
}

// CHECK-VALUES: local wrt=y at=(3)
double local(double y) {
  mem mem{y, y * y};
  mem.x *= mem.y;
  return mem.x * mem.y;
}

// CHECK-VALUES: chosen wrt=kind at=(0.5, 3),(2, 3)
double chosen(double kind, double y) {
  enum kind k = kind < 1 ? one : two;
  return k == one ? kind * y : kind * kind;
}

// CHECK-VALUES: named wrt=real,y at=(2, 3)
double named(real real, double y) { return real * y; }

// CHECK-VALUES: changed wrt=real,y at=(2, 3)
double changed(real *real, double y) { return *real *= y; }

// What cannot be negative is compared with nothing.
// CHECK-VALUES: scaled wrt=x at=(2, 3)
double scaled(double x, unsigned char n) { return x * std::abs(n); }
