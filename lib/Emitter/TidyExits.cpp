//===- TidyExits.cpp - Flags → returns ------------------------------------===//
//
// Where a path sets a flag, leaves, and the flag alone decides what is left to
// do until the `return`, that `return` takes the place of the detour:
//
//     for (…) {                             for (…) {
//       if (x > 10) {                         if (x > 10)
//         result = x * x;                       return x * x;
//         returned = true;                  }
//         break;                        →   return x;
//       }
//     }
//     if (!returned)
//       result = x;
//     return result;
//
// A flag that then has one value only is replaced by it.
//
//===----------------------------------------------------------------------===//
#include "CxxTypes.h"
#include "TidyStatements.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"

using namespace adgen;

namespace {

/// The values of flags that are known at a place.
using Facts = llvm::DenseMap<const CxxVariable *, bool>;

/// The statement that is executed next: `block->statements[index]`, or what
/// follows the block.
struct Place {
  CxxBlock *block;
  size_t index;
};

class ExitThreader {
public:
  explicit ExitThreader(CxxFunction &cxx) : cxx(cxx) {}
  /// Whether anything has changed.
  bool run() { return thread(cxx.body); }

private:
  bool thread(CxxBlock *block);
  bool threadFrom(Place place, Facts facts, CxxBlock *into, size_t keep);

  CxxFunction &cxx;
  static constexpr unsigned longest = 4;
};

} // namespace

//===----------------------------------------------------------------------===//
// Facts
//===----------------------------------------------------------------------===//

static std::optional<bool> literalOf(const CxxExpr *e) {
  if (e && e->kind == CxxExpr::Literal && e->type.isInteger(1)) {
    if (e->text == "true")
      return true;
    if (e->text == "false")
      return false;
  }
  return {};
}

static std::optional<bool> evaluate(const CxxExpr *e, const Facts &facts) {
  if (auto value = literalOf(e))
    return value;
  if (e->kind == CxxExpr::Variable) {
    auto known = facts.find(e->variable);
    return known == facts.end() ? std::nullopt
                                : std::optional<bool>(known->second);
  }
  if (e->isUnary("!"))
    if (auto value = evaluate(e->args[0], facts))
      return !*value;
  if (hasSideEffect(e))
    return {};
  if (e->isBinary("&&") || e->isBinary("||")) {
    bool decisive = e->text == "||";
    for (const CxxExpr *arg : e->args) {
      auto value = evaluate(arg, facts);
      if (!value)
        return {};
      if (*value == decisive)
        return decisive;
    }
    return !decisive;
  }
  return {};
}

/// What is known of flags before the statement `end` of `block`.
static Facts factsAt(const CxxBlock *block, size_t end) {
  Facts facts;
  // Why the block is run at all.
  const CxxStmt *owner = block->owner;
  if (owner && owner->kind == CxxStmt::If) {
    const CxxExpr *c = owner->value;
    bool holds = block == owner->body;
    if (c->isUnary("!")) {
      c = c->args[0];
      holds = !holds;
    }
    if (c->kind == CxxExpr::Variable)
      facts[c->variable] = holds;
  }
  for (size_t i = 0; i < end; ++i) {
    const CxxStmt *s = block->statements[i];
    llvm::SmallVector<const CxxVariable *> lost;
    for (auto &[variable, value] : facts)
      if (assigns(s, variable))
        lost.push_back(variable);
    for (const CxxVariable *variable : lost)
      facts.erase(variable);
    if (s->kind == CxxStmt::Assign)
      if (auto value = literalOf(s->value))
        facts[s->variable] = *value;
  }
  return facts;
}

//===----------------------------------------------------------------------===//
// Paths
//===----------------------------------------------------------------------===//

static Place after(const CxxStmt *s, CxxBlock *block) {
  size_t index = 0;
  while (block->statements[index] != s)
    ++index;
  return {block, index + 1};
}

static bool isLoop(const CxxStmt *s) {
  return s->kind == CxxStmt::Loop || s->kind == CxxStmt::Do;
}

/// Where a `break` in `block` goes.
static std::optional<Place> leaveLoop(CxxBlock *block) {
  while (block->owner && !isLoop(block->owner))
    block = block->parent;
  if (!block->owner)
    return {};
  return after(block->owner, block->parent);
}

