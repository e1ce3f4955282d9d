// SPDX-License-Identifier: GPL-3.0-or-later
/* Typed reading of a JSON tree: a cursor that knows its JSON Pointer, takes
 * that check type, range and spelling, and the canonical echo.
 *
 * Reading and echoing are one act: every take writes the member it took, or
 * the default it filled in, to `echo`. A reader that takes the members in the
 * order of doc/format.md therefore prints the canonical form (format.md 10)
 * as it goes. Faults are collected, never fatal: a take that failed returns
 * its fallback. Without memory `no_memory` is set and nothing more is kept. */
#ifndef CTGSCHED_IO_READER_H
#define CTGSCHED_IO_READER_H

#include <jansson.h>

#include "base/error.h"
#include "base/idmap.h"
#include "base/text.h"

#define COUNT(table) ((int32_t)(sizeof(table) / sizeof((table)[0])))

typedef struct reader {
    arena *mem;     /* what is read lives here */
    arena *tables;  /* maps and lists, as long as the reading lasts */
    arena *scratch; /* marked and rewound by whoever uses it */
    text *echo;     /* the canonical form of what is read now */
    fault_list *faults;
    struct stream *stream; /* elements that are not parsed yet, NULL */
    bool no_memory;
} reader;

typedef struct cursor {
    const struct cursor *up; /* NULL: the root */
    const char *name;        /* member of `up`, NULL for an element */
    int32_t index;           /* element of `up` */
    json_t *at;              /* NULL: absent */
} cursor;

/* What an absent member means. */
typedef enum absence {
    REQUIRED, /* E-MISSING */
    FILLED,   /* the fallback, which is echoed */
    OMITTED   /* the fallback, and nothing is echoed */
} absence;

cursor cursor_root(json_t *root);
cursor cursor_member(const cursor *of, const char *name);
cursor cursor_element(const cursor *of, int32_t index);
bool cursor_has(const cursor *of, const char *name);
/* The JSON Pointer of what is under the cursor. */
void cursor_pointer(text *out, const cursor *at);

void reader_fault(reader *r, fault_severity severity, const char *code,
                  const cursor *at, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* NULL-tolerant: remembers that an allocation gave nothing. */
void *reader_kept(reader *r, void *block);
ctg_status reader_status(const reader *r); /* CTG_OK or CTG_ERR_NOMEM */

/* A short printable form of any text, for messages. */
enum { SHOWN = 48 };
const char *shown(char out[SHOWN], const char *value);

/* Echo by hand, for what no take writes. */
void echo_name(reader *r, const char *name);
void echo_raw(reader *r, const char *json);
void echo_string(reader *r, const char *value);
void echo_int(reader *r, int64_t value);
void echo_member_int(reader *r, const char *name, int64_t value);
void echo_member_string(reader *r, const char *name, const char *value);

/* True when the value is an object; then "{" is echoed, unknown members are
 * faults, and the caller ends with close_object. */
bool open_object(reader *r, const cursor *at, const char *const *known,
                 int32_t n_known);
void close_object(reader *r);
/* A member that is an object: echoes its name too. False when it is absent or
 * not an object. */
bool open_member(reader *r, const cursor *of, const char *name, absence if_none,
                 const char *const *known, int32_t n_known, cursor *out);

typedef struct int_rule {
    absence if_none;
    int64_t least, most, fallback;
} int_rule;
int64_t take_int(reader *r, const cursor *of, const char *name, int_rule ask);
bool take_bool(reader *r, const cursor *of, const char *name, bool fallback);
/* In `r->mem`; NULL when absent without fallback, or faulty. */
const char *take_id(reader *r, const cursor *of, const char *name,
                    absence if_none, const char *fallback);
const char *take_text(reader *r, const cursor *of, const char *name,
                      absence if_none, const char *fallback);
int32_t take_date(reader *r, const cursor *of, const char *name,
                  absence if_none, int32_t fallback);
int32_t take_time(reader *r, const cursor *of, const char *name,
                  absence if_none, int32_t fallback);
/* Index into `words`. */
typedef struct words {
    int32_t n;
    const char *const *at;
} words;
int32_t take_word(reader *r, const cursor *of, const char *name,
                  absence if_none, words allowed, int32_t fallback);
/* Index of the id in `map`, -1 when absent or faulty; `what` names the set. */
int32_t take_ref(reader *r, const cursor *of, const char *name, absence if_none,
                 const idmap *map, const char *what);

/* E-SCHEMA unless the member "schema" is `name`; no echo. */
void check_schema(reader *r, const cursor *root, const char *name);

/* The value under the cursor itself, for elements of lists; no echo. */
const char *value_id(reader *r, const cursor *at);
int32_t value_date(reader *r, const cursor *at, int32_t fallback);
int32_t value_word(reader *r, const cursor *at, words allowed);
int32_t value_ref(reader *r, const cursor *at, const idmap *map,
                  const char *what);
int64_t value_int(reader *r, const cursor *at, int64_t least, int64_t most,
                  int64_t fallback);

/* A faulty order of two dates or times. */
void fault_interval(reader *r, const cursor *of, const char *begin,
                    const char *end);

/* An ordered list: "name":[ is echoed, elements echo themselves. `n` is 0 when
 * it is absent, not an array or longer than `most` (E-LIMIT). */
typedef struct list {
    cursor at;
    int32_t n;
    bool is_echoed;
} list;
list open_list(reader *r, const cursor *of, const char *name, absence if_none,
               int32_t most);
void close_list(reader *r, const list *items);

/* A set of objects: elements are read in the order of the file, then sorted by
 * key, and so is their echo. */
typedef struct set_entry {
    const char *key;   /* "" when faulty */
    int32_t index;     /* in the file */
    size_t begin, end; /* of its echo */
} set_entry;
typedef struct set {
    list items;
    set_entry *entries; /* [items.n]; sorted by close_set */
    size_t echo_begin;
    const char *key_name; /* member that holds the key */
} set;
set open_set(reader *r, const cursor *of, const char *name, absence if_none,
             int32_t most, const char *key_name);
void set_enter(reader *r, set *s, int32_t index);
void set_leave(reader *r, set *s, int32_t index, const char *key);
void close_set(reader *r, set *s);
/* A copy in `r->mem` of `records` [n] in the order of the keys. */
void *set_sorted(reader *r, const set *s, const void *records, size_t size,
                 size_t align);
#define SET_SORTED(r, s, type, records)                                        \
    ((type *)set_sorted((r), (s), (records), sizeof(type), alignof(type)))
/* Adds key -> place in the sorted order. */
void set_map(reader *r, const set *s, idmap *map);

/* A set of texts in one list: ids, rising, in `r->mem`; duplicates are faults.
 * With a map: indices, rising. */
typedef struct id_list {
    int32_t n;
    const char **at;
} id_list;
id_list take_id_set(reader *r, const cursor *of, const char *name,
                    absence if_none, int32_t most);
typedef struct int_list {
    int32_t n;
    int32_t *at;
} int_list;
int_list take_ref_set(reader *r, const cursor *of, const char *name,
                      absence if_none, int32_t most, const idmap *map,
                      const char *what);
/* In `r->tables`. */
int_list take_date_set(reader *r, const cursor *of, const char *name,
                       absence if_none, int32_t most);
/* Bit per word; `fallback` when absent. */
uint32_t take_word_set(reader *r, const cursor *of, const char *name,
                       absence if_none, words allowed, uint32_t fallback);

#endif
