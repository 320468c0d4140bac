//===- TidyStatements.cpp - Branches as a person would have them ----------===//
#include "TidyStatements.h"

#include "llvm/ADT/STLExtras.h"

using namespace adgen;

namespace {

/// Tidies blocks from the inside out.
class BranchTidier {
public:
  explicit BranchTidier(CxxFunction &cxx) : cxx(cxx) {}
  void tidy(CxxBlock *block);

private:
  void tidyIf(CxxStmt *s, CxxBlock *block, std::vector<CxxStmt *> &out);
  void hoistConstants(CxxStmt *s, std::vector<CxxStmt *> &out);
  void splice(CxxBlock *from, CxxBlock *into, std::vector<CxxStmt *> &out);
  void addContinue(CxxBlock *body);

  static constexpr unsigned longPart = 5, shortPart = 2;

  CxxFunction &cxx;
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

/// Whether `block` gives `variable` a new value before it could read the old
/// one.
static bool overwrites(const CxxBlock *block, const CxxVariable *variable) {
  for (const CxxStmt *s : block->statements)
    if (mentions(s, variable))
      return s->kind == CxxStmt::Assign && s->variable == variable &&
             (!s->value || !countReads(s->value, variable));
  return false;
}

/// `if (c) v = e; else v = 0;` is `v = 0; if (c) v = e;`.
void BranchTidier::hoistConstants(CxxStmt *s, std::vector<CxxStmt *> &out) {
  bool canHoist = llvm::all_of(s->orElse->statements, [&](CxxStmt *other) {
    return other->kind == CxxStmt::Assign &&
           (!other->value || other->value->kind == CxxExpr::Literal) &&
           !countReads(s->value, other->variable) &&
           overwrites(s->body, other->variable);
  });
  if (canHoist)
    splice(s->orElse, s->body->parent, out);
}

void BranchTidier::tidyIf(CxxStmt *s, CxxBlock *block,
                          std::vector<CxxStmt *> &out) {
  if (s->value->kind == CxxExpr::Literal &&
      (s->value->text == "true" || s->value->text == "false"))
    return splice(s->value->text == "true" ? s->body : s->orElse, block, out);
  hoistConstants(s, out);
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

void adgen::tidyBranches(CxxFunction &cxx) {
  BranchTidier(cxx).tidy(cxx.body);
}
