//===- PrivateArrays.h - Work arrays that each trip writes anew -----------===//
#ifndef ADGEN_ANALYSIS_PRIVATEARRAYS_H
#define ADGEN_ANALYSIS_PRIVATEARRAYS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// The loop, in the block of `array`, of which every trip could have an array of its
/// own: nothing outside of it uses the array, and all that a trip reads of it was
/// written earlier in the same trip, on every path. Null if there is none.
ForOp findPrivateLoop(VarOp array);

/// The number at the end of `std::array<double, 3>`; nothing for another type.
std::optional<int64_t> sizeOfStdArray(llvm::StringRef spelling);

} // namespace adgen

#endif // ADGEN_ANALYSIS_PRIVATEARRAYS_H
