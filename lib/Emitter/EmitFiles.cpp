//===- EmitFiles.cpp - The header and the source around the functions -----===//
#include "Callees.h"
#include "EmitDecl.h"
#include "Frames.h"

#include "adgen/Support/Text.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <set>

using namespace mlir;
using namespace adgen;

void adgen::collectIdentifiers(StringRef text, llvm::StringSet<> &names) {
  size_t i = 0;
  while (i < text.size()) {
    size_t start = i;
    auto isWord = [&](char c) { return llvm::isAlnum(c) || c == '_'; };
    // What stands in a string names nothing.
    if (size_t literal = lengthOfLiteral(text.substr(i))) {
      i += literal;
      continue;
    }
    if (!isWord(text[i]) && text[i] != '.') {
      ++i;
      continue;
    }
    // A number with its exponent and suffix is one word.
    while (i < text.size() && (isWord(text[i]) || text[i] == '.'))
      ++i;
    StringRef word = text.slice(start, i);
    if (llvm::isAlpha(word[0]) || word[0] == '_')
      names.insert(word);
  }
}

//===----------------------------------------------------------------------===//
// Includes
//===----------------------------------------------------------------------===//

static StringRef headerOf(StringRef name) {
  if (name.ends_with("_t") &&
      (name.starts_with("int") || name.starts_with("uint")))
    return "<cstdint>";
  return llvm::StringSwitch<StringRef>(name)
      .Case("vector", "<vector>")
      .Case("array", "<array>")
      .Case("span", "<span>")
      .Cases({"shared_ptr", "make_shared", "unique_ptr", "make_unique"}, "<memory>")
      .Cases({"swap", "move", "pair", "exchange", "forward"}, "<utility>")
      .Cases({"begin", "end", "data"}, "<iterator>")
      .Case("string", "<string>")
      .Case("complex", "<complex>")
      .Case("valarray", "<valarray>")
      .Cases({"tuple", "get"}, "<tuple>")
      .Cases({"max", "min", "clamp", "copy", "copy_n", "fill", "fill_n"},
             "<algorithm>")
      .Cases({"accumulate", "inner_product", "iota", "partial_sum"},
             "<numeric>")
      .Case("numeric_limits", "<limits>")
      .Cases({"size_t", "ptrdiff_t"}, "<cstddef>")
      .Case("numbers", "<numbers>")
      .Cases({"cout", "cerr", "clog", "endl"}, "<iostream>")
      .Cases({"printf", "fprintf", "puts", "putchar", "fputs"}, "<cstdio>")
      .Default("<cmath>");
}

static std::string withoutComments(StringRef code) {
  std::string text;
  SmallVector<StringRef> lines;
  code.split(lines, '\n');
  for (StringRef line : lines)
    text += line.split("//").first.str() + "\n";
  return text;
}

/// The standard headers of every `std::` name in `code`.
static void addStandard(StringRef code, std::set<std::string> &headers) {
  size_t assertion = code.find("assert(");
  if (assertion != StringRef::npos &&
      (!assertion || StringRef(" \n{;").contains(code[assertion - 1])))
    headers.insert("<cassert>");
  for (size_t at = code.find("std::"); at != StringRef::npos;
       at = code.find("std::", at + 1)) {
    StringRef name = code.drop_front(at + 5);
    headers.insert(headerOf(name.take_while([](char c) {
                     return llvm::isAlnum(c) || c == '_';
                   })).str());
  }
}

static std::vector<std::string> texts(ModuleOp module, StringRef name) {
  std::vector<std::string> result;
  if (auto list = module->getAttrOfType<ArrayAttr>(name))
    for (Attribute text : list)
      result.push_back(cast<StringAttr>(text).str());
  return result;
}

/// The include directives that `code` needs, the user's own headers first.
/// `namesUser`: it may need anything that the user includes. `without`: what is
/// included already.
static std::string printIncludes(ModuleOp module, StringRef code,
                                 bool namesUser, bool quotesUser,
                                 ArrayRef<std::string> without = {}) {
  std::set<std::string> standard;
  addStandard(withoutComments(code), standard);
  std::string quoted;
  for (const std::string &name : texts(module, "ad.includes")) {
    if (llvm::is_contained(without, name))
      continue;
    if (name[0] == '"' ? quotesUser : namesUser) {
      if (name[0] == '"')
        quoted += "#include " + name + "\n";
      else
        standard.insert(name);
    }
  }
  std::string text = quoted;
  if (!quoted.empty() && !standard.empty())
    text += "\n";
  for (const std::string &name : standard)
    text += "#include " + name + "\n";
  return text;
}

