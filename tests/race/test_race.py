# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench/race makes of logs, times and columns. The logs were recorded,
and shortened where lines say nothing of values; the expectations stand in
them."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
LOGS = pathlib.Path(__file__).parent / "logs"
sys.path.insert(0, str(ROOT / "bench" / "race"))

import chart  # noqa: E402
import figures  # noqa: E402
import logs  # noqa: E402
import page  # noqa: E402
import trial  # noqa: E402


def trace(name, sign=-1):
    """Points of a recorded log; the clock counts lines."""
    reader = logs.READERS[name.split("-")[0]]()
    found = logs.Trace(reader, sign)
    lines = (LOGS / f"{name}.log").read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        found.feed(at, line)
    return found


class Logs(unittest.TestCase):
    def test_proven_runs_end_with_value_and_bound(self):
        """The village of seed 2 is worth 141,151; peers minimise."""
        for solver in ("cbc", "glpsol", "cpsat", "highs", "scip"):
            with self.subTest(solver=solver):
                end = trace(solver + "-proven")
                self.assertEqual((end.value, end.bound), (-141151, -141151))

    def test_limited_runs_end_with_what_they_had(self):
        for name, value, bound in (
                ("cbc-limit", -937415, -941163.696),
                ("glpsol-limit", None, -941496),
                ("cpsat-limit", 82614, -956167)):
            with self.subTest(name=name):
                end = trace(name)
                self.assertEqual((end.value, end.bound), (value, bound))

    def test_own_events_are_of_the_sense_of_the_goal(self):
        text = (LOGS / "ctgsched-limit.log").read_text(encoding="utf-8")
        values = [int(v) for v in re.findall(r'"value": (\d+)', text)]
        bounds = [int(v) for v in re.findall(r'"bound": (\d+)', text)]
        end = trace("ctgsched-limit", sign=1)
        self.assertEqual((end.value, end.bound), (max(values), min(bounds)))

    def test_every_point_is_better_than_the_one_before(self):
        for name in ("cbc-proven", "cpsat-proven", "highs-proven",
                     "scip-proven", "glpsol-limit"):
            points = trace(name).points
            self.assertGreater(len(points), 1, name)
            for old, new in zip(points, points[1:]):
                self.assertNotEqual(old[1:], new[1:])
                if old[1] is not None:
                    self.assertLessEqual(new[1], old[1])
                if old[2] is not None:
                    self.assertGreaterEqual(new[2], old[2])

    def test_what_the_pump_of_cbc_saw_is_no_value(self):
        cbc = logs.Cbc()
        self.assertEqual(cbc.read("Cbc0038I Solution found of -154910"),
                         (None, None))
        self.assertEqual(cbc.read("Cbc0012I Integer solution of -155221 found "
                                  "by feasibility pump"), (-155221, None))

    def test_no_plan_is_no_value(self):
        self.assertEqual(logs.Cbc().read(
            "Cbc0010I After 0 nodes, 1 on tree, 1e+50 best solution, best "
            "possible -941150.93 (15.32 seconds)"), (None, -941150.93))
        self.assertEqual(logs.Glpsol().read(
            "+   251: mip =     not found yet >=              -inf  (1; 0)"),
            (None, None))
        self.assertEqual(logs.CpSat().read(
            "#Bound   0.33s best:inf   next:[-774753,9100000] x"),
            (None, -774753))

    def test_the_next_of_cpsat_is_no_bound_beyond_the_best(self):
        solver = logs.CpSat()
        self.assertEqual(solver.read("#1 0.1s best:-10 next:[-12,-11] main"),
                         (-10, -12))
        self.assertEqual(solver.read("#Bound 0.1s best:-10 next:[-9,-11] m"),
                         (-10, -10))

    def test_glpk_proves_its_relaxation_before_the_tree(self):
        solver = logs.Glpsol()
        solver.read("*   251: obj =  -1.554171250e+05 inf =   0.0e+00 (0) 1")
        self.assertEqual(solver.read("OPTIMAL LP SOLUTION FOUND"),
                         (None, -155417.125))
        self.assertEqual(
            solver.read("+ 265: >>>>>  -1.553220000e+05 >=  "
                        "-1.554100000e+05 < 0.1% (5; 0)"),
            (-155322, -155410))


