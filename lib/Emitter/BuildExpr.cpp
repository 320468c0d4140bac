//===- BuildExpr.cpp - Values → C++ expressions ---------------------------===//
//
// Every expression knows the type that C++ gives to it as printed. A `raw` form
// (a conversion left out, `2` for 2.0) is used where C++'s own conversions then
// compute in the operation's type, and an exact form where they would not.
//
//===----------------------------------------------------------------------===//
#include "BuildExpr.h"
#include "CxxTypes.h"
#include "PrepareForEmission.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Constants and casts
//===----------------------------------------------------------------------===//

CxxExpr *ExprBuilder::intLiteral(int64_t value, Type type) {
  return cxx.newExpr(CxxExpr::Literal, type, std::to_string(value));
}

/// Whether `text` is the name of something, not digits.
static bool isName(StringRef text) {
  text = text.ltrim("-+( ");
  return !text.empty() && (llvm::isAlpha(text[0]) || text[0] == '_' ||
                           text[0] == ':');
}

CxxExpr *ExprBuilder::rawConstant(ConstantOp op) {
  Type type = op.getType();
  if (op.getSpelling()) {
    Type spelled = op.getSpellingType() ? *op.getSpellingType() : type;
    return cxx.newExpr(CxxExpr::Literal, spelled, *op.getSpelling());
  }
  Type simple = intType(op.getContext());
  if (isReal(type))
    if (auto value = integerValue(op.getValue()))
      return intLiteral(*value, simple);
  auto integer = dyn_cast<IntType>(type);
  if (integer && !integer.getIsEnum()) {
    APInt value = llvm::cast<IntegerAttr>(op.getValue()).getValue();
    bool fits = integer.getIsSigned()
                    ? value.isSignedIntN(31) && !value.isMinSignedValue()
                    : value.isIntN(31);
    if (fits)
      return intLiteral(integer.getIsSigned() ? value.getSExtValue()
                                              : int64_t(value.getZExtValue()),
                        simple);
  }
  return cxx.newExpr(CxxExpr::Literal, type, literalText(op.getValue(), type));
}

CxxExpr *ExprBuilder::constant(ConstantOp op) {
  CxxExpr *e = rawConstant(op);
  if (e->type == op.getType())
    return e;
  if (op.getSpelling() && isName(*op.getSpelling()))
    return castTo(e, op.getType());
  return cxx.newExpr(CxxExpr::Literal, op.getType(),
                     literalText(op.getValue(), op.getType()));
}

CxxExpr *ExprBuilder::castTo(CxxExpr *e, Type type, StringRef spelling) {
  if (type.isInteger(1) && spelling.empty())
    return binary("!=", e,
                  cxx.newExpr(CxxExpr::Literal, intType(type.getContext()),
                              "0"),
                  type);
  std::string text = spelling.empty() ? typeText(type) : spelling.str();
  return cxx.newExpr(CxxExpr::Cast, type, text, {e});
}

CxxExpr *ExprBuilder::cast(CastOp op) {
  CxxExpr *e = build(op.getValue());
  CxxExpr *result =
      castTo(e, op.getType(), op.getExplicitSpelling().value_or(""));
  result->isImplicit = !op.getExplicitSpelling();
  return result;
}

CxxExpr *ExprBuilder::raw(Value v) {
  Operation *op = v.getDefiningOp();
  if (!op || plan.of(v) || structs.count(op))
    return build(v);
  if (isa<UnpackOp>(op))
    return frameMember(v);
  if (auto let = dyn_cast<LetOp>(op))
    return raw(let.getValue());
  return buildDefinitionConverted(op);
}

CxxExpr *ExprBuilder::buildDefinitionConverted(Operation *op) {
  if (auto let = dyn_cast<LetOp>(op))
    return raw(let.getValue());
  if (auto constant = dyn_cast<ConstantOp>(op))
    return rawConstant(constant);
  auto conversion = dyn_cast<CastOp>(op);
  if (conversion && !conversion.getExplicitSpelling())
    return build(conversion.getValue());
  return buildDefinition(op);
}

