#!/usr/bin/env bash
# Every test of the rules, the store and the server; then once more, on PostgreSQL, those of them that name no engine.
# Needs what scripts/with-postgres.sh gives.
. "$(dirname "$0")/environment.sh"

cargo test --quiet --workspace --exclude frontend --exclude xtask --exclude stylesheet
say "the server's tests once more, on PostgreSQL"
TEST_ENGINE=postgres cargo test --quiet -p server --test system -- \
  --skip differential --skip statements --skip bad_days --skip copying --skip several_servers
