// SPDX-License-Identifier: GPL-3.0-or-later
/* Pieces of problems for C strings, ' for ": days of the week of Monday
 * 2026-09-07, structures of kind other, open from 08:00 to 18:00. */
#ifndef CTGSCHED_TESTS_SOLVING_TEXTS_H
#define CTGSCHED_TESTS_SOLVING_TEXTS_H

#include "support/judged.h"

/* `more` ends with a comma, as JUDGED_PACK does; `last` is a date. */
#define TEXT_PROBLEM(last, more, structures, children, requests)               \
    "{'schema':'ctgsched/problem/1','id':'t'," more                            \
    "'horizon':{'first':'2026-09-07','last':'" last                            \
    "'},'structures':[" structures "],'children':[" children                   \
    "],'requests':[" requests "]}"
#define TEXT_MONDAY "2026-09-07"
#define TEXT_TUESDAY "2026-09-08"
#define TEXT_FRIDAY "2026-09-11"
/* Further members of each begin with a comma. */
#define TEXT_PLACE(id, places, more)                                           \
    "{'id':'" id "','kind':'other','places':" places                           \
    ",'hours':[{'begin':'08:00','end':'18:00'}]" more "}"
#define TEXT_WALKER(id, more)                                                  \
    "{'id':'" id "','birth':'2024-01-15'" more "}" /* 31 months */
#define TEXT_BABY(id, more)                                                    \
    "{'id':'" id "','birth':'2026-01-15'" more "}" /* 7 months */
#define TEXT_ASK(id, child, more, options)                                     \
    "{'id':'" id "','child':'" child "'" more ",'options':[" options "]}"
#define TEXT_HOLD(id, child, more, held)                                       \
    "{'id':'" id "','child':'" child "'" more ",'held':" held "}"
#define TEXT_OPTION(id, place, begin, end, more)                               \
    "{'id':'" id "','structure':'" place "','when':[{'begin':'" begin          \
    "','end':'" end "'}]" more "}"
#define TEXT_HELD(place, begin, end, more)                                     \
    "{'structure':'" place "','when':[{'begin':'" begin "','end':'" end        \
    "'}]" more "}"
#define TEXT_TEAM(category, count, begin, end, more)                           \
    "{'category':'" category "','count':" count ",'begin':'" begin             \
    "','end':'" end "'" more "}"
#define TEXT_GOALS(order)                                                      \
    "'goals':{'mode':'lexicographic','order':[" order "]},"

#endif
