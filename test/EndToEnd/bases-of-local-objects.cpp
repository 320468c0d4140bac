// RUN: %check-values %s
// Local objects of classes with bases: members, methods, constructors, copies.
#include <cmath>
#include <utility>
#include <vector>

struct B {
  double x;
  double squared() const { return x * x; }
  void scale(double s) { x *= s; }
};
struct D : B {
  double y;
  double both() const { return squared() + x * y; }
};
struct G : D {
  double z = 2;
  double all() const { return both() * z + squared(); }
};
struct Holder {
  G g;
  double w;
};
struct E {
  double a;
  double k = 0.5;
  E(double a) : a(a * a) {}
};
struct F : E {
  double y;
  F(double a, double b) : E(a), y(b + this->a) {}
  double f() const { return a * y * k; }
};

static void set_base(B &b, double v) { b.x = v * b.x; }
static double read_base(const B &b) { return std::sin(b.x); }
static void set_pointer(B *b, double v) { b->x += v; }
static double by_value(B b, double s) {
  b.x *= s;
  return b.squared();
}
static D make(double a, double b) {
  D d;
  d.x = a * b;
  d.y = b;
  return d;
}

// CHECK-VALUES: lists wrt=x,z at=(0.7,0.3),(-1.2,2),(0,1)
double lists(double x, double z) {
  D d{{x}, z};
  d.scale(z);
  return d.both() * d.y + d.x;
}

// CHECK-VALUES: constructors wrt=x,z at=(0.7,0.3),(-1.2,2),(0,1)
double constructors(double x, double z) {
  F f(x, z);
  F g = f;
  g.y *= 2;
  g.a += x;
  return f.f() * g.f();
}

// CHECK-VALUES: slices wrt=x,z at=(0.7,0.3),(-1.2,2),(0,1)
double slices(double x, double z) {
  G g;
  g.x = x;
  g.y = z;
  g.z *= x;
  B b = g;
  b.x += z;
  g.scale(b.x);
  static_cast<B &>(g) = B{g.x * z};
  return g.all() + b.squared();
}

// CHECK-VALUES: arguments wrt=x,z at=(0.7,0.3),(-1.2,2),(0,1)
double arguments(double x, double z) {
  D d{{x}, z};
  set_base(d, z);
  set_pointer(&d, x * x);
  double r = read_base(d) + by_value(d, x);
  B &b = d;
  b.x *= 3;
  const B *p = &d;
  D e = make(d.x, d.y);
  return r * p->squared() + e.both() + read_base(make(x, z));
}

// CHECK-VALUES: chosen wrt=x,z at=(0.7,0.3,1),(-1.2,2,-1)
double chosen(double x, double z, int n) {
  D a{{x}, z};
  G g;
  g.x = z;
  g.y = x;
  B &c = n > 0 ? static_cast<B &>(a) : g;
  c.x *= z;
  const B *p = n > 0 ? static_cast<const B *>(&g) : &a;
  B e = n > 0 ? B(a) : B(g);
  return a.both() + g.all() * p->squared() + e.x;
}

// CHECK-VALUES: elements wrt=x,z at=(0.7,0.3),(-1.2,2),(0,1)
double elements(double x, double z) {
  std::vector<D> v(3);
  D a[2] = {{{x}, z}, {{z}, x}};
  for (int i = 0; i < 3; ++i) {
    v[i].x = x * i;
    v[i].y = z + i;
    set_base(v[i], z);
  }
  v.push_back(D{{x}, x});
  v.push_back(make(x, z));
  double s = 0;
  for (const D &d : v)
    s += d.both();
  for (B &b : v)
    b.x *= 2;
  for (auto &d : a)
    s += d.both() * d.squared() * v[1].x;
  std::swap(a[0], a[1]);
  return s + a[0].x * a[1].squared() * a[1].y;
}

// CHECK-VALUES: members wrt=x,z at=(0.7,0.3),(-1.2,2),(0,1)
double members(double x, double z) {
  Holder h;
  h.g.x = x;
  h.g.y = z;
  h.w = x * z;
  Holder i = h;
  i.g.scale(h.w);
  i.g.D::y += 1;
  G k = i.g;
  h.g = k;
  return h.g.all() * i.w + read_base(i.g);
}
