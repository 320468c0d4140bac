//===- EmitStmt.cpp - Statements as text ----------------------------------===//
#include "CxxTypes.h"
#include "Declarators.h"
#include "Parameters.h"
#include "Print.h"

#include "llvm/ADT/STLExtras.h"

using namespace adgen;

namespace {

class StmtPrinter {
public:
  explicit StmtPrinter(const clang::format::FormatStyle &style)
      : style(style) {}

  void print(const CxxBlock *block);
  std::string take() { return std::move(text); }
  unsigned depth = 1;

private:
  void line(const std::string &content);
  void print(const CxxStmt *s);
  void printIf(const CxxStmt *s, const std::string &lead);
  void printSwitch(const CxxStmt *s);
  void printTape(const CxxStmt *s);
  void printBraced(const std::string &head, const CxxBlock *body,
                   const std::string &tail, bool forceBraces = false);
  std::string loopHead(const CxxStmt *s);

  const clang::format::FormatStyle &style;
  std::string text;
};

} // namespace

std::string adgen::cutComment(llvm::StringRef text, unsigned columns) {
  if (!columns || text.size() <= columns)
    return text.str();
  // Characters, not bytes, have columns.
  size_t at = 0;
  unsigned column = 0;
  auto isContinuation = [&](size_t i) { return (text[i] & 0xC0) == 0x80; };
  while (at < text.size() && column + 1 < columns) {
    ++at;
    while (at < text.size() && isContinuation(at))
      ++at;
    ++column;
  }
  return at == text.size() ? text.str() : text.take_front(at).rtrim().str() + "…";
}

std::string adgen::declaredType(const CxxVariable *variable) {
  if (!variable->structType.empty())
    return variable->structType;
  if (!variable->deducedType.empty())
    return variable->deducedType;
  if (!variable->local || llvm::isa<FrameType>(variable->type))
    return typeText(variable->type);
  llvm::StringRef spelled = variable->local.getType().getValue();
  if (isMemory(variable->type)) {
    bool isUnknown = spelled.empty() || (!llvm::isa<PlaceType>(variable->type) &&
                                         spelled.contains("auto"));
    return isUnknown ? typeText(variable->type) : spelled.str();
  }
  std::string content = contentType(spelled);
  llvm::StringRef text = content;
  if (text.empty() || text.contains("auto") || text.contains("vector"))
    return typeText(variable->type);
  return content;
}

//===----------------------------------------------------------------------===//
// Assignments
//===----------------------------------------------------------------------===//

/// The operators that have a compound assignment.
static bool isCompound(llvm::StringRef op) {
  return llvm::is_contained({"+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"},
                            op);
}

/// The first summand of a chain of sums; the operator after it.
static const CxxExpr *firstSummand(const CxxExpr *e, std::string &op) {
  const CxxExpr *first = e;
  while (first->isBinary("+") || first->isBinary("-")) {
    op = first->text;
    first = first->args[0];
  }
  return first;
}

/// `e` without its first summand `v` and the operator after it; the rest then
/// starts with what followed.
static CxxExpr withoutFirst(const CxxExpr *e, std::deque<CxxExpr> &made) {
  const CxxExpr *left = e->args[0];
  if (!left->isBinary("+") && !left->isBinary("-"))
    return *e->args[1];
  CxxExpr rest = *e;
  made.push_back(withoutFirst(left, made));
  rest.args[0] = &made.back();
  return rest;
}

/// What is added to an adjoint needs no rounding of its own before the sum.
static const CxxExpr *withoutRounding(const CxxExpr *e) {
  bool isNarrowing = e->kind == CxxExpr::Cast && e->isImplicit &&
                     isReal(e->type) && isReal(e->args[0]->type);
  return isNarrowing ? e->args[0] : e;
}

/// How often `v` is written in `e`.
static unsigned countReads(const CxxExpr *e, const CxxExpr *v) {
  unsigned reads = 0;
  forEachExpr(e, [&](const CxxExpr *x) { reads += isSame(x, v); });
  return reads;
}

/// `v += e` for `v = v + e` and its kin; empty if there is no such form.
static std::string printCompound(const CxxStmt *s) {
  const CxxExpr *e = s->value;
  if (e->kind != CxxExpr::Binary || !isCompound(e->text))
    return "";
  CxxExpr variable{CxxExpr::Variable, s->variable ? s->variable->type : e->type,
                   "", s->variable};
  const CxxExpr *v = s->target ? s->target : &variable;
  if (v->type.isInteger(1) || hasSideEffect(v))
    return "";
  std::string target = printExpr(v);
  const CxxExpr *x = e->args[0], *z = e->args[1];
  bool isAdjoint = s->stmt && s->stmt.getDerivative() && isReal(v->type);
  if (isAdjoint && (e->text == "+" || e->text == "-"))
    z = withoutRounding(z);
  bool isSum = e->text == "+" || e->text == "-";
  if (isSame(x, v) && (isSum || !countReads(z, v))) {
    bool isUnit = z->kind == CxxExpr::Literal && z->text == "1" &&
                  !isReal(v->type);
    if (isUnit && (e->text == "+" || e->text == "-"))
      return e->text + e->text + target;
    return target + " " + e->text + "= " + printExpr(z);
  }
  bool commutes = e->text == "+" || e->text == "*";
  if (commutes && isSame(z, v))
    return target + " " + e->text + "= " + printExpr(x);
  // The order in which an adjoint is added up is free.
  std::string op;
  if (!isAdjoint || !isSame(firstSummand(e, op), v) ||
      countReads(e, v) != 1 || op != "+")
    return "";
  std::deque<CxxExpr> made;
  CxxExpr rest = withoutFirst(e, made);
  return target + " += " + printExpr(&rest);
}

