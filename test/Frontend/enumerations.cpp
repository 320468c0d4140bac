// RUN: adgen %s --emit ir-memory | FileCheck %s
// Enumerators have names where their type has one; those of a type inside of the
// function are numbers.
namespace ns {
enum class Mode : short { linear, square };
enum Plain { one = 1, two };
// CHECK: %arg1: !ad.int<"ns::Mode", 16, true, true> {ad.local = #ad.local<1, "mode", "Mode">
double f(double x, Mode mode) {
  // CHECK: [[M:%.*]] = ad.constant<1 : i16> {spelling = "Mode::square"} : !ad.int<"ns::Mode", 16, true, true>
  // CHECK: ad.cmp eq %arg1, [[M]]
  if (mode == Mode::square)
    x *= x;
  // CHECK: ad.constant<2 : i32> {spelling = "two"} : !ad.int<"ns::Plain", 32, false, true>
  Plain p = two;
  enum { four = 4 };
  // CHECK: ad.constant<4.000000e+00 : f64>
  return x * p * four;
}
} // namespace ns
