#!/usr/bin/env bash
# Checks format, forbidden and unused dependencies, and lints. Server and browser builds are linted separately: `ssr` and `hydrate` of `app`
# exclude each other.
. "$(dirname "$0")/environment.sh"

scripts/setup-packages.sh
use_toolchain
say "format"
cargo fmt --all --check || fail "run 'cargo fmt --all'"
say "forbidden and unused dependencies"
scripts/check-edges.sh
node scripts/check-unused.mjs || fail "remove what is not used, or move it to [dev-dependencies]"
say "lints of the server's build"
cargo clippy "${QUIET[@]}" --workspace --exclude frontend --exclude stylesheet --all-targets -- -D warnings
say "lints of the browser's build"
cargo clippy "${QUIET[@]}" -p app -p frontend --target wasm32-unknown-unknown -- -D warnings
