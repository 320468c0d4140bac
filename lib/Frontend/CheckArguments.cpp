//===- CheckArguments.cpp - How arguments are made to check a derivative --===//
//
// A program that checks a derivative calls the function with arguments that it
// has chosen. Each is kept in a variable:
//
//   const double *x                double *x                 x
//   const std::vector<Vec3> &v     std::vector<Vec3> v       v
//   double (&a)[3]                 double a[3]               a
//   std::span<const double> s      std::span<double> s       s
//   T &&t                          T t                       std::move(t)
//
// The program walks through the variable down to the numbers: elements of
// arrays, containers and what pointers and spans lead to, and members of
// classes, which are listed here. Where there is something else, nothing is
// known of what it must be.
//
//===----------------------------------------------------------------------===//
#include "CheckArguments.h"
#include "Annotations.h"
#include "Classes.h"
#include "Queries.h"
#include "Signatures.h"
#include "Spelling.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace adgen;

namespace {

/// How one argument is kept and passed.
struct Argument {
  std::string storage;
  /// With `{0}` for the variable.
  std::string call = "{0}";
  /// Empty if it is made of nothing.
  std::string initializer;
};

class ArgumentDescriber {
public:
  ArgumentDescriber(ASTContext &ast, mlir::Builder &b, SourceNeeds &needs)
      : ast(ast), b(b), needs(needs) {}

  /// The `ad.check` of a function, by one of its requests.
  mlir::DictionaryAttr describe(const Request &request, bool leavesGaps);

  /// The classes whose members the arguments of all functions have, and their
  /// enumerations.
  mlir::ArrayAttr classes() { return b.getArrayAttr(described); }

  bool failed = false;

private:
  std::optional<Argument> make(QualType type, Spelling &spelling);
  bool accept(QualType type);
  void describeEnumerators(const EnumDecl &enumeration);
  bool isMade(QualType type) const;
  std::string making(const CXXRecordDecl &record);
  bool acceptClass(QualType type, const CXXRecordDecl &record);
  bool refuse(const llvm::Twine &why) {
    if (reason.empty())
      reason = why.str();
    return false;
  }
  mlir::NamedAttribute text(llvm::StringRef name, const llvm::Twine &value) {
    return b.getNamedAttr(name, b.getStringAttr(value));
  }

  ASTContext &ast;
  mlir::Builder &b;
  SourceNeeds &needs;
  const FunctionDecl *function = nullptr;
  /// Why the last type was not accepted.
  std::string reason;
  llvm::SmallPtrSet<const TagDecl *, 8> seen, open;
  /// Classes whose objects are made by a constructor with arguments.
  llvm::SmallPtrSet<const CXXRecordDecl *, 8> made;
  llvm::SmallVector<mlir::Attribute> described;
};

} // namespace

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// Whether the program can make objects of the class of nothing.
static bool isMadeOfNothing(const CXXRecordDecl &record) {
  if (record.isAggregate() || record.needsImplicitDefaultConstructor() ||
      record.isInStdNamespace())
    return true;
  return llvm::any_of(record.ctors(),
                      [](const CXXConstructorDecl *constructor) {
                        return constructor->isDefaultConstructor() &&
                               !constructor->isDeleted() &&
                               constructor->getAccess() == AS_public;
                      });
}

/// `(5, 5)`: what a constructor that takes numbers alone is given. Integers are
/// what integers are in checks, since they may be sizes. Empty if there is
/// none.
static std::string constructorArguments(const CXXRecordDecl &record) {
  for (const CXXConstructorDecl *constructor : record.ctors()) {
    std::string text;
    bool isUsable = constructor->getAccess() == AS_public &&
                    !constructor->isDeleted() &&
                    constructor->getNumParams() > 0;
    for (const ParmVarDecl *param : constructor->parameters()) {
      QualType type = param->getType().getNonReferenceType();
      isUsable &= type->isArithmeticType() && !type->isAnyComplexType();
      text += text.empty() ? "" : ", ";
      text += type->isBooleanType()   ? "true"
              : type->isIntegerType() ? "5"
                                      : "1";
    }
    if (isUsable)
      return "(" + text + ")";
  }
  return "";
}

