#!/usr/bin/env bash
# Fails if a crate has a forbidden dependency (SQL outside the server, or server crates in the browser), or if two modules of a
# crate import each other.
. "$(dirname "$0")/environment.sh"
use_toolchain

# never CRATE DEPENDENCY… [-- cargo tree flags]: fails if CRATE depends on any DEPENDENCY, directly or not
never() {
  local crate=$1 dependency; shift
  local tree; tree=$(cargo tree --quiet --locked -p "$crate" -e normal --prefix none "${flags[@]}")
  for dependency in "$@"; do
    ! grep -q "^$dependency v" <<<"$tree" || fail "$crate must not depend on $dependency: see the edges in ARCHITECTURE.md"
  done
}

flags=(); never compliance leptos axum tokio sqlx rand
flags=(); never ingest leptos axum tokio sqlx
flags=(); never program leptos axum http tokio sqlx
flags=(); never store leptos axum app ingest
flags=(--features ssr); never app sqlx
flags=(--target wasm32-unknown-unknown); never frontend leptos_router leptos_axum leptos_meta axum tokio sqlx chrono-tz

# Inside a crate no two modules import each other.
node scripts/check-circles.mjs || fail "modules import each other: move what both need into a module of its own"
