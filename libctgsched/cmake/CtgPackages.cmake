# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages by `cpack`, one for each row of the table below whose
# components exist. For a Debian, configure with -DCMAKE_INSTALL_PREFIX=/usr:
# the folders of the libraries are chosen then. Needs dpkg-dev and file.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME ctgsched)
set(CPACK_PACKAGE_CONTACT "libctgsched <maintainers@ctgsched.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX "${CMAKE_INSTALL_PREFIX}")
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS
    "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}")
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/gzip_pages.cmake")
set(CPACK_COMPONENTS_ALL "")

# ctg_package(NAME SECTION COMPONENT... TEXT text [DEPENDS package...])
# Its first component gives the group its name.
function(ctg_package package section)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "TEXT" "DEPENDS")
  get_cmake_property(existing COMPONENTS)
  set(components "")
  foreach(component IN LISTS arg_UNPARSED_ARGUMENTS)
    if(component IN_LIST existing)
      list(APPEND components "${component}")
    endif()
  endforeach()
  if(NOT components)
    return()
  endif()
  # Where Debian looks for the licence, and nobody else.
  list(GET components 0 group)
  set(copyright "${group}-copyright")
  install(FILES "${PROJECT_SOURCE_DIR}/libctgsched/cmake/copyright"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${package}"
          COMPONENT ${copyright} EXCLUDE_FROM_ALL)
  list(APPEND components ${copyright})
  string(TOUPPER "${group}" GROUP)
  foreach(component IN LISTS components)
    string(TOUPPER "${component}" COMPONENT)
    set(CPACK_COMPONENT_${COMPONENT}_GROUP ${group} PARENT_SCOPE)
  endforeach()
  list(JOIN arg_DEPENDS ", " depends)
  set(CPACK_DEBIAN_${GROUP}_DESCRIPTION "${arg_TEXT}" PARENT_SCOPE)
  set(CPACK_DEBIAN_${GROUP}_PACKAGE_NAME ${package} PARENT_SCOPE)
  set(CPACK_DEBIAN_${GROUP}_PACKAGE_SECTION ${section} PARENT_SCOPE)
  set(CPACK_DEBIAN_${GROUP}_PACKAGE_DEPENDS "${depends}" PARENT_SCOPE)
  set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} ${components} PARENT_SCOPE)
endfunction()

set(same "(= ${PROJECT_VERSION})")
ctg_package(libctgsched0 libs runtime TEXT
"The library: children and agents of creches and centres are placed under the
law, and each plan is judged by code that shares nothing with the solver.")
ctg_package(libctgsched-dev libdevel development
  DEPENDS "libctgsched0 ${same}" libglpk-dev libjansson-dev TEXT
"To build with it: headers, manual pages, examples in C, the static library,
and what CMake and pkg-config ask for.")
ctg_package(ctgsched math programs documentation
  DEPENDS "libctgsched0 ${same}" TEXT
"The programs: ctgsched plans, ctgsched-verify judges, ctgsched-generate makes
towns to try them on; with rule packs, schemas and documents.")
ctg_package(ctgschedd net daemon
  DEPENDS "libctgsched0 ${same}" TEXT
"The service: keeps plans of communes and makes them again when something
happens.")

include(CPack)
