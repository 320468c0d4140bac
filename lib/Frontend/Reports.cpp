//===- Reports.cpp - How diagnostics reach the user -----------------------===//
#include "Reports.h"

#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/SmallString.h"

using namespace adgen;
using Level = clang::DiagnosticsEngine::Level;

void ReportConsumer::install(clang::DiagnosticsEngine &engine) {
  unsigned noteId = engine.getCustomDiagID(Level::Note, "%0");
  std::unique_ptr<clang::DiagnosticConsumer> printer = engine.takeClient();
  engine.setClient(new ReportConsumer(std::move(printer), noteId),
                   /*ShouldOwnClient=*/true);
}

/// Whether the cause is a declaration that the text names, and one mend there
/// is enough for all uses.
static bool isAboutDeclaration(const DiagnosticInfo &info) {
  constexpr Diag diags[] = {Diag::OpaqueFunction, Diag::MemoryCall,
                            Diag::PointersInCall, Diag::MutableGlobal,
                            Diag::UnknownConstant};
  return llvm::any_of(diags,
                      [&](Diag diag) { return getInfo(diag).id == info.id; });
}

void ReportConsumer::HandleDiagnostic(Level level,
                                      const clang::Diagnostic &diagnostic) {
  const DiagnosticInfo *info = nullptr;
  if (level == Level::Note) {
    if (isDropping)
      return;
  } else {
    llvm::SmallString<256> text;
    diagnostic.FormatDiagnostic(text);
    info = findInfo(text);
    std::string place =
        info && isAboutDeclaration(*info)
            ? ""
            : std::to_string(diagnostic.getLocation().getRawEncoding());
    isDropping = info && !said.insert(place + " " + text.str().str()).second;
    if (isDropping)
      return;
  }
  DiagnosticConsumer::HandleDiagnostic(level, diagnostic);
  printer->HandleDiagnostic(level, diagnostic);
  if (!info || !explained.insert(info->id).second)
    return;
  clang::DiagnosticStorage storage;
  std::string help = formatHelp(*info);
  printer->HandleDiagnostic(
      Level::Note,
      clang::Diagnostic(diagnostic.getDiags(), {}, noteId, storage, help));
}
