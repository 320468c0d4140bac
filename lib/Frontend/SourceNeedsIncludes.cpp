//===- SourceNeedsIncludes.cpp - Inclusions that the output repeats -------===//
//
// What an included header declares the output uses from there, so it repeats the
// inclusions of the main file: as the user wrote them, but found from where the
// output lies.
//
//===----------------------------------------------------------------------===//
#include "SourceNeeds.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace adgen;
using llvm::StringRef;

/// The file that diagnostics show for what stands behind the main file's text.
constexpr llvm::StringLiteral usedName = "--use";

std::string adgen::inclusionsOfUsed(const std::vector<std::string> &use) {
  std::string text = ("\n\n#line 1 \"" + usedName + "\"\n").str();
  for (const std::string &header : use) {
    llvm::SmallString<256> path(header);
    if (llvm::sys::fs::exists(header))
      llvm::sys::fs::make_absolute(path);
    text += ("#include \"" + path + "\"\n").str();
  }
  return text;
}

namespace {

class InclusionRecorder : public clang::PPCallbacks {
public:
  InclusionRecorder(const clang::SourceManager &sources,
                    std::vector<Inclusion> &inclusions)
      : sources(sources), inclusions(inclusions) {}

  void InclusionDirective(clang::SourceLocation hash, const clang::Token &,
                          StringRef name, bool isAngled,
                          clang::CharSourceRange,
                          clang::OptionalFileEntryRef file, StringRef,
                          StringRef, const clang::Module *, bool,
                          clang::SrcMgr::CharacteristicKind) override {
    if (file && sources.isInMainFile(hash))
      inclusions.push_back(
          {hash, isAngled ? ("<" + name + ">").str() : ("\"" + name + "\"").str(),
           file->getName().str(),
           sources.getPresumedLoc(hash).getFilename() == usedName});
  }

private:
  const clang::SourceManager &sources;
  std::vector<Inclusion> &inclusions;
};

} // namespace

void adgen::recordInclusions(clang::Preprocessor &preprocessor,
                             std::vector<Inclusion> &inclusions) {
  preprocessor.addPPCallbacks(std::make_unique<InclusionRecorder>(
      preprocessor.getSourceManager(), inclusions));
}

/// The folder that `file` lies in, absolute and free of links.
static std::string realFolder(StringRef file) {
  StringRef folder = llvm::sys::path::parent_path(file);
  llvm::SmallString<256> real;
  if (llvm::sys::fs::real_path(folder.empty() ? "." : folder, real))
    return folder.str();
  return real.str().str();
}

/// `to` seen from the folder `from`, both absolute.
static std::string relativePath(StringRef to, StringRef from) {
  llvm::SmallVector<StringRef> target(llvm::sys::path::begin(to),
                                      llvm::sys::path::end(to));
  llvm::SmallVector<StringRef> base(llvm::sys::path::begin(from),
                                    llvm::sys::path::end(from));
  size_t common = 0;
  while (common < std::min(target.size(), base.size()) &&
         target[common] == base[common])
    ++common;
  llvm::SmallVector<StringRef> parts(base.size() - common, "..");
  parts.append(target.begin() + common, target.end());
  return llvm::join(parts, "/");
}

std::string adgen::respellInclusion(const Inclusion &inclusion,
                                    StringRef mainFile,
                                    const RequestOptions &options) {
  StringRef name = StringRef(inclusion.spelling).drop_front().drop_back();
  std::string folder = realFolder(options.outputFile);
  if (inclusion.isUsed && llvm::sys::path::is_absolute(name)) {
    llvm::SmallString<256> target(realFolder(name));
    llvm::sys::path::append(target, llvm::sys::path::filename(name));
    return "\"" + relativePath(target, folder) + "\"";
  }
  if (inclusion.spelling[0] == '<' || llvm::sys::path::is_absolute(name))
    return inclusion.spelling;
  llvm::SmallString<256> beside(llvm::sys::path::parent_path(mainFile));
  llvm::sys::path::append(beside, name);
  if (!llvm::sys::fs::equivalent(beside, inclusion.path))
    return inclusion.spelling;
  if (folder == realFolder(mainFile))
    return inclusion.spelling;
  llvm::SmallString<256> target(realFolder(beside));
  llvm::sys::path::append(target, llvm::sys::path::filename(name));
  return "\"" + relativePath(target, folder) + "\"";
}

bool adgen::isGuarded(const Inclusion &inclusion,
                      clang::Preprocessor &preprocessor) {
  auto file = preprocessor.getFileManager().getOptionalFileRef(inclusion.path);
  return !file || inclusion.spelling[0] == '<' ||
         preprocessor.getHeaderSearchInfo().isFileMultipleIncludeGuarded(*file);
}

bool adgen::isRepeatedInclusion(const Inclusion &inclusion,
                                const RequestOptions &options) {
  StringRef name = StringRef(inclusion.spelling).drop_front().drop_back();
  if (name == "adgen/adgen.h")
    return false;
  return options.outputHeader.empty() ||
         !llvm::sys::fs::equivalent(inclusion.path, options.outputHeader);
}
