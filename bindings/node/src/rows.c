// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows of the library as objects: one table for each structure says which
 * member becomes which property. All integers are within 2^53, so numbers of
 * JavaScript hold them. */
#include "binding.h"

#include <assert.h>
#include <string.h>

typedef enum shape {
    TEXT,         /* const char *; NULL is null */
    CHARS,        /* char [] */
    DATE_OR_NULL, /* char []; "" is null */
    INT,          /* int32_t */
    FROM_0,       /* int32_t; -1 is null */
    FLAG,         /* int32_t as a boolean */
    LONG,         /* int64_t */
    COUNT,        /* uint64_t */
    REAL,         /* double */
    WORD,         /* int32_t by `word` */
    ROW           /* a structure by `inside` */
} shape;

typedef struct member {
    const char *name;
    shape shape;
    size_t at;
    size_t gate; /* of an int32_t: null where that is 0; 0: no gate */
    const char *(*word)(int32_t number);
    const struct member *inside;
} member;

#define AS(STRUCT, MEMBER, NAME, SHAPE)                                        \
    { .name = NAME, .shape = SHAPE, .at = offsetof(STRUCT, MEMBER) }
#define AS_IF(STRUCT, MEMBER, NAME, SHAPE, GATE)                               \
    {                                                                          \
        .name = NAME, .shape = SHAPE, .at = offsetof(STRUCT, MEMBER),          \
        .gate = offsetof(STRUCT, GATE)                                         \
    }
#define AS_WORD(STRUCT, MEMBER, NAME, HOW)                                     \
    {                                                                          \
        .name = NAME, .shape = WORD, .at = offsetof(STRUCT, MEMBER),           \
        .word = HOW                                                            \
    }
#define AS_ROW(STRUCT, MEMBER, NAME, INSIDE)                                   \
    {                                                                          \
        .name = NAME, .shape = ROW, .at = offsetof(STRUCT, MEMBER),            \
        .inside = INSIDE                                                       \
    }
#define END                                                                    \
    { 0 }

static const char *word_of(const char *const *words, int32_t n,
                           int32_t number) {
    return number >= 0 && number < n ? words[number] : "unknown";
}

static const char *severity_word(int32_t number) {
    static const char *const words[] = {"error", "warning"};
    return word_of(words, 2, number);
}

static const char *binds_word(int32_t number) {
    static const char *const words[] = {"seats",  "staff",   "both",
                                        "period", "session", "nothing"};
    return word_of(words, 6, number);
}

static const char *type_word(int32_t number) {
    static const char *const words[] = {"real",  "duration", "count",
                                        "bytes", "flag",     "choice"};
    return word_of(words, 6, number);
}

static const char *event_word(int32_t number) {
    static const char *const words[] = {"unknown", "phase", "incumbent",
                                        "bound"};
    return word_of(words, 4, number);
}

static const char *verdict_word(int32_t number) {
    return ctg_verdict_text((ctg_verdict)number);
}

static const char *stop_word(int32_t number) {
    return ctg_stop_text((ctg_stop)number);
}

static const member FAULT[] = {
    AS_WORD(ctg_fault, severity, "severity", severity_word),
    AS(ctg_fault, code, "code", TEXT),
    AS(ctg_fault, pointer, "pointer", TEXT),
    AS(ctg_fault, line, "line", INT),
    AS(ctg_fault, column, "column", INT),
    AS(ctg_fault, message, "message", TEXT),
    END};

static const member EVENT[] = {
    AS_WORD(ctg_event, kind, "kind", event_word),
    AS(ctg_event, goal, "goal", FROM_0),
    AS(ctg_event, goal_name, "goalName", TEXT),
    AS(ctg_event, text, "text", TEXT),
    AS_IF(ctg_event, value, "value", LONG, has_value),
    AS_IF(ctg_event, bound, "bound", LONG, has_bound),
    AS(ctg_event, work, "work", COUNT),
    AS(ctg_event, seconds, "seconds", REAL),
    END};

