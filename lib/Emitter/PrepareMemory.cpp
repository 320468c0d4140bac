//===- PrepareMemory.cpp - Loads and stores as the emitter wants them -----===//
//
// The adjoint of an assignment reads a shadow and zeroes it, and then goes on
// with what it has read:
//
//     const double t = y_bar[i];                 const double a_bar = 2 * y_bar[i];
//     y_bar[i] = 0;                          →   y_bar[i] = 0;
//     const double a_bar = 2 * t;
//
// What is read and used in one statement needs no name if the zero is stored
// behind that statement. What was just stored is read where it is. The first
// values of a variable are its initializer.
//
//===----------------------------------------------------------------------===//
#include "BuildExpr.h"
#include "MemoryOrder.h"
#include "PrepareForEmission.h"

#include "adgen/Dialect/MoveOps.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Zeros
//===----------------------------------------------------------------------===//

/// Whether `op` is printed within the one operation that reads it, or may be.
static bool isPassedOn(Operation *op) {
  return isComputation(op) && op->hasOneUse() &&
         op->user_begin()->getBlock() == op->getBlock();
}

/// The operations of the block which the value goes through, one after the
/// other, as long as each has one reader.
static SmallVector<Operation *> readersOf(LoadOp load) {
  SmallVector<Operation *> readers;
  for (Operation *op = load; isPassedOn(op);) {
    op = *op->user_begin();
    readers.push_back(op);
  }
  return readers;
}

static bool isOfOneStatement(Operation *a, Operation *b) {
  StmtAttr first = getStmt(a->getLoc()), second = getStmt(b->getLoc());
  return !first || !second || first.getId() == second.getId();
}

/// Whether `store` may stand behind `last`, an operation after it.
static bool maySinkBehind(StoreOp store, Operation *last) {
  for (Operation *op = store->getNextNode();; op = op->getNextNode()) {
    if (!op || op->hasTrait<OpTrait::IsTerminator>() ||
        mustStayInOrder(store, op))
      return false;
    if (op == last)
      return true;
  }
}

/// The load of the same place before `store`, if nothing between them writes it.
static LoadOp loadBefore(StoreOp store) {
  for (Operation *op = store->getPrevNode(); op; op = op->getPrevNode()) {
    auto load = dyn_cast<LoadOp>(op);
    if (load && isSameObjectPlace(load.getPlace(), store.getPlace()))
      return load;
    if (mustStayInOrder(store, op))
      return {};
  }
  return {};
}

/// What several statements read is zeroed right where it is read.
static void hoistStore(StoreOp store, LoadOp load) {
  SmallVector<Operation *> between;
  for (Operation *op = load->getNextNode(); op != store; op = op->getNextNode())
    between.push_back(op);
  bool mayRise = llvm::none_of(between, [&](Operation *op) {
    return mustStayInOrder(store, op) || op->getNumRegions();
  });
  if (!mayRise || load.getValue().use_empty())
    return;
  Operation *zero = store.getValue().getDefiningOp();
  if (zero->getBlock() == store->getBlock() && load->isBeforeInBlock(zero)) {
    zero->remove();
    load->getBlock()->getOperations().insert(load->getIterator(), zero);
  }
  // What finds the place may come later.
  store.getPlaceMutable().assign(load.getPlace());
  // Behind the variable that is initialized with it.
  auto let = load->hasOneUse() ? dyn_cast<LetOp>(*load->user_begin()) : LetOp();
  bool isNamed = let && llvm::is_contained(between, let.getOperation());
  moveBehind(store, isNamed ? let.getOperation() : load.getOperation());
}

