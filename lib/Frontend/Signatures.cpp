//===- Signatures.cpp - Parameters and results of derivatives -------------===//
#include "Signatures.h"
#include "Annotations.h"
#include "Classes.h"
#include "Requests.h"

#include "llvm/ADT/StringExtras.h"

using namespace adgen;
using llvm::StringRef;

Passing adgen::passingOf(const clang::ParmVarDecl &param) {
  clang::QualType type = param.getType();
  if (isMarkedInactive(param) || !isDifferentiable(type))
    return Passing::None;
  if (getShared(type).isNull())
    return Passing::Value;
  return isWritable(type) ? Passing::Writes : Passing::Reads;
}

clang::QualType adgen::shadowType(clang::ASTContext &ast,
                                  const clang::ParmVarDecl &param, Mode mode) {
  clang::QualType type = param.getType();
  clang::QualType pointee = type->getPointeeType();
  if (mode == Mode::Forward || pointee.isNull())
    return type.getUnqualifiedType();
  pointee.removeLocalConst();
  pointee = ast.getUnqualifiedArrayType(pointee);
  if (type->isReferenceType())
    return ast.getLValueReferenceType(pointee);
  return ast.getQualifiedType(ast.getPointerType(pointee),
                              type.getQualifiers());
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

std::string adgen::derivativeSignature(const clang::FunctionDecl &function,
                                       Mode mode) {
  clang::ASTContext &ast = function.getASTContext();
  const clang::PrintingPolicy &policy = ast.getPrintingPolicy();
  bool isReverse = mode == Mode::Reverse;
  std::vector<std::string> parameters, shadows, members;
  std::string only, base = function.getNameAsString();
  for (unsigned i = 0; i < function.getNumParams(); ++i) {
    const clang::ParmVarDecl &param = *function.getParamDecl(i);
    std::string name = parameterName(function, i);
    parameters.push_back(printParameter(param.getType(), name, policy));
    clang::QualType shadow = shadowType(ast, param, mode);
    Passing passing = passingOf(param);
    if (passing == Passing::None)
      continue;
    if (isReverse && passing == Passing::Value) {
      members.push_back(printParameter(shadow, name, policy) + "; ");
      only = shadow.getAsString(policy);
      continue;
    }
    shadows.push_back(
        printParameter(shadow, name + (isReverse ? "_bar" : "_dot"), policy));
  }
  llvm::append_range(parameters, shadows);
  clang::QualType result = function.getReturnType().getUnqualifiedType();
  bool isReal = isDifferentiable(result);
  if (isReverse && isReal)
    parameters.push_back(printParameter(result, "seed", policy));

  std::string type = members.empty() ? "void" : only, record;
  if (!isReverse)
    type = result.getAsString(policy);
  if (!isReverse && isReal)
    members = {printParameter(result, "value", policy) + "; ",
               printParameter(result, "dot", policy) + "; "};
  else if (!isReverse)
    members.clear();
  if (members.size() > 1) {
    type = base + (isReverse ? "_gradient" : "_dual");
    record = "struct " + type + " { " + llvm::join(members, "") + "}; ";
  }
  return record + type + " " + base + (isReverse ? "_grad(" : "_jvp(") +
         llvm::join(parameters, ", ") + ")";
}
