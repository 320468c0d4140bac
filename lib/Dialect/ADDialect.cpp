//===- ADDialect.cpp - The `ad` dialect -----------------------------------===//
#include "adgen/Dialect/AD.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace adgen;

#include "adgen/Dialect/ADDialect.cpp.inc"
#include "adgen/Dialect/ADEnums.cpp.inc"
#include "adgen/Dialect/ADInterfaces.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "adgen/Dialect/ADTypes.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "adgen/Dialect/ADAttrs.cpp.inc"

void ADDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "adgen/Dialect/ADTypes.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "adgen/Dialect/ADAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "adgen/Dialect/ADOps.cpp.inc"
      >();
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValueAttr(); }

StmtAttr adgen::getStmt(Location loc) {
  if (auto fused = dyn_cast<FusedLoc>(loc))
    return dyn_cast_or_null<StmtAttr>(fused.getMetadata());
  return {};
}

Location adgen::derivativeLoc(Location loc) {
  StmtAttr stmt = getStmt(loc);
  if (!stmt || stmt.getDerivative())
    return loc;
  auto marked = StmtAttr::get(loc.getContext(), stmt.getId(), stmt.getQuote(),
                              /*derivative=*/true);
  return FusedLoc::get(loc.getContext(), cast<FusedLoc>(loc).getLocations(),
                       marked);
}

LocalAttr adgen::getLocal(ArrayAttr locals, unsigned index) {
  if (!locals || index >= locals.size())
    return {};
  return dyn_cast<LocalAttr>(locals[index]);
}

std::optional<APFloat> adgen::realConstant(Value value) {
  if (auto constant = value.getDefiningOp<ConstantOp>())
    if (auto real = dyn_cast<FloatAttr>(constant.getValue()))
      return real.getValue();
  return {};
}

std::optional<APInt> adgen::intConstant(Value value) {
  if (auto constant = value.getDefiningOp<ConstantOp>())
    if (auto integer = dyn_cast<IntegerAttr>(constant.getValue()))
      return integer.getValue();
  return {};
}

Value adgen::createConstant(OpBuilder &b, Location loc, Type type,
                            double value) {
  Attribute attribute;
  if (isReal(type)) {
    attribute = b.getFloatAttr(type, value);
  } else {
    unsigned width = 1;
    if (auto integer = dyn_cast<IntType>(type))
      width = integer.getWidth();
    attribute = IntegerAttr::get(b.getIntegerType(width), int64_t(value));
  }
  return ConstantOp::create(b, loc, type, attribute, StringAttr(), TypeAttr());
}