static const member PROBLEM_INFO[] = {
    AS(ctg_problem_info, id, "id", TEXT),
    AS(ctg_problem_info, seed, "seed", TEXT),
    AS(ctg_problem_info, first_date, "firstDate", CHARS),
    AS(ctg_problem_info, last_date, "lastDate", CHARS),
    AS(ctg_problem_info, n_days, "nDays", INT),
    AS(ctg_problem_info, n_structures, "nStructures", INT),
    AS(ctg_problem_info, n_children, "nChildren", INT),
    AS(ctg_problem_info, n_requests, "nRequests", INT),
    AS(ctg_problem_info, n_options, "nOptions", LONG),
    AS(ctg_problem_info, n_goals, "nGoals", INT),
    AS(ctg_problem_info, n_packs, "nPacks", INT),
    END};

static const member PACK[] = {AS(ctg_pack_info, id, "id", TEXT),
                              AS(ctg_pack_info, digest, "digest", TEXT),
                              AS(ctg_pack_info, title, "title", TEXT), END};

static const member SOLUTION_INFO[] = {
    AS(ctg_solution_info, is_accepted, "isAccepted", FLAG),
    AS(ctg_solution_info, n_breaches, "nBreaches", INT),
    AS(ctg_solution_info, n_shortages, "nShortages", INT),
    AS(ctg_solution_info, n_goals, "nGoals", INT),
    AS(ctg_solution_info, n_placements, "nPlacements", INT),
    AS(ctg_solution_info, n_waiting, "nWaiting", INT),
    AS(ctg_solution_info, n_envy, "nEnvy", INT),
    AS(ctg_solution_info, n_coverage, "nCoverage", INT),
    AS(ctg_solution_info, n_duties, "nDuties", INT),
    AS(ctg_solution_info, status, "status", TEXT),
    AS(ctg_solution_info, stop, "stop", TEXT),
    END};

static const member RESULT[] = {
    AS_WORD(ctg_result, verdict, "verdict", verdict_word),
    AS_WORD(ctg_result, stop, "stop", stop_word),
    AS(ctg_result, work, "work", COUNT),
    AS(ctg_result, seconds, "seconds", REAL),
    AS(ctg_result, peak_bytes, "peakBytes", COUNT),
    AS(ctg_result, process_peak_bytes, "processPeakBytes", COUNT),
    AS(ctg_result, changes, "changes", LONG),
    AS(ctg_result, is_budget_short, "isBudgetShort", FLAG),
    AS_IF(ctg_result, least_budget, "leastBudget", LONG, is_budget_short),
    AS_IF(ctg_result, least_budget_bound, "leastBudgetBound", LONG,
          has_least_budget_bound),
    END};

static const member OPTION[] = {
    AS(ctg_option_info, name, "name", TEXT),
    AS(ctg_option_info, default_text, "default", TEXT),
    AS(ctg_option_info, low_text, "low", TEXT),
    AS(ctg_option_info, high_text, "high", TEXT),
    AS(ctg_option_info, unit, "unit", TEXT),
    AS(ctg_option_info, help, "help", TEXT),
    AS_WORD(ctg_option_info, type, "type", type_word),
    END};

static const member GOAL[] = {
    AS(ctg_goal, name, "name", TEXT),
    AS(ctg_goal, unit, "unit", TEXT),
    AS(ctg_goal, sense, "sense", TEXT),
    AS(ctg_goal, value, "value", LONG),
    AS_IF(ctg_goal, bound, "bound", LONG, has_bound),
    AS_IF(ctg_goal, gap, "gap", REAL, has_bound),
    AS(ctg_goal, weight, "weight", LONG),
    AS(ctg_goal, is_proven, "isProven", FLAG),
    AS(ctg_goal, is_part, "isPart", FLAG),
    END};

static const member PLACEMENT[] = {
    AS(ctg_placement, request, "request", TEXT),
    AS(ctg_placement, child, "child", TEXT),
    AS(ctg_placement, option, "option", TEXT),
    AS(ctg_placement, structure, "structure", TEXT),
    AS(ctg_placement, rank, "rank", INT),
    END};

