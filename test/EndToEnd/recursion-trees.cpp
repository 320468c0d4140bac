// RUN: %check-values %s
// Trees: structs with the indices of their children, and functions that call each other.
#include "Inputs/types/nodes.h"
#include <cmath>

// CHECK-VALUES: evaluate wrt=nodes,x at=({{0.5, 1, 1, 2}, {-0.25, 0.5, -1, 3}, {2, -1, -1, -1}, {0.75, 0.3, -1, -1}}, 0, 0.7),({{0.5, 1, -1, -1}}, 0, 0.3),({{0.5, 1, -1, -1}}, -1, 0.3)
double evaluate(const Node *nodes, int i, double x) {
  if (i < 0)
    return x;
  const Node &node = nodes[i];
  const double l = evaluate(nodes, node.left, x * node.weight);
  const double r = evaluate(nodes, node.right, x + node.bias);
  return std::tanh(l + r * node.weight);
}

// Every node is left with what its subtree gives.
// CHECK-VALUES: accumulate wrt=v at=(rand(7, 1), 0, 7),({2}, 0, 1),({2}, 0, 0)
double accumulate(double *v, int node, int n) {
  if (node >= n)
    return 0;
  const double l = accumulate(v, 2 * node + 1, n);
  const double r = accumulate(v, 2 * node + 2, n);
  v[node] = v[node] * (1 + l * r) + l;
  return v[node] * 0.25;
}

void odd_levels(double *x, int n);

// CHECK-VALUES: even_levels wrt=x at=(rand(6, 1), 5),(rand(3, 1), 2),({2}, 0)
void even_levels(double *x, int n) {
  if (n <= 0)
    return;
  x[1] += x[0] * x[0];
  odd_levels(x + 1, n - 1);
  x[0] *= x[1];
}

// CHECK-VALUES: odd_levels wrt=x at=(rand(6, 1), 5),(rand(3, 1), 2),({2}, 0)
void odd_levels(double *x, int n) {
  if (n <= 0)
    return;
  x[0] = std::sin(x[0]) * x[1];
  even_levels(x + 1, n - 1);
}

// What is left where is in variables of the caller's.
static void walk(const double *x, int n, double &sum, int &count) {
  if (n <= 0)
    return;
  sum = sum * 0.9 + x[0] * sum;
  ++count;
  walk(x + 1, n - 1, sum, count);
  sum += x[0] * count;
}

// CHECK-VALUES: walked wrt=x at=(rand(4, 1), 4),({2}, 0)
double walked(const double *x, int n) {
  double sum = 1;
  int count = 0;
  walk(x, n, sum, count);
  return sum * (count + 1);
}

// CHECK-VALUES: adaptive wrt=t at=(rand(9, 1), 0, 8),({1, 2}, 0, 1)
double adaptive(const double *t, int from, int to) {
  const double coarse = 0.5 * (to - from) * (t[from] + t[to]);
  if (to - from < 2)
    return coarse;
  const int m = (from + to) / 2;
  const double fine =
      0.5 * (m - from) * (t[from] + t[m]) + 0.5 * (to - m) * (t[m] + t[to]);
  if (std::fabs(coarse - fine) < 0.05)
    return fine * fine;
  return adaptive(t, from, m) + adaptive(t, m, to) * fine;
}
