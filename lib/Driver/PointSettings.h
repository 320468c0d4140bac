//===- PointSettings.h - What --at says -----------------------------------===//
#ifndef ADGEN_LIB_DRIVER_POINTSETTINGS_H
#define ADGEN_LIB_DRIVER_POINTSETTINGS_H

#include "adgen/Emitter/CheckProgram.h"

#include "llvm/ADT/StringRef.h"

namespace adgen {

/// A number as C++ spells it, `1.5`, `-2e-3`, `true` as 1; empty if it is none.
std::string readNumber(llvm::StringRef text);

/// Adds what one word of --at sets: `n=8`, `x[3]=1.5`, `p.mass=2`; `x=[1,2,3]`,
/// `A=[[1,2],[3,4]]`; and sizes, `x[8]`, `A[3][4]`. Returns whether it is
/// understood.
bool readSetting(llvm::StringRef word, std::vector<PointSetting> &settings);

} // namespace adgen

#endif // ADGEN_LIB_DRIVER_POINTSETTINGS_H
