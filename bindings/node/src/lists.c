// SPDX-License-Identifier: GPL-3.0-or-later
/* What the library lists, by getters; and rows that come alone. */
#include "rows.h"

#include <string.h>

napi_value event_value(napi_env env, const ctg_event *event) {
    return row_value(env, OF_EVENT, event);
}

napi_value fault_value(napi_env env, const ctg_fault *fault) {
    return row_value(env, OF_FAULT, fault);
}

napi_value problem_info_value(napi_env env, const ctg_problem_info *info) {
    return row_value(env, OF_PROBLEM_INFO, info);
}

napi_value solution_info_value(napi_env env, const ctg_solution_info *info) {
    return row_value(env, OF_SOLUTION_INFO, info);
}

napi_value result_value(napi_env env, const ctg_result *result) {
    return row_value(env, OF_RESULT, result);
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
                         row_value(env, OF_DUTY_PART, &part));
    napi_set_named_property(env, object, "parts", parts);
}

typedef int goal_getter(ctg_goal_change *out, const void *owner, int32_t index,
                        int32_t goal);

static int offer_goal(ctg_goal_change *out, const void *owner, int32_t index,
                      int32_t goal) {
    return ctg_offers_goal(out, owner, index, goal);
}

static int fill_goal(ctg_goal_change *out, const void *owner, int32_t index,
                     int32_t goal) {
    return ctg_fill_goal(out, owner, index, goal);
}

static void goals_add(napi_env env, napi_value object, goal_getter *get,
                      const void *owner, int32_t index) {
    napi_value goals = NULL;
    ctg_goal_change change;
    napi_create_array(env, &goals);
    for (int32_t k = 0; get(&change, owner, index, k); k++)
        napi_set_element(env, goals, (uint32_t)k,
                         row_value(env, OF_GOAL_CHANGE, &change));
    napi_set_named_property(env, object, "goals", goals);
}

static void fill_more(napi_env env, napi_value object, const void *owner,
                      int32_t index) {
    goals_add(env, object, fill_goal, owner, index);
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
    goals_add(env, object, offer_goal, owner, index);
    napi_create_array(env, &blocks);
    for (int32_t k = 0; ctg_offers_block(&breach, owner, index, k); k++) {
        napi_value block = NULL;
        napi_create_object(env, &block);
        napi_set_named_property(env, block, "breach",
                                row_value(env, OF_BREACH, &breach));
        napi_set_named_property(env, block, "holders",
                                holders(env, owner, index, k));
        napi_set_element(env, blocks, (uint32_t)k, block);
    }
    napi_set_named_property(env, object, "blocks", blocks);
}

static const listing PLAN_LISTS[] = {
    {"goals", OF_GOAL, get_goal, NULL},
    {"placements", OF_PLACEMENT, get_placement, NULL},
    {"waiting", OF_WAITING, get_waiting, NULL},
    {"breaches", OF_BREACH, get_breach, NULL},
    {"shortages", OF_SHORTAGE, get_shortage, NULL},
    {"envy", OF_ENVY, get_envy, NULL},
    {"duties", OF_DUTY, get_duty, duty_parts},
    {"coverage", OF_COVERAGE, get_coverage, NULL},
};

napi_value plan_rows(napi_env env, const char *name,
                     const ctg_solution *solution) {
    for (size_t i = 0; i < sizeof PLAN_LISTS / sizeof *PLAN_LISTS; i++)
        if (strcmp(PLAN_LISTS[i].name, name) == 0)
            return list_value(env, &PLAN_LISTS[i], solution);
    napi_throw_range_error(env, NULL, "a plan has no rows of that name");
    return NULL;
}

napi_value packs_value(napi_env env, const ctg_problem *problem) {
    static const listing how = {"packs", OF_PACK, get_pack, NULL};
    return list_value(env, &how, problem);
}

napi_value options_value(napi_env env) {
    static const listing how = {"options", OF_OPTION, get_option, NULL};
    return list_value(env, &how, NULL);
}

napi_value slots_value(napi_env env, const ctg_slots *slots) {
    static const listing how = {"slots", OF_SLOT, get_slot, NULL};
    return list_value(env, &how, slots);
}

napi_value headroom_value(napi_env env, const ctg_headroom *headroom) {
    static const listing how = {"headroom", OF_HEADROOM, get_headroom, NULL};
    return list_value(env, &how, headroom);
}

napi_value offers_value(napi_env env, const ctg_offers *offers) {
    static const listing how = {"offers", OF_OFFER, get_offer, offer_more};
    return list_value(env, &how, offers);
}

napi_value fill_value(napi_env env, const ctg_fill *fill) {
    static const listing how = {"fill", OF_FILL, get_fill, fill_more};
    return list_value(env, &how, fill);
}
