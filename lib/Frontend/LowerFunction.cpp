//===- LowerFunction.cpp - From a function to a func.func -----------------===//
//
// The signature with its attributes, the parameters, and the locations that
// tell which of the user's statements an operation belongs to.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace adgen;

mlir::FailureOr<mlir::func::FuncOp>
adgen::lowerFunction(const FunctionDecl &function, ASTContext &ast,
                     mlir::ModuleOp module, SourceNeeds &needs) {
  const FunctionDecl *definition = nullptr;
  if (!function.hasBody(definition) || definition->isDependentContext()) {
    report(ast, function.getLocation(), Diag::NoDefinition,
           {function.getQualifiedNameAsString()});
    return mlir::failure();
  }
  return FunctionLowering(*definition, ast, module, needs).run();
}

FunctionLowering::FunctionLowering(const FunctionDecl &function,
                                   ASTContext &ast, mlir::ModuleOp module,
                                   SourceNeeds &needs)
    : function(function), ast(ast), sources(ast.getSourceManager()),
      module(module), needs(needs), spelling(function, ast, needs),
      builder(module.getContext()) {}

mlir::FailureOr<mlir::func::FuncOp> FunctionLowering::run() {
  if (failed(checkSignature()) || failed(createFunction()))
    return mlir::failure();
  if (failed(lowerParameters()) ||
      failed(lowerStatement(*function.getBody()))) {
    func.erase();
    return mlir::failure();
  }
  finishFunction();
  return func;
}

/// The enclosing named namespaces, outermost first.
static llvm::SmallVector<mlir::Attribute>
findNamespaces(const FunctionDecl &function, mlir::OpBuilder &builder) {
  llvm::SmallVector<mlir::Attribute> names;
  for (const DeclContext *scope = function.getDeclContext(); scope;
       scope = scope->getParent())
    if (const auto *space = dyn_cast<NamespaceDecl>(scope);
        space && !space->isAnonymousNamespace())
      names.insert(names.begin(), builder.getStringAttr(space->getName()));
  return names;
}

