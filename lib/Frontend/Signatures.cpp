//===- Signatures.cpp - Parameters and results of derivatives -------------===//
#include "Signatures.h"
#include "Annotations.h"
#include "Classes.h"
#include "Lowering.h"
#include "Requests.h"
#include "Rules.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace adgen;
using llvm::StringRef;

Passing adgen::passingOf(const clang::ParmVarDecl &param) {
  return isMarkedInactive(param) ? Passing::None : passingOf(param.getType());
}

Passing adgen::passingOf(clang::QualType type) {
  if (!isDifferentiable(type))
    return Passing::None;
  if (getShared(type).isNull())
    return Passing::Value;
  return isWritable(type) ? Passing::Writes : Passing::Reads;
}

static clang::QualType shadowTypeOf(clang::ASTContext &ast, clang::QualType type,
                                    Mode mode) {
  clang::QualType pointee = type->getPointeeType();
  if (mode == Mode::Forward || pointee.isNull()) {
    type.removeLocalConst();
    return type;
  }
  pointee.removeLocalConst();
  pointee = ast.getUnqualifiedArrayType(pointee);
  if (type->isReferenceType())
    return ast.getLValueReferenceType(pointee);
  return ast.getQualifiedType(ast.getPointerType(pointee),
                              type.getQualifiers());
}

/// What the type's name stands for while that is what `isHidden` asks for.
static clang::QualType shown(clang::ASTContext &ast, clang::QualType type,
                             llvm::function_ref<bool(clang::QualType)> isHidden) {
  for (clang::QualType bare = type;; type = bare = bare.getSingleStepDesugaredType(ast)) {
    bare.removeLocalConst();
    if (!bare->getAs<clang::TypedefType>() || !isHidden(bare))
      return type;
  }
}

clang::QualType adgen::withConstShown(clang::ASTContext &ast, clang::QualType type) {
  auto isConstTarget = [&](clang::QualType t) {
    return isConst(ast.getBaseElementType(t)) || isConst(t);
  };
  auto leadsToConst = [&](clang::QualType t) {
    return isView(t) ? isConst(getContainer(t)->element)
                     : (t->isPointerType() || t->isReferenceType()) &&
                           isConstTarget(t->getPointeeType());
  };
  if (!isDifferentiable(type) || !leadsToConst(type))
    return type;
  type = shown(ast, type, leadsToConst);
  clang::QualType target = type->getPointeeType();
  if (target.isNull())
    return type;
  target = shown(ast, target, isConstTarget);
  if (target == type->getPointeeType())
    return type;
  if (type->isReferenceType())
    return type->isRValueReferenceType() ? ast.getRValueReferenceType(target)
                                         : ast.getLValueReferenceType(target);
  return ast.getQualifiedType(ast.getPointerType(target), type.getLocalQualifiers());
}

clang::QualType adgen::shadowType(clang::ASTContext &ast,
                                  const clang::ParmVarDecl &param, Mode mode) {
  return shadowTypeOf(ast, param.getType(), mode);
}

clang::QualType adgen::seedType(clang::ASTContext &ast,
                                const clang::FunctionDecl &function) {
  clang::QualType type = function.getReturnType().getUnqualifiedType();
  return type->isRecordType() ? ast.getLValueReferenceType(type.withConst()) : type;
}

/// Whether the two are one class template with the same arguments but for the first.
static bool areOneTemplate(clang::QualType x, clang::QualType z) {
  auto instanceOf = [](clang::QualType type) {
    return llvm::dyn_cast_if_present<clang::ClassTemplateSpecializationDecl>(
        type->getAsCXXRecordDecl());
  };
  const auto *a = instanceOf(x), *b = instanceOf(z);
  if (!a || !b || a->getSpecializedTemplate()->getCanonicalDecl() !=
                      b->getSpecializedTemplate()->getCanonicalDecl())
    return false;
  llvm::ArrayRef<clang::TemplateArgument> left = a->getTemplateArgs().asArray(),
                                          right = b->getTemplateArgs().asArray();
  if (left.size() != right.size())
    return false;
  for (size_t i = 1; i < left.size(); ++i)
    if (!left[i].structurallyEquals(right[i]))
      return false;
  return true;
}

