// SPDX-License-Identifier: GPL-3.0-or-later
/* One place, three requests for it: r1 (5 points) and r2 (3) want the mornings
 * of one week, r3 (2) the afternoons. No law (kind other).
 *
 * By hand: the best plan serves r1 and r3. Points 7, requests 2, hours
 * 5 x (180 + 240) = 2100, satisfaction 2 x 1000. */
#ifndef CTGSCHED_TESTS_TINY_TOWN_H
#define CTGSCHED_TESTS_TINY_TOWN_H

#define TOWN_HEAD                                                              \
    "{\"schema\":\"ctgsched/problem/1\",\"id\":\"tiny\","                      \
    "\"horizon\":{\"first\":\"2026-09-07\",\"last\":\"2026-09-11\"},"          \
    "\"structures\":[{\"id\":\"s1\",\"kind\":\"other\",\"places\":1,"          \
    "\"hours\":[{\"begin\":\"08:00\",\"end\":\"18:00\"}]}],"                   \
    "\"children\":[{\"id\":\"c1\",\"birth\":\"2025-01-01\"},"                  \
    "{\"id\":\"c2\",\"birth\":\"2025-01-01\"},"                                \
    "{\"id\":\"c3\",\"birth\":\"2025-01-01\"}],"
#define TOWN_REQUEST(request, child, points, begin, end)                       \
    "{\"id\":\"" request "\",\"child\":\"" child "\",\"points\":" points       \
    ",\"options\":[{\"id\":\"o1\",\"structure\":\"s1\",\"when\":["             \
    "{\"begin\":\"" begin "\",\"end\":\"" end "\"}]}]}"
#define TOWN_REQUESTS                                                          \
    "\"requests\":[" TOWN_REQUEST(                                             \
        "r1", "c1", "5", "09:00",                                              \
        "12:00") "," TOWN_REQUEST("r2", "c2", "3", "09:00",                    \
                                  "12:00") "," TOWN_REQUEST("r3", "c3", "2",   \
                                                            "13:00",           \
                                                            "17:00") "]"

#define TOWN TOWN_HEAD TOWN_REQUESTS "}"
/* The same town written in another order. */
#define TOWN_SHUFFLED                                                          \
    TOWN_HEAD                                                                  \
    "\"requests\":[" TOWN_REQUEST(                                             \
        "r3", "c3", "2", "13:00",                                              \
        "17:00") "," TOWN_REQUEST("r2", "c2", "3", "09:00",                    \
                                  "12:00") "," TOWN_REQUEST("r1", "c1", "5",   \
                                                            "09:00",           \
                                                            "12:00") "]}"
/* Both mornings are pinned to the one place: no plan can exist. */
#define TOWN_INFEASIBLE                                                        \
    TOWN_HEAD TOWN_REQUESTS                                                    \
        ",\"pins\":[{\"request\":\"r1\",\"option\":\"o1\"},"                   \
        "{\"request\":\"r2\",\"option\":\"o1\"}]}"
/* Two faults: an unknown child, an interval that ends before it begins. */
#define TOWN_FAULTY                                                            \
    TOWN_HEAD                                                                  \
    "\n\"requests\":[" TOWN_REQUEST(                                           \
        "r1", "c9", "5", "09:00",                                              \
        "12:00") ",\n" TOWN_REQUEST("r2", "c2", "3", "12:00", "09:00") "]}"

#define PLAN_HEAD "{\"schema\":\"ctgsched/plan/1\",\"placements\":["
#define PLACED(request) "{\"request\":\"" request "\",\"option\":\"o1\"}"
#define PLAN_R1_R3 PLAN_HEAD PLACED("r1") "," PLACED("r3") "]}"
#define PLAN_R2 PLAN_HEAD PLACED("r2") "]}"
#define PLAN_R1_R2 PLAN_HEAD PLACED("r1") "," PLACED("r2") "]}"
#define PLAN_UNKNOWN PLAN_HEAD PLACED("r9") "]}"

#endif
