//===- PrivateArrays.cpp - Work arrays that each trip writes anew ---------===//
//
//   std::vector<double> w(k);
//   for (i) {
//     for (c < k) w[c] = …;       writes all of w
//     for (c < k) … w[c] …        reads what this trip wrote
//   }
//
// A load is covered by a store that runs before it in the same trip whenever it
// does, and that writes the same element, or, with the loops around it, all of them.
// All of them: the index counts through the extent of the array without a gap, as
// i * m + j does where i < n, j < m and the extent is n * m. (Array privatization;
// after Tu and Padua, Automatic Array Privatization, LCPC 1993.)
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/PrivateArrays.h"

#include "adgen/Analysis/IndexForm.h"

using namespace mlir;
using namespace adgen;

namespace {

/// A load or store of an element, by its indices, the outermost first.
struct ElementAccess {
  Operation *op;
  SmallVector<IndexForm> indices;
};

class PrivacyCheck {
public:
  explicit PrivacyCheck(VarOp array) : array(array) {}
  ForOp findLoop();

private:
  bool findExtents();
  bool collect(Value place, SmallVector<IndexForm> indices, bool isPointer);
  bool collectUser(Operation *user, Value place,
                   const SmallVector<IndexForm> &indices, bool isPointer);
  IndexForm formOf(Value value);
  bool writesAll(const ElementAccess &store, ArrayRef<ForOp> loops);
  bool covers(const ElementAccess &store, const ElementAccess &load);

  VarOp array;
  SmallVector<IndexForm> extents;
  SmallVector<ElementAccess> loads, stores;
  SmallVector<Operation *> queries;
};

} // namespace

static bool isEqual(const IndexForm &x, const IndexForm &z) {
  return (x - z).constant() == 0;
}

std::optional<int64_t> adgen::sizeOfStdArray(StringRef spelling) {
  int64_t size;
  if (!spelling.consume_front("std::array<") || !spelling.consume_back(">") ||
      spelling.contains("<") ||
      spelling.rsplit(',').second.trim().getAsInteger(10, size))
    return {};
  return size;
}

bool PrivacyCheck::findExtents() {
  Type content = array.getType().getElement();
  while (auto inner = dyn_cast<ArrayType>(content)) {
    extents.push_back(IndexForm(inner.getSize()));
    content = inner.getElement();
  }
  if (!extents.empty())
    return isReal(content) || isa<IntType>(content);
  auto object = dyn_cast<ObjectType>(content);
  if (!object)
    return false;
  if (auto size = sizeOfStdArray(object.getSpelling())) {
    extents.push_back(IndexForm(*size));
    return true;
  }
  // A vector, or an array on the heap, of so many numbers.
  bool isSized = array.getArgs().size() == 1 && array.getZeroInit() &&
                 isa<IntType>(array.getArgs().front().getType()) &&
                 !object.getSpelling().drop_front(1).contains("std::");
  if (isSized)
    extents.push_back(IndexForm::of(array.getArgs().front()));
  return isSized;
}

/// The form of an index or bound; the size of the array itself is known.
IndexForm PrivacyCheck::formOf(Value value) {
  IndexForm form = IndexForm::of(value);
  for (Symbol symbol : form.symbols())
    if (symbol.value)
      if (auto query = symbol.value.getDefiningOp<QueryOp>();
          query && query->getOperand(0) == array.getPlace() &&
          query.getText() == "{0}.size()")
        form = form.substitute(symbol, extents.front());
  return form;
}

bool PrivacyCheck::collectUser(Operation *user, Value place,
                               const SmallVector<IndexForm> &indices,
                               bool isPointer) {
  bool isElement = indices.size() == extents.size();
  if (isa<LoadOp>(user) || isa<StoreOp>(user)) {
    if (!isElement)
      return false;
    if (auto store = dyn_cast<StoreOp>(user)) {
      if (store.getPlace() != place || store.getValue() == place)
        return false;
      stores.push_back({user, indices});
    } else {
      loads.push_back({user, indices});
    }
    return true;
  }
  if (isa<QueryOp>(user)) {
    queries.push_back(user);
    return place == array.getPlace();
  }
  if (isa<LetOp>(user))
    return collect(user->getResult(0), indices, isPointer);
  SmallVector<IndexForm> inner = indices;
  if (auto element = dyn_cast<ElementOp>(user)) {
    inner.push_back(formOf(element.getIndex()));
    return !isPointer && collect(element, inner, /*isPointer=*/false);
  }
  if (auto offset = dyn_cast<OffsetOp>(user)) {
    // From a pointer to the first element of an array of one dimension.
    if (!isPointer || extents.size() != 1 || offset.getBase() != place)
      return false;
    inner.back() = inner.back() + formOf(offset.getIndex());
    return collect(offset, inner, /*isPointer=*/true);
  }
  auto access = dyn_cast<AccessOp>(user);
  if (!access || place != array.getPlace())
    return false;
  StringRef text = access.getText();
  bool isIndexed = access.getArgs().size() == 1 &&
                   (text == "{0}[{1}]" || text == "{0}.at({1})");
  bool isFirst = access.getArgs().empty() &&
                 (text == "{0}.front()" || text == "{0}.data()" ||
                  text == "{0}.begin()" || text == "{0}.get()");
  if (isIndexed)
    inner.push_back(formOf(access.getArgs().front()));
  else if (isFirst)
    inner.push_back(IndexForm(0));
  else
    return false;
  return collect(access, inner, isFirst && text != "{0}.front()");
}

