/*
 * Fails the writes of one process below one folder, from the outside: preloaded, it stands before libc's calls.
 *
 *   OBVERSE_FAULT_FOLDER  absolute path; calls on other files pass
 *   OBVERSE_FAULT_AT      which call fails, from 1; 0: none, so that they are counted
 *   OBVERSE_FAULT_KIND    EIO: this call alone; ENOSPC: also every later one that needs room; EROFS, EACCES: from there on every one that
 *                         opens a file to write or changes a name
 *   OBVERSE_FAULT_LOG     one line per call: number, name, path
 *
 * Of the pieces in which a file is written one after the other, the first two are counted: a file that is empty, and one that is torn.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* What a call needs of a disk. */
enum { NOTHING = 0, ROOM = 1, NAMES = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long count;
static char last[PATH_MAX];
static int pieces;

static int below(const char *path) {
  const char *folder = getenv("OBVERSE_FAULT_FOLDER");
  size_t length = folder ? strlen(folder) : 0;
  return folder && path && strncmp(path, folder, length) == 0 && (path[length] == 0 || path[length] == '/');
}

static const char *path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = syscall(SYS_readlink, link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
  return path;
}

/* Whether this call fails; errno says with what. */
static int fails(const char *call, const char *path, int needs) {
  if (!below(path)) {
    return 0;
  }
  const char *kind = getenv("OBVERSE_FAULT_KIND");
  int full = strcmp(kind, "ENOSPC") == 0;
  int closed = strcmp(kind, "EROFS") == 0 ? EROFS : strcmp(kind, "EACCES") == 0 ? EACCES : 0;
  long at = atol(getenv("OBVERSE_FAULT_AT"));
  pthread_mutex_lock(&lock);
  int writes = strstr(call, "write") != NULL;
  pieces = writes && strcmp(path, last) == 0 ? pieces + 1 : writes;
  snprintf(last, sizeof last, "%s", writes ? path : "");
  if (pieces > 2) {
    int room = full && at > 0 && count >= at;
    pthread_mutex_unlock(&lock);
    errno = room ? ENOSPC : errno;
    return room;
  }
  long number = ++count;
  char line[PATH_MAX + 64];
  int length = snprintf(line, sizeof line, "%ld %s %s\n", number, call, path);
  int log = syscall(SYS_openat, AT_FDCWD, getenv("OBVERSE_FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  syscall(SYS_write, log, line, length);
  syscall(SYS_close, log);
  pthread_mutex_unlock(&lock);
  int failing = closed ? number >= at && (needs & NAMES) : number == at || (full && number > at && (needs & ROOM));
  if (at > 0 && failing) {
    errno = closed ? closed : full ? ENOSPC : EIO;
    return 1;
  }
  return 0;
}

#define NEXT(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

#define OPEN(name)                                                                     \
  int name(const char *path, int flags, ...) {                                         \
    va_list more;                                                                      \
    va_start(more, flags);                                                             \
    mode_t mode = va_arg(more, mode_t);                                                \
    va_end(more);                                                                      \
    if ((flags & (O_CREAT | O_WRONLY | O_RDWR)) && fails("open", path, NAMES | (flags & O_CREAT ? ROOM : 0))) { \
      return -1;                                                                       \
    }                                                                                  \
    return NEXT(name)(path, flags, mode);                                              \
  }
OPEN(open)
OPEN(open64)

#define ON_FILE(type, name, needs, parameters, arguments)           \
  type name parameters {                                            \
    char path[PATH_MAX];                                            \
    int saved = errno;                                              \
    if (fails(#name, path_of(fd, path), needs)) {                   \
      return -1;                                                    \
    }                                                               \
    errno = saved;                                                  \
    return NEXT(name) arguments;                                    \
  }
ON_FILE(ssize_t, write, ROOM, (int fd, const void *bytes, size_t size), (fd, bytes, size))
ON_FILE(ssize_t, pwrite, ROOM, (int fd, const void *bytes, size_t size, off_t from), (fd, bytes, size, from))
ON_FILE(ssize_t, pwrite64, ROOM, (int fd, const void *bytes, size_t size, off64_t from), (fd, bytes, size, from))
ON_FILE(ssize_t, writev, ROOM, (int fd, const struct iovec *parts, int number), (fd, parts, number))
ON_FILE(int, fsync, NOTHING, (int fd), (fd))
ON_FILE(int, fdatasync, NOTHING, (int fd), (fd))
ON_FILE(int, ftruncate, NOTHING, (int fd, off_t size), (fd, size))
ON_FILE(int, ftruncate64, NOTHING, (int fd, off64_t size), (fd, size))

#define ON_PATH(name, path, needs, parameters, arguments)      \
  int name parameters {                                        \
    return fails(#name, path, needs) ? -1 : NEXT(name) arguments; \
  }
ON_PATH(rename, to, NAMES, (const char *from, const char *to), (from, to))
ON_PATH(link, to, NAMES | ROOM, (const char *from, const char *to), (from, to))
ON_PATH(mkdir, path, NAMES | ROOM, (const char *path, mode_t mode), (path, mode))
ON_PATH(unlink, path, NAMES, (const char *path), (path))
ON_PATH(rmdir, path, NAMES, (const char *path), (path))
