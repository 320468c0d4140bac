//===- Lowering.h - What the parts of the lowering share ------------------===//
//
// One object lowers one function, for one pattern of arguments. Its member
// functions are split by syntactic category: one file each, named below before
// what it defines.
//
// A null mlir::Value or a failure means that something was refused and the
// refusal was reported.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_FRONTEND_LOWERING_H
#define ADGEN_LIB_FRONTEND_LOWERING_H

#include "Bindings.h"
#include "Classes.h"
#include "PointerUses.h"
#include "Queries.h"
#include "Spelling.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace adgen {

struct Sequence;

class FunctionLowering {
public:
  /// `chain` is null for a function that was asked for.
  FunctionLowering(const clang::FunctionDecl &function, Pattern pattern,
                   LoweringContext &context, std::shared_ptr<const CallChain> chain);
  /// Adds the function without its body to the module.
  mlir::FailureOr<mlir::func::FuncOp> declare();
  mlir::LogicalResult lowerBody();
  /// Whether the function is only declared, as its body is not to be known.
  bool isOpaque();
  void describeOpaque();
  /// After an error in the function: says which calls led to it.
  void noteChain();

private:
  // Fence.cpp
  mlir::LogicalResult refuse(Diag diag, clang::SourceLocation loc,
                             std::vector<std::string> args = {}, clang::SourceRange range = {});
  mlir::LogicalResult checkSignature();
  mlir::LogicalResult refuseType(clang::QualType type, clang::SourceLocation loc,
                                 clang::SourceRange range = {});
  mlir::LogicalResult refuseVariable(const clang::VarDecl &variable);
  mlir::Value refuseExpression(const clang::Expr &e);
  mlir::LogicalResult refuseStatement(const clang::Stmt &s);
  mlir::Value refuseCall(const clang::CallExpr &call);
  /// Refuses a callee whose derivative nobody knows, and says what to write.
  struct Arguments;
  mlir::LogicalResult checkOpaque(const Arguments &arguments);
  mlir::LogicalResult refuseMemoryCall(const clang::FunctionDecl &callee,
                                       const clang::Expr &call, llvm::StringRef reason);

  // Types.cpp
  /// The IR's type; null for a type that is not accepted.
  mlir::Type mapType(clang::QualType type);
  /// The same, refused at `loc` if it is not accepted.
  mlir::Type lowerType(clang::QualType type, clang::SourceLocation loc);
  /// The type of what a variable holds: also a pointer or an array; null for a
  /// type that is not accepted.
  mlir::Type mapContent(clang::QualType type);
  /// Whether the members of the class, which is no container, can be reached.
  bool isAcceptedClass(clang::QualType type);
  mlir::Type lowerContent(clang::QualType type, clang::SourceLocation loc);
  mlir::Type placeOf(mlir::Type content) {
    return PlaceType::get(module.getContext(), content);
  }

  // LowerSignature.cpp
  mlir::Location functionLocation();
  std::string makeSymbol();
  void describeFunction();
  void describeArguments();

  // LowerCalleeNames.cpp
  std::string spellCallee(const clang::FunctionDecl &callee);
  /// How `target` is called from the generated file, unless it cannot be.
  void spellCall(mlir::func::FuncOp target, const clang::FunctionDecl &callee,
                 const Pattern &bindings);
  void needCallee(const clang::FunctionDecl &callee);
  bool isNameable(const clang::FunctionDecl &callee);

  // LowerProgram.cpp
  /// The callee for these arguments, declared if it is not yet known.
  mlir::FailureOr<mlir::func::FuncOp>
  findCallee(const clang::FunctionDecl &callee, Pattern pattern, clang::SourceLocation loc);
  bool hasRule(const clang::FunctionDecl &callee) const;
  bool carriesNothing();

  // LowerFunction.cpp
  mlir::LogicalResult lowerParameters();
  void finishFunction();
  LocalAttr createLocal(const clang::ValueDecl &variable);
  /// The location of `where` in the current statement.
  mlir::Location at(clang::SourceLocation where);
  mlir::FileLineColLoc position(clang::SourceLocation where);
  /// Operations belong to the statement `key`, quoted `quote`, as long as this
  /// object lives.
  class StatementScope {
  public:
    StatementScope(FunctionLowering &lowering, const void *key,
                   llvm::function_ref<std::string()> quote);
    ~StatementScope() { lowering.statement = outer; }

  private:
    FunctionLowering &lowering;
    StmtAttr outer;
  };

