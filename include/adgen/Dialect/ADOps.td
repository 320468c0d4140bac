//===- ADOps.td - Values, variables, control flow and tapes ---------------===//
//
// Everything of the dialect that is not an elementwise function of reals; those
// are the rows of ADFunctions.td.
//
//===----------------------------------------------------------------------===//

#ifndef ADGEN_DIALECT_ADOPS_TD
#define ADGEN_DIALECT_ADOPS_TD

include "adgen/Dialect/ADFunctions.td"
include "mlir/IR/EnumAttr.td"

class ADOp<string mnemonic, list<Trait> traits = []>
    : Op<ADDialect, mnemonic, traits>;

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

def ConstantOp : ADOp<"constant", [Pure, ConstantLike]> {
  let summary = "a literal or a named constant";
  let description = [{
    `value` is a float attribute of the result's type, or for `i1` and
    `!ad.int` an integer attribute of its width. `spelling` is what the user
    wrote (`0x10`, `1e-14`, `M_PI`, `Color::Red`), which the emitter prints
    as it is; `spelling_type` the C++ type of that spelling where it differs
    from the result's (`3` in `3 * x` is an `int`).
  }];
  let arguments = (ins AnyAttr:$value, OptionalAttr<StrAttr>:$spelling,
                       OptionalAttr<TypeAttr>:$spelling_type);
  let results = (outs Scalar:$result);
  let assemblyFormat = "`<` $value `>` attr-dict `:` type($result)";
  let hasFolder = 1;
  let extraClassDeclaration = [{
    /// Whether it is written by a name, `M_PI`, which says more than its value.
    bool isNamed();
  }];
}

