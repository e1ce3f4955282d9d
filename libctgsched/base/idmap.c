// SPDX-License-Identifier: GPL-3.0-or-later
/* Linear probing at a load of at most one half; nothing is ever removed. */
#include "base/idmap.h"

#include <assert.h>
#include <string.h>

enum { NEAR = 2, BAND = 2 * NEAR + 1 };

/* FNV-1a, 64 bits. */
static uint64_t hash_id(const char *id) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = id; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    return hash ^ hash >> 32;
}

/* The slot that holds `id`, or the free one where it belongs. */
static idmap_slot *slot_of(const idmap *map, const char *id, uint64_t hash) {
    const uint64_t mask = (uint64_t)map->room - 1;
    assert(map->room > map->n);
    for (uint64_t i = hash & mask;; i = (i + 1) & mask) {
        idmap_slot *const slot = &map->slots[i];
        if (!slot->id || (slot->hash == hash && strcmp(slot->id, id) == 0))
            return slot;
    }
}

static bool double_room(arena *mem, idmap *map) {
    if (map->room > INT32_MAX / 2)
        return false;
    idmap wider = {.n = map->n, .room = map->room ? 2 * map->room : 16};
    wider.slots = ARENA_NEW(mem, idmap_slot, wider.room);
    if (!wider.slots)
        return false;
    for (int32_t i = 0; i < map->room; i++) {
        const idmap_slot *const slot = &map->slots[i];
        if (slot->id)
            *slot_of(&wider, slot->id, slot->hash) = *slot;
    }
    *map = wider;
    return true;
}

int32_t idmap_put(arena *mem, idmap *map, const char *id, int32_t index) {
    assert(id && index >= 0);
    if (map->n >= map->room / 2 && !double_room(mem, map))
        return -1;
    const uint64_t hash = hash_id(id);
    idmap_slot *const slot = slot_of(map, id, hash);
    if (!slot->id) {
        *slot = (idmap_slot){id, hash, index};
        map->n++;
    }
    return slot->index;
}

int32_t idmap_get(const idmap *map, const char *id) {
    if (map->room == 0)
        return -1;
    const idmap_slot *const slot = slot_of(map, id, hash_id(id));
    return slot->id ? slot->index : -1;
}

static int32_t least3(int32_t a, int32_t b, int32_t c) {
    const int32_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Edit distance (insert, delete, replace), NEAR + 1 when it is more than NEAR.
 * Only the diagonals -NEAR..NEAR of the table are kept: band[k] of row i is
 * column i + k - NEAR. */
static int32_t distance_near(const char *a, const char *b) {
    const int64_t n_a = (int64_t)strlen(a), n_b = (int64_t)strlen(b);
    if (n_a - n_b > NEAR || n_b - n_a > NEAR)
        return NEAR + 1;
    const int32_t far = NEAR + 1;
    int32_t band[BAND];
    for (int32_t k = 0; k < BAND; k++)
        band[k] = k < NEAR ? far : k - NEAR;
    for (int64_t i = 1; i <= n_a; i++) {
        for (int32_t k = 0; k < BAND; k++) {
            const int64_t j = i + k - NEAR;
            if (j < 0 || j > n_b) {
                band[k] = far;
                continue;
            }
            const int32_t above = k + 1 < BAND ? band[k + 1] + 1 : far;
            const int32_t left = k > 0 && j > 0 ? band[k - 1] + 1 : far;
            const int32_t swap = j > 0 ? band[k] + (a[i - 1] != b[j - 1]) : far;
            const int32_t least = least3(above, left, swap);
            band[k] = least < far ? least : far;
        }
    }
    return band[n_b - n_a + NEAR];
}

const char *idmap_nearest(const char *id, const char *const *candidates,
                          int32_t n) {
    const char *nearest = NULL;
    int32_t least = NEAR + 1;
    const int64_t length = (int64_t)strlen(id);
    for (int32_t i = 0; i < n; i++) {
        const int32_t distance = distance_near(id, candidates[i]);
        if (distance < least && 2 * (int64_t)distance < length) {
            least = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}