/// Follows the path from `place` to a `return`; on the way only assignments and
/// branches that `facts` decide, one at least such that it passes something
/// over. Then `into` gets the path in
/// place of its statements from `keep` on.
bool ExitThreader::threadFrom(Place place, Facts facts, CxxBlock *into,
                              size_t keep) {
  std::vector<CxxStmt *> path;
  bool isDecided = false;
  while (path.size() <= longest) {
    if (place.index >= place.block->statements.size()) {
      CxxStmt *owner = place.block->owner;
      if (!owner || isLoop(owner))
        return false;
      place = after(owner, place.block->parent);
      continue;
    }
    CxxStmt *s = place.block->statements[place.index];
    if (s->kind == CxxStmt::If) {
      auto holds = evaluate(s->value, facts);
      if (!holds)
        return false;
      CxxBlock *taken = *holds ? s->body : s->orElse;
      isDecided |= taken->statements.empty() || endsInJump(taken);
      place = taken->statements.empty() ? Place{place.block, place.index + 1}
                                        : Place{taken, 0};
      continue;
    }
    if (s->kind == CxxStmt::Break) {
      auto next = leaveLoop(place.block);
      if (!next)
        return false;
      place = *next;
      continue;
    }
    if (s->kind == CxxStmt::Return) {
      if (!isDecided)
        return false;
      path.push_back(cxx.clone(s));
      into->statements.resize(keep);
      into->statements.insert(into->statements.end(), path.begin(), path.end());
      return true;
    }
    if (s->kind != CxxStmt::Assign || s->declares ||
        (s->value && hasSideEffect(s->value)))
      return false;
    facts.erase(s->variable);
    if (auto value = literalOf(s->value))
      facts[s->variable] = *value;
    path.push_back(cxx.clone(s));
    ++place.index;
  }
  return false;
}

bool ExitThreader::thread(CxxBlock *block) {
  bool changed = false;
  for (CxxStmt *s : std::vector<CxxStmt *>(block->statements))
    forEachBlock(s, [&](CxxBlock *inner) { changed |= thread(inner); });
  size_t size = block->statements.size();
  CxxStmt *last = size ? block->statements.back() : nullptr;
  if (last && last->kind == CxxStmt::Break) {
    if (auto next = leaveLoop(block))
      changed |= threadFrom(*next, factsAt(block, size - 1), block, size - 1);
  } else if (block->owner && !isLoop(block->owner) && !endsInJump(block)) {
    Facts facts = factsAt(block, size);
    if (!facts.empty())
      changed |= threadFrom({block, size}, facts, block, size);
  }
  return changed;
}

//===----------------------------------------------------------------------===//
// Flags of one value
//===----------------------------------------------------------------------===//

/// The expression with the flags replaced, and what follows from it folded.
static CxxExpr *substitute(CxxFunction &cxx, CxxExpr *e, const Facts &facts) {
  if (e->kind == CxxExpr::Variable && facts.count(e->variable))
    return cxx.newExpr(CxxExpr::Literal, e->type,
                       facts.lookup(e->variable) ? "true" : "false");
  for (CxxExpr *&arg : e->args)
    arg = substitute(cxx, arg, facts);
  if (e->isUnary("!"))
    return negate(cxx, e->args[0]);
  if (e->isBinary("&&") || e->isBinary("||"))
    for (unsigned i : {0u, 1u})
      if (auto value = literalOf(e->args[i])) {
        if (*value != (e->text == "||"))
          return e->args[1 - i];
        if (i == 0 || !hasSideEffect(e->args[0]))
          return e->args[i];
      }
  return e;
}

namespace {

/// Finds the flags to which only one literal is ever assigned.
struct FlagFinder {
  llvm::MapVector<const CxxVariable *, std::optional<bool>> flags;

  void visit(const CxxBlock *block) {
    for (const CxxStmt *s : block->statements) {
      add(s);
      // What a call changes has no one value.
      forEachDirectExpr(s, [&](CxxExpr *e) {
        forEachExpr(e, [&](const CxxExpr *x) {
          if (x->kind == CxxExpr::Passed)
            flags[x->variable] = std::nullopt;
        });
      });
      forEachBlock(s, [&](CxxBlock *inner) { visit(inner); });
    }
  }
  void add(const CxxStmt *s) {
    for (const CxxStmt *part : s->init)
      add(part);
    for (const CxxStmt *part : s->step)
      add(part);
    if (s->kind != CxxStmt::Assign || !s->variable->type.isInteger(1) ||
        s->variable->isParameter || !s->value)
      return;
    auto value = literalOf(s->value);
    auto [entry, isNew] = flags.insert({s->variable, value});
    if (!isNew && entry->second != value)
      entry->second = std::nullopt;
  }
};

} // namespace

static void substitute(CxxFunction &cxx, CxxBlock *block, const Facts &facts) {
  for (CxxStmt *s : block->statements) {
    for (CxxExpr **e : {&s->value, &s->index})
      if (*e)
        *e = substitute(cxx, *e, facts);
    for (CxxExpr *&e : s->values)
      e = substitute(cxx, e, facts);
    for (CxxStmt *part : s->step)
      part->value = substitute(cxx, part->value, facts);
    forEachBlock(s, [&](CxxBlock *inner) { substitute(cxx, inner, facts); });
  }
}

