# SPDX-License-Identifier: GPL-3.0-or-later
# Manual pages of section 3 from the public headers, of section 5 from
# doc/format.md, written by a program of the build.
file(GLOB sources CONFIGURE_DEPENDS doc/man/*.c)
file(GLOB page_headers CONFIGURE_DEPENDS include/*.h)
set(page_document "${CMAKE_CURRENT_SOURCE_DIR}/doc/format.md")
set(pages "${PROJECT_BINARY_DIR}/gen/man")

add_executable(ctg_pages ${sources})
set_target_properties(ctg_pages PROPERTIES
  OUTPUT_NAME pages RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/gen")

# From nothing each time: a function that is gone has no page.
add_custom_command(
  OUTPUT "${pages}/stamp"
  COMMAND "${CMAKE_COMMAND}" -E rm -rf "${pages}"
  COMMAND "${CMAKE_COMMAND}" -E make_directory "${pages}/man3" "${pages}/man5"
  COMMAND ctg_pages ${PROJECT_VERSION} "${pages}" ${page_headers}
          "${page_document}"
  COMMAND "${CMAKE_COMMAND}" -E touch "${pages}/stamp"
  DEPENDS ctg_pages ${page_headers} "${page_document}"
  COMMENT "Manual pages"
  VERBATIM)
add_custom_target(manuals ALL DEPENDS "${pages}/stamp")

install(DIRECTORY "${pages}/man3/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man3"
        COMPONENT development)
install(DIRECTORY "${pages}/man5/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man5"
        COMPONENT documentation)
