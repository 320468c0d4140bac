//===- CxxTypes.cpp - C++'s conversions between scalar types --------------===//
#include "CxxTypes.h"
#include "Declarators.h"

#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace adgen;

std::string adgen::typeText(Type type) {
  if (type.isF32())
    return "float";
  if (type.isF64())
    return "double";
  if (type.isF80())
    return "long double";
  if (auto integer = dyn_cast<IntType>(type))
    return integer.getSpelling().str();
  if (auto array = dyn_cast<ArrayType>(type)) {
    // `double[3][2]` is three of `double[2]`.
    std::string size = "[" + std::to_string(array.getSize()) + "]";
    return StringRef(declare(typeText(array.getElement()), size)).str();
  }
  if (auto object = dyn_cast<ObjectType>(type))
    return object.getSpelling().str();
  if (auto frame = dyn_cast<FrameType>(type))
    return "std::shared_ptr<const " + frame.getFunction().str() + ">";
  if (auto place = dyn_cast<PlaceType>(type)) {
    bool isArray = isa<ArrayType>(place.getElement());
    return declare(typeText(place.getElement()), isArray ? "(*)" : "*");
  }
  return "bool";
}

Type adgen::intType(MLIRContext *context) {
  return IntType::get(context, "int", 32, /*isSigned=*/true, /*isEnum=*/false);
}

Type adgen::promote(Type type) {
  auto integer = dyn_cast<IntType>(type);
  if (!integer)
    return type.isInteger(1) ? intType(type.getContext()) : type;
  if (integer.getIsEnum())
    return {};
  if (integer.getWidth() < 32 || integer.getSpelling() == "wchar_t")
    return intType(type.getContext());
  if (integer.getSpelling() == "char32_t")
    return IntType::get(type.getContext(), "unsigned int", 32, false, false);
  return type;
}

static unsigned rank(IntType type) {
  return llvm::StringSwitch<unsigned>(type.getSpelling())
      .Cases({"int", "unsigned int"}, 1)
      .Cases({"long", "unsigned long"}, 2)
      .Cases({"long long", "unsigned long long"}, 3)
      .Default(0);
}

Type adgen::usualConversion(Type x, Type z) {
  x = promote(x);
  z = promote(z);
  if (!x || !z)
    return {};
  if (isReal(x) && isReal(z))
    return x.getIntOrFloatBitWidth() >= z.getIntOrFloatBitWidth() ? x : z;
  if (isReal(x) || isReal(z))
    return isReal(x) ? x : z;
  if (x == z)
    return x;
  auto a = cast<IntType>(x), b = cast<IntType>(z);
  if (!rank(a) || !rank(b))
    return {};
  if (a.getIsSigned() == b.getIsSigned())
    return rank(a) >= rank(b) ? x : z;
  IntType isUnsigned = a.getIsSigned() ? b : a, isSigned = a.getIsSigned() ? a : b;
  if (rank(isUnsigned) >= rank(isSigned))
    return isUnsigned;
  if (isSigned.getWidth() > isUnsigned.getWidth())
    return isSigned;
  return {};
}

//===----------------------------------------------------------------------===//
// Literals
//===----------------------------------------------------------------------===//

/// The fewest digits that read back as `value`.
static std::string shortestDigits(const APFloat &value) {
  for (unsigned precision = 1;; ++precision) {
    SmallString<40> text;
    value.toString(text, precision, /*FormatMaxPadding=*/6);
    APFloat back(value.getSemantics(), text);
    if (!back.bitwiseIsEqual(value) && precision < 40)
      continue;
    std::string digits = text.str().lower();
    if (size_t at = digits.find(".0e"); at != std::string::npos)
      digits.erase(at, 2);
    if (size_t at = digits.find("e+"); at != std::string::npos)
      digits.erase(at + 1, 1);
    if (digits.find_first_of(".e") == std::string::npos)
      digits += ".0";
    return digits;
  }
}

static std::string realText(const APFloat &value, Type type) {
  if (!value.isFinite()) {
    std::string limits = "std::numeric_limits<" + typeText(type) + ">::";
    limits += value.isInfinity() ? "infinity()" : "quiet_NaN()";
    return value.isInfinity() && value.isNegative() ? "-" + limits : limits;
  }
  std::string suffix = type.isF32() ? "f" : type.isF80() ? "L" : "";
  // 10.0 rather than 1e1.
  llvm::APSInt integer(20, /*isUnsigned=*/false);
  bool isExact = false;
  if (value.convertToInteger(integer, APFloat::rmTowardZero, &isExact) ==
          APFloat::opOK &&
      isExact && !value.isZero())
    return std::to_string(integer.getSExtValue()) + ".0" + suffix;
  return shortestDigits(value) + suffix;
}

static std::string intText(const APInt &value, IntType type) {
  bool isSigned = type.getIsSigned();
  std::string suffix = isSigned ? "" : "u";
  if (rank(type) == 2)
    suffix += "l";
  if (rank(type) == 3)
    suffix += "ll";
  SmallString<24> digits;
  // The smallest value has no literal.
  if (isSigned && value.isMinSignedValue() && rank(type)) {
    (value + 1).toString(digits, 10, true);
    return ("(" + digits + suffix + " - 1)").str();
  }
  value.toString(digits, 10, isSigned);
  if (!rank(type))
    return "static_cast<" + type.getSpelling().str() + ">(" + digits.c_str() +
           ")";
  return digits.c_str() + suffix;
}

std::string adgen::literalText(Attribute value, Type type) {
  if (auto real = dyn_cast<FloatAttr>(value))
    return realText(real.getValue(), type);
  APInt integer = cast<IntegerAttr>(value).getValue();
  if (auto kind = dyn_cast<IntType>(type))
    return intText(integer, kind);
  return integer.isZero() ? "false" : "true";
}

std::optional<int64_t> adgen::integerValue(Attribute value) {
  auto real = dyn_cast<FloatAttr>(value);
  if (!real || !real.getValue().isInteger() ||
      (real.getValue().isZero() && real.getValue().isNegative()))
    return {};
  llvm::APSInt integer(32, /*isUnsigned=*/false);
  bool isExact = false;
  if (real.getValue().convertToInteger(integer, APFloat::rmTowardZero,
                                       &isExact) != APFloat::opOK ||
      !isExact)
    return {};
  return integer.getSExtValue();
}
