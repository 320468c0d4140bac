//===- ChooseNames.cpp - What the variables are called --------------------===//
//
// The user's parameters and locals keep their names; two locals of one name are
// numbered if they are visible at once. Generated names give way to the user's:
// `x_bar` to `x_bar_`, until it is free. Intermediates are named after what
// they hold.
//
//===----------------------------------------------------------------------===//
#include "CxxTypes.h"
#include "Print.h"

#include "adgen/Dialect/MemberNames.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace adgen;

static const char *const keywords[] = {
    "alignas",       "alignof",     "and",
    "and_eq",        "asm",         "auto",
    "bitand",        "bitor",       "bool",
    "break",         "case",        "catch",
    "char",          "char8_t",     "char16_t",
    "char32_t",      "class",       "compl",
    "concept",       "const",       "consteval",
    "constexpr",     "constinit",   "const_cast",
    "continue",      "co_await",    "co_return",
    "co_yield",      "decltype",    "default",
    "delete",        "do",          "double",
    "dynamic_cast",  "else",        "enum",
    "explicit",      "export",      "extern",
    "false",         "float",       "for",
    "friend",        "goto",        "if",
    "inline",        "int",         "long",
    "mutable",       "namespace",   "new",
    "noexcept",      "not",         "not_eq",
    "nullptr",       "operator",    "or",
    "or_eq",         "private",     "protected",
    "public",        "register",    "reinterpret_cast",
    "requires",      "return",      "short",
    "signed",        "sizeof",      "static",
    "static_assert", "static_cast", "struct",
    "switch",        "template",    "this",
    "thread_local",  "throw",       "true",
    "try",           "typedef",     "typeid",
    "typename",      "union",       "unsigned",
    "using",         "virtual",     "void",
    "volatile",      "wchar_t",     "while",
    "xor",           "xor_eq",      "std"};

namespace {

/// The names of some variables, by where they are visible.
class TakenNames {
public:
  void add(const CxxVariable *v);
  /// Whether `v` would be visible at one place with a variable called `name`.
  bool meets(llvm::StringRef name, const CxxVariable *v) const {
    return meetsLater(name, v) || meetsForGood(name, v);
  }
  /// The same for every variable that is declared in the scope of `v` after it.
  bool meetsForGood(llvm::StringRef name, const CxxVariable *v) const;

private:
  bool meetsLater(llvm::StringRef name, const CxxVariable *v) const;

  /// The variables of one name in and below a scope.
  struct Uses {
    std::optional<unsigned> firstHere, lastWithin;
  };
  llvm::DenseMap<const CxxBlock *, llvm::StringMap<Uses>> scopes;
  llvm::StringSet<> everywhere, anywhere;
};

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
  void orderBound(CxxStmt *s, CxxBlock *block);
  void nameUser(CxxVariable *v);
  void nameGenerated(CxxVariable *v);
  void nameIntermediate(CxxVariable *v);
  void setName(CxxVariable *v, llvm::StringRef name);
  std::string findFree(const CxxVariable *v, llvm::StringRef stem,
                       unsigned number, llvm::StringRef suffix = "");
  bool isReserved(llvm::StringRef name, const CxxVariable *v) const {
    return reserved.contains(name) ||
           (v->isGenerated() && reservedGenerated.contains(name));
  }
  bool isFree(llvm::StringRef name, const CxxVariable *v) const {
    return !isReserved(name, v) && !taken.meets(name, v);
  }

  CxxFunction &cxx;
  llvm::StringSet<> reserved;
  const llvm::StringSet<> &reservedGenerated;
  bool isForward;
  /// The locals in the order of their declarations, with these.
  std::vector<std::pair<CxxVariable *, CxxStmt *>> locals;
  llvm::DenseMap<const CxxVariable *, llvm::SmallVector<CxxStmt *, 1>>
      declarations;
  TakenNames taken, takenByUser;
  /// Up to which number the names of a stem in a scope are taken for good.
  llvm::DenseMap<const CxxBlock *, llvm::StringMap<unsigned>> numbers;
};

} // namespace

//===----------------------------------------------------------------------===//
// Names in scopes
//===----------------------------------------------------------------------===//
//
// Two variables are visible at one place if one's scope is the other's or lies
// within it and after its declaration. What has no scope is visible everywhere.

void TakenNames::add(const CxxVariable *v) {
  anywhere.insert(v->name);
  if (!v->scope) {
    everywhere.insert(v->name);
    return;
  }
  std::optional<unsigned> &first = scopes[v->scope][v->name].firstHere;
  first = first ? std::min(*first, v->number) : v->number;
  for (const CxxBlock *outer = v->scope->parent; outer; outer = outer->parent) {
    std::optional<unsigned> &last = scopes[outer][v->name].lastWithin;
    last = last ? std::max(*last, v->number) : v->number;
  }
}

bool TakenNames::meetsForGood(llvm::StringRef name,
                              const CxxVariable *v) const {
  if (!v->scope)
    return anywhere.contains(name);
  if (everywhere.contains(name))
    return true;
  if (!anywhere.contains(name))
    return false;
  for (const CxxBlock *block = v->scope; block; block = block->parent) {
    auto scope = scopes.find(block);
    if (scope == scopes.end())
      continue;
    auto uses = scope->second.find(name);
    if (uses != scope->second.end() && uses->second.firstHere &&
        (block == v->scope || *uses->second.firstHere < v->number))
      return true;
  }
  return false;
}