/// Whether an object of the type has to be made by a constructor with
/// arguments.
bool ArgumentDescriber::isMade(QualType type) const {
  if (const ConstantArrayType *array = ast.getAsConstantArrayType(type))
    return isMade(array->getElementType());
  if (std::optional<Container> container = getContainer(type))
    return container->kind == Container::Array && isMade(container->element);
  const CXXRecordDecl *record = type->getAsCXXRecordDecl();
  return record && made.contains(record->getDefinition());
}

/// How an object is made where there is no default constructor: what stands
/// behind the class's name; empty if that is not needed.
std::string ArgumentDescriber::making(const CXXRecordDecl &record) {
  if (!isMadeOfNothing(record))
    return constructorArguments(record);
  if (llvm::none_of(getMembers(record), [&](const Member &member) {
        return isMade(member.type);
      }))
    return "";
  std::string text;
  Spelling spelling(*function, ast, needs);
  for (const Member &member : getMembers(record))
    text += (text.empty() ? "" : ", ") +
            (isMade(member.type)
                 ? "Made<" + spelling.object(member.type) + ">::make()"
                 : std::string("{}"));
  return "{" + text + "}";
}

bool ArgumentDescriber::acceptClass(QualType type,
                                    const CXXRecordDecl &record) {
  if (open.contains(&record))
    return refuse("it leads to objects of its own class");
  if (!isMadeOfNothing(record) && constructorArguments(record).empty())
    return refuse("class '" + record.getNameAsString() +
                  "' has no constructor without arguments or of numbers alone");
  bool isKnown = getPlainClass(type) && !isEmptyClass(type);
  // What has no numbers to differentiate stays as its constructor makes it.
  if (!isKnown && isDifferentiable(type))
    return refuse("class '" + record.getNameAsString() +
                  "' has bases or copies of its own making");
  bool isNew = seen.insert(&record).second;
  open.insert(&record);
  llvm::SmallVector<mlir::Attribute> members;
  if (isKnown)
    for (const Member &member : getMembers(record)) {
      if (member.base && isEmptyClass(member.type))
        continue;
      if (isConst(member.type))
        return refuse("member '" + member.name + "' is const");
      if (!accept(member.type))
        return false;
      bool isInArray = !member.type->isRecordType() || getContainer(member.type);
      if (isMade(member.type) && (isInArray || !record.isAggregate()))
        return refuse("member '" + member.name + "' has no default constructor");
      Spelling spelling(*function, ast, needs);
      members.push_back(b.getDictionaryAttr(
          {text("name", member.base ? member.type->getAsCXXRecordDecl()->getNameAsString()
                                    : member.name),
           text("base", member.base ? spelling.object(member.type) : ""),
           b.getNamedAttr("is_hidden", b.getBoolAttr(member.isHidden())),
           b.getNamedAttr("is_inactive", b.getBoolAttr(member.isInactive()))}));
    }
  open.erase(&record);
  std::string make = making(record);
  if (!make.empty()) {
    if (record.isInStdNamespace())
      return refuse("a member has no default constructor");
    made.insert(&record);
  }
  if (isNew && !record.isInStdNamespace()) {
    Spelling spelling(*function, ast, needs);
    described.push_back(b.getDictionaryAttr(
        {text("type", spelling.object(type)), text("make", make),
         b.getNamedAttr("members", b.getArrayAttr(members))}));
  }
  return true;
}

