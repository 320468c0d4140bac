//===- PruneDeclarations.cpp - Copies that the derivatives do not use -----===//
//
// The front end copies what the primal mentions; differentiation drops some of
// it. What is mentioned at the end stands in the derivatives' string attributes
// (spellings of constants, types of variables, labels) and in the spelling of
// the functions of the user's that they call. From there on the front end has
// recorded what needs what.
//
//===----------------------------------------------------------------------===//
#include "PruneDeclarations.h"

#include "adgen/Dialect/AD.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace adgen;

namespace {

/// The identifiers that the derivatives' text will have, of the user's.
class MentionedWords {
public:
  explicit MentionedWords(ModuleOp module);

  bool contains(StringRef word) const { return words.contains(word); }

private:
  void addText(StringRef text);
  void addAttribute(Attribute attribute);
  void addSignature(func::FuncOp function);
  void addCallee(func::FuncOp callee);

  llvm::StringSet<> words;
};

} // namespace

void MentionedWords::addText(StringRef text) {
  auto isPart = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  while (!text.empty()) {
    StringRef word = text.take_while(isPart);
    if (!word.empty())
      words.insert(word);
    text = text.drop_front(std::max<size_t>(word.size(), 1));
  }
}

void MentionedWords::addAttribute(Attribute attribute) {
  if (!attribute)
    return;
  attribute.walk<WalkOrder::PreOrder>([&](Attribute part) {
    // The name of a variable is nobody else's; symbols are followed by calls.
    if (auto local = dyn_cast<LocalAttr>(part)) {
      addText(local.getType().getValue());
      return WalkResult::skip();
    }
    if (isa<SymbolRefAttr>(part))
      return WalkResult::skip();
    if (auto text = dyn_cast<StringAttr>(part))
      addText(text.getValue());
    return WalkResult::advance();
  });
}

/// The types and defaults of the parameters and results: what the function
/// itself is called is no mention of anything.
void MentionedWords::addSignature(func::FuncOp function) {
  addAttribute(function->getAttr("ad.return_type"));
  if (ArrayAttr arguments = function.getAllArgAttrs())
    addAttribute(arguments);
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    addAttribute(function.getResultAttr(i, "ad.type"));
}

/// What the emitter calls by the user's name: a primal, or a hand-written rule.
void MentionedWords::addCallee(func::FuncOp callee) {
  if (callee->hasAttr("ad.derivative") && !callee.isDeclaration())
    return;
  for (StringRef name : {"ad.spelling", "ad.name", "ad.result_struct"})
    if (auto text = callee->getAttrOfType<StringAttr>(name))
      addText(text.getValue());
}

MentionedWords::MentionedWords(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>()) {
    if (!function->hasAttr("ad.derivative") || function.isDeclaration())
      continue;
    addSignature(function);
    function.getBody().walk([&](Operation *op) {
      addAttribute(op->getAttrDictionary());
      addAttribute(op->getPropertiesAsAttribute());
      if (auto call = dyn_cast<CallOp>(op))
        if (auto callee = module.lookupSymbol<func::FuncOp>(call.getCallee()))
          addCallee(callee);
    });
  }
}

static void keepOnly(ModuleOp module, StringRef name,
                     const llvm::BitVector &kept) {
  auto list = module->getAttrOfType<ArrayAttr>(name);
  SmallVector<Attribute> left;
  for (unsigned i : kept.set_bits())
    left.push_back(list[i]);
  module->setAttr(name, ArrayAttr::get(module.getContext(), left));
}

LogicalResult adgen::pruneDeclarations(ModuleOp module) {
  auto names = module->getAttrOfType<ArrayAttr>("ad.declared_names");
  auto needs = module->getAttrOfType<ArrayAttr>("ad.declared_needs");
  auto refusals = module->getAttrOfType<ArrayAttr>("ad.declared_refusals");
  if (!names || !needs || !refusals)
    return success();
  MentionedWords words(module);
  llvm::BitVector kept(names.size());
  SmallVector<unsigned> open;
  auto keep = [&](unsigned i) {
    if (!kept.test(i))
      open.push_back(i);
    kept.set(i);
  };
  for (auto [i, list] : llvm::enumerate(names))
    for (StringRef name : cast<ArrayAttr>(list).getAsValueRange<StringAttr>())
      if (words.contains(name))
        keep(i);
  while (!open.empty())
    for (APInt needed : cast<ArrayAttr>(needs[open.pop_back_val()])
                            .getAsValueRange<IntegerAttr>())
      keep(needed.getZExtValue());

  bool refused = false;
  for (unsigned i : kept.set_bits())
    if (auto refusal = dyn_cast<DictionaryAttr>(refusals[i])) {
      emitError(Location(refusal.getAs<LocationAttr>("loc")))
          << refusal.getAs<StringAttr>("message").getValue();
      refused = true;
    }
  keepOnly(module, "ad.declarations", kept);
  // Positions have changed, and nobody asks any more.
  for (StringRef name :
       {"ad.declared_names", "ad.declared_needs", "ad.declared_refusals"})
    module->removeAttr(name);
  return failure(refused);
}