static void sinkStore(StoreOp store) {
  LoadOp load = loadBefore(store);
  if (!load || !store.getValue().getDefiningOp<ConstantOp>())
    return;
  // The statement is the last that has a variable of its own, or changes memory.
  SmallVector<Operation *> readers = readersOf(load);
  for (Operation *reader : llvm::reverse(readers)) {
    bool isStatement = isa<LetOp, AccumulateOp, StoreOp>(reader);
    if (!isStatement || !store->isBeforeInBlock(reader) ||
        !isOfOneStatement(store, reader) || !maySinkBehind(store, reader))
      continue;
    moveBehind(store, reader);
    return;
  }
  hoistStore(store, load);
}

//===----------------------------------------------------------------------===//
// What was just stored
//===----------------------------------------------------------------------===//

/// The last operation of the block that what reads `value` is printed in.
static Operation *lastReader(Value value) {
  Operation *last = nullptr;
  for (Operation *user : value.getUsers()) {
    while (isPassedOn(user) && !isa<LetOp>(user))
      user = *user->user_begin();
    if (!last || last->isBeforeInBlock(user))
      last = user;
  }
  return last;
}

/// Whether `op` computes what would have a name, and only for its readers.
static bool isWorthReading(Operation *op) {
  return isComputation(op) && !op->getResult(0).hasOneUse() &&
         !isa<AddOp, SubOp, MulOp, NegOp, CastOp, ConstantOp, UndefOp, LetOp,
              LoadOp, PlaybackOp, QueryOp, SelectOp>(op) &&
         isReal(op->getResult(0).getType());
}

static constexpr unsigned mostReaders = 3;

/// `const double t = std::tanh(a); y[i] = t;` is `y[i] = std::tanh(a);`, and
/// what reads t reads y[i], as long as that is the same and costs nothing.
/// `write` is the store or record, `read` what would read it again.
static void readAgain(Operation *write, Value value, Operation *read,
                      llvm::function_ref<bool(Operation *)> disturbs) {
  moveBehind(read, write);
  unsigned readers = 0;
  bool isLocal = llvm::all_of(value.getUsers(), [&](Operation *user) {
    auto let = dyn_cast<LetOp>(user);
    readers += user != write;
    return user == write ||
           (user->getBlock() == write->getBlock() &&
            write->isBeforeInBlock(user) &&
            (!let || let.getLocal().getGenerated()));
  });
  bool mayRead = isLocal && readers <= mostReaders;
  Operation *last = mayRead ? lastReader(value) : nullptr;
  // What is printed in the store itself stands before it.
  mayRead &= last && read->isBeforeInBlock(last);
  for (Operation *op = read->getNextNode(); mayRead && op != last;
       op = op->getNextNode())
    mayRead = !disturbs(op);
  if (!mayRead)
    return read->erase();
  value.replaceUsesWithIf(read->getResult(0), [&](OpOperand &use) {
    return use.getOwner() != write;
  });
}

static void readStored(StoreOp store) {
  Operation *op = store.getValue().getDefiningOp();
  if (!op || !isWorthReading(op))
    return;
  OpBuilder b(store);
  auto load = LoadOp::create(b, derivativeLoc(store.getLoc()), store.getPlace());
  // The C++ compiler must know as well that nothing changes it.
  bool isOwn = isOwnMemory(store.getPlace());
  readAgain(store, store.getValue(), load, [&](Operation *other) {
    bool mayChange = isa<StoreOp, AccumulateOp>(other) && !isOwn &&
                     !isOwnMemory(other->getOperand(1));
    return mayChange || other->getNumRegions() || mustStayInOrder(load, other);
  });
}

static void readRecorded(RecordOp record) {
  Operation *op = record.getValue().getDefiningOp();
  auto tape = record.getTape().getDefiningOp<TapeOp>();
  if (!op || !isWorthReading(op) || !tape || !tape.getSize())
    return;
  OpBuilder b(record);
  auto playback = PlaybackOp::create(b, derivativeLoc(record.getLoc()),
                                     record.getValue().getType(),
                                     record.getTape(), record.getIndex(),
                                     LocalAttr());
  readAgain(record, record.getValue(), playback, [&](Operation *other) {
    return isa<StoreOp, AccumulateOp>(other) || other->getNumRegions();
  });
}

