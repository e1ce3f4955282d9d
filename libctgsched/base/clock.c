// SPDX-License-Identifier: GPL-3.0-or-later
/* Linux tells when the process started in clock ticks since boot, which is
 * exact to 10 ms; where it does not (no /proc), the processor time used so far
 * is the best guess at the age. */
#define _POSIX_C_SOURCE 200809L
#include "base/clock.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static int64_t read_us(clockid_t id) {
    struct timespec at = {0};
    if (clock_gettime(id, &at) != 0)
        return 0;
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

int64_t clock_now_us(void) { return read_us(CLOCK_MONOTONIC); }

static int64_t guessed_start_us(int64_t now) {
    return now - read_us(CLOCK_PROCESS_CPUTIME_ID);
}

#ifdef CLOCK_BOOTTIME
/* Field 22 of /proc/self/stat, -1 when there is none. The program's name in
 * field 2 may hold blanks and brackets: count after its last ')'. */
static int64_t start_ticks(void) {
    char stat[1024];
    const int file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return -1;
    const ssize_t n = read(file, stat, sizeof stat - 1);
    close(file);
    if (n <= 0)
        return -1;
    stat[n] = '\0';
    const char *at = strrchr(stat, ')');
    for (int32_t field = 2; at && field < 22; field++)
        at = strchr(at + 1, ' ');
    if (!at)
        return -1;
    int64_t ticks = 0;
    for (at++; *at >= '0' && *at <= '9'; at++)
        ticks = ticks * 10 + (*at - '0');
    return ticks;
}

int64_t clock_process_start_us(void) {
    const int64_t now = clock_now_us();
    const int64_t ticks = start_ticks();
    const int64_t per_second = sysconf(_SC_CLK_TCK);
    if (ticks < 0 || per_second <= 0)
        return guessed_start_us(now);
    const int64_t started = ticks / per_second * 1000000 +
                            ticks % per_second * 1000000 / per_second;
    const int64_t age = read_us(CLOCK_BOOTTIME) - started;
    return age > 0 ? now - age : now;
}
#else
int64_t clock_process_start_us(void) {
    return guessed_start_us(clock_now_us());
}
#endif

int64_t clock_peak_bytes(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0)
        return 0;
    return (int64_t)usage.ru_maxrss * 1024;
}
