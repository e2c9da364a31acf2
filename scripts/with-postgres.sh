#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own, which is gone afterwards: `scripts/with-postgres.sh cargo test`.
# The command finds it at $TEST_POSTGRES_URL. POSTGRES_OPTIONS go to the server; without them it trades safety for speed.
. "$(dirname "$0")/environment.sh"
[ $# -gt 0 ] || fail "say what to run: scripts/with-postgres.sh COMMAND..."

server_folder() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
if [ -z "$(server_folder)" ]; then
  # Only the programs: the package would also make a database of the machine's own, and start it.
  scripts/setup-packages.sh --postgres
fi
programs=$(server_folder)
[ -n "$programs" ] || fail "there is no PostgreSQL in /usr/lib/postgresql: install Debian's package postgresql"

folder=$(mktemp -d "${TMPDIR:-/tmp}/postgres.XXXXXX")
# PostgreSQL refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chown postgres "$folder"
fi
cleanup() {
  [ -z "${server:-}" ] || { kill -INT "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  rm -rf "$folder"
}
trap cleanup EXIT

"${as[@]}" "$programs/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 \
  --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; fail "initdb failed"; }
# One role that has to say its password, for the test of a wrong one.
{ echo 'host all guarded 127.0.0.1/32 scram-sha-256'; cat "$folder/data/pg_hba.conf"; } >"$folder/pg_hba.conf"

: "${POSTGRES_OPTIONS:=-c fsync=off -c full_page_writes=off -c synchronous_commit=off}"
for _ in $(seq 20); do
  port=$((20000 + RANDOM % 20000))
  # shellcheck disable=SC2086 # the options are words
  "${as[@]}" "$programs/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c max_connections=400 \
    -c unix_socket_directories="$folder" -c hba_file="$folder/pg_hba.conf" $POSTGRES_OPTIONS >"$folder/server.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    if "$programs/pg_isready" --quiet --host=127.0.0.1 --port="$port" --username=postgres; then
      break 2
    fi
    kill -0 "$server" 2>/dev/null || break # the port was taken: another one
    sleep 0.1
  done
done
kill -0 "$server" 2>/dev/null || { cat "$folder/server.log" >&2; fail "PostgreSQL did not start"; }

export TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
status=0
"$@" || status=$?
[ "$status" = 0 ] || tail -n 40 "$folder/server.log" >&2
exit "$status"