  // LowerDeclarations.cpp
  mlir::LogicalResult lowerDeclarations(const clang::DeclStmt &s);
  mlir::LogicalResult lowerVariable(const clang::VarDecl &variable);
  /// Makes the variable's place, at the current position.
  mlir::LogicalResult declareVariable(const clang::VarDecl &variable);
  /// Stores the initial value, in the variable's own statement.
  mlir::LogicalResult initializeVariable(const clang::VarDecl &variable);
  mlir::LogicalResult lowerReferenceVariable(const clang::VarDecl &variable);
  mlir::LogicalResult lowerPointerVariable(const clang::VarDecl &variable);
  /// The memory that a pointer starts with, from `new[]`; nothing for another pointer.
  std::optional<mlir::Value> lowerAllocation(const clang::VarDecl &variable, bool isChanged);
  /// `delete[]`; nothing for another expression.
  std::optional<mlir::LogicalResult> lowerDeallocation(const clang::Expr &e);
  /// Names a place within an array as the user's reference does, so that it can be declared.
  mlir::Value namePlace(mlir::Value place, const clang::ValueDecl &variable);
  /// A variable for an object without a name.
  mlir::Value createTemporary(mlir::Value value, clang::QualType type, clang::SourceLocation loc);

  // LowerResults.cpp
  /// Whether it returns an object of a class by value, or a reference or pointer.
  bool returnsObject();
  bool returnsPlace();
  /// Finds or makes the object that is returned.
  mlir::LogicalResult prepareResult();
  LocalAttr createResultLocal();
  mlir::Value lowerReturnedObject(const clang::Expr &e);
  mlir::LogicalResult lowerReturn(const clang::ReturnStmt &s);
  /// A call of a user's function that returns an object, and that object's place.
  bool isObjectCall(const clang::CallExpr &e);
  mlir::Value lowerObjectCall(const clang::CallExpr &e, LocalAttr local = {});
  void leave(clang::SourceLocation loc);

  // LowerMethods.cpp
  /// Whether a callee is a method, of an object that has a state, with a body.
  bool isObjectMethod(const clang::FunctionDecl &callee);
  mlir::LogicalResult lowerInitializers();

  // LowerClosures.cpp
  std::shared_ptr<const Closure> createClosure(const clang::LambdaExpr &e);
  std::shared_ptr<const Closure> copyClosure(const Closure &, clang::SourceLocation);
  /// The lambda with captures that `e` makes, copies or denotes.
  std::shared_ptr<const Closure> lowerClosure(const clang::Expr &e);
  mlir::LogicalResult lowerClosureVariable(const clang::VarDecl &variable);
  std::optional<Variable> bindCapture(const clang::CXXRecordDecl &closure,
                                      const clang::LambdaCapture &capture);
  Glvalue copyCaptured(const Glvalue &object, clang::QualType type, LocalAttr local,
                       bool isOwn, clang::SourceLocation where);
  mlir::LogicalResult passCapture(const Variable &, const clang::ParmVarDecl &, Arguments &);
  mlir::LogicalResult passClosure(const Closure &, llvm::ArrayRef<const clang::ParmVarDecl *>,
                                  Arguments &);
  mlir::LogicalResult passClosures(Arguments &arguments);
  std::shared_ptr<const Closure> takeClosure(const clang::CXXRecordDecl &, size_t &next);
  void takeClosures();

  // LowerStatements.cpp
  mlir::LogicalResult lowerStatement(const clang::Stmt &s);
  mlir::LogicalResult lowerStatements(llvm::ArrayRef<const clang::Stmt *> list);
  mlir::LogicalResult lowerExpressionStatement(const clang::Expr &e);
  mlir::FailureOr<bool> dropAssertion(const clang::Expr &e);
  mlir::LogicalResult lowerIf(const clang::IfStmt &s);
  mlir::LogicalResult lowerBreak(const clang::BreakStmt &s);
  mlir::LogicalResult lowerContinue(const clang::ContinueStmt &s);
  /// Lowers `contents` into a new block of `region` and lets `end` terminate
  /// it unless a statement did.
  mlir::LogicalResult
  lowerRegion(mlir::Region &region,
              llvm::function_ref<mlir::LogicalResult()> contents, llvm::function_ref<void()> end);
  void yield(mlir::ValueRange values = {});
  mlir::Value createBool(bool value, mlir::Location loc);

