// SPDX-License-Identifier: GPL-3.0-or-later
/* A reader of the target sees the old file or the new one, never a part: the
 * temporary file is in the same folder, is synced before it is renamed, and is
 * removed when anything fails (by the signal handler, too). */
#define _XOPEN_SOURCE 700
#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/signals.h"

enum { CHUNK = 1 << 16 };
/* The library refuses a text above 512 MiB; endless input must end here. */
static const size_t most_bytes = ((size_t)512 << 20) + 1;

void blob_free(blob *held) {
    free(held->at);
    *held = (blob){0};
}

static const char *named(const char *path) { return path[0] ? path : "\"\""; }

bool is_stdout(const char *path) { return !path || strcmp(path, "-") == 0; }

bool page_open(page *out) {
    *out = (page){0};
    out->to = open_memstream(&out->text.at, &out->text.n);
    if (!out->to)
        complain("out of memory.");
    return out->to != NULL;
}

const blob *page_close(page *out) {
    if (!out->to)
        return out->text.at ? &out->text : NULL;
    const bool is_bad = ferror(out->to) != 0;
    const bool is_closed = fclose(out->to) == 0;
    out->to = NULL;
    if (!is_bad && is_closed)
        return &out->text;
    complain("out of memory.");
    return NULL;
}

void page_free(page *out) {
    if (out->to)
        fclose(out->to);
    out->to = NULL;
    blob_free(&out->text);
}

static bool read_all(int fd, FILE *to) {
    static char chunk[CHUNK];
    size_t total = 0;
    while (total < most_bytes) {
        const ssize_t n = read(fd, chunk, sizeof chunk);
        if (n == 0)
            return true;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (fwrite(chunk, 1, (size_t)n, to) != (size_t)n)
            return false;
        total += (size_t)n;
    }
    return true;
}

cli_exit file_read(blob *out, const char *path) {
    *out = (blob){0};
    const bool is_stdin = strcmp(path, "-") == 0;
    const int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    const char *const name = is_stdin ? "standard input" : named(path);
    if (fd < 0) {
        complain("cannot read %s: %s. Maybe the path is wrong.", name,
                 strerror(errno));
        return EXIT_USAGE;
    }
    page text;
    bool is_read = page_open(&text) && read_all(fd, text.to);
    if (!is_read)
        complain("cannot read %s: %s. Maybe it is no file.", name,
                 strerror(errno));
    if (!is_stdin)
        close(fd);
    is_read = is_read && page_close(&text);
    if (is_read)
        *out = text.text;
    else
        page_free(&text);
    return is_read ? EXIT_DONE : EXIT_USAGE;
}

/* The folder of a path, without its last slash. */
static void folder_of(char out[PATH_MAX], const char *path) {
    const char *const slash = strrchr(path, '/');
    if (!slash)
        strcpy(out, ".");
    else if (slash == path)
        strcpy(out, "/");
    else
        snprintf(out, PATH_MAX, "%.*s", (int)(slash - path), path);
}

bool is_special(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode) &&
           !S_ISDIR(about.st_mode);
}

/* Where a write to `path` really goes: behind a link, the file it names.
 * /dev/stdout names a pipe by a path that does not exist. */
static bool resolve(char out[PATH_MAX], const char *path) {
    struct stat about;
    if (!is_special(path) && lstat(path, &about) == 0 && S_ISLNK(about.st_mode))
        return realpath(path, out) != NULL;
    return snprintf(out, PATH_MAX, "%s", path) < PATH_MAX;
}

static cli_exit cannot_write(const char *path, int cause, cli_exit status) {
    complain("cannot write %s: %s. Maybe choose another place.", named(path),
             strerror(cause));
    return status;
}

