// SPDX-License-Identifier: GPL-3.0-or-later
/* Names in files of everything that the model enumerates: tables, both ways. */
#include <assert.h>
#include <string.h>

#include "model/plan.h"

#define COUNT(table) ((int32_t)(sizeof(table) / sizeof((table)[0])))

static const goal_info goal_table[N_GOALS] = {
#define GOAL(id, name, sense, unit) {name, unit, sense},
#include "model/goals.def"
#undef GOAL
};

static const char *const plan_rule_names[N_PLAN_RULES] = {
#define PLAN_RULE(id, name) name,
#include "model/plan_rules.def"
#undef PLAN_RULE
};

static const char *const shortage_names[N_SHORTAGE_KINDS] = {
    "places", "ratio", "quota",   "minimum",   "skill",
    "week",   "mix",   "request", "guaranteed"};

static const char *const stop_names[] = {
    "optimal", "gap", "work", "time", "memory", "interrupted", "method"};

static const char *const kind_names[N_RULE_KINDS] = {
    "ratio",      "outing",     "minimum",       "quota",
    "director",   "cat1_share", "over_capacity", "unit_max",
    "guaranteed", "adaptation", "labour",        "data"};

static const char *const status_names[] = {"verified", "secondary", "memory"};

static const char *const reading_names[] = {"sum_then_ceil", "ceil_each",
                                            "mixed_group_fill"};

static int32_t find_name(const char *const *table, int32_t n,
                         const char *name) {
    for (int32_t i = 0; i < n; i++)
        if (strcmp(table[i], name) == 0)
            return i;
    return -1;
}

const goal_info *goal_about(goal_id goal) {
    assert((int)goal >= 0 && goal < N_GOALS);
    return &goal_table[goal];
}

int32_t goal_find(const char *name) {
    for (int32_t i = 0; i < N_GOALS; i++)
        if (strcmp(goal_table[i].name, name) == 0)
            return i;
    return -1;
}

const char *rule_name_text(rule_name name) {
    assert((int)name >= 0 && name < N_PLAN_RULES);
    return plan_rule_names[name];
}

int32_t rule_name_find(const char *text) {
    return find_name(plan_rule_names, N_PLAN_RULES, text);
}

const char *shortage_kind_text(shortage_kind kind) {
    assert((int)kind >= 0 && kind < N_SHORTAGE_KINDS);
    return shortage_names[kind];
}

int32_t shortage_kind_find(const char *text) {
    return find_name(shortage_names, N_SHORTAGE_KINDS, text);
}

const char *stop_reason_text(stop_reason stop) {
    assert((int)stop >= 0 && (int)stop < COUNT(stop_names));
    return stop_names[stop];
}

int32_t stop_reason_find(const char *text) {
    return find_name(stop_names, COUNT(stop_names), text);
}

const char *rule_kind_name(rule_kind kind) {
    assert((int)kind >= 0 && kind < N_RULE_KINDS);
    return kind_names[kind];
}

int32_t rule_kind_find(const char *name) {
    return find_name(kind_names, N_RULE_KINDS, name);
}

const char *rule_status_name(rule_status status) {
    assert((int)status >= 0 && (int)status < COUNT(status_names));
    return status_names[status];
}

const char *ratio_reading_name(ratio_reading reading) {
    assert((int)reading >= 0 && (int)reading < COUNT(reading_names));
    return reading_names[reading];
}

int32_t ratio_reading_find(const char *name) {
    return find_name(reading_names, COUNT(reading_names), name);
}