CxxExpr *ExprBuilder::buildBraced(Value v) {
  CxxExpr *e = raw(v);
  if (e->type == v.getType())
    return e;
  bool isWidening = isReal(v.getType()) && isReal(e->type) &&
                    e->type.getIntOrFloatBitWidth() <
                        v.getType().getIntOrFloatBitWidth();
  bool isDigits = e->kind == CxxExpr::Literal && !isReal(e->type) &&
                  !isName(e->text) && isReal(v.getType());
  return isWidening || isDigits ? e : build(v);
}

CxxExpr *ExprBuilder::buildCondition(Value v) {
  CxxExpr *e = raw(v);
  bool isPlainInteger =
      isa<IntType>(e->type) && (e->kind == CxxExpr::Variable ||
                                e->kind == CxxExpr::Postfix);
  return e->type.isInteger(1) || isPlainInteger ? e : build(v);
}

//===----------------------------------------------------------------------===//
// Signs
//===----------------------------------------------------------------------===//

static bool isProduct(const CxxExpr *e) {
  return (e->isBinary("*") || e->isBinary("/")) && isReal(e->type);
}

/// The form of a guard: `c == 0 ? 0 : value`.
static bool isGuard(const CxxExpr *e) {
  return e->kind == CxxExpr::Conditional && isReal(e->type) &&
         e->args[1]->kind == CxxExpr::Literal && e->args[1]->text == "0";
}

/// Whether the sign in front of `e` can be taken off.
static bool isNegative(const CxxExpr *e) {
  auto integer = llvm::dyn_cast<IntType>(e->type);
  if (integer && !integer.getIsSigned())
    return false;
  if (e->isUnary("-") ||
      (e->kind == CxxExpr::Literal && StringRef(e->text).starts_with("-")))
    return true;
  return isProduct(e) && isNegative(e->args[0]);
}

/// `-e` for a real: the sign goes to the first factor, which is exact.
CxxExpr *ExprBuilder::negative(CxxExpr *e) {
  if (e->isUnary("-"))
    return e->args[0];
  if (e->kind == CxxExpr::Literal && !isName(e->text)) {
    StringRef text = e->text;
    bool isMinus = text.consume_front("-");
    bool isZero = !isReal(e->type) && text == "0";
    if (!isZero)
      return cxx.newExpr(CxxExpr::Literal, e->type,
                         isMinus ? text.str() : "-" + e->text);
    return cxx.newExpr(CxxExpr::Literal, e->type, "-0.0");
  }
  bool isNumber = e->kind == CxxExpr::Binary && isReal(e->type) &&
                  e->args[0]->kind == CxxExpr::Literal;
  if (isProduct(e) &&
      (isReal(e->args[0]->type) || isNegative(e->args[0]) || isNumber))
    return cxx.newExpr(CxxExpr::Binary, e->type, e->text,
                       {negative(e->args[0]), e->args[1]});
  if (isGuard(e))
    return cxx.newExpr(CxxExpr::Conditional, e->type, e->text,
                       {e->args[0], e->args[1], negative(e->args[2])});
  return cxx.newExpr(CxxExpr::Unary, e->type, "-", {e});
}

