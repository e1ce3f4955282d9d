// SPDX-License-Identifier: GPL-3.0-or-later
/* Changes about structures, derogations and the problem as a whole. */
#include "io/edit.h"

static json_t *find_structure(editing *e, const cursor *at) {
    return edit_find(e, at, "structure", "structures", "id", NULL);
}

void edit_structure_changed(editing *e, const cursor *at) {
    json_t *const structure = find_structure(e, at);
    if (structure)
        edit_touched(e, structure, at);
    edit_merge(e, structure, at);
}

/* A member that the format requires there and a change may leave out. */
static void fill(editing *e, json_t *window, const char *name,
                 const char *value) {
    if (window && !json_object_get(window, name) &&
        json_object_set_new(window, name, json_string(value)) != 0)
        e->r->no_memory = true;
}

/* The last modulation that covers an instant counts. */
void edit_capacity(editing *e, const cursor *at) {
    json_t *const structure = find_structure(e, at);
    json_t *const window = structure ? edit_window(e, at) : NULL;
    if (!window)
        return;
    fill(e, window, "begin", "00:00");
    fill(e, window, "end", "24:00");
    edit_copy(e, window, "places", at, "places");
    edit_append(e, structure, "modulation", window, at);
}

void edit_hours(editing *e, const cursor *at) {
    json_t *const structure = find_structure(e, at);
    json_t *const exceptions = json_object_get(structure, "exceptions");
    const json_t *const date = json_object_get(at->at, "date");
    for (size_t i = json_array_size(exceptions); i-- > 0;)
        if (json_equal(json_object_get(json_array_get(exceptions, i), "date"),
                       date))
            json_array_remove(exceptions, i);
    json_t *const made = json_object();
    if (!reader_kept(e->r, made) || !structure) {
        json_decref(made);
        return;
    }
    edit_copy(e, made, "date", at, "date");
    edit_copy(e, made, "hours", at, "hours");
    edit_append(e, structure, "exceptions", made, at);
}

void edit_closed(editing *e, const cursor *at) {
    json_t *const structure = find_structure(e, at);
    json_t *const window = structure ? edit_window(e, at) : NULL;
    if (window)
        edit_append(e, structure, "closures", window, at);
}

/* Counted staff, who are no employees. */
void edit_staff_added(editing *e, const cursor *at) {
    static const char *const members[] = {"category", "count", "skills"};
    json_t *const structure = find_structure(e, at);
    json_t *const window = structure ? edit_window(e, at) : NULL;
    for (int32_t i = 0; window && i < COUNT(members); i++)
        edit_copy(e, window, members[i], at, members[i]);
    if (window)
        edit_append(e, structure, "staff", window, at);
}

void edit_derogation_given(editing *e, const cursor *at) {
    edit_add(e, at, "derogation", "derogations");
}

void edit_derogation_lifted(editing *e, const cursor *at) {
    int32_t place = -1;
    if (edit_find(e, at, "derogation", "derogations", "id", &place))
        edit_take_out(e, "derogations", place);
}

void edit_problem_changed(editing *e, const cursor *at) {
    edit_merge(e, e->root, at);
}
