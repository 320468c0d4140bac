//===- LowerSignature.cpp - Signatures ------------------------------------===//
//
// A function is lowered for one pattern of its arguments: which of them are one
// variable, which pointers are null, which functions and stateless objects are
// passed. The pattern decides the types of the arguments in the IR:
//
//   by value; const reference or pointer   the value
//   reference or pointer                   a place, the same for one variable
//   null, function, stateless object       no argument
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"
#include "Lowering.h"
#include "Requests.h"
#include "Signatures.h"

#include "adgen/Dialect/CallLocations.h"

#include "llvm/Support/Path.h"

using namespace clang;
using namespace adgen;

QualType adgen::getReferent(QualType type) {
  QualType canonical = type.getCanonicalType();
  if (canonical.isVolatileQualified() ||
      !(canonical->isReferenceType() || canonical->isPointerType()))
    return {};
  QualType referent = type->getPointeeType();
  bool isScalar = referent->isArithmeticType() || referent->isEnumeralType();
  return isScalar ? referent : QualType();
}

bool adgen::isMemoryParameter(const ParmVarDecl &parameter,
                              const PointerUses &pointers) {
  QualType type = parameter.getType();
  if (getFunctionType(type) || isEmptyClass(type))
    return false;
  if (getTarget(type).isNull())
    return type->isRecordType();
  return getReferent(type).isNull() || pointers.isWalked(parameter);
}

bool adgen::isEmptyClass(QualType type) {
  const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
  bool isEmpty = record && record->hasDefinition() && !record->isUnion() &&
                 record->isEmpty() && record->isTriviallyCopyable() &&
                 (record->isLambda() || record->hasTrivialDefaultConstructor());
  // Its methods may use the state of the class that is derived from it.
  return isEmpty && llvm::none_of(getDerived(*record->getDefinition()), [](QualType derived) {
           return !derived->getAsCXXRecordDecl()->isEmpty();
         });
}

const clang::FunctionType *adgen::getFunctionType(QualType type) {
  QualType inner = type.getNonReferenceType();
  if (inner->isPointerType())
    inner = inner->getPointeeType();
  return inner->getAs<clang::FunctionType>();
}

/// The position of the parameter that an lvalue of the function is, that of its
/// object behind all of them; nothing for another lvalue.
static std::optional<unsigned> findParameter(const FunctionDecl &function,
                                             const clang::Expr *e) {
  // A base of it is another object.
  if (!function.getASTContext().hasSameUnqualifiedType(
          e->getType(), e->IgnoreParenImpCasts()->getType()))
    return {};
  e = e->IgnoreParenImpCasts();
  if (const auto *binary = dyn_cast<BinaryOperator>(e);
      binary && binary->isAssignmentOp())
    return findParameter(function, binary->getLHS());
  if (const auto *unary = dyn_cast<UnaryOperator>(e);
      unary && unary->getOpcode() == UO_Deref &&
      isa<CXXThisExpr>(unary->getSubExpr()->IgnoreParenImpCasts()) &&
      getObjectClass(function))
    return function.getNumParams();
  const auto *reference = dyn_cast<DeclRefExpr>(e);
  const auto *parameter =
      reference ? dyn_cast<ParmVarDecl>(reference->getDecl()) : nullptr;
  // A lambda may return what it captured.
  if (!parameter || !parameter->getType()->isLValueReferenceType() ||
      !llvm::is_contained(function.parameters(), parameter))
    return {};
  return parameter->getFunctionScopeIndex();
}

static bool returnsOnly(const FunctionDecl &function, const Stmt *s,
                        std::optional<unsigned> &found) {
  if (!s || isa<LambdaExpr>(s))
    return true;
  if (const auto *exit = dyn_cast<ReturnStmt>(s)) {
    std::optional<unsigned> parameter =
        exit->getRetValue() ? findParameter(function, exit->getRetValue())
                            : std::nullopt;
    bool isSame = parameter && (!found || found == parameter);
    found = parameter;
    return isSame;
  }
  return llvm::all_of(s->children(), [&](const Stmt *part) {
    return returnsOnly(function, part, found);
  });
}

