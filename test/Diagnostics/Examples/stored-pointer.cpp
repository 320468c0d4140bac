// RUN: %check-example %s
// The index says which one is meant.
struct Node {
  double value;
  Node *next;
};

double f(Node &x, Node &y, bool linked) {
  if (linked)
    x.next = &y; // here
  return x.next->value * x.value;
}
//--- mended
struct Node {
  double value;
  Node *next;
};

double f(Node &x, Node &y, bool linked) {
  double next = linked ? y.value : x.next->value;
  return next * x.value;
}
