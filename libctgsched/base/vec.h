// SPDX-License-Identifier: GPL-3.0-or-later
/* Growing arrays in an arena, typed by macro.
 *
 *     VEC_DECLARE(row_vec, row);
 *     row_vec rows = {0};
 *     row *r = VEC_PUSH(mem, &rows, row);   // NULL without memory, zeroed
 */
#ifndef CTGSCHED_BASE_VEC_H
#define CTGSCHED_BASE_VEC_H

#include "base/arena.h"

#define VEC_DECLARE(name, type)                                                \
    typedef struct name {                                                      \
        type *at;                                                              \
        int32_t n;                                                             \
        int32_t room;                                                          \
    } name

/* Makes room for `more` further elements; false without memory. */
bool vec_reserve(arena *mem, void *vec, int32_t more, size_t size,
                 size_t align);

#define VEC_PUSH(mem, vec, type)                                               \
    (vec_reserve((mem), (vec), 1, sizeof(type), alignof(type))                 \
         ? &(vec)->at[(vec)->n++]                                              \
         : (type *)NULL)

#endif
