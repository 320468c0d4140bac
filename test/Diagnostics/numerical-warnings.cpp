// RUN: adgen %s -o %t.cpp 2>&1 | FileCheck %s --implicit-check-not=warning:
// RUN: adgen %s --warning kink --function kinks,smooth -o %t.cpp 2>&1 | FileCheck %s --check-prefix=KINK --implicit-check-not=warning:
// RUN: adgen %s --function squares,square,shifted,written_by_halves --wrt x,y -o %t.cpp 2>&1 | FileCheck %s --check-prefix=OUT --implicit-check-not=warning:
// What is right, but perhaps not what was meant.
#include <algorithm>
#include <cmath>

// CHECK: :[[@LINE+3]]:8: warning: parameter 'x' influences the result of 'step' only through comparisons; its derivative is zero [adgen-steps-only]
// CHECK: :[[@LINE+3]]:12: note: here
// The function's other parameter is as it should be.
double step(double x, double y) {
  return x > 1 ? y : 2 * y;
}

// CHECK: :[[@LINE+1]]:8: warning: parameter 'x' influences the result of 'tabulated' only through comparisons and conversions to integers; its derivative is zero [adgen-steps-only]
double tabulated(const double *table, double x) {
  return x < 0 ? table[0] : table[int(x)];
}

// CHECK: :[[@LINE+3]]:21: warning: the derivative takes the result of this conversion to an integer for a constant [adgen-piecewise-constant]
// CHECK: :[[@LINE+3]]:10: note: it becomes a number here
double floored(double x) {
  const int whole = static_cast<int>(3 * x);
  return whole * x;
}

// CHECK: :[[@LINE+2]]:17: warning: the derivative takes the result of this comparison for a constant [adgen-piecewise-constant]
double counted(double x) {
  return x * (x > 2);
}

// The fractional part of a number has the number's derivative, and an index has none.
double interpolated(const double *table, double x) {
  const int i = static_cast<int>(x);
  const double t = x - i;
  return (1 - t) * table[i] + t * table[i + 1];
}

// CHECK: :[[@LINE+2]]:19: warning: this implicit conversion from 'double' to 'float' loses precision, and so does the derivative [adgen-precision-lost]
float narrowed(double x, float y) {
  float product = x * y;
  const float meant = static_cast<float>(x);
  // Constants have the precision of what they meet.
  product *= 2.0;
  return product * meant;
}

// CHECK: :[[@LINE+3]]:10: warning: the derivative of 'std::sqrt' is infinite at 0, which its argument can be exactly [adgen-singular-literal]
// CHECK: :[[@LINE+2]]:32: note: the number is here
double rectified(double x) {
  return std::sqrt(std::max(x, 0.0));
}

// CHECK: :[[@LINE+5]]:10: warning: the derivative of 'std::acos' is infinite at -1, which its argument can be exactly [adgen-singular-literal]
// CHECK: :[[@LINE+3]]:39: note: the number is here
// CHECK: :[[@LINE+3]]:10: warning: the derivative of 'std::acos' is infinite at 1, which its argument can be exactly [adgen-singular-literal]
double angle(double x) {
  const double cosine = std::clamp(x, -1.0, 1.0);
  return std::acos(cosine);
}

// CHECK: :[[@LINE+5]]:10: warning: the derivative of 'std::pow' is infinite at 0, which its argument can be exactly [adgen-singular-literal]
double from_branch(double x) {
  double excess = 0;
  if (x > 1)
    excess = x - 1;
  return std::pow(excess, 0.5);
}

// No literal gets to the root: not 0, which trips are added to, and not the bound.
double norm(const double *x, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += x[i] * x[i];
  return std::sqrt(sum) + std::sqrt(std::max(sum, 1e-12)) + std::pow(std::max(sum, 0.0), 1.5);
}

// KINK: :[[@LINE+4]]:10: warning: the derivative may jump at this 'std::fabs' with 0 [adgen-kink]
// KINK: :[[@LINE+3]]:25: warning: the derivative may jump at this 'std::max' with 0.5 [adgen-kink]
// KINK: :[[@LINE+3]]:13: warning: the derivative may jump at this comparison with 3 [adgen-kink]
double kinks(double x) {
  return std::fabs(x) + std::max(x, 0.5) +
         (x < 3 ? x : 3);
}
double smooth(double x, double y) {
  return std::max(x, y) + (x < y ? x * x : y * x);
}

// A warning of a callee that stays one; the functions asked for are warned of once.
static double root(double x, int depth) {
// CHECK: :[[@LINE+1]]:47: warning: the derivative of 'std::sqrt' is infinite at 0, which its argument can be exactly [adgen-singular-literal]
  return depth > 0 ? x * root(x, depth - 1) : std::sqrt(std::max(x, 0.0));
}
double first_caller(double x) { return root(x, 2); }
double second_caller(double x) { return root(x, 3); }

// OUT: :[[@LINE+1]]:6: warning: parameter 'y' is overwritten before 'squares' reads it; the derivative by its initial content is zero [adgen-overwritten-first]
void squares(const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = x[i] * x[i];
  for (int k = 0; k < n; ++k)
    y[k] *= y[k];
}

// OUT: :[[@LINE+1]]:6: warning: parameter 'y' has no influence on the result of 'square'; its derivative is zero [adgen-no-influence]
void square(double x, double &y) { y = x * x; }

// The first element is that of the caller; and an odd one may be.
void shifted(const double *x, double *y, int n) {
  for (int i = 1; i < n; ++i)
    y[i] = x[i] * y[i - 1];
}
void written_by_halves(const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    if (i % 2 == 0)
      y[i] = x[i];
}
