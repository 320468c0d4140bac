//===- LoopPlaces.h - What loops use, in front of them and behind them ----===//
#ifndef ADGEN_LIB_TRANSFORMS_LOOPPLACES_H
#define ADGEN_LIB_TRANSFORMS_LOOPPLACES_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Whether the place, which the loop touches in each trip, is there however many trips the
/// loop has.
bool existsBeside(ForOp loop, mlir::Value place);

/// A name for what is at the place: `x_bar_i` for `x_bar[i]`, `p_bar_x` for `p_bar[i].x`;
/// `unknown` where nothing has a name.
std::string nameOfPlace(mlir::Value place, llvm::StringRef unknown);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_LOOPPLACES_H
