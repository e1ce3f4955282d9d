// SPDX-License-Identifier: GPL-3.0-or-later
/* The tables of a report through the public headers: small cases counted by
 * hand, and misuse. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <ctgsched.h>

#include "unit/api/tiny_town.h"

enum { ROOM = 8192 };

typedef struct opened {
    ctg_problem *problem;
    ctg_solution *plan;
    ctg_tables *tables;
} opened;

/* Texts write ' for ". */
static char *quoted(char out[ROOM], const char *text) {
    snprintf(out, ROOM, "%s", text);
    for (char *c = out; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    return out;
}

static opened open_report(const char *problem, const char *plan) {
    char json[ROOM];
    ctg_error err = CTG_ERROR_INIT;
    opened o = {0};
    quoted(json, problem);
    if (ctg_problem_parse(&o.problem, json, strlen(json), NULL, &err))
        fail_msg("%s %s: %s", err.code, err.pointer, err.message);
    quoted(json, plan);
    if (ctg_solution_parse(&o.plan, o.problem, json, strlen(json), NULL, &err))
        fail_msg("%s %s: %s", err.code, err.pointer, err.message);
    assert_int_equal(ctg_solution_tables(&o.tables, o.plan, &err), CTG_OK);
    return o;
}

static void close_report(opened *o) {
    ctg_tables_free(o->tables);
    ctg_solution_free(o->plan);
    ctg_problem_free(o->problem);
}

static int32_t find(const ctg_tables *tables, const char *name,
                    ctg_table *out) {
    for (int32_t k = 0; ctg_tables_at(out, tables, k); k++)
        if (strcmp(out->name, name) == 0)
            return k;
    fail_msg("no table %s", name);
    return -1;
}

static int put_cell(char *out, size_t room, int32_t unit,
                    const ctg_cell *cell) {
    if (cell->is_empty)
        return snprintf(out, room, "-");
    if (unit == CTG_UNIT_TEXT)
        return snprintf(out, room, "%s", cell->text);
    if (unit == CTG_UNIT_TIME)
        return snprintf(out, room, "%02d:%02d", (int)(cell->value / 60),
                        (int)(cell->value % 60));
    return snprintf(out, room, "%" PRId64, cell->value);
}

/* The first `n` rows of a table, a line each. */
static void expect(const opened *o, const char *name, int32_t n,
                   const char *lines) {
    char out[ROOM];
    size_t at = 0;
    ctg_table table;
    const int32_t index = find(o->tables, name, &table);
    out[0] = '\0';
    for (int32_t row = 0; row < n && row < table.n_rows; row++)
        for (int32_t k = 0; k < table.n_columns; k++) {
            ctg_column column;
            ctg_cell cell;
            assert_int_equal(ctg_tables_column(&column, o->tables, index, k),
                             1);
            assert_int_equal(ctg_tables_cell(&cell, o->tables, index, row, k),
                             1);
            at += (size_t)put_cell(out + at, ROOM - at, column.unit, &cell);
            at += (size_t)snprintf(out + at, ROOM - at, "%s",
                                   k + 1 < table.n_columns ? " " : "\n");
        }
    assert_string_equal(out, lines);
}

static int32_t rows_of(const opened *o, const char *name) {
    ctg_table table;
    find(o->tables, name, &table);
    return table.n_rows;
}

/* r1 is there from 9 to 12, r3 from 13 to 17, on five days, in the one place
 * that is open from 8 to 18: 7 of 10 hours. r2 wants r1's place: on 5 days 12
 * quarter hours are refused. */
static void town_is_counted(void **state) {
    (void)state;
    opened o = open_report(TOWN, PLAN_R1_R3);
    expect(&o, "occupancy", 5,
           "s1 2026-09-07 - 08:00 09:00 0 1 1\n"
           "s1 2026-09-07 - 09:00 12:00 1 1 1\n"
           "s1 2026-09-07 - 12:00 13:00 0 1 1\n"
           "s1 2026-09-07 - 13:00 17:00 1 1 1\n"
           "s1 2026-09-07 - 17:00 18:00 0 1 1\n");
    expect(&o, "occupancy_day", 1, "s1 2026-09-07 - 420 600 7000\n");
    expect(&o, "occupancy_week", 9, "s1 2026-W37 - 2100 3000 7000\n");
    expect(&o, "over_capacity", 9, "s1 2026-W37 2100 3000 7000\n");
    expect(&o, "hours", 9,
           "s1 regular 3 2 3000 2100\n"
           "s1 occasional 0 0 0 0\n"
           "s1 emergency 0 0 0 0\n");
    expect(&o, "contracts", 9,
           "c1 s1 900 900 10000\n"
           "c2 s1 900 0 0\n"
           "c3 s1 1200 1200 10000\n");
    assert_int_equal(rows_of(&o, "refused"), 5 * 12);
    expect(&o, "refused", 1, "s1 2026-09-07 09:00 1\n");
    expect(&o, "waiting", 9, "1 r2 3 o1 s1 places s1 2026-09-07 09:00\n");
    assert_int_equal(rows_of(&o, "ratio"), 5 * 40);
    assert_int_equal(rows_of(&o, "over_capacity_peaks"), 0);
    assert_int_equal(rows_of(&o, "sessions"), 0);
    assert_int_equal(rows_of(&o, "agents"), 0);
    assert_int_equal(rows_of(&o, "guaranteed"), 0);
    close_report(&o);
}

/* r1 and r2 at once: one more than the place, three hours on each day. r3
 * waits, and nothing is in its way. */
static void broken_plan_is_counted(void **state) {
    (void)state;
    opened o = open_report(TOWN, PLAN_R1_R2);
    expect(&o, "over_capacity_peaks", 1, "s1 2026-09-07 09:00 12:00 2 1 1\n");
    assert_int_equal(rows_of(&o, "over_capacity_peaks"), 5);
    expect(&o, "waiting", 9, "1 r3 2 o1 s1 - - - -\n");
    close_report(&o);
}

/* A Wednesday from 7:30 to 18:30 in slots of an hour from 7:30. c1 from 8:00 to
 * 17:10 is in the slots from 7:30 to 17:30, 10 of them, and has a whole day: 9
 * hours count. c2 from 8:00 to 12:30 is in 5 slots and has half a day: 4 hours
 * count. Present 550 + 270 minutes, slots 600 + 300, capped 540 + 240.
 * Two children of 7 years ask for one of the staff (1 per 12), who is there
 * from 9:00 on: one is short from 8:00 to 9:00, worst in the quarter hour of
 * 8:00. */
#define CENTRE                                                                 \
    "{'schema':'ctgsched/problem/1','id':'wed','horizon':{'first':"            \
    "'2026-09-30','last':'2026-09-30'},'structures':[{'id':'a','kind':'acm',"  \
    "'places':4,'sessions':[{'id':'mer','kind':'mercredi','when':[{'begin':"   \
    "'07:30','end':'18:30'}]}],'staff':[{'category':'qualified','count':1,"    \
    "'begin':'09:00','end':'18:30'}]}],'children':[{'id':'c1','birth':"        \
    "'2019-01-01'},{'id':'c2','birth':'2019-01-01'}],'requests':[{'id':'r1',"  \
    "'child':'c1','options':[{'id':'o','structure':'a','when':[{'begin':"      \
    "'08:00','end':'17:10'}]}]},{'id':'r2','child':'c2','options':[{'id':'o'," \
    "'structure':'a','when':[{'begin':'08:00','end':'12:30'}]}]}]}"
#define CENTRE_PLAN                                                            \
    "{'schema':'ctgsched/plan/1','placements':[{'request':'r1','option':'o'}," \
    "{'request':'r2','option':'o'}]}"

static void wednesday_is_counted(void **state) {
    (void)state;
    opened o = open_report(CENTRE, CENTRE_PLAN);
    expect(&o, "pso", 9, "a 2026-09 peri 2 820 900 780\n");
    expect(&o, "sessions", 9,
           "a 2026-09-30 mer 07:30 18:30 08:00 2 1 0 0 0 0 0 1 0\n");
    expect(&o, "session_classes", 9, "a 2026-09-30 mer ge6 2\n");
    expect(&o, "declaration", 9,
           "a school 2026-09-30 2026-09-30 1 2 0 1 0 0\n");
    expect(&o, "declaration_classes", 9, "a school ge6 2\n");
    expect(&o, "ratio", 3,
           "a 2026-09-30 07:30 07:30 0 0 0 0\n"
           "a 2026-09-30 07:45 07:45 0 0 0 0\n"
           "a 2026-09-30 08:00 08:00 2 1 0 0\n");
    expect(&o, "ratio_classes", 1, "a 2026-09-30 08:00 ge6 2\n");
    close_report(&o);
}

/* Duties of 8 hours on Monday, Tuesday and Friday, 4 of them with children;
 * 24 hours against 20 of the contract. Sunday's of the history ends at 22:00:
 * 10 hours before Monday's at 8:00, the shortest rest (the other is 15 hours).
 * In the week after, Monday's duty ends what began on Friday at 17:00: 63
 * hours to 8:00. In the first week Wednesday is free, from Tuesday 17:00 to
 * Friday 8:00: 63 hours as well, and so is Saturday. In the second week the
 * Tuesday has no duty after it. */
#define CREW                                                                   \
    "{'schema':'ctgsched/problem/1','id':'crew','horizon':{'first':"           \
    "'2026-09-07','last':'2026-09-14'},'structures':[{'id':'s','kind':"        \
    "'other','places':1,'hours':[{'begin':'08:00','end':'18:00'}]}],"          \
    "'children':[],'requests':[],'shifts':[{'id':'d','structure':'s',"         \
    "'segments':[{'begin':'08:00','end':'12:00'},{'begin':'13:00','end':"      \
    "'17:00','activity':'meeting'}]}],'employees':[{'id':'e','contract':{"     \
    "'week_minutes':1200,'most':4000},'history':[{'date':'2026-09-06',"        \
    "'begin':'14:00','end':'22:00'}]}]}"
#define CREW_PLAN                                                              \
    "{'schema':'ctgsched/plan/1','placements':[],'duties':["                   \
    "{'employee':'e','date':'2026-09-07','shift':'d','pieces':[]},"            \
    "{'employee':'e','date':'2026-09-08','shift':'d','pieces':[]},"            \
    "{'employee':'e','date':'2026-09-11','shift':'d','pieces':[]},"            \
    "{'employee':'e','date':'2026-09-14','shift':'d','pieces':[]}]}"

static void agents_are_counted(void **state) {
    (void)state;
    opened o = open_report(CREW, CREW_PLAN);
    expect(&o, "agents", 9,
           "e 2026-W37 3 1440 720 0 1200 240 240 600 3780\n"
           "e 2026-W38 1 480 240 0 1200 -720 0 - -\n");
    expect(&o, "agents_total", 9, "e 4 1920 960 2400 -480 240 - 4000\n");
    close_report(&o);
}

static void misuse_is_refused(void **state) {
    (void)state;
    opened o = open_report(TOWN, PLAN_R2);
    ctg_error err = CTG_ERROR_INIT;
    ctg_tables *none = o.tables;
    ctg_table table;
    ctg_column column;
    ctg_cell cell;
    assert_int_equal(ctg_solution_tables(NULL, o.plan, &err), CTG_ERR_USAGE);
    assert_string_equal(err.code, "E-USAGE");
    assert_int_equal(ctg_solution_tables(&none, NULL, NULL), CTG_ERR_USAGE);
    assert_null(none);
    assert_int_equal(ctg_tables_at(NULL, o.tables, 0), 0);
    assert_int_equal(ctg_tables_at(&table, NULL, 0), 0);
    assert_int_equal(ctg_tables_at(&table, o.tables, -1), 0);
    assert_int_equal(ctg_tables_at(&table, o.tables, 1000), 0);
    assert_int_equal(ctg_tables_at(&table, o.tables, 0), 1);
    assert_int_equal(ctg_tables_column(NULL, o.tables, 0, 0), 0);
    assert_int_equal(ctg_tables_column(&column, NULL, 0, 0), 0);
    assert_int_equal(ctg_tables_column(&column, o.tables, 1000, 0), 0);
    assert_int_equal(ctg_tables_column(&column, o.tables, 0, table.n_columns),
                     0);
    assert_int_equal(ctg_tables_cell(NULL, o.tables, 0, 0, 0), 0);
    assert_int_equal(ctg_tables_cell(&cell, NULL, 0, 0, 0), 0);
    assert_int_equal(ctg_tables_cell(&cell, o.tables, 0, -1, 0), 0);
    assert_int_equal(ctg_tables_cell(&cell, o.tables, 0, table.n_rows, 0), 0);
    assert_int_equal(ctg_tables_cell(&cell, o.tables, 0, 0, -1), 0);
    ctg_tables_free(NULL);
    close_report(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(town_is_counted),
        cmocka_unit_test(broken_plan_is_counted),
        cmocka_unit_test(wednesday_is_counted),
        cmocka_unit_test(agents_are_counted),
        cmocka_unit_test(misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
