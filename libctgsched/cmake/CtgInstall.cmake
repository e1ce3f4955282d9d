# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts where; read by libctgsched/CMakeLists.txt.
#
#   runtime        libctgsched.so.0
#   programs       programs, completions, rule packs, schemas
#   development    headers and their manual pages, examples in C, static
#                  library, CMake package, ctgsched.pc
#   documentation  manual pages of programs and formats, documents
#
# `cmake --build build --target uninstall` takes away what was put last.
include(CMakePackageConfigHelpers)
include(CtgPages)

# Relative, so that the tree can be moved; from the full names, because a
# packager may give absolute folders.
file(RELATIVE_PATH pc_to_prefix
     "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
file(RELATIVE_PATH prefix_to_lib
     "${CMAKE_INSTALL_PREFIX}" "${CMAKE_INSTALL_FULL_LIBDIR}")
file(RELATIVE_PATH prefix_to_include
     "${CMAKE_INSTALL_PREFIX}" "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/ctgsched")
set(data_dir "${CMAKE_INSTALL_DATADIR}/ctgsched")

# ctg_install_files(COMPONENT DESTINATION FILE...)
function(ctg_install_files component destination)
  install(FILES ${ARGN} DESTINATION "${destination}" COMPONENT ${component})
endfunction()

# The link without a version is for those who build.
install(TARGETS ctgsched EXPORT ctgsched-targets
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT runtime
        NAMELINK_COMPONENT development)
file(GLOB schemas CONFIGURE_DEPENDS schema/*.json)
ctg_install_files(programs "${data_dir}/rules" ${packs})
ctg_install_files(programs "${data_dir}/schema" ${schemas})

install(TARGETS ctgsched_static
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development)
install(EXPORT ctgsched-targets NAMESPACE ctgsched::
        DESTINATION "${package_dir}" COMPONENT development)
configure_package_config_file(
  cmake/ctgsched-config.cmake.in "${PROJECT_BINARY_DIR}/ctgsched-config.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/ctgsched-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
configure_file(cmake/ctgsched.pc.in "${PROJECT_BINARY_DIR}/ctgsched.pc" @ONLY)
configure_file(cmake/ctgsched-uninstalled.pc.in
               "${PROJECT_BINARY_DIR}/ctgsched-uninstalled.pc" @ONLY)
file(GLOB headers CONFIGURE_DEPENDS include/*.h)
ctg_install_files(development "${package_dir}"
                  "${PROJECT_BINARY_DIR}/ctgsched-config.cmake"
                  "${PROJECT_BINARY_DIR}/ctgsched-config-version.cmake")
ctg_install_files(development "${CMAKE_INSTALL_LIBDIR}/pkgconfig"
                  "${PROJECT_BINARY_DIR}/ctgsched.pc")
ctg_install_files(development "${CMAKE_INSTALL_INCLUDEDIR}" ${headers})

file(GLOB documents CONFIGURE_DEPENDS doc/*.md)
file(GLOB c_examples CONFIGURE_DEPENDS
     "${PROJECT_SOURCE_DIR}/examples/c/*.c")
ctg_install_files(documentation "${CMAKE_INSTALL_MANDIR}/man1"
                  doc/man/ctgsched-verify.1
                  "${PROJECT_SOURCE_DIR}/bench/generate/ctgsched-generate.1")
ctg_install_files(documentation "${CMAKE_INSTALL_DOCDIR}" ${documents}
                  "${PROJECT_SOURCE_DIR}/LICENSE")
ctg_install_files(development "${CMAKE_INSTALL_DOCDIR}/examples"
                  ${c_examples}
                  "${PROJECT_SOURCE_DIR}/examples/c/CMakeLists.txt"
                  "${PROJECT_SOURCE_DIR}/examples/commune.json"
                  "${PROJECT_SOURCE_DIR}/examples/joint-creche.json"
                  "${PROJECT_SOURCE_DIR}/examples/joint-creche-morning.json")

add_custom_target(uninstall
  COMMAND "${CMAKE_COMMAND}"
          "-DMANIFEST=${PROJECT_BINARY_DIR}/install_manifest.txt"
          -P "${CMAKE_CURRENT_SOURCE_DIR}/cmake/uninstall.cmake"
  COMMENT "Taking away what the last install put"
  VERBATIM)
