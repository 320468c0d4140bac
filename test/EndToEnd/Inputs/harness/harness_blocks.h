// The memory that a test's function works on: what a point says of it, and its copies for each call.
#ifndef ADGEN_TEST_HARNESS_BLOCKS_H
#define ADGEN_TEST_HARNESS_BLOCKS_H

#include "harness_leaves.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <new>

#if defined(__SANITIZE_ADDRESS__)
#define ADGEN_TEST_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADGEN_TEST_POISON 1
#endif
#endif
#ifdef ADGEN_TEST_POISON
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

namespace harness {

/// One element of a block; an array can be copied in it.
template <class E, class = void> struct Cell {
  E value;
};
template <class E> struct Cell<E, std::enable_if_t<!std::is_array_v<E>>> {
  E value;
  Cell(E value) : value(std::move(value)) {}
  Cell() : value() {}
};

template <class E> struct Fields<Cell<E>> {
  template <class V> static auto of(V &v) { return std::tie(v.value); }
};
/// What one element is written as.
template <class E> using Element = std::conditional_t<std::is_array_v<E>, Cell<E>, E>;

/// What a point says of a parameter: its elements, one for what is no pointer or span.
template <class E> struct Given {
  std::vector<Cell<E>> cells;
  bool isNull = false;
};

// What a point may say beside the values.

/// Keeps lists in braces from becoming one of these.
enum class Spelled { Out };

/// No object: `null`. Of a parameter that is another one's memory: `_`.
struct Null {
  explicit Null(Spelled) {}
};
struct Elsewhere {
  explicit Elsewhere(Spelled) {}
};
const Null null(Spelled::Out);
const Elsewhere elsewhere(Spelled::Out);

/// Numbers that become whatever the parameter is.
struct Generated {
  explicit Generated(Spelled, std::vector<double> numbers) : numbers(std::move(numbers)) {}
  std::vector<double> numbers;
};
/// `n` numbers between low and high of no pattern, exact in every precision.
inline Generated rand(int n, unsigned seed, double low = -1, double high = 1) {
  std::vector<double> numbers(n);
  std::uint64_t state = 0x9E3779B97F4A7C15u * (seed + 1);
  for (double &x : numbers) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    x = low + (high - low) * double((state >> 40) % 1021 + 1) / 1024;
    x = std::ldexp(std::nearbyint(std::ldexp(x, 12)), -12);
  }
  return Generated(Spelled::Out, numbers);
}
/// `n` numbers from first to last, evenly.
inline Generated range(double first, double last, int n) {
  std::vector<double> numbers(n);
  for (int i = 0; i < n; ++i)
    numbers[i] = n == 1 ? first : first + (last - first) * i / (n - 1);
  return Generated(Spelled::Out, numbers);
}
/// `rows` containers of as many numbers.
struct Grid {
  explicit Grid(Spelled, int rows, Generated all) : rows(rows), all(std::move(all)) {}
  int rows;
  Generated all;
};
inline Grid grid(int rows, const Generated &all) { return Grid(Spelled::Out, rows, all); }

/// An object with these numbers; a vector gets as many elements as they fill.
template <class T> T filled(const std::vector<double> &numbers) {
  T object{};
  if constexpr (IsRange<T>::value && std::is_constructible_v<T, std::size_t>) {
    typename T::value_type element{};
    const std::size_t each = flatten(element).size();
    object = T(each ? numbers.size() / each : 0);
  }
  const std::vector<Real> reals = flatten(object);
  if (reals.size() != numbers.size()) {
    std::printf("a point gives %zu numbers for %zu\n", numbers.size(), reals.size());
    std::exit(1);
  }
  for (std::size_t i = 0; i < reals.size(); ++i)
    reals[i].set(numbers[i]);
  return object;
}

/// For one object: a reference, a value.
template <class E> struct MakeObject {
  static Given<E> from(Element<E> value) {
    if constexpr (std::is_array_v<E>)
      return {{value}};
    else
      return {{Cell<E>(std::move(value))}};
  }
  static Given<E> from(const Generated &generated) {
    if constexpr (std::is_array_v<E>)
      return {{filled<Cell<E>>(generated.numbers)}};
    else
      return {{Cell<E>(filled<E>(generated.numbers))}};
  }
  static Given<E> from(const Grid &grid) {
    if constexpr (IsRange<E>::value) {
      const std::vector<double> &all = grid.all.numbers;
      const std::size_t columns = grid.rows ? all.size() / grid.rows : 0;
      E rows(grid.rows);
      for (int i = 0; i < grid.rows; ++i)
        rows[i] = filled<typename E::value_type>(
            {all.begin() + i * columns, all.begin() + (i + 1) * columns});
      return from(rows);
    }
  }
  static Given<E> from(Elsewhere) { return {std::vector<Cell<E>>(1)}; }
};
/// For the elements behind a pointer or span. One needs no braces.
template <class E> struct MakeElements {
  template <class V, class = std::enable_if_t<std::is_convertible_v<V, Element<E>>>>
  static Given<E> from(const V &value) {
    return from({Element<E>(value)});
  }
  static Given<E> from(std::initializer_list<Element<E>> elements) {
    return {std::vector<Cell<E>>(elements.begin(), elements.end())};
  }
  static Given<E> from(const Generated &generated) {
    return {filled<std::vector<Cell<E>>>(generated.numbers)};
  }
  static Given<E> from(Null) { return {{}, true}; }
  static Given<E> from(Elsewhere) { return {}; }
};

// Blocks of memory.

/// Says for an address where a pointer to it shall point.
using Mover = std::function<const void *(const void *)>;