/// Whether `code` has names that neither C++ nor the code itself defines.
static bool namesForeign(StringRef code, ArrayRef<EmittedFunction> functions) {
  llvm::StringSet<> names, known;
  for (StringRef word :
       {"const", "unsigned", "signed", "char", "short", "int", "long", "float",
        "double", "bool", "void", "struct", "std", "size_t", "namespace",
        "true", "false", "__restrict", "__restrict__"})
    known.insert(word);
  for (const EmittedFunction &f : functions) {
    known.insert(f.name);
    known.insert(f.structName);
    for (const auto &member : f.members)
      known.insert(member.second);
    for (const EmittedParameter &p : f.parameters)
      known.insert(p.name);
    for (const std::string &name : f.namespaces)
      known.insert(name);
  }
  collectFrameNames(functions, known);
  std::string text = withoutComments(code);
  // Qualified names of the standard library are known by their headers.
  for (size_t at = text.find("std::"); at != std::string::npos;
       at = text.find("std::", at + 1)) {
    size_t end = at + 5;
    while (end < text.size() && (llvm::isAlnum(text[end]) || text[end] == '_'))
      ++end;
    text.replace(at, end - at, end - at, ' ');
  }
  // A type of the global namespace that has the name of a parameter.
  for (size_t at = text.find("::"); at != std::string::npos;
       at = text.find("::", at + 1))
    if (at == 0 || (!llvm::isAlnum(text[at - 1]) && text[at - 1] != '_' &&
                    text[at - 1] != '>'))
      return true;
  collectIdentifiers(text, names);
  return llvm::any_of(
      names, [&](auto &entry) { return !known.contains(entry.getKey()); });
}

/// The types that the local functions are declared with.
static std::string printLocalPrototypes(ArrayRef<EmittedFunction> functions) {
  std::string text;
  for (const EmittedFunction &f : functions)
    if (f.isLocal)
      text += printStruct(f) + printPrototype(f);
  return text;
}

