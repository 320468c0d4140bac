# What the scripts beside this one share: installing what is missing, and building.
# Sourced, not run.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${ADGEN_BUILD:-$root/build}

packages=(
  clang-22 libclang-22-dev libclang-rt-22-dev clang-format-22
  llvm-22-dev llvm-22-tools libmlir-22-dev mlir-22-tools lld-22
  cmake ninja-build ccache g++ git python3 python3-psutil python3-clang-22 libbenchmark-dev)

# The tools that bench/run compares with: ADOL-C, Sacado (which includes headers of the three after it)
# Eigen, and Ceres (its Jet). Only that script installs them.
peer_packages=(
  libadolc-dev libtrilinos-sacado-dev libtrilinos-kokkos-dev libtrilinos-teuchos-dev
  mpi-default-dev libeigen3-dev libceres-dev)

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "these packages are missing and neither root nor sudo is at hand: ${missing[*]}" >&2
    return 1
  fi
}

# Installs those of `packages` that are missing.
install_packages() {
  local package
  missing=()
  for package in "${packages[@]}"; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
      missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  say "installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >&2
}

# Configures once and builds the given targets (default: everything).
build_adgen() {
  if [ ! -f "$build/build.ninja" ]; then
    say "configuring $build"
    cmake -S "$root" --preset default -B "$build" >&2
  fi
  say "building ${*:-adgen}"
  ninja -C "$build" --quiet "$@" >&2
}
