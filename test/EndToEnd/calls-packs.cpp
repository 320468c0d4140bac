// RUN: %check-values %s
// Parameter packs: every parameter of an instance has a name of its own.

template <class T> T total(T x) { return x * x; }
template <class T, class... Rest> T total(T x, Rest... rest) { return x + 2 * total(rest...) * x; }

template <class... T> double last(double x, T... rest) { return (x * ... * rest); }

// CHECK-VALUES: packs wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double packs(double x, double y) { return total(x, y * x, y, 1.0) + last(x) * last(y, x, x); }
