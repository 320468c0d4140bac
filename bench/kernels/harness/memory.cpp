// The C library's functions behind `malloc` have names of their own, so that a
// program may have its own `malloc`; `operator new` calls that one.
#include "memory.h"

#include <cerrno>
#include <malloc.h>

extern "C" {
void *__libc_malloc(std::size_t);
void *__libc_calloc(std::size_t, std::size_t);
void *__libc_realloc(void *, std::size_t);
void *__libc_memalign(std::size_t, std::size_t);
void __libc_free(void *);
}

static bool counting = false;
static long long live = 0, most = 0;

static void *added(void *p) {
  if (counting && p) {
    live += (long long)malloc_usable_size(p);
    if (live > most)
      most = live;
  }
  return p;
}

static void removed(void *p) {
  if (counting && p)
    live -= (long long)malloc_usable_size(p);
}

extern "C" {
void *malloc(std::size_t size) { return added(__libc_malloc(size)); }
void *calloc(std::size_t n, std::size_t size) {
  return added(__libc_calloc(n, size));
}
void *realloc(void *p, std::size_t size) {
  removed(p);
  return added(__libc_realloc(p, size));
}
void *memalign(std::size_t alignment, std::size_t size) {
  return added(__libc_memalign(alignment, size));
}
void *aligned_alloc(std::size_t alignment, std::size_t size) {
  return memalign(alignment, size);
}
int posix_memalign(void **p, std::size_t alignment, std::size_t size) {
  *p = memalign(alignment, size);
  return *p ? 0 : ENOMEM;
}
void free(void *p) {
  removed(p);
  __libc_free(p);
}
}

AllocationCount::AllocationCount() {
  live = most = 0;
  counting = true;
}

AllocationCount::~AllocationCount() { counting = false; }

std::size_t AllocationCount::peak() const { return std::size_t(most); }
