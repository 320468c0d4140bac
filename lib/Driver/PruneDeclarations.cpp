//===- PruneDeclarations.cpp - Copies that the derivatives do not use -----===//
//
// The front end copies what the primal mentions; differentiation drops some of
// it. What is mentioned at the end stands in the derivatives' string attributes:
// spellings of constants, types of variables, labels.
//
//===----------------------------------------------------------------------===//
#include "PruneDeclarations.h"

#include "adgen/Dialect/AD.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace adgen;

/// Adds the identifiers in `text`.
static void addWords(StringRef text, llvm::StringSet<> &words) {
  auto isPart = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  while (!text.empty()) {
    StringRef word = text.take_while(isPart);
    if (!word.empty())
      words.insert(word);
    text = text.drop_front(std::max<size_t>(word.size(), 1));
  }
}

static void addWords(Attribute attribute, llvm::StringSet<> &words) {
  if (attribute)
    attribute.walk([&](StringAttr text) { addWords(text.getValue(), words); });
}

static llvm::StringSet<> mentionedWords(ModuleOp module) {
  llvm::StringSet<> words;
  for (auto function : module.getOps<func::FuncOp>())
    if (function->hasAttr("ad.derivative"))
      function->walk([&](Operation *op) {
        addWords(op->getAttrDictionary(), words);
        addWords(op->getPropertiesAsAttribute(), words);
      });
  return words;
}

void adgen::pruneDeclarations(ModuleOp module) {
  auto texts = module->getAttrOfType<ArrayAttr>("ad.declarations");
  auto names = module->getAttrOfType<ArrayAttr>("ad.declared_names");
  if (!texts || !names || texts.size() != names.size())
    return;
  llvm::StringSet<> words = mentionedWords(module);
  // Backwards, since a declaration needs only those before it.
  SmallVector<Attribute> keptTexts, keptNames;
  bool keptAny = false;
  for (size_t i = texts.size(); i-- > 0;) {
    auto declared = cast<ArrayAttr>(names[i]).getAsValueRange<StringAttr>();
    // What has no name, as a using-directive, serves the others.
    if (declared.empty() ? !keptAny : llvm::none_of(declared, [&](StringRef name) {
          return words.contains(name);
        }))
      continue;
    keptAny |= !declared.empty();
    addWords(texts[i], words);
    keptTexts.push_back(texts[i]);
    keptNames.push_back(names[i]);
  }
  std::reverse(keptTexts.begin(), keptTexts.end());
  std::reverse(keptNames.begin(), keptNames.end());
  Builder b(module.getContext());
  module->setAttr("ad.declarations", b.getArrayAttr(keptTexts));
  module->setAttr("ad.declared_names", b.getArrayAttr(keptNames));
}