  // LowerKeptStatements.cpp
  class StatementPrinter;
  std::optional<mlir::LogicalResult> keepStatement(const clang::Expr &e);
  bool isKept(const clang::CallExpr &call);
  bool canPass(clang::QualType type);

  // LowerLoops.cpp
  mlir::LogicalResult lowerWhile(const clang::WhileStmt &s);
  mlir::LogicalResult lowerDo(const clang::DoStmt &s);
  mlir::LogicalResult lowerFor(const clang::ForStmt &s);
  WhileOp createLoop(clang::SourceLocation loc, llvm::StringRef kind);
  mlir::LogicalResult lowerLoopCondition(mlir::Region &region, const clang::VarDecl *variable,
                                         const clang::Expr *condition);
  /// Lowers a region that goes on at its end.
  mlir::LogicalResult lowerLoopRegion(mlir::Region &region,
                                      llvm::function_ref<mlir::LogicalResult()> contents);
  mlir::LogicalResult lowerLoopBody(mlir::Region &region, const clang::Stmt &s);
  // LowerRanges.cpp
  std::optional<mlir::LogicalResult> lowerReverseFor(const clang::ForStmt &s);
  mlir::LogicalResult lowerRangeFor(const clang::CXXForRangeStmt &s);
  mlir::LogicalResult bindElement(const clang::CXXForRangeStmt &s, mlir::Value, clang::QualType);
  /// Whether a loop with this condition is left by `break` alone.
  bool isEndless(const clang::Expr *condition) const;

  // LowerSwitch.cpp
  mlir::LogicalResult lowerSwitch(const clang::SwitchStmt &s);
  struct CaseGroup;
  struct CaseList;
  mlir::FailureOr<CaseList> collectCases(const clang::SwitchStmt &s);
  mlir::LogicalResult addLabel(const clang::SwitchCase &label, CaseGroup &group);
  mlir::LogicalResult lowerCase(mlir::Region &region, const CaseList &list, size_t first);

  // LowerExpressions.cpp
  /// The value of a scalar expression; an lvalue is read.
  mlir::Value lowerValue(const clang::Expr *e);
  Glvalue lowerGlvalue(const clang::Expr *e);
  Glvalue lowerReference(const clang::DeclRefExpr &e);
  Glvalue lowerConditionalGlvalue(const clang::ConditionalOperator &e);
  Glvalue lowerChosenPart(const clang::ConditionalOperator &e);
  /// The variable that `std::min` or `std::max` chooses, for a reference that
  /// sees it change; nothing for another expression.
  std::optional<Glvalue> lowerChosen(const clang::Expr &e);
  /// Whether `e` denotes one of several variables none of which ever changes:
  /// then its value stands for it.
  bool isUnchanging(const clang::Expr &e);
  mlir::Value load(Glvalue glvalue, clang::SourceLocation loc);
  mlir::LogicalResult lowerDiscarded(const clang::Expr *e);
  mlir::Value lowerUnary(const clang::UnaryOperator &e);
  mlir::Value lowerBinary(const clang::BinaryOperator &e);
  mlir::Value lowerLogical(const clang::BinaryOperator &e);
  mlir::Value lowerConditional(const clang::ConditionalOperator &e);
  mlir::LogicalResult lowerDiscardedConditional(const clang::ConditionalOperator &e);
  mlir::Value lowerInitList(const clang::InitListExpr &e);
  /// `opcode` on operands that the AST has converted; null if it is no
  /// arithmetic or comparison operator of scalars.
  mlir::Value createBinary(clang::BinaryOperatorKind, mlir::Value x, mlir::Value z, mlir::Location);

