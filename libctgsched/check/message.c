// SPDX-License-Identifier: GPL-3.0-or-later
/* One line of English for a finding: where, what, how much, which article, and
 * what may help. */
#include "base/text.h"
#include "check/judge.h"

/* Thousandths of a place as a decimal number. */
static void put_places(text *out, int64_t thousandths) {
    text_int(out, thousandths / 1000);
    int64_t rest = thousandths % 1000;
    if (rest == 0)
        return;
    text_puts(out, ".");
    for (int64_t unit = 100; rest != 0; unit /= 10) {
        text_int(out, rest / unit);
        rest %= unit;
    }
}

static void put_comma(text *out) {
    if (out->n > 0)
        text_puts(out, ", ");
}

static void put_named(text *out, const char *what, const char *id) {
    put_comma(out);
    text_printf(out, "%s \"%s\"", what, id);
}

static void put_time(text *out, const where *at) {
    char date[CIVIL_TEXT], begin[MINUTE_TEXT], end[MINUTE_TEXT];
    if (at->civil != CIVIL_NONE) {
        put_comma(out);
        civil_print(at->civil, date);
        text_puts(out, date);
    }
    if (at->begin != NONE) {
        minute_print(at->begin, begin);
        minute_print(at->end, end);
        text_printf(out, " %s-%s", begin, end);
    }
    if (at->week != NONE) {
        put_comma(out);
        text_printf(out, "week %04d-W%02d", at->week / 100, at->week % 100);
    }
    if (at->month != NONE) {
        put_comma(out);
        text_printf(out, "%04d-%02d", at->month / 12, at->month % 12 + 1);
    }
}

static void put_place(text *out, const problem *prob, const where *at) {
    const structure *const x =
        at->structure == NONE ? NULL : &prob->structures[at->structure];
    if (at->employee != NONE)
        put_named(out, "employee", prob->employees[at->employee].id);
    if (at->request != NONE)
        put_named(out, "request", prob->requests[at->request].id);
    if (x)
        put_named(out, "structure", x->id);
    if (x && at->section >= 0)
        put_named(out, "section", x->sections[at->section].id);
    if (x && at->shared != NONE)
        put_named(out, "shared quota", x->shared[at->shared].id);
    if (at->need != NONE)
        put_named(out, "need", prob->needs[at->need].id);
    if (at->skill != NONE)
        put_named(out, "skill", prob->skills[at->skill]);
    if (at->resource != NONE)
        put_named(out, "resource", prob->resources[at->resource].id);
    if (at->group != NONE)
        put_named(out, "siblings", prob->siblings[at->group].id);
    if (at->manager)
        put_named(out, "manager", at->manager);
    put_time(out, at);
    if (out->n > 0)
        text_puts(out, ": ");
}

static void put_count(text *out, int64_t n, const char *one, const char *many) {
    text_int(out, n);
    text_printf(out, " %s", n == 1 ? one : many);
}

static void put_seats(text *out, const finding *f, const char *what) {
    put_places(out, f->have);
    text_printf(out, " %s at %02d:%02d, ", what, f->at.begin / 60,
                f->at.begin % 60);
    put_places(out, f->allowed);
    text_puts(out, f->at.rule == BREAKS_NEED_MAX ? " may be" : " may be taken");
    text_printf(out, ", %lld too many", (long long)f->size);
}

static void put_staff(text *out, const finding *f) {
    put_count(out, f->heads, "child needs ", "children need ");
    text_int(out, f->allowed);
    text_printf(out, " staff at %02d:%02d, ", f->at.begin / 60,
                f->at.begin % 60);
    put_count(out, f->have, "is counted", "are counted");
    text_printf(out, ", %lld missing", (long long)f->size);
    if (f->note)
        text_printf(out, ", and nobody is of %s", f->note);
}

static void put_sums(text *out, const finding *f, const char *left,
                     const char *right) {
    text_printf(out, "%lld %s, %lld %s, %lld too %s", (long long)f->have, left,
                (long long)f->allowed, right, (long long)f->size,
                f->at.rule == BREAKS_MIX ? "few" : "many");
}

static const char *given(const finding *f) { return f->note ? f->note : "-"; }

