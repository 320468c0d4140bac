#include "adgen/Transforms/Passes.h"
