#!/usr/bin/env bash
# Runs every test of the rules, the store and the server; then, on PostgreSQL, once more those that name no engine. With
# --postgres it runs only the tests that use a PostgreSQL, for example to test another version. Needs the environment that
# scripts/with-postgres.sh provides.
. "$(dirname "$0")/environment.sh"

# Many tests wait for a server, a clock or a disk, so two per core keep the cores busy.
export RUST_TEST_THREADS=${RUST_TEST_THREADS:-$((2 * $(nproc)))}
# Always the same packages: for others cargo would choose other features, and compile everything again.
packages=(--workspace --exclude frontend --exclude xtask --exclude stylesheet)
# Modules of tests/system; a bare name would match the names of other tests too.
name_an_engine=(differential:: statements:: bad_days:: copying:: several_servers::)
if [ "${1:-}" = --postgres ]; then
  cargo test "${QUIET[@]}" "${packages[@]}" --test system -- "${QUIET_TESTS[@]}" "${name_an_engine[@]}"
else
  cargo test "${QUIET[@]}" "${packages[@]}" -- "${QUIET_TESTS[@]}"
fi
say "the server's tests once more, on PostgreSQL"
skipped=()
# The markup of pages does not depend on the engine.
for name in "${name_an_engine[@]}" markup::; do skipped+=(--skip "$name"); done
TEST_ENGINE=postgres cargo test "${QUIET[@]}" "${packages[@]}" --test system -- "${QUIET_TESTS[@]}" "${skipped[@]}"
