//===- Types.cpp - Types of the IR, and how types and names are spelled ---===//
//
// A type has two sides: what it means (the IR's type, of the canonical type)
// and how the user spelled it, which declarations in the output repeat.
//
//===----------------------------------------------------------------------===//
#include "Requests.h"
#include "Subobjects.h"

#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace adgen;

mlir::Type FunctionLowering::mapType(QualType type) {
  if (type.isNull() || type.isVolatileQualified())
    return {};
  mlir::MLIRContext *context = module.getContext();
  QualType canonical = type.getCanonicalType().getUnqualifiedType();
  if (const auto *builtin = canonical->getAs<BuiltinType>()) {
    switch (builtin->getKind()) {
    case BuiltinType::Float:
      return mlir::Float32Type::get(context);
    case BuiltinType::Double:
      return mlir::Float64Type::get(context);
    case BuiltinType::LongDouble:
      // Elsewhere it is a double or a quad: another type in the IR.
      if (&ast.getFloatTypeSemantics(canonical) !=
          &llvm::APFloat::x87DoubleExtended())
        return {};
      return mlir::Float80Type::get(context);
    case BuiltinType::Bool:
      return mlir::IntegerType::get(context, 1);
    case BuiltinType::Int128:
    case BuiltinType::UInt128:
      return {};
    default:
      if (!builtin->isInteger())
        return {};
      break;
    }
    return IntType::get(context, spelling.type(canonical),
                        ast.getIntWidth(canonical),
                        canonical->isSignedIntegerType(), /*isEnum=*/false);
  }
  const auto *enumeration = canonical->getAsEnumDecl();
  if (!enumeration || enumeration->getIntegerType().isNull())
    return {};
  QualType underlying = enumeration->getIntegerType();
  // An enumeration of the function itself has no name outside of it.
  if (enumeration->getParentFunctionOrMethod() || !enumeration->getDeclName())
    return mapType(underlying);
  if (!mapType(underlying))
    return {};
  return IntType::get(context, spelling.qualifiedName(*enumeration),
                      ast.getIntWidth(underlying),
                      underlying->isSignedIntegerType(), /*isEnum=*/true);
}

mlir::Type FunctionLowering::lowerType(QualType type, SourceLocation loc) {
  if (mlir::Type mapped = mapType(type))
    return mapped;
  (void)refuseType(type, loc);
  return {};
}

mlir::Type FunctionLowering::mapContent(QualType type) {
  if (mlir::Type scalar = mapType(type))
    return scalar;
  if (type.isNull() || type.isVolatileQualified())
    return {};
  mlir::MLIRContext *context = module.getContext();
  if (const ConstantArrayType *array = ast.getAsConstantArrayType(type)) {
    mlir::Type element = mapContent(array->getElementType());
    return element && array->getSize().isIntN(63)
               ? ArrayType::get(context, array->getZExtSize(), element)
               : mlir::Type();
  }
  // A member that is a reference holds a pointer.
  QualType pointee =
      type->isLValueReferenceType() ? type->getPointeeType() : getPointee(type);
  if (!pointee.isNull()) {
    mlir::Type element = mapContent(pointee);
    return element ? PlaceType::get(context, element) : mlir::Type();
  }
  const CXXRecordDecl *record = type->getAsCXXRecordDecl();
  std::optional<Container> container = getContainer(type);
  bool isAccepted =
      container ? bool(mapContent(container->element)) : isAcceptedClass(type);
  if (!record || !isAccepted)
    return {};
  if (!container)
    Subobjects(*this).noteBases(*record->getDefinition());
  return ObjectType::get(context, spelling.object(type),
                         isDifferentiable(type));
}

bool FunctionLowering::isAcceptedClass(QualType type) {
  const CXXRecordDecl *record = type->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || isEmptyClass(type))
    return false;
  record = record->getDefinition();
  if (record->isInStdNamespace())
    return getPlainClass(type);
  return !record->isUnion() && !record->isLambda() && record->getDeclName() &&
         !record->getParentFunctionOrMethod();
}

