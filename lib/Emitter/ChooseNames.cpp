//===- ChooseNames.cpp - What the variables are called --------------------===//
//
// The user's parameters and locals keep their names; two locals of one name are
// numbered if they are visible at once. Generated names give way to the user's:
// `x_bar` to `x_bar_`, until it is free. Intermediates are named after what they hold.
//
//===----------------------------------------------------------------------===//
#include "CxxTypes.h"
#include "Print.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace adgen;

static const char *const keywords[] = {
    "alignas",      "alignof",      "and",           "and_eq",
    "asm",          "auto",         "bitand",        "bitor",
    "bool",         "break",        "case",          "catch",
    "char",         "char8_t",      "char16_t",      "char32_t",
    "class",        "compl",        "concept",       "const",
    "consteval",    "constexpr",    "constinit",     "const_cast",
    "continue",     "co_await",     "co_return",     "co_yield",
    "decltype",     "default",      "delete",        "do",
    "double",       "dynamic_cast", "else",          "enum",
    "explicit",     "export",       "extern",        "false",
    "float",        "for",          "friend",        "goto",
    "if",           "inline",       "int",           "long",
    "mutable",      "namespace",    "new",           "noexcept",
    "not",          "not_eq",       "nullptr",       "operator",
    "or",           "or_eq",        "private",       "protected",
    "public",       "register",     "reinterpret_cast", "requires",
    "return",       "short",        "signed",        "sizeof",
    "static",       "static_assert", "static_cast",  "struct",
    "switch",       "template",     "this",          "thread_local",
    "throw",        "true",         "try",           "typedef",
    "typeid",       "typename",     "union",         "unsigned",
    "using",        "virtual",      "void",          "volatile",
    "wchar_t",      "while",        "xor",           "xor_eq",
    "std"};

namespace {

class NameChooser {
public:
  NameChooser(CxxFunction &cxx, const llvm::StringSet<> &reserved,
              const llvm::StringSet<> &reservedGenerated, bool isForward)
      : cxx(cxx), reserved(reserved), reservedGenerated(reservedGenerated),
        isForward(isForward) {
    for (const char *keyword : keywords)
      this->reserved.insert(keyword);
  }
  void run();

private:
  void order(CxxBlock *block);
  void nameUser(CxxVariable *v);
  void nameGenerated(CxxVariable *v);
  void nameIntermediate(CxxVariable *v);
  bool isFree(llvm::StringRef name, const CxxVariable *v) const;
  bool isUsers(llvm::StringRef name, const CxxVariable *v) const;

  CxxFunction &cxx;
  llvm::StringSet<> reserved;
  const llvm::StringSet<> &reservedGenerated;
  bool isForward;
  /// The locals in the order of their declarations, with these.
  std::vector<std::pair<CxxVariable *, CxxStmt *>> locals;
};

} // namespace

static bool isAround(const CxxBlock *outer, const CxxBlock *inner) {
  while (inner && inner != outer)
    inner = inner->parent;
  return inner;
}

/// Whether both are visible at one place. What is declared after a block is not
/// visible in it.
static bool meet(const CxxVariable *a, const CxxVariable *b) {
  if (!a->scope || !b->scope)
    return true;
  if (isAround(b->scope, a->scope))
    std::swap(a, b);
  return isAround(a->scope, b->scope) &&
         (a->scope == b->scope || a->number < b->number);
}

bool NameChooser::isFree(llvm::StringRef name, const CxxVariable *v) const {
  if (reserved.contains(name) ||
      (v->isGenerated() && reservedGenerated.contains(name)))
    return false;
  for (const CxxVariable &other : cxx.variables)
    if (&other != v && other.name == name && meet(&other, v))
      return false;
  return true;
}

void NameChooser::order(CxxBlock *block) {
  for (CxxStmt *s : block->statements) {
    if (s->declares)
      locals.push_back({s->variable, s});
    for (CxxStmt *part : s->init)
      if (part->declares)
        locals.push_back({part->variable, part});
    forEachBlock(s, [&](CxxBlock *inner) { order(inner); });
  }
}

void NameChooser::nameUser(CxxVariable *v) {
  llvm::StringRef base = v->local.getName().getValue();
  std::string name = base.str();
  for (unsigned i = 2; !isFree(name, v); ++i)
    name = (base + llvm::Twine(i)).str();
  v->name = name;
}

bool NameChooser::isUsers(llvm::StringRef name, const CxxVariable *v) const {
  return reserved.contains(name) ||
         (v->isGenerated() && reservedGenerated.contains(name)) ||
         llvm::any_of(cxx.variables, [&](const CxxVariable &other) {
           return other.local && !other.isGenerated() && other.name == name &&
                  meet(&other, v);
         });
}

/// Gives way to the user's names with `_`; several of one name are numbered.
void NameChooser::nameGenerated(CxxVariable *v) {
  std::string base = v->local.getName().str();
  while (isUsers(base, v))
    base += '_';
  std::string name = base;
  for (unsigned i = 2; !isFree(name, v); ++i)
    name = base + std::to_string(i);
  v->name = name;
}

/// `exp_x` for `std::exp(x)`, `sin_kx` for `std::sin(k * x)`; empty if that
/// would not be short.
static std::string nameOfCall(const CxxExpr *e, llvm::StringRef callee) {
  llvm::SmallVector<llvm::StringRef> factors;
  bool isProduct = e->args.size() == 1, isShort = true;
  forEachExpr(e->args[0], [&](const CxxExpr *x) {
    if (x->kind == CxxExpr::Variable) {
      factors.push_back(x->variable->name);
      isShort &= factors.back().size() == 1;
    } else {
      isProduct &= x->isBinary("*") || x->isUnary("-");
    }
  });
  std::string argument = llvm::join(factors, isShort ? "" : "_");
  std::string name = (callee + "_" + argument).str();
  return isProduct && !argument.empty() && name.size() <= 12 ? name : "";
}

