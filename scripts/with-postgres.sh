#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own, which is removed afterwards: `scripts/with-postgres.sh cargo test`.
# The command finds it at $TEST_POSTGRES_URL, and through PgBouncer in transaction mode at $TEST_PGBOUNCER_URL.
#
# It is Debian's PostgreSQL, or that of POSTGRES_VERSION (16, 17, 18). Its clock is an hour ahead (change it with
# POSTGRES_CLOCK, such as +0), to show that no statement reads it. POSTGRES_OPTIONS are passed to the server; by default it
# runs without fsync, for speed.
. "$(dirname "$0")/environment.sh"
[ $# -gt 0 ] || fail "say what to run: scripts/with-postgres.sh COMMAND..."

programs=$(scripts/setup-postgres.sh)
clock=$(ls /usr/lib/*/faketime/libfaketime.so.1 | head -1)

folder=$(mktemp -d "${TMPDIR:-/tmp}/postgres.XXXXXX")
# PostgreSQL refuses to run as root, and its user may not be able to read this folder.
as=()
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chown postgres "$folder"
  case $programs in
    "$PWD"/*)
      cp -r "$(dirname "$programs")" "$folder/postgres"
      programs=$folder/postgres/bin
      ;;
  esac
fi
cleanup() {
  # Stops at once, even with open connections.
  [ -z "${bouncer:-}" ] || { kill -TERM "$bouncer" 2>/dev/null && wait "$bouncer" 2>/dev/null; } || true
  [ -z "${server:-}" ] || { kill -INT "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 143' TERM

"${as[@]}" "$programs/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 \
  --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; fail "initdb failed"; }
# A role that needs its password, for the test of a wrong one.
{ echo 'host all guarded 127.0.0.1/32 scram-sha-256'; cat "$folder/data/pg_hba.conf"; } >"$folder/pg_hba.conf"

: "${POSTGRES_OPTIONS:=-c fsync=off -c full_page_writes=off -c synchronous_commit=off}"
for _ in $(seq 20); do
  port=$((20000 + RANDOM % 20000))
  # shellcheck disable=SC2086 # the options are words
  "${as[@]}" env LD_PRELOAD="$clock" FAKETIME="${POSTGRES_CLOCK:-+1h}" FAKETIME_DONT_FAKE_MONOTONIC=1 \
    "$programs/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c max_connections=400 \
    -c unix_socket_directories="$folder" -c hba_file="$folder/pg_hba.conf" $POSTGRES_OPTIONS >"$folder/server.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    if pg_isready --quiet --host=127.0.0.1 --port="$port" --username=postgres; then
      break 2
    fi
    kill -0 "$server" 2>/dev/null || break # the port was taken: try another one
    sleep 0.1
  done
done
kill -0 "$server" 2>/dev/null || { cat "$folder/server.log" >&2; fail "PostgreSQL did not start"; }

# Few server connections for many clients, so a transaction seldom gets the connection of the previous one.
bouncer_port=$((port + 1))
cat >"$folder/pgbouncer.ini" <<END
[databases]
* = host=127.0.0.1 port=$port user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $bouncer_port
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 400
unix_socket_dir =
END
"${as[@]}" /usr/sbin/pgbouncer --quiet "$folder/pgbouncer.ini" >"$folder/pgbouncer.log" 2>&1 &
bouncer=$!
for _ in $(seq 100); do
  pg_isready --quiet --host=127.0.0.1 --port="$bouncer_port" --username=postgres && break
  kill -0 "$bouncer" 2>/dev/null || { cat "$folder/pgbouncer.log" >&2; fail "PgBouncer did not start"; }
  sleep 0.1
done

say "$("${as[@]}" "$programs/postgres" --version)"
export TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
export TEST_PGBOUNCER_URL="postgres://postgres@127.0.0.1:$bouncer_port"
status=0
"$@" || status=$?
[ "$status" = 0 ] || grep -h 'FATAL\|PANIC' "$folder/server.log" "$folder/pgbouncer.log" >&2 || true
exit "$status"
