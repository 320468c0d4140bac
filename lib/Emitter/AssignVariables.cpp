//===- AssignVariables.cpp - Coalescing values into variables -------------===//
//
// 1. A carried value of a loop and its arguments in every region: one web.
// 2. Webs of one local that a copy connects, then those whose scopes nest, are
//    merged unless they interfere. Webs of one local in disjoint scopes stay
//    apart: `const double step` in the forward and in the reverse loop.
// 3. Intermediates that end up in a carried value or result join its web.
//
// Any two webs may stay apart: then the copy between them is printed.
//
//===----------------------------------------------------------------------===//
#include "Callees.h"
#include "CxxTypes.h"
#include "Declarators.h"
#include "Parameters.h"
#include "PointerTypes.h"
#include "PrepareForEmission.h"
#include "VariablePlan.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

#include <list>

using namespace mlir;
using namespace adgen;

namespace {

/// A value, and where it may be needed.
struct Span {
  unsigned from, to;
  Value value;
  /// The end of this and all before it in a list.
  unsigned reach;
};

/// Values that share a variable.
struct Web {
  std::list<Value> members;
  LocalAttr local;
  /// The innermost block that contains every definition and use.
  Block *scope;
  /// Nothing else may be assigned to it: a const parameter, a loop's counter.
  bool isFixed = false;
  bool isParameter = false;
  /// A pointer to const, which is no other pointer's variable.
  bool isConst = false;
  /// The members by where they start.
  std::vector<Span> spans = {};
};

class VariableAssigner {
public:
  VariableAssigner(func::FuncOp func, CxxFunction &cxx,
                   const StructuredLiveness &liveness, const Callees &callees)
      : func(func), cxx(cxx), liveness(liveness), callees(callees),
        copies(collectCopies(func)), pointers(func, copies) {}

  VariablePlan run();

private:
  void collectPlaces();
  void addPlace(Value v, bool isFixed = false);
  void addResults(CallOp call);
  bool isStruct(CallOp call) { return !callees.of(call).structType.empty(); }
  void addIntermediates();
  void joinCarried();
  void joinCopies(bool unnamed);
  void joinNested();
  void dropLoneLets();
  bool tryMerge(unsigned a, unsigned b);
  void merge(unsigned a, unsigned b);
  bool canShare(const Web &a, const Web &b) const;
  bool interferes(const Span &span, ArrayRef<Span> others) const;
  std::optional<unsigned> webOf(Value v);
  void joinNested(ArrayRef<unsigned> alike);
  VariablePlan createVariables();
  std::string hintOf(const std::list<Value> &members);
  CxxVariable *createParameter(BlockArgument argument, VariablePlan &plan);

  func::FuncOp func;
  CxxFunction &cxx;
  const StructuredLiveness &liveness;
  const Callees &callees;
  SmallVector<RegionCopy> copies;
  PointerTypes pointers;
  std::vector<Web> webs;
  llvm::DenseMap<Value, unsigned> firstWebs;
  /// The web that one has become a part of, or itself.
  std::vector<unsigned> mergedInto;
};

} // namespace

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// The copies of `terminator`'s operand `source` to `target`.
static void addCopies(SmallVectorImpl<RegionCopy> &copies, Value source,
                      Value target, Operation *at) {
  auto tail = source.getDefiningOp<IfOp>();
  if (!tail || !isTail(tail)) {
    copies.push_back({source, target, at});
    return;
  }
  unsigned index = cast<OpResult>(source).getResultNumber();
  for (Block *block : {tail.thenBlock(), tail.elseBlock()}) {
    Operation *inner = block->getTerminator();
    addCopies(copies, inner->getOperand(index), target, inner);
  }
}

