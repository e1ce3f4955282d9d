// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/envelope.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_AGE = 215, DAY = 1440 };

static bool complain(body_fault *why, const char *pointer, const char *detail) {
    snprintf(why->pointer, sizeof why->pointer, "%s", pointer);
    snprintf(why->detail, sizeof why->detail, "%s", detail);
    return false;
}

/* An empty body stands for {}. */
static json_t *read_object(const char *json, size_t n, body_fault *why) {
    json_error_t error;
    json_t *const root =
        n ? json_loadb(json, n, JSON_REJECT_DUPLICATES, &error) : json_object();
    if (!root) {
        snprintf(why->pointer, sizeof why->pointer, "%s", "");
        snprintf(why->detail, sizeof why->detail,
                 "line %d, column %d: %.120s. Maybe a comma or a quote is "
                 "missing.",
                 error.line, error.column, error.text);
        return NULL;
    }
    if (json_is_object(root))
        return root;
    json_decref(root);
    complain(why, "", "An object is expected. Maybe { }.");
    return NULL;
}

static bool only_members(const json_t *object, const char *const *names,
                         const char *at, body_fault *why) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        bool is_known = false;
        for (int i = 0; names[i] && !is_known; i++)
            is_known = strcmp(names[i], key) == 0;
        if (!is_known) {
            char pointer[120];
            snprintf(pointer, sizeof pointer, "%s/%.60s", at, key);
            return complain(why, pointer,
                            "There is no such member. Maybe it is misspelt.");
        }
    }
    return true;
}

static bool is_id(const char *text) {
    const size_t n = strlen(text);
    return n >= 1 && n < ID_TEXT &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                        "0123456789._:-") == n;
}

static bool take_id(char out[ID_TEXT], const json_t *in, const char *name,
                    bool is_needed, body_fault *why) {
    const json_t *const value = json_object_get(in, name);
    char pointer[80];
    out[0] = '\0';
    if (!value && !is_needed)
        return true;
    const char *const text = json_string_value(value);
    if (text && is_id(text)) {
        memcpy(out, text, strlen(text) + 1);
        return true;
    }
    snprintf(pointer, sizeof pointer, "/%s", name);
    return complain(why, pointer,
                    "An id is expected: 1 to 64 of A-Z a-z 0-9 . _ : -.");
}

static bool take_whole(int64_t *out, const json_t *in, const char *name,
                       int64_t low, int64_t high, body_fault *why) {
    const json_t *const value = json_object_get(in, name);
    char pointer[80], detail[160];
    if (!value)
        return true;
    *out = json_integer_value(value);
    if (json_is_integer(value) && *out >= low && *out <= high)
        return true;
    snprintf(pointer, sizeof pointer, "/%s", name);
    snprintf(detail, sizeof detail,
             "A whole number from %lld to %lld is expected.", (long long)low,
             (long long)high);
    return complain(why, pointer, detail);
}

static bool digits(const char *text, int from, int n, int *out) {
    *out = 0;
    for (int i = from; i < from + n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *out = *out * 10 + (text[i] - '0');
    }
    return true;
}

