//===- Format.cpp - Layout by libFormat -----------------------------------===//
#include "Print.h"

#include "clang/Tooling/Core/Replacement.h"

using namespace adgen;

clang::format::FormatStyle adgen::findStyle(llvm::StringRef path) {
  clang::format::FormatStyle style = clang::format::getLLVMStyle();
  if (!path.empty()) {
    auto found = clang::format::getStyle("file", path, "LLVM");
    if (found)
      style = *found;
    else
      llvm::consumeError(found.takeError());
  }
  style.Language = clang::format::FormatStyle::LK_Cpp;
  // What the comments quote and the order of the includes is decided here.
  style.ReflowComments = clang::format::FormatStyle::RCS_Never;
  style.SortIncludes.Enabled = false;
  return style;
}

std::string adgen::layOut(const std::string &code,
                          const clang::format::FormatStyle &style) {
  if (style.DisableFormat)
    return code;
  clang::tooling::Range all(0, code.size());
  auto edits = clang::format::reformat(style, code, {all}, "out.cpp");
  auto result = clang::tooling::applyAllReplacements(code, edits);
  if (result)
    return *result;
  llvm::consumeError(result.takeError());
  return code;
}
