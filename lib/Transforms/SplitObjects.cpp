//===- SplitObjects.cpp - Local objects become their members --------------===//
//
// A local object of a class of which only members are used is as many
// variables:
//
//     %d = ad.var "d"                     %x = ad.var "d_x"
//     %m = ad.member %d "x"          →    %z = ad.var "d_z"
//     ad.store %e, %m                     ad.store %e, %x
//
// which then become values (PromoteVariables): arithmetic on small vectors
// costs, and is differentiated, like that on numbers. (Scalar replacement of
// aggregates; see Muchnick, Advanced Compiler Design and Implementation, 1997,
// section 12.2.)
//
// An object that is handed on as a whole stays one.
//
//===----------------------------------------------------------------------===//
#include "SplitObjects.h"
#include "CheckReshapes.h"
#include "FreshLocals.h"
#include "Reverse.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Dialect/MemberNames.h"
#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/IR/Dominance.h"
#include "llvm/ADT/MapVector.h"

namespace adgen {
#define GEN_PASS_DEF_CHECKOBJECTS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

static constexpr StringLiteral zero = " = {{}}";

/// Whether the member is an array of numbers, which starts as zeros where a
/// shadow does.
static bool isArrayOfNumbers(Type content) {
  if (!isa<ArrayType>(content))
    return false;
  while (auto array = dyn_cast<ArrayType>(content))
    content = array.getElement();
  return !isa<ObjectType, PlaceType>(content);
}

/// Whether a pointer to the number is moved: to the next member.
static bool isMoved(Value place) {
  return llvm::any_of(place.getUsers(), [](Operation *user) {
    return isa<OffsetOp>(user) || (isa<LetOp>(user) && isMoved(user->getResult(0)));
  });
}

static bool isBaseOp(Operation *op) {
  auto member = dyn_cast<MemberOp>(op);
  return member && isBase(member.getName());
}

/// Collects the accesses to members of the object and of its bases; false if somebody
/// else knows it.
static bool collectMembers(Value object, SmallVectorImpl<MemberOp> &members) {
  return llvm::all_of(object.getUsers(), [&](Operation *user) {
    auto member = dyn_cast<MemberOp>(user);
    if (member && !isBaseOp(member))
      members.push_back(member);
    return member && (!isBaseOp(member) || collectMembers(member, members));
  });
}

/// Whether nobody but accesses to members knows the object.
static bool canSplit(VarOp variable) {
  if (!isa<ObjectType>(variable.getType().getElement()) ||
      !variable.getArgs().empty() ||
      (variable.getInit() && *variable.getInit() != zero))
    return false;
  bool isZeroed = variable.getZeroInit() == StringRef(zero);
  SmallVector<MemberOp> members;
  return !variable->use_empty() && collectMembers(variable, members) &&
         llvm::all_of(members, [&](MemberOp member) {
           if (member->hasAttr("inactive"))
             return false;
           Type content = cast<PlaceType>(member.getType()).getElement();
           if (!isa<ArrayType, ObjectType, PlaceType>(content) && isMoved(member))
             return false;
           // How the shadow of a part is made, only this says.
           return isZeroed || !isa<ArrayType, ObjectType>(content) ||
                  (isa<ObjectType>(content) && !variable.getZeroInit()) ||
                  (isArrayOfNumbers(content) &&
                   variable->hasAttr("unshadowed"));
         });
}

/// The spelling of the type of a variable that holds `type`.
static std::string spellContent(Type type) {
  std::string bounds;
  for (auto array = dyn_cast<ArrayType>(type); array;
       array = dyn_cast<ArrayType>(type)) {
    bounds += "[" + std::to_string(array.getSize()) + "]";
    type = array.getElement();
  }
  return spelling(type).str() + bounds;
}

/// Where there are vectors in the member, which may be one of a base.
static DictionaryAttr shapeOfMember(VarOp object, MemberOp part) {
  StringRef name = part.getName();
  auto base = part.getBase().getDefiningOp<MemberOp>();
  auto shape = base ? shapeOfMember(object, base)
                    : object->getAttrOfType<DictionaryAttr>("ad.shape");
  auto members = shape ? shape.getAs<ArrayAttr>("members") : ArrayAttr();
  if (members)
    for (auto member : members.getAsRange<DictionaryAttr>())
      if (member.getAs<StringAttr>("name") == name)
        return member.getAs<DictionaryAttr>("shape");
  return {};
}

/// Whether the variable is a vector, whose shadow is made from its shape.
static bool isShapedVector(VarOp part) {
  auto shape = part->getAttrOfType<DictionaryAttr>("ad.shape");
  return shape && shape.contains("element") && !shape.contains("count");
}

/// The bases that the member is of, and the member.
static std::string pathOf(MemberOp member) {
  auto base = member.getBase().getDefiningOp<MemberOp>();
  return (base ? pathOf(base) : "") + member.getName().str();
}

/// The variable for one member.
static VarOp createPart(VarOp object, MemberOp member, FreshLocals &locals) {
  OpBuilder b(object);
  auto type = cast<PlaceType>(member.getType());
  Type content = type.getElement();
  LocalAttr whole = object.getLocal();
  auto pointer = member->getAttrOfType<StringAttr>("pointer");
  LocalAttr local =
      locals.create(nameOfMember(whole.getName(), member.getName()),
                    pointer ? pointer.str() : spellContent(content));
  if (!whole.getGenerated())
    local = LocalAttr::get(b.getContext(), local.getId(), local.getName(),
                           local.getType(), /*generated=*/false);
  VarOp part = VarOp::create(b, object.getLoc(), type, local);
  bool isPart = isa<ArrayType, ObjectType>(content);
  if (DictionaryAttr shape = shapeOfMember(object, member))
    part->setAttr("ad.shape", shape);
  if (isPart) {
    part.setInitAttr(object.getInitAttr());
    part.setZeroInitAttr(isArrayOfNumbers(content) ? b.getStringAttr(zero)
                                                   : object.getZeroInitAttr());
    for (StringRef mark : {"unshadowed", "unmade"})
      if (object->hasAttr(mark) && isa<ObjectType>(content) && !isShapedVector(part))
        part->setAttr(mark, b.getUnitAttr());
    // How the shadow of a part is made, the whole does not say.
    if (object->hasAttr("zero_parts") && !isShapedVector(part))
      part->setAttr("unshadowed", b.getUnitAttr());
  } else if (object.getInit() && !isa<PlaceType>(content)) {
    Value nothing = createConstant(b, object.getLoc(), content, 0);
    StoreOp::create(b, object.getLoc(), nothing, part);
  }
  return part;
}

/// Erases the accesses to members and bases, which nobody uses.
static void eraseMembers(Value object) {
  for (Operation *user : llvm::make_early_inc_range(object.getUsers())) {
    eraseMembers(user->getResult(0));
    user->erase();
  }
}

/// A member that is a reference, and bound once, is what it refers to.
static bool replaceReference(VarOp part, DominanceInfo &dominance) {
  StoreOp binding;
  for (Operation *user : part->getUsers()) {
    auto store = dyn_cast<StoreOp>(user);
    bool isBinding = store && store.getPlace() == part.getResult() && !binding;
    if (isBinding)
      binding = store;
    else if (!isa<LoadOp>(user))
      return false;
  }
  bool isBound = binding && llvm::all_of(part->getUsers(), [&](Operation *user) {
    return user == binding || dominance.properlyDominates(binding, user);
  });
  if (!isBound)
    return false;
  for (Operation *user : llvm::make_early_inc_range(part->getUsers())) {
    if (auto load = dyn_cast<LoadOp>(user))
      load.replaceAllUsesWith(binding.getValue());
    if (user != binding)
      user->erase();
  }
  binding.erase();
  part.erase();
  return true;
}

bool adgen::splitObjects(func::FuncOp function) {
  SmallVector<VarOp> objects;
  function.walk([&](VarOp variable) { objects.push_back(variable); });
  std::optional<FreshLocals> locals;
  DominanceInfo dominance(function);
  // Parts may be objects themselves.
  for (size_t i = 0; i < objects.size(); ++i) {
    VarOp object = objects[i];
    if (!canSplit(object))
      continue;
    if (!locals)
      locals.emplace(function);
    llvm::MapVector<StringAttr, VarOp> parts;
    SmallVector<MemberOp> members;
    collectMembers(object, members);
    llvm::DenseSet<Operation *> references;
    for (MemberOp member : llvm::reverse(members)) {
      VarOp &part = parts[StringAttr::get(object.getContext(), pathOf(member))];
      if (!part)
        part = createPart(object, member, *locals);
      member.replaceAllUsesWith(part.getResult());
      if (member->hasAttr("reference"))
        references.insert(part);
    }
    eraseMembers(object);
    for (auto &[name, part] : parts)
      if (!references.contains(part) || !replaceReference(part, dominance))
        objects.push_back(part);
    object.erase();
  }
  return bool(locals);
}

/// Calls `note` for the accesses to members that the module's list `name` has an entry of:
/// the class, the member, and more.
static void noteMembers(ModuleOp module, StringRef name,
                        llvm::function_ref<void(MemberOp, ArrayAttr)> note) {
  auto list = module->getAttrOfType<ArrayAttr>(name);
  if (!list)
    return;
  module.walk([&](MemberOp op) {
    auto object = dyn_cast<ObjectType>(contentOf(op.getBase()));
    for (auto entry : list.getAsRange<ArrayAttr>())
      if (object && cast<StringAttr>(entry[0]) == object.getSpelling() &&
          cast<StringAttr>(entry[1]) == op.getName())
        note(op, entry);
  });
}

/// Says of each base what it takes to name it in the output.
static void nameBase(MemberOp op, ArrayAttr entry) {
  op->setAttr("hidden", entry[2]);
  if (cast<BoolAttr>(entry[3]).getValue())
    op->setAttr("cast", UnitAttr::get(op.getContext()));
}

/// Says of each access to a private member which function finds it in the output.
static void nameFinder(MemberOp op, ArrayAttr entry) { op->setAttr("finder", entry[3]); }

namespace {
/// An object that stayed one is declared before its members are set.
struct CheckObjects : adgen::impl::CheckObjectsBase<CheckObjects> {
  void runOnOperation() override {
    noteMembers(getOperation(), "ad.private_members", nameFinder);
    noteMembers(getOperation(), "ad.base_classes", nameBase);
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (!function->hasAttr("ad.derivative"))
        continue;
      function.walk([&](MemberOp member) {
        if (!member->hasAttr("reference") || !member->hasAttr("finder"))
          return;
        emitError(member.getLoc()) << formatMessage(
            Diag::ReferenceMember,
            {member.getName().str(), "and private, which C++ has no way to find"});
        signalPassFailure();
      });
      if (failed(checkScopes(function)))
        signalPassFailure();
      function.walk([&](VarOp variable) {
        if (!variable->hasAttr("unmade"))
          return;
        emitError(variable.getLoc()) << formatMessage(
            Diag::UnmadeObject, {variable.getLocal().getType().getValue().str()});
        signalPassFailure();
      });
    }
  }
};
} // namespace
