// SPDX-License-Identifier: GPL-3.0-or-later
/* Branch and bound on one objective.
 *
 * A request is the thing to branch on: served or not, this structure or
 * another, this half of its menu or that; then single staff columns, or these
 * first where duties are decided. Nodes are
 * closed by exact bounds only (relax_bound); a node that the engine calls
 * infeasible is closed when its multipliers prove it, else it is branched
 * further, down to single plans. */
#include "solve/cover.h"
#include "solve/duties.h"
#include "solve/envy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONG_RAY = 1 << 12 };

typedef enum branch_kind {
    BRANCH_ROOT,
    BRANCH_SERVE,  /* the group must be served */
    BRANCH_FORBID, /* columns get 0 */
    BRANCH_BOX     /* an auxiliary column gets a new box */
} branch_kind;

typedef struct node {
    const struct node *parent;
    branch_kind kind;
    int32_t group, n_cols;
    const int32_t *cols; /* [n_cols] */
    int64_t lower, upper;
    int64_t bound; /* proven */
    int32_t depth;
    int32_t serial;    /* later nodes first among equals: a dive */
    double from, step; /* of a box: the parent's bound, and by how much less
                          or (is_up) more the column has to be */
    bool is_up;
    const uint8_t *basis;
    int32_t basis_rows, basis_cols;
} node;

/* What branching on a column has raised the bound by, for each unit that the
 * column had to move: down, and up. */
typedef struct gains {
    double sum[2];
    int32_t n[2];
} gains;

typedef struct tree {
    search *s;
    relax *r;
    arena *mem;
    node **heap; /* by bound */
    int32_t n_open, room, serial;
    gains *gains, all;                /* [n_cols], and of all together */
    int64_t *base_lower, *base_upper; /* boxes at the root */
    uint8_t *base_must;
    anneal_task *beside; /* under way, or NULL */
} tree;

static bool node_before(const node *a, const node *b) {
    if (a->bound != b->bound)
        return a->bound < b->bound;
    if (a->depth != b->depth)
        return a->depth > b->depth;
    return a->serial > b->serial;
}

static bool heap_push(tree *t, node *n) {
    if (t->n_open == t->room) {
        const int32_t room = t->room ? 2 * t->room : 256;
        node **const heap = ARENA_NEW(t->mem, node *, room);
        if (!heap)
            return false;
        if (t->n_open)
            memcpy(heap, t->heap, sizeof *heap * (size_t)t->n_open);
        t->heap = heap;
        t->room = room;
    }
    int32_t at = t->n_open++;
    for (; at > 0 && node_before(n, t->heap[(at - 1) / 2]); at = (at - 1) / 2)
        t->heap[at] = t->heap[(at - 1) / 2];
    t->heap[at] = n;
    return true;
}

static node *heap_pop(tree *t) {
    node *const top = t->heap[0];
    node *const last = t->heap[--t->n_open];
    int32_t at = 0;
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= t->n_open)
            break;
        if (child + 1 < t->n_open &&
            node_before(t->heap[child + 1], t->heap[child]))
            child++;
        if (!node_before(t->heap[child], last))
            break;
        t->heap[at] = t->heap[child];
        at = child;
    }
    t->heap[at] = last;
    return top;
}

/* What a node must beat to be worth opening: a solution strictly better than
 * the best plan costs at most best - step. */
static bool is_hopeless(const tree *t, int64_t bound) {
    return t->s->has_plan && bound >= t->s->value[t->s->stage];
}

/* --- boxes -----------------------------------------------------------------
 */

static void walk_boxes(tree *t, const node *n) {
    relax *const r = t->r;
    const program *const p = r->p;
    memcpy(r->lower, t->base_lower, sizeof *r->lower * (size_t)p->cols.n);
    memcpy(r->upper, t->base_upper, sizeof *r->upper * (size_t)p->cols.n);
    memcpy(r->must, t->base_must, (size_t)p->groups.n);
    for (; n; n = n->parent) {
        if (n->kind == BRANCH_SERVE)
            r->must[n->group] = 1;
        for (int32_t k = 0; n->kind == BRANCH_FORBID && k < n->n_cols; k++)
            r->upper[n->cols[k]] = 0;
        if (n->kind == BRANCH_BOX) {
            const int32_t col = n->cols[0];
            r->lower[col] = n->lower > r->lower[col] ? n->lower : r->lower[col];
            r->upper[col] = n->upper < r->upper[col] ? n->upper : r->upper[col];
        }
    }
}

