//===- LowerBases.cpp - Conversions between bases and derived classes -----===//
//
//   d.x, of the base B           ad.member of (ad.member %d "B::") "x"
//   B &b = d                     ad.member %d "B::"
//   static_cast<const D &>(b)    ad.derived %b "B::"
//
// The object of a base is a member like others: it is copied, and has its shadow, with the
// object that it is in. The way back is known where the two meet, once callees are in
// place of their calls (InlineCalls).
//
//===----------------------------------------------------------------------===//
#include "Requests.h"
#include "Subobjects.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

bool adgen::isBaseCast(const clang::Expr &e) {
  const auto *cast = dyn_cast<CastExpr>(&e);
  return cast && (cast->getCastKind() == CK_DerivedToBase ||
                  cast->getCastKind() == CK_UncheckedDerivedToBase);
}

bool adgen::isDerivedCast(const clang::Expr &e) {
  const auto *cast = dyn_cast<CastExpr>(&e);
  return cast && cast->getCastKind() == CK_BaseToDerived;
}

void FunctionLowering::Subobjects::noteBases(const CXXRecordDecl &record) {
  std::string type = f.spelling.object(f.ast.getCanonicalTagType(&record));
  if (record.getNumBases() == 0 || !f.context.variants->heirs.insert(type).second)
    return;
  llvm::SmallVector<mlir::Attribute> known;
  if (auto list = f.module->getAttrOfType<mlir::ArrayAttr>("ad.base_classes"))
    known.assign(list.begin(), list.end());
  for (const CXXBaseSpecifier &base : record.bases()) {
    Inheritance inherited = getInheritance(record, base);
    if (inherited.hidden.empty() && !inherited.isCast)
      continue;
    known.push_back(f.builder.getArrayAttr(
        {f.builder.getStringAttr(type), f.builder.getStringAttr(Member(base, record).name),
         f.builder.getStrArrayAttr(inherited.hidden), f.builder.getBoolAttr(inherited.isCast)}));
  }
  if (!known.empty())
    f.module->setAttr("ad.base_classes", f.builder.getArrayAttr(known));
}

/// The object of the base that the cast converts the one at `place` to.
Value FunctionLowering::Subobjects::createBase(Value place, const CastExpr &e) {
  const CXXRecordDecl *record = getClass(e.getSubExpr()->getType());
  for (const CXXBaseSpecifier *base : e.path()) {
    QualType type = base->getType();
    if (!record || base->isVirtual() || !isReachable(*record, *base)) {
      (void)f.refuse(Diag::Class, e.getExprLoc(),
                   {e.getSubExpr()->getType().getAsString(f.ast.getPrintingPolicy())},
                   e.getSourceRange());
      return {};
    }
    if (!f.lowerContent(type, e.getExprLoc()))
      return {};
    place = f.createMember(place, Member(*base, *record), f.at(e.getExprLoc()));
    record = getClass(type);
  }
  return place;
}

/// The object of the derived class that the one at `place` is a base of: the class that
/// the base has for an argument.
Value FunctionLowering::Subobjects::createDerived(Value place, const CastExpr &e) {
  llvm::SmallVector<const CXXRecordDecl *> heirs = {getClass(e.getType())};
  const CXXRecordDecl *base = getClass(e.getSubExpr()->getType());
  bool isKnown = base && heirs[0] &&
                 llvm::any_of(getDerived(*base), [&](QualType derived) {
                   return getClass(derived) == heirs[0];
                 });
  if (!isKnown)
    return f.refuseExpression(e);
  for (const CXXBaseSpecifier *step : e.path())
    heirs.push_back(getClass(step->getType()));
  Location loc = f.at(e.getExprLoc());
  // Known at once.
  if (auto known = f.withoutNames(place).getDefiningOp<MemberOp>();
      known && e.path_size() == 1 &&
      known.getName() == Member(**e.path_begin(), *heirs[0]).name &&
      known.getBase().getType() == f.placeOf(f.mapContent(f.ast.getCanonicalTagType(heirs[0]))))
    return known.getBase();
  for (size_t i = e.path_size(); i-- > 0;) {
    const CXXBaseSpecifier *step = e.path_begin()[i];
    if (step->isVirtual())
      return f.refuseExpression(e);
    QualType type = f.ast.getCanonicalTagType(heirs[i]);
    if (!f.lowerContent(type, e.getExprLoc()))
      return {};
    place = DerivedOp::create(f.builder, loc, f.placeOf(f.mapContent(type)), place,
                              Member(*step, *heirs[i]).name);
  }
  return place;
}

Value FunctionLowering::Subobjects::convert(Value place, const CastExpr &e) {
  return isDerivedCast(e) ? createDerived(place, e) : createBase(place, e);
}

Glvalue FunctionLowering::Subobjects::lowerConversion(const CastExpr &e) {
  Glvalue object = f.lowerGlvalue(e.getSubExpr());
  Value place = object ? f.takePlace(object, e) : Value();
  return {place ? convert(place, e) : Value()};
}