SmallVector<RegionCopy> adgen::collectCopies(func::FuncOp func) {
  SmallVector<RegionCopy> copies;
  func.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (auto loop = dyn_cast<ForOp>(op)) {
      for (auto [init, result] : llvm::zip(loop.getInits(), loop.getResults()))
        copies.push_back({init, result, op});
    } else if (auto loop = dyn_cast<WhileOp>(op)) {
      for (auto [init, result] : llvm::zip(loop.getInits(), loop.getResults()))
        copies.push_back({init, result, op});
    } else if (auto next = dyn_cast<NextOp>(op)) {
      for (auto [value, result] :
           llvm::zip(next.getValues(), op->getParentOp()->getResults()))
        addCopies(copies, value, result, op);
    } else if (auto yield = dyn_cast<YieldOp>(op)) {
      auto parent = dyn_cast<IfOp>(op->getParentOp());
      if (isa<SumOp>(op->getParentOp()) ||
          (parent && (isExpression(parent) || isTail(parent))))
        return;
      for (auto [value, result] :
           llvm::zip(yield.getValues(), op->getParentOp()->getResults()))
        addCopies(copies, value, result, op);
    } else if (auto call = dyn_cast<CallOp>(op)) {
      for (OpResult result : op->getResults())
        if (auto operand = call.operandOf(result.getResultNumber()))
          if (!call.getArgs()[*operand].getDefiningOp<UndefOp>())
            copies.push_back({call.getArgs()[*operand], result, op});
    } else if (isa<ReturnOp>(op)) {
      for (auto [value, argument] :
           llvm::zip(op->getOperands(), outArguments(func)))
        if (argument >= 0)
          addCopies(copies, value, func.getArgument(argument), op);
    }
  });
  return copies;
}

//===----------------------------------------------------------------------===//
// Webs
//===----------------------------------------------------------------------===//

static Block *commonBlock(Block *a, Block *b) {
  while (!isNestedIn(b, a))
    a = a->getParentOp()->getBlock();
  return a;
}

void VariableAssigner::addPlace(Value v, bool isFixed) {
  if (firstWebs.count(v) || isa<TapeType>(v.getType()))
    return;
  Block *scope = v.getParentBlock();
  for (Operation *user : v.getUsers())
    scope = commonBlock(scope, user->getBlock());
  firstWebs[v] = webs.size();
  mergedInto.push_back(webs.size());
  auto [from, to] = liveness.extent(v);
  webs.push_back({{v}, localOf(v), scope, isFixed, false,
                  pointers.leadsToConst(v), {{from, to, v, to}}});
}

std::optional<unsigned> VariableAssigner::webOf(Value v) {
  auto first = firstWebs.find(v);
  if (first == firstWebs.end())
    return {};
  unsigned web = first->second;
  while (mergedInto[web] != web)
    web = mergedInto[web] = mergedInto[mergedInto[web]];
  return web;
}

/// Whether a generated variable that is read once, in the code of the same
/// statement or, short enough, by a `return`, can do without a name.
static bool needsNoName(LetOp let) {
  if (!let.getLocal().getGenerated() || !let->hasOneUse() || isPassed(let))
    return false;
  Operation *user = *let->user_begin();
  StmtAttr stmt = getStmt(let.getLoc()), usersStmt = getStmt(user->getLoc());
  if (isa<ReturnOp>(user) ||
      (isa<YieldOp>(user) && isa<IfOp>(user->getParentOp()) &&
       isTail(cast<IfOp>(user->getParentOp())))) {
    Operation *value = let.getValue().getDefiningOp();
    if (!value || isa<ConstantOp>(value) || !let.getValue().hasOneUse())
      return true;
    // A helper's one result says what it is by the helper's name.
    auto func = let->getParentOfType<func::FuncOp>();
    if (isa<CallOp>(value) ||
        (isLocalFunction(func) && func.getNumResults() == 1))
      return true;
    if (!isa<MulOp, AddOp, SubOp, NegOp>(value))
      return false;
    return llvm::all_of(value->getOperands(), [](Value operand) {
      Operation *op = operand.getDefiningOp();
      bool isShared = op && !operand.hasOneUse() &&
                      !isa<AddOp, SubOp, MulOp, NegOp, CastOp>(op);
      return !op || isShared || isa<ConstantOp, LetOp>(op) ||
             !isComputation(op);
    });
  }
  return isComputation(user) && stmt && usersStmt &&
         stmt.getId() == usersStmt.getId();
}

/// Whether `v` is a reference that the user declared.
static bool isReference(Value v) {
  auto let = v.getDefiningOp<LetOp>();
  return let && isa<PlaceType>(v.getType()) &&
         indirectionOf(let.getLocal().getType().getValue()) ==
             Indirection::Reference;
}

