#!/usr/bin/env bash
# Makes `cargo build --target wasm32-unknown-unknown` work and prints the toolchain to use on its only line of output:
#   export RUSTUP_TOOLCHAIN="$(scripts/setup-toolchain.sh)"      (an empty line: whatever cargo is on the PATH)
#
#   1. the target is installed             nothing to do
#   2. rustup may add it                   takes seconds (most machines)
#   3. rustup may not install anything (RUSTUP_AUTO_INSTALL=0), or there is no rustup
#                                          Debian's rustc-web and a standard library built once from rust-web-src,
#                                          known to rustup, if there is one, as the toolchain `debian-web`
#
# FORCE_DEBIAN=1 skips 1 and 2, to try 3.
set -euo pipefail

target=wasm32-unknown-unknown
name=debian-web
QUIET=(--quiet) # on a terminal cargo shows its progress
[ ! -t 2 ] || QUIET=()
say() { printf 'setup-toolchain: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# has_std RUSTC…: whether this compiler has a standard library for the target
has_std() {
  local directory
  directory=$("$@" --print target-libdir --target "$target" 2>/dev/null) || return 1
  compgen -G "$directory/libstd-*.rlib" >/dev/null
}

if [ -z "${FORCE_DEBIAN:-}" ]; then
  if has_std rustc; then
    echo "${RUSTUP_TOOLCHAIN:-}"
    exit 0
  fi
  if command -v rustup >/dev/null && [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ]; then
    say "adding $target by rustup"
    if timeout 300 rustup target add "$target" >&2 && has_std rustc; then
      echo "${RUSTUP_TOOLCHAIN:-}"
      exit 0
    fi
    say "rustup could not add $target; trying Debian's packages instead"
  fi
  if command -v rustup >/dev/null && RUSTUP_TOOLCHAIN=$name has_std rustc; then
    echo "$name"
    exit 0
  fi
fi

command -v apt-get >/dev/null ||
  fail "no Rust that can build for $target, and no apt-get to install one: install rustup (https://rustup.rs), then run this again"
root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || fail "Debian packages must be installed: run this once as root, or install sudo"
  root=(sudo)
fi

packages=(rustc-web cargo-web rust-web-src rustfmt-web rust-web-clippy lld-22)
if ! dpkg -s "${packages[@]}" >/dev/null 2>&1; then
  say "installing ${packages[*]}"
  "${root[@]}" apt-get update -qq >&2
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2 ||
    fail "apt-get could not install ${packages[*]}: install rustup (https://rustup.rs) instead, then run this again"
fi

sysroot=$(/usr/bin/rustc --print sysroot)
host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
library=$sysroot/lib/rustlib/$target/lib
built_by=$sysroot/lib/rustlib/$target/built-by # built again when apt brings another rustc
if ! cmp -s <(/usr/bin/rustc -vV) "$built_by"; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/src"
  echo '#![no_std]' >"$work/src/lib.rs"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$work/Cargo.toml"
  say "building Rust's standard library for $target, once (about 90 s on 2 cores)"
  # As rustup ships it: optimised, without debug info; with bitcode, so that lto = "fat" can be used.
  (cd "$work" && env -u RUSTC_WRAPPER -u RUSTUP_TOOLCHAIN RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc \
    RUSTFLAGS="-Cembed-bitcode=yes" CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 CARGO_TARGET_DIR="$work/target" \
    /usr/bin/cargo build "${QUIET[@]}" --release --target "$target" \
    -Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test >&2) ||
    fail "the standard library for $target could not be built (see above): install rustup (https://rustup.rs) instead"
  rm -f "$work/target/$target/release/deps/"libempty-*
  "${root[@]}" rm -rf "$sysroot/lib/rustlib/$target"
  "${root[@]}" install -d "$library"
  "${root[@]}" install -m 644 "$work/target/$target/release/deps/"lib*.rlib "$library/"
  /usr/bin/rustc -vV | "${root[@]}" tee "$built_by" >/dev/null
fi
"${root[@]}" install -d "$sysroot/lib/rustlib/$host/bin"
"${root[@]}" ln -sfn "$(command -v lld-22)" "$sysroot/lib/rustlib/$host/bin/rust-lld"

if command -v rustup >/dev/null; then
  rustup toolchain link "$name" "$sysroot" >&2
  RUSTUP_TOOLCHAIN=$name has_std rustc || fail "the toolchain $name was linked and still has no $target"
  echo "$name"
else
  has_std /usr/bin/rustc || fail "$sysroot still has no $target"
  echo ""
fi