static const member WAITING[] = {AS(ctg_waiting, request, "request", TEXT),
                                 AS(ctg_waiting, child, "child", TEXT),
                                 AS(ctg_waiting, points, "points", LONG),
                                 AS(ctg_waiting, rank, "rank", INT), END};

static const member ENVY[] = {AS(ctg_envy, request, "request", TEXT),
                              AS(ctg_envy, envies, "envies", TEXT), END};

static const member WHERE[] = {
    AS(ctg_where, structure, "structure", TEXT),
    AS(ctg_where, section, "section", TEXT),
    AS(ctg_where, need, "need", TEXT),
    AS(ctg_where, skill, "skill", TEXT),
    AS(ctg_where, request, "request", TEXT),
    AS(ctg_where, resource, "resource", TEXT),
    AS(ctg_where, siblings, "siblings", TEXT),
    AS(ctg_where, employee, "employee", TEXT),
    AS(ctg_where, manager, "manager", TEXT),
    AS(ctg_where, begin, "begin", FROM_0),
    AS(ctg_where, end, "end", FROM_0),
    AS(ctg_where, date, "date", DATE_OR_NULL),
    AS(ctg_where, week, "week", DATE_OR_NULL),
    AS(ctg_where, month, "month", DATE_OR_NULL),
    END};

static const member BREACH[] = {AS(ctg_breach, rule, "rule", TEXT),
                                AS(ctg_breach, article, "article", TEXT),
                                AS(ctg_breach, message, "message", TEXT),
                                AS_ROW(ctg_breach, where, "where", WHERE),
                                AS(ctg_breach, size, "size", LONG), END};

static const member SHORTAGE[] = {AS(ctg_shortage, kind, "kind", TEXT),
                                  AS(ctg_shortage, rule, "rule", TEXT),
                                  AS_ROW(ctg_shortage, where, "where", WHERE),
                                  AS(ctg_shortage, size, "size", LONG), END};

static const member DUTY[] = {AS(ctg_duty, employee, "employee", TEXT),
                              AS(ctg_duty, shift, "shift", TEXT),
                              AS(ctg_duty, structure, "structure", TEXT),
                              AS(ctg_duty, date, "date", CHARS),
                              AS(ctg_duty, begin, "begin", INT),
                              AS(ctg_duty, end, "end", INT),
                              AS(ctg_duty, minutes, "minutes", INT), END};

static const member DUTY_PART[] = {
    AS(ctg_duty_part, structure, "structure", TEXT),
    AS(ctg_duty_part, what, "what", TEXT),
    AS(ctg_duty_part, begin, "begin", INT),
    AS(ctg_duty_part, end, "end", INT),
    END};

static const member COVERAGE[] = {
    AS(ctg_coverage, structure, "structure", TEXT),
    AS(ctg_coverage, date, "date", CHARS),
    AS(ctg_coverage, begin, "begin", INT),
    AS(ctg_coverage, end, "end", INT),
    AS(ctg_coverage, present, "present", INT),
    AS(ctg_coverage, places, "places", INT),
    AS(ctg_coverage, required, "required", INT),
    AS(ctg_coverage, counted, "counted", INT),
    AS(ctg_coverage, free, "free", INT),
    AS(ctg_coverage, binds, "binds", TEXT),
    END};

static const member SLOT[] = {
    AS(ctg_slot, structure, "structure", TEXT),
    AS(ctg_slot, section, "section", TEXT),
    AS(ctg_slot, begin, "begin", INT),
    AS(ctg_slot, end, "end", INT),
    AS(ctg_slot, most_minutes, "mostMinutes", INT),
    END};

static const member HEADROOM[] = {
    AS(ctg_headroom_row, structure, "structure", TEXT),
    AS(ctg_headroom_row, date, "date", CHARS),
    AS(ctg_headroom_row, section, "section", TEXT),
    AS(ctg_headroom_row, class_id, "classId", TEXT),
    AS(ctg_headroom_row, begin, "begin", INT),
    AS(ctg_headroom_row, end, "end", INT),
    AS(ctg_headroom_row, more, "more", INT),
    AS_WORD(ctg_headroom_row, binds, "binds", binds_word),
    END};

