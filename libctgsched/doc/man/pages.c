// SPDX-License-Identifier: GPL-3.0-or-later
/* Writes manual pages while the project is built:
 *
 *     pages VERSION FOLDER FILE...
 *
 * From a header NAME.h comes man3/NAME.3, and a page for each of its functions
 * that leads there; from a document NAME.md comes man5/ctgsched-NAME.5. */
#include <stdlib.h>
#include <string.h>

#include "roff.h"

static char text[1 << 20];

static span read_file(const char *path) {
    FILE *const file = fopen(path, "rb");
    const size_t bytes = file ? fread(text, 1, sizeof text, file) : 0;
    if (!file || bytes == 0 || bytes == sizeof text) {
        fprintf(stderr, "pages: %s cannot be read\n", path);
        exit(1);
    }
    fclose(file);
    return (span){text, text + bytes};
}

static FILE *page_open(const char *folder, int section, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/man%d/%s.%d", folder, section, name,
             section);
    FILE *const page = fopen(path, "w");
    if (!page) {
        fprintf(stderr, "pages: %s cannot be written\n", path);
        exit(1);
    }
    return page;
}

static void page_close(FILE *page) {
    if (ferror(page) | fclose(page)) {
        fputs("pages: a page cannot be written\n", stderr);
        exit(1);
    }
}

static void put_first_line(FILE *to, const char *name, int section,
                           const char *version) {
    fputs(".TH ", to);
    for (const char *c = name; *c; c++)
        fputc(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c, to);
    fprintf(to, " %d \"\" \"ctgsched %s\" \"%s\"\n", section, version,
            section == 3 ? "Library Functions" : "File Formats");
}

static span file_name(const char *path) {
    const char *const slash = strrchr(path, '/');
    return span_of(slash ? slash + 1 : path);
}

/* What stands before the dot. */
static span stem(const char *path) {
    span rest = file_name(path), name = rest;
    span_next(&name, &rest, ".");
    return name;
}

static void from_header(const char *folder, const char *version,
                        const char *path) {
    char name[256], other[256];
    const span base = stem(path);
    const span header = read_file(path);
    snprintf(name, sizeof name, "%.*s", (int)span_length(base), base.at);
    FILE *const page = page_open(folder, 3, name);
    put_first_line(page, name, 3, version);
    page_of_header(page, name, header);
    page_close(page);

    functions of = {.text = header};
    for (span one; next_function(&one, &of);) {
        snprintf(other, sizeof other, "%.*s", (int)span_length(one), one.at);
        FILE *const link = page_open(folder, 3, other);
        fprintf(link, ".so man3/%s.3\n", name);
        page_close(link);
    }
}

static void from_document(const char *folder, const char *version,
                          const char *path) {
    char name[256];
    const span base = stem(path);
    snprintf(name, sizeof name, "ctgsched-%.*s", (int)span_length(base),
             base.at);
    FILE *const page = page_open(folder, 5, name);
    put_first_line(page, name, 5, version);
    page_of_markdown(page, name, read_file(path));
    page_close(page);
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fputs("usage: pages VERSION FOLDER FILE...\n", stderr);
        return 2;
    }
    for (int i = 3; i < argc; i++)
        if (span_find(file_name(argv[i]), ".h"))
            from_header(argv[2], argv[1], argv[i]);
        else
            from_document(argv[2], argv[1], argv[i]);
    return 0;
}
