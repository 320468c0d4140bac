//===- TidyStatements.cpp - Branches as a person would have them ----------===//
#include "TidyStatements.h"

#include "llvm/ADT/STLExtras.h"

using namespace adgen;

namespace {

/// Tidies blocks from the inside out.
class BranchTidier {
public:
  BranchTidier(CxxFunction &cxx, bool hoistsVariables)
      : cxx(cxx), hoistsVariables(hoistsVariables) {}
  void tidy(CxxBlock *block);

private:
  void tidyIf(CxxStmt *s, CxxBlock *block, std::vector<CxxStmt *> &out);
  bool mayComeFirst(const CxxStmt *s, const CxxStmt *branch) const;
  void hoistAssignments(CxxStmt *s, std::vector<CxxStmt *> &out);
  CxxStmt *chooseValue(CxxStmt *s);
  void readOwn(CxxStmt *s, const CxxBlock *block, const CxxExpr *before);
  void splice(CxxBlock *from, CxxBlock *into, std::vector<CxxStmt *> &out);
  void addContinue(CxxBlock *body);

  static constexpr unsigned longPart = 5, shortPart = 2;
  /// Operands and operators that a reader takes in at once.
  static constexpr unsigned shortChoice = 16;

  CxxFunction &cxx;
  bool hoistsVariables;
};

} // namespace

static void invert(CxxFunction &cxx, CxxStmt *s) {
  s->value = negate(cxx, s->value);
  std::swap(s->body, s->orElse);
}

/// Moves the statements of `from`, a block in `into`, to the end of `out`.
void BranchTidier::splice(CxxBlock *from, CxxBlock *into,
                          std::vector<CxxStmt *> &out) {
  for (CxxStmt *s : from->statements) {
    forEachBlock(s, [&](CxxBlock *inner) { inner->parent = into; });
    out.push_back(s);
  }
  from->statements.clear();
}

/// The statement with which `block` gives `variable` a new value before it could read the
/// old one; null if there is none.
static CxxStmt *findOverwriting(const CxxBlock *block, const CxxVariable *variable) {
  for (CxxStmt *s : block->statements)
    if (mentions(s, variable)) {
      bool overwrites = s->kind == CxxStmt::Assign && s->variable == variable &&
                        (!s->value || !countReads(s->value, variable));
      return overwrites ? s : nullptr;
    }
  return nullptr;
}

/// Whether `block` is an `else if`.
static bool isElseIf(const CxxBlock *block) {
  return block->statements.size() == 1 && block->owner &&
         block->owner->kind == CxxStmt::If && block->owner->orElse == block;
}

/// Whether the value of the assignment may be given in front of the branch, too: a constant;
/// or what another variable has, to an adjoint.
bool BranchTidier::mayComeFirst(const CxxStmt *s, const CxxStmt *branch) const {
  if (!s->value || s->value->kind == CxxExpr::Literal)
    return true;
  return hoistsVariables && s->value->kind == CxxExpr::Variable && s->variable->local &&
         s->variable->local.getGenerated() && !hasSideEffect(branch->value) &&
         !isElseIf(branch->body->parent);
}

/// Lets `v = u - e;`, a statement of the block, be `v -= e;` where v is u in front of it.
void BranchTidier::readOwn(CxxStmt *s, const CxxBlock *block, const CxxExpr *before) {
  if (!s->value || !before || before->kind != CxxExpr::Variable ||
      !(s->value->isBinary("+") || s->value->isBinary("-")))
    return;
  auto &args = s->value->args;
  bool isLast = s->value->isBinary("+") && args[1]->isVariable(before->variable);
  if (!isLast && !args[0]->isVariable(before->variable))
    return;
  for (CxxStmt *other : block->statements) {
    if (other == s)
      break;
    bool isPlain = true;
    forEachBlock(other, [&](CxxBlock *) { isPlain = false; });
    if (other->variable == before->variable ||
        (!isPlain && mentions(other, before->variable)))
      return;
  }
  if (isLast)
    std::swap(args[0], args[1]);
  args[0] = cxx.read(s->variable);
}

/// `if (c) v = e; else v = 0;` is `v = 0; if (c) v = e;`.
void BranchTidier::hoistAssignments(CxxStmt *s, std::vector<CxxStmt *> &out) {
  llvm::SmallVector<CxxStmt *> overwriting;
  bool canHoist = llvm::all_of(s->orElse->statements, [&](CxxStmt *other) {
    if (other->kind != CxxStmt::Assign || !mayComeFirst(other, s) ||
        countReads(s->value, other->variable))
      return false;
    overwriting.push_back(findOverwriting(s->body, other->variable));
    return overwriting.back() != nullptr;
  });
  if (!canHoist)
    return;
  for (auto [own, other] : llvm::zip(overwriting, s->orElse->statements))
    readOwn(own, s->body, other->value);
  splice(s->orElse, s->body->parent, out);
}