class Figures(unittest.TestCase):
    POINTS = [(1, None, 120), (2, 50, 120), (4, 100, 120), (8, 100, 100.5)]

    def test_gap_is_that_of_the_format(self):
        self.assertEqual(figures.gap(200, 201), 0.005)
        self.assertEqual(figures.gap(0, 3), 3)
        self.assertIsNone(figures.gap(None, 3))

    def test_time_to_a_gap_is_when_both_were_there(self):
        self.assertEqual(figures.time_to(self.POINTS, 0.2, 60), (4, True))
        self.assertEqual(figures.time_to(self.POINTS, 0.005, 60), (8, True))
        self.assertEqual(figures.time_to(self.POINTS, 0.004, 60), (60, False))
        self.assertEqual(figures.time_to(self.POINTS, 0.005, 7), (7, False))

    def test_best_at_a_moment_is_what_was_said_by_then(self):
        self.assertEqual(figures.best_at(self.POINTS, 0.5), (None, None))
        self.assertEqual(figures.best_at(self.POINTS, 7), (100, 120))

    def test_first_value(self):
        self.assertEqual(figures.first_value(self.POINTS, 9), (2, True))
        self.assertEqual(figures.first_value(self.POINTS, 1), (1, False))

    def test_median_keeps_the_mark_of_what_was_not_reached(self):
        out = (600, False)
        self.assertEqual(figures.median([out, (3, True), (5, True)]),
                         (5, True))
        self.assertEqual(figures.median([out, (3, True), out]), out)
        self.assertEqual(figures.median([(3, True), (5, True)]), (4, True))
        self.assertEqual(figures.median([(3, True), out]), (301.5, False))
        # one that ended without reaching it early is no quick one
        self.assertEqual(figures.median([(10, False), (50, True), (60, True)]),
                         (60, True))

    def test_ratio_says_which_side_was_cut_off(self):
        self.assertEqual(figures.ratio((30, True), (3, True)), (10, ""))
        self.assertEqual(figures.ratio((600, False), (3, True)), (200, ">"))
        self.assertEqual(figures.ratio((30, True), (600, False)),
                         (0.05, "<"))
        self.assertIsNone(figures.ratio((600, False), (600, False)))
        self.assertEqual(figures.shown_ratio((200, ">")), "> 200")
        self.assertEqual(figures.shown_ratio(None), "-")

    def test_median_of_ratios_says_nothing_where_one_says_nothing(self):
        self.assertEqual(figures.median_ratio([(2, ""), (9, ">"), (4, "")]),
                         (4, ""))
        self.assertIsNone(figures.median_ratio([(2, ""), None, (4, "")]))
        self.assertIsNone(figures.median_ratio([(2, "<"), (3, ">")]))

    def test_best_peer_got_there_or_none_did(self):
        self.assertEqual(figures.best_peer({"a": (9, False), "b": (30, True)}),
                         ("b", (30, True)))
        self.assertIsNone(figures.best_peer({}))

    def test_thinned_traces_keep_their_ends(self):
        points = [(i / 10, i, 2000 - i) for i in range(1000)]
        some = figures.thinned(points, 50)
        self.assertLessEqual(len(some), 51)
        self.assertEqual((some[0], some[-1]), (points[0], points[-1]))
        self.assertLessEqual(set(some), set(points))


