//===- Emitter.cpp - Value form → C++ -------------------------------------===//
//
// The derivatives asked for, and the helpers that they call: prepare a copy of
// the IR of each. Choose their signatures. Then a function at a time: assign
// variables, choose what is printed in place, build the tree, tidy it. Put
// callees before callers, choose names and comments. Then the files around them.
//
//===----------------------------------------------------------------------===//
#include "adgen/Emitter/Emitter.h"
#include "BuildStmt.h"
#include "Callees.h"
#include "Emitted.h"
#include "Frames.h"
#include "Parameters.h"
#include "PrepareForEmission.h"
#include "Print.h"
#include "TidyStatements.h"

#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

/// Whether the emitter knows everything in `func`.
static LogicalResult check(func::FuncOp func) {
  WalkResult result = func.walk([](Operation *op) -> WalkResult {
    bool isMemory = isa<BreakOp, ContinueOp, ShadowOp, KeepOp>(op);
    bool isEarly = isa<ReturnOp>(op) && !isa<func::FuncOp>(op->getParentOp());
    if (isMemory || isEarly || !isa<ADDialect>(op->getDialect())) {
      if (isa<func::FuncOp>(op))
        return WalkResult::advance();
      op->emitError("the emitter needs value form, and this operation is none");
      return WalkResult::interrupt();
    }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

/// Everything that is spelled in `cxx` and is not a variable.
static void collectSpelled(const CxxBlock *block, llvm::StringSet<> &names) {
  for (const CxxStmt *s : block->statements) {
    forEachDirectExpr(s, [&](CxxExpr *e) {
      forEachExpr(e, [&](const CxxExpr *x) {
        if (x->kind != CxxExpr::Member)
          collectIdentifiers(x->text, names);
      });
    });
    for (auto &[labels, inner] : s->cases)
      for (const std::string &label : labels)
        collectIdentifiers(label, names);
    forEachBlock(s, [&](CxxBlock *inner) { collectSpelled(inner, names); });
  }
}

/// What no variable of `f` may be called, and besides, no generated one.
static void collectReserved(ModuleOp module, EmittedFunction &f,
                            llvm::StringSet<> &reserved,
                            llvm::StringSet<> &reservedGenerated) {
  collectSpelled(f.cxx->body, reserved);
  for (const CxxVariable &v : f.cxx->variables)
    collectIdentifiers(declaredType(&v), reserved);
  for (const EmittedParameter &p : f.parameters)
    collectIdentifiers(p.type, reserved);
  collectIdentifiers(f.resultType, reserved);
  reservedGenerated.insert(f.name);
  reservedGenerated.insert(f.func->getAttrOfType<StringAttr>("ad.base"));
  // What stands within a copied function is nobody else's concern.
  StringRef declared = module->hasAttr("ad.declared_names")
                           ? "ad.declared_names"
                           : "ad.declarations";
  for (StringRef list : {declared, StringRef("ad.header_declarations")})
    if (Attribute texts = module->getAttr(list))
      texts.walk([&](StringAttr text) {
        collectIdentifiers(text, reservedGenerated);
      });
}

/// Builds the tree of `f` from its prepared copy.
static void buildTree(EmittedFunction &f, const Callees &callees) {
  func::FuncOp copy = *f.prepared;
  f.cxx = std::make_unique<CxxFunction>();
  StructuredLiveness liveness(copy);
  VariablePlan plan = assignVariables(copy, *f.cxx, liveness, callees);
  chooseInlining(copy, *f.cxx, liveness, plan);
  CallSite site{callees, f};
  StmtBuilder(*f.cxx, plan, site).build(copy);

  tidyBranches(*f.cxx);
  removeDeadStores(*f.cxx);
  tidyBranches(*f.cxx);
  tidyExits(*f.cxx);
  tidyBranches(*f.cxx, /*hoistsVariables=*/true);
  tidyCalls(*f.cxx);
  tidyTapes(*f.cxx);
  tidyLoops(*f.cxx);
  placeDeclarations(*f.cxx);
}

/// Whether comments that quote statements tell anything apart.
static bool hasSeveralStatements(const EmittedFunction &f) {
  llvm::DenseSet<unsigned> ids;
  func::FuncOp func = f.func;
  func.getBody().walk([&](Operation *op) {
    if (StmtAttr stmt = getStmt(op->getLoc()))
      ids.insert(stmt.getId());
  });
  return ids.size() > 1;
}

static void nameVariables(ModuleOp module, EmittedFunction &f) {
  llvm::StringSet<> reserved, reservedGenerated;
  collectReserved(module, f, reserved, reservedGenerated);
  bool isForward = f.isForward || f.func->hasAttr("ad.forward_sweep");
  chooseNames(*f.cxx, reserved, reservedGenerated, isForward);
  if (!f.isLocal || hasSeveralStatements(f))
    chooseComments(*f.cxx, isForward);
  nameParameters(f);
}

/// Prepares a copy of `func`; everything after works on that, and the module
/// stays as it is.
static LogicalResult addFunction(ModuleOp module, func::FuncOp func,
                                 std::vector<EmittedFunction> &functions) {
  if (failed(check(func)))
    return failure();
  EmittedFunction f;
  f.func = func;
  f.isForward = stringOf(func, "ad.derivative") == "forward";
  f.isLocal = isLocalFunction(func);
  f.prepared = func.clone();
  prepareForEmission(*f.prepared, module);
  functions.push_back(std::move(f));
  return success();
}

/// The functions asked for, then the local ones that they call, directly or
/// not.
static LogicalResult collectFunctions(ModuleOp module,
                                      std::vector<EmittedFunction> &functions) {
  llvm::DenseSet<Operation *> seen;
  for (auto func : module.getOps<func::FuncOp>())
    if (func->hasAttr("ad.derivative") && !func.isDeclaration() &&
        !isLocalFunction(func)) {
      seen.insert(func);
      if (failed(addFunction(module, func, functions)))
        return failure();
    }
  for (size_t i = 0; i < functions.size(); ++i) {
    SmallVector<CallOp> calls;
    functions[i].prepared->walk([&](CallOp call) { calls.push_back(call); });
    for (CallOp call : calls) {
      auto callee = module.lookupSymbol<func::FuncOp>(call.getCallee());
      if (!callee || callee.getNumArguments() != call.getArgs().size()) {
        call.emitError("the call has no function of the module to go to");
        return failure();
      }
      if (isPrinted(callee) && seen.insert(callee).second &&
          failed(addFunction(module, callee, functions)))
        return failure();
    }
  }
  return success();
}

FailureOr<EmittedCode> adgen::emitCode(ModuleOp module,
                                       const EmitOptions &options) {
  OwningOpRef<ModuleOp> named;
  if (hasFrames(module)) {
    named = module.clone();
    module = *named;
    nameFrames(module);
  }
  std::vector<EmittedFunction> functions;
  if (failed(collectFunctions(module, functions)))
    return failure();
  chooseSignatures(module, functions);
  Callees callees(module, functions);
  for (EmittedFunction &f : functions)
    buildTree(f, callees);
  orderFunctions(functions, options.singleUnit);
  for (EmittedFunction &f : functions)
    nameVariables(module, f);
  clang::format::FormatStyle style = findStyle(options.formatPath);
  EmittedCode code = printFiles(module, functions, options, style);
  if (!code.header.empty())
    code.header = layOut(code.header, style);
  code.source = layOut(code.source, style);
  return code;
}
