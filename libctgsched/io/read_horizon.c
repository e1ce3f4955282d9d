// SPDX-License-Identifier: GPL-3.0-or-later
/* The days of the horizon and the parameters of the problem (format.md 2). */
#include <string.h>

#include "io/intake.h"

enum {
    HORIZON_MOST = 400,
    SEED_MOST = 64,
    EXCEPT_MOST = 2000,
    PERIODS_MOST = 2000
};

static bool is_listed(const int_list *dates, int32_t civil) {
    for (int32_t i = 0; i < dates->n; i++)
        if (dates->at[i] == civil)
            return true;
    return false;
}

/* Weekday and letter of the week as one bit of 14. */
static uint32_t bit_of(int32_t civil, int32_t week_a) {
    const int32_t weeks = civil_week_index(civil) - civil_week_index(week_a);
    const int32_t letter = weeks & 1;
    return 1u << (civil_weekday(civil) + 7 * letter);
}

static ctg_status list_days(intake *in, const int_list *except) {
    const int32_t span = in->last - in->first + 1;
    problem *const p = in->p;
    int32_t *const days = ARENA_NEW(in->r->mem, int32_t, span);
    in->day_bits = ARENA_NEW(in->r->tables, uint32_t, span);
    if (!days || !in->day_bits)
        return CTG_ERR_NOMEM;
    for (int32_t civil = in->first; civil <= in->last; civil++) {
        if (!(in->weekdays >> civil_weekday(civil) & 1) ||
            is_listed(except, civil))
            continue;
        in->day_bits[p->n_days] = bit_of(civil, p->week_a);
        days[p->n_days++] = civil;
    }
    p->days = days;
    in->has_horizon = p->n_days > 0;
    return CTG_OK;
}

/* False when the dates cannot make a horizon. */
static bool span_is_good(intake *in, const cursor *at) {
    if (in->first > in->last) {
        fault_interval(in->r, at, "first", "last");
        return false;
    }
    if (in->last - in->first < HORIZON_MOST)
        return true;
    reader_fault(in->r, FAULT_ERROR, "E-LIMIT", at,
                 "the horizon is longer than %d days. Maybe plan one school "
                 "year at a time.",
                 HORIZON_MOST);
    return false;
}

/* The tables go when the problem is read; moments are asked for later, too. */
static ctg_status keep_except(intake *in, const int_list *except) {
    int32_t *const kept = ARENA_NEW(in->r->mem, int32_t, except->n);
    if (!kept)
        return CTG_ERR_NOMEM;
    if (except->n > 0)
        memcpy(kept, except->at, (size_t)except->n * sizeof *kept);
    in->p->n_except = except->n;
    in->p->except = kept;
    return CTG_OK;
}

static void read_period(intake *in, const cursor *at, holiday_period *out) {
    static const char *const known[] = {"id", "first", "last"};
    reader *const r = in->r;
    *out = (holiday_period){.id = NONE, .first = 1, .last = 0};
    if (!open_object(r, at, known, COUNT(known)))
        return;
    const char *const id = take_id(r, at, "id", REQUIRED, NULL);
    const cursor id_at = cursor_member(at, "id");
    if (id && (strcmp(id, "school") == 0 || strcmp(id, "holidays") == 0))
        reader_fault(r, FAULT_ERROR, "E-ID", &id_at,
                     "\"%s\" is a word of the format. Maybe name the period "
                     "in another way.",
                     id);
    else if (id && (out->id = idmap_get(&in->period_ids, id)) < 0) {
        out->id = in->period_ids.n;
        if (idmap_put(r->tables, &in->period_ids, id, out->id) < 0)
            r->no_memory = true;
    }
    out->name = id;
    out->first = take_date(r, at, "first", REQUIRED, 1);
    out->last = take_date(r, at, "last", REQUIRED, 0);
    if (out->first > out->last && cursor_has(at, "first") &&
        cursor_has(at, "last"))
        fault_interval(r, at, "first", "last");
    close_object(r);
}

/* Reports name the holidays; whether a name is missing is a fault by now. */
static ctg_status keep_periods(intake *in) {
    holidays *const kept = ARENA_NEW(in->r->mem, holidays, in->n_periods + 1);
    if (!kept)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < in->n_periods; i++) {
        const holiday_period *const from = &in->periods[i];
        kept[i] = (holidays){from->name, from->first, from->last};
    }
    in->p->n_periods = in->n_periods;
    in->p->periods = kept;
    return reader_status(in->r);
}

