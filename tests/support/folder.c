// SPDX-License-Identifier: GPL-3.0-or-later
#define _XOPEN_SOURCE 700
#include "support/folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void folder_make(char path[FOLDER_PATH]) {
    const char *const base = getenv("TMPDIR");
    snprintf(path, FOLDER_PATH, "%s/ctgsched-XXXXXX",
             base && strlen(base) < FOLDER_PATH / 2 ? base : "/tmp");
    if (!mkdtemp(path))
        path[0] = '\0';
}

void folder_remove(const char *path) {
    DIR *const folder = opendir(path);
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        char name[2 * FOLDER_PATH + 300];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        unlink(name);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}
