// RUN: %check-example %s
// The function is an ordinary one.
// COMMAND: adgen example.cpp --function f -- -std=c++20
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

double f(double x) { co_return x * x; } // here
//--- mended
double f(double x) { return x * x; }
