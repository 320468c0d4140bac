// RUN: adgen %s --with-value -o - | FileCheck %s
// What returns nothing has no value to return beside its adjoints, also where a parameter is called so.
// CHECK: double put_grad(double *out, int i, double value, double *out_bar) {
void put(double *out, int i, double value) { out[i] += value * value; }
