//===- SummarizeCalls.cpp - Which derivatives flow through a call ---------===//
//
// Says at every call from which operand to which result, or object in memory, a
// derivative flows (`flows`), and whether a partial derivative of the callee may be infinite
// (`singular`), so that activity needs no look at the callee.
//
//     %y = ad.call @g(%x, %a)   →   %y = ad.call @g(%x, %a) {flows = [0, 0]}
//
// The flows of a function are what Activity finds from each argument; with calls,
// the least fix point over all functions, so that a recursive function has the
// flows of its finite runs. A function with a hand-written derivative is taken to
// have all of them; one that is inactive has none.
//
// Every function gets its height above those that call nobody (`ad.height`), -1 if
// it may call itself.
//
// Requires value form. With `all`, every real operand flows into every real
// result: activity across calls is switched off.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/Activity.h"
#include "adgen/Transforms/Passes.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <deque>

namespace adgen {
#define GEN_PASS_DEF_SUMMARIZECALLS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {

/// Pairs (argument, target), flat; the target is a returned value or, as -1 - i, what
/// is at argument i.
using Flows = SmallVector<int64_t>;

struct Summary {
  Flows flows;
  /// Per argument, as in `ad.call`.
  SmallVector<int64_t> singular;

  bool operator!=(const Summary &other) const {
    return flows != other.flows || singular != other.singular;
  }
};

bool isSource(func::FuncOp function, unsigned i) {
  return carriesReals(function.getArgumentTypes()[i]) &&
         !function.getArgAttr(i, "ad.inactive");
}

/// The arguments that the function may leave derivatives in.
SmallVector<unsigned> targets(func::FuncOp function) {
  SmallVector<unsigned> found;
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes()))
    if (isa<PlaceType>(type) && carriesReals(type) &&
        function.getArgAttr(i, "ad.out"))
      found.push_back(i);
  return found;
}

Flows allFlows(func::FuncOp function) {
  Flows flows;
  for (unsigned i = 0; i != function.getNumArguments(); ++i) {
    if (!isSource(function, i))
      continue;
    for (auto [r, result] : llvm::enumerate(function.getResultTypes()))
      if (isReal(result))
        flows.append({int64_t(i), int64_t(r)});
    for (unsigned place : targets(function))
      flows.append({int64_t(i), -1 - int64_t(place)});
  }
  return flows;
}

int64_t codeOf(Singularity singularity) {
  return singularity == Singularity::Finite ? 1
         : singularity == Singularity::Pole ? 2
                                            : 0;
}

int64_t worse(int64_t a, int64_t b) {
  return a == 1 || b == 1 ? 1 : std::max(a, b);
}

/// How singular the partial derivatives of `op` by varied operands are.
int64_t singularityOf(Operation *op, const Activity &activity) {
  int64_t found = 0;
  auto function = dyn_cast<Differentiable>(op);
  auto call = dyn_cast<CallOp>(op);
  for (OpOperand &operand : op->getOpOperands()) {
    unsigned i = operand.getOperandNumber();
    if (!activity.isVaried(operand.get()))
      continue;
    if (function && function.hasPartial(i) && !function.hasZeroPartial(i))
      found = worse(found, codeOf(singularityAt(function, i)));
    if (call && call.getSingular())
      found = worse(found, (*call.getSingular())[i]);
  }
  return found;
}

/// The summary of `function` if its calls have those that they bear.
Summary summarize(func::FuncOp function) {
  Summary summary;
  summary.singular.assign(function.getNumArguments(), 0);
  for (unsigned i = 0; i != function.getNumArguments(); ++i) {
    if (!isSource(function, i))
      continue;
    Activity activity(function, {i});
    auto end = cast<ReturnOp>(function.front().getTerminator());
    for (auto [r, value] : llvm::enumerate(end.getValues()))
      if (activity.isVaried(value))
        summary.flows.append({int64_t(i), int64_t(r)});
    for (unsigned place : targets(function))
      if (place != i && activity.isVaried(function.getArgument(place)))
        summary.flows.append({int64_t(i), -1 - int64_t(place)});
    function.walk([&, i = i](Operation *op) {
      int64_t &singular = summary.singular[i];
      singular = worse(singular, singularityOf(op, activity));
    });
  }
  return summary;
}