static ctg_status read_periods(intake *in, const cursor *of) {
    reader *const r = in->r;
    const list items = open_list(r, of, "periods", OMITTED, PERIODS_MOST);
    holiday_period *const periods =
        ARENA_NEW(r->tables, holiday_period, items.n);
    if (!periods)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        read_period(in, &at, &periods[i]);
    }
    close_list(r, &items);
    in->n_periods = items.n;
    in->periods = periods;
    return keep_periods(in);
}

ctg_status read_horizon(intake *in, const cursor *root) {
    static const char *const known[] = {"first",  "last",   "weekdays",
                                        "except", "week_a", "periods"};
    reader *const r = in->r;
    cursor at;
    const int32_t n_before = r->faults->n_errors;
    in->weekdays = 0x1F;
    in->first = in->last = in->p->week_a = 0;
    if (!open_member(r, root, "horizon", REQUIRED, known, COUNT(known), &at))
        return CTG_OK;
    in->first = take_date(r, &at, "first", REQUIRED, 0);
    in->last = take_date(r, &at, "last", REQUIRED, 0);
    in->weekdays =
        take_word_set(r, &at, "weekdays", FILLED, weekday_words, 0x1F);
    const int_list except =
        take_date_set(r, &at, "except", FILLED, EXCEPT_MOST);
    in->p->week_a = take_date(r, &at, "week_a", FILLED, in->first);
    TRY(read_periods(in, &at));
    close_object(r);
    TRY(keep_except(in, &except));
    if (r->faults->n_errors > n_before || !span_is_good(in, &at))
        return reader_status(r);
    TRY(list_days(in, &except));
    if (!in->has_horizon)
        reader_fault(r, FAULT_ERROR, "E-HORIZON", &at,
                     "the horizon has no day. Maybe its weekdays or "
                     "exceptions leave none.");
    return reader_status(r);
}

static bool is_seed(const char *seed) {
    const size_t n = strlen(seed);
    for (size_t i = 0; i < n; i++)
        if (seed[i] < ' ' || seed[i] > '~')
            return false;
    return n >= 1 && n <= SEED_MOST;
}

/* What a difference weighs, by how soon it comes. */
static ctg_status read_notice(intake *in, const cursor *of) {
    static const char *const known[] = {"days", "weight"};
    reader *const r = in->r;
    const list items = open_list(r, of, "notice", OMITTED, NOTICE_MOST);
    notice *const all = ARENA_NEW(r->mem, notice, items.n + 1);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        all[i].days = (int32_t)take_int(
            r, &at, "days", (int_rule){REQUIRED, 0, HORIZON_MOST, 0});
        all[i].weight = (int32_t)take_int(
            r, &at, "weight", (int_rule){REQUIRED, 0, WEIGHT_OF_NOTICE, 0});
        close_object(r);
    }
    close_list(r, &items);
    in->p->n_notice = items.n;
    in->p->notice = all;
    return reader_status(r);
}

ctg_status read_parameters(intake *in, const cursor *root) {
    static const char *const known[] = {"walk_proxy_months", "seed", "now",
                                        "published", "notice"};
    reader *const r = in->r;
    cursor at = cursor_member(root, "parameters");
    echo_name(r, "parameters");
    if (at.at) {
        if (!open_object(r, &at, known, COUNT(known)))
            return CTG_OK;
    } else {
        echo_raw(r, "{");
    }
    in->p->walk_proxy_months = (int32_t)take_int(
        r, &at, "walk_proxy_months", (int_rule){FILLED, 0, 1200, 15});
    in->p->seed = take_text(r, &at, "seed", FILLED, "0");
    const cursor seed = cursor_member(&at, "seed");
    if (in->p->seed && !is_seed(in->p->seed))
        reader_fault(r, FAULT_ERROR, "E-VALUE", &seed,
                     "a seed is 1 to 64 printable ASCII characters. Maybe "
                     "leave accents out.");
    in->p->now = take_instant(r, &at, "now", OMITTED, INT64_MIN);
    in->p->published = take_date(r, &at, "published", OMITTED, INT32_MAX);
    TRY(read_notice(in, &at));
    close_object(r);
    return reader_status(r);
}
