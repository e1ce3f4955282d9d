// SPDX-License-Identifier: GPL-3.0-or-later
/* Idempotency keys of one commune: a request that comes again gets the answer
 * that it got. The loop thread's. */
#ifndef CTGSCHED_DAEMON_KEYS_H
#define CTGSCHED_DAEMON_KEYS_H

#include "daemon/answer.h"
#include "store/store.h"

enum { KEY_BUCKETS = 256, KEY_TEXT = 129 };

typedef struct key_entry {
    struct key_entry *next;
    char *key;
    char request[STORE_DIGEST_TEXT]; /* of method, path and body */
    int64_t at_ms;
    bool is_done;
    int32_t status;
    char *location, *etag;
    buffer body;
} key_entry;

typedef struct keys {
    key_entry *buckets[KEY_BUCKETS];
    int32_t n;
} keys;

void keys_free(keys *held);
key_entry *keys_find(keys *in, const char *key);
key_entry *keys_add(keys *to, const char *key, const char *request,
                    int64_t at_ms);
void keys_settle(key_entry *of, const answer *given);
void keys_remove(keys *from, const char *key);
answer *keys_replay(const key_entry *of);
void keys_forget(keys *in, int64_t before_ms);
bool key_is_fit(const char *key);

#endif
