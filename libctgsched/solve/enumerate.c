// SPDX-License-Identifier: GPL-3.0-or-later
/* All plans of a tiny problem, one by one: where a tree would branch on counts
 * of staff for long, a few thousand plans are valued sooner. */
#include "solve/search.h"

static bool are_few(const search *s, int64_t most) {
    int64_t plans = 1;
    for (int32_t g = 0; g < s->f.program.groups.n; g++) {
        const program_group *const group = &s->f.program.groups.at[g];
        plans *= group->end - group->begin + 1;
        if (plans > most)
            return false;
    }
    return true;
}

/* The next choice, -1 is waiting; false after the last. */
static bool advance(const program *p, int32_t *chosen) {
    for (int32_t g = 0; g < p->groups.n; g++) {
        const int32_t next =
            chosen[g] < 0 ? p->groups.at[g].begin : chosen[g] + 1;
        if (next < p->groups.at[g].end) {
            chosen[g] = next;
            return true;
        }
        chosen[g] = -1;
    }
    return false;
}

bool enumerate_all(search *s, int64_t most) {
    if (!are_few(s, most))
        return false;
    const program *const p = &s->f.program;
    const arena_mark mark = arena_here(s->scratch);
    int32_t *const chosen = ARENA_NEW(s->scratch, int32_t, p->groups.n + 1);
    int32_t *const cols = ARENA_NEW(s->scratch, int32_t, p->groups.n + 1);
    bool whole = chosen && cols;
    for (int32_t g = 0; whole && g < p->groups.n; g++)
        chosen[g] = -1;
    do {
        int32_t n = 0;
        for (int32_t g = 0; whole && g < p->groups.n; g++)
            if (chosen[g] >= 0)
                cols[n++] = chosen[g];
        s->work += 4;
        whole = whole && !search_is_out(s);
        if (whole)
            search_offer(s, cols, n);
    } while (whole && advance(p, chosen));
    arena_rewind(s->scratch, mark);
    return whole && !s->is_full && s->failed == CTG_OK;
}
