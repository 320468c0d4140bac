//===- Classes.cpp - Classes of objects that are accepted -----------------===//
#include "Classes.h"
#include "Annotations.h"
#include "Queries.h"
#include "Requests.h"

using namespace clang;
using namespace adgen;
using llvm::StringRef;

static const ClassTemplateSpecializationDecl *getInstance(QualType type) {
  if (type.isNull() || type->isReferenceType())
    return nullptr;
  return dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      type->getAsCXXRecordDecl());
}

/// Whether `type` is `name<…>` of the standard library.
static bool isStdInstance(QualType type, StringRef name) {
  const ClassTemplateSpecializationDecl *instance = getInstance(type);
  return instance && instance->isInStdNamespace() &&
         instance->getName() == name;
}

std::optional<Container> adgen::getContainer(QualType type) {
  const ClassTemplateSpecializationDecl *instance = getInstance(type);
  if (!instance || !instance->isInStdNamespace())
    return {};
  StringRef name = instance->getName();
  const TemplateArgumentList &arguments = instance->getTemplateArgs();
  if (arguments.size() == 0 || arguments[0].getKind() != TemplateArgument::Type)
    return {};
  QualType element = arguments[0].getAsType();
  bool isPlain =
      arguments.size() == 2 && arguments[1].getKind() == TemplateArgument::Type;
  if (name == "vector" && isPlain && !element->isBooleanType() &&
      isStdInstance(arguments[1].getAsType(), "allocator"))
    return Container{Container::Vector, element};
  bool isSized = arguments.size() == 2 &&
                 arguments[1].getKind() == TemplateArgument::Integral;
  if (name == "array" && isSized)
    return Container{Container::Array, element,
                     arguments[1].getAsIntegral().getZExtValue()};
  if (name == "span" && isSized)
    return Container{Container::Span, element};
  if (name == "unique_ptr" && isPlain && element->isIncompleteArrayType() &&
      isStdInstance(arguments[1].getAsType(), "default_delete"))
    return Container{Container::UniqueArray,
                     cast<IncompleteArrayType>(element.getCanonicalType())
                         ->getElementType()};
  return {};
}

QualType adgen::getIteratorPointer(QualType type) {
  const ClassTemplateSpecializationDecl *instance = getInstance(type);
  if (!instance)
    return {};
  StringRef name = instance->getName();
  const TemplateArgumentList &arguments = instance->getTemplateArgs();
  if ((name != "__normal_iterator" && name != "__wrap_iter") ||
      arguments.size() == 0 || arguments[0].getKind() != TemplateArgument::Type)
    return {};
  QualType pointer = arguments[0].getAsType();
  return pointer->isPointerType() ? pointer : QualType();
}

QualType adgen::getPointee(QualType type) {
  if (type->isPointerType())
    return type->getPointeeType();
  QualType pointer = getIteratorPointer(type);
  return pointer.isNull() ? QualType() : pointer->getPointeeType();
}

const CXXConstructorDecl *
adgen::getDefaultConstructor(const CXXRecordDecl &record) {
  for (const CXXConstructorDecl *constructor : record.ctors())
    if (constructor->isDefaultConstructor())
      return constructor;
  return nullptr;
}

static bool isStdClass(const RecordDecl &record, StringRef name) {
  return isa<ClassTemplateSpecializationDecl>(record) && record.isInStdNamespace() &&
         record.getIdentifier() && record.getName() == name;
}

bool adgen::isTuple(const RecordDecl &record) {
  return isStdClass(record, "pair") || isStdClass(record, "tuple");
}

llvm::SmallVector<QualType> adgen::getElementTypes(QualType type) {
  llvm::SmallVector<QualType> types;
  const CXXRecordDecl *record = type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!record || !isTuple(*record))
    return types;
  for (const TemplateArgument &argument :
       cast<ClassTemplateSpecializationDecl>(record)->getTemplateArgs().asArray()) {
    if (argument.getKind() == TemplateArgument::Type)
      types.push_back(argument.getAsType());
    else if (argument.getKind() == TemplateArgument::Pack)
      for (const TemplateArgument &part : argument.pack_elements())
        types.push_back(part.getAsType());
  }
  return types;
}

const CXXRecordDecl *adgen::getClass(QualType type) {
  if (type->isPointerType())
    type = type->getPointeeType();
  const CXXRecordDecl *record = type->getAsCXXRecordDecl();
  return record ? record->getDefinition() : nullptr;
}

