//===- SourcePieces.h - The declarations of the main file -----------------===//
#ifndef ADGEN_LIB_FRONTEND_SOURCEPIECES_H
#define ADGEN_LIB_FRONTEND_SOURCEPIECES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <string>
#include <vector>

namespace adgen {

/// A declaration at namespace scope of the main file, as the output can have
/// it: its text, or the declaration of what the original defines.
struct Piece {
  /// Offsets in the main file.
  unsigned begin, end;
  /// Where it stands in the source.
  const clang::DeclContext *scope;
  llvm::SmallVector<const clang::Decl *> decls;
  /// What stands before the first of several variables.
  llvm::StringRef specifiers;
  /// The text, where it is not that of the source.
  std::string declaration;
};

/// All of them, in source order.
class SourcePieces {
public:
  explicit SourcePieces(clang::Preprocessor &preprocessor,
                        clang::ASTContext &ast);

  size_t size() const { return pieces.size(); }
  const Piece &operator[](size_t i) const { return pieces[i]; }

  /// The piece that a use of `decl` needs: that of its definition, or for a
  /// function that is only declared its first; none if an included file
  /// declares it.
  std::optional<unsigned> find(const clang::Decl &decl) const;

  /// The pieces that have to come with piece `i`: members defined outside of
  /// their class, specializations, declarations that say more than the
  /// definition.
  llvm::SmallVector<unsigned> findCompanions(unsigned i) const;

  /// The pieces that declare `decl` without defining it.
  llvm::SmallVector<unsigned> findForward(const clang::Decl &decl) const;

  /// The text, without adgen's annotations.
  std::string text(const Piece &piece) const;

  /// `text` without adgen's annotations.
  std::string withoutAnnotations(llvm::StringRef text) const;

private:
  void add(const clang::DeclContext &context);
  void addFunction(const clang::FunctionDecl &function,
                   const clang::Decl &decl);
  void addStatement(const clang::Decl &decl);
  void addExternal(const clang::VarDecl &variable);
  void addPiece(Piece piece, const clang::Decl &decl);
  bool splitVariable(const clang::Decl &decl, unsigned start);
  std::string declarationOf(const clang::FunctionDecl &function,
                            const clang::Decl &decl) const;
  std::optional<unsigned>
  findFunction(const clang::FunctionDecl &function) const;
  std::optional<unsigned> pieceAt(const clang::Decl &decl) const;
  void addMembers(const clang::CXXRecordDecl &record,
                  llvm::SmallVectorImpl<unsigned> &found) const;
  bool isInMainFile(const clang::Decl &decl) const;
  bool isAnnotation(llvm::StringRef name) const;
  unsigned offsetOf(clang::SourceLocation loc) const;
  unsigned beginOffsetOf(const clang::Decl &decl) const;
  unsigned endOffsetOf(clang::SourceLocation loc) const;
  llvm::StringRef slice(unsigned begin, unsigned end) const;

  clang::Preprocessor &preprocessor;
  clang::ASTContext &ast;
  const clang::SourceManager &sources;
  std::vector<Piece> pieces;
  llvm::DenseMap<const clang::Decl *, unsigned> pieceOf;
};

/// Whether a call from another file cannot reach the function of the main file,
/// so that the output needs one of its own: `static`, inline, a template.
bool isCopied(const clang::FunctionDecl &function);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_SOURCEPIECES_H
