//===- RaiseCopies.cpp - Loops that copy a vector are an assignment -------===//
//
// To differentiation an assignment of vectors is a loop over the elements. Where nothing
// else has come into the loop, it is the assignment that the user wrote:
//
//   x.resize(next.size());                          x = next;
//   for (i < next.size())                    →
//     x[i] = next[i];
//
//   std::vector<double> next(x.size());             std::vector<double> next = x;
//   for (i < x.size()) next[i] = x[i];       →
//
// That the loop runs over all of both is known of what is resized or made in front of it,
// and of those that had a resize that did nothing (`ad.whole`, FixShapes). Inner loops
// first: rows of rows are assigned as a whole.
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

static constexpr llvm::StringLiteral assignment = "{0} = {1}";

static Type contentOf(Value place) {
  return cast<PlaceType>(place.getType()).getElement();
}

static bool isVector(Value place) {
  auto content = dyn_cast<ObjectType>(contentOf(place));
  return content && content.getSpelling().starts_with("std::vector<");
}

static bool isOfNumbers(Value vector) {
  StringRef type = cast<ObjectType>(contentOf(vector)).getSpelling();
  return type == "std::vector<double>" || type == "std::vector<float>" ||
         type == "std::vector<long double>";
}

namespace {
/// A loop that copies element after element.
struct Copy {
  Value from, to;
};

/// How a container gets the size of another one in front of the loop.
struct Sizing {
  ResizeOp resize;
  VarOp variable;
};
} // namespace

/// The container of which `place` is element `index`; null if it is none.
static Value containerOf(Value place, Value index) {
  auto access = place.getDefiningOp<AccessOp>();
  bool isElement = access && access.getText() == "{0}[{1}]" &&
                   access.getArgs().size() == 1 && access.getArgs()[0] == index;
  return isElement && isVector(access.getBase()) ? access.getBase() : Value();
}

