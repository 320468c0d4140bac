//===- Reports.h - How diagnostics reach the user -------------------------===//
//
// What adgen says goes through Clang's diagnostics, whichever layer says it.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_FRONTEND_REPORTS_H
#define ADGEN_LIB_FRONTEND_REPORTS_H

#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/StringSet.h"
#include <memory>

namespace adgen {

/// Stands before the consumer that prints. Behind the first diagnostic of each
/// of adgen's ids it puts a note with the help. One that was there before, with
/// the same text at the same place, is dropped with its notes: a function that
/// is reached in several ways is refused once, and so is what is wrong with a
/// declaration, however often it is used.
class ReportConsumer : public clang::DiagnosticConsumer {
public:
  /// Takes the place of the consumer that the engine has.
  static void install(clang::DiagnosticsEngine &engine);

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic &diagnostic) override;
  void BeginSourceFile(const clang::LangOptions &language,
                       const clang::Preprocessor *preprocessor) override {
    printer->BeginSourceFile(language, preprocessor);
  }
  void EndSourceFile() override { printer->EndSourceFile(); }
  void finish() override { printer->finish(); }
  void clear() override {
    DiagnosticConsumer::clear();
    printer->clear();
  }
  bool IncludeInDiagnosticCounts() const override {
    return printer->IncludeInDiagnosticCounts();
  }

private:
  ReportConsumer(std::unique_ptr<clang::DiagnosticConsumer> printer,
                 unsigned noteId)
      : printer(std::move(printer)), noteId(noteId) {}

  std::unique_ptr<clang::DiagnosticConsumer> printer;
  /// Clang's number of a note that is nothing but its text.
  unsigned noteId;
  /// Place and text of what was said.
  llvm::StringSet<> said;
  /// The ids whose help was shown.
  llvm::StringSet<> explained;
  /// The last diagnostic was dropped; its notes follow.
  bool isDropping = false;
};

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_REPORTS_H
