// RUN: adgen-opt --ad-summarize-calls --ad-reverse --verify-diagnostics --split-input-file %s
// What a call lacks for its reversal is an error at the call.

// A rule for the other mode is none.
func.func private @g(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 attributes {ad.name = "g", ad.rule_jvp = @g_jvp}
func.func private @g_jvp(%x: f64, %x_dot: f64 {ad.role = "tangent", ad.of = 0 : i64}) -> (f64, f64) attributes {ad.name = "g_jvp", ad.wrt = [0]}
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "f", ad.base = "f", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], suffix = ""}]} {
  // expected-error @below {{the body of 'g' is not known, and it has no derivative of its own [adgen-opaque-function]}}
  %y = ad.call @g(%x) : (f64) -> f64
  ad.return %y : f64
}

// -----

// The rule has the derivative by x alone.
func.func private @g(%x: f64 {ad.local = #ad.local<0, "x", "double">}, %a: f64 {ad.local = #ad.local<1, "a", "double">}) -> f64 attributes {ad.name = "g", ad.rule_grad = @g_grad}
func.func private @g_grad(%x: f64, %a: f64, %seed: f64 {ad.role = "seed"}) -> f64 attributes {ad.name = "g_grad", ad.wrt = [0]}
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "f", ad.base = "f", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], suffix = ""}]} {
  // expected-error @below {{'g_grad' has no derivative with respect to parameter 'a', which is needed here [adgen-rule-lacks-adjoint]}}
  %y = ad.call @g(%x, %x) : (f64, f64) -> f64
  ad.return %y : f64
}

// -----

// The output must happen once, and no tape has the value for a loop in a loop.
func.func private @g(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}) -> f64 attributes {ad.name = "g", ad.base = "g", ad.return_type = "double", ad.effects} {
  ad.statement "std::puts(\"g\")"
  %y = ad.sin %x : (f64) -> f64
  ad.return %y : f64
}
func.func @f(%x: f64 {ad.local = #ad.local<0, "x", "double">, ad.type = "double"}, %n: !ad.int<"int", 32, true> {ad.local = #ad.local<3, "n", "int">, ad.type = "int"}) -> f64 attributes {ad.name = "f", ad.base = "f", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], suffix = ""}]} {
  %zero = ad.constant<0 : i32> : !ad.int<"int", 32, true>
  %r = ad.for <4, "i", "int"> = %zero lt %n step 1 carry (%x) : !ad.int<"int", 32, true>, !ad.int<"int", 32, true>, (f64) -> f64 {
  ^bb0(%i: !ad.int<"int", 32, true>, %a: f64):
    %s = ad.for <5, "j", "int"> = %zero lt %n step 1 carry (%a) : !ad.int<"int", 32, true>, !ad.int<"int", 32, true>, (f64) -> f64 {
    ^bb0(%j: !ad.int<"int", 32, true>, %c: f64):
      // expected-error @below {{[adgen-replayed-effect]}}
      %y = ad.call @g(%c) {effects} : (f64) -> f64
      ad.yield %y : f64
    }
    ad.yield %s : f64
  }
  ad.return %r : f64
}