mlir::LogicalResult FunctionLowering::createFunction() {
  std::string name = spelling.qualifiedName(function);
  std::string symbol = name + "(";
  llvm::SmallVector<mlir::Type> arguments, results;
  for (const ParmVarDecl *parameter : function.parameters()) {
    arguments.push_back(mapType(parameter->getType()));
    if (arguments.size() > 1)
      symbol += ", ";
    symbol += parameter->getType()
                  .getCanonicalType()
                  .getUnqualifiedType()
                  .getAsString(ast.getPrintingPolicy());
  }
  QualType result = function.getReturnType();
  if (!result->isVoidType())
    results.push_back(mapType(result));

  mlir::FileLineColLoc loc = position(function.getLocation());
  builder.setInsertionPointToEnd(module.getBody());
  func = mlir::func::FuncOp::create(
      builder, loc, symbol + ")", builder.getFunctionType(arguments, results));
  func->setAttr("ad.name", builder.getStringAttr(name));
  func->setAttr("ad.base", builder.getStringAttr(function.getName()));
  func->setAttr("ad.namespace",
                builder.getArrayAttr(findNamespaces(function, builder)));
  func->setAttr("ad.file", builder.getStringAttr(
                               llvm::sys::path::filename(loc.getFilename())));
  func->setAttr("ad.line", builder.getI64IntegerAttr(loc.getLine()));
  func->setAttr("ad.return_type", builder.getStringAttr(spelling.type(
                                      result.getUnqualifiedType())));
  builder.setInsertionPointToStart(func.addEntryBlock());
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::lowerParameters() {
  auto assigned = findAssignedVariables(*function.getBody());
  for (auto [i, parameter] : llvm::enumerate(function.parameters())) {
    LocalAttr local = createLocal(*parameter);
    func.setArgAttr(i, "ad.local", local);
    func.setArgAttr(i, "ad.type",
                    builder.getStringAttr(spelling.type(parameter->getType())));
    if (std::string text = spellDefault(*parameter); !text.empty())
      func.setArgAttr(i, "ad.default", builder.getStringAttr(text));
    mlir::Value argument = func.getArgument(i);
    if (!assigned.contains(parameter)) {
      variables[parameter] = {local, {}, argument};
      continue;
    }
    mlir::Location loc = position(parameter->getLocation());
    mlir::Value place = VarOp::create(
        builder, loc, PlaceType::get(module.getContext(), argument.getType()),
        local);
    StoreOp::create(builder, loc, argument, place);
    variables[parameter] = {local, place, {}};
  }
  return mlir::success();
}

/// Ends the body: control flows off its end, or never gets there, and then what
/// is returned does not matter.
void FunctionLowering::finishFunction() {
  mlir::Block *block = builder.getInsertionBlock();
  if (!block->empty() && block->back().hasTrait<mlir::OpTrait::IsTerminator>())
    return;
  mlir::Location loc = position(function.getBody()->getEndLoc());
  llvm::SmallVector<mlir::Value> values;
  for (mlir::Type type : func.getResultTypes())
    values.push_back(UndefOp::create(builder, loc, type));
  ReturnOp::create(builder, loc, values);
}

LocalAttr FunctionLowering::createLocal(const VarDecl &variable) {
  auto [entry, isNew] = locals.try_emplace(&variable);
  if (!isNew)
    return entry->second;
  unsigned id = locals.size() - 1;
  std::string name = variable.getNameAsString();
  bool isUnnamed = name.empty();
  if (isUnnamed)
    name = "p" + std::to_string(id);
  QualType type = variable.getType().getUnqualifiedType();
  entry->second =
      LocalAttr::get(module.getContext(), id, builder.getStringAttr(name),
                     builder.getStringAttr(spelling.type(type)), isUnnamed);
  return entry->second;
}

mlir::FileLineColLoc FunctionLowering::position(SourceLocation where) {
  PresumedLoc presumed = sources.getPresumedLoc(sources.getExpansionLoc(where));
  if (presumed.isInvalid())
    return mlir::FileLineColLoc::get(module.getContext(), "", 0, 0);
  return mlir::FileLineColLoc::get(module.getContext(), presumed.getFilename(),
                                   presumed.getLine(), presumed.getColumn());
}

mlir::Location FunctionLowering::at(SourceLocation where) {
  mlir::FileLineColLoc loc = position(where);
  if (!statement)
    return loc;
  return mlir::FusedLoc::get(module.getContext(), {loc}, statement);
}

FunctionLowering::StatementScope::StatementScope(
    FunctionLowering &lowering, const void *key,
    llvm::function_ref<std::string()> quote)
    : lowering(lowering), outer(lowering.statement) {
  // A statement that several cases of a switch fall into keeps its number.
  auto [entry, isNew] = lowering.statements.try_emplace(key);
  if (isNew) {
    unsigned id = lowering.statements.size() - 1;
    entry->second = StmtAttr::get(lowering.module.getContext(), id,
                                  lowering.builder.getStringAttr(quote()),
                                  /*derivative=*/false);
  }
  lowering.statement = entry->second;
}

std::string adgen::quoteSource(const ASTContext &ast, SourceRange range) {
  const SourceManager &sources = ast.getSourceManager();
  const LangOptions &language = ast.getLangOpts();
  CharSourceRange tokens = CharSourceRange::getTokenRange(range);
  CharSourceRange text = Lexer::makeFileCharRange(tokens, sources, language);
  if (text.isInvalid())
    text = Lexer::makeFileCharRange(sources.getExpansionRange(tokens), sources,
                                    language);
  if (text.isInvalid())
    return "";
  // Lexed again, which removes comments and spliced lines.
  auto [file, begin] = sources.getDecomposedLoc(text.getBegin());
  unsigned end = sources.getFileOffset(text.getEnd());
  llvm::StringRef buffer = sources.getBufferData(file);
  Lexer lexer(sources.getLocForStartOfFile(file), language, buffer.begin(),
              buffer.begin() + begin, buffer.end());
  std::string quote;
  Token token;
  lexer.LexFromRawLexer(token);
  while (token.isNot(tok::eof) &&
         sources.getFileOffset(token.getLocation()) < end) {
    if (!quote.empty() && (token.hasLeadingSpace() || token.isAtStartOfLine()))
      quote += ' ';
    quote += Lexer::getSpelling(token, sources, language);
    lexer.LexFromRawLexer(token);
  }
  return quote;
}

namespace {
/// Collects the variables that stand on the left of an assignment.
class AssignedVariables : public RecursiveASTVisitor<AssignedVariables> {
public:
  llvm::SmallPtrSet<const VarDecl *, 8> found;

  bool VisitBinaryOperator(BinaryOperator *e) {
    if (e->isAssignmentOp())
      addTarget(e->getLHS());
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *e) {
    if (e->isIncrementDecrementOp())
      addTarget(e->getSubExpr());
    return true;
  }

private:
  void addTarget(const clang::Expr *e) {
    e = e->IgnoreParenImpCasts();
    if (const auto *reference = dyn_cast<DeclRefExpr>(e)) {
      if (const auto *variable = dyn_cast<VarDecl>(reference->getDecl()))
        found.insert(variable);
    } else if (const auto *binary = dyn_cast<BinaryOperator>(e)) {
      addTarget(binary->getOpcode() == BO_Comma ? binary->getRHS()
                                                : binary->getLHS());
    } else if (const auto *conditional = dyn_cast<ConditionalOperator>(e)) {
      addTarget(conditional->getTrueExpr());
      addTarget(conditional->getFalseExpr());
    } else if (const auto *unary = dyn_cast<UnaryOperator>(e)) {
      addTarget(unary->getSubExpr());
    }
  }
};
} // namespace

llvm::SmallPtrSet<const VarDecl *, 8>
adgen::findAssignedVariables(const Stmt &body) {
  AssignedVariables visitor;
  visitor.TraverseStmt(const_cast<Stmt *>(&body));
  return visitor.found;
}
