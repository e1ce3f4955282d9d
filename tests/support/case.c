// SPDX-License-Identifier: GPL-3.0-or-later
/* Files by the C library and POSIX folders; a failure fails the test. */
#define _POSIX_C_SOURCE 200809L
#include "support/case.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

io_text case_file(arena *mem, const char *path) {
    text out = {.mem = mem};
    char block[4096];
    FILE *const file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        text_add(&out, block, n);
    fclose(file);
    assert_false(out.failed);
    return (io_text){out.at ? out.at : "", out.n};
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

char **case_folders(arena *mem, const char *folder, int *n) {
    enum { MOST = 1000 };
    char **const names = ARENA_NEW(mem, char *, MOST);
    DIR *const at = opendir(folder);
    if (!at)
        fail_msg("cannot open %s", folder);
    *n = 0;
    for (struct dirent *entry; (entry = readdir(at)) && *n < MOST;)
        if (entry->d_name[0] != '.')
            names[(*n)++] = arena_strdup(mem, entry->d_name);
    closedir(at);
    qsort(names, (size_t)*n, sizeof *names, compare_names);
    return names;
}

io_text case_text(arena *mem, const char *quoted) {
    char *const copy = arena_strdup(mem, quoted);
    assert_non_null(copy);
    for (char *c = copy; *c; c++)
        if (*c == '\'')
            *c = '"';
    return (io_text){copy, strlen(copy)};
}

problem *case_problem(arena *mem, const char *quoted) {
    ctg_error err = CTG_ERROR_INIT;
    problem *p = NULL;
    if (io_read_problem(&p, case_text(mem, quoted), NULL, 0, NULL, NULL,
                        &err) != CTG_OK)
        fail_msg("%s %s: %s", err.code, err.pointer, err.message);
    return p;
}