std::optional<unsigned>
adgen::findReturnedParameter(const FunctionDecl &function) {
  const FunctionDecl *definition = nullptr;
  std::optional<unsigned> found;
  if (!function.getReturnType()->isLValueReferenceType() ||
      !function.hasBody(definition) ||
      !returnsOnly(*definition, definition->getBody(), found))
    return {};
  return found;
}

//===----------------------------------------------------------------------===//
// Functions that were asked for
//===----------------------------------------------------------------------===//

/// One type, but for signs, or one of characters.
bool adgen::mayShareMemory(QualType a, QualType b, const ASTContext &ast) {
  auto strip = [&](QualType type) {
    type = ast.getBaseElementType(type.getCanonicalType()).getUnqualifiedType();
    return type->isSignedIntegerType() && !type->isEnumeralType()
               ? ast.getCorrespondingUnsignedType(type)
               : type;
  };
  llvm::SmallVector<QualType> parts, others;
  collectParts(a, ast, parts, /*isFollowed=*/true);
  collectParts(b, ast, others, /*isFollowed=*/true);
  return llvm::any_of(parts, [&](QualType x) {
    return llvm::any_of(others, [&](QualType z) {
      return strip(x) == strip(z) || x->isCharType() || z->isCharType();
    });
  });
}

Pattern adgen::bindRequested(const FunctionDecl &function,
                             const PointerUses &pointers, ASTContext &ast) {
  Pattern pattern(function.getNumParams());
  for (auto [i, parameter] : llvm::enumerate(function.parameters())) {
    QualType type = parameter->getType();
    QualType referent = getReferent(type);
    if (isMemoryParameter(*parameter, pointers)) {
      pattern[i].kind = Binding::Memory;
      continue;
    }
    if (referent.isNull())
      continue;
    bool inMemory =
        type->isPointerType() && !isCertainlyDereferenced(function, *parameter);
    for (const ParmVarDecl *other : function.parameters()) {
      QualType target = getShared(other->getType());
      if (other == parameter || target.isNull() || type.isRestrictQualified() ||
          other->getType().isRestrictQualified())
        continue;
      bool isWritten =
          !referent.isConstQualified() || isWritable(other->getType());
      inMemory |= isWritten && mayShareMemory(referent, target, ast);
    }
    if (inMemory)
      pattern[i].kind = Binding::Memory;
    else if (!referent.isConstQualified())
      pattern[i] = {Binding::Place, unsigned(i), nullptr};
  }
  return pattern;
}

//===----------------------------------------------------------------------===//
// Pointers that are never null
//===----------------------------------------------------------------------===//

static bool alwaysUses(const Stmt *s, const ParmVarDecl &pointer,
                       unsigned depth);

static bool isParameter(const clang::Expr *e, const ParmVarDecl &pointer) {
  const auto *reference = dyn_cast<DeclRefExpr>(e->IgnoreParenImpCasts());
  return reference && reference->getDecl() == &pointer;
}

/// Whether the function may be left within `s`.
static bool mayLeave(const Stmt *s) {
  if (!s)
    return false;
  if (isa<ReturnStmt, GotoStmt, CXXThrowExpr, BreakStmt, ContinueStmt>(s))
    return true;
  // A failed assertion leaves nothing that anybody could see.
  if (const auto *call = dyn_cast<CallExpr>(s);
      call && !call->getBeginLoc().isMacroID())
    if (const FunctionDecl *callee = call->getDirectCallee();
        !callee || callee->isNoReturn())
      return true;
  return llvm::any_of(s->children(), mayLeave);
}