  // LowerPointers.cpp
  Pointer lowerPointer(const clang::Expr *e);
  Glvalue lowerDereference(const clang::Expr *pointer, const clang::Expr &e);
  Pointer lowerConditionalPointer(const clang::ConditionalOperator &e);
  /// The pointer as a value; refused if it is null.
  mlir::Value lowerPointerValue(const clang::Expr *e, Diag diagOfNull = Diag::NullDereference);
  mlir::Value takePlace(const Pointer &pointer, const clang::Expr &e,
                        Diag diagOfNull = Diag::NullDereference);
  mlir::Value takePlace(const Glvalue &object, const clang::Expr &e);
  /// What the user's names of `place` stand for.
  static mlir::Value withoutNames(mlir::Value place);
  mlir::Value createOffset(mlir::Value base, mlir::Value index, bool isNegative, mlir::Location);
  /// `p + i`, `i + p`, `p - i`; nothing for another operation.
  std::optional<Pointer> lowerArithmetic(const clang::BinaryOperator &e);
  mlir::Value lowerDistance(const clang::BinaryOperator &e);
  mlir::Value createDistance(mlir::Value x, mlir::Value z, mlir::Type type, mlir::Location loc);
  Glvalue stepPointer(const clang::Expr &target, mlir::Value count,
                      bool isNegative, const clang::Expr &e, mlir::Value *before = nullptr);
  /// A comparison with null, or a conversion to bool; null if it is neither.
  mlir::Value lowerNullTest(const clang::Expr *pointer, bool isNull, const clang::Expr &e);
  /// A condition that the function's arguments decide: only what it chooses is lowered.
  mlir::Value createDecided(bool value, mlir::Location loc);
  /// Which way `condition`, which nobody uses yet, is decided; it is erased.
  std::optional<bool> takeDecision(mlir::Value condition);
  /// The function that `e` denotes or points to; null, and no refusal, if that is not known.
  const clang::FunctionDecl *findFunction(const clang::Expr *e);

  // LowerArrays.cpp
  Glvalue lowerSubscript(const clang::ArraySubscriptExpr &e);
  bool isOneVariable(mlir::Value place);
  /// The value of an index, as an integer.
  mlir::Value lowerIndex(const clang::Expr &e);
  mlir::Value createElement(mlir::Value array, mlir::Value index, mlir::Location loc);
  mlir::Value createElement(mlir::Value array, uint64_t index, mlir::Location loc);
  mlir::LogicalResult lowerArrayVariable(const clang::VarDecl &variable);
  bool isConstantList(const clang::Expr *e);
  std::string spellList(const clang::Expr *e, llvm::SmallVectorImpl<mlir::Value> &operands);
  mlir::LogicalResult storeInit(const clang::Expr *e, mlir::Value place, bool isZeroed = false);
  /// A constant array outside of the function.
  mlir::Value lowerTable(const clang::DeclRefExpr &e);

  // LowerContainers.cpp
  /// A number of elements as the user wrote it, without the conversion to the
  /// type that a container counts in.
  mlir::Value lowerCount(const clang::Expr &e);
  /// The place of an object, which may be a temporary, or that a pointer leads to.
  mlir::Value lowerObject(const clang::Expr *e);
  mlir::Value createAccess(llvm::StringRef text, mlir::Value base,
                           mlir::ValueRange arguments, mlir::Type type,
                           mlir::Location loc, llvm::StringRef mark = "");
  /// An element, a pointer, an iterator or a view that a container gives, or
  /// what it says of itself.
  mlir::Value lowerContainerCall(const clang::CallExpr &e);
  static bool isElementCall(const clang::CallExpr &e);
  static bool isQueryCall(const clang::CallExpr &e);
  static bool isPointerCall(const clang::CallExpr &e);
  static bool isViewCall(const clang::CallExpr &e);
  /// Refuses a call of a container that is not accepted; false for other calls.
  bool refuseContainer(const clang::CallExpr &e);
  /// What an operator of iterators gives; nothing for other expressions.
  std::optional<Glvalue> lowerIteratorGlvalue(const clang::Expr &e);
  std::optional<Pointer> lowerIteratorPointer(const clang::Expr &e);
  std::optional<mlir::Value> lowerIteratorValue(const clang::CXXOperatorCallExpr &e);
  std::optional<mlir::Value> lowerRewritten(const clang::CXXRewrittenBinaryOperator &e);
  mlir::Value lowerIterator(const clang::Expr &e);
  /// The place of a span.
  mlir::Value lowerView(const clang::Expr &e);

  // LowerObjects.cpp
  class Subobjects;
  Glvalue lowerMember(const clang::MemberExpr &e);
  void revealMember(mlir::Value object, const clang::FieldDecl &field);
  mlir::Value createMember(mlir::Value object, const Member &member, mlir::Location loc);
  mlir::Value createContainerElement(mlir::Value object, mlir::Value index,
                                     clang::QualType element, mlir::Location loc);
  std::string spellCount(IntType type);
  mlir::LogicalResult
  lowerCounted(clang::SourceLocation where, mlir::Type type,
               llvm::StringRef spelled, llvm::function_ref<mlir::Value()> count,
               llvm::function_ref<mlir::LogicalResult(mlir::Value)> body, mlir::Value start = {});
  /// Whether objects of the type are copied member by member.
  bool isCopyable(clang::QualType type);
  /// Copies an object, where `isNew` to one whose vectors have no elements yet.
  mlir::LogicalResult copyObject(mlir::Value to, mlir::Value from, clang::QualType type,
                                 clang::SourceLocation where, bool isNew = false);
  mlir::LogicalResult swapObjects(mlir::Value x, mlir::Value z,
                                  clang::QualType type, clang::SourceLocation where);
  mlir::LogicalResult lowerEach(uint64_t count, clang::SourceLocation where,
                                llvm::function_ref<mlir::LogicalResult(mlir::Value)> body);
  mlir::LogicalResult copyElements(
      uint64_t count, clang::QualType element, clang::SourceLocation where,
      llvm::function_ref<std::pair<mlir::Value, mlir::Value>(mlir::Value)> find);

