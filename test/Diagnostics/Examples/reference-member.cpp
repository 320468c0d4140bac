// RUN: %check-example %s
// What the member refers to has a name.
// COMMAND: adgen example.cpp --function f
struct Rate {
  const double &k;
  double times(double x) const { return k * x; }
};

double f(double x) {
  Rate r{x + 1}; // here
  return r.times(x);
}
//--- mended
struct Rate {
  const double &k;
  double times(double x) const { return k * x; }
};

double f(double x) {
  double k = x + 1;
  Rate r{k};
  return r.times(x);
}
