// Methods, templates, operators, and what is refused.
namespace shapes {
struct Circle {
  double r;
  double area() const { return 3 * r * r; }
};
double area(const Circle &c) { return c.area(); }
} // namespace shapes
template <class T> T twice(T x) { return x + x; }
double outside(double x);
double refused(double x) { return outside(x); }
