// SPDX-License-Identifier: GPL-3.0-or-later
/* Policy, prices and goals (format.md 5.3, 7, 8). The goals are echoed as they
 * are solved: what the format adds is written out. */
#include <string.h>

#include "io/intake.h"

enum { PRICE_MOST = 1000000000 };

ctg_status read_policy(intake *in, const cursor *root) {
    static const char *const policies[] = {"most_points", "by_points"};
    in->p->policy = (policy)take_word(in->r, root, "policy", FILLED,
                                      (words){COUNT(policies), policies}, 0);
    return reader_status(in->r);
}

static int64_t take_price(reader *r, const cursor *at, const char *name,
                          int64_t fallback) {
    return take_int(r, at, name, (int_rule){FILLED, 1, PRICE_MOST, fallback});
}

ctg_status read_prices(intake *in, const cursor *root) {
    static const char *const known[] = {"place_minute", "person_minute",
                                        "week_minute",  "mix_minute",
                                        "request",      "guaranteed"};
    reader *const r = in->r;
    prices *const out = &in->p->prices;
    const cursor at = cursor_member(root, "prices");
    echo_name(r, "prices");
    if (!at.at)
        echo_raw(r, "{");
    else if (!open_object(r, &at, known, COUNT(known)))
        return reader_status(r);
    out->place_minute = take_price(r, &at, "place_minute", 10);
    out->person_minute = take_price(r, &at, "person_minute", 10);
    out->week_minute = take_price(r, &at, "week_minute", 1);
    out->mix_minute = take_price(r, &at, "mix_minute", 1);
    out->request = take_price(r, &at, "request", 1000000);
    out->guaranteed = take_price(r, &at, "guaranteed", 100000);
    close_object(r);
    return reader_status(r);
}

/* Guaranteed places of a manager, counted with its first structure's rule. */
static bool has_guaranteed_places(const problem *p, const char *manager) {
    const rule *found = NULL;
    int64_t places = 0;
    for (int32_t i = 0; i < p->n_structures; i++) {
        const structure *const s = &p->structures[i];
        const law *const first =
            s->law && p->n_days > 0 ? s->law->days[0] : NULL;
        if (!first || !first->guaranteed || strcmp(s->manager, manager) != 0)
            continue;
        found = found ? found : first->guaranteed;
        places += s->places;
    }
    return found && found->min * (places / found->places_per) > 0;
}

static bool can_be_short(const problem *p) {
    bool has_insertion = false;
    for (int32_t i = 0; i < p->n_requests; i++) {
        if (request_must_be_served(&p->requests[i]))
            return true;
        has_insertion |= p->requests[i].insertion;
    }
    for (int32_t i = 0; has_insertion && i < p->n_structures; i++)
        if (p->structures[i].manager &&
            has_guaranteed_places(p, p->structures[i].manager))
            return true;
    return false;
}

typedef struct term_list {
    int32_t n;
    goal_term at[N_GOALS];
} term_list;

static bool has_goal(const term_list *terms, goal_id goal) {
    for (int32_t i = 0; i < terms->n; i++)
        if (terms->at[i].goal == goal)
            return true;
    return false;
}

static void put_term(term_list *terms, int32_t at, goal_id goal,
                     int64_t weight) {
    memmove(&terms->at[at + 1], &terms->at[at],
            (size_t)(terms->n - at) * sizeof terms->at[0]);
    terms->at[at] = (goal_term){goal, weight};
    terms->n++;
}

static void add_goal(reader *r, const cursor *at, term_list *terms,
                     int64_t weight) {
    const char *names[N_GOALS];
    const char *const name = json_string_value(at->at);
    for (int32_t i = 0; i < N_GOALS; i++)
        names[i] = goal_about((goal_id)i)->name;
    const int32_t goal = value_word(r, at, (words){N_GOALS, names});
    if (goal < 0)
        return;
    if (has_goal(terms, (goal_id)goal))
        reader_fault(r, FAULT_ERROR, "E-DUPLICATE", at,
                     "goal \"%s\" is there twice. Maybe one is a copy.", name);
    else
        put_term(terms, terms->n, (goal_id)goal, weight);
}

static void take_order(reader *r, const cursor *of, term_list *terms) {
    const cursor at = cursor_member(of, "order");
    if (!at.at || !json_is_array(at.at)) {
        reader_fault(r, FAULT_ERROR, at.at ? "E-TYPE" : "E-MISSING",
                     at.at ? &at : of,
                     "\"order\" is not a list of goals. Maybe "
                     "[\"points\", \"requests\"].");
        return;
    }
    for (size_t i = 0; i < json_array_size(at.at) && i < 100; i++) {
        const cursor one = cursor_element(&at, (int32_t)i);
        add_goal(r, &one, terms, 1);
    }
}

static void default_order(term_list *terms) {
    static const goal_id order[] = {GOAL_POINTS, GOAL_REQUESTS, GOAL_HOURS,
                                    GOAL_SATISFACTION};
    for (int32_t i = 0; i < COUNT(order); i++)
        put_term(terms, i, order[i], 1);
}

static void complete_order(const problem *p, term_list *terms) {
    if (!has_goal(terms, GOAL_SHORTAGE) && can_be_short(p))
        put_term(terms, 0, GOAL_SHORTAGE, 1);
    if (!has_goal(terms, GOAL_ENVY) && p->policy == POLICY_BY_POINTS) {
        int32_t at = 0;
        for (int32_t i = 0; i < terms->n; i++)
            if (terms->at[i].goal == GOAL_SHORTAGE)
                at = i + 1;
        put_term(terms, at, GOAL_ENVY, 1);
    }
    if (!has_goal(terms, GOAL_TIE))
        put_term(terms, terms->n, GOAL_TIE, 1);
}

