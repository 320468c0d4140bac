//===- Text.cpp - Looking at C++ text -------------------------------------===//
#include "adgen/Support/Text.h"

using namespace adgen;

size_t adgen::lengthOfLiteral(llvm::StringRef text) {
  for (llvm::StringRef mark : {"'\"'", "'\\\"'"})
    if (text.starts_with(mark))
      return mark.size();
  if (!text.starts_with("\""))
    return 0;
  size_t end = 1;
  while (end < text.size() && text[end] != '"' && text[end] != '\n')
    end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}
