#!/usr/bin/env bash
# Fails if the browser's files exceed their budgets, as Brotli.
. "$(dirname "$0")/environment.sh"

# budget FILE KIB
budget() {
  local size; size=$(stat -c %s "target/site/pkg/$1.br" 2>/dev/null) || fail "$1.br is missing: run scripts/build-frontend.sh"
  say "$1: $size bytes as brotli, of at most $(($2 * 1024))"
  [ "$size" -le $(($2 * 1024)) ] || fail "$1 is over its budget of $2 KiB: see what grew with 'twiggy top', or render that part on the server"
}

budget creator-goals_bg.wasm 100
budget creator-goals.js 10
budget creator-goals-live.js 3
budget creator-goals.css 30
