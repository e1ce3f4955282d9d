// SPDX-License-Identifier: GPL-3.0-or-later
/* The duties of a plan (format.md 9). */
#include "io/plan_reader.h"

enum { DUTIES_MOST = 10000000, PIECES_MOST = 20 };

/* The way of the shift whose pieces begin as `begins`, or NONE. */
static int32_t find_way(const problem *p, const shift *s,
                        const int32_t *begins) {
    for (int32_t w = s->first_way; w < s->first_way + s->n_ways; w++) {
        bool same = true;
        for (int32_t k = 0; k < s->n_pieces; k++)
            same &= p->ways[w].pieces[k] == begins[k];
        if (same)
            return w;
    }
    return NONE;
}

static int32_t take_pieces(reader *r, const cursor *of, int32_t *begins) {
    const list items = open_list(r, of, "pieces", FILLED, PIECES_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        const char *const value = json_string_value(at.at);
        begins[i] = 0;
        if (!value || !minute_parse(value, &begins[i]))
            reader_fault(r, FAULT_ERROR, "E-TIME", &at,
                         "this is not a time of day. Maybe write it as "
                         "\"HH:MM\".");
        else
            echo_string(r, value);
    }
    close_list(r, &items);
    return items.n;
}

static int32_t take_way(plan_reader *in, const cursor *at,
                        int32_t shift_index) {
    int32_t begins[PIECES_MOST];
    const int32_t n = take_pieces(in->r, at, begins);
    if (shift_index == NONE || in->r->faults->n_errors > 0)
        return NONE;
    const shift *const s = &in->p->shifts[shift_index];
    const int32_t found = n == s->n_pieces ? find_way(in->p, s, begins) : NONE;
    const cursor pieces = cursor_member(at, "pieces");
    if (found == NONE)
        reader_fault(in->r, FAULT_ERROR, "E-VALUE", pieces.at ? &pieces : at,
                     "these are not the begins of the %d pieces of shift "
                     "\"%s\". Maybe a time is off its step.",
                     (int)s->n_pieces, s->id);
    return found;
}

static int32_t take_known(plan_reader *in, const cursor *of, const char *name,
                          int32_t (*find)(const problem *, const char *)) {
    const char *const id = take_id(in->r, of, name, REQUIRED, NULL);
    const cursor at = cursor_member(of, name);
    const int32_t index = id ? find(in->p, id) : NONE;
    if (id && index == NONE)
        reader_fault(in->r, FAULT_ERROR, "E-REF", &at,
                     "the problem has no %s \"%s\". Maybe the plan is of "
                     "another problem.",
                     name, id);
    return index;
}

static int32_t take_day(plan_reader *in, const cursor *of) {
    const int32_t civil =
        take_date(in->r, of, "date", REQUIRED, in->p->days[0]);
    char date[CIVIL_TEXT];
    civil_print(civil, date);
    const int32_t day = problem_find_day(in->p, date);
    const cursor at = cursor_member(of, "date");
    if (day == NONE && at.at)
        reader_fault(in->r, FAULT_ERROR, "E-RANGE", &at,
                     "%s is no day of the horizon. Maybe the plan is of "
                     "another problem.",
                     date);
    return day;
}

static void read_duty(plan_reader *in, const cursor *at, int32_t *way_of) {
    static const char *const known[] = {"employee", "date", "shift", "pieces"};
    reader *const r = in->r;
    if (!open_object(r, at, known, COUNT(known)))
        return;
    const int32_t e = take_known(in, at, "employee", problem_find_employee);
    const int32_t day = take_day(in, at);
    const int32_t s = take_known(in, at, "shift", problem_find_shift);
    const int32_t w = take_way(in, at, s);
    close_object(r);
    if (e == NONE || day == NONE || w == NONE)
        return;
    int32_t *const slot = &way_of[e * in->p->n_days + day];
    if (*slot != NONE)
        reader_fault(r, FAULT_ERROR, "E-DUPLICATE", at,
                     "employee \"%s\" has two duties on that date. Maybe one "
                     "is a copy.",
                     in->p->employees[e].id);
    *slot = w;
}

ctg_status read_duties(plan_reader *in, const cursor *root) {
    reader *const r = in->r;
    const list items = open_list(r, root, "duties", OMITTED, DUTIES_MOST);
    const int32_t n = problem_posts(in->p);
    if (n == 0 && items.n == 0) {
        close_list(r, &items);
        return reader_status(r);
    }
    int32_t *const way_of = ARENA_NEW(r->mem, int32_t, n + 1);
    if (!way_of)
        return CTG_ERR_NOMEM;
    for (int32_t k = 0; k < n; k++)
        way_of[k] = NONE;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        read_duty(in, &at, way_of);
    }
    close_list(r, &items);
    in->out->way_of = n > 0 ? way_of : NULL;
    return reader_status(r);
}
