/* Step one process' wall clock: preloaded, it adds what a mapped file holds, in ms.
 *
 * The file is named by CHAOS_CLOCKS (a folder) and CHAOS_CLOCK or INSTANCE. Monotonic
 * clocks are left alone, as a step of a machine's wall clock leaves them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *step_ms;
static int (*real_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void map_step(void) {
  const char *folder = getenv("CHAOS_CLOCKS");
  const char *name = getenv("CHAOS_CLOCK");
  char path[4096];
  real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  if (!name) name = getenv("INSTANCE");
  if (!folder || !name) return;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  void *found = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
  if (found != MAP_FAILED) step_ms = found;
  close(file);
}

static int64_t wall_ns(void) {
  struct timespec now;
  if (!real_gettime) real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  real_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec + (step_ms ? *step_ms : 0) * 1000000LL;
}

int clock_gettime(clockid_t id, struct timespec *at) {
  if (!real_gettime) real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  if (id != CLOCK_REALTIME || !step_ms) return real_gettime(id, at);
  int64_t now = wall_ns();
  at->tv_sec = now / 1000000000LL;
  at->tv_nsec = now % 1000000000LL;
  return 0;
}

int gettimeofday(struct timeval *at, void *zone) {
  (void)zone;
  int64_t now = wall_ns();
  at->tv_sec = now / 1000000000LL;
  at->tv_usec = now % 1000000000LL / 1000;
  return 0;
}

time_t time(time_t *at) {
  time_t now = wall_ns() / 1000000000LL;
  if (at) *at = now;
  return now;
}
