# SPDX-License-Identifier: GPL-3.0-or-later
"""ctgsched-generate: same bytes for the same options, the shape asked for, and
problems that the judge can use."""
import json
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


class Shape(unittest.TestCase):
    def test_sizes_have_their_places(self):
        for size, houses, places in (("village", 1, 30), ("commune", 4, 155),
                                     ("town", 6, 192), ("20-creches", 20, 710),
                                     ("23-creches", 23, 820)):
            with self.subTest(size=size):
                found = generate("--size", size)["structures"]
                self.assertEqual(len(found), houses)
                self.assertEqual(sum(s["places"] for s in found), places)

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


class Usage(unittest.TestCase):
    def test_unknown_words_are_refused(self):
        for options in ((), ("--size", "hamlet"), ("--size", "0-creches"),
                        ("--size", "501-creches"), ("--size", "-3-creches"),
                        ("--size", "town", "--seed", "x"),
                        ("--size", "town", "--seed"),
                        ("--size", "town", "--staff", "free"),
                        ("--size", "town", "--half-days", "71"),
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
