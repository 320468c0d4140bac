// RUN: %check-example %s
// The name is qualified.
// COMMAND: adgen example.cpp --function energy
// MENDED: adgen example.cpp --function physics::energy
namespace physics {
double energy(double m, double v) { return m / 2 * v * v; }
}
