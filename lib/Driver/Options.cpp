//===- Options.cpp - What the command line says ---------------------------===//
//
// A table made of Options.td: LLVM's own option registry would show hundreds of
// options of its libraries.
//
//===----------------------------------------------------------------------===//
#include "Options.h"
#include "Pipeline.h"
#include "PointSettings.h"

#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/raw_ostream.h"

using namespace adgen;
using namespace llvm;
using namespace llvm::opt;

namespace {

enum OptionId {
  OPT_INVALID = 0,
#define OPTION(...) LLVM_MAKE_OPT_ID(__VA_ARGS__),
#include "Options.inc"
#undef OPTION
};

#define OPTTABLE_STR_TABLE_CODE
#include "Options.inc"
#undef OPTTABLE_STR_TABLE_CODE

#define OPTTABLE_PREFIXES_TABLE_CODE
#include "Options.inc"
#undef OPTTABLE_PREFIXES_TABLE_CODE

const opt::OptTable::Info optionInfos[] = {
#define OPTION(...) LLVM_CONSTRUCT_OPT_INFO(__VA_ARGS__),
#include "Options.inc"
#undef OPTION
};

struct AdgenOptTable : opt::GenericOptTable {
  AdgenOptTable()
      : GenericOptTable(OptionStrTable, OptionPrefixesTable, optionInfos) {}
};

constexpr StringLiteral helpText =
    R"(Writes the derivatives of C++ functions as C++.

  adgen foo.cpp --wrt x                   writes foo_grad.cpp and foo_grad.h
  adgen foo.cpp --function f --wrt x,y -- -std=c++20 -Iinclude
  adgen foo.cpp --wrt x -p build          flags from build/compile_commands.json
  adgen check foo.cpp --wrt x --at n=8    compares the derivatives with differences

What to differentiate
  --function NAME[,NAME]  f, ns::f, f<double, 4>, f(const double *, int); default:
                          annotated functions, else all that fit --wrt
  --wrt P[,P]             by which parameters, by name or position from 0;
                          default: all that are differentiable
  --inactive P[,P]        parameters whose derivative is not wanted
  --mode M[,M]            reverse (default): f_grad; forward: f_jvp
  --with-value            f_grad returns the function's value too
  --suffix S              ending of every generated name
  --use HEADER            the g_grad and g_jvp that it declares are derivatives of g;
                          may be repeated

What to write
  -o FILE                 the source, with its header beside it; - for one unit on
                          standard output; default: <stem>_grad.cpp
  --emit KIND             cpp (default), ir (before differentiation), ir-grad;
                          check: the derivative and the program that checks it
  --depfile FILE          dependencies for make and ninja
  --remarks               say what is kept on tapes, and why, and what runs twice
  --warning ID[,ID]       warn of this, too: kink; all
  --no-warning ID[,ID]    do not warn of this, as in [adgen-ID]; all

Where to check (adgen check, --emit check)
  --at SETTING[,SETTING]  values: n=8, x[3]=1.5, p.mass=2, 'x=[1,2,3]'; sizes of
                          arrays and vectors: x[8], 'A[3][4]'; may be repeated
  --samples N             how many points; default: 5
  --seed N                what the points and directions are drawn with; default: 1
  --range LOW,HIGH        between which numbers; default: 0.1,2
  --json                  report in JSON
  --link FILE             a source, object or library that the input needs; may be
                          repeated

How to compile the input
  -p FOLDER               where compile_commands.json is
  -- FLAGS                the compiler's flags themselves
  --extra-arg FLAG        one flag more; --extra-arg-before: before all others

  --help, --version

Exit status: 0 written, 1 refused or failed, 2 command line not understood.
Unless it is 0, no file has changed. Of adgen check: 0 every derivative is right,
1 one is wrong or could not be checked.
)";

/// Reads the options one after the other; the first mistake ends it.
class OptionReader {
public:
  OptionReader(const opt::InputArgList &args, bool runsCheck) : args(args) {
    options.runsCheck = runsCheck;
  }

  std::optional<DriverOptions> read();

private:
  bool readInput();
  bool readModes();
  bool readEmit();
  bool readSuffix();
  bool readDisabledPasses();
  bool readWarnings();
  bool readCheck();
  bool readRange();
  bool readWords(OptionId option, std::vector<std::string> &words);
  bool fail(const Twine &message) {
    printError(message);
    return false;
  }

  const opt::InputArgList &args;
  DriverOptions options;
};

} // namespace

void adgen::printError(const Twine &message) {
  errs() << "adgen: error: " << message << '\n';
}

void adgen::printError(Diag diag, ArrayRef<std::string> args) {
  printError(formatMessage(diag, args));
  errs() << "adgen: note: " << formatHelp(getInfo(diag)) << '\n';
}

