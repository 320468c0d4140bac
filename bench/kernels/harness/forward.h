// Gradients by tools that carry derivatives forward, some directions at a time.
// Such a tool is a class with
//   directions, Number,
//   constant(value), variable(value, direction): Number,
//   derivative(y, direction): double.
#ifndef BENCH_KERNELS_FORWARD_H
#define BENCH_KERNELS_FORWARD_H

#include "contenders.h"
#include "problems.h"

/// The derivatives by the inputs from `first` on.
template <class P, class Tool>
void forward_part(Problem &problem, std::size_t first) {
  const std::vector<double> values = input_values(problem);
  std::vector<typename Tool::Number> x(values.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = Tool::constant(values[i]);
  const std::size_t count =
      std::min<std::size_t>(Tool::directions, x.size() - first);
  for (std::size_t i = 0; i < count; ++i)
    x[first + i] = Tool::variable(values[first + i], int(i));
  const typename Tool::Number y = static_cast<P &>(problem).generic(x.data());
  double gradient[Tool::directions];
  for (std::size_t i = 0; i < count; ++i)
    gradient[i] = Tool::derivative(y, int(i));
  deliver(problem, gradient, count, first);
}

template <class P, class Tool> Contender forward_contender(const char *tool) {
  return {tool,
          P::name,
          [](Problem &problem) {
            const std::size_t n = problem.input_count();
            for (std::size_t first = 0; first < n; first += Tool::directions)
              forward_part<P, Tool>(problem, first);
          },
          "",
          [](Problem &problem) { forward_part<P, Tool>(problem, 0); },
          [](const Problem &problem) {
            return (problem.input_count() + Tool::directions - 1) /
                   Tool::directions;
          }};
}

#endif
