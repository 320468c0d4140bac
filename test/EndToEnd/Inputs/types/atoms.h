// Elements of vectors, with arrays and with what is no number.
#ifndef ATOMS_H
#define ATOMS_H

struct Site {
  double at[3];
  double charge;
};

struct Dimer {
  Site site[2];
  double bond;
};

struct Labelled {
  int label = 1;
  double rows[2][2] = {};
  Site site = {};
};

#endif
