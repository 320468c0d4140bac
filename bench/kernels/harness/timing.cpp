#include "timing.h"

#include "memory.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

static double cpu_time() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return double(t.tv_sec) + 1e-9 * double(t.tv_nsec);
}

/// What reading the clock takes by itself.
static double clock_cost() {
  double least = 1;
  for (int i = 0; i < 1000; ++i) {
    const double start = cpu_time();
    least = std::min(least, cpu_time() - start);
  }
  return least;
}

/// The mean CPU time of a call.
static double time_of(const Row &row, Problem &problem, double min_time) {
  static const double clock = clock_cost();
  double sum = 0;
  int calls = 0;
  do {
    problem.prepare();
    const double start = cpu_time();
    row.call(problem);
    sum += cpu_time() - start - clock;
    ++calls;
  } while (sum < min_time && calls < 1'000'000);
  return row.parts * sum / calls;
}

std::vector<Row> rows_of(const Kernel &kernel, const Problem &problem,
                         Who who) {
  std::vector<Row> rows;
  rows.push_back({"primal", [](Problem &p) { p.primal(); }});
  rows.push_back({"hand", kernel.hand.gradient});
  if (who.adgen && kernel.adgen.gradient)
    rows.push_back({"adgen", kernel.adgen.gradient});
  if (who.peers)
    for (const Contender &c : kernel.peers)
      rows.push_back({c.tool, c.part ? c.part : c.gradient,
                      c.parts ? double(c.parts(problem)) : 1.0, c.recorded});
  return rows;
}

void measure(std::vector<Row> &rows, Problem &problem, int rounds,
             double min_time) {
  for (Row &row : rows) {
    problem.prepare();
    const AllocationCount count;
    row.call(problem);
    row.allocated = row.recorded ? row.recorded() : count.peak();
  }
  std::mt19937 random(1);
  for (int round = 0; round < rounds; ++round) {
    std::vector<Row *> order;
    for (Row &row : rows)
      order.push_back(&row);
    std::shuffle(order.begin(), order.end(), random);
    for (Row *row : order)
      row->seconds = std::min(row->seconds, time_of(*row, problem, min_time));
  }
}

std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      out += '\\';
    out += c;
  }
  return out + '"';
}

std::string json(const std::vector<Row> &rows) {
  std::string seconds, allocated;
  for (const Row &row : rows) {
    const std::string name = (seconds.empty() ? "" : ", ") + quoted(row.tool);
    char number[32];
    std::snprintf(number, sizeof number, "%.4e", row.seconds);
    seconds += name + ": " + number;
    allocated += name + ": " + std::to_string(row.allocated);
  }
  return "\"seconds\": {" + seconds + "}, \"allocated\": {" + allocated + "}";
}