static const char *offer_word(int32_t number) {
    static const char *const words[] = {"free", "moves", "displaces",
                                        "blocked"};
    return word_of(words, 4, number);
}

static const member OFFER[] = {
    AS(ctg_offer, option, "option", TEXT),
    AS(ctg_offer, structure, "structure", TEXT),
    AS(ctg_offer, rank, "rank", INT),
    AS_WORD(ctg_offer, kind, "kind", offer_word),
    AS(ctg_offer, other, "other", TEXT),
    AS(ctg_offer, other_option, "otherOption", TEXT),
    END};

static const member FILL[] = {
    AS(ctg_fill_row, request, "request", TEXT),
    AS(ctg_fill_row, child, "child", TEXT),
    AS(ctg_fill_row, option, "option", TEXT),
    AS(ctg_fill_row, structure, "structure", TEXT),
    AS(ctg_fill_row, points, "points", LONG),
    AS(ctg_fill_row, rank, "rank", INT),
    AS(ctg_fill_row, option_rank, "optionRank", INT),
    END};

static const member GOAL_CHANGE[] = {
    AS(ctg_goal_change, name, "name", TEXT),
    AS(ctg_goal_change, unit, "unit", TEXT),
    AS(ctg_goal_change, sense, "sense", TEXT),
    AS_IF(ctg_goal_change, before, "before", LONG, has_before),
    AS(ctg_goal_change, after, "after", LONG),
    AS(ctg_goal_change, weight, "weight", LONG),
    AS(ctg_goal_change, is_part, "isPart", FLAG),
    END};

static napi_value null_value(napi_env env) {
    napi_value value = NULL;
    napi_get_null(env, &value);
    return value;
}

static napi_value flag_value(napi_env env, bool flag) {
    napi_value value = NULL;
    napi_get_boolean(env, flag, &value);
    return value;
}

static int32_t int_at(const char *row, size_t at) {
    int32_t number;
    memcpy(&number, row + at, sizeof number);
    return number;
}

static napi_value row_value(napi_env env, const member *members,
                            const void *row);

static napi_value member_value(napi_env env, const member *one,
                               const char *row) {
    const void *const at = row + one->at;
    if (one->gate && !int_at(row, one->gate))
        return null_value(env);
    switch (one->shape) {
    case TEXT:
        return text_value(env, *(const char *const *)at);
    case DATE_OR_NULL:
        return text_value(env, *(const char *)at ? at : NULL);
    case CHARS:
        return text_value(env, at);
    case FROM_0:
        return int_at(row, one->at) < 0
                   ? null_value(env)
                   : number_value(env, int_at(row, one->at));
    case FLAG:
        return flag_value(env, int_at(row, one->at) != 0);
    case INT:
        return number_value(env, int_at(row, one->at));
    case LONG:
        return number_value(env, (double)*(const int64_t *)at);
    case COUNT:
        return number_value(env, (double)*(const uint64_t *)at);
    case REAL:
        return number_value(env, *(const double *)at);
    case WORD:
        return text_value(env, one->word(int_at(row, one->at)));
    case ROW:
        return row_value(env, one->inside, at);
    }
    return NULL;
}

static napi_value row_value(napi_env env, const member *members,
                            const void *row) {
    napi_value object = NULL;
    napi_create_object(env, &object);
    for (const member *one = members; one->name; one++)
        napi_set_named_property(env, object, one->name,
                                member_value(env, one, row));
    return object;
}

/* The same for many rows, whose names are made once. */
enum { MOST_MEMBERS = 16 };

typedef napi_value names[MOST_MEMBERS];

static void names_make(napi_env env, names out, const member *members) {
    for (int k = 0; members[k].name; k++) {
        assert(k < MOST_MEMBERS);
        out[k] = text_value(env, members[k].name);
    }
}

