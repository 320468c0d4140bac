//===- RemoveDeadStores.cpp - Assignments that nobody reads ---------------===//
//
// Backwards over the statements with the set of variables that may still be
// read. In a loop everything that the loop reads anywhere may be read at the end
// of its body.
//
//===----------------------------------------------------------------------===//
#include "TidyStatements.h"

#include "llvm/ADT/DenseSet.h"

using namespace adgen;

namespace {

using Live = llvm::DenseSet<const CxxVariable *>;

class DeadStoreRemover {
public:
  explicit DeadStoreRemover(CxxFunction &cxx) : cxx(cxx), atExit(outs(cxx)) {}

  bool changed = false;

  /// What the caller may read after a `return`.
  static Live outs(const CxxFunction &cxx);

  /// Removes the dead stores of `block`; `live` goes from after to before it.
  void run(CxxBlock *block, Live &live);

private:
  bool visit(CxxStmt *s, Live &live);
  void visitLoop(CxxStmt *s, Live &live);

  CxxFunction &cxx;
  Live atExit;
  /// What may be read after a `break` and a `continue`.
  std::vector<Live> afterBreak, afterContinue;
};

} // namespace

Live DeadStoreRemover::outs(const CxxFunction &cxx) {
  Live live;
  for (const CxxVariable *parameter : cxx.parameters)
    if (parameter->isOut)
      live.insert(parameter);
  return live;
}

static void addReads(const CxxExpr *e, Live &live) {
  forEachExpr(e, [&](const CxxExpr *x) {
    if (x->variable)
      live.insert(x->variable);
  });
}

static void addReads(const CxxStmt *s, Live &live) {
  forEachDirectExpr(s, [&](CxxExpr *e) { addReads(e, live); });
  if (s->kind == CxxStmt::Record)
    live.insert(s->variable);
  forEachBlock(s, [&](CxxBlock *block) {
    for (CxxStmt *inner : block->statements)
      addReads(inner, live);
  });
}

void DeadStoreRemover::visitLoop(CxxStmt *s, Live &live) {
  Live end = live;
  addReads(s, end);
  afterBreak.push_back(live);
  afterContinue.push_back(end);
  Live inside = end;
  run(s->body, inside);
  afterBreak.pop_back();
  afterContinue.pop_back();
  live = end;
}

/// Whether `s` gives a variable the value that it has, perhaps by way of a
/// wider type: `x = float(double(x))`.
static bool assignsItself(const CxxStmt *s) {
  const CxxExpr *e = s->value;
  auto keepsAll = [&](mlir::Type type) {
    return isReal(type) && type.getIntOrFloatBitWidth() >=
                               s->variable->type.getIntOrFloatBitWidth();
  };
  // A narrower type on the way rounds.
  while (e && e->kind == CxxExpr::Cast && keepsAll(e->type) &&
         keepsAll(e->args[0]->type))
    e = e->args[0];
  return e && e->isVariable(s->variable);
}

/// Keeps of `s` what its expression does besides computing its value.
static void evaluateOnly(CxxFunction &cxx, CxxStmt *s) {
  bool isCall = s->value->kind == CxxExpr::Call ||
                s->value->kind == CxxExpr::Template;
  if (!isCall)
    s->value = cxx.newExpr(CxxExpr::Cast, s->value->type, "void", {s->value});
  s->kind = CxxStmt::Evaluate;
  s->variable = nullptr;
  s->declares = false;
}

/// Whether `e` calls something that does more than compute.
static bool callsWithEffect(const CxxExpr *e) {
  bool found = false;
  forEachExpr(e, [&](const CxxExpr *x) {
    found |= x->kind == CxxExpr::Passed || x->hasEffect;
  });
  return found;
}

