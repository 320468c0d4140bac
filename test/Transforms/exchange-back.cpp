// RUN: adgen %s --emit=ir-grad -o - | FileCheck %s
// RUN: adgen %s --emit=ir-grad --disable-pass=ad-exchange-back -o - | FileCheck %s --check-prefix=TAPED
// Pointers that every trip exchanges are carried by the reversed loop; others are taped.

// CHECK-LABEL: func.func @"exchanged(double *, double *, int)_grad"
// CHECK-NOT: "double *", true> {clamp}
// CHECK: %[[ENDS:.*]]:4 = ad.for {{.*}} carry(%arg0, %arg1, %arg3, %arg4)
// CHECK: ad.for {{.*}} reversed carry(%[[ENDS]]#3, %[[ENDS]]#2)
// CHECK-NEXT: ^bb0(%{{.*}}: {{.*}}, %[[X:.*]]: !ad.place<f64>, %[[Y:.*]]: !ad.place<f64>):
// CHECK: ad.yield %[[Y]], %[[X]]
// TAPED-LABEL: func.func @"exchanged(double *, double *, int)_grad"
// TAPED-COUNT-2: "double *", true> {clamp}
void exchanged(double *x, double *y, int n) {
  for (int i = 0; i < n; ++i) {
    x[0] *= y[1];
    double *t = x;
    x = y;
    y = t;
  }
}

// CHECK-LABEL: func.func @"moved(double *, double *, int)_grad"
// CHECK: "double *", true> {clamp}
// CHECK: ad.for {{.*}} reversed carry()
void moved(double *x, double *y, int n) {
  for (int i = 0; i < n; ++i) {
    x[0] *= y[1];
    x = y;
  }
}
