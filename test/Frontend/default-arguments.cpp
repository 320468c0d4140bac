// RUN: adgen %s --emit ir-memory | FileCheck %s
// A default argument is repeated as written where its names mean the same in the
// header, and otherwise by a name or value that does.
#include <limits>
namespace consts {
const double scale = 2;
constexpr int degree = 3;
enum Plain { one, two };
} // namespace consts
using namespace consts;
// CHECK: ad.default = "1e-3", ad.local = #ad.local<1,
// CHECK-SAME: ad.default = "consts::scale", ad.local = #ad.local<2,
// CHECK-SAME: ad.default = "consts::degree", ad.local = #ad.local<3,
// CHECK-SAME: ad.default = "6", ad.local = #ad.local<4,
// CHECK-SAME: ad.default = "consts::two", ad.local = #ad.local<5,
// CHECK-SAME: ad.default = "std::numeric_limits<double>::max()", ad.local = #ad.local<6,
double f(double x, double a = 1e-3, double b = consts::scale, int c = degree,
         int d = 2 * degree, Plain e = two,
         double g = std::numeric_limits<double>::max()) {
  return x * a * b * c * d * e * g;
}
