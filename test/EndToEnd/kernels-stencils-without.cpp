// RUN: %check-values %S/kernels-stencils.cpp --adgen "adgen --disable-pass=ad-split-scatters"
// RUN: %check-values %S/kernels-stencils.cpp --adgen "adgen --disable-pass=ad-gather-stencils"
// Stencils without the passes that are made for them.