mlir::Type FunctionLowering::lowerContent(QualType type, SourceLocation loc) {
  if (mlir::Type mapped = mapContent(type))
    return mapped;
  (void)refuseType(type, loc);
  return {};
}

Spelling::Spelling(const FunctionDecl &function, ASTContext &ast,
                   SourceNeeds &needs)
    : function(function), policy(ast.getPrintingPolicy()), needs(needs) {
  policy.SuppressUnwrittenScope = true;
  policy.SuppressTagKeyword = true;
  policy.AnonymousTagLocations = false;
  policy.SuppressInlineNamespace =
      llvm::to_underlying(PrintingPolicy::SuppressInlineNamespaceMode::All);
}

/// Steps out of the scopes that names are looked up through.
static const DeclContext *enclosingScope(const DeclContext *scope) {
  while (!scope->isTranslationUnit()) {
    const auto *space = dyn_cast<NamespaceDecl>(scope);
    if (space ? !space->isInline() && !space->isAnonymousNamespace()
              : !scope->isTransparentContext())
      break;
    scope = scope->getParent();
  }
  return scope;
}

/// Whether a name declared beside `decl` is found, unqualified, from the
/// namespace of the function.
bool Spelling::isVisible(const Decl &decl) const {
  const DeclContext *scope = enclosingScope(decl.getDeclContext());
  return scope->getRedeclContext()->isFileContext() &&
         scope->Encloses(function.getDeclContext());
}

/// Whether a qualifier, as written, means the same where the derivative stands.
bool Spelling::isUsable(NestedNameSpecifier qualifier) const {
  if (qualifier.getKind() == NestedNameSpecifier::Kind::Global)
    return true;
  if (qualifier.getKind() != NestedNameSpecifier::Kind::Namespace)
    return false;
  auto [space, prefix] = qualifier.getAsNamespaceAndPrefix();
  if (!isa<NamespaceDecl>(space))
    return false;
  return prefix ? isUsable(prefix) : isVisible(*space);
}

/// Records the declaration at namespace scope that `decl` is or belongs to.
void Spelling::need(const Decl &decl) {
  const Decl *outer = &decl;
  while (!outer->getDeclContext()->getRedeclContext()->isFileContext())
    outer = cast<Decl>(outer->getDeclContext());
  if (const auto *enumerator = dyn_cast<EnumConstantDecl>(outer))
    outer = cast<Decl>(enumerator->getDeclContext());
  if (!outer->isImplicit())
    needs.decls.insert(outer->getCanonicalDecl());
}

std::string Spelling::qualifiedName(const NamedDecl &decl) {
  std::string text;
  llvm::raw_string_ostream out(text);
  decl.getNameForDiagnostic(out, policy, /*Qualified=*/true);
  return text;
}

static void collectVariableNames(const DeclContext &scope,
                                 llvm::DenseSet<DeclarationName> &names) {
  const SourceManager &sources = scope.getParentASTContext().getSourceManager();
  for (const Decl *decl : scope.decls()) {
    if (sources.isInSystemHeader(decl->getLocation()))
      continue;
    if (const auto *pattern = dyn_cast<TemplateDecl>(decl))
      decl = pattern->getTemplatedDecl();
    const auto *variable = dyn_cast_or_null<VarDecl>(decl);
    if (variable && variable->isLocalVarDeclOrParm())
      names.insert(variable->getDeclName());
    if (const auto *inner = dyn_cast_or_null<DeclContext>(decl))
      collectVariableNames(*inner, names);
  }
}

/// Whether the type is in the global namespace and some function's variable has
/// its name, as in `double area(shape *shape)`: one spelling serves everywhere. Or the text
/// stands in a namespace with names of its own.
bool Spelling::isHidden(const NamedDecl &decl) {
  if (!isa<TypeDecl>(decl) || !decl.getDeclContext()->isTranslationUnit())
    return false;
  if (needs.isWithinOther)
    return true;
  if (!needs.variableNames)
    collectVariableNames(*decl.getDeclContext(), needs.variableNames.emplace());
  return needs.variableNames->contains(decl.getDeclName());
}

