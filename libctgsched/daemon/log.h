// SPDX-License-Identifier: GPL-3.0-or-later
/* One line an event on standard error, `key=value`, without personal data: ids
 * of communes and of requests to this program, never of children, families or
 * agents, and no text that a client sent. Any thread. */
#ifndef CTGSCHED_DAEMON_LOG_H
#define CTGSCHED_DAEMON_LOG_H

typedef enum log_level {
    LOG_ERROR,
    LOG_WARNING,
    LOG_INFO,
    LOG_DEBUG
} log_level;

void log_set(log_level most);
/* `event` is a word; the rest is printed as it is. */
void log_line(log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
