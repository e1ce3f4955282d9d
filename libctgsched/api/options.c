// SPDX-License-Identifier: GPL-3.0-or-later
/* The table of options, expanded: defaults, bounds, setting by name. */
#include <assert.h>
#include <string.h>

#include "api/api.h"
#include "api/number.h"
#include "base/idmap.h"

/* A default that is a word of its choice stands in the table by that word. */
enum { joint = CTG_DECIDE_JOINT };

typedef struct option_row {
    ctg_option_info info;
    size_t offset, size; /* of the member of ctg_options */
    double standard, low, high;
} option_row;

#define OPTION(member, type_name, standard_value, lowest, highest, place,      \
               text)                                                           \
    {                                                                          \
        .info = {.name = #member,                                              \
                 .default_text = #standard_value,                              \
                 .low_text = #lowest,                                          \
                 .high_text = #highest,                                        \
                 .unit = place,                                                \
                 .help = text,                                                 \
                 .type = CTG_OPTION_##type_name},                              \
        .offset = offsetof(ctg_options, member),                               \
        .size = sizeof(((ctg_options *)0)->member),                            \
        .standard = (standard_value),                                          \
        .low = (lowest),                                                       \
        .high = (highest),                                                     \
    },
static const option_row rows[] = {
#include "api/options.def"
};
#undef OPTION

enum { N_OPTIONS = sizeof rows / sizeof rows[0] };

static void option_store(ctg_options *options, const option_row *row,
                         double value) {
    void *const at = (char *)options + row->offset;
    const bool is_real = row->info.type == CTG_OPTION_REAL ||
                         row->info.type == CTG_OPTION_DURATION;
    if (is_real)
        memcpy(at, &value, sizeof value);
    else if (row->size == sizeof(int32_t))
        memcpy(at, &(int32_t){(int32_t)value}, sizeof(int32_t));
    else
        memcpy(at, &(uint64_t){(uint64_t)value}, sizeof(uint64_t));
}

static double option_load(const ctg_options *options, const option_row *row) {
    const char *const at = (const char *)options + row->offset;
    const bool is_real = row->info.type == CTG_OPTION_REAL ||
                         row->info.type == CTG_OPTION_DURATION;
    double real = 0;
    int32_t small = 0;
    uint64_t large = 0;
    if (is_real) {
        memcpy(&real, at, sizeof real);
        return real;
    }
    if (row->size == sizeof small) {
        memcpy(&small, at, sizeof small);
        return small;
    }
    memcpy(&large, at, sizeof large);
    return (double)large;
}

/* The words of a choice, split at "|". */
static int32_t choice_find(const char *words, const char *word) {
    const size_t n = strlen(word);
    for (int32_t k = 0;; k++) {
        const size_t length = strcspn(words, "|");
        if (length == n && strncmp(words, word, n) == 0)
            return k;
        if (words[length] == '\0')
            return -1;
        words += length + 1;
    }
}

static bool value_parse(const option_row *row, const char *text,
                        double *number) {
    if (row->info.type != CTG_OPTION_CHOICE)
        return number_parse(text, (ctg_option_type)row->info.type, number);
    *number = choice_find(row->info.unit, text);
    return *number >= 0;
}

/* "-" and "_" are one; NULL for no such option. */
static const option_row *option_find(const char *name) {
    for (int32_t i = 0; i < N_OPTIONS; i++) {
        const char *a = rows[i].info.name, *b = name;
        while (*a && (*a == *b || (*a == '_' && *b == '-')))
            a++, b++;
        if (!*a && !*b)
            return &rows[i];
    }
    return NULL;
}

static ctg_status unknown_option(const char *name, ctg_error *err) {
    const char *names[N_OPTIONS];
    for (int32_t i = 0; i < N_OPTIONS; i++)
        names[i] = rows[i].info.name;
    const char *const near = idmap_nearest(name, names, N_OPTIONS);
    return err_set(err, CTG_ERR_USAGE, "E-OPTION", NULL,
                   "there is no option \"%s\". Maybe \"%s\".", name,
                   near ? near : names[0]);
}

static ctg_status bad_value(const option_row *row, const char *value,
                            ctg_error *err) {
    static const char *const example[] = {
        [CTG_OPTION_REAL] = "0.001",      [CTG_OPTION_DURATION] = "90s or 5min",
        [CTG_OPTION_COUNT] = "1 or 200k", [CTG_OPTION_BYTES] = "256M or 2G",
        [CTG_OPTION_FLAG] = "yes or no",
    };
    if (row->info.type == CTG_OPTION_CHOICE)
        return err_set(err, CTG_ERR_USAGE, "E-OPTION", NULL,
                       "%s cannot be \"%s\". Maybe one of %s.", row->info.name,
                       value, row->info.unit);
    return err_set(err, CTG_ERR_USAGE, "E-OPTION", NULL,
                   "%s cannot be \"%s\": it goes from %s to %s. Maybe write "
                   "it as %s.",
                   row->info.name, value, row->info.low_text,
                   row->info.high_text, example[row->info.type]);
}

ctg_status ctg_options_init(ctg_options *options, size_t struct_size) {
    if (!options || struct_size < sizeof *options)
        return CTG_ERR_USAGE;
    memset(options, 0, struct_size);
    options->struct_size = struct_size;
    for (int32_t i = 0; i < N_OPTIONS; i++)
        option_store(options, &rows[i], rows[i].standard);
    return CTG_OK;
}

ctg_status ctg_options_set(ctg_options *options, const char *name,
                           const char *value, ctg_error *err) {
    if (!options || !name || !value || options->struct_size < sizeof *options)
        return misuse(err, "ctg_options_set needs options from "
                           "ctg_options_init, a name and a value.");
    const option_row *const row = option_find(name);
    if (!row)
        return unknown_option(name, err);
    double number = 0;
    if (!value_parse(row, value, &number) || number < row->low ||
        number > row->high)
        return bad_value(row, value, err);
    option_store(options, row, number);
    return CTG_OK;
}

int ctg_options_about(ctg_option_info *out, int32_t index) {
    if (!out || index < 0 || index >= N_OPTIONS)
        return 0;
    *out = rows[index].info;
    return 1;
}

ctg_status options_check(const ctg_options *options, ctg_error *err) {
    for (int32_t i = 0; i < N_OPTIONS; i++) {
        const double value = option_load(options, &rows[i]);
        /* Written so that a value that is not a number is refused, too. */
        if (!(value >= rows[i].low && value <= rows[i].high))
            return err_set(err, CTG_ERR_USAGE, "E-OPTION", NULL,
                           "%s is out of bounds: it goes from %s to %s. "
                           "Maybe start from ctg_options_init.",
                           rows[i].info.name, rows[i].info.low_text,
                           rows[i].info.high_text);
    }
    return CTG_OK;
}
