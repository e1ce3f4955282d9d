// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched-generate: a synthetic commune for one reference week, as a problem
 * of Format 1. The same options give the same bytes on every machine; the man
 * page ctgsched-generate.1 says which laws and from where. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ctgsched.h>

#include "day.h"
#include "town.h"

enum { MAX_CRECHES = 500, CYCLE = 20, USAGE = 2, NOT_WRITTEN = 1 };

/* --- sizes --- */

/* How large a commune is: `places` are taken in turn. */
typedef struct shape {
    const char *name; /* NULL: N-creches */
    int n_creches;
    const int *places;
    int n_places; /* until the cycle begins again */
    int n_centres;
    const centre_law *law;
} shape;

static const int one_house[] = {30};
static const int four_houses[] = {20, 30, 45, 60};
static const int six_houses[] = {12, 20, 25, 30, 45, 60};
/* 660 places for 20 houses, the national mean of 32.9 a house. */
static const int mean_houses[CYCLE] = {30, 60, 20, 45, 25, 20, 40, 30, 30, 20,
                                       25, 25, 60, 20, 30, 30, 25, 60, 20, 45};
/* 710 places for 20. Micro-creches are not among them: mostly private, no
 * commission fills them. */
static const int large_houses[CYCLE] = {30, 60, 20, 45, 25, 20, 40, 60, 30, 20,
                                        45, 25, 60, 20, 30, 30, 25, 60, 20, 45};

/* Centres that share pupils, and schools with 150 each who ask for something;
 * in a city more agents work there, each for fewer hours. */
static const centre_law small_centres = {48, {2, 3}, {4, 4}, {8, 6}, false};
static const centre_law town_schools = {63, {3, 4}, {3, 4}, {9, 6}, false};
static const centre_law city_schools = {63, {3, 4}, {3, 4}, {16, 8}, true};

static const shape shapes[] = {
    {"village", 1, one_house, 1, 1, &small_centres},
    {"commune", 4, four_houses, 4, 2, &small_centres},
    {"town", 6, six_houses, 6, 10, &town_schools},
    {"city", 60, mean_houses, CYCLE, 60, &city_schools},
    {"metropolis", 400, mean_houses, CYCLE, 300, &city_schools},
};

static bool read_shape(shape *out, const char *value) {
    static const char tail[] = "-creches";
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (strcmp(shapes[i].name, value) == 0) {
            *out = shapes[i];
            return true;
        }
    char *end = NULL;
    errno = 0;
    const long n = strtol(value, &end, 10);
    if (errno != 0 || n < 1 || n > MAX_CRECHES || value[0] == '+' ||
        strcmp(end, tail) != 0)
        return false;
    *out = (shape){NULL,  (int)n,           large_houses,
                   CYCLE, ((int)n + 1) / 2, &small_centres};
    return true;
}

static int choose_places(const shape *of, int places[MAX_CRECHES]) {
    for (int i = 0; i < of->n_creches; i++)
        places[i] = of->places[i % of->n_places];
    return of->n_creches;
}

typedef struct settings {
    const char *size, *path;
    shape shape;
    int demand;           /* requests per 100 places */
    int half_days;        /* percent of the slots asked */
    int held;             /* percent of the requests */
    int weeks, centres;   /* centres 0: those of the size */
    const char *rounding; /* NULL: the rule's own */
    bool joint, has_places, has_sessions;
    wording as;
} settings;

static const char usage[] =
    "Usage: ctgsched-generate\n"
    "         --size village|commune|town|city|metropolis|N-creches\n"
    "         [--staff fixed|joint] [--services places|sessions|all]\n"
    "         [--centres N] [--weeks N]\n"
    "         [--mode weighted|lexicographic] [--seed N] [--demand PERCENT]\n"
    "         [--half-days PERCENT] [--held PERCENT]\n"
    "         [--rounding sum_then_ceil|ceil_each|mixed_group_fill]\n"
    "         [--policy most_points|by_points] [-o FILE]\n"
    "Writes a synthetic childcare problem (Format 1). See the man page.\n";

/* --- options --- */

static bool is_one_of(const char *value, const char *a, const char *b) {
    return strcmp(value, a) == 0 || strcmp(value, b) == 0;
}

