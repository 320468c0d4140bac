// One kernel at one size: its inputs, their adjoints, and what it writes. The
// harness knows kernels by this class alone; problems.h has all of them.
#ifndef BENCH_KERNELS_PROBLEM_H
#define BENCH_KERNELS_PROBLEM_H

#include <cstddef>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

/// `small` is for checks, `cached` fits into a second-level cache where that is
/// possible, `large` does not and takes up to 100 MB.
enum class Size { small, cached, large };

/// Differentiable numbers that the kernel reads, in an array or alone, and
/// where the gradient leaves their adjoints.
struct Input {
  double *value, *bar;
  std::size_t count;
  bool accumulated; // the gradient adds to the adjoint that is there
};

/// Numbers that the kernel writes, with the weights that they have in the
/// objective.
struct Output {
  const double *value, *weight;
  std::size_t count;
  const double *bar; // zero after the gradient; null for what is an input too
};

struct Problem {
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  double seed = 1.25;
  double result = 0; // of the primal

  Problem() = default;
  Problem(const Problem &) = delete;
  virtual ~Problem() = default;

  /// The sizes, for the tables.
  virtual std::string dimensions() const = 0;

  /// Sets what the kernel or its gradient overwrites; untimed.
  virtual void prepare() {}
  virtual void primal() = 0;

  /// What is differentiated, after `primal`.
  double objective() const {
    double sum = seed * result;
    for (const Output &o : outputs)
      for (std::size_t i = 0; i < o.count; ++i)
        sum += o.weight[i] * o.value[i];
    return sum;
  }

  std::size_t input_count() const {
    std::size_t count = 0;
    for (const Input &i : inputs)
      count += i.count;
    return count;
  }

protected:
  /// An input whose adjoint is added to.
  void input(const double *value, double *bar, std::size_t count) {
    inputs.push_back({const_cast<double *>(value), bar, count, true});
  }
  void input(std::vector<double> &value, std::vector<double> &bar) {
    bar.resize(value.size());
    input(value.data(), bar.data(), value.size());
  }
  /// An input whose adjoint the gradient sets, as its result or in place.
  void input_set(std::vector<double> &value, std::vector<double> &bar) {
    input(value, bar);
    inputs.back().accumulated = false;
  }
  void input_set(double &value, double &bar) {
    inputs.push_back({&value, &bar, 1, false});
  }
  /// Takes the adjoint of an input that is a vector from a gradient's result.
  void take(std::size_t input, std::vector<double> &bar,
            std::vector<double> &&from) {
    bar = std::move(from);
    inputs[input].bar = bar.data();
  }
};

/// Numbers between low and high that depend on nothing but `salt`.
inline std::vector<double> numbers(std::size_t count, double low, double high,
                                   unsigned salt) {
  std::mt19937 random(salt);
  std::uniform_real_distribution<double> in(low, high);
  std::vector<double> x(count);
  for (double &v : x)
    v = in(random);
  return x;
}

/// Integers from 0 to below - 1.
inline std::vector<int> indices(std::size_t count, int below, unsigned salt) {
  std::mt19937 random(salt);
  std::vector<int> x(count);
  for (int &v : x)
    v = int(random() % unsigned(below));
  return x;
}

/// One of three numbers.
template <class N> N at(Size size, N small, N cached, N large) {
  return size == Size::small ? small : size == Size::cached ? cached : large;
}

#endif