/// Updates `live` to before `s`; whether `s` stays.
bool DeadStoreRemover::visit(CxxStmt *s, Live &live) {
  switch (s->kind) {
  case CxxStmt::Assign:
    if (isReal(s->variable->type) && assignsItself(s))
      return false;
    if (!live.count(s->variable)) {
      if (!s->value || !hasSideEffect(s->value))
        return false;
      if (callsWithEffect(s->value) && !assigns(s->value, s->variable))
        evaluateOnly(cxx, s);
    }
    live.erase(s->variable);
    break;
  case CxxStmt::If: {
    Live other = live;
    run(s->body, live);
    run(s->orElse, other);
    live.insert(other.begin(), other.end());
    addReads(s->value, live);
    if (!s->body->statements.empty() || !s->orElse->statements.empty())
      return true;
    if (!hasSideEffect(s->value))
      return false;
    evaluateOnly(cxx, s);
    s->body = s->orElse = nullptr;
    return true;
  }
  case CxxStmt::Loop:
  case CxxStmt::Do: {
    bool isNeeded = llvm::any_of(
        s->step, [&](CxxStmt *part) { return live.count(part->variable); });
    visitLoop(s, live);
    return isNeeded || !s->body->statements.empty() || !s->value ||
           hasSideEffect(s->value);
  }
  case CxxStmt::Switch: {
    Live after = live;
    for (auto &[labels, block] : s->cases) {
      Live inside = after;
      run(block, inside);
      live.insert(inside.begin(), inside.end());
    }
    break;
  }
  case CxxStmt::Break:
    if (!afterBreak.empty())
      live = afterBreak.back();
    return true;
  case CxxStmt::Continue:
    live = afterContinue.back();
    return true;
  case CxxStmt::Return:
    live = atExit;
    break;
  case CxxStmt::Record:
    live.insert(s->variable);
    break;
  case CxxStmt::Store:
  case CxxStmt::Object:
  case CxxStmt::Tape:
  case CxxStmt::Evaluate:
    break;
  }
  forEachDirectExpr(s, [&](CxxExpr *e) { addReads(e, live); });
  return true;
}

void DeadStoreRemover::run(CxxBlock *block, Live &live) {
  std::vector<CxxStmt *> kept;
  for (CxxStmt *s : llvm::reverse(block->statements)) {
    if (visit(s, live))
      kept.push_back(s);
    else
      changed = true;
  }
  block->statements.assign(kept.rbegin(), kept.rend());
}

/// Whether `s` has no other purpose than its variable's content.
static bool onlyAssigns(const CxxStmt *s) {
  return s->kind == CxxStmt::Assign && !s->variable->isOut &&
         !(s->value && callsWithEffect(s->value));
}

/// The variables that something other than their own assignments reads.
static void addUsefulReads(const CxxStmt *s, Live &useful) {
  auto add = [&](const CxxExpr *e) {
    forEachExpr(e, [&](const CxxExpr *x) {
      if (x->variable &&
          (!onlyAssigns(s) || x->variable != s->variable))
        useful.insert(x->variable);
    });
  };
  if (s->value)
    add(s->value);
  if (s->index)
    add(s->index);
  if (s->target)
    add(s->target);
  for (const CxxExpr *e : s->values)
    add(e);
  for (const CxxStmt *part : s->init)
    addUsefulReads(part, useful);
  for (const CxxStmt *part : s->step)
    addUsefulReads(part, useful);
  forEachBlock(s, [&](CxxBlock *block) {
    for (const CxxStmt *inner : block->statements)
      addUsefulReads(inner, useful);
  });
}

static bool removeAssignments(std::vector<CxxStmt *> &statements,
                              const Live &useful) {
  size_t before = statements.size();
  llvm::erase_if(statements, [&](CxxStmt *s) {
    return onlyAssigns(s) && !useful.count(s->variable);
  });
  bool changed = statements.size() != before;
  for (CxxStmt *s : statements) {
    // A counter declared in the header is needed there.
    if (!llvm::any_of(s->init, [](CxxStmt *i) { return i->declares; }))
      changed |= removeAssignments(s->step, useful);
    forEachBlock(s, [&](CxxBlock *block) {
      changed |= removeAssignments(block->statements, useful);
    });
  }
  return changed;
}

void adgen::removeDeadStores(CxxFunction &cxx) {
  bool changed = true;
  while (changed) {
    Live useful;
    for (CxxStmt *s : cxx.body->statements)
      addUsefulReads(s, useful);
    changed = removeAssignments(cxx.body->statements, useful);
    DeadStoreRemover remover(cxx);
    Live live = DeadStoreRemover::outs(cxx);
    remover.run(cxx.body, live);
    changed |= remover.changed;
  }
}
