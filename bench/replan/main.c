// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched-bench-replan PROBLEM PLAN [EVENTS]: how long the steps of a quick
 * repair take, in the library, on events drawn from the plan one by one. Each
 * is made to the problem and plan given, so that all are of one size.
 *
 * apply    ctg_problem_apply
 * floor    ctg_solution_carry: the plan that stands at once
 * slots    ctg_solution_slots on the floor plan, one structure, one day */
#define _POSIX_C_SOURCE 200809L

#include <ctgsched.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EVENTS = 200, STEPS = 3, TEXT = 512 };
static const char *const steps[STEPS] = {"apply", "floor", "slots"};

typedef struct bench {
    ctg_problem *problem;
    ctg_solution *plan;
    ctg_solution_info info;
    uint64_t state;
    double *ms[STEPS]; /* [n] */
    int n, n_cut;      /* n_cut: some child lost its place */
    int64_t n_lost;    /* so many */
} bench;

static double now_ms(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static int32_t draw(bench *b, int32_t n) {
    b->state = b->state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return n > 0 ? (int32_t)((b->state >> 33) % (uint64_t)n) : 0;
}

static char *read_file(const char *path, size_t *n) {
    FILE *const file = fopen(path, "rb");
    char *text = NULL;
    size_t room = 0;
    *n = 0;
    while (file && !feof(file)) {
        room = room ? 2 * room : 1 << 16;
        char *const grown = realloc(text, room);
        if (!grown)
            break;
        text = grown;
        *n += fread(text + *n, 1, room - *n, file);
    }
    if (file)
        fclose(file);
    return text;
}

/* An agent ill for a day, a child for a day or a morning, a family that gives
 * its place back: 1 then. */
static int draw_event(bench *b, char out[TEXT]) {
    static const char head[] =
        "{\"schema\":\"ctgsched/change/1\",\"changes\":[";
    ctg_placement placed;
    ctg_duty duty;
    const int32_t kind = draw(b, b->info.n_duties > 0 ? 4 : 3);
    ctg_solution_placement(&placed, b->plan, draw(b, b->info.n_placements));
    if (kind == 3 &&
        ctg_solution_duty(&duty, b->plan, draw(b, b->info.n_duties)))
        snprintf(out, TEXT,
                 "%s{\"op\":\"agent_absent\",\"employee\":\"%s\","
                 "\"dates\":[\"%s\"]}]}",
                 head, duty.employee, duty.date);
    else if (kind == 2)
        snprintf(out, TEXT, "%s{\"op\":\"cancelled\",\"request\":\"%s\"}]}",
                 head, placed.request);
    else
        snprintf(out, TEXT, "%s{\"op\":\"child_absent\",\"child\":\"%s\"%s}]}",
                 head, placed.child, kind == 1 ? ",\"end\":\"10:00\"" : "");
    return kind == 2;
}

static int ask_slots(const ctg_solution *plan, const ctg_problem *problem) {
    ctg_problem_info info;
    ctg_slots *slots = NULL;
    ctg_slot_question asked = CTG_SLOT_QUESTION_INIT;
    ctg_problem_about(&info, problem);
    asked.date = info.first_date;
    asked.age_months = 20;
    asked.least_minutes = 120;
    const int good = ctg_solution_slots(&slots, plan, &asked, NULL) == CTG_OK;
    ctg_slots_free(slots);
    return good;
}

static int one_event(bench *b) {
    char event[TEXT];
    ctg_error err = CTG_ERROR_INIT;
    ctg_problem *changed = NULL;
    ctg_solution *floor = NULL;
    const int given_back = draw_event(b, event);
    const double begun = now_ms();
    int good = ctg_problem_apply(&changed, b->problem, event, strlen(event),
                                 NULL, &err) == CTG_OK;
    const double applied = now_ms();
    good = good && ctg_solution_carry(&floor, changed, b->plan, &err) == CTG_OK;
    const double carried = now_ms();
    good = good && ask_slots(floor, changed);
    const double asked = now_ms();
    if (!good)
        fprintf(stderr, "%s: %s\n", event, err.message);
    ctg_solution_info info = {0};
    if (floor)
        ctg_solution_about(&info, floor);
    const int lost = b->info.n_placements - info.n_placements - given_back;
    b->n_cut += lost > 0;
    b->n_lost += lost > 0 ? lost : 0;
    b->ms[0][b->n] = applied - begun;
    b->ms[1][b->n] = carried - applied;
    b->ms[2][b->n] = asked - carried;
    b->n++;
    ctg_solution_free(floor);
    ctg_problem_free(changed);
    return good;
}

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_step(const bench *b, int step) {
    double *const ms = b->ms[step];
    qsort(ms, (size_t)b->n, sizeof *ms, compare);
    printf("%-6s %8.2f %8.2f %8.2f\n", steps[step], ms[b->n / 2],
           ms[b->n * 99 / 100], ms[b->n - 1]);
}

static int load(bench *b, const char *problem, const char *plan) {
    ctg_error err = CTG_ERROR_INIT;
    size_t n = 0;
    char *text = read_file(problem, &n);
    int good =
        text && ctg_problem_parse(&b->problem, text, n, NULL, &err) == CTG_OK;
    free(text);
    text = good ? read_file(plan, &n) : NULL;
    good = text && ctg_solution_parse(&b->plan, b->problem, text, n, NULL,
                                      &err) == CTG_OK;
    free(text);
    if (!good)
        fprintf(stderr, "ctgsched-bench-replan: %s\n",
                err.message[0] ? err.message : "a file cannot be read.");
    return good && ctg_solution_about(&b->info, b->plan) == CTG_OK;
}

int main(int argc, char **argv) {
    bench b = {.state = 1};
    const int n = argc > 3 ? atoi(argv[3]) : EVENTS;
    if (argc < 3 || n < 1) {
        fprintf(stderr, "ctgsched-bench-replan PROBLEM PLAN [EVENTS]\n");
        return 2;
    }
    int good = load(&b, argv[1], argv[2]);
    for (int step = 0; step < STEPS; step++)
        good &= (b.ms[step] = calloc((size_t)n, sizeof(double))) != NULL;
    while (good && b.n < n)
        good = one_event(&b);
    if (good) {
        printf("%d events, %d cut something away, %.1f places each\n"
               "%-6s %8s %8s %8s\n",
               b.n, b.n_cut, b.n_cut ? (double)b.n_lost / b.n_cut : 0.0, "ms",
               "median", "p99", "most");
        for (int step = 0; step < STEPS; step++)
            print_step(&b, step);
    }
    for (int step = 0; step < STEPS; step++)
        free(b.ms[step]);
    ctg_solution_free(b.plan);
    ctg_problem_free(b.problem);
    return good ? 0 : 1;
}
