//===- CheckProgram.cpp - The program that checks derivatives -------------===//
//
// The header of the derivatives; what the functions need of the source; what is
// the same for every function (CheckText/); then the members of the classes
// and, for each function, a struct with its arguments and a class with its
// calls:
//
//   struct f_arguments {
//     double *x;
//     int n;
//     template <class Visitor> void each(Visitor &&visit) {
//       visit("x", adgen::Role::Read, x);
//       visit("n", adgen::Role::Constant, n);
//     }
//   };
//   struct f_check {
//     …
//     static void primal(f_arguments &a, double &result) { result = ::f(a.x,
//     a.n); } static void reverse(…) { ::f_grad(a.x, a.n, bar.x, seed); }
//     static void forward(…) { result = ::f_jvp(a.x, a.n, dot.x).dot; }
//   };
//
// The calls follow the contract (docs/derivatives.md), not what was generated:
// a derivative with another signature does not compile.
//
//===----------------------------------------------------------------------===//
#include "adgen/Emitter/CheckProgram.h"
#include "Declarators.h"
#include "Parameters.h"
#include "Print.h"

#include "adgen/Dialect/AD.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace adgen;

/// The text of CheckText/.
static constexpr llvm::StringLiteral commonText =
#include "CheckText.inc"
    ;

namespace {

/// A parameter, as `ad.check` has it.
struct CheckedParameter {
  std::string name;
  /// The member of the struct; the user's name, unless that is taken.
  std::string member;
  std::string role, storage, call, initializer, gap;

  bool isInput() const { return role != "constant"; }
  /// Whether it has an adjoint among the parameters of f_grad.
  bool hasBar() const { return role == "read" || role == "written"; }
  /// The variable of the object `owner` as it is passed.
  std::string passed(StringRef owner) const {
    StringRef format = call;
    size_t hole = format.find("{0}");
    return (format.take_front(hole) + owner + "." + member +
            format.drop_front(hole + 3))
        .str();
  }
};

/// A function and the derivatives of one request.
struct CheckedFunction {
  func::FuncOp func;
  /// `f`, the stem of `f_check`.
  std::string stem;
  /// Of the class, from anywhere.
  std::string qualifiedClass;
  std::string call, grad, jvp, result, epsilon;
  bool hasReverse = false, hasForward = false, withValue = false;
  std::vector<CheckedParameter> parameters;
  std::vector<std::string> namespaces;
};

} // namespace

//===----------------------------------------------------------------------===//
// From attributes
//===----------------------------------------------------------------------===//

static std::string textIn(DictionaryAttr dictionary, StringRef name) {
  auto text = dictionary.getAs<StringAttr>(name);
  return text ? text.str() : std::string();
}

static bool flagIn(DictionaryAttr dictionary, StringRef name) {
  auto flag = dictionary.getAs<BoolAttr>(name);
  return flag && flag.getValue();
}