bool adgen::isShadowType(clang::ASTContext &ast, clang::QualType type,
                         clang::QualType of, Mode mode) {
  if (isSameParameterType(ast, type, shadowTypeOf(ast, of, mode)) &&
      !(mode == Mode::Reverse && isView(of)))
    return true;
  // Of a span of what is const, one of what is not.
  if (mode == Mode::Forward || !isView(of) || !isView(type) ||
      !areOneTemplate(of, type))
    return false;
  clang::QualType element = getContainer(type)->element;
  return !isConst(element) &&
         ast.hasSameUnqualifiedType(element, getContainer(of)->element);
}

bool adgen::isSameParameterType(clang::ASTContext &ast, clang::QualType a,
                                clang::QualType b) {
  auto comparable = [&](clang::QualType type) {
    type = ast.getCanonicalParamType(type);
    type.removeLocalRestrict();
    return type;
  };
  return comparable(a) == comparable(b);
}

/// `double *x`.
static std::string printParameter(clang::QualType type, StringRef name,
                                  const clang::PrintingPolicy &policy) {
  std::string text;
  llvm::raw_string_ostream os(text);
  type.print(os, policy, name);
  return text;
}

namespace {

/// The declaration of a derivative by all parameters, and of the class that it
/// returns, if there is one.
class DerivativeText {
public:
  DerivativeText(const clang::FunctionDecl &function, Mode mode)
      : ast(function.getASTContext()), policy(ast.getPrintingPolicy()),
        function(function), isReverse(mode == Mode::Reverse) {
    for (unsigned i = 0; i < countParameters(function); ++i)
      names.insert(ruleParameterName(function, i));
    build(mode);
  }

  /// `struct g_gradient { double x; double y; };`, or nothing.
  std::string record;
  /// `g_gradient g_grad(double x, double y, double seed)`.
  std::string declaration;

private:
  void build(Mode mode);
  std::string freeName(std::string name);
  std::string freeClass(const std::string &name) const;
  clang::QualType spelled(clang::QualType type) const;
  std::string print(clang::QualType type, StringRef name) const {
    return printParameter(spelled(type), name, policy);
  }

  clang::ASTContext &ast;
  const clang::PrintingPolicy &policy;
  const clang::FunctionDecl &function;
  bool isReverse;
  llvm::StringSet<> names;
};

} // namespace

/// What stands outside of the function's class or template must not use its words.
clang::QualType DerivativeText::spelled(clang::QualType type) const {
  bool isInside = function.isCXXClassMember() || function.isTemplateInstantiation();
  return isInside ? type.getCanonicalType() : type;
}

/// A name for one parameter more.
std::string DerivativeText::freeName(std::string name) {
  while (!names.insert(name).second)
    name += '_';
  return name;
}

/// `name`, numbered if the function's namespace has it already.
std::string DerivativeText::freeClass(const std::string &name) const {
  const clang::DeclContext *scope =
      function.getDeclContext()->getEnclosingNamespaceContext();
  std::string free = name;
  for (unsigned number = 2; !scope->lookup(&ast.Idents.get(free)).empty();
       ++number)
    free = name + std::to_string(number);
  return free;
}

