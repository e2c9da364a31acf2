#!/usr/bin/env python3
"""Lists who needs attention, from the API, with only Python's standard library.

    export CREATOR_GOALS_URL=http://127.0.0.1:3000 CREATOR_GOALS_KEY=cg_…
    docs/client.py                       lists every goal that is At Risk, Behind Pace or Missed, with what it would take
    docs/client.py facts.ndjson[.gz]     first sends facts, one JSON object per line, and prints the outcome of each row
    docs/client.py --follow              then keeps listening, and prints what changes
"""
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

BASE = os.environ.get("CREATOR_GOALS_URL", "http://127.0.0.1:3000") + "/api/v1"


def asked(path, body=None, headers=None):
    headers = {"Authorization": f"Bearer {os.environ['CREATOR_GOALS_KEY']}", **(headers or {})}
    return urllib.request.Request(BASE + path, data=body, headers=headers)


def ask(path, body=None, headers=None):
    try:
        with urllib.request.urlopen(asked(path, body, headers)) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        told = json.load(refusal)
        sys.exit(f"{refusal.code} {told['meta']['code']}: {told['error']}")


def every(path):
    """All rows of a list, page by page."""
    cursor = ""
    while cursor is not None:
        page = ask(f"{path}?limit=100" + (f"&cursor={cursor}" if cursor else ""))
        yield from page["data"]
        cursor = page["meta"]["nextCursor"]


def tell(creator):
    """The goals of a creator that need somebody."""
    for goal in creator["compliance"]:
        if goal["status"] in ("at_risk", "behind_pace", "missed"):
            name, kind = creator["creator"]["tiktok_handle"], goal["goal"]
            print(f"@{name}: {kind['period']} {kind['metric']} {goal['status']}, {goal['actual']} of {goal['target']}", end="")
            print(f", needs {goal['required_per_day']} a day" if goal["required_per_day"] is not None else "", flush=True)


def follow(project, heard):
    """Changes since `heard` as they happen; a broken stream is taken up again where it was."""
    while True:
        try:
            with urllib.request.urlopen(asked(f"/projects/{project}/events", None, {"Last-Event-ID": heard})) as stream:
                event = {}
                for line in stream:
                    field, _, value = line.decode().rstrip("\n").partition(": ")
                    if field:
                        event[field] = value
                        continue
                    heard = event.get("id", heard)
                    if event.get("event") == "compliance":
                        tell(json.loads(event["data"]))
                    elif event.get("event") == "reset":
                        for creator in every(f"/projects/{project}/goal-compliance"):
                            tell(creator)
                    event = {}
        except (urllib.error.URLError, ConnectionError, TimeoutError) as cause:
            print(f"The stream broke off ({cause}); listening again in a second.", file=sys.stderr)
        time.sleep(1)


project = next(every("/projects"))["id"]
for file in [argument for argument in sys.argv[1:] if argument != "--follow"]:
    with open(file, "rb") as facts:
        # The key makes it safe to send the same request again when no answer came.
        outcome = ask(f"/projects/{project}/stats", facts.read(), {"Idempotency-Key": str(uuid.uuid4())})["data"]
    print("{accepted} accepted, {duplicates} known already, {parked} parked, {rejected_count} refused".format(**outcome))
    for row in outcome["rejected"]:
        print(f"  row {row['row']}: {row['field']}: {row['reason']}")

# Requested before the list, so that changes while it is read are reported afterwards.
with urllib.request.urlopen(asked(f"/projects/{project}/goal-compliance?limit=1")) as answer:
    heard = answer.headers["Last-Event-ID"]
for creator in every(f"/projects/{project}/goal-compliance"):
    tell(creator)
if "--follow" in sys.argv:
    follow(project, heard)
