//===- adgen.cpp - The differentiating compiler ---------------------------===//
#include "adgen/Driver/Driver.h"

int main(int argc, char **argv) {
  return adgen::runDriver(llvm::ArrayRef<const char *>(argv, argc).drop_front());
}
