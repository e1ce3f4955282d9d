# SPDX-License-Identifier: GPL-3.0-or-later
"""`ctgsched headroom`: as many children more as it says pass the second judge
at each instant, and one more is refused."""
import json
import os
import pathlib
import random
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "oracle"))

import judge as second  # noqa: E402
from packs import RULES_FOLDER, load_packs  # noqa: E402
from problem import Problem  # noqa: E402
from test_slots import (BIN, BOTH, born, clock, house, minute,  # noqa: E402
                        run)

SEATS = {"places", "section", "shared", "merge", "reserve"}
STAFF = {"ratio", "quota", "minimum"}
ROOT = HERE.parent.parent


def headroom(problem, plan, *options):
    return json.loads(run(BIN / "ctgsched", "headroom", problem, plan, "--json",
                          *options).stdout)["headroom"]


def guests(problem, plan, row, n, ages, packs):
    """What n children of the row's class, there in the row's first minute,
    break: rules, by the second judge."""
    children, requests = [], []
    age, walks = ages(row)
    for number in range(n):
        child = {"id": f"guest{number}", "birth": born(row["date"], age)}
        if walks is not None:
            child["walk_from"] = "2020-01-01" if walks else "2040-01-01"
        school = next(s for s in problem["structures"]
                      if s["id"] == row["structure"]).get("schools")
        if school:
            child["school"] = school[0]
        begin = minute(row["begin"])
        option = {"id": "o", "structure": row["structure"], "when": [
            {"dates": [row["date"]], "begin": clock(begin),
             "end": clock(begin + 1)}]}
        if "section" in row:
            option["section"] = row["section"]
        children.append(child)
        requests.append({"id": f"guest{number}", "kind": "occasional",
                         "child": child["id"], "options": [option]})
    whole = Problem({**problem, "children": problem["children"] + children,
                     "requests": problem["requests"] + requests}, packs)
    placed = [{"request": r["id"], "option": "o"} for r in requests]
    found = second.judge(whole, {
        "schema": "ctgsched/plan/1",
        "placements": plan["placements"] + placed,
        "shortages": plan.get("shortages", [])})
    return {one["rule"] for one in found.breaches}


class Judged(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.packs = load_packs(RULES_FOLDER)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.at = pathlib.Path(folder.name)

    def agree(self, problem, plan, rows, ages):
        for row in rows:
            with self.subTest(row=row):
                self.assertEqual(guests(problem, plan, row, row["more"], ages,
                                        self.packs), set())
                broken = guests(problem, plan, row, row["more"] + 1, ages,
                                self.packs)
                self.assertTrue(broken)
                expected = {(True, False): "seats", (False, True): "staff",
                            (True, True): "both"}.get(
                    (bool(broken & SEATS), bool(broken & STAFF)))
                if expected:
                    self.assertEqual(row["binds"], expected, broken)

    def plan_of(self, problem_file):
        plan = self.at / "plan.json"
        run(BIN / "ctgsched", "solve", problem_file, "--work-limit", 200000,
            "--gap", 0.001, "-o", plan, or_status=5)
        return plan, json.loads(plan.read_text(encoding="utf-8"))

    def test_a_village(self):
        seed = int(os.environ.get("CTG_SEED", random.randrange(10 ** 6)))
        file = self.at / "village.json"
        run(BIN / "ctgsched-generate", "--size", "village", "--mode",
            "weighted", "--seed", seed, "-o", file)
        problem = json.loads(file.read_text(encoding="utf-8"))
        plan_file, plan = self.plan_of(file)
        ranges = {(s["id"], c["id"]): c for s in problem["structures"]
                  for c in s.get("sections", [])}

        def ages(row):
            its = ranges.get((row["structure"], row.get("section")), {})
            walks = {"non_walker": False, "walker": True}.get(
                row.get("class"))
            low = its.get("from_months", 3)
            return low, walks
        # Some seeds close the village on some days.
        date = max(plan["coverage"], key=lambda c: len(c["intervals"]))["date"]
        rows = headroom(file, plan_file, "--date", date)
        self.assertGreater(len(rows), 5)
        draw = random.Random(seed)
        self.agree(problem, plan,
                   draw.sample(rows, min(30, len(rows))), ages)

    def test_two_centres(self):
        file = ROOT / "examples" / "mercredi.json"
        problem = json.loads(file.read_text(encoding="utf-8"))
        plan_file, plan = self.plan_of(file)
        rows = headroom(file, plan_file, "--date", "2026-09-09")
        self.assertGreater(len(rows), 8)
        self.agree(problem, plan, rows,
                   lambda row: (60 if row["class"] == "lt6" else 96, None))


class ByHand(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.at = pathlib.Path(folder.name)

    def ask(self, problem, *options, status=0):
        for name, value in (("p", problem), ("plan", BOTH)):
            (self.at / f"{name}.json").write_text(json.dumps(value),
                                                  encoding="utf-8")
        return run(BIN / "ctgsched", "headroom", self.at / "p.json",
                   self.at / "plan.json", "--json", *options, status=status)

    def rows(self, problem, *options):
        return json.loads(self.ask(problem, *options).stdout)["headroom"]

    def test_two_places(self):
        # One is taken from 09:00, both from 10:00 to 12:00, one to 14:00.
        found = self.rows(house(), "--date", "2026-09-09")
        self.assertEqual(
            [(r["begin"], r["end"], r["more"], r["binds"]) for r in found],
            [("08:00", "09:00", 2, "seats"), ("09:00", "10:00", 1, "seats"),
             ("10:00", "12:00", 0, "seats"), ("12:00", "14:00", 1, "seats"),
             ("14:00", "18:00", 2, "seats")])

    def test_all_days_without_a_date(self):
        found = self.rows(house())
        self.assertEqual({r["date"] for r in found},
                         {"2026-09-07", "2026-09-08", "2026-09-09"})

    def test_bad_questions(self):
        for more in (("--date", "2027-09-09"), ("--structure", "nobody")):
            done = self.ask(house(), *more, status=2)
            self.assertIn("Maybe", done.stderr)


if __name__ == "__main__":
    unittest.main()
