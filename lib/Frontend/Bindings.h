//===- Bindings.h - What names, lvalues and parameters stand for ----------===//
#ifndef ADGEN_LIB_FRONTEND_BINDINGS_H
#define ADGEN_LIB_FRONTEND_BINDINGS_H

#include "adgen/Dialect/AD.h"

#include "clang/AST/Decl.h"
#include <memory>
#include <tuple>
#include <vector>

namespace adgen {

struct Choice;
struct Closure;

/// What an lvalue denotes: a variable's place; where nothing can be stored to
/// it, its value; or one of two, as `c ? a : b` does.
struct Glvalue {
  mlir::Value place = {};
  mlir::Value value = {};
  std::shared_ptr<Choice> choice = {};
  /// The value was read at once: what the lvalue denotes may change behind it.
  bool isCopy = false;
  explicit operator bool() const { return place || value || choice; }
};

struct Choice {
  mlir::Value condition;
  Glvalue yes, no;
  clang::SourceLocation loc;
};

/// A pointer: to a variable that is known, or a place in memory.
struct Pointer {
  Glvalue object = {};
  bool isNull = false;
  /// Nobody knows whether it is null: a parameter that stays in memory, or the
  /// content of a variable.
  bool mayBeNull = false;
  explicit operator bool() const { return object || isNull; }
};

/// A variable of the function: a scalar or reference to one has an object, a
/// pointer a target; a known function, a lambda and an object of an empty class
/// carry no value.
struct Variable {
  LocalAttr local;
  Glvalue object;
  Pointer pointer;
  const clang::FunctionDecl *function = nullptr;
  std::shared_ptr<const Closure> closure = nullptr;
};

/// A lambda with captures: what these are bound to. `this` is an object.
struct Closure {
  const clang::CXXRecordDecl *record = nullptr;
  std::vector<Variable> captures;
};

/// What a parameter is bound to in one variant of a function.
struct Binding {
  enum Kind {
    /// A value, also the content of what is only read by reference.
    Value,
    /// A place; that of the parameter `first`, which may be itself.
    Place,
    /// A place that may be another parameter's, or not be there, or that others
    /// are reached from: an array.
    Memory,
    /// A null pointer, a known function, an object of an empty class, a lambda,
    /// whose captures are passed apart: these have no operand.
    Null,
    Function,
    Object,
    Lambda,
  };
  Kind kind = Value;
  unsigned first = 0;
  const clang::FunctionDecl *function = nullptr;

  bool hasOperand() const { return kind <= Memory; }
  bool operator<(const Binding &other) const {
    return std::tie(kind, first, function) <
           std::tie(other.kind, other.first, other.function);
  }
};
using Pattern = std::vector<Binding>;

class PointerUses;

/// How the parameters of a function that was asked for are bound.
Pattern bindRequested(const clang::FunctionDecl &function,
                      const PointerUses &pointers, clang::ASTContext &ast);

/// How a function came to be lowered: a call in another one.
struct CallChain {
  const clang::FunctionDecl *callee;
  const clang::FunctionDecl *caller;
  clang::SourceLocation loc;
  std::shared_ptr<const CallChain> outer;
};

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_BINDINGS_H