static void put_option(text *out, const finding *f) {
    switch (f->at.rule) {
    case BREAKS_MENU:
        text_printf(out,
                    "option \"%s\" has no presence left, or one that no "
                    "section admits",
                    given(f));
        return;
    case BREAKS_HOURS:
        text_printf(out, "option \"%s\" is there outside the opening hours",
                    given(f));
        return;
    case BREAKS_AGE:
        text_printf(out,
                    "option \"%s\": the section does not admit a child "
                    "of %lld months",
                    given(f), (long long)f->have);
        return;
    case BREAKS_NEED:
        text_printf(out,
                    "option \"%s\": the structure is not equipped for "
                    "this need",
                    given(f));
        return;
    case BREAKS_SECTOR:
        text_printf(out,
                    "option \"%s\": the structure is for children of other "
                    "schools",
                    given(f));
        return;
    case BREAKS_BOOKING:
        text_printf(out,
                    "option \"%s\" was not asked for while bookings for this "
                    "date were open",
                    given(f));
        return;
    case BREAKS_COMPANION:
        text_printf(out,
                    "option \"%s\" lacks a session that goes with this one",
                    given(f));
        return;
    case BREAKS_CHAIN:
        text_printf(out, "option \"%s\" leaves the child nowhere for a while",
                    given(f));
        return;
    default:
        text_printf(out,
                    "option \"%s\" is below the least that the family "
                    "accepts",
                    given(f));
        return;
    }
}

static void put_labour(text *out, const finding *f) {
    const long long size = f->size;
    switch (f->at.rule) {
    case BREAKS_DUTY:
        text_puts(out, "this duty can never be worked by this employee");
        return;
    case BREAKS_REST:
        text_printf(out, "%lld minutes of rest are missing before it", size);
        return;
    case BREAKS_WEEKLY_REST:
        text_puts(out, "no rest of the week is long enough");
        return;
    case BREAKS_WEEK_MINUTES:
    case BREAKS_MEAN_WEEK:
        text_printf(out, "%lld working minutes too many", size);
        return;
    case BREAKS_CONTRACT:
        text_printf(out, "%lld working minutes away from the contract", size);
        return;
    case BREAKS_IN_ROW:
        text_printf(out, "%lld days in a row too many from here", size);
        return;
    case BREAKS_LEAST_IN_ROW:
        text_printf(out, "the row of days is %lld too short", size);
        return;
    case BREAKS_LEAST_OFF:
        text_printf(out, "%lld free days in a row are missing", size);
        return;
    case BREAKS_WEEKENDS:
        text_printf(out, "%lld weekends too many", size);
        return;
    case BREAKS_THEN_NOT:
        text_puts(out, "this shift may not follow the one of the day before");
        return;
    case BREAKS_SHIFT_MOST:
        text_printf(out, "%lld shifts too many of a kind", size);
        return;
    default:
        text_puts(out, given(f));
        return;
    }
}

static void put_what(text *out, const finding *f) {
    switch (f->at.rule) {
    case BREAKS_MENU:
    case BREAKS_HOURS:
    case BREAKS_AGE:
    case BREAKS_NEED:
    case BREAKS_FLOOR:
    case BREAKS_SECTOR:
    case BREAKS_BOOKING:
    case BREAKS_COMPANION:
    case BREAKS_CHAIN:
        put_option(out, f);
        return;
    case BREAKS_PLACES:
    case BREAKS_RESERVE:
    case BREAKS_SECTION:
    case BREAKS_SHARED:
    case BREAKS_MERGE:
        put_seats(out, f, "places are taken");
        return;
    case BREAKS_NEED_MAX:
        put_seats(out, f, "children with this need are present");
        return;
    case BREAKS_RATIO:
    case BREAKS_MINIMUM:
        put_staff(out, f);
        return;
    case BREAKS_QUOTA:
        text_printf(out,
                    "%lld of the staff are required, the quotas let %lld "
                    "count",
                    (long long)f->allowed, (long long)f->have);
        return;
    case BREAKS_GROUP:
        text_printf(out, "session \"%s\" has ", given(f));
        put_count(out, f->have, "child", "children");
        text_printf(out, ", it opens for %lld", (long long)f->allowed);
        return;
    case BREAKS_SKILL:
        put_count(out, f->have, "child needs", "children need");
        text_puts(out, " this skill, no agent present has it");
        return;
    case BREAKS_WEEK:
        put_sums(out, f, "place-minutes are taken", "may be");
        return;
    case BREAKS_MIX:
        put_sums(out, f, "person-minutes of category 1 are required",
                 "are present");
        return;
    case BREAKS_RESOURCE:
        put_sums(out, f, "are used", "may be");
        return;
    case BREAKS_CHILD:
        text_printf(out, "its child is in %lld places at once",
                    (long long)f->have);
        return;
    case BREAKS_SERVED:
        text_puts(out, "it must be served and waits");
        return;
    case BREAKS_SIBLINGS:
        text_puts(out, "the group is torn apart against its rule");
        return;
    case BREAKS_PIN:
        if (f->note)
            text_printf(out, "it is pinned to \"%s\"", f->note);
        else
            text_puts(out, "it is pinned to the waiting list");
        return;
    case BREAKS_GUARANTEED:
        text_printf(out,
                    "%lld insertion requests are served, %lld places are "
                    "guaranteed",
                    (long long)f->have, (long long)f->allowed);
        return;
    default:
        put_labour(out, f);
        return;
    }
}