Pointer FunctionLowering::Subobjects::lowerPointerConversion(const CastExpr &e) {
  Pointer pointer = f.lowerPointer(e.getSubExpr());
  if (!pointer || pointer.isNull)
    return pointer;
  Value place = f.takePlace(pointer.object, e);
  place = place ? convert(place, e) : Value();
  return {{place}, false, pointer.mayBeNull};
}

mlir::LogicalResult FunctionLowering::Subobjects::lowerInitializer(
    const CXXCtorInitializer &initializer, const CXXConstructorDecl &constructor,
    Value place) {
  const clang::Expr *init = stripWrappers(initializer.getInit());
  Location loc = f.at(init->getExprLoc());
  if (initializer.isDelegatingInitializer())
    return f.storeInit(init, place);
  if (initializer.isMemberInitializer()) {
    const FieldDecl &field = *initializer.getMember();
    if (!field.getType()->isReferenceType())
      return f.storeInit(init, f.createMember(place, field, loc));
    Value member = f.lowerContent(field.getType(), init->getExprLoc())
                       ? f.createMember(place, field, loc)
                       : Value();
    return member ? bindReference(field, initializer.getInit(), member) : mlir::failure();
  }
  std::optional<Member> base = getInitialized(*constructor.getParent(), initializer);
  if (!base || initializer.isBaseVirtual())
    return mlir::success(bool(f.refuseExpression(*init)));
  if (isEmptyClass(base->type) && !init->HasSideEffects(f.ast))
    return mlir::success();
  if (!f.lowerContent(base->type, init->getExprLoc()))
    return mlir::failure();
  return f.storeInit(init, f.createMember(place, *base, loc));
}

mlir::LogicalResult FunctionLowering::Subobjects::storeInherited(
    const CXXConstructorDecl &constructor, Written arguments, const clang::Expr &e,
    Value place) {
  for (const CXXCtorInitializer *initializer : constructor.inits()) {
    const auto *inherited = dyn_cast<CXXInheritedCtorInitExpr>(initializer->getInit());
    if (!inherited) {
      llvm::SaveAndRestore self(f.objectPlace, place);
      if (failed(lowerInitializer(*initializer, constructor, place)))
        return mlir::failure();
      continue;
    }
    std::optional<Member> base = getInitialized(*constructor.getParent(), *initializer);
    if (!base || initializer->isBaseVirtual() || !f.lowerContent(base->type, e.getExprLoc()))
      return mlir::success(bool(f.refuseExpression(e)));
    Value part = f.createMember(place, *base, f.at(e.getExprLoc()));
    const CXXConstructorDecl &target = *inherited->getConstructor();
    if (failed(target.isInheritingConstructor()
                   ? storeInherited(target, arguments, e, part)
                   : f.lowerConstructorCall(target, arguments, e, part)))
      return mlir::failure();
  }
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Members that are references
//===----------------------------------------------------------------------===//

mlir::LogicalResult FunctionLowering::Subobjects::bindReference(const FieldDecl &field,
                                                                const clang::Expr *e,
                                                                Value place) {
  auto refuseBound = [&](llvm::StringRef how) {
    return f.refuse(Diag::ReferenceMember, e->getExprLoc(),
                  {field.getNameAsString(), how.str()}, e->getSourceRange());
  };
  const clang::Expr *bound = e;
  while (true) {
    if (const auto *full = dyn_cast<FullExpr>(bound))
      bound = full->getSubExpr();
    else if (const auto *paren = dyn_cast<ParenExpr>(bound))
      bound = paren->getSubExpr();
    else if (const auto *init = dyn_cast<CXXDefaultInitExpr>(bound))
      bound = init->getExpr();
    else if (const auto *cast = dyn_cast<CastExpr>(bound); cast && cast->isGLValue())
      bound = cast->getSubExpr();
    else if (const auto *list = dyn_cast<InitListExpr>(bound);
             list && list->isGLValue() && list->getNumInits() == 1)
      bound = list->getInit(0);
    else
      break;
  }
  if (isa<MaterializeTemporaryExpr>(bound) || bound->isPRValue())
    return refuseBound("that is bound to a temporary");
  Glvalue object = f.lowerGlvalue(e);
  if (!object)
    return mlir::failure();
  if (object.isCopy || (object.value && !object.place))
    return refuseBound("that is bound to what is known by its value alone");
  Value target = f.takePlace(object, *e);
  if (!target)
    return mlir::failure();
  bool isValue = isa<mlir::BlockArgument>(target) && !f.memory.contains(target);
  if (isValue || (target.getDefiningOp<VarOp>() && !f.isInMemory(target)))
    return refuseBound("that is bound to what is known by its value alone");
  StoreOp::create(f.builder, f.at(e->getExprLoc()), target, place);
  return mlir::success();
}
