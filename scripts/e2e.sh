#!/usr/bin/env bash
# Drives the real server with a real browser; arguments go to Playwright. The server is the debug build that
# `cargo test` needs anyway, the browser gets what is shipped.
. "$(dirname "$0")/environment.sh"

scripts/setup-packages.sh --browser
use_toolchain
scripts/build-frontend.sh
cargo build --quiet -p server
say "browser tests"
node_modules/.bin/playwright test --config end2end/playwright.config.ts "$@"
