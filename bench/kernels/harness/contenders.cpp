#include "contenders.h"

#include "../../dual.h"
#include "../hand/hand.h"
#include "forward.h"
#include "generated.h"
#include "problems.h"

// The adjoints by hand.
template <class P> static void by_hand(Problem &problem);
#define BENCH_BY_HAND(PROBLEM, FUNCTION)                                       \
  template <> void by_hand<PROBLEM>(Problem & problem) {                       \
    static_cast<PROBLEM &>(problem).gradient(hand::FUNCTION);                  \
  }
BENCH_BY_HAND(SumOfSquares, sum_of_squares_grad)
BENCH_BY_HAND(DotProduct, dot_product_grad)
BENCH_BY_HAND(LogSumExp, logsumexp_grad)
BENCH_BY_HAND(SoftmaxLoss, softmax_loss_grad)
BENCH_BY_HAND(DenseLayer, layer_grad)
BENCH_BY_HAND(LogisticRegression, logistic_loss_grad)
BENCH_BY_HAND(MatmulLoss, matmul_loss_grad)
BENCH_BY_HAND(SparseMatvec, sparse_loss_grad)
BENCH_BY_HAND(TriangularSolve, forward_substitution_grad)
BENCH_BY_HAND(Cholesky, log_determinant_grad)
BENCH_BY_HAND(LuSolve, solve_loss_grad)
BENCH_BY_HAND(Heat, misfit_grad)
BENCH_BY_HAND(HeatInitial, misfit_grad_u)
BENCH_BY_HAND(Wave, wave_misfit_grad)
BENCH_BY_HAND(Convolution, convolve_grad)
BENCH_BY_HAND(Lstm, lstm_loss_grad)
BENCH_BY_HAND(Mixture, mixture_log_likelihood_grad)
BENCH_BY_HAND(KMeans, kmeans_cost_grad)
BENCH_BY_HAND(BundleAdjustment, reprojection_error_grad)
BENCH_BY_HAND(LennardJones, energy_grad)
BENCH_BY_HAND(NBody, integrate_grad)

namespace {
/// Dual numbers, the reference of `check`.
struct DualNumbers {
  static constexpr int directions = 1;
  using Number = generic::Dual;
  static Number constant(double value) { return value; }
  static Number variable(double value, int) { return {value, 1}; }
  static double derivative(const Number &y, int) { return y.dot; }
};
} // namespace

static Contender adgen_or_refusal(const char *kernel) {
  for (const Contender &contender : generated())
    if (contender.kernel == kernel)
      return contender;
  return {"adgen", kernel, nullptr, "not generated"};
}

std::vector<Kernel> all_kernels() {
  std::vector<Contender> peers;
#ifdef BENCH_ADOLC
  add_adolc(peers);
#endif
#ifdef BENCH_SACADO
  add_sacado(peers);
#endif
#ifdef BENCH_EIGEN
  add_eigen(peers);
#endif
#ifdef BENCH_CERES
  add_ceres(peers);
#endif

  std::vector<Kernel> kernels;
  for_each_kernel([&](auto type) {
    using P = typename decltype(type)::type;
    Kernel kernel{P::name,
                  [](Size size) -> std::unique_ptr<Problem> {
                    return std::make_unique<P>(size);
                  },
                  {"hand", P::name, by_hand<P>},
                  forward_contender<P, DualNumbers>("dual numbers"),
                  adgen_or_refusal(P::name),
                  {}};
    for (const Contender &peer : peers)
      if (peer.kernel == P::name)
        kernel.peers.push_back(peer);
    kernels.push_back(std::move(kernel));
  });
  return kernels;
}
