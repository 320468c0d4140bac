// RUN: %check-values %s
// Members that are references: to parameters and local variables, which change by either name.
#include "Inputs/types/referring.h"

struct State {
  double &r;
  const double &c;
  State(double &r, const double &c) : r(r), c(c) {}
  void step() { r = r * c + c; }
};
struct Owner {
  Params &p;
  Model m;
  Owner(Params &p, std::vector<double> &v) : p(p), m{p, v} {}
  void twice() {
    p.k *= 2;
    m.put(p.c);
  }
};
struct Weights {
  std::vector<double> &d;
  const std::vector<double> &w;
  double dot() const {
    double s = 0;
    for (std::size_t i = 0; i < d.size(); ++i)
      s += d[i] * w[i];
    return s;
  }
};
struct Rate {
  const double &k;
  double times(double x) const { return k * x; }
};
struct Sum : Rate {
  double &o;
  Sum(const double &k, double &o) : Rate{k}, o(o) {}
  void add(double x) { o += times(x); }
};
class Secret {
  double &d;
  double w;

public:
  Secret(double &d, double w) : d(d), w(w) {}
  void change() {
    d *= w;
    w += d;
  }
  double value() const { return d * w; }
};
struct Row {
  double (&a)[3];
  double sum() const { return a[0] * a[1] + a[2]; }
  void set(double v) { a[1] = v * a[0]; }
};
struct Count {
  double &r;
  int &n;
  void step() {
    r = r * r;
    ++n;
  }
};
struct Stack {
  std::vector<double> &v;
  void put(double x) { v.push_back(x); }
  double last() const { return v.back(); }
};

// CHECK-VALUES: local_vector wrt=x,z at=(0.7,0.3),(-1.2,2)
double local_vector(double x, double z) {
  Params p{x, z};
  std::vector<double> v(1, x * z);
  Model a{p, v};
  a.put(z);
  p.k *= 2;
  a.put(x);
  double s = 0;
  for (double d : v)
    s += d * d;
  return s + a.at(z);
}

// CHECK-VALUES: given wrt=p,v,x at=({1.5,2},{1,2,3},0.5)
double given(const Params &p, std::vector<double> &v, double x) {
  Model a{p, v};
  Model b = a;
  for (std::size_t i = 0; i < v.size(); ++i)
    a.out[i] = b.at(v[i]) * x;
  return b.out[1] * a.p.k;
}

// CHECK-VALUES: numbers wrt=x,z at=(0.7,0.3),(-1.2,2)
double numbers(double x, double z) {
  double t = x;
  State s(t, z);
  s.step();
  z += x;
  s.step();
  t *= 2;
  State u(s);
  u.step();
  return s.r + t * z;
}

// CHECK-VALUES: elements wrt=y,x at=({1,2,3},0.5)
void elements(double (&y)[3], double x) {
  for (int i = 0; i < 3; ++i) {
    State s(y[i], y[(i + 1) % 3]);
    s.step();
    s.r *= x;
  }
}

// CHECK-VALUES: nested wrt=x,z at=(0.7,0.3),(-1.2,2)
double nested(double x, double z) {
  Params p{x, z};
  std::vector<double> v{z};
  Owner q(p, v);
  q.twice();
  q.twice();
  return v[1] * v[2] + v[0] + p.k;
}

// CHECK-VALUES: two_vectors wrt=d,w at=({1,2,3},{0.5,2,1})
double two_vectors(std::vector<double> &d, const std::vector<double> &w) {
  Weights a{d, w};
  d[0] *= a.dot();
  a.d[1] = a.dot() * w[2];
  return a.dot();
}

// CHECK-VALUES: with_base wrt=x,z at=(0.7,2),(-1.2,0.3)
double with_base(double x, double z) {
  double k = x, o = z;
  Sum d(k, o);
  d.add(z);
  k *= o;
  d.add(x);
  Sum e(o, k);
  e.add(z);
  d.add(e.times(x));
  return k * o + d.times(z);
}

// CHECK-VALUES: one_object wrt=x,z at=(0.7,2),(-1.2,0.3)
double one_object(double x, double z) {
  Vec3 a{x, z, x * z}, b{z, 1, x};
  Couple v{a, b};
  Couple same{b, b};
  v.add();
  same.add();
  a.x *= b.y;
  b = a;
  v.add();
  return v.dot() * same.dot() + b.x;
}

// CHECK-VALUES: perhaps_one_object wrt=y,o at=({1,2,3},{4,5,6})
void perhaps_one_object(Vec3 &y, Vec3 &o) {
  Couple v{y, o};
  v.add();
  Couple u{o, y};
  u.add();
  y.z = v.dot() * u.dot();
}

// CHECK-VALUES: hidden wrt=x,z at=(0.7,2),(-1.2,0.3)
double hidden(double x, double z) {
  Secret p(x, z);
  p.change();
  x += 1;
  p.change();
  Secret q = p;
  q.change();
  return p.value() * q.value() + x;
}

// CHECK-VALUES: array wrt=x,z at=(0.7,2),(-1.2,0.3)
double array(double x, double z) {
  double y[3] = {x, z, 1};
  Row r{y};
  r.set(x);
  y[0] *= z;
  return r.sum() * y[1];
}

// CHECK-VALUES: in_loops wrt=x,z at=(0.7,2,1),(-1.2,0.3,5)
double in_loops(double x, double z, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = x * i;
    int k = i;
    Count r{i % 2 ? t : z, k};
    r.step();
    s += t * k + z;
  }
  return s;
}

// CHECK-VALUES: bounds wrt=x at=(0.7),(-1.2)
double bounds(double x) {
  std::vector<double> v(1, x);
  Stack w{v};
  for (std::size_t i = 0; i < v.size(); ++i)
    if (v.size() < 5)
      w.put(v[i] * x + w.last());
  v[2] *= x;
  return w.last() * v[2] + v[1];
}

static Stack refer(std::vector<double> &v) { return Stack{v}; }
static double use(const Stack &v, std::vector<double> &w) {
  w[0] *= 2;
  return v.last() * v.v[0];
}

// CHECK-VALUES: handed_on wrt=x,z at=(0.7,2),(-1.2,0.3)
double handed_on(double x, double z) {
  std::vector<double> v{x, z};
  Stack a = refer(v);
  a.put(x * z);
  double r = use(a, v);
  auto f = [&](double u) {
    a.put(u);
    return v.back() * v[0];
  };
  r *= f(z);
  return r + v[3];
}
