# Sourced by the other scripts: the repository's root as working directory, the Rust toolchain to use, and two functions that print.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
STAMPS=target/stamps
mkdir -p "$STAMPS"

# On a terminal cargo shows its progress; elsewhere only what is wrong.
QUIET=(--quiet)
# After `--`, for a test program: cargo passes its own --quiet on, and a test program refuses a second one.
QUIET_TESTS=()
if [ -t 2 ]; then
  QUIET=()
  QUIET_TESTS=(--quiet)
fi

# The seconds since the first script began show where the time of a long run goes.
export SAID_SINCE=${SAID_SINCE:-$(date +%s)}
say() { printf '\033[2m%s, %d s:\033[0m %s\n' "$(basename "$0" .sh)" "$(($(date +%s) - SAID_SINCE))" "$*" >&2; }
fail() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; exit 1; }

# use_toolchain: cargo can build for the host and for wasm32 afterwards
use_toolchain() {
  [ -z "${CREATOR_GOALS_TOOLCHAIN_READY:-}" ] || return 0
  local toolchain
  toolchain=$(scripts/setup-toolchain.sh) || exit 1
  [ -z "$toolchain" ] || export RUSTUP_TOOLCHAIN=$toolchain
  export CREATOR_GOALS_TOOLCHAIN_READY=1
}

# fingerprint FILE...: one hash over names and contents
fingerprint() { sha256sum "$@" | sha256sum | cut -d' ' -f1; }

# up_to_date NAME FINGERPRINT: whether the step NAME was last done with this fingerprint
up_to_date() { [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ]; }
done_with() { printf '%s\n' "$2" >"$STAMPS/$1"; }