std::string Spelling::name(const NamedDecl &decl, NestedNameSpecifier written) {
  need(decl);
  if (isHidden(decl))
    return "::" + qualifiedName(decl);
  bool isTemplate = isa<VarTemplateSpecializationDecl>(decl);
  if (!written && isVisible(decl) && !isTemplate)
    return decl.getNameAsString();
  if (!written || isTemplate || !isUsable(written))
    return qualifiedName(decl);
  std::string text;
  llvm::raw_string_ostream out(text);
  written.print(out, policy);
  return text + decl.getNameAsString();
}

std::string Spelling::reference(const DeclRefExpr &e) {
  const ValueDecl &decl = *e.getDecl();
  if (!isa<FunctionDecl>(decl))
    return name(decl, e.getQualifier());
  need(decl);
  std::string text;
  llvm::raw_string_ostream out(text);
  if (e.getQualifier() && isUsable(e.getQualifier())) {
    e.getQualifier().print(out, policy);
    out << decl.getNameAsString();
  } else if (!e.getQualifier() && isVisible(decl)) {
    out << decl.getNameAsString();
  } else {
    decl.printQualifiedName(out, policy);
  }
  if (e.hasExplicitTemplateArgs())
    printTemplateArgumentList(out, e.template_arguments(), policy);
  return text;
}

/// `double (&)[3]`: what stands behind `type` in a declaration, around `name`.
std::string Spelling::declarator(QualType type, std::string name) {
  // What stands for a type here, the name cannot stand inside of.
  type = type.IgnoreParens();
  while (isa<AutoType, DecltypeType, SubstTemplateTypeParmType>(
      type.getTypePtr())) {
    QualType inner = type->getLocallyUnqualifiedSingleStepDesugaredType();
    inner.addFastQualifiers(type.getLocalFastQualifiers());
    type = inner.IgnoreParens();
  }
  if (const auto *array = dyn_cast<ConstantArrayType>(type.getTypePtr())) {
    QualType element = array->getElementType();
    element.addFastQualifiers(type.getLocalFastQualifiers());
    return declarator(element,
                      name + "[" + std::to_string(array->getZExtSize()) + "]");
  }
  bool isPointer = isa<PointerType>(type.getTypePtr());
  if (!isPointer && !isa<ReferenceType>(type.getTypePtr())) {
    std::string text = this->type(type);
    bool isTight = name.empty() || name[0] == '[' || text.back() == '*' ||
                   text.back() == '&';
    return text + (isTight ? "" : " ") + name;
  }
  std::string sign = isPointer                                     ? "*"
                     : isa<LValueReferenceType>(type.getTypePtr()) ? "&"
                                                                   : "&&";
  if (type.isLocalConstQualified())
    sign += "const";
  if (type.isLocalRestrictQualified())
    sign += sign.back() == 't' ? " __restrict" : "__restrict";
  if (llvm::isAlpha(sign.back()) && !name.empty())
    sign += ' ';
  QualType target = type->getPointeeType();
  // An alias of an array type is a name like others.
  bool isArray = target->isArrayType() && !isa<TypedefType, UsingType>(target);
  return declarator(target, isArray ? "(" + sign + name + ")" : sign + name);
}

/// Whether the declaration can be named outside of the function and of classes,
/// by others than the library itself.
static bool hasNamespaceScope(const Decl &decl) {
  for (const DeclContext *scope = decl.getDeclContext(); scope;
       scope = scope->getParent())
    if (const auto *space = dyn_cast<NamespaceDecl>(scope);
        space && space->getName().starts_with("__") && !space->isInline())
      return false;
  return enclosingScope(decl.getDeclContext())->isFileContext();
}

std::string Spelling::object(QualType type) {
  const TagDecl *tag = type->getAsTagDecl();
  if (tag)
    need(*tag);
  std::string text =
      type.getCanonicalType().getUnqualifiedType().getAsString(policy);
  return (tag && isHidden(*tag) ? "::" : "") + text;
}

