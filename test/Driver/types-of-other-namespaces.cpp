// RUN: adgen %s --function f -o %t.cpp && FileCheck %s < %t.cpp && %clangxx -std=c++17 -fsyntax-only %t.cpp
// Types in the call of another namespace's function are qualified.
// CHECK: other::scaled(other::Tag{}, x)
namespace other {
struct Tag {};
inline double scaled(Tag, double x) { return x * x * x; }
} // namespace other
double f(double x) { return x * scaled(other::Tag{}, x); }
