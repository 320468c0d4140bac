//===- Signatures.cpp - Names and types of the functions ------------------===//
//
// The functions asked for first, in order: their names follow from the request.
// Then the helpers: a helper gives way to every name of the user's and of those
// first ones; of several for one primal, the one for most parameters has the
// plain name, others the names of their parameters (`g_grad_x`), then numbers.
//
//===----------------------------------------------------------------------===//
#include "Callees.h"
#include "CxxTypes.h"
#include "Emitted.h"
#include "Parameters.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace adgen;

namespace {

class SignatureChooser {
public:
  explicit SignatureChooser(ModuleOp module) : module(module) {}
  void collectUsersNames(ArrayRef<EmittedFunction> functions);
  void describe(EmittedFunction &f);
  void describeLocal(EmittedFunction &f);

private:
  bool take(EmittedFunction &f, const std::string &name);
  void nameLocal(EmittedFunction &f, const std::string &stem,
                 const std::string &structStem);

  ModuleOp module;
  /// Qualified names that no struct may have any more.
  llvm::StringSet<> structs;
  /// What a helper must not be called, whatever its parameters.
  llvm::StringSet<> users;
  /// The helpers' names, with the types of their parameters.
  llvm::StringSet<> helpers;
};

} // namespace

static std::string qualifierOf(const EmittedFunction &f) {
  std::string text;
  for (const std::string &name : f.namespaces)
    text += name + "::";
  return text;
}

static void readNamespaces(EmittedFunction &f) {
  if (auto names = f.func->getAttrOfType<ArrayAttr>("ad.namespace"))
    for (Attribute name : names)
      f.namespaces.push_back(cast<StringAttr>(name).str());
}

//===----------------------------------------------------------------------===//
// Parameters and members
//===----------------------------------------------------------------------===//

