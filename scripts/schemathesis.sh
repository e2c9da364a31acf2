#!/usr/bin/env bash
# Tests every operation of the API against its description with Schemathesis: no 5xx, no undescribed answer, no invalid
# request accepted, no valid request refused. Arguments go to Schemathesis.
. "$(dirname "$0")/environment.sh"

version=4.32.5
validator=0.9.0
venv=target/schemathesis
if ! up_to_date schemathesis "$version $validator" || [ ! -x "$venv/bin/schemathesis" ]; then
  say "installing Schemathesis $version"
  command -v python3 >/dev/null || fail "python3 is missing: install it, then run this again"
  python3 -m venv "$venv" || fail "python3 cannot make a virtual environment: install python3-venv, then run this again"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version" "openapi-spec-validator==$validator" ||
    fail "Schemathesis could not be installed (see above)"
  done_with schemathesis "$version $validator"
fi
if [ -z "${BUILT:-}" ]; then
  use_toolchain
  cargo build "${QUIET[@]}" -p server
fi

folder=$(mktemp -d)
program=target/debug/creator-goals
export DATABASE_URL="sqlite:$folder/api.db"
cleanup() { [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"; }
trap cleanup EXIT

{
  echo "video_id,username,published_at,captured_at,view_count,like_count"
  for day in 01 02 03 04 05 06 07 08 09; do
    echo "7$day,mia,2026-05-${day}T10:00:00Z,2026-05-${day}T20:00:00Z,1$day,$day"
    echo "8$day,theo,2026-05-${day}T10:00:00Z,2026-05-${day}T20:00:00Z,2$day,$day"
  done
} >"$folder/posts.csv"
"$program" import --project Summer --create "$folder/posts.csv" >/dev/null
"$program" goal add --project Summer --metric views --period weekly --target 500 --start-date 2026-05-01 >/dev/null
key=$("$program" key create --name Schemathesis --write 2>/dev/null)

"$program" serve --listen 127.0.0.1:0 --site target/site 2>"$folder/server.log" &
server=$!
for _ in $(seq 100); do
  address=$(sed -n 's/.*running at \(http:[^ ]*\) .*/\1/p' "$folder/server.log")
  [ -z "$address" ] || break
  sleep 0.1
done
[ -n "$address" ] || { cat "$folder/server.log" >&2; fail "the server did not start"; }

# existing ids, so that not only 404 is tested
api() { curl --silent --fail --header "Authorization: Bearer $key" "$address/api/v1$1"; }
first_id() { python3 -c 'import json,sys; print(json.load(sys.stdin)["data"][0]["id"])'; }
project=$(api /projects | first_id)
curl --silent --fail --output /dev/null --header "Authorization: Bearer $key" --data '{"name":"Launch"}' \
  "$address/api/v1/projects/$project/campaigns"
sed -e "s/{project}/$project/" \
  -e "s/{creator}/$(api "/projects/$project/creators" | first_id)/" \
  -e "s/{goal}/$(api "/projects/$project/goals" | first_id)/" \
  -e "s/{post}/$(api "/projects/$project/posts" | first_id)/" \
  -e "s/{campaign}/$(api "/projects/$project/campaigns" | first_id)/" \
  scripts/schemathesis.toml >"$folder/schemathesis.toml"
# Sequences of calls use the ids from earlier answers.
sed '/^\(creator\|goal\|post\|campaign\)_id/d' "$folder/schemathesis.toml" >"$folder/in-a-row.toml"

# attempt CONFIG PHASES: on failure, prints the server's log beside the output of Schemathesis
#
# One worker: two threads that read Python's syntax trees at once can stop with "AST constructor recursion depth
# mismatch" in CPython before 3.11.8 (python/cpython#106905), which has nothing to do with the API.
attempt() {
  "$venv/bin/schemathesis" --config-file "$folder/$1.toml" run "$address/api/v1/openapi.json" --url "$address/api/v1" \
    --header "Authorization: Bearer $key" --phases "$2" --workers 1 --max-examples 25 --generation-database none \
    "${@:3}" || { cat "$folder/server.log" >&2; fail "the API does not keep what its description promises"; }
}

say "the description of the API, by the rules of OpenAPI"
curl --silent --fail "$address/api/v1/openapi.json" >"$folder/openapi.json"
"$venv/bin/python" -m openapi_spec_validator "$folder/openapi.json" || fail "the description is not OpenAPI 3.1"
say "every operation of the API, one at a time"
attempt schemathesis examples,coverage,fuzzing "$@"
say "operations of the API in a row"
attempt in-a-row stateful "$@"
