// How much memory is allocated at most.
#ifndef BENCH_KERNELS_MEMORY_H
#define BENCH_KERNELS_MEMORY_H

#include <cstddef>

/// Counts, while it lives, what the program allocates by `malloc` or `new`;
/// one at a time.
class AllocationCount {
public:
  AllocationCount();
  ~AllocationCount();
  AllocationCount(const AllocationCount &) = delete;

  /// The most bytes that were allocated at once since it began, over what was
  /// allocated then.
  std::size_t peak() const;
};

#endif
