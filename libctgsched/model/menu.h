// SPDX-License-Identifier: GPL-3.0-or-later
/* Menus generated from a weekly pattern (format.md 4.4): which variants exist,
 * their ids, satisfactions and ranks. Pure: no calendar, no structure is read,
 * only the pattern. */
#ifndef CTGSCHED_MODEL_MENU_H
#define CTGSCHED_MODEL_MENU_H

#include "base/arena.h"
#include "base/error.h"

enum { MENU_MAX = 500 };

typedef struct menu_window {
    uint32_t weekdays;  /* bit per weekday, Monday is bit 0; not 0 */
    int32_t begin, end; /* minutes of the day */
} menu_window;

typedef struct menu_structure {
    const char *id;
    int32_t rank; /* 1 is best */
} menu_structure;

typedef struct menu_flex {
    int32_t step;                  /* minutes, 1 or more */
    int32_t shift, later, earlier; /* minutes, multiples of step */
    int32_t earliest, latest;      /* minutes of the day */
    int32_t drop_days;
    uint32_t droppable; /* weekdays that may be dropped */
} menu_flex;

typedef struct menu_pattern {
    int32_t n_windows;
    const menu_window *windows; /* [n_windows], one or more */
    int32_t n_structures;
    const menu_structure *structures; /* [n_structures] */
    menu_flex flex;
} menu_pattern;

/* One generated option: windows without the dropped weekdays, every interval
 * [begin + from, end + to). */
typedef struct menu_variant {
    const char *id;
    int32_t structure; /* index into pattern.structures */
    uint32_t dropped;
    int32_t from, to; /* minutes: both equal for a shift; a and -b for a cut */
    int32_t rank;
    int64_t satisfaction;
} menu_variant;

typedef struct menu {
    int32_t n;     /* kept: at most MENU_MAX */
    int32_t n_all; /* MENU_MAX + 1 when there are more than MENU_MAX */
    menu_variant *variants;
} menu;

ctg_status menu_expand(menu *out, const menu_pattern *pattern, arena *mem,
                       ctg_error *err);

#endif