//===----------------------------------------------------------------------===//
// Initial values
//===----------------------------------------------------------------------===//

/// The constant indices of `place` within `var`; nothing if it is anything else
/// than one of its scalars.
static std::optional<SmallVector<int64_t>> indicesIn(VarOp var, Value place) {
  SmallVector<int64_t> indices;
  while (auto element = place.getDefiningOp<ElementOp>()) {
    auto index = intConstant(element.getIndex());
    if (!index)
      return {};
    indices.insert(indices.begin(), index->getSExtValue());
    place = element.getBase();
  }
  return place == var.getPlace() ? std::optional(indices) : std::nullopt;
}

/// Whether `v` is a place in `var`.
static bool isWithin(Value v, VarOp var) {
  return isa<PlaceType>(v.getType()) && rootOf(v) == var.getPlace();
}

/// Whether the operation reads what is in `var`.
static bool readsFrom(Operation *op, VarOp var) {
  return !isPure(op) && llvm::any_of(op->getOperands(), [&](Value operand) {
    return isWithin(operand, var);
  });
}

/// `{{{0}, {1}}, {{2}, {3}}}` for an array of arrays; counts the scalars.
static std::string bracesOf(Type type, unsigned &scalars) {
  auto array = dyn_cast<ArrayType>(type);
  if (!array)
    return "{" + std::to_string(scalars++) + "}";
  std::string text = "{{";
  for (int64_t i = 0; i < array.getSize(); ++i)
    text += (i ? ", " : "") + bracesOf(array.getElement(), scalars);
  return text + "}}";
}

/// The number of the scalar in `type` that the indices lead to.
static int64_t numberOf(Type type, ArrayRef<int64_t> indices, int64_t &size) {
  auto array = dyn_cast<ArrayType>(type);
  if (!array) {
    size = 1;
    return 0;
  }
  int64_t inner = numberOf(array.getElement(), indices.drop_front(), size);
  inner += indices.front() * size;
  size *= array.getSize();
  return inner;
}

static constexpr int64_t mostInitialValues = 16;

/// The stores that give every scalar of `var` its first value, in order, before
/// anything else is done with it; none if there are others.
static SmallVector<StoreOp> initialStores(VarOp var) {
  Type type = cast<PlaceType>(var.getPlace().getType()).getElement();
  int64_t size = 1;
  Type scalar = type;
  for (; auto array = dyn_cast<ArrayType>(scalar); scalar = array.getElement())
    size *= array.getSize();
  if (isa<ObjectType>(scalar) || size > mostInitialValues || !size)
    return {};
  SmallVector<StoreOp> stores;
  for (Operation *op = var->getNextNode(); op; op = op->getNextNode()) {
    auto store = dyn_cast<StoreOp>(op);
    auto indices = store ? indicesIn(var, store.getPlace()) : std::nullopt;
    if (indices) {
      int64_t total, number = numberOf(type, *indices, total);
      if (number != int64_t(stores.size()) ||
          isWithin(store.getValue(), var))
        return {};
      stores.push_back(store);
      if (int64_t(stores.size()) == size)
        return stores;
    } else if (!isComputation(op) || isa<CallOp>(op) || readsFrom(op, var)) {
      return {};
    }
  }
  return {};
}

/// `double a[2]; a[0] = x; a[1] = z;` is `double a[2] = {x, z};`.
static void initialize(VarOp var) {
  if (var.getInit())
    return;
  SmallVector<StoreOp> stores = initialStores(var);
  if (stores.empty())
    return;
  SmallVector<Value> values;
  for (StoreOp store : stores)
    values.push_back(store.getValue());
  unsigned scalars = 0;
  Type type = cast<PlaceType>(var.getPlace().getType()).getElement();
  var.setInit(" = " + bracesOf(type, scalars));
  var.getArgsMutable().assign(values);
  // What says where the elements are comes behind the variable.
  SmallVector<Operation *> moved;
  for (Operation *op = var->getNextNode(); op != stores.back();
       op = op->getNextNode())
    if (llvm::any_of(op->getOperands(), [&](Value operand) {
          return isWithin(operand, var);
        }))
      moved.push_back(op);
  moveInFrontOf(var, stores.back());
  for (Operation *op : moved)
    moveInFrontOf(op, stores.back());
  for (StoreOp store : stores)
    store.erase();
}

