//===- MemberNames.h - What members of objects are called -----------------===//
#ifndef ADGEN_DIALECT_MEMBERNAMES_H
#define ADGEN_DIALECT_MEMBERNAMES_H

#include "llvm/ADT/StringExtras.h"

namespace adgen {

/// Whether the name of a member is a position: that of a tuple's element.
inline bool isPosition(llvm::StringRef member) {
  return !member.empty() && llvm::isDigit(member.front());
}

/// What a person might call a variable for a member of `object`: `d_x` for `d.x`,
/// `t0` for `std::get<0>(t)`.
inline std::string nameOfMember(llvm::StringRef object, llvm::StringRef member) {
  bool isNumbered = isPosition(member) && !object.empty() && !llvm::isDigit(object.back());
  return (object + (isNumbered ? "" : "_") + member).str();
}

} // namespace adgen

#endif // ADGEN_DIALECT_MEMBERNAMES_H
