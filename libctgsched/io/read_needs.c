// SPDX-License-Identifier: GPL-3.0-or-later
/* Skills, needs and resources (format.md 3.5, 3.6). */
#include <stdlib.h>
#include <string.h>

#include "io/intake.h"

enum { SKILLS_MOST = 64, RESOURCES_MOST = 10000 };

VEC_DECLARE(name_vec, const char *);

static void note_skill(intake *in, name_vec *names, const json_t *value) {
    const char *const name = json_string_value(value);
    if (!name || name[0] == '\0')
        return;
    const char **const slot = VEC_PUSH(in->r->tables, names, const char *);
    if (reader_kept(in->r, (void *)slot))
        *slot = name;
}

/* Anything of a wrong type is skipped here and a fault where it is read. */
static void note_staff_skills(intake *in, name_vec *names, const json_t *one) {
    const json_t *const staff = json_object_get(one, "staff");
    for (size_t i = 0; i < json_array_size(staff); i++) {
        const json_t *const skills =
            json_object_get(json_array_get(staff, i), "skills");
        for (size_t k = 0; k < json_array_size(skills); k++)
            note_skill(in, names, json_array_get(skills, k));
    }
}

static void note_employee_skills(intake *in, name_vec *names,
                                 const json_t *one) {
    const json_t *const skills = json_object_get(one, "skills");
    for (size_t i = 0; i < json_array_size(skills); i++)
        note_skill(in, names,
                   json_object_get(json_array_get(skills, i), "skill"));
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Beyond the limit, which is a fault, all share the last index. */
static ctg_status map_skills(intake *in, const name_vec *names) {
    reader *const r = in->r;
    const char **const skills = ARENA_NEW(r->mem, const char *, SKILLS_MOST);
    int32_t n = 0;
    if (!skills)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < names->n; i++) {
        if (i > 0 && strcmp(names->at[i], names->at[i - 1]) == 0)
            continue;
        const int32_t index = n < SKILLS_MOST ? n : SKILLS_MOST - 1;
        if (n < SKILLS_MOST)
            skills[n] = reader_kept(r, arena_strdup(r->mem, names->at[i]));
        n++;
        if (idmap_put(r->tables, &in->skill_ids, names->at[i], index) < 0)
            return CTG_ERR_NOMEM;
    }
    if (n > SKILLS_MOST)
        reader_fault(r, FAULT_ERROR, "E-LIMIT", NULL,
                     "the file names %d skills, %d are the most. Maybe some "
                     "are spelt in two ways.",
                     (int)n, SKILLS_MOST);
    in->p->n_skills = n < SKILLS_MOST ? n : SKILLS_MOST;
    in->p->skills = skills;
    return reader_status(r);
}

ctg_status collect_skills(intake *in, const cursor *root) {
    name_vec names = {0};
    const json_t *const needs = json_object_get(root->at, "needs");
    const json_t *const structures = json_object_get(root->at, "structures");
    for (size_t i = 0; i < json_array_size(needs); i++)
        note_skill(in, &names,
                   json_object_get(json_array_get(needs, i), "skill"));
    for (size_t i = 0; i < json_array_size(structures); i++)
        note_staff_skills(in, &names, json_array_get(structures, i));
    const json_t *const employees = json_object_get(root->at, "employees");
    for (size_t i = 0; i < json_array_size(employees); i++)
        note_employee_skills(in, &names, json_array_get(employees, i));
    TRY(reader_status(in->r));
    if (names.n > 1)
        qsort((void *)names.at, (size_t)names.n, sizeof *names.at,
              compare_names);
    return map_skills(in, &names);
}

static int32_t take_weight(reader *r, const cursor *at, const char *name) {
    return (int32_t)take_int(r, at, name,
                             (int_rule){FILLED, 0, WEIGHT_MOST, 1000});
}

static void read_need(intake *in, const cursor *at, need *out) {
    static const char *const known[] = {"id", "skill", "equipped",
                                        "place_weight", "ratio_weight"};
    reader *const r = in->r;
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    out->skill = take_ref(r, at, "skill", OMITTED, &in->skill_ids, "skill");
    out->equipped = take_bool(r, at, "equipped", true);
    out->place_weight = take_weight(r, at, "place_weight");
    out->ratio_weight = take_weight(r, at, "ratio_weight");
    close_object(r);
}

ctg_status read_needs(intake *in, const cursor *root) {
    reader *const r = in->r;
    set items = open_set(r, root, "needs", FILLED, NEEDS_MOST, "id");
    need *const needs = ARENA_NEW(r->tables, need, items.items.n);
    if (!needs)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        read_need(in, &at, &needs[i]);
        set_leave(r, &items, i, needs[i].id);
    }
    close_set(r, &items);
    set_map(r, &items, &in->need_ids);
    in->p->n_needs = items.items.n;
    in->p->needs = SET_SORTED(r, &items, need, needs);
    return reader_status(r);
}

static int64_t take_limit(reader *r, const cursor *at) {
    return take_int(r, at, "limit", (int_rule){REQUIRED, 0, INTEGER_MOST, 0});
}

/* "limits": on a date the last one that covers it replaces `limit`. */
static void take_day_limits(intake *in, const cursor *of, int64_t *day_limit) {
    static const char *const known[] = {WINDOW_DAYS, "limit"};
    reader *const r = in->r;
    const list items = open_list(r, of, "limits", FILLED, WINDOWS_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        window when;
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        take_window(in, &at, TIMES_NONE, &when);
        const int64_t limit = take_limit(r, &at);
        for (int32_t day = 0; day_limit && day < in->p->n_days; day++)
            if (window_covers(in, &when, day))
                day_limit[day] = limit;
        close_object(r);
    }
    if (items.n > 0 && !day_limit)
        reader_fault(r, FAULT_ERROR, "E-VALUE", &items.at,
                     "\"limits\" are for a resource per date. Maybe \"per\" "
                     "is \"date\".");
    close_list(r, &items);
}

static ctg_status read_resource(intake *in, const cursor *at, resource *out) {
    static const char *const known[] = {"id", "limit", "per", "limits"};
    static const char *const periods[] = {"date", "week", "horizon"};
    reader *const r = in->r;
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    out->limit = take_limit(r, at);
    out->per = (resource_per)take_word(r, at, "per", REQUIRED,
                                       (words){COUNT(periods), periods}, 0);
    int64_t *day_limit = NULL;
    if (out->per == PER_DATE) {
        day_limit = ARENA_NEW(r->mem, int64_t, in->p->n_days);
        if (!day_limit)
            return CTG_ERR_NOMEM;
        for (int32_t day = 0; day < in->p->n_days; day++)
            day_limit[day] = out->limit;
    }
    take_day_limits(in, at, day_limit);
    out->day_limit = day_limit;
    close_object(r);
    return reader_status(r);
}

ctg_status read_resources(intake *in, const cursor *root) {
    reader *const r = in->r;
    set items = open_set(r, root, "resources", FILLED, RESOURCES_MOST, "id");
    resource *const all = ARENA_NEW(r->tables, resource, items.items.n);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        TRY(read_resource(in, &at, &all[i]));
        set_leave(r, &items, i, all[i].id);
    }
    close_set(r, &items);
    set_map(r, &items, &in->resource_ids);
    in->p->n_resources = items.items.n;
    in->p->resources = SET_SORTED(r, &items, resource, all);
    return reader_status(r);
}
