// SPDX-License-Identifier: GPL-3.0-or-later
/* Canonical text is one line without spaces, sets in the order of ids: element
 * k of the set is request k of the problem. */
#include "io/kept.h"

#include <assert.h>
#include <string.h>

#include "io/locate.h"

/* The end of the value that begins at `at`. */
static size_t skip_value(io_text text, size_t at) {
    int32_t depth = 0;
    do {
        const char c = text.at[at];
        if (c == '"') {
            at = scan_string(text, at);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        at++;
    } while (depth > 0 && at < text.n);
    return at;
}

/* Where the value of a member of the root begins; 0 when it is not there. */
static size_t find_member(io_text text, const char *name) {
    const size_t n = strlen(name);
    for (size_t at = 1; at < text.n && text.at[at] == '"';) {
        const size_t colon = scan_string(text, at);
        if (colon - at == n + 2 && memcmp(text.at + at + 1, name, n) == 0)
            return colon + 1;
        at = colon + 1;
        while (at < text.n && text.at[at] != ',' && text.at[at] != '}')
            at = text.at[at] == '"' || text.at[at] == '{' || text.at[at] == '['
                     ? skip_value(text, at)
                     : at + 1;
        at++;
    }
    return 0;
}

static io_text canonical_of(const problem *p) {
    return (io_text){p->canonical, p->canonical_bytes};
}

/* Places of the elements of the list that begins at `at`; its end. */
static size_t find_slices(slice *out, int32_t n, io_text text, size_t at) {
    at++; // [
    for (int32_t k = 0; k < n; k++) {
        const size_t end = skip_value(text, at);
        out[k] = (slice){at, end};
        at = end + 1; // , or ]
    }
    return n > 0 ? at : at + 1;
}

static char *with_nulls(size_t *bytes, io_text text, size_t begin, size_t end,
                        int32_t n, arena *mem) {
    const size_t most = text.n + 5 * (size_t)n + 3;
    char *const out = ARENA_NEW(mem, char, most);
    if (!out)
        return NULL;
    memcpy(out, text.at, begin);
    size_t at = begin;
    out[at++] = '[';
    for (int32_t k = 0; k < n; k++) {
        memcpy(out + at, k > 0 ? ",null" : "null", k > 0 ? 5 : 4);
        at += k > 0 ? 5 : 4;
    }
    out[at++] = ']';
    memcpy(out + at, text.at + end, text.n - end);
    *bytes = at + text.n - end;
    assert(*bytes <= most);
    return out;
}

json_t *kept_open(kept_requests *k, const problem *before, arena *mem) {
    const io_text text = canonical_of(before);
    const size_t begin = find_member(text, "requests");
    *k = (kept_requests){.before = before,
                         .slices =
                             ARENA_NEW(mem, slice, before->n_requests + 1)};
    if (!k->slices)
        return NULL;
    assert(begin > 0); // it has a default: the canonical text always has it
    size_t bytes = 0;
    const size_t end = find_slices(k->slices, before->n_requests, text, begin);
    char *const cut =
        with_nulls(&bytes, text, begin, end, before->n_requests, mem);
    json_t *const root = cut ? json_loadb(cut, bytes, 0, NULL) : NULL;
    k->set = json_object_get(root, "requests");
    return root;
}

json_t *kept_look(kept_requests *k, reader *r, int32_t place) {
    json_t *const there = json_array_get(k->set, (size_t)place);
    if (!json_is_null(there))
        return json_is_false(there) ? NULL : there;
    const slice *const its = &k->slices[place];
    json_t *const read = json_loadb(k->before->canonical + its->begin,
                                    its->end - its->begin, 0, NULL);
    if (!read || json_array_set_new(k->set, (size_t)place, read) != 0)
        r->no_memory = true;
    return read;
}

void kept_look_at_child(kept_requests *k, reader *r, const char *child_id) {
    const problem *const p = k->before;
    for (int32_t i = 0; k->set && i < p->n_requests; i++)
        if (strcmp(p->children[p->requests[i].child].id, child_id) == 0)
            kept_look(k, r, i);
}

int32_t kept_find(const kept_requests *k, const char *id) {
    return problem_find_request(k->before, id);
}

void kept_take_out(kept_requests *k, reader *r, int32_t place) {
    if (place >= k->before->n_requests)
        json_array_remove(k->set, (size_t)place);
    else if (json_array_set_new(k->set, (size_t)place, json_false()) != 0)
        r->no_memory = true;
}

/* Absences touch sessions, which are read again. */
static bool is_kept(const kept_requests *k, size_t i) {
    return i < (size_t)k->before->n_requests &&
           json_is_null(json_array_get(k->set, i)) &&
           !k->before->requests[i].has_absences;
}

void kept_close(kept_requests *k, reader *r, arena *mem) {
    const size_t n = json_array_size(k->set);
    json_t *const left = json_array();
    k->of = reader_kept(r, ARENA_NEW(mem, int32_t, n + 1));
    for (size_t i = 0, out = 0; left && k->of && i < n; i++) {
        if (json_is_false(json_array_get(k->set, i)))
            continue;
        const bool keeps = is_kept(k, i);
        k->of[out++] = keeps ? (int32_t)i : NONE;
        json_t *const one = keeps || i >= (size_t)k->before->n_requests
                                ? json_array_get(k->set, i)
                                : kept_look(k, r, (int32_t)i);
        r->no_memory |= json_array_append(left, one) != 0;
    }
    r->no_memory |= !left || json_array_clear(k->set) != 0 ||
                    json_array_extend(k->set, left) != 0;
    json_decref(left);
}

void kept_give_up(kept_requests *k, reader *r, arena *mem) {
    for (int32_t i = 0; k->set && i < k->before->n_requests; i++)
        kept_look(k, r, i);
    if (k->set)
        kept_close(k, r, mem);
    k->set = NULL;
    k->of = NULL;
}
