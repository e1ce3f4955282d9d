// SPDX-License-Identifier: GPL-3.0-or-later
/* Parameters of rules by kind (the table of format.md 6). A derogation gives
 * some of them, a rule all. */
#include <string.h>

#include "io/intake.h"

static const char *const setting_names[] = {"peri", "extra", "walk", "night"};

/* Who counts in a ratio, and so may be alone. */
static const char *const category_names[] = {"cat1", "cat2"};
static const char *const basis_names[] = {"capacity_t", "nominal"};
static const char *const reading_names[] = {"sum_then_ceil", "ceil_each",
                                            "mixed_group_fill"};

/* One object of parameters on its way into a rule. */
typedef struct taking {
    reader *r;
    const cursor *at;
    rule *out;
    absence if_none; /* REQUIRED, or OMITTED in a derogation */
    uint32_t parts;
} taking;

static bool given(taking *t, const char *name, rule_part part) {
    if (!cursor_has(t->at, name))
        return false;
    t->parts |= (uint32_t)part;
    return true;
}

static void take_count(taking *t, const char *name, rule_part part,
                       int32_t least, int32_t most, int32_t *out) {
    given(t, name, part);
    *out = (int32_t)take_int(t->r, t->at, name,
                             (int_rule){t->if_none, least, most, least});
}

static int32_t take_months(reader *r, const cursor *at, const char *name,
                           int32_t fallback) {
    return (int32_t)take_int(r, at, name,
                             (int_rule){OMITTED, 0, 1200, fallback});
}

static void read_class(reader *r, const cursor *at, ratio_class *out) {
    static const char *const known[] = {"id", "per", "walks", "from_months",
                                        "below_months"};
    *out = (ratio_class){.per = 1, .walks = -1};
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    out->per = (int32_t)take_int(r, at, "per", (int_rule){REQUIRED, 1, 100, 1});
    if (cursor_has(at, "walks"))
        out->walks = take_bool(r, at, "walks", false);
    out->from_months = take_months(r, at, "from_months", INT32_MIN);
    out->below_months = take_months(r, at, "below_months", INT32_MAX);
    if (out->from_months >= out->below_months)
        fault_interval(r, at, "from_months", "below_months");
    close_object(r);
}

/* The sessions that a rule is for; a derogation cannot change them. */
static void take_applies(taking *t) {
    static const char *const known[] = {"setting", "pedt", "above_minutes",
                                        "up_to_minutes"};
    reader *const r = t->r;
    applies *const out = &t->out->applies;
    cursor at;
    *out = (applies){.setting = -1,
                     .pedt = -1,
                     .above_minutes = INT32_MIN,
                     .up_to_minutes = INT32_MAX};
    if (t->if_none == OMITTED ||
        !open_member(r, t->at, "applies", OMITTED, known, COUNT(known), &at))
        return;
    out->given = true;
    const int32_t word =
        take_word(r, &at, "setting", OMITTED,
                  (words){COUNT(setting_names), setting_names}, -1);
    out->setting = (int8_t)(word < 0 ? -1 : word + SETTING_PERI);
    if (cursor_has(&at, "pedt"))
        out->pedt = take_bool(r, &at, "pedt", false);
    out->above_minutes = (int32_t)take_int(
        r, &at, "above_minutes", (int_rule){OMITTED, 0, 24 * 60, INT32_MIN});
    out->up_to_minutes = (int32_t)take_int(
        r, &at, "up_to_minutes", (int_rule){OMITTED, 0, 24 * 60, INT32_MAX});
    close_object(r);
}

static void take_classes(taking *t) {
    reader *const r = t->r;
    given(t, "classes", PART_CLASSES);
    const list items = open_list(r, t->at, "classes", t->if_none, MAX_CLASSES);
    if (items.at.at && items.n == 0 && json_array_size(items.at.at) == 0)
        reader_fault(r, FAULT_ERROR, "E-RANGE", &items.at,
                     "a ratio without classes counts nobody. Maybe add one.");
    for (int32_t i = 0; i < items.n; i++) {
        const cursor one = cursor_element(&items.at, i);
        read_class(r, &one, &t->out->classes[i]);
    }
    t->out->n_classes = items.n;
    close_list(r, &items);
}

