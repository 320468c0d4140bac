// RUN: adgen %s --emit ir-memory -- -std=c++20 | FileCheck %s
// Constants of the file and of the library are printed by their names, which are
// qualified where the derivative could not find them otherwise.
#include <limits>
#include <numbers>
namespace phys {
constexpr double g = 9.81;
namespace detail {
const int degree = 3;
}
} // namespace phys
using namespace phys::detail;
using namespace std;
namespace phys {
double f(double x) {
  // CHECK: ad.constant<9.810000e+00 : f64> {spelling = "g"}
  x *= g;
  // CHECK: ad.constant<9.810000e+00 : f64> {spelling = "phys::g"}
  x *= phys::g;
  // CHECK: ad.constant<3.000000e+00 : f64> {spelling = "phys::detail::degree", spelling_type = !ad.int<"int", 32, true>} : f64
  x *= degree;
  // CHECK: ad.constant<3.000000e+00 : f64> {spelling = "detail::degree"
  x *= detail::degree;
  // CHECK: ad.constant<3.1415926535897931 : f64> {spelling = "std::numbers::pi"}
  x *= numbers::pi;
  // CHECK: ad.constant<3.1415927410125732 : f64> {spelling = "std::numbers::pi_v<float>", spelling_type = f32}
  x *= std::numbers::pi_v<float>;
  // CHECK: ad.constant<2.2204460492503131E-16 : f64> {spelling = "std::numeric_limits<double>::epsilon()"}
  x += numeric_limits<double>::epsilon();
  // CHECK: ad.constant<5.300000e+01 : f64> {spelling = "std::numeric_limits<double>::digits"
  return x + std::numeric_limits<double>::digits;
}
} // namespace phys
