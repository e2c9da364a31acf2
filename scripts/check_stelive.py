#!/usr/bin/env python3
"""Judges every goal of the stelive data set from its files alone and compares with `creator-goals evaluate --json`.

A second, independent implementation of what the rules say for this data (one time zone without clock changes, full
periods), with fractions instead of integers. It also finds the misreadings and prints how many there are. A folder that
`seed_stelive.py` made has a second source and a list of the errors planted in it; both are taken into account.

    check_stelive.py FOLDER                                            only the misreadings
    check_stelive.py FOLDER EVALUATION.json NOW [EVALUATION.json NOW]...  and the figures, at one or more instants
    check_stelive.py --self-test                                       the examples and limits that the rules name
"""
import csv, gzip, json, os, sys
from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from math import ceil, floor

KST = timezone(timedelta(hours=9))
COUNTERS = ["view_count", "like_count", "comment_count", "share_count", "save_count"]


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def midnight(day):
    return datetime(day.year, day.month, day.day, tzinfo=KST)


def count(text):
    return int(text) if text not in (None, "") else None


# ---- Misreadings


class Finding:
    """What is known of one reading: whether it is a zero, a dip or a spike, and whether it is a misreading."""

    __slots__ = ("kind", "misreading", "awaiting")

    def __init__(self):
        self.kind, self.misreading, self.awaiting = None, False, False


def findings(readings):
    """Returns a Finding for each reading of one counter; they are (source, value) in the order of their instants."""
    found = [Finding() for _ in readings]
    of_source, positive = defaultdict(list), False
    for index, (source, value) in enumerate(readings):
        if value == 0:
            found[index].kind = "zero"
            found[index].misreading = positive  # however long it lasts, whatever source the positive one is of
        positive = positive or value > 0
        of_source[source].append(index)
    for indexes in of_source.values():
        following, later = {}, None
        for index in reversed(indexes):
            following[index] = later
            if readings[index][1] != 0:
                later = readings[index][1]
        a = None
        for index in indexes:
            if found[index].misreading:
                continue
            b, c = readings[index][1], following[index]
            if a is not None and b < Fraction(98, 100) * a:
                kind, taken_back = "dip", c is not None and c >= Fraction(99, 100) * a
            elif a is not None and b > Fraction(102, 100) * a:
                kind, taken_back = "spike", c is not None and Fraction(99, 100) * a <= c <= Fraction(101, 100) * a
            else:
                a = b
                continue
            found[index].kind = found[index].kind or kind
            found[index].misreading, found[index].awaiting = taken_back, c is None
            if not taken_back:
                a = b
    return found


# ---- The files


