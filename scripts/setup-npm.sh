#!/usr/bin/env bash
# Installs the packages of package-lock.json (Tailwind, wasm-opt, Playwright) into node_modules, if it changed.
. "$(dirname "$0")/environment.sh"

lock=$(fingerprint package-lock.json)
if ! up_to_date npm "$lock" || [ ! -d node_modules ]; then
  say "installing npm packages"
  npm ci --no-fund --no-audit --loglevel=error >&2 || fail "npm ci failed (see above): check that an npm registry can be reached, then run this again"
  done_with npm "$lock"
fi
