// RUN: %check-example %s
// The caller reads the object that may change.
double f(volatile double &sensor, double x) { // here
  return sensor * x;
}
//--- mended
double f(double reading, double x) {
  return reading * x;
}
