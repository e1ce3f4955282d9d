// SPDX-License-Identifier: GPL-3.0-or-later
/* The one growth rule of all typed vectors: double, at least 8 elements. */
#include "base/vec.h"

#include <assert.h>
#include <string.h>

/* The layout that VEC_DECLARE gives every vector. It is read and written by
 * memcpy, because the element pointer has another type there. */
typedef struct any_vec {
    void *at;
    int32_t n;
    int32_t room;
} any_vec;

bool vec_reserve(arena *mem, void *vec, int32_t more, size_t size,
                 size_t align) {
    any_vec v;
    memcpy(&v, vec, sizeof v);
    assert(more >= 0 && v.n >= 0 && v.n <= v.room);
    if (more <= v.room - v.n)
        return true;
    if (more > INT32_MAX - v.n)
        return false;
    const int32_t need = v.n + more;
    int32_t room = v.room <= INT32_MAX / 2 ? 2 * v.room : INT32_MAX;
    if (room < 8)
        room = 8;
    if (room < need)
        room = need;
    void *const at =
        arena_grow(mem, v.at, (size_t)v.room, (size_t)room, size, align);
    if (!at)
        return false;
    v.at = at;
    v.room = room;
    memcpy(vec, &v, sizeof v);
    return true;
}