static void apply_boxes(tree *t) {
    relax *const r = t->r;
    for (int32_t k = 0; k < r->n_lp_cols; k++)
        relax_apply_col(r, r->col_of[k]);
    for (int32_t k = 0; k < r->n_lp_rows; k++)
        if (r->row_of[k] < 0)
            relax_apply_group(r, -1 - r->row_of[k]);
}

static void load_basis(tree *t, const node *n) {
    if (!n->basis)
        return;
    relax *const r = t->r;
    const arena_mark mark = arena_here(t->s->scratch);
    uint8_t *const all =
        ARENA_NEW(t->s->scratch, uint8_t, r->n_lp_rows + r->n_lp_cols + 1);
    if (all) {
        memset(all, LP_BASIC, (size_t)r->n_lp_rows);
        memset(all + r->n_lp_rows, LP_AT_LOWER, (size_t)r->n_lp_cols);
        memcpy(all, n->basis, (size_t)n->basis_rows);
        memcpy(all + r->n_lp_rows, n->basis + n->basis_rows,
               (size_t)n->basis_cols);
        lp_set_basis(r->lp, all);
    }
    arena_rewind(t->s->scratch, mark);
}

static void save_basis(tree *t, node *n) {
    relax *const r = t->r;
    uint8_t *const basis =
        ARENA_NEW(t->mem, uint8_t, r->n_lp_rows + r->n_lp_cols + 1);
    if (!basis)
        return;
    lp_get_basis(r->lp, basis);
    n->basis = basis;
    n->basis_rows = r->n_lp_rows;
    n->basis_cols = r->n_lp_cols;
}

/* --- proof that a node is empty
 * ------------------------------------------------ */

/* A ray has any length: a long one loses least when it is rounded. */
static double ray_scale(const double *u, int32_t n) {
    double most = 0;
    for (int32_t k = 0; k < n; k++)
        most = fabs(u[k]) > most ? fabs(u[k]) : most;
    return most > 0 ? LONG_RAY / most : 1;
}

/* With the multipliers as duals of a zero objective, a positive bound proves
 * that nothing lies in the boxes. Both signs are tried. */
static bool prove_empty(tree *t) {
    relax *const r = t->r;
    const arena_mark mark = arena_here(t->s->scratch);
    double *const u = ARENA_NEW(t->s->scratch, double, r->n_lp_rows + 1);
    bool proven = false;
    if (u && lp_infeasibility(r->lp, u)) {
        const int64_t *const cost = r->cost;
        int64_t *const zero =
            ARENA_NEW(t->s->scratch, int64_t, r->p->cols.n + 1);
        const double scale = ray_scale(u, r->n_lp_rows);
        for (int sign = -1; zero && sign <= 1 && !proven; sign += 2) {
            memset(r->dual, 0, sizeof *r->dual * (size_t)r->p->rows.n);
            for (int32_t k = 0; k < r->n_lp_rows; k++)
                if (r->row_of[k] >= 0)
                    r->dual[r->row_of[k]] = sign * scale * u[k];
            wide exact;
            r->cost = zero;
            const int64_t bound = relax_bound(r, &exact);
            r->cost = cost;
            proven = bound == INT64_MAX || exact > 0;
        }
    }
    arena_rewind(t->s->scratch, mark);
    return proven;
}

/* --- choosing a branch -------------------------------------------------------
 */

/* No libm: its last digits differ between machines. */
static double down(double x) {
    const double whole = (double)(int64_t)x;
    return whole > x ? whole - 1 : whole;
}

static double fraction(double x) {
    const double f = x - down(x);
    return f < 1e-6 || f > 1 - 1e-6 ? 0 : f;
}

typedef struct choice {
    int32_t group; /* or -1 */
    int32_t col;   /* auxiliary column, or -1 */
    double score;
    bool is_first; /* chosen before any group was looked at */
} choice;

static double closeness(double x) {
    const double f = x - down(x);
    return f < 0.5 ? f : 1 - f;
}

/* Whether a session opens decides for many. */
static choice choose_opening(const search *s, const relax *r) {
    choice best = {.group = -1, .col = -1};
    for (int32_t k = 0; k < s->f.openings.n; k++) {
        const int32_t col = s->f.openings.at[k].col;
        if (fraction(r->x[col]) > 0 && closeness(r->x[col]) > best.score)
            best = (choice){-1, col, closeness(r->x[col]), false};
    }
    return best;
}