bool spares(const char *output, const char *input) {
    struct stat a, b;
    const bool is_same = !is_stdout(output) && !is_stdout(input) &&
                         stat(output, &a) == 0 && stat(input, &b) == 0 &&
                         S_ISREG(a.st_mode) && a.st_dev == b.st_dev &&
                         a.st_ino == b.st_ino;
    if (is_same)
        complain("cannot write %s: it is the input. Maybe choose another place "
                 "with -o.",
                 output);
    return !is_same;
}

cli_exit file_probe(const char *path) {
    char target[PATH_MAX], folder[PATH_MAX];
    struct stat about;
    if (is_stdout(path))
        return EXIT_DONE;
    if (!path[0])
        return cannot_write(path, ENOENT, EXIT_USAGE);
    if (!resolve(target, path))
        return cannot_write(path, errno ? errno : ENAMETOOLONG, EXIT_USAGE);
    if (stat(target, &about) == 0 && S_ISDIR(about.st_mode))
        return cannot_write(path, EISDIR, EXIT_USAGE);
    folder_of(folder, target);
    if (!is_special(target) && access(folder, W_OK | X_OK) != 0)
        return cannot_write(path, errno, EXIT_USAGE);
    return EXIT_DONE;
}

static bool write_all(int fd, const char *bytes, size_t n) {
    while (n > 0) {
        const ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

/* As a new file would get, or as the file that is replaced has. */
static mode_t mode_for(const char *target) {
    struct stat about;
    if (stat(target, &about) == 0)
        return about.st_mode & 07777;
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static void sync_folder(const char *folder) {
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    /* The rename is done; a file system that cannot sync folders has no more
     * to give. */
    (void)fsync(fd);
    close(fd);
}

static bool fill(int fd, const char *target, const char *bytes, size_t n) {
    bool is_good = fchmod(fd, mode_for(target)) == 0 &&
                   write_all(fd, bytes, n) && fsync(fd) == 0;
    const int cause = errno;
    if (close(fd) != 0 && is_good)
        return false;
    errno = cause;
    return is_good;
}

static cli_exit replace(const char *path, const char *target, const char *bytes,
                        size_t n) {
    char folder[PATH_MAX], temp[PATH_MAX];
    folder_of(folder, target);
    const char *const slash = strrchr(target, '/');
    const int length = snprintf(temp, sizeof temp, "%s/.%s.XXXXXX", folder,
                                slash ? slash + 1 : target);
    if (length < 0 || (size_t)length >= sizeof temp)
        return cannot_write(path, ENAMETOOLONG, EXIT_INTERNAL);
    const int fd = mkstemp(temp);
    if (fd < 0)
        return cannot_write(path, errno, EXIT_INTERNAL);
    signals_guard(temp);
    const bool is_good =
        fill(fd, target, bytes, n) && rename(temp, target) == 0;
    const int cause = errno;
    if (!is_good)
        unlink(temp);
    signals_guard(NULL);
    if (!is_good)
        return cannot_write(path, cause, EXIT_INTERNAL);
    sync_folder(folder);
    return EXIT_DONE;
}

cli_exit file_write(const char *path, const char *bytes, size_t n) {
    char target[PATH_MAX];
    if (is_stdout(path)) {
        if (fflush(stdout) == 0 && write_all(STDOUT_FILENO, bytes, n))
            return EXIT_DONE;
        return cannot_write("standard output", errno, EXIT_INTERNAL);
    }
    if (!resolve(target, path))
        return cannot_write(path, errno, EXIT_INTERNAL);
    if (!is_special(target))
        return replace(path, target, bytes, n);
    const int fd = open(target, O_WRONLY | O_CLOEXEC);
    const bool is_good = fd >= 0 && write_all(fd, bytes, n);
    const int cause = errno;
    if (fd >= 0)
        close(fd);
    return is_good ? EXIT_DONE : cannot_write(path, cause, EXIT_INTERNAL);
}

cli_exit page_print(page *out) {
    const blob *const text = page_close(out);
    const cli_exit status =
        text ? file_write(NULL, text->at, text->n) : EXIT_INTERNAL;
    page_free(out);
    return status;
}
