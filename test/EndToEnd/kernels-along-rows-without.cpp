// RUN: %check-values %S/kernels-along-rows.cpp --adgen "adgen --disable-pass=ad-interchange-loops"
// Loops along rows without the pass that makes them the innermost.
