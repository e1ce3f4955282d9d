# SPDX-License-Identifier: GPL-3.0-or-later
# Read by cpack before it packs: Debian wants manual pages compressed, the same
# bytes each time.
file(GLOB_RECURSE pages "${CPACK_TEMPORARY_DIRECTORY}/*.[0-9]")
list(FILTER pages INCLUDE REGEX "/man/man[0-9]/")
foreach(page IN LISTS pages)
  execute_process(COMMAND gzip -9n "${page}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
