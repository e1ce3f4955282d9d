// SPDX-License-Identifier: GPL-3.0-or-later
/* The LP engine on GLPK 5.0: the only file that includes <glpk.h>.
 *
 * GLPK calls abort() on a wrong argument. The error hook jumps back into the
 * call under way instead, and the engine counts as failed from then on; its
 * memory is given back when the thread's environment is freed. The hooks are
 * per thread, as all of GLPK's state is. */
#include "lp/lp.h"

#include <assert.h>
#include <float.h>
#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <string.h>

#include "base/clock.h"

_Static_assert(LP_BASIC == GLP_BS && LP_AT_LOWER == GLP_NL,
               "basis bytes are the engine's");

struct lp_engine {
    arena *mem;
    bool failed;
    bool interrupted; /* the jump was ours, not an error */
    jmp_buf jump;
    atomic_int *stop; /* watched while a simplex runs */
    lp *problems;     /* all alive, linked */
};

struct lp {
    lp_engine *engine;
    glp_prob *at;
    lp *next, *previous;
    int64_t iterations;
    int32_t scratch_room;
    int *index; /* 1-based scratch for GLPK's arrays */
    double *value;
};

/* Runs the rest of the function again from here when GLPK fails. */
#define GUARDED(engine, on_failure)                                            \
    do {                                                                       \
        if ((engine)->failed)                                                  \
            return on_failure;                                                 \
        if (setjmp((engine)->jump)) {                                          \
            (engine)->failed = true;                                           \
            return on_failure;                                                 \
        }                                                                      \
    } while (0)

static void jump_out(void *info) {
    lp_engine *const engine = info;
    longjmp(engine->jump, 1);
}

/* Called by GLPK for each line it would print: keeps it silent, and is the only
 * place where a simplex under way can be left (out_frq lines). */
static int swallow_line(void *info, const char *line) {
    (void)line;
    lp_engine *const engine = info;
    if (engine->stop &&
        atomic_load_explicit(engine->stop, memory_order_relaxed)) {
        engine->interrupted = true;
        longjmp(engine->jump, 1);
    }
    return 1;
}

lp_engine *lp_engine_start(arena *mem) {
    lp_engine *const engine = ARENA_NEW(mem, lp_engine, 1);
    if (!engine)
        return NULL;
    engine->mem = mem;
    if (setjmp(engine->jump)) {
        engine->failed = true;
        return engine;
    }
    /* Any call without an environment would end the process. */
    engine->failed = glp_init_env() > 1;
    if (engine->failed)
        return engine;
    glp_error_hook(jump_out, engine);
    glp_term_hook(swallow_line, engine);
    return engine;
}

void lp_engine_end(lp_engine *engine) {
    if (engine)
        glp_free_env();
}

bool lp_engine_failed(const lp_engine *engine) { return engine->failed; }

#define ENGINE_NAME(major, minor) "GLPK " #major "." #minor
#define ENGINE_NAME_OF(major, minor) ENGINE_NAME(major, minor)

const char *lp_engine_name(void) {
    return ENGINE_NAME_OF(GLP_MAJOR_VERSION, GLP_MINOR_VERSION);
}

lp *lp_create(lp_engine *engine) {
    lp *const problem = ARENA_NEW(engine->mem, lp, 1);
    if (!problem)
        return NULL;
    GUARDED(engine, NULL);
    problem->engine = engine;
    problem->at = glp_create_prob();
    glp_set_obj_dir(problem->at, GLP_MIN);
    return problem;
}

void lp_destroy(lp *problem) {
    if (!problem || problem->engine->failed)
        return;
    GUARDED(problem->engine, );
    glp_delete_prob(problem->at);
    problem->at = NULL;
}

int32_t lp_n_rows(const lp *problem) {
    return problem->engine->failed ? 0 : glp_get_num_rows(problem->at);
}

int32_t lp_n_cols(const lp *problem) {
    return problem->engine->failed ? 0 : glp_get_num_cols(problem->at);
}

static int bound_type(double lower, double upper) {
    if (lower == upper)
        return GLP_FX;
    if (isinf(lower))
        return isinf(upper) ? GLP_FR : GLP_UP;
    return isinf(upper) ? GLP_LO : GLP_DB;
}

/* Copies entries to 1-based scratch; false without memory. */
static bool load_entries(lp *problem, int32_t n, const int32_t *indices,
                         const double *values) {
    if (n + 1 > problem->scratch_room) {
        const int32_t room = 2 * (n + 1);
        problem->index = ARENA_NEW(problem->engine->mem, int, room);
        problem->value = ARENA_NEW(problem->engine->mem, double, room);
        problem->scratch_room = problem->index && problem->value ? room : 0;
        if (!problem->scratch_room)
            return false;
    }
    for (int32_t k = 0; k < n; k++) {
        problem->index[k + 1] = indices[k] + 1;
        problem->value[k + 1] = values[k];
    }
    return true;
}

