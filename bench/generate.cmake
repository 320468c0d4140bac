# Runs adgen on one program. What it refuses becomes a header that defines
# BENCH_REFUSED, its first error, so that the rest is measured all the same. Its
# remarks go to <name>_grad.remarks.
#
#   cmake -D ADGEN=… -D SOURCE=… -D OUTPUT=<name>_grad.cpp -D "OPTIONS=…"
#         [-D COMPILER=… -D TRIAL=file.cpp] -P generate.cmake
#
# With a TRIAL, a file that includes the header, a crash and what does not
# compile are refusals too.
get_filename_component(folder "${OUTPUT}" DIRECTORY)
get_filename_component(name "${OUTPUT}" NAME_WE)

# Writes the refusal and ends.
macro(refuse why)
  message("adgen refuses ${name}: ${why}")
  string(REPLACE "\\" "\\\\" quoted "${why}")
  string(REPLACE "\"" "\\\"" quoted "${quoted}")
  file(WRITE "${folder}/${name}.h" "#define BENCH_REFUSED \"${quoted}\"\n")
  file(WRITE "${OUTPUT}" "#include \"${name}.h\"\n")
  file(REMOVE "${folder}/${name}.remarks")
  return()
endmacro()

separate_arguments(options UNIX_COMMAND "${OPTIONS}")
execute_process(
  COMMAND "${ADGEN}" "${SOURCE}" ${options} --remarks -o "${OUTPUT}" -- -std=c++17
  TIMEOUT 120 RESULT_VARIABLE status ERROR_VARIABLE said)
if(NOT status EQUAL 0)
  if(status MATCHES "^[12]$" AND said MATCHES "error: ([^\n]*)")
    refuse("${CMAKE_MATCH_1}")
  elseif(TRIAL)
    refuse("adgen failed (${status})")
  endif()
  message(FATAL_ERROR "adgen failed on ${SOURCE} (${status}):\n${said}")
endif()

if(TRIAL)
  get_filename_component(harness "${CMAKE_CURRENT_LIST_DIR}/kernels/harness" ABSOLUTE)
  foreach(file "${OUTPUT}" "${TRIAL}")
    execute_process(
      COMMAND "${COMPILER}" -std=c++17 -fsyntax-only -I "${harness}" -I "${folder}" "${file}"
      RESULT_VARIABLE status ERROR_VARIABLE errors)
    if(NOT status EQUAL 0)
      string(REGEX MATCH "error: ([^\n]*)" ignored "${errors}")
      file(RENAME "${OUTPUT}" "${OUTPUT}.rejected")
      file(RENAME "${folder}/${name}.h" "${folder}/${name}.h.rejected")
      refuse("what it writes does not compile: ${CMAKE_MATCH_1}")
    endif()
  endforeach()
endif()
file(WRITE "${folder}/${name}.remarks" "${said}")
