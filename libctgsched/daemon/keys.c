// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/keys.h"

#include <stdlib.h>
#include <string.h>

static uint32_t bucket_of(const char *key) {
    uint32_t hash = 2166136261U;
    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 16777619U;
    return hash % KEY_BUCKETS;
}

static void free_entry(key_entry *gone) {
    free(gone->key);
    free(gone->location);
    free(gone->etag);
    buffer_free(&gone->body);
    free(gone);
}

void keys_free(keys *held) { keys_forget(held, INT64_MAX); }

key_entry *keys_find(keys *in, const char *key) {
    key_entry *one = in->buckets[bucket_of(key)];
    while (one && strcmp(one->key, key) != 0)
        one = one->next;
    return one;
}

key_entry *keys_add(keys *to, const char *key, const char *request,
                    int64_t at_ms) {
    key_entry **const bucket = &to->buckets[bucket_of(key)];
    key_entry *const made = NEED(key_entry);
    made->next = *bucket;
    made->key = need_copy(key);
    strncpy(made->request, request, STORE_DIGEST_TEXT - 1);
    made->at_ms = at_ms;
    *bucket = made;
    to->n++;
    return made;
}

void keys_settle(key_entry *of, const answer *given) {
    of->is_done = true;
    of->status = given->status;
    of->location = need_copy(given->location);
    of->etag = need_copy(given->etag);
    buffer_add(&of->body, given->body.at ? given->body.at : "", given->body.n);
}

void keys_remove(keys *from, const char *key) {
    for (key_entry **at = &from->buckets[bucket_of(key)]; *at;
         at = &(*at)->next)
        if (strcmp((*at)->key, key) == 0) {
            key_entry *const gone = *at;
            *at = gone->next;
            from->n--;
            free_entry(gone);
            return;
        }
}

answer *keys_replay(const key_entry *of) {
    answer *const made = answer_json(of->status);
    made->location =
        of->location && of->location[0] ? need_copy(of->location) : NULL;
    made->etag = of->etag && of->etag[0] ? need_copy(of->etag) : NULL;
    buffer_add(&made->body, of->body.at ? of->body.at : "", of->body.n);
    return made;
}

void keys_forget(keys *in, int64_t before_ms) {
    for (int i = 0; i < KEY_BUCKETS; i++)
        for (key_entry **at = &in->buckets[i]; *at;) {
            key_entry *const one = *at;
            // One that still runs is settled by its answer.
            if (one->at_ms >= before_ms ||
                (!one->is_done && before_ms != INT64_MAX)) {
                at = &one->next;
                continue;
            }
            *at = one->next;
            in->n--;
            free_entry(one);
        }
}

bool key_is_fit(const char *key) {
    const size_t n = strlen(key);
    for (size_t i = 0; i < n; i++)
        if (key[i] < 0x21 || key[i] > 0x7e)
            return false;
    return n >= 1 && n < KEY_TEXT;
}
