// SPDX-License-Identifier: GPL-3.0-or-later
/* Which member of a structure becomes which property. */
#include "rows.h"

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

static const char *offer_word(int32_t number) {
    return ctg_offer_kind_text((ctg_offer_kind)number);
}

const member OF_FAULT[] = {
    AS_WORD(ctg_fault, severity, "severity", severity_word),
    AS(ctg_fault, code, "code", TEXT),
    AS(ctg_fault, pointer, "pointer", TEXT),
    AS(ctg_fault, line, "line", INT),
    AS(ctg_fault, column, "column", INT),
    AS(ctg_fault, message, "message", TEXT),
    END};

const member OF_EVENT[] = {
    AS_WORD(ctg_event, kind, "kind", event_word),
    AS(ctg_event, goal, "goal", FROM_0),
    AS(ctg_event, goal_name, "goalName", TEXT),
    AS(ctg_event, text, "text", TEXT),
    AS_IF(ctg_event, value, "value", LONG, has_value),
    AS_IF(ctg_event, bound, "bound", LONG, has_bound),
    AS(ctg_event, work, "work", COUNT),
    AS(ctg_event, seconds, "seconds", REAL),
    END};

const member OF_PROBLEM_INFO[] = {
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

const member OF_PACK[] = {
    AS(ctg_pack_info, id, "id", TEXT),
    AS(ctg_pack_info, digest, "digest", TEXT),
    AS(ctg_pack_info, title, "title", TEXT),
    END};

const member OF_SOLUTION_INFO[] = {
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

const member OF_RESULT[] = {
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

const member OF_OPTION[] = {
    AS(ctg_option_info, name, "name", TEXT),
    AS(ctg_option_info, default_text, "default", TEXT),
    AS(ctg_option_info, low_text, "low", TEXT),
    AS(ctg_option_info, high_text, "high", TEXT),
    AS(ctg_option_info, unit, "unit", TEXT),
    AS(ctg_option_info, help, "help", TEXT),
    AS_WORD(ctg_option_info, type, "type", type_word),
    END};

const member OF_GOAL[] = {
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

const member OF_PLACEMENT[] = {
    AS(ctg_placement, request, "request", TEXT),
    AS(ctg_placement, child, "child", TEXT),
    AS(ctg_placement, option, "option", TEXT),
    AS(ctg_placement, structure, "structure", TEXT),
    AS(ctg_placement, rank, "rank", INT),
    END};

const member OF_WAITING[] = {
    AS(ctg_waiting, request, "request", TEXT),
    AS(ctg_waiting, child, "child", TEXT),
    AS(ctg_waiting, points, "points", LONG),
    AS(ctg_waiting, rank, "rank", INT),
    END};

const member OF_ENVY[] = {
    AS(ctg_envy, request, "request", TEXT),
    AS(ctg_envy, envies, "envies", TEXT),
    END};

const member OF_WHERE[] = {
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

const member OF_BREACH[] = {
    AS(ctg_breach, rule, "rule", TEXT),
    AS(ctg_breach, article, "article", TEXT),
    AS(ctg_breach, message, "message", TEXT),
    AS_ROW(ctg_breach, where, "where", OF_WHERE),
    AS(ctg_breach, size, "size", LONG),
    END};

const member OF_SHORTAGE[] = {
    AS(ctg_shortage, kind, "kind", TEXT),
    AS(ctg_shortage, rule, "rule", TEXT),
    AS_ROW(ctg_shortage, where, "where", OF_WHERE),
    AS(ctg_shortage, size, "size", LONG),
    END};

const member OF_DUTY[] = {
    AS(ctg_duty, employee, "employee", TEXT),
    AS(ctg_duty, shift, "shift", TEXT),
    AS(ctg_duty, structure, "structure", TEXT),
    AS(ctg_duty, date, "date", CHARS),
    AS(ctg_duty, begin, "begin", INT),
    AS(ctg_duty, end, "end", INT),
    AS(ctg_duty, minutes, "minutes", INT),
    END};

const member OF_DUTY_PART[] = {
    AS(ctg_duty_part, structure, "structure", TEXT),
    AS(ctg_duty_part, what, "what", TEXT),
    AS(ctg_duty_part, begin, "begin", INT),
    AS(ctg_duty_part, end, "end", INT),
    END};

const member OF_COVERAGE[] = {
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

const member OF_SLOT[] = {
    AS(ctg_slot, structure, "structure", TEXT),
    AS(ctg_slot, section, "section", TEXT),
    AS(ctg_slot, begin, "begin", INT),
    AS(ctg_slot, end, "end", INT),
    AS(ctg_slot, most_minutes, "mostMinutes", INT),
    END};

const member OF_HEADROOM[] = {
    AS(ctg_headroom_row, structure, "structure", TEXT),
    AS(ctg_headroom_row, date, "date", CHARS),
    AS(ctg_headroom_row, section, "section", TEXT),
    AS(ctg_headroom_row, class_id, "classId", TEXT),
    AS(ctg_headroom_row, begin, "begin", INT),
    AS(ctg_headroom_row, end, "end", INT),
    AS(ctg_headroom_row, more, "more", INT),
    AS_WORD(ctg_headroom_row, binds, "binds", binds_word),
    END};

const member OF_OFFER[] = {
    AS(ctg_offer, option, "option", TEXT),
    AS(ctg_offer, structure, "structure", TEXT),
    AS(ctg_offer, rank, "rank", INT),
    AS_WORD(ctg_offer, kind, "kind", offer_word),
    AS(ctg_offer, other, "other", TEXT),
    AS(ctg_offer, other_option, "otherOption", TEXT),
    END};

const member OF_FILL[] = {
    AS(ctg_fill_row, request, "request", TEXT),
    AS(ctg_fill_row, child, "child", TEXT),
    AS(ctg_fill_row, option, "option", TEXT),
    AS(ctg_fill_row, structure, "structure", TEXT),
    AS(ctg_fill_row, points, "points", LONG),
    AS(ctg_fill_row, rank, "rank", INT),
    AS(ctg_fill_row, option_rank, "optionRank", INT),
    END};

const member OF_GOAL_CHANGE[] = {
    AS(ctg_goal_change, name, "name", TEXT),
    AS(ctg_goal_change, unit, "unit", TEXT),
    AS(ctg_goal_change, sense, "sense", TEXT),
    AS_IF(ctg_goal_change, before, "before", LONG, has_before),
    AS(ctg_goal_change, after, "after", LONG),
    AS(ctg_goal_change, weight, "weight", LONG),
    AS(ctg_goal_change, is_part, "isPart", FLAG),
    END};
