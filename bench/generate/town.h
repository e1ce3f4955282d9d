// SPDX-License-Identifier: GPL-3.0-or-later
/* The synthetic commune in memory: structures, families and what they ask for
 * in one reference week. All times are minutes of the day, distances metres. */
#ifndef GENERATE_TOWN_H
#define GENERATE_TOWN_H

#include <stdbool.h>

#include "draw.h"

enum {
    DAYS = 5, /* Monday to Friday */
    OPENS = 450,
    CLOSES = 1110, /* 07:30 to 18:30 */
    TICK = 15,
    TICKS = (CLOSES - OPENS) / TICK,
    MAX_SECTIONS = 3,
    MAX_AGENTS = 32,
    MAX_WISHES = 2,
    MAX_CHOICES = 4,
    ID_ROOM = 16
};

/* Shifts of seven hours of work (`--staff joint`): each begins half an hour
 * after the one before, from opening on, and the last ends at closing. */
enum {
    N_SHIFTS = 8,
    SHIFT_STEP = 30,
    SHIFT_SPAN = CLOSES - OPENS - (N_SHIFTS - 1) * SHIFT_STEP,
    BREAK = 30,       /* not paid, between 11:30 and 14:30 */
    PREPARATION = 30, /* paid, without children */
    SHIFT_WORK = SHIFT_SPAN - BREAK,
    SHIFT_WITH_CHILDREN = SHIFT_WORK - PREPARATION
};

enum { NEED_NONE, NEED_HANDICAP, NEED_PAI };
enum { RENEWAL, TRANSFER, NEWCOMER };

typedef struct section {
    const char *id;
    int places, from_months, below_months; /* -1: no bound */
} section;

typedef struct agent {
    bool is_cat1;
    bool knows_handicap, knows_pai;
    int begin, end, break_begin, break_end;
    int day_off; /* -1: none */
} agent;

typedef struct wish {
    int day, shift; /* shift -1: to be off that day */
    int weight;
} wish;

/* An agent whose duties are decided with the children. */
typedef struct hand {
    bool is_cat1;
    int days; /* of a full shift a week: five are 35 hours */
    int n_wishes;
    wish wishes[MAX_WISHES];
} hand;

/* What the plan in which every held place is kept counts, by day and tick. */
typedef struct load {
    int heads[DAYS][TICKS], places[DAYS][TICKS];   /* places in thousandths */
    int babies[DAYS][TICKS], walkers[DAYS][TICKS]; /* thousandths */
    int in_section[MAX_SECTIONS][DAYS][TICKS];
    int handicap[DAYS][TICKS];
} load;

typedef struct creche {
    char id[ID_ROOM];
    int places, x, y;
    bool over_capacity, merges, shares;
    const char *regime, *rounding;      /* rounding NULL: the rule's own */
    int morning_places, evening_places; /* modulation at the ends, -1: none */
    int wednesday_places;               /* -1: as other days */
    int closed_day, reduced_day, reduced_places; /* days -1: none */
    int handicap_max;                            /* 0: not equipped */
    bool has_pai;
    int n_sections;
    section sections[MAX_SECTIONS];
    int spare_agents; /* above what the seats ask */
    int n_agents;
    agent agents[MAX_AGENTS];
    int n_hands; /* instead of the agents, for who decides both */
    hand hands[MAX_AGENTS];
    load held;
} creche;

typedef struct week {
    int begin[DAYS], end[DAYS]; /* equal: absent that day */
} week;

typedef struct flex {
    int step, shift, later, earlier;
    int drop_days;
    unsigned droppable; /* bit per weekday */
} flex;

/* The facts of the grid of points, each 0 or 1 unless said. */
typedef struct facts {
    bool resident, minor_parent, single_parent, sibling, adoption, no_care;
    bool durable_care, disabled_child, disabled_relative, former_member;
    bool elder_refused, refused_offer, past_breach;
    int activity;         /* 0 all work, 1 one seeks, 2 one inactive, 3 none */
    int follow_up;        /* 0 or 10..100 */
    int commissions_past; /* 0.. */
} facts;

