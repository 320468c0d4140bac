//===- MemberDescriptions.h - What the members of a class are -------------===//
#ifndef ADGEN_LIB_FRONTEND_MEMBERDESCRIPTIONS_H
#define ADGEN_LIB_FRONTEND_MEMBERDESCRIPTIONS_H

#include "Classes.h"

#include "mlir/IR/Builders.h"

#include <optional>

namespace adgen {

/// The members of a class of which `describe` has something to say: each with its
/// name, its type by `map`, and, under `key`, what that is. Nothing if `describe`
/// does not know one of them.
template <class Map, class Describe>
std::optional<mlir::ArrayAttr>
describeMembers(const clang::CXXRecordDecl &record, llvm::StringRef key,
                mlir::OpBuilder &b, Map map, Describe describe) {
  llvm::SmallVector<mlir::Attribute> members;
  for (const Member &member : getMembers(record)) {
    std::optional<mlir::DictionaryAttr> inner = describe(member.type);
    if (!inner)
      return {};
    if (!*inner)
      continue;
    mlir::NamedAttrList own;
    own.set("name", b.getStringAttr(member.name));
    own.set("type", mlir::TypeAttr::get(map(member.type)));
    own.set(key, *inner);
    members.push_back(own.getDictionary(b.getContext()));
  }
  return b.getArrayAttr(members);
}

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_MEMBERDESCRIPTIONS_H
