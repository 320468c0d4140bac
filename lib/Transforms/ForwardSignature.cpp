//===- ForwardSignature.cpp - The signature of a tangent ------------------===//
//
// The contract's `f_jvp` in value form:
//
//   (parameters, tangents) →
//   (value, its tangent; then the contents that parameters and tangents passed by
//    reference are left with)
//
//===----------------------------------------------------------------------===//
#include "Forward.h"

#include "adgen/Analysis/Activity.h"

using namespace mlir;
using namespace adgen;

func::FuncOp adgen::declareTangent(func::FuncOp primal,
                                   const DerivativeRequest &request) {
  Builder b(primal.getContext());
  SmallVector<Type> arguments(primal.getArgumentTypes());
  SmallVector<NamedAttrList> attributes;
  for (unsigned i = 0; i != primal.getNumArguments(); ++i)
    attributes.emplace_back(primal.getArgAttrDict(i));
  for (unsigned i : request.inputs) {
    NamedAttrList list(primal.getArgAttrDict(i));
    for (StringRef name : {"ad.default", "ad.out"})
      list.erase(name);
    LocalAttr dot =
        tangentVariable(primal.getArgAttrOfType<LocalAttr>(i, "ad.local"));
    list.set("ad.local", dot);
    if (!isPassedByPlace(primal, i))
      list.set("ad.type", dot.getType());
    list.set("ad.role", b.getStringAttr("tangent"));
    list.set("ad.of", b.getI64IntegerAttr(i));
    if (request.inputs.size() == 1 && !isPassedByPlace(primal, i) &&
        isReal(primal.getArgumentTypes()[i]))
      list.set("ad.default", b.getStringAttr("1"));
    arguments.push_back(primal.getArgumentTypes()[i]);
    attributes.push_back(list);
  }

  SmallVector<Type> results;
  SmallVector<StringRef> members;
  if (returnsValue(primal)) {
    Type type = primal.getResultTypes()[0];
    results.push_back(type);
    members.push_back("value");
    if (carriesReals(type)) {
      results.push_back(type);
      members.push_back("dot");
    }
  }
  auto addContent = [&](unsigned argument) {
    attributes[argument].set("ad.out", b.getI64IntegerAttr(results.size()));
    results.push_back(arguments[argument]);
  };
  for (unsigned i = 0; i != primal.getNumArguments(); ++i)
    if (resultOfArgument(primal, i))
      addContent(i);
  for (auto [k, i] : llvm::enumerate(request.inputs)) {
    if (resultOfArgument(primal, i))
      addContent(primal.getNumArguments() + k);
    else if (mayBeWritten(primal, i))
      attributes[primal.getNumArguments() + k].set("ad.out",
                                                   b.getI64IntegerAttr(-1));
  }

  func::FuncOp function = declareForUser(
      primal, request, "_jvp",
      FunctionType::get(b.getContext(), arguments, results), attributes);
  function->setAttr("ad.derivative", b.getStringAttr("forward"));
  function->setAttr("ad.wrt", request.user.get("wrt"));
  // A value alone is what the primal returns, and needs no name.
  if (members.size() > 1)
    for (auto [r, member] : llvm::enumerate(members))
      function.setResultAttr(r, "ad.member", b.getStringAttr(member));
  return function;
}
