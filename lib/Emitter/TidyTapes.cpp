//===- TidyTapes.cpp - One tape for what one call returns -----------------===//
//
//   value_tape[k] = p.value;         p_tape[k] = p;
//   x_tape[k] = p.x;             →   …
//   … x_tape[k] * value_tape[k]      … p_tape[k].x * p_tape[k].value
//
// The values that are recorded of one struct, together and under one index, are
// recorded as the struct.
//
//===----------------------------------------------------------------------===//
#include "TidyStatements.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace adgen;

namespace {

/// Where a tape is declared and written.
struct TapeUse {
  CxxBlock *declaredIn = nullptr, *recordedIn = nullptr;
  CxxStmt *declaration = nullptr, *record = nullptr;
  unsigned declarations = 0, records = 0;
  /// It goes into a frame.
  bool isMoved = false;
};

class TapeMerger {
public:
  explicit TapeMerger(CxxFunction &cxx) : cxx(cxx) {}
  void run();

private:
  void collect(CxxBlock *block);
  bool mayMerge(const TapeUse &a, const TapeUse &b) const;
  void merge(llvm::ArrayRef<CxxVariable *> tapes);
  void replaceReads(CxxBlock *block);
  void replaceReads(CxxExpr *e);

  CxxFunction &cxx;
  llvm::MapVector<CxxVariable *, TapeUse> uses;
  /// The new tape of an old one, and the member that the old one held.
  llvm::DenseMap<CxxVariable *, std::pair<CxxVariable *, std::string>> merged;
};

} // namespace

/// The struct of which `record` keeps a member; null if it keeps anything else.
static CxxVariable *structOf(const CxxStmt *record) {
  const CxxExpr *value = record->value;
  if (value->kind != CxxExpr::Member ||
      value->args[0]->kind != CxxExpr::Variable)
    return nullptr;
  CxxVariable *variable = value->args[0]->variable;
  return variable->structType.empty() || variable->structType == "auto"
             ? nullptr
             : variable;
}

void TapeMerger::collect(CxxBlock *block) {
  for (CxxStmt *s : block->statements) {
    if (s->kind == CxxStmt::Tape) {
      TapeUse &use = uses[s->variable];
      use.declaration = s;
      use.declaredIn = block;
      ++use.declarations;
    } else if (s->kind == CxxStmt::Record) {
      TapeUse &use = uses[s->variable];
      use.record = s;
      use.recordedIn = block;
      ++use.records;
    }
    forEachDirectExpr(s, [&](CxxExpr *e) {
      forEachExpr(e, [&](const CxxExpr *x) {
        if (x->kind == CxxExpr::Variable && x->variable->isTape)
          uses[x->variable].isMoved = true;
      });
    });
    forEachBlock(s, [&](CxxBlock *inner) { collect(inner); });
  }
}

bool TapeMerger::mayMerge(const TapeUse &a, const TapeUse &b) const {
  return a.recordedIn == b.recordedIn && a.declaredIn == b.declaredIn &&
         structOf(a.record) == structOf(b.record) &&
         isSame(a.record->index, b.record->index) &&
         !(a.record->index && hasSideEffect(a.record->index)) &&
         isSame(a.declaration->value, b.declaration->value) &&
         a.declaration->fixedSize == b.declaration->fixedSize &&
         a.declaration->clamp == b.declaration->clamp;
}

void TapeMerger::merge(llvm::ArrayRef<CxxVariable *> tapes) {
  const TapeUse &first = uses[tapes.front()];
  CxxVariable *variable = structOf(first.record);
  // `price_x_tape` held the member x.
  llvm::StringRef name = tapes.front()->local.getName().getValue();
  std::string suffix = "_" + first.record->value->text + "_tape";
  CxxVariable *tape = cxx.newVariable({}, variable->type);
  tape->hint = name.consume_back(suffix) ? name.str() + "_tape" : name.str();
  tape->isTape = true;
  tape->structType = variable->structType;
  for (CxxVariable *old : tapes) {
    const TapeUse &use = uses[old];
    merged[old] = {tape, use.record->value->text};
    first.declaration->isSparse |= use.declaration->isSparse;
    if (old == tapes.front())
      continue;
    llvm::erase(use.declaredIn->statements, use.declaration);
    llvm::erase(use.recordedIn->statements, use.record);
  }
  first.declaration->variable = tape;
  first.record->variable = tape;
  first.record->value = cxx.read(variable);
}

void TapeMerger::replaceReads(CxxExpr *e) {
  for (CxxExpr *arg : e->args)
    replaceReads(arg);
  if (e->kind != CxxExpr::Element)
    return;
  auto found = merged.find(e->variable);
  if (found == merged.end())
    return;
  auto &[tape, member] = found->second;
  CxxExpr *element = cxx.newExpr(CxxExpr::Element, tape->type, "", e->args);
  element->variable = tape;
  e->kind = CxxExpr::Member;
  e->text = member;
  e->variable = nullptr;
  e->args.assign(1, element);
}

void TapeMerger::replaceReads(CxxBlock *block) {
  for (CxxStmt *s : block->statements) {
    forEachDirectExpr(s, [&](CxxExpr *e) { replaceReads(e); });
    forEachBlock(s, [&](CxxBlock *inner) { replaceReads(inner); });
  }
}

void TapeMerger::run() {
  collect(cxx.body);
  llvm::SmallVector<CxxVariable *> open;
  for (auto &[tape, use] : uses)
    if (use.declarations == 1 && use.records == 1 && !use.isMoved && structOf(use.record))
      open.push_back(tape);
  while (!open.empty()) {
    CxxVariable *first = open.front();
    llvm::SmallVector<CxxVariable *> group, rest;
    for (CxxVariable *tape : open)
      (mayMerge(uses[first], uses[tape]) ? group : rest).push_back(tape);
    if (group.size() > 1)
      merge(group);
    open = rest;
  }
  if (!merged.empty())
    replaceReads(cxx.body);
}

void adgen::tidyTapes(CxxFunction &cxx) { TapeMerger(cxx).run(); }
