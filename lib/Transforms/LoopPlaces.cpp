//===- LoopPlaces.cpp - What loops use, in front of them and behind them --===//
#include "LoopPlaces.h"
#include "TripCount.h"
#include "TripOrder.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Dialect/MemberNames.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Which places exist
//===----------------------------------------------------------------------===//

/// Whether the place of a shadow and one of a primal are the same one of an object
/// and its shadow, or of one of the two.
static bool areTwins(Value shadow, Value primal) {
  if (isSamePlace(shadow, primal))
    return true;
  Operation *a = shadow.getDefiningOp(), *b = primal.getDefiningOp();
  if (a && b) {
    if (a->getName() != b->getName() ||
        !isa<OffsetOp, ElementOp, MemberOp, AccessOp>(a) ||
        a->getNumOperands() != b->getNumOperands() ||
        !a->getName().compareOpProperties(a->getPropertiesStorage(),
                                          b->getPropertiesStorage()))
      return false;
    for (auto [x, z] : llvm::zip(llvm::drop_begin(a->getOperands()),
                                 llvm::drop_begin(b->getOperands())))
      if (!isSameExpression(x, z))
        return false;
    return areTwins(a->getOperand(0), b->getOperand(0));
  }
  auto x = dyn_cast<BlockArgument>(shadow), z = dyn_cast<BlockArgument>(primal);
  auto function =
      x && z && x.getOwner() == z.getOwner()
          ? dyn_cast<func::FuncOp>(x.getOwner()->getParentOp())
          : func::FuncOp();
  auto of = function ? function.getArgAttrOfType<IntegerAttr>(x.getArgNumber(),
                                                              "ad.of")
                     : IntegerAttr();
  return of && of.getInt() == z.getArgNumber();
}

// Where the loop may have no trip: if the block that holds it touches the place, or its
// object's at the same position.
bool adgen::existsBeside(ForOp loop, Value place) {
  return hasTrips(loop) || llvm::any_of(*loop->getBlock(), [&](Operation &op) {
    Value other = accessedPlace(&op);
    return other && (areTwins(place, other) || areTwins(other, place));
  });
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static bool isMultiple(Value index) {
  if (auto cast = index.getDefiningOp<CastOp>())
    index = cast.getValue();
  auto product = index.getDefiningOp<MulOp>();
  return product && intConstant(product.getX());
}

/// `ij` for `i * n + j`: the short names of an index, without what they are
/// multiplied by and moved by; but `i_1` for `3 * i + 1`.
static std::string nameOfIndex(Value index) {
  if (auto constant = intConstant(index))
    return constant->ult(10) ? std::to_string(constant->getZExtValue()) : "";
  Operation *op = index.getDefiningOp();
  if (isa_and_present<CastOp, MulOp>(op)) {
    bool isFactor = isa<MulOp>(op) && intConstant(op->getOperand(0));
    return nameOfIndex(op->getOperand(isFactor));
  }
  if (isa_and_present<AddOp, SubOp>(op)) {
    std::string own = nameOfIndex(op->getOperand(0)), added = nameOfIndex(op->getOperand(1));
    if (!intConstant(op->getOperand(1)))
      return own + added;
    bool isPart = isa<AddOp>(op) && isMultiple(op->getOperand(0)) && !own.empty();
    return isPart && !added.empty() ? own + "_" + added : own;
  }
  LocalAttr local;
  if (auto let = dyn_cast_if_present<LetOp>(op)) {
    local = let.getLocal();
  } else if (auto argument = dyn_cast<BlockArgument>(index)) {
    Operation *parent = argument.getOwner()->getParentOp();
    if (auto loop = dyn_cast<ForOp>(parent); loop && index == loop.induction())
      local = loop.getCounter();
    else if (auto function = dyn_cast<func::FuncOp>(parent))
      local = function.getArgAttrOfType<LocalAttr>(argument.getArgNumber(),
                                                   "ad.local");
  }
  return local && local.getName().size() == 1 ? local.getName().str() : "";
}

std::string adgen::nameOfPlace(Value place, StringRef unknown) {
  std::string indices;
  SmallVector<StringRef> members;
  auto nameWithin = [&](LocalAttr object) {
    std::string name = object.getName().str();
    for (StringRef member : llvm::reverse(members))
      name = nameOfMember(name, member);
    return members.empty() ? name + "_" + indices : name;
  };
  while (Operation *op = place.getDefiningOp()) {
    if (auto variable = dyn_cast<VarOp>(op))
      return nameWithin(variable.getLocal());
    if (!isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(op))
      return unknown.str();
    if (auto part = dyn_cast<MemberOp>(op))
      members.push_back(part.getName());
    std::string own;
    for (Value index : llvm::drop_begin(op->getOperands()))
      own += nameOfIndex(index);
    indices = own + indices;
    place = op->getOperand(0);
  }
  auto argument = cast<BlockArgument>(place);
  auto function = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
  auto local = function ? function.getArgAttrOfType<LocalAttr>(
                              argument.getArgNumber(), "ad.local")
                        : LocalAttr();
  if (!local || (members.empty() && indices.empty()))
    return unknown.str();
  return nameWithin(local);
}
