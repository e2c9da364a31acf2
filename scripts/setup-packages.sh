#!/usr/bin/env bash
# Installs the system packages the build needs, if missing; with --browser also what the tests need (a Chromium, Python
# and curl), with --postgres the programs of a PostgreSQL server, PgBouncer and a clock that can be set.
. "$(dirname "$0")/environment.sh"

missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev) # SQLite is C; Rust links through cc
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
if [ "${1:-}" = --browser ] && [ -z "${CHROMIUM:-}" ]; then
  command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || missing+=(chromium-headless-shell)
fi
if [ "${1:-}" = --browser ]; then
  command -v curl >/dev/null || missing+=(curl)
  python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3 python3-venv)
fi

if [ "${1:-}" = --postgres ]; then
  ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing+=(postgresql)
  ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || missing+=(libfaketime)
  [ -x /usr/sbin/pgbouncer ] || missing+=(pgbouncer)
fi

if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || fail "these are missing and only apt-get is known here: install ${missing[*]} yourself, then run this again"
  root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "run 'apt-get install ${missing[*]}' as root, then run this again"
    root=(sudo)
  fi
  say "installing ${missing[*]}"
  "${root[@]}" apt-get update -qq >&2
  if [ "${1:-}" = --postgres ]; then
    # Creates no database cluster for the machine: scripts that need a server start and stop one.
    "${root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' | "${root[@]}" tee /etc/postgresql-common/createcluster.d/none.conf >/dev/null
  fi
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    fail "apt-get could not install ${missing[*]}: install them yourself, then run this again"
fi

node=$(node -p 'process.versions.node.split(".")[0]')
[ "$node" -ge 20 ] || fail "Node 20 or newer is needed and this is $node: install a newer one (https://nodejs.org), then run this again"
