// SPDX-License-Identifier: GPL-3.0-or-later
/* What ctgsched-verify prints. */
#ifndef CTGSCHED_VERIFY_REPORT_H
#define CTGSCHED_VERIFY_REPORT_H

#include <stdio.h>

#include "base/text.h"
#include "check/check.h"

/* Every fault on a line: file:line:column: severity CODE /pointer: message. */
void report_faults(FILE *out, const char *path, const fault_list *faults);
/* One line on standard output for a breach, on standard error for a shortage.
 */
void report_lines(const problem *prob, const verdict *v);
/* The object "ctgsched/verify-result/1" of a verdict, or of refused input. */
void report_verdict_json(text *out, const problem *prob, const verdict *v);
void report_faults_json(text *out, const char *path, const fault_list *faults);

#endif
