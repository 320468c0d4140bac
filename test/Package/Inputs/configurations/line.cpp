double line(double x) { return SLOPE * x; }
