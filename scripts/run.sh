#!/usr/bin/env bash
# Builds everything, in a profile that compiles fast, and starts the server with demo data; arguments go to `creator-goals serve`.
. "$(dirname "$0")/environment.sh"

scripts/setup-packages.sh
use_toolchain
# Beside the compiler.
scripts/setup-npm.sh &
npm=$!
say "compiling the server (the first time takes minutes)"
host=$(rustc -vV | sed -n 's/^host: //p')
# With --target, cargo does not pass the flag to build scripts and macros, so the islands and the server share those. The tool
# that writes the loader is built beside the server, because neither alone keeps all cores busy. Without encrypted connections to
# PostgreSQL, whose library takes ten seconds.
RUSTFLAGS="${RUSTFLAGS:-} --cfg erase_components" \
  cargo build "${QUIET[@]}" --profile local --target "$host" --no-default-features -p server -p xtask || fail "the server does not compile (see above)"
wait "$npm" || exit 1
XTASK=target/$host/local/xtask scripts/build-frontend.sh --local
exec "target/$host/local/creator-goals" serve --demo --site target/site-local "$@"