def UndefOp : ADOp<"undef", [Pure]> {
  let summary = "the content of a variable that was not initialized";
  let results = (outs Content:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def LetOp : ADOp<"let", [Pure, AllTypesMatch<["value", "result"]>]> {
  let summary = "assigns a value to a variable";
  let description = [{
    The identity; says that from here on the variable `local` holds `value`.
    `written` marks the assignments that the user wrote.
  }];
  let arguments = (ins Content:$value, LocalAttr:$local);
  let results = (outs Content:$result);
  let assemblyFormat = "$value $local attr-dict `:` type($result)";
}

def CastOp : ADOp<"cast", [Pure]> {
  let summary = "a conversion between scalar types";
  let description = [{
    `explicit_spelling` is the target type as the user spelled it in an
    explicit cast; an implicit conversion has none. Between reals it is
    differentiable (with derivative 1); everywhere else it carries none.
  }];
  let arguments = (ins Scalar:$value, OptionalAttr<StrAttr>:$explicit_spelling);
  let results = (outs Scalar:$result);
  let assemblyFormat = "$value attr-dict `:` type($value) `to` type($result)";
}

class IntBinary<string mnemonic> : ADOp<mnemonic, [Pure, SameOperandsAndResultType]> {
  let arguments = (ins AnyTypeOf<[IntType, I1]>:$x, AnyTypeOf<[IntType, I1]>:$z);
  let results = (outs AnyTypeOf<[IntType, I1]>:$y);
  let assemblyFormat = "operands attr-dict `:` type($y)";
}
def RemOp : IntBinary<"rem"> { let summary = "`x % z`"; }
def AndOp : IntBinary<"and"> { let summary = "`x & z`"; }
def OrOp : IntBinary<"or"> { let summary = "`x | z`"; }
def XorOp : IntBinary<"xor"> { let summary = "`x ^ z`"; }

class Shift<string mnemonic> : ADOp<mnemonic, [Pure, AllTypesMatch<["x", "y"]>]> {
  let arguments = (ins Integer:$x, Integer:$z);
  let results = (outs Integer:$y);
  let assemblyFormat = "operands attr-dict `:` type($x) `,` type($z)";
}
def ShlOp : Shift<"shl"> { let summary = "`x << z`"; }
def ShrOp : Shift<"shr"> { let summary = "`x >> z`"; }

def ComplementOp : ADOp<"complement", [Pure, SameOperandsAndResultType]> {
  let summary = "`~x`";
  let arguments = (ins Integer:$x);
  let results = (outs Integer:$y);
  let assemblyFormat = "operands attr-dict `:` type($y)";
}

def NotOp : ADOp<"not", [Pure, SameOperandsAndResultType]> {
  let summary = "`!x`";
  let arguments = (ins I1:$x);
  let results = (outs I1:$y);
  let assemblyFormat = "operands attr-dict `:` type($y)";
}

def Predicate : I32EnumAttr<"Predicate", "a comparison", [
    I32EnumAttrCase<"eq", 0>, I32EnumAttrCase<"ne", 1>,
    I32EnumAttrCase<"lt", 2>, I32EnumAttrCase<"le", 3>,
    I32EnumAttrCase<"gt", 4>, I32EnumAttrCase<"ge", 5>]> {
  let cppNamespace = "::adgen";
}

def CompareOp : ADOp<"cmp", [Pure, SameTypeOperands]> {
  let summary = "`x < z` and its kin; operands have one type";
  let arguments = (ins Predicate:$predicate, Content:$x, Content:$z);
  let results = (outs I1:$y);
  let assemblyFormat = "$predicate $x `,` $z attr-dict `:` type($x)";
}

def TestOp : ADOp<"test", [Pure]> {
  let summary = "a C++ function of reals with an integer or boolean result, such as `std::isnan`";
  let description = [{
    With `parameter`, whether that pointer of the function's is not null.
  }];
  let arguments = (ins StrAttr:$spelling, Variadic<Scalar>:$args,
                       OptionalAttr<LocalAttr>:$parameter);
  let results = (outs AnyTypeOf<[I1, IntType]>:$y);
  let builders = [OpBuilder<(ins "::mlir::Type":$type, "::llvm::StringRef":$spelling,
                                 "::mlir::ValueRange":$args), [{
    build($_builder, $_state, type, $_builder.getStringAttr(spelling), args, LocalAttr());
  }]>];
  let assemblyFormat = "$spelling `(` $args `)` attr-dict `:` functional-type($args, $y)";
}

def SelectOp : ADOp<"select", [Pure, AllTypesMatch<["x", "z", "y"]>]> {
  let summary = "`condition ? x : z`, both evaluated";
  let arguments = (ins I1:$condition, Content:$x, Content:$z);
  let results = (outs Content:$y);
  let assemblyFormat = "operands attr-dict `:` type($y)";
}

def SameOp : ADOp<"same", [Pure, AllTypesMatch<["value", "as", "result"]>]> {
  let summary = "`value`, with the derivative of `as`, which is the same number";
  let description = [{
    In a primal that is about to be reversed: what a derivative needs of the value is
    known from another computation of it.
  }];
  let arguments = (ins Real:$value, Real:$as);
  let results = (outs Real:$result);
  let assemblyFormat = "$value `as` $as attr-dict `:` type($value)";
}

def GuardOp : ADOp<"guard", [Pure, AllTypesMatch<["value", "y"]>]> {
  let summary = "`condition == 0 ? 0 : value`";
  let description = [{
    An adjoint or tangent that is exactly zero contributes exactly zero, also
    where the partial derivative is infinite. `value` is `condition` times
    something.
  }];
  let arguments = (ins Real:$condition, Real:$value);
  let results = (outs Real:$y);
  let assemblyFormat = "operands attr-dict `:` type($condition) `,` type($value)";
}

//===----------------------------------------------------------------------===//
// Memory form
//===----------------------------------------------------------------------===//

def VarOp : ADOp<"var"> {
  let summary = "a local variable or parameter in memory";
  let description = [{
    In memory form every variable; in value form arrays, objects of classes and
    what a pointer may point to. `init` is the initializer as it follows the
    name, with `{0}`, `{1}` for `args` and braces doubled: `({0})`; without it the
    variable has no content yet. `zero_init` constructs a shadow: an object of
    the same shape whose reals are zero.
  }];
  let arguments = (ins LocalAttr:$local, Variadic<Content>:$args,
                       OptionalAttr<StrAttr>:$init, OptionalAttr<StrAttr>:$zero_init);
  let results = (outs Res<PlaceType, "", [MemAlloc]>:$place);
  let assemblyFormat = "$local (`(` $args^ `:` type($args) `)`)? attr-dict `:` type($place)";
  let builders = [OpBuilder<(ins "::mlir::Type":$type, "::adgen::LocalAttr":$local), [{
    build($_builder, $_state, type, local, ::mlir::ValueRange(), ::mlir::StringAttr(),
          ::mlir::StringAttr());
  }]>];
}

//===----------------------------------------------------------------------===//
// Places within objects
//===----------------------------------------------------------------------===//

def GlobalOp : ADOp<"global", [Pure]> {
  let summary = "a constant at namespace scope or a static one, by its C++ name";
  let arguments = (ins StrAttr:$spelling);
  let results = (outs PlaceType:$result);
  let assemblyFormat = "$spelling attr-dict `:` type($result)";
}

def OffsetOp : ADOp<"offset", [Pure, AllTypesMatch<["base", "result"]>]> {
  let summary = "`base + index`, of a pointer";
  let arguments = (ins PlaceType:$base, Integer:$index);
  let results = (outs PlaceType:$result);
  let assemblyFormat = "$base `,` $index attr-dict `:` type($base) `,` type($index)";
}

def ElementOp : ADOp<"element", [Pure]> {
  let summary = "`base[index]`, of an array";
  let arguments = (ins PlaceType:$base, Integer:$index);
  let results = (outs PlaceType:$result);
  let assemblyFormat = "$base `,` $index attr-dict `:` type($base) `,` type($index) `->` type($result)";
}

def MemberOp : ADOp<"member", [Pure]> {
  let summary = "`base.name`, of an object of a class";
  let description = [{
    The element of a tuple has its position for a name: `"0"` is `std::get<0>(base)`. The
    object of a base class has `"B::"`: its member x is `base.x`, or `base.B::x`.
  }];
  let arguments = (ins PlaceType:$base, StrAttr:$name);
  let results = (outs PlaceType:$result);
  let assemblyFormat = "$base $name attr-dict `:` type($base) `->` type($result)";
}

def DerivedOp : ADOp<"derived", [Pure]> {
  let summary = "the object of which `base` is the base `name`";
  let description = [{
    `static_cast<const D &>(base)`. Of a callee; where that is in place of its call,
    `ad.member`, by the same name, says what the object is.
  }];
  let arguments = (ins PlaceType:$base, StrAttr:$name);
  let results = (outs PlaceType:$result);
  let assemblyFormat = "$base $name attr-dict `:` type($base) `->` type($result)";
}

def AccessOp : ADOp<"access", [Pure]> {
  let summary = "a place that an object owns and a call of C++ finds, such as `v[i]`";
  let description = [{
    `text` is the call, `{0}` the object: `{0}.at({1})`, `{0}.back()`, `{0}(1, {1})`. The
    choice reads neither reals nor anything that a shadow of the object has not,
    so that the shadow of the place is the same call on the shadow.
  }];
  let arguments = (ins StrAttr:$text, PlaceType:$base, Variadic<Content>:$args);
  let results = (outs PlaceType:$result);
  let assemblyFormat = "$text `(` $base (`,` $args^)? `)` attr-dict `:` functional-type(operands, $result)";
}

def QueryOp : ADOp<"query"> {
  let summary = "what an object says of itself and its shadow would say as well, such as `v.size()`";
  let arguments = (ins StrAttr:$text, Arg<PlaceType, "", [MemRead]>:$base, Variadic<Content>:$args);
  let results = (outs Content:$result);
  let assemblyFormat = "$text `(` $base (`,` $args^)? `)` attr-dict `:` functional-type(operands, $result)";
}

def DistanceOp : ADOp<"distance", [Pure, SameTypeOperands]> {
  let summary = "`x - z`, of pointers";
  let arguments = (ins PlaceType:$x, PlaceType:$z);
  let results = (outs Integer:$y);
  let assemblyFormat = "$x `,` $z attr-dict `:` type($x) `->` type($y)";
}

def ShadowOp : ADOp<"shadow", [Pure, SameOperandsAndResultType]> {
  let summary = "the shadow of a place, in a primal that is about to be reversed";
  let arguments = (ins PlaceType:$place);
  let results = (outs PlaceType:$result);
  let assemblyFormat = "$place attr-dict `:` type($place)";
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

def LoadOp : ADOp<"load", [TypesMatchWith<"the place's element", "place", "value",
      "::llvm::cast<::adgen::PlaceType>($_self).getElement()">]> {
  let summary = "reads a place";
  let arguments = (ins Arg<PlaceType, "", [MemRead]>:$place);
  let results = (outs Content:$value);
  let assemblyFormat = "$place attr-dict `:` type($place)";
}

def StoreOp : ADOp<"store", [TypesMatchWith<"the place's element", "place", "value",
      "::llvm::cast<::adgen::PlaceType>($_self).getElement()">]> {
  let summary = "writes a place";
  let arguments = (ins Content:$value, Arg<PlaceType, "", [MemWrite]>:$place);
  let assemblyFormat = "$value `,` $place attr-dict `:` type($place)";
}

def AccumulateOp : ADOp<"accumulate", [TypesMatchWith<"the place's element", "place", "value",
      "::llvm::cast<::adgen::PlaceType>($_self).getElement()">]> {
  let summary = "`place += value`, of derivative code";
  let arguments = (ins Real:$value, Arg<PlaceType, "", [MemRead, MemWrite]>:$place);
  let assemblyFormat = "$value `,` $place attr-dict `:` type($place)";
}

def SwapOp : ADOp<"swap", [SameTypeOperands]> {
  let summary = "`std::swap` of two objects, whose shadows are swapped as well";
  let arguments = (ins Arg<PlaceType, "", [MemRead, MemWrite]>:$x, Arg<PlaceType, "", [MemRead, MemWrite]>:$z);
  let assemblyFormat = "$x `,` $z attr-dict `:` type($x)";
}

//===----------------------------------------------------------------------===//
// The shape of containers
//===----------------------------------------------------------------------===//

def ResizeOp : ADOp<"resize"> {
  let summary = "`v.resize(count)`: what is added is zero, or made without arguments";
  let description = [{
    Writes everything in the container: its size, and its elements, which may move.
    `old` is the size before, where reverse mode has to go back to it.
  }];
  let arguments = (ins Arg<PlaceType, "", [MemRead, MemWrite]>:$place, Integer:$count,
                       Optional<Integer>:$old);
  let assemblyFormat = [{
    $place `to` $count (`from` $old^ `:` type($old))? attr-dict `:` type($place) `,` type($count)
  }];
}

def PushOp : ADOp<"push"> {
  let summary = "`v.push_back(value)`; without a value, an element as `ad.resize` adds it";
  let description = [{
    The elements that are there already keep their values, but may move.
  }];
  let arguments = (ins Arg<PlaceType, "", [MemRead, MemWrite]>:$place, Optional<Content>:$value);
  let assemblyFormat = "$place (`,` $value^ `:` type($value))? attr-dict `:` type($place)";
}

def PopOp : ADOp<"pop"> {
  let summary = "`v.pop_back()`";
  let arguments = (ins Arg<PlaceType, "", [MemRead, MemWrite]>:$place);
  let assemblyFormat = "$place attr-dict `:` type($place)";
}

def BreakOp : ADOp<"break", [Terminator]> {
  let summary = "leaves the innermost loop or switch";
  let assemblyFormat = "attr-dict";
}
def ContinueOp : ADOp<"continue", [Terminator]> {
  let summary = "goes on with the step of the innermost loop";
  let assemblyFormat = "attr-dict";
}
def ReturnOp : ADOp<"return", [Terminator]> {
  let summary = "leaves the function; in value form only at its end";
  let arguments = (ins Variadic<Content>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

def CallOp : ADOp<"call", [DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "a call of a function of the module";
  let description = [{
    One operand for each argument of `callee`. The results are what it returns
    (if anything), then, in value form, the contents afterwards of the variables
    that it was passed by reference or pointer and may have written.

    `ties[i]` is the number of the result that is the content of operand i's
    variable after the call, -1 for an operand passed by value or only read. In
    memory form the tied operand is the place, and the tied result does not
    exist yet; in value form it is the content before. Two operands tied to one
    result are one variable, passed twice; the callee reads and writes it
    through the first. `locals` names the variable of each result.

    `effects`: the callee does something else besides, such as output: the call
    is neither repeated nor removed. `written` is the number of arguments that
    the user wrote, without the default ones.

    Set by `ad-summarize-calls`: `flows` are pairs (operand, result) between
    which a derivative flows; `singular` says of each operand whether a partial
    derivative of the callee by it may be infinite where its value is not (1) or
    where that is as well (2), or never (0). `partials` are triples (operand, result, p): result p is the partial
    derivative of a callee that computes it beside its value.
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$args,
                       OptionalAttr<DenseI64ArrayAttr>:$ties,
                       OptionalAttr<ArrayAttr>:$locals,
                       OptionalAttr<DenseI64ArrayAttr>:$flows,
                       OptionalAttr<DenseI64ArrayAttr>:$partials,
                       OptionalAttr<DenseI64ArrayAttr>:$singular,
                       OptionalAttr<I64Attr>:$written, UnitAttr:$effects);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = "$callee `(` $args `)` attr-dict `:` functional-type($args, $results)";
  let extraClassDeclaration = [{
    /// The result that operand `i` is tied to, or -1.
    int64_t tieOf(unsigned i) { return getTies() ? (*getTies())[i] : -1; }
    /// The operand whose variable result `r` is the content of; nothing for
    /// what the call returns.
    std::optional<unsigned> operandOf(unsigned r);
  }];
}

def StatementOp : ADOp<"statement"> {
  let summary = "a statement of the user's that is kept as it is";
  let description = [{
    It neither computes nor changes anything that a derivative depends on, but
    has an effect: output, an assertion. `text` is the statement without its
    semicolon, with `{0}`, `{1}` in place of the operands.
  }];
  let arguments = (ins StrAttr:$text, Variadic<Content>:$args);
  let assemblyFormat = "$text (`(` $args^ `)` `:` type($args))? attr-dict";
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

def YieldOp : ADOp<"yield", [Pure, Terminator]> {
  let summary = "ends a region of an `if` or a `switch`, or the body of a `for`";
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
}

def IfOp : ADOp<"if", [SingleBlock, NoRegionArguments, RecursiveMemoryEffects]> {
  let summary = "a C++ if, conditional expression, `&&` or `||`";
  let description = [{
    `expression` marks what the user wrote as `?:`, `&&` or `||` (whose other
    operand is the constant false or true). `locals` names the variable of
    each result (or has a unit attribute for none).
  }];
  let arguments = (ins I1:$condition, OptionalAttr<ArrayAttr>:$locals, UnitAttr:$expression);
  let results = (outs Variadic<AnyType>:$results);
  let regions = (region SizedRegion<1>:$thenRegion, SizedRegion<1>:$elseRegion);
  let assemblyFormat = "$condition (`->` type($results)^)? $thenRegion `else` $elseRegion attr-dict";
  let extraClassDeclaration = [{
    ::mlir::Block *thenBlock() { return &getThenRegion().front(); }
    ::mlir::Block *elseBlock() { return &getElseRegion().front(); }
  }];
}

def SwitchOp : ADOp<"switch", [SingleBlock, NoRegionArguments, RecursiveMemoryEffects]> {
  let summary = "a C++ switch whose cases do not fall through";
  let description = [{
    Region k runs if `value` is one of `cases[k]` (an array of integer
    attributes, spelled `labels[k]`); the last region otherwise.
  }];
  let arguments = (ins Integer:$value, ArrayAttr:$cases, ArrayAttr:$labels,
                       OptionalAttr<ArrayAttr>:$locals);
  let results = (outs Variadic<AnyType>:$results);
  let regions = (region VariadicRegion<SizedRegion<1>>:$caseRegions);
  let assemblyFormat = [{
    $value $cases $labels `:` type($value) (`->` type($results)^)? $caseRegions attr-dict
  }];
}

def ForOp : ADOp<"for", [SingleBlock, RecursiveMemoryEffects]> {
  let summary = "a counted loop";
  let description = [{
    The body's first argument runs from `lower` in steps of `step` as long as
    `predicate` holds between it and `upper`, in the opposite order if
    `reversed`; the other arguments are carried from trip to trip. `step` is
    not zero, and the loop ends (it does not wrap around).
  }];
  let arguments = (ins Integer:$lower, Integer:$upper, I64Attr:$step, Predicate:$predicate,
                       Variadic<AnyType>:$inits, LocalAttr:$counter,
                       OptionalAttr<ArrayAttr>:$locals, UnitAttr:$reversed);
  let results = (outs Variadic<AnyType>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $counter `=` $lower $predicate $upper `step` $step (`reversed` $reversed^)?
    `carry` `(` $inits `)` `:` type($lower) `,` type($upper) `,` functional-type($inits, $results) $body attr-dict
  }];
  let extraClassDeclaration = [{
    ::mlir::Block *block() { return &getBody().front(); }
    ::mlir::Value induction() { return block()->getArgument(0); }
  }];
}

def SumOp : ADOp<"sum", [SingleBlock, RecursiveMemoryEffects]> {
  let summary = "a sum whose terms are added up in any order";
  let description = [{
    The sum of what the body yields for its argument from `lower` as long as it is
    less than `upper`; both have its type. The body computes and reads memory, and
    has no effects. That no order is given is what lets a compiler vectorize it.
  }];
  let arguments = (ins Integer:$lower, Integer:$upper, LocalAttr:$counter);
  let results = (outs Real:$sum);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $counter `=` $lower `to` $upper `:` type($lower) `,` type($upper) `->` type($sum) $body attr-dict
  }];
  let extraClassDeclaration = [{
    ::mlir::Block *block() { return &getBody().front(); }
    ::mlir::Value induction() { return block()->getArgument(0); }
    ::mlir::Value term() { return block()->getTerminator()->getOperand(0); }
    /// The function of the output that adds up: its name, its definition.
    static ::llvm::StringRef function() { return "sum_over"; }
    static ::llvm::StringRef definition();
  }];
}

def WhileOp : ADOp<"while", [SingleBlock, RecursiveMemoryEffects]> {
  let summary = "any other loop";
  let description = [{
    A trip is `head`, `body`, `step`, in this order. Each takes the carried
    values and ends with `ad.next`: if its first operand is false, the loop
    is left with the other operands as its results. `while (c) B`: c in the
    head. `for (i; c; s) B`: c in the head, s in the step. `do B while (c)`:
    c in the step. In value form, `break` is an `ad.next` of the body with
    false. `kind` is how the user spelled it: "for", "while" or "do".
  }];
  let arguments = (ins Variadic<AnyType>:$inits, StrAttr:$kind, OptionalAttr<ArrayAttr>:$locals);
  let results = (outs Variadic<AnyType>:$results);
  let regions = (region SizedRegion<1>:$head, SizedRegion<1>:$body, SizedRegion<1>:$step);
  let assemblyFormat = [{
    $kind `carry` `(` $inits `)` `:` functional-type($inits, $results)
    `head` $head `body` $body `step` $step attr-dict
  }];
  let extraClassDeclaration = [{
    ::mlir::Block *headBlock() { return &getHead().front(); }
    ::mlir::Block *bodyBlock() { return &getBody().front(); }
    ::mlir::Block *stepBlock() { return &getStep().front(); }
  }];
}

def NextOp : ADOp<"next", [Pure, Terminator, ParentOneOf<["WhileOp"]>]> {
  let summary = "ends a region of a `while`: goes on if `go`, else leaves the loop";
  let arguments = (ins I1:$go, Variadic<AnyType>:$values);
  let assemblyFormat = "$go attr-dict ($values^ `:` type($values))?";
}

//===----------------------------------------------------------------------===//
// Tapes
//===----------------------------------------------------------------------===//

def TapeOp : ADOp<"tape"> {
  let summary = "allocates a tape";
  let description = [{
    Indexed if it has a `size` (at most so many elements; an `!ad.int` that is
    not negative or, with `clamp`, may be); growing at its end otherwise.
    `local` names it.
  }];
  let arguments = (ins Optional<Integer>:$size, LocalAttr:$local, UnitAttr:$clamp);
  let results = (outs Res<TapeType, "", [MemAlloc]>:$tape);
  let assemblyFormat = "($size^ `:` type($size))? $local attr-dict `->` type($tape)";
}

def RecordOp : ADOp<"record"> {
  let summary = "writes the element `index` of an indexed tape, or appends to a growing one";
  let arguments = (ins Content:$value, Arg<TapeType, "", [MemWrite]>:$tape, Integer:$index);
  let assemblyFormat = "$value `,` $tape `[` $index `]` attr-dict `:` type($value) `,` type($tape) `,` type($index)";
}

def PlaybackOp : ADOp<"playback"> {
  let summary = "reads the element `index` of a tape";
  let arguments = (ins Arg<TapeType, "", [MemRead]>:$tape, Integer:$index, OptionalAttr<LocalAttr>:$local);
  let results = (outs Content:$value);
  let assemblyFormat = "$tape `[` $index `]` (`as` $local^)? attr-dict `:` type($tape) `,` type($index) `->` type($value)";
}

def KeepOp : ADOp<"keep", [AllTypesMatch<["value", "result"]>]> {
  let summary = "the identity; what it is in the forward sweep is kept for the reverse sweep";
  let description = [{
    In a primal that is about to be reversed. `value` was read from memory that is
    overwritten later; `index` numbers the runs of the operation, from 0 up to at
    most `size`, or, without one, in the order in which they come. `local` names
    the tape.
  }];
  let arguments = (ins Content:$value, Integer:$index, Optional<Integer>:$size, LocalAttr:$local);
  let results = (outs Content:$result);
  let assemblyFormat = [{
    $value `[` $index (`of` $size^ `:` type($size))? `]` $local attr-dict `:` type($value) `,` type($index)
  }];
}

//===----------------------------------------------------------------------===//
// Frames
//===----------------------------------------------------------------------===//

def PackOp : ADOp<"pack"> {
  let summary = "ends a function's forward sweep: puts what its reverse sweep reads into a frame";
  let description = [{
    `members` names each value, a variable with its type. A tape is moved, so that
    nothing may use it afterwards; a place stands for the local object there, which
    is moved as well.
  }];
  let arguments = (ins Variadic<Kept>:$values, ArrayAttr:$members);
  let results = (outs FrameType:$frame);
  let assemblyFormat = "`(` $values `)` $members attr-dict `:` functional-type($values, $frame)";
}

def UnpackOp : ADOp<"unpack", [Pure]> {
  let summary = "the values of a frame, in the order in which they were packed";
  let arguments = (ins FrameType:$frame);
  let results = (outs Variadic<Kept>:$values);
  let assemblyFormat = "$frame attr-dict `:` functional-type($frame, $values)";
}

#endif // ADGEN_DIALECT_ADOPS_TD
