// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static _Atomic int most_level = LOG_INFO;

enum { LINE = 1200 };

void log_set(log_level most) { atomic_store(&most_level, (int)most); }

void log_line(log_level level, const char *event, const char *format, ...) {
    static const char *const names[] = {"error", "warning", "info", "debug"};
    char text[LINE], at[40] = "";
    struct timespec now;
    struct tm parts;
    if ((int)level > atomic_load(&most_level))
        return;
    clock_gettime(CLOCK_REALTIME, &now);
    if (gmtime_r(&now.tv_sec, &parts))
        strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%S", &parts);
    va_list rest;
    va_start(rest, format);
    vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    // One call, so that lines of several threads do not mix.
    fprintf(stderr, "time=%s.%03dZ level=%s event=%s%s%s\n", at,
            (int)(now.tv_nsec / 1000000), names[level], event,
            text[0] ? " " : "", text);
}
