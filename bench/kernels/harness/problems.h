// The kernels that are measured, each as a Problem. `gradient` calls a gradient
// with the contract's signature, adgen's or the one by hand; `generic` is the
// objective for any number type, of all inputs in one array.
#ifndef BENCH_KERNELS_PROBLEMS_H
#define BENCH_KERNELS_PROBLEMS_H

#include "../camera.h"
#include "generic.h"
#include "problem.h"

#include <cmath>

// The originals.
double sum_of_squares(const double *x, int n);
double dot_product(const double *x, const double *y, int n);
double logsumexp(const double *x, int n);
double softmax_loss(const double *logits, const int *label, int rows,
                    int classes);
void layer(const double *W, const double *b, const double *x, double *y,
           int rows, int cols);
double matmul_loss(const double *A, const double *B, const double *target,
                   int n, int m, int p);
void forward_substitution(const double *L, const double *b, double *x, int n);
double log_determinant(std::vector<double> A, int n);
double solve_loss(std::vector<double> A, std::vector<double> b,
                  const std::vector<double> &target);
double misfit(std::vector<double> u, const std::vector<double> &target,
              double k, int steps);
double wave_misfit(const std::vector<double> &c2,
                   const std::vector<double> &start,
                   const std::vector<double> &observed, int receiver);
void convolve(const double *image, const double *kernel, double *out,
              int height, int width, int size);
double lstm_loss(const double *W, const double *b, const double *inputs,
                 const double *targets, int steps, int width, int size);
double mixture_log_likelihood(const double *weights, const double *means,
                              const double *icf, const double *x, int n, int k,
                              int d);
double reprojection_error(const Camera *cameras, const Vec3 *points,
                          const Observation *observations, int n);
double kmeans_cost(const double *points, const double *centers, int n, int k,
                   int d);
double energy(const Vec3 *p, int n);
void integrate(std::vector<double> &position, std::vector<double> &velocity,
               const std::vector<double> &mass, double h, int steps);
double logistic_loss(const double *features, const double *label,
                     const double *w, double bias, int n, int d);
double sparse_loss(const int *row_start, const int *column, const double *value,
                   const double *x, const double *target, int rows);

/// "a x b".
inline std::string times(int a, int b) {
  return std::to_string(a) + " × " + std::to_string(b);
}

struct SumOfSquares : Problem {
  static constexpr const char *name = "sum_of_squares";
  int n;
  std::vector<double> x, x_bar;

  explicit SumOfSquares(int n) : n(n), x(numbers(n, -1, 1, 1)) {
    input(x, x_bar);
  }
  explicit SumOfSquares(Size size)
      : SumOfSquares(at(size, 50, 10'000, 6'000'000)) {}
  std::string dimensions() const override { return std::to_string(n); }
  void primal() override { result = sum_of_squares(x.data(), n); }
  template <class F> void gradient(F f) { f(x.data(), n, x_bar.data(), seed); }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::sum_of_squares(x, n));
  }
};

struct DotProduct : Problem {
  static constexpr const char *name = "dot_product";
  int n;
  std::vector<double> x, y, x_bar, y_bar;

  explicit DotProduct(Size size)
      : n(at(size, 50, 10'000, 3'000'000)), x(numbers(n, -1, 1, 1)),
        y(numbers(n, -1, 1, 2)) {
    input(x, x_bar);
    input(y, y_bar);
  }
  std::string dimensions() const override { return std::to_string(n); }
  void primal() override { result = dot_product(x.data(), y.data(), n); }
  template <class F> void gradient(F f) {
    f(x.data(), y.data(), n, x_bar.data(), y_bar.data(), seed);
  }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::dot_product(x, x + n, n));
  }
};

struct LogSumExp : Problem {
  static constexpr const char *name = "logsumexp";
  int n;
  std::vector<double> x, x_bar;

  explicit LogSumExp(int n) : n(n), x(numbers(n, -5, 5, 1)) { input(x, x_bar); }
  explicit LogSumExp(Size size) : LogSumExp(at(size, 50, 10'000, 4'000'000)) {}
  std::string dimensions() const override { return std::to_string(n); }
  void primal() override { result = logsumexp(x.data(), n); }
  template <class F> void gradient(F f) { f(x.data(), n, x_bar.data(), seed); }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::logsumexp(x, n));
  }
};

struct SoftmaxLoss : Problem {
  static constexpr const char *name = "softmax_loss";
  int rows, classes;
  std::vector<double> logits, logits_bar;
  std::vector<int> label;