static bool read_number(const char *text, long low, long high, long *out) {
    char *end = NULL;
    errno = 0;
    *out = strtol(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && *out >= low &&
           *out <= high;
}

/* One option with its value; false when either is unknown. */
static bool read_option(settings *s, const char *name, const char *value) {
    long number = 0;
    if (strcmp(name, "--size") == 0) {
        s->size = value;
        return read_shape(&s->shape, value);
    }
    if (strcmp(name, "--staff") == 0) {
        s->joint = strcmp(value, "joint") == 0;
        return is_one_of(value, "fixed", "joint");
    }
    if (strcmp(name, "--services") == 0) {
        s->has_places = strcmp(value, "sessions") != 0;
        s->has_sessions = strcmp(value, "places") != 0;
        return is_one_of(value, "places", "sessions") ||
               strcmp(value, "all") == 0;
    }
    if (strcmp(name, "--weeks") == 0 && read_number(value, 1, 8, &number)) {
        s->weeks = (int)number;
        return true;
    }
    if (strcmp(name, "--centres") == 0 &&
        read_number(value, 1, MAX_CRECHES, &number)) {
        s->centres = (int)number;
        return true;
    }
    if (strcmp(name, "--mode") == 0) {
        s->as.weighted = strcmp(value, "weighted") == 0;
        return is_one_of(value, "weighted", "lexicographic");
    }
    if (strcmp(name, "--policy") == 0) {
        s->as.by_points = strcmp(value, "by_points") == 0;
        return is_one_of(value, "most_points", "by_points");
    }
    if (strcmp(name, "--rounding") == 0) {
        s->rounding = strcmp(value, "sum_then_ceil") == 0 ? NULL : value;
        return !s->rounding ||
               is_one_of(value, "ceil_each", "mixed_group_fill");
    }
    if (strcmp(name, "--seed") == 0)
        return read_number(value, 0, 1000000000, &s->as.seed);
    if (strcmp(name, "--demand") == 0 &&
        read_number(value, 10, 1000, &number)) {
        s->demand = (int)number;
        return true;
    }
    if (strcmp(name, "--half-days") == 0 &&
        read_number(value, 0, 70, &number)) {
        s->half_days = (int)number;
        return true;
    }
    if (strcmp(name, "--held") == 0 && read_number(value, 0, 95, &number)) {
        s->held = (int)number;
        return true;
    }
    if (strcmp(name, "-o") == 0) {
        s->path = value;
        return true;
    }
    return false;
}

static bool read_settings(settings *s, int argc, char **argv) {
    for (int i = 1; i < argc; i += 2) {
        const char *const value = i + 1 < argc ? argv[i + 1] : "";
        if (!read_option(s, argv[i], value)) {
            fprintf(stderr, "ctgsched-generate: cannot use \"%s %s\"\n%s",
                    argv[i], value, usage);
            return false;
        }
    }
    if (s->as.weighted && s->as.by_points) {
        fputs("ctgsched-generate: --policy by_points needs --mode "
              "lexicographic\n",
              stderr);
        return false;
    }
    if (s->joint && s->as.by_points) {
        fputs("ctgsched-generate: --policy by_points does not go with --staff "
              "joint yet\n",
              stderr);
        return false;
    }
    if (s->centres > 0 && !s->has_sessions) {
        fputs("ctgsched-generate: --centres needs --services sessions or all\n",
              stderr);
        return false;
    }
    if (!s->size)
        fputs(usage, stderr);
    return s->size != NULL;
}

/* --- the run --- */

static int sum(const int *at, int n) {
    int total = 0;
    for (int i = 0; i < n; i++)
        total += at[i];
    return total;
}

static void report(const town *t, int places) {
    int held = 0, hands = 0;
    for (int i = 0; i < t->n_requests; i++)
        held += t->requests[i].held_in >= 0;
    for (int i = 0; i < t->n_creches; i++)
        hands += t->creches[i].n_hands;
    for (int i = 0; i < t->n_centres; i++)
        hands += t->centres[i].crew;
    fprintf(stderr,
            "%s: %d structures, %d places, %d requests (%d hold a place), "
            "%d sibling groups, options median %d, %d days",
            t->id, t->n_creches, places, t->n_requests, held, t->n_groups,
            menu_median(t), DAYS * t->weeks);
    if (t->joint)
        fprintf(stderr, ", %d employees", hands);
    if (t->n_centres > 0)
        fprintf(stderr, ", %d centres, %d pupils", t->n_centres, t->n_pupils);
    fputc('\n', stderr);
}

static bool make_room(town *t, int n_creches, int n_requests, int n_centres) {
    t->creches = calloc((size_t)n_creches, sizeof *t->creches);
    t->requests = calloc((size_t)n_requests, sizeof *t->requests);
    t->groups = calloc((size_t)n_requests, sizeof *t->groups);
    t->centres = calloc((size_t)n_centres, sizeof *t->centres);
    t->pupils = calloc((size_t)(n_centres * MAX_PUPILS), sizeof *t->pupils);
    return t->creches && t->requests && t->groups && t->centres && t->pupils;
}

static void free_town(town *t) {
    free(t->creches);
    free(t->requests);
    free(t->groups);
    free(t->centres);
    free(t->pupils);
}

static bool generate(const settings *s, town *t) {
    int places[MAX_CRECHES];
    draws rng;
    const int n = choose_places(&s->shape, places);
    const int n_requests = (sum(places, n) * s->demand + 50) / 100;
    const int n_centres = s->centres ? s->centres : s->shape.n_centres;
    if (!make_room(t, n, n_requests, n_centres))
        return false;
    draw_seed(&rng, (uint64_t)s->as.seed);
    if (s->has_places) {
        town_open_creches(t, &rng, places, n, strcmp(s->size, "commune") == 0);
        town_fill(t, &rng, n_requests);
        if (t->joint)
            town_hire_crew(t, &rng);
    }
    if (s->has_sessions) {
        t->n_centres = n_centres;
        town_open_centres(t, &rng);
    }
    report(t, s->has_places ? sum(places, n) : 0);
    return town_write(t, &s->as, s->path);
}

int main(int argc, char **argv) {
    settings s = {.path = "-",
                  .demand = 190,
                  .half_days = 28,
                  .held = 20,
                  .weeks = 1,
                  .has_places = true,
                  .as = {.seed = 1}};
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("ctgsched-generate %s\n", ctg_version());
        return 0;
    }
    if (!read_settings(&s, argc, argv))
        return USAGE;
    town t = {.id = s.size, .monday = day_from_date(2026, 9, 7)};
    t.writes_facts = s.shape.name != NULL;
    t.law = s.shape.law;
    t.joint = s.joint;
    t.weeks = s.weeks;
    t.wide_menus = strcmp(s.size, "commune") != 0;
    t.half_percent = s.half_days;
    t.held_percent = s.held;
    t.rounding = s.rounding;
    const bool done = generate(&s, &t);
    free_town(&t);
    if (!done)
        fprintf(stderr, "ctgsched-generate: cannot write \"%s\": %s\n", s.path,
                strerror(errno));
    return done ? 0 : NOT_WRITTEN;
}
