//===- EmitLocalFunctions.cpp - The helpers of the source as text ---------===//
//
// In unnamed namespaces, callees first; what a recursion calls before it is
// defined has its prototype in front of all, in the same block if that is one.
//
//===----------------------------------------------------------------------===//
#include "EmitDecl.h"
#include "Frames.h"

#include "llvm/ADT/StringExtras.h"

using namespace adgen;

std::string adgen::printInNamespaces(
    llvm::ArrayRef<EmittedFunction> functions,
    llvm::function_ref<std::string(const EmittedFunction &)> print,
    bool isLocal) {
  std::string text;
  const std::vector<std::string> *open = nullptr;
  auto close = [&] {
    if (open && isLocal)
      text += "\n} // namespace\n";
    if (open && !open->empty())
      text += "\n} // namespace " + llvm::join(*open, "::") + "\n";
  };
  for (const EmittedFunction &f : functions) {
    std::string part = print(f);
    if (part.empty())
      continue;
    if (!open || *open != f.namespaces) {
      close();
      open = &f.namespaces;
      if (!open->empty())
        text += "\nnamespace " + llvm::join(*open, "::") + " {\n";
      if (isLocal)
        text += "\nnamespace {\n";
    }
    text += "\n" + part;
  }
  close();
  return text;
}

std::string
adgen::printLocalFunctions(llvm::ArrayRef<EmittedFunction> functions,
                           const clang::format::FormatStyle &style) {
  auto printAhead = [](const EmittedFunction &f) {
    return f.needsPrototype ? printStruct(f) + printPrototype(f)
                            : std::string();
  };
  std::string frames = printFrames(functions);
  std::string ahead;
  bool isOneNamespace = llvm::all_of(functions, [&](const EmittedFunction &f) {
    return !f.needsPrototype || f.namespaces == functions.front().namespaces;
  });
  // In the outermost namespace the frames have one name everywhere.
  bool isOutermost = isOneNamespace && !functions.empty() &&
                     functions.front().namespaces.empty();
  if (isOutermost && !frames.empty())
    ahead = frames + "\n";
  if (isOneNamespace)
    for (const EmittedFunction &f : functions)
      ahead += f.needsPrototype ? printAhead(f) + "\n" : "";
  auto print = [&](const EmittedFunction &f) {
    bool isFirst = isOneNamespace && &f == functions.begin();
    std::string head = isFirst ? ahead : std::string();
    if (!f.needsPrototype)
      head += printStruct(f);
    return head + printComment(f) +
           printDefinition(f, /*hasDefaults=*/false, style);
  };
  std::string text = printInNamespaces(functions, print, /*isLocal=*/true);
  if (!isOneNamespace)
    text = printInNamespaces(functions, printAhead, /*isLocal=*/true) + text;
  if (!frames.empty() && !isOutermost)
    text = "\nnamespace {\n\n" + frames + "\n} // namespace\n" + text;
  return text;
}
