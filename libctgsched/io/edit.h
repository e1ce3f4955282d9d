// SPDX-License-Identifier: GPL-3.0-or-later
/* Editing the JSON tree of a problem by changes (doc/format.md 15).
 *
 * A change is read with a cursor, as everything else; what it says goes into
 * the tree of the problem, which is read again as a whole afterwards. Where the
 * parts came from is kept, so that a fault found then is told where the change
 * stands. */
#ifndef CTGSCHED_IO_EDIT_H
#define CTGSCHED_IO_EDIT_H

#include "io/kept.h"
#include "io/reader.h"

/* A part of the problem and the place in the changes that it came from. */
typedef struct origin {
    const json_t *part;
    const char *pointer;
    bool has_parts; /* what is below it stands below the pointer, too */
} origin;

typedef struct editing {
    reader *r;          /* of the changes */
    json_t *root;       /* the problem, edited in place */
    arena *mem;         /* for origins; as long as the editing lasts */
    kept_requests kept; /* of `root` */
    origin *at;         /* [n] origins, the newest last */
    int32_t n, room;
} editing;

/* Tells that `part` is a copy of what is under the cursor... */
void edit_origin(editing *e, const json_t *part, const cursor *from);
/* ...or was there before and is another one since the change. */
void edit_touched(editing *e, const json_t *part, const cursor *from);

/* Where in the changes the thing stands that `pointer` names in the edited
 * problem; false when no change has touched it. */
bool edit_trace(const editing *e, const char *pointer, text *out);

/* The set of the problem, made when it is absent; NULL without memory. */
json_t *edit_set(editing *e, const char *set);

/* The object of the set whose `key` is the text of the change's `member`;
 * E-MISSING, E-TYPE or E-REF and NULL otherwise. `place` may be NULL. */
json_t *edit_find(editing *e, const cursor *at, const char *member,
                  const char *set, const char *key, int32_t *place);

/* Takes what edit_find has found out of its set. */
void edit_take_out(editing *e, const char *set, int32_t place);

/* Puts the object under `member` of the change into the set; a copy that the
 * caller may change further; NULL when it is no object. */
json_t *edit_add(editing *e, const cursor *at, const char *member,
                 const char *set);

/* Adds to the list `name` of an object; takes the element over. */
void edit_append(editing *e, json_t *object, const char *name, json_t *element,
                 const cursor *from);

/* Lays the members of the change's `set` over the object, as RFC 7396 does:
 * objects member by member, null takes a member away. */
void edit_merge(editing *e, json_t *object, const cursor *at);

/* Sets a member to a copy of that of the change, when it is there. */
void edit_copy(editing *e, json_t *object, const char *name, const cursor *at,
               const char *member);

/* The window members of the change, as a new object; NULL without memory. */
json_t *edit_window(editing *e, const cursor *at);

/* Takes every element of the set away whose `key` is `id`. */
void edit_drop(editing *e, const char *set, const char *key, const char *id);

/* What a change asks to be done. */
typedef void (*edit_act)(editing *e, const cursor *at);

/* By subject. */
void edit_request_added(editing *e, const cursor *at);
void edit_booked(editing *e, const cursor *at);
void edit_request_changed(editing *e, const cursor *at);
void edit_request_withdrawn(editing *e, const cursor *at);
void edit_cancelled(editing *e, const cursor *at);
void edit_pinned(editing *e, const cursor *at);
void edit_unpinned(editing *e, const cursor *at);
void edit_child_changed(editing *e, const cursor *at);
void edit_child_absent(editing *e, const cursor *at);
void edit_child_late(editing *e, const cursor *at);
void edit_child_walks(editing *e, const cursor *at);

void edit_agent_absent(editing *e, const cursor *at);
void edit_agent_back(editing *e, const cursor *at);
void edit_agent_hired(editing *e, const cursor *at);
void edit_agent_gone(editing *e, const cursor *at);
void edit_agent_changed(editing *e, const cursor *at);
void edit_agent_pinned(editing *e, const cursor *at);
void edit_agent_unpinned(editing *e, const cursor *at);

void edit_structure_changed(editing *e, const cursor *at);
void edit_capacity(editing *e, const cursor *at);
void edit_hours(editing *e, const cursor *at);
void edit_closed(editing *e, const cursor *at);
void edit_staff_added(editing *e, const cursor *at);
void edit_derogation_given(editing *e, const cursor *at);
void edit_derogation_lifted(editing *e, const cursor *at);
void edit_problem_changed(editing *e, const cursor *at);

#endif
