// Types whose names are those of parameters.
#pragma once

struct mem {
  double x, y;
};
enum kind { one, two };
typedef double real;