static choice choose_group(const search *s, const relax *r) {
    choice best = choose_opening(s, r);
    const program *const p = r->p;
    if (best.col >= 0)
        return best;
    for (int32_t g = 0; g < p->groups.n; g++) {
        double spread = 0, served = 0, cost = 0;
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++) {
            const double x = r->x[j];
            if (x < 1e-6)
                continue;
            served += x;
            spread += x * (1 - x);
            const double c = fabs((double)r->cost[j] * r->scale);
            cost = c > cost ? c : cost;
        }
        if (spread < 1e-6)
            continue;
        const double score =
            (spread + 2 * closeness(served)) * (1 + cost / 100);
        if (score > best.score)
            best = (choice){g, -1, score, false};
    }
    if (best.group >= 0)
        return best;
    for (int32_t j = 0; j < p->cols.n; j++)
        if (p->cols.at[j].group < 0 && fraction(r->x[j]) > 0 &&
            closeness(r->x[j]) > best.score)
            best = (choice){-1, j, closeness(r->x[j]), false};
    return best;
}

static double gain_of(const tree *t, int32_t col, int up) {
    const gains *const g = &t->gains[col];
    if (g->n[up] > 0)
        return g->sum[up] / g->n[up];
    return t->all.n[up] > 0 ? t->all.sum[up] / t->all.n[up] : 1;
}

/* The count that should raise the bound most on both sides. */
static choice choose_count(const tree *t) {
    const search *const s = t->s;
    const relax *const r = t->r;
    choice best = {.group = -1, .col = -1};
    for (int32_t j = s->f.n_choice_cols; j < r->p->cols.n; j++) {
        const double f = fraction(r->x[j]);
        if (f <= 0)
            continue;
        const double score =
            (1e-6 + f * gain_of(t, j, 0)) * (1e-6 + (1 - f) * gain_of(t, j, 1));
        if (score > best.score)
            best = (choice){-1, j, score, true};
    }
    return best;
}

/* Where duties are decided, counts are branched on first: how many are away,
 * how many are required. One post more or less says little. */
static choice choose(const tree *t) {
    const search *const s = t->s;
    const relax *const r = t->r;
    const choice count = s->f.n_duty_cols > 0 && !search_is_small(s)
                             ? choose_count(t)
                             : (choice){.group = -1, .col = -1};
    return count.col >= 0 ? count : choose_group(s, r);
}

static void learn_gain(tree *t, const node *n, double value) {
    if (n->kind != BRANCH_BOX || n->step <= 0)
        return;
    const double by = value > n->from ? (value - n->from) / n->step : 0;
    gains *const g = &t->gains[n->cols[0]];
    g->sum[n->is_up] += by;
    g->n[n->is_up]++;
    t->all.sum[n->is_up] += by;
    t->all.n[n->is_up]++;
}

static node *new_node(tree *t, const node *parent, branch_kind kind,
                      int64_t bound) {
    node *const n = ARENA_NEW(t->mem, node, 1);
    if (!n)
        return NULL;
    n->parent = parent;
    n->kind = kind;
    n->bound = bound;
    n->depth = parent ? parent->depth + 1 : 0;
    n->serial = t->serial++;
    if (parent) {
        n->basis = parent->basis;
        n->basis_rows = parent->basis_rows;
        n->basis_cols = parent->basis_cols;
    }
    return n;
}

static int32_t structure_of_col(const search *s, int32_t col) {
    return column_structure(&s->f, col);
}

/* The columns of a group in two halves of the LP weight: by structure when the
 * weight is in several, else by cost. Fills `side` [columns of the group]. */
static void split_group(const tree *t, int32_t g, uint8_t *side) {
    const relax *const r = t->r;
    const program_group *const group = &r->p->groups.at[g];
    int32_t first = -1, heaviest = -1;
    bool several = false;
    for (int32_t j = group->begin; j < group->end; j++) {
        if (r->x[j] < 1e-6)
            continue;
        if (heaviest < 0 || r->x[j] > r->x[heaviest])
            heaviest = j;
        several |= first >= 0 &&
                   structure_of_col(t->s, j) != structure_of_col(t->s, first);
        first = j;
    }
    if (several) {
        for (int32_t j = group->begin; j < group->end; j++)
            side[j - group->begin] =
                structure_of_col(t->s, j) == structure_of_col(t->s, heaviest);
        return;
    }
    /* By menu order, cut where half of the weight is reached. */
    double total = 0, seen = 0;
    for (int32_t j = group->begin; j < group->end; j++)
        total += r->x[j];
    bool cut = false, any = false;
    for (int32_t j = group->begin; j < group->end; j++) {
        const bool on = r->x[j] > 1e-6;
        if (any && on && !cut && (seen + r->x[j] / 2 > total / 2))
            cut = true;
        side[j - group->begin] = !cut;
        any |= on;
        seen += r->x[j];
    }
}

