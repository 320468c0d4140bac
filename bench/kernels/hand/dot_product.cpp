// Nothing of the forward sweep is needed. Since x may be y, so may x_bar be
// y_bar: one loop each, so that the compiler need not ask which it is.
#include "hand.h"

#include "sums.h"

void hand::dot_product_grad(const double *x, const double *y, int n,
                            double *x_bar, double *y_bar, double seed) {
  add_scaled(seed, y, x_bar, n);
  add_scaled(seed, x, y_bar, n);
}