bool PrivacyCheck::collect(Value place, SmallVector<IndexForm> indices,
                           bool isPointer) {
  return llvm::all_of(place.getUsers(), [&](Operation *user) {
    return collectUser(user, place, indices, isPointer);
  });
}

/// The first value of a loop's counter and the one behind its last, upwards.
static std::optional<std::pair<IndexForm, IndexForm>>
rangeOf(ForOp loop, llvm::function_ref<IndexForm(Value)> formOf) {
  IndexForm lower = formOf(loop.getLower()), upper = formOf(loop.getUpper());
  switch (loop.getPredicate()) {
  case Predicate::lt:
  case Predicate::le:
    if (loop.getStep() != 1)
      return {};
    return std::pair(lower, loop.getPredicate() == Predicate::lt
                                ? upper
                                : upper + IndexForm(1));
  case Predicate::gt:
  case Predicate::ge:
    if (int64_t(loop.getStep()) != -1)
      return {};
    return std::pair(loop.getPredicate() == Predicate::gt ? upper + IndexForm(1)
                                                          : upper,
                     lower + IndexForm(1));
  default:
    return {};
  }
}

/// Whether the store, run in all trips of `loops`, writes every element.
bool PrivacyCheck::writesAll(const ElementAccess &store, ArrayRef<ForOp> loops) {
  llvm::DenseSet<Value> used;
  for (auto [index, extent] : llvm::zip_equal(store.indices, extents)) {
    IndexForm rest = index, stride(1);
    for (bool found = true; found;) {
      found = false;
      for (ForOp loop : loops) {
        Symbol counter{loop.induction()};
        std::optional<IndexForm> factor = rest.factorOf(counter);
        auto range = rangeOf(loop, [&](Value v) { return formOf(v); });
        if (used.contains(loop.induction()) || !factor || !range ||
            !isEqual(*factor, stride) || range->first.constant() != 0)
          continue;
        used.insert(loop.induction());
        rest = rest - *factor * IndexForm::symbol(counter);
        stride = stride * range->second;
        found = true;
        break;
      }
    }
    if (rest.constant() != 0 || !isEqual(stride, extent))
      return false;
  }
  // Any other one may have no trip.
  return llvm::all_of(
      loops, [&](ForOp loop) { return used.contains(loop.induction()); });
}

/// Whether the store wrote what the load reads before it, in the same trip of all
/// loops around both.
bool PrivacyCheck::covers(const ElementAccess &store,
                          const ElementAccess &load) {
  // The loops between the innermost common block and the store.
  SmallVector<ForOp> loops;
  Operation *first = store.op;
  while (!first->getBlock()->findAncestorOpInBlock(*load.op)) {
    auto loop = dyn_cast<ForOp>(first->getParentOp());
    if (!loop)
      return false;
    loops.push_back(loop);
    first = loop;
  }
  Operation *second = first->getBlock()->findAncestorOpInBlock(*load.op);
  if (first == second || !first->isBeforeInBlock(second))
    return false;
  bool isSame = loops.empty() &&
                llvm::all_of(llvm::zip_equal(store.indices, load.indices),
                             [](auto pair) {
                               return isEqual(std::get<0>(pair),
                                              std::get<1>(pair));
                             });
  return isSame || writesAll(store, loops);
}

ForOp PrivacyCheck::findLoop() {
  if (!findExtents() || !collect(array.getPlace(), {}, /*isPointer=*/false) ||
      loads.empty())
    return {};
  // One loop holds all.
  Block *block = array->getBlock();
  Operation *loop = nullptr;
  auto isWithin = [&](Operation *op) {
    Operation *ancestor = block->findAncestorOpInBlock(*op);
    if (!loop)
      loop = ancestor;
    return ancestor == loop && ancestor != op;
  };
  auto holds = [&](const ElementAccess &access) { return isWithin(access.op); };
  if (!llvm::all_of(loads, holds) || !llvm::all_of(stores, holds) ||
      !llvm::all_of(queries, isWithin) || !isa<ForOp>(loop))
    return {};
  bool isCovered = llvm::all_of(loads, [&](const ElementAccess &load) {
    return llvm::any_of(stores, [&](const ElementAccess &store) {
      // A store of another trip is none of this one.
      return loop->isProperAncestor(store.op) && covers(store, load);
    });
  });
  return isCovered ? cast<ForOp>(loop) : ForOp();
}

ForOp adgen::findPrivateLoop(VarOp array) {
  return PrivacyCheck(array).findLoop();
}
