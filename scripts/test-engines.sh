#!/usr/bin/env bash
# Every test of the rules, the store and the server; then once more, on PostgreSQL, those of them that name no engine.
# With --postgres only the tests that meet a PostgreSQL, as for another version of it. Needs what scripts/with-postgres.sh
# gives.
. "$(dirname "$0")/environment.sh"

name_an_engine=(differential statements bad_days copying several_servers)
if [ "${1:-}" = --postgres ]; then
  cargo test --quiet -p server --test system -- "${name_an_engine[@]}"
else
  cargo test --quiet --workspace --exclude frontend --exclude xtask --exclude stylesheet
fi
say "the server's tests once more, on PostgreSQL"
skipped=()
# What a page looks like does not depend on the engine.
for name in "${name_an_engine[@]}" markup; do skipped+=(--skip "$name"); done
TEST_ENGINE=postgres cargo test --quiet -p server --test system -- "${skipped[@]}"
