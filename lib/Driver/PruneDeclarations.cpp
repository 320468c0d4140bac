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
#include "adgen/Support/Text.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;
using namespace adgen;

namespace {

/// The identifiers that the derivatives' text will have, of the user's.
class MentionedWords {
public:
  explicit MentionedWords(ModuleOp module);

  bool contains(StringRef word) const { return words.contains(word); }

  /// Whether a mention of `word` may mean what stands in the namespace `scope`: it is
  /// qualified, or within that namespace.
  bool mayMean(StringRef word, StringRef scope) const;

private:
  void addText(StringRef text);
  void addAttribute(Attribute attribute);
  void addSignature(func::FuncOp function);
  void addCallee(func::FuncOp callee);

  llvm::StringSet<> words;
  /// Where a word stands: the namespace of the function, `::d` for `d::word`; `*` if that
  /// is not known.
  llvm::StringMap<llvm::StringSet<>> scopes;
  /// The namespace of the function whose text is added.
  std::string current = "*";
};

} // namespace

void MentionedWords::addText(StringRef text) {
  auto isPart = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  std::string qualifier;
  while (!text.empty()) {
    // What stands in a string names nothing.
    if (size_t length = lengthOfLiteral(text)) {
      text = text.drop_front(length);
      qualifier.clear();
      continue;
    }
    StringRef word = text.take_while(isPart);
    if (!word.empty()) {
      words.insert(word);
      scopes[word].insert(qualifier.empty() ? current : "::" + qualifier);
    }
    text = text.drop_front(std::max<size_t>(word.size(), 1));
    if (word.empty() || !text.consume_front("::"))
      qualifier.clear();
    else
      qualifier += (qualifier.empty() ? "" : "::") + word.str();
  }
}

bool MentionedWords::mayMean(StringRef word, StringRef scope) const {
  auto found = scopes.find(word);
  return found != scopes.end() &&
         llvm::any_of(found->second, [&](const auto &entry) {
           StringRef from = entry.getKey();
           if (from.starts_with("::"))
             return scope == from.drop_front(2) || scope.ends_with(from);
           return from == "*" || from == scope || scope.empty() ||
                  (from.starts_with(scope) &&
                   from.drop_front(scope.size()).starts_with("::"));
         });
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
    // What an attribute is called is no text.
    if (auto list = dyn_cast<DictionaryAttr>(part)) {
      for (NamedAttribute named : list)
        addAttribute(named.getValue());
      return WalkResult::skip();
    }
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

/// Where the last component of a qualified name begins: behind `Tr<ns::A>::`.
static size_t findBase(StringRef name) {
  unsigned depth = 0;
  size_t begin = 0;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '<' || name[i] == '(')
      ++depth;
    else if (depth && (name[i] == '>' || name[i] == ')'))
      --depth;
    else if (!depth && name[i] == ':')
      begin = i + 1;
  }
  return begin;
}

/// What the emitter calls by the user's name: a primal, or a hand-written rule.
void MentionedWords::addCallee(func::FuncOp callee) {
  bool isDerivative = callee->hasAttr("ad.derivative");
  if (isDerivative && !callee.isDeclaration())
    return;
  auto stringOf = [&](StringRef name) {
    auto text = callee->getAttrOfType<StringAttr>(name);
    return text ? text.getValue() : StringRef();
  };
  StringRef spelling = stringOf("ad.spelling");
  StringRef full = spelling.empty() ? stringOf("ad.name") : spelling;
  auto line = callee->getAttrOfType<IntegerAttr>("ad.line");
  StringRef scope = full.take_front(findBase(full));
  auto [base, arguments] = full.drop_front(scope.size()).split('<');
  addText(stringOf("ad.call_format"));
  // `g@12` is this one of the overloads; `Power<3>{}` is called as an object.
  bool isFunctionName =
      !full.ends_with("}") && llvm::all_of(base, [](char c) { return llvm::isAlnum(c) || c == '_'; });
  if (!spelling.empty() && !isDerivative && line && isFunctionName) {
    addText(scope);
    addText(arguments);
    words.insert((base + "@" + Twine(line.getInt())).str());
  } else if (!full.contains("(lambda)")) {
    // A lambda is named after the function that it stands in, but for its output.
    addText(full);
  }
  addText(stringOf("ad.result_struct"));
}

