#include "cubic.h"
#include <cstdio>

int main() { std::printf("cubic %g\n", energy_grad(3, 2)); }