/// Whether `v` is a view that the user declared: an object, of which the
/// variable is one more.
static bool isView(Value v) {
  auto let = v.getDefiningOp<LetOp>();
  auto place = dyn_cast<PlaceType>(v.getType());
  if (!let || !place || !isa<ObjectType>(place.getElement()))
    return false;
  StringRef type = let.getLocal().getType().getValue();
  return indirectionOf(type) == Indirection::None &&
         !type.ends_with("iterator");
}

/// Whether the argument is an object of the caller's by its name, and not a
/// value or a pointer.
static bool isObject(func::FuncOp func, BlockArgument argument) {
  return isa<PlaceType>(argument.getType()) &&
         passingOf(func, argument.getArgNumber()) != Passing::Pointer;
}

void VariableAssigner::collectPlaces() {
  for (BlockArgument argument : func.getArguments()) {
    if (isObject(func, argument))
      continue;
    addPlace(argument, isReadOnly(func, argument.getArgNumber()));
    webs.back().isParameter = true;
    webs.back().scope = &func.getBody().front();
  }
  func.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (auto let = dyn_cast<LetOp>(op)) {
      if (!needsNoName(let))
        addPlace(let, isReference(let));
    } else if (auto playback = dyn_cast<PlaybackOp>(op)) {
      if (playback.getLocal())
        addPlace(playback);
    } else if (auto loop = dyn_cast<ForOp>(op)) {
      addPlace(loop.induction(), /*isFixed=*/true);
      for (BlockArgument argument : loop.block()->getArguments().drop_front())
        addPlace(argument);
    } else if (auto loop = dyn_cast<WhileOp>(op)) {
      for (Region &region : loop->getRegions())
        for (BlockArgument argument : region.getArguments())
          addPlace(argument);
    }
    if (auto call = dyn_cast<CallOp>(op))
      addResults(call);
    auto branch = dyn_cast<IfOp>(op);
    bool isStatement = !branch || (!isExpression(branch) && !isTail(branch));
    if (op != func && op->getNumRegions() && isStatement && !isa<SumOp>(op))
      for (OpResult result : op->getResults())
        addPlace(result);
  });
}

/// What a call leaves in the caller's variables, and what it returns besides.
/// Members of a struct are read from the struct.
void VariableAssigner::addResults(CallOp call) {
  if (isComputation(call))
    return;
  unsigned returned = 0;
  for (OpResult result : call->getResults())
    returned += !call.operandOf(result.getResultNumber());
  for (OpResult result : call->getResults()) {
    bool isReturned = !call.operandOf(result.getResultNumber());
    bool isMember = isReturned && (returned > 1 || isStruct(call));
    if (!isReturned || (!result.use_empty() && (!isMember || localOf(result))))
      addPlace(result);
  }
}

/// An intermediate with several readers is worth a variable; if it ends up in
/// a place, that place's.
void VariableAssigner::addIntermediates() {
  for (RegionCopy copy : copies) {
    Operation *op = copy.source.getDefiningOp();
    if (op && isComputation(op) && !isa<ConstantOp, UndefOp, LetOp>(op) &&
        !copy.source.hasOneUse() && copy.source.getParentBlock() &&
        !isa<PlaceType>(copy.source.getType()) && !isa<IfOp>(op->getParentOp()))
      addPlace(copy.source);
  }
}

/// Whether the value interferes with one of `others`.
bool VariableAssigner::interferes(const Span &span,
                                  ArrayRef<Span> others) const {
  auto after = llvm::upper_bound(others, span.to,
                                 [](unsigned position, const Span &other) {
                                   return position < other.from;
                                 });
  for (const Span *other = after; other != others.begin();) {
    --other;
    if (other->reach < span.from)
      return false;
    if (other->to >= span.from && liveness.interfere(span.value, other->value))
      return true;
  }
  return false;
}

/// Adds `from`, the shorter one, to `into`.
static void addSpans(std::vector<Span> &into, ArrayRef<Span> from) {
  auto isBefore = [](const Span &a, const Span &b) { return a.from < b.from; };
  for (const Span &span : from) {
    auto at = into.insert(llvm::upper_bound(into, span, isBefore), span);
    unsigned reach = at == into.begin() ? 0 : std::prev(at)->reach;
    at->reach = reach = std::max(reach, at->to);
    while (++at != into.end() && at->reach < reach)
      at->reach = reach;
  }
}

