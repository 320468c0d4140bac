//===- ADDialect.cpp - The `ad` dialect -----------------------------------===//
#include "adgen/Dialect/AD.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/StringExtras.h"
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

StringRef SumOp::definition() {
  return R"cpp(
/// The sum of term(i) for first <= i < last, as eight sums that a compiler can
/// vectorize.
template <class First, class Last, class Term>
auto sum_over(First first, Last last, Term term) {
  decltype(term(last)) sums[8] = {}, rest = 0;
  Last i = first;
  for (; i < last && last - i >= 8; i += 8)
    for (int lane = 0; lane < 8; ++lane)
      sums[lane] += term(i + lane);
  for (; i < last; ++i)
    rest += term(i);
  for (int width = 4; width > 0; width /= 2)
    for (int lane = 0; lane < width; ++lane)
      sums[lane] += sums[lane + width];
  return sums[0] + rest;
}
)cpp";
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValueAttr(); }

bool ConstantOp::isNamed() {
  StringRef spelled = getSpelling().value_or("0");
  return !llvm::isDigit(spelled.front()) && spelled.front() != '.';
}

std::optional<unsigned> CallOp::operandOf(unsigned r) {
  for (unsigned i = 0; i != getArgs().size(); ++i)
    if (tieOf(i) == int64_t(r))
      return i;
  return {};
}

/// In value form a call without effects of its own is a function of its
/// operands, though not one to run where the user does not.
void CallOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  bool reads = getEffects(), writes = getEffects();
  for (auto [i, operand] : llvm::enumerate(getArgs()))
    if (isa<PlaceType>(operand.getType())) {
      reads = true;
      writes |= !onlyReads(*this, i);
    }
  if (reads)
    effects.emplace_back(MemoryEffects::Read::get());
  if (writes)
    effects.emplace_back(MemoryEffects::Write::get());
}

void adgen::noteReadOnly(CallOp call, func::FuncOp callee) {
  SmallVector<int64_t> found;
  for (auto [i, operand] : llvm::enumerate(call.getArgs()))
    if (isa<PlaceType>(operand.getType()) && !callee.getArgAttr(i, "ad.out"))
      found.push_back(i);
  if (found.empty())
    call->removeAttr(readOnlyAttr);
  else
    call->setAttr(readOnlyAttr,
                  DenseI64ArrayAttr::get(call.getContext(), found));
}

bool adgen::onlyReads(CallOp call, unsigned i) {
  auto found = call->getAttrOfType<DenseI64ArrayAttr>(readOnlyAttr);
  return found && llvm::is_contained(found.asArrayRef(), int64_t(i));
}

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

Location adgen::withoutQuote(Location loc) {
  StmtAttr stmt = getStmt(loc);
  if (!stmt)
    return loc;
  MLIRContext *context = loc.getContext();
  return FusedLoc::get(context, cast<FusedLoc>(loc).getLocations(),
                       StmtAttr::get(context, stmt.getId(),
                                     StringAttr::get(context),
                                     stmt.getDerivative()));
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

static std::optional<APFloat> knownConversion(CastOp cast) {
  auto type = dyn_cast<FloatType>(cast.getType());
  if (!type)
    return {};
  const llvm::fltSemantics &semantics = type.getFloatSemantics();
  bool isInexact;
  if (auto real = knownReal(cast.getValue())) {
    real->convert(semantics, APFloat::rmNearestTiesToEven, &isInexact);
    return real;
  }
  auto from = dyn_cast<IntType>(cast.getValue().getType());
  auto integer = intConstant(cast.getValue());
  if (!from || !integer)
    return {};
  APFloat real(semantics);
  real.convertFromAPInt(*integer, from.getIsSigned(),
                        APFloat::rmNearestTiesToEven);
  return real;
}

std::optional<APFloat> adgen::knownReal(Value value) {
  if (auto let = value.getDefiningOp<LetOp>())
    return knownReal(let.getValue());
  if (auto cast = value.getDefiningOp<CastOp>())
    return knownConversion(cast);
  if (auto negated = value.getDefiningOp<NegOp>()) {
    auto real = knownReal(negated.getX());
    return real ? std::optional(llvm::neg(*real)) : real;
  }
  return realConstant(value);
}

Singularity adgen::singularityAt(Differentiable op, unsigned i) {
  if (isa<DivOp>(op.getOperation())) {
    auto divisor = knownReal(op->getOperand(1));
    if (divisor && !divisor->isZero() && divisor->isFinite() && i == 0)
      return Singularity::None;
  }
  return op.singularity(i);
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
