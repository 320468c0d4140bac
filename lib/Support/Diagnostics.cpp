//===- Diagnostics.cpp - Everything that adgen says to a user -------------===//
#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/StringExtras.h"

using namespace adgen;

static llvm::ArrayRef<DiagnosticInfo> allInfos() {
  static const DiagnosticInfo infos[] = {
#define ADGEN_DIAGNOSTIC(name, id, severity, text, help)                       \
  {id, Severity::severity, text, help},
#include "adgen/Support/Diagnostics.def"
  };
  return infos;
}

const DiagnosticInfo &adgen::getInfo(Diag diag) {
  return allInfos()[unsigned(diag)];
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

std::vector<std::string> adgen::warningIds() {
  std::vector<std::string> ids;
  for (Diag diag : {Diag::NoInfluence, Diag::StepsOnly, Diag::PiecewiseConstant,
                    Diag::PrecisionLost, Diag::OverwrittenFirst,
                    Diag::SingularLiteral, Diag::Kink})
    ids.push_back(getInfo(diag).id.str());
  return ids;
}

const DiagnosticInfo *adgen::findInfo(llvm::StringRef message) {
  if (!message.consume_back("]"))
    return nullptr;
  size_t found = message.rfind(" [adgen-");
  if (found == llvm::StringRef::npos)
    return nullptr;
  llvm::StringRef id = message.drop_front(found + 8);
  for (const DiagnosticInfo &info : allInfos())
    if (info.id == id)
      return &info;
  return nullptr;
}

/// The sentence as part of a longer one: a first word that is capitalized only for
/// being the first is not.
static std::string continued(llvm::StringRef sentence) {
  std::string text = sentence.str();
  bool isWord = text.size() > 1 && llvm::isUpper(text[0]) &&
                (llvm::isLower(text[1]) || text[1] == ' ');
  if (isWord)
    text[0] = llvm::toLower(text[0]);
  return text;
}

std::string adgen::formatHelp(const DiagnosticInfo &info) {
  std::string note;
  llvm::StringRef rest = info.help.rtrim('.');
  while (!rest.empty()) {
    auto [sentence, next] = rest.split(". ");
    note += (note.empty() ? "" : "; ") + continued(sentence);
    rest = next;
  }
  return note;
}