  explicit SoftmaxLoss(Size size)
      : rows(at(size, 8, 200, 50'000)), classes(at(size, 7, 50, 100)),
        logits(numbers(rows * classes, -5, 5, 1)),
        label(indices(rows, classes, 2)) {
    input(logits, logits_bar);
  }
  std::string dimensions() const override { return times(rows, classes); }
  void primal() override {
    result = softmax_loss(logits.data(), label.data(), rows, classes);
  }
  template <class F> void gradient(F f) {
    f(logits.data(), label.data(), rows, classes, logits_bar.data(), seed);
  }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::softmax_loss(x, label.data(), rows, classes));
  }
};

struct DenseLayer : Problem {
  static constexpr const char *name = "dense_layer";
  int rows, cols;
  std::vector<double> W, b, x, y, W_bar, b_bar, x_bar, y_bar, weight;

  explicit DenseLayer(Size size)
      : rows(at(size, 9, 200, 2'200)), cols(at(size, 11, 200, 2'200)),
        W(numbers(rows * cols, -0.1, 0.1, 1)), b(numbers(rows, -1, 1, 2)),
        x(numbers(cols, -1, 1, 3)), y(rows), y_bar(rows),
        weight(numbers(rows, -1, 1, 4)) {
    input(W, W_bar);
    input(b, b_bar);
    input(x, x_bar);
    outputs = {{y.data(), weight.data(), y.size(), y_bar.data()}};
  }
  std::string dimensions() const override { return times(rows, cols); }
  void prepare() override { y_bar = weight; }
  void primal() override {
    layer(W.data(), b.data(), x.data(), y.data(), rows, cols);
  }
  template <class F> void gradient(F f) {
    f(W.data(), b.data(), x.data(), y.data(), rows, cols, W_bar.data(),
      b_bar.data(), x_bar.data(), y_bar.data());
  }
  template <class T> T generic(const T *x) const {
    std::vector<T> y(rows);
    generic::layer(x, x + W.size(), x + W.size() + rows, y.data(), rows, cols);
    return generic::weighted(weight, y);
  }
};

struct MatmulLoss : Problem {
  static constexpr const char *name = "matmul_loss";
  int n;
  std::vector<double> A, B, target, A_bar, B_bar;

  explicit MatmulLoss(Size size)
      : n(at(size, 7, 96, 600)), A(numbers(n * n, -1, 1, 1)),
        B(numbers(n * n, -1, 1, 2)), target(numbers(n * n, -1, 1, 3)) {
    input(A, A_bar);
    input(B, B_bar);
  }
  std::string dimensions() const override { return times(n, n); }
  void primal() override {
    result = matmul_loss(A.data(), B.data(), target.data(), n, n, n);
  }
  template <class F> void gradient(F f) {
    f(A.data(), B.data(), target.data(), n, n, n, A_bar.data(), B_bar.data(),
      seed);
  }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::matmul_loss(x, x + n * n, target.data(), n, n, n));
  }
};

struct TriangularSolve : Problem {
  static constexpr const char *name = "triangular_solve";
  int n;
  std::vector<double> L, b, x, L_bar, b_bar, x_bar, weight;

  explicit TriangularSolve(Size size)
      : n(at(size, 12, 200, 2'400)), L(numbers(n * n, -1.0 / n, 1.0 / n, 1)),
        b(numbers(n, -1, 1, 2)), x(n), x_bar(n), weight(numbers(n, -1, 1, 3)) {
    for (int i = 0; i < n; ++i)
      L[i * n + i] += 1.5;
    input(L, L_bar);
    input(b, b_bar);
    outputs = {{x.data(), weight.data(), x.size(), x_bar.data()}};
  }
  std::string dimensions() const override { return times(n, n); }
  void prepare() override { x_bar = weight; }
  void primal() override {
    forward_substitution(L.data(), b.data(), x.data(), n);
  }
  template <class F> void gradient(F f) {
    f(L.data(), b.data(), x.data(), n, L_bar.data(), b_bar.data(),
      x_bar.data());
  }
  template <class T> T generic(const T *x) const {
    std::vector<T> solution(n);
    generic::forward_substitution(x, x + n * n, solution.data(), n);
    return generic::weighted(weight, solution);
  }
};

struct Cholesky : Problem {
  static constexpr const char *name = "cholesky";
  int n;
  std::vector<double> A, A_bar;

  explicit Cholesky(Size size)
      : n(at(size, 8, 100, 600)), A(numbers(n * n, -1, 1, 1)) {
    for (int i = 0; i < n; ++i)
      A[i * n + i] += n;
    input_set(A, A_bar);
  }
  std::string dimensions() const override { return times(n, n); }
  void primal() override { result = log_determinant(A, n); }
  template <class F> void gradient(F f) { take(0, A_bar, f(A, n, seed)); }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::log_determinant(std::vector<T>(x, x + n * n), n));
  }
};