llvm::SmallVector<Member> adgen::getMembers(const RecordDecl &record) {
  llvm::SmallVector<Member> members;
  if (isStdClass(record, "tuple")) {
    QualType type = record.getASTContext().getCanonicalTagType(&record);
    for (auto [position, element] : llvm::enumerate(getElementTypes(type)))
      members.emplace_back(position, element);
    return members;
  }
  const auto *own = dyn_cast<CXXRecordDecl>(&record);
  if (own && !isTuple(record))
    for (const CXXBaseSpecifier &base : own->bases())
      members.emplace_back(base, *own);
  for (const FieldDecl *field : record.fields())
    members.emplace_back(*field);
  return members;
}

std::optional<Member> adgen::getInitialized(const CXXRecordDecl &record,
                                            const CXXCtorInitializer &initializer) {
  const Type *base = initializer.getBaseClass();
  for (const Member &member : getMembers(record))
    if (member.field ? member.field == initializer.getMember()
                     : base && record.getASTContext().hasSameUnqualifiedType(
                                   member.type, QualType(base, 0)))
      return member;
  return {};
}

bool adgen::hasDefault(const CXXRecordDecl &record) {
  // That of a tuple is a template.
  return isTuple(record)
             ? llvm::all_of(getMembers(record),
                            [](const Member &member) {
                              const CXXRecordDecl *own = member.type->getAsCXXRecordDecl();
                              return !own || hasDefault(*own);
                            })
             : record.hasDefaultConstructor();
}

bool Member::isInactive() const { return field && isMarkedInactive(*field); }

const clang::Expr *Member::getInit() const {
  return field ? field->getInClassInitializer() : nullptr;
}

std::string Member::spell(const std::string &object) const {
  if (base)
    return object;
  return field ? object + "." + name : "std::get<" + name + ">(" + object + ")";
}

bool Member::isHidden() const {
  if (!base)
    return field && adgen::isHidden(*field);
  Inheritance inherited = getInheritance(*heir, *base);
  return inherited.isCast || !inherited.hidden.empty();
}

/// Whether a member is a reference, or has no state.
static bool isNoObject(const Member &member) {
  return member.type->isReferenceType() || isEmptyClass(member.type);
}

const CXXRecordDecl *adgen::getPlainClass(QualType type) {
  const CXXRecordDecl *record =
      type->isReferenceType() ? nullptr : type->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition())
    return nullptr;
  record = record->getDefinition();
  if (record->isInStdNamespace())
    return isTuple(*record) && llvm::none_of(getMembers(*record), isNoObject)
               ? record
               : nullptr;
  bool isPlain = !record->isUnion() && !record->isLambda() &&
                 !record->isPolymorphic() && record->getNumVBases() == 0 &&
                 !record->hasUserDeclaredCopyConstructor() &&
                 !record->hasUserDeclaredCopyAssignment() &&
                 !record->hasUserDeclaredDestructor();
  for (const CXXBaseSpecifier &base : record->bases())
    isPlain &= (isEmptyClass(base.getType()) || getPlainClass(base.getType())) &&
               isReachable(*record, base);
  for (const FieldDecl *field : record->fields())
    isPlain &= !field->isBitField() && field->getDeclName();
  return isPlain ? record : nullptr;
}

bool adgen::isHidden(const FieldDecl &field) {
  return field.getAccess() == AS_private || field.getAccess() == AS_protected;
}

bool adgen::isView(QualType type) {
  std::optional<Container> container = getContainer(type);
  return container && container->kind == Container::Span;
}

//===----------------------------------------------------------------------===//
// Pointers in objects
//===----------------------------------------------------------------------===//

using Seen = llvm::SmallPtrSet<const RecordDecl *, 8>;

/// The greatest of what `find` says of the bases and members of a class that is
/// not seen yet; with `isActive`, of those that may have derivatives.
template <typename Result>
static Result mostOf(QualType type, Seen &seen, Result (*find)(QualType, Seen &),
                     bool isActive = true) {
  const RecordDecl *record = type->getAsRecordDecl();
  record = record ? record->getDefinition() : nullptr;
  Result most = {};
  if (!record || !seen.insert(record).second)
    return most;
  for (QualType derived : getDerived(*record))
    most = std::max(most, find(derived, seen));
  for (const Member &member : getMembers(*record))
    if (!isActive || !member.isInactive())
      most = std::max(most, find(member.type, seen));
  return most;
}

static Sharing findSharing(QualType type, Seen &seen) {
  type = type.getCanonicalType();
  if (const clang::ArrayType *array = type->getAsArrayTypeUnsafe())
    return findSharing(array->getElementType(), seen);
  std::optional<Container> container = getContainer(type);
  if (container && !isView(type))
    return findSharing(container->element, seen);
  QualType target = container ? container->element : getTarget(type);
  if (target.isNull())
    return mostOf(type, seen, findSharing);
  if (!isDifferentiable(target))
    return Sharing::None;
  return isConst(target)
             ? std::max(Sharing::Constant, findSharing(target, seen))
             : Sharing::Writable;
}

