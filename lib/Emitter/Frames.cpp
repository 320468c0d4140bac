//===- Frames.cpp - What forward sweeps leave for reverse sweeps ----------===//
#include "Frames.h"
#include "CxxTypes.h"
#include "Declarators.h"
#include "Parameters.h"

#include "mlir/IR/AttrTypeSubElements.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace adgen;

bool adgen::hasFrames(ModuleOp module) {
  return module.walk([](PackOp) { return WalkResult::interrupt(); })
      .wasInterrupted();
}

/// The user's names, those of variables included.
static llvm::StringSet<> takenNames(ModuleOp module) {
  llvm::StringSet<> names;
  for (StringRef list :
       {"ad.taken_names", "ad.taken_helper_names", "ad.declarations",
        "ad.header_declarations"})
    if (auto texts = module->getAttrOfType<ArrayAttr>(list))
      for (StringRef text : texts.getAsValueRange<StringAttr>())
        collectIdentifiers(text, names);
  AttrTypeWalker walker;
  walker.addWalk([&](LocalAttr local) {
    if (!local.getGenerated())
      names.insert(local.getName());
  });

  module.walk([&](Operation *op) {
    walker.walk(op->getAttrDictionary());
    for (StringRef name : {"ad.name", "ad.spelling", "ad.call_format"})
      collectIdentifiers(stringOf(op, name), names);
  });
  return names;
}

/// Numbers members that have one name.
static ArrayAttr separate(ArrayAttr members) {
  llvm::StringSet<> taken;
  SmallVector<Attribute> separated;
  for (auto local : members.getAsRange<LocalAttr>()) {
    std::string name = local.getName().str();
    for (unsigned i = 2; !taken.insert(name).second; ++i)
      name = local.getName().str() + std::to_string(i);
    auto spelled = StringAttr::get(local.getContext(), name);
    separated.push_back(LocalAttr::get(local.getContext(), local.getId(),
                                       spelled, local.getType(),
                                       local.getGenerated()));
  }
  return ArrayAttr::get(members.getContext(), separated);
}

void adgen::nameFrames(ModuleOp module) {
  llvm::StringSet<> taken = takenNames(module);
  llvm::StringMap<std::string> names;
  llvm::StringMap<ArrayAttr> members;
  module.walk([&](PackOp pack) {
    pack.setMembersAttr(separate(pack.getMembers()));
    StringRef symbol = pack.getFrame().getType().getFunction();
    members[symbol] = pack.getMembersAttr();
    if (names.contains(symbol))
      return;
    auto function = pack->getParentOfType<func::FuncOp>();
    std::string stem = stringOf(function, "ad.base").str() + "_tape";
    std::string name = stem;
    // A member must not be called as its struct.
    for (auto member : pack.getMembers().getAsRange<LocalAttr>())
      taken.insert(member.getName());
    for (unsigned i = 2; !taken.insert(name).second; ++i)
      name = stem + std::to_string(i);
    names[symbol] = name;
  });
  module.walk([&](UnpackOp unpack) {
    unpack->setAttr("locals",
                    members.lookup(unpack.getFrame().getType().getFunction()));
  });
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](FrameType frame) -> Type {
    auto name = names.find(frame.getFunction());
    return name == names.end()
               ? frame
               : FrameType::get(frame.getContext(), name->second);
  });
  module.walk([&](Operation *op) {
    replacer.replaceElementsIn(op, /*replaceAttrs=*/true, /*replaceLocs=*/false,
                               /*replaceTypes=*/true);
  });
}

/// `std::vector<double>` of a tape.
static std::string memberType(Type type) {
  auto tape = dyn_cast<TapeType>(type);
  if (!tape)
    return typeText(type);
  // A std::vector<bool> is slow.
  Type element = tape.getElement();
  return "std::vector<" + (element.isInteger(1) ? "char" : typeText(element)) +
         ">";
}

/// For each frame one operation that fills it.
static SmallVector<PackOp> framesOf(ArrayRef<EmittedFunction> functions) {
  SmallVector<PackOp> packs;
  for (const EmittedFunction &f : functions) {
    func::FuncOp function = f.func;
    function.walk([&](PackOp pack) {
      packs.push_back(pack);
      return WalkResult::interrupt();
    });
  }
  return packs;
}

std::string adgen::printFrames(ArrayRef<EmittedFunction> functions) {
  SmallVector<PackOp> packs = framesOf(functions);
  std::string text;
  // They may hold each other.
  if (packs.size() > 1)
    for (PackOp pack : packs)
      text += "struct " + pack.getFrame().getType().getFunction().str() + ";\n";
  for (PackOp pack : packs) {
    auto function = pack->getParentOfType<func::FuncOp>();
    text += (text.empty() ? "" : "\n") +
            ("// What the reverse sweep of " + stringOf(function, "ad.name") +
             " reads of its forward sweep.\n")
                .str();
    text += "struct " + pack.getFrame().getType().getFunction().str() + " {\n";
    for (auto [value, member] :
         llvm::zip_equal(pack.getValues(), pack.getMembers()))
      text += "  " +
              declare(memberType(value.getType()),
                      cast<LocalAttr>(member).getName().str()) +
              ";\n";
    text += "};\n";
  }
  return text;
}

void adgen::collectFrameNames(ArrayRef<EmittedFunction> functions,
                              llvm::StringSet<> &names) {
  for (PackOp pack : framesOf(functions)) {
    names.insert(pack.getFrame().getType().getFunction());
    for (Attribute member : pack.getMembers())
      names.insert(cast<LocalAttr>(member).getName());
  }
}
