// SPDX-License-Identifier: GPL-3.0-or-later
/* Any bytes as a request to the daemon: a first line "METHOD PATH", then the
 * body, read as each kind of body there is. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/envelope.h"
#include "daemon/keys.h"
#include "daemon/router.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void require(int holds) {
    if (!holds)
        abort();
}

static void try_route(char *line) {
    char *const blank = strchr(line, ' ');
    if (!blank)
        return;
    *blank = '\0';
    const route_match found = route_find(line, blank + 1);
    require(found.route < N_ROUTES);
    if (found.route < 0)
        return;
    require(strcmp(route_about(found.route)->method, line) == 0);
    require(strlen(found.commune) < ROUTE_ID && strlen(found.item) < ROUTE_ID);
    key_is_fit(blank + 1);
}

/* What was read as a hold is written so that it is read the same again. */
static void try_hold(const char *body, size_t n) {
    hold_ask asked, again;
    body_fault why;
    buffer written = {0}, change = {0}, both = {0};
    if (!envelope_hold(&asked, body, n, &why)) {
        require(why.detail[0] != '\0');
        return;
    }
    require(asked.n_spans >= 1 && asked.n_spans <= MOST_SPANS);
    envelope_hold_body(&written, &asked);
    require(envelope_hold(&again, written.at, written.n, &why));
    require(again.n_spans == asked.n_spans && again.walks == asked.walks &&
            memcmp(again.spans, asked.spans,
                   (size_t)asked.n_spans * sizeof asked.spans[0]) == 0);
    envelope_hold_change(&change, &asked, "hold-1");
    const change_text parts[] = {{change.at, change.n}, {change.at, change.n}};
    require(envelope_join(&both, parts, 2));
    buffer_free(&written);
    buffer_free(&change);
    buffer_free(&both);
}

static void try_bodies(const char *body, size_t n) {
    confirm_ask confirm;
    solve_ask solve;
    body_fault why;
    buffer joined = {0};
    const change_text part = {body, n};
    try_hold(body, n);
    if (envelope_confirm(&confirm, body, n, &why))
        require(strlen(confirm.child) < ID_TEXT);
    if (envelope_solve(&solve, body, n, &why))
        require(solve.time_limit >= 0 && solve.max_changes >= -1);
    if (envelope_join(&joined, &part, 1))
        require(joined.n > 0);
    buffer_free(&joined);
    if (envelope_admit(&joined, body, n, "r", "o"))
        require(joined.n > 0);
    buffer_free(&joined);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes) {
    char *const text = malloc(bytes + 1);
    if (!text)
        return 0;
    memcpy(text, data, bytes);
    text[bytes] = '\0';
    char *const end = memchr(text, '\n', bytes);
    if (end) {
        *end = '\0';
        try_route(text);
        try_bodies(end + 1, (size_t)(text + bytes - (end + 1)));
    }
    free(text);
    return 0;
}
