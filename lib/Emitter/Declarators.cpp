//===- Declarators.cpp - Types as the user spelled them -------------------===//
#include "Declarators.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace adgen;

using llvm::StringRef;

/// The positions of `type` outside of template arguments.
static llvm::SmallVector<size_t> outsideOfTemplates(StringRef type) {
  llvm::SmallVector<size_t> positions;
  unsigned depth = 0;
  for (size_t i = 0; i < type.size(); ++i) {
    depth += type[i] == '<';
    if (!depth)
      positions.push_back(i);
    depth -= type[i] == '>' && depth;
  }
  return positions;
}

/// Where the name goes: behind `(*`, `(&` and their qualifiers, else before the
/// first `[`, else at the end.
static size_t nameOffset(StringRef type) {
  size_t bracket = StringRef::npos;
  bool isInner = false;
  for (size_t i : outsideOfTemplates(type)) {
    char c = type[i];
    if (c == '(' && bracket == StringRef::npos) {
      StringRef rest = type.drop_front(i + 1).ltrim();
      isInner |= rest.starts_with("*") || rest.starts_with("&");
    }
    if ((c == ')' && isInner) || c == '[') {
      bracket = i;
      break;
    }
  }
  return bracket == StringRef::npos ? type.size() : bracket;
}

std::string adgen::declare(StringRef type, StringRef name) {
  if (name.empty())
    return type.str();
  size_t at = nameOffset(type);
  StringRef before = type.take_front(at).rtrim(), after = type.drop_front(at);
  bool isSign = before.ends_with("*") || before.ends_with("&");
  return before.str() + (isSign ? "" : " ") + name.str() + after.str();
}

/// The outermost `*` or `&`, the last one before the name; npos if the type is
/// that of an object or an array.
static size_t signOffset(StringRef type, size_t limit = StringRef::npos) {
  size_t at = StringRef::npos, end = std::min(nameOffset(type), limit);
  for (size_t i : outsideOfTemplates(type))
    if (i < end && (type[i] == '*' || type[i] == '&'))
      at = i;
  return at;
}

Indirection adgen::indirectionOf(StringRef type) {
  size_t at = signOffset(type);
  if (at == StringRef::npos)
    return Indirection::None;
  return type[at] == '*' ? Indirection::Pointer : Indirection::Reference;
}

static bool hasConst(StringRef type) {
  bool found = false;
  forEachPart(type, [&](StringRef part) { found |= part == "const"; });
  return found;
}

bool adgen::isConstObject(StringRef type) {
  size_t at = signOffset(type);
  return hasConst(at == StringRef::npos ? type : type.drop_front(at + 1));
}

/// Where the qualifiers of the target stand, in front of the sign at `at`:
/// behind that of a pointer to pointers.
static size_t targetOffset(StringRef type, size_t at) {
  size_t inner = signOffset(type, at);
  return inner == StringRef::npos ? 0 : inner + 1;
}

bool adgen::isConstTarget(StringRef type) {
  size_t at = signOffset(type);
  if (at != StringRef::npos)
    return hasConst(type.slice(targetOffset(type, at), at));
  return nameOffset(type) < type.size() && hasConst(type);
}

/// `text` without the word const.
static std::string withoutConst(StringRef text) {
  std::string result;
  size_t i = 0;
  auto isWord = [&](char c) { return llvm::isAlnum(c) || c == '_'; };
  while (i < text.size()) {
    size_t end = i;
    while (end < text.size() && isWord(text[end]))
      ++end;
    StringRef word = text.slice(i, end);
    if (word == "const") {
      i = end;
      // One of the spaces around it goes along.
      if (i < text.size() && text[i] == ' ')
        ++i;
      else if (!result.empty() && result.back() == ' ')
        result.pop_back();
      continue;
    }
    end = std::max(end, i + 1);
    result += text.slice(i, end);
    i = end;
  }
  return result;
}

std::string adgen::withoutConstTarget(StringRef type) {
  size_t at = signOffset(type);
  if (at == StringRef::npos)
    return withoutConst(type);
  size_t from = targetOffset(type, at);
  return type.take_front(from).str() + withoutConst(type.slice(from, at)) +
         type.drop_front(at).str();
}

void adgen::forEachPart(StringRef type,
                        llvm::function_ref<void(StringRef)> visit) {
  auto isWord = [](char c) {
    return llvm::isAlnum(c) || c == '_' || c == ':' || c == '<';
  };
  while (!(type = type.ltrim()).empty()) {
    size_t end = 0, depth = 0;
    while (end < type.size() && (depth || isWord(type[end]))) {
      depth += type[end] == '<';
      depth -= type[end] == '>';
      ++end;
    }
    end = std::max<size_t>(end, 1);
    visit(type.take_front(end));
    type = type.drop_front(end);
  }
}
