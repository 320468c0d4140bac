// RUN: adgen-opt --ad-forward --verify-diagnostics --split-input-file %s
// A parameter without influence is a warning, an argument without a partial derivative an error.

// expected-warning@+1 {{parameter 'x' has no influence on the result of 'f'; its derivative is zero [adgen-no-influence]}}
func.func @no_influence(%x: f64 {ad.local = #ad.local<0, "x", "double">}, %y: f64 {ad.local = #ad.local<1, "y", "double">}) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0, 1], suffix = ""}]} {
  %n = ad.floor %x : (f64) -> f64
  %s = ad.add %n, %y : (f64, f64) -> f64
  ad.return %s : f64
}

// -----

func.func @no_partial(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  // expected-error@+1 {{the derivative of 'std::cyl_bessel_j' with respect to its argument 1 has no closed form [adgen-no-partial]}}
  %s = ad.cyl_bessel_j %x, %x : (f64, f64) -> f64
  ad.return %s : f64
}