bool VariableAssigner::canShare(const Web &a, const Web &b) const {
  if (a.isFixed || b.isFixed || (a.isParameter && b.isParameter) || a.isConst != b.isConst ||
      a.members.front().getType() != b.members.front().getType() ||
      pointers.iteratorTo(a.members.front()) != pointers.iteratorTo(b.members.front()))
    return false;
  bool isShorter = a.spans.size() < b.spans.size();
  const std::vector<Span> &some = isShorter ? a.spans : b.spans;
  const std::vector<Span> &others = isShorter ? b.spans : a.spans;
  return llvm::none_of(
      some, [&](const Span &span) { return interferes(span, others); });
}

void VariableAssigner::merge(unsigned a, unsigned b) {
  if (a == b)
    return;
  Web &into = webs[a], &from = webs[b];
  mergedInto[b] = a;
  into.members.splice(into.members.end(), from.members);
  if (into.spans.size() < from.spans.size())
    into.spans.swap(from.spans);
  addSpans(into.spans, from.spans);
  from.spans = {};
  into.scope = commonBlock(into.scope, from.scope);
  into.isParameter |= from.isParameter;
  if (from.isParameter || !into.local)
    into.local = from.local;
}

bool VariableAssigner::tryMerge(unsigned a, unsigned b) {
  if (a == b || !canShare(webs[a], webs[b]))
    return false;
  merge(a, b);
  return true;
}

void VariableAssigner::joinCarried() {
  func.walk([&](Operation *op) {
    if (!isLoop(op))
      return;
    unsigned skipped = isa<ForOp>(op) ? 1 : 0;
    for (OpResult result : op->getResults())
      for (Region &region : op->getRegions())
        if (auto web = webOf(result))
          merge(*web,
                *webOf(region.getArgument(result.getResultNumber() + skipped)));
  });
}

void VariableAssigner::joinCopies(bool unnamed) {
  for (RegionCopy copy : copies) {
    auto source = webOf(copy.source), target = webOf(copy.target);
    if (!source || !target)
      continue;
    LocalAttr from = webs[*source].local;
    LocalAttr to = webs[*target].local;
    bool related = from == to;
    if (unnamed)
      related = !from || (!to && from.getGenerated());
    else if (!from)
      related = false;
    if (related)
      tryMerge(*target, *source);
  }
}

void VariableAssigner::joinNested() {
  llvm::MapVector<LocalAttr, SmallVector<unsigned>> groups;
  for (auto [i, web] : llvm::enumerate(webs))
    if (!web.members.empty() && web.local)
      groups[web.local].push_back(i);
  for (auto &[local, alike] : groups)
    if (alike.size() > 1)
      joinNested(alike);
}

/// Joins webs of one local.
void VariableAssigner::joinNested(ArrayRef<unsigned> alike) {
  // By where their scopes start: nested ones start in the one around them.
  std::vector<std::pair<unsigned, unsigned>> byScope;
  for (unsigned i : alike)
    byScope.push_back({liveness.begin(webs[i].scope), i});
  llvm::sort(byScope);
  bool changed = true;
  while (changed) {
    changed = false;
    for (unsigned a : alike) {
      if (webs[a].members.empty())
        continue;
      auto starts = [&](unsigned position) {
        return llvm::lower_bound(byScope, std::pair(position, 0u));
      };
      SmallVector<unsigned> nested;
      for (auto [start, b] :
           llvm::make_range(starts(liveness.begin(webs[a].scope)),
                            starts(liveness.end(webs[a].scope))))
        if (a != b && !webs[b].members.empty())
          nested.push_back(b);
      llvm::sort(nested);
      for (unsigned b : nested)
        changed |= tryMerge(a, b);
    }
    llvm::erase_if(byScope, [&](auto entry) {
      return webs[entry.second].members.empty();
    });
  }
}

