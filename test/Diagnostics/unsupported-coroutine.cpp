// RUN: not adgen %s -- -std=c++20 2>&1 | FileCheck %s
// Coroutines are refused.
#include <coroutine>
struct Promise {
  double get_return_object() { return 0; }
  std::suspend_never initial_suspend() { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void return_value(double) {}
  void unhandled_exception() {}
};
template <> struct std::coroutine_traits<double, double> {
  using promise_type = Promise;
};
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: coroutines are not supported [adgen-unsupported-coroutine]
double f(double x) { co_return x; }
