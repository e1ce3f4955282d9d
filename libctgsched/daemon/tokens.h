// SPDX-License-Identifier: GPL-3.0-or-later
/* Who may do what: bearer tokens from a file. */
#ifndef CTGSCHED_DAEMON_TOKENS_H
#define CTGSCHED_DAEMON_TOKENS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum scope {
    SCOPE_NONE = 0, /* nothing is asked, not even a token */
    SCOPE_ANY = 1,  /* any token of any commune */
    SCOPE_READ = 2,
    SCOPE_HOLD = 4,
    SCOPE_PLAN = 8,
    SCOPE_PUBLISH = 16
} scope;

typedef struct token_row token_row;

typedef struct tokens {
    token_row *at;
    int32_t n;
} tokens;

/* Replaces what is there, or leaves it alone and says why (in the log) when the
 * file has a fault. An empty path: no tokens. */
bool tokens_read(tokens *into, const char *path);
void tokens_free(tokens *held);

typedef struct grant {
    bool is_known;   /* the token is in the file */
    uint32_t scopes; /* for the commune asked about */
} grant;
/* `authorization`: the header, or NULL. `commune` NULL: of any commune;
 * "*": of rows for all communes only. Takes the same time whatever the token
 * is. */
grant tokens_grant(const tokens *of, const char *authorization,
                   const char *commune);

#endif
