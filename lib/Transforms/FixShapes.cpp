//===- FixShapes.cpp - Containers that keep their size --------------------===//
//
// An assignment of vectors makes one as long as the other, which it is already in most
// programs:
//
//   std::vector<double> next(x.size());            // as long as x
//   for (…) { …; x = next; }     →     x.resize(next.size()) does nothing, and goes
//
// Then no size is taped, loops up to `x.size()` have one trip count, and elements stay
// where they are.
//
// All containers are taken to have one size for ever; from that follow classes of those
// that are made with equal sizes. Then whoever is changed by something else than a resize to
// the size of its own class is no longer one of them, until nothing changes (a greatest
// fix point).
//
// Sizes go through `int` (`int n = x.size();`) as they are, so that vectors have to have
// less than 2^31 elements there.
//
// Requires value form, with calls in place.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/Shapes.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"

namespace adgen {
#define GEN_PASS_DEF_FIXSHAPES
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
class SizeClasses {
public:
  explicit SizeClasses(func::FuncOp function);

  /// Whether the operation does not change the size of the container.
  bool keepsSize(Operation *op, Value object) const;
  /// The resizes that do nothing.
  SmallVector<ResizeOp> idleResizes() const;

private:
  Value sizeOf(Value object, unsigned depth = 0) const;
  Value tokenOf(Value count, unsigned depth = 0) const;

  func::FuncOp function;
  llvm::SetVector<Value> fixed;
  SmallVector<Operation *> changes;
};
} // namespace

static bool isVector(Value object) {
  auto place = dyn_cast<PlaceType>(object.getType());
  auto content = place ? dyn_cast<ObjectType>(place.getElement()) : ObjectType();
  return content && content.getSpelling().starts_with("std::vector<");
}

/// What stands for the size that the count is: a container of that size for ever, or the
/// value itself.
Value SizeClasses::tokenOf(Value count, unsigned depth) const {
  while (Operation *op = count.getDefiningOp()) {
    if (isa<LetOp, CastOp>(op)) {
      count = op->getOperand(0);
      continue;
    }
    auto query = dyn_cast<QueryOp>(op);
    if (!query || query.getText() != "{0}.size()" || !fixed.contains(query.getBase()))
      break;
    return sizeOf(query.getBase(), depth + 1);
  }
  return count;
}

/// What stands for the size of a container that keeps it.
Value SizeClasses::sizeOf(Value object, unsigned depth) const {
  auto variable = object.getDefiningOp<VarOp>();
  if (!variable || depth > 64 || variable.getArgs().empty() || !variable.getInit() ||
      !variable.getInit()->starts_with("({0}"))
    return object;
  Value count = variable.getArgs()[0];
  return isa<IntType>(count.getType()) ? tokenOf(count, depth) : object;
}

bool SizeClasses::keepsSize(Operation *op, Value object) const {
  auto isOfClass = [&](Value other) {
    return fixed.contains(other) && sizeOf(other) == sizeOf(object);
  };
  if (auto resize = dyn_cast<ResizeOp>(op))
    return resize.getPlace() == object && tokenOf(resize.getCount()) == sizeOf(object);
  auto swap = dyn_cast<SwapOp>(op);
  return swap && isOfClass(swap.getX()) && isOfClass(swap.getZ());
}

SizeClasses::SizeClasses(func::FuncOp function) : function(function) {
  for (BlockArgument argument : function.getArguments())
    if (isVector(argument))
      fixed.insert(argument);
  function.walk([&](Operation *op) {
    if (isa<VarOp>(op) && isVector(op->getResult(0)))
      fixed.insert(op->getResult(0));
    if (resizedPlace(op) || isa<SwapOp, CallOp>(op))
      changes.push_back(op);
  });
  bool changed = true;
  while (changed) {
    changed = false;
    for (Value object : llvm::to_vector(fixed))
      if (llvm::any_of(changes, [&](Operation *op) {
            return mayReshape(op, object) && !keepsSize(op, object);
          }))
        changed |= fixed.remove(object);
  }
}

SmallVector<ResizeOp> SizeClasses::idleResizes() const {
  SmallVector<ResizeOp> idle;
  for (Operation *op : changes)
    if (auto resize = dyn_cast<ResizeOp>(op))
      if (fixed.contains(resize.getPlace()))
        idle.push_back(resize);
  return idle;
}

namespace {
struct FixShapes : adgen::impl::FixShapesBase<FixShapes> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal())
      return;
    for (ResizeOp resize : SizeClasses(function).idleResizes()) {
      // The copies of the elements are still an assignment.
      for (Operation *next = resize->getNextNode(); next; next = next->getNextNode())
        if (auto loop = dyn_cast<ForOp>(next)) {
          if (loop.getUpper() == resize.getCount())
            loop->setAttr("ad.whole", UnitAttr::get(&getContext()));
          break;
        }
      resize.erase();
    }
  }
};
} // namespace
