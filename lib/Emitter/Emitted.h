//===- Emitted.h - A derivative on its way to the files -------------------===//
#ifndef ADGEN_LIB_EMITTER_EMITTED_H
#define ADGEN_LIB_EMITTER_EMITTED_H

#include "CxxTree.h"

#include "adgen/Emitter/Emitter.h"
#include "clang/Format/Format.h"
#include "llvm/ADT/StringSet.h"

#include <memory>

namespace adgen {

/// A parameter as the signature has it.
struct EmittedParameter {
  std::string type, name, defaultValue;
  bool isUsed = true;
};

/// A derivative: its signature, and its body as a tree.
struct EmittedFunction {
  mlir::func::FuncOp func;
  std::unique_ptr<CxxFunction> cxx;
  bool isForward = false;
  std::string name;
  /// `void`, a type, or `structName`.
  std::string resultType;
  /// Empty if the result is no struct.
  std::string structName;
  /// Type and name of the struct's members.
  std::vector<std::pair<std::string, std::string>> members;
  std::vector<EmittedParameter> parameters;
  std::vector<std::string> namespaces;
};

/// Names and types of everything that the signature of `func` consists of;
/// `taken` are the qualified structs of the functions before it.
EmittedFunction describeSignature(mlir::func::FuncOp func,
                                  llvm::StringSet<> &taken);

/// Takes the parameters' names from the tree.
void nameParameters(EmittedFunction &f);

/// The text of the two files, not yet laid out.
EmittedCode printFiles(mlir::ModuleOp module,
                       llvm::ArrayRef<EmittedFunction> functions,
                       const EmitOptions &options,
                       const clang::format::FormatStyle &style);

/// The identifiers in a piece of C++.
void collectIdentifiers(llvm::StringRef text, llvm::StringSet<> &names);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_EMITTED_H
