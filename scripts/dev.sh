#!/usr/bin/env bash
# Builds, serves demo data at http://127.0.0.1:3000, and rebuilds and reloads the open page on every change.
. "$(dirname "$0")/environment.sh"

scripts/setup-packages.sh
use_toolchain
scripts/setup-npm.sh
exec node scripts/dev.mjs "$@"