class Data:
    """The files of a folder: what was read, what of it is taken, and who was looked at when."""

    def __init__(self, folder):
        self.folder = folder
        self.member, self.published = {}, {}
        self.followers, self.snapshots = defaultdict(dict), defaultdict(dict)
        self.looks = defaultdict(list)
        self.read()
        self.findings = {}  # (metric, member or post, instant): (source, value, Finding)
        self.first_seen = {}
        self.take_followers()
        self.take_snapshots()
        self.tracking_start = {m: midnight(at.astimezone(KST).date()) for m, at in self.first_seen.items()}

    def rows(self, name):
        path = f"{self.folder}/{name}"
        opened = gzip.open(path, "rt", encoding="utf-8-sig") if name.endswith(".gz") else open(path, encoding="utf-8-sig")
        with opened as file:
            yield from csv.DictReader(file)

    def read(self):
        """Reads the files in the order of their import: the last reading of an instant replaces earlier ones whole."""
        for row in self.rows("streams_posts.csv"):
            self.member[row["video_no"]] = row["member_id"]
            self.published[row["video_no"]] = midnight(date.fromisoformat(row["date"]))
        in_file = ([], [])
        for row in self.rows("followers.csv"):
            self.read_followers(in_file, row["member_id"], midnight(date.fromisoformat(row["date"])), None, row)
        self.look_at_everybody(in_file)
        in_file = ([], [])
        for row in self.rows("streams_snapshots.csv.gz"):
            self.read_snapshot(in_file, row["post_id"], instant(row["captured_at"]), None, row)
        self.look_at_everybody(in_file)
        if os.path.exists(f"{self.folder}/second_source.ndjson"):
            in_file = ([], [])
            for line in open(f"{self.folder}/second_source.ndjson", encoding="utf-8"):
                fact = json.loads(line)
                at, source = instant(fact["captured_at"]), fact.get("source")
                if fact["type"] == "creator_stats":
                    self.read_followers(in_file, fact["tiktok_handle"], at, source, fact)
                else:
                    self.read_snapshot(in_file, fact["tiktok_video_id"], at, source, fact)
            self.look_at_everybody(in_file)

    def read_followers(self, in_file, member, at, source, row):
        self.followers[member][at] = (source, int(row["follower_count"]))
        self.looks[member, "followers"].append(at)
        in_file[0].append((member, at))

    def read_snapshot(self, in_file, post, at, source, row):
        self.snapshots[post][at] = (source, [count(row.get(name)) for name in COUNTERS])
        self.looks[self.member[post], "posts"].append(at)
        in_file[1].append((self.member[post], at))

    def look_at_everybody(self, in_file):
        """A file is a look at everybody in it: at the latest instant of each scope that it has."""
        members = {member for scope in in_file for member, _ in scope}
        for scope, seen in zip(["followers", "posts"], in_file):
            if seen:
                for member in members:
                    self.looks[member, scope].append(max(at for _, at in seen))

    def find(self, metric, key, readings):
        """Finds what is wrong with [(instant, source, value)], and returns the instants of misreadings by kind."""
        misreadings = {}
        for (at, source, value), finding in zip(readings, findings([(source, value) for _, source, value in readings])):
            self.findings[metric, key, at] = (source, value, finding)
            if finding.misreading:
                misreadings[at] = finding.kind
        return misreadings

    def take_followers(self):
        self.taken_followers = {}
        for member, by_instant in self.followers.items():
            readings = [(at, *by_instant[at]) for at in sorted(by_instant)]
            misreadings = self.find("followers", member, readings)
            first = next((index for index, reading in enumerate(readings) if reading[2] > 0), len(readings))
            if first < len(readings):
                self.first_seen[member] = readings[first][0]
            taken = [(at, value) for at, _, value in readings[first:] if at not in misreadings]
            self.taken_followers[member] = ([at for at, _ in taken], [value for _, value in taken])

    def take_snapshots(self):
        self.taken = defaultdict(list)  # member: [(post, counter, instants at which it is booked, values)]
        for post, by_instant in self.snapshots.items():
            ats, member = sorted(by_instant), self.member[post]
            self.first_seen[member] = min([ats[0], *([self.first_seen[member]] if member in self.first_seen else [])])
            views = [(at, by_instant[at][0], by_instant[at][1][0]) for at in ats if by_instant[at][1][0] is not None]
            misreadings = self.find("views", post, views)
            for counter in range(len(COUNTERS)):
                booked, values = [], []
                for at in ats:
                    # Of a zero no counter is used; of a dip or spike, all but the views are.
                    if misreadings.get(at) == "zero" or (counter == 0 and at in misreadings):
                        continue
                    if by_instant[at][1][counter] is not None:
                        # What was read before the publication is booked at the publication.
                        booked.append(max(at, self.published[post]))
                        values.append(by_instant[at][1][counter])
                if booked:
                    self.taken[member].append((post, counter, booked, values))

    def print_findings(self):
        table = defaultdict(Counter)
        for (metric, _, _), (source, _, finding) in self.findings.items():
            line = table[metric, source or "no source"]
            line["readings"] += 1
            line[finding.kind] += 1
            line[finding.kind, "misread"] += finding.misreading
            line["awaiting"] += finding.awaiting
        kinds = ["zero", "dip", "spike"]
        heads = "".join(f"{kind + 's':>9}{'misread':>9}" for kind in kinds)
        print(f"{'readings of':<28}{'readings':>9}{heads}{'awaiting':>9}")
        for (metric, source), line in sorted(table.items()):
            cells = "".join(f"{line[kind]:>9,}{line[kind, 'misread']:>9,}" for kind in kinds)
            print(f"{metric + ', ' + source:<28}{line['readings']:>9,}{cells}{line['awaiting']:>9,}")

    def check_planted(self):
        """Compares with the list of what was planted, if there is one, and returns how many were judged otherwise."""
        if not os.path.exists(f"{self.folder}/planted.csv"):
            return 0
        table, wrong = defaultdict(Counter), 0
        for row in self.rows("planted.csv"):
            key = ("views", row["post_id"]) if row["post_id"] else ("followers", row["creator"])
            source, value, finding = self.findings[(*key, instant(row["captured_at"]))]
            line = table[row["kind"]]
            line["planted"] += 1
            line["misread"] += finding.misreading
            line["meant"] += row["misreading"] == "yes"
            line["open"] += row["misreading"] == ""
            judged = (source or "", value, "yes" if finding.misreading else "no")
            if judged != (row["source"], int(row["value"]), row["misreading"] or judged[2]):
                wrong += 1
                print(f"{row} is judged as {judged}")
        print(f"{'planted':<28}{'readings':>9}{'misread':>9}{'meant':>9}")
        for kind, line in sorted(table.items()):
            print(f"{kind:<28}{line['planted']:>9,}{line['misread']:>9,}{'any' if line['open'] else line['meant']:>9}")
        print(f"{sum(line['planted'] for line in table.values()):,} planted readings, {wrong} judged otherwise than meant")
        return wrong


