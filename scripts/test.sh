#!/usr/bin/env bash
# Runs all checks: format, lints, the rules for dependencies, unit and integration tests, download size, the API against its
# description, killing a server, real proxies, browser tests. With --all also checks that take long and seldom find anything:
# every journey with the wasm refused, every PostgreSQL, many more cases of each law, known vulnerabilities.
. "$(dirname "$0")/environment.sh"

# In memory, if there is room: each test has a database of its own, and disks are slow to make and remove their many files.
room=$(df --output=avail -B1M /dev/shm 2>/dev/null | tail -1)
if [ "${room:-0}" -ge 4096 ] && [ -w /dev/shm ]; then
  # Of runs that were killed.
  find /dev/shm -maxdepth 1 -name 'creator-goals.*' -mmin +240 -exec rm -rf {} +
  in_memory=$(mktemp -d /dev/shm/creator-goals.XXXXXX)
  export TMPDIR=$in_memory
  trap 'kill "${beside:-}" 2>/dev/null || true; rm -rf "$in_memory"' EXIT
  # The user that runs PostgreSQL has to get in.
  chmod 711 "$in_memory"
fi

scripts/setup-packages.sh --browser
use_toolchain
scripts/setup-npm.sh
scripts/check.sh
say "licences and sources of the dependencies"
scripts/check-dependencies.sh
say "building what the browser downloads"
scripts/build-frontend.sh
scripts/check-size.sh
say "unit and integration tests, with a PostgreSQL beside SQLite"
scripts/with-postgres.sh scripts/test-engines.sh
say "the style sheet: its utilities compared with tailwind-rs, and no class without a rule or a use"
cargo test "${QUIET[@]}" -p stylesheet -- "${QUIET_TESTS[@]}"
# `cargo test` has built the program already; `cargo build` would compile the pages again.
export BUILT=1
say "real proxies before the server"
nginx=$(scripts/setup-proxy.sh nginx)
caddy=$(scripts/setup-proxy.sh caddy)
node scripts/behind-proxies.mjs "$nginx" "$caddy"
# The browser tests wait most of the time, so these run beside them.
api_and_kill() {
  scripts/schemathesis.sh --seed 1
  say "a server killed while facts go in"
  CREATOR_GOALS_BINARY=target/debug/creator-goals node scripts/kill-server.mjs 5
}
said=$(mktemp)
(set -e; api_and_kill) >"$said" 2>&1 &
beside=$!
scripts/e2e.sh
ended=0
wait "$beside" || ended=$?
cat "$said" >&2
rm "$said"
[ "$ended" = 0 ] || exit "$ended"
if [ "${1:-}" = --all ]; then
  say "every journey in a browser that is refused the wasm"
  ALL=1 scripts/e2e.sh --project="wasm blocked"
  say "every page in the looks that change little: dark and narrow, forced colours, enlarged"
  ALL=1 scripts/e2e.sh --project="with wasm" --grep "every page is accessible, (dark at 390 px|in forced colours|light at 200 %)"
  for version in 16 17 18; do
    say "PostgreSQL $version"
    POSTGRES_VERSION=$version scripts/with-postgres.sh scripts/test-engines.sh --postgres
  done
  say "the laws, with more cases"
  PROPTEST_CASES=4096 cargo test "${QUIET[@]}" -p compliance --test properties -- "${QUIET_TESTS[@]}"
  # Last, so that a message about an unreachable database stays visible.
  say "known vulnerabilities of the dependencies"
  scripts/check-dependencies.sh --advisories
fi
