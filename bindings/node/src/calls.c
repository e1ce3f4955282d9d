// SPDX-License-Identifier: GPL-3.0-or-later
/* Calls that may take long, but for the solve: reading, judging, questions. */
#include "binding.h"

#include <stdlib.h>
#include <string.h>

/* --- reading: (source, packs) ------------------------------------------- */

typedef struct reading {
    job job;
    text_in text;
    text_in *packs;  /* [n_packs] */
    ctg_text *texts; /* [n_packs], the same */
    uint32_t n_packs;
    const ctg_problem *problem; /* of a plan */
    ctg_problem *read;
    ctg_solution *judged;
    ctg_lint lint;
} reading;

static bool packs_take(napi_env env, reading *read, napi_value packs) {
    uint32_t n = 0;
    napi_get_array_length(env, packs, &n);
    if (n == 0)
        return true;
    read->packs = calloc(n, sizeof *read->packs);
    read->texts = calloc(n, sizeof *read->texts);
    if (!read->packs || !read->texts) {
        napi_throw(env, memory_error(env));
        return false;
    }
    for (; read->n_packs < n; read->n_packs++) {
        napi_value pack = NULL;
        text_in *const text = &read->packs[read->n_packs];
        napi_get_element(env, packs, read->n_packs, &pack);
        if (!text_take(env, text, pack, read->job.is_on_thread))
            return false;
        read->texts[read->n_packs].at = text->at;
        read->texts[read->n_packs].bytes = text->bytes;
    }
    return true;
}

static bool reading_take(napi_env env, job *job, const napi_value *arguments) {
    reading *const read = (reading *)job;
    return text_take(env, &read->text, arguments[0], job->is_on_thread) &&
           packs_take(env, read, arguments[1]);
}

static void reading_drop(job *job) {
    reading *const read = (reading *)job;
    text_drop(&read->text);
    for (uint32_t i = 0; i < read->n_packs; i++)
        text_drop(&read->packs[i]);
    free(read->packs);
    free(read->texts);
    ctg_problem_free(read->read);
    ctg_solution_free(read->judged);
}

static ctg_read_options options_of(reading *read) {
    ctg_read_options options = CTG_READ_OPTIONS_INIT;
    options.packs = read->texts;
    options.n_packs = (int32_t)read->n_packs;
    options.on_fault = faults_add;
    options.user = &read->job.faults;
    return options;
}

static void parse_run(job *job) {
    reading *const read = (reading *)job;
    const ctg_read_options options = options_of(read);
    job->status = ctg_problem_parse(&read->read, read->text.at,
                                    read->text.bytes, &options, &job->err);
}

/* The problem and its warnings. */
static napi_value parse_give(napi_env env, job *job) {
    reading *const read = (reading *)job;
    napi_value pair = NULL;
    ctg_problem *const problem = read->read;
    read->read = NULL;
    napi_create_array_with_length(env, 2, &pair);
    napi_set_element(
        env, pair, 0,
        handle_new(env, HANDLE_PROBLEM, problem, read->text.bytes));
    napi_set_element(env, pair, 1, faults_value(env, &job->faults));
    return pair;
}

const call CALL_PARSE = {"parse",    sizeof(reading), reading_take, parse_run,
                         parse_give, reading_drop,    NULL};

static void lint_run(job *job) {
    reading *const read = (reading *)job;
    const ctg_read_options options = options_of(read);
    job->status = ctg_problem_lint(&read->lint, read->text.at,
                                   read->text.bytes, &options, &job->err);
}

static void lint_rules_run(job *job) {
    reading *const read = (reading *)job;
    const ctg_read_options options = options_of(read);
    job->status = ctg_rules_lint(&read->lint, read->text.at, read->text.bytes,
                                 &options, &job->err);
}

static napi_value lint_give(napi_env env, job *job) {
    const ctg_lint *const lint = &((reading *)job)->lint;
    napi_value object = NULL;
    napi_create_object(env, &object);
    napi_set_named_property(env, object, "faults",
                            faults_value(env, &job->faults));
    napi_set_named_property(env, object, "nErrors",
                            number_value(env, lint->n_errors));
    napi_set_named_property(env, object, "nWarnings",
                            number_value(env, lint->n_warnings));
    return object;
}

const call CALL_LINT = {"lint",    sizeof(reading), reading_take, lint_run,
                        lint_give, reading_drop,    NULL};
const call CALL_LINT_RULES = {
    "lintRules", sizeof(reading), reading_take, lint_rules_run,
    lint_give,   reading_drop,    NULL};

/* (source, problem) */
static bool judge_take(napi_env env, job *job, const napi_value *arguments) {
    reading *const read = (reading *)job;
    read->problem = handle_at(env, arguments[1], HANDLE_PROBLEM);
    return read->problem &&
           text_take(env, &read->text, arguments[0], job->is_on_thread);
}

