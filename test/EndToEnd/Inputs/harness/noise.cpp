// CHECK-VALUES: product wrt=x,y at=(1, 1)
double product(double x, double y) { return x > 1 ? 5 : x * x * y; }
