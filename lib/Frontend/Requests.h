//===- Requests.h - Which derivatives of which functions ------------------===//
//
// From the words of the command line and the annotations to declarations and
// parameter positions.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_FRONTEND_REQUESTS_H
#define ADGEN_LIB_FRONTEND_REQUESTS_H

#include "adgen/Frontend/Frontend.h"
#include "adgen/Frontend/Lowering.h"

#include "clang/Sema/Sema.h"
#include <optional>

namespace adgen {

/// One derivative of one function.
struct Request {
  const clang::FunctionDecl *function;
  Mode mode;
  /// Positions of parameters, ascending.
  std::vector<unsigned> wrt;
  std::vector<unsigned> inactive;
  bool withValue;
  std::string suffix;
  /// Whether the user named the parameters of `wrt`.
  bool namesWrt = false;
};

/// What to differentiate, in source order.
struct Selection {
  std::vector<Request> requests;
  /// The user named the functions, on the command line or by annotations.
  bool explicitly = false;
};

/// Applies the rules of the command line. Nothing after an error, which is
/// reported.
std::optional<Selection> selectRequests(clang::Sema &sema,
                                        const RequestOptions &options);

/// The definition that `name` (`ns::f<double, 4>(int)`) denotes, instantiated
/// if need be; null after an error.
const clang::FunctionDecl *findFunction(clang::Sema &sema, llvm::StringRef name);

/// Every function defined in the main file, in source order: no templates but
/// their instances, no lambdas, nothing that the compiler made.
std::vector<const clang::FunctionDecl *>
definedInMainFile(clang::ASTContext &ast);

/// The parameter's name, `p<i>` if it has none.
std::string parameterName(const clang::FunctionDecl &function, unsigned i);

/// `; did you mean 'energy'?` with the nearest of `candidates`, or nothing.
std::string suggest(llvm::StringRef name,
                    llvm::ArrayRef<std::string> candidates);

/// Adds a note to the diagnostic reported last.
void note(clang::ASTContext &ast, clang::SourceLocation loc,
          llvm::StringRef text);

/// Says why `function`, which is refused, was to be differentiated at all.
void noteSelection(clang::ASTContext &ast, const clang::FunctionDecl &function);

/// Whether `type` has parts that derivatives can refer to: a real, what points
/// or refers to one, arrays and classes of them.
bool isDifferentiable(clang::QualType type);

/// Two derivatives, or a derivative and a function of the user's, must not have
/// the same signature. `function` is lowered from `request.function`, which the
/// user named or not.
mlir::LogicalResult
checkSignatures(clang::ASTContext &ast, const RequestOptions &options,
                llvm::ArrayRef<std::pair<Request, mlir::func::FuncOp>> lowered,
                bool explicitly);

/// The names of the program's headers and of its own that helpers of the output, and what
/// they return, might have, too.
std::vector<std::string> takenHelperNames(const clang::ASTContext &ast,
                                          const RequestOptions &options);

/// The names in the user's file that the result structs of `function`'s
/// derivatives would have, qualified.
std::vector<std::string> takenNames(const clang::FunctionDecl &function,
                                    llvm::StringRef base,
                                    const RequestOptions &options);

/// The command as the second line of the output shows it: `adgen foo.cpp --wrt
/// x`, with nothing that does not change the derivative.
std::string canonicalCommand(llvm::StringRef file,
                             const RequestOptions &options);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_REQUESTS_H
