/* Stands before the C library in a test's child process and plays a disk that fails, as the file
 * named by FAULTY_MEDIUM says: "sync" fails every sync, "write" every write as a full disk does.
 * Appends a byte to the file named by FAULTY_MEDIUM_SYNCS for each sync of a write-ahead log. */
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
    const char *counts = getenv("FAULTY_MEDIUM_SYNCS");
    if (counts && result == 0 && is_database(fd, "-wal")) {
        int count = open(counts, O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (count >= 0) {
            if (write(count, ".", 1) != 1) abort();
            close(count);
        }
    }
    return result;
}

int fsync(int fd) { return synced(fd, "fsync"); }
int fdatasync(int fd) { return synced(fd, "fdatasync"); }

typedef ssize_t (*pwrite_fn)(int, const void *, size_t, off_t);

static ssize_t written(int fd, const void *bytes, size_t n, off_t at, const char *name) {
    if (fails("write") && (is_database(fd, "-wal") || is_database(fd, ".db"))) {
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