/// Whether `v` would meet a variable that is declared within its scope.
bool TakenNames::meetsLater(llvm::StringRef name, const CxxVariable *v) const {
  auto scope = scopes.find(v->scope);
  if (!v->scope || scope == scopes.end())
    return false;
  auto uses = scope->second.find(name);
  return uses != scope->second.end() && uses->second.lastWithin &&
         v->number < *uses->second.lastWithin;
}

void NameChooser::setName(CxxVariable *v, llvm::StringRef name) {
  v->name = name.str();
  taken.add(v);
  if (v->local && !v->isGenerated())
    takenByUser.add(v);
}

/// The first free one of `stem` with `number` and so on.
std::string NameChooser::findFree(const CxxVariable *v, llvm::StringRef stem,
                                  unsigned number, llvm::StringRef suffix) {
  // Those of one kind are named in the order of their declarations.
  llvm::StringRef kind = !v->local ? "i" : v->isGenerated() ? "g" : "u";
  std::string key =
      llvm::join_items('\n', kind, stem, suffix, std::to_string(number));
  unsigned &first = numbers[v->scope].try_emplace(key, number).first->second;
  auto nameOf = [&](unsigned i) {
    return (stem + llvm::Twine(i) + suffix).str();
  };
  auto isGone = [&](const std::string &name) {
    return isReserved(name, v) || taken.meetsForGood(name, v);
  };
  while (isGone(nameOf(first)))
    ++first;
  number = first;
  while (!isFree(nameOf(number), v))
    ++number;
  return nameOf(number);
}

//===----------------------------------------------------------------------===//
// Choice
//===----------------------------------------------------------------------===//

/// What the sums in `s` run over is visible in them alone.
void NameChooser::orderBound(CxxStmt *s, CxxBlock *block) {
  forEachDirectExpr(s, [&](CxxExpr *e) {
    forEachExpr(e, [&](const CxxExpr *x) {
      if (x->kind != CxxExpr::Sum || x->variable->scope)
        return;
      x->variable->scope = cxx.newBlock(block);
      locals.push_back({x->variable, s});
    });
  });
}

void NameChooser::order(CxxBlock *block) {
  for (CxxStmt *s : block->statements) {
    if (s->declares)
      locals.push_back({s->variable, s});
    for (CxxStmt *part : s->init)
      if (part->declares)
        locals.push_back({part->variable, part});
    orderBound(s, block);
    forEachBlock(s, [&](CxxBlock *inner) { order(inner); });
  }
}

void NameChooser::nameUser(CxxVariable *v) {
  llvm::StringRef base = v->local.getName().getValue();
  setName(v, isFree(base, v) ? base.str() : findFree(v, base, 2));
}

/// Gives way to the user's names with `_`; several of one name are numbered.
void NameChooser::nameGenerated(CxxVariable *v) {
  std::string base = v->local.getName().str();
  while (isReserved(base, v) || takenByUser.meets(base, v))
    base += '_';
  setName(v, isFree(base, v) ? base : findFree(v, base, 2));
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

/// `x_i` for `x[i]`, `m_ij` for `m[i][j]`, `m12` for `m[1][2]`, `p_x` for
/// `p[i].x`, `v_size` for `v.size()`; empty for what is no part of an object.
static std::string nameOfPart(const CxxExpr *e) {
  if (e->kind == CxxExpr::Template && e->text == "{0}.size()" &&
      e->args[0]->kind == CxxExpr::Variable)
    return e->args[0]->variable->name + "_size";
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
  if (e->kind == CxxExpr::Member) {
    // Of `b[i].v.x` the last two names.
    const CxxExpr *of = e->args[0];
    if (of->kind == CxxExpr::Member)
      return nameOfMember(isPosition(of->text)
                              ? nameOfMember(base->variable->name, of->text)
                              : of->text,
                          e->text);
    return nameOfMember(base->variable->name, e->text);
  }
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
    if (x->kind != CxxExpr::Variable || !(isReal(x->type) || isMemory(x->type)) ||
        !x->variable->local || !x->variable->local.getGenerated())
      return;
    // Others are the objects of methods, and what is returned.
    llvm::StringRef name = x->variable->local.getName();
    found |= name.contains("_bar") || name == "seed";
  });
  return found;
}

void NameChooser::nameIntermediate(CxxVariable *v) {
  std::string base = v->hint.empty() ? "t" : v->hint, suffix;
  bool isNumbered = false;
  for (const CxxStmt *s : declarations.lookup(v)) {
    if (!s->value || !v->hint.empty())
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
  if (!isFree(name, v))
    name =
        findFree(v, base + (isNumbered ? "_" : ""), isCounted ? 1 : 2, suffix);
  setName(v, name);
}

void NameChooser::run() {
  order(cxx.body);
  for (auto [number, local] : llvm::enumerate(locals)) {
    local.first->number = number;
    declarations[local.first].push_back(local.second);
  }
  for (CxxVariable *v : cxx.parameters)
    if (v->local && !v->isGenerated())
      setName(v, v->local.getName());
  for (auto &[v, declaration] : locals)
    if (v->name.empty() && v->local && !v->isGenerated())
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
