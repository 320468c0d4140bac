//===- EmitExpr.cpp - Expressions as text ---------------------------------===//
#include "CxxTypes.h"
#include "Print.h"

#include "adgen/Dialect/MemberNames.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace adgen;

/// How tightly an expression binds; operands of primary expressions need no
/// parentheses.
enum Precedence {
  Lowest,
  Assigning,
  Choosing,
  LogicalOr,
  LogicalAnd,
  BitOr,
  BitXor,
  BitAnd,
  Equality,
  Relation,
  Shifting,
  Additive,
  Multiplicative,
  Prefix,
  Primary,
};

static Precedence precedence(llvm::StringRef op) {
  return llvm::StringSwitch<Precedence>(op)
      .Cases({"*", "/", "%"}, Multiplicative)
      .Cases({"+", "-"}, Additive)
      .Cases({"<<", ">>"}, Shifting)
      .Cases({"<", "<=", ">", ">="}, Relation)
      .Cases({"==", "!="}, Equality)
      .Case("&", BitAnd)
      .Case("^", BitXor)
      .Case("|", BitOr)
      .Case("&&", LogicalAnd)
      .Case("||", LogicalOr)
      .Default(Lowest);
}

/// A literal may be a constant's name, or what a macro of the user expands to.
static Precedence literalPrecedence(llvm::StringRef text) {
  if (text.starts_with("("))
    return Primary;
  llvm::StringRef digits = text.ltrim("-+");
  bool isNumber = !digits.empty() && (llvm::isDigit(digits[0]) ||
                                      digits[0] == '.');
  bool isPlain = isNumber
                     ? digits.find_first_of(" */%") == llvm::StringRef::npos
                     : digits.find_first_of(" +-*/%&|^?=") ==
                           llvm::StringRef::npos;
  if (!isPlain)
    return Lowest;
  return digits.size() == text.size() ? Primary : Prefix;
}

/// That of the operator outside of all brackets, if there is one.
static Precedence templatePrecedence(llvm::StringRef text) {
  unsigned depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    bool opensArguments =
        text[i] == '<' && i && (llvm::isAlnum(text[i - 1]) || text[i - 1] == '_');
    if (llvm::StringRef("([{").contains(text[i]) || opensArguments)
      ++depth;
    else if (depth && llvm::StringRef(")]}>").contains(text[i]))
      --depth;
    else if (!depth && llvm::StringRef(" +-*/%&|^?=<>!~").contains(text[i]))
      return Lowest;
  }
  return Primary;
}

static Precedence precedence(const CxxExpr *e) {
  switch (e->kind) {
  case CxxExpr::Literal:
    return literalPrecedence(e->text);
  case CxxExpr::Unary:
    return Prefix;
  case CxxExpr::Variable:
    return e->variable->isPointer ? Prefix : Primary;
  case CxxExpr::Passed:
    return e->text.empty() && !e->variable->isPointer ? Primary : Prefix;
  case CxxExpr::Template:
    return templatePrecedence(e->text);
  case CxxExpr::Binary:
    return precedence(llvm::StringRef(e->text));
  case CxxExpr::Conditional:
    return Choosing;
  case CxxExpr::Assignment:
    return Assigning;
  default:
    return Primary;
  }
}

static std::string printOperand(const CxxExpr *e, bool parenthesize) {
  return parenthesize ? "(" + printExpr(e) + ")" : printExpr(e);
}

/// Before `.`, `->` and `[`.
static std::string printPrimary(const CxxExpr *e) {
  return printOperand(e, precedence(e) < Primary);
}

/// Whether compilers want parentheses that C++ does not need.
static bool isMisread(Precedence outer, Precedence inner) {
  if (outer == LogicalOr)
    return inner == LogicalAnd;
  if (outer == Shifting)
    return inner == Additive;
  if (outer >= BitOr && outer <= BitAnd)
    return inner != outer && inner < Prefix;
  return (outer == Relation || outer == Equality) &&
         (inner == Relation || inner == Equality || inner == Shifting);
}

static std::string printBinary(const CxxExpr *e) {
  Precedence own = precedence(e);
  const CxxExpr *x = e->args[0], *z = e->args[1];
  Precedence left = precedence(x), right = precedence(z);
  bool isNot = x->isUnary("!") && (own == Relation || own == Equality);
  bool parensX = left < own || isMisread(own, left) || isNot;
  bool isLogic = own == LogicalAnd || own == LogicalOr;
  bool parensZ = right < own || (right == own && !isLogic) ||
                 isMisread(own, right);
  return printOperand(x, parensX) + " " + e->text + " " +
         printOperand(z, parensZ);
}

static std::string printUnary(const CxxExpr *e) {
  const CxxExpr *x = e->args[0];
  if (e->text == "&" && x->kind == CxxExpr::Variable && x->variable->isPointer)
    return x->variable->name;
  std::string text = printOperand(x, precedence(x) < Prefix);
  bool merges = !text.empty() && (text[0] == '-' || text[0] == '+') &&
                (e->text[0] == '-' || e->text[0] == '+');
  return e->text + (merges ? "(" + text + ")" : text);
}

