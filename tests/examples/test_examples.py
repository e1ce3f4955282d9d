# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples as a reader finds them: accepted, and worth what their grids
of points say by hand."""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = os.environ.get("CTG_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.environ.get("CTG_BIN") or os.path.join(ROOT, "build", "bin")


def example(name):
    return os.path.join(ROOT, "examples", name)


def verdict(path, placements):
    """What the judge says of a plan with these placements."""
    with open(path, encoding="utf-8") as file:
        name = json.load(file)["id"]
    plan = {"schema": "ctgsched/plan/1", "problem": {"id": name},
            "placements": [{"request": r, "option": o}
                           for r, o in placements.items()]}
    done = subprocess.run(
        [os.path.join(BIN, "ctgsched-verify"), "--json", path, "-"],
        input=json.dumps(plan), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, check=False)
    return json.loads(done.stdout)


def points_of(path, request, option):
    goals = verdict(path, {request: option})["goals"]
    return next(g["value"] for g in goals if g["name"] == "points")


class Grids(unittest.TestCase):
    """Sums by hand from the published grids."""

    def check(self, name, option, expected):
        for request, points in expected.items():
            with self.subTest(request=request):
                self.assertEqual(points_of(example(name), request, option),
                                 points)

    def test_pessac(self):
        self.check("points-pessac.json", "mesanges", {
            "both-work": 300 + 30 + 40,
            "single-waiting": 300 + 30 + 20 + 2 * 10,
            "followed": 300 + 30 + 10 + 80,
            "neighbour-town": 20 + 40 + 10,
            "refused-once": 300 + 10 - 20 - 30})

    def test_municipal_with_bands(self):
        self.check("points-municipal.json", "tilleuls", {
            "band-edge": 4 + 1 + 4 + 3,  # 36,000 is still in the second band
            "band-above": 3 + 3 + 2 + 2,
            "many-refusals": 1 + 5 + 5 + 4 + 1 + 1,
            "wealthy": 2 + 2 + 4 + 1})


class Commune(unittest.TestCase):
    PATH = example("commune.json")

    def setUp(self):
        with open(self.PATH, encoding="utf-8") as file:
            self.problem = json.load(file)

    def test_is_what_its_command_makes(self):
        made = subprocess.run(
            [os.path.join(BIN, "ctgsched-generate"), "--size", "commune",
             "--held", "25", "--seed", "6"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, check=True).stdout
        with open(self.PATH, "rb") as file:
            self.assertEqual(made, file.read())

    def test_stays_small(self):
        self.assertLess(os.path.getsize(self.PATH), 900_000)

    def test_shows_what_the_format_can_say(self):
        houses = self.problem["structures"]
        for member in ("sections", "merges", "shared", "modulation",
                       "closures", "reductions", "offers"):
            with self.subTest(member=member):
                self.assertTrue(any(member in s for s in houses))
        for member in ("held", "menu", "insertion", "adaptation", "floor",
                       "facts"):
            with self.subTest(member=member):
                self.assertTrue(any(member in r
                                    for r in self.problem["requests"]))
        self.assertEqual({g["rule"] for g in self.problem["siblings"]},
                         {"together", "all_or_none", "reward"})

    def test_holds_no_name_of_a_person(self):
        for child in self.problem["children"]:
            self.assertRegex(child["id"], r"^e\d{5}$")


class Joint(unittest.TestCase):
    """A commune for a month: 4 crèches, 6 centres, 90 agents."""

    def test_a_plan_that_is_accepted_and_short_of_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            plan = os.path.join(folder, "plan.json")
            done = subprocess.run(
                [os.path.join(BIN, "ctgsched"), "solve",
                 example("commune-joint.json"), "-o", plan, "--json",
                 "--work-limit", "1500k"], stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True, check=False)
            self.assertEqual(done.returncode, 5, done.stderr)
            goals = {g["name"]: g for g in json.loads(done.stdout)["goals"]}
            self.assertEqual(goals["shortage"]["value"], 0)
            # Most of what the four houses could do in a month, and the centres:
            # the plan of the first seconds has 2,066,580.
            self.assertGreater(goals["hours"]["value"], 2100000)
            self.assertLessEqual(goals["hours"]["value"],
                                 goals["hours"]["bound"])
            judged = subprocess.run(
                [os.path.join(BIN, "ctgsched-verify"),
                 example("commune-joint.json"), plan], check=False,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            self.assertEqual(judged.returncode, 0, judged.stdout)


class Sessions(unittest.TestCase):
    """What bench/examples/sessions.py makes: plans that are proven, accepted
    by the second program, and worth what another solver finds."""

    # Proven by `ctgsched solve`; the last goal of each export was confirmed
    # by cbc 2.10 on the exported program (test_another_solver_agrees).
    GOALS = {"mercredi": {"points": 4365, "requests": 109, "hours": 283920,
                          "satisfaction": 107000},
             "clas-permanences": {"points": 825, "requests": 34,
                                  "hours": 14790, "satisfaction": 33500}}

    def solve(self, name, *more):
        plan = os.path.join(self.folder.name, f"{name}.plan.json")
        done = subprocess.run(
            [os.path.join(BIN, "ctgsched"), "solve", example(name + ".json"),
             "-o", plan, "--json", *more], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, check=False)
        return plan, json.loads(done.stdout)

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def test_are_what_their_command_makes(self):
        for name in ("mercredi", "periscolaire-year", "clas-permanences"):
            made = subprocess.run(
                [sys.executable,
                 os.path.join(ROOT, "bench", "examples", "sessions.py"), name],
                stdout=subprocess.PIPE, check=True).stdout
            with open(example(name + ".json"), "rb") as file:
                self.assertEqual(made, file.read(), name)

    def test_are_proven_and_accepted(self):
        for name, goals in self.GOALS.items():
            plan, result = self.solve(name, "--time-limit", "60s")
            self.assertEqual(result["status"], "optimal", name)
            self.assertEqual(
                {g["name"]: g["value"] for g in result["goals"]
                 if g["name"] != "tie"}, goals)
            done = subprocess.run(
                [os.path.join(BIN, "ctgsched-verify"),
                 example(name + ".json"), plan], check=False,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.assertEqual(done.returncode, 0, name)

    def test_another_solver_agrees(self):
        for name, goals in self.GOALS.items():
            plan, _ = self.solve(name, "--time-limit", "60s")
            for k, goal in enumerate(goals, 1):
                program = os.path.join(self.folder.name, "p.mps")
                subprocess.run(
                    [os.path.join(BIN, "ctgsched"), "export",
                     example(name + ".json"), "--format", "mps", "--goal",
                     str(k), "--plan", plan, "-o", program], check=True,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                done = subprocess.run(
                    ["cbc", program, "-sec", "60", "-solve", "-quit"],
                    stdout=subprocess.PIPE, text=True, check=True)
                self.assertIn("Optimal solution found", done.stdout)
                value = re.search(r"Objective value: +(-?[0-9.]+)",
                                  done.stdout).group(1)
                self.assertEqual(round(-float(value)), goals[goal],
                                 (name, goal))

    def test_a_year_is_planned_soon(self):
        """5,000 presences a week on 133 school days; the proof is in
        bench/run."""
        plan, result = self.solve("periscolaire-year", "--work-limit",
                                  "150000")
        points = next(g for g in result["goals"] if g["name"] == "points")
        self.assertEqual((points["value"], points["bound"]), (76100, 76100))
        done = subprocess.run(
            [os.path.join(BIN, "ctgsched-verify"),
             example("periscolaire-year.json"), plan], check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()
