# SPDX-License-Identifier: GPL-3.0-or-later
"""The judge in C and the second judge agree: acceptance, breach by breach,
shortage by shortage, goal by goal, pair by pair of envy, the waiting list, and
the digest of the problem.

Problems: those of examples/ and tests/cases, those of ctgsched-tiny when it is
built, and those of draw.py. Plans: drawn, illegal ones among them; then the
same plans with what they state filled in truly, and with a statement changed.
A failure prints the seed; CTG_AGREE sets the number of drawn problems,
CTG_AGREE_FIRST the first seed."""
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import draw  # noqa: E402
import judge as second  # noqa: E402
from packs import RULES_FOLDER, load_packs  # noqa: E402
from problem import Problem  # noqa: E402
from values import Fault  # noqa: E402

ROOT = HERE.parent.parent
BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
VERIFY, TINY = BIN / "ctgsched-verify", BIN / "ctgsched-tiny"
PLACE = ("rule", "structure", "section", "need", "skill", "request", "resource",
         "group", "manager", "employee", "date", "begin", "end", "week",
         "month", "size")
N_DRAWN = int(os.environ.get("CTG_AGREE", "300"))
FIRST = int(os.environ.get("CTG_AGREE_FIRST", "0"))
N_TINY = 150


def keys(rows, names):
    return sorted(json.dumps([row.get(name) for name in names])
                  for row in rows)


