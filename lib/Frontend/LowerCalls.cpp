//===- LowerCalls.cpp - Calls of library functions ------------------------===//
//
// The one place that knows functions by their names: those with a row in the
// table of rules, tests of reals, and the few on integers that become
// operators. Every other call is refused unless it is a constant.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using namespace adgen;
using llvm::StringRef;
using mlir::Location;
using mlir::Value;

/// The name of a function of the standard library or a compiler's builtin,
/// without `std::` and `__builtin_`; empty for the user's own.
static StringRef getLibraryName(const FunctionDecl &callee,
                                const SourceManager &sources) {
  if (!callee.getDeclName().isIdentifier() || isa<CXXMethodDecl>(callee))
    return "";
  bool isGlobal =
      callee.getDeclContext()->getRedeclContext()->isTranslationUnit();
  bool isLibrary =
      callee.isInStdNamespace() ||
      (isGlobal && (callee.getBuiltinID() != 0 ||
                    sources.isInSystemHeader(
                        sources.getExpansionLoc(callee.getLocation()))));
  if (!isLibrary)
    return "";
  StringRef name = callee.getName();
  name.consume_front("__builtin_");
  return name;
}

/// The type that a `f` or `l` at the end of a function's name stands for.
static bool hasSuffix(StringRef name, const FunctionDecl &callee) {
  if (callee.getNumParams() == 0)
    return false;
  // The real parameter may come behind an integer one.
  auto hasReal = [&](BuiltinType::Kind kind) {
    return llvm::any_of(callee.parameters(), [&](const ParmVarDecl *p) {
      return p->getType()->isSpecificBuiltinType(kind);
    });
  };
  return (name.ends_with("f") && hasReal(BuiltinType::Float)) ||
         (name.ends_with("l") && hasReal(BuiltinType::LongDouble));
}

Value FunctionLowering::lowerCall(const CallExpr &e) {
  if (isQueryCall(e))
    return lowerContainerCall(e);
  if (isAlgorithm(e))
    return lowerAlgorithm(e);
  if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(&e))
    if (std::optional<Value> value = lowerIteratorValue(*operation))
      return *value;
  const FunctionDecl *callee = e.getDirectCallee();
  if (!callee)
    callee = findFunction(e.getCallee());
  StringRef name = callee ? getLibraryName(*callee, sources) : "";
  if (callee && hasRule(*callee))
    name = "";
  if (!name.empty()) {
    StringRef stem = hasSuffix(name, *callee) ? name.drop_back() : name;
    Value result;
    if (std::optional<mlir::LogicalResult> lowered =
            lowerVariableCall(e, *callee, stem, result)) {
      if (succeeded(*lowered) && !result)
        return refuseCall(e);
      return result;
    }
    bool isRealCall = e.getType()->isRealFloatingType() && mapType(e.getType());
    if (isRealCall)
      for (StringRef candidate : {name, stem})
        if (const FunctionRow *row = lookupFunction(candidate, e.getNumArgs()))
          return lowerTableCall(e, *row);
    for (StringRef candidate : {name, stem})
      if (isTest(candidate) && e.getNumArgs() <= 2)
        return lowerTest(e, candidate);
    if (isComparing(name, e))
      return lowerComparing(e, name);
    // A hint for the compiler.
    if (name == "expect" && callee->getBuiltinID() != 0 &&
        e.getArg(1)->isEvaluatable(ast))
      return lowerValue(e.getArg(0));
  }
  if (const FunctionDecl *known = findUserCallee(e)) {
    bool isConstant = known->isConstexpr() && mapType(e.getType()) &&
                      e.isCXX11ConstantExpr(ast);
    if (!isConstant) {
      Value result;
      (void)lowerUserCall(e, *known, result);
      return result;
    }
  }
  return lowerConstantCall(e);
}

mlir::LogicalResult FunctionLowering::lowerDiscardedCall(const CallExpr &e) {
  if (const clang::Expr *forwarded = findForwarded(e))
    return lowerDiscarded(forwarded);
  if (isTupleAssignment(e))
    return lowerTupleAssignment(cast<CXXOperatorCallExpr>(e));
  if (isAlgorithm(e))
    return mlir::success(bool(lowerAlgorithm(e)));
  Value result;
  const FunctionDecl *callee = e.getDirectCallee();
  if (!callee)
    callee = findFunction(e.getCallee());
  if (StringRef name = callee ? getLibraryName(*callee, sources) : "";
      !name.empty() && !hasRule(*callee))
    if (std::optional<mlir::LogicalResult> lowered = lowerVariableCall(
            e, *callee, hasSuffix(name, *callee) ? name.drop_back() : name,
            result))
      return *lowered;
  if (const FunctionDecl *known = findUserCallee(e))
    return lowerUserCall(e, *known, result);
  return mlir::success(bool(lowerCall(e)));
}

