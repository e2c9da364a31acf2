#!/usr/bin/env bash
# Drives the real server with a real browser; arguments go to Playwright. The server is the debug build, the browser
# gets what is shipped. BUILT=1 takes both as they are: scripts/test.sh has just built them.
. "$(dirname "$0")/environment.sh"

if [ -z "${BUILT:-}" ]; then
  scripts/setup-packages.sh --browser
  use_toolchain
  scripts/build-frontend.sh
  cargo build "${QUIET[@]}" -p server
fi
say "browser tests"
node_modules/.bin/playwright test --config end2end/playwright.config.ts "$@"
