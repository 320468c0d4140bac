//===- LowerExpressions.cpp - Values, reads and operators -----------------===//
//
// Operands are lowered in the order in which Clang evaluates them, so that side
// effects inside of an expression happen where they do in the user's program.
//
//===----------------------------------------------------------------------===//
#include "Subobjects.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

/// Whether `e` denotes a place within an object.
static bool isPart(const clang::Expr *e) {
  e = e->IgnoreParens();
  if (const auto *unary = dyn_cast<UnaryOperator>(e))
    return unary->getOpcode() == UO_Deref;
  if (const auto *chosen = dyn_cast<ConditionalOperator>(e))
    return isPart(chosen->getTrueExpr()) && isPart(chosen->getFalseExpr());
  return e->isGLValue() && isa<MemberExpr, ArraySubscriptExpr,
                               CXXOperatorCallExpr, CXXMemberCallExpr>(e);
}

Value FunctionLowering::lowerValue(const clang::Expr *e) {
  if (Value constant = lowerHeaderMacro(*e))
    return constant;
  // What is chosen is read at once.
  if (const auto *chosen = dyn_cast<ConditionalOperator>(e->IgnoreParens());
      chosen && e->isGLValue() && isPart(chosen->getTrueExpr()) &&
      isPart(chosen->getFalseExpr()) && mapType(e->getType()))
    return lowerConditional(*chosen);
  if (e->isGLValue()) {
    Glvalue glvalue = lowerGlvalue(e);
    return glvalue ? load(glvalue, e->getExprLoc()) : Value();
  }
  if (!getPointee(e->getType()).isNull() && mapContent(e->getType()))
    return lowerPointerValue(e, Diag::StoredNull);
  switch (e->getStmtClass()) {
  case Stmt::ParenExprClass:
    return lowerValue(cast<ParenExpr>(e)->getSubExpr());
  case Stmt::ExprWithCleanupsClass:
    return lowerValue(cast<ExprWithCleanups>(e)->getSubExpr());
  case Stmt::ConstantExprClass:
    return lowerValue(cast<ConstantExpr>(e)->getSubExpr());
  case Stmt::SubstNonTypeTemplateParmExprClass:
  case Stmt::TypeTraitExprClass:
  case Stmt::ArrayTypeTraitExprClass:
  case Stmt::ExpressionTraitExprClass:
  case Stmt::CXXNoexceptExprClass:
  case Stmt::ConceptSpecializationExprClass:
  case Stmt::RequiresExprClass:
  case Stmt::SizeOfPackExprClass:
    return lowerFolded(*e);
  case Stmt::CXXDefaultArgExprClass:
    return lowerValue(cast<CXXDefaultArgExpr>(e)->getExpr());
  case Stmt::GenericSelectionExprClass:
    return lowerValue(cast<GenericSelectionExpr>(e)->getResultExpr());
  case Stmt::IntegerLiteralClass:
  case Stmt::FloatingLiteralClass:
  case Stmt::CharacterLiteralClass:
  case Stmt::CXXBoolLiteralExprClass:
    return lowerLiteral(*e);
  case Stmt::CXXScalarValueInitExprClass:
  case Stmt::ImplicitValueInitExprClass:
    return lowerZero(*e);
  case Stmt::InitListExprClass:
    return lowerInitList(*cast<InitListExpr>(e));
  case Stmt::UnaryExprOrTypeTraitExprClass:
    return lowerSizeOf(*cast<UnaryExprOrTypeTraitExpr>(e));
  case Stmt::DeclRefExprClass:
    return lowerEnumerator(*cast<DeclRefExpr>(e));
  case Stmt::UnaryOperatorClass:
    return lowerUnary(*cast<UnaryOperator>(e));
  case Stmt::BinaryOperatorClass:
    return lowerBinary(*cast<BinaryOperator>(e));
  case Stmt::ConditionalOperatorClass:
    return lowerConditional(*cast<ConditionalOperator>(e));
  case Stmt::CXXRewrittenBinaryOperatorClass:
    if (std::optional<Value> value =
            lowerRewritten(*cast<CXXRewrittenBinaryOperator>(e)))
      return *value;
    return refuseExpression(*e);
  case Stmt::ImplicitCastExprClass:
    return lowerCast(*cast<CastExpr>(e));
  case Stmt::CStyleCastExprClass:
  case Stmt::CXXFunctionalCastExprClass:
  case Stmt::CXXStaticCastExprClass:
    return lowerExplicitCast(*cast<ExplicitCastExpr>(e));
  case Stmt::CallExprClass:
  case Stmt::CXXOperatorCallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::UserDefinedLiteralClass:
    return lowerCall(*cast<CallExpr>(e));
  default:
    return refuseExpression(*e);
  }
}

