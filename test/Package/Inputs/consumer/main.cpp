#include "model/model_grad_along_x.h"
#include "model_grad.h"
#include <cstdio>

int main() {
  energy_gradient g = energy_grad(3, 2);
  std::printf("energy %g by x %g by y %g along x %g\n", g.value, g.x, g.y,
              energy_jvp_along_x(3, 2).dot);
}
