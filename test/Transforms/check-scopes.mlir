// RUN: not adgen-opt --ad-check-objects %s 2>&1 | FileCheck %s
// No derivative is written that reads a local whose scope has ended, whatever a pass before has done.
// CHECK-COUNT-1: error: the derivative needs the shadow of what this points to
// CHECK-NOT: error
func.func @dangling(%c: i1, %x: !ad.place<f64>) -> f64 attributes {"ad.derivative" = "reverse"} {
  %p = ad.if %c -> !ad.place<f64> {
    %t = ad.var <0, "t", "double"> : !ad.place<f64>
    %own = ad.load %t : !ad.place<f64>
    ad.store %own, %x : !ad.place<f64>
    ad.yield %t : !ad.place<f64>
  } else {
    ad.yield %x : !ad.place<f64>
  }
  %v = ad.load %p : !ad.place<f64>
  ad.return %v : f64
}