static bool push_forbid(tree *t, const node *parent, int32_t g,
                        const uint8_t *side, int keep, int64_t bound) {
    const program_group *const group = &t->r->p->groups.at[g];
    node *const n = new_node(t, parent, BRANCH_FORBID, bound);
    int32_t *const cols =
        ARENA_NEW(t->mem, int32_t, group->end - group->begin + 1);
    if (!n || !cols)
        return false;
    for (int32_t j = group->begin; j < group->end; j++)
        if (!side || side[j - group->begin] != keep)
            cols[n->n_cols++] = j;
    n->cols = cols;
    n->group = g;
    return heap_push(t, n);
}

/* Both halves keep something that is open. */
static bool is_split(const tree *t, int32_t g, const uint8_t *side) {
    const program_group *const group = &t->r->p->groups.at[g];
    bool has[2] = {false, false};
    for (int32_t j = group->begin; j < group->end; j++)
        if (t->r->upper[j] > 0)
            has[side[j - group->begin]] = true;
    return has[0] && has[1];
}

static bool branch_served(tree *t, const node *parent, int32_t g,
                          int64_t bound) {
    node *const serve = new_node(t, parent, BRANCH_SERVE, bound);
    if (!serve)
        return false;
    serve->group = g;
    return push_forbid(t, parent, g, NULL, 0, bound) && heap_push(t, serve);
}

static bool branch_group(tree *t, const node *parent, int32_t g,
                         int64_t bound) {
    const program_group *const group = &t->r->p->groups.at[g];
    double served = 0;
    for (int32_t j = group->begin; j < group->end; j++)
        served += t->r->x[j];
    if (closeness(served) > 0.02 && !t->r->must[g])
        return branch_served(t, parent, g, bound);
    uint8_t *const side =
        ARENA_NEW(t->mem, uint8_t, group->end - group->begin + 1);
    if (!side)
        return false;
    split_group(t, g, side);
    if (!is_split(t, g, side))
        return branch_served(t, parent, g, bound);
    return push_forbid(t, parent, g, side, 0, bound) &&
           push_forbid(t, parent, g, side, 1, bound);
}

static bool branch_col(tree *t, const node *parent, int32_t col, int64_t bound,
                       double value) {
    const int64_t whole = (int64_t)down(t->r->x[col]);
    int32_t *const cols = ARENA_NEW(t->mem, int32_t, 1);
    node *const a = new_node(t, parent, BRANCH_BOX, bound);
    node *const b = new_node(t, parent, BRANCH_BOX, bound);
    if (!cols || !a || !b)
        return false;
    *cols = col;
    a->cols = b->cols = cols;
    a->lower = -PROGRAM_INFINITY;
    a->upper = whole;
    b->lower = whole + 1;
    b->upper = PROGRAM_INFINITY;
    a->from = b->from = value;
    a->step = t->r->x[col] - (double)whole;
    b->step = 1 - a->step;
    b->is_up = true;
    return heap_push(t, a) && heap_push(t, b);
}

/* --- one node
 * ----------------------------------------------------------------- */

static void offer_point(tree *t) {
    const relax *const r = t->r;
    const program *const p = r->p;
    const arena_mark mark = arena_here(t->s->scratch);
    int32_t *const cols = ARENA_NEW(t->s->scratch, int32_t, p->groups.n + 1);
    int32_t n = 0;
    for (int32_t g = 0; cols && g < p->groups.n; g++)
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++)
            if (r->x[j] > 0.5) {
                cols[n++] = j;
                break;
            }
    if (cols)
        search_offer(t->s, cols, n);
    arena_rewind(t->s->scratch, mark);
}

