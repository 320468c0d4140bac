// RUN: adgen-opt --ad-forward --verify-diagnostics %s
// An argument without a partial derivative is an error.

func.func @no_partial(%x: f64 {ad.local = #ad.local<0, "x", "double">}) -> f64 attributes {ad.name = "f", ad.return_type = "double", ad.requests = [{mode = "forward", wrt = [0], suffix = ""}]} {
  // expected-error@+1 {{the derivative of 'std::cyl_bessel_j' with respect to its argument 1 has no closed form [adgen-no-partial]}}
  %s = ad.cyl_bessel_j %x, %x : (f64, f64) -> f64
  ad.return %s : f64
}
