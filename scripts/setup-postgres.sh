#!/usr/bin/env bash
# Prints the folder with the programs of a PostgreSQL server: those of Debian's package, or of POSTGRES_VERSION (one of the
# versions in scripts/postgres/package.json). Installs what is missing.
. "$(dirname "$0")/environment.sh"

scripts/setup-packages.sh --postgres
if [ -z "${POSTGRES_VERSION:-}" ]; then
  programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  [ -n "$programs" ] || fail "there is no PostgreSQL in /usr/lib/postgresql: install Debian's package postgresql"
  echo "$programs"
  exit
fi

installed=target/postgres
lock=$(fingerprint scripts/postgres/package-lock.json)
if ! up_to_date postgres "$lock" || [ ! -d "$installed/node_modules" ]; then
  say "installing other versions of PostgreSQL"
  mkdir -p "$installed"
  cp scripts/postgres/package.json scripts/postgres/package-lock.json "$installed"
  npm ci --prefix "$installed" --ignore-scripts --no-fund --no-audit --loglevel=error >&2 ||
    fail "npm ci failed (see above): check that an npm registry can be reached, then run this again"
  for package in "$installed"/node_modules/postgres-*; do
    (cd "$package" && node scripts/hydrate-symlinks.js >&2) # npm archives cannot contain symlinks
  done
  done_with postgres "$lock"
fi
programs=$(ls -d "$PWD/$installed/node_modules/postgres-$POSTGRES_VERSION-"*/native/bin 2>/dev/null) ||
  fail "scripts/postgres/package.json has no PostgreSQL $POSTGRES_VERSION for this machine"
echo "$programs"
