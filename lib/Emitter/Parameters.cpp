//===- Parameters.cpp - How parameters are passed in the output -----------===//
#include "Parameters.h"
#include "CxxTypes.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace adgen;

StringRef adgen::stringOf(Operation *op, StringRef name) {
  auto attribute = op->getAttrOfType<StringAttr>(name);
  return attribute ? attribute.getValue() : StringRef();
}

StringRef adgen::argumentString(func::FuncOp func, unsigned i, StringRef name) {
  auto attribute = func.getArgAttrOfType<StringAttr>(i, name);
  return attribute ? attribute.getValue() : StringRef();
}

std::vector<unsigned> adgen::wrtOf(func::FuncOp func) {
  std::vector<unsigned> positions;
  if (auto wrt = func->getAttrOfType<ArrayAttr>("ad.wrt"))
    for (Attribute position : wrt)
      positions.push_back(cast<IntegerAttr>(position).getInt());
  else if (auto dense = func->getAttrOfType<DenseI64ArrayAttr>("ad.wrt"))
    positions.assign(dense.asArrayRef().begin(), dense.asArrayRef().end());
  return positions;
}

/// The parameter that argument `i` is the shadow of.
static std::optional<unsigned> shadowed(func::FuncOp func, unsigned i) {
  auto of = func.getArgAttrOfType<IntegerAttr>(i, "ad.of");
  if (!of || of.getInt() < 0 || of.getInt() >= func.getNumArguments() ||
      of.getInt() == i)
    return {};
  return of.getInt();
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// Calls `visit` on the words, signs and template arguments of a type.
static void forEachPart(StringRef type,
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

static bool isQualifier(StringRef part) {
  return llvm::StringSwitch<bool>(part)
      .Cases({"const", "__restrict", "__restrict__", "&", "*"}, true)
      .Default(false);
}

std::string adgen::contentType(StringRef spelled) {
  std::string text;
  forEachPart(spelled, [&](StringRef part) {
    if (!isQualifier(part))
      text += (text.empty() ? "" : " ") + part.str();
  });
  return text;
}

/// What a reference or pointer refers to, as spelled, and the rest.
static std::pair<StringRef, StringRef> splitPointee(StringRef type) {
  size_t sign = type.find_last_of("*&");
  if (sign == StringRef::npos)
    return {StringRef(), type};
  return {type.take_front(sign), type.drop_front(sign)};
}

static bool hasConst(StringRef type) {
  bool found = false;
  forEachPart(type, [&](StringRef part) { found |= part == "const"; });
  return found;
}

std::string adgen::parameterType(func::FuncOp func, unsigned i) {
  StringRef type = argumentString(func, i, "ad.type");
  auto of = shadowed(func, i);
  if (type.empty() && of)
    type = argumentString(func, *of, "ad.type");
  bool isPlace = isa<PlaceType>(func.getArgumentTypes()[i]);
  bool isByValue = func->hasAttr("ad.helper") ||
                   argumentString(func, i, "ad.pass").empty();
  if (isLocalFunction(func) && isByValue && !isPlace) {
    std::string content = contentType(type);
    bool isKnown = !content.empty() && content.find("auto") == StringRef::npos;
    return isKnown ? content : typeText(func.getArgumentTypes()[i]);
  }
  auto [pointee, sign] = splitPointee(type);
  if (argumentString(func, i, "ad.role") == "adjoint" && !pointee.empty())
    return contentType(pointee) + " " + sign.str();
  if (type.empty())
    return typeText(func.getArgumentTypes()[i]);
  return type.str();
}

//===----------------------------------------------------------------------===//
// Passing
//===----------------------------------------------------------------------===//

Passing adgen::passingOf(func::FuncOp func, unsigned i) {
  bool isPlace = isa<PlaceType>(func.getArgumentTypes()[i]);
  if (func->hasAttr("ad.helper") && !isPlace)
    return Passing::Value;
  StringRef pass = argumentString(func, i, "ad.pass");
  if (pass == "reference")
    return Passing::Reference;
  if (pass == "pointer")
    return Passing::Pointer;
  auto of = shadowed(func, i);
  if (isLocalFunction(func) && !isPlace)
    return Passing::Value;
  bool isShadow = isPlace || func.getArgAttr(i, "ad.out") ||
                  parameterType(func, i).find_last_of("*&") != StringRef::npos;
  if (of && isShadow && passingOf(func, *of) != Passing::Value)
    return passingOf(func, *of);
  if (!isShadow)
    return Passing::Value;
  return splitPointee(parameterType(func, i)).second.starts_with("*")
             ? Passing::Pointer
             : Passing::Reference;
}

bool adgen::isWritable(func::FuncOp func, unsigned i) {
  if (passingOf(func, i) == Passing::Value)
    return false;
  std::string type = parameterType(func, i);
  return !hasConst(splitPointee(type).first);
}

bool adgen::isLocalFunction(func::FuncOp func) {
  return func->hasAttr("ad.helper") || !func->hasAttr("ad.derivative");
}

bool adgen::isReadOnly(func::FuncOp func, unsigned i) {
  if (passingOf(func, i) != Passing::Value)
    return !func.getArgAttr(i, "ad.out");
  return !isLocalFunction(func) && hasConst(argumentString(func, i, "ad.type"));
}

bool adgen::needsVariable(func::FuncOp func, unsigned i) {
  Passing passing = passingOf(func, i);
  return passing == Passing::Pointer ||
         (passing == Passing::Reference && isWritable(func, i));
}

SmallVector<int> adgen::outArguments(func::FuncOp func) {
  SmallVector<int> arguments(func.getNumResults(), -1);
  for (unsigned i = 0; i < func.getNumArguments(); ++i)
    if (auto out = func.getArgAttrOfType<IntegerAttr>(i, "ad.out"))
      if (out.getInt() >= 0 && out.getInt() < int64_t(arguments.size()))
        arguments[out.getInt()] = i;
  return arguments;
}
