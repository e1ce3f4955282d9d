// SPDX-License-Identifier: GPL-3.0-or-later
/* Lists whose elements are parsed one at a time.
 *
 * Jansson's tree of a whole file is ten times the text. Almost all of a problem
 * are its children and requests, which are read once, one after the other: in
 * the tree an element is null until it is entered and after it is left.
 *
 * Text of an element that is not JSON is no fault here: the caller reads the
 * whole text again, to say where. If what stands around
 * the elements is JSON, and each element is, then so is the whole. */
#ifndef CTGSCHED_IO_STREAM_H
#define CTGSCHED_IO_STREAM_H

#include "io/io.h"
#include "io/reader.h"

enum { STREAM_LISTS = 2 };

typedef struct span {
    size_t begin, end; /* offsets in the text */
} span;

typedef struct stream_list {
    const char *name;
    json_t *at; /* in the tree, NULL: not in the text */
    int32_t n, room, n_entered;
    span *elements;
} stream_list;

typedef struct stream {
    io_text input;
    stream_list lists[STREAM_LISTS];
    bool is_malformed, has_no_memory;
} stream;

/* The tree with null for each element; `*root` is NULL when the text is no
 * object or not JSON: then it must be read as a whole. */
ctg_status stream_open(stream *out, json_t **root, io_text input, arena *mem);

/* The element under a cursor, until it is left. Elements are entered in their
 * order. Without a stream (`s` is NULL), or in other lists, they are there. */
cursor stream_enter(stream *s, const cursor *list, int32_t index);
void stream_leave(stream *s, const cursor *list, int32_t index);

/* Parses what was never entered, so that all was looked at. */
ctg_status stream_close(stream *s);

#endif
