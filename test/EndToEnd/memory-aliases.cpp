// RUN: %check-values %s
// Arguments that are one array, or overlap.
#include <cmath>

// CHECK-VALUES: scaled wrt=x,y at=(rand(4, 1), rand(4, 2), 4)
// CHECK-VALUES: scaled wrt=x,y at=(rand(4, 1), _, 4) alias=y:x
// CHECK-VALUES: scaled wrt=x,y at=(rand(6, 1), _, 4) alias=y:x+1
// CHECK-VALUES: scaled wrt=x,y at=(_, rand(6, 1), 4) alias=x:y+1
void scaled(const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = x[i] * x[i];
}

// CHECK-VALUES: read_again wrt=x,y at=(rand(4, 1), rand(4, 2), 4)
// CHECK-VALUES: read_again wrt=x,y at=(rand(4, 1), _, 4) alias=y:x
// CHECK-VALUES: read_again wrt=x,y at=(rand(6, 1), _, 4) alias=y:x+2
double read_again(const double *x, double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    y[i] += x[i] * x[i];
    s += y[i] * x[i];
  }
  return s;
}

// CHECK-VALUES: of_three wrt=x,y,z at=(rand(3, 1), rand(3, 2), rand(3, 3), 3)
// CHECK-VALUES: of_three wrt=x,y,z at=(rand(3, 1), _, rand(3, 3), 3) alias=y:x
// CHECK-VALUES: of_three wrt=x,y,z at=(rand(3, 1), _, _, 3) alias=y:x,z:x
// CHECK-VALUES: of_three wrt=x,y,z at=(rand(5, 1), _, _, 3) alias=y:x+1,z:x+2
void of_three(double *x, double *y, double *z, int n) {
  for (int i = 0; i < n; ++i) {
    x[i] = y[i] * z[i];
    y[i] += x[i] * z[i];
    z[i] -= std::sin(x[i] + y[i]);
  }
}

// The sum lies among the terms.
// CHECK-VALUES: into_the_array wrt=x,sum at=(rand(4, 1), 0.5, 4)
// CHECK-VALUES: into_the_array wrt=x,sum at=(rand(4, 1), _, 4) alias=sum:x+1
// CHECK-VALUES: into_the_array wrt=x,sum at=(rand(4, 1), _, 4) alias=sum:x+3
void into_the_array(const double *x, double *sum, int n) {
  for (int i = 0; i < n; ++i)
    *sum += x[i] * x[i];
}

// CHECK-VALUES: by_reference wrt=x,scale at=(rand(3, 1), 0.5, 3)
// CHECK-VALUES: by_reference wrt=x,scale at=(rand(3, 1), _, 3) alias=scale:x+1
void by_reference(double *x, const double &scale, int n) {
  for (int i = 0; i < n; ++i)
    x[i] *= scale;
}

// CHECK-VALUES: matmul wrt=a,b,c at=(rand(4, 1), rand(4, 2), rand(4, 3), 2)
// CHECK-VALUES: matmul wrt=a,b,c at=(rand(4, 1), _, rand(4, 3), 2) alias=b:a
// CHECK-VALUES: matmul wrt=a,b,c at=(rand(4, 1), rand(4, 2), _, 2) alias=c:a
// CHECK-VALUES: matmul wrt=a,b,c at=(rand(4, 1), _, _, 2) alias=b:a,c:a
void matmul(const double *a, const double *b, double *c, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      double s = 0;
      for (int k = 0; k < n; ++k)
        s += a[i * n + k] * b[k * n + j];
      c[i * n + j] = s;
    }
}

// A copy through memory that may overlap, forwards and backwards.
// CHECK-VALUES: shifted wrt=x,y at=(rand(4, 1), rand(4, 2), 4)
// CHECK-VALUES: shifted wrt=x,y at=(rand(5, 1), _, 4) alias=y:x+1
// CHECK-VALUES: shifted wrt=x,y at=(_, rand(5, 1), 4) alias=x:y+1
void shifted(const double *x, double *y, int n) {
  for (int i = n - 1; i >= 0; --i)
    y[i] = x[i];
  for (int i = 0; i < n; ++i)
    y[i] *= x[i];
}

// Restricted: nothing overlaps, and nothing need be kept.
// CHECK-VALUES: restricted wrt=x,y at=(rand(4, 1), rand(4, 2), 4)
void restricted(const double *__restrict x, double *__restrict y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = y[i] * x[i] + std::exp(x[i]);
}

// CHECK-VALUES: decided_by_the_other wrt=x,y at=({1, -1, 2}, {3, 4, -5}, 3)
// CHECK-VALUES: decided_by_the_other wrt=x,y at=({1, -1, 2}, _, 3) alias=y:x
// CHECK-VALUES: decided_by_the_other wrt=x,y at=({1, -1, 2, -3}, _, 3) alias=y:x+1
void decided_by_the_other(const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      y[i] = -y[i] * x[i];
    else
      y[i] = y[i] * y[i];
}