static void judge_run(job *job) {
    reading *const read = (reading *)job;
    const ctg_read_options options = options_of(read);
    job->status = ctg_solution_parse(&read->judged, read->problem,
                                     read->text.at, read->text.bytes, &options,
                                     &job->err);
}

static napi_value judge_give(napi_env env, job *job) {
    reading *const read = (reading *)job;
    ctg_solution *const solution = read->judged;
    read->judged = NULL;
    return handle_new(env, HANDLE_SOLUTION, solution, read->text.bytes);
}

const call CALL_JUDGE = {"judge",    sizeof(reading), judge_take, judge_run,
                         judge_give, reading_drop,    NULL};

/* (source, packs, problem) */
static bool apply_take(napi_env env, job *job, const napi_value *arguments) {
    reading *const read = (reading *)job;
    read->problem = handle_at(env, arguments[2], HANDLE_PROBLEM);
    return read->problem && reading_take(env, job, arguments);
}

static void apply_run(job *job) {
    reading *const read = (reading *)job;
    const ctg_read_options options = options_of(read);
    job->status = ctg_problem_apply(&read->read, read->problem, read->text.at,
                                    read->text.bytes, &options, &job->err);
}

const call CALL_APPLY = {"apply",    sizeof(reading), apply_take, apply_run,
                         parse_give, reading_drop,    NULL};

/* --- carry: (problem, plan) ---------------------------------------------- */

typedef struct carrying {
    job job;
    const ctg_problem *problem;
    const ctg_solution *plan;
    ctg_solution *floor;
} carrying;

static bool carry_take(napi_env env, job *job, const napi_value *arguments) {
    carrying *const carry = (carrying *)job;
    carry->problem = handle_at(env, arguments[0], HANDLE_PROBLEM);
    if (carry->problem)
        carry->plan = handle_at(env, arguments[1], HANDLE_SOLUTION);
    return carry->plan != NULL;
}

static void carry_run(job *job) {
    carrying *const carry = (carrying *)job;
    job->status = ctg_solution_carry(&carry->floor, carry->problem,
                                     carry->plan, &job->err);
}

static napi_value carry_give(napi_env env, job *job) {
    carrying *const carry = (carrying *)job;
    ctg_solution *const floor = carry->floor;
    carry->floor = NULL;
    return handle_new(env, HANDLE_SOLUTION, floor, 0);
}

static void carry_drop(job *job) {
    ctg_solution_free(((carrying *)job)->floor);
}

const call CALL_CARRY = {"carry",    sizeof(carrying), carry_take, carry_run,
                         carry_give, carry_drop,       NULL};

/* --- questions: (solution, word, word, word, word, number...) ------------- */

enum { MOST_WORDS = 4 };

typedef struct question {
    job job;
    const ctg_solution *solution;
    char *words[MOST_WORDS];
    ctg_slot_question slot;
    ctg_offer_question offer;
    ctg_fill_question place;
    ctg_slots *slots;
    ctg_headroom *headroom;
    ctg_offers *offers;
    ctg_fill *fill;
    ctg_tables *tables;
} question;

/* The solution, then n ids or dates. */
static bool words_take(napi_env env, question *ask, const napi_value *arguments,
                       int n) {
    ask->solution = handle_at(env, arguments[0], HANDLE_SOLUTION);
    for (int k = 0; ask->solution && k < n; k++)
        if (!word_take(env, &ask->words[k], arguments[1 + k]))
            return false;
    return ask->solution != NULL;
}

static bool number_take(napi_env env, int32_t *out, napi_value value) {
    return napi_get_value_int32(env, value, out) == napi_ok;
}

/* (solution, date, structure, age, walks, least) */
static bool slots_take(napi_env env, job *job, const napi_value *arguments) {
    question *const ask = (question *)job;
    ctg_slot_question *const asked = &ask->slot;
    *asked = (ctg_slot_question)CTG_SLOT_QUESTION_INIT;
    if (!words_take(env, ask, arguments, 2))
        return false;
    asked->date = ask->words[0];
    asked->structure = ask->words[1];
    return number_take(env, &asked->age_months, arguments[3]) &&
           number_take(env, &asked->walks, arguments[4]) &&
           number_take(env, &asked->least_minutes, arguments[5]);
}

static void question_drop(job *job) {
    question *const ask = (question *)job;
    for (int k = 0; k < MOST_WORDS; k++)
        free(ask->words[k]);
    ctg_slots_free(ask->slots);
    ctg_headroom_free(ask->headroom);
    ctg_offers_free(ask->offers);
    ctg_fill_free(ask->fill);
    ctg_tables_free(ask->tables);
}

static void slots_run(job *job) {
    question *const ask = (question *)job;
    job->status = ctg_solution_slots(&ask->slots, ask->solution, &ask->slot,
                                     &job->err);
}

static napi_value slots_give(napi_env env, job *job) {
    return slots_value(env, ((question *)job)->slots);
}

const call CALL_SLOTS = {"slots",    sizeof(question), slots_take, slots_run,
                         slots_give, question_drop,    NULL};

