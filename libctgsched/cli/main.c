// SPDX-License-Identifier: GPL-3.0-or-later
/* The program ctgsched: arguments to a verb, a verb to an exit status. */
#include "cli/cli.h"
#include "cli/signals.h"

int main(int argc, char **argv) {
    static cli_exit (*const run[N_VERBS])(const cli_args *args) = {
        [VERB_SOLVE] = run_solve,       [VERB_REPLAN] = run_replan,
        [VERB_CHECK] = run_check,       [VERB_LINT] = run_lint,
        [VERB_REPORT] = run_report,     [VERB_SLOTS] = run_slots,
        [VERB_HEADROOM] = run_headroom, [VERB_OFFERS] = run_offers,
        [VERB_FILL] = run_fill,         [VERB_DIFF] = run_diff,
        [VERB_COMPARE] = run_compare,   [VERB_ICS] = run_ics,
        [VERB_EXPORT] = run_export,     [VERB_APPLY] = run_apply,
        [VERB_RULES] = run_rules,       [VERB_VERSION] = run_version,
    };
    cli_args args;
    bool is_over = false;
    signals_watch(NULL);
    cli_exit status = args_parse(&args, argc, argv, &is_over);
    if (status == EXIT_DONE && !is_over)
        status = run[args.verb](&args);
    if (fflush(stdout) != 0 && status == EXIT_DONE)
        status = EXIT_INTERNAL;
    return status;
}