/// An argument of a template, as far as it is a type or a number.
std::string Spelling::argument(const TemplateArgument &argument) {
  if (argument.getKind() == TemplateArgument::Type)
    return type(argument.getAsType());
  std::string text;
  llvm::raw_string_ostream out(text);
  argument.print(policy, out, /*IncludeType=*/false);
  return text;
}

std::string Spelling::type(QualType type) {
  std::string prefix = type.isLocalConstQualified() ? "const " : "";
  const clang::Type *sugar = type.getTypePtr();
  if (const auto *alias = dyn_cast<TypedefType>(sugar);
      alias && hasNamespaceScope(*alias->getDecl()))
    return prefix + name(*alias->getDecl(), alias->getQualifier());
  if (const auto *use = dyn_cast<UsingType>(sugar)) {
    const NamedDecl &target = *use->getDecl()->getTargetDecl();
    if (hasNamespaceScope(target) && use->getQualifier() &&
        isUsable(use->getQualifier())) {
      (void)name(target);
      return prefix + type.getUnqualifiedType().getAsString(policy);
    }
    if (hasNamespaceScope(target))
      return prefix + name(target);
  }
  if (const auto *enumeration = dyn_cast<EnumType>(sugar)) {
    const EnumDecl &decl = *enumeration->getDecl();
    if (hasNamespaceScope(decl) && decl.getDeclName())
      return prefix + name(decl, enumeration->getQualifier());
    if (decl.getParentFunctionOrMethod() || !decl.getDeclName())
      return prefix + this->type(decl.getIntegerType());
    need(decl);
    return prefix + qualifiedName(decl);
  }
  if (const auto *instance = dyn_cast<TemplateSpecializationType>(sugar)) {
    const TemplateDecl *decl = instance->getTemplateName().getAsTemplateDecl();
    // The library's own words for a number are not the user's.
    bool isPlain =
        decl && (!decl->isInStdNamespace() ||
                 llvm::all_of(instance->template_arguments(),
                              [](const TemplateArgument &part) {
                                return part.getKind() == TemplateArgument::Type;
                              }));
    if (isPlain && hasNamespaceScope(*decl)) {
      need(*decl);
      std::string text = prefix + qualifiedName(*decl) + "<";
      for (auto [i, part] : llvm::enumerate(instance->template_arguments()))
        text += (i > 0 ? ", " : "") + argument(part);
      return text + ">";
    }
  }
  // An iterator is named by its container.
  if (QualType pointer = getIteratorPointer(type); !pointer.isNull()) {
    const auto *record =
        cast<ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
    const TemplateArgumentList &arguments = record->getTemplateArgs();
    if (arguments.size() > 1 &&
        arguments[1].getKind() == TemplateArgument::Type) {
      QualType container = arguments[1].getAsType();
      bool isConst = pointer->getPointeeType().isConstQualified();
      return prefix + this->type(container) +
             (isConst && !isView(container) ? "::const_iterator"
                                            : "::iterator");
    }
  }
  if (const auto *record = dyn_cast<RecordType>(sugar)) {
    need(*record->getDecl());
    if (hasNamespaceScope(*record->getDecl()) &&
        !isa<ClassTemplateSpecializationDecl>(record->getDecl()) &&
        record->getDecl()->getDeclName())
      return prefix + name(*record->getDecl(), record->getQualifier());
  }
  // Qualifiers inside of the sugar (`typedef const double real`) surface when
  // it is removed.
  QualType inner = type.getLocalUnqualifiedType();
  if (isa<PointerType, ReferenceType, ConstantArrayType>(sugar) &&
      !getFunctionType(type))
    return declarator(type, "");
  QualType desugared = inner->getLocallyUnqualifiedSingleStepDesugaredType();
  if (desugared.getTypePtr() == sugar)
    return prefix + inner.getAsString(policy);
  if (desugared.isLocalConstQualified())
    prefix.clear();
  return prefix + this->type(desugared);
}