static bool alwaysUsesOne(const Stmt *s, const ParmVarDecl &pointer,
                          unsigned depth) {
  auto uses = [&](const Stmt *part) {
    return part && alwaysUses(part, pointer, depth);
  };
  if (const auto *unary = dyn_cast<UnaryOperator>(s))
    return (unary->getOpcode() == UO_Deref &&
            isParameter(unary->getSubExpr(), pointer)) ||
           uses(unary->getSubExpr());
  if (const auto *element = dyn_cast<ArraySubscriptExpr>(s))
    return isParameter(element->getBase(), pointer) ||
           uses(element->getBase()) || uses(element->getIdx());
  if (const auto *call = dyn_cast<CallExpr>(s)) {
    const FunctionDecl *callee = call->getDirectCallee();
    const FunctionDecl *definition = nullptr;
    if (callee && depth > 0 && !isa<CXXMethodDecl>(callee) &&
        callee->hasBody(definition))
      for (auto [parameter, argument] :
           llvm::zip(definition->parameters(), call->arguments()))
        if (isParameter(argument, pointer) &&
            alwaysUses(definition->getBody(), *parameter, depth - 1))
          return true;
    return llvm::any_of(call->arguments(), uses);
  }
  if (const auto *binary = dyn_cast<BinaryOperator>(s);
      binary && binary->isLogicalOp())
    return uses(binary->getLHS());
  if (const auto *conditional = dyn_cast<ConditionalOperator>(s))
    return uses(conditional->getCond()) || (uses(conditional->getTrueExpr()) &&
                                            uses(conditional->getFalseExpr()));
  if (const auto *branch = dyn_cast<IfStmt>(s))
    return uses(branch->getInit()) ||
           uses(branch->getConditionVariableDeclStmt()) ||
           uses(branch->getCond()) ||
           (branch->getElse() && uses(branch->getThen()) &&
            uses(branch->getElse()));
  if (const auto *loop = dyn_cast<ForStmt>(s))
    return uses(loop->getInit()) || uses(loop->getCond());
  if (const auto *loop = dyn_cast<WhileStmt>(s))
    return uses(loop->getCond());
  if (const auto *loop = dyn_cast<DoStmt>(s))
    return uses(loop->getBody()) ||
           (!mayLeave(loop->getBody()) && uses(loop->getCond()));
  if (const auto *choice = dyn_cast<SwitchStmt>(s))
    return uses(choice->getInit()) || uses(choice->getCond());
  if (isa<CompoundStmt, DeclStmt, ReturnStmt, AttributedStmt, clang::Expr>(s) &&
      !isa<UnaryExprOrTypeTraitExpr, LambdaExpr, CXXNoexceptExpr>(s)) {
    for (const Stmt *part : s->children()) {
      if (uses(part))
        return true;
      if (mayLeave(part))
        return false;
    }
  }
  return false;
}

/// Whether every run of `s` uses what `pointer` points to, before it may leave
/// the function.
static bool alwaysUses(const Stmt *s, const ParmVarDecl &pointer,
                       unsigned depth) {
  return alwaysUsesOne(s, pointer, depth);
}