Glvalue FunctionLowering::lowerGlvalue(const clang::Expr *e) {
  switch (e->getStmtClass()) {
  case Stmt::ParenExprClass:
    return lowerGlvalue(cast<ParenExpr>(e)->getSubExpr());
  case Stmt::ExprWithCleanupsClass:
    return lowerGlvalue(cast<ExprWithCleanups>(e)->getSubExpr());
  case Stmt::MaterializeTemporaryExprClass: {
    const clang::Expr *made = cast<MaterializeTemporaryExpr>(e)->getSubExpr();
    if (made->getType()->isRecordType() && getPointee(made->getType()).isNull())
      return {lowerTemporary(made)};
    return {{}, lowerValue(made)};
  }
  case Stmt::MemberExprClass:
    return lowerMember(*cast<MemberExpr>(e));
  case Stmt::CXXOperatorCallExprClass:
  case Stmt::CXXMemberCallExprClass:
    if (isElementCall(*cast<CallExpr>(e)))
      return {lowerContainerCall(*cast<CallExpr>(e))};
    if (std::optional<Glvalue> object = lowerIteratorGlvalue(*e))
      return *object;
    if (isShapeCall(*cast<CallExpr>(e))) {
      Glvalue element;
      return succeeded(lowerShapeCall(*cast<CallExpr>(e), &element)) ? element
                                                                   : Glvalue();
    }
    if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(e))
      if (std::optional<Glvalue> object = lowerObjectAssignment(*operation))
        return *object;
    if (std::optional<Glvalue> object =
            lowerReturnedArgument(*cast<CallExpr>(e)))
      return *object;
    if (refuseContainer(*cast<CallExpr>(e)))
      return {};
    break;
  case Stmt::CXXDefaultArgExprClass:
    return lowerGlvalue(cast<CXXDefaultArgExpr>(e)->getExpr());
  case Stmt::ImplicitCastExprClass:
  case Stmt::CStyleCastExprClass:
  case Stmt::CXXFunctionalCastExprClass:
  case Stmt::CXXStaticCastExprClass:
    // To const, for an argument that is passed by reference; from const, what
    // else is known of the object would not hold.
    if (cast<CastExpr>(e)->getCastKind() == CK_NoOp &&
        (e->getType().isConstQualified() ||
         !cast<CastExpr>(e)->getSubExpr()->getType().isConstQualified()))
      return lowerGlvalue(cast<CastExpr>(e)->getSubExpr());
    if (isBaseCast(*e) || isDerivedCast(*e))
      return Subobjects(*this).lowerConversion(*cast<CastExpr>(e));
    break;
  case Stmt::ArraySubscriptExprClass:
    return lowerSubscript(*cast<ArraySubscriptExpr>(e));
  case Stmt::DeclRefExprClass:
    return lowerReference(*cast<DeclRefExpr>(e));
  case Stmt::UnaryOperatorClass: {
    const auto *unary = cast<UnaryOperator>(e);
    if (unary->isPrefix() && unary->isIncrementDecrementOp())
      return lowerIncrement(*unary);
    if (unary->getOpcode() == UO_Extension)
      return lowerGlvalue(unary->getSubExpr());
    if (unary->getOpcode() == UO_Deref)
      return lowerDereference(unary->getSubExpr(), *e);
    break;
  }
  case Stmt::CompoundAssignOperatorClass:
    return lowerCompoundAssignment(*cast<CompoundAssignOperator>(e));
  case Stmt::BinaryOperatorClass: {
    const auto *binary = cast<BinaryOperator>(e);
    if (binary->getOpcode() == BO_Assign)
      return lowerAssignment(*binary);
    if (binary->getOpcode() == BO_Comma)
      return succeeded(lowerDiscarded(binary->getLHS()))
                 ? lowerGlvalue(binary->getRHS())
                 : Glvalue();
    break;
  }
  case Stmt::ConditionalOperatorClass:
    return lowerConditionalGlvalue(*cast<ConditionalOperator>(e));
  case Stmt::CallExprClass:
    if (const clang::Expr *forwarded = findForwarded(*cast<CallExpr>(e)))
      return lowerGlvalue(forwarded);
    if (std::optional<unsigned> index = findElement(*cast<CallExpr>(e)))
      return lowerElement(*cast<CallExpr>(e), *index);
    if (std::optional<Glvalue> object =
            lowerReturnedArgument(*cast<CallExpr>(e)))
      return *object;
    return {{}, lowerCall(*cast<CallExpr>(e)), {}, /*isCopy=*/true};
  case Stmt::SubstNonTypeTemplateParmExprClass:
    return {{}, lowerFolded(*e)};
  default:
    break;
  }
  (void)refuseExpression(*e);
  return {};
}