static void take_rounding(taking *t) {
    given(t, "rounding", PART_ROUNDING);
    t->out->rounding = (ratio_reading)take_word(
        t->r, t->at, "rounding", t->if_none,
        (words){COUNT(reading_names), reading_names}, SUM_THEN_CEIL);
}

static void take_ratio(taking *t) {
    take_classes(t);
    take_rounding(t);
}

static void take_outing(taking *t) {
    take_ratio(t);
    take_count(t, "min_staff", PART_MIN_STAFF, 0, 1000, &t->out->min_staff);
}

static void take_minimum(taking *t) {
    rule *const out = t->out;
    take_applies(t);
    take_count(t, "min_staff", PART_MIN_STAFF, 0, 1000, &out->min_staff);
    take_count(t, "cat1_above_places", PART_CAT1_ABOVE, 0, 10000,
               &out->cat1_above_places);
    take_count(t, "alone_max_children", PART_ALONE_CHILDREN, 0, 1000,
               &out->alone_max_children);
    take_count(t, "alone_max_places", PART_ALONE_PLACES, 0, 10000,
               &out->alone_max_places);
    given(t, "alone_categories", PART_ALONE_CATEGORIES);
    out->alone_categories =
        take_word_set(t->r, t->at, "alone_categories", t->if_none,
                      (words){COUNT(category_names), category_names}, 0);
}

static void take_quota(taking *t) {
    rule *const out = t->out;
    take_count(t, "qualified_min_pct", PART_QUALIFIED_PCT, 0, 100,
               &out->qualified_min_pct);
    take_count(t, "unqualified_max_pct", PART_UNQUALIFIED_PCT, 0, 100,
               &out->unqualified_max_pct);
    take_count(t, "small_from", PART_SMALL_FROM, 0, 1000, &out->small_from);
    take_count(t, "small_to", PART_SMALL_TO, 0, 1000, &out->small_to);
    take_count(t, "small_unqualified", PART_SMALL_UNQUALIFIED, 0, 1000,
               &out->small_unqualified);
}

static void take_over_capacity(taking *t) {
    rule *const out = t->out;
    take_count(t, "instant_max_pct", PART_INSTANT_PCT, 100, 1000,
               &out->instant_max_pct);
    take_count(t, "weekly_max_pct", PART_WEEKLY_PCT, 1, 1000,
               &out->weekly_max_pct);
    given(t, "capacity_basis", PART_BASIS);
    out->basis = (capacity_basis)take_word(
        t->r, t->at, "capacity_basis", t->if_none,
        (words){COUNT(basis_names), basis_names}, CAPACITY_T);
}

static void take_adaptation(taking *t) {
    rule *const out = t->out;
    const int32_t n_before = t->r->faults->n_errors;
    take_count(t, "staff_per_child", PART_STAFF_PER_CHILD, 0, 100,
               &out->staff_per_child);
    const bool has_begin = given(t, "begin", PART_BEGIN);
    const bool has_end = given(t, "end", PART_END);
    const cursor *const at = t->at;
    const absence times = t->if_none;
    out->begin = take_time(t->r, at, "begin", times, 0);
    out->end = take_time(t->r, at, "end", times, 24 * 60);
    if (has_begin && has_end && out->begin >= out->end &&
        t->r->faults->n_errors == n_before)
        fault_interval(t->r, at, "begin", "end");
}

static int32_t take_limit(taking *t, const char *name, int32_t least,
                          int32_t most) {
    return (int32_t)take_int(t->r, t->at, name,
                             (int_rule){OMITTED, least, most, -1});
}