bool lp_add_row(lp *problem, double lower, double upper, int32_t n,
                const int32_t *cols, const double *values) {
    GUARDED(problem->engine, false);
    if (!load_entries(problem, n, cols, values))
        return false;
    const int row = glp_add_rows(problem->at, 1);
    glp_set_row_bnds(problem->at, row, bound_type(lower, upper), lower, upper);
    glp_set_mat_row(problem->at, row, n, problem->index, problem->value);
    return true;
}

bool lp_add_col(lp *problem, double lower, double upper, double cost, int32_t n,
                const int32_t *rows, const double *values) {
    GUARDED(problem->engine, false);
    if (!load_entries(problem, n, rows, values))
        return false;
    const int col = glp_add_cols(problem->at, 1);
    glp_set_col_bnds(problem->at, col, bound_type(lower, upper), lower, upper);
    glp_set_obj_coef(problem->at, col, cost);
    glp_set_mat_col(problem->at, col, n, problem->index, problem->value);
    return true;
}

bool lp_set_col_bounds(lp *problem, int32_t col, double lower, double upper) {
    GUARDED(problem->engine, false);
    const int type = bound_type(lower, upper);
    glp_set_col_bnds(problem->at, col + 1, type, lower, upper);
    /* A nonbasic column must rest on a bound that it still has. */
    if (glp_get_col_stat(problem->at, col + 1) == GLP_NU && type == GLP_LO)
        glp_set_col_stat(problem->at, col + 1, GLP_NL);
    return true;
}

bool lp_set_row_bounds(lp *problem, int32_t row, double lower, double upper) {
    GUARDED(problem->engine, false);
    glp_set_row_bnds(problem->at, row + 1, bound_type(lower, upper), lower,
                     upper);
    return true;
}

bool lp_set_cost(lp *problem, int32_t col, double cost) {
    GUARDED(problem->engine, false);
    glp_set_obj_coef(problem->at, col + 1, cost);
    return true;
}

bool lp_delete_rows(lp *problem, int32_t n, const int32_t *rows) {
    GUARDED(problem->engine, false);
    if (n == 0)
        return true;
    int *const list = ARENA_NEW(problem->engine->mem, int, n + 1);
    if (!list)
        return false;
    for (int32_t k = 0; k < n; k++)
        list[k + 1] = rows[k] + 1;
    glp_del_rows(problem->at, n, list);
    return true;
}

static int milliseconds_left(const lp_limits *limits) {
    if (!limits->deadline_us)
        return INT_MAX;
    const int64_t left = (limits->deadline_us - clock_now_us()) / 1000;
    return left < 1 ? 1 : left > INT_MAX ? INT_MAX : (int)left;
}

static bool stop_asked(const lp_limits *limits) {
    if (limits->stop &&
        atomic_load_explicit(limits->stop, memory_order_relaxed))
        return true;
    return limits->deadline_us && clock_now_us() >= limits->deadline_us;
}

static void simplex_parameters(glp_smcp *parameters, int method,
                               const lp_limits *limits) {
    glp_init_smcp(parameters);
    parameters->msg_lev = limits->stop ? GLP_MSG_ALL : GLP_MSG_OFF;
    parameters->out_frq = 10;
    parameters->out_dly = 0;
    parameters->meth = method;
    parameters->r_test = method == GLP_DUALP ? GLP_RT_FLIP : GLP_RT_HAR;
    parameters->tm_lim = milliseconds_left(limits);
    if (limits->iterations && limits->iterations < INT_MAX)
        parameters->it_lim = (int)limits->iterations;
}

static lp_outcome read_outcome(lp *problem, int code) {
    if (code == GLP_EITLIM || code == GLP_ETMLIM)
        return LP_STOPPED;
    if (code != 0)
        return LP_FAILED;
    switch (glp_get_status(problem->at)) {
    case GLP_OPT:
        return LP_OPTIMAL;
    case GLP_NOFEAS:
        return LP_INFEASIBLE;
    default:
        return glp_get_prim_stat(problem->at) == GLP_NOFEAS ? LP_INFEASIBLE
                                                            : LP_FAILED;
    }
}

static lp_outcome run_simplex(lp *problem, int method,
                              const lp_limits *limits) {
    glp_smcp parameters;
    simplex_parameters(&parameters, method, limits);
    const int before = glp_get_it_cnt(problem->at);
    const int code = glp_simplex(problem->at, &parameters);
    problem->iterations += glp_get_it_cnt(problem->at) - before;
    return read_outcome(problem, code);
}

