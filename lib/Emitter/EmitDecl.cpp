//===- EmitDecl.cpp - Signatures, result structs and their comments -------===//
#include "EmitDecl.h"
#include "Declarators.h"
#include "Parameters.h"
#include "Print.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

std::string adgen::printStruct(const EmittedFunction &f) {
  if (f.structName.empty())
    return "";
  std::string text = "struct " + f.structName + " {\n";
  for (auto &[type, name] : f.members)
    text += "  " + declare(type, name) + ";\n";
  return text + "};\n\n";
}

static std::string printParameters(const EmittedFunction &f, bool isPrototype,
                                   bool hasDefaults) {
  std::string text;
  for (const EmittedParameter &p : f.parameters) {
    text += text.empty() ? "" : ", ";
    if (!isPrototype && p.isUsed && p.mayVanish)
      text += "[[maybe_unused]] ";
    text += declare(p.type, isPrototype || p.isUsed ? p.name : "");
    if (hasDefaults && !p.defaultValue.empty())
      text += " = " + p.defaultValue;
  }
  return text;
}

/// `x`, `(x, y)`.
static std::string list(const std::vector<std::string> &names) {
  std::string text = llvm::join(names, ", ");
  return names.size() == 1 ? text : "(" + text + ")";
}

/// The names of the parameters that `f` has in the role.
static std::vector<std::string> namesOf(const EmittedFunction &f,
                                        StringRef role) {
  std::vector<std::string> names;
  for (unsigned i = 0; i < f.parameters.size(); ++i)
    if (argumentString(f.func, i, "ad.role") == role)
      names.push_back(f.parameters[i].name);
  return names;
}

/// Whether the caller's object is the shadow of what the function overwrites.
static bool isConsumed(func::FuncOp func, unsigned shadow) {
  auto of = func.getArgAttrOfType<IntegerAttr>(shadow, "ad.of");
  if (!of || of.getInt() >= func.getNumArguments())
    return false;
  // Pointers in what is const may lead to what is written.
  unsigned i = of.getInt();
  return isWritable(func, i) ||
         (func.getArgAttr(i, "ad.pointers") && func.getArgAttr(i, "ad.out"));
}

static std::string describeValueAndTangent(const EmittedFunction &f) {
  if (f.members.empty())
    return "";
  std::string base = stringOf(f.func, "ad.base").str();
  std::vector<std::string> tangents = namesOf(f, "tangent");
  if (f.members.size() == 1 || tangents.empty())
    return "Returns the value of " + base + ".";
  return "Returns the value of " + base + " and its derivative along " +
         list(tangents) + ".";
}

static std::string describeAdjoints(const EmittedFunction &f) {
  std::vector<std::string> wrt, seeds = namesOf(f, "seed");
  bool hasShadows = false;
  for (unsigned position : wrtOf(f.func))
    if (position < f.parameters.size() &&
        passingOf(f.func, position) == Passing::Value)
      wrt.push_back(f.parameters[position].name);
  for (unsigned i = 0; i < f.parameters.size(); ++i)
    hasShadows |= argumentString(f.func, i, "ad.role") == "adjoint" &&
                  isConsumed(f.func, i);
  if (f.members.empty())
    return "";
  bool hasValue = f.func->hasAttr("ad.with_value");
  std::string text = hasValue ? "Returns the value" : "Returns ";
  if (wrt.empty())
    return hasValue ? text + "." : "";
  text += hasValue ? " and " : "";
  if (hasShadows || stringOf(f.func, "ad.return_type") == "void")
    return text + (wrt.size() == 1 ? "the adjoint of " : "the adjoints of ") +
           list(wrt) + ".";
  return text + (seeds.empty() ? "" : seeds.front() + " * ") + "d " +
         stringOf(f.func, "ad.base").str() + " / d " + list(wrt) + ".";
}

