//===- CountedLoop.cpp - Loops whose header counts ------------------------===//
//
// The induction value must have the type that it is compared in (a `short` is
// compared as an `int`; such loops are counted when they run). That a signed
// value does not overflow is C++'s rule; unsigned ones are checked here.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/CountedLoop.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

static bool isTrue(Value value) {
  auto constant = intConstant(value);
  return constant && constant->isOne();
}

bool adgen::isInvariantInHead(Value value, WhileOp loop) {
  if (!loop->isAncestor(value.getParentBlock()->getParentOp()))
    return true;
  Operation *op = value.getDefiningOp();
  auto load = dyn_cast_if_present<LoadOp>(op);
  // The end of a container moves with its size.
  bool asksObject = isa_and_present<QueryOp, AccessOp>(op);
  bool isConstant = load         ? !mayBeWrittenIn(loop, load.getPlace())
                    : asksObject ? !mayBeReshapedIn(loop, op->getOperand(0))
                                 : op && isMemoryEffectFree(op);
  return isConstant && op->getBlock() == loop.headBlock() &&
         op->getNumRegions() == 0 &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return isInvariantInHead(operand, loop);
         });
}

/// A constant integer, also one that is converted to another type.
static std::optional<APInt> constantOf(Value value) {
  auto cast = value.getDefiningOp<CastOp>();
  if (!cast)
    return intConstant(value);
  auto from = dyn_cast<IntType>(cast.getValue().getType());
  auto to = dyn_cast<IntType>(value.getType());
  std::optional<APInt> constant = constantOf(cast.getValue());
  if (!from || !to || !constant)
    return {};
  return from.getIsSigned() ? constant->sextOrTrunc(to.getWidth())
                            : constant->zextOrTrunc(to.getWidth());
}

/// The constant that the step adds to the carried value; 0 if it does anything
/// else.
static int64_t constantStep(WhileOp loop, unsigned index) {
  Value argument = loop.stepBlock()->getArgument(index);
  Value value = nextOf(loop.stepBlock()).getValues()[index];
  while (auto let = value.getDefiningOp<LetOp>())
    value = let.getValue();

  Operation *op = value.getDefiningOp();
  if (!isa_and_present<AddOp, SubOp>(op))
    return 0;
  Value x = op->getOperand(0), z = op->getOperand(1);
  if (isa<AddOp>(op) && z == argument)
    std::swap(x, z);
  std::optional<APInt> constant = constantOf(z);
  if (x != argument || !constant)
    return 0;
  bool isSigned = cast<IntType>(argument.getType()).getIsSigned();
  APInt wide = isSigned ? constant->sext(128) : constant->zext(128);
  if (wide.getSignificantBits() > 32)
    return 0;
  int64_t step = wide.getSExtValue();
  return isa<AddOp>(op) ? step : -step;
}

Predicate adgen::mirrored(Predicate predicate) {
  switch (predicate) {
  case Predicate::lt:
    return Predicate::gt;
  case Predicate::le:
    return Predicate::ge;
  case Predicate::gt:
    return Predicate::lt;
  case Predicate::ge:
    return Predicate::le;
  default:
    return predicate;
  }
}

/// `i != n` in steps of one is `i < n` or `i > n` if it starts on the right
/// side of n: for signed numbers anything else overflows, unsigned ones must
/// show it.
static bool orderInequality(CountedHeader &header, IntType type) {
  if (header.step != 1 && header.step != -1)
    return false;
  bool up = header.step > 0;
  std::optional<APInt> lower = constantOf(header.lower);
  std::optional<APInt> upper = constantOf(header.upper);
  bool proved = type.getIsSigned();
  if (lower && upper) {
    if (type.getIsSigned())
      proved = up ? lower->sle(*upper) : lower->sge(*upper);
    else
      proved = up ? lower->ule(*upper) : lower->uge(*upper);
  } else if (!type.getIsSigned()) {
    std::optional<APInt> &smaller = up ? lower : upper;
    proved = smaller && smaller->isZero();
  }
  header.predicate = up ? Predicate::lt : Predicate::gt;
  return proved;
}

/// Whether the step from the last value that satisfies the header could wrap
/// around and satisfy it again.
static bool mayWrap(const CountedHeader &header, IntType type) {
  std::optional<APInt> bound = constantOf(header.upper);
  bool inclusive =
      header.predicate == Predicate::le || header.predicate == Predicate::ge;
  bool up = header.step > 0;
  uint64_t stride = up ? header.step : -header.step;
  if (!bound)
    // Downwards in steps of two, an unsigned number may jump over zero; upwards
    // it would have to run through its whole range before.
    return !up && !type.getIsSigned() && stride > 1;
  APInt limit = up ? APInt::getMaxValue(type.getWidth())
                   : APInt::getMinValue(type.getWidth());
  if (type.getIsSigned())
    limit = up ? APInt::getSignedMaxValue(type.getWidth())
               : APInt::getSignedMinValue(type.getWidth());
  APInt room = up ? limit - *bound : *bound - limit;
  return room.ult(inclusive ? stride : stride - 1);
}

std::optional<CountedHeader> adgen::matchCountedHeader(WhileOp loop) {
  NextOp head = nextOf(loop.headBlock());
  auto compare = head.getGo().getDefiningOp<CompareOp>();
  if (!compare || !isTrue(nextOf(loop.stepBlock()).getGo()))
    return {};
  CountedHeader header;
  header.predicate = compare.getPredicate();
  Value counted = compare.getX();
  header.upper = compare.getZ();
  if (isInvariantInHead(counted, loop)) {
    std::swap(counted, header.upper);
    header.predicate = mirrored(header.predicate);
  }

  auto argument = dyn_cast<BlockArgument>(counted);
  auto type = dyn_cast<IntType>(counted.getType());
  if (!argument || !type || argument.getOwner() != loop.headBlock() ||
      !isInvariantInHead(header.upper, loop))
    return {};
  unsigned i = header.index = argument.getArgNumber();
  header.lower = loop.getInits()[i];
  // `int i = 0` is a literal with a name.
  if (auto let = header.lower.getDefiningOp<LetOp>())
    if (intConstant(let.getValue()))
      header.lower = let.getValue();
  if (head.getValues()[i] != argument ||
      nextOf(loop.bodyBlock()).getValues()[i] !=
          loop.bodyBlock()->getArgument(i))
    return {};

  header.step = constantStep(loop, i);
  if (header.step == 0 || header.predicate == Predicate::eq)
    return {};
  if (header.predicate == Predicate::ne && !orderInequality(header, type))
    return {};
  bool upwards =
      header.predicate == Predicate::lt || header.predicate == Predicate::le;
  if (upwards != (header.step > 0) || mayWrap(header, type))
    return {};
  return header;
}

bool adgen::isCounted(WhileOp loop) {
  return isTrue(nextOf(loop.bodyBlock()).getGo()) &&
         llvm::equal(nextOf(loop.headBlock()).getValues(),
                     loop.headBlock()->getArguments());
}
