// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/planner.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log.h"

enum { TURN_MS = 1000, MOST_SOLVES = 64 };
static const double default_solve_s = 60.0, endless_s = 1e9;

/* What the planner is to do now. */
typedef struct step {
    version *from; /* kept */
    solve *asked;  /* or NULL */
    bool is_repair;
    plan_limits limits;
} step;

/* Locked. The oldest solve that has time left. */
static solve *next_solve(commune *in) {
    solve *oldest = NULL;
    for (solve *one = in->solves; one; one = one->next)
        if (one->state != SOLVE_DONE)
            oldest = one; // the list has the newest first
    return oldest;
}

/* Locked. */
static bool is_repair_due(const commune *in) {
    return in->shown->problem && in->shown->repair_seq > in->repaired_seq;
}

static bool is_work_due(commune *in) {
    return in->shown->problem &&
           (is_repair_due(in) || next_solve(in) || in->improve_left_s > 0);
}

/* Work, when it is limited, is the only limit: a clock would make the plan one
 * of this machine. */
static void limit(plan_limits *to, const settings *set, setting work,
                  double seconds) {
    to->work = (uint64_t)set_whole(set, work);
    to->time_s = to->work ? 0 : seconds;
}

/* Locked. Chooses, and notes that a solve begins. */
static bool choose(const service *of, commune *in, step *out) {
    const settings *const set = of->settings;
    if (!is_work_due(in))
        return false;
    *out = (step){.from = version_keep(in->shown),
                  .is_repair = is_repair_due(in),
                  .asked = NULL};
    out->limits =
        (plan_limits){.memory = (uint64_t)set_whole(set, SET_SOLVE_MEMORY),
                      .most_changes = set_whole(set, SET_MAX_CHANGES)};
    if (out->is_repair) {
        limit(&out->limits, set, SET_REPAIR_WORK, set->number[SET_REPAIR_TIME]);
        in->repaired_seq = in->shown->seq;
        in->improve_left_s = set_whole(set, SET_IMPROVE_WORK)
                                 ? endless_s
                                 : set->number[SET_IMPROVE_TIME];
        return true;
    }
    out->asked = next_solve(in);
    if (out->asked) {
        out->asked->state = SOLVE_RUNNING;
        out->limits.time_s = out->asked->left_s;
        out->limits.work = (uint64_t)out->asked->asked.work_limit;
        out->limits.most_changes = out->asked->asked.max_changes;
    } else {
        limit(&out->limits, set, SET_IMPROVE_WORK, in->improve_left_s);
    }
    in->is_improving = true;
    in->improving_since_ms = now_ms();
    return true;
}

/* Locked. The time is used up, and what ended by itself has nothing left. */
static void account(commune *in, const step *now, int32_t stop, double seconds,
                    const trouble *why) {
    in->is_improving = false;
    const bool is_over = stop != CTG_STOP_INTERRUPTED || why->status != CTG_OK;
    if (now->is_repair) {
        if (stop == CTG_STOP_OPTIMAL)
            in->improve_left_s = 0;
    } else if (now->asked) {
        now->asked->left_s -= seconds;
        if (is_over || now->asked->is_cancelled || now->asked->left_s <= 0) {
            now->asked->state = SOLVE_DONE;
            now->asked->stop = stop;
            memcpy(now->asked->code, why->err.code, sizeof now->asked->code);
        } else {
            now->asked->state = SOLVE_WAITING;
        }
    } else {
        in->improve_left_s = is_over ? 0 : in->improve_left_s - seconds;
    }
}

/* On the loop, when the desk took the plan or left it, or there was none. */
static void end_step(order *what) {
    uv_mutex_lock(&what->in->lock);
    what->in->is_stepping = false;
    uv_mutex_unlock(&what->in->lock);
    planner_look(what->of, what->in);
}

/* The next step is chosen when the desk is through with this plan, so that a
 * plan never rests on less than the one before. */
static void hand_over(service *of, commune *in, plan_box *made,
                      const step *now) {
    order *const adoption = order_new(of, in, of->adopt);
    made->rests_on = now->from->seq;
    made->quality = now->is_repair ? "provisional" : "improved";
    adoption->plan = made;
    adoption->finally = end_step;
    order_force(adoption, in->desk);
}

/* Locked, for others interrupt it. A new one for each step: what it would have
 * kept from the last one is nowhere in the journal. */
static bool make_solver(commune *in, trouble *why) {
    why->status = ctg_solver_create(&in->solver, NULL, &why->err);
    return in->solver != NULL;
}

