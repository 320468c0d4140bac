//===- MemberNames.h - What members of objects are called -----------------===//
#ifndef ADGEN_DIALECT_MEMBERNAMES_H
#define ADGEN_DIALECT_MEMBERNAMES_H

#include "llvm/ADT/StringExtras.h"

namespace adgen {

/// Whether the name of a member is a position: that of a tuple's element.
inline bool isPosition(llvm::StringRef member) {
  return !member.empty() && llvm::isDigit(member.front());
}

/// Whether the name of a member is that of a base class.
inline bool isBase(llvm::StringRef member) { return member.ends_with("::"); }

/// What a person might call a variable for a member of `object`: `d_x` for `d.x`,
/// `t0` for `std::get<0>(t)`, `d_x` for `d.B::x` as well; a base is the object itself.
inline std::string nameOfMember(llvm::StringRef object, llvm::StringRef member) {
  if (isBase(member))
    return object.str();
  if (size_t end = member.rfind("::"); end != llvm::StringRef::npos)
    member = member.drop_front(end + 2);
  bool isNumbered = isPosition(member) && !object.empty() && !llvm::isDigit(object.back());
  return (object + (isNumbered ? "" : "_") + member).str();
}

} // namespace adgen

#endif // ADGEN_DIALECT_MEMBERNAMES_H
