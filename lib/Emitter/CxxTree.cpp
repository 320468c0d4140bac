//===- CxxTree.cpp - Questions about the tree -----------------------------===//
#include "CxxTree.h"

#include "llvm/ADT/STLExtras.h"

using namespace adgen;

CxxExpr *CxxFunction::clone(const CxxExpr *e) {
  if (!e)
    return nullptr;
  exprs.push_back(*e);
  CxxExpr *copy = &exprs.back();
  for (CxxExpr *&arg : copy->args)
    arg = clone(arg);
  return copy;
}

CxxStmt *CxxFunction::clone(const CxxStmt *s) {
  stmts.push_back(*s);
  CxxStmt *copy = &stmts.back();
  copy->value = clone(s->value);
  copy->index = clone(s->index);
  copy->target = clone(s->target);
  for (CxxExpr *&e : copy->values)
    e = clone(e);
  return copy;
}

bool adgen::isSame(const CxxExpr *a, const CxxExpr *b) {
  if (!a || !b)
    return a == b;
  return a->kind == b->kind && a->text == b->text &&
         a->variable == b->variable && a->args.size() == b->args.size() &&
         llvm::all_of(llvm::zip(a->args, b->args), [](auto pair) {
           return isSame(std::get<0>(pair), std::get<1>(pair));
         });
}

void adgen::forEachExpr(const CxxExpr *e,
                        llvm::function_ref<void(const CxxExpr *)> visit) {
  visit(e);
  for (const CxxExpr *arg : e->args)
    forEachExpr(arg, visit);
}

unsigned adgen::countReads(const CxxExpr *e, const CxxVariable *variable) {
  unsigned reads = 0;
  forEachExpr(e, [&](const CxxExpr *x) {
    reads += x->variable == variable && x->kind != CxxExpr::Assignment;
  });
  return reads;
}

bool adgen::hasSideEffect(const CxxExpr *e) {
  bool result = false;
  forEachExpr(e, [&](const CxxExpr *x) {
    result |= x->kind == CxxExpr::Postfix || x->kind == CxxExpr::Assignment ||
              x->kind == CxxExpr::Passed || x->hasEffect ||
              x->isUnary("++") || x->isUnary("--");
  });
  return result;
}

void adgen::forEachDirectExpr(const CxxStmt *s,
                              llvm::function_ref<void(CxxExpr *)> visit) {
  if (s->value)
    visit(s->value);
  if (s->index)
    visit(s->index);
  if (s->target)
    visit(s->target);
  for (CxxExpr *e : s->values)
    visit(e);
  for (CxxStmt *part : s->init)
    forEachDirectExpr(part, visit);
  for (CxxStmt *part : s->step)
    forEachDirectExpr(part, visit);
}

void adgen::forEachBlock(const CxxStmt *s,
                         llvm::function_ref<void(CxxBlock *)> visit) {
  if (s->body)
    visit(s->body);
  if (s->orElse)
    visit(s->orElse);
  for (auto &[labels, block] : s->cases)
    visit(block);
}

bool adgen::mentions(const CxxStmt *s, const CxxVariable *variable) {
  if (s->variable == variable)
    return true;
  bool found = false;
  forEachDirectExpr(s, [&](CxxExpr *e) {
    forEachExpr(e, [&](const CxxExpr *x) { found |= x->variable == variable; });
  });
  for (const CxxStmt *part : s->init)
    found |= part->variable == variable;
  for (const CxxStmt *part : s->step)
    found |= part->variable == variable;
  forEachBlock(s, [&](CxxBlock *block) {
    for (CxxStmt *inner : block->statements)
      found = found || mentions(inner, variable);
  });
  return found;
}

bool adgen::assigns(const CxxExpr *e, const CxxVariable *variable) {
  bool found = false;
  forEachExpr(e, [&](const CxxExpr *x) {
    bool changes = x->kind == CxxExpr::Postfix || x->isUnary("++") ||
                   x->isUnary("--");
    found |= (x->kind == CxxExpr::Assignment || x->kind == CxxExpr::Passed) &&
             x->variable == variable;
    found |= changes && x->args[0]->isVariable(variable);
  });
  return found;
}

bool adgen::assigns(const CxxStmt *s, const CxxVariable *variable) {
  if (s->variable == variable)
    return true;
  bool found = false;
  forEachDirectExpr(s, [&](CxxExpr *e) { found |= assigns(e, variable); });
  for (const CxxStmt *part : s->init)
    found |= part->variable == variable;
  for (const CxxStmt *part : s->step)
    found |= part->variable == variable;
  forEachBlock(s, [&](CxxBlock *block) {
    for (CxxStmt *inner : block->statements)
      found = found || assigns(inner, variable);
  });
  return found;
}

bool adgen::endsInJump(const CxxBlock *block) {
  if (!block || block->statements.empty())
    return false;
  const CxxStmt *last = block->statements.back();
  switch (last->kind) {
  case CxxStmt::Break:
  case CxxStmt::Continue:
  case CxxStmt::Return:
    return true;
  case CxxStmt::Evaluate:
    return last->leaves;
  case CxxStmt::If:
    return last->body && last->orElse && endsInJump(last->body) &&
           endsInJump(last->orElse);
  case CxxStmt::Switch: {
    bool hasDefault = false;
    for (auto &[labels, inner] : last->cases) {
      if (!endsInJump(inner))
        return false;
      hasDefault |= labels.empty();
    }
    return hasDefault;
  }
  default:
    return false;
  }
}

unsigned adgen::countLeaves(const CxxExpr *e) {
  if (e->isLeaf())
    return 1;
  unsigned leaves = 0;
  for (const CxxExpr *arg : e->args)
    leaves += countLeaves(arg);
  return leaves;
}

unsigned adgen::countStatements(const CxxBlock *block) {
  unsigned count = 0;
  for (const CxxStmt *s : block->statements) {
    ++count;
    forEachBlock(s, [&](CxxBlock *inner) { count += countStatements(inner); });
  }
  return count;
}

CxxExpr *adgen::negate(CxxFunction &f, CxxExpr *e) {
  if (e->isUnary("!"))
    return e->args[0];
  if (e->kind == CxxExpr::Literal && (e->text == "true" || e->text == "false"))
    return f.newExpr(CxxExpr::Literal, e->type,
                     e->text == "true" ? "false" : "true");
  if (e->kind == CxxExpr::Binary) {
    bool exact = !isReal(e->args[0]->type) && !isReal(e->args[1]->type);
    static const std::pair<const char *, const char *> inverses[] = {
        {"==", "!="}, {"!=", "=="}, {"<", ">="},
        {">=", "<"},  {">", "<="},  {"<=", ">"}};
    for (auto [op, inverse] : inverses)
      if (e->text == op && (exact || *op == '=' || *op == '!'))
        return f.newExpr(CxxExpr::Binary, e->type, inverse, e->args);
  }
  return f.newExpr(CxxExpr::Unary, e->type, "!", {e});
}
