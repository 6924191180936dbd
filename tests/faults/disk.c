// Preloaded into dooragent (LD_PRELOAD): records what the program does to the files below one directory, what it prints and how it
// drives its GPIO lines, in the order in which it happens, and kills the program at one of these points.
//
//   FAULTS_DIRECTORY  files below this directory are recorded
//   FAULTS_LOG        the record, which is appended to; see append()
//   FAULTS_KILL_AT    kills the process just before this change of the disk, from 1; "half" of a write is done with FAULTS_TORN=1
//   FAULTS_CHIP       a directory that stands for /dev in the search for GPIO chips: a chip with 54 lines is simulated, whose inputs stay
//                     inactive, so that the driver for real lines runs. Nothing else of /dev is replaced.
//
// One lock around every call makes the order exact. Shared memory of SQLite (-shm) is not data, and is left out.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/gpio.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITE = 'W', TRUNCATE = 'T', SYNC = 'S', RENAME = 'R', UNLINK = 'U', CREATE = 'C', SAID = 'P', LINE = 'L' };

enum { MOST_DESCRIPTORS = 4096 };

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static const char *directory, *chip;
static int record = -1;
static long changes, kill_at;
static int torn;
// What the simulated chip has given out: its own descriptors, and the first line of a request.
static char is_chip[MOST_DESCRIPTORS];
static int line_of[MOST_DESCRIPTORS];
static uint64_t level_of[MOST_DESCRIPTORS];

__attribute__((constructor)) static void start(void) {
  const char *log = getenv("FAULTS_LOG"), *at = getenv("FAULTS_KILL_AT");
  // Neither the program that starts dooragent nor those that it starts are recorded.
  memset(line_of, -1, sizeof line_of);
  if (strcmp(program_invocation_short_name, "dooragent") != 0)
    return;
  unsetenv("LD_PRELOAD");
  directory = getenv("FAULTS_DIRECTORY");
  chip = getenv("FAULTS_CHIP");
  kill_at = at ? atol(at) : 0;
  torn = getenv("FAULTS_TORN") != NULL;
  if (log)
    record = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) \
  real = (__typeof__(&name))find(#name)

static void *find(const char *name);

// One entry: kind, offset, length of the path, length of the data, path, data; numbers are 64 bits wide in the machine's order.
static void append(enum kind kind, uint64_t offset, const char *path, const void *data, uint64_t length) {
  if (record < 0)
    return;
  uint64_t head[4] = {kind, offset, strlen(path), length};
  struct iovec parts[] = {{head, sizeof head}, {(void *)path, head[2]}, {(void *)data, length}};
  if (syscall(SYS_writev, record, parts, 3) != (long)(sizeof head + head[2] + length))
    abort();
}

static int is_ours(const char *path) {
  size_t length = directory ? strlen(directory) : 0, end = strlen(path);
  return length > 0 && strncmp(path, directory, length) == 0 && (path[length] == '/' || !path[length])
    && !(end > 4 && strcmp(path + end - 4, "-shm") == 0);
}

// The path of a descriptor below the directory, else NULL.
static const char *path_of(int fd, char path[PATH_MAX]) {
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0)
    return NULL;
  path[length] = 0;
  return is_ours(path) ? path : NULL;
}

static const char *absolute(const char *path, char whole[PATH_MAX]) {
  if (path[0] == '/')
    return path;
  if (!getcwd(whole, PATH_MAX - strlen(path) - 1))
    return path;
  strcat(strcat(whole, "/"), path);
  return whole;
}

static int is_last(void) {
  return ++changes == kill_at;
}

static void die(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
}

static void before(void) {
  if (is_last())
    die();
}

static ssize_t write_at(int fd, const void *data, size_t length, off64_t offset, ssize_t (*all)(int, const void *, size_t, off64_t)) {
  char path[PATH_MAX];
  const char *file = path_of(fd, path);
  if (!file)
    return all(fd, data, length, offset);
  pthread_mutex_lock(&order);
  off64_t at = offset >= 0 ? offset : fcntl(fd, F_GETFL) & O_APPEND ? lseek64(fd, 0, SEEK_END) : lseek64(fd, 0, SEEK_CUR);
  if (is_last()) {
    if (torn)
      append(WRITE, at, file, data, all(fd, data, (length + 1) / 2, offset));
    die();
  }

  ssize_t written = all(fd, data, length, offset);
  if (written > 0)
    append(WRITE, at, file, data, written);
  pthread_mutex_unlock(&order);
  return written;
}

static ssize_t real_pwrite(int fd, const void *data, size_t length, off64_t offset) {
  return syscall(SYS_pwrite64, fd, data, length, offset);
}

