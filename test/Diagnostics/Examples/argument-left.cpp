// RUN: %check-example %s
// The class can be made of numbers.
// COMMAND: adgen example.cpp --function f --emit check
struct Scale {
  explicit Scale(const char *text) : n(text[0] - '0') {}
  int n;
};

double f(double x, const Scale &scale) { return x * x * scale.n; } // here
//--- mended
struct Scale {
  explicit Scale(int n) : n(n) {}
  int n;
};

double f(double x, const Scale &scale) { return x * x * scale.n; }