/// `i` for `i`, `2` for `2`, `ij` for `i * n + j`: the one-letter variables and
/// digits of an index without what they are multiplied by.
static std::string nameOfIndex(const CxxExpr *e) {
  if (e->kind == CxxExpr::Variable)
    return e->variable->name.size() == 1 ? e->variable->name : "";
  if (e->kind == CxxExpr::Literal)
    return e->text.size() == 1 ? e->text : "";
  if (e->kind == CxxExpr::Cast || e->isBinary("*"))
    return nameOfIndex(e->args[0]);
  if (!e->isBinary("+") && !e->isBinary("-"))
    return "";
  bool isMoved = e->args[1]->kind == CxxExpr::Literal;
  return nameOfIndex(e->args[0]) + (isMoved ? "" : nameOfIndex(e->args[1]));
}

/// `x_i` for `x[i]`, `m_ij` for `m[i][j]`, `m12` for `m[1][2]`, `p_x` for `p[i].x`;
/// empty for what is no part of an object.
static std::string nameOfPart(const CxxExpr *e) {
  const CxxExpr *base = e;
  std::string indices;
  while (true) {
    // An element of a container is found by a call.
    bool isCall = base->kind == CxxExpr::Template && !base->args.empty() &&
                  isMemory(base->args[0]->type);
    bool isPart = isCall || base->kind == CxxExpr::Index ||
                  base->kind == CxxExpr::Member || base->isUnary("*");
    if (!isPart)
      break;
    std::string own;
    for (const CxxExpr *index : llvm::drop_begin(base->args))
      own += nameOfIndex(index);
    indices = own + indices;
    base = base->args[0];
  }
  if (base == e || base->kind != CxxExpr::Variable || !isMemory(base->type))
    return "";
  if (e->kind == CxxExpr::Member)
    indices = e->text;
  bool isNumber = llvm::all_of(indices, llvm::isDigit);
  return base->variable->name + (indices.empty() ? "0"
                                 : isNumber      ? indices
                                                 : "_" + indices);
}

/// What a person might call the value of `e`.
static std::string nameOfValue(const CxxExpr *e) {
  llvm::StringRef callee = e->text;
  if (e->kind == CxxExpr::Call && callee.consume_front("std::")) {
    std::string name = nameOfCall(e, callee);
    if (!name.empty())
      return name;
    return llvm::StringSwitch<std::string>(callee)
        .Case("sin", "s")
        .Case("cos", "c")
        .Case("exp", "e")
        .Cases({"sqrt", "cbrt", "hypot"}, "root")
        .Cases({"max", "fmax"}, "larger")
        .Cases({"min", "fmin"}, "smaller")
        .Cases({"pow"}, "power")
        .Default("t");
  }
  if (e->type.isInteger(1))
    return "condition";
  if (e->isBinary("+") && isReal(e->type))
    return "sum";
  if (e->isBinary("/") && isReal(e->type))
    return "ratio";
  return "t";
}

/// Whether `e` is an adjoint times something.
static bool isAdjoint(const CxxExpr *e) {
  bool found = false;
  forEachExpr(e, [&](const CxxExpr *x) {
    found |= x->kind == CxxExpr::Variable &&
             (isReal(x->type) || isMemory(x->type)) && x->variable->local &&
             x->variable->local.getGenerated();
  });
  return found;
}

void NameChooser::nameIntermediate(CxxVariable *v) {
  std::string base = v->hint.empty() ? "t" : v->hint, suffix;
  bool isNumbered = false;
  for (auto &[variable, s] : locals) {
    if (variable != v || !s->value || !v->hint.empty())
      continue;
    if (!isForward && isReal(v->type) && isAdjoint(s->value))
      suffix = "_bar";
    else
      base = nameOfPart(s->value);
    if (base.empty())
      base = nameOfValue(s->value);
  }
  // `y0`, `y1` are what y held; another `m10` is `m10_2`.
  bool isCounted = base.size() > 1 && base.back() == '0' &&
                   !llvm::isDigit(base[base.size() - 2]);
  if (!isCounted && base.size() > 1 && llvm::isDigit(base.back()))
    isNumbered = true;
  std::string name = base + suffix;
  if (isCounted)
    base.pop_back();
  for (unsigned i = isCounted ? 1 : 2; !isFree(name, v); ++i)
    name = base + (isNumbered ? "_" : "") + std::to_string(i) + suffix;
  v->name = name;
}

void NameChooser::run() {
  order(cxx.body);
  for (auto [number, local] : llvm::enumerate(locals))
    local.first->number = number;
  for (CxxVariable *v : cxx.parameters)
    if (v->local && !v->isGenerated())
      v->name = v->local.getName().str();
  for (auto &[v, declaration] : locals)
    if (v->local && !v->isGenerated())
      nameUser(v);
  for (CxxVariable *v : cxx.parameters)
    if (v->name.empty() && v->local)
      nameGenerated(v);
  for (auto &[v, declaration] : locals)
    if (v->name.empty() && v->local)
      nameGenerated(v);
  for (CxxVariable *v : cxx.parameters)
    if (v->name.empty())
      nameIntermediate(v);
  for (auto &[v, declaration] : locals)
    if (v->name.empty())
      nameIntermediate(v);
}

void adgen::chooseNames(CxxFunction &cxx, const llvm::StringSet<> &reserved,
                        const llvm::StringSet<> &reservedGenerated,
                        bool isForward) {
  NameChooser(cxx, reserved, reservedGenerated, isForward).run();
}
