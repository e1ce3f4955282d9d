// SPDX-License-Identifier: GPL-3.0-or-later
/* Monotonic time, for limits and reports; never for a decision. */
#ifndef CTGSCHED_BASE_CLOCK_H
#define CTGSCHED_BASE_CLOCK_H

#include <stdint.h>

int64_t clock_now_us(void);           /* monotonic microseconds */
int64_t clock_process_start_us(void); /* when this process started, on the same
                                         scale; a guess without /proc */
int64_t clock_peak_bytes(void); /* resident peak of the process, 0 = unknown */

#endif
