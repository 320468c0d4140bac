#include <cmath>
#include <vector>

static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// The squared distance of an LSTM's outputs from the targets. A row of W, for
// one gate of one cell, holds the weights of the inputs, then those of the
// hidden state; the gates are input, forget, output and candidate.
double lstm_loss(const double *W, const double *b, const double *inputs,
                 const double *targets, int steps, int width, int size) {
  std::vector<double> hidden(size), cell(size), gate(4 * size);
  double loss = 0;
  for (int t = 0; t < steps; ++t) {
    const double *x = inputs + t * width;
    for (int r = 0; r < 4 * size; ++r) {
      const double *w = W + r * (width + size);
      double a = b[r];
      for (int j = 0; j < width; ++j)
        a += w[j] * x[j];
      for (int j = 0; j < size; ++j)
        a += w[width + j] * hidden[j];
      gate[r] = a;
    }
    for (int j = 0; j < size; ++j) {
      const double input = sigmoid(gate[j]);
      const double forget = sigmoid(gate[size + j]);
      const double output = sigmoid(gate[2 * size + j]);
      const double candidate = std::tanh(gate[3 * size + j]);
      cell[j] = forget * cell[j] + input * candidate;
      hidden[j] = output * std::tanh(cell[j]);
      const double d = hidden[j] - targets[t * size + j];
      loss += d * d;
    }
  }
  return loss;
}
