//===- EmitDecl.cpp - Signatures, result structs and their comments -------===//
#include "EmitDecl.h"
#include "Print.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace adgen;

static StringRef stringOf(Operation *op, StringRef name) {
  auto attribute = op->getAttrOfType<StringAttr>(name);
  return attribute ? attribute.getValue() : StringRef();
}

static StringRef argumentString(func::FuncOp func, unsigned i, StringRef name) {
  auto attribute = func.getArgAttrOfType<StringAttr>(i, name);
  return attribute ? attribute.getValue() : StringRef();
}

/// The spelled type of parameter `i`, without the const that only says that
/// the body does not change it.
static std::string valueType(func::FuncOp func, unsigned i) {
  StringRef type = argumentString(func, i, "ad.type");
  while (type.consume_front("const "))
    type = type.ltrim();
  type.consume_back(" const");
  return type.str();
}

static std::vector<unsigned> wrtOf(func::FuncOp func) {
  std::vector<unsigned> positions;
  if (auto wrt = func->getAttrOfType<ArrayAttr>("ad.wrt"))
    for (Attribute position : wrt)
      positions.push_back(cast<IntegerAttr>(position).getInt());
  else if (auto dense = func->getAttrOfType<DenseI64ArrayAttr>("ad.wrt"))
    positions.assign(dense.asArrayRef().begin(), dense.asArrayRef().end());
  return positions;
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

/// The members of the result struct: names as `ad.member` has them, types as
/// the user spelled the parameter's or the result's.
static void addMembers(EmittedFunction &f) {
  std::vector<unsigned> wrt = wrtOf(f.func);
  bool hasValue = f.func->hasAttr("ad.with_value");
  for (unsigned i = 0; i < f.func.getNumResults(); ++i) {
    auto member = f.func.getResultAttrOfType<StringAttr>(i, "ad.member");
    std::string name = member ? member.str() : "value";
    bool isValue = f.isForward || (hasValue && i == 0);
    unsigned adjoint = i - (hasValue ? 1 : 0);
    std::string type = isValue || adjoint >= wrt.size()
                           ? stringOf(f.func, "ad.return_type").str()
                           : valueType(f.func, wrt[adjoint]);
    f.members.push_back({type, name});
  }
  // The generated name gives way to a parameter called `value`.
  if (hasValue && !f.isForward && !f.members.empty()) {
    auto clashes = [&] {
      return llvm::any_of(llvm::drop_begin(f.members), [&](auto &other) {
        return other.second == f.members.front().second;
      });
    };
    while (clashes())
      f.members.front().second += '_';
  }
}

EmittedFunction adgen::describeSignature(func::FuncOp func,
                                         llvm::StringSet<> &taken) {
  EmittedFunction f;
  f.func = func;
  f.isForward = stringOf(func, "ad.derivative") == "forward";
  std::string base = stringOf(func, "ad.base").str();
  std::string suffix = stringOf(func, "ad.suffix").str();
  f.name = base + (f.isForward ? "_jvp" : "_grad") + suffix;
  std::string qualifier;
  if (auto names = func->getAttrOfType<ArrayAttr>("ad.namespace"))
    for (Attribute name : names) {
      f.namespaces.push_back(cast<StringAttr>(name).str());
      qualifier += f.namespaces.back() + "::";
    }
  addMembers(f);
  bool isStruct = f.members.size() > 1 ||
                  (func->hasAttr("ad.with_value") && !f.members.empty());
  if (isStruct) {
    std::string stem = base + (f.isForward ? "_dual" : "_gradient") + suffix;
    f.structName = stem;
    for (unsigned i = 2; !taken.insert(qualifier + f.structName).second; ++i)
      f.structName = stem + std::to_string(i);
    f.resultType = f.structName;
  } else {
    f.resultType = f.members.empty() ? "void" : f.members.front().first;
  }
  for (unsigned i = 0; i < func.getNumArguments(); ++i) {
    EmittedParameter p;
    p.type = argumentString(func, i, "ad.type").str();
    p.defaultValue = argumentString(func, i, "ad.default").str();
    bool isInvented = !argumentString(func, i, "ad.role").empty();
    if (isInvented && p.defaultValue == "1" && p.type == "double")
      p.defaultValue = "1.0";
    f.parameters.push_back(p);
  }
  // C++ wants a default for every later parameter as well.
  bool mayHave = true;
  for (EmittedParameter &p : llvm::reverse(f.parameters)) {
    mayHave &= !p.defaultValue.empty();
    if (!mayHave)
      p.defaultValue.clear();
  }
  return f;
}

static bool isMentioned(const EmittedFunction &f, const CxxVariable *v) {
  return llvm::any_of(f.cxx->body->statements,
                      [&](const CxxStmt *s) { return mentions(s, v); });
}

void adgen::nameParameters(EmittedFunction &f) {
  for (auto [p, variable] : llvm::zip(f.parameters, f.cxx->parameters)) {
    p.name = variable->name;
    p.isUsed = isMentioned(f, variable);
  }
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

std::string adgen::printStruct(const EmittedFunction &f) {
  if (f.structName.empty())
    return "";
  std::string text = "struct " + f.structName + " {\n";
  for (auto &[type, name] : f.members)
    text += "  " + type + " " + name + ";\n";
  return text + "};\n\n";
}

static std::string printParameters(const EmittedFunction &f, bool isPrototype,
                                   bool hasDefaults) {
  std::string text;
  for (const EmittedParameter &p : f.parameters) {
    text += (text.empty() ? "" : ", ") + p.type;
    if (isPrototype || p.isUsed)
      text += " " + p.name;
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

/// What the function returns, as a sentence; empty if nothing.
static std::string describeResult(const EmittedFunction &f) {
  std::vector<std::string> wrt, tangents;
  std::string seed;
  for (unsigned position : wrtOf(f.func))
    if (position < f.parameters.size())
      wrt.push_back(f.parameters[position].name);
  for (unsigned i = 0; i < f.parameters.size(); ++i) {
    StringRef role = argumentString(f.func, i, "ad.role");
    if (role == "seed")
      seed = f.parameters[i].name + " * ";
    if (role == "tangent")
      tangents.push_back(f.parameters[i].name);
  }
  if (f.members.empty())
    return "";
  std::string base = stringOf(f.func, "ad.base").str();
  bool hasValue = f.func->hasAttr("ad.with_value");
  if (f.isForward)
    return f.members.size() == 1 || tangents.empty()
               ? "Returns the value of " + base + "."
               : "Returns the value of " + base + " and its derivative along " +
                     list(tangents) + ".";
  if (wrt.empty())
    return hasValue ? "Returns the value." : "";
  return std::string("Returns ") + (hasValue ? "the value and " : "") + seed +
         "d " + base + " / d " + list(wrt) + ".";
}

std::string adgen::printDocumentation(const EmittedFunction &f) {
  std::string text = f.isForward ? "/// Tangent of " : "/// Adjoint of ";
  text += stringOf(f.func, "ad.name").str();
  if (auto line = f.func->getAttrOfType<IntegerAttr>("ad.line"))
    text += " (" + stringOf(f.func, "ad.file").str() + ":" +
            std::to_string(line.getInt()) + ")";
  text += ".\n";
  std::string result = describeResult(f);
  return result.empty() ? text : text + "/// " + result + "\n";
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
