// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// An object by value of which a part would be returned, and another one added to.
struct Node {
  double value;
  Node *next;
};
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: an object of class 'Node' by value has numbers of its own and pointers to others [adgen-mixed-class]
double f(Node n) { return n.value * n.next->value; }
