//===- adgen-opt.cpp - Runs adgen's passes on textual IR ------------------===//
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry.insert<adgen::ADDialect, mlir::func::FuncDialect>();
  adgen::registerADPasses();
  mlir::registerTransformsPasses();
  return mlir::failed(
      mlir::MlirOptMain(argc, argv, "adgen's passes on textual IR\n", registry));
}
