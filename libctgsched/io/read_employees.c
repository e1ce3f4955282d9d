// SPDX-License-Identifier: GPL-3.0-or-later
/* Employees (format.md 3.10). */
#include <inttypes.h>
#include <string.h>

#include "io/intake.h"

enum {
    EMPLOYEES_MOST = 10000,
    LIST_MOST = 2000,
    MINUTES_MOST = 400 * 24 * 60,
    WEIGHT_OF_WISH = 1000000
};

typedef struct validity {
    int32_t from, to; /* civil days, INT32_MIN / INT32_MAX */
} validity;

static validity take_validity(reader *r, const cursor *at) {
    const int32_t from = take_date(r, at, "valid_from", OMITTED, INT32_MIN);
    const int32_t to = take_date(r, at, "valid_to", OMITTED, INT32_MAX);
    if (from > to)
        fault_interval(r, at, "valid_from", "valid_to");
    return (validity){from, to};
}

/* A diploma out of date inside the horizon is worth a word. */
static void warn_ending(intake *in, const cursor *at, validity v) {
    char date[CIVIL_TEXT];
    if (!in->has_horizon || v.to >= in->last)
        return;
    civil_print(v.to, date);
    reader_fault(in->r, FAULT_WARNING, "W-DIPLOMA", at,
                 "this is valid until %s only, and the horizon goes on. Maybe "
                 "it was renewed.",
                 date);
}

static ctg_status read_qualifications(intake *in, const cursor *of,
                                      employee *e) {
    static const char *const known[] = {"category", "valid_from", "valid_to"};
    reader *const r = in->r;
    const list items = open_list(r, of, "qualifications", FILLED, LIST_MOST);
    qualification *const all = ARENA_NEW(r->mem, qualification, items.n + 1);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        const staff_category category = take_category(r, &at);
        const validity v = take_validity(r, &at);
        all[i] = (qualification){category, v.from, v.to};
        close_object(r);
        warn_ending(in, &at, v);
    }
    close_list(r, &items);
    e->qualifications = all;
    e->n_qualifications = items.n;
    return reader_status(r);
}

static ctg_status read_skills(intake *in, const cursor *of, employee *e) {
    static const char *const known[] = {"skill", "valid_from", "valid_to"};
    reader *const r = in->r;
    const list items = open_list(r, of, "skills", FILLED, LIST_MOST);
    dated_skill *const all = ARENA_NEW(r->mem, dated_skill, items.n + 1);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        all[i].skill = NONE;
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        const int32_t skill =
            take_ref(r, &at, "skill", REQUIRED, &in->skill_ids, "skill");
        const validity v = take_validity(r, &at);
        all[i] = (dated_skill){skill, v.from, v.to};
        close_object(r);
        warn_ending(in, &at, v);
    }
    close_list(r, &items);
    e->skills = all;
    e->n_skills = items.n;
    return reader_status(r);
}

/* --- preset
 * -----------------------------------------------------------------------
 */

/* The rule of kind labour with that id; `*any` when one is never in force. */
static const rule *find_preset(const intake *in, const char *id, bool *any) {
    const int32_t day = in->p->n_days > 0 ? in->p->days[0] : in->first;
    *any = false;
    for (int32_t k = 0; k < in->p->n_packs; k++)
        for (int32_t i = 0; i < in->p->packs[k].n_rules; i++) {
            const rule *const one = &in->p->packs[k].rules[i];
            if (one->kind != RULE_LABOUR || !one->id ||
                strcmp(one->id, id) != 0)
                continue;
            *any = true;
            if (one->valid_from <= day && day <= one->valid_to)
                return one;
        }
    return NULL;
}

static const rule *take_preset(intake *in, const cursor *of) {
    reader *const r = in->r;
    const char *const id = take_id(r, of, "preset", OMITTED, NULL);
    bool any = false;
    if (!id)
        return NULL;
    const rule *const found = find_preset(in, id, &any);
    const cursor at = cursor_member(of, "preset");
    if (!found && any && in->has_horizon)
        reader_fault(r, FAULT_ERROR, "E-EXPIRED", &at,
                     "preset \"%s\" is not in force when the horizon begins. "
                     "Maybe a later version of the pack is at hand.",
                     id);
    else if (!found && !any)
        reader_fault(r, FAULT_ERROR, "E-REF", &at,
                     "there is no rule \"%s\" of kind labour. Maybe its pack "
                     "is missing from \"rules\".",
                     id);
    return found;
}

