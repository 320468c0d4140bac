//===- RulesMatch.cpp - Whether a function is the derivative of another ---===//
//
// Compares a hand-written or generated derivative with the signature that
// docs/derivatives.md promises. It may lack adjoints and tangents of parameters
// that are not written through: it was made for fewer of them. Which ones it
// has follows from their number or from their names (`x_bar`, `x_dot`, members
// `x`), and, of a single number that adgen's own derivative returns, from the
// comment above it.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"
#include "Requests.h"
#include "Rules.h"
#include "Signatures.h"

#include "clang/AST/RawCommentList.h"

using namespace adgen;
using llvm::StringRef;

namespace {

class RuleMatcher {
public:
  RuleMatcher(const clang::FunctionDecl &primal,
              const clang::FunctionDecl &function, Mode mode)
      : ast(function.getASTContext()), primal(primal), function(function),
        mode(mode), rule{&primal, &function, mode, {}, {}, false, {}, {}} {}

  std::optional<Rule> match();

private:
  bool matchShadows();
  bool matchReverseResult();
  bool matchForwardResult();
  bool matchMembers(const clang::RecordDecl &record);
  std::optional<unsigned> documentedParameter() const;
  /// The parameter of this name, in the primal or in the rule; nothing if there
  /// is none, or if the two disagree.
  std::optional<unsigned> findParameter(StringRef name) const;
  clang::QualType typeOf(unsigned i) const;
  Passing passing(unsigned i) const;
  bool isShadow(clang::QualType type, unsigned i) const;
  bool isReal() const { return isDifferentiable(primal.getReturnType()); }

  clang::ASTContext &ast;
  const clang::FunctionDecl &primal, &function;
  Mode mode;
  Rule rule;
};

} // namespace

bool adgen::hasSelf(const clang::FunctionDecl &primal) {
  return getObjectClass(primal) && !llvm::isa<clang::CXXConstructorDecl>(primal);
}

unsigned adgen::countParameters(const clang::FunctionDecl &primal) {
  return primal.getNumParams() + hasSelf(primal);
}

std::string adgen::ruleParameterName(const clang::FunctionDecl &primal, unsigned i) {
  unsigned self = hasSelf(primal);
  return i < self ? "self" : parameterName(primal, i - self);
}

/// The type of parameter `i` of a derivative, which is one of the primal's.
static clang::QualType parameterType(const clang::FunctionDecl &primal, unsigned i) {
  unsigned self = hasSelf(primal);
  return i < self ? getObjectParameter(primal)
                  : primal.getParamDecl(i - self)->getType();
}

bool adgen::startsWithParameters(const clang::FunctionDecl &function,
                                 const clang::FunctionDecl &primal) {
  if (function.getNumParams() < countParameters(primal))
    return false;
  for (unsigned i = 0; i < countParameters(primal); ++i)
    if (!isSameParameterType(function.getASTContext(), parameterType(primal, i),
                             function.getParamDecl(i)->getType()))
      return false;
  return true;
}

clang::QualType RuleMatcher::typeOf(unsigned i) const {
  return parameterType(primal, i);
}

Passing RuleMatcher::passing(unsigned i) const {
  unsigned self = hasSelf(primal);
  return i < self ? passingOf(typeOf(i)) : passingOf(*primal.getParamDecl(i - self));
}

bool RuleMatcher::isShadow(clang::QualType type, unsigned i) const {
  return isShadowType(ast, type, typeOf(i), mode);
}

std::optional<unsigned> RuleMatcher::findParameter(StringRef name) const {
  std::optional<unsigned> found;
  for (unsigned i = 0; i < countParameters(primal); ++i) {
    if (ruleParameterName(primal, i) != name &&
        function.getParamDecl(i)->getName() != name)
      continue;
    if (found)
      return {};
    found = i;
  }
  return found;
}

/// The adjoints or tangents behind the primal's parameters.
bool RuleMatcher::matchShadows() {
  unsigned first = countParameters(primal);
  unsigned count = function.getNumParams() - first - rule.hasSeed;
  std::vector<unsigned> all, required;
  for (unsigned i = 0; i < first; ++i) {
    Passing kind = passing(i);
    if (kind == Passing::None ||
        (kind == Passing::Value && mode == Mode::Reverse))
      continue;
    all.push_back(i);
    if (kind == Passing::Writes)
      required.push_back(i);
  }
  StringRef ending = mode == Mode::Reverse ? "_bar" : "_dot";
  std::vector<unsigned> named;
  for (unsigned k = 0; k < count; ++k) {
    StringRef name = function.getParamDecl(first + k)->getName();
    if (name.consume_back(ending))
      if (std::optional<unsigned> i = findParameter(name);
          i && llvm::is_contained(all, *i))
        named.push_back(*i);
  }
  if (count == all.size())
    rule.shadows = all;
  else if (named.size() == count && llvm::is_sorted(named))
    rule.shadows = named;
  else if (count == required.size())
    rule.shadows = required;
  else
    return false;
  // Names in another order are not what was promised.
  if (!named.empty() && named.size() == count && named != rule.shadows)
    return false;
  for (unsigned i : required)
    if (!llvm::is_contained(rule.shadows, i))
      return false;
  for (auto [k, i] : llvm::enumerate(rule.shadows))
    if (!isShadow(function.getParamDecl(first + k)->getType(), i))
      return false;
  llvm::append_range(rule.wrt, rule.shadows);
  return true;
}

