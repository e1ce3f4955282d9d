// SPDX-License-Identifier: GPL-3.0-or-later
/* Requests that no change looks at: they are neither parsed nor read again, but
 * taken over from the problem before, which has to outlive the new one. */
#ifndef CTGSCHED_IO_KEPT_H
#define CTGSCHED_IO_KEPT_H

#include "io/reader.h"
#include "model/problem.h"

/* The piece of a canonical text that is one element of a set. */
typedef struct slice {
    size_t begin, end;
} slice;

typedef struct kept_requests {
    const problem *before;
    slice *slices; /* [before->n_requests] */
    json_t *set;   /* not owned: the member "requests" of the tree. Its element
                      k < n is null while nobody has looked at request k, and
                      false once it was taken out; new ones come after. */
    int32_t *of;   /* [n elements] once closed: request before, NONE: read it */
} kept_requests;

/* The tree of the problem's canonical text with null for each request; NULL
 * without memory. */
json_t *kept_open(kept_requests *k, const problem *before, arena *mem);

/* Element k, read from its piece of text when nobody has looked before; NULL
 * when it was taken out, or without memory. */
json_t *kept_look(kept_requests *k, reader *r, int32_t place);
/* All of them, for good: what changes is not about requests alone. */
void kept_give_up(kept_requests *k, reader *r, arena *mem);
/* Those of a child. */
void kept_look_at_child(kept_requests *k, reader *r, const char *child);
/* Place of the id among those that were there, NONE for none. */
int32_t kept_find(const kept_requests *k, const char *id);
void kept_take_out(kept_requests *k, reader *r, int32_t place);

/* Leaves the elements taken out away and lists which need not be read. */
void kept_close(kept_requests *k, reader *r, arena *mem);

#endif
