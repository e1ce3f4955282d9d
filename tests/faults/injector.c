// SPDX-License-Identifier: GPL-3.0-or-later
/* Counters that several threads share. */
#include "faults/injector.h"

#include <stdatomic.h>

static atomic_bool is_armed;
static atomic_llong n_asked, first_refused;
static atomic_bool refuses_for_ever;

void injector_arm(int64_t fails_at, bool for_ever) {
    atomic_store(&n_asked, 0);
    atomic_store(&first_refused, fails_at);
    atomic_store(&refuses_for_ever, for_ever);
    atomic_store(&is_armed, true);
}

int64_t injector_disarm(void) {
    atomic_store(&is_armed, false);
    return atomic_load(&n_asked);
}

bool injector_refuses(void) {
    if (!atomic_load(&is_armed))
        return false;
    const long long mine = atomic_fetch_add(&n_asked, 1) + 1;
    const long long first = atomic_load(&first_refused);
    return first > 0 &&
           (mine == first || (mine > first && atomic_load(&refuses_for_ever)));
}
