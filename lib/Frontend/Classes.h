//===- Classes.h - Classes of objects that are accepted -------------------===//
#ifndef ADGEN_LIB_FRONTEND_CLASSES_H
#define ADGEN_LIB_FRONTEND_CLASSES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include <optional>

namespace adgen {

/// A container of the library whose elements lie side by side.
struct Container {
  enum Kind { Vector, Array, Span, UniqueArray };
  Kind kind;
  /// With `const` where the type of a span has it.
  clang::QualType element;
  /// Of a `std::array`.
  uint64_t size = 0;
};

/// `std::vector`, `std::array`, `std::span`, `std::unique_ptr<T[]>`, by value;
/// nothing for another type.
std::optional<Container> getContainer(clang::QualType type);

/// The pointer that an iterator of a container wraps; null for another type.
clang::QualType getIteratorPointer(clang::QualType type);

/// What a pointer or iterator points to; null for another type.
clang::QualType getPointee(clang::QualType type);

/// A class of the user's, `std::pair` or `std::tuple`, whose objects are their
/// members; null for another type.
const clang::CXXRecordDecl *getPlainClass(clang::QualType type);

/// A part of an object: a member of its class, an element of a tuple, or the object of
/// a base class.
struct Member {
  /// In the IR: that of a tuple's element is its position, that of a base `B::`.
  std::string name;
  clang::QualType type;
  /// Null of a tuple's element, and of a base.
  const clang::FieldDecl *field = nullptr;
  /// Null of all but a base, as is the class that has it.
  const clang::CXXBaseSpecifier *base = nullptr;
  const clang::CXXRecordDecl *heir = nullptr;

  Member(const clang::FieldDecl &field)
      : name(field.getName()), type(field.getType()), field(&field) {}
  Member(unsigned position, clang::QualType type)
      : name(std::to_string(position)), type(type) {}
  Member(const clang::CXXBaseSpecifier &base, const clang::CXXRecordDecl &heir);

  /// Whether it takes more than a name: a private member, of which the output has a
  /// function that finds it, or a base of which some members are not reached by name.
  bool isHidden() const;
  bool isInactive() const;
  /// The initial value that the class gives it; null if none.
  const clang::Expr *getInit() const;
  /// C++ text for this part of `object`: `object.x`, `std::get<0>(object)`; a base is
  /// `object` itself.
  std::string spell(const std::string &object) const;
};

/// The definition of the class that the type, or what it points to, is of; null if none.
const clang::CXXRecordDecl *getClass(clang::QualType type);

/// The parts of an object of the class, in the order in which they are made: bases, then
/// members. A tuple is its elements, whatever the library derives it from.
llvm::SmallVector<Member> getMembers(const clang::RecordDecl &record);

/// The part of an object of the class that the initializer of a constructor is for;
/// nothing if it hands on to another constructor.
std::optional<Member> getInitialized(const clang::CXXRecordDecl &record,
                                     const clang::CXXCtorInitializer &initializer);

/// Whether the class has the base just once, so that C++ can name it.
bool isReachable(const clang::CXXRecordDecl &heir, const clang::CXXBaseSpecifier &base);

/// The classes that derive from the class, as its arguments say: T of `Base<T>`, where T
/// is derived from it. Its methods may work on such an object.
llvm::SmallVector<clang::QualType> getDerived(const clang::RecordDecl &record);

/// What a class inherits from a base, as far as that is not reached under its own name.
struct Inheritance {
  /// The members of the base, and of its bases, that another member hides, or of which
  /// there are several: `d.B::x`.
  llvm::SmallVector<llvm::StringRef> hidden;
  /// There is no conversion to the base, or none to its bases: `((B &)d).x`.
  bool isCast = false;
};
Inheritance getInheritance(const clang::CXXRecordDecl &heir,
                           const clang::CXXBaseSpecifier &base);

/// Whether the class is `std::pair` or `std::tuple`, which have constructors that
/// take their elements.
bool isTuple(const clang::RecordDecl &record);

/// Whether an object of the class can be made without arguments.
bool hasDefault(const clang::CXXRecordDecl &record);

/// The types of the elements of a `std::pair` or `std::tuple`, or of a reference to
/// one; nothing for another type.
llvm::SmallVector<clang::QualType> getElementTypes(clang::QualType type);

/// The default constructor of the class; null if none is declared.
const clang::CXXConstructorDecl *
getDefaultConstructor(const clang::CXXRecordDecl &record);

/// Whether the member is private or protected: the output has a function that
/// finds it.
bool isHidden(const clang::FieldDecl &field);

/// What a parameter or variable of type `type` refers or points to, if it is an
/// object of any type; else null.
clang::QualType getTarget(clang::QualType type);

/// What a parameter of type `type` shares with others: what it refers to, the
/// elements of a span; null for a value.
clang::QualType getShared(clang::QualType type);

/// Whether a parameter of type `type` lets the function write to what it
/// shares.
bool isWritable(clang::QualType type);

/// Whether `type`, or what it is an array of, is const.
bool isConst(clang::QualType type);

/// Whether copies of objects of this type share what they hold: spans.
bool isView(clang::QualType type);

/// What a copy of an object shares with it, of what may have derivatives.
enum class Sharing {
  None,
  /// What it points to, to be read.
  Constant,
  Writable,
};

/// What objects of the type refer to: that of a pointer, a view, and of what
/// they consist of or own.
Sharing sharingOf(clang::QualType type);

/// Whether there are pointers, references or views in objects of the type, to whatever.
bool holdsPointers(clang::QualType type);

/// Whether the type is a class of the user's whose objects hold pointers to
/// what may have derivatives.
bool isHandleClass(clang::QualType type);

/// Whether a class consists of numbers of its own, that may have derivatives,
/// too.
bool hasOwnReals(clang::QualType type);

/// The types of the numbers and pointers that an object consists of or owns;
/// with `isFollowed` also of what the pointers lead to.
void collectParts(clang::QualType type, const clang::ASTContext &ast,
                  llvm::SmallVectorImpl<clang::QualType> &parts,
                  bool isFollowed = false);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_CLASSES_H
