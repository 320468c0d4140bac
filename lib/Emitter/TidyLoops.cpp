//===- TidyLoops.cpp - Loop headers and indices as a person has them ------===//
//
//     k = 0; for (; k < n; ++k)                 →  for (int k = 0; k < n; ++k)
//     while (true) { d = e; if (!(d < 3)) break;  →  while ((d = e) < 3) {
//     while (true) { go = j > 0; --j; if (!go) break;  →  while (j-- > 0) {
//     do { …; --n; } while (n > 0)              →  do { … } while (--n > 0)
//     tape[k] = x; ++k;                         →  tape[k++] = x;
//
//===----------------------------------------------------------------------===//
#include "TidyStatements.h"

#include "llvm/ADT/STLExtras.h"

using namespace adgen;

namespace {

class LoopTidier {
public:
  explicit LoopTidier(CxxFunction &cxx) : cxx(cxx) {}
  void tidy(CxxBlock *block);

private:
  bool foldConditionAssignment(CxxStmt *loop);
  bool foldPostfixCondition(CxxStmt *loop);
  void foldDoCondition(CxxStmt *loop);
  void moveIntoHeader(CxxBlock *block, size_t at);
  void foldIndexIncrements(CxxBlock *block);

  CxxFunction &cxx;
};

} // namespace

/// The sign of `v = v + 1` or `v = v - 1` on integers: "++" or "--".
static llvm::StringRef stepSign(const CxxStmt *s) {
  if (s->kind != CxxStmt::Assign || !s->value ||
      s->value->kind != CxxExpr::Binary || isReal(s->variable->type) ||
      s->variable->type.isInteger(1))
    return "";
  const CxxExpr *e = s->value;
  if (!e->args[0]->isVariable(s->variable) || e->args[1]->text != "1")
    return "";
  return e->text == "+" ? "++" : e->text == "-" ? "--" : "";
}

static CxxExpr *replaceRead(CxxExpr *e, const CxxVariable *variable,
                            CxxExpr *by) {
  if (e->isVariable(variable))
    return by;
  for (CxxExpr *&arg : e->args)
    arg = replaceRead(arg, variable, by);
  return e;
}

/// Whether C++ evaluates all of `e`, and this before anything else of it could
/// see the change of a variable that `e` reads once.
static bool isPlain(const CxxExpr *e) {
  bool plain = true;
  forEachExpr(e, [&](const CxxExpr *x) {
    plain &= x->kind != CxxExpr::Conditional && !x->isBinary("&&") &&
             !x->isBinary("||");
  });
  return plain && !hasSideEffect(e);
}

/// The statements that mention `variable` themselves, nested ones included.
static unsigned countMentions(const CxxBlock *block,
                              const CxxVariable *variable) {
  unsigned count = 0;
  for (const CxxStmt *s : block->statements) {
    unsigned inner = 0;
    forEachBlock(s, [&](CxxBlock *b) { inner += countMentions(b, variable); });
    count += inner;
    // What only the blocks mention is counted there.
    bool direct = s->variable == variable;
    forEachDirectExpr(s, [&](CxxExpr *e) {
      forEachExpr(e,
                  [&](const CxxExpr *x) { direct |= x->variable == variable; });
    });
    for (const CxxStmt *part : s->step)
      direct |= part->variable == variable;
    count += direct;
  }
  return count;
}

/// Whether `s` is `if (…) break;`.
static bool isExit(const CxxStmt *s) {
  return s->kind == CxxStmt::If && s->orElse->statements.empty() &&
         s->body->statements.size() == 1 &&
         s->body->statements.front()->kind == CxxStmt::Break;
}

bool LoopTidier::foldConditionAssignment(CxxStmt *loop) {
  auto &body = loop->body->statements;
  if (loop->value || body.size() < 2 || body[0]->kind != CxxStmt::Assign ||
      !body[0]->value || body[0]->declares || !isExit(body[1]))
    return false;
  CxxVariable *variable = body[0]->variable;
  if (countReads(body[1]->value, variable) != 1 || !isPlain(body[1]->value) ||
      hasSideEffect(body[0]->value))
    return false;
  // Only what lives on: a local of the trip is better declared in it.
  if (countMentions(cxx.body, variable) == countMentions(loop->body, variable))
    return false;
  llvm::StringRef sign = stepSign(body[0]);
  CxxExpr *assigned;
  if (!sign.empty())
    assigned = cxx.newExpr(CxxExpr::Unary, variable->type, sign,
                           {cxx.read(variable)});
  else {
    assigned = cxx.newExpr(CxxExpr::Assignment, variable->type, "=",
                           {body[0]->value});
    assigned->variable = variable;
  }
  loop->value =
      negate(cxx, replaceRead(body[1]->value, variable, assigned));
  body.erase(body.begin(), body.begin() + 2);
  return true;
}

