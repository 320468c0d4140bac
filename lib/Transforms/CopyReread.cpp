//===- CopyReread.cpp - What is read again and again is copied once -------===//
//
// Where the trips of the loops around cannot be counted ahead, or a vector changes its size,
// every read would be kept: a layer's input once for each of its outputs, the solution of
// a step once for each equation. The vector is copied in front of the loops that read it,
// and the copy's elements are kept:
//
//   for (l) {                               for (l) {
//     for (i)                                 std::vector<double> h_before = h;
//       for (j < h.size())             →      for (i)
//         s += W[l][…] * h[j];                  for (j < h_before.size())
//     h = next;                                   s += W[l][…] * h_before[j];
//   }                                         h = next;
//                                           }
//
// Else the tape has an index for each element, and `HoistRecords` fills it once.
//
//===----------------------------------------------------------------------===//
#include "KeepLoads.h"
#include "Reverse.h"
#include "RuleCalls.h"

#include "adgen/Analysis/IndexForm.h"
#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/PrivateArrays.h"
#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

/// Describes a vector or an array of numbers, by its variable.
static ObjectDescription describe(Value vector) {
  ObjectDescription description = describeObject(vector, {});
  auto object = dyn_cast<ObjectType>(contentOf(vector));
  auto size = object ? sizeOfStdArray(object.getSpelling()) : std::nullopt;
  if (!description.elements && size)
    for (Operation *user : vector.getUsers())
      if (auto access = dyn_cast<AccessOp>(user);
          access && isReal(contentOf(access->getResult(0)))) {
        description.elements = contentOf(access->getResult(0));
        description.count = *size;
      }
  return description;
}

/// Whether the loop counts the elements of the vector.
static bool countsElements(ForOp loop, Value vector) {
  auto first = intConstant(loop.getLower());
  if (!first || !first->isZero() || loop.getStep() != 1 || loop.getPredicate() != Predicate::lt)
    return false;
  Value upper = withoutConversions(loop.getUpper());
  if (auto last = intConstant(upper)) {
    auto array = dyn_cast<ArrayType>(contentOf(vector));
    return *last == (array ? array.getSize() : describe(vector).count);
  }
  if (sizedAs(upper) == vector)
    return true;
  auto variable = vector.getDefiningOp<VarOp>();
  return variable && !variable.getArgs().empty() &&
         isSameExpression(withoutConversions(variable.getArgs()[0]), upper);
}

/// The index of an element of a vector or an array; null for any other place.
static Value indexOf(Value place) {
  auto access = place.getDefiningOp<AccessOp>();
  if (access && access.getText() == "{0}[{1}]" && access->getNumOperands() == 2)
    return access->getOperand(1);
  auto element = place.getDefiningOp<ElementOp>();
  return element ? element->getOperand(1) : Value();
}

/// Whether the counters of the loops around number the reads: each has its place on a tape,
/// and what is the same is kept once.
static bool isNumbered(LoadOp load, Value vector) {
  if (isReshaped(vector))
    return false;
  for (Operation *loop = loopAround(load); loop; loop = loopAround(loop))
    if (loopDepth(loop) >= scopeOf(vector) && !isa<ForOp>(loop))
      return false;
  return true;
}

/// The outermost loop that reads elements of the vector more than once: one that walks along
/// it, with loops within that read the same again and again, or a loop around it of which all
/// trips read the same. Null if there is none.
static Operation *findRereading(LoadOp load) {
  Operation *rereading = nullptr;
  bool isAlong = false, repeats = false;
  Value vector = load.getPlace().getDefiningOp()->getOperand(0);
  Value index = withoutConversions(indexOf(load.getPlace()));
  for (Operation *loop = loopAround(load); loop; loop = loopAround(loop)) {
    bool isSame = isInvariant(load, loop);
    if (isSame && isAlong)
      rereading = loop;
    else if (rereading)
      break;
    repeats |= isSame && !isAlong;
    auto counted = dyn_cast<ForOp>(loop);
    if (isSame || !counted || index != counted.induction() || !countsElements(counted, vector))
      continue;
    isAlong = true;
    if (repeats)
      rereading = loop;
  }
  return rereading;
}

