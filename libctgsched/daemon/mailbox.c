// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/mailbox.h"

void mailbox_empty(mailbox *box) {
    for (;;) {
        uv_mutex_lock(&box->lock);
        letter *next = box->first;
        box->first = NULL;
        box->last = &box->first;
        uv_mutex_unlock(&box->lock);
        if (!next)
            break;
        while (next) {
            letter *const now = next;
            next = now->next;
            now->open(now);
        }
    }
    if (box->after)
        box->after(box->user);
}

static void ring(uv_async_t *bell) { mailbox_empty(bell->data); }

int mailbox_open(mailbox *box, uv_loop_t *loop, void (*after)(void *user),
                 void *user) {
    *box = (mailbox){.after = after, .user = user};
    box->last = &box->first;
    uv_mutex_init(&box->lock);
    box->bell.data = box;
    return uv_async_init(loop, &box->bell, ring);
}

void mailbox_send(mailbox *to, letter *what) {
    what->next = NULL;
    uv_mutex_lock(&to->lock);
    *to->last = what;
    to->last = &what->next;
    uv_mutex_unlock(&to->lock);
    uv_async_send(&to->bell);
}

void mailbox_close(mailbox *box) { uv_close((uv_handle_t *)&box->bell, NULL); }
