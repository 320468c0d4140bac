//===- ShareOperations.cpp - Equal operations become one ------------------===//
#include "ShareOperations.h"
#include "ReadVariables.h"

#include "adgen/Dialect/AD.h"

#include "mlir/IR/OperationSupport.h"

using namespace mlir;
using namespace adgen;

namespace {
class SharedOperations {
public:
  void run(Block &block);

private:
  /// An operation that others of its statement share, and derivative ones.
  struct Candidate {
    explicit Candidate(Operation *op)
        : op(op), isDerivative(isDerivativeOp(op)),
          stmt(getStmt(op->getLoc())) {}
    bool mayShare(const Candidate &other) const {
      return isDerivative || other.isDerivative || stmt == other.stmt;
    }
    Operation *op;
    bool isDerivative;
    StmtAttr stmt;
  };
  static llvm::hash_code hash(Operation *op) {
    return OperationEquivalence::computeHash(
        op, OperationEquivalence::directHashValue,
        OperationEquivalence::ignoreHashValue,
        OperationEquivalence::IgnoreLocations);
  }
  static bool isEqual(Operation *a, Operation *b) {
    return OperationEquivalence::isEquivalentTo(
        a, b, OperationEquivalence::exactValueMatch, nullptr,
        OperationEquivalence::IgnoreLocations);
  }

  /// The operations that are visible, by hash.
  DenseMap<size_t, SmallVector<Candidate, 1>> known;
};
} // namespace

/// Whether a pointer variable stands for the place: it may be one to const.
static bool isNamedPlace(Operation &op) {
  return op.getNumResults() == 1 && isa<PlaceType>(op.getResult(0).getType()) &&
         llvm::any_of(op.getUsers(), llvm::IsaPred<LetOp>);
}

void SharedOperations::run(Block &block) {
  SmallVector<size_t> added;
  for (Operation &op : llvm::make_early_inc_range(block)) {
    for (Region &region : op.getRegions())
      for (Block &inner : region)
        run(inner);
    if (op.getNumRegions() || !isPure(&op) || op.getNumResults() != 1 ||
        isa<LetOp, ConstantOp, UndefOp>(op) || isNamedPlace(op))
      continue;
    size_t key = hash(&op);
    auto &candidates = known[key];
    Candidate own(&op);
    auto same = llvm::find_if(candidates, [&](const Candidate &other) {
      return other.mayShare(own) && isEqual(other.op, &op);
    });
    if (same != candidates.end()) {
      // The user's operation stays the user's: it is not rearranged.
      Operation *shared = same->op;
      if (!own.isDerivative) {
        shared->setLoc(op.getLoc());
        *same = Candidate(shared);
      }
      op.getResult(0).replaceAllUsesWith(shared->getResult(0));
      op.erase();
      continue;
    }
    candidates.push_back(own);
    added.push_back(key);
  }
  for (size_t key : added)
    known[key].pop_back();
}

void adgen::shareOperations(func::FuncOp function) {
  SharedOperations().run(function.front());
}