/// A let that only feeds the variable of its own local, but could not share it
/// because the old content is read after it (`while (j-- > 0)`), is better
/// computed where it is copied.
void VariableAssigner::dropLoneLets() {
  for (RegionCopy copy : copies) {
    auto let = copy.source.getDefiningOp<LetOp>();
    auto web = webOf(copy.source), target = webOf(copy.target);
    if (!let || !web || !target || web == target || !let->hasOneUse() ||
        webs[*web].members.size() != 1 || webs[*target].local != let.getLocal())
      continue;
    webs[*web].members.clear();
    firstWebs.erase(copy.source);
  }
}

/// An intermediate that joined nobody: ChooseInlining decides about it.
static bool isLoneIntermediate(const Web &web) {
  Value v = web.members.front();
  return web.members.size() == 1 && !web.local && v.getDefiningOp() &&
         isComputation(v.getDefiningOp());
}

/// What the callee calls a variable that it is passed.
std::string VariableAssigner::hintOf(const std::list<Value> &members) {
  for (Value v : members) {
    auto call = v.getDefiningOp<CallOp>();
    if (!call)
      continue;
    auto operand = call.operandOf(cast<OpResult>(v).getResultNumber());
    func::FuncOp callee = callees.of(call).func;
    if (operand)
      if (auto local = callee.getArgAttrOfType<LocalAttr>(*operand, "ad.local"))
        return local.getName().str();
  }
  return "";
}

CxxVariable *VariableAssigner::createParameter(BlockArgument argument,
                                               VariablePlan &plan) {
  unsigned number = argument.getArgNumber();
  auto place = dyn_cast<PlaceType>(argument.getType());
  if (isObject(func, argument)) {
    auto local = func.getArgAttrOfType<LocalAttr>(number, "ad.local");
    plan.variables[argument] = cxx.newVariable(local, place.getElement());
    plan.variables[argument]->isParameter = true;
  }
  CxxVariable *variable = plan.of(argument);
  Passing passing = passingOf(func, number);
  variable->isPointer = !place && passing == Passing::Pointer;
  variable->isOut = passing != Passing::Value &&
                    !isa<PlaceType>(argument.getType()) &&
                    func.getArgAttr(number, "ad.out");
  return variable;
}

VariablePlan VariableAssigner::createVariables() {
  VariablePlan plan;
  for (const Web &web : webs) {
    if (web.members.empty() || isLoneIntermediate(web))
      continue;
    Type type = web.members.front().getType();
    if (isView(web.members.front()))
      type = cast<PlaceType>(type).getElement();
    CxxVariable *variable = cxx.newVariable(web.local, type);
    variable->isParameter = web.isParameter;
    variable->isReference = isReference(web.members.front());
    if (!web.local)
      variable->hint = hintOf(web.members);
    bool isUnnamed = !web.local && isa<PlaceType>(type);
    if (isUnnamed)
      variable->deducedType = pointers.iteratorTo(web.members.front());
    if (isUnnamed && web.isConst && variable->deducedType.empty())
      variable->deducedType = "const " + typeText(type);
    for (Value v : web.members)
      plan.variables[v] = variable;
  }
  for (BlockArgument argument : func.getArguments())
    cxx.parameters.push_back(createParameter(argument, plan));
  func.walk([&](VarOp op) {
    Type type = cast<PlaceType>(op.getPlace().getType()).getElement();
    plan.variables[op.getPlace()] = cxx.newVariable(op.getLocal(), type);
  });
  func.walk([&](SumOp sum) {
    Value counter = sum.induction();
    plan.variables[counter] =
        cxx.newVariable(sum.getCounter(), counter.getType());
  });
  func.walk([&](TapeOp tape) {
    CxxVariable *variable = cxx.newVariable(
        tape.getLocal(), cast<TapeType>(tape.getTape().getType()).getElement());
    variable->isTape = true;
    plan.variables[tape.getTape()] = variable;
  });
  return plan;
}

VariablePlan VariableAssigner::run() {
  collectPlaces();
  addIntermediates();
  joinCarried();
  joinCopies(/*unnamed=*/false);
  joinNested();
  joinCopies(/*unnamed=*/true);
  dropLoneLets();
  return createVariables();
}

VariablePlan adgen::assignVariables(func::FuncOp func, CxxFunction &cxx,
                                    const StructuredLiveness &liveness,
                                    const Callees &callees) {
  return VariableAssigner(func, cxx, liveness, callees).run();
}
