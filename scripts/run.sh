#!/usr/bin/env bash
# Builds everything, in a profile that compiles fast, and starts the server with demo data; arguments go to `creator-goals serve`.
. "$(dirname "$0")/environment.sh"

scripts/setup-packages.sh
use_toolchain
scripts/build-frontend.sh --local
say "compiling the server (the first time takes minutes)"
host=$(rustc -vV | sed -n 's/^host: //p')
# With --target the flag is not for what the compiler needs, so the islands and the server share that.
RUSTFLAGS="${RUSTFLAGS:-} --cfg erase_components" \
  cargo build "${QUIET[@]}" --profile local --target "$host" -p server || fail "the server does not compile (see above)"
exec "target/$host/local/creator-goals" serve --demo --site target/site-local "$@"
