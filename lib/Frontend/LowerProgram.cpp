//===- LowerProgram.cpp - The functions of a module -----------------------===//
//
// A function that is called is declared at the first call with a pattern of its
// arguments, and lowered after the function that calls it: so functions may call
// each other in any way. One that no derivative can flow through is only
// declared: the output calls the user's.
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"
#include "Lowering.h"
#include "Requests.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using namespace adgen;

LoweringContext::LoweringContext(ASTContext &ast, mlir::ModuleOp module,
                                 SourceNeeds &needs)
    : ast(ast), module(module), needs(needs),
      variants(std::make_unique<FunctionVariants>(ast)) {}

LoweringContext::~LoweringContext() = default;

/// Lowers the bodies of the functions that were declared, and of those that
/// these call.
static mlir::LogicalResult lowerPending(LoweringContext &context) {
  auto &pending = context.variants->pending;
  bool succeeded = true;
  for (size_t i = 0; i < pending.size(); ++i) {
    std::unique_ptr<FunctionLowering> next = std::move(pending[i]);
    if (mlir::failed(next->lowerBody())) {
      next->noteChain();
      succeeded = false;
      break;
    }
  }
  pending.clear();
  return mlir::success(succeeded);
}

mlir::FailureOr<mlir::func::FuncOp>
adgen::lowerFunction(const FunctionDecl &function, LoweringContext &context) {
  const FunctionDecl *definition = nullptr;
  if (!function.hasBody(definition) || definition->isDependentContext()) {
    report(context.ast, function.getLocation(), Diag::NoDefinition,
           {function.getQualifiedNameAsString()});
    return mlir::failure();
  }
  PointerUses &pointers = context.variants->pointers;
  pointers.add(*definition);
  Pattern pattern = bindRequested(*definition, pointers, context.ast);
  const FunctionDecl *canonical = definition->getCanonicalDecl();
  mlir::func::FuncOp &known = context.variants->known[{canonical, pattern}];
  if (known)
    return known;
  auto lowering = std::make_unique<FunctionLowering>(*definition, pattern,
                                                     context, nullptr);
  mlir::FailureOr<mlir::func::FuncOp> declared = lowering->declare();
  if (failed(declared))
    return mlir::failure();
  known = *declared;
  context.functions[canonical].push_back(known);
  context.variants->pending.push_back(std::move(lowering));
  if (failed(lowerPending(context)))
    return mlir::failure();
  return *declared;
}

mlir::FailureOr<mlir::func::FuncOp>
FunctionLowering::findCallee(const FunctionDecl &callee, Pattern bindings,
                             SourceLocation loc) {
  const FunctionDecl *canonical = callee.getCanonicalDecl();
  mlir::func::FuncOp &known = context.variants->known[{canonical, bindings}];
  if (!known) {
    auto link = std::make_shared<CallChain>(
        CallChain{&callee, &function, loc, chain});
    auto lowering = std::make_unique<FunctionLowering>(callee, bindings,
                                                       context, link);
    mlir::FailureOr<mlir::func::FuncOp> declared = lowering->declare();
    if (failed(declared)) {
      lowering->noteChain();
      // The calls that led here are noted only once.
      chain = nullptr;
      return mlir::failure();
    }
    known = *declared;
    context.functions[canonical].push_back(known);
    if (lowering->isOpaque())
      lowering->describeOpaque();
    else
      context.variants->pending.push_back(std::move(lowering));
  }
  if (!known->hasAttr("ad.spelling") && !known->hasAttr("ad.call_format"))
    spellCall(known, callee, bindings);
  return known;
}

bool FunctionLowering::hasRule(const FunctionDecl &callee) const {
  return context.functionsWithRules &&
         context.functionsWithRules->contains(callee.getCanonicalDecl());
}

/// Whether no derivative can flow through the function, as it neither returns
/// nor writes anything for its caller but integers.
bool FunctionLowering::carriesNothing() {
  // What works on memory is put in place of its call (InlineCalls).
  auto isOnlyRead = [&](unsigned i) {
    return pattern[i].kind == Binding::Value;
  };
  // What objects and places carry, their types do not say.
  return !function.getReturnType()->isRealFloatingType() && !returnsObject() &&
         !returnsPlace() && !getObjectClass(function) &&
         llvm::all_of(llvm::seq<unsigned>(0, pattern.size()), isOnlyRead) &&
         isNameable(function);
}

