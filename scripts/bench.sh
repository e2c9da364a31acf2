#!/usr/bin/env bash
# Builds for release and measures the overview of 1,000 creators with 4 goals each, and the throughput of facts in the API.
. "$(dirname "$0")/environment.sh"

scripts/setup-packages.sh
use_toolchain
scripts/build-frontend.sh
say "compiling the server"
cargo build "${QUIET[@]}" --release -p server
node scripts/bench-overview.mjs
node scripts/bench-pages.mjs
node scripts/bench-ingest.mjs
