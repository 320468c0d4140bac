// RUN: not adgen %s --function read_after 2>&1 | FileCheck %s --check-prefix=READ-AFTER
// A derivative by hand is refused where it cannot be given what the function itself was given.
// RUN: not adgen %s --function written_before_reading 2>&1 | FileCheck %s --check-prefix=WRITTEN
// RUN: not adgen %s --function one_object 2>&1 | FileCheck %s --check-prefix=ONE
// RUN: not adgen %s --function in_a_loop 2>&1 | FileCheck %s --check-prefix=LOOP
// RUN: not adgen %s --function not_asked_for --wrt x 2>&1 | FileCheck %s --check-prefix=ASKED
// RUN: not adgen %s --function not_asked_for --wrt x --mode forward 2>&1 | FileCheck %s --check-prefix=TANGENT
// RUN: not adgen %s --function lacking 2>&1 | FileCheck %s --check-prefix=LACKS
// RUN: not adgen %s --function in_a_branch 2>&1 | FileCheck %s --check-prefix=BRANCH
// RUN: not adgen %s --function of_objects 2>&1 | FileCheck %s --check-prefix=OBJECTS
// RUN: not adgen %s --function of_a_span -- -std=c++20 2>&1 | FileCheck %s --check-prefix=SPAN
// RUN: not adgen %s --function of_pointers 2>&1 | FileCheck %s --check-prefix=POINTERS
// RUN: not adgen %s --function recursive 2>&1 | FileCheck %s --check-prefix=RECURSIVE
// RUN: not adgen %s --function recursive_copy 2>&1 | FileCheck %s --check-prefix=RECURSIVE
// The tangent is called in place of the function, and needs no copies.
// RUN: adgen %s --function read_after,written_before_reading,in_a_loop,in_a_branch,of_objects --mode forward -o - | FileCheck %s --check-prefix=FORWARD
#include <adgen/adgen.h>
#include <vector>
#if __has_include(<span>) && __cplusplus >= 202002
#include <span>
#endif
struct Dual {
  double value, dot;
};
void scale(double *y, int n, double a);
ADGEN_DERIVATIVE_OF(scale) double scale_grad(double *y, int n, double a, double *y_bar);
ADGEN_DERIVATIVE_OF(scale) void scale_jvp(double *y, int n, double a, double *y_dot, double a_dot);
double norm(const double *x, int n);
ADGEN_DERIVATIVE_OF(norm) void norm_grad(const double *x, int n, double *x_bar, double seed);
ADGEN_DERIVATIVE_OF(norm) Dual norm_jvp(const double *x, int n, const double *x_dot);
void fill(const double *x, int n, double *y);
ADGEN_DERIVATIVE_OF(fill) void fill_grad(const double *x, int n, double *y, double *x_bar, double *y_bar);
double both(const double *x, const double *y);
ADGEN_DERIVATIVE_OF(both) void both_grad(const double *x, const double *y, double *x_bar, double *y_bar, double seed);
ADGEN_DERIVATIVE_OF(both) Dual both_jvp(const double *x, const double *y, const double *x_dot, const double *y_dot);
double half(const double *x, const double *y);
ADGEN_DERIVATIVE_OF(half) void half_grad(const double *x, const double *y, double *x_bar, double seed);

// FORWARD: scale_jvp(y, n, a, y_dot, a_dot);
// READ-AFTER: :[[@LINE+2]]:3: error: 'scale_grad' cannot be called for the derivative of this call: it writes through 'y', too, and how much has to be copied before is not known [adgen-rule-memory]
double read_after(double *y, int n, double a) {
  scale(y, n, a);
  return y[0];
}

// WRITTEN: :[[@LINE+2]]:20: error: 'norm_grad' cannot be called for the derivative of this call: what is behind 'x' is overwritten later, and how much has to be copied before is not known [adgen-rule-memory]
double written_before_reading(double *x, int n) {
  const double s = norm(x, n);
  x[0] = s;
  return s;
}