  // LowerReshapes.cpp
  static bool isShapeCall(const clang::CallExpr &e);
  /// Of a container; `element` is what `emplace_back` denotes.
  mlir::LogicalResult lowerShapeCall(const clang::CallExpr &, Glvalue *element = {});
  /// Where there are vectors in an object; null: nowhere, nothing: not known.
  std::optional<mlir::DictionaryAttr> describeShape(clang::QualType type);
  mlir::Value createSize(mlir::Value container, mlir::Location loc);
  mlir::Value createLast(mlir::Value, clang::QualType, mlir::Location);
  mlir::LogicalResult emptyObject(mlir::Value, clang::QualType, clang::SourceLocation);
  mlir::LogicalResult copyVector(mlir::Value to, mlir::Value from, clang::QualType,
                                 clang::SourceLocation, bool isNew);
  std::optional<Glvalue> lowerVectorAssignment(const clang::CXXOperatorCallExpr &);
  class Reshaping;
  // LowerZeros.cpp
  mlir::LogicalResult storeZero(mlir::Value place, clang::QualType type, const clang::Expr &e);
  bool isSmallClass(clang::QualType type);
  /// Whether `T{}` is all zero.
  bool isZeroInit(const clang::Expr *e);
  bool isZeroByDefault(clang::QualType type, bool isZeroed = true, bool mayBeExplicit = false);
  bool noteElements(clang::QualType type);
  bool noteElements(ObjectType container, clang::QualType element);
  mlir::LogicalResult checkElements(mlir::Value vector, clang::QualType element,
                                    clang::SourceLocation where);
  std::string spellZero(clang::QualType type, const std::string &object = "");
  void collectShapes(clang::QualType type, const std::string &object,
                     llvm::SmallVectorImpl<mlir::Attribute> &shapes);
  /// The numbers of an object, as accesses that a text and a type describe; null if
  /// they cannot be listed.
  mlir::ArrayAttr listReals(clang::QualType type);
  bool collectReals(clang::QualType type, const std::string &object,
                    llvm::SmallVectorImpl<mlir::Attribute> &parts);
  /// How an object is copied for derivatives by hand; null if it is not.
  mlir::DictionaryAttr describeContainer(clang::QualType type);
  void describeShadow(VarOp variable, clang::QualType type);
  /// The reals of an object: null if there are none, nothing if they are not known.
  std::optional<mlir::DictionaryAttr> describeReals(clang::QualType type);

  // LowerConstructions.cpp
  mlir::LogicalResult storeRecord(const clang::Expr *e, mlir::Value place, bool isZeroed);
  mlir::LogicalResult storeConstructed(const clang::CXXConstructExpr &e, mlir::Value place);
  mlir::LogicalResult storeDefault(mlir::Value place, clang::QualType type, bool isZeroed,
                                   const clang::CXXConstructExpr &e);
  bool isNumberList(const clang::Expr *e);
  bool lowerNumbers(const clang::Expr *e, llvm::SmallVectorImpl<mlir::Value> &numbers);
  void storeNumbers(const clang::Expr *e, mlir::Value place, llvm::ArrayRef<mlir::Value> &);
  /// `d = e` of objects; nothing for another call.
  std::optional<Glvalue> lowerObjectAssignment(const clang::CXXOperatorCallExpr &e);
  struct Construction;
  std::function<mlir::LogicalResult(mlir::Value)>
  fillElements(mlir::Value count, clang::QualType element, clang::SourceLocation where,
               std::function<mlir::LogicalResult(mlir::Value)> fill);
  Construction constructCopyOf(mlir::Value from, clang::QualType type, clang::SourceLocation where);
  mlir::LogicalResult construct(const clang::Expr *e, Construction &made);
  mlir::LogicalResult constructVector(const clang::CXXConstructExpr &e,
                                      clang::QualType element, Construction &made);
  mlir::LogicalResult constructCopy(mlir::Value count, clang::QualType element,
                                    clang::SourceLocation where, Construction &made,
                                    std::function<mlir::Value(mlir::Value)> find);
  mlir::LogicalResult constructUnique(const clang::Expr *e,
                                      clang::QualType element, Construction &made);
  mlir::Value createObject(clang::QualType type, LocalAttr local,
                           Construction &made, clang::SourceLocation loc);
  /// A variable for an object of a class without a name.
  mlir::Value lowerTemporary(const clang::Expr *e, LocalAttr local = {});
  mlir::LogicalResult lowerObjectVariable(const clang::VarDecl &variable);

