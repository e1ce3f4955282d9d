# SPDX-License-Identifier: GPL-3.0-or-later
# Run by `cmake -P` whenever a rule pack is newer: writes OUT.S, which holds the
# bytes (ended by a zero), and OUT.c, the table of io/rules_embedded.h.
# A pack is named by its file without ".json".
string(REPLACE "|" ";" packs "${PACKS}")

set(assembly ".section .rodata\n")
set(externs "")
set(rows "")
set(count 0)
foreach(pack IN LISTS packs)
  get_filename_component(name "${pack}" NAME_WLE)
  file(SIZE "${pack}" bytes)
  set(symbol "embedded_pack_${count}")
  string(APPEND assembly ".global ${symbol}\n.hidden ${symbol}\n"
         "${symbol}:\n.incbin \"${pack}\"\n.byte 0\n")
  string(APPEND externs "extern const char ${symbol}[];\n")
  string(APPEND rows "    {\"${name}\", ${symbol}, ${bytes}},\n")
  math(EXPR count "${count} + 1")
endforeach()
if(count EQUAL 0)
  set(rows "    {\"\", \"\", 0}, /* no pack yet */\n")
endif()

file(WRITE "${OUT}.S"
     "${assembly}.section .note.GNU-stack,\"\",%progbits\n")
file(WRITE "${OUT}.c" "/* Generated. */\n#include \"io/rules_embedded.h\"\n\n"
     "${externs}\nconst embedded_pack embedded_packs[] = {\n${rows}};\n"
     "const int32_t n_embedded_packs = ${count};\n")
