//===- ChooseNames.cpp - What the variables are called --------------------===//
//
// The user's parameters and locals keep their names; two locals of one name are
// numbered if they are visible at once. Generated names give way: `x_bar` to
// `x_bar_`, until it is free. Intermediates are named after what they hold.
//
//===----------------------------------------------------------------------===//
#include "CxxTypes.h"
#include "Print.h"

#include "llvm/ADT/StringExtras.h"

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
  std::string describe(const CxxVariable *v) const;

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

/// Whether both are visible at one place.
static bool meet(const CxxVariable *a, const CxxVariable *b) {
  return !a->scope || !b->scope || isAround(a->scope, b->scope) ||
         isAround(b->scope, a->scope);
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

void NameChooser::nameGenerated(CxxVariable *v) {
  std::string name = v->local.getName().str();
  while (!isFree(name, v))
    name += '_';
  v->name = name;
}

/// `exp_x` for `std::exp(x)`, `sin_kx` for `std::sin(k * x)`; empty if that
/// would not be short.
static std::string nameOfCall(const CxxExpr *e) {
  llvm::StringRef callee = e->text;
  callee.consume_front("std::");
  if (e->kind != CxxExpr::Call || e->args.size() != 1 || !e->args[0] ||
      callee.contains(':'))
    return "";
  llvm::SmallVector<llvm::StringRef> factors;
  bool isProduct = true, isShort = true;
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

std::string NameChooser::describe(const CxxVariable *v) const {
  const CxxStmt *declaration = nullptr;
  for (auto &[variable, s] : locals)
    if (variable == v)
      declaration = s;
  if (declaration && declaration->value) {
    std::string name = nameOfCall(declaration->value);
    if (!name.empty())
      return name;
  }
  return "t";
}

void NameChooser::nameIntermediate(CxxVariable *v) {
  std::string base = v->hint.empty() ? describe(v) : v->hint;
  bool isAdjoint = false;
  for (auto &[variable, s] : locals)
    if (variable == v && s->stmt && s->stmt.getDerivative() &&
        isReal(v->type) && base == "t")
      isAdjoint = !isForward;
  std::string suffix = isAdjoint ? "_bar" : "";
  std::string name = base + suffix;
  for (unsigned i = 2; !isFree(name, v); ++i)
    name = base + std::to_string(i) + suffix;
  v->name = name;
}

void NameChooser::run() {
  order(cxx.body);
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
