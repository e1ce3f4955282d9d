// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines for people. */
#include "verify/report.h"

void report_faults(FILE *out, const char *path, const fault_list *faults) {
    for (int32_t i = 0; i < faults->n; i++) {
        const fault *const f = &faults->at[i];
        fprintf(out, "%s:%d:%d: %s %s %s: %s\n", path, f->line, f->column,
                f->severity == FAULT_ERROR ? "error" : "warning", f->code,
                f->pointer && f->pointer[0] ? f->pointer : "/", f->message);
    }
    const int32_t more = faults->n_errors + faults->n_warnings - faults->n;
    if (more > 0)
        fprintf(out, "%s: %d more\n", path, more);
}

static void put_when(FILE *out, const where *at) {
    char date[CIVIL_TEXT], begin[MINUTE_TEXT], end[MINUTE_TEXT];
    if (at->civil != CIVIL_NONE) {
        civil_print(at->civil, date);
        fprintf(out, ", %s", date);
    }
    if (at->begin != NONE) {
        minute_print(at->begin, begin);
        minute_print(at->end, end);
        fprintf(out, " %s-%s", begin, end);
    }
    if (at->week != NONE)
        fprintf(out, ", week %04d-W%02d", at->week / 100, at->week % 100);
    if (at->month != NONE)
        fprintf(out, ", %04d-%02d", at->month / 12, at->month % 12 + 1);
}

static void put_shortage(FILE *out, const problem *prob, const shortage *s) {
    const where *const at = &s->at;
    const structure *const x =
        at->structure == NONE ? NULL : &prob->structures[at->structure];
    fprintf(out, "warning: shortage %s (rule %s)", shortage_kind_text(s->kind),
            rule_name_text(at->rule));
    if (x)
        fprintf(out, ", structure \"%s\"", x->id);
    if (x && at->section >= 0)
        fprintf(out, ", section \"%s\"", x->sections[at->section].id);
    if (x && at->shared != NONE)
        fprintf(out, ", shared quota \"%s\"", x->shared[at->shared].id);
    if (at->need != NONE)
        fprintf(out, ", need \"%s\"", prob->needs[at->need].id);
    if (at->skill != NONE)
        fprintf(out, ", skill \"%s\"", prob->skills[at->skill]);
    if (at->request != NONE)
        fprintf(out, ", request \"%s\"", prob->requests[at->request].id);
    if (at->manager)
        fprintf(out, ", manager \"%s\"", at->manager);
    put_when(out, at);
    fprintf(out, ": %lld\n", (long long)s->size);
}

void report_lines(const problem *prob, const verdict *v) {
    for (int32_t i = 0; i < v->n_breaches; i++)
        printf("%s: %s\n", rule_name_text(v->breaches[i].at.rule),
               v->breaches[i].message);
    for (int32_t i = 0; i < v->n_shortages; i++)
        put_shortage(stderr, prob, &v->shortages[i]);
    if (v->accepted)
        puts(v->n_shortages == 0 ? "accepted: every rule holds"
                                 : "accepted: every rule holds, but for the "
                                   "shortages declared");
    else
        printf("refused: %d breach%s\n", v->n_breaches,
               v->n_breaches == 1 ? "" : "es");
}
