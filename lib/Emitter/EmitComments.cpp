//===- EmitComments.cpp - Comments that quote the user's statements -------===//
//
// A group of consecutive statements that differentiate one statement of the
// user is headed by that statement. Where a function has a forward and a
// reverse sweep with loops, each has a heading.
//
//===----------------------------------------------------------------------===//
#include "Print.h"

#include "llvm/ADT/SetVector.h"

using namespace adgen;

namespace {

class CommentChooser {
public:
  explicit CommentChooser(bool isForward) : isForward(isForward) {}
  /// `quoted` is the statement that a comment before the block quotes.
  void visit(CxxBlock *block, StmtAttr quoted);

private:
  void head(CxxStmt *s, StmtAttr stmt, StmtAttr &last);
  bool startsGroup(const CxxBlock *block, size_t at) const;
  bool isForward;
};

} // namespace

/// Whether `e` does something, so that it is worth a comment.
static bool computes(const CxxExpr *e) {
  return e && !e->isLeaf() && e->kind != CxxExpr::Element;
}

/// Whether `s` is part of the derivative of its statement, and worth a quote.
static bool isDerivative(const CxxStmt *s) {
  if (!s->stmt || !s->stmt.getDerivative() || s->stmt.getQuote().empty())
    return false;
  if (s->kind == CxxStmt::Store || s->kind == CxxStmt::Evaluate)
    return true;
  if (s->kind == CxxStmt::Record)
    return computes(s->value);
  if (s->kind == CxxStmt::Assign)
    return (isReal(s->variable->type) || !s->variable->structType.empty()) &&
           (computes(s->value) || (s->value && !s->declares &&
                                   s->value->kind != CxxExpr::Element));
  return s->kind == CxxStmt::Return && llvm::any_of(s->values, computes);
}

static unsigned idOf(StmtAttr stmt) { return stmt ? stmt.getId() : ~0u; }

/// The statements whose derivatives are in `block`.
static void collectQuoted(const CxxBlock *block,
                          llvm::SetVector<unsigned> &ids) {
  for (const CxxStmt *s : block->statements) {
    if (isDerivative(s))
      ids.insert(idOf(s->stmt));
    forEachBlock(s, [&](CxxBlock *inner) { collectQuoted(inner, ids); });
  }
}

void CommentChooser::head(CxxStmt *s, StmtAttr stmt, StmtAttr &last) {
  if (idOf(stmt) == idOf(last))
    return;
  last = stmt;
  s->comment = stmt.getQuote().str();
}

/// In forward mode the comment stands before the whole statement, the primal
/// part included.
bool CommentChooser::startsGroup(const CxxBlock *block, size_t at) const {
  const CxxStmt *s = block->statements[at];
  if (isDerivative(s))
    return true;
  if (s->kind == CxxStmt::Object && s->stmt && s->stmt.getDerivative()) {
    // An adjoint that the statement's first line is about.
    bool isNext = at + 1 < block->statements.size() &&
                  idOf(block->statements[at + 1]->stmt) == idOf(s->stmt);
    return isNext && startsGroup(block, at + 1);
  }
  if (!isForward || s->kind != CxxStmt::Assign || !s->stmt)
    return false;
  for (size_t i = at; i < block->statements.size(); ++i) {
    const CxxStmt *next = block->statements[i];
    if (!next->stmt && next->kind == CxxStmt::Assign)
      continue;
    if (idOf(next->stmt) != idOf(s->stmt))
      return false;
    if (isDerivative(next))
      return true;
  }
  return false;
}

void CommentChooser::visit(CxxBlock *block, StmtAttr quoted) {
  StmtAttr last = quoted;
  for (size_t i = 0; i < block->statements.size(); ++i) {
    CxxStmt *s = block->statements[i];
    StmtAttr inside;
    if (startsGroup(block, i)) {
      head(s, s->stmt, last);
    } else if (s->kind == CxxStmt::If || s->kind == CxxStmt::Switch) {
      llvm::SetVector<unsigned> ids;
      forEachBlock(s, [&](CxxBlock *inner) { collectQuoted(inner, ids); });
      // One statement alone, and the branch is that statement's own.
      if (s->stmt && ids.size() == 1 && ids[0] == idOf(s->stmt)) {
        head(s, s->stmt, last);
        inside = s->stmt;
      }
    }
    forEachBlock(s, [&](CxxBlock *inner) { visit(inner, inside); });
    if (!s->comment.empty() || isDerivative(s))
      continue;
    bool hasBlocks = false;
    forEachBlock(s, [&](CxxBlock *) { hasBlocks = true; });
    if (hasBlocks && !inside)
      last = {};
  }
}

