// Elements of vectors, with arrays and with what is no number.
#ifndef ATOMS_H
#define ATOMS_H

struct Site {
  double at[3];
  double charge;
};

struct Labelled {
  int label = 1;
  double rows[2][2] = {};
  Site site = {};
};

#endif
