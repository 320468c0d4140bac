// RUN: %check-values %s
// Bases in combination: with references, lambdas, containers, recursion, and
// constructors of all kinds.
#include <array>
#include <cmath>
#include <utility>
#include <vector>
struct B {
  double x;
  double sq() const { return x * x; }
  B &operator+=(const B &o) {
    x += o.x;
    return *this;
  }
};
struct D : B {
  double y;
  B &base() { return *this; }
  const B &cbase() const { return *this; }
  D operator*(double s) const { return D{{x * s}, y * s}; }
};
struct D2 : B {
  double z;
};
static B &same(D &d) { return d; }
// CHECK-VALUES: returned_references wrt=x,z at=(0.7,0.3),(-1.2,2)
double returned_references(double x, double z) {
  D d{{x}, z};
  d.base().x *= z;
  B &b = same(d);
  b += d;
  const B &c = d.cbase();
  d.x *= x;
  return c.sq() * d.y + b.x;
}
// CHECK-VALUES: containers wrt=x,z at=(0.7,0.3),(-1.2,2)
double containers(double x, double z) {
  std::array<D, 2> a{{{{x}, z}, {{z}, x}}};
  std::vector<std::vector<D>> v(2, std::vector<D>(2));
  v[0][1] = a[0] * z;
  v[1][0] = a[1];
  v[1][0] += v[0][1];
  std::swap(a[0], a[1]);
  double s = 0;
  for (auto &r : v)
    for (B &b : r)
      s += b.sq() + b.x;
  return s * a[0].x;
}
// CHECK-VALUES: changed_pointer wrt=x,z at=(0.7,0.3,2),(-1.2,2,-1)
double changed_pointer(double x, double z, int n) {
  D d{{x}, z};
  D2 e{{z}, x};
  B *p = n > 0 ? (B *)&d : (B *)&e;
  p->x *= x;
  if (n > 1)
    p = &e;
  p->x += z;
  return d.x * d.y + e.x * e.z + p->sq();
}
struct M {
  D d;
  B b;
  double f(double s) {
    auto g = [this, s](double t) {
      d.x += s * t;
      return d.sq();
    };
    return g(b.x) + g(d.y);
  }
};
struct N : M {
  double q = 0.5;
  double all() { return f(q) * M::d.y; }
};
// CHECK-VALUES: lambdas_and_members wrt=x,z at=(0.7,0.3),(-1.2,2)
double lambdas_and_members(double x, double z) {
  N n;
  n.d = D{{x}, z};
  n.b = n.d;
  n.q *= z;
  double r = n.all();
  M m = n;
  m.b.x *= 2;
  n.M::operator=(m);
  return r * n.all() + m.f(x);
}
template <class T> double total(const std::vector<T> &v) {
  double s = 0;
  for (const B &b : v)
    s += b.sq();
  return s;
}
// CHECK-VALUES: templates wrt=x,z at=(0.7,0.3),(-1.2,2)
double templates(double x, double z) {
  std::vector<D> v{{{x}, z}, {{z}, x}};
  std::vector<D2> w(3);
  for (auto &e : w) {
    e.x = x * z;
    e.z = z;
  }
  w.pop_back();
  return total(v) * total(w);
}
struct T0 {
  double a;
  T0(double a) : a(a) {}
  T0() : T0(1) {}
};
struct T1 : T0 {
  double b;
  T1(double u) : T0(u * u), b(a) { a += u; }
  T1() : b(2) {}
};
struct T2 : T1 {
  double c = a * b;
  using T1::T1;
};
// CHECK-VALUES: delegating_constructors wrt=x,z at=(0.7,0.3),(-1.2,2)
double delegating_constructors(double x, double z) {
  T1 t(x);
  T1 u;
  u.b *= z;
  T2 v(z);
  T2 w;
  w.a = x;
  return t.a * t.b + u.a * u.b + v.c * v.a + w.c * w.a;
}
double rec(D &d, int n) {
  if (n == 0)
    return d.sq();
  d.x *= d.y;
  return rec(d, n - 1) + d.x;
}
// CHECK-VALUES: recursive wrt=x,z at=(0.7,0.3,2),(-1.2,2,3)
double recursive(double x, double z, int n) {
  D d{{x}, z};
  return rec(d, n) * d.x;
}
double recb(B &d, int n) {
  if (n == 0)
    return d.sq();
  d.x *= d.x;
  return recb(d, n - 1) + d.x;
}
// CHECK-VALUES: recursive_on_base wrt=x,z at=(0.7,0.3,2),(-1.2,2,3)
double recursive_on_base(double x, double z, int n) {
  D d{{x}, z};
  return recb(d, n) * d.x * d.y;
}
struct Only : B {};
// CHECK-VALUES: bindings wrt=x,z at=(0.7,0.3),(-1.2,2)
double bindings(double x, double z) {
  Only o{{x}};
  auto [k] = o;
  auto &[l] = o;
  l *= z;
  Only r{};
  r.x = o.sq();
  return k * o.x + r.x;
}
struct Ref : B {
  const D &d;
  double &out;
  Ref(const D &d, double &o) : B(d), d(d), out(o) { out += d.x; }
  void go() {
    x *= d.y;
    out += x;
  }
};
// CHECK-VALUES: references_as_well wrt=x,z at=(0.7,0.3),(-1.2,2)
double references_as_well(double x, double z) {
  D d{{x}, z};
  double t = z;
  {
    Ref r(d, t);
    r.go();
    d.y = t;
    r.go();
    d.x = r.x;
  }
  Ref q(d, d.y);
  q.go();
  return t * d.y + d.x;
}
struct K1 {
  double v[2];
};
struct K2 {
  std::vector<double> w;
  int n = 0;
};
struct K3 : K1, K2 {
  double s;
  void add(double t) {
    w.push_back(t);
    ++n;
    v[n % 2] += t * s;
  }
};
// CHECK-VALUES: vectors_and_arrays wrt=x,z at=(0.7,0.3),(-1.2,2)
double vectors_and_arrays(double x, double z) {
  K3 k;
  k.v[0] = x;
  k.v[1] = z;
  k.s = x * z;
  for (int i = 0; i < 3; ++i)
    k.add(x + i * z);
  K3 c = k;
  c.w[1] *= c.v[1];
  K2 &b = c;
  b.w.push_back(b.n * x);
  k = c;
  double r = 0;
  for (double d : k.w)
    r += d * d;
  return r * k.v[0] + k.n;
}
