//===- PromoteVariables.cpp - Memory form to value form -------------------===//
//
// Every `ad.var` becomes SSA values, and so does what is passed by reference:
//
//     ad.store %e, %x                    →   %x1 = ad.let %e #ad.local<"x">
//     ad.if %c { ad.store %e, %x }       →   %x2 = ad.if %c { ad.let …; yield }
//     %v = ad.load %x                    →   (uses of %v become %x2)
//     ad.call @g(%x) {ties = [0]}        →   %x1 = ad.call @g(%x0)
//     func @g(%y: !ad.place<f64>)        →   func @g(%y: f64) -> f64
//
// A function returns the contents of those arguments that it may have written
// (`ad.out`). Local objects of which only members are used are as many
// variables (SplitObjects). Arguments that are `ad.in_memory` stay places: a
// call takes what is loaded from one and its result is stored there. What is
// known of its content is not loaded again.
//
// A region operation gets one more result, and a loop one more carried value,
// for each variable that is stored inside and declared outside. What of that
// nobody reads is dropped by `simplifyRegions` afterwards: structured control
// flow needs no dominance frontiers (after Brandis and Mössenböck, Single-Pass
// Generation of Static Single-Assignment Form, 1994).
//
// Requires nested exits (`ad-nest-exits`). A variable read before it was ever
// assigned holds `ad.undef`. Refuses what is found by a pointer of that kind; a
// place that is used by anything but loads, stores and calls is an internal
// error.
//
//===----------------------------------------------------------------------===//
#include "CalleeDerivatives.h"
#include "CarriedPlaces.h"
#include "KeepLoads.h"
#include "RegionResults.h"
#include "SimplifyRegions.h"
#include "SplitObjects.h"
#include "adgen/Analysis/Activity.h"
#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/PlaceIndex.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

namespace adgen {
#define GEN_PASS_DEF_PROMOTEVARIABLES
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {

/// What each place holds at a point of the program.
using Contents = llvm::DenseMap<Value, Value>;

class Promoter {
public:
  explicit Promoter(func::FuncOp function)
      : function(function), b(function.getContext()) {}

  LogicalResult run();
  /// Promotes the variables of a function that has value form already.
  LogicalResult runAgain();

private:
  LogicalResult collectPlaces();
  void promote();
  void promoteBlock(Block &block, Contents &contents);
  void promoteBranch(Operation *branch, Contents &contents);
  void promoteLoop(Operation *loop, Contents &contents);
  void promoteCall(CallOp call, Contents &contents);
  void promoteReturn(ReturnOp end, Contents &contents);
  Value promoteStore(StoreOp store, Value place);

  /// Adds the places' contents to `op`'s results, and sets `contents` to them.
  void rebuild(Operation *op, ArrayRef<Value> places, ValueRange inits,
               Contents &contents);
  /// Appends the contents to what the block's terminator hands on.
  void handOn(Block &block, ArrayRef<Value> places, Contents &contents);
  SmallVector<Value> changedPlaces(Operation *op);
  SmallVector<Value> valuesOf(ArrayRef<Value> places, Contents &contents);
  Value valueOf(Value place, Contents &contents);
  LocalAttr localOf(Value place) { return locals.lookup(place); }

  func::FuncOp function;
  OpBuilder b;
  /// The variable of each place that becomes values.
  llvm::MapVector<Value, LocalAttr> locals;
  /// What each of them holds.
  llvm::DenseMap<Value, Type> types;
  /// The contents of a variable that nothing was stored in.
  Contents undefined;
};

// In this pass operands that are places may be values already, so that the
// typed accessors do not apply.
Value placeOf(LoadOp load) { return load->getOperand(0); }
Value placeOf(StoreOp store) { return store->getOperand(1); }

/// Gives the function the signature of value form.
void changeSignature(func::FuncOp function) {
  SmallVector<Type> arguments, results(function.getResultTypes());
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes())) {
    auto place = dyn_cast<PlaceType>(type);
    bool isValue = place && !function.getArgAttr(i, "ad.in_memory");
    arguments.push_back(isValue ? place.getElement() : type);
    if (isValue && function.getArgAttr(i, "ad.out"))
      results.push_back(place.getElement());
  }
  function.setFunctionType(
      FunctionType::get(function.getContext(), arguments, results));
}