static ssize_t real_write(int fd, const void *data, size_t length, off64_t offset) {
  (void)offset;
  return syscall(SYS_write, fd, data, length);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  return write_at(fd, data, length, offset, real_pwrite);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return write_at(fd, data, length, offset, real_pwrite);
}

// .NET gathers with one call what a stream has buffered: one call, one entry for each part.
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  ssize_t all = 0;
  for (int i = 0; i < count; i++) {
    ssize_t written = pwrite64(fd, parts[i].iov_base, parts[i].iov_len, offset + all);
    if (written < 0)
      return all ? all : written;
    all += written;
    if ((size_t)written < parts[i].iov_len)
      break;
  }

  return all;
}

// The program prints through copies of descriptors 1 and 2.
static int is_output(int fd) {
  char path[64], link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0)
    return 0;
  path[length] = 0;
  char own[64];
  for (int i = 1; i <= 2; i++) {
    snprintf(link, sizeof link, "/proc/self/fd/%d", i);
    ssize_t other = readlink(link, own, sizeof own - 1);
    if (other == length && memcmp(own, path, length) == 0)
      return 1;
  }

  return 0;
}

ssize_t write(int fd, const void *data, size_t length) {
  if (record >= 0 && is_output(fd)) {
    pthread_mutex_lock(&order);
    ssize_t written = syscall(SYS_write, fd, data, length);
    if (written > 0)
      append(SAID, 0, "", data, written);
    pthread_mutex_unlock(&order);
    return written;
  }

  return write_at(fd, data, length, -1, real_write);
}

static int sync_of(int fd, long call) {
  char path[PATH_MAX];
  const char *file = path_of(fd, path);
  if (!file)
    return syscall(call, fd);
  pthread_mutex_lock(&order);
  before();
  int result = syscall(call, fd);
  if (result == 0)
    append(SYNC, 0, file, "", 0);
  pthread_mutex_unlock(&order);
  return result;
}

int fsync(int fd) {
  return sync_of(fd, SYS_fsync);
}

int fdatasync(int fd) {
  return sync_of(fd, SYS_fdatasync);
}

int ftruncate64(int fd, off64_t length) {
  char path[PATH_MAX];
  const char *file = path_of(fd, path);
  if (!file)
    return syscall(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&order);
  before();
  int result = syscall(SYS_ftruncate, fd, length);
  if (result == 0)
    append(TRUNCATE, length, file, "", 0);
  pthread_mutex_unlock(&order);
  return result;
}

int ftruncate(int fd, off_t length) {
  return ftruncate64(fd, length);
}

// .NET reserves the size that a new file is going to have; without this call it writes all the same.
int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
  char path[PATH_MAX];
  if (!path_of(fd, path))
    return syscall(SYS_fallocate, fd, mode, offset, length);
  errno = EOPNOTSUPP;
  return -1;
}

// Without these .NET copies a file by reading and writing.
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) {
  char path[PATH_MAX];
  if (!path_of(to, path))
    return syscall(SYS_sendfile, to, from, offset, length);
  errno = EINVAL;
  return -1;
}

ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *offset, size_t length, unsigned flags) {
  char path[PATH_MAX];
  if (!path_of(to, path))
    return syscall(SYS_copy_file_range, from, at, to, offset, length, flags);
  errno = EINVAL;
  return -1;
}

int unlink(const char *name) {
  char whole[PATH_MAX];
  const char *path = absolute(name, whole);
  if (!is_ours(path))
    return syscall(SYS_unlinkat, AT_FDCWD, name, 0);
  pthread_mutex_lock(&order);
  before();
  int result = syscall(SYS_unlinkat, AT_FDCWD, name, 0);
  if (result == 0)
    append(UNLINK, 0, path, "", 0);
  pthread_mutex_unlock(&order);
  return result;
}

static int move(const char *from, const char *to, int (*real)(const char *, const char *)) {
  char whole[PATH_MAX], target[PATH_MAX];
  const char *path = absolute(from, whole), *name = absolute(to, target);
  if (!is_ours(path) && !is_ours(name))
    return real(from, to);
  pthread_mutex_lock(&order);
  before();
  int result = real(from, to);
  if (result == 0)
    append(RENAME, real != rename, path, name, strlen(name));
  pthread_mutex_unlock(&order);
  return result;
}

