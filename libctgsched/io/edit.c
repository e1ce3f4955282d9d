// SPDX-License-Identifier: GPL-3.0-or-later
/* What every change is made of: finding, adding, merging, dropping. */
#include "io/edit.h"

#include <stdlib.h>
#include <string.h>

static const char *const window_members[] = {"days", "dates", "week",  "first",
                                             "last", "in",    "begin", "end"};

/* Jansson gave nothing. */
static json_t *kept(editing *e, json_t *value) {
    e->r->no_memory |= !value;
    return value;
}

/* --- origins
 * ----------------------------------------------------------------------
 */

static void add_origin(editing *e, const json_t *part, const cursor *from,
                       bool has_parts) {
    if (e->n == e->room) {
        const int32_t room = e->room ? 2 * e->room : 32;
        origin *const at =
            arena_grow(e->mem, e->at, (size_t)e->room, (size_t)room,
                       sizeof(origin), alignof(origin));
        if (!reader_kept(e->r, at))
            return;
        e->at = at;
        e->room = room;
    }
    text pointer = {.mem = e->mem};
    cursor_pointer(&pointer, from);
    e->r->no_memory |= pointer.failed;
    e->at[e->n++] = (origin){part, pointer.at ? pointer.at : "", has_parts};
}

void edit_origin(editing *e, const json_t *part, const cursor *from) {
    add_origin(e, part, from, true);
}

void edit_touched(editing *e, const json_t *part, const cursor *from) {
    add_origin(e, part, from, false);
}

static const origin *origin_of(const editing *e, const json_t *part) {
    for (int32_t i = e->n - 1; i >= 0; i--)
        if (e->at[i].part == part)
            return &e->at[i];
    return NULL;
}

/* The value one token further down; the token is unescaped into `token`. */
static json_t *step_down(json_t *at, const char *from, size_t n, char *token) {
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const bool is_escape = from[i] == '~' && i + 1 < n;
        token[k++] = is_escape ? (from[++i] == '1' ? '/' : '~') : from[i];
    }
    token[k] = '\0';
    if (json_is_array(at))
        return json_array_get(at, (size_t)strtoul(token, NULL, 10));
    return json_object_get(at, token);
}

/* Above every file of the format: names are at most 98 bytes (format.md 4.4),
 * members of the changes are ours. */
enum { TOKEN_MOST = 1024 };

bool edit_trace(const editing *e, const char *pointer, text *out) {
    json_t *at = e->root;
    const origin *found = NULL;
    const char *rest = pointer;
    char token[TOKEN_MOST];
    for (const char *from = pointer; *from == '/' && at;) {
        const size_t n = strcspn(++from, "/");
        at = n < TOKEN_MOST ? step_down(at, from, n, token) : NULL;
        from += n;
        const origin *const here = at ? origin_of(e, at) : NULL;
        if (here) {
            found = here;
            rest = from;
        }
    }
    if (!found)
        return false;
    text_puts(out, found->pointer);
    if (found->has_parts)
        text_puts(out, rest);
    return true;
}

/* --- finding
 * ----------------------------------------------------------------------
 */

json_t *edit_set(editing *e, const char *set) {
    json_t *const there = json_object_get(e->root, set);
    if (there)
        return there;
    json_t *const made = kept(e, json_array());
    if (made && json_object_set_new(e->root, set, made) != 0)
        e->r->no_memory = true;
    return json_object_get(e->root, set);
}

static int32_t place_from(const json_t *among, const char *key, const char *id,
                          size_t first) {
    for (size_t i = first; i < json_array_size(among); i++) {
        const char *const its =
            json_string_value(json_object_get(json_array_get(among, i), key));
        if (its && strcmp(its, id) == 0)
            return (int32_t)i;
    }
    return -1;
}

static bool is_kept(const editing *e, const json_t *among) {
    return among && among == e->kept.set;
}

static json_t *find_in(editing *e, json_t *among, const char *key,
                       const char *id, int32_t *place) {
    const bool keeps = is_kept(e, among);
    const size_t n_before = keeps ? (size_t)e->kept.before->n_requests : 0;
    *place = place_from(among, key, id, n_before);
    if (*place >= 0)
        return json_array_get(among, (size_t)*place);
    const int32_t was = keeps ? kept_find(&e->kept, id) : -1;
    json_t *const found = was < 0 ? NULL : kept_look(&e->kept, e->r, was);
    *place = found ? was : -1;
    return found;
}