static std::string printConditional(const CxxExpr *e) {
  auto operand = [](const CxxExpr *x) {
    return printOperand(x, precedence(x) <= Choosing);
  };
  return operand(e->args[0]) + " ? " + operand(e->args[1]) + " : " +
         printOperand(e->args[2], precedence(e->args[2]) < Choosing);
}

/// `double(x)` for types of one word, else `static_cast<T>(x)`.
static std::string printCast(const CxxExpr *e) {
  bool isWord = llvm::all_of(
      e->text, [](char c) { return llvm::isAlnum(c) || c == '_'; });
  std::string operand = printExpr(e->args[0]);
  bool isBuiltin = isWord && llvm::StringSwitch<bool>(e->text)
                                 .Cases({"float", "double", "int", "unsigned",
                                         "long", "short", "char", "bool"},
                                        true)
                                 .Default(false);
  return isBuiltin ? e->text + "(" + operand + ")"
                   : "static_cast<" + e->text + ">(" + operand + ")";
}

/// Whether an operand between `before` and `after` needs no parentheses.
static bool isDelimited(llvm::StringRef before, llvm::StringRef after) {
  before = before.rtrim();
  after = after.ltrim();
  return (before.empty() || before.ends_with("(") || before.ends_with(",") ||
          before.ends_with("[") || before.ends_with("{{")) &&
         (after.empty() || after.starts_with(")") || after.starts_with(",") ||
          after.starts_with("]") || after.starts_with("}}"));
}

/// Whether it stands in a chain of `<<`.
static bool isStreamed(llvm::StringRef before, llvm::StringRef after) {
  after = after.ltrim();
  return before.rtrim().ends_with("<<") &&
         (after.empty() || after.starts_with("<<"));
}

static std::string printTemplate(const CxxExpr *e) {
  std::string text;
  llvm::StringRef all = e->text;
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i] != '{' && all[i] != '}') {
      text += all[i];
      continue;
    }
    unsigned index = 0;
    size_t end = all.find('}', i);
    bool isOperand = all[i] == '{' && end != llvm::StringRef::npos &&
                     !all.slice(i + 1, end).getAsInteger(10, index) &&
                     index < e->args.size();
    if (!isOperand) {
      text += all[i];
      i += all.substr(i + 1).starts_with(all.substr(i, 1));
      continue;
    }
    llvm::StringRef before = all.take_front(i), after = all.drop_front(end + 1);
    Precedence inner = precedence(e->args[index]);
    const CxxExpr *operand = e->args[index];
    // `(*v).size()` is `v->size()`.
    if (operand->isUnary("*") && after.starts_with(".")) {
      text += printPrimary(operand->args[0]) + "->";
      i = end + 1;
      continue;
    }
    bool binds = inner == Primary || isDelimited(before, after) ||
                 (inner >= Multiplicative && isStreamed(before, after));
    text += printOperand(e->args[index], !binds);
    i = end;
  }
  return text;
}

std::string adgen::nameOfContent(const CxxVariable *variable) {
  return (variable->isPointer ? "*" : "") + variable->name;
}

std::string adgen::printExpr(const CxxExpr *e) {
  switch (e->kind) {
  case CxxExpr::Literal:
    return e->text;
  case CxxExpr::Variable:
    return nameOfContent(e->variable);
  case CxxExpr::Unary:
    return printUnary(e);
  case CxxExpr::Postfix:
    return printOperand(e->args[0], precedence(e->args[0]) < Primary) + e->text;
  case CxxExpr::Binary:
    return printBinary(e);
  case CxxExpr::Conditional:
    return printConditional(e);
  case CxxExpr::Cast:
    return printCast(e);
  case CxxExpr::Element:
    return e->variable->name + "[" + printExpr(e->args[0]) + "]";
  case CxxExpr::Assignment:
    return nameOfContent(e->variable) + " = " + printExpr(e->args[0]);
  case CxxExpr::Index:
    return printPrimary(e->args[0]) + "[" + printExpr(e->args[1]) + "]";
  case CxxExpr::Member:
    // The element of a tuple.
    if (isPosition(e->text))
      return "std::get<" + e->text + ">(" + printExpr(e->args[0]) + ")";
    if (e->args[0]->isUnary("*"))
      return printPrimary(e->args[0]->args[0]) + "->" + e->text;
    return printPrimary(e->args[0]) + "." + e->text;
  case CxxExpr::Passed:
    if (e->text == "&")
      return (e->variable->isPointer ? "" : "&") + e->variable->name;
    return nameOfContent(e->variable);
  case CxxExpr::Template:
    return printTemplate(e);
  case CxxExpr::Sum:
    return e->text + "(" + printExpr(e->args[0]) + ", " +
           printExpr(e->args[1]) + ", [&](" + declaredType(e->variable) + " " +
           e->variable->name + ") { return " + printExpr(e->args[2]) + "; })";
  case CxxExpr::Call: {
    std::string text = e->text + "(";
    for (size_t i = 0; i < e->args.size(); ++i)
      text += (i ? ", " : "") + printExpr(e->args[i]);
    return text + ")";
  }
  }
  llvm_unreachable("covered switch");
}
