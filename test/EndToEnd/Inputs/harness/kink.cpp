// CHECK-VALUES: product wrt=x,y at=(3, 4) expect=(24, 9) value=36
// CHECK-VALUES: product wrt=x,y at=(3, 4) expect=(24, 9.125)
double product(double x, double y) { return x * x * y; }
