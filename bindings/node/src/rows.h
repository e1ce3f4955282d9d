/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the library as objects: a table for each structure says which member
 * becomes which property (members.c), one function makes objects (rows.c), and
 * lists have a getter each (lists.c). All integers are within 2^53, so numbers
 * of JavaScript hold them. */
#ifndef CTGSCHED_BINDING_ROWS_H
#define CTGSCHED_BINDING_ROWS_H

#include "binding.h"

typedef enum shape {
    TEXT,         /* const char *; NULL is null */
    CHARS,        /* char [] */
    DATE_OR_NULL, /* char []; "" is null */
    INT,          /* int32_t */
    FROM_0,       /* int32_t; -1 is null */
    FLAG,         /* int32_t as a boolean */
    LONG,         /* int64_t */
    COUNT,        /* uint64_t */
    REAL,         /* double */
    WORD,         /* int32_t by `word` */
    ROW           /* a structure by `inside` */
} shape;

typedef struct member {
    const char *name;
    shape shape;
    size_t at;
    size_t gate; /* of an int32_t: null where that is 0; 0: no gate */
    const char *(*word)(int32_t number);
    const struct member *inside;
} member;

extern const member OF_FAULT[], OF_EVENT[], OF_PROBLEM_INFO[], OF_PACK[],
    OF_SOLUTION_INFO[], OF_RESULT[], OF_OPTION[], OF_GOAL[], OF_PLACEMENT[],
    OF_WAITING[], OF_ENVY[], OF_WHERE[], OF_BREACH[], OF_SHORTAGE[], OF_DUTY[],
    OF_DUTY_PART[], OF_COVERAGE[], OF_SLOT[], OF_HEADROOM[], OF_OFFER[],
    OF_FILL[], OF_GOAL_CHANGE[];

napi_value row_value(napi_env env, const member *members, const void *row);

/* A getter of the library, its types forgotten. */
typedef int getter(void *row, const void *owner, int32_t index);

typedef struct listing {
    const char *name;
    const member *members;
    getter *get;
    /* What else the object of a row has; may be NULL. */
    void (*more)(napi_env env, napi_value object, const void *owner,
                 int32_t index);
} listing;

/* Every row that the getter gives. */
napi_value list_value(napi_env env, const listing *how, const void *owner);

#endif
