// SPDX-License-Identifier: GPL-3.0-or-later
/* What tiny_build.c and tiny_themes.c share: a problem being drawn.
 *
 * A theme turns knobs before the roomy problem is built, and may change the
 * JSON after. Two draws never stand in the arguments of one call: their order
 * would depend on the compiler. */
#ifndef CTGSCHED_TESTS_TINY_BUILD_H
#define CTGSCHED_TESTS_TINY_BUILD_H

#include <jansson.h>
#include <stdbool.h>

#include "base/civil.h"
#include "base/random.h"
#include "model/plan.h"

enum { TINY_STRUCTURES = 2, TINY_REQUESTS = 6 };

/* Percentages unless said otherwise. */
typedef struct knobs {
    int32_t requests_low, requests_high;
    int32_t dates_low, dates_high;
    const char *first; /* first date, NULL: drawn */
    int32_t places[TINY_STRUCTURES];
    int32_t n_sections[TINY_STRUCTURES];
    int32_t section_places;
    int32_t staff[TINY_STRUCTURES]; /* counted persons there all day */
    int32_t popular;                /* options in the first structure */
    int32_t full_day;               /* options from opening to closing */
    int32_t named;                  /* options that name their section */
    int32_t held, mandatory, insertion, menu, needs, heavy;
    int32_t by_points;
    int32_t weighted;
    int32_t spice;        /* chance of a second theme on top */
    int32_t small_law;    /* ratio of 1..3 children a person */
    const char *regime;   /* NULL: drawn */
    const char *rounding; /* NULL: the rule's */
    const char *scope;    /* NULL: default */
    int32_t min_staff;
    bool own_pack; /* pack "law" named; else "fr-eaje" replaced */
    bool all_days; /* options happen on every day */
    bool same_points;
} knobs;

typedef struct tiny {
    random_state rng;
    knobs k;
    int32_t first, n_dates;                               /* civil day, dates */
    int32_t begin[TINY_STRUCTURES], end[TINY_STRUCTURES]; /* opening */
    int32_t n;                                            /* requests */
    int64_t plans; /* product of menus so far */
    json_t *root;  /* the rest is borrowed from it */
    json_t *rules; /* of the law's pack */
    json_t *structures[TINY_STRUCTURES];
    json_t *children[TINY_REQUESTS];
    json_t *requests[TINY_REQUESTS];
} tiny;

typedef struct tiny_theme_row {
    const char *name;
    int32_t weight; /* of being drawn */
    void (*turn)(knobs *k, random_state *rng);
    void (*change)(tiny *t); /* may be NULL */
    int32_t own;             /* the rule made scarce, NONE: no single one */
} tiny_theme_row;

extern const tiny_theme_row tiny_themes[]; /* [tiny_theme_rows] */
extern const int32_t tiny_theme_rows;

int32_t tiny_draw(tiny *t, int32_t low, int32_t high);
bool tiny_chance(tiny *t, int32_t percent);
const char *tiny_pick(tiny *t, const char *const *words, int32_t n);

json_t *tiny_time(int32_t minute);
json_t *tiny_date(int32_t civil);
/* {"begin": ..., "end": ...} */
json_t *tiny_window(int32_t begin, int32_t end);
/* A drawn part of the opening of structure `s`, on a grid of 30 minutes. */
void tiny_span(tiny *t, int32_t s, int32_t *begin, int32_t *end);
/* The list member `key` of `object`, made when it is absent. */
json_t *tiny_list(json_t *object, const char *key);
/* The law's rule with that id, NULL for none; its parameters. */
json_t *tiny_rule(tiny *t, const char *id);
json_t *tiny_parameters(tiny *t, const char *id);
json_t *tiny_add_rule(tiny *t, const char *id, const char *kind,
                      json_t *parameters);
/* A member is set; the new reference is taken. */
void tiny_set(json_t *object, const char *key, json_t *value);
void tiny_set_int(json_t *object, const char *key, int64_t value);

void tiny_build_base(tiny *t);
void tiny_build_goals(tiny *t);
json_t *tiny_option(tiny *t, int32_t position);
/* Windows for a drawn presence in structure `s`. */
json_t *tiny_when(tiny *t, int32_t s);

#endif