typedef struct request {
    char child_id[ID_ROOM], id[ID_ROOM];
    int birth, walk_from; /* walk_from -1: by the age proxy */
    int need, x, y;
    int situation; /* RENEWAL, TRANSFER, NEWCOMER */
    int kind;      /* 0 regular, 1 occasional, 2 emergency */
    int submitted_day, submitted_minute; /* minute -1: a bare date */
    facts facts;
    week asked;
    int n_choices;
    int choices[MAX_CHOICES], ranks[MAX_CHOICES]; /* structures, best first */
    flex flex;
    int held_in; /* structure, -1: none */
    week held;
    bool insertion, has_adaptation;
    int min_days, min_minutes; /* 0: none */
    int group;                 /* siblings, -1: none */
    int n_options;             /* generated ones and the place held */
} request;

typedef struct group {
    char id[ID_ROOM];
    const char *rule;
} group;

/* What the centres of a commune have. In every second one agents are few: on
 * evenings and on Wednesday. */
typedef struct centre_law {
    int places;
    int few[2], few_joint[2]; /* agents wanted; the same, for who decides */
    int crew[2];              /* employees, and where they are few */
    bool shares_work;         /* evenings or Wednesday, the director both */
} centre_law;

/* Out of school (`--services`): four evenings and Wednesday. */
typedef struct centre {
    char id[ID_ROOM];
    int places;
    bool is_short; /* of agents */
    int staff[2];  /* evenings, Wednesday: wanted where it is decided */
    int crew;      /* employees, for who decides both */
} centre;

typedef struct pupil {
    int centre, birth, points, submitted_day;
    unsigned days;   /* Wednesday alone, or some of the evenings */
    bool takes_half; /* of Wednesday, when the day is full */
} pupil;

typedef struct town {
    const char *id;
    int monday; /* civil day of the reference week */
    int weeks;  /* like it, one after the other */
    int n_creches;
    creche *creches;
    int n_requests;
    request *requests;
    int n_groups;
    group *groups;
    int n_centres, n_pupils;
    centre *centres;
    pupil *pupils;
    const centre_law *law;
    const char *rounding; /* the PMI's reading of 5/8, NULL: the rule's own */
    bool writes_facts;    /* else the points themselves */
    bool joint;           /* duties are decided, too */
    bool wide_menus;      /* most families can shift, shorten or drop a day */
    int held_percent;     /* requests that renew a place held, when it fits */
    int half_percent;     /* half-days among the slots asked */
} town;

/* structures.c: sizes, rooms, hours, law and staff; `named` with n = 4. */
void town_open_creches(town *t, draws *rng, const int *places, int n,
                       bool named);
int creche_capacity(const creche *c, int day, int minute);
int creche_counted(const creche *c, int day, int minute);
/* Persons that a director wants there when all seats are asked for. */
int creche_staff_wanted(const creche *c, int minute);

/* crew.c: employees, as many as full seats need. */
void town_hire_crew(town *t, draws *rng);
int shift_begin(int shift);

/* ledger.c: books a held place when every rule of the law stays kept. */
bool ledger_book(creche *c, const request *r, const week *w, int monday);
int creche_shared_places(const creche *c); /* of bebes and moyens together */

/* demand.c: `n` requests. */
void town_fill(town *t, draws *rng, int n);

/* centre.c: centres and their pupils; room for MAX_PUPILS a centre. */
enum { MAX_CENTRE_PLACES = 63, MAX_PUPILS = 2 * DAYS * MAX_CENTRE_PLACES };
void town_open_centres(town *t, draws *rng);

/* menu.c: how many options the menu generates (held not counted). */
int menu_options(const request *r);
int menu_median(const town *t);

/* points.c */
void facts_draw(facts *f, draws *rng, bool insertion, bool need);
int facts_points(const facts *f);

struct json;

/* write.c: "days", one bit a weekday. */
void write_days(struct json *out, unsigned days);

/* write_centre_crew.c: those of the centres. */
void write_centre_shifts(struct json *out, const town *t);
void write_centre_employees(struct json *out, const town *t, int number);

/* write_crew.c: members of the problem for `joint`. */
extern const char labour_preset[];
void write_preset(struct json *out);
/* Of a shift; activity NULL: with children. */
void write_segment(struct json *out, int begin, int end, const char *activity);
void write_shifts(struct json *out, const town *t);
void write_employees(struct json *out, const town *t);

/* write_centre.c: what centres and pupils add to the lists of the problem. */
void write_centres(struct json *out, const town *t);
void write_pupils(struct json *out, const town *t);
void write_pupil_requests(struct json *out, const town *t);

/* write.c: the problem as Format 1. */
typedef struct wording {
    bool weighted, by_points;
    long seed;
} wording;
bool town_write(const town *t, const wording *as, const char *path);

#endif
