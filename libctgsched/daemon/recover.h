// SPDX-License-Identifier: GPL-3.0-or-later
/* From the state to running communes: snapshot, then the journal after it. */
#ifndef CTGSCHED_DAEMON_RECOVER_H
#define CTGSCHED_DAEMON_RECOVER_H

#include "daemon/service.h"

/* Every commune of the store. False after a line in the log: the state is
 * damaged, or has something that the library no longer reads. */
bool recover_all(service *into, store *from);

/* Makes the change of a record to a version that nobody else has; its number
 * stays. */
ctg_status recover_change(version *now, const store_record *record,
                          ctg_error *err);

/* Frames of a commune's stream for records after `after`, as many as go at
 * once; the last one's number. */
int64_t recover_frames(buffer *to, store *from, const char *commune,
                       int64_t after);
/* Rows of a JSON array: the records after `after`, at most `most`. */
ctg_status recover_rows(buffer *to, store *from, const char *commune,
                        int64_t after, int64_t most, ctg_error *err);

#endif
