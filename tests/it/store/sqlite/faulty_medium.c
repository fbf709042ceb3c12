/* Stands before the C library in a test's child process and plays a disk that fails, as the file
 * named by FAULTY_MEDIUM says: "sync" fails every sync, "write" every write as a full disk does,
 * "room N" every write to a log beyond its first N bytes, as a nearly full disk does. Appends a byte
 * to the file named by FAULTY_MEDIUM_REFUSED for each write that fails. Appends a byte to the file named by FAULTY_MEDIUM_SYNCS for each sync of a write-ahead log. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(const char *what) {
    char mode[16] = {0};
    const char *path = getenv("FAULTY_MEDIUM");
    int fd = path ? open(path, O_RDONLY) : -1;
    if (fd < 0) return 0;
    ssize_t n = read(fd, mode, sizeof mode - 1);
    close(fd);
    return n > 0 && strcmp(mode, what) == 0;
}

/* How long a log may become; -1 where nothing is said of it. */
static off_t room(void) {
    char mode[32] = {0};
    const char *path = getenv("FAULTY_MEDIUM");
    int fd = path ? open(path, O_RDONLY) : -1;
    if (fd < 0) return -1;
    ssize_t n = read(fd, mode, sizeof mode - 1);
    close(fd);
    return n > 5 && strncmp(mode, "room ", 5) == 0 ? atoll(mode + 5) : -1;
}

static void count(const char *name) {
    const char *counts = getenv(name);
    int fd = counts ? open(counts, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    if (fd < 0) return;
    if (write(fd, ".", 1) != 1) abort();
    close(fd);
}

static int is_database(int fd, const char *ending) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    size_t length = strlen(ending);
    return (size_t)n >= length && strcmp(path + n - length, ending) == 0;
}

static int synced(int fd, const char *name) {
    if (fails("sync")) {
        errno = EIO;
        return -1;
    }
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int result = real(fd);
    if (result == 0 && is_database(fd, "-wal")) count("FAULTY_MEDIUM_SYNCS");
    return result;
}

int fsync(int fd) { return synced(fd, "fsync"); }
int fdatasync(int fd) { return synced(fd, "fdatasync"); }

typedef ssize_t (*pwrite_fn)(int, const void *, size_t, off_t);

static ssize_t written(int fd, const void *bytes, size_t n, off_t at, const char *name) {
    int is_full = fails("write") && (is_database(fd, "-wal") || is_database(fd, ".db"));
    off_t most = room();
    if (is_full || (most >= 0 && at + (off_t)n > most && is_database(fd, "-wal"))) {
        count("FAULTY_MEDIUM_REFUSED");
        errno = ENOSPC;
        return -1;
    }
    return ((pwrite_fn)dlsym(RTLD_NEXT, name))(fd, bytes, n, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at) {
    return written(fd, bytes, n, at, "pwrite");
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off_t at) {
    return written(fd, bytes, n, at, "pwrite64");
}
