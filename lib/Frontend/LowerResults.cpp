//===- LowerResults.cpp - What functions return ---------------------------===//
//
//   double f(…)       ad.return %value
//   Vec3 f(…)         ad.return %place, an object of the function's own
//   double &f(…)      ad.return %place, within an object of the caller's
//
// An object is made where it stays: it is the local variable that every
// `return` names, or a variable `result`. The caller's name for it takes that
// one's place when the call is replaced by the body (InlineCalls).
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"
#include "Requests.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

bool FunctionLowering::returnsObject() {
  QualType type = function.getReturnType();
  return type->isRecordType() && !isView(type) && getPointee(type).isNull() &&
         !isEmptyClass(type) && mapContent(type);
}

bool FunctionLowering::returnsPlace() {
  QualType target = getTarget(function.getReturnType());
  return !target.isNull() && !findReturnedParameter(function) &&
         mapContent(target);
}

static void collectReturns(const Stmt *s,
                           llvm::SmallVectorImpl<const ReturnStmt *> &returns) {
  if (!s || isa<LambdaExpr>(s))
    return;
  if (const auto *exit = dyn_cast<ReturnStmt>(s))
    returns.push_back(exit);
  for (const Stmt *part : s->children())
    collectReturns(part, returns);
}

/// The variable of the function that `exit` returns, as it is declared; null if
/// it returns something else.
static const VarDecl *findReturnedVariable(const ReturnStmt &exit) {
  const clang::Expr *e = exit.getRetValue();
  if (!e)
    return nullptr;
  e = stripWrappers(e);
  if (const auto *made = dyn_cast<CXXConstructExpr>(e))
    if (made->getNumArgs() > 0 &&
        made->getConstructor()->isCopyOrMoveConstructor())
      e = stripWrappers(made->getArg(0));
  while (const auto *cast = dyn_cast<CastExpr>(e)) {
    if (cast->getCastKind() != CK_NoOp)
      break;
    e = stripWrappers(cast->getSubExpr());
  }
  const auto *reference = dyn_cast<DeclRefExpr>(e);
  const auto *variable =
      reference ? dyn_cast<VarDecl>(reference->getDecl()) : nullptr;
  bool isOwn = variable && variable->hasLocalStorage() &&
               !variable->getType()->isReferenceType() &&
               !variable->getType().isConstQualified();
  return isOwn ? variable : nullptr;
}

/// Whether `variable` is declared in the outermost block of `body`.
static bool isDeclaredAtTop(const VarDecl &variable, const Stmt &body) {
  return llvm::any_of(body.children(), [&](const Stmt *s) {
    const auto *declaration = dyn_cast_or_null<DeclStmt>(s);
    return declaration && llvm::is_contained(declaration->decls(), &variable);
  });
}

mlir::LogicalResult FunctionLowering::prepareResult() {
  if (!returnsObject())
    return mlir::success();
  llvm::SmallVector<const ReturnStmt *> returns;
  collectReturns(function.getBody(), returns);
  const VarDecl *variable =
      returns.empty() ? nullptr : findReturnedVariable(*returns.front());
  bool isOne = variable && llvm::all_of(returns, [&](const ReturnStmt *exit) {
                 return findReturnedVariable(*exit) == variable;
               });
  // A parameter by value may stand for an object of the caller's.
  if (isOne && isa<ParmVarDecl>(variable))
    isOne = !chain && assigned.contains(variable);
  else if (isOne)
    isOne = isDeclaredAtTop(*variable, *function.getBody());
  if (isOne) {
    returnedVariable = variable;
    return mlir::success();
  }
  if (returns.size() == 1)
    return mlir::success();
  QualType type = function.getReturnType().getUnqualifiedType();
  if (!isCopyable(type))
    return refuseType(type, function.getLocation(),
                      function.getReturnTypeSourceRange());
  VarOp object =
      VarOp::create(builder, position(function.getLocation()),
                    placeOf(mapContent(type)), createResultLocal(),
                    mlir::ValueRange(), mlir::StringAttr(), mlir::StringAttr());
  result = object;
  if (std::string zero = spellZero(type); !zero.empty())
    object.setZeroInit(" = " + zero);
  if (auto shape = describeShape(type); shape && *shape)
    object->setAttr("ad.shape", *shape);
  describeShadow(object, type);
  return mlir::success();
}

LocalAttr FunctionLowering::createResultLocal() {
  return LocalAttr::get(module.getContext(), nextLocal++,
                        builder.getStringAttr("result"),
                        builder.getStringAttr(spelling.type(
                            function.getReturnType().getUnqualifiedType())),
                        /*generated=*/true);
}

/// The place of the object that is returned, in its final state.
Value FunctionLowering::lowerReturnedObject(const clang::Expr &e) {
  if (returnedVariable) {
    Glvalue object = variables.lookup(returnedVariable).object;
    return object.place ? object.place : refuseExpression(e);
  }
  if (result)
    return succeeded(storeInit(&e, result)) ? result : Value();
  // The only one. Made within a block, it would be gone behind it.
  if (builder.getInsertionBlock() != &func.front()) {
    (void)refuseType(e.getType(), e.getExprLoc(), e.getSourceRange());
    return {};
  }
  return lowerTemporary(&e, createResultLocal());
}

mlir::LogicalResult FunctionLowering::lowerReturn(const ReturnStmt &s) {
  StatementScope scope(*this, &s,
                       [&] { return quoteSource(ast, s.getSourceRange()); });
  llvm::SmallVector<Value, 1> values;
  if (const clang::Expr *e = s.getRetValue()) {
    QualType type = function.getReturnType();
    if (returnsObject()) {
      values.push_back(lowerReturnedObject(*e));
    } else if (returnsPlace()) {
      if (type->isReferenceType()) {
        Glvalue object = lowerGlvalue(e);
        values.push_back(object ? takePlace(object, *e) : Value());
      } else {
        values.push_back(lowerPointerValue(e, Diag::StoredNull));
      }
    } else if (e->getType()->isVoidType() || type->isReferenceType()) {
      if (failed(lowerDiscarded(e)))
        return mlir::failure();
    } else {
      values.push_back(lowerValue(e));
    }
    if (!values.empty() && !values.back())
      return mlir::failure();
  }
  ReturnOp::create(builder, at(s.getReturnLoc()), values);
  reachable = false;
  return mlir::success();
}

/// Leaves the function with a result that nobody sees.
void FunctionLowering::leave(SourceLocation loc) {
  llvm::SmallVector<Value> values;
  for (mlir::Type type : func.getResultTypes())
    values.push_back(UndefOp::create(builder, at(loc), type));
  ReturnOp::create(builder, at(loc), values);
  reachable = false;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

bool FunctionLowering::isObjectCall(const CallExpr &e) {
  QualType type = e.getType();
  if (!e.isPRValue() || !type->isRecordType() || isView(type) ||
      !getPointee(type).isNull() || isEmptyClass(type))
    return false;
  const FunctionDecl *callee = findUserCallee(e);
  return callee && callee->hasBody();
}

Value FunctionLowering::lowerObjectCall(const CallExpr &e, LocalAttr local) {
  if (!lowerContent(e.getType(), e.getExprLoc()))
    return {};
  Value place;
  if (failed(lowerUserCall(e, *findUserCallee(e), place, nullptr, local)))
    return {};
  return place;
}
