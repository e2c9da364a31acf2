#!/usr/bin/env bash
# Builds everything for release and starts the server with demo data; arguments go to `creator-goals serve`.
. "$(dirname "$0")/environment.sh"

scripts/setup-packages.sh
use_toolchain
scripts/build-frontend.sh
say "compiling the server (the first time takes minutes)"
cargo build "${QUIET[@]}" --release -p server || fail "the server does not compile (see above)"
exec target/release/creator-goals serve --demo "$@"