/// Whether the callee works on the object in memory.
bool takesPlace(CallOp call, unsigned i) {
  auto callee = call->getParentOfType<ModuleOp>().lookupSymbol<func::FuncOp>(
      call.getCalleeAttr());
  return callee && callee.getArgAttr(i, "ad.in_memory");
}

/// Arrays and objects of classes stay in memory, and what a pointer is set to.
bool mayBecomeValues(VarOp variable) {
  Type content = variable.getType().getElement();
  return !isa<ArrayType, ObjectType>(content) && !variable.getInit() &&
         llvm::all_of(variable->getUses(), [](OpOperand &use) {
           if (auto store = dyn_cast<StoreOp>(use.getOwner()))
             return use.getOperandNumber() == 1;
           if (auto call = dyn_cast<CallOp>(use.getOwner()))
             return !takesPlace(call, use.getOperandNumber());
           return isa<LoadOp>(use.getOwner());
         });
}

/// Finds what becomes values; arguments are values from here on.
LogicalResult Promoter::collectPlaces() {
  function.walk([&](VarOp variable) {
    if (!mayBecomeValues(variable))
      return;
    locals[variable] = variable.getLocal();
    types[variable] = variable.getType().getElement();
  });
  for (BlockArgument argument : function.getArguments()) {
    auto type = dyn_cast<PlaceType>(argument.getType());
    unsigned i = argument.getArgNumber();
    if (!type || function.getArgAttr(i, "ad.in_memory"))
      continue;
    locals[argument] = function.getArgAttrOfType<LocalAttr>(i, "ad.local");
    types[argument] = type.getElement();
  }
  for (auto [place, local] : locals)
    for (Operation *user : place.getUsers())
      if (!isa<LoadOp, StoreOp, CallOp>(user))
        return user->emitOpError("uses a variable that has to be promoted");
  for (BlockArgument argument : function.getArguments())
    if (locals.contains(argument))
      argument.setType(types[argument]);
  return success();
}

/// The places that are written within `op` and known outside.
SmallVector<Value> Promoter::changedPlaces(Operation *op) {
  llvm::SetVector<Value> changed;
  auto add = [&](Value place) {
    Operation *variable = place.getDefiningOp();
    if (locals.contains(place) && !(variable && op->isProperAncestor(variable)))
      changed.insert(place);
  };
  op->walk([&](Operation *inner) {
    if (auto store = dyn_cast<StoreOp>(inner))
      add(placeOf(store));
    if (auto call = dyn_cast<CallOp>(inner))
      for (auto [i, operand] : llvm::enumerate(call.getArgs()))
        if (call.tieOf(i) >= 0)
          add(operand);
  });
  return changed.takeVector();
}

Value Promoter::valueOf(Value place, Contents &contents) {
  if (Value value = contents.lookup(place))
    return value;
  Value &value = undefined[place];
  if (!value) {
    b.setInsertionPoint(place.getDefiningOp());
    value = UndefOp::create(b, place.getLoc(), types[place]);
  }
  return value;
}

SmallVector<Value> Promoter::valuesOf(ArrayRef<Value> places,
                                      Contents &contents) {
  return llvm::map_to_vector(
      places, [&](Value place) { return valueOf(place, contents); });
}

/// The value that the place holds from here on. A parameter in its own
/// variable needs no assignment, and what `ad-nest-exits` invented is seen only
/// where paths join.
Value Promoter::promoteStore(StoreOp store, Value place) {
  Value value = store.getValue();
  LocalAttr local = localOf(place);
  if (local.getGenerated())
    return value;
  if (auto argument = dyn_cast<BlockArgument>(value))
    if (argument.getOwner() == &function.getBody().front() &&
        function.getArgAttr(argument.getArgNumber(), "ad.local") == local)
      return value;
  b.setInsertionPoint(store);
  return LetOp::create(b, store.getLoc(), value, local);
}