static void drop_solver(commune *in) {
    ctg_solver_free(in->solver);
    in->solver = NULL;
}

static void run_step(order *what) {
    commune *const in = what->in;
    step now;
    trouble why = {0};
    int32_t stop = CTG_STOP_NONE;
    plan_box *made = NULL;
    uv_mutex_lock(&in->lock);
    const bool is_due = make_solver(in, &why) && choose(what->of, in, &now);
    if (!is_due)
        drop_solver(in);
    uv_mutex_unlock(&in->lock);
    if (!is_due) {
        what->finally = end_step;
        order_answer(what, NULL);
        return;
    }
    const uint64_t begun = uv_hrtime();
    const plan_box *const floor = now.from->floor;
    made =
        engine_plan(in->solver, now.from->problem,
                    floor ? now.from->floor : NULL, &now.limits, &stop, &why);
    const double seconds = (double)(uv_hrtime() - begun) / 1e9;
    uv_mutex_lock(&in->lock);
    account(in, &now, stop, seconds, &why);
    drop_solver(in);
    uv_mutex_unlock(&in->lock);
    log_line(why.status == CTG_OK ? LOG_INFO : LOG_WARNING, "planned",
             "commune=%s seq=%lld step=%s stop=%s ms=%d plan=%d code=%s",
             in->id, (long long)now.from->seq,
             now.is_repair ? "repair"
             : now.asked   ? "solve"
                           : "improve",
             ctg_stop_text((ctg_stop)stop), (int)(seconds * 1000), made != NULL,
             why.err.code);
    if (made)
        hand_over(what->of, in, made, &now);
    else
        what->finally = end_step;
    version_drop(now.from);
    trouble_free(&why);
    order_answer(what, NULL);
}

/* Interrupts improvements that began at `before` or earlier. */
static void make_room(service *of, int64_t before) {
    for (commune *one = of->communes; one; one = one->next) {
        uv_mutex_lock(&one->lock);
        if (one->is_improving && one->improving_since_ms <= before)
            ctg_solver_interrupt(one->solver);
        uv_mutex_unlock(&one->lock);
    }
}

void planner_look(service *of, commune *in) {
    uv_mutex_lock(&in->lock);
    // A change makes an improvement of the problem before it worthless.
    if (in->is_improving && is_repair_due(in))
        ctg_solver_interrupt(in->solver);
    const bool is_repair = is_repair_due(in);
    const bool is_pushed =
        !of->is_stopping && !in->is_stepping && is_work_due(in);
    in->is_stepping = in->is_stepping || is_pushed;
    uv_mutex_unlock(&in->lock);
    if (!is_pushed)
        return;
    order_force(order_new(of, in, run_step), in->planning);
    if (is_repair && pool_is_short(of->planners))
        make_room(of, INT64_MAX);
}

void planner_wake(order *done) { planner_look(done->of, done->in); }

void planner_share(service *of) {
    if (pool_is_short(of->planners))
        make_room(of, now_ms() - TURN_MS);
}

void planner_stop(service *of) {
    for (commune *one = of->communes; one; one = one->next) {
        uv_mutex_lock(&one->lock);
        if (one->solver)
            ctg_solver_interrupt(one->solver);
        uv_mutex_unlock(&one->lock);
    }
}

static void forget_old_solves(commune *in) {
    int32_t n = 0;
    for (solve **at = &in->solves; *at;) {
        solve *const one = *at;
        if (++n > MOST_SOLVES && one->state == SOLVE_DONE) {
            *at = one->next;
            free(one);
        } else {
            at = &one->next;
        }
    }
}

solve *solve_add(service *of, commune *in, const solve_ask *asked) {
    solve *const made = NEED(solve);
    made->asked = *asked;
    made->left_s = asked->time_limit > 0 ? asked->time_limit : default_solve_s;
    uv_mutex_lock(&in->lock);
    made->id = ++in->last_solve;
    made->next = in->solves;
    in->solves = made;
    forget_old_solves(in);
    uv_mutex_unlock(&in->lock);
    planner_look(of, in);
    return made;
}

solve *solve_find(commune *in, int32_t id) {
    for (solve *one = in->solves; one; one = one->next)
        if (one->id == id)
            return one;
    return NULL;
}

void solve_cancel(commune *in, solve *what) {
    what->is_cancelled = true;
    if (what->state == SOLVE_WAITING)
        what->state = SOLVE_DONE;
    else if (what->state == SOLVE_RUNNING && in->is_improving)
        ctg_solver_interrupt(in->solver);
}