/// Moves signs where a person would have them: `a + -b` is `a - b`, `a * -b` is
/// `-a * b`. All exact.
CxxExpr *ExprBuilder::signedBinary(StringRef sign, CxxExpr *x, CxxExpr *z,
                                   Type type, bool mayCommute) {
  bool isSum = sign == "+" || sign == "-";
  if (isReal(type) && isNegative(z) && isReal(z->type)) {
    if (isSum)
      return binary(sign == "+" ? "-" : "+", x, negative(z), type);
    if (isReal(x->type) || x->kind == CxxExpr::Literal)
      return binary(sign, negative(x), negative(z), type);
  }
  if (sign == "+" && mayCommute && isReal(type) && isReal(x->type) &&
      isNegative(x))
    return binary("-", z, negative(x), type);
  return binary(sign, x, z, type);
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

/// Whether a comparison of these makes the compiler warn about signedness.
static bool mixesSigns(const CxxExpr *x, const CxxExpr *z) {
  auto a = dyn_cast_or_null<IntType>(promote(x->type));
  auto b = dyn_cast_or_null<IntType>(promote(z->type));
  auto isPlain = [](const CxxExpr *e) {
    return e->kind == CxxExpr::Literal && !StringRef(e->text).starts_with("-");
  };
  if (!a || !b || a.getIsSigned() == b.getIsSigned())
    return false;
  return !isPlain(a.getIsSigned() ? x : z);
}

std::pair<CxxExpr *, CxxExpr *>
ExprBuilder::operands(Value x, Value z, bool isComparison) {
  Type type = x.getType();
  auto fits = [&](CxxExpr *a, CxxExpr *b) {
    if (a->type == type && b->type == type)
      return true;
    return usualConversion(a->type, b->type) == type &&
           !(isComparison && mixesSigns(a, b));
  };
  CxxExpr *a = raw(x), *b = raw(z);
  if (fits(a, b))
    return {a, b};
  CxxExpr *exactB = build(z);
  if (fits(a, exactB))
    return {a, exactB};
  CxxExpr *exactA = build(x);
  if (fits(exactA, b))
    return {exactA, b};
  return {exactA, exactB};
}

CxxExpr *ExprBuilder::arithmetic(Operation *op, StringRef sign) {
  auto [x, z] = operands(op->getOperand(0), op->getOperand(1));
  Type type = op->getResult(0).getType();
  StmtAttr stmt = getStmt(op->getLoc());
  return signedBinary(sign, x, z, type, stmt && stmt.getDerivative());
}

CxxExpr *ExprBuilder::shift(Operation *op, StringRef sign) {
  Type type = op->getResult(0).getType();
  CxxExpr *x = raw(op->getOperand(0));
  if (promote(x->type) != type)
    x = build(op->getOperand(0));
  return binary(sign, x, build(op->getOperand(1)), type);
}

CxxExpr *ExprBuilder::unary(Operation *op, StringRef sign) {
  Type type = op->getResult(0).getType();
  CxxExpr *x = raw(op->getOperand(0));
  if (promote(x->type) != type)
    x = build(op->getOperand(0));
  if (sign == "-" && isReal(type))
    return negative(x);
  return cxx.newExpr(CxxExpr::Unary, type, sign, {x});
}

static StringRef predicateText(Predicate predicate) {
  switch (predicate) {
  case Predicate::eq:
    return "==";
  case Predicate::ne:
    return "!=";
  case Predicate::lt:
    return "<";
  case Predicate::le:
    return "<=";
  case Predicate::gt:
    return ">";
  case Predicate::ge:
    return ">=";
  }
  llvm_unreachable("covered switch");
}

CxxExpr *ExprBuilder::compare(CompareOp op) {
  auto [x, z] = operands(op.getX(), op.getZ(), /*isComparison=*/true);
  return binary(predicateText(op.getPredicate()), x, z, op.getType());
}

CxxExpr *ExprBuilder::compare(Predicate predicate, CxxExpr *x, Value z) {
  CxxExpr *bound = raw(z);
  if (usualConversion(x->type, bound->type) != promote(x->type) ||
      mixesSigns(x, bound))
    bound = build(z);
  return binary(predicateText(predicate), x, bound,
                IntegerType::get(z.getContext(), 1));
}

CxxExpr *ExprBuilder::conditional(CxxExpr *c, Value x, Value z) {
  auto [a, b] = operands(x, z);
  return cxx.newExpr(CxxExpr::Conditional, x.getType(), "?", {c, a, b});
}

CxxExpr *ExprBuilder::guard(GuardOp op) {
  CxxExpr *c = build(op.getCondition());
  if (c->isUnary("-"))
    c = c->args[0];
  Type type = op.getType();
  CxxExpr *value = build(op.getValue());
  CxxExpr *zero = intLiteral(0, intType(op.getContext()));
  CxxExpr *isZero =
      binary("==", c, zero, IntegerType::get(op.getContext(), 1));
  return cxx.newExpr(CxxExpr::Conditional, type, "?", {isZero, zero, value});
}

/// Whether the value only says which elements are read, computed of it as signed integers:
/// then it may be of a wider type. `depth` becomes how many steps that takes.
static bool onlyIndexes(Value value, unsigned &depth, unsigned step = 0) {
  depth = std::max(depth, step);
  return llvm::all_of(value.getUses(), [&](OpOperand &use) {
    Operation *user = use.getOwner();
    if (isa<OffsetOp, ElementOp>(user))
      return true;
    if (auto access = dyn_cast<AccessOp>(user))
      return access.getText() == "{0}[{1}]";
    auto isSigned = [](Type type) {
      auto integer = dyn_cast<IntType>(type);
      return integer && integer.getIsSigned();
    };
    return isa<AddOp, SubOp, MulOp>(user) &&
           llvm::all_of(user->getOperandTypes(), isSigned) &&
           isSigned(user->getResult(0).getType()) &&
           onlyIndexes(user->getResult(0), depth, step + 1);
  });
}

/// Whether the counter of the sum is better a `long`: a compiler cannot tell that elements
/// lie side by side if `row * n + i + k` is a sum of `int`, of which it has to expect that
/// it wraps around once it has changed its order.
static bool isWide(SumOp op) {
  auto type = dyn_cast<IntType>(op.induction().getType());
  unsigned depth = 0;
  return type && type.getIsSigned() && type.getWidth() == 32 &&
         onlyIndexes(op.induction(), depth) && depth > 1;
}

CxxExpr *ExprBuilder::sum(SumOp op) {
  // The type of the last one is that of all.
  CxxExpr *e = cxx.newExpr(CxxExpr::Sum, op.getType(), SumOp::function(),
                           {buildConverted(op.getLower()), build(op.getUpper()),
                            build(op.term())});
  e->variable = plan.of(op.induction());
  e->variable->isBound = true;
  if (isWide(op))
    e->variable->deducedType = "long";
  return e;
}

CxxExpr *ExprBuilder::ifExpression(IfOp op) {
  Value x = op.thenBlock()->getTerminator()->getOperand(0);
  Value z = op.elseBlock()->getTerminator()->getOperand(0);
  CxxExpr *c = buildCondition(op.getCondition());
  if (x.getType().isInteger(1)) {
    auto whenTrue = intConstant(x), whenFalse = intConstant(z);
    if (whenTrue && whenFalse)
      return whenTrue->isZero() == whenFalse->isZero()
                 ? build(x)
                 : (whenTrue->isZero() ? negate(cxx, c) : build(op.getCondition()));
    if (whenFalse && whenFalse->isZero())
      return binary("&&", c, buildCondition(x), x.getType());
    if (whenTrue && !whenTrue->isZero())
      return binary("||", c, buildCondition(z), x.getType());
    if (whenTrue)
      return binary("&&", negate(cxx, c), buildCondition(z), x.getType());
    if (whenFalse)
      return binary("||", negate(cxx, c), buildCondition(x), x.getType());
  }
  return conditional(c, x, z);
}

/// `k + (i - 1)` is `k + i - 1` where nothing overflows.
CxxExpr *ExprBuilder::tapeIndex(Value v) {
  CxxExpr *e = buildConverted(v);
  CxxExpr *z = e->isBinary("+") ? e->args[1] : nullptr;
  bool isSigned = isa<IntType>(e->type) &&
                  llvm::cast<IntType>(e->type).getIsSigned();
  if (!z || !isSigned || !(z->isBinary("+") || z->isBinary("-")))
    return e;
  CxxExpr *x = binary("+", e->args[0], z->args[0], e->type);
  return binary(z->text, x, z->args[1], e->type);
}

CxxExpr *ExprBuilder::element(PlaybackOp op) {
  if (op.getTape().getDefiningOp<UnpackOp>())
    return cxx.newExpr(CxxExpr::Index, op.getType(), "",
                       {frameMember(op.getTape()), tapeIndex(op.getIndex())});
  CxxExpr *e = cxx.newExpr(CxxExpr::Element, op.getType(), "",
                           {tapeIndex(op.getIndex())});
  e->variable = plan.of(op.getTape());
  return e;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// The type in which <cmath> computes on arguments of these types.
static Type callConversion(ArrayRef<CxxExpr *> args, MLIRContext *context) {
  Type widest;
  for (const CxxExpr *arg : args) {
    Type type = isReal(arg->type) ? arg->type : Float64Type::get(context);
    if (!widest ||
        type.getIntOrFloatBitWidth() > widest.getIntOrFloatBitWidth())
      widest = type;
  }
  return widest;
}

CxxExpr *ExprBuilder::call(Operation *op, StringRef callee) {
  Type real;
  SmallVector<CxxExpr *> exact, simple, simpleReals;
  for (Value operand : op->getOperands()) {
    CxxExpr *e = build(operand);
    auto constant = operand.getDefiningOp<ConstantOp>();
    bool mayStayRaw = isReal(operand.getType()) &&
                      (!constant || constant.getSpelling());
    exact.push_back(isReal(operand.getType()) ? e : raw(operand));
    simple.push_back(mayStayRaw ? raw(operand) : exact.back());
    if (isReal(operand.getType())) {
      real = operand.getType();
      simpleReals.push_back(simple.back());
    }
  }
  Type type = op->getResult(0).getType();
  // std::max and its kin are templates that want equal types, and so are the
  // functions that the generated code brings along.
  auto function = llvm::dyn_cast<Differentiable>(op);
  bool isTemplate = isa<MaxOp, MinOp, ClampOp, TestOp>(op) ||
                    (function && !function.getHelper().empty());
  bool fits = real && !isTemplate &&
              callConversion(simpleReals, op->getContext()) == real;
  return cxx.newExpr(CxxExpr::Call, type, callee, fits ? simple : exact);
}

/// `p != nullptr`, of the parameter that the attribute names.
CxxExpr *ExprBuilder::nullTest(TestOp op) {
  auto function = op->getParentOfType<func::FuncOp>();
  for (BlockArgument argument : function.getArguments()) {
    if (function.getArgAttr(argument.getArgNumber(), "ad.local") !=
        op.getParameterAttr())
      continue;
    CxxVariable *variable = plan.of(argument);
    CxxExpr *pointer =
        isa<PlaceType>(argument.getType())
            ? build(argument)
            : cxx.newExpr(CxxExpr::Unary, variable->type, "&",
                          {cxx.read(variable)});
    CxxExpr *null = cxx.newExpr(CxxExpr::Literal, variable->type, "nullptr");
    return binary("!=", pointer, null, op.getType());
  }
  llvm_unreachable("the test of a parameter");
}

/// `std::max(z, x)` for `x < z ? z : x` of integers, and `std::min`; null for another
/// choice. A literal comes last.
CxxExpr *ExprBuilder::largerInteger(SelectOp op) {
  auto compare = op.getCondition().getDefiningOp<CompareOp>();
  auto type = dyn_cast<IntType>(op.getType());
  if (!compare || !type || compare.getX() != op.getZ() ||
      compare.getZ() != op.getX())
    return nullptr;
  bool isMax = compare.getPredicate() == Predicate::lt ||
               compare.getPredicate() == Predicate::le;
  bool isMin = compare.getPredicate() == Predicate::gt ||
               compare.getPredicate() == Predicate::ge;
  bool hasLiteral = intConstant(op.getX()) || intConstant(op.getZ());
  if ((!isMax && !isMin) || (hasLiteral && type.getSpelling() != "int"))
    return nullptr;
  Value first = op.getX(), second = op.getZ();
  if (intConstant(first))
    std::swap(first, second);
  return cxx.newExpr(CxxExpr::Call, type, isMax ? "std::max" : "std::min",
                     {build(first), build(second)});
}

//===----------------------------------------------------------------------===//
// Dispatch
//===----------------------------------------------------------------------===//

CxxExpr *ExprBuilder::build(Value v) {
  if (CxxVariable *variable = plan.of(v)) {
    bool isObject = isa<PlaceType>(v.getType()) &&
                    (variable->isReference || !isa<PlaceType>(variable->type));
    return isObject ? addressOf(lvalue(v)) : cxx.read(variable);
  }
  assert(v.getDefiningOp() && "an argument without a variable");
  if (structs.count(v.getDefiningOp()))
    return member(v);
  if (v.getDefiningOp<UnpackOp>())
    return frameMember(v);
  return buildDefinition(v.getDefiningOp());
}

CxxExpr *ExprBuilder::buildDefinition(Operation *op) {
  return llvm::TypeSwitch<Operation *, CxxExpr *>(op)
      .Case([&](ConstantOp c) { return constant(c); })
      .Case<OffsetOp, ElementOp, MemberOp, AccessOp, GlobalOp>(
          [&](auto o) { return pointer(o); })
      .Case([&](DistanceOp o) {
        return binary("-", build(o.getX()), build(o.getZ()), o.getType());
      })
      .Case([&](QueryOp o) {
        // Whether a pointer is null, the pointer says.
        for (StringRef test : {"==", "!="})
          if (o.getText() == ("{0} " + test + " nullptr").str()) {
            CxxExpr *pointer = build(o.getBase());
            CxxExpr *null =
                cxx.newExpr(CxxExpr::Literal, pointer->type, "nullptr");
            return binary(test, pointer, null, o.getType());
          }
        return memberCall(o, o.getText(), o.getType());
      })
      .Case([&](UndefOp u) {
        if (isa<PlaceType, FrameType>(u.getType()))
          return cxx.newExpr(CxxExpr::Literal, u.getType(), "nullptr");
        return castTo(intLiteral(0, intType(u.getContext())), u.getType());
      })
      .Case([&](LetOp let) { return build(let.getValue()); })
      .Case([&](CastOp c) { return cast(c); })
      .Case<AddOp, SubOp, MulOp, DivOp>([&](auto o) {
        return arithmetic(o, llvm::cast<Differentiable>(*o).getSpelling());
      })
      .Case([&](RemOp o) { return arithmetic(o, "%"); })
      .Case([&](AndOp o) { return arithmetic(o, "&"); })
      .Case([&](OrOp o) { return arithmetic(o, "|"); })
      .Case([&](XorOp o) { return arithmetic(o, "^"); })
      .Case([&](ShlOp o) { return shift(o, "<<"); })
      .Case([&](ShrOp o) { return shift(o, ">>"); })
      .Case([&](NegOp o) { return unary(o, "-"); })
      .Case([&](ComplementOp o) { return unary(o, "~"); })
      .Case([&](NotOp o) { return negate(cxx, buildCondition(o.getX())); })
      .Case([&](CompareOp o) { return compare(o); })
      .Case([&](SelectOp o) {
        if (CxxExpr *larger = largerInteger(o))
          return larger;
        return conditional(buildCondition(o.getCondition()), o.getX(),
                           o.getZ());
      })
      .Case([&](GuardOp o) { return guard(o); })
      .Case([&](IfOp o) { return ifExpression(o); })
      .Case([&](PlaybackOp o) { return element(o); })
      .Case([&](SumOp o) { return sum(o); })
      .Case([&](PackOp o) { return buildFrame(o); })
      .Case([&](CallOp o) {
        CxxExpr *e = buildCall(o);
        return returnsReference(o) ? addressOf(e) : e;
      })
      .Case([&](LoadOp o) {
        CxxExpr *content = lvalue(o.getPlace());
        // A member that is a reference is what it refers to.
        if (auto member = o.getPlace().getDefiningOp<MemberOp>();
            member && member->hasAttr("reference")) {
          content->type = llvm::cast<PlaceType>(o.getType()).getElement();
          content = addressOf(content);
        }
        auto type = o->getAttrOfType<StringAttr>("const_cast");
        return type ? cxx.newExpr(CxxExpr::Template, o.getType(),
                                  "const_cast<" + type.str() + ">({0})",
                                  {content})
                    : content;
      })
      .Case([&](TestOp o) {
        return o.getParameter() ? nullTest(o)
                                          : call(o, o.getSpelling());
      })
      .Default([&](Operation *o) {
        return call(o, llvm::cast<Differentiable>(o).getSpelling());
      });
}
