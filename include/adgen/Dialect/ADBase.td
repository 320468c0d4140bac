//===- ADBase.td - The dialect, its types and attributes ------------------===//
//
// The `ad` dialect: scalar C++ computations in structured SSA form, with what
// reverse mode adds to them (tapes, guards).
//
//===----------------------------------------------------------------------===//

#ifndef ADGEN_DIALECT_ADBASE_TD
#define ADGEN_DIALECT_ADBASE_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"

def ADDialect : Dialect {
  let name = "ad";
  let cppNamespace = "::adgen";
  let summary = "Scalar C++ computations and their derivatives";
  let description = [{
    Real numbers are the builtin types `f32` (float), `f64` (double) and `f80`
    (long double); `bool` is `i1`; every other integer or enumeration is an
    `!ad.int`, which keeps the C++ type and its signedness.

    Two forms of one dialect. In *memory form*, which the front end makes,
    every local variable is an `ad.var` with loads and stores, and statements
    may leave a region early (`ad.break`, `ad.continue`, `ad.return`). In
    *value form*, which differentiation works on, variables are SSA values
    (each assignment an `ad.let`), carried by the arguments and results of
    regions, and every region ends at its end.
  }];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
}

class ADType<string name, string typeMnemonic> : TypeDef<ADDialect, name> {
  let mnemonic = typeMnemonic;
}

def IntType : ADType<"Int", "int"> {
  let summary = "a C++ integer or enumeration type other than bool";
  let description = [{
    `!ad.int<"unsigned int", 32, false>`. `spelling` is the canonical C++ type.
  }];
  let parameters = (ins StringRefParameter<"canonical C++ spelling">:$spelling,
                        "unsigned":$width, "bool":$isSigned,
                        DefaultValuedParameter<"bool", "false">:$isEnum);
  let assemblyFormat = "`<` $spelling `,` $width `,` $isSigned (`,` $isEnum^)? `>`";
}

def PlaceType : ADType<"Place", "place"> {
  let summary = "where a C++ object of type `element` is in memory";
  let description = [{
    An lvalue, a reference or a pointer: the IR does not tell them apart. The
    element is a scalar, a place (of a pointer variable), an `!ad.array` or an
    `!ad.object`. A place is a value like any other: it may be carried by loops.
  }];
  let parameters = (ins "::mlir::Type":$element);
  let assemblyFormat = "`<` $element `>`";
}

def ArrayType : ADType<"Array", "array"> {
  let summary = "a C++ array";
  let description = "`!ad.array<3, !ad.array<2, f64>>` is `double[3][2]`.";
  let parameters = (ins "int64_t":$size, "::mlir::Type":$element);
  let assemblyFormat = "`<` $size `,` $element `>`";
}

def ObjectType : ADType<"Object", "object"> {
  let summary = "an object of a C++ class";
  let description = [{
    `!ad.object<"std::vector<double>">`, which the IR knows by name alone: what
    it holds is reached by `ad.member` and `ad.access`. `carries` says whether
    there are reals among its parts that may have derivatives.
  }];
  let parameters = (ins StringRefParameter<"C++ spelling">:$spelling,
                        DefaultValuedParameter<"bool", "false">:$carries);
  let assemblyFormat = "`<` $spelling (`,` $carries^)? `>`";
}

def TapeType : ADType<"Tape", "tape"> {
  let summary = "a sequence of values kept by the forward for the reverse sweep";
  let parameters = (ins "::mlir::Type":$element);
  let assemblyFormat = "`<` $element `>`";
}

def FrameType : ADType<"Frame", "frame"> {
  let summary = "what one run of a function's forward sweep leaves for its reverse sweep";
  let description = [{
    `!ad.frame<"f'forward 0 ->">`, by the symbol of the function that packs it. A value
    that may be kept on a tape, and in a frame, so that a recursive function's frame
    has those of the calls in it.
  }];
  let parameters = (ins StringRefParameter<"symbol of the forward function">:$function);
  let assemblyFormat = "`<` $function `>`";
}

class ADAttr<string name, string attrMnemonic> : AttrDef<ADDialect, name> {
  let mnemonic = attrMnemonic;
}

def LocalAttr : ADAttr<"Local", "local"> {
  let summary = "a C++ variable that values belong to";
  let description = [{
    `#ad.local<3, "x", "double">`. Two values with equal locals are successive
    contents of one variable. `id` tells apart variables of the same name;
    `type` is the type as the user spelled it, without `const`. `generated`
    marks a name that adgen invented (`x_bar`), which gives way to the user's
    names.
  }];
  let parameters = (ins "unsigned":$id, "::mlir::StringAttr":$name,
                        "::mlir::StringAttr":$type,
                        DefaultValuedParameter<"bool", "false">:$generated);
  let assemblyFormat = "`<` $id `,` $name `,` $type (`,` $generated^)? `>`";
}

def StmtAttr : ADAttr<"Stmt", "stmt"> {
  let summary = "the user's statement that an operation comes from";
  let description = [{
    Carried as the metadata of a fused location. `quote` is the statement as
    comments quote it: without the declared type and the semicolon, on one
    line. `derivative` marks operations that differentiation added.
  }];
  let parameters = (ins "unsigned":$id, "::mlir::StringAttr":$quote,
                        DefaultValuedParameter<"bool", "false">:$derivative);
  let assemblyFormat = "`<` $id `,` $quote (`,` $derivative^)? `>`";
}

def Real : AnyTypeOf<[F32, F64, F80], "a real number">;
def LongDouble : AnyTypeOf<[F80], "a long double">;
def Bool : TypeAlias<I1, "bool">;
def Integer : AnyTypeOf<[IntType], "a C++ integer">;
def Arithmetic : AnyTypeOf<[F32, F64, F80, IntType], "a number">;
def Scalar : AnyTypeOf<[F32, F64, F80, I1, IntType], "a scalar">;
def Content : AnyTypeOf<[F32, F64, F80, I1, IntType, PlaceType, FrameType],
                        "a scalar, a pointer or a frame">;
def Kept : AnyTypeOf<[F32, F64, F80, I1, IntType, PlaceType, FrameType, TapeType],
                     "what a frame may hold">;

#endif // ADGEN_DIALECT_ADBASE_TD