# ---- The goals


class Judge:
    """Judges the goals of a data set at an instant."""

    def __init__(self, data, now):
        self.data, self.now = data, now
        today = now.astimezone(KST).date()
        week, month = today - timedelta(days=today.weekday()), today.replace(day=1)
        day = timedelta(days=1)
        self.windows = {
            "daily": [(today, today + day), (today - day, today)],
            "weekly": [(week, week + 7 * day), (week - 7 * day, week)],
            "monthly": [(month, (month + 32 * day).replace(day=1)), ((month - day).replace(day=1), month)],
        }

    def gained(self, member, metric, start, end):
        data, until = self.data, min(end, self.now + timedelta(milliseconds=1))
        if metric == "posts":
            return sum(1 for v, m in data.member.items() if m == member and start <= data.published[v] < until)
        if metric == "followers":
            ats, values = data.taken_followers.get(member, ([], []))
            low, high = bisect_left(ats, start), bisect_left(ats, until)
            return values[high - 1] - values[max(0, low - 1)] if low < high else 0
        total = 0
        for post, counter, booked, values in data.taken[member]:
            low, high = bisect_left(booked, start), bisect_left(booked, until)
            if (counter == 0) != (metric == "views") or low >= high:
                continue
            if low:
                base = values[low - 1]
            else:
                base = 0 if data.published[post] >= data.tracking_start[member] else values[0]
            total += values[high - 1] - base
        return total

    def last_look(self, member, metric):
        looks = self.data.looks[member, "followers" if metric == "followers" else "posts"]
        return max((at for at in looks if at <= self.now), default=None)

    def judge(self, member, metric, target, start, end):
        now, actual, look = self.now, self.gained(member, metric, start, end), self.last_look(member, metric)
        ended = now >= end
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
        percentage = floor(Fraction(actual * 100, target) + Fraction(1, 2))
        return {
            "actual": actual,
            "status": status,
            "percentage": min(99, max(0, percentage)) if actual < target else percentage,
            "expected": floor(expected * 100) / 100,
            "pace_percent": floor(actual / expected * 100) if expected else None,
            "projected": floor(actual / share) if share else None,
            "required_per_day": None if ended else ceil(max(0, target - actual) * Fraction(864_000_000, left // timedelta(milliseconds=1))) / 10,
        }

    def compare(self, answer):
        """Compares with an answer of `evaluate --json`, and returns how many figures were compared and how many differ."""
        compared = wrong = 0
        for entry in json.load(open(answer, encoding="utf-8"))["data"]:
            for found in entry["compliance"]:
                goal, member = found["goal"], entry["creator"]["tiktok_handle"]
                for (first, end), verdict in zip(self.windows[goal["period"]], [found, found["previous"]]):
                    expected = self.judge(member, goal["metric"], goal["target_value"], midnight(first), midnight(end))
                    for name, value in expected.items():
                        compared += 1
                        if verdict[name] != value:
                            wrong += 1
                            print(f"{member} {goal['period']} {goal['metric']} from {first}: {name} is {verdict[name]}, expected {value}")
        return compared, wrong


# ---- The rule for misreadings by its own examples


def self_test():
    def marks(*readings):
        """Returns which of the readings are misreadings: numbers, or (source, number)."""
        pairs = [reading if isinstance(reading, tuple) else (None, reading) for reading in readings]
        return "".join("x" if finding.misreading else "." for finding in findings(pairs))

    def gain(*values):
        taken = [value for value, mark in zip(values, marks(*values)) if mark == "."]
        return taken[-1] - taken[0]

    tests = [
        ("a zero", gain(1100, 0, 1110), 10),
        ("a dip that is taken back", gain(1000, 970, 1005), 5),
        ("a fall that lasts", gain(1000, 970, 975), -25),
        ("a zero of views", gain(1200, 0, 1250), 50),
        ("98 % and one either side", [marks(1000, b, 1000) for b in (979, 980, 981)], [".x.", "...", "..."]),
        ("102 % and one either side", [marks(1000, b, 1000) for b in (1019, 1020, 1021)], ["...", "...", ".x."]),
        ("a dip, c 99 % and one either side", [marks(1000, 900, c) for c in (989, 990, 991)], ["...", ".x.", ".x."]),
        ("a dip, c has no upper limit", marks(1000, 900, 5000), ".x."),
        ("a spike, c 99 % and one either side", [marks(1000, 1100, c) for c in (989, 990, 991)], ["...", ".x.", ".x."]),
        ("a spike, c 101 % and one either side", [marks(1000, 1100, c) for c in (1009, 1010, 1011)], [".x.", ".x.", "..."]),
        ("limits that are no whole number", [marks(1049, b, 1049) for b in (1028, 1029, 1069, 1070)], [".x.", "...", "...", ".x."]),
        ("c that is no whole number", [marks(1049, 900, c) for c in (1038, 1039)], ["...", ".x."]),
        ("without c it counts", [marks(1000, 970), marks(1000, 1030)], ["..", ".."]),
        ("without a it counts", [marks(970, 1000), marks(0, 0, 1000)], ["..", "..."]),
        ("zeros are misreadings however long they last", marks(1000, 0, 0, 0), ".xxx"),
        ("c is the next that is not zero", marks(1000, 970, 0, 1000), ".xx."),
        ("a zero is nobody's a", marks(1000, 0, 970, 1000), ".xx."),
        ("a misreading is nobody's a", marks(1000, 970, 1000, 1020, 1021), ".x..."),
        ("two readings low are a fall that lasts", marks(1000, 970, 970, 1000), "...."),
        ("sources do not mix", marks(("one", 1000), ("two", 900), ("one", 1000), ("two", 900)), "...."),
        ("c is of the same source", marks(("one", 1000), ("one", 900), ("two", 1000)), "..."),
        ("a and c of the same source", marks(("one", 1000), ("two", 1), ("one", 900), ("two", 1), ("one", 1000)), "..x.."),
        ("a zero after a positive one of another source", marks(("one", 1000), ("two", 0), ("two", 1000)), ".x."),
        ("no source is one of its own", marks(1000, ("two", 900), 1000), "..."),
    ]
    wrong = 0
    for name, found, expected in tests:
        if found != expected:
            wrong += 1
            print(f"{name}: {found}, expected {expected}")
    print(f"{len(tests)} examples, {wrong} differ")
    return wrong


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) % 2 != 1 or arguments[0].startswith("-"):
        print(__doc__)
        return arguments not in (["-h"], ["--help"])
    data = Data(arguments[0])
    data.print_findings()
    wrong = data.check_planted()
    for answer, now in zip(arguments[1::2], arguments[2::2]):
        compared, differ = Judge(data, instant(now)).compare(answer)
        print(f"{now}: {compared} figures compared, {differ} differ")
        wrong += differ or not compared
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
