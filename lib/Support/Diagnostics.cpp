//===- Diagnostics.cpp - Everything that adgen says to a user -------------===//
#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/StringExtras.h"

using namespace adgen;

const DiagnosticInfo &adgen::getInfo(Diag diag) {
  static const DiagnosticInfo infos[] = {
#define ADGEN_DIAGNOSTIC(name, id, severity, text, help)                       \
  {id, Severity::severity, text, help},
#include "adgen/Support/Diagnostics.def"
  };
  return infos[unsigned(diag)];
}

std::string adgen::formatMessage(Diag diag,
                                 llvm::ArrayRef<std::string> args) {
  const DiagnosticInfo &info = getInfo(diag);
  std::string message;
  llvm::StringRef rest = info.text;
  while (!rest.empty()) {
    size_t brace = rest.find('{');
    message += rest.substr(0, brace);
    if (brace == llvm::StringRef::npos)
      break;
    message += args[rest[brace + 1] - '0'];
    rest = rest.substr(brace + 3);
  }
  return message + " [adgen-" + info.id.str() + "]";
}

llvm::StringRef adgen::idOf(llvm::StringRef message) {
  auto [text, id] = message.rsplit("[adgen-");
  return id.ends_with("]") ? id.drop_back() : "";
}

std::vector<std::string> adgen::warningIds() {
  std::vector<std::string> ids;
  for (Diag diag : {Diag::NoInfluence, Diag::StepsOnly, Diag::PiecewiseConstant,
                    Diag::PrecisionLost, Diag::OverwrittenFirst,
                    Diag::SingularLiteral, Diag::Kink})
    ids.push_back(getInfo(diag).id.str());
  return ids;
}
