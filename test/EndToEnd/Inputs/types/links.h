// A list whose elements are found by pointers, and an object with an array in it.
#pragma once

struct Link {
  double value;
  Link *next;
};
struct Pair {
  double a;
  double c[2];
};
