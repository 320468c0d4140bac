// RUN: adgen %s --function f -o %t.cpp && FileCheck %s --input-file %t.cpp && %clangxx -std=c++17 -fsyntax-only %t.cpp
// An explicit specialization that the derivative calls comes with the template that it specializes,
// and a static member function with its class.
// CHECK: template <class T> struct Trait {
// CHECK: template <> struct Trait<int> {
// CHECK: template <int N> double power(double x)
// CHECK: template <> double power<0>(double x);
template <class T> struct Trait { static double of(double x) { return x * x; } };
template <> struct Trait<int> { static double of(double x) { return x * x * x; } };
template <int N> double power(double x) { return x * power<N - 1>(x); }
template <> double power<0>(double x) { return 2 + x; }
double f(double x) { return power<2>(x) * Trait<int>::of(x) * Trait<float>::of(x); }