/// `x` in adgen's own `/// Returns seed * d f / d x.`
std::optional<unsigned> RuleMatcher::documentedParameter() const {
  const clang::SourceManager &sources = ast.getSourceManager();
  clang::FileID file =
      sources.getFileID(sources.getExpansionLoc(function.getLocation()));
  if (!sources.getBufferData(file).starts_with("// Generated by adgen"))
    return {};
  const clang::RawComment *comment = ast.getRawCommentForDeclNoCache(&function);
  if (!comment)
    return {};
  StringRef text = comment->getRawText(sources);
  size_t found = text.rfind(" / d ");
  if (found == StringRef::npos)
    return {};
  StringRef name = text.drop_front(found + 5).take_until(
      [](char c) { return c == '.' || c == '\n'; });
  for (unsigned i = 0; i < countParameters(primal); ++i)
    if (function.getParamDecl(i)->getName() == name)
      return i;
  return {};
}

/// A class with a member for each adjoint, by the parameter's name, behind
/// `value` if it has that.
bool RuleMatcher::matchMembers(const clang::RecordDecl &record) {
  for (const clang::FieldDecl *field : record.fields()) {
    int position = -1;
    if (std::optional<unsigned> i = findParameter(field->getName());
        i && passing(*i) == Passing::Value &&
        ast.hasSameUnqualifiedType(typeOf(*i), field->getType()))
      position = *i;
    bool isValue =
        position < 0 && rule.results.empty() && isReal() &&
        field->getName().rtrim('_') == "value" &&
        ast.hasSameUnqualifiedType(primal.getReturnType(), field->getType());
    if ((position < 0 && !isValue) || field->getAccess() == clang::AS_private ||
        field->getAccess() == clang::AS_protected)
      return false;
    rule.results.push_back(position);
    rule.members.push_back(field->getNameAsString());
    if (position >= 0)
      rule.wrt.push_back(position);
  }
  return !rule.results.empty();
}

bool RuleMatcher::matchReverseResult() {
  clang::QualType result = function.getReturnType();
  if (result->isVoidType())
    return true;
  if (const clang::RecordDecl *record = result->getAsRecordDecl()) {
    record = record->getDefinition();
    return record && matchMembers(*record);
  }
  std::vector<unsigned> values;
  for (unsigned i = 0; i < countParameters(primal); ++i)
    if (passing(i) == Passing::Value)
      values.push_back(i);
  std::optional<unsigned> only;
  if (values.size() == 1)
    only = values.front();
  else
    only = documentedParameter();
  // Of one number among several, nobody knows whose derivative it is.
  if (!only || !llvm::is_contained(values, *only) ||
      !ast.hasSameUnqualifiedType(typeOf(*only), result))
    return false;
  rule.results = {int(*only)};
  rule.wrt.push_back(*only);
  return true;
}

/// `{value, dot}`, or what the primal returns.
bool RuleMatcher::matchForwardResult() {
  clang::QualType result = function.getReturnType();
  if (!isReal()) {
    if (!result->isVoidType())
      rule.results = {-1};
    return ast.hasSameUnqualifiedType(result, primal.getReturnType());
  }
  const clang::RecordDecl *record = result->getAsRecordDecl();
  record = record ? record->getDefinition() : nullptr;
  if (!record)
    return false;
  for (const clang::FieldDecl *field : record->fields()) {
    if (!ast.hasSameUnqualifiedType(field->getType(), primal.getReturnType()))
      return false;
    rule.members.push_back(field->getNameAsString());
  }
  rule.results = {-1, -2};
  return rule.members == std::vector<std::string>{"value", "dot"};
}

std::optional<Rule> RuleMatcher::match() {
  if (!startsWithParameters(function, primal) || function.isVariadic())
    return {};
  bool isReverse = mode == Mode::Reverse;
  if (isReverse && isReal()) {
    unsigned last = function.getNumParams() - 1;
    rule.hasSeed = true;
    if (function.getNumParams() <= countParameters(primal) ||
        !isSameParameterType(ast, function.getParamDecl(last)->getType(),
                             seedType(ast, primal)))
      return {};
  }
  if (!matchShadows())
    return {};
  if (!(isReverse ? matchReverseResult() : matchForwardResult()))
    return {};
  // A derivative by nothing would fit too many functions.
  if (rule.wrt.empty())
    return {};
  llvm::sort(rule.wrt);
  return std::move(rule);
}

std::optional<Rule> adgen::matchRule(const clang::FunctionDecl &primal,
                                     const clang::FunctionDecl &function,
                                     Mode mode) {
  return RuleMatcher(primal, function, mode).match();
}
