#!/usr/bin/env python3
"""Makes a copy of the stelive data set with errors of reading planted in it, for `check_stelive.py`.

    seed_stelive.py FOLDER COPY SEED

The same seed makes the same copy. It has the three files of the data set, `second_source.ndjson` (facts that name their
source; import it last) and `planted.csv`: what was planted where, and whether it is meant to be a misreading.
Planted are zeros, dips and spikes, taken back and lasting, every limit of the rule and one either side, and readings that
await the next one. Every tenth post and every third creator is wild: random errors next to each other, sources that
alternate, and corrections of a number or of its source alone. There the list does not say what is meant.
"""
import csv, gzip, io, json, os, random, shutil, sys
from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone

KST = timezone(timedelta(hours=9))
SECOND, THIRD = "second-scraper", "by-hand"
# Every limit: b and c in percent of a, a unit either side of each, and whether b is a misreading.
LIMITS = [
    *(("dip, b 98 %", 98, beside, 100, 0, beside < 0) for beside in (-1, 0, 1)),
    *(("dip, c 99 %", 90, 0, 99, beside, beside >= 0) for beside in (-1, 0, 1)),
    *(("spike, b 102 %", 102, beside, 100, 0, beside > 0) for beside in (-1, 0, 1)),
    *(("spike, c 99 %", 110, 0, 99, beside, beside >= 0) for beside in (-1, 0, 1)),
    *(("spike, c 101 %", 110, 0, 101, beside, beside <= 0) for beside in (-1, 0, 1)),
]
WILD = [0, 0, 0.5, 0.9, 0.97, 0.98, 0.981, 0.99, 1, 1, 1.01, 1.011, 1.02, 1.021, 1.1, 2]


