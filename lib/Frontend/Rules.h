//===- Rules.h - Derivatives that others have made ------------------------===//
//
// Hand-written derivatives, marked ADGEN_DERIVATIVE_OF, and those that a header
// of `--use` declares.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_FRONTEND_RULES_H
#define ADGEN_LIB_FRONTEND_RULES_H

#include "adgen/Frontend/Frontend.h"
#include "adgen/Frontend/Lowering.h"

#include "clang/Sema/Sema.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <optional>

namespace adgen {

/// A derivative of `primal` with a signature that fits.
struct Rule {
  const clang::FunctionDecl *primal;
  const clang::FunctionDecl *function;
  Mode mode;
  /// The primal's parameters whose adjoints it gives or whose tangents it
  /// takes, ascending. The object of a method is parameter 0, the others follow.
  std::vector<unsigned> wrt;
  /// Those of its own parameters that are shadows, in order: of which of the
  /// primal's parameters.
  std::vector<unsigned> shadows;
  bool hasSeed = false;
  /// What it returns, in order: the primal's parameters whose adjoints these
  /// are, or -1 for the value, -2 for the tangent.
  std::vector<int> results;
  /// The names of the members that hold them; the result is no class if there
  /// are none.
  std::vector<std::string> members;
};

class Rules {
public:
  /// The rules of the translation unit. The paths in `options.use` are those of
  /// the files that were found. Nothing after an error, which is reported.
  static std::optional<Rules> collect(clang::Sema &sema,
                                      const RequestOptions &options);

  /// The canonical declarations of the functions that have a rule, in each of
  /// the modes of `require`: their bodies are not needed.
  const llvm::DenseSet<const clang::FunctionDecl *> &functions() const {
    return primals;
  }

  void require(llvm::ArrayRef<Mode> modes);

  /// Adds a `func.func` without a body for each rule of `g` to the module and
  /// sets `ad.rule_grad` and `ad.rule_jvp` on `lowered`, which is `g`.
  mlir::LogicalResult attach(const clang::FunctionDecl &g,
                             mlir::func::FuncOp lowered, mlir::ModuleOp module);

  /// Adds the rules that were attached to what the output must declare.
  void addNeeds(SourceNeeds &needs) const;

private:
  friend class RuleCollector;

  std::vector<Rule> rules;
  llvm::DenseSet<const clang::FunctionDecl *> primals;
  std::vector<const clang::FunctionDecl *> attached;
};

/// The rule that `function` is for `primal`; nothing if its signature is
/// another one.
std::optional<Rule> matchRule(const clang::FunctionDecl &primal,
                              const clang::FunctionDecl &function, Mode mode);

/// Whether the function is a method that has an object, the first parameter of its
/// derivatives.
bool hasSelf(const clang::FunctionDecl &primal);

/// How many parameters of the derivatives are the function's own; their names.
unsigned countParameters(const clang::FunctionDecl &primal);
std::string ruleParameterName(const clang::FunctionDecl &primal, unsigned i);

/// Whether the first parameters of `function` are those of `primal`.
bool startsWithParameters(const clang::FunctionDecl &function,
                          const clang::FunctionDecl &primal);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_RULES_H
