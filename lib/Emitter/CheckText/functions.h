//===----------------------------------------------------------------------===//
// Functions as maps
//===----------------------------------------------------------------------===//

/// An input or output: its name, how exact its type is, what its parameter is.
struct Coordinate {
  std::string name;
  Number epsilon;
  Role role;
};

/// An array or vector in memory.
struct Object {
  std::string name;
  const char *begin;
  std::size_t size;
  std::size_t element;
};

/// A function at one point.
class Map {
public:
  /// `epsilon`: of the least exact type that the function computes with.
  Map(const char *name, const char *place, Number epsilon)
      : name(name), place(place), epsilon(epsilon) {}
  virtual ~Map() = default;

  /// Chooses the point, and runs the function there.
  virtual void draw(Settings &settings, Random &random, Number low,
                    Number high) = 0;
  /// y = f(x); moves x to what its types can hold.
  virtual Vector value(Vector &x) = 0;
  /// Jᵀw; adjoints that are added to are `before` on entry. Only with
  /// hasReverse.
  virtual Vector adjoint(const Vector &x, const Vector &w,
                         const Vector &before = {}) = 0;
  /// Jv. Only with hasForward.
  virtual Vector tangent(const Vector &x, const Vector &v) = 0;
  /// `n = 5, x = 1.5`, at most so many numbers.
  virtual std::string arguments(std::size_t most) = 0;
  /// ` x[25] n=5`: the sizes and integers of the parameters.
  virtual std::string sizes() = 0;
  /// The arrays and vectors of the call that is running.
  virtual void list(std::vector<Object> &objects) = 0;

  std::string name, place;
  Number epsilon;
  bool hasReverse = true, hasForward = true;
  std::vector<Coordinate> inputs, outputs;
  Vector x, y;
  /// What the last call of a derivative has left in the outputs, its result
  /// apart.
  Vector left;
};

/// The call that is running, for reports of sanitizers.
inline Map *&running() {
  static Map *map = nullptr;
  return map;
}

/// 17 digits show a double, as few as possible.
inline std::string shown(Number x, int most = 17) {
  char text[64];
  for (int digits = std::min(most, 6); digits <= most; ++digits) {
    std::snprintf(text, sizeof text, "%.*Lg", digits, x);
    if (std::strtold(text, nullptr) == x ||
        double(std::strtold(text, nullptr)) == double(x))
      break;
  }
  return text;
}

/// The types of what a function is called with and of what it returns.
template <class A, class R> struct Types {
  using Arguments = A;
  using Result = R;
};

