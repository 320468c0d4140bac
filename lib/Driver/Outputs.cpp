//===- Outputs.cpp - Files written all or none ----------------------------===//
#include "Outputs.h"
#include "Options.h"

#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

using namespace adgen;
namespace fs = llvm::sys::fs;

namespace {

/// A text that lies beside its place, complete.
struct Staged {
  /// The place, with links followed: they stay links.
  std::string place;
  /// Empty if the place is a stream, which has the text already.
  std::string temporary;
  /// What is in the place now, to put back.
  std::unique_ptr<llvm::MemoryBuffer> before;
};

} // namespace

static bool fail(const std::string &path, std::error_code error) {
  printError(Diag::UnwritableOutput, {path, error.message()});
  return false;
}

bool adgen::isStream(const std::string &path) {
  fs::file_status status;
  return !fs::status(path, status) && fs::exists(status) &&
         !fs::is_regular_file(status) && !fs::is_directory(status);
}

static std::error_code writeText(int descriptor, llvm::StringRef text) {
  llvm::raw_fd_ostream stream(descriptor, /*shouldClose=*/true);
  stream << text;
  stream.close();
  std::error_code error = stream.error();
  stream.clear_error();
  return error;
}

static std::error_code stage(const OutputFile &file, Staged &staged) {
  llvm::SmallString<256> real;
  staged.place = fs::real_path(file.path, real) ? file.path : real.str().str();
  fs::file_status status;
  fs::perms mode = fs::all_read | fs::all_write;
  if (!fs::status(staged.place, status)) {
    if (fs::is_directory(status))
      return make_error_code(std::errc::is_a_directory);
    // A stream or device cannot be replaced, and may have no end.
    if (!fs::is_regular_file(status)) {
      int stream;
      if (std::error_code error = fs::openFileForWrite(
              staged.place, stream, fs::CD_OpenExisting, fs::OF_None))
        return error;
      return writeText(stream, file.text);
    }
    if (std::error_code error = fs::access(staged.place, fs::AccessMode::Write))
      return error;
    auto before = llvm::MemoryBuffer::getFile(staged.place);
    if (!before)
      return before.getError();
    staged.before = std::move(*before);
    mode = status.permissions();
  }
  int descriptor;
  llvm::SmallString<256> temporary;
  if (std::error_code error =
          fs::createUniqueFile(staged.place + ".%%%%%%.tmp", descriptor,
                               temporary, fs::OF_None, mode))
    return error;
  staged.temporary = temporary.str().str();
  llvm::sys::RemoveFileOnSignal(staged.temporary);
  return writeText(descriptor, file.text);
}

/// Puts the places back that were already replaced.
static void restore(llvm::ArrayRef<Staged> replaced) {
  for (const Staged &staged : replaced) {
    int descriptor;
    if (staged.temporary.empty())
      continue;
    if (!staged.before)
      fs::remove(staged.place);
    else if (!fs::openFileForWrite(staged.place, descriptor))
      writeText(descriptor, staged.before->getBuffer());
  }
}

bool adgen::writeOutputs(llvm::ArrayRef<OutputFile> files) {
  std::vector<Staged> staged(files.size());
  auto discard = [&](size_t from) {
    for (size_t i = from; i < staged.size(); ++i)
      if (!staged[i].temporary.empty())
        fs::remove(staged[i].temporary);
  };
  for (size_t i = 0; i < files.size(); ++i)
    if (std::error_code error = stage(files[i], staged[i])) {
      discard(0);
      return fail(files[i].path, error);
    }
  for (size_t i = 0; i < files.size(); ++i) {
    if (staged[i].temporary.empty())
      continue;
    if (std::error_code error =
            fs::rename(staged[i].temporary, staged[i].place)) {
      restore(llvm::ArrayRef(staged).take_front(i));
      discard(i);
      return fail(files[i].path, error);
    }
    llvm::sys::DontRemoveFileOnSignal(staged[i].temporary);
  }
  return true;
}