/// The statement of a block that has no other, if it gives an adjoint its value.
static CxxStmt *onlyAssignment(const CxxBlock *block) {
  CxxStmt *s = block->statements.size() == 1 ? block->statements.front() : nullptr;
  bool assigns = s && s->kind == CxxStmt::Assign && s->value && s->variable->local &&
                 s->variable->local.getGenerated() && !hasSideEffect(s->value) &&
                 !countReads(s->value, s->variable);
  return assigns ? s : nullptr;
}

/// `if (c) v = a; else v = b;`, of one statement of the user's, is `v = c ? a : b;`.
CxxStmt *BranchTidier::chooseValue(CxxStmt *s) {
  CxxStmt *own = onlyAssignment(s->body), *other = onlyAssignment(s->orElse);
  if (!own || !other || own->variable != other->variable || own->stmt != other->stmt ||
      !isReal(own->variable->type) || isElseIf(s->body->parent))
    return nullptr;
  unsigned parts = 0;
  for (CxxExpr *e : {s->value, own->value, other->value})
    forEachExpr(e, [&](const CxxExpr *x) { parts += x->kind != CxxExpr::Cast; });
  if (parts > shortChoice)
    return nullptr;
  CxxExpr *choice = cxx.newExpr(CxxExpr::Conditional, own->variable->type, "?",
                                {s->value, own->value, other->value});
  return cxx.newAssign(own->variable, choice, own->stmt);
}

void BranchTidier::tidyIf(CxxStmt *s, CxxBlock *block,
                          std::vector<CxxStmt *> &out) {
  if (CxxStmt *choice = hoistsVariables ? chooseValue(s) : nullptr) {
    out.push_back(choice);
    return;
  }
  if (s->value->kind == CxxExpr::Literal &&
      (s->value->text == "true" || s->value->text == "false"))
    return splice(s->value->text == "true" ? s->body : s->orElse, block, out);
  hoistAssignments(s, out);
  if (s->body->statements.empty() && s->orElse->statements.empty()) {
    if (hasSideEffect(s->value))
      out.push_back(s);
    return;
  }
  if (s->body->statements.empty())
    invert(cxx, s);
  out.push_back(s);
  // What follows a jump needs no else.
  if (endsInJump(s->orElse) && !endsInJump(s->body))
    invert(cxx, s);
  if (endsInJump(s->body))
    splice(s->orElse, block, out);
}

/// At the end of a loop's body, `if (c) short else long` reads better with a
/// `continue`; so does a long body under one condition.
void BranchTidier::addContinue(CxxBlock *body) {
  if (body->statements.empty())
    return;
  CxxStmt *last = body->statements.back();
  if (last->kind != CxxStmt::If || endsInJump(last->body))
    return;
  if (last->orElse->statements.empty()) {
    if (countStatements(last->body) < longPart)
      return;
    invert(cxx, last);
  } else if (countStatements(last->body) > shortPart ||
             countStatements(last->orElse) < longPart) {
    return;
  }
  last->body->statements.push_back(cxx.newStmt(CxxStmt::Continue));
  std::vector<CxxStmt *> rest;
  splice(last->orElse, body, rest);
  llvm::append_range(body->statements, rest);
  addContinue(body);
}

void BranchTidier::tidy(CxxBlock *block) {
  std::vector<CxxStmt *> out;
  for (CxxStmt *s : block->statements) {
    forEachBlock(s, [&](CxxBlock *inner) { tidy(inner); });
    if (s->kind == CxxStmt::Loop && s->mayContinue)
      addContinue(s->body);
    if (s->kind == CxxStmt::If)
      tidyIf(s, block, out);
    else
      out.push_back(s);
    // What follows a jump is never reached.
    block->statements.swap(out);
    bool isDone = endsInJump(block);
    block->statements.swap(out);
    if (isDone)
      break;
  }
  block->statements = std::move(out);
}

void adgen::tidyBranches(CxxFunction &cxx, bool hoistsVariables) {
  BranchTidier(cxx, hoistsVariables).tidy(cxx.body);
  auto &list = cxx.body->statements;
  if (!list.empty() && list.back()->kind == CxxStmt::Return &&
      list.back()->values.empty())
    list.pop_back();
}
