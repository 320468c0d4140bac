// RUN: %check-example %s
// The value of the constant can be seen.
extern const double gravity;

double f(double t) { return gravity / 2 * t * t; } // here
//--- mended
const double gravity = 9.81;

double f(double t) { return gravity / 2 * t * t; }
