# SPDX-License-Identifier: GPL-3.0-or-later
# How everything is compiled: C17 without extensions, strict warnings,
# hardening, asserts in every build type, no fused multiply-add (the same plan
# on every machine).
include(CheckCCompilerFlag)
include(CheckPIESupported)

get_property(is_multi GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
if(NOT is_multi AND NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()
foreach(type RELEASE RELWITHDEBINFO MINSIZEREL)
  string(REPLACE "-DNDEBUG" "" CMAKE_C_FLAGS_${type} "${CMAKE_C_FLAGS_${type}}")
endforeach()

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
check_pie_supported(LANGUAGES C)

set(ctg_c_options
    -Wall -Wextra -Wpedantic -Wstrict-prototypes -Wmissing-prototypes
    -Wvla -Wformat=2 -Wundef -Werror=format-security -ffp-contract=off
    -fstack-protector-strong -fstack-clash-protection
    "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
# Types are nouns here, and a local may bear the noun of its type: only locals
# that hide locals are worth a warning. Clang's plain -Wshadow means that.
check_c_compiler_flag(-Wshadow=local HAVE_SHADOW_LOCAL)
if(HAVE_SHADOW_LOCAL)
  list(APPEND ctg_c_options -Wshadow=local)
else()
  list(APPEND ctg_c_options -Wshadow)
endif()
check_c_compiler_flag(-fcf-protection HAVE_CF_PROTECTION)
if(HAVE_CF_PROTECTION)
  list(APPEND ctg_c_options -fcf-protection)
endif()
if(CTG_WERROR)
  list(APPEND ctg_c_options -Werror)
endif()

set(ctg_sanitizers "")
if(CTG_ASAN)
  list(APPEND ctg_sanitizers -fsanitize=address,undefined)
endif()
if(CTG_TSAN)
  list(APPEND ctg_sanitizers -fsanitize=thread)
endif()
if(CTG_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "CTG_FUZZ needs clang. Maybe -DCMAKE_C_COMPILER=clang.")
  endif()
  list(APPEND ctg_sanitizers -fsanitize=fuzzer-no-link,address,undefined)
endif()
if(ctg_sanitizers)
  list(APPEND ctg_sanitizers -fno-sanitize-recover=all)
  list(APPEND ctg_c_options ${ctg_sanitizers} -fno-omit-frame-pointer)
  add_link_options(${ctg_sanitizers})
else()
  list(APPEND ctg_c_options
       $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE>
       $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
endif()
if(CTG_COVERAGE)
  list(APPEND ctg_c_options --coverage -O0 -U_FORTIFY_SOURCE)
  add_link_options(--coverage)
endif()

foreach(option IN LISTS ctg_c_options)
  add_compile_options($<$<COMPILE_LANGUAGE:C>:${option}>)
endforeach()
add_link_options(LINKER:-z,relro LINKER:-z,now LINKER:--as-needed)
