// RUN: not adgen %s 2>&1 | FileCheck %s
// What a null pointer points to is not used; the note shows the call that passes it.
static double read(const double *p) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the pointer is null here [adgen-null-dereference]
  return *p;
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: note: in the call of 'read' from 'f'
double f(double x) { return x + read(nullptr); }