/// The words that are separated by commas outside of brackets, without
/// repetition.
static void splitList(StringRef list, std::vector<std::string> &words) {
  int depth = 0;
  std::string word;
  auto finish = [&] {
    std::string trimmed = StringRef(word).trim().str();
    if (!is_contained(words, trimmed))
      words.push_back(trimmed);
    word.clear();
  };
  for (char c : list) {
    if (StringRef("<([{").contains(c))
      ++depth;
    else if (StringRef(">)]}").contains(c))
      --depth;
    if (c == ',' && depth == 0)
      finish();
    else
      word += c;
  }
  finish();
}

bool OptionReader::readWords(OptionId option, std::vector<std::string> &words) {
  for (const opt::Arg *arg : args.filtered(option)) {
    splitList(arg->getValue(), words);
    if (is_contained(words, ""))
      return fail("empty name in '" + arg->getAsString(args) + "'");
  }
  return true;
}

bool OptionReader::readInput() {
  std::vector<std::string> inputs = args.getAllArgValues(OPT_INPUT);
  if (inputs.empty())
    return fail("no input file");
  if (inputs.size() > 1)
    return fail("more than one input file: '" + inputs[0] + "' and '" +
                inputs[1] + "'");
  options.input = inputs[0];
  return true;
}

bool OptionReader::readModes() {
  std::vector<std::string> words;
  if (!readWords(OPT_mode, words))
    return false;
  for (StringRef word : words) {
    if (is_contained({"hvp", "hessian", "jacobian"}, word))
      return fail("mode '" + word + "' is not available yet");
    if (word != "reverse" && word != "forward")
      return fail("unknown mode '" + word +
                  "'; the modes are 'reverse' and 'forward'");
  }
  if (is_contained(words, "reverse"))
    options.request.modes.push_back(Mode::Reverse);
  if (is_contained(words, "forward"))
    options.request.modes.push_back(Mode::Forward);
  return true;
}

bool OptionReader::readEmit() {
  StringRef kind = args.getLastArgValue(OPT_emit, "cpp");
  if (kind == "cpp")
    options.emit = EmitKind::Cpp;
  else if (kind == "ir")
    options.emit = EmitKind::IR;
  else if (kind == "ir-memory")
    options.emit = EmitKind::MemoryIR;
  else if (kind == "ir-grad")
    options.emit = EmitKind::DerivativeIR;
  else if (kind == "check")
    options.emit = EmitKind::Check;
  else if (is_contained({"expr", "dot", "html"}, kind))
    return fail("output kind '" + kind + "' is not available yet");
  else
    return fail("unknown output kind '" + kind +
                "'; the kinds are 'cpp', 'ir', 'ir-grad' and 'check'");
  return true;
}

bool OptionReader::readRange() {
  const opt::Arg *range = args.getLastArg(OPT_range);
  if (!range)
    return true;
  auto [first, second] = StringRef(range->getValue()).split(',');
  std::string low = readNumber(first), high = readNumber(second);
  double from, to;
  if (low.empty() || high.empty() || StringRef(low).getAsDouble(from) ||
      StringRef(high).getAsDouble(to) || !(from < to))
    return fail("'" + Twine(range->getValue()) +
                "' is no range; one is given as '--range 0.1,2'");
  options.check.range = {low, high};
  return true;
}

/// What concerns checks alone.
bool OptionReader::readCheck() {
  bool writesProgram = options.emit == EmitKind::Check;
  bool isCheck = options.runsCheck || writesProgram;
  for (OptionId option : {OPT_at, OPT_samples, OPT_seed, OPT_range})
    if (const opt::Arg *arg = args.getLastArg(option); arg && !isCheck)
      return fail("'" + arg->getSpelling() +
                  "' belongs to 'adgen check' and '--emit check'");
  for (OptionId option : {OPT_json, OPT_link})
    if (const opt::Arg *arg = args.getLastArg(option);
        arg && (!options.runsCheck || writesProgram))
      return fail("'" + arg->getSpelling() + "' belongs to 'adgen check'");
  if (!isCheck)
    return true;
  if (options.runsCheck && args.hasArg(OPT_emit) && !writesProgram)
    return fail("'adgen check' emits nothing but '--emit check'");
  for (OptionId option : {OPT_o, OPT_depfile})
    if (const opt::Arg *arg = args.getLastArg(option); arg && !writesProgram)
      return fail("'" + arg->getSpelling() +
                  "' has no meaning for 'adgen check', which writes nothing; "
                  "'--emit check' writes the program");
  options.runsCheck &= !writesProgram;
  options.emit = EmitKind::Check;
  if (options.request.modes.empty())
    options.request.modes = {Mode::Reverse, Mode::Forward};

  std::vector<std::string> words;
  if (!readWords(OPT_at, words))
    return false;
  for (const std::string &word : words)
    if (!readSetting(word, options.check.settings))
      return fail("'" + word +
                  "' is no setting; settings are 'n=8', 'x[3]=1.5', "
                  "'x=[1,2,3]', and sizes 'x[8]'");
  StringRef samples = args.getLastArgValue(OPT_samples, "5");
  if (samples.getAsInteger(10, options.check.samples) ||
      options.check.samples == 0)
    return fail("'" + samples + "' is no number of samples");
  StringRef seed = args.getLastArgValue(OPT_seed, "1");
  if (seed.getAsInteger(10, options.check.seed))
    return fail("'" + seed + "' is no seed; seeds are integers from 0");
  options.json = args.hasArg(OPT_json);
  options.link = args.getAllArgValues(OPT_link);
  return readRange();
}

