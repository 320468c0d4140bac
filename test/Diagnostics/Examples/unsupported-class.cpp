// RUN: %check-example %s
// A struct has a member for each meaning.
union Value {
  double wide;
  float narrow;
};

double f(double x, Value v) { // here
  return x * v.wide;
}
//--- mended
struct Value {
  double wide;
};

double f(double x, Value v) {
  return x * v.wide;
}
