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
  /// Whether both are vectors that have one size, the same for ever.
  bool areAlike(Value x, Value z) const {
    return fixed.contains(x) && fixed.contains(z) && sizeOf(x) == sizeOf(z);
  }

private:
  Value sizeOf(Value object, unsigned depth = 0) const;
  Value tokenOf(Value count, unsigned depth = 0) const;

  func::FuncOp function;
  llvm::SetVector<Value> fixed;
  SmallVector<Operation *> changes;
};
} // namespace

/// Whether the value is an integer that a size goes through as it is: not a `char`.
static bool isLong(Value value) {
  auto type = dyn_cast<IntType>(value.getType());
  return type && type.getWidth() >= 32;
}

/// What stands for the size that the count is: a container of that size for ever, or the
/// value itself.
Value SizeClasses::tokenOf(Value count, unsigned depth) const {
  while (Operation *op = count.getDefiningOp()) {
    if (isa<LetOp>(op) || (isa<CastOp>(op) && isLong(count) && isLong(op->getOperand(0)))) {
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
  if (auto resize = dyn_cast<ResizeOp>(op))
    return resize.getPlace() == object && tokenOf(resize.getCount()) == sizeOf(object);
  auto swap = dyn_cast<SwapOp>(op);
  return swap && areAlike(swap.getX(), object) && areAlike(swap.getZ(), object);
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

/// Marks the stores of elements to vectors that are as long as those where the elements come
/// from: where a loop copies all of one, it is all of both (RaiseCopies).
static void markWhole(func::FuncOp function, const SizeClasses &sizes) {
  auto containerOf = [](Value place) {
    auto access = place.getDefiningOp<AccessOp>();
    return access ? access.getBase() : Value();
  };
  function.walk([&](StoreOp store) {
    auto load = store.getValue().getDefiningOp<LoadOp>();
    Value to = containerOf(store.getPlace());
    Value from = load ? containerOf(load.getPlace()) : Value();
    if (to && from && sizes.areAlike(from, to))
      store->setAttr("ad.alike", UnitAttr::get(function.getContext()));
  });
}

namespace {
struct FixShapes : adgen::impl::FixShapesBase<FixShapes> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (function.isExternal())
      return;
    SizeClasses sizes(function);
    for (ResizeOp resize : sizes.idleResizes())
      resize.erase();
    markWhole(function, sizes);
  }
};
} // namespace