/// Gives each pointer and view in an object the address that `move` says.
template <class T> void moveHandles(T &object, const Mover &move) {
  visit(object, [&](auto &leaf) {
    using Leaf = std::remove_reference_t<decltype(leaf)>;
    if constexpr (!IsHandle<Leaf>::value || std::is_const_v<Leaf>)
      (void)leaf;
    else if constexpr (std::is_pointer_v<Leaf>)
      leaf = static_cast<Leaf>(const_cast<void *>(move(leaf)));
    else
      leaf = Leaf(static_cast<typename Leaf::pointer>(const_cast<void *>(move(leaf.data()))),
                  leaf.size());
  });
}

/// Elements between guards, which nobody may read or write.
class AnyBlock {
public:
  explicit AnyBlock(std::size_t bytes)
      : bytes(bytes), raw(new unsigned char[bytes + 2 * guard]) {
    for (std::size_t i = 0; i < bytes + 2 * guard; ++i)
      raw[i] = mark;
    ASAN_POISON_MEMORY_REGION(raw.get(), guard);
    ASAN_POISON_MEMORY_REGION(end(), guard);
  }
  AnyBlock(const AnyBlock &) = delete;
  virtual ~AnyBlock() {
    ASAN_UNPOISON_MEMORY_REGION(raw.get(), bytes + 2 * guard);
    bool whole = true;
    for (std::size_t i = 0; i < guard; ++i)
      whole &= raw[i] == mark && end()[i] == mark;
    if (!whole) {
      ++failures();
      std::puts("memory beside an array was written");
    }
  }
  unsigned char *begin() const { return raw.get() + guard; }
  unsigned char *end() const { return begin() + bytes; }

  virtual std::unique_ptr<AnyBlock> copy() const = 0;
  virtual void addReals(std::vector<Real> &reals) = 0;
  virtual void addNumbers(std::vector<Number> &numbers) const = 0;
  virtual void moveHandles(const Mover &move) = 0;

private:
  static constexpr std::size_t guard = 64;
  /// Small numbers, which change when something is added, and large indices.
  static constexpr unsigned char mark = 0x3F;
  std::size_t bytes;
  std::unique_ptr<unsigned char[]> raw;
};

template <class E> class Block : public AnyBlock {
public:
  explicit Block(const std::vector<Cell<E>> &cells)
      : AnyBlock(cells.size() * sizeof(Cell<E>)), count(cells.size()) {
    static_assert(sizeof(Cell<E>) == sizeof(E), "elements lie side by side");
    for (std::size_t i = 0; i < count; ++i)
      ::new (static_cast<void *>(begin() + i * sizeof(E))) Cell<E>(cells[i]);
  }
  ~Block() override {
    for (std::size_t i = 0; i < count; ++i)
      at(i).~Cell<E>();
  }
  E *data() const { return reinterpret_cast<E *>(begin()); }
  std::size_t size() const { return count; }
  std::vector<Cell<E>> contents() const {
    std::vector<Cell<E>> result;
    for (std::size_t i = 0; i < count; ++i)
      result.push_back(at(i));
    return result;
  }

  std::unique_ptr<AnyBlock> copy() const override { return std::make_unique<Block>(contents()); }
  void addReals(std::vector<Real> &reals) override {
    for (std::size_t i = 0; i < count; ++i)
      flatten(at(i).value, reals);
  }
  void addNumbers(std::vector<Number> &numbers) const override {
    for (std::size_t i = 0; i < count; ++i)
      record(at(i).value, numbers);
  }
  void moveHandles(const Mover &move) override {
    for (std::size_t i = 0; i < count; ++i)
      harness::moveHandles(at(i).value, move);
  }

private:
  Cell<E> &at(std::size_t i) const { return *reinterpret_cast<Cell<E> *>(begin() + i * sizeof(E)); }
  std::size_t count;
};

/// Where elements of type E begin in a block: its own, or those of its array or container.
template <class E, class F> E *elementsOf(F *at) {
  if constexpr (std::is_same_v<E, F>)
    return at;
  else if constexpr (std::is_array_v<F>)
    return elementsOf<E>(&(*at)[0]);
  else
    return elementsOf<E>(at->data());
}

// Memory behind pointers that are part of objects: `memory({1, 2, 3})`.

/// What the current point has made so; each call works on its own copies.
inline std::vector<std::unique_ptr<AnyBlock>> &templates() {
  static std::vector<std::unique_ptr<AnyBlock>> all;
  return all;
}
/// The template that an address is in, or their number.
inline std::size_t templateOf(const void *at) {
  const auto *byte = static_cast<const unsigned char *>(at);
  std::size_t i = 0;
  while (i < templates().size() && (byte < templates()[i]->begin() || byte > templates()[i]->end()))
    ++i;
  return i;
}
template <class E> E *remember(const Given<E> &given) {
  auto block = std::make_unique<Block<E>>(given.cells);
  E *at = block->data();
  templates().push_back(std::move(block));
  return at;
}
template <class E = double> E *memory(std::initializer_list<Element<E>> elements) {
  return remember(MakeElements<E>::from(elements));
}
template <class E = double> E *memory(const Generated &generated) {
  return remember(MakeElements<E>::from(generated));
}

/// Copies of the templates for one call, which point to each other as the templates do.
class Copies {
public:
  Copies() {
    for (const auto &block : templates())
      blocks.push_back(block->copy());
    for (const auto &block : blocks)
      block->moveHandles(mover());
  }
  Mover mover() const {
    return [this](const void *at) -> const void * {
      const std::size_t i = templateOf(at);
      if (i == blocks.size())
        return at;
      return blocks[i]->begin() + (static_cast<const unsigned char *>(at) - templates()[i]->begin());
    };
  }
  std::vector<std::unique_ptr<AnyBlock>> blocks;
};

} // namespace harness

#endif // ADGEN_TEST_HARNESS_BLOCKS_H
