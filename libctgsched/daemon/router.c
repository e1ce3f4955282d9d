// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/router.h"

#include <stdio.h>
#include <string.h>

static const route_row rows[N_ROUTES] = {
#define ROUTE(id, method, path, scope, flags, summary)                         \
    {#id, method, path, SCOPE_##scope, flags, summary},
#include "daemon/routes.def"
#undef ROUTE
};

const route_row *route_about(int32_t route) {
    return route >= 0 && route < N_ROUTES ? &rows[route] : NULL;
}

const char *route_name(int32_t route) {
    return route >= 0 && route < N_ROUTES ? rows[route].name : NULL;
}

/* An id in the path; its length, 0 when there is none. */
static size_t take_id(char out[ROUTE_ID], const char *at) {
    const size_t n = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrs"
                                "tuvwxyz0123456789._:-");
    if (n < 1 || n >= ROUTE_ID)
        return 0;
    memcpy(out, at, n);
    out[n] = '\0';
    return n;
}

static bool fits(route_match *out, const char *pattern, const char *path) {
    while (*pattern) {
        if (*pattern != '{') {
            if (*pattern++ != *path++)
                return false;
            continue;
        }
        char *const into = pattern[1] == 'c' ? out->commune : out->item;
        const size_t n = take_id(into, path);
        if (n == 0)
            return false;
        path += n;
        pattern = strchr(pattern, '}') + 1;
    }
    return *path == '\0';
}

route_match route_find(const char *method, const char *path) {
    route_match out = {.route = -1};
    for (int32_t r = 0; r < N_ROUTES; r++) {
        route_match one = {.route = r};
        if (!fits(&one, rows[r].path, path))
            continue;
        const size_t n = strlen(out.allow);
        snprintf(out.allow + n, sizeof out.allow - n, "%s%s", n ? ", " : "",
                 rows[r].method);
        if (out.route < 0 && strcmp(rows[r].method, method) == 0) {
            memcpy(one.allow, out.allow, sizeof one.allow);
            out = one;
        }
    }
    return out;
}

/* --- the description --- */

static void put_parameter(buffer *to, const char *name, const char *in,
                          bool is_required) {
    emit_object(to, NULL);
    emit_text(to, "name", name);
    emit_text(to, "in", in);
    emit_bool(to, "required", is_required);
    emit_object(to, "schema");
    emit_text(to, "type", "string");
    emit_end(to, '}');
    emit_end(to, '}');
}

static void put_parameters(buffer *to, const route_row *row) {
    emit_array(to, "parameters");
    if (strstr(row->path, "{commune}"))
        put_parameter(to, "commune", "path", true);
    if (strstr(row->path, "{item}"))
        put_parameter(to, "item", "path", true);
    if (row->flags & FLAG_WRITES)
        put_parameter(to, "Idempotency-Key", "header",
                      (row->flags & FLAG_KEYED) != 0);
    if (row->flags & FLAG_MATCHED)
        put_parameter(to, "If-Match", "header", true);
    // Queries stand in the summary as ?name= or &name=.
    for (const char *at = row->summary; (at = strpbrk(at, "?&"));) {
        char name[40];
        const size_t n = strcspn(++at, "=");
        if (n < sizeof name) {
            memcpy(name, at, n);
            name[n] = '\0';
            put_parameter(to, name, "query", false);
        }
    }
    emit_end(to, ']');
}

static void put_body(buffer *to, const route_row *row) {
    if (strcmp(row->method, "POST") != 0 && strcmp(row->method, "PUT") != 0)
        return;
    emit_object(to, "requestBody");
    emit_object(to, "content");
    emit_object(to, "application/json");
    emit_end(to, '}');
    emit_end(to, '}');
    emit_end(to, '}');
}

static void put_answers(buffer *to) {
    static const char *const answers[][2] = {
        {"2XX", "Done"}, {"4XX", "Refused"}, {"5XX", "Not now"}};
    emit_object(to, "responses");
    for (int i = 0; i < 3; i++) {
        emit_object(to, answers[i][0]);
        emit_text(to, "description", answers[i][1]);
        emit_object(to, "content");
        emit_object(to,
                    i == 0 ? "application/json" : "application/problem+json");
        emit_end(to, '}');
        emit_end(to, '}');
        emit_end(to, '}');
    }
    emit_end(to, '}');
}

static void put_operation(buffer *to, const route_row *row) {
    char method[16] = "";
    for (size_t i = 0; row->method[i] && i + 1 < sizeof method; i++)
        method[i] = (char)(row->method[i] | 0x20);
    emit_object(to, method);
    emit_text(to, "operationId", row->name);
    emit_text(to, "summary", row->summary);
    put_parameters(to, row);
    put_body(to, row);
    put_answers(to);
    emit_array(to, "security");
    if (row->scope != SCOPE_NONE) {
        emit_object(to, NULL);
        emit_array(to, "token");
        emit_end(to, ']');
        emit_end(to, '}');
    }
    emit_end(to, ']');
    emit_end(to, '}');
}

static bool is_first_of_path(int32_t route) {
    for (int32_t r = 0; r < route; r++)
        if (strcmp(rows[r].path, rows[route].path) == 0)
            return false;
    return true;
}

static void put_paths(buffer *to) {
    emit_object(to, "paths");
    for (int32_t r = 0; r < N_ROUTES; r++) {
        if (!is_first_of_path(r))
            continue;
        emit_object(to, rows[r].path);
        for (int32_t s = r; s < N_ROUTES; s++)
            if (strcmp(rows[s].path, rows[r].path) == 0)
                put_operation(to, &rows[s]);
        emit_end(to, '}');
    }
    emit_end(to, '}');
}

void route_describe(buffer *to) {
    emit_object(to, NULL);
    emit_text(to, "openapi", "3.1.0");
    emit_object(to, "info");
    emit_text(to, "title", "ctgschedd");
    emit_text(to, "version", "1");
    emit_end(to, '}');
    put_paths(to);
    emit_object(to, "components");
    emit_object(to, "securitySchemes");
    emit_object(to, "token");
    emit_text(to, "type", "http");
    emit_text(to, "scheme", "bearer");
    emit_end(to, '}');
    emit_end(to, '}');
    emit_end(to, '}');
    emit_end(to, '}');
}
