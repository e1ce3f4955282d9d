// SPDX-License-Identifier: GPL-3.0-or-later
/* Gives each file of a corpus folder to a fuzz target, without libFuzzer. The
 * empty input is always tried. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static int replay(const char *path) {
    FILE *const file = fopen(path, "rb");
    if (!file)
        return 1;
    size_t bytes = 0, room = 4096;
    uint8_t *data = malloc(room);
    for (size_t n; data && (n = fread(data + bytes, 1, room - bytes, file));) {
        bytes += n;
        if (bytes < room)
            continue;
        uint8_t *const wider = realloc(data, room *= 2);
        if (!wider)
            free(data);
        data = wider;
    }
    const int failed = !data || ferror(file);
    fclose(file);
    /* An exact block, so that the sanitizer sees a read past the end. */
    uint8_t *const exact = failed ? NULL : malloc(bytes ? bytes : 1);
    if (exact) {
        memcpy(exact, data, bytes);
        LLVMFuzzerTestOneInput(exact, bytes);
    }
    free(data);
    const int done = exact != NULL;
    free(exact);
    return !done;
}

static int replay_folder(const char *folder, int *count) {
    DIR *const at = opendir(folder);
    if (!at)
        return 0; // no corpus yet
    int failures = 0;
    for (struct dirent *entry; (entry = readdir(at));) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        failures += replay(path);
        ++*count;
    }
    closedir(at);
    return failures;
}

int main(int argc, char **argv) {
    int count = 1, failures = 0;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++)
        failures += replay_folder(argv[i], &count);
    printf("%d passed, %d failed\n", count - failures, failures);
    return failures != 0;
}
