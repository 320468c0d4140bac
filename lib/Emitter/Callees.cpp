//===- Callees.cpp - How the functions of the module are called -----------===//
#include "Callees.h"
#include "Parameters.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace adgen;

bool adgen::isPrinted(func::FuncOp func) {
  if (func.isDeclaration())
    return false;
  return func->hasAttr("ad.derivative") ||
         (!func->hasAttr("ad.spelling") && !func->hasAttr("ad.call_format"));
}

/// The numbers of the results that the function returns itself.
static SmallVector<unsigned> returnedResults(func::FuncOp func) {
  SmallVector<unsigned> returned;
  for (auto [result, argument] : llvm::enumerate(outArguments(func)))
    if (argument < 0 || func->hasAttr("ad.helper"))
      returned.push_back(result);
  return returned;
}

/// `p` for `price`, `pe` for `pair_energy`.
static std::string initials(StringRef base) {
  std::string text;
  SmallVector<StringRef> words;
  base.split(words, '_', -1, /*KeepEmpty=*/false);
  for (StringRef word : words)
    text += llvm::toLower(word[0]);
  bool isUnclear = text.empty() || !llvm::isAlpha(text[0]) || text == "l" ||
                   text == "o" || text.size() > 3;
  return isUnclear ? "result" : text;
}

/// What comes with the function's values stands for the function itself.
static std::string hintOf(func::FuncOp func) {
  StringRef kind = stringOf(func, "ad.derivative");
  return kind == "reverse" || kind == "reverse-sweep"
             ? "grad"
             : initials(stringOf(func, "ad.base"));
}

void Callees::addUsers(func::FuncOp func) {
  Callee callee;
  callee.func = func;
  callee.name = stringOf(func, "ad.spelling").str();
  if (callee.name.empty())
    callee.name = stringOf(func, "ad.name").str();
  if (callee.name.empty())
    callee.name = func.getSymName().str();
  callee.format = stringOf(func, "ad.call_format").str();
  callee.structType = stringOf(func, "ad.result_struct").str();
  SmallVector<unsigned> returned = returnedResults(func);
  if (callee.structType.empty() && returned.size() > 1)
    callee.structType = "auto";
  callee.members.resize(func.getNumResults());
  for (unsigned result : returned)
    if (auto member = func.getResultAttrOfType<StringAttr>(result, "ad.member"))
      callee.members[result] = member.str();
  callee.hint = hintOf(func);
  callees[func.getSymName()] = callee;
}

void Callees::addGenerated(const EmittedFunction &f) {
  func::FuncOp func = f.func;
  Callee callee;
  callee.func = func;
  callee.name = f.name;
  callee.namespaces = f.namespaces;
  callee.isGenerated = true;
  callee.isLocal = f.isLocal;
  callee.structType = f.structName;
  callee.hint = hintOf(func);
  callee.members.resize(func.getNumResults());
  for (auto [result, member] :
       llvm::zip(returnedResults(func), f.members))
    callee.members[result] = member.second;
  callees[func.getSymName()] = callee;
}

Callees::Callees(ModuleOp module, ArrayRef<EmittedFunction> functions) {
  for (auto func : module.getOps<func::FuncOp>())
    addUsers(func);
  for (const EmittedFunction &f : functions)
    addGenerated(f);
}

/// Whether a parameter of `f` is called as `name` begins, and so hides it.
static bool isHidden(StringRef name, const EmittedFunction &f) {
  StringRef first = name.take_while(
      [](char c) { return llvm::isAlnum(c) || c == '_'; });
  func::FuncOp func = f.func;
  for (unsigned i = 0; i < func.getNumArguments(); ++i) {
    auto local = func.getArgAttrOfType<LocalAttr>(i, "ad.local");
    if (local && !local.getGenerated() && local.getName().getValue() == first)
      return true;
  }
  return false;
}

std::string CallSite::qualified(const Callee &callee,
                                const std::string &name) const {
  const std::vector<std::string> &own = caller.namespaces;
  // From an inner namespace, one of that namespace's could be found.
  if (callee.namespaces == own)
    return name;
  std::string qualifier = llvm::join(callee.namespaces, "::");
  if (qualifier.empty())
    return "::" + name;
  // An inner namespace of one's own may have the same name.
  bool isHidden = own.size() > 1 &&
                  llvm::is_contained(llvm::drop_begin(own),
                                     callee.namespaces.front());
  return (isHidden ? "::" : "") + qualifier + "::" + name;
}

std::string CallSite::nameOf(const Callee &callee) const {
  std::string name =
      callee.isGenerated ? qualified(callee, callee.name) : callee.name;
  return isHidden(name, caller) ? "::" + name : name;
}

std::string CallSite::structOf(const Callee &callee) const {
  return callee.isGenerated ? qualified(callee, callee.structType)
                            : callee.structType;
}
