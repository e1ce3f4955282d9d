// SPDX-License-Identifier: GPL-3.0-or-later
/* Letters from any thread to the loop thread, opened there in the order in
 * which they were sent. */
#ifndef CTGSCHED_DAEMON_MAILBOX_H
#define CTGSCHED_DAEMON_MAILBOX_H

#include <uv.h>

typedef struct letter letter;
struct letter {
    letter *next;
    void (*open)(letter *self); /* on the loop thread; owns the letter */
};

typedef struct mailbox {
    uv_mutex_t lock;
    uv_async_t bell;
    letter *first, **last;
    void (*after)(void *user); /* once all letters of a ring were opened */
    void *user;
} mailbox;

int mailbox_open(mailbox *box, uv_loop_t *loop, void (*after)(void *user),
                 void *user);
void mailbox_send(mailbox *to, letter *what);
void mailbox_empty(mailbox *box); /* opens what is there; loop thread */
void mailbox_close(mailbox *box); /* the loop closes the bell */

#endif
