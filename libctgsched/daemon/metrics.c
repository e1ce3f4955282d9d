// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/metrics.h"

#include <inttypes.h>

/* Bounds of the histogram in milliseconds; beyond the last: +Inf. */
static const int32_t times_ms[METRIC_TIMES] = {
    1, 2, 5, 10, 20, 50, 100, 250, 1000, 5000, 20000, 60000};

void metrics_answer(metrics *to, int32_t route, int status, int64_t us) {
    const int class_of = status / 100;
    if (route < 0 || route >= METRIC_ROUTES || class_of < 0 ||
        class_of >= METRIC_CLASSES)
        return;
    to->answers[route][class_of]++;
    to->time_sum_us[route] += (uint64_t)us;
    for (int i = 0; i < METRIC_TIMES; i++)
        if (us <= (int64_t)times_ms[i] * 1000) {
            to->times[route][i]++;
            break;
        }
}

static void head(buffer *to, const char *name, const char *type,
                 const char *help) {
    buffer_printf(to, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

void metrics_gauge(buffer *to, const char *name, const char *help,
                   uint64_t value) {
    head(to, name, "gauge", help);
    buffer_printf(to, "%s %" PRIu64 "\n", name, value);
}

void metrics_counter(buffer *to, const char *name, const char *help,
                     uint64_t value) {
    head(to, name, "counter", help);
    buffer_printf(to, "%s %" PRIu64 "\n", name, value);
}

static uint64_t put_answers(buffer *to, const metrics *of, int32_t route,
                            const char *name) {
    uint64_t sum = 0;
    for (int c = 1; c < METRIC_CLASSES; c++) {
        sum += of->answers[route][c];
        if (of->answers[route][c])
            buffer_printf(to,
                          "ctgsched_http_answers_total{route=\"%s\",class=\"%d"
                          "xx\"} %" PRIu64 "\n",
                          name, c, of->answers[route][c]);
    }
    return sum;
}

static void put_times(buffer *to, const metrics *of, int32_t route,
                      const char *name, uint64_t sum) {
    uint64_t below = 0;
    for (int i = 0; i < METRIC_TIMES; i++) {
        below += of->times[route][i];
        buffer_printf(to,
                      "ctgsched_http_seconds_bucket{route=\"%s\",le=\"%d.%03d\""
                      "} %" PRIu64 "\n",
                      name, (int)(times_ms[i] / 1000),
                      (int)(times_ms[i] % 1000), below);
    }
    buffer_printf(
        to,
        "ctgsched_http_seconds_bucket{route=\"%s\",le=\"+Inf\"} "
        "%" PRIu64 "\nctgsched_http_seconds_sum{route=\"%s\"} %" PRIu64
        ".%06d\nctgsched_http_seconds_count{route=\"%s\"} %" PRIu64 "\n",
        name, sum, name, of->time_sum_us[route] / 1000000,
        (int)(of->time_sum_us[route] % 1000000), name, sum);
}

void metrics_put(buffer *to, const metrics *of,
                 const char *(*route_name)(int32_t route)) {
    uint64_t sums[METRIC_ROUTES] = {0};
    head(to, "ctgsched_http_answers_total", "counter", "Answers given.");
    for (int32_t r = 0; r < METRIC_ROUTES && route_name(r); r++)
        sums[r] = put_answers(to, of, r, route_name(r));
    head(to, "ctgsched_http_seconds", "histogram",
         "From the head of a request to its answer.");
    for (int32_t r = 0; r < METRIC_ROUTES && route_name(r); r++)
        if (sums[r])
            put_times(to, of, r, route_name(r), sums[r]);
}
