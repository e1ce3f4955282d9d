// SPDX-License-Identifier: GPL-3.0-or-later
/* Building texts for the judge and printing its verdict for comparison. */
#include "support/judged.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "io/io.h"

static char *quoted(arena *mem, const char *single) {
    char *const copy = arena_strdup(mem, single);
    assert_non_null(copy);
    for (char *c = copy; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    return copy;
}

static const char *or_empty(const char *members) {
    return members ? members : "";
}

static void put_children(text *out, const judged_kids *kids) {
    const char *comma = "";
    for (; kids->prefix; kids++) {
        for (int i = 1; i <= kids->n; i++) {
            text_printf(out, "%s{'id':'%s%d','birth':'%s'%s}", comma,
                        kids->prefix, i, kids->birth, or_empty(kids->child));
            comma = ",";
        }
    }
}

static void put_requests(text *out, const judged_kids *kids) {
    const char *comma = "";
    for (; kids->prefix; kids++) {
        for (int i = 1; i <= kids->n; i++) {
            text_printf(out, "%s{'id':'%s%d','child':'%s%d'%s,", comma,
                        kids->prefix, i, kids->prefix, i,
                        or_empty(kids->request));
            text_puts(out, kids->holds ? "'held':{" : "'options':[{'id':'o',");
            text_printf(out,
                        "'structure':'s','when':[{'begin':'%s','end':'%s'}]"
                        "%s}%s}",
                        kids->begin, kids->end, or_empty(kids->option),
                        kids->holds ? "" : "]");
            comma = ",";
        }
    }
}

static void put_placements(text *out, const judged_kids *kids) {
    const char *comma = "";
    for (; kids->prefix; kids++) {
        for (int i = 1; i <= kids->n; i++) {
            text_printf(out, "%s{'request':'%s%d','option':'%s'}", comma,
                        kids->prefix, i, kids->holds ? "held" : "o");
            comma = ",";
        }
    }
}

judged *judged_day(const char *place, const judged_kids *kids,
                   const char *more) {
    arena *const mem = arena_create(NULL, 0);
    assert_non_null(mem);
    text problem_text = {.mem = mem}, plan_text = {.mem = mem};
    text_printf(&problem_text,
                "{'schema':'ctgsched/problem/1','id':'t',%s"
                "'horizon':{'first':'2026-09-07','last':'2026-09-07'},"
                "'structures':[{'id':'s','kind':'other','hours':[{'begin':"
                "'08:00','end':'18:00'}],%s}],'children':[",
                more, place);
    put_children(&problem_text, kids);
    text_puts(&problem_text, "],'requests':[");
    put_requests(&problem_text, kids);
    text_puts(&problem_text, "]}");
    text_puts(&plan_text, "{'schema':'ctgsched/plan/1','placements':[");
    put_placements(&plan_text, kids);
    text_puts(&plan_text, "]}");
    judged *const j = judged_texts(problem_text.at, plan_text.at, CHECK_RULES);
    arena_destroy(mem);
    return j;
}

judged *judged_texts(const char *problem_text, const char *plan_text,
                     check_depth depth) {
    ctg_error err = CTG_ERROR_INIT;
    arena *const mem = arena_create(NULL, 0);
    assert_non_null(mem);
    judged *const j = ARENA_NEW(mem, judged, 1);
    assert_non_null(j);
    j->mem = mem;
    const char *const first = quoted(mem, problem_text);
    const char *const second = quoted(mem, plan_text);
    if (io_read_problem(&j->prob, (io_text){first, strlen(first)}, NULL, 0,
                        NULL, NULL, &err) != CTG_OK)
        fail_msg("problem: %s %s %s", err.code, err.pointer, err.message);
    if (io_read_plan(&j->plan, j->prob, (io_text){second, strlen(second)}, NULL,
                     mem, &err) != CTG_OK)
        fail_msg("plan: %s %s %s", err.code, err.pointer, err.message);
    assert_int_equal(check_plan(&j->v, j->prob, j->plan, depth, mem, &err),
                     CTG_OK);
    return j;
}

void judged_free(judged *j) {
    problem_free(j->prob);
    arena_destroy(j->mem);
}

static void put_word(text *out, const char *name, const char *id) {
    text_printf(out, " %s%s", name, id);
}

static void put_time(text *out, const where *at) {
    char date[CIVIL_TEXT], begin[MINUTE_TEXT], end[MINUTE_TEXT];
    if (at->civil != CIVIL_NONE) {
        civil_print(at->civil, date);
        put_word(out, "", date);
    }
    if (at->begin != NONE) {
        minute_print(at->begin, begin);
        minute_print(at->end, end);
        text_printf(out, " %s-%s", begin, end);
    }
    if (at->week != NONE)
        text_printf(out, " W%d", at->week);
    if (at->month != NONE)
        text_printf(out, " M%d-%02d", at->month / 12, at->month % 12 + 1);
}

static void put_line(text *out, const problem *prob, const where *at,
                     int64_t size) {
    const structure *const x =
        at->structure == NONE ? NULL : &prob->structures[at->structure];
    text_puts(out, rule_name_text(at->rule));
    if (x)
        put_word(out, "", x->id);
    if (x && at->section != NONE)
        put_word(out, "section=", x->sections[at->section].id);
    if (x && at->shared != NONE)
        put_word(out, "shared=", x->shared[at->shared].id);
    if (at->need != NONE)
        put_word(out, "need=", prob->needs[at->need].id);
    if (at->skill != NONE)
        put_word(out, "skill=", prob->skills[at->skill]);
    if (at->request != NONE)
        put_word(out, "request=", prob->requests[at->request].id);
    if (at->resource != NONE)
        put_word(out, "resource=", prob->resources[at->resource].id);
    if (at->group != NONE)
        put_word(out, "group=", prob->siblings[at->group].id);
    if (at->manager)
        put_word(out, "manager=", at->manager);
    put_time(out, at);
    text_printf(out, " x%lld\n", (long long)size);
}

const char *judged_breaches(judged *j) {
    text out = {.mem = j->mem};
    for (int32_t i = 0; i < j->v.n_breaches; i++)
        put_line(&out, j->prob, &j->v.breaches[i].at, j->v.breaches[i].size);
    return out.at ? out.at : "";
}

const char *judged_shortages(judged *j) {
    text out = {.mem = j->mem};
    for (int32_t i = 0; i < j->v.n_shortages; i++)
        put_line(&out, j->prob, &j->v.shortages[i].at, j->v.shortages[i].size);
    return out.at ? out.at : "";
}
