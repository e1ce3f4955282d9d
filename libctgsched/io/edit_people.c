// SPDX-License-Identifier: GPL-3.0-or-later
/* Changes about employees. */
#include <string.h>

#include "base/civil.h"
#include "io/edit.h"

static json_t *find_employee(editing *e, const cursor *at) {
    return edit_find(e, at, "employee", "employees", "id", NULL);
}

static const char *text_of(const json_t *object, const char *name) {
    return json_string_value(json_object_get(object, name));
}

/* A window of the change or of the problem as far as pins need it. */
static bool has_day(const json_t *window, int32_t civil) {
    static const char *const names[] = {"mon", "tue", "wed", "thu",
                                        "fri", "sat", "sun"};
    const json_t *const days = json_object_get(window, "days");
    bool found = !days;
    for (size_t i = 0; i < json_array_size(days); i++) {
        const char *const day = json_string_value(json_array_get(days, i));
        found |= day && strcmp(day, names[civil_weekday(civil)]) == 0;
    }
    return found;
}

static bool is_listed(const json_t *dates, const char *date) {
    for (size_t i = 0; i < json_array_size(dates); i++) {
        const char *const one = json_string_value(json_array_get(dates, i));
        if (one && strcmp(one, date) == 0)
            return true;
    }
    return false;
}

/* Dates are written so that their order is that of their texts. */
static bool touches(const json_t *window, const char *date) {
    const char *const first = text_of(window, "first");
    const char *const last = text_of(window, "last");
    const json_t *const dates = json_object_get(window, "dates");
    int32_t civil = 0;
    if ((first && strcmp(date, first) < 0) || (last && strcmp(date, last) > 0))
        return false;
    if (dates)
        return is_listed(dates, date);
    return civil_parse(date, &civil) && has_day(window, civil);
}

/* Who is away is not pinned to a shift. */
static void lift_pins(json_t *employee, const json_t *window) {
    json_t *const pins = json_object_get(employee, "pins");
    for (size_t i = json_array_size(pins); i-- > 0;) {
        const json_t *const pin = json_array_get(pins, i);
        const char *const date = text_of(pin, "date");
        if (date && json_object_get(pin, "shift") && touches(window, date))
            json_array_remove(pins, i);
    }
}

void edit_agent_absent(editing *e, const cursor *at) {
    json_t *const employee = find_employee(e, at);
    json_t *const window = employee ? edit_window(e, at) : NULL;
    if (!window)
        return;
    lift_pins(employee, window);
    edit_append(e, employee, "absent", window, at);
}

/* --- back
 * -------------------------------------------------------------------------
 */

typedef struct span {
    int32_t first, last; /* civil days */
} span;

static bool drop_dates(json_t *dates, span back) {
    bool dropped = false;
    for (size_t i = json_array_size(dates); i-- > 0;) {
        int32_t civil = 0;
        const char *const date = json_string_value(json_array_get(dates, i));
        if (!date || !civil_parse(date, &civil) || civil < back.first ||
            civil > back.last)
            continue;
        json_array_remove(dates, i);
        dropped = true;
    }
    return dropped;
}

/* The part of a window from `first` to `last`; nothing when that is none. */
static void keep_part(editing *e, json_t *out, const json_t *window,
                      int32_t first, int32_t last) {
    char begin[CIVIL_TEXT], end[CIVIL_TEXT];
    if (first > last)
        return;
    civil_print(first, begin);
    civil_print(last, end);
    json_t *const part = json_deep_copy(window);
    if (!part || json_object_set_new(part, "first", json_string(begin)) != 0 ||
        json_object_set_new(part, "last", json_string(end)) != 0 ||
        json_array_append_new(out, part) != 0)
        e->r->no_memory = true;
}

/* What is left of one window; true when it was touched. In the canonical
 * problem each window without dates has its first and last. */
