// RUN: adgen %s --function members,calls,roots,steps -o - | FileCheck %s
// RUN: adgen %s --function members -o - --disable-pass=ad-distribute-loops | FileCheck %s --check-prefix=WITHOUT
// RUN: adgen %s --function members --remarks -o %t.cpp 2>&1 | FileCheck %s --check-prefix=REMARKS --allow-empty
// RUN: adgen %s --function contiguous,light,few,written,negative,transcendental,checked -o - | FileCheck %s --check-prefix=KEPT
// What vectorizes is computed in a loop of its own, ahead of what is added to members.
#include <cmath>
#include <vector>

struct Point {
  double x, y;
};

// The row is as long as the outer loop counts, and allocated in front of it.
// CHECK-LABEL: void members_grad(
// CHECK-NEXT:  std::vector<double> r_bar_row(std::max(n, 0));
// CHECK-NEXT:  for (int i = 1; i < n; ++i) {
// CHECK-NEXT:    const double p_x = p[i].x;
// CHECK-NEXT:    const double p_y = p[i].y;
// CHECK-NEXT:    for (int j = 0; j < i; ++j) {
// CHECK-NEXT:      const double x = p_x - p[j].x;
// CHECK-NEXT:      const double y = p_y - p[j].y;
// CHECK-NEXT:      const double r = x * x + y * y;
// CHECK-NEXT:      // sum += 1 / (r * r * r)
// CHECK-NEXT:      r_bar_row[j] = -3 * seed / (r * r * r * r);
// CHECK-NEXT:    }
// CHECK:         for (int j = 0; j < i; ++j) {
// CHECK-NEXT:      const double x = p_x - p[j].x;
// CHECK-NEXT:      const double y = p_y - p[j].y;
// CHECK-NEXT:      const double r_bar = r_bar_row[j];
// CHECK:           p_bar[j].y -= y_bar;
// WITHOUT-NOT: row
// REMARKS-NOT: tape
double members(const Point *p, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double x = p[i].x - p[j].x, y = p[i].y - p[j].y;
      const double r = x * x + y * y;
      sum += 1 / (r * r * r);
    }
  return sum;
}

static double potential(double r) {
  const double s = 1 / (r * r * r);
  return s * s - s;
}

// A callee's derivative is in the same file. Between `i + 1` and `n` the row has n
// elements.
// CHECK-LABEL: void calls_grad(
// CHECK:       std::vector<double> t_row(std::max(n, 0));
// CHECK:         for (int j = i + 1; j < n; ++j) {
// CHECK:           // sum += potential(x * x + y * y)
// CHECK-NEXT:      t_row[j] = 2 * potential_grad{{.*}}(x * x + y * y, seed);
// CHECK:           const double t = t_row[j];
double calls(const std::vector<Point> &p) {
  double sum = 0;
  const int n = p.size();
  for (int i = 0; i < n; ++i)
    for (int j = i + 1; j < n; ++j) {
      const double x = p[i].x - p[j].x, y = p[i].y - p[j].y;
      sum += potential(x * x + y * y);
    }
  return sum;
}

// The root is of no negative number. The value has a name.
// CHECK-LABEL: void roots_grad(
// CHECK:       std::vector<double> inverse_row(n);
// CHECK:           inverse_row[j] = 1 / std::sqrt(x * x + y * y + 1e-3);
// CHECK:           const double inverse = inverse_row[j];
// CHECK-NOT:       = 1 / std::sqrt(x * x + y * y + 1e-3);
double roots(const Point *p, unsigned n) {
  double sum = 0;
  for (unsigned i = 0; i < n; ++i)
    for (unsigned j = 0; j < i; ++j) {
      const double x = p[j].x - p[i].x, y = p[j].y + p[i].y;
      const double inverse = 1 / std::sqrt(x * x + y * y + 1e-3);
      sum += inverse * inverse * inverse;
    }
  return sum;
}

// One row for all steps, and for both loops of a step.
// CHECK-LABEL: void steps_grad(
// CHECK:       std::vector<double> t_row(std::max(n, 0));
// CHECK-NOT:   std::vector
// CHECK:       for (int step = 0; step < steps; ++step) {
// CHECK:           t_row[j] =
// CHECK:           const double t = t_row[j];
// CHECK:           t_row[j] =
// CHECK:           const double t = t_row[j];
double steps(const Point *p, int n, int steps) {
  double sum = 0;
  for (int step = 0; step < steps; ++step) {
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < i; ++j) {
        const double x = p[i].x - p[j].x, y = p[i].y - p[j].y;
        sum += potential(x * x + y * y);
      }
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < i; ++j) {
        const double x = p[i].x + p[j].x, y = p[i].y - p[j].y;
        sum += potential(x * x + y * y + step);
      }
  }
  return sum;
}

// KEPT-NOT: _row
// All of it vectorizes.
void contiguous(const double *__restrict x, double *__restrict y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = (x[i] * x[i] + 2) / (x[i] * x[i] + 1) / (x[i] * x[i] + 3);
}

// There is little to be computed ahead.
double light(const Point *p, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += p[i].y / p[i].x;
  return sum;
}

double few(const Point *p, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < 9; ++j) {
      const double x = p[i].x - p[j].x, y = p[i].y - p[j].y;
      const double r = x * x + y * y + 1;
      sum += 1 / (r * r * r);
    }
  return sum;
}

// A trip reads what the one before it has written.
void written(Point *p, int n) {
  for (int i = 1; i < n; ++i) {
    const double x = p[i - 1].x, y = p[i - 1].y, r = x * x + y * y + 1;
    p[i].x += x / (r * r * r);
    p[i].y += y / (r * r * r);
  }
}

// The root may set errno.
double negative(const Point *p, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double x = p[i].x - p[j].x, y = p[i].y * p[j].y;
      sum += std::sqrt(x * x * x + y * y * y) * std::sqrt(1 + x * y);
    }
  return sum;
}

// What is dear does not vectorize.
double transcendental(const Point *p, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double x = p[i].x - p[j].x, y = p[i].y - p[j].y;
      sum += std::exp(-1 / (x * x + y * y));
    }
  return sum;
}

// The second element may not be there.
double checked(const std::vector<Point> &p, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const double x = p.at(i).x - p.at(j).x, y = p.at(i).y - p.at(j).y;
      const double r = x * x + y * y;
      sum += 1 / (r * r * r);
    }
  return sum;
}
