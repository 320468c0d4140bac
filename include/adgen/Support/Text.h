//===- Text.h - Looking at C++ text -----------------------------*- C++ -*-===//
#ifndef ADGEN_SUPPORT_TEXT_H
#define ADGEN_SUPPORT_TEXT_H

#include "llvm/ADT/StringRef.h"

namespace adgen {

/// How long the string or character literal is that `text` begins with; 0 if it does not
/// begin with one. Of characters only the quotation mark counts, which begins no string.
size_t lengthOfLiteral(llvm::StringRef text);

} // namespace adgen

#endif // ADGEN_SUPPORT_TEXT_H
