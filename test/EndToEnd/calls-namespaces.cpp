// RUN: %check-values %s
// Functions of one name in nested namespaces: each call, and each derivative, is that of the right one.
#include <cmath>

double square(double x) { return x * x; }
double norm(double x, double) { return x * x * x; }

namespace plane {
double norm(double x, double y) { return std::sqrt(x * x + y * y); }
namespace detail {
double norm(double x, double y) { return std::fabs(x) + std::fabs(y); }
double both(double x, double y) { return norm(x, y) * plane::norm(x, y); }
} // namespace detail
// CHECK-VALUES: plane::nested_names wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double nested_names(double x, double y) {
  using detail::both;
  return both(x, y) + ::square(y) + detail::norm(y, 1) * norm(x, 2);
}
} // namespace plane

namespace plane {
namespace {
double hidden(double x) { return std::exp(-x); }
} // namespace
namespace detail {
namespace {
double hidden(double x) { return std::cos(x) * plane::hidden(x); }
} // namespace
} // namespace detail
} // namespace plane

// CHECK-VALUES: outside wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double outside(double x, double y) {
  return norm(x, y) + plane::norm(x, y) * plane::detail::norm(y, x) +
         plane::hidden(x) * plane::detail::hidden(y);
}
