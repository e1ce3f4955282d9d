// SPDX-License-Identifier: GPL-3.0-or-later
/* A number is digits, maybe a fraction, maybe an exponent, maybe a unit. The
 * mantissa is an integer below 2^53 and powers of ten up to 10^22 are exact, so
 * the one division or multiplication is rounded right on every machine. */
#include "api/number.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct unit {
    const char *name;
    double factor;
} unit;

static const unit seconds[] = {{"", 1},   {"ms", 1e-3}, {"s", 1},    {"sec", 1},
                               {"m", 60}, {"min", 60},  {"h", 3600}, {NULL, 0}};
static const unit counts[] = {{"", 1},    {"k", 1e3}, {"K", 1e3},
                              {"M", 1e6}, {"G", 1e9}, {NULL, 0}};
static const unit bytes[] = {
    {"", 1},          {"B", 1},          {"k", 1024},
    {"K", 1024},      {"KiB", 1024},     {"M", 1048576},
    {"MiB", 1048576}, {"G", 1073741824}, {"GiB", 1073741824},
    {"T", 0x1p40},    {"TiB", 0x1p40},   {NULL, 0}};
static const unit plain[] = {{"", 1}, {"%", 1e-2}, {NULL, 0}};
static const unit flags[] = {{"1", 1},  {"true", 1}, {"yes", 1},
                             {"on", 1}, {"0", 0},    {"false", 0},
                             {"no", 0}, {"off", 0},  {NULL, 0}};

static const unit *unit_find(const unit *units, const char *name) {
    for (; units->name; units++)
        if (strcmp(units->name, name) == 0)
            return units;
    return NULL;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Digits into the mantissa; those that no longer fit are refused. */
static bool add_digits(const char **at, int64_t *mantissa, int32_t *n) {
    for (; is_digit(**at); ++*at, ++*n) {
        if (*mantissa > (INT64_C(1) << 53) / 10 - 1)
            return false;
        *mantissa = *mantissa * 10 + (**at - '0');
    }
    return true;
}

/* "e-4" behind the mantissa; without digits it is not an exponent. */
static void skip_exponent(const char **at, int32_t *exponent) {
    const char *next = *at;
    if (*next != 'e' && *next != 'E')
        return;
    next++;
    const bool is_negative = *next == '-';
    if (*next == '-' || *next == '+')
        next++;
    if (!is_digit(next[0]))
        return;
    int32_t value = 0;
    for (; is_digit(*next); next++)
        value = value < 100 ? value * 10 + (*next - '0') : value;
    *exponent += is_negative ? -value : value;
    *at = next;
}

static bool scale(double *out, int64_t mantissa, int32_t exponent) {
    if (exponent < -22 || exponent > 22)
        return false;
    double power = 1;
    for (int32_t i = exponent < 0 ? -exponent : exponent; i > 0; i--)
        power *= 10;
    const double value = (double)mantissa;
    *out = exponent < 0 ? value / power : value * power;
    return true;
}

static bool decimal_parse(const char **at, double *out) {
    int64_t mantissa = 0;
    int32_t n_whole = 0, n_fraction = 0;
    if (!add_digits(at, &mantissa, &n_whole))
        return false;
    if (**at == '.') {
        ++*at;
        if (!add_digits(at, &mantissa, &n_fraction))
            return false;
    }
    int32_t exponent = -n_fraction;
    skip_exponent(at, &exponent);
    return n_whole + n_fraction > 0 && scale(out, mantissa, exponent);
}

static const unit *units_of(ctg_option_type type) {
    switch (type) {
    case CTG_OPTION_DURATION:
        return seconds;
    case CTG_OPTION_COUNT:
        return counts;
    case CTG_OPTION_BYTES:
        return bytes;
    case CTG_OPTION_FLAG:
        return flags;
    case CTG_OPTION_REAL:
    case CTG_OPTION_CHOICE: /* a word, no number */
        break;
    }
    return plain;
}

bool number_parse(const char *text, ctg_option_type type, double *out) {
    double value = 1;
    const char *at = text;
    const bool is_negative = type == CTG_OPTION_COUNT && *at == '-';
    at += is_negative;
    if (type != CTG_OPTION_FLAG && !decimal_parse(&at, &value))
        return false;
    const unit *const found = unit_find(units_of(type), at);
    if (!found)
        return false;
    value *= found->factor;
    const bool has_to_be_whole =
        type == CTG_OPTION_COUNT || type == CTG_OPTION_BYTES;
    if (has_to_be_whole && (value >= 0x1p53 || value != (double)(int64_t)value))
        return false;
    *out = is_negative ? -value : value;
    return true;
}
