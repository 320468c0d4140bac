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
#include "FreshLocals.h"
#include "Reverse.h"

#include "adgen/Dialect/MemberNames.h"
#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

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

/// Whether nobody but accesses to members knows the object.
static bool canSplit(VarOp variable) {
  if (!isa<ObjectType>(variable.getType().getElement()) ||
      !variable.getArgs().empty() ||
      (variable.getInit() && *variable.getInit() != zero))
    return false;
  bool isZeroed = variable.getZeroInit() == StringRef(zero);
  return !variable->use_empty() &&
         llvm::all_of(variable->getUsers(), [&](Operation *user) {
           auto member = dyn_cast<MemberOp>(user);
           if (!member || member->hasAttr("inactive"))
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

/// Where there are vectors in the member.
static DictionaryAttr shapeOfMember(VarOp object, StringRef name) {
  auto shape = object->getAttrOfType<DictionaryAttr>("ad.shape");
  auto members = shape ? shape.getAs<ArrayAttr>("members") : ArrayAttr();
  if (members)
    for (auto member : members.getAsRange<DictionaryAttr>())
      if (member.getAs<StringAttr>("name") == name)
        return member.getAs<DictionaryAttr>("shape");
  return {};
}

/// Whether the variable is a vector, whose shadow is made from its shape.
static bool isVector(VarOp part) {
  auto shape = part->getAttrOfType<DictionaryAttr>("ad.shape");
  return shape && shape.contains("element") && !shape.contains("count");
}

/// The variable for one member.
static VarOp createPart(VarOp object, MemberOp member, FreshLocals &locals) {
  OpBuilder b(object);
  auto type = cast<PlaceType>(member.getType());
  Type content = type.getElement();
  LocalAttr whole = object.getLocal();
  LocalAttr local =
      locals.create(nameOfMember(whole.getName(), member.getName()),
                    spellContent(content));
  if (!whole.getGenerated())
    local = LocalAttr::get(b.getContext(), local.getId(), local.getName(),
                           local.getType(), /*generated=*/false);
  VarOp part = VarOp::create(b, object.getLoc(), type, local);
  bool isPart = isa<ArrayType, ObjectType>(content);
  if (DictionaryAttr shape = shapeOfMember(object, member.getName()))
    part->setAttr("ad.shape", shape);
  if (isPart) {
    part.setInitAttr(object.getInitAttr());
    part.setZeroInitAttr(isArrayOfNumbers(content) ? b.getStringAttr(zero)
                                                   : object.getZeroInitAttr());
    for (StringRef mark : {"unshadowed", "unmade"})
      if (object->hasAttr(mark) && isa<ObjectType>(content) && !isVector(part))
        part->setAttr(mark, b.getUnitAttr());
    // How the shadow of a part is made, the whole does not say.
    if (object->hasAttr("zero_parts") && !isVector(part))
      part->setAttr("unshadowed", b.getUnitAttr());
  } else if (object.getInit() && !isa<PlaceType>(content)) {
    Value nothing = createConstant(b, object.getLoc(), content, 0);
    StoreOp::create(b, object.getLoc(), nothing, part);
  }
  return part;
}

bool adgen::splitObjects(func::FuncOp function) {
  SmallVector<VarOp> objects;
  function.walk([&](VarOp variable) { objects.push_back(variable); });
  std::optional<FreshLocals> locals;
  // Parts may be objects themselves.
  for (size_t i = 0; i < objects.size(); ++i) {
    VarOp object = objects[i];
    if (!canSplit(object))
      continue;
    if (!locals)
      locals.emplace(function);
    llvm::MapVector<StringRef, VarOp> parts;
    SmallVector<Operation *> members(object->getUsers());
    for (Operation *user : llvm::reverse(members)) {
      auto member = cast<MemberOp>(user);
      VarOp &part = parts[member.getName()];
      if (!part)
        part = createPart(object, member, *locals);
      member.replaceAllUsesWith(part.getResult());
      member.erase();
    }
    for (auto &[name, part] : parts)
      objects.push_back(part);
    object.erase();
  }
  return bool(locals);
}

/// Says of each access to a private member which function finds it in the
/// output.
static void nameFinders(ModuleOp module) {
  auto list = module->getAttrOfType<ArrayAttr>("ad.private_members");
  if (!list)
    return;
  module.walk([&](MemberOp op) {
    auto object = dyn_cast<ObjectType>(
        cast<PlaceType>(op.getBase().getType()).getElement());
    for (auto entry : list.getAsRange<ArrayAttr>())
      if (object && cast<StringAttr>(entry[0]) == object.getSpelling() &&
          cast<StringAttr>(entry[1]) == op.getName())
        op->setAttr("finder", entry[3]);
  });
}

namespace {
/// An object that stayed one is declared before its members are set.
struct CheckObjects : adgen::impl::CheckObjectsBase<CheckObjects> {
  void runOnOperation() override {
    nameFinders(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (!function->hasAttr("ad.derivative"))
        continue;
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
