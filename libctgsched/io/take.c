// SPDX-License-Identifier: GPL-3.0-or-later
/* Scalars: type first, then spelling, then range. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/civil.h"
#include "io/io.h"
#include "io/reader.h"

enum { ID_MOST = 64, NEAR_AMONG = 4096 };

/* The member, or E-MISSING. */
static cursor asked(reader *r, const cursor *of, const char *name,
                    absence if_none) {
    const cursor at = cursor_member(of, name);
    if (!at.at && if_none == REQUIRED)
        reader_fault(r, FAULT_ERROR, "E-MISSING", of,
                     "member \"%s\" is missing. Maybe add it.", name);
    return at;
}

static void fault_type(reader *r, const cursor *at, const char *wanted,
                       const char *advice) {
    reader_fault(r, FAULT_ERROR, "E-TYPE", at, "this is not %s. Maybe %s.",
                 wanted, advice);
}

void check_schema(reader *r, const cursor *root, const char *name) {
    const cursor at = cursor_member(root, "schema");
    const char *const value = json_string_value(at.at);
    char given[SHOWN];
    if (!value)
        reader_fault(r, FAULT_ERROR, "E-SCHEMA", at.at ? &at : root,
                     "\"schema\" is not given as a text. Maybe add \"schema\": "
                     "\"%s\".",
                     name);
    else if (strcmp(value, name) != 0)
        reader_fault(r, FAULT_ERROR, "E-SCHEMA", &at,
                     "\"schema\" is \"%s\" and not \"%s\". Maybe this is "
                     "another kind of file.",
                     shown(given, value), name);
}

int64_t value_int(reader *r, const cursor *at, int64_t least, int64_t most,
                  int64_t fallback) {
    if (!json_is_integer(at->at)) {
        fault_type(r, at, "an integer", "write it without quotes and point");
        return fallback;
    }
    const int64_t value = json_integer_value(at->at);
    if (value >= least && value <= most)
        return value;
    reader_fault(r, FAULT_ERROR, "E-RANGE", at,
                 "%" PRId64 " is outside %" PRId64 " to %" PRId64
                 ". Maybe the unit is another one.",
                 value, least, most);
    return fallback;
}

int64_t take_int(reader *r, const cursor *of, const char *name, int_rule ask) {
    const cursor at = asked(r, of, name, ask.if_none);
    int64_t value = ask.fallback;
    if (at.at)
        value = value_int(r, &at, ask.least, ask.most, ask.fallback);
    if (at.at || ask.if_none == FILLED)
        echo_member_int(r, name, value);
    return value;
}

bool take_bool(reader *r, const cursor *of, const char *name, bool fallback) {
    const cursor at = cursor_member(of, name);
    if (at.at && !json_is_boolean(at.at))
        fault_type(r, &at, "true or false", "write it without quotes");
    const bool value = json_is_boolean(at.at) ? json_is_true(at.at) : fallback;
    echo_name(r, name);
    echo_raw(r, value ? "true" : "false");
    return value;
}

static const char *value_text(reader *r, const cursor *at) {
    if (json_is_string(at->at))
        return json_string_value(at->at);
    fault_type(r, at, "a text", "write it between quotes");
    return NULL;
}

static bool is_id(const char *id) {
    const size_t n = strlen(id);
    const size_t good = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz0123456789._:-");
    return n >= 1 && n <= ID_MOST && good == n;
}

/* Borrowed from the tree. */
static const char *checked_id(reader *r, const cursor *at) {
    const char *const id = value_text(r, at);
    char name[SHOWN];
    if (!id || is_id(id))
        return id;
    reader_fault(r, FAULT_ERROR, "E-ID", at,
                 "\"%s\" is not an id: 1 to 64 of A-Z a-z 0-9 . _ : -. Maybe "
                 "replace spaces and accents.",
                 shown(name, id));
    return NULL;
}

const char *value_id(reader *r, const cursor *at) {
    const char *const id = checked_id(r, at);
    return id ? reader_kept(r, arena_strdup(r->mem, id)) : NULL;
}

/* Echoes a text member that was read, or filled in. */
static const char *text_taken(reader *r, const char *name, const cursor *at,
                              absence if_none, const char *value) {
    if (value && (at->at || if_none == FILLED))
        echo_member_string(r, name, value);
    return value ? reader_kept(r, arena_strdup(r->mem, value)) : NULL;
}

const char *take_id(reader *r, const cursor *of, const char *name,
                    absence if_none, const char *fallback) {
    const cursor at = asked(r, of, name, if_none);
    const char *const id = at.at ? checked_id(r, &at) : fallback;
    return text_taken(r, name, &at, if_none, id);
}

const char *take_text(reader *r, const cursor *of, const char *name,
                      absence if_none, const char *fallback) {
    const cursor at = asked(r, of, name, if_none);
    const char *const value = at.at ? value_text(r, &at) : fallback;
    return text_taken(r, name, &at, if_none, value);
}

int32_t value_date(reader *r, const cursor *at, int32_t fallback) {
    const char *const value = value_text(r, at);
    char name[SHOWN];
    int32_t date = fallback;
    if (!value || civil_parse(value, &date))
        return date;
    reader_fault(r, FAULT_ERROR, "E-DATE", at,
                 "\"%s\" is not a date of the calendar from 1900 to 2199. "
                 "Maybe write it as YYYY-MM-DD.",
                 shown(name, value));
    return fallback;
}