static bool usesSingle(func::FuncOp func, llvm::DenseSet<Operation *> &seen) {
  if (!seen.insert(func).second)
    return false;
  auto isSingle = [](Type type) { return type.isF32(); };
  if (llvm::any_of(func.getArgumentTypes(), isSingle))
    return true;
  auto module = func->getParentOfType<ModuleOp>();
  return func
      .walk([&](Operation *op) {
        auto call = dyn_cast<CallOp>(op);
        auto callee = call ? module.lookupSymbol<func::FuncOp>(call.getCallee())
                           : func::FuncOp();
        bool found = llvm::any_of(op->getResultTypes(), isSingle) ||
                     (callee && usesSingle(callee, seen));
        return found ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

/// The least exact type that the function computes with.
static std::string leastExact(func::FuncOp func) {
  llvm::DenseSet<Operation *> seen;
  if (usesSingle(func, seen))
    return "float";
  bool hasDouble = false, hasExtended = false;
  func->walk([&](Operation *op) {
    for (Type type : op->getResultTypes()) {
      hasDouble |= type.isF64();
      hasExtended |= type.isF80();
    }
  });
  return hasExtended && !hasDouble ? "long double" : "double";
}

static CheckedFunction read(func::FuncOp func, DictionaryAttr check) {
  CheckedFunction f;
  f.func = func;
  std::string base = stringOf(func, "ad.base").str();
  std::string suffix = textIn(check, "suffix");
  f.stem = base + suffix;
  if (auto names = func->getAttrOfType<ArrayAttr>("ad.namespace"))
    for (StringRef name : names.getAsValueRange<StringAttr>())
      f.namespaces.push_back(name.str());
  // Members of the struct have names, too.
  std::string scope = "::";
  for (const std::string &name : f.namespaces)
    scope += name + "::";
  f.qualifiedClass = scope;
  f.grad = scope + base + "_grad" + suffix;
  f.jvp = scope + base + "_jvp" + suffix;
  f.call = "::" + textIn(check, "call");
  f.result = textIn(check, "result");
  f.withValue = flagIn(check, "with_value");
  f.epsilon = leastExact(func);
  for (StringRef mode :
       check.getAs<ArrayAttr>("modes").getAsValueRange<StringAttr>())
    (mode == "reverse" ? f.hasReverse : f.hasForward) = true;
  for (auto parameter :
       check.getAs<ArrayAttr>("parameters").getAsRange<DictionaryAttr>()) {
    CheckedParameter p;
    p.name = p.member = textIn(parameter, "name");
    // Words of the struct itself.
    if (p.member == "each" || p.member == "visit")
      p.member += '_';
    p.role = textIn(parameter, "role");
    p.storage = textIn(parameter, "storage");
    p.call = textIn(parameter, "call");
    p.gap = textIn(parameter, "gap");
    p.initializer = textIn(parameter, "initializer");
    if (p.call.empty())
      p.call = "{0}";
    f.parameters.push_back(p);
  }
  return f;
}

/// All that are to be checked, in the order of the module; overloads are
/// numbered.
static std::vector<CheckedFunction> readFunctions(ModuleOp module) {
  std::vector<CheckedFunction> functions;
  llvm::StringMap<unsigned> stems;
  for (auto func : module.getOps<func::FuncOp>())
    // The derivatives have the attributes of their primal.
    if (auto checks = func->getAttrOfType<ArrayAttr>("ad.check");
        checks && !func->hasAttr("ad.derivative"))
      for (auto check : checks.getAsRange<DictionaryAttr>()) {
        CheckedFunction f = read(func, check);
        if (unsigned number = ++stems[f.stem]; number > 1)
          f.stem += "_" + std::to_string(number);
        f.qualifiedClass += f.stem + "_check";
        functions.push_back(f);
      }
  return functions;
}

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

/// What specializes `adgen::Members`; private members are found by explicit
/// instantiations, which may name them.
static std::string printMembers(DictionaryAttr described, unsigned &hidden) {
  std::string type = textIn(described, "type"), finders, lines;
  for (auto member :
       described.getAs<ArrayAttr>("members").getAsRange<DictionaryAttr>()) {
    std::string name = textIn(member, "name");
    std::string place = "object." + name;
    if (std::string base = textIn(member, "base"); !base.empty()) {
      // The cast that finds private bases as well.
      place = flagIn(member, "is_hidden") ? "(" + base + " &)object"
                                          : "static_cast<" + base + " &>(object)";
    } else if (flagIn(member, "is_hidden")) {
      std::string tag = "Hidden" + std::to_string(++hidden);
      finders += "/// " + type + "::" + name + "\nstruct " + tag +
                 " {\n  friend constexpr auto find(" + tag +
                 ");\n};\ntemplate struct Private<" + tag + ", &" + type +
                 "::" + name + ">;\n";
      place = "object.*find(" + tag + "())";
    }
    lines += "    f(\"" + name + "\", " + place +
             (flagIn(member, "is_inactive") ? ", false" : "") + ");\n";
  }
  std::string make = textIn(described, "make");
  if (!make.empty())
    finders += "template <> struct Made<" + type + "> {\n  static " + type +
               " make() { return " + type + make + "; }\n};\n";
  bool isEmpty = lines.empty();
  return finders + "template <> struct Members<" + type + "> {\n" +
         "  template <class F> static void each(" + type + " &" +
         (isEmpty ? "" : "object") + ", F &&" + (isEmpty ? "" : "f") + ") {\n" +
         lines + "  }\n};\n";
}

/// What specializes `adgen::Enumerators`.
static std::string printEnumerators(DictionaryAttr described) {
  std::string type = textIn(described, "type"), values;
  llvm::raw_string_ostream stream(values);
  llvm::interleaveComma(
      described.getAs<ArrayAttr>("enumerators").getAsValueRange<IntegerAttr>(),
      stream);
  return "template <> struct Enumerators<" + type +
         "> {\n  static std::vector<int> values() { return {" + values +
         "}; }\n};\n";
}

static std::string printClasses(ModuleOp module) {
  auto classes = module->getAttrOfType<ArrayAttr>("ad.check_classes");
  if (!classes || classes.empty())
    return "";
  std::string text;
  unsigned hidden = 0;
  for (auto described : classes.getAsRange<DictionaryAttr>())
    text += described.contains("enumerators") ? printEnumerators(described)
                                              : printMembers(described, hidden);
  if (hidden)
    text = "/// An explicit instantiation may name what is private.\n"
           "template <class Tag, auto Member> struct Private {\n"
           "  friend constexpr auto find(Tag) { return Member; }\n};\n" +
           text;
  return "namespace adgen {\n\n" + text + "\n} // namespace adgen\n\n";
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static std::string printArguments(const CheckedFunction &f) {
  std::string members, visits;
  for (const CheckedParameter &p : f.parameters) {
    if (!p.gap.empty()) {
      members += "// Declare '" + p.member + "' here, with its value (" +
                 p.gap + ").\n#error \"an argument is missing\"\n";
      continue;
    }
    members += "  " + declare(p.storage, p.member) +
               (p.initializer.empty() ? "" : " = " + p.initializer) + ";\n";
    std::string role = p.role;
    role[0] = llvm::toUpper(role[0]);
    visits += "    visit(\"" + p.name + "\", adgen::Role::" + role + ", " +
              p.member + ");\n";
  }
  return "/// What " + stringOf(f.func, "ad.base").str() +
         " is called with.\nstruct " + f.stem + "_arguments {\n" + members +
         "\n  template <class Visitor> void each(Visitor &&" +
         (visits.empty() ? "" : "visit") + ") {\n" + visits + "  }\n};\n\n";
}

/// `f(a.x, a.n, bar.x, seed)`.
static std::string printCall(const std::string &name,
                             llvm::ArrayRef<std::string> arguments) {
  return name + "(" + llvm::join(arguments, ", ") + ")";
}

static std::vector<std::string> primalArguments(const CheckedFunction &f) {
  std::vector<std::string> arguments;
  for (const CheckedParameter &p : f.parameters)
    arguments.push_back(p.passed("a"));
  return arguments;
}

static std::string printPrimal(const CheckedFunction &f,
                               const std::string &types) {
  std::string call = printCall(f.call, primalArguments(f));
  bool isReal = !f.result.empty();
  bool isVoid = stringOf(f.func, "ad.return_type") == "void";
  return "  static void primal(" + types + (isReal ? "result" : "") +
         ") {\n    " +
         (isReal   ? "result = "
          : isVoid ? ""
                   : "(void)") +
         call + ";\n  }\n";
}

static std::string printReverse(const CheckedFunction &f) {
  std::vector<std::string> arguments = primalArguments(f);
  std::vector<const CheckedParameter *> values;
  for (const CheckedParameter &p : f.parameters) {
    if (p.hasBar())
      arguments.push_back(p.passed("bar"));
    else if (p.role == "value")
      values.push_back(&p);
  }
  bool isReal = !f.result.empty();
  if (isReal)
    arguments.push_back("seed");
  std::string call = printCall(f.grad, arguments) + ";\n";
  std::string type = isReal ? f.result : "adgen::Nothing";
  std::string head = "  static void reverse(" + f.stem + "_arguments &a, " +
                     f.stem + "_arguments &bar, const " + type + " &" +
                     (isReal ? "seed" : "") + ") {\n    ";
  bool isStruct = f.withValue || values.size() > 1;
  if (values.empty())
    return head + call + "  }\n";
  if (!isStruct)
    return head + "bar." + values.front()->member + " = " + call + "  }\n";
  std::string body = "auto gradient = " + call;
  for (const CheckedParameter *p : values)
    body += "    bar." + p->member + " = gradient." + p->name + ";\n";
  return head + body + "  }\n";
}

static std::string printForward(const CheckedFunction &f,
                                const std::string &types) {
  std::vector<std::string> arguments = primalArguments(f);
  for (const CheckedParameter &p : f.parameters)
    if (p.isInput())
      arguments.push_back(p.passed("dot"));
  bool isReal = !f.result.empty();
  std::string call = printCall(f.jvp, arguments);
  return "  static void forward(" + types + (isReal ? "result" : "") +
         ") {\n    " + (isReal ? "result = " + call + ".dot" : call) +
         ";\n  }\n";
}

/// `f (foo.cpp:3)` without the braces: what is checked, and where it stands.
static std::string printPlace(const CheckedFunction &f) {
  std::string place = stringOf(f.func, "ad.file").str();
  if (auto line = f.func->getAttrOfType<IntegerAttr>("ad.line"))
    place += ":" + std::to_string(line.getInt());
  return place;
}

static std::string printFunction(const CheckedFunction &f) {
  std::string result = f.result.empty() ? "adgen::Nothing" : f.result;
  std::string arguments = f.stem + "_arguments";
  std::string name = stringOf(f.func, "ad.name").str(), place = printPlace(f);
  auto flag = [](bool value) { return value ? "true" : "false"; };
  std::string text =
      printArguments(f) + "/// " + name + " (" + place + ").\nstruct " +
      f.stem + "_check {\n  using adgen_types = adgen::Types<" + arguments +
      ", " + result + ">;\n  static constexpr const char *name = \"" + name +
      "\", *place = \"" + place +
      "\";\n  static constexpr auto epsilon = std::numeric_limits<" +
      f.epsilon + ">::epsilon();\n  static constexpr bool hasReverse = " +
      flag(f.hasReverse) + ", hasForward = " + flag(f.hasForward) + ";\n\n" +
      printPrimal(f, arguments + " &a, " + result + " &") +
      (f.hasReverse ? printReverse(f) : "") +
      (f.hasForward ? printForward(f, arguments + " &a, " + arguments +
                                          " &dot, " + result + " &")
                    : "") +
      "};\n";
  std::string open, close;
  for (const std::string &space : f.namespaces) {
    open += "namespace " + space + " {\n";
    close = "} // namespace " + space + "\n" + close;
  }
  return open + "namespace {\n\n" + text + "\n} // namespace\n" + close + "\n";
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

static std::string printMain(llvm::ArrayRef<CheckedFunction> functions,
                             const CheckOptions &options) {
  std::string text = "int main(int argc, char **argv) {\n"
                     "  adgen::Session session;\n  session.samples = " +
                     std::to_string(options.samples) +
                     ";\n  session.seed = " + std::to_string(options.seed) +
                     ";\n";
  if (options.range)
    text += "  session.range(" + options.range->first + ", " +
            options.range->second + ");\n";
  for (const PointSetting &setting : options.settings) {
    std::string values = setting.value;
    if (values.empty()) {
      llvm::raw_string_ostream stream(values);
      llvm::interleaveComma(setting.sizes, stream);
      values = "{" + values + "}";
    }
    text += std::string("  session.") +
            (setting.value.empty() ? "resize" : "set") + "(\"" + setting.place +
            "\", " + values + ");\n";
  }
  text += "  if (!session.parse(argc, argv))\n    return 2;\n";
  for (const CheckedFunction &f : functions)
    text += "  session.check<" + f.qualifiedClass + ">();\n";
  return text + "  return session.finish();\n}\n";
}

static std::string printHead(ModuleOp module, const CheckOptions &options) {
  StringRef source = stringOf(module, "ad.source");
  StringRef stem = llvm::sys::path::stem(options.programName);
  std::string grad = llvm::sys::path::stem(options.headerName).str() + ".cpp";
  return "// Generated by adgen from " + source.str() + ".\n//   " +
         stringOf(module, "ad.command").str() + " --emit check\n" +
         "// Checks the derivatives in " + options.headerName +
         "; exits with 1 if one is wrong. To build and run it:\n" +
         "//   c++ -std=c++17 -g -fsanitize=address " + options.programName +
         " " + grad + " " + source.str() + " -o " + stem.str() + "\n//   ./" +
         stem.str() +
         " [--seed N] [--samples N] [--range LOW,HIGH] [--json FILE]\n" +
         "// What is checked, and where, stands at the end; before it what is "
         "the "
         "same for every\n// function.\n\n";
}

std::string adgen::printCheckProgram(ModuleOp module,
                                     const CheckOptions &options) {
  std::vector<CheckedFunction> functions = readFunctions(module);
  // The user's names behind those of the library, which a macro may be.
  std::string text = printHead(module, options) + commonText.str() +
                     "\n#include \"" + options.headerName + "\"\n";
  auto unguarded = module->getAttrOfType<ArrayAttr>("ad.unguarded_includes");
  if (auto includes = module->getAttrOfType<ArrayAttr>("ad.includes"))
    for (auto name : includes.getAsRange<StringAttr>()) {
      std::string line = "#include " + name.str() + "\n";
      bool standsOnce = unguarded && llvm::is_contained(unguarded, name) &&
                        StringRef(options.headerText).contains(line);
      if (!standsOnce)
        text += line;
    }
  text += "\n";
  // A function of the input that has a name of C's library is not that one.
  if (auto texts = module->getAttrOfType<ArrayAttr>("ad.check_declarations");
      texts && !texts.empty()) {
    text += "extern \"C++\" {\n";
    for (StringRef declaration : texts.getAsValueRange<StringAttr>())
      text += declaration.str() + "\n";
    text += "}\n";
  }
  std::string own =
      "\n//===-----------------------------------------------------------------"
      "-----===//\n// What is checked\n"
      "//===-----------------------------------------------------------------"
      "-----===//\n\n" +
      printClasses(module);
  for (const CheckedFunction &f : functions)
    own += printFunction(f);
  own += printMain(functions, options);
  return text + layOut(own, findStyle(options.formatPath));
}