bool LoopTidier::foldPostfixCondition(CxxStmt *loop) {
  auto &body = loop->body->statements;
  if (loop->value || body.size() < 3 || body[0]->kind != CxxStmt::Assign ||
      !body[0]->value || body[0]->variable->local || !isExit(body[2]))
    return false;
  CxxVariable *go = body[0]->variable;
  llvm::StringRef sign = stepSign(body[1]);
  CxxExpr *exit = body[2]->value;
  if (!exit->isUnary("!") || !exit->args[0]->isVariable(go) || sign.empty() ||
      countMentions(cxx.body, go) != 2)
    return false;
  CxxVariable *counter = body[1]->variable;
  if (countReads(body[0]->value, counter) != 1 || !isPlain(body[0]->value))
    return false;
  CxxExpr *changed = cxx.newExpr(CxxExpr::Postfix, counter->type, sign,
                                 {cxx.read(counter)});
  loop->value = replaceRead(body[0]->value, counter, changed);
  body.erase(body.begin(), body.begin() + 3);
  return true;
}

void LoopTidier::foldDoCondition(CxxStmt *loop) {
  auto &body = loop->body->statements;
  if (body.empty() || !loop->value)
    return;
  llvm::StringRef sign = stepSign(body.back());
  CxxVariable *variable = body.back()->variable;
  if (sign.empty() || countReads(loop->value, variable) != 1 ||
      !isPlain(loop->value))
    return;
  CxxExpr *changed = cxx.newExpr(CxxExpr::Unary, variable->type, sign,
                                 {cxx.read(variable)});
  loop->value = replaceRead(loop->value, variable, changed);
  body.pop_back();
}

/// The statements of `block` that mention `variable`.
static unsigned countMentionsIn(const CxxBlock *block,
                                const CxxVariable *variable) {
  return llvm::count_if(block->statements, [&](const CxxStmt *s) {
    return mentions(s, variable);
  });
}

static bool haveOneType(const CxxVariable *a, const CxxVariable *b) {
  return a->type == b->type && a->local && b->local &&
         a->local.getType() == b->local.getType();
}

/// Moves the assignments before the loop at `at` that start what its step
/// changes into the header, if nothing else needs the variable.
void LoopTidier::moveIntoHeader(CxxBlock *block, size_t at) {
  CxxStmt *loop = block->statements[at];
  if (loop->step.empty() || !loop->init.empty())
    return;
  std::vector<size_t> moved;
  for (size_t i = at; i-- > 0;) {
    CxxStmt *s = block->statements[i];
    if (s->kind == CxxStmt::Tape || s->kind == CxxStmt::Record)
      continue;
    if (s->kind != CxxStmt::Assign ||
        (s->value && hasSideEffect(s->value)))
      break;
    CxxVariable *v = s->variable;
    bool isStepped = llvm::any_of(
        loop->step, [&](CxxStmt *step) { return step->variable == v; });
    bool isLocal = countMentionsIn(block, v) == 2 && !v->isParameter;
    // The mentions elsewhere, of a variable of an outer block.
    unsigned inLoop = 0;
    for (CxxBlock *outer = block->parent; outer; outer = outer->parent)
      inLoop += countMentionsIn(outer, v) > 1;
    bool isPassed = false;
    for (size_t j = i + 1; j < at; ++j)
      isPassed |= mentions(block->statements[j], v) ||
                  (s->value &&
                   countReads(s->value, block->statements[j]->variable));
    bool fits = moved.empty() ||
                haveOneType(block->statements[moved.back()]->variable, v);
    if (!isStepped || !isLocal || inLoop || isPassed || !fits || !s->value ||
        countReads(s->value, v))
      continue;
    moved.push_back(i);
  }
  for (size_t i : llvm::reverse(moved)) {
    CxxStmt *s = block->statements[i];
    s->declares = true;
    s->variable->scope = loop->body;
    loop->init.push_back(s);
  }
  for (size_t i : moved)
    block->statements.erase(block->statements.begin() + i);
}

void LoopTidier::foldIndexIncrements(CxxBlock *block) {
  auto &list = block->statements;
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i]->kind != CxxStmt::Record || !list[i]->index ||
        list[i]->index->kind != CxxExpr::Variable)
      continue;
    CxxVariable *index = list[i]->index->variable;
    if (countReads(list[i]->value, index))
      continue;
    size_t next = i + 1;
    while (next < list.size() && !mentions(list[next], index) &&
           list[next]->kind == CxxStmt::Assign)
      ++next;
    if (next == list.size() || list[next]->variable != index ||
        stepSign(list[next]) != "++")
      continue;
    list[i]->index = cxx.newExpr(CxxExpr::Postfix, index->type, "++",
                                 {cxx.read(index)});
    list.erase(list.begin() + next);
  }
}

void LoopTidier::tidy(CxxBlock *block) {
  for (CxxStmt *s : block->statements) {
    if (s->kind == CxxStmt::Loop && !foldConditionAssignment(s))
      foldPostfixCondition(s);
    if (s->kind == CxxStmt::Do)
      foldDoCondition(s);
    forEachBlock(s, [&](CxxBlock *inner) { tidy(inner); });
  }
  foldIndexIncrements(block);
  for (size_t i = 0; i < block->statements.size(); ++i) {
    size_t before = block->statements.size();
    if (block->statements[i]->kind == CxxStmt::Loop)
      moveIntoHeader(block, i);
    i -= before - block->statements.size();
  }
}

void adgen::tidyLoops(CxxFunction &cxx) { LoopTidier(cxx).tidy(cxx.body); }
