// RUN: adgen-opt --ad-summarize-calls --ad-reverse --verify-diagnostics %s
// A pointer that was read from memory has no shadow that anybody knows.

func.func @f(%p: !ad.place<!ad.place<f64>> {ad.local = #ad.local<0, "p", "double **">, ad.type = "double **", ad.pass = "pointer", ad.in_memory, ad.out = -1 : i64}) -> f64 attributes {ad.name = "f", ad.base = "f", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0], suffix = ""}]} {
  // expected-error @below {{[adgen-unknown-shadow]}}
  %q = ad.load %p : !ad.place<!ad.place<f64>>
  %v = ad.load %q : !ad.place<f64>
  %w = ad.mul %v, %v : (f64, f64) -> f64
  ad.return %w : f64
}
