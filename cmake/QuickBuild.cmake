# What makes a build quick where it is at hand: ccache, lld, and the headers of
# MLIR and Clang parsed once.

# ccache accepts a precompiled header only with these liberties, which are sound
# here: no source uses __TIME__, and the header's content is hashed.
if(NOT CMAKE_CXX_COMPILER_LAUNCHER OR CMAKE_CXX_COMPILER_LAUNCHER STREQUAL "ccache")
  find_program(CCACHE_PROGRAM ccache)
  if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
  endif()
endif()

find_program(LLD_PROGRAM ld.lld HINTS ${LLVM_TOOLS_BINARY_DIR})
if(LLD_PROGRAM AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_link_options(-fuse-ld=lld)
endif()

set(ADGEN_MLIR_HEADERS
  <mlir/Bytecode/BytecodeOpInterface.h>
  <mlir/Dialect/Func/IR/FuncOps.h>
  <mlir/IR/Builders.h>
  <mlir/IR/BuiltinOps.h>
  <mlir/IR/Dialect.h>
  <mlir/IR/OpDefinition.h>
  <mlir/IR/OpImplementation.h>
  <mlir/IR/PatternMatch.h>
  <mlir/Interfaces/ControlFlowInterfaces.h>
  <mlir/Interfaces/InferTypeOpInterface.h>
  <mlir/Interfaces/SideEffectInterfaces.h>
  <mlir/Pass/Pass.h>)
set(ADGEN_CLANG_HEADERS
  <clang/AST/ASTConsumer.h>
  <clang/AST/ASTContext.h>
  <clang/AST/RecursiveASTVisitor.h>
  <clang/Frontend/CompilerInstance.h>
  <clang/Frontend/FrontendAction.h>
  <clang/Lex/Lexer.h>
  <clang/Lex/Preprocessor.h>
  <clang/Tooling/Tooling.h>)

# Only headers that do not change with this project are precompiled, so that an
# edit of the dialect does not parse MLIR again. `adgen_precompile(NAME)` takes
# those of MLIR; with FRONTEND, those of Clang too.
function(adgen_precompile name)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    return()
  endif()
  target_compile_options(${name} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  if(name STREQUAL "ADDialect")
    target_precompile_headers(${name} PRIVATE ${ADGEN_MLIR_HEADERS})
  elseif(name STREQUAL "ADFrontend")
    target_precompile_headers(${name} PRIVATE ${ADGEN_MLIR_HEADERS} ${ADGEN_CLANG_HEADERS})
  elseif("FRONTEND" IN_LIST ARGN)
    target_precompile_headers(${name} REUSE_FROM ADFrontend)
  else()
    target_precompile_headers(${name} REUSE_FROM ADDialect)
  endif()
endfunction()
