//===- LowerCasts.cpp - Conversions between scalars -----------------------===//
#include "Lowering.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

/// Whether a conversion of this kind is one between scalars.
static bool isScalarConversion(CastKind kind) {
  switch (kind) {
  case CK_NoOp:
  case CK_IntegralCast:
  case CK_FloatingCast:
  case CK_IntegralToFloating:
  case CK_FloatingToIntegral:
  case CK_IntegralToBoolean:
  case CK_FloatingToBoolean:
    return true;
  default:
    return false;
  }
}

Value FunctionLowering::lowerCast(const CastExpr &e) {
  if (e.getCastKind() == CK_LValueToRValue)
    return lowerValue(e.getSubExpr());
  // A string literal is there: `c && "what it says"`.
  if (bool value; e.getCastKind() == CK_PointerToBoolean &&
                  e.EvaluateAsBooleanCondition(value, ast))
    return createDecided(value, at(e.getExprLoc()));
  if (e.getCastKind() == CK_PointerToBoolean &&
      !getFunctionType(e.getSubExpr()->getType()))
    return lowerNullTest(e.getSubExpr(), /*isNull=*/false, e);
  if (!isScalarConversion(e.getCastKind()))
    return refuseExpression(e);
  mlir::Type type = lowerType(e.getType(), e.getExprLoc());
  Value value = type ? lowerValue(e.getSubExpr()) : Value();
  return value ? convert(value, type, at(e.getExprLoc())) : Value();
}

/// The operand of an explicit cast without the implicit conversions that it
/// consists of: `static_cast<double>(n)` is one conversion.
static const clang::Expr *findOperand(const ExplicitCastExpr &e) {
  const clang::Expr *operand = e.getSubExpr();
  while (const auto *part = dyn_cast<ImplicitCastExpr>(operand)) {
    if (!part->isPartOfExplicitCast() ||
        !isScalarConversion(part->getCastKind()))
      break;
    operand = part->getSubExpr();
  }
  return operand;
}

Value FunctionLowering::lowerExplicitCast(const ExplicitCastExpr &e) {
  if (const auto *part = dyn_cast<ImplicitCastExpr>(e.getSubExpr());
      part && part->getCastKind() == CK_PointerToBoolean)
    return lowerValue(part);
  if (!isScalarConversion(e.getCastKind()))
    return refuseExpression(e);
  mlir::Type type = lowerType(e.getType(), e.getExprLoc());
  const clang::Expr *operand = type ? findOperand(e) : nullptr;
  Value value = operand ? lowerValue(operand) : Value();
  if (!value || value.getType() == type)
    return value;
  QualType written = e.getTypeAsWritten().getUnqualifiedType();
  return CastOp::create(builder, at(e.getExprLoc()), type, value,
                        builder.getStringAttr(spelling.type(written)));
}

/// The value of a constant in another type; null where the conversion is better
/// left to be seen (to bool, or where it changes the value of an integer).
static mlir::Attribute convertConstant(mlir::Attribute value, mlir::Type from,
                                       mlir::Type to) {
  auto integer = dyn_cast<mlir::IntegerAttr>(value);
  auto source = dyn_cast<IntType>(from);
  if (auto real = dyn_cast<mlir::FloatType>(to)) {
    llvm::APFloat result(real.getFloatSemantics());
    bool losesInfo = false;
    if (auto number = dyn_cast<mlir::FloatAttr>(value)) {
      result = number.getValue();
      result.convert(real.getFloatSemantics(),
                     llvm::APFloat::rmNearestTiesToEven, &losesInfo);
    } else if (source) {
      result.convertFromAPInt(integer.getValue(), source.getIsSigned(),
                              llvm::APFloat::rmNearestTiesToEven);
    } else {
      return {};
    }
    return mlir::FloatAttr::get(real, result);
  }
  if (!integer || !source)
    return {};
  mlir::Builder builder(to.getContext());
  if (to.isInteger(1))
    return builder.getBoolAttr(!integer.getValue().isZero());
  auto target = dyn_cast<IntType>(to);
  if (!target)
    return {};
  llvm::APSInt before(integer.getValue(), !source.getIsSigned());
  llvm::APSInt after = before.extOrTrunc(target.getWidth());
  after.setIsSigned(target.getIsSigned());
  if (!llvm::APSInt::isSameValue(before, after))
    return {};
  return mlir::IntegerAttr::get(builder.getIntegerType(target.getWidth()),
                                after);
}

Value FunctionLowering::convert(Value value, mlir::Type type, Location loc) {
  if (value.getType() == type)
    return value;
  auto constant = value.getDefiningOp<ConstantOp>();
  if (constant && !constant.getSpellingTypeAttr()) {
    if (mlir::Attribute converted =
            convertConstant(constant.getValue(), value.getType(), type)) {
      mlir::StringAttr spelled = constant.getSpellingAttr();
      // `true` reads better than the number that it was.
      if (type.isInteger(1))
        spelled = {};
      auto spelledType =
          spelled ? mlir::TypeAttr::get(value.getType()) : mlir::TypeAttr();
      Value result = ConstantOp::create(builder, constant.getLoc(), type,
                                        converted, spelled, spelledType);
      if (value.use_empty())
        constant.erase();
      return result;
    }
  }
  // `-1` where a real is wanted: the sign of a number that is not zero can be
  // taken before or after the conversion.
  auto negation = value.getDefiningOp<NegOp>();
  if (negation && isReal(type) && isa<IntType>(value.getType()) &&
      cast<IntType>(value.getType()).getIsSigned() && value.use_empty()) {
    std::optional<llvm::APInt> number = intConstant(negation.getX());
    if (number && !number->isZero() && !number->isMinSignedValue()) {
      Location where = negation.getLoc();
      Value operand = negation.getX();
      negation.erase();
      Value real = convert(operand, type, loc);
      return NegOp::create(builder, where, type, real);
    }
  }
  return CastOp::create(builder, loc, type, value, mlir::StringAttr());
}