const clang::Expr *FunctionLowering::findForwarded(const CallExpr &e) {
  const FunctionDecl *callee = e.getDirectCallee();
  if (!callee || !callee->isInStdNamespace() || e.getNumArgs() != 1 ||
      !callee->getIdentifier())
    return nullptr;
  StringRef name = callee->getName();
  bool isIdentity = name == "move" || name == "forward" || name == "as_const";
  return isIdentity ? e.getArg(0) : nullptr;
}

bool FunctionLowering::lowerArguments(
    llvm::ArrayRef<const clang::Expr *> written,
    llvm::SmallVectorImpl<Value> &values) {
  llvm::SmallVector<Glvalue> arguments;
  const clang::Expr *snapshot = nullptr;
  for (const clang::Expr *argument : written) {
    // The variable that a call or `?:` chose was read at once, and must not
    // change before this call reads it.
    if (snapshot && mayAssign(*argument)) {
      (void)refuse(Diag::ArgumentOrder, snapshot->getExprLoc(), {},
                   snapshot->getSourceRange());
      return false;
    }
    Glvalue glvalue = argument->isGLValue() ? lowerGlvalue(argument)
                                            : Glvalue{{}, lowerValue(argument)};
    if (!glvalue)
      return false;
    const clang::Expr *chosen = argument->IgnoreParenNoopCasts(ast);
    if (chosen->isGLValue() && isa<CallExpr, ConditionalOperator>(chosen))
      snapshot = argument;
    arguments.push_back(glvalue);
  }
  // Arguments that are passed by reference are read by the callee.
  for (auto [glvalue, argument] : llvm::zip_equal(arguments, written))
    values.push_back(load(glvalue, argument->getExprLoc()));
  return true;
}

static unsigned getRank(mlir::Type real) {
  return real.getIntOrFloatBitWidth();
}

Value FunctionLowering::lowerTableCall(const CallExpr &e,
                                       const FunctionRow &row) {
  mlir::Type type = mapType(e.getType());
  llvm::SmallVector<Value> values;
  if (!lowerArguments({e.getArgs(), e.getNumArgs()}, values))
    return {};
  Location loc = at(e.getExprLoc());
  for (auto [kind, value] : llvm::zip_equal(row.kinds, values)) {
    mlir::Type actual = value.getType();
    if (kind == 'i') {
      if (!isa<IntType>(actual))
        return refuseCall(e);
      continue;
    }
    if (kind == 'l') {
      value = convert(value, builder.getF80Type(), loc);
      continue;
    }
    // An argument that is wider than the result would have a meaning of its
    // own.
    if (isReal(actual) && getRank(actual) > getRank(type))
      return refuseCall(e);
    value = convert(value, type, loc);
  }
  return row.build(builder, loc, values);
}

/// A function of reals whose result is a bool or an integer.
static bool isBoolTest(StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases({"isnan", "isinf", "isfinite", "isnormal", "signbit"}, true)
      .Cases({"isgreater", "isgreaterequal", "isless", "islessequal"}, true)
      .Cases({"islessgreater", "isunordered"}, true)
      .Default(false);
}
bool FunctionLowering::isTest(StringRef name) {
  return isBoolTest(name) ||
         llvm::StringSwitch<bool>(name)
             .Cases({"lround", "llround", "lrint", "llrint"}, true)
             .Cases({"ilogb", "fpclassify"}, true)
             .Default(false);
}

Value FunctionLowering::lowerTest(const CallExpr &e, StringRef name) {
  mlir::Type type = lowerType(e.getType(), e.getExprLoc());
  llvm::SmallVector<Value> values;
  if (!type || !lowerArguments({e.getArgs(), e.getNumArgs()}, values))
    return {};
  Location loc = at(e.getExprLoc());
  // Integers count as doubles.
  mlir::Type real;
  for (Value value : values) {
    mlir::Type own =
        isReal(value.getType()) ? value.getType() : builder.getF64Type();
    if (!real || getRank(own) > getRank(real))
      real = own;
  }
  for (Value &value : values)
    value = convert(value, real, loc);
  // As a builtin, a test has the type int.
  mlir::Type result = isBoolTest(name) ? builder.getI1Type() : type;
  Value test =
      TestOp::create(builder, loc, result, ("std::" + name).str(), values);
  return convert(test, type, loc);
}

