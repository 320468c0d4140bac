// The activations, whose slopes come from their values, are written straight
// into the tape; their adjoints take their place. The reverse of a step passes
// only to the state before it; the weights' adjoints are added up afterwards,
// row by row, so that a row stays in cache for all steps.
#include "hand.h"

#include "sums.h"

#include <algorithm>
#include <cmath>
#include <memory>

static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

void hand::lstm_loss_grad(const double *W, const double *b,
                          const double *inputs, const double *targets,
                          int steps, int width, int size, double *W_bar,
                          double *b_bar, double seed) {
  const int columns = width + size;
  // Per step four gates, then tanh(cell); the states have a row of zeros first.
  const std::size_t rows = std::max(steps, 0);
  const std::unique_ptr<double[]> gates(new double[4 * rows * size]);
  const std::unique_ptr<double[]> squashed(new double[rows * size]);
  const std::unique_ptr<double[]> cells(new double[(rows + 1) * size]);
  const std::unique_ptr<double[]> hiddens(new double[(rows + 1) * size]);
  std::fill_n(cells.get(), size, 0.0);
  std::fill_n(hiddens.get(), size, 0.0);
  for (int t = 0; t < steps; ++t) {
    const double *x = inputs + t * width;
    const double *hidden = &hiddens[t * size];
    double *gate = &gates[4 * t * size];
    for (int r = 0; r < 4 * size; ++r) {
      const double *w = W + r * columns;
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
      const double cell = forget * cells[t * size + j] + input * candidate;
      const double squash = std::tanh(cell);
      gate[j] = input;
      gate[size + j] = forget;
      gate[2 * size + j] = output;
      gate[3 * size + j] = candidate;
      cells[(t + 1) * size + j] = cell;
      squashed[t * size + j] = squash;
      hiddens[(t + 1) * size + j] = output * squash;
    }
  }

  std::vector<double> hidden_bar(size), cell_bar(size);
  for (int t = steps - 1; t >= 0; --t) {
    double *gate = &gates[4 * t * size];
    const double *squash = &squashed[t * size];
    const double *before = &cells[t * size];
    const double *hidden = &hiddens[(t + 1) * size];
    for (int j = 0; j < size; ++j) {
      const double input = gate[j], forget = gate[size + j],
                   output = gate[2 * size + j], candidate = gate[3 * size + j];
      const double bar =
          hidden_bar[j] + 2 * (hidden[j] - targets[t * size + j]) * seed;
      const double to_cell =
          cell_bar[j] + output * (1 - squash[j] * squash[j]) * bar;
      gate[j] = input * (1 - input) * candidate * to_cell;
      gate[size + j] = forget * (1 - forget) * before[j] * to_cell;
      gate[2 * size + j] = output * (1 - output) * squash[j] * bar;
      gate[3 * size + j] = (1 - candidate * candidate) * input * to_cell;
      cell_bar[j] = forget * to_cell;
    }
    if (t == 0)
      break;
    std::fill(hidden_bar.begin(), hidden_bar.end(), 0.0);
    for (int r = 0; r < 4 * size; ++r)
      add_scaled(gate[r], W + r * columns + width, hidden_bar.data(), size);
  }
  for (int r = 0; r < 4 * size; ++r) {
    double *w_bar = W_bar + r * columns;
    double sum = 0;
    for (int t = 0; t < steps; ++t) {
      const double bar = gates[4 * t * size + r];
      sum += bar;
      add_scaled(bar, inputs + t * width, w_bar, width);
      if (t > 0)
        add_scaled(bar, &hiddens[t * size], w_bar + width, size);
    }
    b_bar[r] += sum;
  }
}