//===----------------------------------------------------------------------===//
// Sweeps
//===----------------------------------------------------------------------===//

static bool hasLoop(const CxxStmt *s, bool isReverse) {
  if (s->kind == CxxStmt::Loop || s->kind == CxxStmt::Do)
    if (s->isReverse == isReverse)
      return true;
  bool found = false;
  forEachBlock(s, [&](CxxBlock *block) {
    for (const CxxStmt *inner : block->statements)
      found = found || hasLoop(inner, isReverse);
  });
  return found;
}

static bool hasReturn(const CxxStmt *s) {
  bool found = s->kind == CxxStmt::Return;
  forEachBlock(s, [&](CxxBlock *block) {
    found |= llvm::any_of(block->statements, hasReturn);
  });
  return found;
}

/// Whether `s` may open the reverse sweep: the first value of an adjoint, or
/// an adjoint's computation.
static bool isAdjoint(const CxxStmt *s) {
  if (s->stmt && s->stmt.getDerivative() && s->kind != CxxStmt::Tape)
    return true;
  // std::swap(u_bar, v_bar)
  if (s->kind == CxxStmt::Evaluate && !s->value->args.empty())
    return llvm::all_of(s->value->args, [](const CxxExpr *argument) {
      return argument->kind == CxxExpr::Passed && argument->variable->isGenerated();
    });
  bool isAdjoint = s->kind == CxxStmt::Object ||
                   (s->kind == CxxStmt::Assign && isReal(s->variable->type));
  return isAdjoint && s->variable->local && s->variable->isGenerated();
}

static void headSweeps(CxxBlock *block) {
  auto &list = block->statements;
  size_t forward = list.size(), reverse = list.size();
  for (size_t i = 0; i < list.size(); ++i) {
    if (hasLoop(list[i], /*isReverse=*/true)) {
      reverse = i;
      break;
    }
    if (hasLoop(list[i], /*isReverse=*/false))
      forward = i;
  }
  if (forward == list.size() || reverse == list.size())
    return;
  while (reverse > forward + 1 && isAdjoint(list[reverse - 1]))
    --reverse;
  // Behind what returns early.
  size_t first = 0;
  for (size_t i = 0; i < forward; ++i)
    if (hasReturn(list[i]))
      first = i + 1;
  list[first]->heading = "Forward sweep.";
  list[reverse]->heading = "Reverse sweep.";
}

/// In a trip that runs a statement of several lines forward and then backwards,
/// an empty line tells the two apart.
static void separateParts(CxxBlock *block) {
  bool hasForward = false, hasReverse = false;
  CxxStmt *first = nullptr, *shadow = nullptr;
  for (CxxStmt *s : block->statements) {
    forEachBlock(s, [&](CxxBlock *inner) { separateParts(inner); });
    // The shadows before it belong to it.
    bool isShadow = s->kind == CxxStmt::Object && s->variable->isGenerated();
    if (!isShadow && s->comment.empty())
      shadow = nullptr;
    else if (isShadow && !shadow)
      shadow = s;
    if (!s->comment.empty() && !first)
      first = shadow ? shadow : s;
    bool isLoop = s->kind == CxxStmt::Loop || s->kind == CxxStmt::Do;
    (first ? hasReverse : hasForward) |= isLoop;
  }
  if (block->owner && hasForward && hasReverse)
    first->startsPart = true;
}

void adgen::chooseComments(CxxFunction &cxx, bool isForward) {
  CommentChooser(isForward).visit(cxx.body, {});
  if (isForward)
    return;
  headSweeps(cxx.body);
  separateParts(cxx.body);
}
