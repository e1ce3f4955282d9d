// SPDX-License-Identifier: GPL-3.0-or-later
/* Sockets that listen, made here or handed over by systemd, and the few words
 * that go back to it. */
#ifndef CTGSCHED_DAEMON_SOCKETS_H
#define CTGSCHED_DAEMON_SOCKETS_H

#include <stdbool.h>
#include <stdint.h>

/* -1 after a line in the log. A socket that is left over is replaced. */
int socket_unix(const char *path);
int socket_loopback(int32_t port);
/* How many systemd hands over; the first has descriptor 3. */
int32_t sockets_given(void);
bool socket_is_unix(int socket);
/* "READY=1" and such; nothing when nobody listens. */
void notify_systemd(const char *words);

#endif
