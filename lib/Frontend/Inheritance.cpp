//===- Inheritance.cpp - What classes have of their bases -----------------===//
//
// In the IR, the object of a base class is a member of the derived one, and a member of
// the base is one of that. C++ says `d.x` for both steps, unless another x hides it, there
// are two, or the base is private.
//
//===----------------------------------------------------------------------===//
#include "Classes.h"
#include "Queries.h"

using namespace clang;
using namespace adgen;
using llvm::StringRef;

Member::Member(const CXXBaseSpecifier &base, const CXXRecordDecl &heir)
    : type(base.getType()), base(&base), heir(&heir) {
  PrintingPolicy policy = heir.getASTContext().getPrintingPolicy();
  policy.SuppressUnwrittenScope = true;
  policy.SuppressTagKeyword = true;
  name = type.getCanonicalType().getUnqualifiedType().getAsString(policy) + "::";
}

/// The classes of the bases of an object, and of their bases, each as often as it is there.
static void collectBases(const CXXRecordDecl &record,
                         llvm::SmallVectorImpl<const CXXRecordDecl *> &bases) {
  for (const CXXBaseSpecifier &base : record.bases())
    if (const CXXRecordDecl *own = getClass(base.getType())) {
      bases.push_back(own->getCanonicalDecl());
      collectBases(*own, bases);
    }
}

bool adgen::isReachable(const CXXRecordDecl &heir, const CXXBaseSpecifier &base) {
  llvm::SmallVector<const CXXRecordDecl *> bases;
  collectBases(heir, bases);
  const CXXRecordDecl *record = getClass(base.getType());
  return record && llvm::count(bases, record->getCanonicalDecl()) == 1;
}

namespace {
/// What a name means in a class.
struct Meaning {
  const NamedDecl *decl = nullptr;
  bool isAmbiguous = false;
  bool isFound() const { return decl || isAmbiguous; }
};
} // namespace

static Meaning lookUp(const CXXRecordDecl &record, DeclarationName name) {
  if (auto own = record.lookup(name); !own.empty())
    return {own.front()->getUnderlyingDecl()};
  Meaning found;
  for (const CXXBaseSpecifier &base : record.bases()) {
    const CXXRecordDecl *part = getClass(base.getType());
    Meaning inherited = part ? lookUp(*part, name) : Meaning();
    if (inherited.isFound())
      found = found.isFound() ? Meaning{nullptr, true} : inherited;
  }
  return found;
}

static void collectFields(const CXXRecordDecl &record,
                          llvm::SmallVectorImpl<const FieldDecl *> &fields) {
  for (const CXXBaseSpecifier &base : record.bases())
    if (const CXXRecordDecl *part = getClass(base.getType()))
      collectFields(*part, fields);
  fields.append(record.field_begin(), record.field_end());
}

Inheritance adgen::getInheritance(const CXXRecordDecl &heir,
                                  const CXXBaseSpecifier &base) {
  Inheritance inherited;
  const CXXRecordDecl *record = getClass(base.getType());
  if (!record)
    return inherited;
  llvm::SmallVector<const CXXRecordDecl *> all, own;
  collectBases(heir, all);
  collectBases(*record, own);
  own.push_back(record->getCanonicalDecl());
  inherited.isCast = base.getAccessSpecifier() != AS_public ||
                     llvm::any_of(own, [&](const CXXRecordDecl *part) {
                       return llvm::count(all, part) > 1;
                     });
  llvm::SmallVector<const FieldDecl *> fields;
  collectFields(*record, fields);
  for (const FieldDecl *field : fields) {
    // What is hidden in the base already is named with the base's own base.
    Meaning known = lookUp(*record, field->getDeclName());
    if (field->getDeclName() && known.decl == field &&
        lookUp(heir, field->getDeclName()).decl != field)
      inherited.hidden.push_back(field->getName());
  }
  return inherited;
}

llvm::SmallVector<QualType> adgen::getDerived(const RecordDecl &record) {
  llvm::SmallVector<QualType> derived;
  const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(&record);
  if (!instance || instance->isInStdNamespace())
    return derived;
  auto add = [&](const TemplateArgument &argument) {
    if (argument.getKind() != TemplateArgument::Type)
      return;
    const CXXRecordDecl *given = argument.getAsType()->getAsCXXRecordDecl();
    given = given ? given->getDefinition() : nullptr;
    if (given && given->isDerivedFrom(instance))
      derived.push_back(argument.getAsType().getUnqualifiedType());
  };
  for (const TemplateArgument &argument : instance->getTemplateArgs().asArray())
    if (argument.getKind() == TemplateArgument::Pack)
      llvm::for_each(argument.pack_elements(), add);
    else
      add(argument);
  return derived;
}
