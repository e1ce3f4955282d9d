// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched ics: the duties of an employee, or of those in a structure, as a
 * calendar (RFC 5545). Times are local, with the rule of Europe/Paris in the
 * file; nothing in it tells when it was made: the same plan, the same bytes. */
#include <stdio.h>
#include <string.h>

#include "cli/dates.h"
#include "cli/lang.h"
#include "cli/load.h"

enum { LINE_BYTES = 75, TEXT_BYTES = 512 };

/* A content line, folded where it is longer than a reader must take. */
static void put_line(FILE *to, const char *text) {
    int width = 0;
    for (const char *c = text; *c; c++) {
        const bool is_inside = ((unsigned char)*c & 0xC0) == 0x80;
        if (width >= LINE_BYTES - 4 && !is_inside) {
            fputs("\r\n ", to);
            width = 1;
        }
        fputc(*c, to);
        width++;
    }
    fputs("\r\n", to);
}

static void put_zone(FILE *to) {
    static const char *const lines[] = {
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Paris",
        "BEGIN:DAYLIGHT",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "DTSTART:19960331T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE"};
    for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++)
        put_line(to, lines[k]);
}

/* "DTSTART;TZID=Europe/Paris:20260907T073000"; 24:00 is the next day's 0:00. */
static void put_time(FILE *to, const char *name, const char *date,
                     int32_t minute) {
    char line[TEXT_BYTES];
    int year, month, day;
    date_split(date_parse(date) + minute / (24 * 60), &year, &month, &day);
    minute %= 24 * 60;
    snprintf(line, sizeof line, "%s;TZID=Europe/Paris:%04d%02d%02dT%02d%02d00",
             name, year, month, day, (int)(minute / 60), (int)(minute % 60));
    put_line(to, line);
}

static void put_pair(FILE *to, const char *name, const char *value) {
    char line[TEXT_BYTES];
    snprintf(line, sizeof line, "%s:%s", name, value);
    put_line(to, line);
}

typedef struct event {
    const ctg_duty *duty;
    const char *summary, *location, *description;
    int32_t begin, end;
} event;

static void put_event(FILE *to, const event *e, const char *problem) {
    char text[TEXT_BYTES];
    int year, month, day;
    date_split(date_parse(e->duty->date), &year, &month, &day);
    put_line(to, "BEGIN:VEVENT");
    snprintf(text, sizeof text, "UID:%s-%s-%s-%04d@%s.ctgsched.invalid",
             e->duty->employee, e->duty->date, e->location, (int)e->begin,
             problem);
    put_line(to, text);
    snprintf(text, sizeof text, "DTSTAMP:%04d%02d%02dT000000Z", year, month,
             day);
    put_line(to, text);
    put_time(to, "DTSTART", e->duty->date, e->begin);
    put_time(to, "DTEND", e->duty->date, e->end);
    put_pair(to, "SUMMARY", e->summary);
    put_pair(to, "LOCATION", e->location);
    if (e->description[0])
        put_pair(to, "DESCRIPTION", e->description);
    put_line(to, "END:VEVENT");
}

static const char *what_of(cli_lang lang, const char *what) {
    return say(lang, strcmp(what, "children") == 0 ? WORD_WITH_CHILDREN
                     : strcmp(what, "break") == 0  ? WORD_BREAK
                                                   : WORD_OTHER_WORK);
}

/* "07:30-11:00 with children, 11:00-11:45 break": commas are escaped. */
static void describe(char *out, size_t size, cli_lang lang,
                     const ctg_solution *plan, int32_t index) {
    ctg_duty_part p;
    size_t n = 0;
    out[0] = '\0';
    for (int32_t k = 0; ctg_solution_duty_part(&p, plan, index, k); k++) {
        if (n >= size)
            return;
        n += (size_t)snprintf(out + n, size - n, "%s%02d:%02d-%02d:%02d %s",
                              k ? "\\, " : "", (int)(p.begin / 60),
                              (int)(p.begin % 60), (int)(p.end / 60),
                              (int)(p.end % 60), what_of(lang, p.what));
    }
}