static void echo_order(reader *r, const term_list *terms) {
    echo_name(r, "order");
    echo_raw(r, "[");
    for (int32_t i = 0; i < terms->n; i++)
        echo_string(r, goal_about(terms->at[i].goal)->name);
    text_puts(r->echo, "]");
}

/* What is counted against a plan, not in one, is no part of a sum. */
static void add_term(reader *r, const cursor *at, term_list *terms,
                     int64_t weight) {
    const char *const name = json_string_value(at->at);
    if (name && strcmp(name, goal_about(GOAL_CHANGES)->name) == 0)
        reader_fault(r, FAULT_ERROR, "E-VALUE", at,
                     "goal \"%s\" does not go with the mode weighted. Maybe "
                     "give an order.",
                     name);
    else
        add_goal(r, at, terms, weight);
}

/* Terms are echoed by hand, after what the format adds to them. */
static void read_term(reader *r, const cursor *at, term_list *terms) {
    static const char *const known[] = {"goal", "weight"};
    text ignored = {.mem = r->tables};
    text *const echo = r->echo;
    r->echo = &ignored;
    if (open_object(r, at, known, COUNT(known))) {
        const cursor goal = cursor_member(at, "goal");
        const int64_t weight =
            take_int(r, at, "weight",
                     (int_rule){REQUIRED, -INTEGER_MOST, INTEGER_MOST, 1});
        if (goal.at)
            add_term(r, &goal, terms, weight);
        else
            reader_fault(r, FAULT_ERROR, "E-MISSING", at,
                         "member \"goal\" is missing. Maybe add it.");
    }
    r->echo = echo;
    r->no_memory |= ignored.failed;
}

static void take_terms(reader *r, const cursor *of, term_list *terms) {
    const cursor at = cursor_member(of, "terms");
    if (!at.at || !json_is_array(at.at)) {
        reader_fault(r, FAULT_ERROR, at.at ? "E-TYPE" : "E-MISSING",
                     at.at ? &at : of,
                     "\"terms\" is not a list. Maybe [{\"goal\": \"points\", "
                     "\"weight\": 1}].");
        return;
    }
    for (size_t i = 0; i < json_array_size(at.at) && i < 100; i++) {
        const cursor one = cursor_element(&at, (int32_t)i);
        read_term(r, &one, terms);
    }
}

static void echo_terms(reader *r, const term_list *terms) {
    echo_name(r, "terms");
    echo_raw(r, "[");
    for (int32_t i = 0; i < terms->n; i++) {
        echo_raw(r, "{");
        echo_member_string(r, "goal", goal_about(terms->at[i].goal)->name);
        echo_member_int(r, "weight", terms->at[i].weight);
        text_puts(r->echo, "}");
    }
    text_puts(r->echo, "]");
}

static void take_weighted(intake *in, const cursor *at, term_list *terms) {
    static const char *const senses[] = {"min", "max"};
    reader *const r = in->r;
    goals *const out = &in->p->goals;
    out->sense = (goal_sense)take_word(r, at, "sense", REQUIRED,
                                       (words){COUNT(senses), senses}, 1);
    take_terms(r, at, terms);
    if (!has_goal(terms, GOAL_SHORTAGE) && can_be_short(in->p))
        put_term(terms, terms->n, GOAL_SHORTAGE,
                 out->sense == SENSE_MAX ? -1 : 1);
    echo_terms(r, terms);
    if (in->p->policy == POLICY_BY_POINTS)
        reader_fault(r, FAULT_ERROR, "E-POLICY", at,
                     "policy \"by_points\" needs goals in order. Maybe set "
                     "\"mode\" to \"lexicographic\".");
}

static void take_lexicographic(intake *in, const cursor *at, term_list *terms) {
    if (at->at)
        take_order(in->r, at, terms);
    else
        default_order(terms);
    complete_order(in->p, terms);
    echo_order(in->r, terms);
}

static bool open_goals(intake *in, cursor *at) {
    static const char *const modes[] = {"lexicographic", "weighted"};
    static const char *const ordered[] = {"mode", "order"};
    static const char *const weighted[] = {"mode", "sense", "terms"};
    reader *const r = in->r;
    const char *const mode = json_string_value(json_object_get(at->at, "mode"));
    in->p->goals.weighted = mode && strcmp(mode, modes[1]) == 0;
    const bool by_weight = in->p->goals.weighted;
    if (!at->at)
        echo_raw(r, "{");
    else if (!open_object(r, at, by_weight ? weighted : ordered,
                          by_weight ? COUNT(weighted) : COUNT(ordered)))
        return false;
    take_word(r, at, "mode", at->at ? REQUIRED : FILLED,
              (words){COUNT(modes), modes}, 0);
    return true;
}

ctg_status read_goals(intake *in, const cursor *root) {
    reader *const r = in->r;
    goals *const out = &in->p->goals;
    cursor at = cursor_member(root, "goals");
    term_list terms = {0};
    echo_name(r, "goals");
    if (!open_goals(in, &at))
        return reader_status(r);
    if (out->weighted)
        take_weighted(in, &at, &terms);
    else
        take_lexicographic(in, &at, &terms);
    close_object(r);
    goal_term *const kept = ARENA_NEW(r->mem, goal_term, terms.n);
    if (!kept)
        return CTG_ERR_NOMEM;
    memcpy(kept, terms.at, (size_t)terms.n * sizeof *kept);
    out->terms = kept;
    out->n = terms.n;
    return reader_status(r);
}
