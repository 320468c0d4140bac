// RUN: adgen %s --function f,made,pairs --emit ir-memory | FileCheck %s
// An object is its members: it is made, copied and assigned by loads and stores.
#include <utility>
struct Vec3 {
  double x, y, z;
};
struct Atom {
  Vec3 pos;
  double q[2];
  float w = 1;
};
struct Base {
  double m;
};
struct Derived : Base {
  double k;
};
// CHECK: func.func @"f(const Atom *, Vec3 &, const Derived &)"(
// CHECK-SAME: %arg0: !ad.place<!ad.object<"Atom", true>> {ad.in_memory, ad.local = #ad.local<0, "a", "const Atom *">, ad.pass = "pointer", ad.type = "const Atom *"}
// CHECK-SAME: %arg1: !ad.place<!ad.object<"Vec3", true>> {ad.in_memory, ad.local = #ad.local<1, "o", "Vec3">, ad.out = -1 : i64, ad.pass = "reference", ad.type = "Vec3 &"}
double f(const Atom *a, Vec3 &o, const Derived &d) {
  // CHECK: [[A:%.*]] = ad.offset %arg0, {{.*}} : <!ad.object<"Atom", true>>
  // CHECK: [[P:%.*]] = ad.member [[A]] "pos" : <!ad.object<"Atom", true>> -> <!ad.object<"Vec3", true>>
  // CHECK: [[R:%.*]] = ad.let [[P]] <3, "p", "const Vec3 &">
  const Vec3 &p = a[1].pos;
  // CHECK: [[B:%.*]] = ad.var <4, "b", "Atom"> {trivial, zero_init = "{{ = [{][{][{][{][}][}], [{][{][}][}], 0[}][}]}}"}
  // CHECK: [[Q:%.*]] = ad.member [[B]] "q"
  // CHECK: ad.element [[Q]]
  Atom b = *a;
  // CHECK: [[X:%.*]] = ad.member %arg1 "x"
  // CHECK: [[PX:%.*]] = ad.member [[R]] "x"
  // CHECK: [[V:%.*]] = ad.load [[PX]]
  // CHECK: ad.store [[V]], [[X]]
  o = p;
  // Everything is computed before it is stored.
  // CHECK: ad.load
  // CHECK: ad.load
  // CHECK: ad.store
  // CHECK: ad.store
  o = {o.y, o.x, 0};
  // CHECK: [[BASE:%.*]] = ad.member %arg2 "Base::" : <!ad.object<"Derived", true>> -> <!ad.object<"Base", true>>
  // CHECK: ad.member [[BASE]] "m"
  return b.q[1] + d.m + d.k + a->w;
}
static double length(const Vec3 &v) { return v.x + v.y; }
static double halved(Vec3 v) { return v.x /= 2; }
static double first(Vec3 v) { return v.x; }
// CHECK: func.func @"made(double, int)"
double made(double x, int n) {
  // CHECK: [[D:%.*]] = ad.var <2, "d", "Vec3"> {init = "{{ = [{][{][}][}]}}", trivial, zero_init
  // CHECK: [[DX:%.*]] = ad.member [[D]] "x"
  // CHECK: ad.store %arg0, [[DX]]
  // CHECK-NOT: ad.store
  Vec3 d{x};
  // CHECK: [[C:%.*]] = ad.var <3, "c", "Vec3"> {trivial
  // CHECK: ad.member [[C]] "x"
  // CHECK: ad.store {{.*}}
  // CHECK: ad.member [[C]] "y"
  // CHECK: ad.store {{.*}}
  // CHECK: ad.member [[C]] "z"
  // CHECK: ad.store {{.*}}
  const Vec3 c = {1, 2, 3};
  // CHECK: [[T:%.*]] = ad.var <{{.*}}, "temporary", "Vec3", true>
  // CHECK: ad.call @"length(const Vec3 &)"([[T]])
  double s = length({x, 1, 2});
  // CHECK: [[U:%.*]] = ad.var <{{.*}}, "temporary", "Vec3", true>
  // CHECK: ad.call @"halved(Vec3)"([[U]])
  // CHECK: ad.call @"first(Vec3)"([[D]])
  s += halved(d) + first(d);
  // CHECK: ad.if {{.*}} -> !ad.place<!ad.object<"Vec3", true>>
  d = n > 1 ? c : d;
  // CHECK: ad.var <{{.*}}, "g", "Atom"> {trivial, zero_init
  // CHECK: ad.member {{.*}} "w"
  // CHECK: ad.store
  Atom g;
  return d.z + s + g.w;
}
// CHECK: func.func @"length(const Vec3 &)"(%arg0: !ad.place<!ad.object<"Vec3", true>> {ad.in_memory
// CHECK: func.func @"halved(Vec3)"({{.*}}ad.out = -1
// CHECK: func.func @"first(Vec3)"(
// CHECK-NOT: ad.out
// CHECK: ad.return
// CHECK: func.func @"pairs(double, const std::pair<double, int> &)"
double pairs(double x, const std::pair<double, int> &p) {
  // CHECK: ad.member {{.*}} "first" : <!ad.object<"std::pair<double, double>", true>> -> <f64>
  auto q = std::make_pair(x, 2.0);
  // CHECK: ad.member %arg1 "second" : {{.*}} -> <!ad.int<"int", 32, true>>
  return q.first * p.second;
}
