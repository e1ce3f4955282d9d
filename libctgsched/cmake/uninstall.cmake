# SPDX-License-Identifier: GPL-3.0-or-later
# Takes away each file of MANIFEST, and then the folders that bear our name.
# DESTDIR in the environment, if the install had one. Folders that others use
# as well stay, empty or not.
if(NOT EXISTS "${MANIFEST}")
  message(FATAL_ERROR "${MANIFEST} is not there: nothing was installed from "
                      "this build folder. Maybe it was from another.")
endif()

file(STRINGS "${MANIFEST}" files)
set(folders "")
foreach(file IN LISTS files)
  set(file "$ENV{DESTDIR}${file}")
  file(REMOVE "${file}")
  if(EXISTS "${file}" OR IS_SYMLINK "${file}")
    message(FATAL_ERROR "${file} cannot be removed. Maybe you need the rights "
                        "of who installed it.")
  endif()
  # .../ctgsched and .../ctgsched/rules
  get_filename_component(folder "${file}" DIRECTORY)
  while(folder MATCHES "/ctgsched(/[a-z]+)?$")
    list(APPEND folders "${folder}")
    get_filename_component(folder "${folder}" DIRECTORY)
  endwhile()
endforeach()

# The deepest first: a folder is empty only after those inside it.
list(REMOVE_DUPLICATES folders)
list(SORT folders ORDER DESCENDING)
foreach(folder IN LISTS folders)
  file(GLOB inside "${folder}/*")
  if(NOT inside)
    file(REMOVE_RECURSE "${folder}")
  endif()
endforeach()