static bool foldFlags(CxxFunction &cxx) {
  FlagFinder finder;
  finder.visit(cxx.body);
  Facts facts;
  for (auto &[variable, value] : finder.flags)
    if (value)
      facts[variable] = *value;
  if (facts.empty())
    return false;
  substitute(cxx, cxx.body, facts);
  return true;
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

/// The value of `s` where a `return` of braces, which do not narrow, reads its
/// variable.
static CxxExpr *asOperand(CxxFunction &cxx, const CxxStmt *s, bool inBraces) {
  CxxExpr *e = s->value;
  bool isDigits = e->kind == CxxExpr::Literal && !isReal(e->type) &&
                  llvm::StringRef(e->text).find_first_not_of("-0123456789") ==
                      llvm::StringRef::npos;
  if (!inBraces || e->type == s->variable->type || s->variable->isReference ||
      (isDigits && isReal(s->variable->type)))
    return e;
  return cxx.newExpr(CxxExpr::Cast, s->variable->type,
                     typeText(s->variable->type), {e});
}

/// Whether `block` ends in an assignment to a generated variable that `exit`
/// returns, or returns itself.
static bool endsInResult(const CxxBlock *block, const CxxStmt *exit) {
  if (block->statements.empty())
    return false;
  const CxxStmt *last = block->statements.back();
  if (last->kind != CxxStmt::Assign || !last->variable->local ||
      !last->variable->isGenerated())
    return false;
  return llvm::any_of(exit->values, [&](const CxxExpr *e) {
    return e->isVariable(last->variable);
  });
}

/// `if (c) result = a; else result = b; return result;` returns twice.
static void returnFromBranches(CxxFunction &cxx, CxxBlock *block) {
  auto &list = block->statements;
  if (list.size() < 2 || list.back()->kind != CxxStmt::Return)
    return;
  CxxStmt *exit = list.back(), *branch = list[list.size() - 2];
  if (branch->kind != CxxStmt::If || !endsInResult(branch->body, exit) ||
      !endsInResult(branch->orElse, exit))
    return;
  branch->body->statements.push_back(cxx.clone(exit));
  branch->orElse->statements.push_back(exit);
  list.pop_back();
}

/// `result = e; return result;` is `return e;`.
static void returnValues(CxxFunction &cxx, CxxBlock *block) {
  auto &list = block->statements;
  if (list.empty() || list.back()->kind != CxxStmt::Return)
    return;
  CxxStmt *exit = list.back();
  for (size_t i = list.size() - 1; i-- > 0;) {
    CxxStmt *s = list[i];
    if (s->kind != CxxStmt::Assign || !s->value)
      return;
    CxxVariable *v = s->variable;
    unsigned reads = 0;
    bool isPlain = false, isDisturbed = hasSideEffect(s->value);
    for (CxxExpr *e : exit->values) {
      reads += countReads(e, v);
      isPlain |= e->isVariable(v);
    }
    for (size_t j = i + 1; j + 1 < list.size(); ++j)
      isDisturbed |= mentions(list[j], v) ||
                     countReads(s->value, list[j]->variable);
    if (v->isParameter || !v->local || !v->isGenerated() || reads != 1 ||
        !isPlain || isDisturbed)
      continue;
    for (CxxExpr *&e : exit->values)
      if (e->isVariable(v))
        e = asOperand(cxx, s, exit->returnsStruct);
    if (s->stmt && (!exit->stmt || s->stmt.getDerivative()))
      exit->stmt = s->stmt;
    list.erase(list.begin() + i);
  }
}

static void returnDirectly(CxxFunction &cxx, CxxBlock *block) {
  returnValues(cxx, block);
  returnFromBranches(cxx, block);
  for (CxxStmt *s : block->statements)
    forEachBlock(s, [&](CxxBlock *inner) { returnDirectly(cxx, inner); });
}

void adgen::tidyExits(CxxFunction &cxx) {
  constexpr unsigned mostRounds = 8;
  bool changed = false;
  for (unsigned round = 0; round < mostRounds; ++round) {
    if (!ExitThreader(cxx).run())
      break;
    changed = true;
    removeDeadStores(cxx);
    foldFlags(cxx);
    tidyBranches(cxx);
    removeDeadStores(cxx);
  }
  if (!changed)
    return;
  returnDirectly(cxx, cxx.body);
  tidyBranches(cxx);
  removeDeadStores(cxx);
}