Glvalue FunctionLowering::lowerReference(const DeclRefExpr &e) {
  const ValueDecl *variable = getNamed(e);
  if (!variable) {
    (void)refuseExpression(e);
    return {};
  }
  auto found = variables.find(variable);
  if (found == variables.end() && !mapType(e.getType()) &&
      mapContent(e.getType()) && getPointee(e.getType()).isNull())
    return {lowerTable(e)};
  if (found == variables.end())
    return {{}, lowerGlobal(e)};
  if (!found->second.object)
    (void)refuseExpression(e);
  return found->second.object;
}

Value FunctionLowering::load(Glvalue glvalue, SourceLocation loc) {
  if (glvalue.place)
    return LoadOp::create(builder, at(loc), glvalue.place);
  if (!glvalue.choice)
    return glvalue.value;
  const Choice &choice = *glvalue.choice;
  auto findType = [](Glvalue chosen) {
    while (chosen.choice)
      chosen = Glvalue(chosen.choice->yes);
    return chosen.place ? cast<PlaceType>(chosen.place.getType()).getElement()
                        : chosen.value.getType();
  };
  IfOp branch =
      IfOp::create(builder, at(choice.loc), findType(glvalue), choice.condition,
                   mlir::ArrayAttr(), /*expression=*/true);
  mlir::OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&branch.getThenRegion());
  yield(load(choice.yes, loc));
  builder.createBlock(&branch.getElseRegion());
  yield(load(choice.no, loc));
  return branch.getResult(0);
}

/// Whether `e` names an object without computing anything.
static bool isPlainGlvalue(const clang::Expr *e) {
  if (const auto *paren = dyn_cast<ParenExpr>(e))
    return isPlainGlvalue(paren->getSubExpr());
  if (const auto *cast = dyn_cast<CastExpr>(e))
    return (cast->getCastKind() == CK_NoOp || isBaseCast(*cast) ||
            cast->getCastKind() == CK_LValueToRValue) &&
           isPlainGlvalue(cast->getSubExpr());
  if (const auto *unary = dyn_cast<UnaryOperator>(e))
    return unary->getOpcode() == UO_Deref &&
           isPlainGlvalue(unary->getSubExpr());
  return isa<DeclRefExpr>(e);
}

Glvalue
FunctionLowering::lowerConditionalGlvalue(const ConditionalOperator &e) {
  if (!isPlainGlvalue(e.getTrueExpr()) || !isPlainGlvalue(e.getFalseExpr())) {
    if (isPart(e.getTrueExpr()) && isPart(e.getFalseExpr()) &&
        mapContent(e.getType()))
      return lowerChosenPart(e);
    return {{}, lowerConditional(e), {}, /*isCopy=*/true};
  }
  Value condition = lowerValue(e.getCond());
  if (!condition)
    return {};
  if (std::optional<bool> isTaken = takeDecision(condition))
    return lowerGlvalue(*isTaken ? e.getTrueExpr() : e.getFalseExpr());
  Glvalue yes = lowerGlvalue(e.getTrueExpr());
  Glvalue no = yes ? lowerGlvalue(e.getFalseExpr()) : Glvalue();
  if (!no)
    return {};
  return {
      {},
      {},
      std::make_shared<Choice>(Choice{condition, yes, no, e.getQuestionLoc()})};
}

