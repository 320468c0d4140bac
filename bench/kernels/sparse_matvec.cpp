// The squared distance of A x from the target; A is sparse, in compressed rows.
double sparse_loss(const int *row_start, const int *column, const double *value,
                   const double *x, const double *target, int rows) {
  double loss = 0;
  for (int i = 0; i < rows; ++i) {
    double y = 0;
    for (int k = row_start[i]; k < row_start[i + 1]; ++k)
      y += value[k] * x[column[k]];
    loss += (y - target[i]) * (y - target[i]);
  }
  return loss;
}
