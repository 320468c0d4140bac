// RUN: rm -rf %t && mkdir %t && cd %t && adgen %s --function f -o f_grad.cpp && adgen %s --function g -o g_grad.cpp
// Two headers of one source that copy the same types are included by one program, in either order.
// RUN: FileCheck %s --input-file=f_grad.h
// RUN: printf '#include "f_grad.h"\n#include "g_grad.h"\n' > main.cpp && sed '1,/^.. program/d' %s | sed 's,^// ,,' >> main.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror main.cpp f_grad.cpp g_grad.cpp -o main && ./main
// RUN: printf '#include "g_grad.h"\n#include "f_grad.h"\n' > order.cpp && sed '1,/^.. program/d' %s | sed 's,^// ,,' >> order.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only order.cpp
// What has another text is still an error: two definitions of one type.
// RUN: sed 's/real x, y, z;/real x, y;/; s/ + a.z//' %s > other.cpp && adgen other.cpp --function f -o other_grad.cpp
// RUN: printf '#include "other_grad.h"\n#include "g_grad.h"\n' > mixed.cpp
// RUN: not %clangxx -std=c++17 -fsyntax-only mixed.cpp 2>&1 | FileCheck %s --check-prefix=MIXED
// In one unit nothing is guarded, nor are aliases, which may be repeated.
// RUN: adgen %s --function f -o - | FileCheck %s --check-prefix=UNIT
// CHECK-NOT: ADGEN_REAL
// CHECK: {{^}}using real = double;
// CHECK-NEXT: namespace geo {
// CHECK-NEXT: #ifndef [[GUARD:ADGEN_GEO_VEC3_[0-9A-F]+]]
// CHECK-NEXT: #define [[GUARD]]
// CHECK-NEXT: struct Vec3 {
// CHECK-NEXT: real x, y, z;
// CHECK-NEXT: };
// CHECK-NEXT: #endif
// MIXED: error: redefinition of 'Vec3'
// UNIT-NOT: #ifndef
constexpr int N = 2;
enum class Kind { Sum, Product };
using real = double;
namespace geo {
struct Vec3 {
  real x, y, z;
};
template <class T> struct Box {
  T lo, hi;
};
} // namespace geo
struct Table {
  geo::Box<double> boxes[N];
  Kind kind = Kind::Product;
};
double f(const geo::Vec3 &a, const Table &t) { return a.x * a.y * t.boxes[1].hi + a.z; }
double g(const geo::Vec3 &a, const Table &t, Kind kind) {
  return a.x * a.y * (kind == Kind::Sum ? 1 : 2) * t.boxes[0].lo;
}
// program
// int main() {
//   geo::Vec3 a{1, 2, 3}, a_bar{};
//   Table t{}, t_bar{};
//   t.boxes[0].lo = t.boxes[1].hi = 1;
//   f_grad(a, t, a_bar, t_bar);
//   g_grad(a, t, Kind::Product, a_bar, t_bar);
//   return a_bar.x != 6 || a_bar.y != 3 || a_bar.z != 1 || t_bar.boxes[0].lo != 4;
// }
