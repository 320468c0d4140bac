//===- Requests.cpp - Which derivatives of which functions ----------------===//
//
// Functions come from `--function`, else from annotations, else they are all
// those of the main file that have the parameters of `--wrt` and something to
// differentiate. What the command line says goes before what an annotation says.
//
//===----------------------------------------------------------------------===//
#include "Requests.h"
#include "Annotations.h"
#include "Classes.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/StringExtras.h"

using namespace adgen;
using llvm::StringRef;

void adgen::note(clang::ASTContext &ast, clang::SourceLocation loc,
                 StringRef text) {
  clang::DiagnosticsEngine &engine = ast.getDiagnostics();
  engine.Report(loc,
                engine.getCustomDiagID(clang::DiagnosticsEngine::Note, "%0"))
      << text;
}

void adgen::noteSelection(clang::ASTContext &ast,
                          const clang::FunctionDecl &function) {
  note(ast, function.getLocation(),
       "every function of the file that has the parameters is differentiated; "
       "name those that you want with --function");
}

std::string adgen::suggest(StringRef name,
                           llvm::ArrayRef<std::string> candidates) {
  unsigned best = name.size() / 3;
  StringRef nearest;
  for (const std::string &candidate : candidates) {
    unsigned distance = name.edit_distance(candidate, true, best + 1);
    if (distance <= best && best > 0 &&
        (nearest.empty() || distance < best)) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest.empty() ? "" : "; did you mean '" + nearest.str() + "'?";
}

//===----------------------------------------------------------------------===//
// Types and parameters
//===----------------------------------------------------------------------===//

static bool
isDifferentiable(clang::QualType type,
                 llvm::SmallPtrSetImpl<const clang::RecordDecl *> &visited) {
  type = type.getCanonicalType();
  if (type->isRealFloatingType())
    return true;
  if (type->isPointerType() || type->isReferenceType())
    return isDifferentiable(type->getPointeeType(), visited);
  if (const clang::ArrayType *array = type->getAsArrayTypeUnsafe())
    return isDifferentiable(array->getElementType(), visited);
  const clang::RecordDecl *record = type->getAsRecordDecl();
  if (record)
    record = record->getDefinition();
  if (!record || !visited.insert(record).second)
    return false;
  for (clang::QualType derived : getDerived(*record))
    if (isDifferentiable(derived, visited))
      return true;
  return llvm::any_of(getMembers(*record), [&](const Member &member) {
    return !member.isInactive() && isDifferentiable(member.type, visited);
  });
}

bool adgen::isDifferentiable(clang::QualType type) {
  llvm::SmallPtrSet<const clang::RecordDecl *, 8> visited;
  return ::isDifferentiable(type, visited);
}

/// Whether a caller sees a differentiable value that `function` computes.
static bool hasDifferentiableOutput(const clang::FunctionDecl &function) {
  if (isDifferentiable(function.getReturnType()))
    return true;
  return llvm::any_of(
      function.parameters(), [](const clang::ParmVarDecl *param) {
        clang::QualType type = param->getType();
        return isDifferentiable(type) && isWritable(type);
      });
}

std::string adgen::parameterName(const clang::FunctionDecl &function,
                                 unsigned i) {
  auto nameOf = [&](unsigned k) {
    StringRef name = function.getParamDecl(k)->getName();
    return name.empty() ? "p" + std::to_string(k) : name.str();
  };
  // The parameters of a pack share their name.
  std::string name = nameOf(i);
  if (function.getParamDecl(i)->getName().empty())
    return name;
  auto isTaken = [&](const std::string &candidate) {
    for (unsigned k = 0; k < function.getNumParams(); ++k)
      if (k != i && nameOf(k) == candidate)
        return true;
    return false;
  };
  for (unsigned k = 0; k < i; ++k)
    if (nameOf(k) == name)
      for (name += std::to_string(i); isTaken(name);)
        name += '_';
  return name;
}

/// The parameter that `word` names or counts, if there is one.
static std::optional<unsigned>
findParameter(const clang::FunctionDecl &function, StringRef word) {
  unsigned position;
  if (!word.getAsInteger(10, position))
    return position < function.getNumParams() ? std::optional(position)
                                              : std::nullopt;
  for (unsigned i = 0; i < function.getNumParams(); ++i)
    if (parameterName(function, i) == word)
      return i;
  return {};
}

static std::string display(const clang::FunctionDecl &function) {
  return function.getQualifiedNameAsString();
}

//===----------------------------------------------------------------------===//
// Functions of the main file
//===----------------------------------------------------------------------===//

/// Whether no other file can name the type: a lambda expression's.
static bool isHidden(clang::QualType type) {
  return type->getLinkage() != clang::Linkage::External;
}

static bool hasHiddenType(const clang::FunctionDecl &function) {
  return isHidden(function.getReturnType()) ||
         llvm::any_of(function.parameters(), [](const auto *param) {
           return isHidden(param->getType());
         });
}

/// The functions that a user can ask for; not the instances of templates for a lambda
/// expression, which belong to who calls them.
static void
collect(const clang::DeclContext &context, const clang::SourceManager &sources,
        std::vector<const clang::FunctionDecl *> &found) {
  auto add = [&](const clang::FunctionDecl *function) {
    if (function->doesThisDeclarationHaveABody() && !function->isImplicit() &&
        !function->isDefaulted() && !function->isDependentContext())
      found.push_back(function);
  };
  for (const clang::Decl *decl : context.decls()) {
    if (!sources.isInMainFile(sources.getExpansionLoc(decl->getLocation())))
      continue;
    if (auto *function = llvm::dyn_cast<clang::FunctionDecl>(decl)) {
      add(function);
    } else if (auto *pattern =
                   llvm::dyn_cast<clang::FunctionTemplateDecl>(decl)) {
      if (pattern->isThisDeclarationADefinition())
        for (const clang::FunctionDecl *instance : pattern->specializations())
          if (instance->getTemplateSpecializationKind() !=
                  clang::TSK_ExplicitSpecialization &&
              !hasHiddenType(*instance))
            add(instance);
    } else if (llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl,
                         clang::ExportDecl, clang::CXXRecordDecl>(decl)) {
      auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(decl);
      if (!record || !record->isLambda())
        collect(*llvm::cast<clang::DeclContext>(decl), sources, found);
    }
  }
}

std::vector<const clang::FunctionDecl *>
adgen::definedInMainFile(clang::ASTContext &ast) {
  std::vector<const clang::FunctionDecl *> found;
  collect(*ast.getTranslationUnitDecl(), ast.getSourceManager(), found);
  llvm::erase_if(found, [](const clang::FunctionDecl *function) {
    return function->isMain() || isMarkedDerivative(*function);
  });
  return found;
}

//===----------------------------------------------------------------------===//
// One request
//===----------------------------------------------------------------------===//

namespace {

/// The words that say how to differentiate a function.
struct Wish {
  llvm::ArrayRef<std::string> wrt;
  llvm::ArrayRef<std::string> inactive;
  Mode mode;
  /// Where the wish is written, if it is an annotation.
  clang::SourceLocation loc;
};

class RequestBuilder {
public:
  RequestBuilder(clang::ASTContext &ast, const RequestOptions &options)
      : ast(ast), options(options) {}

  /// The request for `function`; nothing after an error.
  std::optional<Request> build(const clang::FunctionDecl &function,
                               const Wish &wish);

private:
  bool addWrt(Request &request, StringRef word, clang::SourceLocation loc);
  bool checkFunction(const clang::FunctionDecl &function);
  std::optional<unsigned> resolve(const clang::FunctionDecl &function,
                                  StringRef word, clang::SourceLocation loc);

  clang::ASTContext &ast;
  const RequestOptions &options;
};

} // namespace

std::optional<unsigned>
RequestBuilder::resolve(const clang::FunctionDecl &function, StringRef word,
                        clang::SourceLocation loc) {
  std::optional<unsigned> position = findParameter(function, word);
  if (position)
    return position;
  std::vector<std::string> names;
  for (unsigned i = 0; i < function.getNumParams(); ++i)
    names.push_back(parameterName(function, i));
  std::string hint = suggest(word, names);
  if (hint.empty() && !names.empty())
    hint = "; its parameters are '" + llvm::join(names, "', '") + "'";
  report(ast, loc.isValid() ? loc : function.getLocation(),
         Diag::UnknownParameter, {display(function), word.str(), hint});
  return {};
}

bool RequestBuilder::addWrt(Request &request, StringRef word,
                            clang::SourceLocation loc) {
  const clang::FunctionDecl &function = *request.function;
  std::optional<unsigned> position = resolve(function, word, loc);
  if (!position)
    return false;
  const clang::ParmVarDecl *param = function.getParamDecl(*position);
  std::string name = parameterName(function, *position);
  if (llvm::is_contained(request.inactive, *position)) {
    report(ast, param->getLocation(), Diag::InactiveWrt, {name},
           param->getSourceRange());
    return false;
  }
  if (!isDifferentiable(param->getType())) {
    report(ast, param->getLocation(), Diag::NotDifferentiable,
           {name, param->getType().getAsString(ast.getPrintingPolicy())},
           param->getSourceRange());
    return false;
  }
  if (!llvm::is_contained(request.wrt, *position))
    request.wrt.push_back(*position);
  return true;
}

/// What a derivative function cannot be made for, whatever its body.
bool RequestBuilder::checkFunction(const clang::FunctionDecl &function) {
  if (llvm::isa<clang::CXXMethodDecl>(function)) {
    report(ast, function.getLocation(), Diag::Method,
           {display(function)});
    return false;
  }
  for (const clang::ParmVarDecl *param : function.parameters())
    if (isHidden(param->getType())) {
      report(ast, param->getLocation(), Diag::AnonymousType,
             {param->getType().getAsString(ast.getPrintingPolicy()),
              display(function)},
             param->getSourceRange());
      return false;
    }
  if (isHidden(function.getReturnType())) {
    report(ast, function.getLocation(), Diag::AnonymousType,
           {function.getReturnType().getAsString(ast.getPrintingPolicy()),
            display(function)},
           function.getReturnTypeSourceRange());
    return false;
  }
  if (hasDifferentiableOutput(function))
    return true;
  report(ast, function.getLocation(), Diag::NothingToDifferentiate,
         {display(function), "it computes no real number"},
         function.getReturnTypeSourceRange());
  return false;
}

std::optional<Request> RequestBuilder::build(const clang::FunctionDecl &function,
                                             const Wish &wish) {
  if (!checkFunction(function))
    return {};
  Request request{&function, wish.mode, {}, {}, options.withValue,
                  options.suffix};
  for (unsigned i = 0; i < function.getNumParams(); ++i)
    if (isMarkedInactive(*function.getParamDecl(i)))
      request.inactive.push_back(i);
  for (const std::string &word : wish.inactive) {
    // Without --function, not every function needs to have the parameter.
    std::optional<unsigned> position = findParameter(function, word);
    if (!position && !options.functions.empty())
      position = resolve(function, word, wish.loc);
    if (position && !llvm::is_contained(request.inactive, *position))
      request.inactive.push_back(*position);
    else if (!position && !options.functions.empty())
      return {};
  }
  for (const std::string &word : wish.wrt)
    if (!addWrt(request, word, wish.loc))
      return {};
  request.namesWrt = !wish.wrt.empty();
  if (wish.wrt.empty())
    for (unsigned i = 0; i < function.getNumParams(); ++i)
      if (isDifferentiable(function.getParamDecl(i)->getType()) &&
          !llvm::is_contained(request.inactive, i))
        request.wrt.push_back(i);
  if (request.wrt.empty()) {
    report(ast, function.getLocation(), Diag::NothingToDifferentiate,
           {display(function), "it has no differentiable parameter"});
    return {};
  }
  llvm::sort(request.wrt);
  llvm::sort(request.inactive);
  return request;
}

//===----------------------------------------------------------------------===//
// The selection
//===----------------------------------------------------------------------===//

/// The wishes for an annotated function: each annotation is one, as far as the
/// command line does not say otherwise.
static std::vector<Wish>
annotatedWishes(llvm::ArrayRef<RequestAnnotation> annotations,
                const RequestOptions &options) {
  std::vector<Wish> wishes;
  if (options.modes.empty()) {
    for (const RequestAnnotation &annotation : annotations)
      wishes.push_back({options.wrt.empty() ? annotation.wrt : options.wrt,
                        options.inactive, annotation.mode,
                        options.wrt.empty() ? annotation.loc
                                            : clang::SourceLocation()});
    return wishes;
  }
  for (Mode mode : options.modes) {
    auto *annotation = llvm::find_if(
        annotations, [&](auto &candidate) { return candidate.mode == mode; });
    if (annotation == annotations.end())
      annotation = annotations.begin();
    wishes.push_back({options.wrt.empty() ? annotation->wrt : options.wrt,
                      options.inactive, mode,
                      options.wrt.empty() ? annotation->loc
                                          : clang::SourceLocation()});
  }
  return wishes;
}

static std::vector<Wish> commandLineWishes(const RequestOptions &options) {
  std::vector<Wish> wishes;
  for (Mode mode : options.modes)
    wishes.push_back({options.wrt, options.inactive, mode, {}});
  if (wishes.empty())
    wishes.push_back({options.wrt, options.inactive, Mode::Reverse, {}});
  return wishes;
}

/// Whether `function` has all --wrt parameters, and something to differentiate.
static bool fits(const clang::FunctionDecl &function,
                 const RequestOptions &options) {
  if (!hasDifferentiableOutput(function))
    return false;
  auto isActive = [&](unsigned position) {
    const clang::ParmVarDecl *param = function.getParamDecl(position);
    return isDifferentiable(param->getType()) && !isMarkedInactive(*param);
  };
  if (!options.wrt.empty())
    return llvm::all_of(options.wrt, [&](StringRef word) {
      std::optional<unsigned> position = findParameter(function, word);
      return position && isActive(*position);
    });
  llvm::SmallVector<unsigned> inactive;
  for (StringRef word : options.inactive)
    if (std::optional<unsigned> position = findParameter(function, word))
      inactive.push_back(*position);
  for (unsigned i = 0; i < function.getNumParams(); ++i)
    if (isActive(i) && !llvm::is_contained(inactive, i))
      return true;
  return false;
}

/// No function of the file fits: says of the one that comes nearest what it
/// lacks.
static void
reportNothingFits(clang::ASTContext &ast, const RequestOptions &options,
                  llvm::ArrayRef<const clang::FunctionDecl *> defined) {
  RequestBuilder builder(ast, options);
  for (const clang::FunctionDecl *function : defined)
    if (llvm::all_of(options.wrt, [&](StringRef word) {
          return findParameter(*function, word).has_value();
        })) {
      builder.build(*function, commandLineWishes(options)[0]);
      return;
    }
  if (defined.size() == 1) {
    builder.build(*defined[0], commandLineWishes(options)[0]);
    return;
  }
  std::vector<std::string> names;
  for (const clang::FunctionDecl *function : defined)
    for (unsigned i = 0; i < function->getNumParams(); ++i)
      names.push_back(parameterName(*function, i));
  std::string hint;
  for (const std::string &word : options.wrt)
    if (hint.empty() && !llvm::is_contained(names, word))
      hint = suggest(word, names);
  report(ast, {}, Diag::NoFunction,
         {options.wrt.empty()
              ? "nothing to differentiate: no function is defined in it"
              : std::string("no function with the parameter") +
                    (options.wrt.size() > 1 ? "s '" : " '") +
                    llvm::join(options.wrt, "', '") + "'" + hint});
}

using Choice =
    std::vector<std::pair<const clang::FunctionDecl *, std::vector<Wish>>>;

/// Instances of one template, which stand in one place, keep their order.
static void sortBySource(const clang::SourceManager &sources, Choice &chosen) {
  auto order = llvm::to_vector(llvm::seq<size_t>(0, chosen.size()));
  llvm::sort(order, [&](size_t a, size_t b) {
    clang::SourceLocation first = chosen[a].first->getLocation();
    clang::SourceLocation second = chosen[b].first->getLocation();
    return first == second
               ? a < b
               : sources.isBeforeInTranslationUnit(first, second);
  });
  Choice sorted;
  for (size_t index : order)
    sorted.push_back(std::move(chosen[index]));
  chosen = std::move(sorted);
}

/// A word of --inactive that no function knows is a mistake.
static bool checkInactive(clang::ASTContext &ast, const RequestOptions &options,
                          const Choice &chosen) {
  for (const std::string &word : options.inactive) {
    bool known = llvm::any_of(chosen, [&](auto &choice) {
      return findParameter(*choice.first, word).has_value();
    });
    if (known || !options.functions.empty())
      continue;
    report(ast, {}, Diag::NoFunction,
           {"no function with the parameter '" + word + "'"});
    return false;
  }
  return true;
}

/// The functions and what is wished of each.
static std::optional<Choice>
chooseFunctions(clang::Sema &sema, const RequestOptions &options,
                llvm::ArrayRef<const clang::FunctionDecl *> defined,
                llvm::ArrayRef<std::vector<RequestAnnotation>> annotations,
                bool &explicitly) {
  Choice chosen;
  explicitly = true;
  bool complete = true;
  for (const std::string &name : options.functions) {
    if (const clang::FunctionDecl *function = findFunction(sema, name))
      chosen.emplace_back(function, commandLineWishes(options));
    else
      complete = false;
  }
  if (!complete)
    return {};
  if (!options.functions.empty())
    return chosen;
  for (auto [function, requests] : llvm::zip(defined, annotations))
    if (!requests.empty())
      chosen.emplace_back(function, annotatedWishes(requests, options));
  if (!chosen.empty())
    return chosen;
  explicitly = false;
  for (const clang::FunctionDecl *function : defined)
    if (fits(*function, options))
      chosen.emplace_back(function, commandLineWishes(options));
  if (!chosen.empty())
    return chosen;
  reportNothingFits(sema.Context, options, defined);
  return {};
}

/// Instantiates the class templates in a type: what a function takes but does not use
/// the compiler has not looked into.
static void completeType(clang::Sema &sema, clang::SourceLocation at,
                         clang::QualType type) {
  while (type->isAnyPointerType() || type->isReferenceType())
    type = type->getPointeeType();
  while (const clang::ArrayType *array = sema.Context.getAsArrayType(type))
    type = array->getElementType();
  const auto *record = llvm::dyn_cast_if_present<
      clang::ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
  if (!record || record->hasDefinition())
    return;
  for (const clang::TemplateArgument &argument :
       record->getTemplateArgs().asArray())
    if (argument.getKind() == clang::TemplateArgument::Type)
      completeType(sema, at, argument.getAsType());
  sema.isCompleteType(at, type);
}

static void completeSignature(clang::Sema &sema,
                              const clang::FunctionDecl &function) {
  if (function.isDependentContext())
    return;
  completeType(sema, function.getLocation(), function.getReturnType());
  for (const clang::ParmVarDecl *parameter : function.parameters())
    completeType(sema, parameter->getLocation(), parameter->getType());
}

std::optional<Selection> adgen::selectRequests(clang::Sema &sema,
                                               const RequestOptions &options) {
  clang::ASTContext &ast = sema.Context;
  std::vector<const clang::FunctionDecl *> defined = definedInMainFile(ast);
  std::vector<std::vector<RequestAnnotation>> annotations;
  for (const clang::FunctionDecl *function : defined) {
    completeSignature(sema, *function);
    annotations.push_back(getRequestAnnotations(*function));
  }

  Selection selection;
  auto chosen = chooseFunctions(sema, options, defined, annotations,
                                selection.explicitly);
  if (!chosen)
    return {};
  for (auto &[function, wishes] : *chosen)
    completeSignature(sema, *function);
  sortBySource(ast.getSourceManager(), *chosen);

  bool complete = checkInactive(ast, options, *chosen);
  RequestBuilder builder(ast, options);
  llvm::SmallPtrSet<const clang::FunctionDecl *, 8> seen;
  for (auto &[function, wishes] : *chosen) {
    if (!seen.insert(function).second)
      continue;
    for (const Wish &wish : wishes) {
      std::optional<Request> request = builder.build(*function, wish);
      if (!request) {
        complete = false;
        if (!selection.explicitly)
          noteSelection(ast, *function);
        break;
      }
      selection.requests.push_back(std::move(*request));
    }
  }
  if (!complete)
    return {};
  return selection;
}
