// RUN: adgen %s --emit ir-memory | FileCheck %s
// Types are spelled as the user did, as far as that has a meaning outside of the
// function; the IR has the canonical type.
#include <cstddef>
#include <cstdint>
namespace ns {
using real = double;
typedef const float small;
using std::int64_t;
// CHECK: ad.local = #ad.local<0, "x", "real">, ad.type = "const real"
// CHECK-SAME: ad.return_type = "real"
real f(const real x, std::size_t n) {
  // CHECK: ad.var <2, "a", "real"> : <f64>
  auto a = x;
  // CHECK: ad.var <3, "b", "float"> : <f32>
  small b = 2;
  // CHECK: ad.var <4, "k", "int64_t"> : <!ad.int<"long", 64, true>>
  int64_t k = 3;
  // CHECK: ad.var <5, "m", "std::size_t">
  const std::size_t m = n;
  // CHECK: ad.var <6, "c", "ns::real"> : <f64>
  ns::real c = a;
  // CHECK: ad.var <7, "d", "double">
  using local = double;
  local d = c;
  // CHECK: ad.var <8, "e", "ns::real">
  decltype(c) e = d;
  return a * b * k * m * e;
}
} // namespace ns
