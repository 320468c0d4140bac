// Functions without a body, as many kinds as a derivative by hand can be written for.
#include <array>
#include <cstddef>
#include <vector>

double one(double x);
double several(double x, float y, int n, long double z);
double f_one(double x) { return one(x) * several(x, float(x), 3, x); }

float narrow(float x, double y);
double f_narrow(double x, float y) { return narrow(y, x); }

double unnamed(double, double);
double f_unnamed(double x) { return unnamed(x, x); }

double constants(const double x, const int n, bool b, unsigned long k, char c);
double f_constants(double x) { return constants(x, 2, true, 3, 'c'); }

double taken(double x, double &x_bar, double seed, double &x_dot, double value);
double f_taken(double x, double y) {
  double a = x, b = y;
  return taken(x, a, y, b, x) * a * b;
}

void by_reference(const double &x, double &y);
double f_by_reference(double x) {
  double y = x;
  by_reference(x, y);
  return y;
}

double by_pointer(const double *x, double *y, const float *const z);
double f_by_pointer(double x, float z) {
  double y = x;
  return by_pointer(&x, &y, &z) * y;
}

void restricted(const double *__restrict x, double *__restrict y);
double f_restricted(double x) {
  double y = x;
  restricted(&x, &y);
  return y;
}

int counted(double x, double &y);
double f_counted(double x) {
  double y = x;
  int n = counted(x, y);
  return y * n;
}

namespace outer {
using Real = double;
enum class Kind { Flat, Round };
namespace inner {
Real in_namespace(Real x, const Real &y, Kind kind);
}
inline namespace v1 {
double in_inline(Real x, Real y);
}
} // namespace outer
double f_in_namespace(double x) {
  return outer::inner::in_namespace(x, x, outer::Kind::Flat) * outer::in_inline(x, x);
}

namespace outer {
namespace {
double f_hidden(double x) { return inner::in_namespace(x, 2 * x, Kind::Round); }
} // namespace
} // namespace outer
double f_calls(double x) { return outer::f_hidden(x); }

extern "C" {
double in_c(double x, double y);
}
double f_in_c(double x) { return in_c(x, x); }

struct Shape {
  using Length = double;
  enum Unit { Metre };
  static double in_class(Length r, const Length *scale, Unit unit);
  struct Part {
    static Length in_inner_class(Length r, Length s);
  };
};
double f_in_class(double x) {
  return Shape::in_class(x, &x, Shape::Metre) * Shape::Part::in_inner_class(x, x);
}

template <class T> T instance(T x, const T &y);
template <int n> double numbered(double x);
double f_instance(double x, float y) { return instance(x, x) * numbered<3>(x) * instance(y, y); }

double overloaded(double x, double y);
float overloaded(float x, float y);
double overloaded(double x, int n);
double f_overloaded(double x) { return overloaded(x, x) * overloaded(x, 3); }
float f_overloaded_float(float x) { return overloaded(x, x); }

typedef double (*Function)(double);
static double square(double x) { return x * x; }
double applied(Function f, double x);
double f_applied(double x) { return applied(square, x); }

struct crowded_gradient {};
struct crowded_dual {};
double crowded(double x, double y);
double f_crowded(double x) { return crowded(x, x); }

double defaulted(double x, double y = 2, std::size_t n = 1);
double f_defaulted(double x) { return defaulted(x); }

double from_lambda(double x);
double f_from_lambda(double x) {
  auto twice = [](double y) { return 2 * from_lambda(y); };
  return twice(x);
}

double of_array(const double *x, int n);
double f_of_array(const double *x, int n) { return of_array(x + 1, n - 1); }

void into_array(const double *__restrict x, double *y, const int *kinds, float a);
void f_into_array(const double *__restrict x, double *y, const int *kinds, float a) { into_array(x, y, kinds, a); }

double of_arrays(const double (&m)[2][3], float (&z)[2]);
double f_of_arrays(const double (&m)[2][3], float (&z)[2]) { return of_arrays(m, z); }

namespace outer {
double of_vector(const std::vector<double> &v, std::vector<Real> &w, const std::array<double, 2> &k);
}
double f_of_vector(const std::vector<double> &v, double a) {
  std::vector<double> w(v.size());
  const std::array<double, 2> k = {a, 1};
  return outer::of_vector(v, w, k) * w[0];
}

struct Meter {
  double scale;
  int kind;
  double read(const double *x, int n) const;
  void set(double to);
  struct Dial {
    double angle;
    double turn(double by);
  };
};
double of_object(const Meter &m);
double f_of_object(const Meter &m, const double *x) { return m.read(x, 2) + of_object(m); }

void into_object(const Meter &m, Meter::Dial *d);
void f_into_object(const Meter &m, Meter::Dial &d) { into_object(m, &d); }

double f_of_method(double a) {
  Meter m = {a, 1};
  Meter::Dial d = {a};
  m.set(a * a);
  return m.scale * d.turn(a) * d.angle;
}
