//===- LowerFunction.cpp - From a function to a func.func -----------------===//
//
// The body and its parameters, the locations that tell which of the user's
// statements an operation belongs to, and which variables are changed at all.
//
//===----------------------------------------------------------------------===//
#include "Closures.h"
#include "Lowering.h"
#include "Requests.h"

#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace adgen;

FunctionLowering::FunctionLowering(const FunctionDecl &function,
                                   Pattern pattern, LoweringContext &context,
                                   std::shared_ptr<const CallChain> chain)
    : function(function), pattern(std::move(pattern)), context(context),
      chain(std::move(chain)), ast(context.ast),
      sources(ast.getSourceManager()), module(context.module),
      needs(context.needs), spelling(function, ast, needs),
      builder(module.getContext()),
      parameters(context.variants->getParameters(function, ast)) {}

mlir::LogicalResult FunctionLowering::lowerBody() {
  builder.setInsertionPointToStart(func.addEntryBlock());
  assigned = findAssignedVariables(*function.getBody());
  if (failed(prepareResult()) || failed(lowerParameters()) ||
      failed(lowerInitializers()) ||
      failed(lowerStatement(*function.getBody())))
    return mlir::failure();
  finishFunction();
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::lowerParameters() {
  if (getObjectClass(function))
    objectPlace = func.getArguments().back();
  unsigned next = 0;
  llvm::SmallVector<Glvalue> objects(parameters.size());
  for (auto [i, parameter] : llvm::enumerate(parameters)) {
    const Binding &binding = pattern[i];
    QualType type = parameter->getType();
    Variable &variable = variables[parameter];
    variable.local = createLocal(*parameter);
    variable.function = binding.function;
    mlir::Value argument;
    if (binding.hasOperand())
      argument = func.getArgument(next++);
    bool isWalked = context.variants->pointers.isWalked(*parameter);
    bool isChanged = assigned.contains(parameter);
    bool isPointer = !getPointee(type).isNull();
    if ((isPointer || getFunctionType(type)) && isChanged &&
        binding.kind != Binding::Memory)
      return refuse(Diag::PointerChanged, parameter->getLocation(),
                    {parameter->getNameAsString()});
    if (binding.kind == Binding::Value)
      objects[i].value = argument;
    else if (binding.kind == Binding::Place && binding.first != i)
      objects[i] = objects[binding.first];
    else if (binding.hasOperand())
      objects[i].place = argument;
    if (binding.kind == Binding::Memory)
      memory[argument] = parameter;
    if (isPointer && !isChanged) {
      variable.pointer.object = objects[i];
      variable.pointer.isNull = binding.kind == Binding::Null;
      variable.pointer.mayBeNull =
          binding.kind == Binding::Memory &&
          !isCertainlyDereferenced(function, *parameter);
      continue;
    }
    variable.object = objects[i];
    // A small object of its own becomes numbers (SplitObjects).
    if (binding.kind == Binding::Memory && isChanged &&
        getTarget(type).isNull() &&
        (isSmallClass(type) || isHandleClass(type)) &&
        parameter != returnedVariable) {
      mlir::Location loc = position(parameter->getLocation());
      VarOp own = VarOp::create(builder, loc, cast<PlaceType>(argument.getType()),
                                variable.local);
      if (std::string zero = spellZero(type); !zero.empty())
        own.setZeroInit(" = " + zero);
      describeShadow(own, type);
      if (failed(copyObject(own, argument, type, parameter->getLocation())))
        return mlir::failure();
      memory.erase(argument);
      variable.object = {own};
      continue;
    }
    bool isOwn = isPointer ||
                 (binding.kind == Binding::Value && getReferent(type).isNull());
    if (!isOwn || (!isChanged && !isWalked))
      continue;
    mlir::Location loc = position(parameter->getLocation());
    variable.object = {VarOp::create(builder, loc, placeOf(argument.getType()),
                                     variable.local),
                       {}};
    if (isWalked)
      escaped.insert(variable.object.place);
    StoreOp::create(builder, loc, argument, variable.object.place);
  }
  takeClosures();
  return mlir::success();
}

/// Ends the body: control flows off its end, or never gets there, and then what
/// is returned does not matter.
void FunctionLowering::finishFunction() {
  mlir::Block *block = builder.getInsertionBlock();
  if (!block->empty() && block->back().hasTrait<mlir::OpTrait::IsTerminator>())
    return;
  leave(function.getBody()->getEndLoc());
}

/// The name, numbered where the parameters of an expanded pack share it.
static std::string nameOf(const ValueDecl &variable,
                          llvm::ArrayRef<const ParmVarDecl *> parameters) {
  std::string name = variable.getNameAsString();
  unsigned number = 1;
  for (const ParmVarDecl *other : parameters) {
    if (other == &variable)
      break;
    number += isa<ParmVarDecl>(variable) && !name.empty() &&
              other->getNameAsString() == name;
  }
  return number == 1 ? name : name + std::to_string(number);
}

LocalAttr FunctionLowering::createLocal(const ValueDecl &variable) {
  auto [entry, isNew] = locals.try_emplace(&variable);
  if (!isNew)
    return entry->second;
  unsigned id = nextLocal++;
  std::string name = nameOf(variable, parameters);
  bool isUnnamed = name.empty();
  if (isUnnamed)
    name = "p" + std::to_string(id);
  else if (const auto *parameter = dyn_cast<ParmVarDecl>(&variable);
           parameter &&
           parameter->getFunctionScopeIndex() < function.getNumParams())
    name = parameterName(function, parameter->getFunctionScopeIndex());
  // Of what is passed by reference, the variable is the object; a pointer that
  // is walked is one itself.
  QualType type = variable.getType();
  QualType target = getTarget(type);
  bool isPointer = !getPointee(type).isNull() &&
                   (getReferent(type).isNull() ||
                    context.variants->pointers.isWalked(variable));
  if (!target.isNull() && !isPointer)
    type = target;
  type = ast.getUnqualifiedArrayType(type.getUnqualifiedType());
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
