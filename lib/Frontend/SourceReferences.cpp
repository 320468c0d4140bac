//===- SourceReferences.cpp - What a declaration refers to ----------------===//
//
// Walks a declaration as it is written and as its templates are instantiated,
// and gathers every declaration that a copy of its text would have to find.
//
//===----------------------------------------------------------------------===//
#include "SourceReferences.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace adgen;

namespace {

class ReferenceCollector
    : public clang::RecursiveASTVisitor<ReferenceCollector> {
public:
  explicit ReferenceCollector(SourceReferences &found) : found(found) {}

  bool shouldVisitImplicitCode() const { return true; }
  bool shouldVisitTemplateInstantiations() const { return true; }

  bool VisitDeclRefExpr(clang::DeclRefExpr *reference) {
    return add(reference->getDecl()) && add(reference->getFoundDecl());
  }
  bool VisitMemberExpr(clang::MemberExpr *member) {
    return add(member->getMemberDecl());
  }
  bool VisitCXXConstructExpr(clang::CXXConstructExpr *construction) {
    return add(construction->getConstructor());
  }
  bool VisitOverloadExpr(clang::OverloadExpr *overloads) {
    for (clang::NamedDecl *candidate : overloads->decls())
      add(candidate);
    return true;
  }
  bool VisitTypedefType(clang::TypedefType *type) {
    return add(type->getDecl());
  }
  bool VisitTypedefTypeLoc(clang::TypedefTypeLoc loc) {
    return add(loc.getDecl());
  }
  bool VisitTagType(clang::TagType *type) { return add(type->getDecl()); }
  bool VisitTagTypeLoc(clang::TagTypeLoc loc) { return add(loc.getDecl()); }
  bool VisitUsingType(clang::UsingType *type) { return add(type->getDecl()); }
  bool VisitUsingTypeLoc(clang::UsingTypeLoc loc) { return add(loc.getDecl()); }
  bool
  VisitTemplateSpecializationType(clang::TemplateSpecializationType *type) {
    return add(type->getTemplateName().getAsTemplateDecl());
  }
  bool TraverseConceptReference(clang::ConceptReference *reference) {
    add(reference->getNamedConcept());
    return RecursiveASTVisitor::TraverseConceptReference(reference);
  }
  bool TraverseTemplateName(clang::TemplateName name) {
    add(name.getAsTemplateDecl());
    return RecursiveASTVisitor::TraverseTemplateName(name);
  }
  bool TraverseNestedNameSpecifierLoc(clang::NestedNameSpecifierLoc loc) {
    clang::NestedNameSpecifier qualifier = loc.getNestedNameSpecifier();
    if (qualifier.getKind() == clang::NestedNameSpecifier::Kind::Namespace)
      add(qualifier.getAsNamespaceAndPrefix().Namespace);
    return RecursiveASTVisitor::TraverseNestedNameSpecifierLoc(loc);
  }
  bool VisitVarDecl(clang::VarDecl *variable) {
    if (variable->isStaticLocal() && !isConstant(*variable))
      found.staticLocals.insert(variable);
    return true;
  }

  /// An explicit specialization needs the template that it specializes.
  bool VisitFunctionDecl(clang::FunctionDecl *function) {
    bool isExplicit = function->getTemplateSpecializationKind() ==
                      clang::TSK_ExplicitSpecialization;
    return add(isExplicit ? function->getPrimaryTemplate() : nullptr);
  }
  bool VisitClassTemplateSpecializationDecl(
      clang::ClassTemplateSpecializationDecl *record) {
    return add(record->isExplicitSpecialization()
                   ? record->getSpecializedTemplate()
                   : nullptr);
  }

private:
  bool add(const clang::Decl *decl) {
    if (!decl)
      return true;
    found.decls.insert(decl);
    // A name that a using-declaration brings in needs that one too.
    if (auto *shadow = llvm::dyn_cast<clang::UsingShadowDecl>(decl)) {
      found.decls.insert(shadow->getIntroducer());
      found.decls.insert(shadow->getTargetDecl());
    }
    return true;
  }

  SourceReferences &found;
};

} // namespace

bool adgen::isConstant(const clang::VarDecl &variable) {
  clang::QualType type = variable.getType();
  return type->isReferenceType() ||
         variable.getASTContext().getBaseElementType(type).isConstQualified();
}

void adgen::addReferences(const clang::Decl &decl,
                          SourceReferences &references) {
  ReferenceCollector(references).TraverseDecl(const_cast<clang::Decl *>(&decl));
}

void adgen::addSignatureReferences(const clang::FunctionDecl &function,
                                   SourceReferences &references) {
  ReferenceCollector collector(references);
  collector.VisitFunctionDecl(const_cast<clang::FunctionDecl *>(&function));
  collector.TraverseType(function.getReturnType());
  if (clang::TypeSourceInfo *info = function.getTypeSourceInfo())
    collector.TraverseTypeLoc(info->getTypeLoc());
  for (const clang::ParmVarDecl *param : function.parameters())
    if (param->hasDefaultArg() && !param->hasUninstantiatedDefaultArg())
      collector.TraverseStmt(const_cast<clang::Expr *>(param->getDefaultArg()));
}

void adgen::addTypeReferences(const clang::VarDecl &variable,
                              SourceReferences &references) {
  ReferenceCollector(references).TraverseType(variable.getType());
}
