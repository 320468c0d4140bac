double outer(double x) { return x; }
