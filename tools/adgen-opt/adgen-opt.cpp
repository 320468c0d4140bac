//===- adgen-opt.cpp - Runs adgen's passes on textual IR ------------------===//
//
// mlir-opt with adgen's passes, and `--emit-cpp`, which prints the derivatives
// of the module as one C++ unit in place of the IR:
//
//     adgen-opt --ad-reverse --ad-simplify --emit-cpp f.mlir
//
//===----------------------------------------------------------------------===//
#include "adgen/Dialect/AD.h"
#include "adgen/Emitter/Emitter.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/FileSystem.h"

using namespace mlir;

namespace {

/// Prints a module as C++ on standard output.
struct EmitCpp : PassWrapper<EmitCpp, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(EmitCpp)

  StringRef getArgument() const override { return "emit-cpp"; }
  StringRef getDescription() const override {
    return "Prints the derivatives as C++ in place of the IR";
  }

  void runOnOperation() override {
    adgen::EmitOptions options;
    options.singleUnit = true;
    FailureOr<adgen::EmittedCode> code =
        adgen::emitCode(getOperation(), options);
    if (failed(code))
      return signalPassFailure();
    llvm::outs() << code->source;
  }
};

} // namespace

int main(int argc, char **argv) {
  DialectRegistry registry;
  registry.insert<adgen::ADDialect, func::FuncDialect>();
  adgen::registerADPasses();
  registerTransformsPasses();
  PassRegistration<EmitCpp>();
  auto [input, output] = registerAndParseCLIOptions(
      argc, argv, "adgen's passes on textual IR\n", registry);
  bool emitsCpp = llvm::is_contained(
      llvm::ArrayRef<char *>(argv, argc).drop_front(), StringRef("--emit-cpp"));
  return failed(MlirOptMain(argc, argv, input,
                            emitsCpp ? "/dev/null" : StringRef(output),
                            registry));
}
