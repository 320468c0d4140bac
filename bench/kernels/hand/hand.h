// The adjoints of the kernels as an expert writes them by hand, for speed, with
// the signatures and duties of the generated ones: what adgen's output is
// measured against.
//
// Each is the derivative of what the kernel computes, to rounding: algebra is
// simplified, loops are fused and their order chosen, the order of an adjoint's
// sums is free. Objects that a kernel reads may be one, as the contract says;
// those that `integrate` writes are taken to be distinct. The kernel's own sums
// keep their order, and no theorem about the result replaces the kernel (the
// gradient of a log-determinant is not taken from the inverse matrix). They
// were written before adgen could differentiate arrays, and are not changed to
// look better or worse beside its output. What each does for speed is at its
// head.
#ifndef BENCH_KERNELS_HAND_H
#define BENCH_KERNELS_HAND_H

#include "../camera.h"

#include <vector>

namespace hand {

void sum_of_squares_grad(const double *x, int n, double *x_bar,
                         double seed = 1);

void dot_product_grad(const double *x, const double *y, int n, double *x_bar,
                      double *y_bar, double seed = 1);

void logsumexp_grad(const double *x, int n, double *x_bar, double seed = 1);

void softmax_loss_grad(const double *logits, const int *label, int rows,
                       int classes, double *logits_bar, double seed = 1);

void layer_grad(const double *__restrict W, const double *__restrict b,
                const double *__restrict x, double *__restrict y, int rows,
                int cols, double *__restrict W_bar, double *__restrict b_bar,
                double *__restrict x_bar, double *__restrict y_bar);

void matmul_loss_grad(const double *A, const double *B, const double *target,
                      int n, int m, int p, double *A_bar, double *B_bar,
                      double seed = 1);

void forward_substitution_grad(const double *__restrict L,
                               const double *__restrict b, double *__restrict x,
                               int n, double *__restrict L_bar,
                               double *__restrict b_bar,
                               double *__restrict x_bar);

std::vector<double> log_determinant_grad(std::vector<double> A, int n,
                                         double seed = 1);

struct solve_loss_gradient {
  std::vector<double> A, b;
};
solve_loss_gradient solve_loss_grad(std::vector<double> A,
                                    std::vector<double> b,
                                    const std::vector<double> &target,
                                    double seed = 1);

struct misfit_gradient {
  std::vector<double> u;
  double k;
};
misfit_gradient misfit_grad(std::vector<double> u,
                            const std::vector<double> &target, double k,
                            int steps, double seed = 1);

/// The same with respect to u alone.
std::vector<double> misfit_grad_u(std::vector<double> u,
                                  const std::vector<double> &target, double k,
                                  int steps, double seed = 1);

void wave_misfit_grad(const std::vector<double> &c2,
                      const std::vector<double> &start,
                      const std::vector<double> &observed, int receiver,
                      std::vector<double> &c2_bar,
                      std::vector<double> &start_bar, double seed = 1);

void convolve_grad(const double *__restrict image,
                   const double *__restrict kernel, double *__restrict out,
                   int height, int width, int size,
                   double *__restrict image_bar, double *__restrict kernel_bar,
                   double *__restrict out_bar);

void lstm_loss_grad(const double *W, const double *b, const double *inputs,
                    const double *targets, int steps, int width, int size,
                    double *W_bar, double *b_bar, double seed = 1);

void mixture_log_likelihood_grad(const double *weights, const double *means,
                                 const double *icf, const double *x, int n,
                                 int k, int d, double *weights_bar,
                                 double *means_bar, double *icf_bar,
                                 double seed = 1);

void reprojection_error_grad(const Camera *cameras, const Vec3 *points,
                             const Observation *observations, int n,
                             Camera *cameras_bar, Vec3 *points_bar,
                             double seed = 1);

void kmeans_cost_grad(const double *points, const double *centers, int n, int k,
                      int d, double *centers_bar, double seed = 1);

void energy_grad(const Vec3 *p, int n, Vec3 *p_bar, double seed = 1);

void integrate_grad(std::vector<double> &position,
                    std::vector<double> &velocity,
                    const std::vector<double> &mass, double h, int steps,
                    std::vector<double> &position_bar,
                    std::vector<double> &velocity_bar,
                    std::vector<double> &mass_bar);

double logistic_loss_grad(const double *features, const double *label,
                          const double *w, double bias, int n, int d,
                          double *w_bar, double seed = 1);

void sparse_loss_grad(const int *row_start, const int *column,
                      const double *value, const double *x,
                      const double *target, int rows, double *value_bar,
                      double *x_bar, double seed = 1);

} // namespace hand

#endif
