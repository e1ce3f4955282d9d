// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/replay.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/recover.h"

enum { KEPT = 512 };

typedef struct replaying {
    store *from, *beside; /* two, for one is being read from */
    const char *commune;
    replay_sum *sum;
    FILE *tell;
    uint64_t memory;
    version *now;        /* nobody else's: it becomes the next one */
    version *kept[KEPT]; /* by number: a plan rests on an earlier one */
} replaying;

static version **place_of(replaying *in, int64_t seq) {
    return &in->kept[seq % KEPT];
}

static void keep_version(replaying *in, int64_t seq) {
    version **const place = place_of(in, seq);
    version_drop(*place);
    in->now->seq = seq;
    *place = in->now;
    in->now = version_next(in->now);
}

static plan_box *make_again(const replaying *in, const version *base,
                            const plan_row *row) {
    const plan_limits limits = {.work = (uint64_t)row->work_limit,
                                .memory = in->memory,
                                .most_changes = row->max_changes};
    trouble why = {0};
    ctg_solver *solver = NULL;
    plan_box *made = NULL;
    int32_t stop = 0;
    if (ctg_solver_create(&solver, NULL, NULL) == CTG_OK)
        made = engine_plan(solver, base->problem, base->floor, &limits, &stop,
                           &why);
    ctg_solver_free(solver);
    trouble_free(&why);
    return made;
}

typedef struct reading {
    problem_box *of;
    plan_box *plan;
} reading;

static ctg_status read_text(void *user, int64_t seq, store_bytes text,
                            ctg_error *err) {
    reading *const to = user;
    (void)seq;
    (void)err;
    to->plan = engine_read_plan(to->of, text);
    return CTG_OK;
}

static void compare(replaying *in, int64_t seq, const plan_row *row,
                    plan_box *made) {
    const bool is_same = made && strcmp(plan_digest(made), row->digest) == 0;
    *(is_same ? &in->sum->n_same : &in->sum->n_other) += 1;
    if (!is_same)
        fprintf(in->tell,
                "plan %" PRId64 " of commune \"%s\" comes out otherwise\n", seq,
                in->commune);
}

/* The plan of a record, made again where that is exact, else read. */
static ctg_status replay_plan(replaying *in, const store_record *record,
                              ctg_error *err) {
    plan_row row;
    envelope_plan(&row, record->body.at, record->body.n);
    version *const base = *place_of(in, row.rests_on);
    reading to = {0};
    if (!base || base->seq != row.rests_on || !base->problem) {
        in->sum->n_not_replayable++;
        return CTG_OK;
    }
    to.of = base->problem;
    if (row.work_limit > 0 && strcmp(row.stop, "interrupted") != 0) {
        to.plan = make_again(in, base, &row);
        compare(in, record->seq, &row, to.plan);
    } else {
        const ctg_status status = store_plan_at(
            in->beside, in->commune, record->seq, read_text, &to, err);
        if (status != CTG_OK)
            return status;
        in->sum->n_not_replayable++;
    }
    version_set_floor(in->now,
                      engine_carry(in->now->problem, to.plan, record->seq));
    plan_drop(to.plan);
    return CTG_OK;
}

static ctg_status take_record(void *user, const store_record *record,
                              ctg_error *err) {
    replaying *const in = user;
    ctg_status status = CTG_OK;
    in->sum->n_records++;
    if (strcmp(record->kind, "plan") == 0)
        status = replay_plan(in, record, err);
    else if (strcmp(record->kind, "published") != 0 && record->body.n > 0)
        status = recover_change(in->now, record, err);
    if (status == CTG_OK)
        keep_version(in, record->seq);
    return status;
}

static ctg_status replay_commune(replaying *in, ctg_error *err) {
    const version empty = {.refs = 1};
    in->now = version_next(&empty);
    const ctg_status status =
        store_replay(in->from, in->commune, 0, 0, take_record, in, err);
    version_drop(in->now);
    for (int i = 0; i < KEPT; i++) {
        version_drop(in->kept[i]);
        in->kept[i] = NULL;
    }
    return status;
}

static ctg_status keep_name(void *user, const store_head *head,
                            ctg_error *err) {
    buffer *const to = user;
    (void)err;
    buffer_add(to, head->commune, strlen(head->commune) + 1);
    return CTG_OK;
}

ctg_status replay_state(replay_sum *out, store *from, store *beside,
                        uint64_t solve_memory, FILE *tell, ctg_error *err) {
    buffer names = {0}; // one after the other, each with its end
    replaying in = {.from = from,
                    .beside = beside,
                    .sum = out,
                    .tell = tell,
                    .memory = solve_memory};
    *out = (replay_sum){0};
    ctg_status status = store_communes(from, keep_name, &names, err);
    for (size_t at = 0; at < names.n && status == CTG_OK;
         at += strlen(names.at + at) + 1) {
        in.commune = names.at + at;
        status = replay_commune(&in, err);
    }
    buffer_free(&names);
    return status;
}
