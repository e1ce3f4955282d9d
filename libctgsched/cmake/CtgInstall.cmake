# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts where; read by libctgsched/CMakeLists.txt.
include(CMakePackageConfigHelpers)

file(RELATIVE_PATH pc_to_prefix
     "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/ctgsched")
set(data_dir "${CMAKE_INSTALL_DATADIR}/ctgsched")

install(TARGETS ctgsched EXPORT ctgsched-targets
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(TARGETS ctgsched_static
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(EXPORT ctgsched-targets NAMESPACE ctgsched::
        DESTINATION "${package_dir}")

configure_package_config_file(
  cmake/ctgsched-config.cmake.in "${PROJECT_BINARY_DIR}/ctgsched-config.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/ctgsched-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/ctgsched-config.cmake"
              "${PROJECT_BINARY_DIR}/ctgsched-config-version.cmake"
        DESTINATION "${package_dir}")

configure_file(cmake/ctgsched.pc.in "${PROJECT_BINARY_DIR}/ctgsched.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/ctgsched.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

file(GLOB headers CONFIGURE_DEPENDS include/*.h)
install(FILES ${headers} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(FILES ${packs} DESTINATION "${data_dir}/rules")
file(GLOB schemas CONFIGURE_DEPENDS schema/*.json)
install(FILES ${schemas} DESTINATION "${data_dir}/schema")
install(FILES "${PROJECT_SOURCE_DIR}/bench/generate/ctgsched-generate.1"
        DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
foreach(section 1 3 5 7)
  file(GLOB pages CONFIGURE_DEPENDS doc/man/*.${section})
  install(FILES ${pages}
          DESTINATION "${CMAKE_INSTALL_MANDIR}/man${section}")
endforeach()