bool FunctionLowering::isOpaque() {
  const FunctionDecl *definition = nullptr;
  return hasRule(function) || isMarkedInactive(*function.getMostRecentDecl()) ||
         !function.hasBody(definition) || (chain && carriesNothing());
}

namespace {
/// Looks for what makes two calls with the same arguments differ, or be seen.
class EffectFinder : public RecursiveASTVisitor<EffectFinder> {
public:
  explicit EffectFinder(ASTContext &ast) : ast(ast) {}

  bool found = false;

  bool visit(const FunctionDecl &function) {
    const FunctionDecl *definition = nullptr;
    if (!function.hasBody(definition)) {
      unsigned builtin = function.getBuiltinID();
      found |= !function.hasAttr<ConstAttr>() && !function.hasAttr<PureAttr>() &&
               !(builtin &&
                 (ast.BuiltinInfo.isConst(builtin) ||
                  ast.BuiltinInfo.isConstWithoutErrnoAndExceptions(builtin)));
    } else if (seen.insert(definition).second) {
      TraverseStmt(definition->getBody());
    }
    return !found;
  }

  bool VisitDeclRefExpr(DeclRefExpr *e) {
    if (const auto *variable = dyn_cast<VarDecl>(e->getDecl()))
      found |= variable->hasGlobalStorage() &&
               !variable->getType().isConstant(ast) &&
               !variable->isConstexpr();
    if (const auto *callee = dyn_cast<FunctionDecl>(e->getDecl()))
      return visit(*callee);
    return !found;
  }
  bool VisitCallExpr(CallExpr *e) {
    const FunctionDecl *callee = e->getDirectCallee();
    found |= !callee;
    return callee ? visit(*callee) : false;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *e) {
    return visit(*e->getConstructor());
  }
  bool VisitExpr(clang::Expr *e) {
    found |= isa<CXXThrowExpr, CXXNewExpr, CXXDeleteExpr, AtomicExpr>(e) ||
             e->getType().isVolatileQualified();
    return !found;
  }
  bool VisitAsmStmt(AsmStmt *) {
    found = true;
    return false;
  }

private:
  ASTContext &ast;
  llvm::SmallPtrSet<const FunctionDecl *, 8> seen;
};
} // namespace

/// A function that is only declared carries no derivative, unless it has a rule
/// of its own. Whether it does something else, too, its body tells, if there is
/// one.
void FunctionLowering::describeOpaque() {
  func.setPrivate();
  if (hasRule(function))
    return;
  func->setAttr("ad.inactive", builder.getUnitAttr());
  EffectFinder effects(ast);
  if (!effects.visit(function))
    func->setAttr("ad.effects", builder.getUnitAttr());
  if (function.hasAttr<WarnUnusedResultAttr>() ||
      function.hasAttr<PureAttr>() || function.hasAttr<ConstAttr>())
    func->setAttr("ad.nodiscard", builder.getUnitAttr());
}

void FunctionLowering::noteChain() {
  for (const CallChain *link = chain.get(); link; link = link->outer.get())
    note(ast, link->loc,
         "in the call of '" + displayName(*link->callee, *context.variants) +
             "' from '" + displayName(*link->caller, *context.variants) + "'");
}

void adgen::markEffects(mlir::ModuleOp module) {
  mlir::UnitAttr unit = mlir::UnitAttr::get(module.getContext());
  auto hasEffects = [&](mlir::StringAttr symbol) {
    mlir::Operation *callee = module.lookupSymbol(symbol);
    return callee && callee->hasAttr("ad.effects");
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (auto function : module.getOps<mlir::func::FuncOp>()) {
      if (function->hasAttr("ad.effects"))
        continue;
      mlir::WalkResult found = function.walk([&](mlir::Operation *op) {
        auto call = dyn_cast<CallOp>(op);
        bool isEffect = isa<StatementOp>(op) ||
                        (call && hasEffects(call.getCalleeAttr().getAttr()));
        return isEffect ? mlir::WalkResult::interrupt()
                        : mlir::WalkResult::advance();
      });
      if (!found.wasInterrupted())
        continue;
      function->setAttr("ad.effects", unit);
      changed = true;
    }
  }
  module.walk([&](CallOp call) {
    if (hasEffects(call.getCalleeAttr().getAttr()))
      call.setEffects(true);
  });
}
