// SPDX-License-Identifier: GPL-3.0-or-later
/* External ids to dense indices: open addressing, in an arena. */
#ifndef CTGSCHED_BASE_IDMAP_H
#define CTGSCHED_BASE_IDMAP_H

#include "base/arena.h"

typedef struct idmap_slot {
    const char *id; /* borrowed, NULL = free */
    uint64_t hash;
    int32_t index;
} idmap_slot;

typedef struct idmap {
    idmap_slot *slots;
    int32_t n, room; /* room is a power of two or 0 */
} idmap;

/* Adds id -> index unless present; returns the index now mapped, or -1 without
 * memory. `id` must outlive the map. */
int32_t idmap_put(arena *mem, idmap *map, const char *id, int32_t index);
int32_t idmap_get(const idmap *map, const char *id); /* -1 when absent */

/* The id nearest in edit distance among `n` candidates, NULL when none is near
 * (distance <= 2 and less than half the length): for "did you mean". */
const char *idmap_nearest(const char *id, const char *const *candidates,
                          int32_t n);

#endif
