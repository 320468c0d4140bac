// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// A type that only this file can name cannot be in the signature of a derivative.
// RUN: adgen %s --function g -o - | FileCheck %s --check-prefix=INSIDE

// CHECK: anonymous-type.cpp:[[# @LINE + 5]]:25: error: type 'Kind' in the signature of 'f' cannot be named in another file [adgen-anonymous-type]
// INSIDE: g_grad
namespace {
enum class Kind { A, B };
} // namespace
double f(double x, Kind k) { return k == Kind::A ? x : -x; }
double g(double x) { return x; }