/// The elements of `std::max({a, b, c})`; null for another call.
static const InitListExpr *getComparedList(const CallExpr &e) {
  if (e.getNumArgs() != 1)
    return nullptr;
  const clang::Expr *argument = stripWrappers(e.getArg(0));
  const auto *braces = dyn_cast<CXXStdInitializerListExpr>(argument);
  return braces ? dyn_cast<InitListExpr>(stripWrappers(braces->getSubExpr()))
                : nullptr;
}

/// Whether the call is one that comparisons can express.
bool FunctionLowering::isComparing(StringRef name, const CallExpr &e) {
  QualType type = e.getType();
  if (const InitListExpr *list = getComparedList(e))
    return mapType(type) && (name == "min" || name == "max") &&
           list->getNumInits() > 0;
  if (!mapType(type) || llvm::any_of(e.arguments(), [&](const clang::Expr *a) {
        return !ast.hasSameUnqualifiedType(a->getType(), type);
      }))
    return false;
  unsigned arity = e.getNumArgs();
  if (name == "abs" || name == "labs" || name == "llabs")
    return arity == 1 && type->isSignedIntegerType();
  return ((name == "min" || name == "max") && arity == 2) ||
         (name == "clamp" && arity == 3);
}

Value FunctionLowering::lowerComparing(const CallExpr &e, StringRef name) {
  llvm::SmallVector<Value> values;
  const InitListExpr *list = getComparedList(e);
  if (!lowerArguments(list ? list->inits()
                           : llvm::ArrayRef<const clang::Expr *>(
                                 e.getArgs(), e.getNumArgs()),
                      values))
    return {};
  Location loc = at(e.getExprLoc());
  Value x = values[0];
  auto pickIfLess = [&](Value a, Value b, Value yes, Value no) -> Value {
    Value isLess = createBinary(BO_LT, a, b, loc);
    return SelectOp::create(builder, loc, isLess, yes, no);
  };
  // The first of equals.
  if (name == "min" || name == "max") {
    for (Value z : llvm::drop_begin(values))
      x = name == "min" ? pickIfLess(z, x, z, x) : pickIfLess(x, z, z, x);
    return x;
  }
  if (name == "clamp")
    return pickIfLess(x, values[1], values[1],
                      pickIfLess(values[2], x, values[2], x));
  QualType given = e.getArg(0)->IgnoreParenImpCasts()->getType();
  if (given->isUnsignedIntegerType() &&
      ast.getIntWidth(given) < ast.getIntWidth(e.getType()))
    return x;
  Value zero = adgen::createConstant(builder, loc, x.getType(), 0);
  Value negated = NegOp::create(builder, loc, x.getType(), x);
  return pickIfLess(x, zero, negated, x);
}

/// `std::numeric_limits<T>::epsilon()` as the output spells it; empty for any
/// other call.
static std::string spellLimit(const CallExpr &e, const FunctionDecl &callee,
                              Spelling &spelling) {
  const auto *limits =
      dyn_cast<ClassTemplateSpecializationDecl>(callee.getDeclContext());
  if (!limits || !limits->isInStdNamespace() ||
      limits->getName() != "numeric_limits")
    return "";
  QualType type = limits->getTemplateArgs()[0].getAsType();
  // As the user named it, where that can be seen.
  const auto *reference =
      dyn_cast<DeclRefExpr>(e.getCallee()->IgnoreParenImpCasts());
  NestedNameSpecifier qualifier =
      reference ? reference->getQualifier() : std::nullopt;
  if (qualifier && qualifier.getKind() == NestedNameSpecifier::Kind::Type)
    if (const auto *written =
            qualifier.getAsType()->getAs<TemplateSpecializationType>())
      type = written->template_arguments()[0].getAsType();
  return "std::numeric_limits<" + spelling.type(type) +
         ">::" + callee.getNameAsString() + "()";
}

Value FunctionLowering::lowerConstantCall(const CallExpr &e) {
  const FunctionDecl *callee = e.getDirectCallee();
  clang::Expr::EvalResult result;
  mlir::Type type = mapType(e.getType());
  if (!callee || !type || !e.isPRValue() || !e.isCXX11ConstantExpr(ast) ||
      !e.EvaluateAsRValue(result, ast) || result.HasSideEffects)
    return refuseCall(e);
  Value constant = createConstant(result.Val, type, at(e.getExprLoc()),
                                  spellLimit(e, *callee, spelling));
  return constant ? constant : refuseCall(e);
}
