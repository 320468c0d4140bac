//===- CxxTree.h - The C++ that will be printed, as a tree ----------------===//
//
// Between IR and text: variables, expressions and statements of one C++
// function, without layout. Built from the IR (BuildExpr, BuildStmt,
// BuildLoops), tidied as C++ (TidyStatements, PlaceDeclarations), printed
// (EmitExpr, EmitStmt).
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_CXXTREE_H
#define ADGEN_LIB_EMITTER_CXXTREE_H

#include "adgen/Dialect/AD.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include <deque>
#include <string>
#include <vector>

namespace adgen {

struct CxxBlock;

/// A parameter, local variable or tape of the output.
struct CxxVariable {
  /// The user's or generated variable it holds; null for an intermediate.
  LocalAttr local;
  /// The type of its content (of a tape's elements).
  mlir::Type type;
  /// The name, unique where it is visible; chosen last.
  std::string name;
  /// What an intermediate is called if nobody else is.
  std::string hint;
  bool isParameter = false;
  /// Its content is that of the object which the pointer `name` points to.
  bool isPointer = false;
  /// A reference: reading it reads what it refers to.
  bool isReference = false;
  /// A parameter whose content the caller finds afterwards.
  bool isOut = false;
  bool isTape = false;
  /// The struct that a call returned, of this type.
  std::string structType;
  /// The type of a pointer that only its initial value tells.
  std::string deducedType;
  /// A local that is never assigned after its declaration.
  bool isConst = false;
  /// Only assertions read it, which may be switched off.
  bool mayVanish = false;
  /// An expression declares it: what a sum runs over.
  bool isBound = false;
  /// The block it is declared in; null for parameters.
  CxxBlock *scope = nullptr;
  /// The locals are numbered in the order of their declarations.
  unsigned number = 0;

  bool isGenerated() const { return !local || local.getGenerated(); }
};

/// A C++ expression.
struct CxxExpr {
  enum Kind {
    Literal,     // text
    Variable,    // variable
    Unary,       // text args[0]
    Postfix,     // args[0] text
    Binary,      // args[0] text args[1]
    Conditional, // args[0] ? args[1] : args[2]
    Call,        // text(args)
    Cast,        // text(args[0]), text a type
    Element,     // variable[args[0]], of a tape
    Index,       // args[0][args[1]], args[0] a pointer or an array
    Assignment,  // variable = args[0]
    Member,      // args[0].text, p->text where args[0] is *p
    Passed,      // variable, for the callee to change; text & if by pointer
    Template,    // text with args[i] in place of {i}
    Sum,         // args[2] for variable from args[0] to args[1]
  };
  Kind kind;
  /// The type that C++ gives to the expression as it is printed.
  mlir::Type type;
  std::string text;
  CxxVariable *variable = nullptr;
  llvm::SmallVector<CxxExpr *, 3> args = {};
  /// A cast that the user did not write.
  bool isImplicit = false;
  /// A call that does more than compute.
  bool hasEffect = false;
  /// The symbol of the function that is called.
  std::string callee = {};

  bool isVariable(const CxxVariable *v) const {
    return kind == Variable && variable == v;
  }
  bool isUnary(llvm::StringRef op) const { return kind == Unary && text == op; }
  bool isBinary(llvm::StringRef op) const {
    return kind == Binary && text == op;
  }
  /// A literal or a variable.
  bool isLeaf() const { return kind == Literal || kind == Variable; }
};

/// A C++ statement.
struct CxxStmt {
  enum Kind {
    /// variable = value; with `declares`, its declaration. Without a value,
    /// the variable is declared with an unspecified content.
    Assign,
    /// target = value, where others may see or change the object meanwhile.
    Store,
    /// Declares the object `variable`; value is what follows the name, if
    /// anything does.
    Object,
    /// value, for what it does.
    Evaluate,
    /// variable[index] = value, or variable.push_back(value) without index.
    Record,
    /// Declares the tape `variable`; value is its size, if it has one.
    Tape,
    /// if (value) body else orElse
    If,
    /// for (init; value; step) body; a `while` if both are empty; no value
    /// means true.
    Loop,
    /// do body while (value)
    Do,
    /// switch (value), a block per case.
    Switch,
    Break,
    Continue,
    Return,
  };
  Kind kind;
  CxxVariable *variable = nullptr;
  CxxExpr *value = nullptr;
  CxxExpr *index = nullptr;
  CxxExpr *target = nullptr;
  bool declares = false;
  /// What is evaluated does not come back: nothing behind it is reached.
  bool leaves = false;
  /// A tape whose size may be negative.
  bool clamp = false;
  /// A tape in a local array of this many elements.
  unsigned fixedSize = 0;
  /// A tape of which not every trip writes its element; initialized, lest
  /// compilers warn.
  bool isSparse = false;
  /// A tape as large as the trips of several loops are many; not initialized, which
  /// would take as long as to write it.
  bool isLarge = false;
  CxxBlock *body = nullptr;
  CxxBlock *orElse = nullptr;
  std::vector<CxxStmt *> init, step;
  std::vector<CxxExpr *> values;
  /// A return of braces.
  bool returnsStruct = false;
  /// Labels (empty: default) and block of every case of a switch.
  std::vector<std::pair<std::vector<std::string>, CxxBlock *>> cases;
  /// The user's statement it comes from.
  StmtAttr stmt;
  /// A loop of the reverse sweep.
  bool isReverse = false;
  /// A loop in which `continue` does what the end of the body does.
  bool mayContinue = true;
  /// The comment and heading that stand before it (EmitComments).
  std::string comment, heading;
  /// An empty line stands before it.
  bool startsPart = false;
};

struct CxxBlock {
  std::vector<CxxStmt *> statements;
  CxxBlock *parent = nullptr;
  /// The statement it belongs to; null for the function's body.
  CxxStmt *owner = nullptr;
};

/// A function under construction; owns every node.
class CxxFunction {
public:
  CxxBlock *body;
  std::vector<CxxVariable *> parameters;