static bool cut_window(editing *e, json_t *out, json_t *window, span back) {
    json_t *const dates = json_object_get(window, "dates");
    const char *const begin = text_of(window, "first");
    const char *const end = text_of(window, "last");
    int32_t first = INT32_MIN, last = INT32_MAX;
    bool touched = false;
    if (begin && end && civil_parse(begin, &first) && civil_parse(end, &last) &&
        !dates && first <= back.last && last >= back.first) {
        keep_part(e, out, window, first, back.first - 1);
        keep_part(e, out, window, back.last + 1, last);
        return true;
    }
    if (dates)
        touched = drop_dates(dates, back);
    if (!dates || json_array_size(dates) > 0)
        e->r->no_memory |= json_array_append(out, window) != 0;
    return touched;
}

void edit_agent_back(editing *e, const cursor *at) {
    json_t *const employee = find_employee(e, at);
    const span back = {take_date(e->r, at, "first", OMITTED, -INT32_MAX),
                       take_date(e->r, at, "last", OMITTED, INT32_MAX - 1)};
    json_t *const left = json_array();
    const json_t *const absent = json_object_get(employee, "absent");
    bool touched = false;
    size_t i;
    json_t *window;
    if (!reader_kept(e->r, left) || !employee) {
        json_decref(left);
        return;
    }
    json_array_foreach(absent, i, window) touched |=
        cut_window(e, left, window, back);
    if (!touched)
        reader_fault(e->r, FAULT_ERROR, "E-VALUE", at,
                     "the employee is not absent then. Maybe the dates are "
                     "others, or it was told before.");
    e->r->no_memory |= json_object_set_new(employee, "absent", left) != 0;
}

/* --- coming and going
 * -------------------------------------------------------------
 */

void edit_agent_hired(editing *e, const cursor *at) {
    edit_add(e, at, "employee", "employees");
}

static void leave_from(editing *e, json_t *employee, const cursor *at) {
    json_t *const window = json_object();
    edit_copy(e, window, "first", at, "from");
    if (!reader_kept(e->r, window))
        return;
    lift_pins(employee, window);
    edit_append(e, employee, "absent", window, at);
}

/* Without a date: as if never there. */
void edit_agent_gone(editing *e, const cursor *at) {
    int32_t place = -1;
    json_t *const employee =
        edit_find(e, at, "employee", "employees", "id", &place);
    take_date(e->r, at, "from", OMITTED, 0);
    if (!employee)
        return;
    if (cursor_has(at, "from"))
        leave_from(e, employee, at);
    else
        edit_take_out(e, "employees", place);
}

void edit_agent_changed(editing *e, const cursor *at) {
    json_t *const employee = find_employee(e, at);
    if (employee)
        edit_touched(e, employee, at);
    edit_merge(e, employee, at);
}

/* --- pins
 * -------------------------------------------------------------------------
 */

/* The pin of the date; -1 for none. */
static int32_t find_pin(const json_t *employee, const char *date) {
    const json_t *const pins = json_object_get(employee, "pins");
    for (size_t i = 0; i < json_array_size(pins); i++) {
        const char *const on = text_of(json_array_get(pins, i), "date");
        if (on && date && strcmp(on, date) == 0)
            return (int32_t)i;
    }
    return -1;
}

static bool unpin(json_t *employee, const char *date) {
    const int32_t found = find_pin(employee, date);
    if (found >= 0)
        json_array_remove(json_object_get(employee, "pins"), (size_t)found);
    return found >= 0;
}

void edit_agent_pinned(editing *e, const cursor *at) {
    static const char *const members[] = {"date", "shift", "off", "author",
                                          "reason"};
    json_t *const employee = find_employee(e, at);
    json_t *const pin = json_object();
    if (!reader_kept(e->r, pin) || !employee) {
        json_decref(pin);
        return;
    }
    for (int32_t i = 0; i < COUNT(members); i++)
        edit_copy(e, pin, members[i], at, members[i]);
    unpin(employee, text_of(at->at, "date"));
    edit_append(e, employee, "pins", pin, at);
}

void edit_agent_unpinned(editing *e, const cursor *at) {
    json_t *const employee = find_employee(e, at);
    take_date(e->r, at, "date", REQUIRED, 0);
    if (employee && !unpin(employee, text_of(at->at, "date")))
        reader_fault(e->r, FAULT_ERROR, "E-REF", at,
                     "the employee has no pin on that date. Maybe it was "
                     "lifted before.");
}
