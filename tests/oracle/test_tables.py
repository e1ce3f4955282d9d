# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of `ctgsched report` and those counted from format.md alone
(tables.py) are equal, row by row: for every example, for drawn problems with
legal and illegal plans, for the problems of test cases with employees or
sessions. CTG_TABLES sets the number of drawn problems."""
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
import draw_centres  # noqa: E402
import draw_people  # noqa: E402
from packs import RULES_FOLDER, load_packs  # noqa: E402
from problem import Problem  # noqa: E402
from tables import Tables  # noqa: E402
from values import Fault  # noqa: E402

ROOT = HERE.parent.parent
BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
PROGRAM = BIN / "ctgsched"
N_DRAWN = int(os.environ.get("CTG_TABLES", "30"))


class Equal(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        if not PROGRAM.exists():
            raise unittest.SkipTest("ctgsched is not built")
        cls.packs = load_packs(RULES_FOLDER)
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.at = pathlib.Path(cls.folder.name)
        cls.rows = {}

    def first(self, problem, plan):
        """Those of the program; rates in ten-thousandths."""
        for name, value in (("problem", problem), ("plan", plan)):
            (self.at / f"{name}.json").write_text(json.dumps(value),
                                                  encoding="utf-8")
        done = subprocess.run(
            [PROGRAM, "report", self.at / "problem.json",
             self.at / "plan.json", "--json"],
            capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        tables = json.loads(done.stdout)["tables"]
        for rows in tables.values():
            for row in rows:
                if row.get("rate") is not None:
                    row["rate"] = round(10000 * row["rate"])
        return tables

    def compare(self, problem, plan, most_waiting=None):
        mine = self.first(problem, plan)
        theirs = Tables(Problem(problem, self.packs), plan,
                        most_waiting).all()
        self.assertEqual(list(mine), list(theirs))
        for row in mine["waiting"][len(mine["waiting"]) if most_waiting is None
                                   else most_waiting:]:
            row.update((name, "?") for name in row if "binds" in name)
        for name, rows in mine.items():
            self.rows[name] = self.rows.get(name, 0) + len(rows)
            if rows == theirs[name]:
                continue
            for k, (a, b) in enumerate(zip(rows, theirs[name])):
                self.assertEqual(a, b, f"{name} row {k}")
            self.assertEqual(len(rows), len(theirs[name]), name)

    def menus(self, problem):
        return {r.id: sorted(r.options) for r in problem.requests.values()}

    def example(self, name, shares, most_waiting, last=None):
        problem = json.loads((ROOT / "examples" / f"{name}.json").read_text(
            encoding="utf-8"))
        if last is not None:
            problem["horizon"]["last"] = last
        menus = self.menus(Problem(problem, self.packs))
        for share in shares:
            with self.subTest(share=share):
                plan = draw.as_plan(draw.placements(draw.Draw(name), menus,
                                                    share))
                self.compare(problem, plan, most_waiting)

    def test_commune(self):
        self.example("commune", (0.3, 0.8), 3)

    def test_mercredi(self):
        self.example("mercredi", (0.5, 0.9), 4)

    def test_clas_permanences(self):
        self.example("clas-permanences", (0.5, 0.9), 8)

    def test_periscolaire_year(self):
        # A year takes minutes in Python: the autumn, unless there is time.
        is_long = os.environ.get("CTG_LONG")
        self.example("periscolaire-year", (0.6,), 1 if is_long else 0,
                     None if is_long else "2026-11-05")

    def test_joint_creche_as_solved(self):
        path = ROOT / "examples" / "joint-creche.json"
        plan = self.at / "joint.json"
        subprocess.run([PROGRAM, "solve", path, "--work-limit", "2k", "-o",
                        plan], capture_output=True, check=False)
        self.compare(json.loads(path.read_text(encoding="utf-8")),
                     json.loads(plan.read_text(encoding="utf-8")), 4)

    def drawn(self, make, n, with_duties=False):
        """How many rows each table had."""
        self.rows.clear()
        for seed in range(n):
            value = make(seed)
            try:
                problem = Problem(value, self.packs)
            except Fault:
                continue
            menus = self.menus(problem)
            for share in (0.5, 0.15):
                with self.subTest(seed=seed, share=share):
                    rng = draw.Draw(f"{seed} {share}")
                    more = {"duties": draw_people.duties(
                        rng, problem, share)} if with_duties else {}
                    self.compare(value, draw.as_plan(
                        draw.placements(rng, menus, share), **more))
        return self.rows

    def test_drawn_problems(self):
        rows = self.drawn(draw.problem, N_DRAWN)
        for name in ("occupancy_week", "over_capacity_peaks", "ratio_classes",
                     "contracts", "refused", "guaranteed", "waiting"):
            self.assertGreater(rows[name], 0, name)

    def test_drawn_centres(self):
        rows = self.drawn(draw_centres.problem, N_DRAWN)
        for name in ("sessions", "session_classes", "declaration",
                     "declaration_classes", "pso", "refused", "waiting"):
            self.assertGreater(rows[name], 0, name)

    def test_drawn_employees(self):
        rows = self.drawn(draw_people.labour, N_DRAWN // 2, True)
        self.assertGreater(rows["agents"], 0)

    def test_drawn_children_and_employees(self):
        rows = self.drawn(draw_people.joint, N_DRAWN // 2, True)
        for name in ("agents", "agents_total", "ratio", "waiting"):
            self.assertGreater(rows[name], 0)


if __name__ == "__main__":
    unittest.main()
