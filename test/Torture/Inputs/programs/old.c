double old(x) double x; { return x; }