static napi_value named_row(napi_env env, const names names,
                            const member *members, const void *row) {
    napi_value object = NULL;
    napi_create_object(env, &object);
    for (int k = 0; members[k].name; k++)
        napi_set_property(env, object, names[k],
                          member_value(env, &members[k], row));
    return object;
}

napi_value event_value(napi_env env, const ctg_event *event) {
    return row_value(env, EVENT, event);
}

napi_value fault_value(napi_env env, const ctg_fault *fault) {
    return row_value(env, FAULT, fault);
}

napi_value problem_info_value(napi_env env, const ctg_problem_info *info) {
    return row_value(env, PROBLEM_INFO, info);
}

napi_value solution_info_value(napi_env env, const ctg_solution_info *info) {
    return row_value(env, SOLUTION_INFO, info);
}

napi_value result_value(napi_env env, const ctg_result *result) {
    return row_value(env, RESULT, result);
}

/* --- lists -------------------------------------------------------------- */

/* A getter of the library, its types forgotten. */
typedef int getter(void *row, const void *owner, int32_t index);

typedef struct listing {
    const char *name;
    const member *members;
    getter *get;
    /* What else the object of a row has; may be NULL. */
    void (*more)(napi_env env, napi_value object, const void *owner,
                 int32_t index);
} listing;

typedef union any_row { /* room for one */
    ctg_breach breach;
    ctg_coverage coverage;
    ctg_duty duty;
    ctg_duty_part duty_part;
    ctg_envy envy;
    ctg_fill_row fill;
    ctg_goal goal;
    ctg_headroom_row headroom;
    ctg_offer offer;
    ctg_option_info option;
    ctg_pack_info pack;
    ctg_placement placement;
    ctg_shortage shortage;
    ctg_slot slot;
    ctg_waiting waiting;
} any_row;

static napi_value list_value(napi_env env, const listing *how,
                             const void *owner) {
    napi_value list = NULL;
    any_row row;
    names names;
    names_make(env, names, how->members);
    napi_create_array(env, &list);
    for (int32_t i = 0; how->get(&row, owner, i); i++) {
        napi_handle_scope scope = NULL;
        if (napi_open_handle_scope(env, &scope) != napi_ok)
            return NULL;
        const napi_value object = named_row(env, names, how->members, &row);
        if (how->more)
            how->more(env, object, owner, i);
        const napi_status status =
            napi_set_element(env, list, (uint32_t)i, object);
        napi_close_handle_scope(env, scope);
        if (status != napi_ok)
            return NULL;
    }
    return list;
}

#define GETTER(NAME, FUNCTION)                                                 \
    static int NAME(void *row, const void *owner, int32_t index) {             \
        return FUNCTION(row, owner, index);                                    \
    }
GETTER(get_breach, ctg_solution_breach)
GETTER(get_coverage, ctg_solution_coverage)
GETTER(get_duty, ctg_solution_duty)
GETTER(get_envy, ctg_solution_envy)
GETTER(get_fill, ctg_fill_at)
GETTER(get_goal, ctg_solution_goal)
GETTER(get_headroom, ctg_headroom_at)
GETTER(get_offer, ctg_offers_at)
GETTER(get_pack, ctg_problem_pack)
GETTER(get_placement, ctg_solution_placement)
GETTER(get_shortage, ctg_solution_shortage)
GETTER(get_slot, ctg_slots_at)
GETTER(get_waiting, ctg_solution_waiting)

static int get_option(void *row, const void *owner, int32_t index) {
    (void)owner;
    return ctg_options_about(row, index);
}

static void duty_parts(napi_env env, napi_value object, const void *owner,
                       int32_t index) {
    napi_value parts = NULL;
    ctg_duty_part part;
    napi_create_array(env, &parts);
    for (int32_t k = 0; ctg_solution_duty_part(&part, owner, index, k); k++)
        napi_set_element(env, parts, (uint32_t)k,
                         row_value(env, DUTY_PART, &part));
    napi_set_named_property(env, object, "parts", parts);
}

