//===- Callees.h - How the functions of the module are called -------------===//
//
// The user's functions by the user's spelling, generated ones by the names
// that were chosen for them.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_CALLEES_H
#define ADGEN_LIB_EMITTER_CALLEES_H

#include "Emitted.h"

#include "llvm/ADT/StringMap.h"

namespace adgen {

/// How one function is called.
struct Callee {
  mlir::func::FuncOp func;
  /// The name as it is called from anywhere, or the name in `namespaces`.
  std::string name;
  /// `name({0}, rk, {1})` where the operands do not simply follow the name.
  std::string format;
  /// The namespaces of a generated function.
  std::vector<std::string> namespaces;
  /// Whether the output defines it.
  bool isGenerated = false;
  /// In the unnamed namespace there, under a name that nobody else has.
  bool isLocal = false;
  /// The struct that it returns; empty if it returns a value or nothing.
  std::string structType;
  /// The members of that struct, by the number of the result.
  std::vector<std::string> members;
  /// What a variable that holds the struct is called.
  std::string hint;
};

class Callees {
public:
  Callees(mlir::ModuleOp module, llvm::ArrayRef<EmittedFunction> functions);

  const Callee &of(CallOp call) const {
    return callees.find(call.getCallee())->second;
  }

private:
  void addUsers(mlir::func::FuncOp func);
  void addGenerated(const EmittedFunction &f);

  llvm::StringMap<Callee> callees;
};

/// Where a call stands: what decides how far its name must be qualified.
class CallSite {
public:
  CallSite(const Callees &callees, const EmittedFunction &caller)
      : callees(callees), caller(caller) {}

  const Callees &callees;
  const EmittedFunction &caller;

  /// The name of `callee`, and of the struct that it returns, as they are found
  /// from `caller`.
  std::string nameOf(const Callee &callee) const;
  std::string structOf(const Callee &callee) const;

private:
  std::string qualified(const Callee &callee, const std::string &name) const;
};

/// Whether `func` is printed with this file's derivatives, if it is called:
/// a derivative, or a primal that no name of the user's reaches.
bool isPrinted(mlir::func::FuncOp func);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_CALLEES_H
