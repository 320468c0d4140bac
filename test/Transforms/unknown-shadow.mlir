// RUN: adgen-opt --ad-summarize-calls --ad-reverse --verify-diagnostics %s
// A pointer to one of two objects, of which one has no shadow, is refused.

func.func @f(%x: !ad.place<f64> {ad.local = #ad.local<0, "x", "const double *">, ad.type = "const double *", ad.pass = "pointer", ad.in_memory}, %w: !ad.place<f64> {ad.local = #ad.local<1, "w", "const double *">, ad.type = "const double *", ad.pass = "pointer", ad.in_memory}, %c: i1 {ad.local = #ad.local<2, "c", "bool">, ad.type = "bool"}) -> f64 attributes {ad.name = "f", ad.base = "f", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], suffix = ""}]} {
  // expected-error @below {{[adgen-unknown-shadow]}}
  %q = ad.if %c -> !ad.place<f64> {
    ad.yield %x : !ad.place<f64>
  } else {
    ad.yield %w : !ad.place<f64>
  } {expression}
  %v = ad.load %q : !ad.place<f64>
  %r = ad.mul %v, %v : (f64, f64) -> f64
  ad.return %r : f64
}