bool adgen::isCertainlyDereferenced(const FunctionDecl &function,
                                    const ParmVarDecl &parameter) {
  constexpr unsigned deepest = 8;
  return alwaysUses(function.getBody(), parameter, deepest);
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

/// The type of what a parameter hands over.
static QualType getObjectType(const ParmVarDecl &parameter) {
  QualType target = getTarget(parameter.getType());
  return target.isNull() ? parameter.getType() : target;
}

/// The name, the parameters, and what they are bound to where the types do not
/// say it: `g(double, double &)[0,1]`.
std::string FunctionLowering::makeSymbol() {
  std::string symbol = spelling.qualifiedName(function) + "(";
  std::string bindings;
  // The names of lambdas tell no paths.
  PrintingPolicy policy = ast.getPrintingPolicy();
  policy.AnonymousTagLocations = false;
  bool isUsual = true;
  for (auto [i, parameter] : llvm::enumerate(parameters)) {
    const Binding &binding = pattern[i];
    if (i > 0) {
      symbol += ", ";
      bindings += ",";
    }
    symbol += parameter->getType()
                  .getCanonicalType()
                  .getUnqualifiedType()
                  .getAsString(policy);
    isUsual &= binding.kind == Binding::Value ||
               (binding.kind == Binding::Place && binding.first == i &&
                !getObjectType(*parameter).isConstQualified()) ||
               (binding.kind == Binding::Memory &&
                isMemoryParameter(*parameter, context.variants->pointers));
    switch (binding.kind) {
    case Binding::Value:
      bindings += std::to_string(i);
      break;
    case Binding::Place:
      bindings += std::to_string(binding.first);
      break;
    case Binding::Memory:
      bindings += "memory";
      break;
    case Binding::Null:
      bindings += "null";
      break;
    case Binding::Function:
      bindings += spelling.qualifiedName(*binding.function);
      break;
    case Binding::Object:
      bindings += "object";
      break;
    case Binding::Lambda:
      bindings += "lambda";
      break;
    }
  }
  symbol += isUsual ? ")" : ")[" + bindings + "]";
  // Lambdas and anonymous namespaces share names.
  std::string unique = symbol;
  for (unsigned number = 2; module.lookupSymbol(unique); ++number)
    unique = symbol + "#" + std::to_string(number);
  return unique;
}

/// The enclosing named namespaces, outermost first, up to the first inline one.
/// What stands around that is found like its own members, and needs no
/// namespace to be opened again, which would have to say `inline`.
static llvm::SmallVector<mlir::Attribute>
findNamespaces(const FunctionDecl &function, mlir::OpBuilder &builder) {
  llvm::SmallVector<mlir::Attribute> names;
  for (const DeclContext *scope = function.getDeclContext(); scope;
       scope = scope->getParent()) {
    const auto *space = dyn_cast<NamespaceDecl>(scope);
    if (space && space->isInline())
      names.clear();
    else if (space && !space->isAnonymousNamespace())
      names.insert(names.begin(), builder.getStringAttr(space->getName()));
  }
  return names;
}

/// `operator_plus`.
static std::string spellOperator(OverloadedOperatorKind kind) {
  static const std::pair<OverloadedOperatorKind, llvm::StringRef> words[] = {
      {OO_Call, "call"},          {OO_Plus, "plus"},
      {OO_Minus, "minus"},        {OO_Star, "times"},
      {OO_Slash, "divide"},       {OO_PlusEqual, "plus_assign"},
      {OO_MinusEqual, "minus_assign"}, {OO_StarEqual, "times_assign"},
      {OO_SlashEqual, "divide_assign"}, {OO_Equal, "assign"},
      {OO_Subscript, "subscript"}};
  for (auto [known, word] : words)
    if (known == kind)
      return "operator_" + word.str();
  return "operator_" + std::to_string(unsigned(kind));
}

/// The stem of generated names: `f`, `Rhs_operator_call`; for a lambda the name
/// of the variable that holds it.
static std::string findStem(const FunctionDecl &function,
                            const FunctionVariants &variants) {
  const auto *method = dyn_cast<CXXMethodDecl>(&function);
  if (method && method->getParent()->isLambda()) {
    std::string name = variants.lambdaNames.lookup(method->getParent());
    return name.empty() ? "lambda" : name;
  }
  std::string name = function.getDeclName().isIdentifier()
                         ? function.getNameAsString()
                         : spellOperator(function.getOverloadedOperator());
  return method ? method->getParent()->getNameAsString() + "_" + name : name;
}

std::string adgen::displayName(const FunctionDecl &function,
                               const FunctionVariants &variants) {
  const auto *method = dyn_cast<CXXMethodDecl>(&function);
  if (method && method->getParent()->isLambda())
    return findStem(function, variants);
  std::string name;
  llvm::raw_string_ostream os(name);
  function.getNameForDiagnostic(
      os, function.getASTContext().getPrintingPolicy(), /*Qualified=*/true);
  return name;
}

/// Where the function is, and from where it is called.
mlir::Location FunctionLowering::functionLocation() {
  auto name = [&](const FunctionDecl &decl) {
    return builder.getStringAttr(displayName(decl, *context.variants));
  };
  llvm::SmallVector<const CallChain *> links;
  for (const CallChain *link = chain.get(); link; link = link->outer.get())
    links.push_back(link);
  mlir::LocationAttr callers;
  for (const CallChain *link : llvm::reverse(links)) {
    mlir::Location place = placeIn(name(*link->caller), position(link->loc));
    callers = callers ? reachedFrom(place, name(*link->caller), callers) : place;
  }
  mlir::Location own = position(function.getLocation());
  return callers ? reachedFrom(own, name(function), callers)
                 : placeIn(name(function), own);
}

mlir::FailureOr<mlir::func::FuncOp> FunctionLowering::declare() {
  if (failed(checkSignature()))
    return mlir::failure();
  llvm::SmallVector<mlir::Type> arguments, results;
  for (auto [parameter, binding] : llvm::zip(parameters, pattern)) {
    if (!binding.hasOperand())
      continue;
    mlir::Type type = mapContent(getObjectType(*parameter));
    if (binding.kind != Binding::Value)
      type = placeOf(type);
    arguments.push_back(type);
  }
  if (const CXXRecordDecl *record = getObjectClass(function))
    arguments.push_back(
        placeOf(mapContent(ast.getCanonicalTagType(record))));
  QualType result = function.getReturnType();
  if (returnsObject())
    results.push_back(placeOf(mapContent(result)));
  else if (returnsPlace())
    results.push_back(placeOf(mapContent(getTarget(result))));
  else if (!result->isVoidType() && !result->isReferenceType())
    results.push_back(mapType(result));
  builder.setInsertionPointToEnd(module.getBody());
  func = mlir::func::FuncOp::create(
      builder, functionLocation(), makeSymbol(),
      builder.getFunctionType(arguments, results));
  describeFunction();
  describeArguments();
  return func;
}

void FunctionLowering::describeFunction() {
  mlir::FileLineColLoc loc = position(function.getLocation());
  func->setAttr("ad.name",
                builder.getStringAttr(spelling.qualifiedName(function)));
  func->setAttr("ad.base",
                builder.getStringAttr(findStem(function, *context.variants)));
  func->setAttr("ad.namespace",
                builder.getArrayAttr(findNamespaces(function, builder)));
  func->setAttr("ad.file", builder.getStringAttr(
                               llvm::sys::path::filename(loc.getFilename())));
  func->setAttr("ad.line", builder.getI64IntegerAttr(loc.getLine()));
  // What it returns of its parameters the caller has; a place is a pointer.
  QualType result = function.getReturnType();
  if (returnsPlace())
    result = ast.getPointerType(getTarget(result));
  func->setAttr("ad.return_type",
                builder.getStringAttr(
                    result->isReferenceType()
                        ? "void"
                        : spelling.type(result.getUnqualifiedType())));
}

/// What each argument is, in the order of the parameters; the contents that are
/// handed back are numbered behind what the function returns.
void FunctionLowering::describeArguments() {
  // How an object of its shape is made, all zero.
  auto describeZero = [&](QualType type) {
    mlir::NamedAttrList list;
    std::string zero = spellZero(type, "{0}");
    llvm::StringRef call = zero;
    if (call.consume_front(spelling.type(type.getCanonicalType())) ||
        call.consume_front(spelling.type(type.getCanonicalType().getUnqualifiedType())))
      zero = call.str();
    else if (!zero.empty())
      zero = " = " + zero;
    if (zero.empty() && getPlainClass(type))
      if (mlir::ArrayAttr parts = listReals(type)) {
        list.set("ad.zero_parts", parts);
        zero = " = {0}";
      }
    if (zero.empty() && isCopyable(type))
      if (auto reals = describeReals(type); reals && *reals) {
        list.set("ad.zero_reals", *reals);
        zero = " = {0}";
      }
    if (!zero.empty())
      list.set("ad.zero_init", builder.getStringAttr(zero));
    return list;
  };
  if (returnsObject() && isDifferentiable(function.getReturnType()))
    func->setAttr("ad.result",
                  describeZero(function.getReturnType()).getDictionary(builder.getContext()));
  int64_t out = func.getNumResults();
  unsigned argument = 0;
  for (auto [i, parameter] : llvm::enumerate(parameters)) {
    // Every parameter has a number, whether or not it has an argument.
    LocalAttr local = createLocal(*parameter);
    const Binding &binding = pattern[i];
    if (!binding.hasOperand())
      continue;
    QualType type = parameter->getType();
    func.setArgAttr(argument, "ad.local", local);
    // What the output has to define itself is called with variables alone.
    QualType spelled = withConstShown(ast, type);
    if (type->isRValueReferenceType() && !isNameable(function))
      spelled = ast.getLValueReferenceType(type->getPointeeType());
    // A variable that is captured twice is written under its first name.
    if (binding.kind == Binding::Place && type->isReferenceType() &&
        !isNameable(function))
      for (auto [other, same] : llvm::zip(parameters, pattern))
        if (same.kind == Binding::Place && same.first == binding.first &&
            !getTarget(other->getType()).isConstQualified())
          spelled = ast.getLValueReferenceType(getTarget(other->getType()));
    func.setArgAttr(argument, "ad.type",
                    builder.getStringAttr(spelling.type(spelled)));
    if (!getTarget(type).isNull())
      func.setArgAttr(argument, "ad.pass",
                      builder.getStringAttr(
                          type->isReferenceType() ? "reference" : "pointer"));
    else if (isView(type) || isHandleClass(type))
      func.setArgAttr(argument, "ad.pass", builder.getStringAttr("view"));
    QualType object = getObjectType(*parameter);
    if (isView(object))
      object = getShared(object);
    if (sharingOf(object) != Sharing::None)
      func.setArgAttr(argument, "ad.pointers", builder.getUnitAttr());
    if (holdsPointers(object))
      func.setArgAttr(argument, "ad.refers", builder.getUnitAttr());
    if (chain && isMarkedInactive(*parameter))
      func.setArgAttr(argument, "ad.inactive", builder.getUnitAttr());
    if (binding.kind == Binding::Memory) {
      func.setArgAttr(argument, "ad.in_memory", builder.getUnitAttr());
      // Of an object by value, whether the function changes its own.
      bool isHandle = isView(type) || isHandleClass(type);
      bool isOwn = getTarget(type).isNull() && !isHandle;
      bool isChanged = isOwn && !isOpaque() &&
                       findAssignedVariables(*function.getBody())
                           .contains(parameter);
      if (isView(type.getNonReferenceType()) || isHandleClass(type))
        func.setArgAttr(argument, "ad.view", builder.getUnitAttr());
      if (isOwn && isDifferentiable(type))
        for (mlir::NamedAttribute zero : describeZero(type))
          func.setArgAttr(argument, zero.getName(), zero.getValue());
      if (isOwn && type.isTriviallyCopyableType(ast))
        func.setArgAttr(argument, "ad.trivial", builder.getUnitAttr());
      if (mlir::DictionaryAttr container = describeContainer(object);
          container && !type->isPointerType())
        func.setArgAttr(argument, "ad.container", container);
      // What has no body reshapes nothing that has no containers.
      if (auto shape = describeShape(object);
          isOpaque() && shape && !*shape &&
          ast.getBaseElementType(object)->isRecordType())
        func.setArgAttr(argument, "ad.fixed_shape", builder.getUnitAttr());
      if (isWritable(type) || isChanged)
        func.setArgAttr(argument, "ad.out", builder.getI64IntegerAttr(-1));
      if (type.isRestrictQualified())
        func.setArgAttr(argument, "ad.restrict", builder.getUnitAttr());
    }
    if (binding.kind == Binding::Place && binding.first == i)
      func.setArgAttr(argument, "ad.out", builder.getI64IntegerAttr(out++));
    llvm::SmallVector<mlir::Attribute> shapes;
    if (type->isReferenceType() || isView(type))
      collectShapes(type.getNonReferenceType(), "{0}", shapes);
    if (!shapes.empty() && isDifferentiable(type))
      func.setArgAttr(argument, "ad.shapes", builder.getArrayAttr(shapes));
    if (std::string text = spellDefault(*parameter); !text.empty())
      func.setArgAttr(argument, "ad.default", builder.getStringAttr(text));
    ++argument;
  }
  if (QualType object = getObjectParameter(function); !object.isNull()) {
    // It has a number of its own, which no variable has.
    func.setArgAttr(argument, "ad.local",
                    LocalAttr::get(module.getContext(), nextLocal++,
                                   builder.getStringAttr("self"),
                                   builder.getStringAttr(spelling.type(
                                       object->getPointeeType())),
                                   /*generated=*/true));
    func.setArgAttr(argument, "ad.type",
                    builder.getStringAttr(spelling.type(object)));
    func.setArgAttr(argument, "ad.pass", builder.getStringAttr("reference"));
    func.setArgAttr(argument, "ad.in_memory", builder.getUnitAttr());
    if (holdsPointers(object->getPointeeType()))
      func.setArgAttr(argument, "ad.refers", builder.getUnitAttr());
    if (auto shape = describeShape(object->getPointeeType());
        isOpaque() && shape && !*shape)
      func.setArgAttr(argument, "ad.fixed_shape", builder.getUnitAttr());
    if (mlir::DictionaryAttr container = describeContainer(object->getPointeeType()))
      func.setArgAttr(argument, "ad.container", container);
    if (isWritable(object) || isa<CXXConstructorDecl>(function))
      func.setArgAttr(argument, "ad.out", builder.getI64IntegerAttr(-1));
  }
}