/// How many calls lie between a function and those that call nobody; -1 for one
/// that may call itself.
class Heights {
public:
  explicit Heights(ModuleOp module) : module(module) {}

  int64_t of(func::FuncOp function) {
    auto [entry, isNew] = known.try_emplace(function, -1);
    if (!isNew)
      return entry->second;
    int64_t height = 0;
    function.walk([&](CallOp call) {
      auto callee = module.lookupSymbol<func::FuncOp>(call.getCalleeAttr());
      int64_t below = callee ? of(callee) : 0;
      if (height >= 0)
        height = below < 0 ? -1 : std::max(height, below + 1);
    });
    return known[function] = height;
  }

private:
  ModuleOp module;
  /// Those being visited are taken for recursive, and so is what calls them.
  llvm::DenseMap<Operation *, int64_t> known;
};

struct SummarizeCalls : adgen::impl::SummarizeCallsBase<SummarizeCalls> {
  using SummarizeCallsBase::SummarizeCallsBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    llvm::MapVector<StringAttr, Summary> summaries;
    for (auto function : module.getOps<func::FuncOp>())
      summaries[function.getSymNameAttr()] = start(function);
    Heights heights(module);
    for (auto function : module.getOps<func::FuncOp>())
      function->setAttr("ad.height", Builder(function.getContext())
                                         .getI64IntegerAttr(heights.of(function)));
    // Who is called, and what is to be done again when that changes.
    llvm::DenseMap<StringAttr, SmallVector<CallOp, 1>> calls;
    SmallVector<func::FuncOp> called;
    module.walk([&](CallOp call) {
      calls[call.getCalleeAttr().getAttr()].push_back(call);
    });
    for (auto function : module.getOps<func::FuncOp>()) {
      StringAttr name = function.getSymNameAttr();
      annotate(calls.lookup(name), summaries[name]);
      if (!function.isExternal() && !all && calls.contains(name))
        called.push_back(function);
    }
    // Callees first, mostly.
    auto heightOf = [](func::FuncOp function) {
      return function->getAttrOfType<IntegerAttr>("ad.height").getInt();
    };
    llvm::stable_sort(called, [&](func::FuncOp x, func::FuncOp z) {
      return heightOf(x) < heightOf(z);
    });
    llvm::SetVector<Operation *, std::deque<Operation *>> work;
    work.insert_range(called);
    while (!work.empty()) {
      auto function = cast<func::FuncOp>(work.front());
      work.erase(work.begin());
      StringAttr name = function.getSymNameAttr();
      Summary next = summarize(function);
      if (!(next != summaries[name]))
        continue;
      summaries[name] = next;
      annotate(calls[name], next);
      for (CallOp call : calls[name])
        if (auto caller = call->getParentOfType<func::FuncOp>();
            calls.contains(caller.getSymNameAttr()))
          work.insert(caller);
    }
  }

  Summary start(func::FuncOp function) {
    Summary summary;
    summary.singular.assign(function.getNumArguments(), 0);
    bool hasRule = function->hasAttr("ad.rule_grad") ||
                   function->hasAttr("ad.rule_jvp");
    if (function->hasAttr("ad.inactive") || (!hasRule && !all))
      return summary;
    summary.flows = allFlows(function);
    summary.singular.assign(function.getNumArguments(), 1);
    return summary;
  }

  void annotate(ArrayRef<CallOp> calls, const Summary &summary) {
    for (CallOp call : calls) {
      Builder b(call.getContext());
      call.setFlowsAttr(b.getDenseI64ArrayAttr(summary.flows));
      call.setSingularAttr(b.getDenseI64ArrayAttr(summary.singular));
    }
  }
};

} // namespace
