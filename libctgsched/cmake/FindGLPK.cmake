# SPDX-License-Identifier: GPL-3.0-or-later
# Finds GLPK, which comes with neither a .pc nor a CMake file. Gives GLPK::GLPK.
find_path(GLPK_INCLUDE_DIR glpk.h PATH_SUFFIXES glpk)
find_library(GLPK_LIBRARY glpk)

if(GLPK_INCLUDE_DIR)
  file(STRINGS "${GLPK_INCLUDE_DIR}/glpk.h" glpk_lines
       REGEX "^#define GLP_M(AJOR|INOR)_VERSION")
  string(REGEX MATCHALL "[0-9]+" glpk_numbers "${glpk_lines}")
  list(JOIN glpk_numbers "." GLPK_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  GLPK REQUIRED_VARS GLPK_LIBRARY GLPK_INCLUDE_DIR VERSION_VAR GLPK_VERSION)

if(GLPK_FOUND AND NOT TARGET GLPK::GLPK)
  add_library(GLPK::GLPK UNKNOWN IMPORTED)
  set_target_properties(
    GLPK::GLPK PROPERTIES IMPORTED_LOCATION "${GLPK_LIBRARY}"
                          INTERFACE_INCLUDE_DIRECTORIES "${GLPK_INCLUDE_DIR}")
endif()
mark_as_advanced(GLPK_INCLUDE_DIR GLPK_LIBRARY)
