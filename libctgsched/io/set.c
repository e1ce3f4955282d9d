// SPDX-License-Identifier: GPL-3.0-or-later
/* Lists and sets. The echo of a set is written in the order of the file and
 * put into the order of the keys afterwards: the pieces only change places. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "io/reader.h"

list open_list(reader *r, const cursor *of, const char *name, absence if_none,
               int32_t most) {
    list items = {.at = cursor_member(of, name)};
    if (!items.at.at && if_none == REQUIRED)
        reader_fault(r, FAULT_ERROR, "E-MISSING", of,
                     "member \"%s\" is missing. Maybe add \"%s\": [...].", name,
                     name);
    else if (items.at.at && !json_is_array(items.at.at))
        reader_fault(r, FAULT_ERROR, "E-TYPE", &items.at,
                     "this is not a list. Maybe [...] is missing.");
    else if (json_array_size(items.at.at) > (size_t)most)
        reader_fault(r, FAULT_ERROR, "E-LIMIT", &items.at,
                     "%zu elements are more than the limit of %d. Maybe split "
                     "the problem.",
                     json_array_size(items.at.at), (int)most);
    else
        items.n = (int32_t)json_array_size(items.at.at);
    items.is_echoed = items.at.at || if_none == FILLED;
    if (items.is_echoed) {
        echo_name(r, name);
        echo_raw(r, "[");
    }
    return items;
}

void close_list(reader *r, const list *items) {
    if (items->is_echoed)
        text_puts(r->echo, "]");
}

set open_set(reader *r, const cursor *of, const char *name, absence if_none,
             int32_t most, const char *key_name) {
    set s = {.items = open_list(r, of, name, if_none, most),
             .key_name = key_name,
             .echo_begin = r->echo->n};
    s.entries = reader_kept(r, ARENA_NEW(r->tables, set_entry, s.items.n));
    if (!s.entries)
        s.items.n = 0;
    return s;
}

void set_enter(reader *r, set *s, int32_t index) {
    if (index > 0)
        text_puts(r->echo, ",");
    s->entries[index] = (set_entry){"", index, r->echo->n, r->echo->n};
}

void set_leave(reader *r, set *s, int32_t index, const char *key) {
    s->entries[index].key = key ? key : "";
    s->entries[index].end = r->echo->n;
}

/* By key; equal keys (a fault) by place, so that the later one is named. */
static int compare_entries(const void *left, const void *right) {
    const set_entry *const a = left, *const b = right;
    const int order = strcmp(a->key, b->key);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static void fault_duplicates(reader *r, const set *s) {
    for (int32_t i = 1; i < s->items.n; i++) {
        const set_entry *const e = &s->entries[i];
        if (e->key[0] == '\0' || strcmp(e->key, e[-1].key) != 0)
            continue;
        const cursor element = cursor_element(&s->items.at, e->index);
        const cursor at = cursor_member(&element, s->key_name);
        char name[SHOWN];
        shown(name, e->key);
        name[strcspn(name, " ")] = '\0'; /* no date of a rule's version */
        reader_fault(r, FAULT_ERROR, "E-DUPLICATE", &at,
                     "\"%s\" is there twice. Maybe one of them is a copy.",
                     name);
    }
}

static bool is_sorted(const set *s) {
    for (int32_t i = 1; i < s->items.n; i++)
        if (compare_entries(&s->entries[i - 1], &s->entries[i]) > 0)
            return false;
    return true;
}

/* Puts the pieces of echo in order; their commas keep the total length. */
static void reorder_echo(reader *r, const set *s) {
    const size_t length = r->echo->n - s->echo_begin;
    const arena_mark mark = arena_here(r->scratch);
    char *const copy = reader_kept(r, ARENA_NEW(r->scratch, char, length));
    if (!copy)
        return;
    char *const echo = r->echo->at;
    size_t n = 0;
    for (int32_t i = 0; i < s->items.n; i++) {
        const set_entry *const e = &s->entries[i];
        if (i > 0)
            copy[n++] = ',';
        memcpy(copy + n, echo + e->begin, e->end - e->begin);
        n += e->end - e->begin;
    }
    assert(n == length);
    memcpy(echo + s->echo_begin, copy, length);
    arena_rewind(r->scratch, mark);
}

void close_set(reader *r, set *s) {
    const bool was_sorted = is_sorted(s);
    if (!was_sorted)
        qsort(s->entries, (size_t)s->items.n, sizeof *s->entries,
              compare_entries);
    fault_duplicates(r, s);
    if (!was_sorted && !r->echo->failed)
        reorder_echo(r, s);
    close_list(r, &s->items);
}

void *set_sorted(reader *r, const set *s, const void *records, size_t size,
                 size_t align) {
    char *const sorted =
        reader_kept(r, arena_alloc(r->mem, (size_t)s->items.n, size, align));
    for (int32_t i = 0; sorted && i < s->items.n; i++)
        memcpy(sorted + (size_t)i * size,
               (const char *)records + (size_t)s->entries[i].index * size,
               size);
    return sorted;
}

void set_map(reader *r, const set *s, idmap *map) {
    for (int32_t i = 0; i < s->items.n; i++)
        if (s->entries[i].key[0] != '\0' &&
            idmap_put(r->tables, map, s->entries[i].key, i) < 0)
            r->no_memory = true;
}

static int compare_texts(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int compare_ints(const void *left, const void *right) {
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

static void fault_twice(reader *r, const list *items, const char *value) {
    char name[SHOWN];
    reader_fault(r, FAULT_ERROR, "E-DUPLICATE", &items->at,
                 "\"%s\" is in the list twice. Maybe one of them is a copy.",
                 shown(name, value));
}

id_list take_id_set(reader *r, const cursor *of, const char *name,
                    absence if_none, int32_t most) {
    const list items = open_list(r, of, name, if_none, most);
    id_list out = {.at = ARENA_NEW(r->mem, const char *, items.n)};
    reader_kept(r, (void *)out.at);
    for (int32_t i = 0; out.at && i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        const char *const id = value_id(r, &at);
        if (id)
            out.at[out.n++] = id;
    }
    if (out.n > 1)
        qsort((void *)out.at, (size_t)out.n, sizeof *out.at, compare_texts);
    for (int32_t i = 0; i < out.n; i++) {
        if (i > 0 && strcmp(out.at[i], out.at[i - 1]) == 0)
            fault_twice(r, &items, out.at[i]);
        echo_string(r, out.at[i]);
    }
    close_list(r, &items);
    return out;
}

/* Sorted indices echo as sorted ids, because the map's set is sorted. */
int_list take_ref_set(reader *r, const cursor *of, const char *name,
                      absence if_none, int32_t most, const idmap *map,
                      const char *what) {
    const list items = open_list(r, of, name, if_none, most);
    int_list out = {.at = ARENA_NEW(r->mem, int32_t, items.n)};
    const arena_mark mark = arena_here(r->scratch);
    const char **const ids = ARENA_NEW(r->scratch, const char *, items.n);
    reader_kept(r, out.at);
    reader_kept(r, (void *)ids);
    for (int32_t i = 0; out.at && ids && i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        const int32_t index = value_ref(r, &at, map, what);
        if (index < 0)
            continue;
        ids[out.n] = json_string_value(at.at);
        out.at[out.n++] = index;
    }
    if (out.n > 1) {
        qsort(out.at, (size_t)out.n, sizeof *out.at, compare_ints);
        qsort((void *)ids, (size_t)out.n, sizeof *ids, compare_texts);
    }
    for (int32_t i = 0; i < out.n; i++) {
        if (i > 0 && out.at[i] == out.at[i - 1])
            fault_twice(r, &items, ids[i]);
        echo_string(r, ids[i]);
    }
    arena_rewind(r->scratch, mark);
    close_list(r, &items);
    return out;
}

int_list take_date_set(reader *r, const cursor *of, const char *name,
                       absence if_none, int32_t most) {
    const list items = open_list(r, of, name, if_none, most);
    int_list out = {.at = ARENA_NEW(r->tables, int32_t, items.n)};
    reader_kept(r, out.at);
    for (int32_t i = 0; out.at && i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        const int32_t date = value_date(r, &at, CIVIL_NONE);
        if (date != CIVIL_NONE)
            out.at[out.n++] = date;
    }
    if (out.n > 1)
        qsort(out.at, (size_t)out.n, sizeof *out.at, compare_ints);
    for (int32_t i = 0; i < out.n; i++) {
        char print[CIVIL_TEXT];
        civil_print(out.at[i], print);
        if (i > 0 && out.at[i] == out.at[i - 1])
            fault_twice(r, &items, print);
        echo_string(r, print);
    }
    close_list(r, &items);
    return out;
}

uint32_t take_word_set(reader *r, const cursor *of, const char *name,
                       absence if_none, words allowed, uint32_t fallback) {
    const list items = open_list(r, of, name, if_none, allowed.n);
    uint32_t bits = items.at.at ? 0 : fallback;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        const int32_t word = value_word(r, &at, allowed);
        if (word >= 0 && bits >> word & 1)
            fault_twice(r, &items, allowed.at[word]);
        if (word >= 0)
            bits |= (uint32_t)1 << word;
    }
    for (int32_t i = 0; items.is_echoed && i < allowed.n; i++)
        if (bits >> i & 1)
            echo_string(r, allowed.at[i]);
    close_list(r, &items);
    return bits;
}
