// RUN: %check-example %s
// The object is of the derived class.
template <class T> struct Shape {
  double twice() const {
    return 2 * static_cast<const T &>(*this).area(); // here
  }
};
struct Circle : Shape<Circle> {
  double r;
  double area() const { return 3 * r * r; }
};

double f(const Shape<Circle> &s) { return s.twice(); }
//--- mended
template <class T> struct Shape {
  double twice() const {
    return 2 * static_cast<const T &>(*this).area();
  }
};
struct Circle : Shape<Circle> {
  double r;
  double area() const { return 3 * r * r; }
};

double f(const Circle &s) { return s.twice(); }
