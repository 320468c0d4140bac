# Runs adgen on one program. What it refuses becomes a header that defines
# BENCH_REFUSED, its first error, so that the rest is measured all the same.
#
#   cmake -D ADGEN=… -D SOURCE=… -D OUTPUT=<name>_grad.cpp -D "OPTIONS=…" -P generate.cmake
get_filename_component(folder "${OUTPUT}" DIRECTORY)
get_filename_component(name "${OUTPUT}" NAME_WE)
separate_arguments(options UNIX_COMMAND "${OPTIONS}")
execute_process(
  COMMAND "${ADGEN}" "${SOURCE}" ${options} -o "${OUTPUT}" -- -std=c++17
  RESULT_VARIABLE status ERROR_VARIABLE said)
if(status EQUAL 0)
  return()
endif()
if(NOT status MATCHES "^[12]$" OR NOT said MATCHES "error: ([^\n]*)")
  message(FATAL_ERROR "adgen failed on ${SOURCE} (${status}):\n${said}")
endif()
set(why "${CMAKE_MATCH_1}")
message("adgen refuses ${name}: ${why}")
string(REPLACE "\\" "\\\\" why "${why}")
string(REPLACE "\"" "\\\"" why "${why}")
file(WRITE "${folder}/${name}.h" "#define BENCH_REFUSED \"${why}\"\n")
file(WRITE "${OUTPUT}" "#include \"${name}.h\"\n")
