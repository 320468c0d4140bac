#include "clang/AST/Decl.h"
#include "../Frontend/Lowering.h"
