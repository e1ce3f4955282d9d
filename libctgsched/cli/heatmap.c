// SPDX-License-Identifier: GPL-3.0-or-later
/* A half hour shows its worst moment: beyond or short, then full, then no staff
 * for one more child, then the fullest tenth. */
#include "cli/heatmap.h"

#include <string.h>

#include "cli/dates.h"

enum { DAYS = 7, CELLS = 48, CELL_MIN = 30, LABEL_COLUMNS = 14 };

typedef struct cell {
    bool is_open, is_beyond, is_full, lacks_staff;
    int32_t tenths; /* 0: nobody */
} cell;

typedef struct week {
    const char *structure;
    int32_t most_places;
    int first, last; /* cells used, half-open */
    bool has_day[DAYS];
    cell cells[DAYS][CELLS];
} week;

static int32_t tenths_of(const ctg_coverage *row) {
    if (row->present == 0)
        return 0;
    if (row->places <= 0 || row->present >= row->places)
        return 9;
    const int32_t tenths = row->present * 10 / row->places;
    return tenths < 1 ? 1 : tenths > 9 ? 9 : tenths;
}

static void cell_add(cell *to, const ctg_coverage *row) {
    const int32_t tenths = tenths_of(row);
    to->is_open = true;
    to->is_beyond |= row->present > row->places || row->required > row->counted;
    to->is_full |= row->free == 0;
    to->lacks_staff |= strcmp(row->binds, "staff") == 0;
    to->tenths = tenths > to->tenths ? tenths : to->tenths;
}

static void week_add(week *to, const ctg_coverage *row, int day) {
    const int first = row->begin / CELL_MIN;
    const int last = (row->end + CELL_MIN - 1) / CELL_MIN;
    to->has_day[day] = true;
    to->most_places =
        row->places > to->most_places ? row->places : to->most_places;
    if (to->first == to->last || first < to->first)
        to->first = first;
    if (last > to->last)
        to->last = last;
    for (int c = first; c < last && c < CELLS; c++)
        cell_add(&to->cells[day][c], row);
}

static char sign_of(const cell *one) {
    if (!one->is_open)
        return ' ';
    if (one->is_beyond)
        return '!';
    if (one->is_full)
        return '#';
    if (one->lacks_staff)
        return 's';
    return (char)(one->tenths == 0 ? '.' : '0' + one->tenths);
}

static const char *color_of(char sign) {
    switch (sign) {
    case '!':
        return "\033[97;41m";
    case '#':
        return "\033[30;46m";
    case 's':
        return "\033[30;45m";
    case '7':
    case '8':
    case '9':
        return "\033[30;43m";
    case ' ':
    case '.':
        return "";
    default:
        return "\033[30;42m";
    }
}

static void put_cell(FILE *to, const cell *one, int columns,
                     const heatmap_look *look) {
    const char sign = sign_of(one);
    const char *const color = look->has_color ? color_of(sign) : "";
    fprintf(to, "%s%c%*s%s", color, sign, columns - 1, "",
            color[0] ? "\033[0m" : "");
}

/* Hours above the columns, each where its first cell stands. */
static void put_hours(FILE *to, const week *one, int columns) {
    const int apart = columns > 1 ? 2 : 4; /* cells from label to label */
    fprintf(to, "%*s", LABEL_COLUMNS, "");
    for (int c = one->first; c < one->last;) {
        if (c % apart == 0) {
            fprintf(to, "%02d%*s", c / 2, apart * columns - 2, "");
            c += apart;
        } else {
            fprintf(to, "%*s", columns, "");
            c++;
        }
    }
    fputc('\n', to);
}

static void put_week(FILE *to, const week *one, int32_t monday,
                     const heatmap_look *look) {
    const int n_cells = one->last - one->first;
    const int columns = LABEL_COLUMNS + 2 * n_cells <= look->width ? 2 : 1;
    fprintf(to, "\n%s, %d %s\n", one->structure, (int)one->most_places,
            say(look->lang, WORD_PLACES_AT_MOST));
    put_hours(to, one, columns);
    for (int day = 0; day < DAYS; day++) {
        if (!one->has_day[day])
            continue;
        const int n = say_date(to, look->lang, monday + day);
        fprintf(to, "%*s", n < LABEL_COLUMNS ? LABEL_COLUMNS - n : 1, "");
        for (int c = one->first; c < one->last; c++)
            put_cell(to, &one->cells[day][c], columns, look);
        fputc('\n', to);
    }
}

int32_t heatmap_draw(FILE *to, const ctg_solution *plan, int32_t monday,
                     const char *only, heatmap_look look) {
    week one = {0};
    ctg_coverage row;
    int32_t n = 0;
    /* Rows come by structure: a week is drawn when the next one begins. */
    for (int32_t i = 0; ctg_solution_coverage(&row, plan, i); i++) {
        const int32_t day = date_parse(row.date) - monday;
        if (day < 0 || day >= DAYS || (only && strcmp(only, row.structure)))
            continue;
        if (one.structure && strcmp(one.structure, row.structure) != 0) {
            put_week(to, &one, monday, &look);
            one = (week){0};
        }
        n += one.structure == NULL;
        one.structure = row.structure;
        week_add(&one, &row, day);
    }
    if (one.structure)
        put_week(to, &one, monday, &look);
    return n;
}

int32_t heatmap_first_week(const ctg_solution *plan, const char *only) {
    ctg_coverage row;
    int32_t first = DATE_NONE;
    for (int32_t i = 0; ctg_solution_coverage(&row, plan, i); i++) {
        const int32_t date = date_parse(row.date);
        if ((!only || strcmp(only, row.structure) == 0) &&
            (first == DATE_NONE || date < first))
            first = date;
    }
    return first == DATE_NONE ? DATE_NONE : date_monday(first);
}
