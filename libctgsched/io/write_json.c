// SPDX-License-Identifier: GPL-3.0-or-later
/* JSON strings, without Jansson: one way to print each. */
#include <string.h>

#include "io/io.h"

static void put_control(text *out, unsigned char c) {
    static const char from[] = "\b\f\n\r\t", to[] = "bfnrt";
    const char *const short_one = strchr(from, c);
    const char escape[2] = {'\\', short_one ? to[short_one - from] : 'u'};
    text_add(out, escape, 2);
    if (!short_one)
        text_printf(out, "%04x", c);
}

void io_put_string(text *out, const char *value) {
    const char *from = value;
    text_puts(out, "\"");
    for (; *value; value++) {
        const unsigned char c = (unsigned char)*value;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        text_add(out, from, (size_t)(value - from));
        from = value + 1;
        if (c < 0x20) {
            put_control(out, c);
        } else {
            text_puts(out, "\\");
            text_add(out, value, 1);
        }
    }
    text_add(out, from, (size_t)(value - from));
    text_puts(out, "\"");
}