/// A call takes the contents of its places and returns those that it changes.
void Promoter::promoteCall(CallOp call, Contents &contents) {
  Location loc = call.getLoc();
  SmallVector<Value> arguments;
  SmallVector<Type> resultTypes(call.getResultTypes());
  SmallVector<Attribute> names(resultTypes.size(), b.getUnitAttr());
  // The place of each result behind what the callee returns.
  SmallVector<Value> changed;
  b.setInsertionPoint(call);
  for (auto [i, operand] : llvm::enumerate(call->getOperands())) {
    bool isPromoted = locals.contains(operand);
    auto memory = dyn_cast<PlaceType>(operand.getType());
    Value content = operand;
    if (isPromoted)
      content = valueOf(operand, contents);
    else if (memory && !takesPlace(call, i))
      content = LoadOp::create(b, loc, memory.getElement(), operand);
    b.setInsertionPoint(call);
    arguments.push_back(content);
    int64_t tie = call.tieOf(i);
    if (tie < 0 || tie < int64_t(resultTypes.size()))
      continue;
    assert(tie == int64_t(resultTypes.size()) && "ties come in order");
    resultTypes.push_back(content.getType());
    names.push_back(isPromoted && !localOf(operand).getGenerated()
                        ? Attribute(localOf(operand))
                        : b.getUnitAttr());
    changed.push_back(operand);
  }
  auto promoted =
      CallOp::create(b, loc, resultTypes, arguments, call->getAttrs());
  if (!changed.empty())
    promoted.setLocalsAttr(b.getArrayAttr(names));
  unsigned returned = call->getNumResults();
  for (auto [place, result] :
       llvm::zip_equal(changed, promoted->getResults().drop_front(returned))) {
    if (locals.contains(place))
      contents[place] = result;
    else
      StoreOp::create(b, loc, result, place);
  }
  call->replaceAllUsesWith(promoted->getResults().take_front(returned));
  call.erase();
}

void Promoter::promoteReturn(ReturnOp end, Contents &contents) {
  for (unsigned i = 0; i != function.getNumArguments(); ++i)
    if (function.getArgAttr(i, "ad.out") &&
        locals.contains(function.getArgument(i)))
      end.getValuesMutable().append(valueOf(function.getArgument(i), contents));
}

void Promoter::promoteBlock(Block &block, Contents &contents) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    llvm::TypeSwitch<Operation *>(&op)
        .Case([&](LoadOp load) {
          if (!locals.contains(placeOf(load)))
            return;
          load.getValue().replaceAllUsesWith(valueOf(placeOf(load), contents));
          load.erase();
        })
        .Case([&](StoreOp store) {
          Value place = placeOf(store);
          if (!locals.contains(place))
            return;
          contents[place] = promoteStore(store, place);
          store.erase();
        })
        .Case([&](CallOp call) { promoteCall(call, contents); })
        .Case([&](ReturnOp end) { promoteReturn(end, contents); })
        .Case<IfOp, SwitchOp>(
            [&](Operation *branch) { promoteBranch(branch, contents); })
        .Case<WhileOp, ForOp>(
            [&](Operation *loop) { promoteLoop(loop, contents); });
  }
}

void Promoter::handOn(Block &block, ArrayRef<Value> places,
                      Contents &contents) {
  SmallVector<Value> values = valuesOf(places, contents);
  Operation *terminator = block.getTerminator();
  terminator->insertOperands(terminator->getNumOperands(), values);
}

void Promoter::rebuild(Operation *op, ArrayRef<Value> places, ValueRange inits,
                       Contents &contents) {
  if (places.empty())
    return;
  SmallVector<Type> resultTypes;
  SmallVector<Attribute> names;
  for (Value place : places) {
    resultTypes.push_back(types[place]);
    names.push_back(localOf(place));
  }
  unsigned first = op->getNumResults();
  Operation *rebuilt = addResults(op, inits, resultTypes, names);
  for (auto [i, place] : llvm::enumerate(places))
    contents[place] = rebuilt->getResult(first + i);
}