/// One of two places, each found only if it is chosen.
Glvalue FunctionLowering::lowerChosenPart(const ConditionalOperator &e) {
  Value condition = lowerValue(e.getCond());
  if (!condition)
    return {};
  // Of its own, so that a pointer to what is const is one.
  mlir::Attribute local = LocalAttr::get(
      module.getContext(), nextLocal++, builder.getStringAttr("chosen"),
      builder.getStringAttr(spelling.type(ast.getPointerType(e.getType()))),
      /*generated=*/true);
  mlir::ArrayAttr locals = builder.getArrayAttr(local);
  IfOp branch = IfOp::create(builder, at(e.getQuestionLoc()),
                             placeOf(mapContent(e.getType())), condition, locals,
                             /*expression=*/true);
  auto choose = [&](mlir::Region &region, const clang::Expr *chosen) {
    Value place;
    return lowerRegion(
        region,
        [&] {
          Glvalue object = lowerGlvalue(chosen);
          place = object ? takePlace(object, *chosen) : Value();
          // A choice within the choice sets the same pointer.
          if (place && isa<ConditionalOperator>(chosen->IgnoreParens()))
            if (auto inner = place.getDefiningOp<IfOp>())
              inner->setAttr("locals", locals);
          return mlir::success(bool(place));
        },
        [&] { yield(place); });
  };
  if (failed(choose(branch.getThenRegion(), e.getTrueExpr())) ||
      failed(choose(branch.getElseRegion(), e.getFalseExpr())))
    return {};
  return {branch.getResult(0)};
}

/// The arguments of a call of `std::min`, `max` or `clamp` without a comparison
/// of its own; nothing for another expression.
static llvm::ArrayRef<const clang::Expr *> getCandidates(const clang::Expr &e) {
  const auto *call = dyn_cast<CallExpr>(&e);
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  if (!callee || !callee->isInStdNamespace() || !callee->getIdentifier())
    return {};
  llvm::StringRef name = callee->getName();
  unsigned arity = call->getNumArgs();
  bool chooses = ((name == "min" || name == "max") && arity == 2) ||
                 (name == "clamp" && arity == 3);
  if (!chooses)
    return {};
  return {call->getArgs(), arity};
}

bool FunctionLowering::isUnchanging(const clang::Expr &e) {
  const clang::Expr *inner = e.IgnoreParenNoopCasts(ast);
  if (const auto *conditional = dyn_cast<ConditionalOperator>(inner))
    return isUnchanging(*conditional->getTrueExpr()) &&
           isUnchanging(*conditional->getFalseExpr());
  if (const auto *reference = dyn_cast<DeclRefExpr>(inner)) {
    const auto *variable = dyn_cast<VarDecl>(reference->getDecl());
    auto known = variable ? variables.find(variable) : variables.end();
    if (known == variables.end())
      return variable && variable->getType().isConstQualified();
    const Glvalue &object = known->second.object;
    bool isOwn = getReferent(variable->getType()).isNull();
    return (object.value && !object.place) ||
           (isOwn && !assigned.contains(variable));
  }
  llvm::ArrayRef<const clang::Expr *> candidates = getCandidates(*inner);
  return !candidates.empty() &&
         llvm::all_of(candidates, [&](const clang::Expr *candidate) {
           return isUnchanging(*candidate);
         });
}

std::optional<Glvalue> FunctionLowering::lowerChosen(const clang::Expr &e) {
  const clang::Expr *call = e.IgnoreParenNoopCasts(ast);
  llvm::ArrayRef<const clang::Expr *> candidates = getCandidates(*call);
  if (candidates.size() != 2 || !mapType(call->getType()) ||
      isUnchanging(*call) || !llvm::all_of(candidates, isPlainGlvalue))
    return {};
  Glvalue x = lowerGlvalue(candidates[0]);
  Glvalue z = x ? lowerGlvalue(candidates[1]) : Glvalue();
  if (!z)
    return Glvalue();
  SourceLocation loc = call->getExprLoc();
  Value first = load(x, loc), second = load(z, loc);
  bool isMin = cast<CallExpr>(call)->getDirectCallee()->getName() == "min";
  Value condition = isMin ? createBinary(BO_LT, second, first, at(loc))
                          : createBinary(BO_LT, first, second, at(loc));
  auto choice = std::make_shared<Choice>(Choice{condition, z, x, loc});
  return Glvalue{{}, {}, choice};
}

