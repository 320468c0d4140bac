//===- Annotations.cpp - What adgen.h says in the source ------------------===//
//
// The macros of adgen.h leave `clang::annotate` attributes whose text is that of
// the macro's call: `adgen::grad("x", "y")`. Reads them back.
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"

#include "clang/AST/Attr.h"

using namespace adgen;
using llvm::StringRef;

/// The names in `"x", "y"`.
static std::vector<std::string> readNames(StringRef arguments) {
  std::vector<std::string> names;
  while (!(arguments = arguments.ltrim(" ,")).empty()) {
    auto [name, rest] = arguments.split(',');
    names.push_back(name.trim(" \"").str());
    arguments = rest;
  }
  return names;
}

std::vector<RequestAnnotation>
adgen::getRequestAnnotations(const clang::FunctionDecl &function) {
  std::vector<RequestAnnotation> found;
  // An attribute is inherited by later declarations, so the latest has all.
  for (auto *attr :
       function.getMostRecentDecl()->specific_attrs<clang::AnnotateAttr>()) {
    StringRef text = attr->getAnnotation();
    Mode mode = Mode::Reverse;
    if (text.consume_front("adgen::jvp("))
      mode = Mode::Forward;
    else if (!text.consume_front("adgen::grad("))
      continue;
    RequestAnnotation request{mode, readNames(text.drop_back()),
                              attr->getLocation()};
    bool known = llvm::any_of(found, [&](const RequestAnnotation &other) {
      return other.mode == request.mode && other.wrt == request.wrt;
    });
    if (!known)
      found.push_back(std::move(request));
  }
  return found;
}

bool adgen::isMarkedInactive(const clang::Decl &decl) {
  return llvm::any_of(decl.specific_attrs<clang::AnnotateAttr>(),
                      [](const clang::AnnotateAttr *attr) {
                        return attr->getAnnotation() == "adgen::inactive";
                      });
}

std::optional<DerivativeAnnotation>
adgen::getDerivativeAnnotation(const clang::FunctionDecl &function) {
  for (auto *attr :
       function.getMostRecentDecl()->specific_attrs<clang::AnnotateAttr>()) {
    StringRef text = attr->getAnnotation();
    if (text.consume_front("adgen::derivative_of(") && text.consume_back(")"))
      return DerivativeAnnotation{text.trim().str(), attr->getLocation()};
  }
  return {};
}

bool adgen::isMarkedDerivative(const clang::FunctionDecl &function) {
  return getDerivativeAnnotation(function).has_value();
}
