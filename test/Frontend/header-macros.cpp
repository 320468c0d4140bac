// RUN: adgen %s --emit ir-memory -- -DFOUR=4 | FileCheck %s
// A constant macro of a header is printed by its name; one of the main file or
// of the command line would be missing in the output and is expanded.
#include <cfloat>
#include <climits>
#include <cmath>
#define HALF 0.5
#define TWO_PI (2 * M_PI)
#define PI M_PI
#define SQUARE(a) ((a) * (a))
double f(double x) {
  // CHECK: ad.constant<3.1415926535897931 : f64> {spelling = "M_PI"}
  x *= M_PI;
  // CHECK: ad.constant<2.2204460492503131E-16 : f64> {spelling = "DBL_EPSILON"}
  x += DBL_EPSILON;
  // CHECK: ad.constant<{{.*}} : f64> {spelling = "INT_MIN", spelling_type = !ad.int<"int", 32, true>}
  x += INT_MIN;
  // CHECK: ad.constant<0x7FF0000000000000 : f64> {spelling = "HUGE_VAL"}
  x += HUGE_VAL;
  // CHECK: ad.constant<5.000000e-01 : f64> {spelling = "0.5"}
  x *= HALF;
  // CHECK: ad.constant<3.1415926535897931 : f64> {spelling = "M_PI"}
  x *= PI;
  // CHECK: ad.constant<2.000000e+00 : f64> {spelling = "2"
  // CHECK: ad.constant<3.1415926535897931 : f64> {spelling = "M_PI"}
  // CHECK: ad.mul
  x *= TWO_PI;
  // CHECK: ad.constant<4.000000e+00 : f64> {spelling = "4"
  x *= FOUR;
  // CHECK: ad.constant<3.000000e+00 : f64> {spelling = "3.0"}
  return x * SQUARE(3.0);
}
