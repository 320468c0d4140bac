// RUN: adgen %s --emit ir-memory | FileCheck %s
// A loop over an array counts; its variable is a copy of the element or a name of it.
double f(const double (&a)[4], double (&m)[2][3]) {
  double s = 0;
  // CHECK: [[I:%.*]] = ad.var <[[#]], "i", "int", true>
  // CHECK: ad.while "for"
  // CHECK: [[E:%.*]] = ad.element %arg0
  // CHECK: [[V:%.*]] = ad.var <[[#]], "v", "double">
  // CHECK: [[L:%.*]] = ad.load [[E]]
  // CHECK: ad.store [[L]], [[V]]
  for (double v : a)
    s += v;
  // CHECK: ad.while "for"
  // CHECK: ad.let {{.*}} <[[#]], "row", "double (&)[3]"> : !ad.place<!ad.array<3, f64>>
  // CHECK: ad.var <[[#]], "j", "int", true>
  // CHECK: ad.while "for"
  // CHECK: [[X:%.*]] = ad.let {{.*}} <[[#]], "x", "double &"> : !ad.place<f64>
  // CHECK: ad.store {{.*}}, [[X]]
  for (auto &row : m)
    for (auto &x : row) {
      if (x < 0)
        break;
      x = s;
    }
  return s;
}