/// A program that draws a value must know which there are.
void ArgumentDescriber::describeEnumerators(const EnumDecl &enumeration) {
  const EnumDecl *definition = enumeration.getDefinition();
  if (!definition || !definition->getDeclName() ||
      !seen.insert(definition).second)
    return;
  llvm::SmallVector<int64_t> values;
  for (const EnumConstantDecl *constant : definition->enumerators())
    values.push_back(constant->getInitVal().getExtValue());
  Spelling spelling(*function, ast, needs);
  described.push_back(b.getDictionaryAttr(
      {text("type", spelling.object(ast.getCanonicalTagType(definition))),
       b.getNamedAttr("enumerators", b.getI64ArrayAttr(values))}));
}

/// Whether the program can fill in an object of the type.
bool ArgumentDescriber::accept(QualType type) {
  type = type.getCanonicalType();
  if (type.isVolatileQualified())
    return refuse("it is volatile");
  if (const auto *enumeration = type->getAs<EnumType>()) {
    describeEnumerators(*enumeration->getDecl());
    return true;
  }
  if (type->isArithmeticType() && !type->isAnyComplexType())
    return true;
  if (const ConstantArrayType *array = ast.getAsConstantArrayType(type))
    return accept(array->getElementType());
  if (std::optional<Container> container = getContainer(type)) {
    if (container->kind == Container::UniqueArray)
      return refuse("nobody else knows the size of a unique pointer's array");
    return accept(container->element);
  }
  if (type->isPointerType()) {
    QualType target = type->getPointeeType();
    if (target->isFunctionType())
      return refuse("it is a function");
    if (!target->isObjectType() || target->isIncompleteType())
      return refuse("what it points to is not known");
    return accept(target);
  }
  if (const CXXRecordDecl *record = type->getAsCXXRecordDecl())
    if (record->hasDefinition() && !record->isLambda())
      return acceptClass(type, *record->getDefinition());
  return refuse("nothing is known of such an object");
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

/// How an argument for a parameter of the type is kept; nothing if it cannot
/// be.
std::optional<Argument> ArgumentDescriber::make(QualType type,
                                                Spelling &spelling) {
  Argument argument;
  if (type->isRValueReferenceType())
    argument.call = "std::move({0})";
  QualType object = type.getNonReferenceType();
  if (type->isLValueReferenceType() && !isConst(object) &&
      (isView(object) || object->isPointerType())) {
    (void)refuse("it refers to a view");
    return {};
  }
  reason.clear();
  open.clear();
  if (!accept(object))
    return {};
  object = ast.getUnqualifiedArrayType(object);
  if (object->isPointerType()) {
    QualType target = ast.getUnqualifiedArrayType(object->getPointeeType());
    argument.storage = spelling.type(ast.getPointerType(target));
  } else if (isView(object)) {
    std::string element =
        spelling.type(getContainer(object)->element.getUnqualifiedType());
    const auto *instance =
        cast<ClassTemplateSpecializationDecl>(object->getAsCXXRecordDecl());
    llvm::APSInt extent = instance->getTemplateArgs()[1].getAsIntegral();
    argument.storage =
        extent.isAllOnes()
            ? "std::span<" + element + ">"
            : "std::array<" + element + ", " + llvm::toString(extent, 10) + ">";
  } else {
    argument.storage = spelling.type(object);
    if (isMade(object)) {
      if (!object->isRecordType() || getContainer(object)) {
        (void)refuse("its elements have no default constructor");
        return {};
      }
      argument.initializer =
          "adgen::Made<" + spelling.object(object) + ">::make()";
    }
  }
  return argument;
}

static bool contains(llvm::ArrayRef<unsigned> positions, unsigned i) {
  return llvm::is_contained(positions, i);
}

/// What the parameter is to the derivative.
static llvm::StringRef roleOf(const Request &request, unsigned i) {
  Passing passing = passingOf(*request.function->getParamDecl(i));
  bool isWrt = contains(request.wrt, i);
  if (contains(request.inactive, i) || passing == Passing::None)
    return "constant";
  if (passing == Passing::Writes)
    return "written";
  if (!isWrt)
    return "constant";
  return passing == Passing::Value ? "value" : "read";
}

mlir::DictionaryAttr ArgumentDescriber::describe(const Request &request,
                                                 bool leavesGaps) {
  function = request.function;
  Spelling spelling(*function, ast, needs);
  llvm::SmallVector<mlir::Attribute> parameters;
  for (unsigned i = 0; i < function->getNumParams(); ++i) {
    const ParmVarDecl &param = *function->getParamDecl(i);
    llvm::SmallVector<mlir::NamedAttribute> entries{
        text("name", parameterName(*function, i)),
        text("role", roleOf(request, i))};
    if (std::optional<Argument> argument = make(param.getType(), spelling)) {
      entries.push_back(text("storage", argument->storage));
      entries.push_back(text("call", argument->call));
      entries.push_back(text("initializer", argument->initializer));
    } else {
      llvm::SaveAndRestore toUser(needs.isWithinOther, false);
      std::string type = spelling.type(param.getType());
      report(ast, param.getLocation(),
             leavesGaps ? Diag::ArgumentLeft : Diag::ArgumentUnknown,
             {parameterName(*function, i), type, reason});
      failed |= !leavesGaps;
      entries.push_back(text("gap", type + ": " + reason));
    }
    parameters.push_back(b.getDictionaryAttr(entries));
  }
  QualType result = function->getReturnType().getUnqualifiedType();
  bool isReal = isDifferentiable(result);
  reason.clear();
  open.clear();
  if (isReal && !accept(result)) {
    report(ast, function->getLocation(), Diag::ArgumentUnknown,
           {"result", spelling.type(result), reason});
    failed = true;
  }
  // So that a declaration of it comes along.
  std::string name = spelling.name(*function);
  return b.getDictionaryAttr(
      {text("call", spelling.qualifiedName(*function)), text("name", name),
       text("result", isReal ? spelling.type(result) : ""),
       text("suffix", request.suffix),
       b.getNamedAttr("with_value", b.getBoolAttr(request.withValue)),
       b.getNamedAttr("parameters", b.getArrayAttr(parameters))});
}

static bool isSameRequest(const Request &a, const Request &b) {
  return a.function == b.function && a.wrt == b.wrt &&
         a.inactive == b.inactive && a.suffix == b.suffix;
}

mlir::LogicalResult adgen::describeArguments(
    ASTContext &ast, mlir::ModuleOp module,
    llvm::ArrayRef<std::pair<Request, mlir::func::FuncOp>> lowered,
    bool leavesGaps, SourceNeeds &needs) {
  mlir::Builder b(module.getContext());
  llvm::SaveAndRestore within(needs.isWithinOther, true);
  ArgumentDescriber describer(ast, b, needs);
  std::vector<bool> done(lowered.size());
  for (size_t i = 0; i < lowered.size(); ++i) {
    if (done[i])
      continue;
    const auto &[request, func] = lowered[i];
    llvm::SmallVector<mlir::Attribute> modes, checks;
    for (size_t j = i; j < lowered.size(); ++j)
      if (isSameRequest(request, lowered[j].first)) {
        done[j] = true;
        modes.push_back(b.getStringAttr(
            lowered[j].first.mode == Mode::Reverse ? "reverse" : "forward"));
      }
    mlir::NamedAttrList check(describer.describe(request, leavesGaps));
    check.set("modes", b.getArrayAttr(modes));
    mlir::func::FuncOp described = func;
    if (auto before = described->getAttrOfType<mlir::ArrayAttr>("ad.check"))
      llvm::append_range(checks, before);
    checks.push_back(check.getDictionary(module.getContext()));
    described->setAttr("ad.check", b.getArrayAttr(checks));
  }
  module->setAttr("ad.check_classes", describer.classes());
  return mlir::failure(describer.failed);
}
