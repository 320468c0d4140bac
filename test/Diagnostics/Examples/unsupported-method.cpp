// RUN: %check-example %s
// A free function gets the object.
// COMMAND: adgen example.cpp --function Scale::apply
// MENDED: adgen example.cpp --function apply
struct Scale {
  double factor;
  double apply(double x) const { return factor * x; } // here
};
//--- mended
struct Scale {
  double factor;
  double apply(double x) const { return factor * x; }
};
double apply(const Scale &s, double x) { return s.apply(x); }