  // In the body of the constructor, when `blocks` is there.
  CxxFunction() { body = newBlock(nullptr); }

  CxxVariable *newVariable(LocalAttr local, mlir::Type type) {
    variables.emplace_back();
    variables.back().local = local;
    variables.back().type = type;
    return &variables.back();
  }
  CxxExpr *newExpr(CxxExpr::Kind kind, mlir::Type type, llvm::StringRef text,
                   llvm::ArrayRef<CxxExpr *> args = {}) {
    exprs.emplace_back();
    CxxExpr &e = exprs.back();
    e.kind = kind;
    e.type = type;
    e.text = text.str();
    e.args.assign(args.begin(), args.end());
    return &e;
  }
  CxxExpr *read(CxxVariable *variable) {
    CxxExpr *e = newExpr(CxxExpr::Variable, variable->type, "");
    e->variable = variable;
    return e;
  }
  CxxStmt *newStmt(CxxStmt::Kind kind, StmtAttr stmt = {}) {
    stmts.emplace_back();
    stmts.back().kind = kind;
    stmts.back().stmt = stmt;
    return &stmts.back();
  }
  CxxStmt *newAssign(CxxVariable *variable, CxxExpr *value, StmtAttr stmt) {
    CxxStmt *s = newStmt(CxxStmt::Assign, stmt);
    s->variable = variable;
    s->value = value;
    return s;
  }
  /// Copies of an expression, and of a statement without blocks.
  CxxExpr *clone(const CxxExpr *e);
  CxxStmt *clone(const CxxStmt *s);
  CxxBlock *newBlock(CxxBlock *parent, CxxStmt *owner = nullptr) {
    blocks.emplace_back();
    blocks.back().parent = parent;
    blocks.back().owner = owner;
    return &blocks.back();
  }

  std::deque<CxxVariable> variables;

private:
  std::deque<CxxExpr> exprs;
  std::deque<CxxStmt> stmts;
  std::deque<CxxBlock> blocks;
};

/// Whether both are written alike.
bool isSame(const CxxExpr *a, const CxxExpr *b);

/// Calls `visit` on `e` and everything in it.
void forEachExpr(const CxxExpr *e,
                 llvm::function_ref<void(const CxxExpr *)> visit);

/// How often `e` reads `variable` (writes in `i--` count).
unsigned countReads(const CxxExpr *e, const CxxVariable *variable);

/// Whether `e` changes a variable (`i--`, `d = …`), itself or by a call, or does
/// anything else besides computing its value.
bool hasSideEffect(const CxxExpr *e);

/// Calls `visit` on every expression directly in `s`, not in its blocks; those
/// of the statements of a loop's header are included.
void forEachDirectExpr(const CxxStmt *s,
                       llvm::function_ref<void(CxxExpr *)> visit);

/// Calls `visit` on every block directly in `s`.
void forEachBlock(const CxxStmt *s, llvm::function_ref<void(CxxBlock *)> visit);

/// Whether `s` mentions `variable`, blocks included.
bool mentions(const CxxStmt *s, const CxxVariable *variable);
/// Whether `s` may assign to `variable`, blocks included.
bool assigns(const CxxStmt *s, const CxxVariable *variable);

/// Whether `e` may assign to `variable`.
bool assigns(const CxxExpr *e, const CxxVariable *variable);

/// Whether control never reaches the end of the block.
bool endsInJump(const CxxBlock *block);

/// The number of variables and literals in `e`.
unsigned countLeaves(const CxxExpr *e);
/// The number of statements of `block`, nested ones included.
unsigned countStatements(const CxxBlock *block);

/// `!e`, as a person would write it. Comparisons of reals are not inverted
/// (NaN).
CxxExpr *negate(CxxFunction &f, CxxExpr *e);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_CXXTREE_H
