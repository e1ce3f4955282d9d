# SPDX-License-Identifier: GPL-3.0-or-later
"""Equal days are written once: a small year solved so is worth what it is worth
with every day written for itself.

The days are told apart by staff of the category `other`, which counts nowhere:
another number each day, so that no two days are equal."""
import datetime
import json
import random
import re
import unittest

from support import CliCase

FIRST = datetime.date(2026, 9, 7)
DAYS = ["mon", "tue", "thu", "fri"]


def year(seed):
    """Three to six weeks of evenings and Wednesdays, 8 to 14 children."""
    rng = random.Random(seed)
    weeks = rng.randint(3, 6)
    last = FIRST + datetime.timedelta(days=7 * weeks - 3)
    n = rng.randint(8, 14)
    away = FIRST + datetime.timedelta(days=rng.randint(0, 7 * weeks - 3))

    def option(k):
        days = rng.sample(DAYS, rng.randint(1, 4)) if rng.random() < 0.7 \
            else ["wed"]
        when = {"days": days, "session": "mercredi" if days == ["wed"]
                else "soir"}
        if rng.random() < 0.3:
            when["week"] = rng.choice("AB")
        return {"id": f"o{k}", "structure": "s", "when": [when]}

    return {
        "schema": "ctgsched/problem/1", "id": "year",
        "horizon": {"first": FIRST.isoformat(), "last": last.isoformat(),
                    "except": [away.isoformat()]
                    if away.weekday() < 5 and rng.random() < 0.5 else []},
        "structures": [{
            "id": "s", "kind": "acm", "places": rng.randint(4, 8),
            "sessions": [
                {"id": "soir", "kind": "soir", "when": [
                    {"days": DAYS, "begin": "16:30", "end": "18:30"}]},
                {"id": "mercredi", "kind": "mercredi", "when": [
                    {"days": ["wed"], "begin": "08:00", "end": "12:00"}]}],
            "staff": [{"category": "qualified", "count": 1, "begin": "08:00",
                       "end": "18:30"}]}],
        "children": [{"id": f"c{i}", "birth": rng.choice(
            ["2022-03-01", "2018-03-01"])} for i in range(n)],
        "requests": [{"id": f"r{i}", "child": f"c{i}",
                      "points": rng.randint(1, 9), "options": [
                          option(k) for k in range(rng.randint(1, 2))]}
                     for i in range(n)]}


def apart(problem):
    """The same with no two days equal."""
    first, last = (datetime.date.fromisoformat(problem["horizon"][name])
                   for name in ("first", "last"))
    days = [(first + datetime.timedelta(days=k)).isoformat()
            for k in range((last - first).days + 1)]
    other = json.loads(json.dumps(problem))
    other["structures"][0]["staff"] += [
        {"category": "other", "count": k + 1, "dates": [day],
         "begin": "08:00", "end": "18:30"}
        for k, day in enumerate(days)
        if datetime.date.fromisoformat(day).weekday() < 5
        and day not in problem["horizon"]["except"]]
    return other


class Year(CliCase):
    def solved(self, name, problem):
        """Values of the goals, and rows of the law in the export."""
        path = self.write(name + ".json", problem)
        done = self.run_cli("solve", path, "--json", "--prove-ties", "-o",
                            self.path(name + ".plan"), "--time-limit", "60s")
        result = json.loads(done.stdout)
        self.assertEqual(result["status"], "optimal")
        program = self.run_cli("export", path, "--goal", "1", "--format", "lp",
                               "-o", "-").stdout
        rows = re.match(r".*?(\d+) rows of the law(?:; with every day for "
                        r"itself (\d+))?", program)
        return ({g["name"]: g["value"] for g in result["goals"]},
                int(rows.group(1)), int(rows.group(2) or rows.group(1)))

    def test_collapsed_and_not(self):
        fewer = 0
        for seed in range(25):
            with self.subTest(seed=seed):
                problem = year(seed)
                goals, rows, all_rows = self.solved("one", problem)
                others, _, written = self.solved("all", apart(problem))
                self.assertEqual(goals, others)
                # What is said to be spared is what is written otherwise.
                self.assertEqual(all_rows, written)
                fewer += rows < all_rows
        self.assertGreater(fewer, 15)


if __name__ == "__main__":
    unittest.main()
