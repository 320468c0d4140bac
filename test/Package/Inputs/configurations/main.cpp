#include "line_grad.h"
#include <cstdio>

int main() { std::printf("%g\n", line_grad(1)); }
