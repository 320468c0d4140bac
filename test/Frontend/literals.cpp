// RUN: adgen %s --emit ir-memory | FileCheck %s
// A literal keeps its spelling; one that is converted also keeps its own type.
double f(double x) {
  float g = 0.1;
  // CHECK: ad.constant<1.000000e-01 : f32> {spelling = "0.1", spelling_type = f64} : f32
  x = 3 * x;
  // CHECK: ad.constant<3.000000e+00 : f64> {spelling = "3", spelling_type = !ad.int<"int", 32, true>} : f64
  x += 1'000.5e-3;
  // CHECK: ad.constant<1.000500e+00 : f64> {spelling = "1'000.5e-3"} : f64
  unsigned long n = 0x10;
  // CHECK: ad.constant<16 : i64> {spelling = "0x10", spelling_type = !ad.int<"int", 32, true>} : !ad.int<"unsigned long", 64, false>
  x *= 2.5L;
  // CHECK: ad.constant<2.500000e+00 : f80> {spelling = "2.5L"} : f80
  bool b = true;
  // CHECK: ad.constant<true> {spelling = "true"} : i1
  char c = 'a';
  // CHECK: ad.constant<97 : i8> {spelling = "'a'"} : !ad.int<"char", 8, true>
  x = -1;
  // CHECK: [[ONE:%.*]] = ad.constant<1.000000e+00 : f64> {spelling = "1"
  // CHECK: ad.neg [[ONE]] : (f64) -> f64
  return x + g + n + b + c;
}