bool OptionReader::readSuffix() {
  options.request.suffix = args.getLastArgValue(OPT_suffix).str();
  if (!all_of(options.request.suffix,
              [](char c) { return isAlnum(c) || c == '_'; }))
    return fail("'" + options.request.suffix +
                "' cannot end a name; a suffix is made of letters, digits and "
                "underscores");
  return true;
}

bool OptionReader::readDisabledPasses() {
  for (const std::string &name : args.getAllArgValues(OPT_disable_pass)) {
    if (!is_contained(optionalPasses(), name))
      return fail("no pass '" + name + "' that can be disabled");
    options.disabledPasses.insert(name);
  }
  return true;
}

/// Which warnings are shown: the last word on each counts.
bool OptionReader::readWarnings() {
  const std::vector<std::string> warnings = warningIds();
  // A kink is as often meant as not.
  options.quiet.insert(getInfo(Diag::Kink).id);
  for (const opt::Arg *arg : args.filtered(OPT_warning, OPT_no_warning)) {
    SmallVector<StringRef> ids;
    StringRef(arg->getValue()).split(ids, ',');
    for (StringRef id : ids) {
      id = id.trim();
      id.consume_front("adgen-");
      bool isOn = arg->getOption().matches(OPT_warning);
      if (id != "all" && !is_contained(warnings, id))
        return fail("no warning '" + id + "'; the warnings are 'all', '" +
                    join(warnings, "', '") + "'");
      for (const std::string &other : warnings) {
        if (id != "all" && id != other)
          continue;
        if (isOn)
          options.quiet.erase(other);
        else
          options.quiet.insert(other);
      }
    }
  }
  return true;
}

std::optional<DriverOptions> OptionReader::read() {
  if (!readInput() || !readWords(OPT_function, options.request.functions) ||
      !readWords(OPT_wrt, options.request.wrt) ||
      !readWords(OPT_inactive, options.request.inactive) || !readModes() ||
      !readEmit() || !readSuffix() || !readDisabledPasses() ||
      !readWarnings() || !readCheck())
    return {};
  options.request.withValue = args.hasArg(OPT_with_value);
  options.request.use = args.getAllArgValues(OPT_use);
  options.output = args.getLastArgValue(OPT_o).str();
  options.depfile = args.getLastArgValue(OPT_depfile).str();
  if (const opt::Arg *folder = args.getLastArg(OPT_p))
    options.databaseFolder = folder->getValue();
  options.extraArgs = args.getAllArgValues(OPT_extra_arg);
  options.extraArgsBefore = args.getAllArgValues(OPT_extra_arg_before);
  options.printLocations = args.hasArg(OPT_print_locations);
  options.remarks = args.hasArg(OPT_remarks);
  for (OptionId option : {OPT_o, OPT_depfile, OPT_p, OPT_use})
    if (const opt::Arg *arg = args.getLastArg(option))
      if (StringRef(arg->getValue()).empty()) {
        fail("missing argument of '" + arg->getSpelling() + "'");
        return {};
      }
  return options;
}

ParsedOptions adgen::parseOptions(ArrayRef<const char *> arguments) {
  bool runsCheck = !arguments.empty() && StringRef(arguments[0]) == "check";
  if (runsCheck)
    arguments = arguments.drop_front();
  // What follows `--` belongs to the compiler.
  const auto *separator =
      find_if(arguments, [](StringRef word) { return word == "--"; });
  std::optional<std::vector<std::string>> flags;
  if (separator != arguments.end())
    flags.emplace(separator + 1, arguments.end());

  AdgenOptTable table;
  unsigned missingIndex, missingCount;
  opt::InputArgList args =
      table.ParseArgs(ArrayRef(arguments.begin(), separator), missingIndex,
                      missingCount);
  for (const opt::Arg *arg : args.filtered(OPT_UNKNOWN)) {
    std::string spelled = arg->getAsString(args), nearest;
    printError("unknown option '" + spelled + "'" +
               (table.findNearest(spelled, nearest, Visibility(),
                                  /*MinimumLength=*/3) <= 2
                    ? "; did you mean '" + nearest + "'?"
                    : ""));
    return {{}, 2};
  }
  if (missingCount) {
    printError("missing argument of '" +
               Twine(args.getArgString(missingIndex)) + "'");
    return {{}, 2};
  }
  if (args.hasArg(OPT_help)) {
    outs() << helpText;
    return {{}, 0};
  }
  if (args.hasArg(OPT_version)) {
    outs() << "adgen " ADGEN_VERSION " (Clang " LLVM_VERSION_STRING ")\n";
    return {{}, 0};
  }
  std::optional<DriverOptions> options = OptionReader(args, runsCheck).read();
  if (!options)
    return {{}, 2};
  options->flags = std::move(flags);
  return {std::move(options), 0};
}