static int real_rename(const char *from, const char *to) {
  return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

static int real_link(const char *from, const char *to) {
  return syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int rename(const char *from, const char *to) {
  return move(from, to, real_rename);
}

int link(const char *from, const char *to) {
  return move(from, to, real_link);
}

static int is_node(const char *path) {
  return chip && strcmp(path, "/dev/gpiochip0") == 0;
}

int open64(const char *name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (is_node(name)) {
    int fd = syscall(SYS_openat, AT_FDCWD, "/dev/null", flags, 0);
    if (fd >= 0 && fd < MOST_DESCRIPTORS)
      is_chip[fd] = 1;
    return fd;
  }

  char whole[PATH_MAX];
  const char *path = absolute(name, whole);
  if (!(flags & (O_CREAT | O_TRUNC)) || !is_ours(path))
    return syscall(SYS_openat, AT_FDCWD, name, flags, mode);
  pthread_mutex_lock(&order);
  int is_new = (flags & O_CREAT) && syscall(SYS_faccessat, AT_FDCWD, name, F_OK) != 0;
  if (is_new || flags & O_TRUNC)
    before();
  int fd = syscall(SYS_openat, AT_FDCWD, name, flags, mode);
  if (fd >= 0 && is_new)
    append(CREATE, mode, path, "", 0);
  else if (fd >= 0 && flags & O_TRUNC)
    append(TRUNCATE, 0, path, "", 0);
  pthread_mutex_unlock(&order);
  return fd;
}

int open(const char *name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return open64(name, flags, mode);
}

DIR *opendir(const char *name) {
  REAL(opendir);
  return real(chip && strcmp(name, "/dev") == 0 ? chip : name);
}

int close(int fd) {
  if (fd >= 0 && fd < MOST_DESCRIPTORS) {
    is_chip[fd] = 0;
    line_of[fd] = -1;
  }

  return syscall(SYS_close, fd);
}

// An output changes its level: the moment that the order is about.
static void drive(int fd, const char *consumer, uint64_t level) {
  char value = '0' + (level & 1);
  level_of[fd] = level;
  append(LINE, line_of[fd], consumer, &value, 1);
}

static int chip_call(unsigned long request, void *argument) {
  if (request == GPIO_GET_CHIPINFO_IOCTL) {
    struct gpiochip_info *info = argument;
    strcpy(info->name, "gpiochip0");
    strcpy(info->label, "pinctrl-rp1");
    info->lines = 54;
    return 0;
  }

  if (request == GPIO_V2_GET_LINEINFO_IOCTL)
    return 0;
  if (request == GPIO_V2_GET_LINE_IOCTL) {
    struct gpio_v2_line_request *asked = argument;
    int fd = asked->fd = eventfd(0, EFD_CLOEXEC);
    if (fd < 0 || fd >= MOST_DESCRIPTORS)
      return -1;
    pthread_mutex_lock(&order);
    line_of[fd] = asked->offsets[0];
    level_of[fd] = 0;
    if (asked->config.flags & GPIO_V2_LINE_FLAG_OUTPUT)
      drive(fd, asked->consumer, asked->config.num_attrs ? asked->config.attrs[0].attr.values : 0);
    pthread_mutex_unlock(&order);
    return 0;
  }

  errno = ENOTTY;
  return -1;
}

static int line_call(int fd, unsigned long request, struct gpio_v2_line_values *values) {
  pthread_mutex_lock(&order);
  if (request == GPIO_V2_LINE_SET_VALUES_IOCTL)
    drive(fd, "", values->bits);
  else
    values->bits = level_of[fd] & values->mask;
  pthread_mutex_unlock(&order);
  return 0;
}

int ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  if (fd >= 0 && fd < MOST_DESCRIPTORS && is_chip[fd])
    return chip_call(request, argument);
  if (fd >= 0 && fd < MOST_DESCRIPTORS && line_of[fd] >= 0)
    return line_call(fd, request, argument);
  char path[PATH_MAX];
  // FICLONE: .NET copies by reading and writing instead.
  if (request == _IOW(0x94, 9, int) && path_of(fd, path)) {
    errno = EOPNOTSUPP;
    return -1;
  }

  return syscall(SYS_ioctl, fd, request, argument);
}

static void *find(const char *name) {
  static void *(*real)(void *, const char *);
  if (!real) {
    real = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
    if (!real)
      real = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
    if (!real)
      real = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.17");
  }

  return real(RTLD_NEXT, name);
}

// .NET's P/Invoke looks functions up in libc itself, past a preloaded library: the calls for GPIO lines and their devices come here.
void *dlsym(void *restrict library, const char *restrict name) {
  static void *(*real)(void *, const char *);
  if (strcmp(name, "ioctl") == 0)
    return ioctl;
  if (strcmp(name, "open") == 0)
    return open;
  if (!real)
    real = (void *(*)(void *, const char *))find("dlsym");
  return real(library, name);
}
