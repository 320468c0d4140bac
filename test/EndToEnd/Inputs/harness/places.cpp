#include <cmath>
// CHECK-VALUES: places wrt=x,a,y at=(0.5, 2, 3, 9, 1),(-1.5, 0.25, 2, 0, 7)
double places(double x, const double &a, double &y, double *z, int &count) {
  double r = x * a * y;
  y = a * x + y * y;
  *z = std::sin(x);
  ++count;
  return r + y;
}

// CHECK-VALUES: crossed wrt=y,z at=(0.5, 2)
// CHECK-VALUES: crossed wrt=y,z at=(0.5, _),(2, _) alias=y:z
void crossed(double &y, double *z) {
  y += *z * *z;
  *z *= y;
}
