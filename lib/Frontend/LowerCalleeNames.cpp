//===- LowerCalleeNames.cpp - How callees are called from the output ------===//
//
//   ns::g<double>    Rhs{}    a function that no other file can name has none
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"
#include "Lowering.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace adgen;

/// Whether a type can be named in another file.
static bool isNameableType(QualType type) {
  QualType canonical = type.getCanonicalType();
  while (!canonical->getPointeeType().isNull())
    canonical = canonical->getPointeeType();
  const auto *tag = canonical->getAsTagDecl();
  if (!tag)
    return true;
  if (tag->getParentFunctionOrMethod() || !tag->getDeclName())
    return false;
  const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(tag);
  return !instance ||
         llvm::all_of(instance->getTemplateArgs().asArray(),
                      [](const TemplateArgument &argument) {
                        return argument.getKind() != TemplateArgument::Type ||
                               isNameableType(argument.getAsType());
                      });
}

static bool isNameableArgument(const TemplateArgument &argument) {
  if (argument.getKind() == TemplateArgument::Pack)
    return llvm::all_of(argument.pack_elements(), isNameableArgument);
  if (argument.getKind() == TemplateArgument::Declaration)
    return !argument.getAsDecl()->getParentFunctionOrMethod();
  return argument.getKind() != TemplateArgument::Type ||
         isNameableType(argument.getAsType());
}

bool FunctionLowering::isNameable(const FunctionDecl &callee) {
  if (callee.getDeclContext()->isFunctionOrMethod())
    return !callee.getCanonicalDecl()->isLocalExternDecl() ||
           callee.isExternallyVisible();
  // Operators are called like functions, which pruning does not see.
  if (!callee.getDeclName().isIdentifier() &&
      callee.getOverloadedOperator() != OO_Call)
    return false;
  if (callee.getParentFunctionOrMethod() || callee.getAccess() == AS_private ||
      callee.getAccess() == AS_protected)
    return false;
  if (const auto *method = dyn_cast<CXXMethodDecl>(&callee))
    if (!isNameableType(ast.getCanonicalTagType(method->getParent())))
      return false;
  const TemplateArgumentList *arguments =
      callee.getTemplateSpecializationArgs();
  return !arguments || llvm::all_of(arguments->asArray(), isNameableArgument);
}

std::string adgen::escapeBraces(llvm::StringRef text) {
  std::string escaped;
  for (char c : text) {
    escaped += c;
    if (c == '{' || c == '}')
      escaped += c;
  }
  return escaped;
}

/// What stands before the parenthesis of a call, `ns::g<double>` or `Rhs{}`;
/// empty if the function cannot be named in another file.
std::string FunctionLowering::spellCallee(const FunctionDecl &callee) {
  if (!isNameable(callee))
    return "";
  const auto *method = dyn_cast<CXXMethodDecl>(&callee);
  if (!method || method->isStatic())
    return spelling.qualifiedName(callee);
  // The object is the last operand.
  if (getObjectClass(callee))
    return callee.getOverloadedOperator() == OO_Call
               ? "{object}"
               : "{object}." + callee.getNameAsString();
  std::string object = spelling.qualifiedName(*method->getParent()) + "{}";
  if (callee.getOverloadedOperator() == OO_Call)
    return object;
  return object + "." + callee.getNameAsString();
}

void FunctionLowering::spellCall(mlir::func::FuncOp target,
                                 const FunctionDecl &callee,
                                 const Pattern &bindings) {
  std::string name = spellCallee(callee);
  if (name.empty())
    return;
  constexpr llvm::StringLiteral object = "{object}";
  bool isMethod = llvm::StringRef(name).starts_with(object);
  std::string format =
      isMethod ? "{" + std::to_string(target.getNumArguments() - 1) + "}" +
                     name.substr(object.size()) + "("
               : escapeBraces(name) + "(";
  bool isPlain = !isMethod;
  unsigned operand = 0;
  for (auto [i, parameter] : llvm::enumerate(callee.parameters())) {
    QualType type = parameter->getType();
    if (i > 0)
      format += ", ";
    const Binding &binding = bindings[i];
    isPlain &= binding.hasOperand() && !type->isRValueReferenceType();
    if (binding.hasOperand()) {
      std::string place = "{" + std::to_string(operand++) + "}";
      format += type->isRValueReferenceType()
                    ? "static_cast<" + spelling.type(type.getCanonicalType()) +
                          ">(" + place + ")"
                    : place;
      continue;
    }
    std::string passed = "nullptr";
    if (binding.kind == Binding::Function)
      passed = spellCallee(*binding.function);
    else if (binding.kind == Binding::Object)
      passed = isNameableType(type) ? spelling.type(type.getNonReferenceType()
                                                        .getCanonicalType()
                                                        .getUnqualifiedType()) +
                                          "{}"
                                    : "";
    if (passed.empty())
      return;
    format += escapeBraces(passed);
  }
  if (isPlain)
    target->setAttr("ad.spelling", builder.getStringAttr(name));
  else
    target->setAttr("ad.call_format", builder.getStringAttr(format + ")"));
  needCallee(callee);
  for (auto [parameter, binding] :
       llvm::zip(callee.parameters(), bindings)) {
    if (binding.function)
      needCallee(*binding.function);
    if (binding.kind == Binding::Object)
      needs.decls.insert(parameter->getType()
                             .getNonReferenceType()
                             ->getAsTagDecl()
                             ->getCanonicalDecl());
  }
}

static void addTemplateArgument(const TemplateArgument &argument,
                                SourceNeeds &needs);

/// The functions and classes among template arguments.
static void addTemplateArguments(llvm::ArrayRef<TemplateArgument> arguments,
                                 SourceNeeds &needs) {
  for (const TemplateArgument &argument : arguments)
    addTemplateArgument(argument, needs);
}

static void addTemplateArgument(const TemplateArgument &argument,
                                SourceNeeds &needs) {
  if (argument.getKind() == TemplateArgument::Pack)
    addTemplateArguments(argument.pack_elements(), needs);
  else if (argument.getKind() == TemplateArgument::Declaration)
    needs.decls.insert(argument.getAsDecl()->getCanonicalDecl());
  else if (argument.getKind() == TemplateArgument::Type)
    if (const TagDecl *tag = argument.getAsType()->getAsTagDecl())
      needs.decls.insert(tag->getCanonicalDecl());
}

/// Records that the output may name the function.
void FunctionLowering::needCallee(const FunctionDecl &callee) {
  if (const auto *method = dyn_cast<CXXMethodDecl>(&callee))
    needs.decls.insert(method->getParent()->getCanonicalDecl());
  else
    needs.decls.insert(callee.getCanonicalDecl());
  if (const auto *arguments = callee.getTemplateSpecializationArgs())
    addTemplateArguments(arguments->asArray(), needs);
}