/// Whether the text has the function itself, as it has no name to call it by: a lambda.
static bool isCopied(func::FuncOp function) {
  return !function.isDeclaration() && !function->hasAttr("ad.derivative") &&
         !function->hasAttr("ad.spelling") &&
         !function->hasAttr("ad.call_format");
}

MentionedWords::MentionedWords(ModuleOp module) {
  llvm::SmallSetVector<func::FuncOp, 8> printed;
  for (auto function : module.getOps<func::FuncOp>())
    if (function->hasAttr("ad.derivative") && !function.isDeclaration())
      printed.insert(function);
  for (unsigned i = 0; i != printed.size(); ++i) {
    func::FuncOp function = printed[i];
    current = "*";
    addSignature(function);
    if (auto spaces = function->getAttrOfType<ArrayAttr>("ad.namespace")) {
      auto names = spaces.getAsValueRange<StringAttr>();
      current = llvm::join(names.begin(), names.end(), "::");
    }
    function.getBody().walk([&](Operation *op) {
      addAttribute(op->getAttrDictionary());
      addAttribute(op->getPropertiesAsAttribute());
      auto call = dyn_cast<CallOp>(op);
      auto callee = call ? module.lookupSymbol<func::FuncOp>(call.getCallee())
                         : func::FuncOp();
      if (!callee)
        return;
      llvm::SaveAndRestore anywhere(current, std::string("*"));
      addCallee(callee);
      if (isCopied(callee))
        printed.insert(callee);
    });
  }
}

//===----------------------------------------------------------------------===//
// Namespaces
//===----------------------------------------------------------------------===//

/// The lines with which `text` opens namespaces.
static StringRef openings(StringRef text) {
  size_t end = 0;
  while (true) {
    StringRef line = text.drop_front(end).split('\n').first;
    bool opens =
        line.starts_with("namespace ") || line.starts_with("inline namespace ");
    if (!opens || !line.ends_with("{"))
      return text.take_front(end);
    end += line.size() + 1;
  }
}

/// Neighbours in the same namespaces become one text.
static void joinNamespaces(ModuleOp module, StringRef name) {
  auto list = module->getAttrOfType<ArrayAttr>(name);
  if (!list)
    return;
  std::vector<std::string> joined;
  for (StringRef text : list.getAsValueRange<StringAttr>()) {
    StringRef head = openings(text);
    if (head.empty() || joined.empty() || openings(joined.back()) != head) {
      joined.push_back(text.str());
      continue;
    }
    // Without the lines that close them.
    StringRef before = joined.back();
    for (size_t lines = head.count('\n'); lines > 0; --lines)
      before = before.rsplit('\n').first;
    joined.back() = (before + "\n" + text.drop_front(head.size())).str();
  }
  Builder b(module.getContext());
  module->setAttr(name, b.getStrArrayAttr(SmallVector<StringRef>(
                            joined.begin(), joined.end())));
}

//===----------------------------------------------------------------------===//
// Pruning
//===----------------------------------------------------------------------===//

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
  // A variable of a namespace that no mention means, if there is another one that one does.
  llvm::StringSet<> meant;
  auto split = [](StringRef name) {
    auto [scope, base] = name.rsplit("::");
    return base.empty() ? std::pair(StringRef(), name) : std::pair(scope, base);
  };
  for (Attribute list : names)
    for (StringRef name : cast<ArrayAttr>(list).getAsValueRange<StringAttr>())
      if (auto [scope, base] = split(name); words.mayMean(base, scope))
        meant.insert(base);
  for (auto [i, list] : llvm::enumerate(names))
    for (StringRef name : cast<ArrayAttr>(list).getAsValueRange<StringAttr>()) {
      auto [scope, base] = split(name);
      bool isOther = !scope.empty() && !words.mayMean(base, scope) && meant.contains(base);
      if (words.contains(base) && !isOther)
        keep(i);
    }
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
  keepOnly(module, "ad.declared_names", kept);
  joinNamespaces(module, "ad.declarations");
  joinNamespaces(module, "ad.header_declarations");
  // Positions have changed, and nobody asks any more.
  for (StringRef name : {"ad.declared_needs", "ad.declared_refusals"})
    module->removeAttr(name);
  return failure(refused);
}
