#!/usr/bin/env bash
# Runs the browser tests against the real server; arguments go to Playwright. The server is the debug build, the browser's
# files are those that ship. BUILT=1 skips building both: scripts/test.sh has just built them.
. "$(dirname "$0")/environment.sh"

if [ -z "${BUILT:-}" ]; then
  scripts/setup-packages.sh --browser
  use_toolchain
  scripts/build-frontend.sh
  cargo build "${QUIET[@]}" -p server
fi
say "browser tests"
node_modules/.bin/playwright test --config end2end/playwright.config.ts "$@"