static std::string printAssign(const CxxStmt *s) {
  const CxxVariable *v = s->variable;
  if (s->declares) {
    std::string text = v->mayVanish ? "[[maybe_unused]] " : "";
    text += v->isConst ? "const " : "";
    text += declare(declaredType(v), nameOfContent(v));
    if (s->kind == CxxStmt::Object)
      return s->value ? text + printExpr(s->value) : text;
    return s->value ? text + " = " + printExpr(s->value) : text;
  }
  std::string compound = printCompound(s);
  if (!compound.empty())
    return compound;
  std::string target = s->target ? printExpr(s->target) : nameOfContent(v);
  // `std::span<double>(x)[i] = 0;` would declare an array x.
  if (llvm::StringRef(target).starts_with("std::span<"))
    target = "(" + target + ")";
  return target + " = " + printExpr(s->value);
}

/// A condition; an assignment has parentheses of its own, lest compilers warn.
static std::string printCondition(const CxxExpr *e) {
  std::string text = printExpr(e);
  return e->kind == CxxExpr::Assignment ? "(" + text + ")" : text;
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void StmtPrinter::line(const std::string &content) {
  text.append(depth * style.IndentWidth, ' ');
  text += content;
  text += '\n';
}

/// Whether braces can be left out around `block`.
static bool isSimple(const CxxBlock *block) {
  if (block->statements.size() != 1)
    return false;
  const CxxStmt *s = block->statements.front();
  return s->comment.empty() && s->heading.empty() &&
         (s->kind == CxxStmt::Record || s->kind == CxxStmt::Break ||
          s->kind == CxxStmt::Store || s->kind == CxxStmt::Evaluate ||
          s->kind == CxxStmt::Continue || s->kind == CxxStmt::Return ||
          (s->kind == CxxStmt::Assign && !s->declares));
}

/// Whether a loop's whole body is another loop.
static bool isNest(const CxxBlock *block) {
  if (block->statements.size() != 1 || !block->owner ||
      block->owner->kind != CxxStmt::Loop)
    return false;
  const CxxStmt *s = block->statements.front();
  return s->kind == CxxStmt::Loop && s->comment.empty() && s->heading.empty();
}

void StmtPrinter::printBraced(const std::string &head, const CxxBlock *body,
                              const std::string &tail, bool forceBraces) {
  if ((isSimple(body) || isNest(body)) && tail.empty() && !forceBraces) {
    line(head);
    ++depth;
    print(body);
    --depth;
    return;
  }
  line(head + " {");
  ++depth;
  print(body);
  --depth;
  line("}" + tail);
}

void StmtPrinter::printIf(const CxxStmt *s, const std::string &lead) {
  std::string head = lead + "if (" + printCondition(s->value) + ")";
  const CxxBlock *other = s->orElse;
  if (other->statements.empty())
    return printBraced(head, s->body, "");
  bool isChain = other->statements.size() == 1 &&
                 other->statements.front()->kind == CxxStmt::If &&
                 other->statements.front()->comment.empty();
  bool isPlain = isSimple(s->body) && (isSimple(other) || isChain);
  if (isPlain && isChain) {
    // All branches of a chain have braces or none.
    for (const CxxStmt *next = other->statements.front(); isPlain && next;) {
      const CxxBlock *rest = next->orElse;
      isPlain = isSimple(next->body);
      bool goesOn = rest->statements.size() == 1 &&
                    rest->statements.front()->kind == CxxStmt::If;
      if (!goesOn)
        isPlain &= rest->statements.empty() || isSimple(rest);
      next = goesOn ? rest->statements.front() : nullptr;
    }
  }
  if (isPlain) {
    printBraced(head, s->body, "");
    if (isChain)
      return printIf(other->statements.front(), "else ");
    return printBraced("else", other, "");
  }
  line(head + " {");
  ++depth;
  print(s->body);
  --depth;
  if (isChain)
    return printIf(other->statements.front(), "} else ");
  printBraced("} else", other, "", /*forceBraces=*/true);
}

/// Whether several are declared in one go as `double *p = …, *q = …`.
static bool isPlainPointer(const CxxVariable *variable) {
  return llvm::isa<PlaceType>(variable->type) &&
         llvm::StringRef(declaredType(variable)).ends_with("*");
}

std::string StmtPrinter::loopHead(const CxxStmt *s) {
  std::string condition = s->value ? printCondition(s->value) : "";
  if (s->init.empty() && s->step.empty())
    return "while (" + (condition.empty() ? "true" : condition) + ")";
  std::string init, step;
  for (const CxxStmt *part : s->init)
    init += init.empty() ? printAssign(part)
                         : std::string(", ") +
                               (isPlainPointer(part->variable) ? "*" : "") +
                               nameOfContent(part->variable) + " = " +
                               printExpr(part->value);
  for (const CxxStmt *part : s->step)
    step += (step.empty() ? "" : ", ") + printAssign(part);
  return "for (" + init + "; " + condition + "; " + step + ")";
}

void StmtPrinter::printSwitch(const CxxStmt *s) {
  line("switch (" + printExpr(s->value) + ") {");
  for (auto &[labels, block] : s->cases) {
    bool declares = llvm::any_of(block->statements,
                                 [](CxxStmt *inner) { return inner->declares; });
    std::string open = declares ? " {" : "";
    if (labels.empty())
      line("default:" + open);
    for (const std::string &label : labels)
      line("case " + label + ":" + (&label == &labels.back() ? open : ""));
    ++depth;
    print(block);
    if (!endsInJump(block))
      line("break;");
    --depth;
    if (declares)
      line("}");
  }
  line("}");
}

void StmtPrinter::printTape(const CxxStmt *s) {
  std::string element = declaredType(s->variable);
  if (s->fixedSize) {
    line(element + " " + s->variable->name + "[" +
         printExpr(s->value) + (s->isSparse ? "] = {};" : "];"));
    return;
  }
  // A std::vector<bool> is slow.
  if (element == "bool")
    element = "char";
  std::string name = s->variable->name;
  std::string size = s->value ? printExpr(s->value) : "";
  if (s->clamp && s->value) {
    std::string type = typeText(s->value->type);
    size = type == "int" ? "std::max(" + size + ", 0)"
                         : "std::max<" + type + ">(" + size + ", 0)";
  }
  if (s->isLarge && !s->isSparse) {
    line("std::unique_ptr<" + element + "[]> " + name + "(new " + element + "[" + size +
         "]);");
    return;
  }
  // `v((long)n)` would declare a function.
  if (!s->clamp && s->value && s->value->kind == CxxExpr::Cast)
    size = "(" + size + ")";
  if (!size.empty())
    size = "(" + size + ")";
  line("std::vector<" + element + "> " + name + size + ";");
}

void StmtPrinter::print(const CxxStmt *s) {
  switch (s->kind) {
  case CxxStmt::Assign:
  case CxxStmt::Store:
  case CxxStmt::Object:
    return line(printAssign(s) + ";");
  case CxxStmt::Evaluate:
    return line(printExpr(s->value) + ";");
  case CxxStmt::Record:
    if (s->index)
      return line(s->variable->name + "[" + printExpr(s->index) +
                  "] = " + printExpr(s->value) + ";");
    return line(s->variable->name + ".push_back(" + printExpr(s->value) +
                ");");
  case CxxStmt::Tape:
    return printTape(s);
  case CxxStmt::If:
    return printIf(s, "");
  case CxxStmt::Loop:
    return printBraced(loopHead(s), s->body, "");
  case CxxStmt::Do:
    return printBraced("do", s->body, " while (" + printCondition(s->value) + ");",
                       /*forceBraces=*/true);
  case CxxStmt::Switch:
    return printSwitch(s);
  case CxxStmt::Break:
    return line("break;");
  case CxxStmt::Continue:
    return line("continue;");
  case CxxStmt::Return: {
    if (s->values.empty())
      return line("return;");
    std::string values;
    for (const CxxExpr *e : s->values)
      values += (values.empty() ? "" : ", ") + printExpr(e);
    return line("return " +
                (s->returnsStruct ? "{" + values + "}" : values) + ";");
  }
  }
}

void StmtPrinter::print(const CxxBlock *block) {
  bool isFirst = true;
  for (const CxxStmt *s : block->statements) {
    // What is undefined is not assigned.
    if (s->kind == CxxStmt::Assign && !s->value && !s->declares)
      continue;
    if (!s->heading.empty()) {
      if (!isFirst)
        text += '\n';
      line("// " + s->heading);
    }
    if (s->startsPart && !isFirst && s->heading.empty())
      text += '\n';
    isFirst = false;
    if (!s->comment.empty()) {
      unsigned used = depth * style.IndentWidth + 3;
      unsigned limit = style.ColumnLimit;
      unsigned room = limit > used + 20 ? limit - used : limit ? 20 : 0;
      line("// " + cutComment(s->comment, room));
    }
    print(s);
  }
}

std::string adgen::printBody(const CxxFunction &cxx,
                             const clang::format::FormatStyle &style) {
  StmtPrinter printer(style);
  printer.print(cxx.body);
  return printer.take();
}
