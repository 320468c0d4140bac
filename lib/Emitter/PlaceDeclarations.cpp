//===- PlaceDeclarations.cpp - Where variables are declared ---------------===//
#include "TidyStatements.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

using namespace adgen;

namespace {

/// What is known of a variable's mentions.
struct Mentions {
  /// The innermost block around all of them.
  CxxBlock *scope = nullptr;
  unsigned assignments = 0;
  /// Somewhere its content is unspecified; declared with 0 then, for the sake
  /// of the compilers' warnings.
  bool isUndefined = false;
};

class DeclarationPlacer {
public:
  explicit DeclarationPlacer(CxxFunction &cxx) : cxx(cxx) {}
  void run();

private:
  void collect(CxxBlock *block);
  void addMention(CxxVariable *variable, CxxBlock *block);
  void addMentions(CxxExpr *e, CxxBlock *block);
  void collect(CxxStmt *s, CxxBlock *block);
  void declare(CxxVariable *variable, Mentions &found);
  void dropUndefined(CxxBlock *block);

  CxxFunction &cxx;
  llvm::MapVector<CxxVariable *, Mentions> all;
};

} // namespace

static CxxBlock *commonBlock(CxxBlock *a, CxxBlock *b) {
  auto isAround = [](CxxBlock *outer, CxxBlock *inner) {
    while (inner && inner != outer)
      inner = inner->parent;
    return inner != nullptr;
  };
  while (!isAround(a, b))
    a = a->parent;
  return a;
}

void DeclarationPlacer::addMention(CxxVariable *variable, CxxBlock *block) {
  CxxBlock *&scope = all[variable].scope;
  scope = scope ? commonBlock(scope, block) : block;
}

void DeclarationPlacer::addMentions(CxxExpr *e, CxxBlock *block) {
  forEachExpr(e, [&](const CxxExpr *x) {
    if (!x->variable)
      return;
    addMention(x->variable, block);
    all[x->variable].assignments += x->kind == CxxExpr::Assignment ||
                                    x->kind == CxxExpr::Passed;
  });
  forEachExpr(e, [&](const CxxExpr *x) {
    bool changes = x->kind == CxxExpr::Postfix || x->isUnary("++") ||
                   x->isUnary("--");
    if (changes && x->args[0]->variable)
      ++all[x->args[0]->variable].assignments;
  });
}

void DeclarationPlacer::collect(CxxStmt *s, CxxBlock *block) {
  if (s->variable) {
    addMention(s->variable, block);
    if (s->kind == CxxStmt::Assign && s->value)
      ++all[s->variable].assignments;
    all[s->variable].isUndefined |= s->kind == CxxStmt::Assign && !s->value;
  }
  for (CxxExpr *e : {s->value, s->index, s->target})
    if (e)
      addMentions(e, block);
  for (CxxExpr *e : s->values)
    addMentions(e, block);
  for (CxxStmt *part : s->init)
    collect(part, block);
  for (CxxStmt *part : s->step)
    collect(part, block);
  forEachBlock(s, [&](CxxBlock *inner) { collect(inner); });
}

void DeclarationPlacer::collect(CxxBlock *block) {
  for (CxxStmt *s : block->statements)
    collect(s, block);
}

void DeclarationPlacer::declare(CxxVariable *variable, Mentions &found) {
  auto &list = found.scope->statements;
  auto first = list.begin();
  while (!mentions(*first, variable))
    ++first;
  variable->scope = found.scope;
  CxxStmt *s = *first;
  bool starts = s->variable == variable && s->kind == CxxStmt::Assign &&
                s->value && !countReads(s->value, variable);
  if (s->kind == CxxStmt::Tape || s->kind == CxxStmt::Object)
    return;
  if (starts) {
    s->declares = true;
    variable->isConst = found.assignments == 1 && !found.isUndefined &&
                        !isa<PlaceType>(variable->type);
    return;
  }
  CxxExpr *zero = nullptr;
  if (found.isUndefined && !isa<FrameType>(variable->type))
    zero = cxx.newExpr(CxxExpr::Literal, variable->type,
                       variable->type.isInteger(1) ? "false" : "0");
  CxxStmt *declaration = cxx.newAssign(variable, zero, {});
  declaration->declares = true;
  list.insert(first, declaration);
}

/// Assignments of nothing have done their duty.
void DeclarationPlacer::dropUndefined(CxxBlock *block) {
  llvm::erase_if(block->statements, [](CxxStmt *s) {
    return s->kind == CxxStmt::Assign && !s->value && !s->declares;
  });
  for (CxxStmt *s : block->statements)
    forEachBlock(s, [&](CxxBlock *inner) { dropUndefined(inner); });
}

void DeclarationPlacer::run() {
  collect(cxx.body);
  for (auto &[variable, found] : all)
    if (!variable->isParameter && !variable->scope)
      declare(variable, found);
  dropUndefined(cxx.body);
}

/// Whether a macro may make nothing of the statement.
static bool isAssertion(const CxxStmt *s) {
  return s->kind == CxxStmt::Evaluate && s->value->kind == CxxExpr::Template &&
         llvm::StringRef(s->value->text).starts_with("assert(");
}

/// Adds the variables that something other than an assertion mentions, besides
/// their declarations.
static void collectUses(const CxxBlock *block,
                        llvm::DenseSet<const CxxVariable *> &used) {
  for (const CxxStmt *s : block->statements) {
    if (isAssertion(s))
      continue;
    if (s->variable && !s->declares)
      used.insert(s->variable);
    forEachDirectExpr(s, [&](CxxExpr *e) {
      forEachExpr(e, [&](const CxxExpr *x) { used.insert(x->variable); });
    });
    forEachBlock(s, [&](CxxBlock *inner) { collectUses(inner, used); });
  }
}

void adgen::placeDeclarations(CxxFunction &cxx) {
  DeclarationPlacer(cxx).run();
  llvm::DenseSet<const CxxVariable *> used;
  collectUses(cxx.body, used);
  for (CxxVariable &variable : cxx.variables)
    variable.mayVanish = !variable.isTape && !used.contains(&variable);
}