/// Whether the count is how many elements the container has now.
static bool isSizeOf(Value count, Value container) {
  auto query = count.getDefiningOp<QueryOp>();
  return query && query.getText() == "{0}.size()" &&
         isSamePlace(query.getBase(), container);
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

static SmallVector<std::pair<Copy, Sizing>> sizingsOf(ForOp loop);

/// The operation in front of `loop`, but for what only computes; null at the block's start.
static Operation *before(Operation *loop) {
  Operation *op = loop->getPrevNode();
  while (op && (isPure(op) || isa<QueryOp>(op)))
    op = op->getPrevNode();
  return op;
}

/// How the target is given the size of the source in front of the loop; nothing if it is
/// not, or the loop is not over all of the source.
static std::optional<Sizing> sizingOf(ForOp loop, const Copy &copy, ArrayRef<Copy> all) {
  Value count = loop.getUpper();
  bool isWhole = loop->hasAttr("ad.whole") || isSizeOf(count, copy.from);
  for (const Copy &other : all)
    isWhole |= isSizeOf(count, other.from) && isTangentOf(copy, other);
  if (!isWhole)
    return {};
  for (Operation *op = before(loop); op && isa<ResizeOp, VarOp>(op); op = before(op)) {
    if (auto resize = dyn_cast<ResizeOp>(op);
        resize && isSamePlace(resize.getPlace(), copy.to))
      return resize.getCount() == count ? std::optional(Sizing{resize, {}}) : std::nullopt;
    auto variable = dyn_cast<VarOp>(op);
    if (!variable || variable.getPlace() != copy.to)
      continue;
    bool isMade = variable.getInit() == "({0})" && variable.getArgs().size() == 1 &&
                  variable.getArgs()[0] == count;
    for (Operation *user : variable->getUsers()) {
      Operation *here = loop->getBlock()->findAncestorOpInBlock(*user);
      isMade &= here && (here == loop || loop->isBeforeInBlock(here));
    }
    return isMade ? std::optional(Sizing{{}, variable}) : std::nullopt;
  }
  return loop->hasAttr("ad.whole") ? std::optional(Sizing()) : std::nullopt;
}

/// What the loop copies, if that is all that it does; else nothing.
static SmallVector<Copy> matchLoop(ForOp loop) {
  auto lower = loop.getLower().getDefiningOp<ConstantOp>();
  auto first = lower ? dyn_cast<IntegerAttr>(lower.getValue()) : IntegerAttr();
  if (!first || !first.getValue().isZero() || loop.getStep() != 1 ||
      loop.getPredicate() != Predicate::lt || loop.getNumResults() != 0)
    return {};
  Block &body = loop.getBody().front();
  SmallVector<Copy> copies, parts;
  llvm::SmallPtrSet<Operation *, 4> resizes;
  for (Operation &op : body.without_terminator()) {
    if (isa<LoadOp, AccessOp, ConstantOp, QueryOp>(op))
      continue;
    auto store = dyn_cast<StoreOp>(op);
    auto load = store ? store.getValue().getDefiningOp<LoadOp>() : LoadOp();
    if (isa<ResizeOp>(op)) {
      resizes.insert(&op);
    } else if (load && load->getBlock() == &body) {
      parts.push_back({load.getPlace(), store.getPlace()});
    } else if (auto inner = dyn_cast<ForOp>(op)) {
      auto sizings = sizingsOf(inner);
      if (sizings.empty())
        return {};
      for (auto &[copy, sizing] : sizings) {
        if (sizing.variable)
          return {};
        resizes.erase(sizing.resize);
        parts.push_back(copy);
      }
    } else {
      return {};
    }
  }
  if (!resizes.empty())
    return {};
  for (auto [from, to] : parts) {
    Value index = body.getArgument(0);
    Copy found = {containerOf(from, index), containerOf(to, index)};
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

/// What the loop copies, and how the targets got their sizes; nothing if it is not known
/// that it copies all.
static SmallVector<std::pair<Copy, Sizing>> sizingsOf(ForOp loop) {
  SmallVector<Copy> copies = matchLoop(loop);
  SmallVector<std::pair<Copy, Sizing>> sizings;
  for (const Copy &copy : copies) {
    auto sizing = sizingOf(loop, copy, copies);
    if (!sizing)
      return {};
    sizings.push_back({copy, *sizing});
  }
  return sizings;
}

/// Whether the place is another one for each trip of a loop around `loop`.
static bool isOfTrip(Value place, ForOp loop) {
  while (auto access = place.getDefiningOp<AccessOp>()) {
    for (Value index : access.getArgs())
      if (auto counter = dyn_cast<BlockArgument>(index))
        if (isa<ForOp>(counter.getOwner()->getParentOp()))
          return true;
    place = access.getBase();
  }
  return false;
}

static bool raise(ForOp loop) {
  auto sizings = sizingsOf(loop);
  // Of what changes its length as well GCC has false warnings once it knows the lengths.
  bool isResized = llvm::any_of(sizings, [&](auto &entry) {
    return entry.second.resize || isOfTrip(entry.first.to, loop);
  });
  if (sizings.empty() || isResized)
    return false;
  OpBuilder b(loop);
  for (auto &[copy, sizing] : sizings) {
    if (VarOp variable = sizing.variable) {
      variable->moveBefore(loop);
      variable.getArgsMutable().assign(copy.from);
      variable.setInitAttr(b.getStringAttr(" = {0}"));
      variable->setAttr("copies", b.getUnitAttr());
      continue;
    }
    auto assigned = StatementOp::create(b, loop.getLoc(), assignment,
                                        ValueRange{copy.to, copy.from});
    assigned->setAttr("copies", b.getUnitAttr());
    if (isOfNumbers(copy.to))
      assigned->setAttr("ad.fixed_shape", b.getUnitAttr());
  }
  loop.erase();
  return true;
}

namespace {
struct RaiseCopies : adgen::impl::RaiseCopiesBase<RaiseCopies> {
  void runOnOperation() override {
    getOperation().walk<WalkOrder::PreOrder>(
        [&](ForOp loop) { return raise(loop) ? WalkResult::skip() : WalkResult::advance(); });
  }
};
} // namespace
