// RUN: rm -rf %t && mkdir %t && cd %t && adgen %s --function lib::f -o f_grad.cpp && FileCheck %s < f_grad.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -c f_grad.cpp -o f_grad.o
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -DUSE -include f_grad.h -c %s -o f.o
// The derivative of a function of an inline namespace stands in the namespace around it.
// CHECK: namespace lib {
// CHECK: double square_grad(double x, double seed)
// CHECK: double f_grad(double x, double seed)
namespace lib {
inline namespace v2 {
namespace detail {
double square(double x) { return x * x; }
} // namespace detail
double f(double x) { return detail::square(x) * x; }
} // namespace v2
} // namespace lib
#ifdef USE
double use(double x) { return lib::f_grad(x); }
#endif
