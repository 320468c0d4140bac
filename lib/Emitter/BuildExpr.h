//===- BuildExpr.h - Values → C++ expressions -----------------------------===//
#ifndef ADGEN_LIB_EMITTER_BUILDEXPR_H
#define ADGEN_LIB_EMITTER_BUILDEXPR_H

#include "Callees.h"
#include "CxxTree.h"
#include "VariablePlan.h"

namespace adgen {

/// Turns values into expressions whose every operation has, by C++'s rules, the
/// type of the IR's: implicit conversions are left to C++ where it makes them
/// by itself, and spelled out elsewhere.
class ExprBuilder {
public:
  ExprBuilder(CxxFunction &cxx, const VariablePlan &plan, const CallSite &site)
      : cxx(cxx), plan(plan), site(site) {}

  /// An expression of exactly the value's type.
  CxxExpr *build(mlir::Value v);

  /// What the value's operation computes, though it has a variable.
  CxxExpr *buildDefinition(mlir::Operation *op);

  /// Where C++ converts to the value's type: initialization with `=`,
  /// assignment, `return`.
  CxxExpr *buildConverted(mlir::Value v) { return raw(v); }
  CxxExpr *buildDefinitionConverted(mlir::Operation *op);

  /// Where C++ converts to the value's type but refuses to narrow: in braces.
  CxxExpr *buildBraced(mlir::Value v);

  /// The index of a tape's element.
  CxxExpr *tapeIndex(mlir::Value v);

  /// The object at a place: `x[i]`, `d.x`, `*p`.
  CxxExpr *lvalue(mlir::Value place);

  /// Where C++ converts to bool.
  CxxExpr *buildCondition(mlir::Value v);

  /// The call, and the member of the struct that it returns if that is all that
  /// is read of it. Operands that are tied to a result are that result's
  /// variable.
  CxxExpr *buildCall(CallOp op);

  /// Says that `variable` holds the struct that `op` returned.
  void setStruct(CallOp op, CxxVariable *variable) { structs[op] = variable; }

  /// The user's statement with its operands.
  CxxExpr *frameMember(mlir::Value v);
  CxxExpr *buildFrame(PackOp op);
  CxxExpr *buildStatement(StatementOp op);
  CxxExpr *buildSwap(SwapOp op);
  /// `v.resize(n)`, `v.push_back(x)` and their kin.
  CxxExpr *buildShapeChange(mlir::Operation *op);
  /// What the elements of a shadow are made of that `op` adds to, as the text of a
  /// template; empty if they start as zero by themselves, and for an object that is no
  /// shadow.
  std::string zeroElement(mlir::Operation *op, mlir::Value container) const;
  /// An object by itself, a pointer or number by its value.
  CxxExpr *operandOf(mlir::Value v);
  /// What is returned of an object of the function's own.
  CxxExpr *buildMoved(mlir::Value place);

  /// `x + z`, as `x - y` where z is `-y`.
  CxxExpr *sum(CxxExpr *x, CxxExpr *z) {
    return signedBinary("+", x, z, x->type, /*mayCommute=*/false);
  }

  /// `x op z` and its kin on expressions, for code that has no operation.
  CxxExpr *binary(llvm::StringRef op, CxxExpr *x, CxxExpr *z, mlir::Type type) {
    return cxx.newExpr(CxxExpr::Binary, type, op, {x, z});
  }
  CxxExpr *intLiteral(int64_t value, mlir::Type type);

  /// `x < z` as the loop header has it.
  CxxExpr *compare(Predicate predicate, CxxExpr *x, mlir::Value z);

private:
  CxxExpr *raw(mlir::Value v);
  CxxExpr *rawConstant(ConstantOp op);
  CxxExpr *constant(ConstantOp op);
  CxxExpr *castTo(CxxExpr *e, mlir::Type type, llvm::StringRef spelling = "");
  CxxExpr *cast(CastOp op);
  CxxExpr *arithmetic(mlir::Operation *op, llvm::StringRef sign);
  CxxExpr *shift(mlir::Operation *op, llvm::StringRef sign);
  CxxExpr *unary(mlir::Operation *op, llvm::StringRef sign);
  CxxExpr *compare(CompareOp op);
  CxxExpr *conditional(CxxExpr *c, mlir::Value x, mlir::Value z);
  CxxExpr *largerInteger(SelectOp op);
  CxxExpr *guard(GuardOp op);
  CxxExpr *nullTest(TestOp op);
  CxxExpr *ifExpression(IfOp op);
  CxxExpr *element(PlaybackOp op);
  CxxExpr *sum(SumOp op);
  CxxExpr *call(mlir::Operation *op, llvm::StringRef callee);
  CxxExpr *argument(CallOp op, unsigned index);

  // BuildPlaces.cpp
  CxxExpr *baseOf(MemberOp base);
  std::string qualifierOf(MemberOp member);
  CxxExpr *pointer(mlir::Operation *op);
  CxxExpr *object(mlir::Operation *op);
  CxxExpr *addressOf(CxxExpr *object);
  CxxExpr *objectAt(CxxExpr *pointer);
  CxxExpr *index(mlir::Value v);
  CxxExpr *subscript(CxxExpr *base, CxxExpr *index, mlir::Type type);
  CxxExpr *sumOfIndices(CxxExpr *x, CxxExpr *z, mlir::Type type);
  CxxExpr *memberCall(mlir::Operation *op, llvm::StringRef text,
                      mlir::Type type);
  CxxExpr *withoutData(CxxExpr *element);
  bool isLastElement(AccessOp op);
  bool returnsReference(CallOp op);

  CxxExpr *member(mlir::Value v);
  CxxExpr *negative(CxxExpr *e);
  CxxExpr *signedBinary(llvm::StringRef sign, CxxExpr *x, CxxExpr *z,
                        mlir::Type type, bool mayCommute);
  std::pair<CxxExpr *, CxxExpr *> operands(mlir::Value x, mlir::Value z,
                                           bool isComparison = false);

  CxxFunction &cxx;
  const VariablePlan &plan;
  const CallSite &site;
  llvm::DenseMap<mlir::Operation *, CxxVariable *> structs;
};

/// Whether C++ gets a pointer or an iterator by the access, not a reference.
bool isPointer(AccessOp op);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_BUILDEXPR_H
