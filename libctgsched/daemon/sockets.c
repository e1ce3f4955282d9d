// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/log.h"

enum { BACKLOG = 1024, FIRST_GIVEN = 3, MOST_GIVEN = 8 };

static int fail(int socket, const char *what) {
    log_line(LOG_ERROR, "no_socket", "at=%s reason=\"%s\"", what,
             strerror(errno));
    if (socket >= 0)
        close(socket);
    return -1;
}

static bool name_of(struct sockaddr_un *out, const char *path) {
    *out = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof out->sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    strcpy(out->sun_path, path);
    return true;
}

int socket_unix(const char *path) {
    struct sockaddr_un name;
    struct stat about;
    const int made =
        socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0 || !name_of(&name, path))
        return fail(made, path);
    // Whoever left it there is gone: the lock of the state is ours.
    if (lstat(path, &about) == 0 && S_ISSOCK(about.st_mode))
        unlink(path);
    if (bind(made, (const struct sockaddr *)&name, sizeof name) != 0 ||
        chmod(path, 0660) != 0 || listen(made, BACKLOG) != 0)
        return fail(made, path);
    return made;
}

int socket_loopback(int32_t port) {
    const int yes = 1;
    struct sockaddr_in name = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)port)};
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int made =
        socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0)
        return fail(made, "loopback");
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(made, (const struct sockaddr *)&name, sizeof name) != 0 ||
        listen(made, BACKLOG) != 0)
        return fail(made, "loopback");
    return made;
}

int32_t sockets_given(void) {
    const char *const pid = getenv("LISTEN_PID");
    const char *const count = getenv("LISTEN_FDS");
    if (!pid || !count || strtol(pid, NULL, 10) != (long)getpid())
        return 0;
    const long n = strtol(count, NULL, 10);
    const int32_t given = n < 0 ? 0 : n > MOST_GIVEN ? MOST_GIVEN : (int32_t)n;
    for (int i = FIRST_GIVEN; i < FIRST_GIVEN + given; i++) {
        fcntl(i, F_SETFD, FD_CLOEXEC);
        fcntl(i, F_SETFL, fcntl(i, F_GETFL) | O_NONBLOCK);
    }
    return given;
}

bool socket_is_unix(int socket) {
    struct sockaddr_storage name;
    socklen_t n = sizeof name;
    return getsockname(socket, (struct sockaddr *)&name, &n) == 0 &&
           name.ss_family == AF_UNIX;
}

void notify_systemd(const char *words) {
    struct sockaddr_un name;
    const char *const path = getenv("NOTIFY_SOCKET");
    if (!path || !name_of(&name, path))
        return;
    // An abstract name begins with a zero byte, written "@".
    if (name.sun_path[0] == '@')
        name.sun_path[0] = '\0';
    const socklen_t n =
        (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
    const int made = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (made < 0)
        return;
    sendto(made, words, strlen(words), MSG_NOSIGNAL,
           (const struct sockaddr *)&name, n);
    close(made);
}
