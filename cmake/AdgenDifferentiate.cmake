# adgen_differentiate(): derivatives are made as a target is built.
#
#   adgen_differentiate(<target> SOURCE f.cpp
#     [FUNCTION f…] [WRT x…] [MODE reverse|forward…] [INACTIVE p…]
#     [SUFFIX s] [WITH_VALUE] [USE header…] [OUTPUT path] [DEPENDS file…])
#
# adgen reads the source as the target compiles it (AdgenTargetFlags.cmake) and
# writes <stem>_grad<suffix>.cpp, which joins the target's sources, and the header
# beside it, whose folder joins the include path of the target and of what links it.
# They are made again when the source, a header that it includes, a flag or adgen
# changes. OUTPUT is the .cpp to write, relative to the current binary folder; without it,
#
#   adgen/<target>/[<folder of the source>/]<stem>_grad<suffix>.cpp
#
# FUNCTION, WRT, MODE, INACTIVE, SUFFIX, WITH_VALUE and USE are adgen's options. A USE
# header may be one that an earlier call for the target makes. DEPENDS names files
# that must be made before adgen reads the source.
include_guard(GLOBAL)
include(${CMAKE_CURRENT_LIST_DIR}/AdgenTargetFlags.cmake)

cmake_policy(PUSH)
cmake_policy(VERSION 3.20...3.31)

function(adgen_differentiate target)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "WITH_VALUE" "SOURCE;SUFFIX;OUTPUT"
    "FUNCTION;WRT;INACTIVE;MODE;USE;DEPENDS")
  _adgen_check_target()
  _adgen_find_source()
  _adgen_choose_output()
  _adgen_find_rules()

  # What adgen is asked for.
  set(options "")
  foreach(function IN LISTS ARG_FUNCTION)
    list(APPEND options --function ${function})
  endforeach()
  foreach(option WRT INACTIVE MODE)
    if(ARG_${option})
      string(TOLOWER ${option} name)
      list(JOIN ARG_${option} "," names)
      list(APPEND options --${name} ${names})
    endif()
  endforeach()
  if(ARG_SUFFIX)
    list(APPEND options --suffix ${ARG_SUFFIX})
  endif()
  if(ARG_WITH_VALUE)
    list(APPEND options --with-value)
  endif()
  foreach(rule IN LISTS rules)
    list(APPEND options --use ${rule})
  endforeach()

  # The flags are known when the folder's CMakeLists.txt has been read.
  set(flags ${work}/target_flags.txt)
  set(write_flags ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/AdgenWriteFlags.cmake)
  cmake_language(EVAL CODE "cmake_language(DEFER CALL
    _adgen_generate_target_flags [==[${target}]==] [==[${source}]==] [==[${flags}]==]
    [==[${outputs}]==] [==[${options}]==])")

  get_filename_component(folder ${output} DIRECTORY)
  file(RELATIVE_PATH shown ${CMAKE_SOURCE_DIR} ${source})
  add_custom_command(
    OUTPUT ${output} ${header}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${CMAKE_COMMAND} -D INPUT=${flags} -D OUTPUT=${work}/compile_flags.txt
            -P ${write_flags}
    COMMAND adgen::adgen ${source} ${options} -o ${output} --depfile ${work}/adgen.d -p ${work}
    DEPENDS ${source} ${flags} ${write_flags} adgen::adgen ${made_rules} ${ARG_DEPENDS}
    DEPFILE ${work}/adgen.d
    COMMENT "Differentiating ${shown} for ${target}"
    VERBATIM)
  _adgen_add_to_target()
endfunction()

# The steps of adgen_differentiate, in its scope.

# The target is one that compiles sources here, and the call makes sense.
macro(_adgen_check_target)
  if(NOT TARGET ${target})
    message(FATAL_ERROR "adgen_differentiate: there is no target '${target}' (yet)")
  endif()
  get_target_property(aliased ${target} ALIASED_TARGET)
  if(aliased)
    set(target ${aliased})
  endif()
  get_target_property(type ${target} TYPE)
  get_target_property(imported ${target} IMPORTED)
  if(imported OR NOT type MATCHES "^(EXECUTABLE|(STATIC|SHARED|MODULE|OBJECT)_LIBRARY)$")
    message(FATAL_ERROR "adgen_differentiate: target '${target}' compiles no sources; "
      "name the library or executable that compiles ${ARG_SOURCE}")
  endif()
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "adgen_differentiate: unknown argument '${ARG_UNPARSED_ARGUMENTS}'")
  endif()
  if(ARG_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "adgen_differentiate: nothing follows '${ARG_KEYWORDS_MISSING_VALUES}'")
  endif()
  if(NOT ARG_SOURCE)
    message(FATAL_ERROR "adgen_differentiate: SOURCE is missing")
  endif()
  if(NOT TARGET adgen::adgen)
    message(FATAL_ERROR
      "adgen_differentiate: call find_package(adgen) in this folder or one above it")
  endif()
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT "CXX" IN_LIST languages)
    message(FATAL_ERROR "adgen_differentiate: the project does not enable C++ (CXX)")
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
    message(FATAL_ERROR "adgen_differentiate: the generators are Ninja and Makefiles")
  endif()
endmacro()

