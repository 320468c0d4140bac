// RUN: rm -rf %t && mkdir -p %t && cd %t && cp %s f.cpp
// RUN: adgen f.cpp -o f_grad.cpp -- -I %source-root/include
// RUN: %clangxx -std=c++17 -I %source-root/include -c f.cpp -o f.o
// RUN: %clangxx -std=c++17 -I %source-root/include -Wall -Wextra -Werror -DCHECK f.cpp f_grad.cpp f.o -o f && ./f
// RUN: not adgen %s --function chosen,kept -o %t/no.cpp -- -I %source-root/include 2>&1 | FileCheck %s
// What is inactive carries no derivative, however it is reached: neither what it held nor what is stored there.
#ifndef CHECK
#include <adgen/adgen.h>

struct State {
  double a;
  ADGEN_INACTIVE double log;
};

ADGEN_GRAD("x") ADGEN_JVP("x")
double pointer(double x, ADGEN_INACTIVE double *log) {
  *log = x * x;
  return *log * x;
}

ADGEN_GRAD("x") ADGEN_JVP("x")
double elements(double x, ADGEN_INACTIVE double *log, int i, int j) {
  log[i] = x * x;
  return log[j] * x;
}

ADGEN_GRAD("x") ADGEN_JVP("x")
double reference(double x, ADGEN_INACTIVE double &log) {
  log = x * x;
  return log * x;
}

ADGEN_GRAD("x") ADGEN_JVP("x")
double value(double x, ADGEN_INACTIVE double k, int n) {
  for (int i = 0; i < n; ++i)
    k = k * x;
  return k * x;
}

ADGEN_GRAD("x") ADGEN_JVP("x")
double member(State &s, double x) {
  double *p = &s.log;
  *p = x * x;
  return s.log * x;
}

static double add(double x, ADGEN_INACTIVE double &sum) {
  sum += x * x;
  return sum * x;
}

ADGEN_GRAD("x") ADGEN_JVP("x")
double callee(double x, double *y) {
  double r = add(x, *y);
  return r + *y;
}

static double scaled(const double *w, ADGEN_INACTIVE double t) {
  t = t * w[0];
  return t * w[0];
}

ADGEN_GRAD("x") ADGEN_JVP("x")
double value_in_callee(const double *x) { return scaled(x, x[1]); }

ADGEN_GRAD("x") ADGEN_JVP("x")
double loop(double x, ADGEN_INACTIVE double *log, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    log[i] = x * i;
    s += log[i] * x;
  }
  return s;
}

// What a loop carries is no parameter, whatever its number.
struct Link {
  double value;
  Link *next;
};
ADGEN_GRAD() ADGEN_JVP()
double walk(ADGEN_INACTIVE double &p, ADGEN_INACTIVE double &q, const Link *a, double x) {
  double s = 0;
  for (const Link *n = a; n; n = n->next)
    s += n->value * x;
  return s * p * q;
}

// CHECK: :[[@LINE+2]]:{{.*}} error: the derivative needs the shadow of what this points to, which is not known [adgen-unknown-shadow]
double chosen(State &s, double x) {
  double *p = x > 0 ? &s.log : &s.a;
  *p = x * x;
  return *p * x + s.log * x;
}

// CHECK: error: the derivative needs the shadow {{.*}} [adgen-unknown-shadow]
double kept(State &s, double x, int i) {
  double *places[2] = {&s.a, &s.log};
  *places[i] = x * x;
  return s.log * x;
}

#else
#include "f_grad.h"
#include <cstdio>

static int failures = 0;
static void expect(const char *what, double got, double expected) {
  if (got != expected)
    ++failures, std::printf("%s: %g, expected %g\n", what, got, expected);
}

int main() {
  double log[3] = {1, 1, 1}, x[2] = {3, 5}, x_bar[2] = {0, 0}, x_dot[2] = {1, 0};
  State s = {1, 1}, s_bar = {0, 5}, s_dot = {0, 7};
  expect("pointer_grad", pointer_grad(3, log), 9);
  expect("pointer_jvp", pointer_jvp(3, log).dot, 9);
  expect("elements_grad", elements_grad(3, log, 1, 1), 9);
  expect("elements_jvp", elements_jvp(3, log, 1, 1).dot, 9);
  expect("reference_grad", reference_grad(3, log[0]), 9);
  expect("reference_jvp", reference_jvp(3, log[0]).dot, 9);
  expect("value_grad", value_grad(3, 2, 2), 18);
  expect("value_jvp", value_jvp(3, 2, 2).dot, 18);
  expect("member_grad", member_grad(s, 3, s_bar), 9);
  expect("s_bar.log", s_bar.log, 5);
  expect("member_jvp", member_jvp(s, 3, s_dot, 1).dot, 9);
  double y = 1, y_bar = 1, y_dot = 0;
  expect("callee_grad", callee_grad(3, &y, &y_bar), 10);
  expect("callee, y_bar", y_bar, 0);
  y = 1;
  expect("callee_jvp", callee_jvp(3, &y, 1, &y_dot).dot, 10);
  value_in_callee_grad(x, x_bar);
  expect("value_in_callee_grad", x_bar[0], 15);
  expect("value_in_callee_grad", x_bar[1], 0);
  expect("value_in_callee_jvp", value_in_callee_jvp(x, x_dot).dot, 15);
  expect("loop_grad", loop_grad(3, log, 3), 9);
  expect("loop_jvp", loop_jvp(3, log, 3).dot, 9);
  Link last = {5, nullptr}, first = {3, &last}, last_bar = {0, nullptr}, first_bar = {1, &last_bar};
  expect("walk_grad", walk_grad(y, x[0], &first, 2, &first_bar), 8 * y * x[0]);
  expect("walk_grad, first", first_bar.value, 1 + 2 * y * x[0]);
  expect("walk_grad, last", last_bar.value, 2 * y * x[0]);
  expect("walk_jvp", walk_jvp(y, x[0], &first, 2, &first_bar, 1).dot,
         y * x[0] * (8 + 2 * (first_bar.value + last_bar.value)));
  return failures;
}
#endif