static ctg_status take_structures(intake *in, const cursor *of, employee *e) {
    reader *const r = in->r;
    if (cursor_has(of, "structures")) {
        const int_list ids =
            take_ref_set(r, of, "structures", REQUIRED, LIST_MOST,
                         &in->structure_ids, "structure");
        e->structures = ids.at;
        e->n_structures = ids.n;
        return reader_status(r);
    }
    int32_t *const all = ARENA_NEW(r->mem, int32_t, in->p->n_structures + 1);
    if (!all)
        return CTG_ERR_NOMEM;
    echo_name(r, "structures");
    echo_raw(r, "[");
    for (int32_t i = 0; i < in->p->n_structures; i++) {
        all[i] = i;
        echo_string(r, in->structures[i].id ? in->structures[i].id : "");
    }
    text_puts(r->echo, "]");
    e->structures = all;
    e->n_structures = in->p->n_structures;
    return reader_status(r);
}

/* --- numbers
 * ----------------------------------------------------------------------
 */

static int32_t take_number(reader *r, const cursor *at, const char *name,
                           int32_t least, int32_t most) {
    return (int32_t)take_int(r, at, name,
                             (int_rule){OMITTED, least, most, NONE});
}

static bool open_numbers(reader *r, const cursor *of, const char *name,
                         const char *const *known, int32_t n, cursor *at) {
    if (cursor_has(of, name))
        return open_member(r, of, name, REQUIRED, known, n, at);
    echo_name(r, name);
    echo_raw(r, "{}");
    return false;
}

static void take_contract(reader *r, const cursor *of, employee *e) {
    static const char *const known[] = {"week_minutes", "week_most", "least",
                                        "most"};
    const int32_t n_before = r->faults->n_errors;
    cursor at;
    e->week_minutes = e->week_most = e->least = e->most = NONE;
    if (!open_numbers(r, of, "contract", known, COUNT(known), &at))
        return;
    e->week_minutes = take_number(r, &at, "week_minutes", 0, 7 * 24 * 60);
    e->week_most = take_number(r, &at, "week_most", 0, 7 * 24 * 60);
    e->least = take_number(r, &at, "least", 0, MINUTES_MOST);
    e->most = take_number(r, &at, "most", 0, MINUTES_MOST);
    close_object(r);
    if (e->most != NONE && e->least > e->most &&
        n_before == r->faults->n_errors)
        fault_interval(r, &at, "least", "most");
}

static void take_limits(reader *r, const cursor *of, employee *e) {
    static const char *const known[] = {"days_in_row", "least_in_row",
                                        "least_off", "weekends"};
    cursor at;
    e->days_in_row = e->least_in_row = e->least_off = e->weekends = NONE;
    if (!open_numbers(r, of, "limits", known, COUNT(known), &at))
        return;
    e->days_in_row = take_number(r, &at, "days_in_row", 1, 400);
    e->least_in_row = take_number(r, &at, "least_in_row", 1, 31);
    e->least_off = take_number(r, &at, "least_off", 1, 31);
    e->weekends = take_number(r, &at, "weekends", 0, 60);
    close_object(r);
}

static ctg_status read_shift_most(intake *in, const cursor *of, employee *e) {
    static const char *const known[] = {"shift", "most"};
    reader *const r = in->r;
    set items = open_set(r, of, "shift_most", FILLED, LIST_MOST, "shift");
    shift_limit *const all = ARENA_NEW(r->tables, shift_limit, items.items.n);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        const char *key = NULL;
        set_enter(r, &items, i);
        all[i] = (shift_limit){NONE, 0};
        if (open_object(r, &at, known, COUNT(known))) {
            all[i].shift =
                take_ref(r, &at, "shift", REQUIRED, &in->shift_ids, "shift");
            all[i].most = (int32_t)take_int(r, &at, "most",
                                            (int_rule){REQUIRED, 0, 400, 0});
            close_object(r);
            if (all[i].shift >= 0)
                key = in->p->shifts[all[i].shift].id;
        }
        set_leave(r, &items, i, key);
    }
    close_set(r, &items);
    e->n_shift_most = items.items.n;
    e->shift_most = SET_SORTED(r, &items, shift_limit, all);
    return reader_status(r);
}