  // LowerAlgorithms.cpp
  bool isAlgorithm(const clang::CallExpr &e) const;
  /// A call of an algorithm: what it returns, or, if that is nothing, any value.
  mlir::Value lowerAlgorithm(const clang::CallExpr &e);
  std::optional<Sequence> lowerRange(const clang::Expr &first, const clang::Expr &last);
  std::optional<Sequence> lowerOpenRange(const clang::Expr &first, mlir::Value count);
  mlir::Value createRangeElement(const Sequence &range, mlir::Value index, mlir::Location loc);
  mlir::Value createRangePointer(const Sequence &range, mlir::Value index, mlir::Location loc);
  mlir::LogicalResult
  lowerForEach(const Sequence &range, clang::SourceLocation where,
               llvm::function_ref<mlir::LogicalResult(mlir::Value)> body);
  mlir::LogicalResult lowerCallable(const clang::Expr &function,
                                    std::shared_ptr<const Closure> &closure);
  mlir::LogicalResult
  applyFunction(const clang::CallExpr &e, const clang::Expr &function,
                std::shared_ptr<const Closure> closure, llvm::ArrayRef<Glvalue>,
                llvm::ArrayRef<clang::QualType> types, mlir::Value &result);
  std::pair<mlir::Value, mlir::Value> promote(mlir::Value x, mlir::Value z, mlir::Location loc);
  mlir::Value createGenerated(llvm::StringRef name, mlir::Value value,
                              llvm::StringRef spelled, mlir::Location loc);

  // LowerReductions.cpp
  class Reductions;
  void storeIf(mlir::Value condition, mlir::Value value, mlir::Value place, mlir::Location loc);
  mlir::Value lowerReduction(const clang::CallExpr &e, unsigned initial, const clang::Expr *sum,
                             const clang::Expr *product);
  mlir::Value lowerCounting(const clang::CallExpr &e, bool isFunction);
  mlir::Value lowerSearch(const clang::CallExpr &e, bool forPassing, bool whenFound);
  std::optional<std::pair<Sequence, mlir::Value>>
  lowerExtremum(const clang::CallExpr &e, bool isMax);
  std::optional<std::pair<mlir::Value, mlir::Value>> lowerExtremes(const clang::Expr &e);
  /// What `*std::max_element(…)` denotes; nothing for another pointer.
  std::optional<Glvalue> lowerExtremumElement(const clang::Expr &e);
  mlir::Value lowerStores(const clang::CallExpr &e, const Sequence &to,
                          llvm::function_ref<mlir::Value(mlir::Value)> next);
  mlir::Value lowerCopy(const clang::CallExpr &e, const Sequence &from, const Sequence &to);
  mlir::Value lowerTransform(const clang::CallExpr &e);
  mlir::Value lowerElementwise(const clang::CallExpr &e);
  mlir::Value lowerReverse(const clang::CallExpr &e);
  mlir::Value lowerBytes(const clang::Expr &e, clang::QualType element);
  mlir::Value lowerMemory(const clang::CallExpr &e, bool isCopy);

  // LowerAssignments.cpp
  mlir::LogicalResult store(mlir::Value value, Glvalue target, const clang::Expr &e);
  Glvalue lowerAssignment(const clang::BinaryOperator &e);
  Glvalue lowerCompoundAssignment(const clang::CompoundAssignOperator &e);
  /// `++x`, `x--` …; the variable, and for the postfix forms its old value.
  Glvalue lowerIncrement(const clang::UnaryOperator &e);