void edit_take_out(editing *e, const char *set, int32_t place) {
    json_t *const among = json_object_get(e->root, set);
    if (is_kept(e, among))
        kept_take_out(&e->kept, e->r, place);
    else
        json_array_remove(among, (size_t)place);
}

static void fault_unknown(editing *e, const cursor *at, const char *set,
                          const char *id) {
    char name[SHOWN];
    reader_fault(e->r, FAULT_ERROR, "E-REF", at,
                 "there is no \"%s\" among the %s. Maybe another change or "
                 "version of the problem came between.",
                 shown(name, id), set);
}

json_t *edit_find(editing *e, const cursor *at, const char *member,
                  const char *set, const char *key, int32_t *place) {
    const cursor where = cursor_member(at, member);
    const char *const id = take_id(e->r, at, member, REQUIRED, NULL);
    int32_t at_place = -1;
    json_t *const found =
        id ? find_in(e, json_object_get(e->root, set), key, id, &at_place)
           : NULL;
    if (place)
        *place = at_place;
    if (id && !found)
        fault_unknown(e, &where, set, id);
    return found;
}

/* --- editing
 * ----------------------------------------------------------------------
 */

json_t *edit_add(editing *e, const cursor *at, const char *member,
                 const char *set) {
    const cursor from = cursor_member(at, member);
    json_t *const among = edit_set(e, set);
    if (!from.at || !json_is_object(from.at)) {
        reader_fault(e->r, FAULT_ERROR, from.at ? "E-TYPE" : "E-MISSING",
                     from.at ? &from : at,
                     "the change has no object \"%s\". Maybe write it as in a "
                     "problem.",
                     member);
        return NULL;
    }
    json_t *const made = kept(e, json_deep_copy(from.at));
    if (!among)
        json_decref(made);
    if (!made || !among || json_array_append_new(among, made) != 0) {
        e->r->no_memory = true;
        return NULL;
    }
    edit_origin(e, made, &from);
    return made;
}

void edit_append(editing *e, json_t *object, const char *name, json_t *element,
                 const cursor *from) {
    json_t *among = json_object_get(object, name);
    if (!among) {
        json_t *const made = kept(e, json_array());
        if (made && json_object_set_new(object, name, made) != 0)
            e->r->no_memory = true;
        among = json_object_get(object, name);
    }
    /* Jansson lets go of an element that it cannot take. */
    if (!among)
        json_decref(element);
    if (!element || !among || json_array_append_new(among, element) != 0)
        e->r->no_memory = true;
    else
        edit_origin(e, element, from);
}

static void set_member(editing *e, json_t *object, const char *name,
                       const cursor *from) {
    json_t *const copy = kept(e, json_deep_copy(from->at));
    if (!copy || json_object_set_new(object, name, copy) != 0)
        e->r->no_memory = true;
    else
        edit_origin(e, copy, from);
}

static void lay_over(editing *e, json_t *object, const cursor *patch) {
    const char *name;
    json_t *value;
    json_object_foreach(patch->at, name, value) {
        const cursor at = cursor_member(patch, name);
        json_t *const there = json_object_get(object, name);
        if (json_is_null(value))
            json_object_del(object, name);
        else if (json_is_object(value) && json_is_object(there))
            lay_over(e, there, &at);
        else
            set_member(e, object, name, &at);
    }
}

void edit_merge(editing *e, json_t *object, const cursor *at) {
    const cursor patch = cursor_member(at, "set");
    if (!json_is_object(patch.at))
        reader_fault(e->r, FAULT_ERROR, patch.at ? "E-TYPE" : "E-MISSING",
                     patch.at ? &patch : at,
                     "\"set\" is not given as an object. Maybe write the "
                     "members to change: \"set\": {...}.");
    else if (object)
        lay_over(e, object, &patch);
}

void edit_copy(editing *e, json_t *object, const char *name, const cursor *at,
               const char *member) {
    const cursor from = cursor_member(at, member);
    if (object && from.at)
        set_member(e, object, name, &from);
}

json_t *edit_window(editing *e, const cursor *at) {
    json_t *const made = kept(e, json_object());
    for (int32_t i = 0; made && i < COUNT(window_members); i++)
        edit_copy(e, made, window_members[i], at, window_members[i]);
    return made;
}

void edit_drop(editing *e, const char *set, const char *key, const char *id) {
    json_t *const among = json_object_get(e->root, set);
    for (int32_t i = 0; (i = place_from(among, key, id, 0)) >= 0;)
        json_array_remove(among, (size_t)i);
}