void Promoter::promoteBranch(Operation *branch, Contents &contents) {
  SmallVector<Value> changed = changedPlaces(branch);
  for (Region &region : branch->getRegions()) {
    Contents inside = contents;
    promoteBlock(region.front(), inside);
    handOn(region.front(), changed, inside);
  }
  rebuild(branch, changed, {}, contents);
}

void Promoter::promoteLoop(Operation *loop, Contents &contents) {
  SmallVector<Value> changed = changedPlaces(loop);
  SmallVector<Value> inits = valuesOf(changed, contents);
  for (Region &region : loop->getRegions()) {
    Block &block = region.front();
    Contents inside = contents;
    for (Value place : changed)
      inside[place] = block.addArgument(types[place], loop->getLoc());
    promoteBlock(block, inside);
    handOn(block, changed, inside);
  }
  rebuild(loop, changed, inits, contents);
}

//===----------------------------------------------------------------------===//
// What stays in memory
//===----------------------------------------------------------------------===//

/// What is known of the contents of places: what was stored or loaded last.
class KnownContents {
public:
  explicit KnownContents(SameExpressions &expressions)
      : expressions(expressions) {}
  void visit(Block &block);

private:
  using Reach = PlaceIndex::Reach;
  struct Entry {
    Value place, content;
  };
  void learn(Value place, Value content);
  void setCurrent(Value place, std::optional<unsigned> entry);
  /// The content of what is written to `place` in the same trip is not known
  /// any more; with `Reach::Object`, perhaps in another one.
  void forget(Value place, Reach reach);
  void forgetWritten(Operation *op);
  void visitRegion(Region &region);

  /// All that was ever known.
  std::vector<Entry> entries;
  /// What is known of each place, as its representative.
  llvm::DenseMap<Value, unsigned> current;
  PlaceIndex index;
  /// What `current` was before each change.
  SmallVector<std::pair<Value, std::optional<unsigned>>> changes;
  SameExpressions &expressions;
};

/// From here on `entry` is what is known of the place, or nothing.
void KnownContents::setCurrent(Value place, std::optional<unsigned> entry) {
  auto known = current.find(place);
  if (known == current.end()) {
    changes.push_back({place, {}});
  } else {
    changes.push_back({place, known->second});
    index.erase(known->second, entries[known->second].place, Reach::Place);
    current.erase(known);
  }
  if (!entry)
    return;
  current[place] = *entry;
  index.insert(*entry, entries[*entry].place, Reach::Place);
}

void KnownContents::learn(Value place, Value content) {
  entries.push_back({place, content});
  setCurrent(expressions.representative(place), entries.size() - 1);
}

void KnownContents::forget(Value place, Reach reach) {
  SmallVector<unsigned> forgotten;
  index.anyOf(place, reach, [&](const PlaceIndex::Numbers &numbers) {
    for (unsigned i : numbers)
      if (reach == Reach::Object || index.mayOverlap(entries[i].place, place))
        forgotten.push_back(i);
    return false;
  });
  for (unsigned i : forgotten)
    setCurrent(expressions.representative(entries[i].place), {});
}

/// Forgets what the operation may change, in whatever trips of its loops.
void KnownContents::forgetWritten(Operation *op) {
  op->walk([&](Operation *inner) {
    for (Value place : writtenPlaces(inner))
      forget(place, Reach::Object);
  });
}

/// Whether some derivative that is asked for takes what is there as a constant, whatever
/// was stored.
static bool isInactive(Value place) {
  return isInactivePlace(place, [](BlockArgument argument) {
    auto function = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
    if (!function)
      return false;
    unsigned i = argument.getArgNumber();
    auto requests = function->getAttrOfType<ArrayAttr>("ad.requests");
    return function.getArgAttr(i, "ad.inactive") ||
           (requests && llvm::any_of(requests.getAsRange<DictionaryAttr>(),
                                     [&](DictionaryAttr request) {
                                       return llvm::is_contained(
                                           positions(request, "inactive"), i);
                                     }));
  });
}

