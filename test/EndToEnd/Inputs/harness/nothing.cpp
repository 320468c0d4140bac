double product(double x, double y) { return x * x * y; }
