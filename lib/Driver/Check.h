//===- Check.h - Building and running a check -----------------------------===//
#ifndef ADGEN_LIB_DRIVER_CHECK_H
#define ADGEN_LIB_DRIVER_CHECK_H

#include "Options.h"

#include "llvm/ADT/SmallString.h"

namespace adgen {

/// A folder for the files of a check.
class CheckFolder {
public:
  /// Makes it; an error is printed.
  bool create();
  void remove();
  std::string file(llvm::StringRef name) const;

private:
  llvm::SmallString<128> folder;
};

/// What is built of what.
struct CheckFiles {
  /// The user's source, the derivatives', the program's.
  std::string input, derivative, program;
};

/// Builds the program with the user's compiler and flags and runs it. Returns
/// the exit status: that of the program, or 1 after an error, which is printed.
int buildAndRunCheck(const DriverOptions &options,
                     const CompileCommand &command, const CheckFiles &files,
                     const CheckFolder &folder);

/// Shows what is being done, if somebody is there to see it.
void showProgress(const llvm::Twine &what);

} // namespace adgen

#endif // ADGEN_LIB_DRIVER_CHECK_H
