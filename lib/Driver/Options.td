//===- Options.td - The command line of adgen -----------------------------===//
//
// What there is; `--help`, in Options.cpp, says what it means. Every option with
// a value can be written `--wrt x` and `--wrt=x`.
//
//===----------------------------------------------------------------------===//

include "llvm/Option/OptParser.td"

multiclass Value<string name> {
  def NAME : Separate<["--"], name>;
  def NAME # _EQ : Joined<["--"], name # "=">, Alias<!cast<Option>(NAME)>;
}

// What to differentiate.
defm function : Value<"function">;
defm wrt : Value<"wrt">;
defm inactive : Value<"inactive">;
defm mode : Value<"mode">;
def with_value : Flag<["--"], "with-value">;
defm suffix : Value<"suffix">;
defm use : Value<"use">;

// What to write.
def o : JoinedOrSeparate<["-"], "o">;
defm emit : Value<"emit">;
defm depfile : Value<"depfile">;
def remarks : Flag<["--"], "remarks">;
defm warning : Value<"warning">;
defm no_warning : Value<"no-warning">;

// Where to check.
defm at : Value<"at">;
defm samples : Value<"samples">;
defm seed : Value<"seed">;
defm range : Value<"range">;
def json : Flag<["--"], "json">;
defm link : Value<"link">;

// How to compile the input.
def p : JoinedOrSeparate<["-"], "p">;
defm extra_arg : Value<"extra-arg">;
defm extra_arg_before : Value<"extra-arg-before">;

def help : Flag<["--"], "help">;
def h : Flag<["-"], "h">, Alias<help>;
def version : Flag<["--"], "version">;

// For tests and for those who work on adgen; not in --help.
defm disable_pass : Value<"disable-pass">;
def print_locations : Flag<["--"], "print-locations">;