# source: the full path, in the source folder or, if it is made, in the binary folder.
macro(_adgen_find_source)
  set(source "")
  foreach(base ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR})
    get_filename_component(candidate ${ARG_SOURCE} ABSOLUTE BASE_DIR ${base})
    get_source_file_property(is_made ${candidate} GENERATED)
    if(NOT source AND (EXISTS ${candidate} OR is_made))
      set(source ${candidate})
    endif()
  endforeach()
  if(NOT source)
    message(FATAL_ERROR "adgen_differentiate: there is no file '${ARG_SOURCE}', and "
      "no command above makes it")
  endif()
endmacro()

# output, header: the files to make; outputs: of each configuration. folders: where they are included from. work: the
# folder of what adgen is told and what it says it has read.
macro(_adgen_choose_output)
  get_filename_component(stem ${source} NAME_WLE)
  file(RELATIVE_PATH relative ${CMAKE_CURRENT_SOURCE_DIR} ${source})
  get_filename_component(within "${relative}" DIRECTORY)
  if(within MATCHES "^\\.\\.(/|$)")
    set(within "")
  endif()
  # Each configuration has its own definitions and so its own derivative.
  get_property(is_multi GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  set(config "")
  if(is_multi)
    if(CMAKE_VERSION VERSION_LESS 3.21)
      message(FATAL_ERROR "adgen_differentiate: '${CMAKE_GENERATOR}' needs CMake 3.21")
    endif()
    set(config "/$<CONFIG>")
  endif()
  if(ARG_OUTPUT)
    get_filename_component(output ${ARG_OUTPUT} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_BINARY_DIR})
    get_filename_component(folders ${output} DIRECTORY)
    if(is_multi)
      get_filename_component(name ${output} NAME)
      string(APPEND folders ${config})
      set(output ${folders}/${name})
    endif()
  else()
    set(folders ${CMAKE_CURRENT_BINARY_DIR}/adgen/${target}${config})
    set(output ${folders}/${stem}_grad${ARG_SUFFIX}.cpp)
    if(within)
      set(output ${folders}/${within}/${stem}_grad${ARG_SUFFIX}.cpp)
      list(PREPEND folders ${folders}/${within})
    endif()
  endif()
  if(NOT output MATCHES "\\.(cpp|cc|cxx|C)$")
    message(FATAL_ERROR "adgen_differentiate: OUTPUT '${ARG_OUTPUT}' is no C++ source")
  endif()
  string(REGEX REPLACE "\\.[^./]+$" ".h" header ${output})
  get_property(made GLOBAL PROPERTY _ADGEN_OUTPUTS)
  if(output IN_LIST made)
    message(FATAL_ERROR "adgen_differentiate: another call makes '${output}'; "
      "give one of them a SUFFIX or an OUTPUT")
  endif()
  set_property(GLOBAL APPEND PROPERTY _ADGEN_OUTPUTS ${output})
  set(outputs ${output})
  if(is_multi)
    set(outputs "")
    foreach(each IN LISTS CMAKE_CONFIGURATION_TYPES)
      string(REPLACE "$<CONFIG>" ${each} each ${output})
      list(APPEND outputs ${each})
    endforeach()
  endif()

  string(MD5 key ${output})
  string(SUBSTRING ${key} 0 8 key)
  set(work ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.adgen/${stem}-${key}${config})
endmacro()

# rules: the headers of USE as adgen is told them; made_rules: those that must be made.
macro(_adgen_find_rules)
  set(rules "")
  set(made_rules "")
  get_target_property(headers ${target} _ADGEN_HEADERS)
  foreach(rule IN LISTS ARG_USE)
    get_filename_component(full ${rule} ABSOLUTE)
    get_filename_component(made ${rule} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_BINARY_DIR})
    foreach(candidate IN LISTS headers)
      string(FIND ${candidate} "/${rule}" place REVERSE)
      string(LENGTH "${candidate}" length)
      string(LENGTH "/${rule}" rule_length)
      math(EXPR place "${place} + ${rule_length}")
      if(place EQUAL length)
        set(made ${candidate})
      endif()
    endforeach()
    if(made IN_LIST headers)
      list(APPEND rules ${made})
      list(APPEND made_rules ${made})
    elseif(EXISTS ${full})
      list(APPEND rules ${full})
    else()
      # adgen looks for it on the include path.
      list(APPEND rules ${rule})
    endif()
  endforeach()
  set_property(TARGET ${target} APPEND PROPERTY _ADGEN_HEADERS ${header})
endmacro()

macro(_adgen_add_to_target)
  target_sources(${target} PRIVATE ${output} ${header})
  foreach(folder IN LISTS folders)
    target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${folder}>)
  endforeach()
  # It repeats what the source has at file scope, and nobody edits it.
  set_source_files_properties(${outputs} ${header} TARGET_DIRECTORY ${target} PROPERTIES
    GENERATED ON SKIP_UNITY_BUILD_INCLUSION ON SKIP_AUTOGEN ON SKIP_LINTING ON)
  # A target of another folder does not see the rules of this one.
  get_target_property(home ${target} SOURCE_DIR)
  if(NOT home STREQUAL CMAKE_CURRENT_SOURCE_DIR)
    add_custom_target(${target}-adgen-${key} DEPENDS ${output} ${header})
    add_dependencies(${target} ${target}-adgen-${key})
  endif()
endmacro()

cmake_policy(POP)