/// What is learnt in a region holds there alone.
void KnownContents::visitRegion(Region &region) {
  size_t before = changes.size();
  visit(region.front());
  while (changes.size() > before) {
    auto [place, entry] = changes.back();
    setCurrent(place, entry);
    changes.pop_back_n(2);
  }
}

void KnownContents::visit(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (auto load = dyn_cast<LoadOp>(op)) {
      if (isInactive(load.getPlace()))
        continue;
      auto known = current.find(expressions.representative(load.getPlace()));
      if (known == current.end()) {
        learn(load.getPlace(), load.getValue());
        continue;
      }
      load.getValue().replaceAllUsesWith(entries[known->second].content);
      expressions.forget(load.getValue());
      load.erase();
    } else if (auto store = dyn_cast<StoreOp>(op)) {
      forget(store.getPlace(), Reach::Place);
      if (!isInactive(store.getPlace()))
        learn(store.getPlace(), store.getValue());
    } else if (op.getNumRegions()) {
      // A loop's trip may follow another one.
      if (isLoop(&op))
        forgetWritten(&op);
      llvm::for_each(op.getRegions(),
                     [&](Region &region) { visitRegion(region); });
      forgetWritten(&op);
    } else {
      forgetWritten(&op);
    }
  }
}

void Promoter::promote() {
  Contents contents;
  // An argument stands for its place: what it holds at the beginning is another
  // value.
  SmallVector<std::pair<BlockArgument, UndefOp>> initial;
  OpBuilder start(function.getBody());
  for (BlockArgument argument : function.getArguments())
    if (locals.contains(argument)) {
      auto place = dyn_cast<PlaceType>(argument.getType());
      auto content =
          UndefOp::create(start, argument.getLoc(),
                          place ? place.getElement() : argument.getType());
      contents[argument] = content;
      initial.push_back({argument, content});
    }
  promoteBlock(function.getBody().front(), contents);
  for (auto [argument, content] : initial) {
    content.replaceAllUsesWith(Value(argument));
    content.erase();
  }
  for (auto [place, local] : locals)
    if (Operation *variable = place.getDefiningOp())
      variable->erase();
}

LogicalResult Promoter::runAgain() {
  if (failed(collectPlaces()))
    return failure();
  promote();
  return success();
}

/// Refuses what a pointer that was never set would point to.
static LogicalResult checkPointers(func::FuncOp function) {
  WalkResult result = function.walk([](UndefOp undefined) {
    if (!isa<PlaceType>(undefined.getType()))
      return WalkResult::advance();
    for (Operation *user : undefined->getUsers())
      if (isa<LoadOp, OffsetOp, ElementOp, MemberOp, AccessOp>(user) ||
          (isa<StoreOp, AccumulateOp>(user) &&
           user->getOperand(0) == undefined)) {
        emitError(user->getLoc()) << formatMessage(Diag::UnsetPointer, {});
        return WalkResult::interrupt();
      }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

LogicalResult Promoter::run() {
  splitObjects(function);
  if (failed(collectPlaces()))
    return failure();
  promote();
  changeSignature(function);
  forwardContents(function);
  resolveCarriedPlaces(function);
  simplifyRegions(function);
  return checkPointers(function);
}

} // namespace

void adgen::forwardContents(func::FuncOp function) {
  SameExpressions expressions;
  KnownContents(expressions).visit(function.front());
}

void adgen::promoteAgain(func::FuncOp function) {
  (void)Promoter(function).runAgain();
}

namespace {
struct PromoteVariables : adgen::impl::PromoteVariablesBase<PromoteVariables> {
  void runOnOperation() override {
    if (getOperation().isExternal())
      return changeSignature(getOperation());
    if (failed(Promoter(getOperation()).run()))
      signalPassFailure();
  }
};

} // namespace
