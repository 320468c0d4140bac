//===- CompanionVariables.h - Variables that go with a user's variable ----===//
#ifndef ADGEN_LIB_TRANSFORMS_COMPANIONVARIABLES_H
#define ADGEN_LIB_TRANSFORMS_COMPANIONVARIABLES_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// The variables `<name>_dot`, `<name>_bar` and `<name>_tape` of a user's
/// variable; none for none. Their ids are those of no other variable.
LocalAttr tangentVariable(LocalAttr local);
LocalAttr adjointVariable(LocalAttr local);
LocalAttr tapeVariable(LocalAttr local);

/// The variable without `const` of an object: what the companion of a constant is.
LocalAttr writable(LocalAttr local);

/// That of an array of pointers to const has pointers to what is written.
LocalAttr adjointVariable(VarOp variable);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_COMPANIONVARIABLES_H
