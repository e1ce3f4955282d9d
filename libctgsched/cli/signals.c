// SPDX-License-Identifier: GPL-3.0-or-later
/* The handler touches nothing but volatile flags, one atomic flag of the
 * library, unlink and _exit, all of which are safe there. */
#define _POSIX_C_SOURCE 200809L
#include "cli/signals.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static ctg_solver *volatile watched;
static const char *volatile guarded;
static volatile sig_atomic_t seen;

static void on_signal(int signal_number) {
    if (!watched || seen) {
        if (guarded)
            unlink(guarded);
        _exit(128 + signal_number);
    }
    seen = signal_number;
    ctg_solver_interrupt(watched);
}

void signals_watch(ctg_solver *solver) {
    struct sigaction act = {.sa_flags = SA_RESTART};
    watched = solver;
    sigemptyset(&act.sa_mask);
    act.sa_handler = on_signal;
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    act.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &act, NULL);
    sigaction(SIGXFSZ, &act, NULL);
}

void signals_guard(const char *temporary) { guarded = temporary; }

cli_exit signals_seen(void) {
    if (seen == 0)
        return EXIT_DONE;
    return seen == SIGTERM ? EXIT_TERMINATED : EXIT_INTERRUPTED;
}