class Page(unittest.TestCase):
    ROW = {"problem": "town", "threads": "1", "version": "1", "limit_s": "60",
           "judge": "accepted", "first_value": "0.10", "peak_mib": "9",
           "value": "100", "bound": "100", "seconds": "3"}

    def rows(self):
        rows = []
        for seed, ours, peer in ((1, "2.00", "20.00"), (2, "3.00", ">60.00"),
                                 (3, "4.00", "32.00")):
            for solver, time in (("ctgsched", ours), ("highs", peer)):
                row = {**self.ROW, "seed": str(seed), "solver": solver}
                row.update({figures.field(g): time for g in figures.GAPS})
                row.update({f"{what}_{m}": "100" for m in figures.MOMENTS
                            for what in ("value", "bound")})
                rows.append(row)
        return rows

    def test_summary_has_medians_and_the_ratio_of_seeds(self):
        lines = page.summary(page.groups_of(self.rows()))
        self.assertEqual(lines[2], "| town | 1 | 1 % | 3.00 | 32.0 | highs "
                                   "| 10 |")

    def test_text_by_hand_stays(self):
        with tempfile.TemporaryDirectory() as folder:
            results = os.path.join(folder, "RESULTS.md")
            with open(results, "w", encoding="utf-8") as file:
                file.write(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n")
            page.write(folder, results, "a machine")
            with open(results, encoding="utf-8") as file:
                text = file.read()
        self.assertTrue(text.startswith(f"before\n{page.BEGIN}\n"))
        self.assertTrue(text.endswith(f"{page.END}\nafter\n"))
        self.assertNotIn("old", text)
        self.assertIn("Machine: a machine.", text)
        self.assertIn("Absent from these tables: ctgsched, highs,", text)


class Chart(unittest.TestCase):
    def test_picture_is_xml_with_two_lines_a_solver(self):
        text = chart.draw("a < b", {"ctgsched": [(1, 90, 110), (5, 99, 101)],
                                    "cbc": [(2, None, 104)]}, 99, 60)
        root = xml.etree.ElementTree.fromstring(text)
        lines = [p for p in root.iter("{http://www.w3.org/2000/svg}path")
                 if p.get("clip-path")]
        self.assertEqual([(p.get("stroke"), bool(p.get("stroke-dasharray")))
                          for p in lines],
                         [(chart.COLOURS["ctgsched"], False),
                          (chart.COLOURS["ctgsched"], True),
                          (chart.COLOURS["cbc"], True)])

    def test_a_better_value_lies_higher_and_a_later_one_to_the_right(self):
        scale = chart.Scale(100, 50, -1, 1)
        self.assertLess(scale.y(scale.percent(50.2)),
                        scale.y(scale.percent(49.9)))
        self.assertLess(scale.x(1), scale.x(10))
        self.assertEqual(scale.x(100), chart.WIDTH - chart.RIGHT)

    def test_every_solver_has_a_colour(self):
        self.assertEqual(set(chart.COLOURS), set(logs.READERS))


class Runs(unittest.TestCase):
    """With the solvers that Debian has."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.at = pathlib.Path(folder.name)
        self.programs = trial.Programs(str(BIN.parent), "no-peers",
                                       folder.name)
        self.problem, self.program = (str(self.at / name) for name in
                                      ("problem.json", "program.mps"))

    def make(self, *options):
        for command in (["ctgsched-generate", *options, "-o", self.problem],
                        ["ctgsched", "export", self.problem, "-o",
                         self.program]):
            status, said = trial.quiet([str(BIN / command[0]), *command[1:]])
            self.assertEqual(status, 0, said)

    def test_values_of_all_are_the_judges(self):
        self.make("--size", "village", "--mode", "weighted", "--seed", "2")
        ends = [trial.own_run(self.programs, self.problem, 1, 20)]
        ends += [trial.peer_run(self.programs, solver, self.problem,
                                self.program, 1, 20)
                 for solver in ("cbc", "glpsol")]
        for end in ends:
            self.assertEqual(end["judge"], "accepted")
            self.assertEqual((end["value"], end["bound"]), (141151, 141151))
            self.assertEqual(end["points"][-1][1:], (141151, 141151))
            self.assertGreater(end["peak_mib"], 1)

    def test_a_plan_that_the_judge_refuses_voids_the_values(self):
        self.make("--size", "village", "--mode", "weighted", "--seed", "2")
        table = trial.read_table(self.program + ".tsv")
        solution = self.at / "all.solution"
        solution.write_text("".join(f"{row['name']} 1\n" for row in table
                                    if row["option"]), encoding="utf-8")
        end = {"value": 141151, "bound": 141151, "seconds": 1,
               "points": [(1, 141151, 141151)]}
        trial.confirm(self.programs, "highs", self.problem, self.program,
                      str(solution), end)
        self.assertTrue(end["judge"].startswith("REFUSED"), end["judge"])
        self.assertEqual(end["points"], [(1, None, 141151)])

    def test_a_plan_worth_less_than_claimed_voids_the_values(self):
        self.make("--size", "village", "--mode", "weighted", "--seed", "2")
        end = trial.peer_run(self.programs, "cbc", self.problem, self.program,
                             1, 20)
        end["value"] = 141152
        trial.confirm(self.programs, "cbc", self.problem, self.program,
                      self.programs.file("peer.solution"), end)
        self.assertEqual(end["judge"], "worth less: 141151")
        self.assertIsNone(end["points"][-1][1])

    def test_a_solver_that_does_not_end_is_killed(self):
        grace, trial.GRACE = trial.GRACE, 0
        self.addCleanup(setattr, trial, "GRACE", grace)
        said = []
        status, seconds, _ = trial.watch(
            ["sh", "-c", "echo begun; sleep 60"], 0.3,
            lambda at, line: said.append((at, line)))
        self.assertLess(status, 0)
        self.assertLess(seconds, 20)
        self.assertEqual([line for _, line in said], ["begun"])
        self.assertLess(said[0][0], seconds)

    def test_absent_solvers_are_named(self):
        found, why = self.programs.version("highs")
        self.assertIsNone(found)
        self.assertIn("bench/peers/setup", why)

    def test_a_race_writes_rows_traces_page_and_plots(self):
        results = self.at / "RESULTS.md"
        for seed in ("1", "2", "2"):
            done = subprocess.run(
                [sys.executable, str(ROOT / "bench" / "race" / "run"),
                 "--build", str(BIN.parent), "--peers", "no-peers", "--out",
                 str(self.at), "--results", str(results), "--seeds", seed,
                 "--threads", "1,2", "--time", "20", "--solvers",
                 "ctgsched,glpsol,highs", "village-creches"],
                capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("highs: absent", done.stderr)
        rows = page.read(str(self.at / "runs.csv"))
        self.assertEqual([(r["threads"], r["seed"], r["solver"])
                          for r in rows],
                         [(t, s, solver) for t in "12" for s in "12"
                          for solver in ("ctgsched", "glpsol")])
        for row in rows:
            self.assertEqual(row["judge"], "accepted")
            self.assertEqual(row["value"], row["bound"])
            self.assertNotIn(">", row["to_0.01%"])
        text = results.read_text(encoding="utf-8")
        self.assertIn("Absent from these tables: highs, scip, cpsat, cbc.",
                      text)
        for name in ("village-creches-1.svg", "village-creches-2.svg"):
            self.assertIn(f"({name})", text.replace("./", ""))
            xml.etree.ElementTree.parse(self.at / name)


if __name__ == "__main__":
    unittest.main()
