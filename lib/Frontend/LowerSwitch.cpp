//===- LowerSwitch.cpp - switch without its fall-through ------------------===//
//
//   switch (n) { case 1: A; case 2: case 3: B; break; default: C; }
//     => 1: A B    2, 3: B    otherwise: C
//
// Each region repeats the statements that its case falls into. The labels must
// stand directly in the body; others are refused.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace adgen;

/// The labels before one statement.
struct FunctionLowering::CaseGroup {
  size_t first;
  llvm::SmallVector<mlir::Attribute> values;
  llvm::SmallVector<mlir::Attribute> spellings;
  bool isDefault = false;
};

/// The statements of the body, without their labels, and where the labels were.
struct FunctionLowering::CaseList {
  llvm::SmallVector<const Stmt *> statements;
  llvm::SmallVector<CaseGroup> groups;
};

mlir::LogicalResult FunctionLowering::addLabel(const SwitchCase &label,
                                               CaseGroup &group) {
  knownLabels.insert(&label);
  const auto *valued = dyn_cast<CaseStmt>(&label);
  if (!valued) {
    group.isDefault = true;
    return mlir::success();
  }
  if (valued->getRHS())
    return refuse(Diag::CaseRange, valued->getCaseLoc());
  llvm::APSInt value = valued->getLHS()->EvaluateKnownConstInt(ast);
  group.values.push_back(mlir::IntegerAttr::get(
      builder.getIntegerType(value.getBitWidth()), value));
  group.spellings.push_back(
      builder.getStringAttr(spellLabel(*valued->getLHS(), value)));
  return mlir::success();
}

/// The switch label that a statement of the body begins with, if any.
static const SwitchCase *findLabel(const Stmt *s) {
  while (const auto *attributed = dyn_cast<AttributedStmt>(s))
    s = attributed->getSubStmt();
  return dyn_cast<SwitchCase>(s);
}

mlir::FailureOr<FunctionLowering::CaseList>
FunctionLowering::collectCases(const SwitchStmt &s) {
  llvm::SmallVector<const Stmt *> body = {s.getBody()};
  if (const auto *block = dyn_cast<CompoundStmt>(s.getBody()))
    body.assign(block->body_begin(), block->body_end());
  CaseList list;
  for (const Stmt *item : body) {
    if (findLabel(item))
      list.groups.push_back({list.statements.size(), {}, {}});
    while (const SwitchCase *label = findLabel(item)) {
      if (failed(addLabel(*label, list.groups.back())))
        return mlir::failure();
      item = label->getSubStmt();
    }
    list.statements.push_back(item);
  }
  for (const SwitchCase *label = s.getSwitchCaseList(); label;
       label = label->getNextSwitchCase())
    if (!knownLabels.contains(label))
      return refuse(Diag::NestedLabel, label->getKeywordLoc());
  return list;
}

mlir::LogicalResult FunctionLowering::lowerSwitch(const SwitchStmt &s) {
  if (s.getInit() && failed(lowerStatement(*s.getInit())))
    return mlir::failure();
  if (const VarDecl *variable = s.getConditionVariable())
    if (failed(lowerVariable(*variable)))
      return mlir::failure();
  StatementScope scope(*this, &s, [&] {
    return quoteSource(ast, {s.getSwitchLoc(), s.getRParenLoc()});
  });
  mlir::Value value = lowerValue(s.getCond());
  if (!value)
    return mlir::failure();
  mlir::FailureOr<CaseList> list = collectCases(s);
  if (failed(list))
    return mlir::failure();

  llvm::SmallVector<mlir::Attribute> cases, labels;
  const CaseGroup *otherwise = nullptr;
  for (const CaseGroup &group : list->groups) {
    if (group.isDefault) {
      otherwise = &group;
      continue;
    }
    cases.push_back(builder.getArrayAttr(group.values));
    labels.push_back(builder.getArrayAttr(group.spellings));
  }
  SwitchOp op = SwitchOp::create(
      builder, at(s.getSwitchLoc()), mlir::TypeRange(), value,
      builder.getArrayAttr(cases), builder.getArrayAttr(labels),
      mlir::ArrayAttr(), cases.size() + 1);

  llvm::SaveAndRestore leaves(broken, false);
  bool isLeft = !otherwise;
  unsigned next = 0;
  for (const CaseGroup &group : list->groups) {
    unsigned region = group.isDefault ? cases.size() : next++;
    if (failed(lowerCase(op.getCaseRegions()[region], *list, group.first)))
      return mlir::failure();
    isLeft |= reachable;
  }
  if (!otherwise)
    (void)lowerRegion(
        op.getCaseRegions()[cases.size()], [] { return mlir::success(); },
        [&] { yield(); });
  reachable = isLeft || broken;
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::lowerCase(mlir::Region &region,
                                                const CaseList &list,
                                                size_t first) {
  llvm::ArrayRef<const Stmt *> statements = list.statements;
  auto contents = [&]() -> mlir::LogicalResult {
    // A jump to the label passes declarations, whose variables are in scope.
    for (const Stmt *s : statements.take_front(first)) {
      if (!isa<DeclStmt>(s))
        continue;
      for (const Decl *decl : cast<DeclStmt>(s)->decls()) {
        const auto *variable = dyn_cast<VarDecl>(decl);
        if (variable &&
            failed(variable->isStaticLocal() ? lowerVariable(*variable)
                                             : declareVariable(*variable)))
          return mlir::failure();
      }
    }
    return lowerStatements(statements.drop_front(first));
  };
  return lowerRegion(region, contents, [&] { yield(); });
}
