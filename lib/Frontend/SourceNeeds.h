//===- SourceNeeds.h - What the output needs of the source ----------------===//
#ifndef ADGEN_LIB_FRONTEND_SOURCENEEDS_H
#define ADGEN_LIB_FRONTEND_SOURCENEEDS_H

#include "adgen/Frontend/Frontend.h"
#include "adgen/Frontend/Lowering.h"

#include "clang/Lex/Preprocessor.h"
#include <optional>

namespace adgen {

/// An `#include` of the main file.
struct Inclusion {
  clang::SourceLocation loc;
  /// As written, with its brackets or quotes.
  std::string spelling;
  /// The path of the file that was found.
  std::string path;
  /// Not the user's: a header of `--use`.
  bool isUsed = false;
};

/// What stands behind the main file's text to include the headers of `--use`: a
/// path from the current folder, or else one that the include path has.
std::string inclusionsOfUsed(const std::vector<std::string> &use);

/// Watches the preprocessor for the inclusions of the main file.
void recordInclusions(clang::Preprocessor &preprocessor,
                      std::vector<Inclusion> &inclusions);

/// The inclusion as the output must spell it: a quoted one that was found
/// beside `mainFile` is found from the output's folder.
std::string respellInclusion(const Inclusion &inclusion,
                             llvm::StringRef mainFile,
                             const RequestOptions &options);

/// Whether the output repeats the inclusion: not if it is adgen's own header,
/// or the output itself.
bool isRepeatedInclusion(const Inclusion &inclusion,
                         const RequestOptions &options);

/// What the source needs a copy of that must not be copied.
struct CopyRefusal {
  clang::SourceLocation loc;
  std::string message;
};

/// Text that the output declares.
struct CopiedDeclaration {
  std::string text;
  /// The names that it declares. What has none serves others.
  std::vector<std::string> names;
  /// The positions of the declarations that it needs.
  std::vector<int64_t> needs;
  /// Set if it must not be there in the end.
  std::optional<CopyRefusal> refusal;
};

/// Whether the included file may be included again without effect.
bool isGuarded(const Inclusion &inclusion, clang::Preprocessor &preprocessor);

/// Source text of the main file that the output must declare itself, and
/// inclusions that it must repeat.
struct CopiedSource {
  std::vector<std::string> includes;
  /// Those of them that may stand once only: files without a guard.
  std::vector<std::string> unguardedIncludes;
  std::vector<std::string> headerDeclarations;
  std::vector<CopiedDeclaration> declarations;
};

/// What generated code for `functions`, whose bodies refer to `needs`, needs of
/// the source.
CopiedSource copySource(clang::Preprocessor &preprocessor,
                        clang::ASTContext &ast,
                        llvm::ArrayRef<Inclusion> inclusions,
                        llvm::ArrayRef<const clang::FunctionDecl *> functions,
                        const SourceNeeds &needs,
                        const RequestOptions &options);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_SOURCENEEDS_H
