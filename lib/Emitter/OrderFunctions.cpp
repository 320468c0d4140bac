//===- OrderFunctions.cpp - Callees before callers ------------------------===//
//
// Depth first from the functions asked for, over the calls that the trees have.
// A call back to a function on the way, of a recursion, needs its prototype.
//
//===----------------------------------------------------------------------===//
#include "Emitted.h"

#include "llvm/ADT/StringMap.h"

using namespace adgen;

namespace {

class FunctionSorter {
public:
  explicit FunctionSorter(std::vector<EmittedFunction> &functions,
                          bool singleUnit)
      : functions(functions), singleUnit(singleUnit), places(functions.size()) {
    for (size_t i = 0; i < functions.size(); ++i)
      numbers[functions[i].func.getSymName()] = i;
  }
  void run();

private:
  enum class Place { Unseen, OnTheWay, Sorted };

  void visit(size_t number);
  void visitCalls(const CxxBlock *block, size_t caller);

  std::vector<EmittedFunction> &functions;
  bool singleUnit;
  std::vector<Place> places;
  llvm::StringMap<size_t> numbers;
  /// The local functions, callees first.
  std::vector<size_t> sorted;
};

} // namespace

void FunctionSorter::visitCalls(const CxxBlock *block, size_t caller) {
  for (const CxxStmt *s : block->statements) {
    forEachDirectExpr(s, [&](CxxExpr *e) {
      forEachExpr(e, [&](const CxxExpr *x) {
        auto found = numbers.find(x->callee);
        // A function knows itself.
        if (!x->callee.empty() && found != numbers.end() &&
            found->second != caller)
          visit(found->second);
      });
    });
    forEachBlock(s, [&](CxxBlock *inner) { visitCalls(inner, caller); });
  }
}

void FunctionSorter::visit(size_t number) {
  EmittedFunction &f = functions[number];
  if (places[number] == Place::Sorted)
    return;
  if (places[number] == Place::OnTheWay || !f.isLocal) {
    // The header has the prototypes of the functions asked for.
    f.needsPrototype |= f.isLocal || singleUnit;
    return;
  }
  places[number] = Place::OnTheWay;
  visitCalls(f.cxx->body, number);
  places[number] = Place::Sorted;
  sorted.push_back(number);
}

void FunctionSorter::run() {
  for (size_t i = 0; i < functions.size(); ++i)
    if (!functions[i].isLocal)
      visitCalls(functions[i].cxx->body, i);
  std::vector<EmittedFunction> result;
  for (size_t number : sorted)
    result.push_back(std::move(functions[number]));
  for (size_t i = 0; i < places.size(); ++i)
    if (places[i] == Place::Unseen && !functions[i].isLocal)
      result.push_back(std::move(functions[i]));
  functions = std::move(result);
}

void adgen::orderFunctions(std::vector<EmittedFunction> &functions,
                           bool singleUnit) {
  FunctionSorter(functions, singleUnit).run();
}
