# SPDX-License-Identifier: GPL-3.0-or-later
# The manual page and the completions, written by the program itself from its
# option table, so that they cannot say anything else than --help.
set(texts "${PROJECT_BINARY_DIR}/gen")
set(program $<TARGET_FILE:ctgsched-cli>)
add_custom_command(TARGET ctgsched-cli POST_BUILD
  COMMAND "${program}" --generate man "${texts}/ctgsched.1"
  COMMAND "${program}" --generate bash "${texts}/ctgsched.bash"
  COMMAND "${program}" --generate zsh "${texts}/_ctgsched"
  COMMAND "${program}" --generate fish "${texts}/ctgsched.fish"
  BYPRODUCTS "${texts}/ctgsched.1" "${texts}/ctgsched.bash"
             "${texts}/_ctgsched" "${texts}/ctgsched.fish"
  COMMENT "Manual page and completions"
  VERBATIM)

install(FILES "${texts}/ctgsched.1"
        DESTINATION "${CMAKE_INSTALL_MANDIR}/man1"
        COMPONENT documentation)
install(FILES "${texts}/ctgsched.bash" RENAME ctgsched
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions"
        COMPONENT programs)
install(FILES "${texts}/_ctgsched"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions"
        COMPONENT programs)
install(FILES "${texts}/ctgsched.fish"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d"
        COMPONENT programs)