// ONE: :[[@LINE+2]]:3: error: 'fill_grad' cannot be called for the derivative of this call: 'y' is overwritten and has to be copied before, and 'x' may be the same object or share memory with it [adgen-rule-memory]
double one_object(const std::vector<double> &x, std::vector<double> &y) {
  fill(x.data(), 3, y.data());
  return y[0] * y[1];
}

// Each trip needs what was there before.
// LOOP: :[[@LINE+3]]:5: error: 'scale_grad' cannot be called for the derivative of this call: it writes through 'y', too, {{.*}} [adgen-rule-memory]
void in_a_loop(double *y, int n, double a) {
  for (int i = 0; i < n; ++i)
    scale(y, n, a);
}

// ASKED: :[[@LINE+2]]:68: error: 'both_grad' cannot be called for the derivative of this call: it wants the adjoint of 'y', which is not asked for here and has no memory that is known [adgen-rule-memory]
// TANGENT: :[[@LINE+1]]:68: error: 'both_jvp' cannot be called for the derivative of this call: it wants the tangent of 'y', {{.*}} [adgen-rule-memory]
double not_asked_for(const double *x, const double *y) {    return both(x, y); }

// LACKS: :[[@LINE+1]]:59: error: 'half_grad' has no derivative with respect to parameter 'y', which is needed here [adgen-rule-lacks-adjoint]
double lacking(const double *x, const double *y) { return half(x, y); }

// An object is copied by its constructor, where the copy is seen by the reverse sweep.
struct Chain {
  std::vector<double> at;
  double mass;
  void shift(double by);
};
ADGEN_DERIVATIVE_OF(Chain::shift) double Chain_shift_grad(Chain &self, double by, Chain &self_bar);
ADGEN_DERIVATIVE_OF(Chain::shift) void Chain_shift_jvp(Chain &self, double by, Chain &self_dot, double by_dot);
// BRANCH: :[[@LINE+3]]:7: error: 'Chain_shift_grad' cannot be called for the derivative of this call: 'self' is overwritten, and an object of its class is not copied in a loop or branch [adgen-rule-memory]
double in_a_branch(Chain &c, double a) {
  if (a > 0)
    c.shift(a);
  return c.mass * c.at[0];
}
// OBJECTS: :[[@LINE+3]]:7: error: 'Chain_shift_grad' cannot be called for the derivative of this call: 'self' is overwritten, and an object of its class is not copied in a loop or branch [adgen-rule-memory]
double of_objects(Chain &c, double a) {
  for (int i = 0; i < 3; ++i)
    c.shift(a);
  return c.mass * c.at[0];
}

#ifdef __cpp_lib_span
void square(std::span<double> s);
ADGEN_DERIVATIVE_OF(square) void square_grad(std::span<double> s, std::span<double> s_bar);
// SPAN: :[[@LINE+2]]:3: error: 'square_grad' cannot be called for the derivative of this call: it writes through 's', too, {{.*}} [adgen-rule-memory]
double of_a_span(std::span<double> v) {
  square(v);
  return v[0];
}
#endif

double table(const double *const *rows, int n);
// POINTERS: :[[@LINE+1]]:{{[0-9]+}}: error: 'table' is given pointers in memory, and stays a call [adgen-pointers-in-call]
double of_pointers(const double *const *rows, int n) { return table(rows, n); }

// What a caller overwrites is not there any more when the reverse sweep of a function that calls itself runs.
static double halves(double *x, int n) {
  if (n < 2)
    return x[0];
  const double s = norm(x, n);
  x[0] = s;
  return halves(x, n / 2) * s;
}
// RECURSIVE: error: {{.*}} [adgen-{{rule-memory|recursive-memory}}]
double recursive(double *x, int n) { return halves(x, n); }

// A copy for the rule would have to reach the reverse sweep.
double total(const std::vector<double> &v);
ADGEN_DERIVATIVE_OF(total)
void total_grad(const std::vector<double> &v, std::vector<double> &v_bar, double seed);
double recursive_copy(std::vector<double> &v, int n) {
  if (n <= 0)
    return 1;
  double s = total(v);
  v[n - 1] *= s;
  return s * recursive_copy(v, n - 1);
}
