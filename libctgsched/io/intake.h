// SPDX-License-Identifier: GPL-3.0-or-later
/* What the parts of the problem reader share: one file per object of
 * doc/format.md. Each read_... takes the member of the root that it is named
 * after, and leaves maps for those that refer to it. All return CTG_OK or
 * CTG_ERR_NOMEM; faults are in the reader. */
#ifndef CTGSCHED_IO_INTAKE_H
#define CTGSCHED_IO_INTAKE_H

#include "base/vec.h"
#include "io/io.h"
#include "io/reader.h"
#include "model/law.h"
#include "model/problem.h"

enum {
    WEIGHT_MOST = 100000, /* thousandths */
    WEIGHT_OF_NOTICE = 1000,
    NOTICE_MOST = 100,
    WINDOWS_MOST = 2000,
    OPTIONS_MOST = 500,
    SECTIONS_MOST = 64,
    NEEDS_MOST = 64
};
#define INTEGER_MOST ((INT64_C(1) << 53) - 1)

/* When something happens (format.md 1.1). */
typedef struct window {
    bool by_dates;
    uint32_t days;       /* bit weekday + 7 * (1 in B weeks) */
    int32_t first, last; /* civil days */
    int_list dates;      /* civil days, rising */
    int32_t begin, end;  /* minutes */
    int32_t in;          /* IN_..., or IN_PERIOD + the place of its id */
} window;

enum { IN_ANY, IN_SCHOOL, IN_HOLIDAYS, IN_PERIOD };

/* Names for open_object: a window's own members. */
#define WINDOW_DAYS "days", "dates", "week", "first", "last", "in"
#define WINDOW_TIMES "begin", "end"

typedef enum window_times {
    TIMES_REQUIRED,
    TIMES_OPTIONAL, /* the whole day */
    TIMES_NONE,
    TIMES_OF_WEEK,   /* required, and no dates: the pattern of a menu */
    TIMES_OR_SESSION /* required, or the member "session" */
} window_times;

typedef struct structure_notes {
    int32_t file_index;
    idmap sections, sessions;
    bool *day_is_open; /* [n_days]: some instant of the day is open */
    uint64_t *touched; /* [n_days] writable structure.touched, NULL: none yet */
} structure_notes;

/* School holidays (format.md 2.1); several periods may have one id. */
typedef struct holiday_period {
    int32_t id;       /* in period_ids */
    const char *name; /* of the file */
    int32_t first, last;
} holiday_period;

VEC_DECLARE(rule_pack_vec, rule_pack);
typedef struct grid grid;
typedef struct presence_table presence_table;

typedef struct intake {
    reader *r;
    problem *p;
    arena *lasting; /* the reader's tables; those of a request go with it: */
    arena *passing;
    /* Horizon. Without a usable one nothing is dated and no fault follows. */
    bool has_horizon;
    int32_t first, last;
    uint32_t weekdays;
    uint32_t *day_bits; /* [n_days]: the bit of window.days */
    idmap period_ids;
    int32_t n_periods;
    const holiday_period *periods; /* [n_periods] */
    idmap school_ids; /* numbered as they come: they are only compared */
    idmap pack_ids, need_ids, skill_ids, resource_ids, structure_ids;
    idmap child_ids, request_ids, grid_ids, shift_ids;
    rule_pack_vec library; /* every pack at hand; those used go to p->packs */
    const grid *grids;
    structure_notes *notes; /* [n_structures] */
    structure *structures;  /* writable p->structures */
    int32_t *derogation_file_index;
    law_change *changes; /* [p->n_derogations] */
    request *requests;   /* writable p->requests */
    int32_t *shift_file_index, *employee_file_index;
    int32_t *request_file_index;
    option *options; /* [OPTIONS_MOST + 1], the request on the way */
    presence_table *presences;
    const struct kept_requests *kept; /* NULL: all requests are read */
    bool must_be_whole;               /* the text of an element is not JSON */
} intake;

extern const words weekday_words;

ctg_status read_horizon(intake *in, const cursor *root);
ctg_status read_parameters(intake *in, const cursor *root);
ctg_status read_packs(intake *in, const cursor *root);
/* Every skill that the needs and the staff of the file name. */
ctg_status collect_skills(intake *in, const cursor *root);
ctg_status read_needs(intake *in, const cursor *root);
ctg_status read_resources(intake *in, const cursor *root);
ctg_status read_structures(intake *in, const cursor *root);
ctg_status read_derogations(intake *in, const cursor *root);
ctg_status read_grids(intake *in, const cursor *root);
ctg_status read_children(intake *in, const cursor *root);
ctg_status read_requests(intake *in, const cursor *root);
ctg_status read_siblings(intake *in, const cursor *root);
ctg_status read_pins(intake *in, const cursor *root);
ctg_status read_shifts(intake *in, const cursor *root);
ctg_status read_employees(intake *in, const cursor *root);
ctg_status read_cover(intake *in, const cursor *root);
ctg_status read_policy(intake *in, const cursor *root);
ctg_status read_prices(intake *in, const cursor *root);
ctg_status read_goals(intake *in, const cursor *root);

/* A problem whose tree is there already: as io_read_problem, but faults have no
 * lines. With `kept`, requests of the problem before are taken over: it has to
 * live as long as the new one. */
