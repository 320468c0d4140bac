// RUN: not adgen %s 2>&1 | FileCheck %s --implicit-check-not="note: a jump"
// Behind the first error of each id a note says why and what to do, as one sentence.
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'goto' and labels are not supported [adgen-unsupported-goto]
double f(double x) { goto end; end: return x; }
// CHECK: {{^}}note: a jump has no structure that a derivative could follow backwards; write a loop, a 'break', a 'continue' or an early 'return' instead{{$}}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: inline assembly is not supported [adgen-unsupported-asm]
double g(double x) { asm("nop"); return x; }
// CHECK: {{^}}note: what assembly computes is not known; write it in C++{{$}}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'goto' and labels are not supported [adgen-unsupported-goto]
double h(double x) { goto end; end: return x; }
// CHECK: 3 errors generated.