/* --- wishes, pins, history
 * --------------------------------------------------------
 */

/* A date as a day of the horizon; NONE when it is none (a fault). */
static int32_t take_day(intake *in, const cursor *at) {
    const int32_t civil = take_date(in->r, at, "date", REQUIRED, in->first);
    const int32_t day = day_from(in, civil);
    if (day < in->p->n_days && in->p->days[day] == civil)
        return day;
    const cursor member = cursor_member(at, "date");
    if (in->has_horizon && member.at)
        reader_fault(in->r, FAULT_ERROR, "E-RANGE", &member,
                     "this date is no day of the horizon. Maybe it is of "
                     "another week or year.");
    return NONE;
}

static int32_t take_shift(intake *in, const cursor *at, absence if_none) {
    return take_ref(in->r, at, "shift", if_none, &in->shift_ids, "shift");
}

static ctg_status read_wishes(intake *in, const cursor *of, employee *e) {
    static const char *const known[] = {"date", "shift", "wanted", "weight"};
    reader *const r = in->r;
    const list items = open_list(r, of, "wishes", FILLED, LIST_MOST);
    wish *const all = ARENA_NEW(r->mem, wish, items.n + 1);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        all[i] = (wish){NONE, NONE, true, 0};
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        all[i].day = take_day(in, &at);
        all[i].shift = take_shift(in, &at, OMITTED);
        all[i].wanted = take_bool(r, &at, "wanted", true);
        all[i].weight = take_int(r, &at, "weight",
                                 (int_rule){REQUIRED, 1, WEIGHT_OF_WISH, 1});
        close_object(r);
    }
    close_list(r, &items);
    e->wishes = all;
    e->n_wishes = items.n;
    return reader_status(r);
}

/* One of "shift" and "off": true. */
static void take_duty(intake *in, const cursor *at, duty_pin *out) {
    reader *const r = in->r;
    const bool has_shift = cursor_has(at, "shift");
    const bool has_off = cursor_has(at, "off");
    const cursor off = cursor_member(at, "off");
    if (has_shift == has_off)
        reader_fault(r, FAULT_ERROR, has_off ? "E-MEMBER" : "E-MISSING", at,
                     "a pin has one of shift and off. Maybe split it.");
    else if (has_shift)
        out->shift = take_shift(in, at, REQUIRED);
    else if (!take_bool(r, at, "off", true))
        reader_fault(r, FAULT_ERROR, "E-VALUE", &off,
                     "\"off\" is true or absent. Maybe drop the pin.");
}

static ctg_status read_duty_pins(intake *in, const cursor *of, employee *e) {
    static const char *const known[] = {"date", "shift", "off", "author",
                                        "reason"};
    reader *const r = in->r;
    set items = open_set(r, of, "pins", FILLED, LIST_MOST, "date");
    duty_pin *const all = ARENA_NEW(r->tables, duty_pin, items.items.n);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        const char *key = NULL;
        set_enter(r, &items, i);
        all[i] = (duty_pin){.day = NONE, .shift = NONE, .way = NONE};
        if (open_object(r, &at, known, COUNT(known))) {
            all[i].day = take_day(in, &at);
            key = json_string_value(json_object_get(at.at, "date"));
            take_duty(in, &at, &all[i]);
            all[i].author = take_id(r, &at, "author", OMITTED, NULL);
            all[i].reason = take_id(r, &at, "reason", OMITTED, NULL);
            close_object(r);
        }
        set_leave(r, &items, i, key);
    }
    close_set(r, &items);
    e->n_pins = items.items.n;
    e->pins = SET_SORTED(r, &items, duty_pin, all);
    return reader_status(r);
}

