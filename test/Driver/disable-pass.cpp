// RUN: adgen %s --disable-pass=ad-raise-counted-loops --emit ir | FileCheck %s --check-prefix=WITHOUT
// An optimization can be left out; what is none cannot.
// RUN: adgen %s --emit ir | FileCheck %s --check-prefix=WITH
// RUN: %python %S/Inputs/status.py 2 adgen %s --disable-pass ad-reverse 2>&1 | FileCheck %s --check-prefix=NONE

// WITHOUT-NOT: ad.for
// WITHOUT: ad.while
// WITH: ad.for
// NONE: adgen: error: no pass 'ad-reverse' that can be disabled
double power(double x, int n) {
  double y = 1;
  for (int k = 0; k < n; ++k)
    y *= x;
  return y;
}