mlir::LogicalResult FunctionLowering::lowerDiscarded(const clang::Expr *e) {
  if (const auto *paren = dyn_cast<ParenExpr>(e))
    return lowerDiscarded(paren->getSubExpr());
  if (const auto *full = dyn_cast<ExprWithCleanups>(e))
    return lowerDiscarded(full->getSubExpr());
  if (const auto *cast = dyn_cast<CastExpr>(e);
      cast && cast->getCastKind() == CK_ToVoid)
    return lowerDiscarded(cast->getSubExpr());
  if (const auto *binary = dyn_cast<BinaryOperator>(e);
      binary && binary->getOpcode() == BO_Comma) {
    if (failed(lowerDiscarded(binary->getLHS())))
      return mlir::failure();
    return lowerDiscarded(binary->getRHS());
  }
  if (const auto *conditional = dyn_cast<ConditionalOperator>(e);
      conditional && e->getType()->isVoidType())
    return lowerDiscardedConditional(*conditional);
  if (std::optional<mlir::LogicalResult> end = lowerDeallocation(*e))
    return *end;
  if (const auto *call = dyn_cast<CallExpr>(e); call && isShapeCall(*call))
    return lowerShapeCall(*call);
  bool isObject = e->isGLValue() && e->getType()->isRecordType() &&
                  mapContent(e->getType());
  if (const auto *call = dyn_cast<CallExpr>(e);
      call && getPointee(e->getType()).isNull() && !isObject)
    return lowerDiscardedCall(*call);
  if (e->isGLValue())
    return mlir::success(bool(lowerGlvalue(e)));
  return mlir::success(bool(lowerValue(e)));
}

Value FunctionLowering::lowerUnary(const UnaryOperator &e) {
  if (e.isIncrementDecrementOp())
    return lowerIncrement(e).value;
  switch (e.getOpcode()) {
  case UO_Plus:
  case UO_Extension:
    return lowerValue(e.getSubExpr());
  case UO_Minus:
  case UO_Not:
  case UO_LNot:
    break;
  default:
    return refuseExpression(e);
  }
  Value x = lowerValue(e.getSubExpr());
  if (!x)
    return {};
  Location loc = at(e.getExprLoc());
  if (e.getOpcode() == UO_Minus && !x.getType().isInteger(1))
    return NegOp::create(builder, loc, x.getType(), x);
  if (e.getOpcode() == UO_Not && isa<IntType>(x.getType()))
    return ComplementOp::create(builder, loc, x);
  if (e.getOpcode() == UO_LNot && x.getType().isInteger(1)) {
    if (std::optional<bool> isTrue = takeDecision(x))
      return createDecided(!*isTrue, loc);
    return NotOp::create(builder, loc, x);
  }
  return refuseExpression(e);
}

/// Whether `e` is a null pointer as such.
static bool isNullConstant(const clang::Expr *e, ASTContext &ast) {
  return e->isNullPointerConstant(ast, clang::Expr::NPC_NeverValueDependent) !=
         clang::Expr::NPCK_NotNull;
}

Value FunctionLowering::lowerBinary(const BinaryOperator &e) {
  if (e.isLogicalOp())
    return lowerLogical(e);
  if (e.isEqualityOp() && e.getLHS()->getType()->isPointerType()) {
    bool isNull = e.getOpcode() == BO_EQ;
    if (isNullConstant(e.getRHS()->IgnoreParenImpCasts(), ast))
      return lowerNullTest(e.getLHS(), isNull, e);
    if (isNullConstant(e.getLHS()->IgnoreParenImpCasts(), ast))
      return lowerNullTest(e.getRHS(), isNull, e);
  }
  if (e.getOpcode() == BO_Comma)
    return succeeded(lowerDiscarded(e.getLHS())) ? lowerValue(e.getRHS())
                                                 : Value();
  if (e.getOpcode() == BO_Sub && e.getLHS()->getType()->isPointerType() &&
      e.getRHS()->getType()->isPointerType())
    return lowerDistance(e);
  Value x = lowerValue(e.getLHS());
  Value z = x ? lowerValue(e.getRHS()) : Value();
  if (!z)
    return {};
  Value result = createBinary(e.getOpcode(), x, z, at(e.getOperatorLoc()));
  return result ? result : refuseExpression(e);
}