/* What may help; shortages need none. */
static const char *const advice[N_PLAN_RULES] = {
    [BREAKS_MENU] = "another option of its menu",
    [BREAKS_HOURS] = "an option inside the hours",
    [BREAKS_AGE] = "an option in another section",
    [BREAKS_NEED] = "a structure that offers it",
    [BREAKS_NEED_MAX] = "one of them elsewhere, or at other hours",
    [BREAKS_FLOOR] = "another option of its menu",
    [BREAKS_SECTOR] = "a structure of its school's sector",
    [BREAKS_BOOKING] = "an emergency request, or another date",
    [BREAKS_COMPANION] = "an option with both",
    [BREAKS_CHAIN] = "an option with a leg in between",
    [BREAKS_GROUP] = "all of them elsewhere, or more of them here",
    [BREAKS_CHILD] = "one of the requests waits",
    [BREAKS_PLACES] = "one of them waits, or comes at other hours",
    [BREAKS_WEEK] = "fewer hours in that week",
    [BREAKS_RESERVE] = "one of the regular children waits, or a later release",
    [BREAKS_SECTION] = "another section, or other hours",
    [BREAKS_SHARED] = "another section, or other hours",
    [BREAKS_MERGE] = "one of them waits, or comes at other hours",
    [BREAKS_RATIO] = "one child fewer then, or one agent more",
    [BREAKS_QUOTA] = "one qualified agent more, or a child fewer then",
    [BREAKS_MINIMUM] = "nobody then, or one agent more",
    [BREAKS_MIX] = "more hours of category 1, or fewer children",
    [BREAKS_SKILL] = "an agent who has it, or other hours",
    [BREAKS_RESOURCE] = "one of those who use it waits",
    [BREAKS_SIBLINGS] = "all of them, or none",
    [BREAKS_PIN] = "lift the pin, or keep to it",
    [BREAKS_DUTY] = "another shift, or another employee",
    [BREAKS_REST] = "a later begin, or an earlier end the day before",
    [BREAKS_WEEKLY_REST] = "one day off more in the week",
    [BREAKS_WEEK_MINUTES] = "a shorter shift, or a day off",
    [BREAKS_MEAN_WEEK] = "fewer hours in these weeks",
    [BREAKS_CONTRACT] = "longer or shorter shifts",
    [BREAKS_IN_ROW] = "a day off in between",
    [BREAKS_LEAST_IN_ROW] = "one day more, or none",
    [BREAKS_LEAST_OFF] = "one day off more, or none",
    [BREAKS_WEEKENDS] = "one weekend off",
    [BREAKS_THEN_NOT] = "another shift that day",
    [BREAKS_SHIFT_MOST] = "another shift",
    [BREAKS_ENVY] = "leave \"envy\" out of the plan",
    [BREAKS_SHORTAGE] = "copy the shortages that check --json lists",
    [BREAKS_DIGEST] = "solve again, or leave the digest out",
    [BREAKS_GOALS] = "leave \"goals\" out of the plan",
    [BREAKS_WAITING] = "leave \"waiting\" out of the plan",
    [BREAKS_COVERAGE] = "leave \"coverage\" out of the plan",
};

const char *judge_message(const problem *prob, const finding *f, arena *mem) {
    text out = {.mem = mem};
    put_place(&out, prob, &f->at);
    put_what(&out, f);
    if (f->law && f->law->article)
        text_printf(&out, " (%s)", f->law->article);
    text_puts(&out, ".");
    if (advice[f->at.rule])
        text_printf(&out, " Maybe %s.", advice[f->at.rule]);
    return out.failed ? NULL : out.at;
}