//===----------------------------------------------------------------------===//
// What nobody reads
//===----------------------------------------------------------------------===//

/// Collects all that is done with `place`; whether it is only written.
static bool isOnlyWritten(Value place, SmallVectorImpl<Operation *> &ops) {
  return llvm::all_of(place.getUses(), [&](OpOperand &use) {
    Operation *user = use.getOwner();
    bool isWritten = isa<StoreOp, AccumulateOp>(user) &&
                     use.getOperandNumber() == 1;
    auto access = dyn_cast<AccessOp>(user);
    bool isPart = isa<ElementOp, MemberOp>(user) ||
                  (access && !isPointer(access));
    bool isSure = isWritten || (isPart && use.getOperandNumber() == 0 &&
                                isOnlyWritten(user->getResult(0), ops));
    ops.push_back(user);
    return isSure;
  });
}

/// Erases what computes the values for nobody; variables have their own turn.
static void eraseUnneeded(llvm::SetVector<Value> values) {
  while (!values.empty()) {
    Operation *op = values.pop_back_val().getDefiningOp();
    if (!op || op->getNumRegions() || isa<VarOp>(op) || !isOpTriviallyDead(op))
      continue;
    values.insert(op->operand_begin(), op->operand_end());
    op->erase();
  }
}

/// What is stored to an object that nobody reads goes; whether that was all that is done
/// with it.
static bool eraseUnreadStores(Value place) {
  SmallVector<Operation *> ops;
  if (!isOnlyWritten(place, ops))
    return false;
  // The parts of the object are erased with it.
  llvm::SetVector<Value> values;
  for (Operation *op : ops)
    if (isa<StoreOp, AccumulateOp>(op))
      values.insert(op->getOperand(0));
  llvm::SmallPtrSet<Operation *, 8> erased;
  for (Operation *op : ops)
    if (erased.insert(op).second)
      op->erase();
  eraseUnneeded(std::move(values));
  return true;
}

/// An object that nobody reads goes with what is stored to it.
static void eraseUnread(VarOp var) {
  if (!eraseUnreadStores(var.getPlace()))
    return;
  llvm::SetVector<Value> values(var.getArgs().begin(), var.getArgs().end());
  var.erase();
  eraseUnneeded(std::move(values));
}

/// Whether the parameter is an object of the function's own, which its caller does not see.
static bool isOwnObject(func::FuncOp func, unsigned i) {
  auto place = dyn_cast<PlaceType>(func.getArgument(i).getType());
  auto local = func.getArgAttrOfType<LocalAttr>(i, "ad.local");
  return place && isa<ObjectType>(place.getElement()) && local &&
         !local.getType().getValue().ends_with("&") &&
         !func.getArgAttr(i, "ad.pass") && !func.getArgAttr(i, "ad.view");
}

/// An adjoint that is what one place holds is read into its own variable at once:
/// `v_bar = t_bar` would be a second name.
static void nameRead(LetOp let) {
  auto load = let.getValue().getDefiningOp<LoadOp>();
  StmtAttr stmt = load ? getStmt(load->getLoc()) : StmtAttr();
  if (stmt && stmt.getDerivative() && load->hasOneUse() &&
      load->getBlock() == let->getBlock())
    moveBehind(let, load);
}

