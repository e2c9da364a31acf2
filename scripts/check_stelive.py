#!/usr/bin/env python3
"""Judges every goal of the stelive data set from the CSV files alone and compares with `creator-goals evaluate --json`.

A second, independent implementation of what the rules say for this data (one time zone without clock changes, full
periods, all counters known), with fractions instead of integers. Use: check_stelive.py DATA_FOLDER EVALUATION.json NOW
"""
import csv, gzip, json, sys
from bisect import bisect_left
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from math import ceil, floor

KST = timezone(timedelta(hours=9))
folder, answer, now_text = sys.argv[1:]
now = datetime.fromisoformat(now_text.replace("Z", "+00:00"))


def rows(name):
    opened = gzip.open(f"{folder}/{name}", "rt", encoding="utf-8-sig") if name.endswith(".gz") else open(f"{folder}/{name}", encoding="utf-8-sig")
    with opened as file:
        yield from csv.DictReader(file)


def midnight(day):
    return datetime(day.year, day.month, day.day, tzinfo=KST)


posts, published, readings, snapshots = {}, {}, {}, {}
for row in rows("streams_posts.csv"):
    posts[row["video_no"]] = row["member_id"]
    published[row["video_no"]] = midnight(date.fromisoformat(row["date"]))
for row in rows("followers.csv"):
    readings.setdefault(row["member_id"], {})[midnight(date.fromisoformat(row["date"]))] = int(row["follower_count"])
for row in rows("streams_snapshots.csv.gz"):
    at = datetime.fromisoformat(row["captured_at"].replace("Z", "+00:00"))
    snapshots.setdefault(row["post_id"], {})[at] = int(row["view_count"])

first_seen, seen_followers, seen_posts = {}, {}, {}
for member, series in readings.items():
    days = sorted(series)
    seen_followers[member] = list(days)
    while days and series[days[0]] == 0:
        del series[days.pop(0)]
    if days:
        first_seen[member] = days[0]
for video, series in snapshots.items():
    member = posts[video]
    seen_posts.setdefault(member, []).extend(series)
    first_seen[member] = min([*series, *([first_seen[member]] if member in first_seen else [])])
# A file of followers is a look at the followers of everybody in it, at its latest capture; a file of snapshots one at posts.
last_reading = max(max(days) for days in seen_followers.values())
last_snapshot = max(max(series) for series in snapshots.values())


def last_look(member, metric):
    seen, file = (seen_followers, last_reading) if metric == "followers" else (seen_posts, last_snapshot)
    return max((at for at in [*seen.get(member, []), *([file] if member in seen else [])] if at <= now), default=None)


tracking_start = {m: midnight(at.astimezone(KST).date()) for m, at in first_seen.items()}


def gained(member, metric, start, end):
    until = min(end, now + timedelta(milliseconds=1))
    if metric == "posts":
        return sum(1 for v, m in posts.items() if m == member and start <= published[v] < until)
    if metric == "followers":
        series = readings[member]
        inside = [series[d] for d in sorted(series) if start <= d < until]
        before = [series[d] for d in sorted(series) if d < start]
        return inside[-1] - (before[-1] if before else inside[0]) if inside else 0
    total = 0
    for video, series in snapshots.items():
        if posts[video] != member:
            continue
        ats = sorted(series)
        # What was read before the publication is booked at it.
        booked = [max(at, published[video]) for at in ats]
        low, high = bisect_left(booked, start), bisect_left(booked, until)
        if low == high:
            continue
        if low:
            base = series[ats[low - 1]]
        else:
            base = 0 if published[video] >= tracking_start[member] else series[ats[0]]
        total += series[ats[high - 1]] - base
    return total


def judge(member, metric, target, start, end):
    actual, ended = gained(member, metric, start, end), now >= end
    look = last_look(member, metric)
    elapsed = max(timedelta(0), min(min(look, end if ended else now) - start, end - start)) if look else timedelta(0)
    share = Fraction(elapsed // timedelta(milliseconds=1), (end - start) // timedelta(milliseconds=1))
    expected = target * share
    if ended:
        status = "completed" if actual >= target else "missed"
    elif look is None or actual >= target or share < Fraction(10, 100) or actual >= expected:
        status = "on_track"
    else:
        status = "behind_pace" if Fraction(actual) / expected >= Fraction(7, 10) else "at_risk"
    left = max(timedelta(days=1), end - max(now, start))
    return {
        "actual": actual,
        "status": status,
        "percentage": min(99, max(0, floor(Fraction(actual * 100, target) + Fraction(1, 2)))) if actual < target else floor(Fraction(actual * 100, target) + Fraction(1, 2)),
        "expected": floor(expected * 100) / 100,
        "pace_percent": floor(actual / expected * 100) if expected else None,
        "projected": floor(actual / share) if share else None,
        "required_per_day": None if ended else ceil(max(0, target - actual) * Fraction(864_000_000, left // timedelta(milliseconds=1))) / 10,
    }


today = now.astimezone(KST).date()
week, month = today - timedelta(days=today.weekday()), today.replace(day=1)
windows = {
    "weekly": [(week, week + timedelta(days=7)), (week - timedelta(days=7), week)],
    "monthly": [(month, (month + timedelta(days=32)).replace(day=1)), ((month - timedelta(days=1)).replace(day=1), month)],
}
checked = wrong = 0
for entry in json.load(open(answer, encoding="utf-8"))["data"]:
    for found in entry["compliance"]:
        goal, member = found["goal"], entry["creator"]["tiktok_handle"]
        for (first, end), verdict in zip(windows[goal["period"]], [found, found["previous"]]):
            expected = judge(member, goal["metric"], goal["target_value"], midnight(first), midnight(end))
            for name, value in expected.items():
                checked += 1
                if verdict[name] != value:
                    wrong += 1
                    print(f"{member} {goal['period']} {goal['metric']} from {first}: {name} is {verdict[name]}, expected {value}")
print(f"{checked} figures compared, {wrong} differ")
sys.exit(1 if wrong or not checked else 0)