/* A group that still has a choice, -1 when all is decided. */
static int32_t undecided_group(const relax *r) {
    const program *const p = r->p;
    for (int32_t g = 0; g < p->groups.n; g++) {
        int32_t open = 0;
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++)
            open += r->upper[j] > 0;
        if (open > 1 || (open == 1 && !r->must[g]))
            return g;
    }
    return -1;
}

/* The only plan of a node in which every group is decided. */
static void offer_decided(tree *t) {
    const relax *const r = t->r;
    const program *const p = r->p;
    const arena_mark mark = arena_here(t->s->scratch);
    int32_t *const cols = ARENA_NEW(t->s->scratch, int32_t, p->groups.n + 1);
    int32_t n = 0;
    for (int32_t g = 0; cols && g < p->groups.n; g++)
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++)
            if (r->upper[j] > 0)
                cols[n++] = j;
    if (cols)
        search_offer(t->s, cols, n);
    arena_rewind(t->s->scratch, mark);
}

/* Where the engine's numbers neither close a node nor point at a branch: one
 * more request is decided. A node with nothing left to decide is one plan, and
 * is valued exactly. */
static bool decide_more(tree *t, const node *n) {
    relax *const r = t->r;
    const int32_t g = undecided_group(r);
    if (g < 0) {
        offer_decided(t);
        return true;
    }
    const program_group *const group = &r->p->groups.at[g];
    int32_t first = group->begin;
    while (r->upper[first] == 0)
        first++;
    uint8_t *const side =
        ARENA_NEW(t->mem, uint8_t, group->end - group->begin + 1);
    node *const serve = new_node(t, n, BRANCH_SERVE, n->bound);
    if (!side || !serve)
        return false;
    side[first - group->begin] = 1;
    serve->group = g;
    serve->bound = n->bound;
    /* {first, must} and {others or none}. */
    return push_forbid(t, serve, g, side, 1, n->bound) &&
           push_forbid(t, n, g, side, 0, n->bound);
}

/* Rows that the point breaks. What anneals beside reads the program: it ends
 * first. */
static int32_t add_rows(tree *t) {
    anneal_end(t->s, t->beside);
    t->beside = NULL;
    const int32_t n = cover_separate(t->s, t->r);
    return n > 0 ? n : envy_separate(t->s, t->r);
}

typedef enum node_end { NODE_CLOSED, NODE_BRANCHED, NODE_OUT } node_end;

static node_end solve_node(tree *t, node *n) {
    search *const s = t->s;
    relax *const r = t->r;
    walk_boxes(t, n);
    apply_boxes(t);
    load_basis(t, n);
    const lp_limits limits = search_limits(s);
    const uint64_t before = r->work;
    const lp_outcome outcome = relax_solve(r, &limits);
    s->work += r->work - before + 1;
    if (outcome == LP_INFEASIBLE) {
        if (prove_empty(t))
            return NODE_CLOSED;
        return decide_more(t, n) ? NODE_BRANCHED : NODE_OUT;
    }
    if (outcome == LP_FAILED && !lp_engine_failed(s->engine) &&
        !search_is_out(s))
        return decide_more(t, n) ? NODE_BRANCHED : NODE_OUT;
    if (outcome != LP_OPTIMAL)
        return NODE_OUT;
    wide exact;
    const int64_t bound = relax_bound(r, &exact);
    n->bound = bound > n->bound ? bound : n->bound;
    if (is_hopeless(t, n->bound))
        return NODE_CLOSED;
    const double value = (double)exact / (1 << RELAX_SHIFT);
    learn_gain(t, n, value);
    const choice at = choose(t);
    if (at.group < 0 && !at.is_first) {
        offer_point(t);
        if (is_hopeless(t, n->bound))
            return NODE_CLOSED;
        if (add_rows(t) > 0)
            return heap_push(t, n) ? NODE_BRANCHED : NODE_OUT;
        if (at.col < 0 || search_is_small(s))
            return decide_more(t, n) ? NODE_BRANCHED : NODE_OUT;
    }
    if (n->depth < 4 || n->serial % 16 == 0)
        construct_from_relaxation(s, r);
    if (is_hopeless(t, n->bound))
        return NODE_CLOSED;
    save_basis(t, n);
    const bool good = at.group >= 0 ? branch_group(t, n, at.group, n->bound)
                                    : branch_col(t, n, at.col, n->bound, value);
    return good ? NODE_BRANCHED : NODE_OUT;
}