ctg_status io_read_tree(problem **out, json_t *root,
                        const struct kept_requests *kept, const io_text *packs,
                        int32_t n_packs, const ctg_allocator *allocator,
                        fault_list *faults, ctg_error *err);

/* The packs `more` [n_more], each a document of its own: before the problem's
 * document is open. Embedded ones are read when they are asked for. */
ctg_status load_library(intake *in, const io_text *more, int32_t n_more);

/* Law tables, and what the law says of the file itself. */
ctg_status settle_law(intake *in, const cursor *root);
/* What employees do not go with yet, and what nobody can ever work. */
ctg_status settle_people(intake *in, const cursor *root);
/* Bounds of goals, and what can never happen. */
ctg_status settle_goals(intake *in, const cursor *root);
ctg_status warn_structures(intake *in, const cursor *root);

/* The members of a window; the caller has opened the object and closes it.
 * A window that covers no day of the horizon is a warning. */
void take_window(intake *in, const cursor *at, window_times times, window *out);
bool window_covers(const intake *in, const window *w, int32_t day);
/* First day of the horizon on or after the civil day; n_days when none. */
int32_t day_from(const intake *in, int32_t civil);

/* One stroke of a profile: what a window does to the minutes it covers. */
typedef enum stroke_kind {
    STROKE_SET,   /* the value, wherever */
    STROKE_OVER,  /* the value, where there is one already */
    STROKE_LEAST, /* at most the value, where there is one already */
    STROKE_MORE,  /* the value more */
    STROKE_CLEAR  /* nothing there any more */
} stroke_kind;
typedef struct stroke {
    stroke_kind kind;
    window when;
    int32_t value;
} stroke;
VEC_DECLARE(stroke_vec, stroke);
/* Strokes in order; false without memory. */
bool stroke_add(intake *in, stroke_vec *strokes, stroke_kind kind,
                const window *when, int32_t value);
window window_always(const intake *in);
ctg_status profile_paint(intake *in, profile *out, const stroke *strokes,
                         int32_t n);
/* A list of windows, time optional: 1 where one of them is. */
ctg_status read_times(intake *in, const cursor *of, const char *name,
                      absence if_none, profile *out);

/* Parts of a structure. */
ctg_status read_sections(intake *in, const cursor *of, structure *s,
                         structure_notes *notes);
ctg_status read_shared(intake *in, const cursor *of, structure *s,
                       const structure_notes *notes);
ctg_status read_merges(intake *in, const cursor *of, structure *s,
                       const structure_notes *notes);
ctg_status read_staff(intake *in, const cursor *of, structure *s);
ctg_status read_outings(intake *in, const cursor *of, structure *s,
                        const structure_notes *notes);
/* `places` becomes the strokes of the sessions' places. */
ctg_status read_sessions(intake *in, const cursor *of, structure *s,
                         structure_notes *notes, stroke_vec *places);
ctg_status read_reserve(intake *in, const cursor *of, structure *s);
staff_category take_category(reader *r, const cursor *at);
/* Not `given` when absent. */
moment_before take_moment(intake *in, const cursor *of, const char *name);
/* "YYYY-MM-DDTHH:MM" or a date, as civil day * 1440 + minute. */
int64_t take_instant(reader *r, const cursor *of, const char *member,
                     absence if_none, int64_t fallback);
/* The number of a school's id, the next one when it is new. */
int32_t school_number(intake *in, const char *id);
/* "modulation": ordered windows with places, as strokes over `base`. */
void take_modulation(intake *in, const cursor *of, stroke_vec *strokes);
bool take_location(intake *in, const cursor *of, int64_t *x, int64_t *y);

/* A rule pack under the cursor, echoed. */
ctg_status read_pack(reader *r, const cursor *at, rule_pack *out);
/* Parameters of a rule of that kind; those given go to `*parts`. With `some`
 * nothing is required (a derogation). */
void take_rule_parameters(reader *r, const cursor *of, rule *out, bool some,
                          uint32_t *parts);

/* `share`, `burdens` and `cost` of an employee; then, of all of them, shares as
 * thousandths. */
void take_shares(intake *in, const cursor *of, employee *e);
ctg_status settle_shares(intake *in, employee *all, int32_t n);

/* Points by a grid. */
int64_t take_points(intake *in, const cursor *request_at);

/* Options of a request whose other members are read. */
ctg_status read_options(intake *in, const cursor *of, request *out);
ctg_status read_menu(intake *in, const cursor *of, request *q, option *options,
                     int32_t *n);
int64_t default_distance(const intake *in, const request *q, int32_t index);
int64_t default_satisfaction(int32_t rank);

/* An option's window with its own section (NONE: the option's). */
typedef struct placed_window {
    window when;
    int32_t structure; /* the option's, or that of a leg elsewhere */
    int32_t section;
    int32_t session; /* of that structure, NONE: the window's times */
} placed_window;

/* Dated presences of an option whose structure is set; equal arrays are shared.
 * `by_default` is the option's own section, NONE: by age. When two of them
 * overlap, `*overlap` is the civil day, else CIVIL_NONE. */
ctg_status expand_presences(intake *in, option *out, const request *q,
                            const placed_window *windows, int32_t n,
                            int32_t by_default, int32_t *overlap);

/* Why nobody else's decision matters: format.md 4.3. NULL when the option can
 * be given. A test of the reader's own; the judge has another. */
const char *never_reason(const intake *in, const request *q, const option *o);

#endif