/* Every limit of working time may be absent. */
static void take_labour(taking *t) {
    enum { DAY = 24 * 60, WEEK = 7 * DAY };
    labour *const l = &t->out->labour;
    l->max_day = take_limit(t, "max_day", 0, DAY);
    l->max_amplitude = take_limit(t, "max_amplitude", 0, DAY);
    l->max_periods = take_limit(t, "max_periods", 1, 10);
    l->max_cut = take_limit(t, "max_cut", 0, DAY);
    l->max_cuts = take_limit(t, "max_cuts", 0, DAY);
    l->break_after = take_limit(t, "break_after", 0, DAY);
    l->break_minutes = take_limit(t, "break_minutes", 0, DAY);
    l->min_daily_rest = take_limit(t, "min_daily_rest", 0, DAY);
    l->min_weekly_rest = take_limit(t, "min_weekly_rest", 0, 2700);
    l->rest_days = take_limit(t, "rest_days", 1, 3);
    l->max_week = take_limit(t, "max_week", 0, WEEK);
    l->max_mean_week = take_limit(t, "max_mean_week", 0, WEEK);
    l->mean_weeks = take_limit(t, "mean_weeks", 1, 52);
    l->break_minutes = l->break_minutes < 0 ? 0 : l->break_minutes;
    if (l->rest_days >= 0 && l->min_weekly_rest < 0)
        l->min_weekly_rest = 0;
    l->rest_days = l->rest_days < 0 ? 1 : l->rest_days;
    l->mean_weeks = l->mean_weeks < 0 ? 1 : l->mean_weeks;
}

static void take_by_kind(taking *t) {
    rule *const out = t->out;
    switch (out->kind) {
    case RULE_RATIO:
        take_applies(t);
        take_ratio(t);
        break;
    case RULE_OUTING:
        take_outing(t);
        break;
    case RULE_MINIMUM:
        take_minimum(t);
        break;
    case RULE_QUOTA:
        take_quota(t);
        break;
    case RULE_DIRECTOR:
        take_count(t, "max_minors", PART_MAX_MINORS, 0, 10000,
                   &out->max_minors);
        break;
    case RULE_CAT1_SHARE:
        take_count(t, "min_pct", PART_MIN_PCT, 0, 100, &out->min_pct);
        break;
    case RULE_OVER_CAPACITY:
        take_over_capacity(t);
        break;
    case RULE_UNIT_MAX:
        take_count(t, "max_places", PART_MAX_PLACES, 1, 10000,
                   &out->max_places);
        break;
    case RULE_GUARANTEED:
        take_count(t, "places_per", PART_PLACES_PER, 1, 10000,
                   &out->places_per);
        take_count(t, "min", PART_MIN, 0, 10000, &out->min);
        break;
    case RULE_ADAPTATION:
        take_adaptation(t);
        break;
    case RULE_LABOUR:
        take_labour(t);
        break;
    default:
        break;
    }
}

