//===- Parameters.cpp - How parameters are passed in the output -----------===//
#include "Parameters.h"
#include "CxxTypes.h"
#include "Declarators.h"

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

std::string adgen::parameterType(func::FuncOp func, unsigned i) {
  if (auto frame = dyn_cast<FrameType>(func.getArgumentTypes()[i]))
    return "const " + frame.getFunction().str() + " &";
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
  if (type.empty())
    return typeText(func.getArgumentTypes()[i]);
  if (argumentString(func, i, "ad.role") == "adjoint" && (of || isPlace)) {
    std::string shadow = withoutConstTarget(type);
    // A span that is itself const is written through, and may be made for the call.
    bool isSpan = StringRef(shadow).starts_with("std::span<") && shadow.back() == '&';
    return isSpan && isLocalFunction(func) ? "const " + shadow : shadow;
  }
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
  Indirection indirection = indirectionOf(parameterType(func, i));
  bool isShadow = isPlace || func.getArgAttr(i, "ad.out") ||
                  indirection != Indirection::None;
  if (of && isShadow && passingOf(func, *of) != Passing::Value)
    return passingOf(func, *of);
  bool isObject = isPlace && isa<ObjectType>(cast<PlaceType>(
                                 func.getArgumentTypes()[i]).getElement());
  if (!isShadow || (isObject && indirection == Indirection::None))
    return Passing::Value;
  return indirection == Indirection::Pointer ? Passing::Pointer
                                             : Passing::Reference;
}

bool adgen::isWritable(func::FuncOp func, unsigned i) {
  if (passingOf(func, i) == Passing::Value)
    return false;
  return !isConstTarget(parameterType(func, i));
}

bool adgen::isLocalFunction(func::FuncOp func) {
  return func->hasAttr("ad.helper") || !func->hasAttr("ad.derivative");
}

bool adgen::isReadOnly(func::FuncOp func, unsigned i) {
  if (isa<PlaceType>(func.getArgumentTypes()[i]))
    return isConstObject(parameterType(func, i));
  if (passingOf(func, i) != Passing::Value)
    return !func.getArgAttr(i, "ad.out");
  return !isLocalFunction(func) && isConstObject(argumentString(func, i, "ad.type"));
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