/// Whether the body of a function spells a name of the user's: a constant, an
/// enumerator or a type.
static bool spellsForeign(const EmittedFunction &f) {
  bool found = false;
  auto module = f.func->getParentOfType<ModuleOp>();
  auto isOwn = [&](const CxxExpr *call) {
    auto callee = call->callee.empty()
                      ? func::FuncOp()
                      : module.lookupSymbol<func::FuncOp>(call->callee);
    return callee && isPrinted(callee);
  };
  auto isForeign = [](StringRef text) {
    text = text.ltrim("-+( ");
    return !text.empty() &&
           (llvm::isAlpha(text[0]) || text[0] == '_' || text[0] == ':') &&
           !text.starts_with("std::") && text != "true" && text != "false";
  };
  std::function<void(const CxxBlock *)> visit = [&](const CxxBlock *block) {
    for (const CxxStmt *s : block->statements) {
      forEachDirectExpr(s, [&](CxxExpr *e) {
        forEachExpr(e, [&](const CxxExpr *x) {
          bool isSpelled = x->kind == CxxExpr::Literal ||
                           (x->kind == CxxExpr::Call && !isOwn(x));
          found |= isSpelled && isForeign(x->text);
          found |= x->kind == CxxExpr::Template;
        });
      });
      found |= s->kind == CxxStmt::Switch;
      forEachBlock(s, visit);
    }
  };
  visit(f.cxx->body);
  return found;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

/// The first two lines of every generated file.
static std::string printBanner(ModuleOp module) {
  auto stringOf = [&](StringRef name) {
    auto attribute = module->getAttrOfType<StringAttr>(name);
    return attribute ? attribute.str() : std::string();
  };
  std::string source = stringOf("ad.source"), command = stringOf("ad.command");
  return "// Generated by adgen from " + (source.empty() ? "IR" : source) +
         ". Do not edit.\n" + "//   " + (command.empty() ? "adgen" : command) +
         "\n";
}

/// A line that keeps compilers from warning of functions in the user's headers.
static StringRef printPragmas(ModuleOp module) {
  return module->hasAttr("ad.unused_functions")
             ? "#pragma GCC diagnostic ignored \"-Wunused-function\"\n"
             : "";
}

/// Functions that the standard library lacks, once each.
static std::string printHelpers(ArrayRef<EmittedFunction> functions) {
  std::vector<std::string> helpers;
  for (const EmittedFunction &f : functions) {
    func::FuncOp func = f.func;
    func.walk([&](Differentiable op) {
      std::string helper = op.getHelper().trim().str();
      if (!helper.empty() && !llvm::is_contained(helpers, helper))
        helpers.push_back(helper);
    });
    bool hasSums = func.walk([](SumOp) { return WalkResult::interrupt(); })
                       .wasInterrupted();
    std::string sum = SumOp::definition().trim().str();
    if (hasSums && !llvm::is_contained(helpers, sum))
      helpers.push_back(sum);
  }
  if (helpers.empty())
    return "";
  return "\nnamespace {\n\n" + llvm::join(helpers, "\n\n") +
         "\n\n} // namespace\n";
}

/// What finds the private members that `code` uses.
static std::string printPrivateMembers(ModuleOp module, StringRef code) {
  std::string text;
  llvm::StringSet<> seen;
  if (auto list = module->getAttrOfType<ArrayAttr>("ad.private_members"))
    for (ArrayAttr entry : list.getAsRange<ArrayAttr>()) {
      StringRef member = cast<StringAttr>(entry[2]).getValue();
      std::string name = cast<StringAttr>(entry[3]).str();
      if (!code.contains(name + "(") || !seen.insert(name).second)
        continue;
      std::string tag = name + (name.back() == '_' ? "tag" : "_tag");
      text += "\nstruct " + tag + " {\n  friend constexpr auto find(" + tag +
              ");\n};\ntemplate struct Private<" + tag + ", &" + member.str() +
              ">;\ntemplate <typename Object> auto &" + name +
              "(Object &object) {\n  return object.*find(" + tag + "());\n}\n";
    }
  if (text.empty())
    return "";
  return "\nnamespace {\n\n"
         "// An explicit instantiation may name what is private.\n"
         "template <typename Tag, auto Member> struct Private {\n"
         "  friend constexpr auto find(Tag) { return Member; }\n};\n" +
         text + "\n} // namespace\n";
}

static std::string printDeclarations(ModuleOp module, StringRef name) {
  std::vector<std::string> list = texts(module, name);
  return list.empty() ? "" : "\n" + llvm::join(list, "\n") + "\n";
}

/// The definitions of the functions asked for; in a single unit all that the
/// header would have stands with them, or with the prototype of what helpers
/// call.
static std::string printDefinitions(ArrayRef<EmittedFunction> asked,
                                    bool singleUnit,
                                    const clang::format::FormatStyle &style) {
  return printInNamespaces(asked, [&](const EmittedFunction &f) {
    bool isFirst = singleUnit && !f.needsPrototype;
    std::string head = isFirst ? printStruct(f) : std::string();
    if (singleUnit)
      head += printDocumentation(f);
    return head + printDefinition(f, /*hasDefaults=*/isFirst, style);
  });
}

static std::string printPrototypes(ArrayRef<EmittedFunction> functions) {
  return printInNamespaces(functions, [](const EmittedFunction &f) {
    return printStruct(f) + printDocumentation(f) + printPrototype(f);
  });
}

/// The prototypes of what helpers call back, in a single unit.
static std::string printForward(ArrayRef<EmittedFunction> asked) {
  std::string text;
  for (const EmittedFunction &f : asked)
    if (f.needsPrototype)
      text += printInNamespaces(f, [](const EmittedFunction &g) {
        return printStruct(g) + printPrototype(g);
      });
  return text;
}

EmittedCode adgen::printFiles(ModuleOp module,
                              ArrayRef<EmittedFunction> functions,
                              const EmitOptions &options,
                              const clang::format::FormatStyle &style) {
  // The local ones come first.
  size_t locals = llvm::count_if(
      functions, [](const EmittedFunction &f) { return f.isLocal; });
  ArrayRef<EmittedFunction> asked = functions.drop_front(locals);
  std::string declarations = printDeclarations(module, "ad.declarations");
  std::string shared = printDeclarations(module, "ad.header_declarations");
  std::string helpers = printHelpers(functions);
  std::string local = printLocalFunctions(functions.take_front(locals), style);
  std::string prototypes = printPrototypes(asked);
  std::string definitions = printDefinitions(asked, options.singleUnit, style);
  if (options.singleUnit)
    local = printForward(asked) + local;
  bool isForeign = !declarations.empty() || !shared.empty() ||
                   namesForeign(prototypes, functions) ||
                   namesForeign(printLocalPrototypes(functions), functions) ||
                   llvm::any_of(functions, spellsForeign);
  helpers = printPrivateMembers(module, local + definitions) + helpers;
  std::string banner = printBanner(module);
  EmittedCode code;
  std::string all = declarations + helpers + local + definitions;
  if (options.singleUnit)
    all = shared + all;
  if (options.singleUnit) {
    code.source = banner + printPragmas(module).str() +
                  printIncludes(module, all, isForeign, true) + all;
    return code;
  }
  bool isForeignHeader = !shared.empty() || namesForeign(prototypes, asked);
  std::string headerIncludes = printIncludes(module, shared + prototypes,
                                             isForeignHeader, isForeignHeader);
  std::string includes = printIncludes(
      module, all, isForeign, true,
      isForeignHeader ? texts(module, "ad.unguarded_includes")
                      : std::vector<std::string>());
  code.source = banner + printPragmas(module).str() + "#include \"" +
                options.headerName + "\"\n" +
                (includes.empty() ? "" : "\n" + includes) + all;
  code.header = banner + "#pragma once\n" +
                (headerIncludes.empty() ? "" : "\n" + headerIncludes) + shared +
                prototypes;
  return code;
}
