// SPDX-License-Identifier: GPL-3.0-or-later
/* Duties come by employee, then date: a line ends where the employee does. */
#include "cli/roster.h"

#include <stdio.h>
#include <string.h>

#include "cli/dates.h"

enum { WEEK_DAYS = 7, NAME_WIDTH = 16, CELL_WIDTH = 12 };

typedef struct roster_line {
    const char *employee;
    ctg_duty on[WEEK_DAYS];        /* employee NULL: none that day */
    int32_t week_minutes, minutes; /* of the week, of the plan */
} roster_line;

static void put_days(FILE *to, cli_lang lang, int32_t monday) {
    say_padded(to, say(lang, WORD_EMPLOYEE), NAME_WIDTH);
    for (int32_t day = 0; day < WEEK_DAYS; day++) {
        char text[CELL_WIDTH + 8];
        int year, month, number;
        date_split(monday + day, &year, &month, &number);
        snprintf(text, sizeof text, "%s %d", say(lang, (word)(WORD_MON + day)),
                 number);
        say_padded(to, text, CELL_WIDTH);
    }
    fprintf(to, "%s\n", say(lang, WORD_ROSTER_HOURS));
}

static void put_hours(FILE *to, int32_t minutes) {
    fprintf(to, "%3d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

static void put_line(FILE *to, const roster_line *line) {
    if (!line->employee)
        return;
    say_padded(to, line->employee, NAME_WIDTH);
    for (int32_t day = 0; day < WEEK_DAYS; day++) {
        const ctg_duty *const d = &line->on[day];
        if (d->employee) {
            say_minute(to, d->begin);
            fputc('-', to);
            say_minute(to, d->end);
            fputc(' ', to);
        } else {
            say_padded(to, "-", CELL_WIDTH);
        }
    }
    put_hours(to, line->week_minutes);
    fputs("  /", to);
    put_hours(to, line->minutes);
    fputc('\n', to);
}

void roster_draw(FILE *to, cli_lang lang, const ctg_solution *plan,
                 int32_t monday) {
    roster_line line = {0};
    ctg_duty d;
    if (monday == DATE_NONE || !ctg_solution_duty(&d, plan, 0))
        return;
    fprintf(to, "\n%s\n", say(lang, WORD_ROSTER));
    put_days(to, lang, monday);
    for (int32_t k = 0; ctg_solution_duty(&d, plan, k); k++) {
        const int32_t day = date_parse(d.date) - monday;
        if (!line.employee || strcmp(line.employee, d.employee) != 0) {
            put_line(to, &line);
            line = (roster_line){.employee = d.employee};
        }
        line.minutes += d.minutes;
        if (day < 0 || day >= WEEK_DAYS)
            continue;
        line.week_minutes += d.minutes;
        line.on[day] = d;
    }
    put_line(to, &line);
}

static void emit_minute(emit *out, const char *key, int32_t minute) {
    char text[16];
    snprintf(text, sizeof text, "%02d:%02d", (int)(minute / 60),
             (int)(minute % 60));
    emit_text(out, key, text);
}

static void emit_parts(emit *out, const ctg_solution *plan, int32_t index) {
    ctg_duty_part part;
    emit_array(out, "parts");
    for (int32_t k = 0; ctg_solution_duty_part(&part, plan, index, k); k++) {
        emit_object(out, NULL);
        emit_minute(out, "begin", part.begin);
        emit_minute(out, "end", part.end);
        emit_text(out, "structure", part.structure);
        emit_text(out, "what", part.what);
        emit_close(out, '}');
    }
    emit_close(out, ']');
}

void emit_duties(emit *out, const ctg_solution *plan) {
    ctg_duty d;
    emit_array(out, "duties");
    for (int32_t k = 0; ctg_solution_duty(&d, plan, k); k++) {
        emit_object(out, NULL);
        emit_text(out, "employee", d.employee);
        emit_text(out, "date", d.date);
        emit_text(out, "shift", d.shift);
        emit_text(out, "structure", d.structure);
        emit_minute(out, "begin", d.begin);
        emit_minute(out, "end", d.end);
        emit_int(out, "minutes", d.minutes);
        emit_parts(out, plan, k);
        emit_close(out, '}');
    }
    emit_close(out, ']');
}