/// What reads elements of the vector, and its size, in `op`; fails if anything else is done with
/// it there.
static bool collectReads(Operation *op, Value vector, SmallVectorImpl<Operation *> &reads) {
  for (Operation *user : vector.getUsers()) {
    if (!op->isAncestor(user))
      continue;
    auto query = dyn_cast<QueryOp>(user);
    bool isElement = user->getNumResults() == 1 && indexOf(user->getResult(0)) &&
                     llvm::all_of(user->getUsers(), llvm::IsaPred<LoadOp>);
    if (!isElement && !(query && query.getText() == "{0}.size()"))
      return false;
    reads.push_back(user);
  }
  return true;
}

static bool mayChange(Operation *op, Value vector) {
  return vector.getDefiningOp() == op || mayBeWrittenIn(op, vector) || mayBeReshapedIn(op, vector);
}

/// Makes a copy in front of `first`, the one with this number in the function, and the
/// `ordinal`-th of the vector.
static Value createCopy(Value vector, Operation *first, unsigned number, unsigned ordinal) {
  OpBuilder b(first);
  Location loc = withoutQuote(first->getLoc());
  std::string name = vector.getDefiningOp<VarOp>().getLocal().getName().str() + "_before";
  if (ordinal > 1)
    name += std::to_string(ordinal);
  auto local = LocalAttr::get(b.getContext(), ~13000u - number, b.getStringAttr(name),
                              b.getStringAttr(spellType(contentOf(vector))),
                              /*generated=*/true);
  ObjectDescription description = describe(vector);
  Value size;
  Value copy = createObject(b, loc, vector, description, local, /*isZero=*/false, size);
  // Behind the loops that copy what calls are passed.
  unsigned loops = 3000 + number;
  copyNumbers(b, loc, vector, copy, description, size, loops);
  return copy;
}

/// Lets what reads the vector around `loop`, between two changes, read a copy.
static void copyAround(Value vector, Operation *loop, unsigned number, unsigned ordinal) {
  Operation *first = loop;
  for (Operation *op = loop->getPrevNode(); op && !mayChange(op, vector); op = op->getPrevNode())
    if (SmallVector<Operation *> reads;
        op->getNumRegions() && collectReads(op, vector, reads) && !reads.empty())
      first = op;
  SmallVector<Operation *> reads;
  for (Operation *op = first; op && !mayChange(op, vector); op = op->getNextNode())
    if (SmallVector<Operation *> own; op->getNumRegions() && collectReads(op, vector, own))
      reads.append(own);
  Value copy = createCopy(vector, first, number, ordinal);
  for (Operation *read : reads)
    read->setOperand(0, copy);
}

void adgen::copyReread(func::FuncOp function) {
  std::optional<AccessOrder> order;
  SmallVector<std::pair<Value, Operation *>> found;
  function.walk([&](LoadOp load) {
    Operation *access = load.getPlace().getDefiningOp();
    if (loopDepth(load) < 2 || !access || !indexOf(load.getPlace()))
      return;
    Value vector = access->getOperand(0);
    if (!vector.getDefiningOp<VarOp>() || isNumbered(load, vector))
      return;
    auto array = dyn_cast<ArrayType>(contentOf(vector));
    if (!describe(vector).elements && !(array && isReal(array.getElement())))
      return;
    Operation *loop = findRereading(load);
    SmallVector<Operation *> reads;
    if (!loop || mayChange(loop, vector) || !collectReads(loop, vector, reads))
      return;
    if (!order)
      order.emplace(function);
    if (order->isOverwritten(load, load.getPlace()))
      found.push_back({vector, loop});
  });
  unsigned number = 0;
  llvm::DenseMap<Value, unsigned> copies;
  for (auto [vector, loop] : found) {
    // Perhaps there is a copy already.
    SmallVector<Operation *> reads;
    if (collectReads(loop, vector, reads) && !reads.empty())
      copyAround(vector, loop, number++, ++copies[vector]);
  }
}
