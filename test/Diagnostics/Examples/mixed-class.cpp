// RUN: %check-example %s
// The object is passed by reference.
struct Node {
  double value;
  Node *next;
};

double f(Node n) { return n.value * n.next->value; } // here
//--- mended
struct Node {
  double value;
  Node *next;
};

double f(const Node &n) { return n.value * n.next->value; }
