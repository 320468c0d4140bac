//===- ZeroObjects.cpp - Shadows that are copies with zeros ---------------===//
//
//   Matrix m_bar = m;
//   for (std::size_t i = 0; i < m_bar.data.size(); ++i)
//     m_bar.data[i] = 0;
//
// So the shadow of an object by value has its shape, and what carries no
// derivative. The front end says where the reals are.
//
//===----------------------------------------------------------------------===//
#include "CalleeDerivatives.h"

using namespace mlir;
using namespace adgen;

VarOp adgen::createZeroLike(OpBuilder &b, Location loc, VarOp variable,
                            LocalAttr local, ValueRange args) {
  StringAttr init = variable.getZeroInitAttr();
  // ` = {{}}` names none of what ` = {{{0}, {1}}}` is made of.
  auto names = [&](size_t i) {
    return init && init.getValue().contains("{" + std::to_string(i) + "}");
  };
  if (llvm::none_of(llvm::seq(args.size()), names))
    args = {};
  return VarOp::create(b, loc, variable.getType(), local, args, init, init);
}

void adgen::zeroParts(OpBuilder &b, Location loc, Value object,
                      ArrayAttr parts) {
  for (auto part : parts.getAsRange<ArrayAttr>()) {
    Type type = cast<TypeAttr>(part[1]).getValue();
    Value place = AccessOp::create(b, loc, PlaceType::get(b.getContext(), type),
                                   cast<StringAttr>(part[0]).getValue(), object,
                                   ValueRange());
    StoreOp::create(b, loc, createConstant(b, loc, type, 0), place);
  }
}

/// Stores zero to the reals of an object, which `reals` describes.
static void zeroReals(OpBuilder &b, Location loc, Value place,
                      DictionaryAttr reals, unsigned &id) {
  if (auto real = reals.getAs<TypeAttr>("real")) {
    StoreOp::create(b, loc, createConstant(b, loc, real.getValue(), 0), place);
    return;
  }
  auto placeOf = [&](DictionaryAttr part, StringRef name) {
    return PlaceType::get(b.getContext(), part.getAs<TypeAttr>(name).getValue());
  };
  if (auto members = reals.getAs<ArrayAttr>("members")) {
    for (auto member : members.getAsRange<DictionaryAttr>())
      zeroReals(b, loc,
                MemberOp::create(b, loc, placeOf(member, "type"), place,
                                 member.getAs<StringAttr>("name")),
                member.getAs<DictionaryAttr>("reals"), id);
    return;
  }
  IntType type = IntType::get(b.getContext(), "unsigned long", 64,
                              /*isSigned=*/false, /*isEnum=*/false);
  auto counter = LocalAttr::get(b.getContext(), ~9000u - id++,
                                b.getStringAttr("i"),
                                b.getStringAttr("std::size_t"), true);
  // A built-in array has no member function that says how long it is.
  auto known = reals.getAs<IntegerAttr>("size");
  Value size = known
                   ? createConstant(b, loc, type, known.getInt())
                   : Value(QueryOp::create(b, loc, type, "{0}.size()", place, ValueRange()));
  auto loop = ForOp::create(b, loc, TypeRange(), createConstant(b, loc, type, 0),
                            size, 1, Predicate::lt, ValueRange(), counter,
                            ArrayAttr(), /*reversed=*/false);
  OpBuilder::InsertionGuard guard(b);
  Block *body = b.createBlock(&loop.getBody());
  Value index = body->addArgument(type, loc);
  PlaceType element = placeOf(reals, "element");
  Value part = known ? Value(ElementOp::create(b, loc, element, place, index))
                     : Value(AccessOp::create(b, loc, element, "{0}[{1}]", place,
                                              ValueRange(index)));
  zeroReals(b, loc, part,
            reals.getAs<DictionaryAttr>("reals"), id);
  YieldOp::create(b, loc, ValueRange());
}

Value adgen::createZeroCopy(OpBuilder &b, Location loc, Value like, LocalAttr local,
                            DictionaryAttr description, unsigned number) {
  auto zero = description ? description.getAs<StringAttr>("ad.zero_init") : StringAttr();
  if (!zero)
    return {};
  auto parts = description.getAs<ArrayAttr>("ad.zero_parts");
  auto reals = description.getAs<DictionaryAttr>("ad.zero_reals");
  // An array needs nothing of the object to have its shape.
  bool isRead = zero.getValue().contains("{0}");
  VarOp object = VarOp::create(b, loc, cast<PlaceType>(like.getType()), local,
                               isRead ? ValueRange(like) : ValueRange(), zero,
                               parts || reals ? StringAttr() : zero);
  if (parts)
    zeroParts(b, loc, object, parts);
  unsigned id = 16 * number;
  if (reals)
    zeroReals(b, loc, object, reals, id);
  return object;
}