  // LowerCasts.cpp
  mlir::Value lowerCast(const clang::CastExpr &e);
  mlir::Value lowerExplicitCast(const clang::ExplicitCastExpr &e);
  /// An implicit conversion; a constant is converted at once.
  mlir::Value convert(mlir::Value value, mlir::Type type, mlir::Location loc);

  // LowerConstants.cpp
  mlir::Value lowerLiteral(const clang::Expr &e);
  /// A constant expression that has no name of its own, such as a type trait.
  mlir::Value lowerFolded(const clang::Expr &e, llvm::StringRef spelling = "");
  mlir::Value lowerZero(const clang::Expr &e);
  mlir::Value lowerSizeOf(const clang::UnaryExprOrTypeTraitExpr &e);
  mlir::Value lowerEnumerator(const clang::DeclRefExpr &e);
  mlir::Value lowerGlobal(const clang::DeclRefExpr &e);
  /// If `e` is the whole expansion of a constant macro of a header, that
  /// constant under the macro's name; nothing, and no refusal, otherwise.
  mlir::Value lowerHeaderMacro(const clang::Expr &e);
  mlir::Value createConstant(const clang::APValue &value, mlir::Type type,
                             mlir::Location loc, llvm::StringRef spelling);
  std::string spellReference(const clang::DeclRefExpr &e);
  /// The default argument as the header can repeat it; empty if there is none.
  std::string spellDefault(const clang::ParmVarDecl &parameter);
  bool isRepeatable(const clang::Stmt &e);
  std::string spellLabel(const clang::Expr &e, const llvm::APSInt &value);

  // LowerCalls.cpp
  mlir::Value lowerCall(const clang::CallExpr &e);
  /// A call whose result, if there is one, is not used.
  mlir::LogicalResult lowerDiscardedCall(const clang::CallExpr &e);
  /// The argument of `std::move`, `std::forward`, `std::as_const`; null for
  /// another call.
  const clang::Expr *findForwarded(const clang::CallExpr &e);
  mlir::Value lowerTableCall(const clang::CallExpr &e, const FunctionRow &row);
  mlir::Value lowerTest(const clang::CallExpr &e, llvm::StringRef name);
  /// A call as a constant, which it must be, or refused.
  mlir::Value lowerConstantCall(const clang::CallExpr &e);
  /// `std::min`, `max` and `clamp`, and `abs` of integers, as operators.
  mlir::Value lowerComparing(const clang::CallExpr &e, llvm::StringRef name);
  bool isComparing(llvm::StringRef name, const clang::CallExpr &e);
  static bool isTest(llvm::StringRef name);
  bool lowerArguments(Written arguments, llvm::SmallVectorImpl<mlir::Value> &values);

  // LowerLibraryOutputs.cpp
  /// A library function that is no rule but a use of variables: `std::swap`, `frexp` …;
  /// nothing if the call is none of these. `stem` is its name without namespace and suffix.
  std::optional<mlir::LogicalResult>
  lowerVariableCall(const clang::CallExpr &e,
                    const clang::FunctionDecl &callee, llvm::StringRef stem, mlir::Value &result);
  mlir::func::FuncOp declareRemquo(const clang::FunctionDecl &callee, clang::QualType type);
  mlir::LogicalResult lowerRemquo(const clang::CallExpr &e,
                                  const clang::FunctionDecl &callee, mlir::Value &result);

  // LowerTuples.cpp
  Glvalue lowerElement(const clang::CallExpr &e, unsigned index);
  mlir::Value createPart(mlir::Value object, clang::QualType, unsigned index, mlir::Location);
  mlir::LogicalResult storeMembers(llvm::ArrayRef<Member> members, Written arguments, mlir::Value);
  mlir::LogicalResult storeTuple(Written arguments, const clang::CXXRecordDecl &,
                                 const clang::Expr &e, mlir::Value place);
  mlir::LogicalResult convertTuple(mlir::Value from, clang::QualType, const clang::CXXRecordDecl &,
                                   clang::SourceLocation where, mlir::Value place);
  struct Element;
  /// `std::tie(a, b) = …`
  static bool isTupleAssignment(const clang::CallExpr &e);
  mlir::LogicalResult lowerTupleAssignment(const clang::CXXOperatorCallExpr &e);
  /// `auto [a, b] = std::make_pair(x, y);`
  mlir::LogicalResult lowerBindings(const clang::DecompositionDecl &variable);
  mlir::LogicalResult bindParts(const clang::DecompositionDecl &, mlir::Value object, bool isCopy);
  mlir::Value findPart(mlir::Value object, clang::QualType, const clang::BindingDecl &, unsigned);
  mlir::LogicalResult takeMembers(const clang::Expr &, llvm::SmallVectorImpl<Element> &);
  /// The elements of a pair or tuple that is made on the spot.
  mlir::LogicalResult lowerElements(const clang::Expr &e, llvm::SmallVectorImpl<Element> &elements);

