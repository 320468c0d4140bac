/*===- adgen.h - Annotations for adgen --------------------------------------===
 *
 * Says in the source what adgen is to differentiate. The macros expand to
 * annotations under Clang and to nothing elsewhere: annotated code builds with
 * any compiler and needs nothing at run time.
 *
 *===----------------------------------------------------------------------===*/
#ifndef ADGEN_ADGEN_H
#define ADGEN_ADGEN_H

#ifdef __clang__
#define ADGEN_ANNOTATE(text) [[clang::annotate(text)]]
#else
#define ADGEN_ANNOTATE(text)
#endif

/** Before a function: emit its adjoint `f_grad` with respect to the parameters
 *  named, as in `ADGEN_GRAD("x", "y") double f(double x, double y, int n);`, or
 *  to all of them if none is named: `ADGEN_GRAD()`. */
#define ADGEN_GRAD(...) ADGEN_ANNOTATE("adgen::grad(" #__VA_ARGS__ ")")

/** Before a function: emit its tangent `f_jvp`. */
#define ADGEN_JVP(...) ADGEN_ANNOTATE("adgen::jvp(" #__VA_ARGS__ ")")

/** Before a function, parameter, variable or field: it carries no derivative. */
#define ADGEN_INACTIVE ADGEN_ANNOTATE("adgen::inactive")

/** Before a function named `g_grad` or `g_jvp`: it is the hand-written
 *  derivative of `g`, which may be qualified and may be an instance of a
 *  template: `ADGEN_DERIVATIVE_OF(ns::g<double, 3>)`. */
#define ADGEN_DERIVATIVE_OF(...)                                               \
  ADGEN_ANNOTATE("adgen::derivative_of(" #__VA_ARGS__ ")")

#endif /* ADGEN_ADGEN_H */