/* (solution, date, structure) */
static bool headroom_take(napi_env env, job *job, const napi_value *arguments) {
    return words_take(env, (question *)job, arguments, 2);
}

static void headroom_run(job *job) {
    question *const ask = (question *)job;
    job->status =
        ctg_solution_headroom(&ask->headroom, ask->solution, ask->words[1],
                              ask->words[0], &job->err);
}

static napi_value headroom_give(napi_env env, job *job) {
    return headroom_value(env, ((question *)job)->headroom);
}

const call CALL_HEADROOM = {
    "headroom",    sizeof(question), headroom_take, headroom_run,
    headroom_give, question_drop,    NULL};

/* (solution, request, searched) */
static bool offers_take(napi_env env, job *job, const napi_value *arguments) {
    question *const ask = (question *)job;
    ctg_offer_question *const asked = &ask->offer;
    *asked = (ctg_offer_question)CTG_OFFER_QUESTION_INIT;
    if (!words_take(env, ask, arguments, 1))
        return false;
    asked->request = ask->words[0];
    return number_take(env, &asked->searched, arguments[2]);
}

static void offers_run(job *job) {
    question *const ask = (question *)job;
    job->status = ctg_solution_offers(&ask->offers, ask->solution, &ask->offer,
                                      &job->err);
}

static napi_value offers_give(napi_env env, job *job) {
    return offers_value(env, ((question *)job)->offers);
}

const call CALL_OFFERS = {"offers",    sizeof(question), offers_take,
                          offers_run,  offers_give,      question_drop,
                          NULL};

/* (solution, structure, first, last, freed, begin, end, in turn) */
static bool fill_take(napi_env env, job *job, const napi_value *arguments) {
    question *const ask = (question *)job;
    ctg_fill_question *const asked = &ask->place;
    *asked = (ctg_fill_question)CTG_FILL_QUESTION_INIT;
    if (!words_take(env, ask, arguments, 4))
        return false;
    asked->structure = ask->words[0];
    asked->first = ask->words[1];
    asked->last = ask->words[2];
    asked->freed = ask->words[3];
    return number_take(env, &asked->begin, arguments[5]) &&
           number_take(env, &asked->end, arguments[6]) &&
           number_take(env, &asked->in_turn, arguments[7]);
}

static void fill_run(job *job) {
    question *const ask = (question *)job;
    job->status =
        ctg_solution_fill(&ask->fill, ask->solution, &ask->place, &job->err);
}

static napi_value fill_give(napi_env env, job *job) {
    return fill_value(env, ((question *)job)->fill);
}

const call CALL_FILL = {"fill",    sizeof(question), fill_take, fill_run,
                        fill_give, question_drop,    NULL};

static bool tables_take(napi_env env, job *job, const napi_value *arguments) {
    return words_take(env, (question *)job, arguments, 0);
}

static void tables_run(job *job) {
    question *const ask = (question *)job;
    job->status = ctg_solution_tables(&ask->tables, ask->solution, &job->err);
}

static napi_value tables_give(napi_env env, job *job) {
    return tables_value(env, ((question *)job)->tables);
}

const call CALL_TABLES = {"tables",    sizeof(question), tables_take,
                          tables_run,  tables_give,      question_drop,
                          NULL};

/* --- export: (problem, goal, plan, format) ------------------------------- */

typedef struct export {
    job job;
    const ctg_problem *problem;
    void *plan;
    int32_t goal;
    int32_t format;
    ctg_text program;
    ctg_text names;
} export;

static bool export_take(napi_env env, job *job, const napi_value *arguments) {
    export *const made = (export *)job;
    made->problem = handle_at(env, arguments[0], HANDLE_PROBLEM);
    return made->problem &&
           napi_get_value_int32(env, arguments[1], &made->goal) == napi_ok &&
           handle_or_null(env, &made->plan, arguments[2], HANDLE_SOLUTION) &&
           napi_get_value_int32(env, arguments[3], &made->format) == napi_ok;
}

static void export_run(job *job) {
    export *const made = (export *)job;
    job->status = ctg_problem_export(&made->program, &made->names,
                                     made->problem, made->goal, made->plan,
                                     (ctg_format)made->format, &job->err);
}

static void property(napi_env env, napi_value object, const char *name,
                     const ctg_text *text) {
    napi_value value = NULL;
    napi_create_string_utf8(env, text->at, text->bytes, &value);
    napi_set_named_property(env, object, name, value);
}

static napi_value export_give(napi_env env, job *job) {
    const export *const made = (export *)job;
    napi_value object = NULL;
    napi_create_object(env, &object);
    property(env, object, "program", &made->program);
    property(env, object, "names", &made->names);
    return object;
}

static void export_drop(job *job) {
    export *const made = (export *)job;
    ctg_text_free(&made->program);
    ctg_text_free(&made->names);
}

const call CALL_EXPORT = {"export",    sizeof(export), export_take, export_run,
                          export_give, export_drop,    NULL};