static bool start_tree(tree *t, search *s, relax *r) {
    const program *const p = r->p;
    *t = (tree){.s = s, .r = r};
    t->mem = arena_create(arena_allocator(s->mem), s->options->memory_limit);
    if (!t->mem)
        return false;
    t->base_lower = ARENA_NEW(t->mem, int64_t, p->cols.n + 1);
    t->base_upper = ARENA_NEW(t->mem, int64_t, p->cols.n + 1);
    t->base_must = ARENA_NEW(t->mem, uint8_t, p->groups.n + 1);
    t->gains = ARENA_NEW(t->mem, gains, p->cols.n + 1);
    node *const root = new_node(
        t, NULL, BRANCH_ROOT, s->has_stage_bound ? s->stage_bound : INT64_MIN);
    if (!t->base_lower || !t->base_upper || !t->base_must || !t->gains || !root)
        return false;
    memcpy(t->base_lower, r->lower, sizeof *r->lower * (size_t)p->cols.n);
    memcpy(t->base_upper, r->upper, sizeof *r->upper * (size_t)p->cols.n);
    memcpy(t->base_must, r->must, (size_t)p->groups.n);
    return heap_push(t, root);
}

/* The least that anything better than the best plan could still cost. */
static int64_t open_bound(const tree *t) {
    int64_t bound = t->n_open ? t->heap[0]->bound : INT64_MAX;
    if (t->s->has_plan && t->s->value[t->s->stage] < bound)
        bound = t->s->value[t->s->stage];
    return bound;
}

static bool gap_is_met(const tree *t, double gap) {
    const search *const s = t->s;
    if (!s->has_plan || !s->has_stage_bound)
        return false;
    const double value = (double)s->value[s->stage];
    const double away = value - (double)s->stage_bound;
    return away <= gap * (fabs(value) > 1 ? fabs(value) : 1);
}

static void leave_node(tree *t) {
    relax *const r = t->r;
    memcpy(r->lower, t->base_lower, sizeof *r->lower * (size_t)r->p->cols.n);
    memcpy(r->upper, t->base_upper, sizeof *r->upper * (size_t)r->p->cols.n);
    memcpy(r->must, t->base_must, (size_t)r->p->groups.n);
    apply_boxes(t);
}

static void end_tree(tree *t, bool is_proven) {
    leave_node(t);
    if (is_proven)
        anneal_abandon(t->beside);
    else
        anneal_end(t->s, t->beside);
    arena_destroy(t->mem);
}

enum { NODES_BETWEEN = 400, STEPS_BESIDE = 700000 };

/* Duties: the nodes are for the bound, annealing beside them is better at
 * plans. It begins and ends at fixed nodes, so that threads change nothing. */
static void anneal_beside(tree *t, int64_t nodes) {
    search *const s = t->s;
    if (s->f.n_duty_cols == 0 || search_is_small(s) ||
        nodes % NODES_BETWEEN != NODES_BETWEEN / 8)
        return;
    leave_node(t);
    anneal_end(s, t->beside);
    t->beside = anneal_begin(s, t->r, STEPS_BESIDE, (uint64_t)nodes);
}

tree_result tree_search(search *s, relax *r, int64_t max_nodes, double gap) {
    tree t;
    if (!start_tree(&t, s, r)) {
        s->is_full = true;
        arena_destroy(t.mem);
        return TREE_STOPPED;
    }
    tree_result result = TREE_STOPPED;
    for (int64_t nodes = 0; nodes < max_nodes && !search_is_out(s); nodes++) {
        while (t.n_open && is_hopeless(&t, t.heap[0]->bound))
            heap_pop(&t);
        const int64_t bound = open_bound(&t);
        if (bound != INT64_MAX && bound != INT64_MIN)
            search_bound(s, bound);
        if (t.n_open == 0) {
            result = TREE_PROVEN;
            break;
        }
        if (gap_is_met(&t, gap))
            break;
        anneal_beside(&t, nodes);
        node *const n = heap_pop(&t);
        if (solve_node(&t, n) == NODE_OUT) {
            s->is_full |= !search_is_out(s) && !lp_engine_failed(s->engine);
            heap_push(&t, n);
            break;
        }
    }
    if (t.n_open) {
        const int64_t bound = open_bound(&t);
        if (bound != INT64_MAX && bound != INT64_MIN)
            search_bound(s, bound);
    }
    end_tree(&t, result == TREE_PROVEN);
    return result;
}
