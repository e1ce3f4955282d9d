// SPDX-License-Identifier: GPL-3.0-or-later
/* Reading a file to its end. */
#include "verify/input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK = 1 << 16, FILE_MAX_MIB = 512 };

static ctg_status read_all(io_text *out, FILE *file, const char *path,
                           arena *mem, ctg_error *err) {
    const size_t most = (size_t)FILE_MAX_MIB << 20;
    size_t room = CHUNK, n = 0, got;
    char *bytes = ARENA_NEW(mem, char, room);
    while (bytes && (got = fread(bytes + n, 1, room - n, file)) > 0) {
        n += got;
        if (n > most)
            return err_set(err, CTG_ERR_LIMIT, "E-LIMIT", NULL,
                           "\"%s\" is larger than %d MiB. Maybe split the "
                           "horizon.",
                           path, FILE_MAX_MIB);
        if (n < room)
            continue;
        bytes = arena_grow(mem, bytes, room, 2 * room, 1, 1);
        room *= 2;
    }
    if (!bytes)
        return err_nomem(err);
    if (ferror(file))
        return err_set(err, CTG_ERR_IO, "E-FILE", NULL,
                       "\"%s\" cannot be read: %s. Maybe it is no file.", path,
                       strerror(errno));
    *out = (io_text){.at = bytes, .n = n};
    return CTG_OK;
}

ctg_status input_read(io_text *out, const char *path, arena *mem,
                      ctg_error *err) {
    const bool is_standard = strcmp(path, "-") == 0;
    FILE *const file = is_standard ? stdin : fopen(path, "rb");
    if (!file)
        return err_set(err, CTG_ERR_IO, "E-FILE", NULL,
                       "\"%s\" cannot be opened: %s. Maybe the path is wrong.",
                       path, strerror(errno));
    const ctg_status status =
        read_all(out, file, is_standard ? "standard input" : path, mem, err);
    if (!is_standard)
        fclose(file);
    return status;
}
