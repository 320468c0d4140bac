// RUN: %check-values %s
// Local objects that hold pointers to local variables: methods change these.
#include <vector>

struct Square {
  double *r;
  void step() { *r = *r * *r; }
};
struct Counter {
  int *n;
  void increment() { ++*n; }
};
struct Params {
  double k, c;
};
struct Model {
  const Params *p;
  double at(double x) const { return p->k * x + p->c; }
};
struct Series {
  std::vector<double> c;
  double d, e;
};
struct Sum {
  const Series *s;
  double *out;
  void add(double x) { *out += x * s->e; }
};

// CHECK-VALUES: method wrt=x at=(0.7),(-1.2)
double method(double x) {
  double t = x;
  Square s{&t};
  s.step();
  t *= 2;
  s.step();
  return t;
}

static void twice(Square s, double &k) {
  s.step();
  k *= 3;
  s.step();
}

// CHECK-VALUES: both_ways wrt=x at=(0.7),(-1.2)
double both_ways(double x) {
  double t = x;
  Square s{&t};
  twice(s, t);
  return t * x;
}

// CHECK-VALUES: bound wrt=x at=(0.7),(-1.2)
double bound(double x) {
  int n = 2;
  Counter c{&n};
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s *= x + n;
    if (n < 5)
      c.increment();
  }
  return s * n;
}

// CHECK-VALUES: objects wrt=x at=(0.7),(-1.2)
double objects(double x) {
  Series s{{x, 2}, x, 3};
  double t = x;
  Sum l{&s, &t};
  l.add(s.d);
  s.e *= x;
  l.add(2);
  t *= s.c[0];
  l.add(x);
  return t;
}

// CHECK-VALUES: to_const wrt=x,z at=(0.7,2,1),(-1.2,0.3,5)
double to_const(double x, double z, int n) {
  const Params p{x, z}, q{z, x * z};
  Model a{&p};
  Model b = n > 1 ? Model{&p} : Model{&q};
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += a.at(x) * b.at(s);
    a.p = i % 2 ? &p : &q;
  }
  return s;
}

struct Ref {
  std::vector<double> *v;
  double *k;
  void bump(int i) {
    (*v)[i] *= 2;
    *k += (*v)[i];
  }
};
static void work(Ref &r, std::vector<double> &w, double &k, double x) {
  for (std::size_t i = 0; i < w.size(); ++i) {
    double a = w[i] * x;
    r.bump(int(i));
    double b = w[i] * w[i] + a * k;
    w[i] = b + a * x + 0.5 * b * x;
    k = k * 0.5 + w[i];
    w[i] += a * b * k - x * k;
    if (w[i] > 3) w[i] = 0.25 * w[i] + a;
  }
}
// What is called in several places may share memory by way of pointers.
// CHECK-VALUES: called_often wrt=x,z at=(0.7,0.3),(-0.6,0.5)
double called_often(double x, double z) {
  std::vector<double> v{x, z, x * z};
  double k = z;
  Ref r{&v, &k};
  work(r, v, k, x);
  work(r, v, k, z);
  v[1] *= k;
  work(r, v, k, x * z);
  return v[0] + v[1] * v[2] + k;
}
