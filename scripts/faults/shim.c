/* Stands between a program and one folder (LD_PRELOAD): tells what is written and flushed there, and breaks it.

   FAULTS_FOLDER   the folder, absolute
   FAULTS_TRACE    each operation is appended to this file as it happens (struct record; read by trace.py)
   FAULTS_ACK_FD   what goes to this descriptor is traced too: by then the program has told somebody
   FAULTS_CONTROL  a file with a struct control (written by shim.py): what to break now, and how wrong the clock is

   Writes are traced before they are made, flushes before and after: only what was written before a flush began is
   on the disk when it has returned. Memory maps are not seen: SQLite maps nothing but -shm, which no restart needs. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum action { OFF, FAIL, SHORT, KILL };
enum call { WRITE = 1, FLUSH = 2, NAME = 4 }; /* NAME: open for writing, unlink, link, rename */

struct control {
    int32_t action, calls, error;
    int32_t let_through;  /* matching calls before the first one that is broken */
    int32_t times;        /* so many are broken; -1: all that follow */
    int32_t hits;         /* so many were */
    int64_t clock_s;      /* added to the wall clock */
    char suffix[16];      /* only files whose names end so */
};

struct __attribute__((packed)) record {
    uint8_t op;
    uint8_t name_length;
    uint32_t pid;
    uint64_t offset;
    uint32_t length;
};

#define FILES 4096
static char *names[FILES]; /* by descriptor; "" is the folder itself */
static const char *folder;
static int trace_fd = -1, ack_fd = -1;
static struct control *control;

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    folder = getenv("FAULTS_FOLDER");
    const char *path = getenv("FAULTS_TRACE");
    if (path) trace_fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    const char *number = getenv("FAULTS_ACK_FD");
    if (number) ack_fd = atoi(number);
    path = getenv("FAULTS_CONTROL");
    int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC) : -1;
    if (fd >= 0) {
        void *map = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (map != MAP_FAILED) control = map;
        syscall(SYS_close, fd);
    }
}

static void tell(char op, const char *name, uint64_t offset, const void *data, size_t length) {
    if (trace_fd < 0) return;
    int before = errno;
    struct record head = {(uint8_t)op, (uint8_t)strlen(name), (uint32_t)getpid(), offset, (uint32_t)length};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)name, head.name_length}, {(void *)data, length}};
    syscall(SYS_writev, trace_fd, parts, 3);
    errno = before;
}

/* The name within the folder; NULL for what lies elsewhere. */
static const char *inside(const char *path) {
    size_t length = folder ? strlen(folder) : 0;
    if (!length || strncmp(path, folder, length)) return NULL;
    if (!path[length]) return "";
    return path[length] == '/' && strlen(path + length + 1) < 200 ? path + length + 1 : NULL;
}

static const char *name_of(int fd) { return fd >= 0 && fd < FILES ? names[fd] : NULL; }

static int ends_with(const char *name, const char *suffix) {
    size_t all = strlen(name), end = strlen(suffix);
    return all >= end && !strcmp(name + all - end, suffix);
}

/* Whether this call is to be broken now. */
static enum action due(enum call call, const char *name) {
    if (!control || !control->action || !(control->calls & call) || !ends_with(name, control->suffix)) return OFF;
    if (__atomic_fetch_sub(&control->let_through, 1, __ATOMIC_SEQ_CST) > 0) return OFF;
    control->let_through = 0;
    if (control->times >= 0 && control->hits >= control->times) return OFF;
    __atomic_add_fetch(&control->hits, 1, __ATOMIC_SEQ_CST);
    return control->action;
}

static int broken(enum call call, const char *name) {
    enum action action = due(call, name);
    if (action == KILL) kill(getpid(), SIGKILL);
    if (action == OFF) return 0;
    errno = control->error;
    return 1;
}

/* How many bytes may be written: all, none with errno set (-1), or for once the first half, torn at no sector. */
static ssize_t allowed(const char *name, size_t count) {
    enum action action = due(WRITE, name);
    if (action == OFF) return (ssize_t)count;
    if ((action == SHORT && control->hits == 1) || action == KILL) return (ssize_t)(count / 2);
    errno = control->error;
    return -1;
}

static void die_if_told(void) {
    if (control && control->action == KILL && control->hits) kill(getpid(), SIGKILL);
}

/* Names */

