// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/commune.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static hold_box *hold_keep(hold_box *held) {
    atomic_fetch_add(&held->refs, 1);
    return held;
}

static void hold_drop(hold_box *held) {
    if (atomic_fetch_sub(&held->refs, 1) == 1)
        free(held);
}

version *version_keep(version *held) {
    atomic_fetch_add(&held->refs, 1);
    return held;
}

void version_drop(version *held) {
    if (!held || atomic_fetch_sub(&held->refs, 1) > 1)
        return;
    problem_drop(held->problem);
    plan_drop(held->floor);
    plan_drop(held->published);
    for (int32_t i = 0; i < held->n_holds; i++)
        hold_drop(held->holds[i]);
    free(held->holds);
    free(held);
}

static void copy_holds(version *to, const version *from, int32_t more) {
    to->holds = need((size_t)(from->n_holds + more) * sizeof(hold_box *) + 1);
    for (int32_t i = 0; i < from->n_holds; i++)
        to->holds[i] = hold_keep(from->holds[i]);
    to->n_holds = from->n_holds;
}

version *version_next(const version *before) {
    version *const made = NEED(version);
    made->refs = 1;
    made->seq = before->seq + 1;
    made->repair_seq = before->repair_seq;
    made->problem = problem_keep(before->problem);
    made->floor = plan_keep(before->floor);
    made->published = plan_keep(before->published);
    copy_holds(made, before, 1); // room for one more
    return made;
}

void version_set_problem(version *of, problem_box *taken) {
    problem_drop(of->problem);
    of->problem = taken;
}

void version_set_floor(version *of, plan_box *taken) {
    plan_drop(of->floor);
    of->floor = taken;
}

void version_add_hold(version *of, hold_box *taken) {
    of->holds[of->n_holds++] = taken;
}

hold_box *version_find_hold(const version *of, const char *id) {
    for (int32_t i = 0; i < of->n_holds; i++)
        if (strcmp(of->holds[i]->id, id) == 0)
            return of->holds[i];
    return NULL;
}

void version_end_hold(version *of, const char *id) {
    for (int32_t i = 0; i < of->n_holds; i++)
        if (strcmp(of->holds[i]->id, id) == 0) {
            hold_drop(of->holds[i]);
            memmove(&of->holds[i], &of->holds[i + 1],
                    (size_t)(of->n_holds - i - 1) * sizeof(hold_box *));
            of->n_holds--;
            return;
        }
}

commune *commune_new(const char *id) {
    commune *const made = NEED(commune);
    strncpy(made->id, id, ID_TEXT - 1);
    uv_mutex_init(&made->lock);
    made->inbox_last = &made->inbox;
    made->shown = NEED(version);
    made->shown->refs = 1;
    made->shown->holds = need(1);
    made->head = version_keep(made->shown);
    atomic_store(&made->next_expiry_ms, INT64_MAX);
    return made;
}

void commune_free(commune *held) {
    feed_free(&held->feed);
    keys_free(&held->keys);
    version_drop(held->head);
    version_drop(held->shown);
    ctg_solver_free(held->solver);
    while (held->solves) {
        solve *const gone = held->solves;
        held->solves = gone->next;
        free(gone);
    }
    uv_mutex_destroy(&held->lock);
    free(held);
}

version *commune_look(commune *in) {
    uv_mutex_lock(&in->lock);
    version *const seen = version_keep(in->shown);
    uv_mutex_unlock(&in->lock);
    return seen;
}

bool commune_is_broken(commune *in) {
    uv_mutex_lock(&in->lock);
    const bool is_broken = in->is_broken;
    uv_mutex_unlock(&in->lock);
    return is_broken;
}

void commune_note_expiry(commune *in, const version *now) {
    int64_t next = INT64_MAX;
    for (int32_t i = 0; i < now->n_holds; i++)
        if (now->holds[i]->expires_ms < next)
            next = now->holds[i]->expires_ms;
    atomic_store(&in->next_expiry_ms, next);
}
