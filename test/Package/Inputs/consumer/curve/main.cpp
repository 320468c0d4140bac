#include "curve_grad.h"
#include "curve_jvp.h"
#include <cstdio>

int main() { std::printf("curve %g %g\n", curve_grad(0), curve_jvp(0).dot); }
