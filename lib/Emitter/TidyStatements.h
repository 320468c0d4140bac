//===- TidyStatements.h - Statements as a person would have them ----------===//
//
// Rewrites of the finished tree that keep its meaning.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_TIDYSTATEMENTS_H
#define ADGEN_LIB_EMITTER_TIDYSTATEMENTS_H

#include "CxxTree.h"

namespace adgen {

/// Nests less: no empty branches, what follows a jump stands after the `if`,
/// constants that only one branch assigns become initial values, `continue`. With
/// `hoistsVariables`, so do the values of other variables; that takes away the `else` by
/// which `tidyExits` knows what is a detour, and comes after it.
void tidyBranches(CxxFunction &cxx, bool hoistsVariables = false);

/// Removes assignments that nobody reads, and variables that are only updated.
void removeDeadStores(CxxFunction &cxx);

/// Replaces flags that say how a loop or branch was left by the `return` that
/// they lead to.
void tidyExits(CxxFunction &cxx);

/// Records as a struct what is recorded of one struct.
void tidyTapes(CxxFunction &cxx);

/// Puts a call whose result is only tested or returned where it is.
void tidyCalls(CxxFunction &cxx);

/// Puts counters into the header of their `for`, assignments and decrements of
/// a condition into the condition, increments of an index into the index.
void tidyLoops(CxxFunction &cxx);

/// Decides where every variable is declared: at its first assignment if that is
/// in the innermost block around all its mentions, else before its first
/// mention there. Const if it is never assigned again.
void placeDeclarations(CxxFunction &cxx);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_TIDYSTATEMENTS_H