  // LowerUserCalls.cpp
  mlir::LogicalResult lowerCallback(const clang::CallExpr &e, const clang::FunctionDecl &callee,
                                    std::shared_ptr<const Closure> closure,
                                    llvm::ArrayRef<Glvalue> objects, mlir::Value &result);
  mlir::LogicalResult lowerUserCall(const clang::CallExpr &e, const clang::FunctionDecl &callee,
                                    mlir::Value &, Glvalue *returned = nullptr, LocalAttr = {});
  mlir::LogicalResult lowerArguments(Written written, mlir::Value object, Arguments &arguments);
  /// `local` is the caller's name for an object that is returned.
  mlir::LogicalResult createCall(Arguments &arguments, mlir::Value &result,
                                 Glvalue *returned, LocalAttr local);
  /// Makes an object at `place` with a constructor that the user wrote, for `e`.
  mlir::LogicalResult lowerConstructorCall(const clang::CXXConstructorDecl &constructor,
                                           Written written, const clang::Expr &e,
                                           mlir::Value place);
  /// What a call denotes that returns a reference; nothing for another.
  std::optional<Glvalue> lowerReturnedArgument(const clang::CallExpr &e);
  mlir::LogicalResult lowerArgument(const clang::Expr &argument,
                                    const clang::ParmVarDecl &parameter, Arguments &arguments);
  /// What may overlap with memory that the callee changes is passed in memory.
  mlir::LogicalResult bindMemory(Arguments &arguments);
  bool isInMemory(mlir::Value place);
  bool mayOverlap(mlir::Value a, mlir::Value b);
  mlir::Value lowerObjectArgument(const clang::Expr &argument, const clang::ParmVarDecl &parameter,
                                  const clang::FunctionDecl &callee);
  mlir::LogicalResult bindArguments(Arguments &arguments);
  mlir::LogicalResult checkMemory(Arguments &arguments);
  const clang::FunctionDecl *findUserCallee(const clang::CallExpr &e);
  /// Whether a call may write what its arguments refer to.
  bool mayWrite(CallOp call);

  const clang::FunctionDecl &function;
  Pattern pattern;
  LoweringContext &context;
  std::shared_ptr<const CallChain> chain;
  clang::ASTContext &ast;
  clang::SourceManager &sources;
  mlir::ModuleOp module;
  SourceNeeds &needs;
  Spelling spelling;
  mlir::OpBuilder builder;
  mlir::func::FuncOp func;
  /// The function's own, and those for the captures of lambdas.
  llvm::ArrayRef<const clang::ParmVarDecl *> parameters;
  /// The method's object; null for other functions.
  mlir::Value objectPlace;
  /// The variable that every `return` names, or else the one made for them.
  const clang::VarDecl *returnedVariable = nullptr;
  mlir::Value result;

  llvm::DenseMap<const clang::ValueDecl *, Variable> variables;
  llvm::DenseMap<const clang::ValueDecl *, LocalAttr> locals;
  unsigned nextLocal = 0;
  /// The variables that are changed anywhere in the body.
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> assigned;
  llvm::DenseSet<mlir::Value> decided;
  /// What is being lowered is only checked, and then left out.
  bool isLeftOut = false;
  /// The arguments whose objects nobody knows to be distinct.
  llvm::DenseMap<mlir::Value, const clang::ParmVarDecl *> memory;
  /// Variables that pointers may walk to.
  llvm::DenseSet<mlir::Value> escaped;
  /// How many range-based loops stand around the current position.
  unsigned rangeDepth = 0;
  /// The statement that is being lowered, and those already numbered.
  StmtAttr statement;
  llvm::DenseMap<const void *, StmtAttr> statements;
  /// Case labels whose statements the switch that owns them has lowered.
  llvm::SmallPtrSet<const clang::SwitchCase *, 8> knownLabels;
  /// Whether control can get here; what follows an exit is not lowered.
  bool reachable = true;
  /// Set by a `break`, for the statement that it leaves.
  bool broken = false;
};

} // namespace adgen

#include "FunctionVariants.h"

#endif // ADGEN_LIB_FRONTEND_LOWERING_H