lp_outcome lp_solve(lp *problem, const lp_limits *limits) {
    lp_engine *const engine = problem->engine;
    if (engine->failed)
        return LP_FAILED;
    if (stop_asked(limits))
        return LP_STOPPED;
    engine->stop = limits->stop;
    engine->interrupted = false;
    if (setjmp(engine->jump)) {
        engine->failed = true;
        engine->stop = NULL;
        return engine->interrupted ? LP_STOPPED : LP_FAILED;
    }
    lp_outcome outcome = run_simplex(problem, GLP_DUALP, limits);
    if (outcome == LP_FAILED)
        outcome = run_simplex(problem, GLP_PRIMAL, limits);
    if (outcome == LP_FAILED) {
        glp_adv_basis(problem->at, 0);
        outcome = run_simplex(problem, GLP_PRIMAL, limits);
    }
    if (outcome == LP_FAILED) {
        glp_std_basis(problem->at);
        outcome = run_simplex(problem, GLP_DUALP, limits);
    }
    engine->stop = NULL;
    return outcome;
}

double lp_objective(const lp *problem) {
    return problem->engine->failed ? 0 : glp_get_obj_val(problem->at);
}

double lp_value(const lp *problem, int32_t col) {
    return glp_get_col_prim(problem->at, col + 1);
}

double lp_row_dual(const lp *problem, int32_t row) {
    return glp_get_row_dual(problem->at, row + 1);
}

double lp_reduced_cost(const lp *problem, int32_t col) {
    return glp_get_col_dual(problem->at, col + 1);
}

bool lp_col_is_basic(const lp *problem, int32_t col) {
    return glp_get_col_stat(problem->at, col + 1) == GLP_BS;
}

int64_t lp_iterations(const lp *problem) { return problem->iterations; }

void lp_get_basis(const lp *problem, uint8_t *out) {
    const int32_t n_rows = lp_n_rows(problem);
    const int32_t n_cols = lp_n_cols(problem);
    for (int32_t i = 0; i < n_rows; i++)
        out[i] = (uint8_t)glp_get_row_stat(problem->at, i + 1);
    for (int32_t j = 0; j < n_cols; j++)
        out[n_rows + j] = (uint8_t)glp_get_col_stat(problem->at, j + 1);
}

bool lp_set_basis(lp *problem, const uint8_t *in) {
    GUARDED(problem->engine, false);
    const int32_t n_rows = glp_get_num_rows(problem->at);
    const int32_t n_cols = glp_get_num_cols(problem->at);
    for (int32_t i = 0; i < n_rows; i++)
        glp_set_row_stat(problem->at, i + 1, in[i]);
    for (int32_t j = 0; j < n_cols; j++)
        glp_set_col_stat(problem->at, j + 1, in[n_rows + j]);
    return true;
}

static bool room_for_all(lp *problem) {
    const int32_t need =
        glp_get_num_rows(problem->at) + glp_get_num_cols(problem->at) + 2;
    if (problem->scratch_room >= need)
        return true;
    problem->index = ARENA_NEW(problem->engine->mem, int, 2 * need);
    problem->value = ARENA_NEW(problem->engine->mem, double, 2 * need);
    problem->scratch_room = problem->index && problem->value ? 2 * need : 0;
    return problem->scratch_room > 0;
}

/* Row `position` of the inverse of the basis, as multipliers of the rows whose
 * variable is nonbasic: glp_eval_tab_row without its pass over all columns. */
static void basis_row(lp *problem, int position, double *u, double sign) {
    glp_prob *const at = problem->at;
    const int n_rows = glp_get_num_rows(at);
    double *const rho = problem->value;
    for (int i = 1; i <= n_rows; i++)
        rho[i] = 0;
    rho[position] = 1;
    glp_btran(at, rho);
    for (int i = 1; i <= n_rows; i++)
        u[i - 1] = glp_get_row_stat(at, i) == GLP_BS ? 0 : -sign * rho[i];
}

bool lp_tableau_row(lp *problem, int32_t col, double *u) {
    GUARDED(problem->engine, false);
    glp_prob *const at = problem->at;
    if (!room_for_all(problem) ||
        (!glp_bf_exists(at) && glp_factorize(at) != 0))
        return false;
    const int position = glp_get_col_bind(at, col + 1);
    if (position == 0)
        return false;
    basis_row(problem, position, u, 1);
    return true;
}

