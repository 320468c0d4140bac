//===- BuildPlaces.cpp - Places → C++ expressions -------------------------===//
//
// The IR does not tell a pointer from what it points to; C++ does. A place is
// built as an lvalue where it is read, written or passed by reference, and as a
// pointer where it is one's value:
//
//     offset of p by i             p[i]          p + i
//     element i of the array a     a[i]          a + i, a for the first
//     member x of p[i]             p[i].x        &p[i].x
//     a pointer variable p         *p            p
//     an object or reference d     d             &d
//
//===----------------------------------------------------------------------===//
#include "BuildExpr.h"
#include "CxxTypes.h"
#include "Declarators.h"
#include "MemoryOrder.h"

#include "adgen/Dialect/MemberNames.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace adgen;

static Type elementOf(Value place) {
  return cast<PlaceType>(place.getType()).getElement();
}

CxxExpr *ExprBuilder::addressOf(CxxExpr *object) {
  Type type = PlaceType::get(object->type.getContext(), object->type);
  if (object->isUnary("*"))
    return object->args[0];
  if (object->kind != CxxExpr::Index)
    return cxx.newExpr(CxxExpr::Unary, type, "&", {object});
  CxxExpr *index = object->args[1];
  if (index->kind == CxxExpr::Literal && index->text == "0") {
    object->args[0]->type = type; // an array decays
    return object->args[0];
  }
  bool isNegative = index->isUnary("-") ||
                    (index->kind == CxxExpr::Literal &&
                     StringRef(index->text).starts_with("-"));
  return binary(isNegative ? "-" : "+", object->args[0],
                isNegative ? negative(index) : index, type);
}

CxxExpr *ExprBuilder::objectAt(CxxExpr *pointer) {
  Type type = llvm::cast<PlaceType>(pointer->type).getElement();
  if (pointer->isUnary("&"))
    return pointer->args[0];
  return cxx.newExpr(CxxExpr::Unary, type, "*", {pointer});
}

/// The expression of an index, where every integer will do.
CxxExpr *ExprBuilder::index(Value v) {
  auto conversion = v.getDefiningOp<CastOp>();
  auto to = llvm::cast<IntType>(v.getType());
  if (conversion && !plan.of(v) && !conversion.getExplicitSpelling() &&
      to.getWidth() == 64)
    if (isa<IntType>(conversion.getValue().getType()))
      return index(conversion.getValue());
  if (auto negated = v.getDefiningOp<NegOp>(); negated && !plan.of(v))
    return negative(index(negated.getX()));
  // A literal has the narrowest type that fits.
  return v.getDefiningOp<ConstantOp>() ? raw(v) : build(v);
}

/// `base[i]`; `base` is a pointer or an array. What `base` is moved by itself
/// goes into the index.
CxxExpr *ExprBuilder::subscript(CxxExpr *base, CxxExpr *index, Type type) {
  bool isMoved = isa<PlaceType>(base->type) &&
                 (base->isBinary("+") || base->isBinary("-"));
  if (isMoved) {
    Type first = promote(base->args[1]->type), second = promote(index->type);
    auto isPlainInt = [](Type t) {
      auto integer = llvm::dyn_cast_or_null<IntType>(t);
      return integer && (integer.getIsSigned() || integer.getWidth() == 64);
    };
    Type sum = usualConversion(first, second);
    if (isPlainInt(first) && isPlainInt(second) && sum) {
      CxxExpr *moved = base->isBinary("+")
                           ? base->args[1]
                           : negative(base->args[1]);
      index = sumOfIndices(moved, index, sum);
      base = base->args[0];
    }
  }
  return cxx.newExpr(CxxExpr::Index, type, "", {base, index});
}

CxxExpr *ExprBuilder::sumOfIndices(CxxExpr *x, CxxExpr *z, Type type) {
  int64_t a, b;
  bool isLiteral = z->kind == CxxExpr::Literal &&
                   !StringRef(z->text).getAsInteger(10, b);
  if (isLiteral && x->kind == CxxExpr::Literal &&
      !StringRef(x->text).getAsInteger(10, a))
    return intLiteral(a + b, type);
  if (isLiteral && b == 0)
    return x;
  // i + 1 - 1
  bool isMoved = isLiteral && x->type == type && (x->isBinary("+") || x->isBinary("-")) &&
                 x->args[1]->kind == CxxExpr::Literal && x->args[0]->type == type &&
                 !StringRef(x->args[1]->text).getAsInteger(10, a);
  if (isMoved)
    return sumOfIndices(x->args[0], intLiteral((x->isBinary("+") ? a : -a) + b, type), type);
  if (isLiteral && b < 0)
    return binary("-", x, intLiteral(-b, type), type);
  if (z->isUnary("-"))
    return binary("-", x, z->args[0], type);
  return binary("+", x, z, type);
}