struct LuSolve : Problem {
  static constexpr const char *name = "lu_solve";
  int n;
  std::vector<double> A, b, target, A_bar, b_bar;

  explicit LuSolve(Size size)
      : n(at(size, 8, 100, 600)), A(numbers(n * n, -1, 1, 1)),
        b(numbers(n, -1, 1, 2)), target(numbers(n, -1, 1, 3)) {
    input_set(A, A_bar);
    input_set(b, b_bar);
  }
  std::string dimensions() const override { return times(n, n); }
  void primal() override { result = solve_loss(A, b, target); }
  template <class F> void gradient(F f) {
    auto r = f(A, b, target, seed);
    take(0, A_bar, std::move(r.A));
    take(1, b_bar, std::move(r.b));
  }
  template <class T> T generic(const T *x) const {
    const T *end = x + n * n;
    return T(seed * generic::solve_loss(std::vector<T>(x, end),
                                        std::vector<T>(end, end + n), target));
  }
};

struct Heat : Problem {
  static constexpr const char *name = "heat";
  int n, steps;
  double k = 0.2, k_bar = 0;
  std::vector<double> u, target, u_bar;

  Heat(int n, int steps)
      : n(n), steps(steps), u(numbers(n, -1, 1, 1)),
        target(numbers(n, -1, 1, 2)) {
    input_set(u, u_bar);
    input_set(k, k_bar);
  }
  explicit Heat(Size size)
      : Heat(at(size, 21, 500, 100'000), at(size, 9, 200, 100)) {}
  std::string dimensions() const override { return times(n, steps); }
  void primal() override { result = misfit(u, target, k, steps); }
  template <class F> void gradient(F f) {
    auto r = f(u, target, k, steps, seed);
    take(0, u_bar, std::move(r.u));
    k_bar = r.k;
  }
  template <class T> T generic(const T *x) const {
    return T(seed *
             generic::misfit(std::vector<T>(x, x + n), target, x[n], steps));
  }
};

/// The same with respect to the initial state alone.
struct HeatInitial : Problem {
  static constexpr const char *name = "heat_initial";
  int n, steps;
  double k = 0.2;
  std::vector<double> u, target, u_bar;

  explicit HeatInitial(Size size)
      : n(at(size, 21, 500, 100'000)), steps(at(size, 9, 200, 100)),
        u(numbers(n, -1, 1, 1)), target(numbers(n, -1, 1, 2)) {
    input_set(u, u_bar);
  }
  std::string dimensions() const override { return times(n, steps); }
  void primal() override { result = misfit(u, target, k, steps); }
  template <class F> void gradient(F f) {
    take(0, u_bar, f(u, target, k, steps, seed));
  }
  template <class T> T generic(const T *x) const {
    return T(seed *
             generic::misfit(std::vector<T>(x, x + n), target, k, steps));
  }
};

struct Wave : Problem {
  static constexpr const char *name = "wave";
  int n, steps;
  std::vector<double> c2, start, observed, c2_bar, start_bar;

  explicit Wave(Size size)
      : n(at(size, 19, 500, 100'000)), steps(at(size, 11, 200, 100)),
        c2(numbers(n, 0.2, 0.6, 1)), start(numbers(n, -1, 1, 2)),
        observed(numbers(steps, -1, 1, 3)) {
    input(c2, c2_bar);
    input(start, start_bar);
  }
  std::string dimensions() const override { return times(n, steps); }
  void primal() override { result = wave_misfit(c2, start, observed, n / 3); }
  template <class F> void gradient(F f) {
    f(c2, start, observed, n / 3, c2_bar, start_bar, seed);
  }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::wave_misfit(x, x + n, n, observed, n / 3));
  }
};

struct Convolution : Problem {
  static constexpr const char *name = "convolution";
  int n, size;
  std::vector<double> image, kernel, out, image_bar, kernel_bar, out_bar,
      weight;

  explicit Convolution(Size s)
      : n(at(s, 9, 128, 1'600)), size(at(s, 3, 5, 5)),
        image(numbers(n * n, -1, 1, 1)), kernel(numbers(size * size, -1, 1, 2)),
        out((n - size + 1) * (n - size + 1)), out_bar(out.size()),
        weight(numbers(out.size(), -1, 1, 3)) {
    input(image, image_bar);
    input(kernel, kernel_bar);
    outputs = {{out.data(), weight.data(), out.size(), out_bar.data()}};
  }
  std::string dimensions() const override {
    return times(n, n) + ", " + times(size, size);
  }
  void prepare() override { out_bar = weight; }
  void primal() override {
    convolve(image.data(), kernel.data(), out.data(), n, n, size);
  }
  template <class F> void gradient(F f) {
    f(image.data(), kernel.data(), out.data(), n, n, size, image_bar.data(),
      kernel_bar.data(), out_bar.data());
  }
  template <class T> T generic(const T *x) const {
    std::vector<T> y(out.size());
    generic::convolve(x, x + n * n, y.data(), n, n, size);
    return generic::weighted(weight, y);
  }
};

struct Lstm : Problem {
  static constexpr const char *name = "lstm";
  int steps, width, size;
  std::vector<double> W, b, sequence, targets, W_bar, b_bar;

  explicit Lstm(Size s)
      : steps(at(s, 5, 50, 100)), width(at(s, 3, 32, 256)),
        size(at(s, 4, 32, 256)),
        W(numbers(4 * size * (width + size), -0.3, 0.3, 1)),
        b(numbers(4 * size, -1, 1, 2)),
        sequence(numbers(steps * width, -1, 1, 3)),
        targets(numbers(steps * size, -1, 1, 4)) {
    input(W, W_bar);
    input(b, b_bar);
  }
  std::string dimensions() const override {
    return std::to_string(size) + " cells, " + std::to_string(steps) + " steps";
  }
  void primal() override {
    result = lstm_loss(W.data(), b.data(), sequence.data(), targets.data(),
                       steps, width, size);
  }
  template <class F> void gradient(F f) {
    f(W.data(), b.data(), sequence.data(), targets.data(), steps, width, size,
      W_bar.data(), b_bar.data(), seed);
  }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::lstm_loss(x, x + W.size(), sequence.data(),
                                       targets.data(), steps, width, size));
  }
};

struct Mixture : Problem {
  static constexpr const char *name = "mixture";
  int n, k, d;
  std::vector<double> weights, means, icf, x, weights_bar, means_bar, icf_bar;

  explicit Mixture(Size size)
      : n(at(size, 9, 200, 20'000)), k(at(size, 3, 10, 20)),
        d(at(size, 4, 10, 20)), weights(numbers(k, -1, 1, 1)),
        means(numbers(k * d, -1, 1, 2)),
        icf(numbers(k * d * (d + 1) / 2, -0.5, 0.5, 3)),
        x(numbers(n * d, -1, 1, 4)) {
    input(weights, weights_bar);
    input(means, means_bar);
    input(icf, icf_bar);
  }
  std::string dimensions() const override {
    return std::to_string(n) + " points, " + std::to_string(k) +
           " Gaussians, " + std::to_string(d) + "-D";
  }
  void primal() override {
    result = mixture_log_likelihood(weights.data(), means.data(), icf.data(),
                                    x.data(), n, k, d);
  }
  template <class F> void gradient(F f) {
    f(weights.data(), means.data(), icf.data(), x.data(), n, k, d,
      weights_bar.data(), means_bar.data(), icf_bar.data(), seed);
  }
  template <class T> T generic(const T *x) const {
    const T *m = x + k;
    return T(seed * generic::mixture_log_likelihood(x, m, m + k * d,
                                                    this->x.data(), n, k, d));
  }
};

struct BundleAdjustment : Problem {
  static constexpr const char *name = "bundle_adjustment";
  int n;
  std::vector<Camera> cameras, cameras_bar;
  std::vector<Vec3> points, points_bar;
  std::vector<Observation> observations;

  explicit BundleAdjustment(Size size)
      : n(at(size, 20, 2'000, 1'000'000)), cameras(at(size, 3, 10, 500)),
        cameras_bar(cameras.size()), points(at(size, 7, 500, 200'000)),
        points_bar(points.size()), observations(n) {
    const std::size_t m = cameras.size(), p = points.size();
    const auto rotation = numbers(3 * m, -1, 1, 1),
               shift = numbers(3 * m, -0.5, 0.5, 2),
               lens = numbers(2 * m, -0.1, 0.1, 3),
               place = numbers(3 * p, -1, 1, 4),
               seen = numbers(2 * n, -50, 50, 5);
    for (std::size_t i = 0; i < m; ++i)
      cameras[i] = {{rotation[3 * i], rotation[3 * i + 1], rotation[3 * i + 2]},
                    {shift[3 * i], shift[3 * i + 1], shift[3 * i + 2] - 8},
                    400,
                    lens[2 * i],
                    lens[2 * i + 1]};
    // One camera has not been turned.
    cameras[0].rotation = {0, 0, 0};
    for (std::size_t i = 0; i < p; ++i)
      points[i] = {place[3 * i], place[3 * i + 1], place[3 * i + 2]};
    // Sorted by points, as the data come.
    const auto camera = indices(n, int(m), 6);
    for (int i = 0; i < n; ++i)
      observations[i] = {camera[i], int(i * (long long)(p) / n), seen[2 * i],
                         seen[2 * i + 1]};
    input(&cameras[0].rotation.x, &cameras_bar[0].rotation.x, 9 * m);
    input(&points[0].x, &points_bar[0].x, 3 * p);
  }
  std::string dimensions() const override {
    return std::to_string(n) + " of " + std::to_string(points.size()) +
           " points by " + std::to_string(cameras.size());
  }
  void primal() override {
    result = reprojection_error(cameras.data(), points.data(),
                                observations.data(), n);
  }
  template <class F> void gradient(F f) {
    f(cameras.data(), points.data(), observations.data(), n, cameras_bar.data(),
      points_bar.data(), seed);
  }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::reprojection_error(x, x + 9 * cameras.size(),
                                                observations.data(), n));
  }
};

struct KMeans : Problem {
  static constexpr const char *name = "kmeans";
  int n, k, d;
  std::vector<double> points, centers, centers_bar;

  explicit KMeans(Size size)
      : n(at(size, 20, 1'000, 1'000'000)), k(at(size, 3, 10, 16)),
        d(at(size, 3, 8, 8)), points(numbers(n * d, -1, 1, 1)),
        centers(numbers(k * d, -1, 1, 2)) {
    input(centers, centers_bar);
  }
  std::string dimensions() const override {
    return std::to_string(n) + " points, " + std::to_string(k) + " centers, " +
           std::to_string(d) + "-D";
  }
  void primal() override {
    result = kmeans_cost(points.data(), centers.data(), n, k, d);
  }
  template <class F> void gradient(F f) {
    f(points.data(), centers.data(), n, k, d, centers_bar.data(), seed);
  }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::kmeans_cost(points.data(), x, n, k, d));
  }
};

struct LennardJones : Problem {
  static constexpr const char *name = "lennard_jones";
  int n;
  std::vector<Vec3> p, p_bar;

  /// A disturbed cubic lattice.
  explicit LennardJones(Size size)
      : n(at(size, 20, 300, 4'000)), p(n), p_bar(n) {
    const auto shift = numbers(3 * n, -0.1, 0.1, 1);
    const int side = std::ceil(std::cbrt(n));
    for (int i = 0; i < n; ++i)
      p[i] = {1.1 * (i % side) + shift[3 * i],
              1.1 * (i / side % side) + shift[3 * i + 1],
              1.1 * (i / side / side) + shift[3 * i + 2]};
    input(&p[0].x, &p_bar[0].x, 3 * n);
  }
  std::string dimensions() const override { return std::to_string(n); }
  void primal() override { result = energy(p.data(), n); }
  template <class F> void gradient(F f) { f(p.data(), n, p_bar.data(), seed); }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::energy(x, n));
  }
};

struct NBody : Problem {
  static constexpr const char *name = "nbody";
  static constexpr double h = 1e-3;
  int bodies, steps;
  std::vector<double> position_0, velocity_0, mass, position, velocity;
  std::vector<double> position_bar, velocity_bar, mass_bar;
  std::vector<double> position_weight, velocity_weight;

  explicit NBody(Size size)
      : bodies(at(size, 4, 16, 100)), steps(at(size, 5, 50, 100)),
        position_0(numbers(3 * bodies, -1, 1, 1)),
        velocity_0(numbers(3 * bodies, -1, 1, 2)),
        mass(numbers(bodies, 0.1, 1, 3)), position(3 * bodies),
        velocity(3 * bodies), position_weight(numbers(3 * bodies, -1, 1, 4)),
        velocity_weight(numbers(3 * bodies, -1, 1, 5)) {
    input_set(position_0, position_bar);
    input_set(velocity_0, velocity_bar);
    input(mass, mass_bar);
    outputs = {
        {position.data(), position_weight.data(), position.size(), nullptr},
        {velocity.data(), velocity_weight.data(), velocity.size(), nullptr}};
  }
  std::string dimensions() const override {
    return std::to_string(bodies) + " bodies, " + std::to_string(steps) +
           " steps";
  }
  void prepare() override {
    position = position_0;
    velocity = velocity_0;
    position_bar = position_weight;
    velocity_bar = velocity_weight;
  }
  void primal() override { integrate(position, velocity, mass, h, steps); }
  template <class F> void gradient(F f) {
    f(position, velocity, mass, h, steps, position_bar, velocity_bar, mass_bar);
  }
  template <class T> T generic(const T *x) const {
    const int m = 3 * bodies;
    std::vector<T> position(x, x + m), velocity(x + m, x + 2 * m);
    generic::integrate(position, velocity, x + 2 * m, h, steps);
    return T(generic::weighted(position_weight, position) +
             generic::weighted(velocity_weight, velocity));
  }
};

struct LogisticRegression : Problem {
  static constexpr const char *name = "logistic_regression";
  int n, d;
  std::vector<double> features, label, w, w_bar;
  double bias = 0.3, bias_bar = 0;

  explicit LogisticRegression(Size size)
      : n(at(size, 12, 1'000, 100'000)), d(at(size, 5, 50, 100)),
        features(numbers(n * d, -1, 1, 1)), label(numbers(n, -1, 1, 2)),
        w(numbers(d, -1, 1, 3)) {
    for (double &l : label)
      l = l < 0 ? -1 : 1;
    input(w, w_bar);
    input_set(bias, bias_bar);
  }
  std::string dimensions() const override { return times(n, d); }
  void primal() override {
    result = logistic_loss(features.data(), label.data(), w.data(), bias, n, d);
  }
  template <class F> void gradient(F f) {
    bias_bar = f(features.data(), label.data(), w.data(), bias, n, d,
                 w_bar.data(), seed);
  }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::logistic_loss(features.data(), label.data(), x,
                                           x[d], n, d));
  }
};

/// Eight entries a row.
struct SparseMatvec : Problem {
  static constexpr const char *name = "sparse_matvec";
  static constexpr int filled = 8;
  int rows;
  std::vector<int> row_start, column;
  std::vector<double> value, x, target, value_bar, x_bar;

  explicit SparseMatvec(Size size)
      : rows(at(size, 10, 2'000, 400'000)), row_start(rows + 1),
        column(indices(rows * filled, rows, 1)),
        value(numbers(rows * filled, -1, 1, 2)), x(numbers(rows, -1, 1, 3)),
        target(numbers(rows, -1, 1, 4)) {
    for (int i = 0; i <= rows; ++i)
      row_start[i] = filled * i;
    input(value, value_bar);
    input(x, x_bar);
  }
  std::string dimensions() const override {
    return times(rows, rows) + ", " + std::to_string(filled) + " a row";
  }
  void primal() override {
    result = sparse_loss(row_start.data(), column.data(), value.data(),
                         x.data(), target.data(), rows);
  }
  template <class F> void gradient(F f) {
    f(row_start.data(), column.data(), value.data(), x.data(), target.data(),
      rows, value_bar.data(), x_bar.data(), seed);
  }
  template <class T> T generic(const T *x) const {
    return T(seed * generic::sparse_loss(row_start.data(), column.data(), x,
                                         x + value.size(), target.data(),
                                         rows));
  }
};

/// Calls `visit(Type<P>())` for every kernel P, in the order of the tables.
template <class P> struct Type {
  using type = P;
};
template <class Visit> void for_each_kernel(Visit visit) {
  visit(Type<SumOfSquares>());
  visit(Type<DotProduct>());
  visit(Type<LogSumExp>());
  visit(Type<SoftmaxLoss>());
  visit(Type<DenseLayer>());
  visit(Type<LogisticRegression>());
  visit(Type<MatmulLoss>());
  visit(Type<SparseMatvec>());
  visit(Type<TriangularSolve>());
  visit(Type<Cholesky>());
  visit(Type<LuSolve>());
  visit(Type<Heat>());
  visit(Type<HeatInitial>());
  visit(Type<Wave>());
  visit(Type<Convolution>());
  visit(Type<Lstm>());
  visit(Type<Mixture>());
  visit(Type<KMeans>());
  visit(Type<BundleAdjustment>());
  visit(Type<LennardJones>());
  visit(Type<NBody>());
}

#endif