static int opened(int fd, const char *name, int flags, int was_there) {
    if (fd < 0) return fd;
    if (fd < FILES) {
        free(names[fd]);
        names[fd] = name ? strdup(name) : NULL;
    }
    if (name && *name) {
        if (!was_there) tell('C', name, 0, NULL, 0);
        else if (flags & O_TRUNC) tell('S', name, 0, NULL, 0);
    }
    return fd;
}

static int open_at(int dir, const char *path, int flags, mode_t mode) {
    const char *name = inside(path);
    int was_there = 1;
    if (name && *name && (flags & (O_WRONLY | O_RDWR | O_CREAT))) {
        struct stat found;
        was_there = !(flags & O_CREAT) || syscall(SYS_newfstatat, dir, path, &found, 0) == 0;
        if (broken(NAME, name)) return -1;
    }
    return opened((int)syscall(SYS_openat, dir, path, flags, mode), name, flags, was_there);
}

#define MODE(last) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, last); mode = va_arg(rest, mode_t); va_end(rest); }

int open(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE(flags) return open_at(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE(flags) return open_at(dir, path, flags, mode); }

int close(int fd) {
    REAL(int, close, int);
    if (fd >= 0 && fd < FILES && names[fd]) {
        free(names[fd]);
        names[fd] = NULL;
    }
    return real(fd);
}

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    const char *name = inside(path);
    if (name && broken(NAME, name)) return -1;
    int done = real(path);
    if (name && !done) tell('U', name, 0, NULL, 0);
    return done;
}

int link(const char *from, const char *to) {
    REAL(int, link, const char *, const char *);
    const char *old = inside(from), *new = inside(to);
    if (new && broken(NAME, new)) return -1;
    int done = real(from, to);
    if (old && new && !done) tell('L', old, 0, new, strlen(new));
    return done;
}

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    const char *old = inside(from), *new = inside(to);
    if (new && broken(NAME, new)) return -1;
    int done = real(from, to);
    if (old && new && !done) tell('R', old, 0, new, strlen(new));
    return done;
}

/* Contents */

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t offset) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    const char *name = name_of(fd);
    if (!name) return real(fd, data, count, offset);
    ssize_t most = allowed(name, count);
    if (most < 0) return -1;
    tell('W', name, (uint64_t)offset, data, (size_t)most);
    ssize_t done = real(fd, data, (size_t)most, offset);
    die_if_told();
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t count, off_t offset) { return pwrite64(fd, data, count, offset); }

ssize_t write(int fd, const void *data, size_t count) {
    REAL(ssize_t, write, int, const void *, size_t);
    if (fd == ack_fd && fd >= 0) tell('A', "", 0, data, count);
    const char *name = name_of(fd);
    if (!name) return real(fd, data, count);
    ssize_t most = allowed(name, count);
    if (most < 0) return -1;
    off_t offset = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    tell('W', name, (uint64_t)offset, data, (size_t)most);
    ssize_t done = real(fd, data, (size_t)most);
    die_if_told();
    return done;
}

int ftruncate64(int fd, off64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    const char *name = name_of(fd);
    if (name && broken(WRITE, name)) return -1;
    if (name) tell('S', name, (uint64_t)size, NULL, 0);
    return real(fd, size);
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int flushed(int fd, int (*real)(int)) {
    const char *name = name_of(fd);
    if (!name) return real(fd);
    if (broken(FLUSH, name)) return -1;
    tell('B', name, 0, NULL, 0);
    int done = real(fd);
    if (!done) tell('E', name, 0, NULL, 0);
    return done;
}

int fsync(int fd) {
    REAL(int, fsync, int);
    return flushed(fd, real);
}

int fdatasync(int fd) {
    REAL(int, fdatasync, int);
    return flushed(fd, real);
}

/* The wall clock */

int clock_gettime(clockid_t clock, struct timespec *now) {
    REAL(int, clock_gettime, clockid_t, struct timespec *);
    int done = real(clock, now);
    if (!done && control && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += control->clock_s;
    return done;
}

int gettimeofday(struct timeval *now, void *zone) {
    REAL(int, gettimeofday, struct timeval *, void *);
    int done = real(now, zone);
    if (!done && control) now->tv_sec += control->clock_s;
    return done;
}

time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where) *where = now.tv_sec;
    return now.tv_sec;
}