int32_t take_date(reader *r, const cursor *of, const char *name,
                  absence if_none, int32_t fallback) {
    const cursor at = asked(r, of, name, if_none);
    const int32_t date = at.at ? value_date(r, &at, fallback) : fallback;
    char print[CIVIL_TEXT];
    if (date != CIVIL_NONE && (at.at || if_none == FILLED)) {
        civil_print(date, print);
        echo_member_string(r, name, print);
    }
    return date;
}

static int32_t value_time(reader *r, const cursor *at, int32_t fallback) {
    const char *const value = value_text(r, at);
    char name[SHOWN];
    int32_t minute = fallback;
    if (!value || minute_parse(value, &minute))
        return minute;
    reader_fault(r, FAULT_ERROR, "E-TIME", at,
                 "\"%s\" is not a time from 00:00 to 24:00. Maybe write it as "
                 "HH:MM.",
                 shown(name, value));
    return fallback;
}

int32_t take_time(reader *r, const cursor *of, const char *name,
                  absence if_none, int32_t fallback) {
    const cursor at = asked(r, of, name, if_none);
    const int32_t minute = at.at ? value_time(r, &at, fallback) : fallback;
    char print[MINUTE_TEXT];
    if (at.at || if_none == FILLED) {
        minute_print(minute, print);
        echo_member_string(r, name, print);
    }
    return minute;
}

static int32_t find_word(words allowed, const char *word) {
    for (int32_t i = 0; i < allowed.n; i++)
        if (strcmp(allowed.at[i], word) == 0)
            return i;
    return -1;
}

/* "a, b or c", cut to what fits. */
static void list_words(char *out, size_t room, words allowed) {
    size_t n = 0;
    out[0] = '\0';
    for (int32_t i = 0; i < allowed.n; i++) {
        const char *const comma = i == 0               ? ""
                                  : i + 1 == allowed.n ? " or "
                                                       : ", ";
        const size_t more = strlen(comma) + strlen(allowed.at[i]);
        if (n + more >= room)
            return;
        strcpy(out + n, comma);
        strcat(out + n, allowed.at[i]);
        n += more;
    }
}

int32_t value_word(reader *r, const cursor *at, words allowed) {
    const char *const value = value_text(r, at);
    const int32_t word = value ? find_word(allowed, value) : -1;
    char name[SHOWN], choice[256];
    if (!value || word >= 0)
        return word;
    list_words(choice, sizeof choice, allowed);
    const char *const near = idmap_nearest(value, allowed.at, allowed.n);
    reader_fault(r, FAULT_ERROR, "E-VALUE", at,
                 "\"%s\" is not one of %s. Maybe %s%s.", shown(name, value),
                 choice, near ? "you mean " : "it is spelt in another way",
                 near ? near : "");
    return -1;
}

int32_t take_word(reader *r, const cursor *of, const char *name,
                  absence if_none, words allowed, int32_t fallback) {
    const cursor at = asked(r, of, name, if_none);
    int32_t word = fallback;
    if (at.at) {
        word = value_word(r, &at, allowed);
        word = word < 0 ? fallback : word;
    }
    if (word >= 0 && (at.at || if_none == FILLED))
        echo_member_string(r, name, allowed.at[word]);
    return word;
}

/* A similar id of the map, for the advice; only in small maps. */
static const char *near_id(reader *r, const idmap *map, const char *id) {
    if (map->n > NEAR_AMONG || r->faults->n_errors >= FAULT_MAX)
        return NULL; // too many to compare, or nobody will read it
    const char **const ids = ARENA_NEW(r->scratch, const char *, map->n);
    if (!reader_kept(r, (void *)ids))
        return NULL;
    int32_t n = 0;
    for (int32_t i = 0; i < map->room; i++)
        if (map->slots[i].id)
            ids[n++] = map->slots[i].id;
    return idmap_nearest(id, ids, n);
}

int32_t value_ref(reader *r, const cursor *at, const idmap *map,
                  const char *what) {
    const char *const id = checked_id(r, at);
    const int32_t index = id ? idmap_get(map, id) : -1;
    if (!id || index >= 0)
        return index;
    const arena_mark mark = arena_here(r->scratch);
    const char *const near = near_id(r, map, id);
    char name[SHOWN];
    reader_fault(r, FAULT_ERROR, "E-REF", at,
                 "there is no %s \"%s\". Maybe %s%s.", what, shown(name, id),
                 near ? "you mean " : "it was renamed or left out",
                 near ? near : "");
    arena_rewind(r->scratch, mark);
    return -1;
}

int32_t take_ref(reader *r, const cursor *of, const char *name, absence if_none,
                 const idmap *map, const char *what) {
    const cursor at = asked(r, of, name, if_none);
    const int32_t index = at.at ? value_ref(r, &at, map, what) : -1;
    if (index >= 0)
        echo_member_string(r, name, json_string_value(at.at));
    return index;
}

void fault_interval(reader *r, const cursor *of, const char *begin,
                    const char *end) {
    const cursor at = cursor_member(of, cursor_has(of, end) ? end : begin);
    reader_fault(r, FAULT_ERROR, "E-INTERVAL", &at,
                 "\"%s\" is not before \"%s\". Maybe they are swapped; an "
                 "interval lies within one local day.",
                 begin, end);
}
