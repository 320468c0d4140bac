// RUN: %check-example %s
// The type has a name in other files.
namespace {
enum class Kind { Flat, Round };
}
double f(double x, Kind k) { return k == Kind::Flat ? x : x * x; } // here
//--- mended
namespace shapes {
enum class Kind { Flat, Round };
}
double f(double x, shapes::Kind k) { return k == shapes::Kind::Flat ? x : x * x; }