/// A span that is made for a call has no address: it is made for each anew.
static void repeatSpans(func::FuncOp func) {
  SmallVector<AccessOp> spans;
  func.walk([&](AccessOp op) {
    if (op.getText().starts_with("std::span<") && !op->hasOneUse())
      spans.push_back(op);
  });
  for (AccessOp span : spans) {
    for (OpOperand &use : llvm::make_early_inc_range(span->getUses()))
      use.set(OpBuilder(use.getOwner()).clone(*span)->getResult(0));
    span.erase();
  }
}

/// An element whose container gets another size before it is used is found again: it has
/// its index still, but may have moved.
static void findElementsAgain(func::FuncOp func) {
  SmallVector<Operation *> reshapes;
  SmallVector<std::pair<OpOperand *, AccessOp>> uses;
  func.walk([&](Operation *op) {
    if (isa<PushOp, ResizeOp>(op))
      reshapes.push_back(op);
    for (OpOperand &use : op->getOpOperands())
      if (isa<LoadOp, StoreOp, AccumulateOp>(op) && isa<PlaceType>(use.get().getType()))
        for (Operation *at = use.get().getDefiningOp();
             isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp>(at);
             at = at->getOperand(0).getDefiningOp())
          if (auto access = dyn_cast<AccessOp>(at); access && isIndexed(access))
            uses.emplace_back(&use, access);
  });
  if (reshapes.empty())
    return;
  llvm::DenseMap<Operation *, unsigned> positions;
  func.walk<WalkOrder::PreOrder>(
      [&](Operation *op) { positions.try_emplace(op, positions.size()); });
  // Between the two, or in a later trip of a loop that only one of them is in.
  auto isBetween = [&](Operation *reshape, AccessOp access, Operation *user) {
    Operation *around = reshape->getParentOp();
    while (!isLoop(around) && around != func)
      around = around->getParentOp();
    bool isInTrip = around != func && around->isAncestor(user) &&
                    !around->isAncestor(access);
    return positions[access] < positions[reshape] &&
           (isInTrip || positions[reshape] < positions[user]);
  };
  for (auto [use, access] : uses) {
    Operation *user = use->getOwner();
    Value root = rootOf(access.getBase());
    if (llvm::none_of(reshapes, [&, access = access](Operation *reshape) {
          Value other = rootOf(reshape->getOperand(0));
          return (!root || !other || root == other) && isBetween(reshape, access, user);
        }))
      continue;
    OpBuilder b(user);
    IRMapping mapping;
    SmallVector<Operation *> path;
    for (Operation *at = use->get().getDefiningOp();
         isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp>(at);
         at = at->getOperand(0).getDefiningOp())
      path.push_back(at);
    for (Operation *step : llvm::reverse(path))
      positions[b.clone(*step, mapping)] = positions[user];
    use->set(mapping.lookup(use->get()));
    for (Operation *step : path)
      if (isOpTriviallyDead(step))
        step->erase();
  }
}

void adgen::prepareMemory(func::FuncOp func) {
  repeatSpans(func);
  findElementsAgain(func);
  for (unsigned i = 0; i < func.getNumArguments(); ++i)
    if (isOwnObject(func, i))
      eraseUnreadStores(func.getArgument(i));
  SmallVector<VarOp> vars;
  func.walk([&](VarOp var) { vars.push_back(var); });
  // What is made of another one comes behind that.
  llvm::for_each(llvm::reverse(vars), eraseUnread);
  vars.clear();
  func.walk([&](VarOp var) { vars.push_back(var); });
  llvm::for_each(vars, initialize);
  SmallVector<StoreOp> stores;
  func.walk([&](StoreOp store) { stores.push_back(store); });
  llvm::for_each(stores, sinkStore);
  stores.clear();
  func.walk([&](StoreOp store) { stores.push_back(store); });
  llvm::for_each(stores, readStored);
  SmallVector<RecordOp> records;
  func.walk([&](RecordOp record) { records.push_back(record); });
  llvm::for_each(records, readRecorded);
  SmallVector<LetOp> lets;
  func.walk([&](LetOp let) { lets.push_back(let); });
  llvm::for_each(lets, nameRead);
}
