# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples as a reader finds them: accepted, and worth what their grids
of points say by hand."""
import json
import os
import subprocess
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


if __name__ == "__main__":
    unittest.main()