static void read_past(intake *in, const cursor *at, past_duty *out) {
    static const char *const known[] = {"date", "begin", "end", "minutes"};
    reader *const r = in->r;
    const int32_t n_before = r->faults->n_errors;
    *out = (past_duty){.civil = INT32_MIN, .end = 1};
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->civil = take_date(r, at, "date", REQUIRED, in->first - 1);
    out->begin = (int16_t)take_time(r, at, "begin", REQUIRED, 0);
    out->end = (int16_t)take_time(r, at, "end", REQUIRED, 24 * 60);
    out->minutes = (int32_t)take_int(
        r, at, "minutes",
        (int_rule){FILLED, 0, 24 * 60, out->end - out->begin});
    close_object(r);
    if (out->begin >= out->end && r->faults->n_errors == n_before)
        fault_interval(r, at, "begin", "end");
    if (in->has_horizon && out->civil >= in->first)
        reader_fault(r, FAULT_ERROR, "E-HISTORY", at,
                     "history ends before the horizon begins. Maybe this duty "
                     "is a pin.");
}

/* A past that already breaks the rest would let no plan be told from it. */
static void fault_rests(intake *in, const set *items, const employee *e) {
    const int32_t least = e->preset ? e->preset->labour.min_daily_rest : NONE;
    for (int32_t i = 1; i < e->n_history; i++) {
        const past_duty *const a = &e->history[i - 1], *const b = a + 1;
        const int32_t rest =
            civil_between(a->civil, a->end, b->civil, b->begin);
        if (b->civil != a->civil + 1 || rest >= least)
            continue;
        const cursor at =
            cursor_element(&items->items.at, items->entries[i].index);
        reader_fault(in->r, FAULT_ERROR, "E-HISTORY", &at,
                     "%d minutes of rest before this duty are fewer than the "
                     "%d of the preset. Maybe a time is wrong.",
                     (int)rest, (int)least);
    }
}

static ctg_status read_history(intake *in, const cursor *of, employee *e) {
    reader *const r = in->r;
    const int32_t n_before = r->faults->n_errors;
    set items = open_set(r, of, "history", FILLED, LIST_MOST, "date");
    past_duty *const all = ARENA_NEW(r->tables, past_duty, items.items.n);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        read_past(in, &at, &all[i]);
        set_leave(r, &items, i,
                  json_string_value(json_object_get(at.at, "date")));
    }
    close_set(r, &items);
    e->n_history = items.items.n;
    e->history = SET_SORTED(r, &items, past_duty, all);
    TRY(reader_status(r));
    if (r->faults->n_errors == n_before)
        fault_rests(in, &items, e);
    return CTG_OK;
}

static ctg_status read_employee(intake *in, const cursor *at, employee *e) {
    static const char *const known[] = {
        "id",         "qualifications", "skills",  "preset",
        "structures", "available",      "absent",  "contract",
        "limits",     "shift_most",     "wishes",  "pins",
        "history",    "share",          "burdens", "cost"};
    reader *const r = in->r;
    if (!open_object(r, at, known, COUNT(known)))
        return profile_paint(in, &e->available, NULL, 0);
    e->id = take_id(r, at, "id", REQUIRED, NULL);
    TRY(read_qualifications(in, at, e));
    TRY(read_skills(in, at, e));
    e->preset = take_preset(in, at);
    TRY(take_structures(in, at, e));
    e->is_always = !cursor_has(at, "available");
    TRY(read_times(in, at, "available", OMITTED, &e->available));
    TRY(read_times(in, at, "absent", FILLED, &e->absent));
    take_contract(r, at, e);
    take_limits(r, at, e);
    TRY(read_shift_most(in, at, e));
    TRY(read_wishes(in, at, e));
    TRY(read_duty_pins(in, at, e));
    TRY(read_history(in, at, e));
    take_shares(in, at, e);
    close_object(r);
    return reader_status(r);
}

ctg_status read_employees(intake *in, const cursor *root) {
    reader *const r = in->r;
    set items = open_set(r, root, "employees", OMITTED, EMPLOYEES_MOST, "id");
    const int32_t n = items.items.n;
    employee *const all = ARENA_NEW(r->tables, employee, n + 1);
    in->employee_file_index = ARENA_NEW(r->tables, int32_t, n + 1);
    if (!all || !in->employee_file_index)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        TRY(read_employee(in, &at, &all[i]));
        set_leave(r, &items, i, all[i].id);
    }
    close_set(r, &items);
    for (int32_t i = 0; i < n; i++)
        in->employee_file_index[i] = items.entries[i].index;
    employee *const sorted = SET_SORTED(r, &items, employee, all);
    in->p->n_employees = n;
    in->p->employees = sorted;
    TRY(reader_status(r));
    return settle_shares(in, sorted, n);
}