static void addParameters(EmittedFunction &f) {
  for (unsigned i = 0; i < f.func.getNumArguments(); ++i) {
    EmittedParameter p;
    p.type = parameterType(f.func, i);
    if (!f.isLocal)
      p.defaultValue = argumentString(f.func, i, "ad.default").str();
    bool isInvented = !argumentString(f.func, i, "ad.role").empty();
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
}

/// The parameters whose adjoints the function returns, in order.
static std::vector<unsigned> returnedAdjoints(func::FuncOp func) {
  std::vector<unsigned> positions = wrtOf(func);
  llvm::erase_if(positions, [&](unsigned i) {
    return i < func.getNumArguments() && passingOf(func, i) != Passing::Value;
  });
  return positions;
}

/// What is returned: names as `ad.member` has them, types as the user spelled
/// the parameter's or the result's.
static void addMembers(EmittedFunction &f) {
  std::vector<unsigned> wrt = returnedAdjoints(f.func);
  SmallVector<int> outs = outArguments(f.func);
  bool hasValue = f.func->hasAttr("ad.with_value");
  bool isPrimal = !f.func->hasAttr("ad.derivative");
  unsigned adjoint = 0;
  for (unsigned i = 0; i < f.func.getNumResults(); ++i) {
    if (outs[i] >= 0 && !f.func->hasAttr("ad.helper"))
      continue;
    auto member = f.func.getResultAttrOfType<StringAttr>(i, "ad.member");
    auto spelled = f.func.getResultAttrOfType<StringAttr>(i, "ad.type");
    std::string type;
    if (spelled) {
      type = contentType(spelled);
    } else if (!f.func->hasAttr("ad.helper")) {
      bool isValue = f.isForward || isPrimal ||
                     (hasValue && f.members.empty());
      if (!isValue && adjoint < wrt.size())
        type = contentType(argumentString(f.func, wrt[adjoint++], "ad.type"));
      else
        type = stringOf(f.func, "ad.return_type").str();
    }
    if (type.empty() || StringRef(type).contains("auto"))
      type = typeText(f.func.getResultTypes()[i]);
    f.members.push_back({type, member ? member.str() : "value"});
  }
}

/// The generated name gives way to a parameter called `value`; others that
/// meet are numbered.
static void separateMembers(EmittedFunction &f) {
  auto isTaken = [&](size_t i, StringRef name) {
    for (size_t j = 0; j < f.members.size(); ++j)
      if (j != i && f.members[j].second == name)
        return true;
    return false;
  };
  bool hasValue = f.func->hasAttr("ad.with_value") ||
                  stringOf(f.func, "ad.derivative") == "value-and-partials";
  if (hasValue && !f.isForward && !f.members.empty())
    while (isTaken(0, f.members.front().second))
      f.members.front().second += '_';
  for (size_t i = 1; i < f.members.size(); ++i) {
    std::string stem = f.members[i].second;
    auto isEarlier = [&] {
      return llvm::any_of(llvm::make_range(f.members.begin(),
                                           f.members.begin() + i),
                          [&](auto &other) {
                            return other.second == f.members[i].second;
                          });
    };
    for (unsigned n = 2; isEarlier(); ++n)
      f.members[i].second = stem + std::to_string(n);
  }
}

//===----------------------------------------------------------------------===//
// Functions asked for
//===----------------------------------------------------------------------===//

void SignatureChooser::describe(EmittedFunction &f) {
  std::string base = stringOf(f.func, "ad.base").str();
  std::string suffix = stringOf(f.func, "ad.suffix").str();
  f.name = base + (f.isForward ? "_jvp" : "_grad") + suffix;
  readNamespaces(f);
  addMembers(f);
  separateMembers(f);
  bool isStruct = f.members.size() > 1 ||
                  (f.func->hasAttr("ad.with_value") && !f.members.empty());
  if (isStruct) {
    std::string stem = base + (f.isForward ? "_dual" : "_gradient") + suffix;
    f.structName = stem;
    for (unsigned i = 2; !structs.insert(qualifierOf(f) + f.structName).second;
         ++i)
      f.structName = stem + std::to_string(i);
    f.resultType = f.structName;
    users.insert(f.structName);
  } else {
    f.resultType = f.members.empty() ? "void" : f.members.front().first;
  }
  users.insert(f.name);
  addParameters(f);
}

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

/// The last part of a qualified name.
static StringRef unqualified(StringRef name) {
  size_t colon = name.rfind(':');
  return colon == StringRef::npos ? name : name.drop_front(colon + 1);
}

void SignatureChooser::collectUsersNames(ArrayRef<EmittedFunction> functions) {
  if (auto taken = module->getAttrOfType<ArrayAttr>("ad.taken_names"))
    for (StringRef name : taken.getAsValueRange<StringAttr>()) {
      structs.insert(name);
      users.insert(unqualified(name));
    }
  for (StringRef list :
       {"ad.taken_helper_names", "ad.declarations", "ad.header_declarations"})
    if (auto texts = module->getAttrOfType<ArrayAttr>(list))
      for (StringRef text : texts.getAsValueRange<StringAttr>())
        collectIdentifiers(text, users);
  for (auto func : module.getOps<func::FuncOp>())
    if (!isPrinted(func))
      for (StringRef name : {"ad.name", "ad.spelling", "ad.call_format"})
        collectIdentifiers(stringOf(func, name), users);
  // The user's variables, wherever a helper may be called.
  for (const EmittedFunction &f : functions) {
    auto add = [&](Attribute attribute) {
      attribute.walk([&](LocalAttr local) {
        if (!local.getGenerated())
          users.insert(local.getName().getValue());
      });
    };
    func::FuncOp func = f.func;
    func->walk([&](Operation *op) {
      add(op->getAttrDictionary());
    });
  }
}

bool SignatureChooser::take(EmittedFunction &f, const std::string &name) {
  if (users.contains(name))
    return false;
  std::string key = qualifierOf(f) + name;
  // Overloads are the user's; what lambdas capture makes calls of them ambiguous.
  if (stringOf(f.func, "ad.name").contains("(lambda)"))
    return helpers.insert(key).second;
  llvm::raw_string_ostream stream(key);
  llvm::interleaveComma(f.func.getArgumentTypes(), stream);
  return helpers.insert(key).second;
}

/// `_x_y` for what the derivative is with respect to.
static std::string activeNames(func::FuncOp func) {
  std::string text;
  if (auto names = func->getAttrOfType<ArrayAttr>("ad.active")) {
    for (StringRef name : names.getAsValueRange<StringAttr>())
      text += "_" + name.str();
    return text;
  }
  for (unsigned i : wrtOf(func))
    if (i < func.getNumArguments())
      if (auto local = func.getArgAttrOfType<LocalAttr>(i, "ad.local"))
        text += "_" + local.getName().str();
  return text;
}

void SignatureChooser::nameLocal(EmittedFunction &f, const std::string &stem,
                                 const std::string &structStem) {
  std::string distinction;
  if (!take(f, stem)) {
    distinction = activeNames(f.func);
    for (unsigned i = 2; distinction.empty() || !take(f, stem + distinction);
         ++i)
      distinction = std::to_string(i);
  }
  f.name = stem + distinction;
  if (f.members.size() < 2) {
    f.resultType = f.members.empty() ? "void" : f.members.front().first;
    return;
  }
  auto takeStruct = [&](const std::string &name) {
    return !users.contains(name) &&
           structs.insert(qualifierOf(f) + name).second;
  };
  f.structName = structStem + distinction;
  for (unsigned i = 2; !takeStruct(f.structName); ++i)
    f.structName = structStem + distinction + std::to_string(i);
  f.resultType = f.structName;
}

/// `name` as an identifier.
static std::string identifier(StringRef name) {
  std::string text;
  for (char c : unqualified(name))
    if (llvm::isAlnum(c) || c == '_')
      text += c;
  bool isName = !text.empty() && !llvm::isDigit(text[0]);
  return isName ? text : "callee" + text;
}

void SignatureChooser::describeLocal(EmittedFunction &f) {
  std::string base = stringOf(f.func, "ad.base").str();
  StringRef kind = stringOf(f.func, "ad.derivative");
  if (base.empty())
    base = identifier(stringOf(f.func, "ad.name"));
  readNamespaces(f);
  addMembers(f);
  separateMembers(f);
  addParameters(f);
  if (kind == "forward")
    nameLocal(f, base + "_jvp", base + "_dual");
  else if (kind == "value-and-partials")
    nameLocal(f, base + "_and_grad", base + "_and_gradient");
  else if (kind == "forward-sweep")
    nameLocal(f, base + "_forward", base + "_result");
  else if (kind == "reverse-sweep")
    nameLocal(f, base + "_reverse", base + "_gradient");
  else if (kind == "reverse")
    nameLocal(f, base + "_grad", base + "_gradient");
  else
    nameLocal(f, base, base + "_result");
}

void adgen::chooseSignatures(ModuleOp module,
                             MutableArrayRef<EmittedFunction> functions) {
  SignatureChooser chooser(module);
  chooser.collectUsersNames(functions);
  SmallVector<EmittedFunction *> locals;
  for (EmittedFunction &f : functions) {
    if (f.isLocal)
      locals.push_back(&f);
    else
      chooser.describe(f);
  }
  // The functions lie in one array: of equals the first comes first.
  llvm::sort(locals, [](EmittedFunction *a, EmittedFunction *b) {
    size_t left = wrtOf(a->func).size(), right = wrtOf(b->func).size();
    return left != right ? left > right : a < b;
  });
  for (EmittedFunction *f : locals)
    chooser.describeLocal(*f);
}

//===----------------------------------------------------------------------===//
// Names of parameters
//===----------------------------------------------------------------------===//

static bool isMentioned(const EmittedFunction &f, const CxxVariable *v) {
  return llvm::any_of(f.cxx->body->statements,
                      [&](const CxxStmt *s) { return mentions(s, v); });
}

void adgen::nameParameters(EmittedFunction &f) {
  for (auto [p, variable] : llvm::zip(f.parameters, f.cxx->parameters)) {
    p.name = variable->name;
    p.isUsed = isMentioned(f, variable);
    p.mayVanish = variable->mayVanish;
  }
}
