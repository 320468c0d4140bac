//===- LowerPointers.cpp - Pointers ---------------------------------------===//
//
// A pointer is what it points to. As long as no pointer is assigned to, that is
// a variable that is known:
//
//   double *p = &a;  *p = x;     is   a = x
//   g(&a), g(p)                  pass the place of a
//   c ? &a : &b                  is one of two places
//   p != nullptr                 is decided; of a parameter of the requested
//                                function, a test without operands
//
// One that is walked (PointerUses) is a place as a value:
//
//   x + i, x[i]                  ad.offset %x, %i
//   ++p                          loads p, offsets, and stores p
//   c ? x : y                    an ad.if that yields a place
//
//===----------------------------------------------------------------------===//
#include "PointerLoads.h"
#include "Subobjects.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

bool adgen::isPlainPointer(const clang::Expr *e) {
  if (const auto *paren = dyn_cast<ParenExpr>(e))
    return isPlainPointer(paren->getSubExpr());
  if (const auto *cast = dyn_cast<CastExpr>(e))
    return (cast->getCastKind() == CK_NoOp || isBaseCast(*cast) ||
            cast->getCastKind() == CK_LValueToRValue) &&
           isPlainPointer(cast->getSubExpr());
  if (const auto *unary = dyn_cast<UnaryOperator>(e))
    return (unary->getOpcode() == UO_AddrOf ||
            unary->getOpcode() == UO_Deref) &&
           isPlainPointer(unary->getSubExpr());
  if (const auto *conditional = dyn_cast<ConditionalOperator>(e))
    return isPlainPointer(conditional->getTrueExpr()) &&
           isPlainPointer(conditional->getFalseExpr());
  return isa<DeclRefExpr>(e);
}

/// The variable of the function that `e` names; null if it names none.
static const ValueDecl *findVariable(const clang::Expr *e) {
  const auto *reference = dyn_cast<DeclRefExpr>(e->IgnoreParens());
  return reference ? getNamed(*reference) : nullptr;
}

static bool isStdFunction(const clang::Expr &e, llvm::StringRef name) {
  const auto *call = dyn_cast<CallExpr>(&e);
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  return callee && callee->isInStdNamespace() && callee->getIdentifier() &&
         callee->getName() == name && call->getNumArgs() == 1;
}

