//===- RaiseCopies.cpp - Loops that copy a vector are an assignment -------===//
//
// To differentiation an assignment of vectors is a loop over the elements. Where nothing
// else has come into the loop, it is the assignment that the user wrote:
//
//   for (i < next.size())                    →      x = next;
//     x[i] = next[i];
//
//   std::vector<double> next(x.size());             std::vector<double> next = x;
//   for (i < x.size()) next[i] = x[i];       →
//
// The loop has to run over all of the source; the target is made in front of it, or known to
// be as long for ever (`ad.alike`, FixShapes).
//
//===----------------------------------------------------------------------===//
#include "CompanionVariables.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace adgen {
#define GEN_PASS_DEF_RAISECOPIES
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

static bool isOfNumbers(Value vector) {
  StringRef type = cast<ObjectType>(contentOf(vector)).getSpelling();
  return type == "std::vector<double>" || type == "std::vector<float>" ||
         type == "std::vector<long double>";
}

namespace {
/// A loop that copies element after element.
struct Copy {
  Value from, to;
  /// Whether both are as long for ever.
  bool areAlike = false;
};
} // namespace

/// The container of which `place` is element `index`; null if it is none.
static Value containerOf(Value place, Value index) {
  auto access = place.getDefiningOp<AccessOp>();
  bool isElement = access && access.getText() == "{0}[{1}]" &&
                   access.getArgs().size() == 1 && access.getArgs()[0] == index;
  return isElement && isVector(access.getBase()) ? access.getBase() : Value();
}

/// Whether the loop is over all elements that the container has then.
static bool isOverAll(ForOp loop, Value container) {
  auto query = loop.getUpper().getDefiningOp<QueryOp>();
  if (!query || query.getText() != "{0}.size()" || !isSamePlace(query.getBase(), container))
    return false;
  if (query->getBlock() != loop->getBlock())
    return !isReshaped(container);
  for (Operation *op = query; op != loop; op = op->getNextNode())
    if (mayBeReshapedIn(op, container))
      return false;
  return true;
}

/// The variable or parameter that the container is; null for another one.
static LocalAttr nameOf(Value container) {
  if (auto variable = container.getDefiningOp<VarOp>())
    return variable.getLocal();
  auto argument = dyn_cast<BlockArgument>(container);
  auto function = argument
                      ? dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp())
                      : func::FuncOp();
  return function ? function.getArgAttrOfType<LocalAttr>(argument.getArgNumber(), "ad.local")
                  : LocalAttr();
}

/// Whether `x` copies tangents as `z` copies what they are tangents of.
static bool isTangentOf(const Copy &x, const Copy &z) {
  auto isTangent = [](Value dot, Value of) {
    LocalAttr name = nameOf(dot), other = nameOf(of);
    return name && other && name == tangentVariable(other);
  };
  return isTangent(x.from, z.from) && isTangent(x.to, z.to);
}

/// The operation in front of `loop`, but for what only computes; null at the block's start.
static Operation *before(Operation *loop) {
  Operation *op = loop->getPrevNode();
  while (op && (isPure(op) || isa<QueryOp>(op)))
    op = op->getPrevNode();
  return op;
}

/// The target where it is made in front of the loop, with as many elements as that has trips,
/// and used only behind; null otherwise.
static VarOp findMade(ForOp loop, Value target) {
  for (Operation *op = before(loop); isa_and_present<VarOp>(op); op = before(op)) {
    auto variable = cast<VarOp>(op);
    if (variable.getPlace() != target)
      continue;
    bool isMade = variable.getInit() == "({0})" && variable.getArgs().size() == 1 &&
                  variable.getArgs()[0] == loop.getUpper();
    for (Operation *user : variable->getUsers()) {
      Operation *here = loop->getBlock()->findAncestorOpInBlock(*user);
      isMade &= here && (here == loop || loop->isBeforeInBlock(here));
    }
    return isMade ? variable : VarOp();
  }
  return {};
}

/// What the loop copies, if that is all that it does; else nothing.
static SmallVector<Copy> matchLoop(ForOp loop) {
  auto lower = loop.getLower().getDefiningOp<ConstantOp>();
  auto first = lower ? dyn_cast<IntegerAttr>(lower.getValue()) : IntegerAttr();
  if (!first || !first.getValue().isZero() || loop.getStep() != 1 ||
      loop.getPredicate() != Predicate::lt || loop.getNumResults() != 0)
    return {};
  Block &body = loop.getBody().front();
  Value index = body.getArgument(0);
  SmallVector<Copy> copies;
  for (Operation &op : body.without_terminator()) {
    if (isa<LoadOp, AccessOp, ConstantOp>(op))
      continue;
    auto store = dyn_cast<StoreOp>(op);
    auto load = store ? store.getValue().getDefiningOp<LoadOp>() : LoadOp();
    if (!load || load->getBlock() != &body)
      return {};
    Copy found = {containerOf(load.getPlace(), index), containerOf(store.getPlace(), index),
                  store->hasAttr("ad.alike")};
    if (!found.from || !found.to || contentOf(found.from) != contentOf(found.to) ||
        found.from.getParentBlock() == &body || found.to.getParentBlock() == &body)
      return {};
    copies.push_back(found);
  }
  // What one writes the others do not touch.
  for (auto [i, x] : llvm::enumerate(copies))
    for (auto [k, z] : llvm::enumerate(copies))
      if (mayAlias(x.to, z.from) || (i != k && mayAlias(x.to, z.to)))
        return {};
  return copies;
}

static bool raise(ForOp loop) {
  SmallVector<Copy> copies = matchLoop(loop);
  SmallVector<VarOp> made;
  for (const Copy &copy : copies) {
    // Tangents have the shapes of what they are tangents of.
    auto of = llvm::find_if(copies, [&](const Copy &other) {
      return isOverAll(loop, other.from) &&
             (&other == &copy || isTangentOf(copy, other));
    });
    if (of == copies.end())
      return false;
    made.push_back(findMade(loop, copy.to));
    if (!made.back() && !copy.areAlike && !of->areAlike)
      return false;
  }
  OpBuilder b(loop);
  for (auto [copy, variable] : llvm::zip_equal(copies, made)) {
    if (variable) {
      variable->moveBefore(loop);
      variable.getArgsMutable().assign(copy.from);
      variable.setInitAttr(b.getStringAttr(" = {0}"));
      variable->setAttr("copies", b.getUnitAttr());
      continue;
    }
    auto assigned = StatementOp::create(b, loop.getLoc(), "{0} = {1}",
                                        ValueRange{copy.to, copy.from});
    assigned->setAttr("copies", b.getUnitAttr());
    if (isOfNumbers(copy.to))
      assigned->setAttr("ad.fixed_shape", b.getUnitAttr());
  }
  if (!copies.empty())
    loop.erase();
  return !copies.empty();
}

namespace {
struct RaiseCopies : adgen::impl::RaiseCopiesBase<RaiseCopies> {
  void runOnOperation() override {
    getOperation().walk<WalkOrder::PreOrder>(
        [&](ForOp loop) { return raise(loop) ? WalkResult::skip() : WalkResult::advance(); });
  }
};
} // namespace