static std::optional<Predicate> getPredicate(BinaryOperatorKind opcode) {
  switch (opcode) {
  case BO_EQ:
    return Predicate::eq;
  case BO_NE:
    return Predicate::ne;
  case BO_LT:
    return Predicate::lt;
  case BO_LE:
    return Predicate::le;
  case BO_GT:
    return Predicate::gt;
  case BO_GE:
    return Predicate::ge;
  default:
    return {};
  }
}

Value FunctionLowering::createBinary(BinaryOperatorKind opcode, Value x,
                                     Value z, Location loc) {
  mlir::Type type = x.getType();
  bool isShift = opcode == BO_Shl || opcode == BO_Shr;
  bool isInt = isa<IntType>(type);
  if (isShift) {
    if (!isInt || !isa<IntType>(z.getType()))
      return {};
    if (opcode == BO_Shl)
      return ShlOp::create(builder, loc, type, x, z);
    return ShrOp::create(builder, loc, type, x, z);
  }
  if (type != z.getType())
    return {};
  if (std::optional<Predicate> predicate = getPredicate(opcode))
    return CompareOp::create(builder, loc, builder.getI1Type(), *predicate, x,
                             z);
  if (!isInt && !isReal(type))
    return {};
  switch (opcode) {
  case BO_Add:
    return AddOp::create(builder, loc, type, x, z);
  case BO_Sub:
    return SubOp::create(builder, loc, type, x, z);
  case BO_Mul:
    return MulOp::create(builder, loc, type, x, z);
  case BO_Div:
    return DivOp::create(builder, loc, type, x, z);
  default:
    break;
  }
  if (!isInt)
    return {};
  switch (opcode) {
  case BO_Rem:
    return RemOp::create(builder, loc, x, z);
  case BO_And:
    return AndOp::create(builder, loc, x, z);
  case BO_Or:
    return OrOp::create(builder, loc, x, z);
  case BO_Xor:
    return XorOp::create(builder, loc, x, z);
  default:
    return {};
  }
}

Value FunctionLowering::lowerConditional(const ConditionalOperator &e) {
  mlir::Type type = lowerType(e.getType(), e.getExprLoc());
  Value condition = type ? lowerValue(e.getCond()) : Value();
  if (!condition)
    return {};
  if (std::optional<bool> isTaken = takeDecision(condition))
    return lowerValue(*isTaken ? e.getTrueExpr() : e.getFalseExpr());
  IfOp branch = IfOp::create(builder, at(e.getQuestionLoc()), type, condition,
                             mlir::ArrayAttr(), /*expression=*/true);
  auto lowerOperand = [&](const clang::Expr *operand) {
    return [this, operand]() -> mlir::LogicalResult {
      Value value = lowerValue(operand);
      if (!value)
        return mlir::failure();
      yield(value);
      return mlir::success();
    };
  };
  if (failed(lowerRegion(branch.getThenRegion(), lowerOperand(e.getTrueExpr()),
                         [] {})) ||
      failed(lowerRegion(branch.getElseRegion(), lowerOperand(e.getFalseExpr()),
                         [] {})))
    return {};
  return branch.getResult(0);
}

mlir::LogicalResult
FunctionLowering::lowerDiscardedConditional(const ConditionalOperator &e) {
  Value condition = lowerValue(e.getCond());
  if (!condition)
    return mlir::failure();
  if (std::optional<bool> isTaken = takeDecision(condition))
    return lowerDiscarded(*isTaken ? e.getTrueExpr() : e.getFalseExpr());
  IfOp branch =
      IfOp::create(builder, at(e.getQuestionLoc()), mlir::TypeRange(),
                   condition, mlir::ArrayAttr(), /*expression=*/false);
  if (failed(lowerRegion(
          branch.getThenRegion(),
          [&] { return lowerDiscarded(e.getTrueExpr()); }, [&] { yield(); })))
    return mlir::failure();
  return lowerRegion(
      branch.getElseRegion(), [&] { return lowerDiscarded(e.getFalseExpr()); },
      [&] { yield(); });
}

Value FunctionLowering::lowerInitList(const InitListExpr &e) {
  if (!e.getType()->isScalarType())
    return refuseExpression(e);
  if (e.getNumInits() == 0)
    return lowerZero(e);
  return lowerValue(e.getInit(0));
}
