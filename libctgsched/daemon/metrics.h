// SPDX-License-Identifier: GPL-3.0-or-later
/* Counters for Prometheus: labels are routes, classes of status and words of
 * ours; never an id. The loop thread's. */
#ifndef CTGSCHED_DAEMON_METRICS_H
#define CTGSCHED_DAEMON_METRICS_H

#include <stdint.h>

#include "daemon/buffer.h"

enum { METRIC_ROUTES = 40, METRIC_CLASSES = 6, METRIC_TIMES = 12 };

typedef struct metrics {
    uint64_t answers[METRIC_ROUTES][METRIC_CLASSES];
    uint64_t times[METRIC_ROUTES][METRIC_TIMES]; /* up to times_ms[i] */
    uint64_t time_sum_us[METRIC_ROUTES];
    uint64_t n_records, n_plans, n_holds, n_repairs_late;
} metrics;

void metrics_answer(metrics *to, int32_t route, int status, int64_t us);
/* Text of the exposition format for what is counted here. */
void metrics_put(buffer *to, const metrics *of,
                 const char *(*route_name)(int32_t route));
void metrics_gauge(buffer *to, const char *name, const char *help,
                   uint64_t value);
void metrics_counter(buffer *to, const char *name, const char *help,
                     uint64_t value);

#endif
