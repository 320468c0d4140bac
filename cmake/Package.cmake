# What `cmake --install` installs, and the package that find_package(adgen) finds,
# there and in the build folder (build/cmake/adgen).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# The headers that belong to Clang (stddef.h, intrinsics), here and once installed:
# an installed adgen brings its own along, since its version and theirs must agree.
set(ADGEN_CLANG_RESOURCE_DIR ${LLVM_LIBRARY_DIR}/clang/${LLVM_VERSION_MAJOR})
set(ADGEN_INSTALL_RESOURCEDIR ${CMAKE_INSTALL_LIBDIR}/adgen/clang/${LLVM_VERSION_MAJOR})
set(ADGEN_INSTALL_FULL_RESOURCEDIR
    ${CMAKE_INSTALL_FULL_LIBDIR}/adgen/clang/${LLVM_VERSION_MAJOR})
if(NOT EXISTS ${ADGEN_CLANG_RESOURCE_DIR}/include/stddef.h)
  message(FATAL_ERROR "Clang's own headers are not in ${ADGEN_CLANG_RESOURCE_DIR}")
endif()

# Called when the target adgen is there.
function(adgen_install_package)
  # The interface library and the tool, as users name them.
  add_library(annotations INTERFACE)
  add_library(adgen::annotations ALIAS annotations)
  add_executable(adgen::adgen ALIAS adgen)
  target_include_directories(annotations INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  # LLVM's libraries are found where the build found them.
  set_target_properties(adgen PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)

  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/adgen)
  install(TARGETS adgen annotations EXPORT adgen-targets
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(FILES ${PROJECT_SOURCE_DIR}/include/adgen/adgen.h
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/adgen)
  install(DIRECTORY ${ADGEN_CLANG_RESOURCE_DIR}/include
    DESTINATION ${ADGEN_INSTALL_RESOURCEDIR})
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

  # In lower case, the files are found under either spelling of the name.
  set(staged ${PROJECT_BINARY_DIR}/cmake/adgen)
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/adgen-config.cmake.in
    ${staged}/adgen-config.cmake INSTALL_DESTINATION ${package})
  write_basic_package_version_file(${staged}/adgen-config-version.cmake
    COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
  foreach(script AdgenDifferentiate AdgenTargetFlags AdgenWriteFlags)
    configure_file(${PROJECT_SOURCE_DIR}/cmake/${script}.cmake
      ${staged}/${script}.cmake COPYONLY)
    list(APPEND files ${staged}/${script}.cmake)
  endforeach()
  install(FILES ${staged}/adgen-config.cmake ${staged}/adgen-config-version.cmake ${files}
    DESTINATION ${package})
  install(EXPORT adgen-targets NAMESPACE adgen:: DESTINATION ${package})
  export(EXPORT adgen-targets NAMESPACE adgen:: FILE ${staged}/adgen-targets.cmake)
endfunction()
