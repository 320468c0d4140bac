// RUN: %check-values %s
// Places from index arrays: read, written, added to, twice the same.
#include <cmath>

// CHECK-VALUES: gather wrt=x,y at=(rand(4, 1), {2, 0, 2, 3, 1}, {9, 9, 9, 9, 9}, 5),({2}, {}, {}, 0)
void gather(const double *x, const int *index, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = x[index[i]] * x[index[i]];
}

// An element that is written twice keeps the last.
// CHECK-VALUES: scatter wrt=x,y at=(rand(5, 1), {2, 0, 2, 3, 0}, rand(4, 2), 5)
void scatter(const double *x, const int *index, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[index[i]] = std::sin(x[i]);
}

// CHECK-VALUES: scatter_add wrt=x,y at=(rand(5, 1), {2, 0, 2, 3, 0}, rand(4, 2), 5)
void scatter_add(const double *x, const int *index, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[index[i]] += x[i] * x[i];
}

// CHECK-VALUES: scatter_multiply wrt=x,y at=(rand(5, 1), {2, 0, 2, 3, 0}, rand(4, 2), 5)
void scatter_multiply(const double *x, const int *index, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[index[i]] *= x[i];
}

// CHECK-VALUES: within wrt=x at=(rand(4, 1), {1, 2, 0, 3, 1}, {0, 1, 1, 2, 3}, 5)
void within(double *x, const int *from, const int *to, int n) {
  for (int i = 0; i < n; ++i)
    x[to[i]] = x[from[i]] * x[to[i]] + 1;
}

// CHECK-VALUES: permuted wrt=x at=(rand(4, 1), {2, 0, 3, 1}, 4)
void permuted(double *x, const int *p, int n) {
  double copy[8];
  for (int i = 0; i < n; ++i)
    copy[i] = x[i];
  for (int i = 0; i < n; ++i)
    x[p[i]] = copy[i] * (i + 1);
}

// Finite elements: local matrices are assembled.
// CHECK-VALUES: assemble wrt=stiffness,u,r at=({0, 1, 1, 2, 2, 0}, rand(3, 1), rand(3, 2), {7, 8, 9}, 3, 3)
void assemble(const int *nodes, const double *stiffness, const double *u, double *r, int elements, int n) {
  for (int i = 0; i < n; ++i)
    r[i] = 0;
  for (int e = 0; e < elements; ++e) {
    const int *node = nodes + 2 * e;
    double local[2];
    for (int a = 0; a < 2; ++a)
      local[a] = u[node[a]];
    const double force = stiffness[e] * (local[1] - local[0]) * (1 + local[0] * local[0]);
    r[node[0]] -= force;
    r[node[1]] += force;
  }
}

// CHECK-VALUES: of_indices wrt=x at=(rand(4, 1), {1, 3, 0, 2}, {3, 2, 1, 0}, 4)
double of_indices(const double *x, const unsigned char *a, const long *b, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[a[b[i]]] * x[b[a[i]]];
  return s;
}
