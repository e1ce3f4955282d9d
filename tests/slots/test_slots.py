# SPDX-License-Identifier: GPL-3.0-or-later
"""`ctgsched slots`: the second judge accepts every part drawn of a slot, and
refuses every stay drawn that is in none."""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "oracle"))

import judge as second  # noqa: E402
from packs import RULES_FOLDER, load_packs  # noqa: E402
from problem import Problem  # noqa: E402

BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
N_UNLISTED = 1000
DAY = "2026-09-09"


def run(*command, status=0, or_status=0):
    done = subprocess.run([str(part) for part in command], text=True,
                          capture_output=True, check=False)
    if done.returncode not in (status, or_status or status):
        raise AssertionError(f"{command} ended with {done.returncode}:\n"
                             f"{done.stdout}{done.stderr}")
    return done


def minute(text):
    return int(text[:2]) * 60 + int(text[3:])


def clock(at):
    return f"{at // 60:02}:{at % 60:02}"


def born(day, months):
    year, month, number = (int(part) for part in day.split("-"))
    month += 12 * year - 1 - months
    return f"{month // 12}-{month % 12 + 1:02}-{min(number, 28):02}"


class Slots:
    """The slots of one plan on one day, and stays tried against them."""

    def __init__(self, folder, problem, plan, packs, asked):
        self.problem, self.plan, self.packs = problem, plan, packs
        self.day, self.age, self.least = asked
        (folder / "p.json").write_text(json.dumps(problem), encoding="utf-8")
        (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
        self.rows = json.loads(run(
            BIN / "ctgsched", "slots", folder / "p.json", folder / "plan.json",
            "--date", self.day, "--age", f"{self.age}mo",
            "--min", f"{self.least}min", "--json").stdout)["slots"]
        self.stays = []

    def holds(self, structure, section, begin, end):
        return any(row["structure"] == structure and
                   row.get("section") == section and
                   minute(row["begin"]) <= begin and
                   end <= minute(row["end"]) and
                   end - begin <= row["most_minutes"] for row in self.rows)

    def ask(self, structure, section, begin, end):
        """A stay to be judged; its number."""
        self.stays.append((structure, section, begin, end))
        return len(self.stays) - 1

    def verdicts(self):
        """What the second judge says of each stay alone."""
        children, requests = [], []
        for number, (structure, section, begin, end) in enumerate(self.stays):
            option = {"id": "o", "structure": structure, "when": [
                {"dates": [self.day], "begin": clock(begin),
                 "end": clock(end)}]}
            if section:
                option["section"] = section
            children.append({"id": f"guest{number}",
                             "birth": born(self.day, self.age)})
            requests.append({"id": f"guest{number}", "kind": "occasional",
                             "child": f"guest{number}", "options": [option]})
        problem = Problem(
            {**self.problem,
             "children": self.problem["children"] + children,
             "requests": self.problem["requests"] + requests}, self.packs)
        placed = self.plan["placements"]
        for number in range(len(self.stays)):
            guest = {"request": f"guest{number}", "option": "o"}
            yield second.judge(problem, {
                "schema": "ctgsched/plan/1",
                "placements": placed + [guest]}).accepted


def hours_of(structure):
    hours = structure["hours"][0]
    return minute(hours["begin"]), minute(hours["end"])


def sections_of(structure, age):
    """Those that admit the age; None where there are no sections."""
    if not structure.get("sections"):
        return [None]
    return [one["id"] for one in structure["sections"]
            if one.get("from_months", 0) <= age < one.get("below_months", 999)]


class Judged(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.packs = load_packs(RULES_FOLDER)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.at = pathlib.Path(folder.name)

    def village(self, seed):
        """A problem and a plan that gives nearly all places."""
        file, plan = self.at / "village.json", self.at / "village.plan.json"
        run(BIN / "ctgsched-generate", "--size", "village", "--mode",
            "weighted", "--seed", seed, "--demand", 260, "-o", file)
        run(BIN / "ctgsched", "solve", file, "--work-limit", 300000,
            "--gap", 0.001, "-o", plan, or_status=5)
        return (json.loads(file.read_text(encoding="utf-8")),
                json.loads(plan.read_text(encoding="utf-8")))

    def judge(self, slots, expected):
        for number, accepted in enumerate(slots.verdicts()):
            self.assertEqual(accepted, expected[number],
                             (slots.stays[number], slots.age, slots.rows))

    def ask_listed(self, slots, draw, expected):
        for row in slots.rows:
            begin, end = minute(row["begin"]), minute(row["end"])
            most = row["most_minutes"]
            stay = draw.randint(slots.least, most)
            start = draw.randint(begin, end - stay)
            for part in ((begin, begin + most), (end - most, end),
                         (start, start + stay)):
                slots.ask(row["structure"], row.get("section"), *part)
                expected.append(True)

    def ask_unlisted(self, slots, draw, expected, wanted):
        """Stays inside opening hours that no slot holds, every second one
        within 30 minutes of a slot."""
        asked = 0
        for _ in range(200 * wanted):
            structure = draw.choice(slots.problem["structures"])
            opens, closes = hours_of(structure)
            sections = sections_of(structure, slots.age)
            near = [row for row in slots.rows
                    if row["structure"] == structure["id"]]
            if not sections:
                continue
            section = draw.choice(sections)
            begin = draw.randint(opens, closes - slots.least)
            end = draw.randint(begin + slots.least, closes)
            if asked % 2 and near:
                row = draw.choice(near)
                section = row.get("section")
                begin = max(opens, minute(row["begin"]) - draw.randint(0, 30))
                end = min(closes, minute(row["end"]) + draw.randint(0, 30))
                if draw.random() < 0.5:
                    begin = minute(row["begin"]) + draw.randint(0, 30)
            if end - begin < slots.least or slots.holds(
                    structure["id"], section, begin, end):
                continue
            slots.ask(structure["id"], section, begin, end)
            expected.append(False)
            asked += 1
            if asked == wanted:
                break
        return asked

    def test_stays_in_slots_pass_and_others_fail(self):
        seed = int(os.environ.get("CTG_SEED", random.randrange(10 ** 6)))
        draw = random.Random(seed)
        unlisted = listed = 0
        for number in range(200):
            if unlisted >= N_UNLISTED:
                break
            if number % 3 == 0:
                problem, plan = self.village(draw.randrange(10 ** 6))
            day = f"2026-09-{draw.randint(7, 11):02}"
            asked = (day, draw.choice([8, 14, 17, 26]),
                     draw.choice([30, 60, 120]))
            with self.subTest(seed=seed, number=number):
                slots = Slots(self.at, problem, plan, self.packs, asked)
                expected = []
                self.ask_listed(slots, draw, expected)
                listed += len(expected)
                unlisted += self.ask_unlisted(
                    slots, draw, expected,
                    min(80, N_UNLISTED - unlisted)) if slots.rows else 0
                self.judge(slots, expected)
        self.assertGreaterEqual(unlisted, N_UNLISTED)
        self.assertGreaterEqual(listed, 50)


def house(**more):
    return {"schema": "ctgsched/problem/1", "id": "house",
            "horizon": {"first": "2026-09-07", "last": "2026-09-13"},
            "structures": [{"id": "s", "kind": "other", "places": 2,
                            "hours": [{"days": ["mon", "tue", "wed"],
                                       "begin": "08:00", "end": "18:00"}],
                            **more}],
            "children": [{"id": f"c{k}", "birth": "2025-01-15"}
                         for k in (1, 2)],
            "requests": [{"id": f"r{k}", "child": f"c{k}", "options": [
                {"id": "o", "structure": "s", "when": [
                    {"days": ["wed"], "begin": begin, "end": end}]}]}
                for k, begin, end in ((1, "09:00", "12:00"),
                                      (2, "10:00", "14:00"))]}


BOTH = {"schema": "ctgsched/plan/1", "placements": [
    {"request": "r1", "option": "o"}, {"request": "r2", "option": "o"}]}


class ByHand(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.at = pathlib.Path(folder.name)

    def slots(self, problem, *options, plan=None, status=0):
        for name, value in (("p", problem), ("plan", plan or BOTH)):
            (self.at / f"{name}.json").write_text(json.dumps(value),
                                                  encoding="utf-8")
        return run(BIN / "ctgsched", "slots", self.at / "p.json",
                   self.at / "plan.json", *options, status=status)

    def rows(self, problem, *options, plan=None):
        asked = ("--date", DAY, "--age", "14mo", "--json", *options)
        return [(row["begin"], row["end"], row["most_minutes"]) for row in
                json.loads(self.slots(problem, *asked, plan=plan).stdout)
                ["slots"]]

    def test_full_hours_part_the_day(self):
        # Two of two places are taken from 10:00 to 12:00.
        self.assertEqual(self.rows(house(), "--min", "1h"),
                         [("08:00", "10:00", 120), ("12:00", "18:00", 360)])

    def test_as_if_changes_had_been_made(self):
        events = self.at / "events.json"
        events.write_text(json.dumps({
            "schema": "ctgsched/change/1", "changes": [
                {"op": "capacity", "structure": "s", "places": 3},
                {"op": "request_withdrawn", "request": "r1"}]}),
            encoding="utf-8")
        self.assertEqual(self.rows(house(), "--events", events),
                         [("08:00", "18:00", 600)])

    def test_short_gaps_are_of_no_use(self):
        self.assertEqual(self.rows(house(), "--min", "150min"),
                         [("12:00", "18:00", 360)])

    def test_closed_day_has_none(self):
        done = self.slots(house(), "--date", "2026-09-10", "--age", "1y")
        self.assertIn("nothing", done.stdout)

    def test_staff_binds_before_seats(self):
        pack = {"schema": "ctgsched/rules/1", "id": "p", "title": "p",
                "rules": [{"id": "two", "kind": "ratio", "status": "memory",
                           "parameters": {"rounding": "sum_then_ceil",
                                          "classes": [{"id": "any",
                                                       "per": 2}]}}]}
        staff = [{"category": "cat1", "count": 1, "begin": "08:00",
                  "end": "16:00"}]
        problem = {**house(packs=["p"], ratio={"regime": "two"}, places=5,
                           staff=staff), "rules": [pack]}
        self.assertEqual(self.rows(problem),
                         [("08:00", "10:00", 120), ("12:00", "16:00", 240)])

    def test_sections_admit_by_age(self):
        sections = [{"id": "old", "places": 2, "from_months": 18},
                    {"id": "young", "places": 2, "below_months": 18}]
        rows = self.rows(house(sections=sections))
        self.assertEqual(rows, [("08:00", "10:00", 120),
                                ("12:00", "18:00", 360)])
        asked = ("--date", DAY, "--age", "30mo", "--json")
        rows = json.loads(self.slots(house(sections=sections), *asked).stdout)
        # Sections leave places of their own; the house has two in all.
        self.assertEqual({row["section"] for row in rows["slots"]}, {"old"})

    def test_full_week_bounds_the_stay(self):
        # One place, 100 % of 10 hours a week and two at once: 7 hours are
        # taken, 3 are left, wherever they begin.
        pack = {"schema": "ctgsched/rules/1", "id": "p", "title": "p",
                "rules": [{"id": "more", "kind": "over_capacity",
                           "status": "memory",
                           "parameters": {"instant_max_pct": 300,
                                          "weekly_max_pct": 100,
                                          "capacity_basis": "capacity_t"}}]}
        problem = {**house(packs=["p"], places=1, over_capacity=True,
                           hours=[{"days": ["wed"], "begin": "08:00",
                                   "end": "18:00"}]), "rules": [pack]}
        self.assertEqual(self.rows(problem), [("08:00", "18:00", 180)])
        done = self.slots(problem, "--date", DAY, "--age", "14mo")
        self.assertIn("stay at most 3 h 00", done.stdout)
        self.assertEqual(self.rows(problem, "--min", "4h"), [])

    def test_french(self):
        done = self.slots(house(), "--date", DAY, "--age", "14", "--lang",
                          "fr")
        self.assertIn("Ce qui peut encore être réservé", done.stdout)

    def test_what_cannot_be_asked(self):
        for options in ((), ("--date", DAY), ("--age", "14mo"),
                        ("--date", DAY, "--age", "soon"),
                        ("--date", DAY, "--age", "14mo", "--min", "0"),
                        ("--date", DAY, "--age", "14mo", "--min", "long"),
                        ("--date", DAY, "--age", "900mo"),
                        ("--date", "2027-01-01", "--age", "14mo"),
                        ("--date", DAY, "--age", "14mo", "--walks", "maybe"),
                        ("--date", DAY, "--age", "14mo", "--min", "30h"),
                        ("--date", DAY, "--age", "14mo", "--structure", "x")):
            with self.subTest(options=options):
                done = self.slots(house(), *options, status=2)
                self.assertIn("Maybe", done.stderr)

    def test_plan_that_breaks_a_rule_has_no_slots(self):
        done = self.slots(house(places=1), "--date", DAY, "--age", "14mo",
                          status=7)
        self.assertIn("places", done.stderr)


if __name__ == "__main__":
    unittest.main()