Pointer FunctionLowering::lowerPointer(const clang::Expr *e) {
  // The pointer that is at a place.
  auto readPointer = [&](const clang::Expr *read) -> Pointer {
    Glvalue object = lowerGlvalue(read);
    if (!object)
      return {};
    Value pointer = load(object, read->getExprLoc());
    noteConstTarget(pointer, read->getType(), ast, spelling);
    return {{pointer}, false, /*mayBeNull=*/true};
  };
  if (const auto *paren = dyn_cast<ParenExpr>(e))
    return lowerPointer(paren->getSubExpr());
  if (const auto *full = dyn_cast<FullExpr>(e))
    return lowerPointer(full->getSubExpr());
  if (const auto *replaced = dyn_cast<SubstNonTypeTemplateParmExpr>(e))
    return lowerPointer(replaced->getReplacement());
  if (const auto *argument = dyn_cast<CXXDefaultArgExpr>(e))
    return lowerPointer(argument->getExpr());
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr, ImplicitValueInitExpr,
          CXXScalarValueInitExpr>(e))
    return {{}, /*isNull=*/true};
  if (const auto *list = dyn_cast<InitListExpr>(e)) {
    if (list->getNumInits() == 0)
      return {{}, /*isNull=*/true};
    return lowerPointer(list->getInit(0));
  }
  // Before those of the user's functions.
  if (const auto *call = dyn_cast<CallExpr>(e); call && isAlgorithm(*call)) {
    Value place = lowerAlgorithm(*call);
    return place ? Pointer{{place}} : Pointer();
  }
  if (const auto *call = dyn_cast<CallExpr>(e); call && isPointerCall(*call)) {
    mlir::Value place = lowerContainerCall(*call);
    return place ? Pointer{{place}} : Pointer();
  }
  if (isa<CXXThisExpr>(e) && objectPlace)
    return {{objectPlace}};
  if (const ValueDecl *variable = findVariable(e)) {
    Variable known = variables.lookup(variable);
    if (known.pointer)
      return known.pointer;
    if (known.object)
      return {{load(known.object, e->getExprLoc())}, false, /*mayBeNull=*/true};
  }
  if (const auto *cast = dyn_cast<CastExpr>(e)) {
    switch (cast->getCastKind()) {
    case CK_NoOp:
      if (!getIteratorPointer(cast->getType()).isNull() ||
          (!isa<CXXConstCastExpr>(cast) &&
           (cast->getType()->getPointeeType().isConstQualified() ||
            !cast->getSubExpr()
                 ->getType()
                 ->getPointeeType()
                 .isConstQualified())))
        return lowerPointer(cast->getSubExpr());
      break;
    case CK_DerivedToBase:
    case CK_UncheckedDerivedToBase:
    case CK_BaseToDerived:
      return Subobjects(*this).lowerPointerConversion(*cast);
    case CK_NullToPointer:
      if (!cast->getSubExpr()->HasSideEffects(ast))
        return {{}, /*isNull=*/true};
      break;
    case CK_LValueToRValue: {
      const clang::Expr *read = cast->getSubExpr()->IgnoreParens();
      if (isa<DeclRefExpr, ConditionalOperator>(read))
        return lowerPointer(read);
      if (mapContent(cast->getType()))
        return readPointer(read);
      break;
    }
    case CK_ArrayToPointerDecay: {
      if (!mapContent(cast->getSubExpr()->getType()))
        break;
      Glvalue array = lowerGlvalue(cast->getSubExpr());
      if (!array)
        return {};
      if (!array.place)
        break;
      return {{createElement(array.place, uint64_t(0), at(e->getExprLoc()))}};
    }
    default:
      break;
    }
  }
  if (const auto *unary = dyn_cast<UnaryOperator>(e)) {
    if (unary->getOpcode() == UO_AddrOf) {
      // An iterator, though it denotes the same place, is no pointer.
      const clang::Expr *inner = unary->getSubExpr()->IgnoreParens();
      if (std::optional<Glvalue> object = lowerIteratorGlvalue(*inner)) {
        if (!*object)
          return {};
        Value place = takePlace(*object, *inner);
        mlir::Type type = mapContent(inner->getType());
        if (!place || !type)
          return {};
        Value pointer = createAccess("&*{0}", place, {}, type,
                                     at(e->getExprLoc()), "pointer");
        pointer.getDefiningOp()->setAttr("of_pointer", builder.getUnitAttr());
        return {{pointer}};
      }
      if (Glvalue object = lowerGlvalue(unary->getSubExpr());
          !object || !object.isCopy)
        return {object};
    }
    if (unary->isIncrementDecrementOp() && mapContent(e->getType())) {
      Glvalue before = lowerIncrement(*unary);
      return before ? Pointer{{before.value}} : Pointer();
    }
  }
  if (isStdFunction(*e, "addressof"))
    return {lowerGlvalue(cast<CallExpr>(e)->getArg(0))};
  if (const auto *binary = dyn_cast<BinaryOperator>(e)) {
    if (binary->getOpcode() == BO_Comma)
      return succeeded(lowerDiscarded(binary->getLHS()))
                 ? lowerPointer(binary->getRHS())
                 : Pointer();
    if (std::optional<Pointer> sum = lowerArithmetic(*binary))
      return *sum;
  }
  if (const auto *conditional = dyn_cast<ConditionalOperator>(e))
    return lowerConditionalPointer(*conditional);
  if (const auto *call = dyn_cast<CallExpr>(e))
    if (const FunctionDecl *callee = findUserCallee(*call)) {
      Value place;
      if (callee->hasBody() && mapContent(getTarget(callee->getReturnType()))) {
        if (failed(lowerUserCall(*call, *callee, place)))
          return {};
        return {{place}};
      }
      (void)refuse(Diag::ReferenceResult, e->getExprLoc(),
                   {callee->getQualifiedNameAsString()}, e->getSourceRange());
      return {};
    }
  if (std::optional<Pointer> pointer = lowerIteratorPointer(*e))
    return *pointer;
  // An operand of `?:`, which is read as a whole.
  if (isa<ArraySubscriptExpr, MemberExpr>(e) && e->getType()->isPointerType() &&
      mapContent(e->getType()))
    return readPointer(e);
  if (const auto *call = dyn_cast<CallExpr>(e); call && refuseContainer(*call))
    return {};
  if (isa<CXXNewExpr>(e))
    (void)refuseExpression(*e);
  else
    (void)refuse(Diag::Pointer, e->getExprLoc(),
                 {e->getType().getAsString(ast.getPrintingPolicy())},
                 e->getSourceRange());
  return {};
}

