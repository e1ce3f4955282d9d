// SPDX-License-Identifier: GPL-3.0-or-later
/* A request on its way: from the loop to a lane, maybe to the journal, and back
 * to the loop with its answer. One thread has it at a time. */
#ifndef CTGSCHED_DAEMON_ORDER_H
#define CTGSCHED_DAEMON_ORDER_H

#include "daemon/service.h"

typedef struct order order;
struct order {
    task task;   /* first: on a lane */
    entry entry; /* in the journal, and the letter back */
    order *next; /* in an inbox, or among the followers */
    service *of;
    commune *in;
    http_call *call;          /* the loop's; NULL when nobody waits */
    void (*run)(order *self); /* on a lane: makes `given`, or `after` */
    /* Asked. */
    bool is_french;
    int64_t begun_us;
    int32_t route;
    buffer body;
    char key[KEY_TEXT], request[STORE_DIGEST_TEXT]; /* "" for none */
    char id[ID_TEXT];                               /* a hold's */
    char *match;                              /* If-Match, If-None-Match */
    char date[DATE_TEXT], structure[ID_TEXT]; /* "": not given */
    int32_t age_months, walks, least_minutes, begin, end;
    int64_t after_seq;
    const char *why; /* static: of a hold that ends */
    plan_box *plan;  /* a plan to be taken over, or NULL */
    /* Made. */
    answer *given;
    version *after;        /* NULL: nothing is written */
    const char *kind;      /* static: of the record */
    buffer record, stream; /* bodies: journal, event stream */
    order *followers;      /* answered when this one is durable */
    hold_box *put_hold;    /* borrowed from `after` */
    bool ends_hold;        /* of `id` */
    bool is_snapshot, is_publication;
    bool is_stream;     /* `finally` answers the call */
    plan_box *put_plan; /* kept */
    int64_t plan_rests_on;
    void (*finally)(order *self); /* on the loop, at the end; or NULL */
    int64_t at_ms;
};

order *order_new(service *of, commune *in, void (*run)(order *self));
void order_free(order *held);

/* Puts it on the lane; false: as many wait as may, and it is still yours. */
bool order_submit(order *what, lane *to);
/* As above, never refused: for work of our own. */
void order_force(order *what, lane *to);

/* On a lane, at the end of `run`: back to the loop with `given`. */
void order_answer(order *what, answer *given);
/* On the desk lane: `after` goes to the journal as a record of `kind`, and
 * becomes the head. The answer goes out when it is durable. */
void order_record(order *what, const char *kind);
/* What streams are told of a record: never its content, but for plans. */
void order_put_event(buffer *to, const store_record *record);
/* On the desk lane, first: false after an answer when the head cannot be built
 * on. */
bool order_may_write(order *what);
/* An order that no lane will run any more. */
void order_refuse(task *waiting);

#endif
