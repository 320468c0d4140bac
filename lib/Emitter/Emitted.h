//===- Emitted.h - A function on its way to the files ---------------------===//
#ifndef ADGEN_LIB_EMITTER_EMITTED_H
#define ADGEN_LIB_EMITTER_EMITTED_H

#include "CxxTree.h"

#include "adgen/Emitter/Emitter.h"
#include "clang/Format/Format.h"
#include "llvm/ADT/StringSet.h"
#include "mlir/IR/OwningOpRef.h"

#include <memory>

namespace adgen {

/// A parameter as the signature has it.
struct EmittedParameter {
  std::string type, name, defaultValue;
  bool isUsed = true;
  /// Only assertions use it.
  bool mayVanish = false;
};

/// A derivative, or a primal that the derivatives call and no name of the
/// user's reaches: its signature, and its body as a tree.
struct EmittedFunction {
  mlir::func::FuncOp func;
  /// The copy that the tree is built from.
  mlir::OwningOpRef<mlir::func::FuncOp> prepared;
  std::unique_ptr<CxxFunction> cxx;
  bool isForward = false;
  /// In an unnamed namespace of the source, under no contract.
  bool isLocal = false;
  /// It is called before it is defined.
  bool needsPrototype = false;
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

/// Names and types of everything that the signatures consist of. The functions
/// asked for have their names by the contract; the others such names that each
/// call means the function which it is to mean.
void chooseSignatures(mlir::ModuleOp module,
                      llvm::MutableArrayRef<EmittedFunction> functions);

/// Takes the parameters' names from the tree.
void nameParameters(EmittedFunction &f);

/// Leaves out the local functions that no printed code calls, puts callees
/// before callers, and marks those which are called before they are defined.
void orderFunctions(std::vector<EmittedFunction> &functions, bool singleUnit);

/// The text of the two files, not yet laid out.
EmittedCode printFiles(mlir::ModuleOp module,
                       llvm::ArrayRef<EmittedFunction> functions,
                       const EmitOptions &options,
                       const clang::format::FormatStyle &style);

/// The identifiers in a piece of C++.
void collectIdentifiers(llvm::StringRef text, llvm::StringSet<> &names);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_EMITTED_H
