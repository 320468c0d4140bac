//===- PointSettings.cpp - What --at says ---------------------------------===//
#include "PointSettings.h"

#include "llvm/ADT/StringExtras.h"

using namespace adgen;
using llvm::StringRef;

std::string adgen::readNumber(StringRef text) {
  text = text.trim();
  if (text == "true" || text == "false")
    return text == "true" ? "1" : "0";
  StringRef rest = text;
  bool isNegative = rest.consume_front("-");
  double value;
  // What else is read as a number, `0x1p-3` or `inf`, is not written as one.
  if (rest.empty() ||
      rest.find_first_not_of("0123456789.eE+-") != StringRef::npos ||
      (!llvm::isDigit(rest[0]) && rest[0] != '.') || rest.getAsDouble(value))
    return "";
  // A zero in front would make it octal.
  while (rest.size() > 1 && rest[0] == '0' && llvm::isDigit(rest[1]))
    rest = rest.drop_front();
  return (isNegative ? "-" : "") + rest.str();
}

/// The length of a place: `x`, `p.mass`, `A[3].re`; 0 if the text does not
/// begin with one.
static size_t measurePlace(StringRef text) {
  size_t i = 0;
  auto isWord = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  while (true) {
    size_t begin = i;
    while (i < text.size() && isWord(text[i]))
      ++i;
    if (i == begin || llvm::isDigit(text[begin]))
      return 0;
    while (i < text.size() && text[i] == '[') {
      size_t end = text.find(']', i);
      StringRef index = text.slice(i + 1, end);
      if (end == StringRef::npos || index.empty() ||
          !llvm::all_of(index, llvm::isDigit))
        return 0;
      i = end + 1;
    }
    if (i == text.size() || text[i] != '.')
      return i;
    ++i;
  }
}

/// Reads `1.5` or `[1, [2, 3]]` for `place`.
static bool readValue(StringRef text, const std::string &place,
                      std::vector<PointSetting> &settings) {
  text = text.trim();
  if (!text.consume_front("[")) {
    settings.push_back({place, readNumber(text), {}});
    return !settings.back().value.empty();
  }
  if (!text.consume_back("]"))
    return false;
  size_t whole = settings.size();
  settings.push_back({place, "", {}});
  unsigned count = 0;
  while (!text.trim().empty()) {
    int depth = 0;
    size_t end = 0;
    while (end < text.size() && (text[end] != ',' || depth > 0)) {
      depth += text[end] == '[';
      depth -= text[end] == ']';
      ++end;
    }
    std::string element = place + "[" + std::to_string(count++) + "]";
    if (!readValue(text.take_front(end), element, settings))
      return false;
    text = text.drop_front(std::min(end + 1, text.size()));
  }
  settings[whole].sizes = {count};
  return true;
}

bool adgen::readSetting(StringRef word, std::vector<PointSetting> &settings) {
  auto [place, value] = word.split('=');
  place = place.trim();
  if (measurePlace(place) != place.size() || place.empty())
    return false;
  if (word.contains('='))
    return readValue(value, place.str(), settings);
  // Only sizes come without a value.
  PointSetting setting;
  while (place.ends_with("]")) {
    auto [rest, index] = place.drop_back().rsplit('[');
    unsigned size;
    if (index.getAsInteger(10, size))
      return false;
    setting.sizes.insert(setting.sizes.begin(), size);
    place = rest;
  }
  setting.place = place.str();
  settings.push_back(setting);
  return !setting.sizes.empty();
}
