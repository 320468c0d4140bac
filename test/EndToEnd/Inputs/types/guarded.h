#pragma once
#include <utility>
#include <vector>
class Vec {
  std::vector<double> d_;
  int n_ = 0;

public:
  Vec() {}
  explicit Vec(std::vector<double> d) : d_(d), n_(int(d.size())) {}
  double &operator[](int i) { return d_[i]; }
  double operator[](int i) const { return d_[i]; }
  const double &at(int i) const { return d_[i]; }
  int size() const { return n_; }
  void push(double x) {
    d_.push_back(x);
    ++n_;
  }
  double sum() const {
    double s = 0;
    for (double x : d_)
      s += x * x;
    return s;
  }
  friend void swap(Vec &a, Vec &b) {
    std::swap(a.d_, b.d_);
    std::swap(a.n_, b.n_);
  }
};
class Poly {
  std::vector<double> c_;

public:
  double scale = 1;
  Poly() = default;
  Poly(std::vector<double> c, double s) : c_(c), scale(s) {}
  double operator()(double x) const {
    double s = 0;
    for (auto it = c_.rbegin(); it != c_.rend(); ++it)
      s = s * x + *it;
    return s * scale;
  }
  Poly derivative() const {
    Poly r;
    for (std::size_t i = 1; i < c_.size(); ++i)
      r.c_.push_back(i * c_[i]);
    r.scale = scale;
    return r;
  }
};