class Agree(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not VERIFY.exists():
            raise unittest.SkipTest("ctgsched-verify is not built")
        cls.packs = load_packs(RULES_FOLDER)
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.at = pathlib.Path(cls.folder.name)

    # -- the two judges ------------------------------------------------------

    def first(self, plan):
        """The verdict in C on the problem written last; None when refused."""
        (self.at / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
        done = subprocess.run(
            [VERIFY, "--json", self.at / "problem.json", self.at / "plan.json"],
            capture_output=True, text=True, check=False)
        self.assertIn(done.returncode, (0, 3, 7), done.stderr)
        if done.returncode == 3:
            self.refusal = "\n".join(
                line for line in done.stderr.splitlines() if "error" in line)
            return None
        verdict = json.loads(done.stdout)
        self.assertEqual(verdict["accepted"], done.returncode == 0)
        return verdict

    def open(self, problem):
        """The problem as both judges read it; None when both refuse it."""
        text = json.dumps(problem)
        (self.at / "problem.json").write_text(text, encoding="utf-8")
        mine = self.first({"schema": "ctgsched/plan/1", "placements": []})
        try:
            theirs = Problem(problem, self.packs)
        except Fault as fault:
            self.assertIsNone(mine, f"the second judge refuses: {fault}")
            return None
        self.assertIsNotNone(mine, getattr(self, "refusal", ""))
        self.assertEqual(mine["digest"], theirs.digest)
        return theirs

    def compare(self, problem, plan):
        """Judges twice; the two must agree. Returns both verdicts."""
        mine, verdict = self.first(plan), second.judge(problem, plan)
        theirs = verdict.as_json()
        self.assertIsNotNone(mine, getattr(self, "refusal", ""))
        self.assertEqual(keys(mine["breaches"], PLACE),
                         keys(theirs["breaches"], PLACE))
        self.assertEqual(mine["accepted"], theirs["accepted"])
        self.assertEqual(keys(mine["shortages"], ("kind", *PLACE)),
                         keys(theirs["shortages"], ("kind", *PLACE)))
        self.assertEqual([(g["name"], g["value"]) for g in mine["goals"]],
                         [(g["name"], g["value"]) for g in theirs["goals"]])
        self.assertEqual(mine["waiting"], theirs["waiting"])
        if "envy" in plan or any(g["name"] == "envy" for g in mine["goals"]):
            self.assertEqual(mine["envy"], theirs["envy"])
        return mine, verdict

    # -- plans ---------------------------------------------------------------

    @staticmethod
    def stated(plan, verdict, theirs):
        """The plan with everything it may state, as it is."""
        return {**plan, "shortages": verdict["shortages"],
                "waiting": verdict["waiting"], "coverage": theirs.coverage,
                "envy": theirs.envy, "goals": verdict["goals"]}

    @staticmethod
    def spoilt(rng, plan):
        """One statement changed, or nothing when there is none to change."""
        plan = copy.deepcopy(plan)
        lists = [name for name in ("shortages", "waiting", "coverage", "envy",
                                   "goals") if plan[name]]
        if not lists:
            return plan
        name = rng.choice(lists)
        one = rng.choice(plan[name])
        if name == "shortages" and rng.maybe(0.3):
            plan[name].remove(one)
        elif name == "shortages":
            one["size"] += 1
        elif name == "goals" and one.get("parts") and rng.maybe(0.5):
            rng.choice(one["parts"])[rng.choice(["value", "weight"])] += 1
        elif name == "goals":
            one["value"] -= 1
        elif name == "coverage":
            span = rng.choice(one["intervals"])
            span[rng.choice(["present", "required", "free"])] += 1
        else:
            plan[name].remove(one)
        return plan

    def menus(self, problem):
        return {r.id: sorted(r.options) for r in problem.requests.values()}

    def judge_some(self, problem, rng, n):
        """n plans of one problem; how many were accepted, short, broken."""
        counts = {"accepted": 0, "short": 0, "broken": 0}
        menus = self.menus(problem)
        must = {r.id for r in problem.requests.values() if r.must}
        for k in range(n):
            given = draw.placements(rng, menus, (0.9, 0.5, 0.25)[k % 3])
            if k % 4 == 3:
                given = draw.keeping(rng, menus, must, given)
            plan = draw.as_plan(given)
            verdict, theirs = self.compare(problem, plan)
            full = self.stated(plan, verdict, theirs)
            kept, _ = self.compare(problem, full)
            self.assertFalse({"shortage", "goals", "envy", "waiting",
                              "coverage"} & {b["rule"]
                                             for b in kept["breaches"]})
            self.compare(problem, self.spoilt(rng, full))
            counts["accepted"] += kept["accepted"]
            counts["short"] += bool(verdict["shortages"])
            counts["broken"] += not kept["accepted"]
        return counts

    # -- problems ------------------------------------------------------------

    def test_drawn_problems(self):
        totals, rules = {"accepted": 0, "short": 0, "broken": 0}, 0
        for seed in range(FIRST, FIRST + N_DRAWN):
            with self.subTest(seed=seed):
                problem = self.open(draw.problem(seed))
                if problem is None:
                    continue
                rules += 1
                counts = self.judge_some(problem, draw.Draw(seed), 4)
                for name, n in counts.items():
                    totals[name] += n
        if N_DRAWN >= 300:
            self.assertGreater(rules, N_DRAWN * 9 // 10)
            for name, n in totals.items():
                self.assertGreater(n, 50, name)

    def test_tiny_problems(self):
        if not TINY.exists():
            self.skipTest("ctgsched-tiny is not built")
        for seed in range(N_TINY):
            with self.subTest(seed=seed):
                text = subprocess.run([TINY, str(seed)], capture_output=True,
                                      text=True, check=True).stdout
                problem = self.open(json.loads(text))
                self.assertIsNotNone(problem)
                self.judge_some(problem, draw.Draw(seed), 4)

    def test_examples_and_cases(self):
        # What the reader must refuse is no case for judges of plans.
        files = [path for folder in ("examples", "tests/cases")
                 for path in sorted((ROOT / folder).rglob("*.json"))
                 if "invalid" not in path.parts]
        for path in files:
            try:
                value = json.loads(path.read_text(encoding="utf-8"))
            except ValueError:
                continue  # a case of a file that is no JSON
            if not isinstance(value, dict) or value.get(
                    "schema") != "ctgsched/problem/1":
                continue
            with self.subTest(path=str(path.relative_to(ROOT))):
                problem = self.open(value)
                if problem is None:
                    continue
                if len(problem.requests) <= 60:
                    self.judge_some(problem, draw.Draw(path.name), 3)
                self.compare_plans_beside(problem, path)

    def compare_plans_beside(self, problem, path):
        for other in sorted(path.parent.glob("*plan*.json")):
            plan = json.loads(other.read_text(encoding="utf-8"))
            if plan.get("schema") == "ctgsched/plan/1" and plan.get(
                    "problem", {}).get("id") == problem.id:
                self.compare(problem, plan)


if __name__ == "__main__":
    unittest.main()
