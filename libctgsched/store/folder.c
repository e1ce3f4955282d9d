// SPDX-License-Identifier: GPL-3.0-or-later
/* One writer per folder: a lock that the system takes away with the process.
 *
 * The file says who holds it, so that another program can name the endpoint. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/engine.h"

enum { MOST_PATH = 4096, MOST_HOLDER = 200 };

static ctg_status refuse_held(int lock, ctg_error *err) {
    char holder[MOST_HOLDER + 1] = "";
    const ssize_t n = pread(lock, holder, MOST_HOLDER, 0);
    holder[n > 0 ? n : 0] = '\0';
    return err_set(err, CTG_ERR_IO, "E-STORE-HELD", NULL,
                   "the state is held by %s. Maybe ask it, or stop it first.",
                   holder[0] ? holder : "another process");
}

static ctg_status write_holder(int lock, const char *holder, ctg_error *err) {
    const size_t n = holder ? strlen(holder) : 0;
    if (ftruncate(lock, 0) != 0 ||
        (n && pwrite(lock, holder, n < MOST_HOLDER ? n : MOST_HOLDER, 0) < 0))
        return err_set(err, CTG_ERR_IO,
                       errno == ENOSPC ? "E-STORE-FULL" : "E-STORE-IO", NULL,
                       "the lock of the state cannot be written: %s. Maybe "
                       "free some space.",
                       strerror(errno));
    return CTG_OK;
}

ctg_status folder_lock(int *out, const char *folder, const char *holder,
                       ctg_error *err) {
    char path[MOST_PATH];
    const size_t n = strlen(folder);
    *out = -1;
    if (n + sizeof "/lock" > sizeof path)
        return err_set(err, CTG_ERR_USAGE, "E-USAGE", NULL,
                       "the name of the state's folder is too long. Maybe move "
                       "it.");
    memcpy(path, folder, n);
    memcpy(path + n, "/lock", sizeof "/lock");
    const int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return err_set(err, CTG_ERR_IO, "E-STORE-READONLY", NULL,
                       "%s cannot be written: %s. Maybe the folder is missing "
                       "or belongs to somebody else.",
                       path, strerror(errno));
    ctg_status status = CTG_OK;
    if (flock(lock, LOCK_EX | LOCK_NB) != 0)
        status = refuse_held(lock, err);
    else
        status = write_holder(lock, holder, err);
    if (status != CTG_OK) {
        close(lock);
        return status;
    }
    *out = lock;
    return CTG_OK;
}

void folder_unlock(int lock) {
    if (lock >= 0)
        close(lock);
}