Sharing adgen::sharingOf(QualType type) {
  Seen seen;
  return findSharing(type, seen);
}

static bool findPointers(QualType type, Seen &seen) {
  type = type.getCanonicalType();
  if (const clang::ArrayType *array = type->getAsArrayTypeUnsafe())
    return findPointers(array->getElementType(), seen);
  if (std::optional<Container> container = getContainer(type))
    return isView(type) || findPointers(container->element, seen);
  return !getTarget(type).isNull() ||
         mostOf(type, seen, findPointers, /*isActive=*/false);
}

bool adgen::holdsPointers(QualType type) {
  Seen seen;
  return findPointers(type, seen);
}

bool adgen::isHandleClass(QualType type) {
  return type->isRecordType() && !getContainer(type) &&
         getIteratorPointer(type).isNull() && sharingOf(type) != Sharing::None;
}

static Sharing findReals(QualType type, Seen &seen) {
  type = type.getCanonicalType();
  if (type->isRealFloatingType())
    return Sharing::Writable;
  if (const clang::ArrayType *array = type->getAsArrayTypeUnsafe())
    return findReals(array->getElementType(), seen);
  if (std::optional<Container> container = getContainer(type))
    return isView(type) ? Sharing::None : findReals(container->element, seen);
  return mostOf(type, seen, findReals);
}

bool adgen::hasOwnReals(QualType type) {
  Seen seen;
  return findReals(type, seen) != Sharing::None;
}

static void collect(QualType type, const ASTContext &ast,
                    llvm::SmallVectorImpl<QualType> &parts, bool isFollowed,
                    llvm::SmallPtrSetImpl<const RecordDecl *> &seen) {
  type = ast.getBaseElementType(type.getCanonicalType()).getUnqualifiedType();
  if (std::optional<Container> container = getContainer(type))
    return collect(container->element, ast, parts, isFollowed, seen);
  const RecordDecl *record = type->getAsRecordDecl();
  if (!record) {
    parts.push_back(type);
    if (QualType target = getTarget(type); isFollowed && !target.isNull())
      collect(target, ast, parts, isFollowed, seen);
    return;
  }
  record = record->getDefinition();
  if (!record || !seen.insert(record).second)
    return;
  for (QualType derived : getDerived(*record))
    collect(derived, ast, parts, isFollowed, seen);
  for (const Member &member : getMembers(*record))
    collect(member.type, ast, parts, isFollowed, seen);
}

void adgen::collectParts(QualType type, const ASTContext &ast,
                         llvm::SmallVectorImpl<QualType> &parts,
                         bool isFollowed) {
  Seen seen;
  collect(type, ast, parts, isFollowed, seen);
}

QualType adgen::getTarget(QualType type) {
  QualType canonical = type.getCanonicalType();
  if (canonical.isVolatileQualified() ||
      !(canonical->isReferenceType() || !getPointee(canonical).isNull()))
    return {};
  QualType target =
      canonical->isReferenceType() ? type->getPointeeType() : getPointee(type);
  return target->isObjectType() && !target->isPlaceholderType() ? target
                                                                : QualType();
}

bool adgen::isConst(QualType type) {
  return type.getCanonicalType().isConstQualified();
}

QualType adgen::getShared(QualType type) {
  if (std::optional<Container> view = getContainer(type); view && isView(type))
    return view->element;
  return isHandleClass(type) ? type : getTarget(type);
}

/// What a const object of the type lets write: the array of a `std::unique_ptr` is not
/// const with it.
static Sharing findOwners(QualType type, Seen &seen) {
  type = type.getCanonicalType();
  if (const clang::ArrayType *array = type->getAsArrayTypeUnsafe())
    return findOwners(array->getElementType(), seen);
  if (std::optional<Container> container = getContainer(type)) {
    if (container->kind == Container::UniqueArray && !isConst(container->element))
      return Sharing::Writable;
    return findOwners(container->element, seen);
  }
  return mostOf(type, seen, findOwners);
}

bool adgen::isWritable(QualType type) {
  // A span that is itself const gives elements that are not.
  QualType shared = getShared(
      isView(type.getNonReferenceType()) ? type.getNonReferenceType() : type);
  if (shared.isNull())
    return false;
  // A pointer in what is const may lead to what is not.
  bool isByValue = getTarget(type).isNull() && !isView(type);
  Seen owners;
  return (!isByValue && !isConst(shared)) ||
         sharingOf(shared) == Sharing::Writable ||
         findOwners(shared, owners) == Sharing::Writable;
}