Pointer
FunctionLowering::lowerConditionalPointer(const ConditionalOperator &e) {
  Value condition = lowerValue(e.getCond());
  if (!condition)
    return {};
  if (std::optional<bool> isTaken = takeDecision(condition))
    return lowerPointer(*isTaken ? e.getTrueExpr() : e.getFalseExpr());
  if (isPlainPointer(e.getTrueExpr()) && isPlainPointer(e.getFalseExpr())) {
    Pointer yes = lowerPointer(e.getTrueExpr());
    Pointer no = yes ? lowerPointer(e.getFalseExpr()) : Pointer();
    if (!no)
      return {};
    if (yes.object && no.object)
      return {{{},
               {},
               std::make_shared<Choice>(Choice{condition, yes.object, no.object,
                                               e.getQuestionLoc()})},
              false,
              yes.mayBeNull || no.mayBeNull};
  } else if (mlir::Type type = mapContent(e.getType())) {
    IfOp branch = IfOp::create(builder, at(e.getQuestionLoc()), type, condition,
                               mlir::ArrayAttr(), /*expression=*/true);
    bool mayBeNull = false;
    auto lowerOperand = [&](const clang::Expr *operand) {
      return [&, operand]() -> mlir::LogicalResult {
        Pointer pointer = lowerPointer(operand);
        Value place =
            pointer ? takePlace(pointer, *operand, Diag::StoredNull) : Value();
        if (!place)
          return mlir::failure();
        mayBeNull |= pointer.mayBeNull;
        yield(place);
        return mlir::success();
      };
    };
    if (failed(lowerRegion(branch.getThenRegion(),
                           lowerOperand(e.getTrueExpr()), [] {})) ||
        failed(lowerRegion(branch.getElseRegion(),
                           lowerOperand(e.getFalseExpr()), [] {})))
      return {};
    return {{branch.getResult(0)}, false, mayBeNull};
  }
  (void)refuse(Diag::Pointer, e.getExprLoc(),
               {e.getType().getAsString(ast.getPrintingPolicy())},
               e.getSourceRange());
  return {};
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Value FunctionLowering::takePlace(const Glvalue &object, const clang::Expr &e) {
  if (!object.choice) {
    if (!object.place)
      (void)refuse(Diag::Pointer, e.getExprLoc(),
                   {e.getType().getAsString(ast.getPrintingPolicy())},
                   e.getSourceRange());
    return object.place;
  }
  const Choice &choice = *object.choice;
  auto findType = [](Glvalue chosen) {
    while (chosen.choice)
      chosen = Glvalue(chosen.choice->yes);
    return chosen.place ? chosen.place.getType() : mlir::Type();
  };
  mlir::Type type = findType(object);
  if (!type)
    return takePlace(choice.yes, e);
  IfOp branch = IfOp::create(builder, at(choice.loc), type, choice.condition,
                             mlir::ArrayAttr(), /*expression=*/true);
  mlir::OpBuilder::InsertionGuard guard(builder);
  for (auto [region, chosen] :
       {std::pair(&branch.getThenRegion(), choice.yes),
        std::pair(&branch.getElseRegion(), choice.no)}) {
    builder.createBlock(region);
    Value place = takePlace(chosen, e);
    if (!place)
      return {};
    yield(place);
  }
  return branch.getResult(0);
}

Value FunctionLowering::takePlace(const Pointer &pointer, const clang::Expr &e,
                                  Diag diagOfNull) {
  if (!pointer.isNull)
    return takePlace(pointer.object, e);
  (void)refuse(diagOfNull, e.getExprLoc(), {}, e.getSourceRange());
  return {};
}

Value FunctionLowering::lowerPointerValue(const clang::Expr *e,
                                          Diag diagOfNull) {
  Pointer pointer = lowerPointer(e);
  return pointer ? takePlace(pointer, *e, diagOfNull) : Value();
}

Value FunctionLowering::withoutNames(Value place) {
  while (auto let = place ? place.getDefiningOp<LetOp>() : LetOp())
    place = let.getValue();
  return place;
}

Value FunctionLowering::createOffset(Value base, Value index, bool isNegative,
                                     mlir::Location loc) {
  auto type = cast<IntType>(index.getType());
  if (isNegative) {
    if (std::optional<llvm::APInt> number = intConstant(index);
        number && type.getIsSigned() && !number->isMinSignedValue()) {
      Value opposite = adgen::createConstant(builder, loc, type,
                                             -double(number->getSExtValue()));
      if (index.use_empty())
        index.getDefiningOp()->erase();
      index = opposite;
    } else {
      // An unsigned number has no opposite.
      if (!type.getIsSigned())
        index = convert(index, mapType(ast.getPointerDiffType()), loc);
      index = NegOp::create(builder, loc, index.getType(), index);
    }
  }
  return OffsetOp::create(builder, loc, base, index);
}

std::optional<Pointer>
FunctionLowering::lowerArithmetic(const BinaryOperator &e) {
  bool isDifference = e.getOpcode() == BO_Sub;
  if ((e.getOpcode() != BO_Add && !isDifference) ||
      !e.getType()->isPointerType() || !mapContent(e.getType()))
    return {};
  // Operands in their order.
  bool isBaseFirst = e.getLHS()->getType()->isPointerType();
  Value base, index;
  if (isBaseFirst)
    base = lowerPointerValue(e.getLHS());
  if (base || !isBaseFirst)
    index = lowerIndex(isBaseFirst ? *e.getRHS() : *e.getLHS());
  if (index && !isBaseFirst)
    base = lowerPointerValue(e.getRHS());
  if (!base || !index)
    return Pointer();
  return Pointer{
      {createOffset(base, index, isDifference, at(e.getOperatorLoc()))}};
}

Value FunctionLowering::lowerDistance(const BinaryOperator &e) {
  mlir::Type type = lowerType(e.getType(), e.getExprLoc());
  Value x = type ? lowerValue(e.getLHS()) : Value();
  Value z = x ? lowerValue(e.getRHS()) : Value();
  if (!z)
    return {};
  return createDistance(x, z, type, at(e.getOperatorLoc()));
}

Value FunctionLowering::createDistance(Value x, Value z, mlir::Type type,
                                       mlir::Location loc) {
  // `std::max_element(x, x + n) - x` is the index that was found.
  auto isSame = [](Value a, Value b) {
    auto first = a.getDefiningOp<AccessOp>(), second = b.getDefiningOp<AccessOp>();
    return a == b || (first && second && first.getText() == second.getText() &&
                      first.getBase() == second.getBase() &&
                      first.getArgs().empty() && second.getArgs().empty());
  };
  if (auto offset = x.getDefiningOp<OffsetOp>();
      offset && isSame(offset.getBase(), z))
    return convert(offset.getIndex(), type, loc);
  return DistanceOp::create(builder, loc, type, x, z);
}

/// `p += n`, `--p` and their like; the variable.
Glvalue FunctionLowering::stepPointer(const clang::Expr &target, Value count,
                                      bool isNegative, const clang::Expr &e,
                                      Value *before) {
  Glvalue variable =
      mapContent(target.getType()) ? lowerGlvalue(&target) : Glvalue();
  if (!variable) {
    if (!mapContent(target.getType()))
      (void)refuseExpression(e);
    return {};
  }
  Value old = load(variable, e.getExprLoc());
  mlir::Location loc = at(e.getExprLoc());
  if (failed(store(createOffset(old, count, isNegative, loc), variable, e)))
    return {};
  if (before)
    *before = old;
  return variable;
}

Glvalue FunctionLowering::lowerDereference(const clang::Expr *pointer,
                                           const clang::Expr &e) {
  if (!mapContent(pointer->getType())) {
    (void)refuseExpression(e);
    return {};
  }
  if (std::optional<Glvalue> found = lowerExtremumElement(*pointer))
    return *found;
  Pointer target = lowerPointer(pointer);
  if (target.isNull)
    (void)refuse(Diag::NullDereference, e.getExprLoc(), {}, e.getSourceRange());
  return target.object;
}

Value FunctionLowering::lowerNullTest(const clang::Expr *pointer, bool isNull,
                                      const clang::Expr &e) {
  Pointer target = lowerPointer(pointer);
  if (!target)
    return {};
  mlir::Location loc = at(e.getExprLoc());
  if (!target.mayBeNull || isLeftOut)
    return createDecided(target.isNull == isNull, loc);
  const ParmVarDecl *parameter =
      memory.lookup(withoutNames(target.object.place));
  if (!parameter && !target.object.place) {
    (void)refuse(Diag::NullTest, e.getExprLoc(), {}, e.getSourceRange());
    return {};
  }
  if (!parameter) {
    // A pointer that is a value; its shadow is null where it is.
    llvm::StringRef test = isNull ? "{0} == nullptr" : "{0} != nullptr";
    return QueryOp::create(builder, loc, builder.getI1Type(), test,
                           target.object.place, mlir::ValueRange());
  }
  // The same in the whole run, and for the parameter's shadow.
  TestOp test = TestOp::create(builder, loc, builder.getI1Type(), "!= nullptr",
                               mlir::ValueRange());
  test.setParameterAttr(createLocal(*parameter));
  if (isNull)
    return NotOp::create(builder, loc, test);
  return test;
}

const FunctionDecl *FunctionLowering::findFunction(const clang::Expr *e) {
  if (const auto *paren = dyn_cast<ParenExpr>(e))
    return findFunction(paren->getSubExpr());
  if (const auto *full = dyn_cast<FullExpr>(e))
    return findFunction(full->getSubExpr());
  if (const auto *replaced = dyn_cast<SubstNonTypeTemplateParmExpr>(e))
    return findFunction(replaced->getReplacement());
  if (const auto *argument = dyn_cast<CXXDefaultArgExpr>(e))
    return findFunction(argument->getExpr());
  if (const auto *list = dyn_cast<InitListExpr>(e); list && list->getNumInits())
    return findFunction(list->getInit(0));
  if (const auto *unary = dyn_cast<UnaryOperator>(e)) {
    UnaryOperatorKind opcode = unary->getOpcode();
    bool isSame =
        opcode == UO_AddrOf || opcode == UO_Deref || opcode == UO_Plus;
    return isSame ? findFunction(unary->getSubExpr()) : nullptr;
  }
  if (const auto *reference = dyn_cast<DeclRefExpr>(e)) {
    if (const auto *named = dyn_cast<FunctionDecl>(reference->getDecl()))
      return named;
    const auto *variable = dyn_cast<VarDecl>(reference->getDecl());
    return variable ? variables.lookup(variable).function : nullptr;
  }
  if (const auto *conversion = dyn_cast<CXXMemberCallExpr>(e)) {
    // A lambda without captures as a pointer to a function.
    const CXXRecordDecl *record = conversion->getRecordDecl();
    bool isPointer =
        record && record->isLambda() && record->isEmpty() &&
        !record->isGenericLambda() &&
        !conversion->getImplicitObjectArgument()->HasSideEffects(ast) &&
        isa_and_nonnull<CXXConversionDecl>(conversion->getMethodDecl());
    return isPointer ? record->getLambdaCallOperator() : nullptr;
  }
  const auto *cast = dyn_cast<CastExpr>(e);
  if (!cast)
    return nullptr;
  switch (cast->getCastKind()) {
  case CK_NoOp:
  case CK_LValueToRValue:
  case CK_FunctionToPointerDecay:
  case CK_UserDefinedConversion:
    return findFunction(cast->getSubExpr());
  default:
    return nullptr;
  }
}
