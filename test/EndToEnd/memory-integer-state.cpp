// RUN: %check-values %s
// Integers in variables and arrays that change in loops and decide on places.
#include <cmath>

// CHECK-VALUES: linked wrt=x at=(rand(5, 1), {3, 2, -1, 4, 1}, 0),(rand(2, 1), {-1, 0}, 0)
double linked(const double *x, const int *next, int start) {
  double s = 1;
  for (int j = start; j >= 0; j = next[j])
    s = s * x[j] + 0.5;
  return s;
}

// The list is turned around on the way.
// CHECK-VALUES: turned wrt=x at=(rand(4, 1), {3, -1, 1, 2}, 0)
double turned(double *x, int *next, int start) {
  int before = -1, here = start;
  while (here != -1) {
    const int after = next[here];
    next[here] = before;
    before = here;
    here = after;
    if (here != -1)
      x[here] *= x[before];
  }
  double s = 0;
  for (int j = before; j != -1; j = next[j])
    s = s * 0.5 + x[j] * x[j];
  return s;
}

// CHECK-VALUES: counters wrt=x,y at=(rand(6, 1), {9, 9, 9, 9, 9, 9}, {0, 1, 0, 2, 1, 0}, 6)
void counters(const double *x, double *y, const int *key, int n) {
  int place[4] = {};
  for (int i = 0; i < n; ++i)
    ++place[key[i] + 1];
  for (int k = 1; k < 4; ++k)
    place[k] += place[k - 1];
  for (int i = 0; i < n; ++i)
    y[place[key[i]]++] = x[i] * x[i];
}

// A stack machine.
// REFUSED by g++ -Wmaybe-uninitialized: evaluated wrt=x at=(rand(3, 1), {0, 1, -1, 2, -2, 0, -1}, 7)
double evaluated(const double *x, const int *program, int length) {
  double stack[8];
  int top = 0;
  for (int i = 0; i < length; ++i)
    if (program[i] >= 0) {
      stack[top++] = x[program[i]];
    } else {
      const double b = stack[--top], a = stack[--top];
      stack[top++] = program[i] == -1 ? a + b : a * b;
    }
  return stack[0];
}

// A tree in an array, walked with a stack of its own.
// CHECK-VALUES: walked wrt=x at=(rand(7, 1), 7),({2}, 1)
double walked(const double *x, int n) {
  int stack[8], top = 0;
  double s = 0, weight = 1;
  stack[top++] = 0;
  while (top > 0) {
    const int node = stack[--top];
    s += weight * x[node];
    weight *= 1 + 0.1 * x[node];
    if (2 * node + 1 < n)
      stack[top++] = 2 * node + 1;
    if (2 * node + 2 < n)
      stack[top++] = 2 * node + 2;
  }
  return s;
}

// CHECK-VALUES: ring wrt=x at=(rand(4, 1), 9)
double ring(const double *x, int trips) {
  double queue[3] = {x[0], x[1], x[2]};
  unsigned head = 0;
  for (int t = 0; t < trips; ++t) {
    const unsigned next = head == 2 ? 0 : head + 1;
    queue[head] = queue[head] * x[3] + queue[next];
    head = next;
  }
  return queue[head];
}

// Which elements are taken depends on values, and is kept in an array.
// CHECK-VALUES: listed wrt=x at=({1, -2, 3, -4, 5}, 5),({}, 0)
double listed(const double *x, int n) {
  int positive[8], count = 0;
  for (int i = 0; i < n; ++i)
    if (x[i] > 0)
      positive[count++] = i;
  double p = 1;
  for (int k = 0; k < count; ++k)
    p *= x[positive[k]];
  return p;
}

// A random walk by a linear congruence.
// CHECK-VALUES: random_walk wrt=x at=(rand(4, 1), 12345, 6)
void random_walk(double *x, unsigned &state, int trips) {
  for (int t = 0; t < trips; ++t) {
    state = state * 1664525u + 1013904223u;
    const unsigned i = state >> 30, j = (state >> 20) & 3;
    x[i] += 0.5 * x[j] * x[i];
  }
}

// CHECK-VALUES: disjoint_sets wrt=x at=(rand(5, 1), {0, 1, 2, 3, 4}, {0, 3, 3, 1}, 2)
double disjoint_sets(double *x, int *parent, const int *pairs, int count) {
  for (int e = 0; e < count; ++e) {
    int a = pairs[2 * e], b = pairs[2 * e + 1];
    while (parent[a] != a)
      a = parent[a];
    while (parent[b] != b)
      b = parent[b];
    parent[a] = b;
    x[b] *= x[a];
  }
  double s = 0;
  for (int i = 0; i < 5; ++i)
    s += x[parent[i]] * x[i];
  return s;
}
