# How a target compiles a source, written to a file when the build is generated.
#
# _adgen_generate_target_flags(<target> <source> <file> <derivatives> <options>) writes
# sections of values, one a line: a section opens with its name, a value with '='. CMake
# changes the file only if its content changes, so that adgen runs again when a flag did,
# or one of adgen's own options.
# AdgenWriteFlags.cmake makes Clang's flags of it.
include_guard(GLOBAL)
cmake_policy(PUSH)
cmake_policy(VERSION 3.20...3.31)

function(_adgen_generate_target_flags target source file derivatives options)
  set(content "")
  list(JOIN options " " options)
  _adgen_values(REQUEST "${options}")

  # Where the compiler runs.
  set(folder ${CMAKE_BINARY_DIR})
  if(CMAKE_GENERATOR MATCHES "Makefiles")
    get_target_property(folder ${target} BINARY_DIR)
  endif()
  _adgen_values(FOLDER "${folder}")

  # The variables of the target's folder.
  get_target_property(home ${target} SOURCE_DIR)
  get_directory_property(general DIRECTORY ${home} DEFINITION CMAKE_CXX_FLAGS)
  _adgen_values(COMMON_WORDS "${CMAKE_CXX_COMPILER_ARG1}" "${general}")
  foreach(config IN LISTS CMAKE_CONFIGURATION_TYPES CMAKE_BUILD_TYPE)
    string(TOUPPER ${config} upper)
    get_directory_property(special DIRECTORY ${home} DEFINITION CMAKE_CXX_FLAGS_${upper})
    _adgen_values(COMMON_WORDS "$<$<CONFIG:${config}>:${special}>")
  endforeach()
  _adgen_values(COMPILER "${CMAKE_CXX_COMPILER_ID}")
  _adgen_values(IMPLICIT_INCLUDES ${CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES})
  _adgen_values(SYSROOT "${CMAKE_SYSROOT}")
  if(CMAKE_CXX_COMPILER_TARGET)
    _adgen_values(MACHINE "${CMAKE_CXX_COMPILER_TARGET}")
  elseif(CMAKE_CROSSCOMPILING)
    _adgen_values(MACHINE "${CMAKE_LIBRARY_ARCHITECTURE}")
  endif()
  _adgen_values(TOOLCHAIN "${CMAKE_CXX_COMPILER_EXTERNAL_TOOLCHAIN}")
  _adgen_values(DEFAULT_STANDARD "${CMAKE_CXX_STANDARD_COMPUTED_DEFAULT}"
    "${CMAKE_CXX_STANDARD_DEFAULT}")

  # The target's own properties and the usage requirements of what it links.
  _adgen_lists(STANDARD $<TARGET_PROPERTY:CXX_STANDARD>)
  _adgen_lists(EXTENSIONS $<TARGET_PROPERTY:CXX_EXTENSIONS>)
  _adgen_lists(FEATURES $<TARGET_PROPERTY:COMPILE_FEATURES>)
  _adgen_lists(DEFINITIONS $<TARGET_PROPERTY:COMPILE_DEFINITIONS>)
  _adgen_lists(INCLUDES $<TARGET_PROPERTY:INCLUDE_DIRECTORIES>)
  _adgen_values(INCLUDES ${CMAKE_CXX_STANDARD_INCLUDE_DIRECTORIES})
  _adgen_system_includes(system ${target})
  _adgen_lists(SYSTEM_INCLUDES ${system})
  _adgen_values(SYSTEM_INCLUDES ${CMAKE_CXX_STANDARD_INCLUDE_DIRECTORIES})
  _adgen_lists(OPTIONS $<TARGET_PROPERTY:COMPILE_OPTIONS>)
  _adgen_lists(WORDS $<TARGET_PROPERTY:COMPILE_FLAGS>)
  get_target_property(type ${target} TYPE)
  if(type MATCHES "^(SHARED|MODULE)_LIBRARY$")
    get_target_property(symbol ${target} DEFINE_SYMBOL)
    if(NOT symbol)
      string(MAKE_C_IDENTIFIER ${target}_EXPORTS symbol)
    endif()
    _adgen_values(DEFINITIONS ${symbol})
  endif()
  get_target_property(lender ${target} PRECOMPILE_HEADERS_REUSE_FROM)
  if(NOT lender)
    set(lender ${target})
  endif()
  _adgen_lists(PRECOMPILED $<TARGET_PROPERTY:${lender},PRECOMPILE_HEADERS>)

  # The source's own properties; its derivative is compiled with them too.
  foreach(pair "COMPILE_DEFINITIONS DEFINITIONS" "INCLUDE_DIRECTORIES INCLUDES"
               "COMPILE_OPTIONS OPTIONS" "COMPILE_FLAGS WORDS")
    separate_arguments(pair)
    list(GET pair 0 property)
    list(GET pair 1 section)
    get_source_file_property(value ${source} TARGET_DIRECTORY ${target} ${property})
    if(value)
      _adgen_values(${section} ${value})
      set_source_files_properties(${derivatives} TARGET_DIRECTORY ${target}
        PROPERTIES ${property} "${value}")
    endif()
  endforeach()

  file(GENERATE OUTPUT ${file} CONTENT "${content}"
    CONDITION $<COMPILE_LANGUAGE:CXX> TARGET ${target})
endfunction()

# Appends to content a section with the values that follow.
function(_adgen_values name)
  string(APPEND content "${name}\n")
  foreach(value IN LISTS ARGN)
    string(APPEND content "=${value}\n")
  endforeach()
  set(content "${content}" PARENT_SCOPE)
endfunction()

# The same with what generator expressions without a comma stand for.
function(_adgen_lists name)
  set(values "")
  foreach(list IN LISTS ARGN)
    list(APPEND values "$<JOIN:${list},\n=>")
  endforeach()
  _adgen_values(${name} ${values})
  set(content "${content}" PARENT_SCOPE)
endfunction()

# The target's system folders: all that it or a library declares so for others, and those
# of imported libraries. CMake does not tell which of a target's private folders are.
function(_adgen_system_includes result target)
  set(folders $<TARGET_PROPERTY:${target},INTERFACE_SYSTEM_INCLUDE_DIRECTORIES>)
  set(seen ${target})
  get_target_property(pending ${target} LINK_LIBRARIES)
  get_target_property(plain ${target} NO_SYSTEM_FROM_IMPORTED)
  while(pending)
    list(POP_FRONT pending item)
    if(item MATCHES "^\\$<(LINK_ONLY|BUILD_INTERFACE):([^<>]*)>$")
      set(item ${CMAKE_MATCH_2})
    endif()
    if(item MATCHES "[$<>]" OR NOT TARGET "${item}")
      continue()
    endif()
    get_target_property(aliased ${item} ALIASED_TARGET)
    if(aliased)
      set(item ${aliased})
    endif()
    if(item IN_LIST seen)
      continue()
    endif()
    list(APPEND seen ${item})
    list(APPEND folders $<TARGET_PROPERTY:${item},INTERFACE_SYSTEM_INCLUDE_DIRECTORIES>)
    get_target_property(imported ${item} IMPORTED)
    get_target_property(unsystem ${item} IMPORTED_NO_SYSTEM)
    if(imported AND NOT unsystem AND NOT plain)
      list(APPEND folders $<TARGET_PROPERTY:${item},INTERFACE_INCLUDE_DIRECTORIES>)
    endif()
    get_target_property(next ${item} INTERFACE_LINK_LIBRARIES)
    if(next)
      list(APPEND pending ${next})
    endif()
  endwhile()
  set(${result} ${folders} PARENT_SCOPE)
endfunction()

cmake_policy(POP)
