//===- PlaceDeclarations.cpp - Where variables are declared ---------------===//
#include "Print.h"
#include "TidyStatements.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

using namespace adgen;

namespace {

/// What is known of a variable's mentions.
struct Mentions {
  /// The innermost block around all of them.
  CxxBlock *scope = nullptr;
  /// The statement of `scope` with the first of them.
  CxxStmt *first = nullptr;
  unsigned assignments = 0;
  /// The statements that give it a value.
  llvm::SmallVector<CxxStmt *, 1> starts;
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
  void addMention(CxxVariable *variable, CxxBlock *block, CxxStmt *at);
  void addMentions(CxxExpr *e, CxxBlock *block, CxxStmt *at);
  void collect(CxxStmt *s, CxxBlock *block, CxxStmt *at);
  void declare(CxxVariable *variable, Mentions &found);
  void insertDeclarations(CxxBlock *block);
  void dropUndefined(CxxBlock *block);

  CxxFunction &cxx;
  llvm::MapVector<CxxVariable *, Mentions> all;
  /// The declarations that get a statement of their own, by what they precede.
  llvm::DenseMap<CxxStmt *, std::vector<CxxStmt *>> declarations;
};

} // namespace

static bool isAround(const CxxBlock *outer, const CxxBlock *inner) {
  while (inner && inner != outer)
    inner = inner->parent;
  return inner;
}

/// `at` is the statement of `block` that the mention is in.
void DeclarationPlacer::addMention(CxxVariable *variable, CxxBlock *block,
                                   CxxStmt *at) {
  Mentions &found = all[variable];
  if (!found.scope) {
    found.scope = block;
    found.first = at;
    return;
  }
  while (!isAround(found.scope, block)) {
    found.first = found.scope->owner;
    found.scope = found.scope->parent;
  }
}

void DeclarationPlacer::addMentions(CxxExpr *e, CxxBlock *block, CxxStmt *at) {
  forEachExpr(e, [&](const CxxExpr *x) {
    if (!x->variable || x->variable->isBound)
      return;
    addMention(x->variable, block, at);
    all[x->variable].assignments +=
        x->kind == CxxExpr::Assignment || x->kind == CxxExpr::Passed;
  });
  forEachExpr(e, [&](const CxxExpr *x) {
    bool changes =
        x->kind == CxxExpr::Postfix || x->isUnary("++") || x->isUnary("--");
    if (changes && x->args[0]->variable)
      ++all[x->args[0]->variable].assignments;
  });
}

void DeclarationPlacer::collect(CxxStmt *s, CxxBlock *block, CxxStmt *at) {
  if (s->variable) {
    addMention(s->variable, block, at);
    if (s->kind == CxxStmt::Assign && s->value) {
      ++all[s->variable].assignments;
      all[s->variable].starts.push_back(s);
    }
    all[s->variable].isUndefined |= s->kind == CxxStmt::Assign && !s->value;
  }
  for (CxxExpr *e : {s->value, s->index, s->target})
    if (e)
      addMentions(e, block, at);
  for (CxxExpr *e : s->values)
    addMentions(e, block, at);
  for (CxxStmt *part : s->init)
    collect(part, block, at);
  for (CxxStmt *part : s->step)
    collect(part, block, at);
  forEachBlock(s, [&](CxxBlock *inner) { collect(inner); });
}

void DeclarationPlacer::collect(CxxBlock *block) {
  for (CxxStmt *s : block->statements)
    collect(s, block, s);
}

void DeclarationPlacer::declare(CxxVariable *variable, Mentions &found) {
  variable->scope = found.scope;
  CxxStmt *s = found.first;
  bool starts = s->variable == variable && s->kind == CxxStmt::Assign &&
                s->value && !countReads(s->value, variable);
  if (s->kind == CxxStmt::Tape || s->kind == CxxStmt::Object)
    return;
  if (starts) {
    s->declares = true;
    variable->isConst = found.assignments == 1 && !found.isUndefined &&
                        !llvm::isa<PlaceType>(variable->type);
    return;
  }
  // A reference is one of each of the paths that what follows was copied to.
  if (variable->isReference) {
    for (CxxStmt *start : found.starts)
      start->declares = true;
    return;
  }
  CxxExpr *zero = nullptr;
  if (found.isUndefined && !llvm::isa<FrameType>(variable->type)) {
    bool isPointer = llvm::isa<PlaceType>(variable->type);
    bool isIterator = isPointer && llvm::StringRef(declaredType(variable)).contains("iterator");
    zero = cxx.newExpr(CxxExpr::Literal, variable->type,
                       isIterator                      ? "{}"
                       : isPointer                     ? "nullptr"
                       : variable->type.isInteger(1) ? "false"
                                                       : "0");
  }
  CxxStmt *declaration = cxx.newAssign(variable, zero, {});
  declaration->declares = true;
  declarations[s].push_back(declaration);
}

void DeclarationPlacer::insertDeclarations(CxxBlock *block) {
  std::vector<CxxStmt *> list;
  for (CxxStmt *s : block->statements) {
    llvm::append_range(list, declarations.lookup(s));
    list.push_back(s);
    forEachBlock(s, [&](CxxBlock *inner) { insertDeclarations(inner); });
  }
  block->statements = std::move(list);
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
  if (!declarations.empty())
    insertDeclarations(cxx.body);
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
