//===- Emitter.cpp - Value form → C++ -------------------------------------===//
//
// A derivative at a time: prepare a copy of the IR, assign variables, choose
// what is printed in place, build the tree, tidy it, choose names and comments.
// Then the files around them.
//
//===----------------------------------------------------------------------===//
#include "adgen/Emitter/Emitter.h"
#include "BuildStmt.h"
#include "Emitted.h"
#include "PrepareForEmission.h"
#include "Print.h"
#include "TidyStatements.h"

#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

/// Whether the emitter knows everything in `func`.
static LogicalResult check(func::FuncOp func) {
  WalkResult result = func.walk([](Operation *op) -> WalkResult {
    bool isMemory = isa<VarOp, LoadOp, StoreOp, BreakOp, ContinueOp>(op);
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
  for (StringRef list : {"ad.declarations", "ad.header_declarations"})
    if (auto texts = module->getAttrOfType<ArrayAttr>(list))
      for (Attribute text : texts)
        collectIdentifiers(cast<StringAttr>(text), reservedGenerated);
}

static void buildBody(ModuleOp module, EmittedFunction &f) {
  // Everything below works on a copy; the module stays as it is.
  func::FuncOp copy = f.func.clone();
  prepareForEmission(copy);
  f.cxx = std::make_unique<CxxFunction>();
  StructuredLiveness liveness(copy);
  VariablePlan plan = assignVariables(copy, *f.cxx, liveness);
  chooseInlining(copy, *f.cxx, liveness, plan);
  StmtBuilder(*f.cxx, plan, !f.structName.empty()).build(copy);

  tidyBranches(*f.cxx);
  removeDeadStores(*f.cxx);
  tidyBranches(*f.cxx);
  tidyExits(*f.cxx);
  tidyLoops(*f.cxx);
  placeDeclarations(*f.cxx);

  llvm::StringSet<> reserved, reservedGenerated;
  collectReserved(module, f, reserved, reservedGenerated);
  chooseNames(*f.cxx, reserved, reservedGenerated, f.isForward);
  chooseComments(*f.cxx, f.isForward);
  nameParameters(f);
  copy.erase();
}

FailureOr<EmittedCode> adgen::emitCode(ModuleOp module,
                                       const EmitOptions &options) {
  std::vector<EmittedFunction> functions;
  llvm::StringSet<> structs;
  if (auto taken = module->getAttrOfType<ArrayAttr>("ad.taken_names"))
    for (StringRef name : taken.getAsValueRange<StringAttr>())
      structs.insert(name);
  for (auto func : module.getOps<func::FuncOp>()) {
    if (!func->hasAttr("ad.derivative"))
      continue;
    if (failed(check(func)))
      return failure();
    functions.push_back(describeSignature(func, structs));
    buildBody(module, functions.back());
  }
  clang::format::FormatStyle style = findStyle(options.formatPath);
  EmittedCode code = printFiles(module, functions, options, style);
  if (!code.header.empty())
    code.header = layOut(code.header, style);
  code.source = layOut(code.source, style);
  return code;
}