/// `x`, `x and y`, `x, y and z`.
static std::string enumerate(ArrayRef<std::string> names) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i)
    text += (!i ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

/// `sentences` as lines of comment that fit the page.
static std::string wrap(const std::string &sentences) {
  constexpr size_t columns = 80;
  std::string text, line = "///";
  SmallVector<StringRef> words;
  StringRef(sentences).split(words, ' ', -1, /*KeepEmpty=*/false);
  for (StringRef word : words) {
    if (line.size() + 1 + word.size() > columns) {
      text += line + "\n";
      line = "///";
    }
    line += " " + word.str();
  }
  return words.empty() ? "" : text + line + "\n";
}

/// Whether the argument points to several objects.
static bool isSequence(func::FuncOp func, unsigned i) {
  return llvm::any_of(func.getArgument(i).getUsers(), [](Operation *user) {
    return isa<OffsetOp, LetOp, ForOp, WhileOp>(user);
  });
}

/// What happens to the caller's objects beside those of the function itself.
static std::string describeShadows(const EmittedFunction &f) {
  func::FuncOp func = f.func;
  std::vector<std::string> added, consumed, tangents, contents;
  for (unsigned i = 0; i < f.parameters.size(); ++i) {
    StringRef role = argumentString(f.func, i, "ad.role");
    auto of = func.getArgAttrOfType<IntegerAttr>(i, "ad.of");
    if ((role != "adjoint" && role != "tangent") || !of ||
        of.getInt() >= int64_t(f.parameters.size()))
      continue;
    const std::string &shadow = f.parameters[i].name;
    if (!isConsumed(f.func, i)) {
      if (role == "adjoint")
        added.push_back(shadow);
      continue;
    }
    (role == "adjoint" ? consumed : tangents).push_back(shadow);
    bool isPointer = passingOf(f.func, of.getInt()) == Passing::Pointer &&
                     !isSequence(f.func, of.getInt());
    contents.push_back((isPointer ? "*" : "") + f.parameters[of.getInt()].name);
  }
  std::string text;
  if (!added.empty())
    text = "Adds to " + enumerate(added) + ". ";
  if (consumed.size() == 1)
    text += "On entry " + consumed.front() + " is the adjoint of " +
            contents.front() + "'s final content, on exit of its initial one.";
  else if (!consumed.empty())
    text += "On entry " + enumerate(consumed) +
            " are the adjoints of the final contents, on exit of the initial "
            "ones.";
  if (!tangents.empty())
    text += "On entry and on exit, " + enumerate(tangents) +
            (tangents.size() == 1 ? " is the tangent of "
                                  : " are the tangents of ") +
            enumerate(contents) + ".";
  return wrap(text);
}

/// `pair_energy (lennard_jones.cpp:3).`
static std::string describeSource(const EmittedFunction &f) {
  std::string text = stringOf(f.func, "ad.name").str();
  if (text.empty())
    text = f.name;
  if (auto line = f.func->getAttrOfType<IntegerAttr>("ad.line"))
    text += " (" + stringOf(f.func, "ad.file").str() + ":" +
            std::to_string(line.getInt()) + ")";
  return text + ".\n";
}

std::string adgen::printDocumentation(const EmittedFunction &f) {
  std::string text = f.isForward ? "/// Tangent of " : "/// Adjoint of ";
  text += describeSource(f);
  std::string result =
      f.isForward ? describeValueAndTangent(f) : describeAdjoints(f);
  if (!result.empty())
    text += "/// " + result + "\n";
  return text + describeShadows(f);
}

std::string adgen::printComment(const EmittedFunction &f) {
  StringRef kind = stringOf(f.func, "ad.derivative");
  StringRef what = kind == "forward"              ? "Tangent of "
                   : kind == "reverse"            ? "Adjoint of "
                   : kind == "forward-sweep"      ? "Forward sweep of "
                   : kind == "reverse-sweep"      ? "Reverse sweep of "
                   : kind == "value-and-partials" ? "Value and partial derivatives of "
                                                  : "";
  return "// " + what.str() + describeSource(f);
}

std::string adgen::printPrototype(const EmittedFunction &f) {
  return f.resultType + " " + f.name + "(" +
         printParameters(f, /*isPrototype=*/true, /*hasDefaults=*/true) +
         ");\n";
}

std::string adgen::printDefinition(const EmittedFunction &f, bool hasDefaults,
                                   const clang::format::FormatStyle &style) {
  return f.resultType + " " + f.name + "(" +
         printParameters(f, /*isPrototype=*/false, hasDefaults) + ") {\n" +
         printBody(*f.cxx, style) + "}\n";
}
