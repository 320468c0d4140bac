// RUN: %check-values %s
// Requested functions whose parameters may be one variable.
#include <cmath>
#include <utility>

// CHECK-VALUES: crossed wrt=y,z at=(0.5, 2),(-1.5, 0.3)
// CHECK-VALUES: crossed wrt=y,z at=(0.5, _),(-1.5, _) alias=y:z
void crossed(double &y, double &z) {
  y += z * z;
  z *= y;
}

// CHECK-VALUES: read_after_write wrt=x,y at=(0.5, 2),(-1.5, 0.3)
// CHECK-VALUES: read_after_write wrt=x,y at=(0.5, _),(-1.5, _) alias=x:y
double read_after_write(const double &x, double &y) {
  double r = x * y;
  y = 3 * x + std::sin(y);
  return r * x;
}

// CHECK-VALUES: overwritten wrt=x,y at=(0.5, 2),(-1.5, 0.3)
// CHECK-VALUES: overwritten wrt=x,y at=(0.5, _),(-1.5, _) alias=x:y
void overwritten(const double *x, double *y) { *y = *x * *x; }

// CHECK-VALUES: both_read wrt=x,y at=(0.5, 2),(-1.5, 0.3)
// CHECK-VALUES: both_read wrt=x,y at=(0.5, _),(-1.5, _) alias=x:y
double both_read(const double &x, const double *y) { return x * x * *y; }

// CHECK-VALUES: of_three wrt=x,y,z at=(0.5, 2, 0.7),(-1.5, 0.3, 1.2)
// CHECK-VALUES: of_three wrt=x,y,z at=(0.5, _, 0.7),(-1.5, _, 1.2) alias=x:y
// CHECK-VALUES: of_three wrt=x,y,z at=(0.5, 2, _),(-1.5, 0.3, _) alias=y:z
// CHECK-VALUES: of_three wrt=x,y,z at=(0.5, _, _),(-1.5, _, _) alias=x:y,x:z
double of_three(double &x, double *y, double &z) {
  x = *y * z;
  *y += x;
  z -= x * *y;
  return x + *y * z;
}

// CHECK-VALUES: in_branches wrt=y,z at=(0.5, 2),(-1.5, 0.3),(3, 0.2)
// CHECK-VALUES: in_branches wrt=y,z at=(0.5, _),(-1.5, _),(3, _) alias=y:z
double in_branches(double &y, double &z) {
  if (y > 1) {
    z = y * y;
    if (z > 5)
      y -= z;
  } else {
    y = z * std::cos(y);
    return y * z;
  }
  return y + z;
}

// CHECK-VALUES: in_loops wrt=y,z at=(0.5, 0.6, 4),(-0.4, 0.3, 1),(2, 3, 0)
// CHECK-VALUES: in_loops wrt=y,z at=(0.5, _, 4),(-0.4, _, 1),(2, _, 0) alias=y:z
void in_loops(double &y, double &z, int n) {
  for (int i = 0; i < n; ++i) {
    y += 0.5 * z * y;
    z = std::sin(y) - 0.25 * z;
  }
}

// CHECK-VALUES: swapped wrt=y,z at=(0.5, 2),(-1.5, 0.3)
// CHECK-VALUES: swapped wrt=y,z at=(0.5, _),(-1.5, _) alias=y:z
void swapped(double &y, double &z) {
  double t = y;
  y = z;
  z = t * y;
}

// CHECK-VALUES: with_a_value wrt=x,y,z at=(0.3, 0.5, 2),(2, -1.5, 0.3)
// CHECK-VALUES: with_a_value wrt=x,y,z at=(0.3, 0.5, _),(2, -1.5, _) alias=y:z
double with_a_value(double x, double &y, double &z) {
  y *= x;
  x += z;
  z = x * y;
  return x * z;
}

// Not the same type: no alias.
// CHECK-VALUES: other_types wrt=x,y at=(0.5f, 2),(-1.5f, 0.25) precision=float
void other_types(float &x, double &y) {
  y += x * x;
  x *= static_cast<float>(y);
}