bool lp_infeasibility(lp *problem, double *u) {
    GUARDED(problem->engine, false);
    glp_prob *const at = problem->at;
    const int32_t n_rows = glp_get_num_rows(at);
    const int k = glp_get_unbnd_ray(at);
    if (k == 0 || !room_for_all(problem) ||
        (!glp_bf_exists(at) && glp_factorize(at) != 0))
        return false;
    const int position = k <= n_rows ? glp_get_row_bind(at, k)
                                     : glp_get_col_bind(at, k - n_rows);
    if (position == 0)
        return false;
    basis_row(problem, position, u, -1);
    if (k <= n_rows)
        u[k - 1] = 1;
    return true;
}

typedef struct tree_watch {
    const lp_limits *limits;
    const double *start;
    int64_t nodes;
    int32_t n_cols;
    int first_iterations;
    bool offered, stopped;
} tree_watch;

static void watch_tree(glp_tree *tree, void *info) {
    tree_watch *const watch = info;
    const int reason = glp_ios_reason(tree);
    if (reason == GLP_IHEUR && watch->start && !watch->offered) {
        watch->offered = true;
        glp_ios_heur_sol(tree, watch->start);
    }
    if (reason == GLP_IPREPRO)
        watch->nodes++;
    const int64_t iterations =
        glp_get_it_cnt(glp_ios_get_prob(tree)) - watch->first_iterations;
    const lp_limits *const limits = watch->limits;
    if ((limits->nodes && watch->nodes > limits->nodes) ||
        (limits->iterations && iterations > limits->iterations) ||
        stop_asked(limits)) {
        watch->stopped = true;
        glp_ios_terminate(tree);
    }
}

static int run_tree(glp_prob *copy, const lp_limits *limits,
                    tree_watch *watch) {
    glp_iocp parameters;
    glp_init_iocp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.tm_lim = milliseconds_left(limits);
    parameters.mip_gap = limits->gap;
    parameters.br_tech = limits->most_fraction ? GLP_BR_MFV : GLP_BR_DTH;
    parameters.bt_tech = GLP_BT_BLB;
    parameters.mir_cuts = GLP_ON;

    parameters.cb_func = watch_tree;
    parameters.cb_info = watch;
    return glp_intopt(copy, &parameters);
}

lp_outcome lp_mip(lp *problem, const uint8_t *integer, const lp_limits *limits,
                  const double *start, double cutoff, double *x, bool *found,
                  int64_t *iterations) {
    *found = false;
    *iterations = 0;
    lp_engine *const engine = problem->engine;
    GUARDED(engine, LP_FAILED);
    glp_prob *const at = problem->at;
    const int32_t n_cols = glp_get_num_cols(at);
    for (int32_t j = 0; j < n_cols; j++)
        glp_set_col_kind(at, j + 1, integer[j] ? GLP_IV : GLP_CV);
    if (!isinf(cutoff)) {
        /* The objective as a row: nothing at or above the cutoff is wanted. */
        int32_t n = 0;
        if (!room_for_all(problem))
            return LP_FAILED;
        for (int32_t j = 1; j <= n_cols; j++)
            if (glp_get_obj_coef(at, j) != 0) {
                n++;
                problem->index[n] = j;
                problem->value[n] = glp_get_obj_coef(at, j);
            }
        const int row = glp_add_rows(at, 1);
        glp_set_row_bnds(at, row, GLP_UP, 0, cutoff);
        glp_set_mat_row(at, row, n, problem->index, problem->value);
    }
    glp_smcp simplex;
    lp_limits root = *limits;
    root.stop = NULL;
    simplex_parameters(&simplex, GLP_DUALP, &root);
    const int before = glp_get_it_cnt(at);
    const int code = glp_simplex(at, &simplex);
    *iterations = glp_get_it_cnt(at) - before;
    const lp_outcome relaxed = read_outcome(problem, code);
    if (relaxed != LP_OPTIMAL)
        return relaxed;
    tree_watch watch = {.limits = limits,
                        .start = start,
                        .n_cols = n_cols,
                        .first_iterations = before};
    const int ended = run_tree(at, limits, &watch);
    *iterations = glp_get_it_cnt(at) - before;
    problem->iterations += *iterations;
    const int status = glp_mip_status(at);
    *found = status == GLP_OPT || status == GLP_FEAS;
    for (int32_t j = 0; *found && j < n_cols; j++)
        x[j] = glp_mip_col_val(at, j + 1);
    if (ended == 0 || ended == GLP_EMIPGAP)
        return *found ? LP_OPTIMAL : LP_INFEASIBLE;
    return watch.stopped || ended == GLP_ETMLIM || ended == GLP_ESTOP
               ? LP_STOPPED
               : LP_FAILED;
}
