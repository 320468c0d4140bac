// RUN: %check-example %s
// The pointer has the type of what it points to.
double f(double *data, int i) {
  return static_cast<float *>(static_cast<void *>(data))[i]; // here
}
//--- mended
double f(float *data, int i) {
  return data[i];
}
