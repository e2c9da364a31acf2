#!/usr/bin/env python3
"""Who needs attention, from the API, with nothing but Python's standard library.

    export CREATOR_GOALS_URL=http://127.0.0.1:3000 CREATOR_GOALS_KEY=cg_…
    docs/client.py                       lists every goal that is At Risk, Behind Pace or Missed, with what it would take
    docs/client.py facts.ndjson[.gz]     first takes facts in, one JSON object a line, and says what became of each row
"""
import json
import os
import sys
import urllib.error
import urllib.request
import uuid

BASE = os.environ.get("CREATOR_GOALS_URL", "http://127.0.0.1:3000") + "/api/v1"


def ask(path, body=None, headers=None):
    headers = {"Authorization": f"Bearer {os.environ['CREATOR_GOALS_KEY']}", **(headers or {})}
    request = urllib.request.Request(BASE + path, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
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


project = next(every("/projects"))["id"]
for file in sys.argv[1:]:
    with open(file, "rb") as facts:
        # The key makes it safe to send the same request again when no answer came.
        outcome = ask(f"/projects/{project}/stats", facts.read(), {"Idempotency-Key": str(uuid.uuid4())})["data"]
    print("{accepted} accepted, {duplicates} known already, {parked} parked, {rejected_count} refused".format(**outcome))
    for row in outcome["rejected"]:
        print(f"  row {row['row']}: {row['field']}: {row['reason']}")

for creator in every(f"/projects/{project}/goal-compliance"):
    for goal in creator["compliance"]:
        if goal["status"] in ("at_risk", "behind_pace", "missed"):
            name, kind = creator["creator"]["tiktok_handle"], goal["goal"]
            print(f"@{name}: {kind['period']} {kind['metric']} {goal['status']}, {goal['actual']} of {goal['target']}", end="")
            print(f", needs {goal['required_per_day']} a day" if goal["required_per_day"] is not None else "")
