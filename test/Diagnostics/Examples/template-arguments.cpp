// RUN: %check-example %s
// An instance is named.
// COMMAND: adgen example.cpp --function square
// MENDED: adgen example.cpp --function 'square<double>'
template <class T> T square(T x) { return x * x; }
