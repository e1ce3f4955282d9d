# SPDX-License-Identifier: GPL-3.0-or-later
"""ctgsched-generate: same bytes for the same options, the shape asked for, and
problems that the judge can use."""
import hashlib
import json
import math
import os
import subprocess
import tempfile
import unittest

ROOT = os.environ.get("CTG_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.environ.get("CTG_BIN") or os.path.join(ROOT, "build", "bin")


def run(*options):
    return subprocess.run([os.path.join(BIN, "ctgsched-generate"), *options],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, check=False)


def generate(*options):
    done = run(*options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def held_plan(problem):
    return {"schema": "ctgsched/plan/1", "problem": {"id": problem["id"]},
            "placements": [{"request": r["id"], "option": "held"}
                           for r in problem["requests"] if "held" in r]}


def share(some, all_of_them):
    return 100 * len(list(some)) / len(all_of_them)


class Bytes(unittest.TestCase):
    def test_same_options_give_the_same_bytes(self):
        one = run("--size", "town", "--seed", "7").stdout
        self.assertEqual(one, run("--seed", "7", "--size", "town").stdout)

    def test_another_seed_gives_another_town(self):
        self.assertNotEqual(run("--size", "town", "--seed", "7").stdout,
                            run("--size", "town", "--seed", "8").stdout)

    def test_mode_changes_nothing_but_the_goals(self):
        one = generate("--size", "town", "--mode", "weighted")
        other = generate("--size", "town", "--mode", "lexicographic")
        self.assertNotEqual(one.pop("goals"), other.pop("goals"))
        self.assertEqual(one, other)

    def test_output_option_writes_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "t.json")
            self.assertEqual(run("--size", "village", "-o", path).stdout, "")
            with open(path, encoding="utf-8") as file:
                self.assertEqual(file.read(), run("--size", "village").stdout)


    # Of bytes that measurements were made on: a new digest makes them void.
    DIGESTS = {
        "village": "c311014b1916bdc5",
        "village --staff joint --services all": "798f8884e82c9177",
        "town": "52432f85d3f8fbda",
        "town --staff joint --services all": "8c435c5d1ae9d681",
        "20-creches": "07293372590029ed",
        "city": "b5ccbb5d7326188f",
        "city --staff joint --services all": "15cca37818433d24",
        "metropolis": "62ac6909bea81d65",
        "metropolis --staff joint --services all": "052618ce5ad122b2",
    }

    def test_bytes_are_those_of_every_machine(self):
        for options, digest in self.DIGESTS.items():
            with self.subTest(options=options):
                text = run("--size", *options.split()).stdout
                self.assertEqual(
                    hashlib.sha256(text.encode()).hexdigest()[:16], digest)


class Shape(unittest.TestCase):
    def test_sizes_have_their_places(self):
        for size, houses, places in (("village", 1, 30), ("commune", 4, 155),
                                     ("town", 6, 192), ("city", 60, 1980),
                                     ("metropolis", 400, 13200),
                                     ("20-creches", 20, 710),
                                     ("23-creches", 23, 820)):
            with self.subTest(size=size):
                found = generate("--size", size)["structures"]
                self.assertEqual(len(found), houses)
                self.assertEqual(sum(s["places"] for s in found), places)

    def near(self, found, expected, percent=5):
        self.assertLessEqual(abs(found - expected) * 100, percent * expected)

    def test_towns_and_larger_have_schools_of_150_pupils_who_ask(self):
        for size, houses, requests, schools in (
                ("town", 6, 365, 10), ("city", 60, 3762, 60),
                ("metropolis", 400, 25080, 300)):
            for staff in ("fixed", "joint"):
                with self.subTest(size=size, staff=staff):
                    found = generate("--size", size, "--services", "all",
                                     "--staff", staff)
                    kinds = [s.get("kind", "eaje")
                             for s in found["structures"]]
                    self.assertEqual(kinds,
                                     ["eaje"] * houses + ["acm"] * schools)
                    pupils = len(found["requests"]) - requests
                    self.near(pupils, 150 * schools)

    def test_towns_and_cities_have_their_agents(self):
        for size, agents in (("town", 130), ("city", 1300)):
            found = generate("--size", size, "--services", "all", "--staff",
                             "joint")
            self.near(len(found["employees"]), agents)

    def test_contracts_of_a_city_cover_what_a_school_wants(self):
        """More than the agents of every second school can do is wanted there
        by few: 3 on four evenings, 4 on Wednesday."""
        found = generate("--size", "city", "--services", "sessions",
                         "--staff", "joint")
        for at, school in enumerate(found["structures"]):
            weeks = [e["contract"]["week_minutes"] for e in found["employees"]
                     if e["structures"] == [school["id"]]]
            wanted = (3 * 4 * 150 + 4 * 540 if at % 2
                      else 5 * 4 * 150 + 6 * 540)
            self.assertGreaterEqual(sum(weeks), wanted)
            self.assertLessEqual(set(weeks), {300, 540, 600, 1140})

    def test_demand_is_counted_in_requests_per_100_places(self):
        self.assertEqual(len(generate("--size", "town")["requests"]), 365)
        self.assertEqual(len(generate("--size", "town", "--demand", "100")
                             ["requests"]), 192)

    def test_shape_is_told_on_standard_error(self):
        self.assertIn("6 structures, 192 places, 365 requests",
                      run("--size", "town").stderr)

    def test_days_a_week_follow_the_contract_book(self):
        problem = generate("--size", "60-creches", "--held", "0")
        asked = [r["menu"]["week"] for r in problem["requests"]]
        days = [sum(len(w["days"]) for w in week) for week in asked]
        for n, percent in {1: 10, 2: 32, 3: 17, 4: 18, 5: 24}.items():
            with self.subTest(days=n):
                self.assertAlmostEqual(
                    share((d for d in days if d == n), days), percent,
                    delta=3)

    def test_half_days_are_the_share_asked(self):
        for percent in (0, 28, 56):
            with self.subTest(percent=percent):
                problem = generate("--size", "60-creches", "--held", "0",
                                   "--half-days", str(percent))
                slots = [w for r in problem["requests"]
                         for w in r["menu"]["week"] for _ in w["days"]]
                short = [w for w in slots
                         if int(w["end"][:2]) - int(w["begin"][:2]) < 6]
                self.assertAlmostEqual(share(short, slots), percent, delta=3)

    def test_no_two_requests_share_a_child(self):
        problem = generate("--size", "town")
        self.assertEqual(len({r["child"] for r in problem["requests"]}),
                         len(problem["requests"]))


class Judged(unittest.TestCase):
    """What is held today is legal by the judge, who shares no code."""

    def test_keeping_every_place_breaks_no_rule_but_guaranteed(self):
        for size in ("village", "commune", "town", "20-creches"):
            for seed in ("1", "2", "3"):
                with self.subTest(size=size, seed=seed):
                    self.check(generate("--size", size, "--seed", seed))
        for services in ("places", "all"):
            with self.subTest(size="city", services=services):
                self.check(generate("--size", "city", "--services", services))

    def check(self, problem):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "problem.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(problem, file)
            done = subprocess.run(
                [os.path.join(BIN, "ctgsched-verify"), "--json", path, "-"],
                input=json.dumps(held_plan(problem)), text=True,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertIn(done.returncode, (0, 7), done.stderr)
        said = json.loads(done.stdout)
        self.assertLessEqual({s["kind"] for s in said["shortages"]},
                             {"guaranteed"})
        self.assertLessEqual({b["rule"] for b in said["breaches"]},
                             {"shortage"})


# Percent of the middle staff that a director wants, by half-hours from 07:30.
CURVE = [40, 60, 85, *[100] * 15, 85, 75, 60, 40]
COMMUNE_JOINT = ("--size", "commune", "--staff", "joint", "--services", "all",
                 "--centres", "6", "--weeks", "4", "--seed", "3")
JOINT_CRECHE = ("--size", "village", "--staff", "joint", "--half-days", "0",
                "--demand", "200", "--seed", "7")


def minutes(time):
    return 60 * int(time[:2]) + int(time[3:])


def with_children(shift):
    return sum(minutes(s["end"]) - minutes(s["begin"])
               for s in shift["segments"] if "activity" not in s) \
        - sum(piece["minutes"] for piece in shift["pieces"])


def minutes_needed(house):
    """With children in a week of full seats, two agents at any time."""
    per_place = 1 / 6 if house["ratio"]["regime"] == "eaje.6" else 0.155
    peak = max(2, math.ceil(round(house["places"] * per_place, 6)))
    day = sum(30 * max(2, math.ceil(peak * percent / 100))
              for percent in CURVE)
    return day * (5 - len(house.get("closures", ())))


class Joint(unittest.TestCase):
    """--staff joint: duties are decided with the children."""

    def houses(self, problem):
        """(house, its shifts, its employees)."""
        for house in problem["structures"]:
            here = house["id"]
            yield (house,
                   [s for s in problem["shifts"] if s["structure"] == here],
                   [e for e in problem["employees"]
                    if e["structures"] == [here]])

    def towns(self):
        for size in ("village", "town", "20-creches"):
            for seed in ("1", "2", "3"):
                yield generate("--size", size, "--seed", seed, "--staff",
                               "joint")

    def test_families_and_seats_are_those_of_fixed_staff(self):
        joint = generate("--size", "town", "--staff", "joint")
        fixed = generate("--size", "town", "--staff", "fixed")
        for name in ("children", "requests", "siblings"):
            self.assertEqual(joint[name], fixed[name])
        for one, other in zip(joint["structures"], fixed["structures"]):
            self.assertEqual(one["staff"], [])
            self.assertEqual({**one, "staff": 0}, {**other, "staff": 0})

    def test_each_agent_has_seven_shifts_a_day_and_35_hours(self):
        for problem in self.towns():
            for house, shifts, staff in self.houses(problem):
                days = 5 - len(house.get("closures", ()))
                self.assertGreaterEqual(len(shifts), 7)
                weeks = [e["contract"]["week_minutes"] for e in staff]
                self.assertEqual(set(weeks[:-1]) | {420 * days},
                                 {420 * days})
                self.assertLessEqual(weeks[-1], 420 * days)

    def test_staff_is_what_full_seats_need(self):
        for problem in self.towns():
            for house, shifts, staff in self.houses(problem):
                lengths = {with_children(shift) for shift in shifts}
                self.assertEqual(lengths, {390})
                there = sum(e["contract"]["week_minutes"]
                            for e in staff) / 420 * 390
                need = minutes_needed(house)
                self.assertLessEqual(abs(there - need), 0.05 * need)

    def test_half_of_the_agents_are_of_category_1(self):
        for problem in self.towns():
            for _, _, staff in self.houses(problem):
                first = sum(e["qualifications"] == [{"category": "cat1"}]
                            for e in staff)
                self.assertLessEqual(abs(2 * first - len(staff)), 1)

    def test_the_examples_are_made_by_the_commands_of_the_manual(self):
        for name, options in (("joint-creche.json", JOINT_CRECHE),
                              ("commune-joint.json", COMMUNE_JOINT)):
            with open(os.path.join(ROOT, "examples", name),
                      encoding="utf-8") as file:
                self.assertEqual(file.read(), run(*options).stdout, name)

    def test_a_commune_for_a_month(self):
        """Four crèches and six centres, 90 agents, four weeks: the second has
        the structures, families and agents of the first."""
        month = generate(*COMMUNE_JOINT)
        self.assertEqual(month["horizon"], {"first": "2026-09-07",
                                            "last": "2026-10-02"})
        self.assertEqual(len(month["employees"]), 90)
        kinds = [s.get("kind", "eaje") for s in month["structures"]]
        self.assertEqual(kinds, ["eaje"] * 4 + ["acm"] * 6)
        week = generate(*COMMUNE_JOINT, "--weeks", "1")
        for name in ("structures", "shifts", "children", "requests"):
            self.assertEqual(month[name], week[name])
        for long, short in zip(month["employees"], week["employees"]):
            self.assertEqual(long["contract"]["least"],
                             4 * short["contract"]["least"])


class Hands(unittest.TestCase):
    """In the example staff bind: with hands enough the families get more hours
    than the bound allows with those who are there."""

    def solve(self, problem, *options):
        with tempfile.TemporaryDirectory() as folder:
            path, plan = (os.path.join(folder, name)
                          for name in ("problem.json", "plan.json"))
            with open(path, "w", encoding="utf-8") as file:
                json.dump(problem, file)
            done = subprocess.run(
                [os.path.join(BIN, "ctgsched"), "solve", path, "-o", plan,
                 *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                text=True, check=False)
            self.assertIn(done.returncode, (0, 5), done.stderr)
            judged = subprocess.run(
                [os.path.join(BIN, "ctgsched-verify"), path, plan],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
            self.assertEqual(judged.returncode, 0, judged.stdout)
            with open(plan, encoding="utf-8") as file:
                return {g["name"]: g for g in json.load(file)["goals"]}

    def test_hands_are_short(self):
        problem = generate(*JOINT_CRECHE)
        joint = self.solve(problem, "--work-limit", "60k")
        self.assertEqual(joint["shortage"]["value"], 0)
        for name in ("shifts", "employees"):
            del problem[name]
        problem["structures"][0]["staff"] = [
            {"category": "cat1", "count": 30, "begin": "07:30",
             "end": "18:30", "skills": ["handicap", "pai"]}]
        problem["goals"]["order"] = ["shortage", "hours"]
        free = self.solve(problem, "--work-limit", "2M")
        self.assertLess(joint["hours"]["bound"], free["hours"]["value"])


class Centres(unittest.TestCase):
    """--services: evenings and Wednesday out of school."""

    # children for one agent below six years and from then on, by the law
    PER = {"soir": (14, 18), "jour": (10, 14)}

    def taken(self, centre, days, per):
        """Children whom seats and staff can take, half of them below six."""
        agents = sum(staff["count"] for staff in centre["staff"]
                     if staff["days"] == days)
        return min(centre["places"], 2 * agents / (1 / per[0] + 1 / per[1]))

    def check(self, problem, centre):
        asked = {}
        for request in problem["requests"]:
            first = request.get("options", [{}])[0]
            if first.get("structure") == centre["id"]:
                for day in first["when"][0]["days"]:
                    key = first["id"], day
                    asked[key] = asked.get(key, 0) + 1
        evenings = ["mon", "tue", "thu", "fri"]
        self.assertEqual(set(asked), {("jour", "wed"),
                                      *(("soir", day) for day in evenings)})
        for (service, day), n in asked.items():
            days = evenings if service == "soir" else ["wed"]
            most = self.taken(centre, days, self.PER[service])
            self.assertGreaterEqual(n, 1.10 * most - 2)
            self.assertLessEqual(n, 1.30 * most + 1)

    def test_more_is_asked_than_seats_or_staff_can_take(self):
        for services in ("sessions", "all"):
            problem = generate("--size", "town", "--services", services)
            centres = [s for s in problem["structures"]
                       if s.get("kind") == "acm"]
            self.assertEqual(len(centres), 10)
            for centre in centres:
                with self.subTest(services=services, centre=centre["id"]):
                    self.check(problem, centre)

    def test_creches_stay_as_they_are(self):
        alone = generate("--size", "town", "--services", "places")
        both = generate("--size", "town", "--services", "all")
        self.assertEqual(generate("--size", "town"), alone)
        for name in ("structures", "children", "requests"):
            self.assertEqual(both[name][:len(alone[name])], alone[name])
            self.assertGreater(len(both[name]), len(alone[name]))

    def test_all_of_it_is_accepted(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "t.json")
            for services in ("sessions", "all"):
                for staff in ("fixed", "joint"):
                    generated = run("--size", "town", "--services", services,
                                    "--staff", staff, "-o", path)
                    self.assertEqual(generated.returncode, 0)
                    done = subprocess.run(
                        [os.path.join(BIN, "ctgsched"), "lint", path],
                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                        text=True, check=False)
                    self.assertEqual(done.returncode, 0, done.stdout)


class Usage(unittest.TestCase):
    def test_unknown_words_are_refused(self):
        for options in ((), ("--size", "hamlet"), ("--size", "0-creches"),
                        ("--size", "501-creches"), ("--size", "-3-creches"),
                        ("--size", "town", "--seed", "x"),
                        ("--size", "town", "--seed"),
                        ("--size", "town", "--staff", "free"),
                        ("--size", "town", "--services", "some"),
                        ("--size", "town", "--half-days", "71"),
                        ("--size", "town", "--weeks", "9"),
                        ("--size", "town", "--centres", "0"),
                        ("--size", "town", "--centres", "2"),
                        ("--size", "metropolis-creches"),
                        ("--size", "town", "--staff", "joint", "--policy",
                         "by_points"),
                        ("--size", "town", "--mode", "weighted", "--policy",
                         "by_points"), ("--colour", "blue")):
            with self.subTest(options=options):
                done = run(*options)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, "")
                self.assertNotEqual(done.stderr, "")

    def test_unwritable_file_is_an_error(self):
        done = run("--size", "village", "-o",
                   os.path.join(os.sep, "no-such-folder", "t.json"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write", done.stderr)


if __name__ == "__main__":
    unittest.main()