static void put_employee(FILE *to, cli_lang lang, const ctg_solution *plan,
                         const char *id, const char *problem) {
    ctg_duty d;
    char parts[TEXT_BYTES / 2];
    for (int32_t k = 0; ctg_solution_duty(&d, plan, k); k++) {
        if (strcmp(d.employee, id) != 0)
            continue;
        describe(parts, sizeof parts, lang, plan, k);
        const event e = {&d, d.shift, d.structure, parts, d.begin, d.end};
        put_event(to, &e, problem);
    }
}

static void put_structure(FILE *to, const ctg_solution *plan, const char *id,
                          const char *problem) {
    ctg_duty d;
    ctg_duty_part p;
    for (int32_t k = 0; ctg_solution_duty(&d, plan, k); k++)
        for (int32_t i = 0; ctg_solution_duty_part(&p, plan, k, i); i++) {
            if (strcmp(p.structure, id) != 0 || strcmp(p.what, "children") != 0)
                continue;
            const event e = {&d, d.employee, id, "", p.begin, p.end};
            put_event(to, &e, problem);
        }
}

static void put_calendar(FILE *to, const cli_args *args, const inputs *in) {
    const char *const employee = args->value[OPT_EMPLOYEE];
    ctg_problem_info about;
    ctg_problem_about(&about, in->problem);
    put_line(to, "BEGIN:VCALENDAR");
    put_line(to, "VERSION:2.0");
    put_line(to, "PRODID:-//ctgsched//ctgsched//EN");
    put_line(to, "CALSCALE:GREGORIAN");
    put_zone(to);
    if (employee)
        put_employee(to, args->lang, in->plan, employee, about.id);
    else
        put_structure(to, in->plan, args->value[OPT_STRUCTURE], about.id);
    put_line(to, "END:VCALENDAR");
}

/* Somebody works under that name, or there. */
static bool is_known(const cli_args *args, const ctg_solution *plan) {
    const char *const employee = args->value[OPT_EMPLOYEE];
    ctg_duty d;
    ctg_duty_part p;
    for (int32_t k = 0; ctg_solution_duty(&d, plan, k); k++) {
        if (employee && strcmp(d.employee, employee) == 0)
            return true;
        for (int32_t i = 0; !employee && ctg_solution_duty_part(&p, plan, k, i);
             i++)
            if (strcmp(p.structure, args->value[OPT_STRUCTURE]) == 0)
                return true;
    }
    return false;
}

static cli_exit check_args(const cli_args *args) {
    if (!args->value[OPT_EMPLOYEE] == !args->value[OPT_STRUCTURE]) {
        complain("ics makes one calendar. Maybe --employee ID or --structure "
                 "ID.");
        return EXIT_USAGE;
    }
    return file_probe(args->value[OPT_OUTPUT]);
}

static cli_exit put_ics(const cli_args *args, inputs *in) {
    page out;
    if (!is_known(args, in->plan)) {
        const char *const employee = args->value[OPT_EMPLOYEE];
        complain("nobody has a duty %s \"%s\" in this plan. Maybe check the "
                 "id.",
                 employee ? "as" : "in",
                 employee ? employee : args->value[OPT_STRUCTURE]);
        return EXIT_USAGE;
    }
    if (!page_open(&out))
        return EXIT_INTERNAL;
    put_calendar(out.to, args, in);
    const blob *const text = page_close(&out);
    const cli_exit status =
        text ? file_write(args->value[OPT_OUTPUT], text->at, text->n)
             : EXIT_INTERNAL;
    page_free(&out);
    return status;
}

cli_exit run_ics(const cli_args *args) {
    inputs in;
    cli_exit status = check_args(args);
    if (status != EXIT_DONE)
        return status;
    status = inputs_open(&in, args);
    if (status == EXIT_DONE)
        status = inputs_problem(&in, args);
    if (status == EXIT_DONE)
        status = inputs_plan(&in, args->operands[1]);
    if (status == EXIT_DONE)
        status = put_ics(args, &in);
    else
        inputs_fail(&in, args, status);
    inputs_close(&in);
    return status;
}