static int month_days(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

static bool read_date(const char *text, int *year, int *month, int *day) {
    return text && strlen(text) == DATE_TEXT - 1 && digits(text, 0, 4, year) &&
           text[4] == '-' && digits(text, 5, 2, month) && text[7] == '-' &&
           digits(text, 8, 2, day) && *year >= 1900 && *month >= 1 &&
           *month <= 12 && *day >= 1 && *day <= month_days(*year, *month);
}

static int32_t read_minute(const char *text) {
    int hour = 0, minute = 0;
    if (!text || strlen(text) != 5 || text[2] != ':' ||
        !digits(text, 0, 2, &hour) || !digits(text, 3, 2, &minute) ||
        minute > 59 || hour * 60 + minute > DAY)
        return -1;
    return hour * 60 + minute;
}

static bool take_span(hold_span *out, const json_t *in, int at,
                      body_fault *why) {
    static const char *const names[] = {"date", "begin", "end", NULL};
    char pointer[80];
    int year, month, day;
    snprintf(pointer, sizeof pointer, "/when/%d", at);
    if (!json_is_object(in))
        return complain(why, pointer, "An object is expected.");
    if (!only_members(in, names, pointer, why))
        return false;
    const char *const date = json_string_value(json_object_get(in, "date"));
    if (!read_date(date, &year, &month, &day)) {
        strcat(pointer, "/date");
        return complain(why, pointer, "A date is expected: \"2026-09-09\".");
    }
    memcpy(out->date, date, DATE_TEXT);
    out->begin = read_minute(json_string_value(json_object_get(in, "begin")));
    out->end = read_minute(json_string_value(json_object_get(in, "end")));
    if (out->begin < 0 || out->end <= out->begin)
        return complain(why, pointer,
                        "begin and end are times of the day, begin before end: "
                        "\"08:00\", \"12:30\".");
    return true;
}

static bool take_spans(hold_ask *out, const json_t *in, body_fault *why) {
    const json_t *const when = json_object_get(in, "when");
    const size_t n = json_array_size(when);
    if (!json_is_array(when) || n < 1 || n > MOST_SPANS)
        return complain(why, "/when", "1 to 60 intervals are expected.");
    out->n_spans = (int32_t)n;
    for (int32_t i = 0; i < out->n_spans; i++)
        if (!take_span(&out->spans[i], json_array_get(when, (size_t)i), i, why))
            return false;
    return true;
}

static bool take_hold(hold_ask *out, const json_t *in, body_fault *why) {
    static const char *const names[] = {
        "structure", "section", "age_months", "walks", "seconds", "when", NULL};
    int64_t age = -1;
    const json_t *const walks = json_object_get(in, "walks");
    if (!only_members(in, names, "", why) ||
        !take_id(out->structure, in, "structure", true, why) ||
        !take_id(out->section, in, "section", false, why) ||
        !take_whole(&age, in, "age_months", 0, MOST_AGE, why) ||
        !take_whole(&out->seconds, in, "seconds", 1, 86400, why))
        return false;
    if (age < 0)
        return complain(why, "/age_months", "The child's age is expected.");
    if (walks && !json_is_boolean(walks))
        return complain(why, "/walks", "true or false is expected.");
    out->age_months = (int32_t)age;
    out->walks = walks ? json_is_true(walks) : -1;
    return take_spans(out, in, why);
}

bool envelope_hold(hold_ask *out, const char *json, size_t n, body_fault *why) {
    *out = (hold_ask){.walks = -1};
    json_t *const root = read_object(json, n, why);
    const bool is_read = root && take_hold(out, root, why);
    json_decref(root);
    return is_read;
}

/* Completed months of age on a date: the same day so many months before, or
 * the last of that month when it has no such day. */
static void birth_of(char out[DATE_TEXT + 20], const char *date,
                     int32_t age_months) {
    int year = 2000, month = 1, day = 1;
    read_date(date, &year, &month, &day);
    const int months = year * 12 + month - 1 - age_months;
    year = months / 12;
    month = months % 12 + 1;
    if (day > month_days(year, month))
        day = month_days(year, month);
    snprintf(out, DATE_TEXT + 20, "%04d-%02d-%02d", year, month, day);
}

static const char *first_date(const hold_ask *asked) {
    const char *first = asked->spans[0].date;
    for (int32_t i = 1; i < asked->n_spans; i++)
        if (strcmp(asked->spans[i].date, first) < 0)
            first = asked->spans[i].date;
    return first;
}

static void put_spans(buffer *to, const hold_ask *asked, bool are_windows) {
    emit_array(to, "when");
    for (int32_t i = 0; i < asked->n_spans; i++) {
        const hold_span *const one = &asked->spans[i];
        emit_object(to, NULL);
        if (are_windows) {
            emit_array(to, "dates");
            emit_text(to, NULL, one->date);
            emit_end(to, ']');
        } else {
            emit_text(to, "date", one->date);
        }
        emit_minute(to, "begin", one->begin);
        emit_minute(to, "end", one->end);
        emit_end(to, '}');
    }
    emit_end(to, ']');
}

static void put_child(buffer *to, const hold_ask *asked, const char *id) {
    char birth[DATE_TEXT + 20];
    birth_of(birth, first_date(asked), asked->age_months);
    emit_object(to, "child");
    emit_text(to, "id", id);
    emit_text(to, "birth", birth);
    if (asked->walks == 1)
        emit_text(to, "walk_from", birth);
    if (asked->walks == 0)
        emit_text(to, "walk_from", "2199-12-31");
    emit_end(to, '}');
}

/* An emergency: the rules of booking windows were asked when the slot was. */
static void put_request(buffer *to, const hold_ask *asked, const char *id,
                        const char *child) {
    emit_object(to, "request");
    emit_text(to, "id", id);
    emit_text(to, "child", child);
    emit_text(to, "kind", "emergency");
    emit_array(to, "options");
    emit_object(to, NULL);
    emit_text(to, "id", "hold");
    emit_text(to, "structure", asked->structure);
    emit_text_if(to, "section", asked->section);
    put_spans(to, asked, true);
    emit_end(to, '}');
    emit_end(to, ']');
    emit_end(to, '}');
}

static void begin_change(buffer *to) {
    emit_object(to, NULL);
    emit_text(to, "schema", "ctgsched/change/1");
    emit_array(to, "changes");
}

static void end_change(buffer *to) {
    emit_end(to, ']');
    emit_end(to, '}');
}

static void put_withdrawn(buffer *to, const char *id) {
    emit_object(to, NULL);
    emit_text(to, "op", "request_withdrawn");
    emit_text(to, "request", id);
    emit_end(to, '}');
}

void envelope_hold_change(buffer *to, const hold_ask *asked, const char *id) {
    begin_change(to);
    emit_object(to, NULL);
    emit_text(to, "op", "booked");
    put_child(to, asked, id);
    put_request(to, asked, id, id);
    emit_end(to, '}');
    end_change(to);
}

void envelope_withdraw_change(buffer *to, const char *id) {
    begin_change(to);
    put_withdrawn(to, id);
    end_change(to);
}

void envelope_confirm_change(buffer *to, const hold_ask *asked, const char *id,
                             const confirm_ask *as) {
    const char *const child = as->child[0] ? as->child : id;
    const char *const request = as->request[0] ? as->request : id;
    begin_change(to);
    put_withdrawn(to, id);
    emit_object(to, NULL);
    emit_text(to, "op", "booked");
    put_request(to, asked, request, child);
    emit_end(to, '}');
    end_change(to);
}

void envelope_hold_body(buffer *to, const hold_ask *asked) {
    emit_object(to, NULL);
    emit_text(to, "structure", asked->structure);
    emit_text_if(to, "section", asked->section);
    emit_int(to, "age_months", asked->age_months);
    if (asked->walks >= 0)
        emit_bool(to, "walks", asked->walks == 1);
    put_spans(to, asked, false);
    emit_end(to, '}');
}

bool envelope_confirm(confirm_ask *out, const char *json, size_t n,
                      body_fault *why) {
    static const char *const names[] = {"child", "request", NULL};
    *out = (confirm_ask){{0}, {0}};
    json_t *const root = read_object(json, n, why);
    const bool is_read = root && only_members(root, names, "", why) &&
                         take_id(out->child, root, "child", false, why) &&
                         take_id(out->request, root, "request", false, why);
    json_decref(root);
    return is_read;
}

bool envelope_solve(solve_ask *out, const char *json, size_t n,
                    body_fault *why) {
    static const char *const names[] = {"time_limit", "work_limit",
                                        "max_changes", NULL};
    *out = (solve_ask){.time_limit = 0, .max_changes = -1};
    json_t *const root = read_object(json, n, why);
    const json_t *const time =
        root ? json_object_get(root, "time_limit") : NULL;
    bool is_read =
        root && only_members(root, names, "", why) &&
        take_whole(&out->work_limit, root, "work_limit", 1, INT64_MAX, why) &&
        take_whole(&out->max_changes, root, "max_changes", 0, 1000000000, why);
    if (is_read && time) {
        out->time_limit = json_number_value(time);
        if (!json_is_number(time) || !(out->time_limit > 0) ||
            out->time_limit > 86400)
            is_read = complain(why, "/time_limit",
                               "Seconds above 0, up to 86400, are expected.");
    }
    json_decref(root);
    return is_read;
}

bool envelope_plan(plan_row *out, const char *json, size_t n) {
    json_t *const root = json_loadb(json, n, 0, NULL);
    const char *const digest =
        json_string_value(json_object_get(root, "digest"));
    const char *const stop = json_string_value(json_object_get(root, "stop"));
    *out = (plan_row){
        .rests_on = json_integer_value(json_object_get(root, "rests_on")),
        .work_limit = json_integer_value(json_object_get(root, "work_limit")),
        .max_changes =
            json_integer_value(json_object_get(root, "max_changes"))};
    if (digest && stop) {
        snprintf(out->digest, sizeof out->digest, "%s", digest);
        snprintf(out->stop, sizeof out->stop, "%s", stop);
    }
    json_decref(root);
    return out->digest[0] != '\0';
}

static bool dump(buffer *to, json_t *root) {
    char *const text = json_dumps(root, JSON_COMPACT);
    if (text)
        buffer_puts(to, text);
    free(text);
    return text && !to->failed;
}

bool envelope_admit(buffer *to, const char *plan, size_t n, const char *request,
                    const char *option) {
    static const char *const kept[] = {"schema", "duties", "shortages"};
    json_t *const stated = json_loadb(plan, n, 0, NULL);
    json_t *const bare = json_object();
    json_t *const placements = json_object_get(stated, "placements");
    bool is_made = stated && bare && placements;
    for (size_t i = 0; is_made && i < sizeof kept / sizeof kept[0]; i++) {
        json_t *const value = json_object_get(stated, kept[i]);
        if (value)
            is_made = json_object_set(bare, kept[i], value) == 0;
    }
    is_made = is_made && json_object_set(bare, "placements", placements) == 0;
    is_made = is_made &&
              json_array_append_new(placements,
                                    json_pack("{s:s, s:s}", "request", request,
                                              "option", option)) == 0;
    is_made = is_made && dump(to, bare);
    json_decref(bare);
    json_decref(stated);
    return is_made;
}

/* The `changes` of one document, borrowed; NULL when it has another shape than
 * the library accepts, which then says what is wrong. */
static json_t *changes_of(json_t *root) {
    const char *const schema =
        json_string_value(json_object_get(root, "schema"));
    json_t *const changes = json_object_get(root, "changes");
    const bool is_one = schema && strcmp(schema, "ctgsched/change/1") == 0 &&
                        json_is_array(changes) && json_object_size(root) == 2;
    return is_one ? changes : NULL;
}

bool envelope_join(buffer *to, const change_text *parts, int32_t n_parts) {
    json_t *const all = json_array();
    bool is_made = all != NULL;
    for (int32_t i = 0; is_made && i < n_parts; i++) {
        json_t *const root =
            json_loadb(parts[i].at, parts[i].n, JSON_REJECT_DUPLICATES, NULL);
        json_t *const changes = changes_of(root);
        is_made = changes && json_array_extend(all, changes) == 0;
        json_decref(root);
    }
    json_t *const joined = is_made
                               ? json_pack("{s:s, s:O}", "schema",
                                           "ctgsched/change/1", "changes", all)
                               : NULL;
    is_made = joined && dump(to, joined);
    json_decref(joined);
    json_decref(all);
    return is_made;
}
