// SPDX-License-Identifier: GPL-3.0-or-later
/* From method and path to a route, by the one table. */
#ifndef CTGSCHED_DAEMON_ROUTER_H
#define CTGSCHED_DAEMON_ROUTER_H

#include "daemon/buffer.h"
#include "daemon/tokens.h"

enum { FLAG_WRITES = 1, FLAG_KEYED = 2, FLAG_LARGE = 4, FLAG_MATCHED = 8 };

typedef enum route_id {
#define ROUTE(id, method, path, scope, flags, summary) ROUTE_##id,
#include "daemon/routes.def"
#undef ROUTE
    N_ROUTES
} route_id;

typedef struct route_row {
    const char *name, *method, *path;
    scope scope;
    int flags;
    const char *summary;
} route_row;

const route_row *route_about(int32_t route); /* NULL past the end */
const char *route_name(int32_t route);       /* NULL past the end */

enum { ROUTE_ID = 65 };
typedef struct route_match {
    int32_t route;  /* -1: nothing has this path, or not with this method */
    char allow[64]; /* methods of the path; "" when there is no such path */
    char commune[ROUTE_ID], item[ROUTE_ID];
} route_match;
route_match route_find(const char *method, const char *path);

/* OpenAPI 3.1. */
void route_describe(buffer *to);

#endif