/// A call that C++ makes to find a place within an object, or of what a pointer points
/// to.
CxxExpr *ExprBuilder::memberCall(Operation *op, StringRef text, Type type) {
  CxxExpr *e = cxx.newExpr(CxxExpr::Template, type, text);
  for (auto [i, operand] : llvm::enumerate(op->getOperands()))
    e->args.push_back(!i ? op->hasAttr("of_pointer") ? build(operand)
                                                     : lvalue(operand)
                      : isa<IntType>(operand.getType()) ? index(operand)
                                                        : operandOf(operand));
  return e;
}

/// What a text of the user's has in place of an operand: an object by itself,
/// a pointer by its value.
CxxExpr *ExprBuilder::operandOf(Value v) {
  auto place = llvm::dyn_cast<PlaceType>(v.getType());
  if (place && isa<ArrayType, ObjectType>(place.getElement()))
    return lvalue(v);
  return build(v);
}

bool adgen::isPointer(AccessOp op) {
  if (op->hasAttr("pointer"))
    return true;
  StringRef text = op.getText().trim();
  if (text.starts_with("&"))
    return true;
  for (StringRef name : {"data", "begin", "end"})
    if (text == ("{0}." + name + "()").str() ||
        text == ("std::" + name + "({0})").str())
      return true;
  return false;
}

/// `v[v.size() - 1]`, as long as the index has no variable.
bool ExprBuilder::isLastElement(AccessOp op) {
  if (op.getText() != "{0}[{1}]" || op.getArgs().size() != 1)
    return false;
  auto query = op.getArgs()[0].getDefiningOp<QueryOp>();
  return query && query.getText() == "{0}.size() - 1" && !plan.of(query) &&
         isSameObjectPlace(query.getBase(), op.getBase());
}

bool ExprBuilder::returnsReference(CallOp op) {
  func::FuncOp callee = site.callees.of(op).func;
  auto type = callee->getAttrOfType<StringAttr>("ad.return_type");
  return type && isa<PlaceType>(op->getResult(0).getType()) &&
         indirectionOf(type) == Indirection::Reference;
}

CxxExpr *ExprBuilder::lvalue(Value place) {
  if (CxxVariable *variable = plan.of(place)) {
    CxxExpr *e = cxx.read(variable);
    bool isPointer = isa<PlaceType>(variable->type) && !variable->isReference;
    if (variable->isReference)
      e->type = elementOf(place);
    return isPointer ? objectAt(e) : e;
  }
  return withoutData(object(place.getDefiningOp()));
}

/// `v[i]` for `v.data()[i]`, `v.begin()[i]` and `v.get()[i]`.
CxxExpr *ExprBuilder::withoutData(CxxExpr *element) {
  CxxExpr *base = element->kind == CxxExpr::Index ? element->args[0] : nullptr;
  bool isBegin = base && base->kind == CxxExpr::Template &&
                 (base->text == "{0}.data()" || base->text == "{0}.begin()" ||
                  base->text == "{0}.get()");
  auto container =
      isBegin ? dyn_cast<ObjectType>(base->args[0]->type) : ObjectType();
  auto isOf = [&](StringRef name) {
    return container.getSpelling().starts_with(name);
  };
  // Out of a std::array that is one of several a pointer may walk on.
  bool isPart = container && isOf("std::array<") &&
                base->args[0]->kind != CxxExpr::Variable;
  if (!container || isPart ||
      !(isOf("std::vector<") || isOf("std::array<") || isOf("std::span<") ||
        isOf("std::unique_ptr<")) ||
      isOf("std::vector<bool") ||
      (element->args[1]->kind != CxxExpr::Binary &&
       StringRef(element->args[1]->text).starts_with("-")))
    return element;
  return cxx.newExpr(CxxExpr::Template, element->type, "{0}[{1}]",
                     {base->args[0], element->args[1]});
}

/// Whether the offset is from a given element of one of several arrays that lie side by
/// side, by what may be more than there is of the array.
static bool mayLeaveRow(OffsetOp offset) {
  auto element = offset.getBase().getDefiningOp<ElementOp>();
  if (!element)
    return false;
  auto row = cast<ArrayType>(elementOf(element.getBase()));
  auto known = intConstant(offset.getIndex()), from = intConstant(element.getIndex());
  if (known && from && known->getSignificantBits() <= 32 &&
      from->getSignificantBits() <= 32) {
    int64_t index = from->getSExtValue() + known->getSExtValue();
    return index < 0 || index >= int64_t(row.getSize());
  }
  bool isOneOfMany = false;
  for (Operation *op = element; isa_and_present<ElementOp, OffsetOp, AccessOp, MemberOp>(op);
       op = op->getOperand(0).getDefiningOp()) {
    if (op->getNumOperands() == 2 && !intConstant(op->getOperand(1)))
      return false;
    isOneOfMany |= op != element && !isa<MemberOp>(op);
  }
  return isOneOfMany;
}