void DerivativeText::build(Mode mode) {
  std::vector<std::string> parameters, shadows, members;
  unsigned self = hasSelf(function);
  std::string only, base = function.getNameAsString();
  for (const clang::DeclContext *scope = function.getDeclContext();
       self && scope->isRecord(); scope = scope->getParent())
    base = llvm::cast<clang::RecordDecl>(scope)->getNameAsString() + "_" + base;
  for (unsigned i = 0; i < countParameters(function); ++i) {
    clang::QualType own = i < self ? getObjectParameter(function)
                                   : function.getParamDecl(i - self)->getType();
    std::string name = ruleParameterName(function, i);
    parameters.push_back(print(own, name));
    clang::QualType shadow = shadowTypeOf(ast, own, mode);
    Passing passing = i < self ? passingOf(own)
                               : passingOf(*function.getParamDecl(i - self));
    if (passing == Passing::None)
      continue;
    if (isReverse && passing == Passing::Value) {
      members.push_back(print(shadow, name) + "; ");
      only = print(shadow, "");
      continue;
    }
    std::string text =
        print(shadow, freeName(name + (isReverse ? "_bar" : "_dot")));
    // `std::span<double>` of `std::span<const double>`
    size_t at = isReverse && isView(own) ? text.find("<const ") : std::string::npos;
    if (at != std::string::npos)
      text.erase(at + 1, 6);
    shadows.push_back(text);
  }
  llvm::append_range(parameters, shadows);
  clang::QualType result = function.getReturnType().getUnqualifiedType();
  bool isReal = isDifferentiable(result);
  if (isReverse && isReal)
    parameters.push_back(print(seedType(ast, function), freeName("seed")));

  std::string type = members.empty() ? "void" : only;
  if (!isReverse)
    type = print(result, "");
  if (!isReverse && isReal)
    members = {print(result, "value") + "; ", print(result, "dot") + "; "};
  else if (!isReverse)
    members.clear();
  if (members.size() > 1) {
    type = freeClass(base + (isReverse ? "_gradient" : "_dual"));
    record = "struct " + type + " { " + llvm::join(members, "") + "};";
  }
  declaration = type + (StringRef("*&").contains(type.back()) ? "" : " ") +
                base + (isReverse ? "_grad(" : "_jvp(") +
                llvm::join(parameters, ", ") + ")";
}

std::string adgen::derivativeSignature(const clang::FunctionDecl &function,
                                       Mode mode) {
  DerivativeText text(function, mode);
  return text.record + (text.record.empty() ? "" : " ") + text.declaration;
}

/// The function as a rule in its namespace names it: `g`, `C::g`, `g<double>`.
static std::string nameInNamespace(const clang::FunctionDecl &function) {
  std::string name;
  llvm::raw_string_ostream os(name);
  function.getNameForDiagnostic(
      os, function.getASTContext().getPrintingPolicy(), /*Qualified=*/false);
  for (const clang::DeclContext *scope = function.getDeclContext();
       scope->isRecord(); scope = scope->getParent())
    name = llvm::cast<clang::RecordDecl>(scope)->getNameAsString() + "::" + name;
  return name;
}

/// Whether the function's namespace has such a derivative already.
static bool hasDerivative(const clang::FunctionDecl &function, Mode mode) {
  std::string name = function.getNameAsString() +
                     (mode == Mode::Reverse ? "_grad" : "_jvp");
  for (const clang::DeclContext *outer = function.getDeclContext();
       hasSelf(function) && outer->isRecord(); outer = outer->getParent())
    name = llvm::cast<clang::RecordDecl>(outer)->getNameAsString() + "_" + name;
  const clang::DeclContext *scope =
      function.getDeclContext()->getEnclosingNamespaceContext();
  return llvm::any_of(
      scope->lookup(&function.getASTContext().Idents.get(name)),
      [&](const clang::NamedDecl *decl) {
        const auto *other = llvm::dyn_cast<clang::FunctionDecl>(decl);
        return other && startsWithParameters(*other, function);
      });
}

std::string adgen::ruleDeclarations(const clang::FunctionDecl &function,
                                    llvm::ArrayRef<Mode> modes) {
  std::string lines, ends;
  clang::ASTContext &ast = function.getASTContext();
  if (!ast.Idents.get("ADGEN_DERIVATIVE_OF").hasMacroDefinition())
    lines += "\n#include <adgen/adgen.h>";
  std::string spaces;
  for (const clang::DeclContext *scope = function.getDeclContext(); scope;
       scope = scope->getParent())
    if (auto *space = llvm::dyn_cast<clang::NamespaceDecl>(scope);
        space && !space->isInline() && !space->isAnonymousNamespace()) {
      spaces = "\nnamespace " + space->getNameAsString() + " {" + spaces;
      ends += "\n}";
    }
  lines += spaces;
  for (Mode mode : modes) {
    if (hasDerivative(function, mode))
      continue;
    DerivativeText text(function, mode);
    if (!text.record.empty())
      lines += "\n" + text.record;
    lines += "\nADGEN_DERIVATIVE_OF(" + nameInNamespace(function) + ") " +
             text.declaration + ";";
  }
  return lines + ends;
}
