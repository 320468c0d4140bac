// CHECK-VALUES: product wrt=x,y at=(3, 4),(-0.5, 2),(0, 1),(1e-3, -7)
double product(double x, double y) { return x * x * y; }