/// A function of parameters that `Arguments` holds. What is generated for each
/// says how it and its derivatives are called:
///
///   struct f_check {
///     using adgen_types = Types<Arguments, Result>;
///     static constexpr const char *name, *place;
///     static constexpr Number epsilon; // of the least exact type in the
///     function static constexpr bool hasReverse, hasForward; static void
///     primal(Arguments &a, Result &result);
///     // The tangents of value parameters, places and the result are in `dot`.
///     static void forward(Arguments &a, Arguments &dot, Result &result);
///     // The adjoints are in `bar`, those of values to be put there.
///     static void reverse(Arguments &a, Arguments &bar, const Result &seed);
///   };
template <class Check> class Function : public Map {
  using Arguments = typename Check::adgen_types::Arguments;
  using Result = typename Check::adgen_types::Result;

public:
  Function() : Map(Check::name, Check::place, Check::epsilon) {
    hasReverse = Check::hasReverse;
    hasForward = Check::hasForward;
  }

private:
  /// Calls f(path, x, role) with the numbers of the inputs or outputs.
  template <class F> static void eachInput(Arguments &a, F &&f) {
    a.each([&](const char *name, Role role, auto &object) {
      if (role != Role::Constant)
        eachReal(Path(name), object, [&](const Path &path, auto &number) {
          f(path, number, role);
        });
    });
  }
  template <class F>
  static void eachOutput(Arguments &a, Result &result, F &&f) {
    auto visit = [&](const Path &path, auto &number) {
      f(path, number, Role::Written);
    };
    eachReal(Path("result"), result, visit);
    a.each([&](const char *name, Role role, auto &object) {
      if (role == Role::Written)
        eachReal(Path(name), object, visit);
    });
  }
  static auto describer(std::vector<Coordinate> &list) {
    return [&](const Path &path, auto &number, Role role) {
      using T = std::remove_reference_t<decltype(number)>;
      list.push_back({path.text(), std::numeric_limits<T>::epsilon(), role});
    };
  }
  static auto writer(const Vector &numbers, std::size_t &next) {
    return [&](const Path &, auto &number, Role) {
      using T = std::remove_reference_t<decltype(number)>;
      number = next < numbers.size() ? static_cast<T>(numbers[next]) : T();
      ++next;
    };
  }
  static auto reader(Vector &numbers) {
    return [&](const Path &, auto &number, Role) { numbers.push_back(number); };
  }
  static void setInputs(Arguments &a, const Vector &numbers) {
    std::size_t next = 0;
    eachInput(a, writer(numbers, next));
  }
  /// Of what is only read, whose shape stays.
  void setRead(Arguments &a, const Vector &numbers) const {
    Vector read;
    for (std::size_t i = 0; i < numbers.size(); ++i)
      if (inputs[i].role == Role::Read)
        read.push_back(numbers[i]);
    std::size_t next = 0;
    auto write = writer(read, next);
    eachInput(a, [&](const Path &path, auto &number, Role role) {
      if (role == Role::Read)
        write(path, number, role);
    });
  }
  static Vector getInputs(Arguments &a) {
    Vector numbers;
    eachInput(a, reader(numbers));
    return numbers;
  }
  static void setOutputs(Arguments &a, Result &result, const Vector &numbers) {
    std::size_t next = 0;
    eachOutput(a, result, writer(numbers, next));
  }
  static Vector getOutputs(Arguments &a, Result &result) {
    Vector numbers;
    eachOutput(a, result, reader(numbers));
    return numbers;
  }
  /// As many numbers as there are outputs at the point: where the function
  /// leaves another shape, it is not the same map.
  Vector shaped(Vector numbers, std::size_t size) const {
    if (numbers.size() != size)
      numbers.assign(size, std::numeric_limits<Number>::quiet_NaN());
    return numbers;
  }
  template <class Call> void run(Arguments &a, Arguments *shadow, Call call) {
    calls[0] = &a;
    calls[1] = shadow;
    running() = this;
    call();
    running() = nullptr;
    calls[0] = calls[1] = nullptr;
  }

public:
  void draw(Settings &settings, Random &random, Number low,
            Number high) override {
    at = std::make_unique<Owned<Arguments>>();
    Filler(settings, random, low, high).fill(*at);
    inputs.clear();
    outputs.clear();
    eachInput(at->object, describer(inputs));
    x = getInputs(at->object);
    end = std::make_unique<Owned<Arguments>>(*at);
    Arguments &a = end->object;
    run(a, nullptr, [&] { Check::primal(a, last); });
    eachOutput(a, last, describer(outputs));
    y = getOutputs(a, last);
  }

  Vector value(Vector &point) override {
    Owned<Arguments> call(*at);
    Arguments &a = call.object;
    setInputs(a, point);
    point = getInputs(a);
    Result result = Made<Result>::make();
    run(a, nullptr, [&] { Check::primal(a, result); });
    return shaped(getOutputs(a, result), y.size());
  }

  Vector adjoint(const Vector &point, const Vector &w,
                 const Vector &before) override {
    Owned<Arguments> call(*at), shadow(shadows());
    Arguments &a = call.object, &bar = shadow.object;
    setInputs(a, point);
    setInputs(bar, Vector());
    setRead(bar, before);
    Result seed = last;
    setOutputs(bar, seed, w);
    run(a, &bar, [&] {
      if constexpr (Check::hasReverse)
        Check::reverse(a, bar, seed);
    });
    left = getOutputs(a, last);
    return shaped(getInputs(bar), x.size());
  }

  Vector tangent(const Vector &point, const Vector &v) override {
    Owned<Arguments> call(*at), shadow(*at);
    Arguments &a = call.object, &dot = shadow.object;
    setInputs(a, point);
    setInputs(dot, v);
    Result change = last;
    run(a, &dot, [&] {
      if constexpr (Check::hasForward)
        Check::forward(a, dot, change);
    });
    left = getOutputs(a, last);
    return shaped(getOutputs(dot, change), y.size());
  }

  std::string arguments(std::size_t most) override {
    std::string text;
    std::size_t count = 0;
    at->object.each([&](const char *name, Role, auto &object) {
      eachNumber(Path(name), object, [&](const Path &path, Number value) {
        if (count++ < most)
          text +=
              (text.empty() ? "" : ", ") + path.text() + " = " + shown(value);
      });
    });
    return count > most ? text + ", ... (" + std::to_string(count) + ")" : text;
  }

  std::string sizes() override {
    std::string text;
    at->object.each([&](const char *name, Role, auto &object) {
      using T = std::remove_reference_t<decltype(object)>;
      if constexpr (isView<T> || IsVector<T>::value)
        text += std::string(" ") + name + "[" +
                std::to_string(elementsOf(object).second) + "]";
      else if constexpr (std::is_integral_v<T>)
        text += std::string(" ") + name + "=" + std::to_string(object);
    });
    return text;
  }

  void list(std::vector<Object> &objects) override {
    const char *endings[] = {"", "'s shadow"};
    for (int i = 0; i < 2; ++i)
      if (calls[i])
        calls[i]->each([&](const char *name, Role, auto &object) {
          listIn(Path(name), object, endings[i], objects);
        });
  }

private:
  /// Integers, too.
  template <class T, class F>
  static void eachNumber(const Path &path, T &object, F &&f) {
    if constexpr (std::is_enum_v<T>)
      f(path, Number(static_cast<std::underlying_type_t<T>>(object)));
    else if constexpr (isNumber<T>)
      f(path, static_cast<Number>(object));
    else
      eachPart(path, object, [&](const Path &place, auto &part) {
        eachNumber(place, part, f);
      });
  }
  template <class T>
  static void listIn(const Path &path, T &object, const char *ending,
                     std::vector<Object> &objects) {
    if constexpr (!isNumber<T>) {
      if constexpr (isView<T> || IsVector<T>::value) {
        auto [elements, size] = elementsOf(object);
        objects.push_back({path.text() + ending,
                           reinterpret_cast<const char *>(elements), size,
                           sizeof *elements});
      }
      eachPart(path, object, [&](const Path &place, auto &part) {
        listIn(place, part, ending, objects);
      });
    }
  }
  /// Shadows have the shape that the function leaves, if it leaves another.
  const Owned<Arguments> &shadows() {
    return getInputs(end->object).size() == x.size() ? *at : *end;
  }

  /// The point, and what the function makes of it.
  std::unique_ptr<Owned<Arguments>> at, end;
  Result last = Made<Result>::make();
  Arguments *calls[2] = {};
};
