// RUN: adgen-opt --ad-warn-numerics --verify-diagnostics %s
// A parameter without influence is a warning, once for both modes.

// expected-warning@+1 {{parameter 'x' has no influence on the result of 'f'; its derivative is zero [adgen-no-influence]}}
func.func @no_influence(%x: f64 {ad.local = #ad.local<0, "x", "double">}, %y: f64 {ad.local = #ad.local<1, "y", "double">}) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "reverse", wrt = [0, 1], suffix = ""}, {mode = "forward", wrt = [0, 1], suffix = ""}]} {
  %n = ad.floor %x : (f64) -> f64
  %s = ad.add %n, %y : (f64, f64) -> f64
  ad.return %s : f64
}
