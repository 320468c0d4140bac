//===- TidyCalls.cpp - Calls in conditions and returns --------------------===//
//
// What a call returns has a variable if the call is a statement of its own. The
// next statement can have the call in its place if it reads nothing else:
//
//     const bool go = step(x, dx);          while (step(x, dx)) {
//     if (!go)                          →
//       break;
//     const double t = g(x, dx);        →   return g(x, dx);
//     return t;
//
//===----------------------------------------------------------------------===//
#include "TidyStatements.h"

using namespace adgen;

/// Whether `e` is `variable` or `!variable`.
static bool isOnly(const CxxExpr *e, const CxxVariable *variable) {
  return e->isVariable(variable) ||
         (e->isUnary("!") && e->args[0]->isVariable(variable));
}

/// The one expression that `s` evaluates first and that decides or returns;
/// null for other statements.
static CxxExpr **readFirst(CxxStmt *s) {
  if (s->kind == CxxStmt::If || s->kind == CxxStmt::Switch)
    return &s->value;
  if (s->kind == CxxStmt::Return && s->values.size() == 1 && !s->returnsStruct)
    return &s->values.front();
  return nullptr;
}

static unsigned countMentions(const CxxBlock *block,
                              const CxxVariable *variable) {
  unsigned count = 0;
  for (const CxxStmt *s : block->statements) {
    bool isDirect = s->variable == variable;
    forEachDirectExpr(s, [&](CxxExpr *e) {
      count += countReads(e, variable);
      isDirect |= assigns(e, variable);
    });
    count += isDirect;
    forEachBlock(s, [&](CxxBlock *inner) {
      count += countMentions(inner, variable);
    });
  }
  return count;
}

static void foldResults(CxxFunction &cxx, CxxBlock *block) {
  auto &list = block->statements;
  for (size_t i = 0; i < list.size(); ++i) {
    CxxStmt *s = list[i];
    forEachBlock(s, [&](CxxBlock *inner) { foldResults(cxx, inner); });
    bool isCall = s->kind == CxxStmt::Assign && s->value && !s->declares &&
                  !s->variable->local && s->value->kind == CxxExpr::Call &&
                  hasSideEffect(s->value);
    CxxExpr **place = isCall && i + 1 < list.size() ? readFirst(list[i + 1])
                                                    : nullptr;
    if (!place || !isOnly(*place, s->variable) ||
        countMentions(cxx.body, s->variable) != 2)
      continue;
    if ((*place)->kind == CxxExpr::Variable)
      *place = s->value;
    else
      (*place)->args[0] = s->value;
    if (!list[i + 1]->stmt)
      list[i + 1]->stmt = s->stmt;
    list.erase(list.begin() + i--);
  }
}

/// `while (true) { if (!c) break; …` is `while (c) { …`.
static void foldConditions(CxxFunction &cxx, CxxBlock *block) {
  for (CxxStmt *s : block->statements) {
    forEachBlock(s, [&](CxxBlock *inner) { foldConditions(cxx, inner); });
    if (s->kind != CxxStmt::Loop || s->value || s->body->statements.empty())
      continue;
    CxxStmt *exit = s->body->statements.front();
    bool isExit = exit->kind == CxxStmt::If &&
                  exit->orElse->statements.empty() &&
                  exit->body->statements.size() == 1 &&
                  exit->body->statements.front()->kind == CxxStmt::Break;
    bool isCall = false;
    if (isExit)
      forEachExpr(exit->value, [&](const CxxExpr *e) {
        isCall |= e->kind == CxxExpr::Call && hasSideEffect(e);
      });
    if (!isCall)
      continue;
    s->value = negate(cxx, exit->value);
    s->body->statements.erase(s->body->statements.begin());
  }
}

void adgen::tidyCalls(CxxFunction &cxx) {
  foldResults(cxx, cxx.body);
  foldConditions(cxx, cxx.body);
}