static void offer_goals(napi_env env, napi_value object, const void *owner,
                        int32_t index) {
    napi_value goals = NULL;
    ctg_goal_change change;
    napi_create_array(env, &goals);
    for (int32_t k = 0; ctg_offers_goal(&change, owner, index, k); k++)
        napi_set_element(env, goals, (uint32_t)k,
                         row_value(env, GOAL_CHANGE, &change));
    napi_set_named_property(env, object, "goals", goals);
}

static napi_value holders(napi_env env, const ctg_offers *offers, int32_t index,
                          int32_t block) {
    napi_value list = NULL;
    const char *holder;
    napi_create_array(env, &list);
    for (int32_t k = 0; ctg_offers_holder(&holder, offers, index, block, k);
         k++)
        napi_set_element(env, list, (uint32_t)k, text_value(env, holder));
    return list;
}

static void offer_more(napi_env env, napi_value object, const void *owner,
                       int32_t index) {
    napi_value blocks = NULL;
    ctg_breach breach;
    offer_goals(env, object, owner, index);
    napi_create_array(env, &blocks);
    for (int32_t k = 0; ctg_offers_block(&breach, owner, index, k); k++) {
        napi_value block = NULL;
        napi_create_object(env, &block);
        napi_set_named_property(env, block, "breach",
                                row_value(env, BREACH, &breach));
        napi_set_named_property(env, block, "holders",
                                holders(env, owner, index, k));
        napi_set_element(env, blocks, (uint32_t)k, block);
    }
    napi_set_named_property(env, object, "blocks", blocks);
}

static void fill_more(napi_env env, napi_value object, const void *owner,
                      int32_t index) {
    napi_value goals = NULL;
    ctg_goal_change change;
    napi_create_array(env, &goals);
    for (int32_t k = 0; ctg_fill_goal(&change, owner, index, k); k++)
        napi_set_element(env, goals, (uint32_t)k,
                         row_value(env, GOAL_CHANGE, &change));
    napi_set_named_property(env, object, "goals", goals);
}

static const listing OF_PLAN[] = {
    {"goals", GOAL, get_goal, NULL},
    {"placements", PLACEMENT, get_placement, NULL},
    {"waiting", WAITING, get_waiting, NULL},
    {"breaches", BREACH, get_breach, NULL},
    {"shortages", SHORTAGE, get_shortage, NULL},
    {"envy", ENVY, get_envy, NULL},
    {"duties", DUTY, get_duty, duty_parts},
    {"coverage", COVERAGE, get_coverage, NULL},
};

napi_value plan_rows(napi_env env, const char *name,
                     const ctg_solution *solution) {
    for (size_t i = 0; i < sizeof OF_PLAN / sizeof *OF_PLAN; i++)
        if (strcmp(OF_PLAN[i].name, name) == 0)
            return list_value(env, &OF_PLAN[i], solution);
    napi_throw_range_error(env, NULL, "a plan has no rows of that name");
    return NULL;
}

napi_value packs_value(napi_env env, const ctg_problem *problem) {
    static const listing how = {"packs", PACK, get_pack, NULL};
    return list_value(env, &how, problem);
}

napi_value options_value(napi_env env) {
    static const listing how = {"options", OPTION, get_option, NULL};
    return list_value(env, &how, NULL);
}

napi_value slots_value(napi_env env, const ctg_slots *slots) {
    static const listing how = {"slots", SLOT, get_slot, NULL};
    return list_value(env, &how, slots);
}

napi_value headroom_value(napi_env env, const ctg_headroom *headroom) {
    static const listing how = {"headroom", HEADROOM, get_headroom, NULL};
    return list_value(env, &how, headroom);
}

napi_value offers_value(napi_env env, const ctg_offers *offers) {
    static const listing how = {"offers", OFFER, get_offer, offer_more};
    return list_value(env, &how, offers);
}

napi_value fill_value(napi_env env, const ctg_fill *fill) {
    static const listing how = {"fill", FILL, get_fill, fill_more};
    return list_value(env, &how, fill);
}
