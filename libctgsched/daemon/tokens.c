// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "daemon/buffer.h"
#include "daemon/log.h"
#include "store/store.h"

enum { LINE = 1024, LEAST_TOKEN = 16 };

/* Digests are compared, which all have one length. */
struct token_row {
    char digest[STORE_DIGEST_TEXT];
    char commune[65]; /* or "*" */
    uint32_t scopes;
};

static const struct {
    const char *word;
    scope scope;
} words[] = {{"read", SCOPE_READ},
             {"hold", SCOPE_HOLD},
             {"plan", SCOPE_PLAN},
             {"publish", SCOPE_PUBLISH}};

static bool read_scopes(uint32_t *out, char *text) {
    char *rest = NULL;
    *out = SCOPE_ANY;
    for (char *word = strtok_r(text, ",", &rest); word;
         word = strtok_r(NULL, ",", &rest)) {
        uint32_t found = 0;
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (strcmp(words[i].word, word) == 0)
                found = words[i].scope;
        if (!found)
            return false;
        *out |= found;
    }
    return *out != SCOPE_ANY;
}

static bool read_row(token_row *out, char *line) {
    char *rest = NULL;
    char *const token = strtok_r(line, " \t\r\n", &rest);
    char *const commune = strtok_r(NULL, " \t\r\n", &rest);
    char *const scopes = strtok_r(NULL, " \t\r\n", &rest);
    if (!token || !commune || !scopes || strtok_r(NULL, " \t\r\n", &rest) ||
        strlen(token) < LEAST_TOKEN || strlen(commune) >= sizeof out->commune)
        return false;
    store_digest(out->digest, token, strlen(token));
    strcpy(out->commune, commune);
    return read_scopes(&out->scopes, scopes);
}

static bool read_rows(tokens *into, FILE *file, const char *path) {
    char line[LINE];
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        const size_t blank = strspn(line, " \t\r\n");
        if (line[blank] == '\0' || line[blank] == '#')
            continue;
        into->at = realloc(into->at, ((size_t)into->n + 1) * sizeof *into->at);
        if (!into->at || !read_row(&into->at[into->n], line + blank)) {
            log_line(LOG_ERROR, "tokens_refused",
                     "file=%s line=%d expected=\"TOKEN COMMUNE SCOPES, a token "
                     "of at least %d characters\"",
                     path, number, LEAST_TOKEN);
            return false;
        }
        into->n++;
    }
    return true;
}

bool tokens_read(tokens *into, const char *path) {
    tokens fresh = {0};
    struct stat about;
    if (!path[0]) {
        tokens_free(into);
        return true;
    }
    FILE *const file = fopen(path, "r");
    if (!file) {
        log_line(LOG_ERROR, "tokens_refused", "file=%s unreadable", path);
        return false;
    }
    if (fstat(fileno(file), &about) == 0 && (about.st_mode & 07) != 0)
        log_line(LOG_WARNING, "tokens_open_to_all", "file=%s mode=%o", path,
                 (unsigned)(about.st_mode & 0777));
    const bool is_read = read_rows(&fresh, file, path);
    fclose(file);
    if (!is_read) {
        tokens_free(&fresh);
        return false;
    }
    tokens_free(into);
    *into = fresh;
    log_line(LOG_INFO, "tokens_read", "n=%d", (int)into->n);
    return true;
}

void tokens_free(tokens *held) {
    free(held->at);
    *held = (tokens){0};
}

/* 1 when equal; looks at every character whatever the first ones are. */
static uint32_t equals(const char *one, const char *other) {
    unsigned difference = 0;
    for (int i = 0; i < STORE_DIGEST_TEXT - 1; i++)
        difference |= (unsigned char)(one[i] ^ other[i]);
    return difference == 0;
}

grant tokens_grant(const tokens *of, const char *authorization,
                   const char *commune) {
    static const char bearer[] = "Bearer ";
    char digest[STORE_DIGEST_TEXT];
    grant given = {false, 0};
    if (!authorization ||
        strncasecmp(authorization, bearer, sizeof bearer - 1) != 0)
        return given;
    const char *const token = authorization + sizeof bearer - 1;
    store_digest(digest, token, strlen(token));
    uint32_t is_known = 0;
    for (int32_t i = 0; i < of->n; i++) {
        const token_row *const row = &of->at[i];
        const uint32_t is_same = equals(digest, row->digest);
        const bool is_here = !commune || strcmp(row->commune, "*") == 0 ||
                             strcmp(row->commune, commune) == 0;
        is_known |= is_same;
        // The same work for a row that fits and one that does not.
        given.scopes |= row->scopes & (uint32_t) - (int32_t)(is_same & is_here);
    }
    given.is_known = is_known != 0;
    return given;
}