/// The object of a base is the object itself, unless there is no conversion.
CxxExpr *ExprBuilder::baseOf(MemberOp base) {
  Type type = elementOf(base);
  CxxExpr *object = lvalue(base.getBase());
  if (base->hasAttr("cast"))
    return cxx.newExpr(CxxExpr::Template, type, "((" + typeText(type) + " &){0})", {object});
  object->type = type;
  return object;
}

/// `B::` where the member of a base is hidden by another one.
std::string ExprBuilder::qualifierOf(MemberOp member) {
  Value place = member.getBase();
  while (auto base = plan.of(place) ? MemberOp() : place.getDefiningOp<MemberOp>()) {
    if (!isBase(base.getName()) || base->hasAttr("cast"))
      break;
    auto hidden = base->getAttrOfType<ArrayAttr>("hidden");
    if (hidden && llvm::is_contained(hidden.getAsValueRange<StringAttr>(), member.getName()))
      return typeText(elementOf(place)) + "::";
    place = base.getBase();
  }
  return "";
}

/// The object at the place that `op` computes.
CxxExpr *ExprBuilder::object(Operation *op) {
  Value place = op->getResult(0);
  Type type = elementOf(place);
  return llvm::TypeSwitch<Operation *, CxxExpr *>(op)
      .Case([&](OffsetOp o) {
        CxxExpr *i = index(o.getIndex());
        CxxExpr *base = build(o.getBase());
        // `a[0][k]` beyond a row is undefined, and compilers make use of it.
        if (!plan.of(o.getBase()) && mayLeaveRow(o))
          base = cxx.newExpr(CxxExpr::Unary, base->type, "&",
                             {lvalue(o.getBase())});
        // In `(&p.x)[1]` Clang sees p.x, which is no other member.
        if (!plan.of(o.getBase()) && o.getBase().getDefiningOp<MemberOp>()) {
          bool isRead = llvm::all_of(o->getUsers(), llvm::IsaPred<LoadOp>);
          std::string cast = "static_cast<" + std::string(isRead ? "const " : "") +
                             typeText(type) + " *>({0})";
          base = cxx.newExpr(CxxExpr::Template, base->type, cast, {base});
        }
        return subscript(base, i, type);
      })
      .Case([&](ElementOp o) {
        CxxExpr *i = index(o.getIndex());
        return subscript(lvalue(o.getBase()), i, type);
      })
      .Case([&](MemberOp o) {
        if (isBase(o.getName()))
          return baseOf(o);
        if (auto finder = o->getAttrOfType<StringAttr>("finder"))
          return cxx.newExpr(CxxExpr::Template, type,
                             (finder.getValue() + "({0})").str(),
                             {lvalue(o.getBase())});
        return cxx.newExpr(CxxExpr::Member, type, qualifierOf(o) + o.getName().str(),
                           {lvalue(o.getBase())});
      })
      .Case([&](AccessOp o) {
        if (isLastElement(o))
          return cxx.newExpr(CxxExpr::Template, type, "{0}.back()",
                             {lvalue(o.getBase())});
        CxxExpr *e = memberCall(o, o.getText(),
                                isPointer(o) ? Type(o.getType()) : type);
        return isPointer(o) ? objectAt(e) : e;
      })
      .Case([&](GlobalOp o) {
        return cxx.newExpr(CxxExpr::Literal, type, o.getSpelling());
      })
      .Case([&](LetOp o) { return lvalue(o.getValue()); })
      .Case([&](CallOp o) {
        CxxExpr *e = buildCall(o);
        return returnsReference(o) ? e : objectAt(e);
      })
      .Default([&](Operation *) { return objectAt(buildDefinition(op)); });
}

/// The pointer that `op`, which gives a place, computes.
CxxExpr *ExprBuilder::pointer(Operation *op) {
  if (auto access = dyn_cast<AccessOp>(op); access && isPointer(access))
    return memberCall(op, access.getText(), access.getType());
  CxxExpr *e = addressOf(object(op));
  // A pointer to the object is one to its base.
  if (auto member = dyn_cast<MemberOp>(op); member && isBase(member.getName()))
    e->type = member.getType();
  return e;
}
