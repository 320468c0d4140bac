//===- LowerAllocations.cpp - Arrays of the function's own ----------------===//
//
//   double *w = new double[n];   ad.variable of type std::unique_ptr<double[]>
//   …
//   delete[] w;                  nothing: the array ends with its block
//
// A reversed function reads what the function has deleted, and deletes what the
// function made. So the array belongs to the block in which its pointer is declared;
// for a pointer that changes it has a name of its own. `malloc`, `calloc` and `free`
// are the same.
//
//===----------------------------------------------------------------------===//
#include "Classes.h"
#include "Lowering.h"
#include "Queries.h"
#include "Requests.h"

#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

namespace {
/// What makes an array.
struct Allocation {
  const clang::Expr *size;
  bool isInBytes;
  bool isZeroed;
};
} // namespace

/// The name of a function of the C library, also in std.
static llvm::StringRef nameOfLibraryCall(const CallExpr &e, const SourceManager &sources) {
  const FunctionDecl *callee = e.getDirectCallee();
  bool isLibrary = callee && callee->getIdentifier() &&
                   sources.isInSystemHeader(sources.getExpansionLoc(callee->getLocation()));
  return isLibrary ? callee->getName() : "";
}

static const clang::Expr *stripCasts(const clang::Expr *e) {
  while (true) {
    e = e->IgnoreParens();
    if (const auto *cast = dyn_cast<CastExpr>(e))
      e = cast->getSubExpr();
    else if (const auto *full = dyn_cast<FullExpr>(e))
      e = full->getSubExpr();
    else
      return e;
  }
}

/// Nothing for what makes no array, or gives its elements values.
static std::optional<Allocation> findAllocation(const clang::Expr *init, QualType element,
                                                const ASTContext &ast) {
  init = stripCasts(init);
  if (const auto *made = dyn_cast<CXXNewExpr>(init)) {
    const clang::Expr *given = made->getInitializer();
    const auto *list = dyn_cast_or_null<InitListExpr>(given);
    const auto *constructed = dyn_cast_or_null<CXXConstructExpr>(given);
    bool isEmpty = !given || isa<ImplicitValueInitExpr>(given) ||
                   (list && list->getNumInits() == 0) ||
                   (constructed && constructed->getNumArgs() == 0);
    bool isPlain = made->isArray() && made->getArraySize() &&
                   made->getNumPlacementArgs() == 0 && isEmpty &&
                   ast.hasSameUnqualifiedType(made->getAllocatedType(), element);
    if (!isPlain)
      return {};
    return Allocation{*made->getArraySize(), false,
                      made->getInitializationStyle() != CXXNewInitializationStyle::None};
  }
  const auto *call = dyn_cast<CallExpr>(init);
  llvm::StringRef name = call ? nameOfLibraryCall(*call, ast.getSourceManager()) : "";
  if (name == "malloc" && call->getNumArgs() == 1)
    return Allocation{call->getArg(0), true, false};
  if (name != "calloc" || call->getNumArgs() != 2)
    return {};
  // calloc(n, sizeof(double))
  clang::Expr::EvalResult size;
  bool isOfElements = call->getArg(1)->EvaluateAsInt(size, ast) &&
                      size.Val.getInt() == ast.getTypeSizeInChars(element).getQuantity();
  if (!isOfElements)
    return {};
  return Allocation{call->getArg(0), false, true};
}

std::optional<Value> FunctionLowering::lowerAllocation(const VarDecl &variable,
                                                       bool isChanged) {
  const clang::Expr *init = variable.getInit();
  QualType element = getPointee(variable.getType()).getUnqualifiedType();
  bool isPointer = init && variable.getType()->isPointerType();
  auto allocation = isPointer ? findAllocation(init, element, ast) : std::nullopt;
  if (!allocation)
    return {};
  // Whoever gets the pointer would have to know that the array ends here.
  bool isKept = returnsPlace() || sharingOf(element) != Sharing::None;
  bool isSimple = mapType(element) || (isCopyable(element) && !getContainer(element) &&
                                       getPlainClass(element) && isZeroByDefault(element));
  if (isKept || !isSimple || !lowerContent(element, init->getExprLoc()))
    return refuseExpression(*stripCasts(init));
  Value count = allocation->isInBytes ? lowerBytes(*allocation->size, element)
                                      : lowerCount(*allocation->size);
  if (!count)
    return Value();
  std::string type = spelling.type(element);
  std::string array = "(new " + escapeBraces(type) + "[{0}]";
  std::string zero = array + "())";
  LocalAttr local = createLocal(variable);
  std::string name = local.getName().str() + (isChanged ? "_memory" : "");
  std::string owner = "std::unique_ptr<" + type + "[]>";
  local = LocalAttr::get(module.getContext(), isChanged ? nextLocal++ : local.getId(),
                         builder.getStringAttr(name), builder.getStringAttr(owner),
                         /*generated=*/isChanged);
  auto content = ObjectType::get(module.getContext(), owner, isDifferentiable(element));
  mlir::Location loc = at(variable.getLocation());
  VarOp memory = VarOp::create(builder, loc, placeOf(content), local, count,
                               builder.getStringAttr(allocation->isZeroed ? zero : array + ")"),
                               builder.getStringAttr(zero));
  // Which no pointer may outlive (CheckAllocations).
  memory->setAttr("allocated", builder.getUnitAttr());
  return createAccess("{0}.get()", memory, {}, mapContent(element), loc, "pointer");
}

std::optional<mlir::LogicalResult>
FunctionLowering::lowerDeallocation(const clang::Expr &e) {
  const auto *call = dyn_cast<CallExpr>(&e);
  const auto *deleted = dyn_cast<CXXDeleteExpr>(&e);
  bool isFree = call && call->getNumArgs() == 1 && nameOfLibraryCall(*call, sources) == "free";
  if (!deleted && !isFree)
    return {};
  const clang::Expr *pointer = stripCasts(deleted ? deleted->getArgument() : call->getArg(0));
  const auto *reference = dyn_cast<DeclRefExpr>(pointer);
  const auto *variable = reference ? dyn_cast<VarDecl>(reference->getDecl()) : nullptr;
  bool isOwn = variable && variable->isLocalVarDecl() && variable->getInit() &&
               (isFree || deleted->isArrayForm()) &&
               findAllocation(variable->getInit(), getPointee(variable->getType()), ast);
  return isOwn ? mlir::success()
               : refuse(Diag::Allocation, e.getExprLoc(), {deleted ? "delete" : "free"},
                        e.getSourceRange());
}
