// A node of a tree in an array: its children are indices, or -1.
#pragma once

struct Node {
  double weight, bias;
  int left, right;
};
