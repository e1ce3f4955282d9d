// SPDX-License-Identifier: GPL-3.0-or-later
/* Changes about requests and children. */
#include <string.h>

#include "io/edit.h"

static json_t *find_request(editing *e, const cursor *at) {
    return edit_find(e, at, "request", "requests", "id", NULL);
}

static json_t *find_child(editing *e, const cursor *at) {
    return edit_find(e, at, "child", "children", "id", NULL);
}

/* What a child is decides where its requests can be. */
static void look_at_requests(editing *e, const cursor *at) {
    const char *const id = json_string_value(json_object_get(at->at, "child"));
    if (id)
        kept_look_at_child(&e->kept, e->r, id);
}

static json_t *add_request(editing *e, const cursor *at) {
    if (cursor_has(at, "child"))
        edit_add(e, at, "child", "children");
    return edit_add(e, at, "request", "requests");
}

void edit_request_added(editing *e, const cursor *at) { add_request(e, at); }

/* A place that was promised has to be there. */
void edit_booked(editing *e, const cursor *at) {
    json_t *const made = add_request(e, at);
    if (made && json_object_set_new(made, "mandatory", json_true()) != 0)
        e->r->no_memory = true;
}

void edit_request_changed(editing *e, const cursor *at) {
    json_t *const request = find_request(e, at);
    if (request)
        edit_touched(e, request, at);
    edit_merge(e, request, at);
}

/* Out of its sibling group; one alone is no group. */
static void leave_siblings(editing *e, const char *id) {
    json_t *const groups = json_object_get(e->root, "siblings");
    for (size_t g = json_array_size(groups); g-- > 0;) {
        json_t *const members =
            json_object_get(json_array_get(groups, g), "requests");
        for (size_t i = json_array_size(members); i-- > 0;)
            if (strcmp(json_string_value(json_array_get(members, i)), id) == 0)
                json_array_remove(members, i);
        if (json_array_size(members) < 2)
            json_array_remove(groups, g);
    }
}

static void withdraw(editing *e, const cursor *at) {
    int32_t place = -1;
    const json_t *const request =
        edit_find(e, at, "request", "requests", "id", &place);
    const char *const id =
        json_string_value(json_object_get(at->at, "request"));
    if (!request)
        return;
    edit_take_out(e, "requests", place);
    edit_drop(e, "pins", "request", id);
    leave_siblings(e, id);
}

void edit_request_withdrawn(editing *e, const cursor *at) { withdraw(e, at); }

static void add_absence(editing *e, json_t *request, const cursor *at) {
    edit_append(e, request, "absent", edit_window(e, at), at);
}

/* Without a time: for good. */
void edit_cancelled(editing *e, const cursor *at) {
    if (json_object_size(at->at) <= 2) { // op and request
        withdraw(e, at);
        return;
    }
    json_t *const request = find_request(e, at);
    if (request)
        add_absence(e, request, at);
}

void edit_pinned(editing *e, const cursor *at) {
    static const char *const members[] = {"request", "option", "structure",
                                          "waiting", "author", "reason"};
    if (!find_request(e, at))
        return;
    edit_drop(e, "pins", "request",
              json_string_value(json_object_get(at->at, "request")));
    json_t *const pins = edit_set(e, "pins");
    json_t *const pin = json_object();
    for (int32_t i = 0; pin && i < COUNT(members); i++)
        edit_copy(e, pin, members[i], at, members[i]);
    if (!pins)
        json_decref(pin);
    if (!pin || !pins || json_array_append_new(pins, pin) != 0)
        e->r->no_memory = true;
    else
        edit_origin(e, pin, at);
}

void edit_unpinned(editing *e, const cursor *at) {
    if (edit_find(e, at, "request", "pins", "request", NULL))
        edit_drop(e, "pins", "request",
                  json_string_value(json_object_get(at->at, "request")));
}

void edit_child_changed(editing *e, const cursor *at) {
    json_t *const child = find_child(e, at);
    if (child)
        edit_touched(e, child, at);
    look_at_requests(e, at);
    edit_merge(e, child, at);
}

/* Every request of the child. */
static void add_absences(editing *e, const cursor *at, json_t *window) {
    const json_t *const id = json_object_get(at->at, "child");
    look_at_requests(e, at);
    const json_t *const requests = json_object_get(e->root, "requests");
    size_t i;
    json_t *request;
    json_array_foreach(requests, i, request) {
        if (json_equal(json_object_get(request, "child"), id))
            edit_append(e, request, "absent", json_deep_copy(window), at);
    }
    json_decref(window);
}

void edit_child_absent(editing *e, const cursor *at) {
    if (find_child(e, at))
        add_absences(e, at, edit_window(e, at));
}

void edit_child_late(editing *e, const cursor *at) {
    const json_t *const date = json_object_get(at->at, "date");
    const json_t *const until = json_object_get(at->at, "until");
    take_date(e->r, at, "date", REQUIRED, 0);
    take_time(e->r, at, "until", REQUIRED, 0);
    if (!find_child(e, at) || e->r->faults->n_errors > 0)
        return;
    json_t *const window = json_pack("{s:[O],s:s,s:O}", "dates", date, "begin",
                                     "00:00", "end", until);
    if (reader_kept(e->r, window))
        add_absences(e, at, window);
}

void edit_child_walks(editing *e, const cursor *at) {
    json_t *const child = find_child(e, at);
    look_at_requests(e, at);
    take_date(e->r, at, "from", REQUIRED, 0);
    edit_copy(e, child, "walk_from", at, "from");
}
