// Classes with bases, as parameters.
#ifndef ADGEN_TEST_TYPES_BASES_H
#define ADGEN_TEST_TYPES_BASES_H

#include <cmath>
#include <vector>

struct Point {
  double x;
  double squared() const { return x * x; }
};
struct Weighted : Point {
  double w;
};

struct Series {
  int n;
  std::vector<double> c;
  double sum() const {
    double s = 0;
    for (int i = 0; i < n; ++i)
      s += c[i] * c[i];
    return s;
  }
};
struct Scaled : Series {
  double s;
};

// Members of one name.
struct Inner {
  double x;
  double get() const { return x; }
  void add(double v) { x += v; }
};
struct Outer : Inner {
  double x;
  double get() const { return x * Inner::x; }
};

// One base twice, by two paths.
struct Left : Inner {
  double p;
};
struct Right : Inner {
  double q;
};
struct Both : Left, Right {
  double r;
  double product() const { return Left::x * Right::x * r; }
};

// A base that nobody else knows.
class Secret : Inner {
  double y = 1;

public:
  Secret(double a, double b) {
    x = a;
    y = b;
  }
  double value() const { return get() * y; }
  void change(double v) {
    add(v);
    y *= x;
  }
  using Inner::add;
};

// No state of its own, and one that is inherited with constructors.
struct Rules {
  double square(double v) const { return v * v; }
};
struct Ruled : Rules {
  double x;
  double squared() const { return square(x); }
};
struct Made {
  double a, b;
  Made(double a, double b = 2) : a(a), b(a * b) {}
  double product() const { return a * b; }
};
struct MadeAlike : Made {
  using Made::Made;
  double c = 4;
  double scaled() const { return product() * c; }
};
struct MadeAgain : MadeAlike {
  using MadeAlike::MadeAlike;
  double e = c + a;
};
struct Opened : Inner {
  using Inner::x;
  double y = 3;
};

// Bases that know what is derived from them.
template <class T> struct Shape {
  const T &self() const { return static_cast<const T &>(*this); }
  double twice() const { return 2 * self().area(); }
  double scaled(double s) const { return s * static_cast<const T *>(this)->area(); }
  void grow(double s) { static_cast<T &>(*this).r *= s; }
};
struct Circle : Shape<Circle> {
  double r;
  Circle(double r) : r(r) {}
  double area() const { return 3 * r * r; }
};
struct Square : Shape<Square> {
  double r, k = 2;
  double area() const { return r * k; }
};
template <class E> struct Terms {
  double at(int i) const { return static_cast<const E &>(*this).at(i); }
};
struct Triple : Terms<Triple> {
  double d[3];
  Triple() {}
  Triple(double a, double b, double c) : d{a, b, c} {}
  template <class E> Triple(const Terms<E> &e) {
    for (int i = 0; i < 3; ++i)
      d[i] = e.at(i);
  }
  double at(int i) const { return d[i]; }
};
template <class A, class B> struct SumOf : Terms<SumOf<A, B>> {
  const A &a;
  const B &b;
  SumOf(const A &a, const B &b) : a(a), b(b) {}
  double at(int i) const { return a.at(i) + b.at(i); }
};
template <class A, class B> SumOf<A, B> operator+(const Terms<A> &a, const Terms<B> &b) {
  return SumOf<A, B>(static_cast<const A &>(a), static_cast<const B &>(b));
}
template <class T> struct Counted {
  int n = 1;
  double value() const { return n * static_cast<const T *>(this)->item(); }
};
struct Item : Counted<Item> {
  double q;
  double item() const { return q * q; }
};

#endif // ADGEN_TEST_TYPES_BASES_H
