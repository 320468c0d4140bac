//===- LowerFunction.cpp - From a function to a func.func -----------------===//
//
// The body and its parameters, the locations that tell which of the user's
// statements an operation belongs to, and which variables are changed at all.
//
//===----------------------------------------------------------------------===//
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
      builder(module.getContext()) {}

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
  llvm::SmallVector<Glvalue> objects(function.getNumParams());
  for (auto [i, parameter] : llvm::enumerate(function.parameters())) {
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
static std::string nameOf(const VarDecl &variable,
                          const FunctionDecl &function) {
  std::string name = variable.getNameAsString();
  unsigned number = 1;
  for (const ParmVarDecl *other : function.parameters()) {
    if (other == &variable)
      break;
    number += isa<ParmVarDecl>(variable) && !name.empty() &&
              other->getNameAsString() == name;
  }
  return number == 1 ? name : name + std::to_string(number);
}

LocalAttr FunctionLowering::createLocal(const VarDecl &variable) {
  auto [entry, isNew] = locals.try_emplace(&variable);
  if (!isNew)
    return entry->second;
  unsigned id = nextLocal++;
  std::string name = nameOf(variable, function);
  bool isUnnamed = name.empty();
  if (isUnnamed)
    name = "p" + std::to_string(id);
  else if (const auto *parameter = dyn_cast<ParmVarDecl>(&variable))
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

/// The variables that `s` may change, except those that it only reads: `isRead`
/// says that of `s` itself.
static void collectAssigned(const Stmt *s, bool isRead,
                            llvm::SmallPtrSetImpl<const VarDecl *> &found) {
  if (!s)
    return;
  auto visit = [&](const Stmt *part, bool isReadToo) {
    collectAssigned(part, isReadToo, found);
  };
  if (const auto *reference = dyn_cast<DeclRefExpr>(s)) {
    const auto *variable = dyn_cast<VarDecl>(reference->getDecl());
    if (const auto *binding = dyn_cast<BindingDecl>(reference->getDecl()))
      variable = binding->getHoldingVar();
    if (variable && !isRead && !reference->getType().isConstQualified())
      found.insert(variable);
    return;
  }
  if (const auto *paren = dyn_cast<ParenExpr>(s))
    return visit(paren->getSubExpr(), isRead);
  // What is within an object is read with it.
  if (const auto *member = dyn_cast<MemberExpr>(s))
    return visit(member->getBase(), isRead && !member->isArrow());
  if (const auto *element = dyn_cast<ArraySubscriptExpr>(s)) {
    visit(element->getBase(), isRead);
    return visit(element->getIdx(), false);
  }
  if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(s);
      operation && operation->getOperator() == OO_Subscript && isRead &&
      getContainer(operation->getArg(0)->getType())) {
    visit(operation->getArg(0), true);
    return visit(operation->getArg(1), false);
  }
  if (const auto *cast = dyn_cast<CastExpr>(s)) {
    bool isToConst = cast->isGLValue() && cast->getType().isConstQualified();
    bool isSame = cast->getCastKind() == CK_NoOp && cast->isGLValue();
    CastKind kind = cast->getCastKind();
    return visit(cast->getSubExpr(),
                 kind == CK_LValueToRValue ||
                     (kind == CK_ArrayToPointerDecay && isRead) ||
                     (isSame && (isToConst || isRead)));
  }
  if (const auto *conditional = dyn_cast<ConditionalOperator>(s)) {
    visit(conditional->getCond(), false);
    visit(conditional->getTrueExpr(), isRead);
    return visit(conditional->getFalseExpr(), isRead);
  }
  if (const auto *binary = dyn_cast<BinaryOperator>(s);
      binary && binary->getOpcode() == BO_Comma) {
    visit(binary->getLHS(), false);
    return visit(binary->getRHS(), isRead);
  }
  if (const auto *declaration = dyn_cast<DeclStmt>(s)) {
    for (const Decl *decl : declaration->decls())
      if (const auto *variable = dyn_cast<VarDecl>(decl))
        visit(variable->getInit(), false);
    return;
  }
  if (const auto *loop = dyn_cast<CXXForRangeStmt>(s)) {
    QualType type = loop->getLoopVariable()->getType();
    bool isChanged = type->isReferenceType() &&
                     !type.getNonReferenceType().isConstQualified();
    visit(loop->getInit(), false);
    visit(loop->getRangeInit(),
          !isChanged || isView(loop->getRangeInit()->getType()));
    return visit(loop->getBody(), false);
  }
  for (const Stmt *part : s->children())
    visit(part, false);
}

llvm::SmallPtrSet<const VarDecl *, 8>
adgen::findAssignedVariables(const Stmt &code) {
  llvm::SmallPtrSet<const VarDecl *, 8> found;
  collectAssigned(&code, false, found);
  return found;
}

/// Whether the code assigns to a place that has no variable's name, or may let a
/// callee do so.
static bool mayAssignPlaces(const Stmt &code) {
  if (const auto *binary = dyn_cast<BinaryOperator>(&code);
      binary && binary->isAssignmentOp())
    return true;
  if (const auto *unary = dyn_cast<UnaryOperator>(&code);
      unary && unary->isIncrementDecrementOp())
    return true;
  // Through a pointer that is passed by value.
  if (const auto *call = dyn_cast<CallExpr>(&code))
    for (const clang::Expr *argument : call->arguments()) {
      QualType target = getTarget(argument->getType());
      if (!target.isNull() && !isConst(target))
        return true;
    }
  return llvm::any_of(code.children(), [](const Stmt *part) {
    return part && mayAssignPlaces(*part);
  });
}

bool adgen::mayAssign(const Stmt &code) {
  return !findAssignedVariables(code).empty() || mayAssignPlaces(code);
}
