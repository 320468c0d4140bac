// RUN: %check-values %s
// Objects of class templates without data are called: the templates stand in the output.

template <int K> struct Power {
  double operator()(double x) const {
    if constexpr (K == 0)
      return 1;
    else
      return x * Power<K - 1>{}(x);
  }
};
template <int K> struct Const {
  double operator()(int k) const { return K * k; }
  double get() const { return K; }
};

// CHECK-VALUES: squared wrt=x at=(3)
double squared(double x) { return x * Power<2>{}(x); }

// CHECK-VALUES: scaled wrt=x at=(3, 2)
double scaled(double x, int k) {
  Const<5> c;
  return x * Const<3>{}(k)*c.get();
}