class Series:
    """The readings of one source of the followers of a creator or of the views of a post, in order."""

    def __init__(self, rng, natural):
        self.rng, self.natural, self.values = rng, natural, list(natural)
        self.planted = []  # (index, kind, meant)

    def calm(self, first, last):
        """Whether these readings differ so little that only what is planted there is a dip or a spike."""
        if first < 0 or last >= len(self.natural):
            return False
        around = self.natural[first : last + 1]
        return min(around) >= 500 and (max(around) - min(around)) * 166 <= min(around)

    def put(self, index, value, kind, meant):
        self.values[index] = value
        self.planted.append((index, kind, meant))

    def plant(self, positive_before):
        """Plants errors so far apart that what is meant of one does not depend on another."""
        rng, index, self.lasts = self.rng, self.rng.randint(2, 6), False
        if rng.random() < 0.05:
            if positive_before:
                self.put(0, 0, "zero, the first of its source", "yes")
            else:
                self.put(0, 0, "zero, before all others", "no")
        while index + 4 < len(self.values):
            if self.calm(index - 2, index + 4):
                self.plant_at(index)
                index += rng.randint(8, 15)
            else:
                index += 1
        self.plant_at_end(len(self.values))

    def plant_at(self, index):
        rng, kind = self.rng, self.rng.randint(0, 9)
        a, dip, spike = self.values[index - 1], rng.uniform(0.3, 0.979), rng.uniform(1.021, 3)
        if kind == 0:
            for zero in range(index, index + rng.choice([1, 1, 1, 2, 4])):
                self.put(zero, 0, "zero", "yes")
        elif kind == 1:
            self.put(index, int(a * dip), "dip, taken back", "yes")
        elif kind == 2:
            self.put(index, int(a * spike) + 1, "spike, taken back", "yes")
        elif kind == 3:
            self.put(index, int(a * dip), "dip, taken back after a zero", "yes")
            self.put(index + 1, 0, "zero", "yes")
        elif kind in (4, 5):
            if self.lasts:  # only once, or little would be left
                return
            self.lasts = True
            name, factor = rng.choice([("dip, lasting", rng.uniform(0.7, 0.97)), ("spike, lasting", rng.uniform(1.03, 1.5))])
            for later in range(index, len(self.values)):
                self.values[later] = round(self.values[later] * factor)
            self.put(index, self.values[index], name, "no")
        else:
            a = round(a, -2)
            if abs(a - self.values[index - 1]) * 333 <= a:
                name, b, beside_b, c, beside_c, meant = rng.choice(LIMITS)
                self.values[index - 1] = a
                self.values[index + 1] = a * c // 100 + beside_c
                self.put(index, a * b // 100 + beside_b, f"{name} {beside_b or beside_c:+}", "yes" if meant else "no")

    def plant_at_end(self, end):
        if not self.calm(end - 7, end - 1) or any(index >= end - 7 for index, _, _ in self.planted):
            return
        kind = self.rng.randint(0, 5)
        if kind == 0:
            self.put(end - 1, int(self.values[end - 1] * 0.9), "dip, awaits the next", "no")
        elif kind == 1:
            self.put(end - 1, int(self.values[end - 1] * 1.2), "spike, awaits the next", "no")
        elif kind == 2:
            for zero in range(end - self.rng.randint(1, 3), end):
                self.put(zero, 0, "zero, to the end", "yes")

    def run_wild(self):
        for index in range(1, len(self.values)):
            if self.rng.random() < 0.3:
                self.put(index, round(self.natural[index] * self.rng.choice(WILD)), "wild", "")


class Copy:
    """The copy that is being made."""

    def __init__(self, folder, copy, seed):
        self.folder, self.copy, self.rng = folder, copy, random.Random(seed)
        self.planted, self.facts, self.duplicates = [], [], 0

    def read(self, name, key, instant):
        """Returns the columns and rows of a file, and of each series the rows that count, in the order of their instants."""
        path = f"{self.folder}/{name}"
        opened = gzip.open(path, "rt", encoding="utf-8-sig") if name.endswith(".gz") else open(path, encoding="utf-8-sig")
        with opened as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        series = defaultdict(dict)
        for row in rows:
            series[row[key]][row[instant]] = row  # the last one of an instant counts
        ordered = {name: [by_instant[at] for at in sorted(by_instant)] for name, by_instant in series.items()}
        return reader.fieldnames, rows, ordered

    def write(self, name, columns, rows):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row[column] for column in columns] if isinstance(row, dict) else row for row in rows)
        content = text.getvalue().encode()
        with open(f"{self.copy}/{name}", "wb") as file:
            # Without the time of packing: the same seed makes the same bytes.
            file.write(gzip.compress(content, compresslevel=6, mtime=0) if name.endswith(".gz") else content)

    def note(self, series, sources, creator, post, instants):
        for index, kind, meant in series.planted:
            self.planted.append([kind, sources[index] or "", creator, post, instants[index].isoformat(), series.values[index], meant])

    def second_source(self, wild, creator, post, instants, natural, positive_before, fact):
        """Adds readings of a second source shortly after those of the first, which it disagrees with a little."""
        rng, factor = self.rng, self.rng.uniform(0.997, 1.003)
        series = Series(rng, [round(value * factor) for value in natural])
        if wild:
            series.run_wild()
        else:
            series.plant(positive_before)
        sources = [THIRD if wild and rng.random() < 0.2 else SECOND for _ in instants]
        for at, value, usual, source in zip(instants, series.values, natural, sources):
            self.facts.append({**fact(value, usual), "captured_at": at.isoformat(), "source": source})
        self.note(series, sources, creator, post, instants)

    def correct(self, own, instants, fact, same):
        """Corrects some readings of the first source: of some the source only (`same` repeats a row), of others the number."""
        rng, corrected = self.rng, set()
        for index, at in enumerate(instants):
            if rng.random() < 0.1:
                source, value = rng.choice([None, SECOND, THIRD]), own.values[index]
                if rng.random() < 0.5:
                    correction = same(index, value)
                    self.duplicates += source is None
                else:
                    correction = fact(round(value * rng.uniform(0.95, 1.05)), own.natural[index])
                corrected.add(index)
                self.facts.append({**correction, "captured_at": at.isoformat(), **({"source": source} if source else {})})
        own.planted = [planted for planted in own.planted if planted[0] not in corrected]

    def run(self):
        self.seed_followers()
        self.seed_snapshots()
        shutil.copyfile(f"{self.folder}/streams_posts.csv", f"{self.copy}/streams_posts.csv")
        # In any order: no two of them have the same instant.
        self.rng.shuffle(self.facts)
        with open(f"{self.copy}/second_source.ndjson", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(fact) + "\n" for fact in self.facts)
        self.write("planted.csv", ["kind", "source", "creator", "post_id", "captured_at", "value", "misreading"], self.planted)

    def seed_followers(self):
        columns, rows, of_creator = self.read("followers.csv", "member_id", "date")
        for number, (creator, days) in enumerate(of_creator.items()):
            days = [day for day in days if int(day["follower_count"])]  # not the placeholders before the first
            instants = [datetime.fromisoformat(day["date"]).replace(tzinfo=KST) for day in days]
            wild, own = number % 3 == 2, Series(self.rng, [int(day["follower_count"]) for day in days])
            fact = lambda value, _: {"type": "creator_stats", "tiktok_handle": creator, "follower_count": value}
            if wild:
                own.run_wild()
                self.correct(own, instants, fact, lambda _, value: fact(value, value))
            else:
                own.plant(positive_before=False)
            later = [at + timedelta(hours=hours, minutes=number) for at in instants[:-1] for hours in (2, 7, 12, 17, 22)]
            natural = [value for value in own.natural[:-1] for _ in range(5)]
            self.second_source(wild, creator, "", later, natural, own.values[0] > 0, fact)
            for day, value in zip(days, own.values):
                day["follower_count"] = value
            self.note(own, [""] * len(days), creator, "", instants)
        self.write("followers.csv", columns, rows)

    def seed_snapshots(self):
        with open(f"{self.folder}/streams_posts.csv", encoding="utf-8-sig") as file:
            creator_of = {row["video_no"]: row["member_id"] for row in csv.DictReader(file)}
        columns, rows, of_post = self.read("streams_snapshots.csv.gz", "post_id", "captured_at")
        for number, (post, snapshots) in enumerate(of_post.items()):
            rng, wild = self.rng, number % 10 == 9
            instants = [datetime.fromisoformat(row["captured_at"].replace("Z", "+00:00")) for row in snapshots]
            own = Series(rng, [int(row["view_count"]) for row in snapshots])
            for row, usual in zip(snapshots, own.natural):
                row["like_count"] = usual // 20 + rng.randint(0, 4) if number % 2 and rng.random() < 0.9 else ""

            def fact(value, usual):
                # Only the views are wrong, not the other counters; one that is missing is unknown.
                counters = {"like_count": usual // 19, "comment_count": usual // 150, "share_count": usual // 400, "save_count": usual // 300}
                return stats(value, {name: count for name, count in counters.items() if rng.random() < 0.9})

            def same(index, value):
                like_count = snapshots[index]["like_count"]
                return stats(value, {} if like_count == "" else {"like_count": like_count})

            def stats(value, others):
                return {"type": "post_stats", "tiktok_video_id": post, "tiktok_handle": creator_of[post], "view_count": value, **others}

            if wild:
                own.run_wild()
                self.correct(own, instants, fact, same)
            else:
                own.plant(positive_before=False)
            if wild or number % 10 < 3:
                taken, places = set(instants), []
                for index, at in enumerate(instants):
                    at += timedelta(seconds=rng.randint(180, 3000))
                    if at not in taken and (not places or at > places[-1][0]):
                        places.append((at, own.natural[index]))
                later, natural = zip(*places)
                self.second_source(wild, creator_of[post], post, list(later), list(natural), own.values[0] > 0, fact)
            for row, value in zip(snapshots, own.values):
                row["view_count"] = value
            self.note(own, [""] * len(snapshots), creator_of[post], post, instants)
        self.write("streams_snapshots.csv.gz", columns, rows)


def main(arguments):
    if len(arguments) != 3:
        print(__doc__)
        return arguments not in (["-h"], ["--help"])
    folder, copy, seed = arguments
    os.makedirs(copy)
    made = Copy(folder, copy, int(seed))
    made.run()
    print(f"{len(made.planted):,} readings planted, {len(made.facts):,} facts of a second source, {made.duplicates} of them duplicates")
    for kind, number in sorted(Counter(planted[0] for planted in made.planted).items()):
        print(f"{kind:<32}{number:>7,}")


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
