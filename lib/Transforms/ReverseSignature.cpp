//===- ReverseSignature.cpp - The signature of an adjoint -----------------===//
//
// The contract's `f_grad` in value form:
//
//   (parameters, adjoints of what is passed by reference or pointer, seed) →
//   (value, adjoints of the parameters by value; then the contents that
//    parameters and adjoints passed by reference are left with)
//
// What is only read has an adjoint that is only added to: a place in memory,
// since two such adjoints may be one object. An adjoint that is consumed is a
// value like its parameter.
//
//===----------------------------------------------------------------------===//
#include "Reverse.h"

#include "adgen/Analysis/Activity.h"

using namespace mlir;
using namespace adgen;

namespace {
class AdjointSignature {
public:
  AdjointSignature(func::FuncOp primal, const DerivativeRequest &request)
      : primal(primal), request(request), b(primal.getContext()) {}

  func::FuncOp declare();

private:
  void addMembers();
  void addParameters();
  void addAdjoint(unsigned i);
  void addSeed();
  void addArgument(Type type, NamedAttrList attributes);
  /// Notes that the last argument's final content is a result.
  void addContent(Type type);

  func::FuncOp primal;
  const DerivativeRequest &request;
  Builder b;
  SmallVector<Type> arguments, results, contents;
  SmallVector<NamedAttrList> attributes;
  SmallVector<StringRef> members;
  /// The arguments whose final contents are `contents`.
  SmallVector<unsigned> owners;
};
} // namespace

void AdjointSignature::addArgument(Type type, NamedAttrList list) {
  arguments.push_back(type);
  attributes.push_back(std::move(list));
}

void AdjointSignature::addContent(Type type) {
  owners.push_back(arguments.size() - 1);
  contents.push_back(type);
}

void AdjointSignature::addMembers() {
  if (request.user.contains("with_value") && returnsValue(primal)) {
    results.push_back(primal.getResultTypes()[0]);
    members.push_back("value");
  }
  for (unsigned i : request.inputs) {
    if (isPassedByPlace(primal, i))
      continue;
    results.push_back(primal.getArgumentTypes()[i]);
    members.push_back(
        primal.getArgAttrOfType<LocalAttr>(i, "ad.local").getName());
  }
}

void AdjointSignature::addParameters() {
  for (unsigned i = 0; i != primal.getNumArguments(); ++i) {
    NamedAttrList list(primal.getArgAttrDict(i));
    list.erase("ad.out");
    if (mayBeWritten(primal, i) && !resultOfArgument(primal, i))
      list.set("ad.out", b.getI64IntegerAttr(-1));
    addArgument(primal.getArgumentTypes()[i], std::move(list));
    if (resultOfArgument(primal, i))
      addContent(primal.getArgumentTypes()[i]);
  }
}

void AdjointSignature::addAdjoint(unsigned i) {
  NamedAttrList list;
  list.set("ad.local",
           adjointVariable(primal.getArgAttrOfType<LocalAttr>(i, "ad.local")));
  list.set("ad.type",
           b.getStringAttr(withoutConst(
               primal.getArgAttrOfType<StringAttr>(i, "ad.type").getValue())));
  list.set("ad.pass", primal.getArgAttr(i, "ad.pass"));
  list.set("ad.role", b.getStringAttr("adjoint"));
  list.set("ad.of", b.getI64IntegerAttr(i));
  Type type = primal.getArgumentTypes()[i];
  if (resultOfArgument(primal, i)) {
    addArgument(type, std::move(list));
    addContent(type);
    return;
  }
  for (StringRef name : {"ad.restrict", "ad.view"})
    if (Attribute attribute = primal.getArgAttr(i, name))
      list.set(name, attribute);
  list.set("ad.in_memory", b.getUnitAttr());
  list.set("ad.out", b.getI64IntegerAttr(-1));
  addArgument(isa<PlaceType>(type) ? type
                                   : PlaceType::get(b.getContext(), type),
              std::move(list));
}

void AdjointSignature::addSeed() {
  auto type = primal->getAttrOfType<StringAttr>("ad.return_type");
  NamedAttrList list;
  list.set("ad.local",
           LocalAttr::get(b.getContext(), ~0u, b.getStringAttr("seed"), type,
                          /*generated=*/true));
  list.set("ad.type", type);
  list.set("ad.role", b.getStringAttr("seed"));
  Type result = primal.getResultTypes()[0];
  if (isa<PlaceType>(result)) {
    // An object: the caller's, and only read.
    list.set("ad.type", b.getStringAttr("const " + type.getValue() + " &"));
    list.set("ad.pass", b.getStringAttr("reference"));
    list.set("ad.in_memory", b.getUnitAttr());
  } else {
    list.set("ad.default", b.getStringAttr("1"));
  }
  addArgument(result, std::move(list));
}

func::FuncOp AdjointSignature::declare() {
  addMembers();
  addParameters();
  for (unsigned i : request.inputs)
    if (isPassedByPlace(primal, i))
      addAdjoint(i);
  if (returnsValue(primal) && carriesReals(primal.getResultTypes()[0]))
    addSeed();
  for (auto [owner, type] : llvm::zip_equal(owners, contents)) {
    attributes[owner].set("ad.out", b.getI64IntegerAttr(results.size()));
    results.push_back(type);
  }

  func::FuncOp function = declareForUser(
      primal, request, "_grad",
      FunctionType::get(b.getContext(), arguments, results), attributes);
  function->setAttr("ad.derivative", b.getStringAttr("reverse"));
  SmallVector<int64_t> values;
  for (unsigned i : request.inputs)
    if (!isPassedByPlace(primal, i))
      values.push_back(i);
  function->setAttr("ad.wrt", b.getI64ArrayAttr(values));
  if (request.user.contains("with_value") && returnsValue(primal))
    function->setAttr("ad.with_value", b.getUnitAttr());
  for (auto [r, member] : llvm::enumerate(members))
    function.setResultAttr(r, "ad.member", b.getStringAttr(member));
  return function;
}

func::FuncOp adgen::declareAdjoint(func::FuncOp primal,
                                   const DerivativeRequest &request) {
  return AdjointSignature(primal, request).declare();
}