/* Members by kind, as open_object wants them. */
static words names_of(rule_kind kind) {
    static const char *const ratio[] = {"applies", "classes", "rounding"};
    static const char *const walk[] = {"classes", "rounding", "min_staff"};
    static const char *const minimum[] = {
        "applies",           "min_staff",
        "cat1_above_places", "alone_max_children",
        "alone_max_places",  "alone_categories"};
    static const char *const quota[] = {"qualified_min_pct",
                                        "unqualified_max_pct", "small_from",
                                        "small_to", "small_unqualified"};
    static const char *const director[] = {"max_minors"};
    static const char *const share[] = {"min_pct"};
    static const char *const over[] = {"instant_max_pct", "weekly_max_pct",
                                       "capacity_basis"};
    static const char *const unit[] = {"max_places"};
    static const char *const guaranteed[] = {"places_per", "min"};
    static const char *const adaptation[] = {"staff_per_child", "begin", "end"};
    static const char *const labour[] = {
        "max_day",         "max_amplitude", "max_periods",   "max_cut",
        "max_cuts",        "break_after",   "break_minutes", "min_daily_rest",
        "min_weekly_rest", "rest_days",     "max_week",      "max_mean_week",
        "mean_weeks"};
    static const words table[N_RULE_KINDS] = {
        [RULE_RATIO] = {COUNT(ratio), ratio},
        [RULE_OUTING] = {COUNT(walk), walk},
        [RULE_MINIMUM] = {COUNT(minimum), minimum},
        [RULE_QUOTA] = {COUNT(quota), quota},
        [RULE_DIRECTOR] = {COUNT(director), director},
        [RULE_CAT1_SHARE] = {COUNT(share), share},
        [RULE_OVER_CAPACITY] = {COUNT(over), over},
        [RULE_UNIT_MAX] = {COUNT(unit), unit},
        [RULE_GUARANTEED] = {COUNT(guaranteed), guaranteed},
        [RULE_ADAPTATION] = {COUNT(adaptation), adaptation},
        [RULE_LABOUR] = {COUNT(labour), labour}};
    return table[kind];
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void echo_scalar(reader *r, const cursor *at) {
    if (json_is_string(at->at)) {
        echo_string(r, json_string_value(at->at));
    } else if (json_is_boolean(at->at)) {
        echo_raw(r, json_is_true(at->at) ? "true" : "false");
    } else {
        echo_int(r, value_int(r, at, -INTEGER_MOST, INTEGER_MOST, 0));
    }
}

static void echo_free_value(reader *r, const cursor *at) {
    if (!json_is_array(at->at)) {
        echo_scalar(r, at);
        return;
    }
    echo_raw(r, "[");
    for (size_t i = 0; i < json_array_size(at->at); i++) {
        const cursor one = cursor_element(at, (int32_t)i);
        echo_scalar(r, &one);
    }
    text_puts(r->echo, "]");
}

/* Parameters of kind `data`: any names, sorted; integers, texts, booleans and
 * lists of them. */
static void echo_free_object(reader *r, const cursor *at) {
    const size_t n = json_object_size(at->at);
    const arena_mark mark = arena_here(r->scratch);
    const char **const names = ARENA_NEW(r->scratch, const char *, n);
    if (!reader_kept(r, (void *)names))
        return;
    size_t k = 0;
    for (void *i = json_object_iter(at->at); i;
         i = json_object_iter_next(at->at, i))
        names[k++] = json_object_iter_key(i);
    qsort((void *)names, n, sizeof *names, compare_names);
    for (k = 0; k < n; k++) {
        const cursor one = cursor_member(at, names[k]);
        echo_name(r, names[k]);
        echo_free_value(r, &one);
    }
    arena_rewind(r->scratch, mark);
}

static bool open_parameters(reader *r, const cursor *of, rule_kind kind,
                            bool some, cursor *at) {
    *at = cursor_member(of, "parameters");
    if (at->at && kind == RULE_DATA && json_is_object(at->at)) {
        echo_name(r, "parameters");
        echo_raw(r, "{");
        return true;
    }
    const words names = names_of(kind);
    return open_member(r, of, "parameters", some ? OMITTED : REQUIRED, names.at,
                       names.n, at);
}

void take_rule_parameters(reader *r, const cursor *of, rule *out, bool some,
                          uint32_t *parts) {
    cursor at;
    if (!open_parameters(r, of, out->kind, some, &at))
        return;
    const size_t begin = r->echo->n ? r->echo->n - 1 : 0;
    taking t = {r, &at, out, some ? OMITTED : REQUIRED, 0};
    if (out->kind == RULE_DATA)
        echo_free_object(r, &at);
    else
        take_by_kind(&t);
    close_object(r);
    if (r->echo->failed)
        return;
    out->data = reader_kept(
        r, arena_strndup(r->mem, r->echo->at + begin, r->echo->n - begin));
    *parts = t.parts;
}
