# SPDX-License-Identifier: GPL-3.0-or-later
"""Other solvers confirm what the plan says: each goal is exported, solved by
glpsol and by cbc from both formats, and must have the value proven. A foreign
solution mapped back through the table of names is a plan that the judge
accepts.

CTG_EXPORT sets the number of tiny problems, CTG_EXPORT_FIRST the first seed."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
LONG = "CTG_LONG" in os.environ
N_TINY = int(os.environ.get("CTG_EXPORT", "300" if LONG else "36"))
FIRST = int(os.environ.get("CTG_EXPORT_FIRST", "1"))
SECONDS = "120"


def run(*command, status=0):
    done = subprocess.run([str(c) for c in command], text=True, check=False,
                          capture_output=True, timeout=300)
    if status is not None and done.returncode != status:
        raise AssertionError(f"{command} ended with {done.returncode}:\n"
                             f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done


def whole(text):
    """A foreign solver's number as the integer that it stands for."""
    value = float(text)
    if abs(value - round(value)) > 1e-5 * max(1, abs(value)):
        raise AssertionError(f"{text} is no integer")
    return round(value)


def glpsol(file):
    """Value and columns that are not 0, or None when there is no solution."""
    kind = "--freemps" if file.suffix == ".mps" else "--lp"
    out = file.with_suffix(".glpsol")
    said = run("glpsol", kind, file, "--cuts", "--tmlim", SECONDS, "-w", out)
    lines = [line.split() for line in out.read_text().splitlines()]
    status, value = next(words[4:6] for words in lines if words[0] == "s")
    if status != "o":
        if "NO PRIMAL FEASIBLE" not in said.stdout and status != "n":
            raise AssertionError(f"glpsol: status {status}\n{said.stdout}")
        return None
    names = {words[2]: words[3] for words in lines if words[:1] == ["n"]
             and words[1] == "j"}
    columns = {words[1]: whole(words[2]) for words in lines
               if words[0] == "j" and whole(words[2])}
    if columns and not names:  # glpsol writes no names: those of the file
        order = columns_of(file)
        columns = {order[int(j) - 1]: x for j, x in columns.items()}
    return whole(value), columns


def cbc(file):
    out = file.with_suffix(".cbc")
    said = run("cbc", file, "-sec", SECONDS, "-ratio", "0", "-solve", "-solu",
               out)
    head, *lines = out.read_text().splitlines()
    if head.startswith("Infeasible") or "infeasible" in head:
        return None
    found = re.match(r"Optimal - objective value +(\S+)$", head)
    if not found:
        raise AssertionError(f"cbc: {head}\n{said.stdout[-2000:]}")
    columns = {}
    for line in lines:
        _, name, value, _ = line.replace("**", "  ").split()
        columns[name] = whole(value)
    return whole(found.group(1)), {n: x for n, x in columns.items() if x}


def columns_of(file):
    """Names of columns in the order in which a reader meets them."""
    order, text = {}, file.read_text()
    if file.suffix == ".mps":
        body = text.split("\nCOLUMNS\n")[1].split("\nRHS\n")[0]
        for line in body.splitlines():
            if "'MARKER'" not in line:
                order.setdefault(line.split()[0])
    else:
        for line in text.splitlines():
            if line.startswith(("Subject To", "Bounds")):
                continue
            if line.startswith("General"):
                break
            for name in re.findall(r"[+-] \d+ (\w+)", line):
                order.setdefault(name)
            for name in re.findall(r"<= (\w+) <=", line):
                order.setdefault(name)
    return list(order)


SOLVERS = (glpsol, cbc)


class ExportCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.at = pathlib.Path(folder.name)
        self.problem, self.plan = self.at / "p.json", self.at / "plan.json"

    def write(self, problem):
        self.problem.write_text(problem if isinstance(problem, str)
                                else json.dumps(problem), encoding="utf-8")

    def solve(self):
        """The goals of the plan, each proven."""
        run(BIN / "ctgsched", "solve", self.problem, "-o", self.plan,
            "--prove-ties", "--time-limit", "60s")
        goals = json.loads(self.plan.read_text(encoding="utf-8"))["goals"]
        self.assertTrue(all(goal["proven"] for goal in goals))
        return goals

    def export(self, kind, number=1, with_plan=True):
        """The file of a goal; its table lies beside it."""
        file = self.at / f"goal{number}.{kind}"
        base = ("--plan", self.plan) if with_plan else ()
        run(BIN / "ctgsched", "export", self.problem, "--format", kind,
            "--goal", number, *base, "-o", file)
        return file

    @staticmethod
    def sign(kind, goal):
        """Free MPS says nothing of the sense: there everything is least."""
        return -1 if kind == "mps" and goal["sense"] == "max" else 1

    def confirm(self, goals, solvers=SOLVERS):
        for number, goal in enumerate(goals, 1):
            for kind in ("mps", "lp"):
                file = self.export(kind, number)
                for solver in solvers:
                    with self.subTest(goal=goal["name"], format=kind,
                                      solver=solver.__name__):
                        value, _ = solver(file)
                        self.assertEqual(self.sign(kind, goal) * value,
                                         goal["value"])

    def table(self, file):
        """Rows of the table as dicts."""
        head, *lines = pathlib.Path(f"{file}.tsv").read_text(
            encoding="utf-8").split("\n")
        names = head.split("\t")
        self.assertEqual(names, ["kind", "name", "meaning", "request",
                                 "option", "employee", "date", "shift",
                                 "pieces"])
        self.assertEqual(lines.pop(), "")
        return [dict(zip(names, line.split("\t"), strict=True))
                for line in lines]

    def judged(self, file, columns):
        """The judge's goals for a foreign solution, mapped back."""
        taken = [row for row in self.table(file) if row["name"] in columns]
        plan = {"schema": "ctgsched/plan/1",
                "placements": [{"request": row["request"],
                                "option": row["option"]}
                               for row in taken if row["option"]],
                "duties": [{"employee": row["employee"], "date": row["date"],
                            "shift": row["shift"],
                            "pieces": row["pieces"].split()}
                           for row in taken if row["employee"]]}
        foreign = self.at / "foreign.json"
        # The goals alone do not say what the plan is short of: the judge does.
        foreign.write_text(json.dumps(plan), encoding="utf-8")
        done = run(BIN / "ctgsched", "check", self.problem, foreign, "--json",
                   status=None)
        verdict = json.loads(done.stdout)
        if verdict["shortages"]:
            foreign.write_text(json.dumps(
                {**plan, "shortages": verdict["shortages"]}),
                encoding="utf-8")
            done = run(BIN / "ctgsched", "check", self.problem, foreign,
                       "--json", status=None)
            verdict = json.loads(done.stdout)
        self.assertTrue(verdict["accepted"], done.stdout)
        return {goal["name"]: goal["value"] for goal in verdict["goals"]}

    def map_back(self, goals):
        """The last goal's optimum is a best plan in every goal."""
        expected = {goal["name"]: goal["value"] for goal in goals}
        for kind in ("mps", "lp"):
            file = self.export(kind, len(goals))
            for solver in SOLVERS:
                with self.subTest(format=kind, solver=solver.__name__):
                    _, columns = solver(file)
                    found = self.judged(file, columns)
                    self.assertEqual({n: found[n] for n in expected}, expected)


class Tiny(ExportCase):
    def test_tiny_problems_have_the_values_proven(self):
        n_policy = n_weighted = 0
        for seed in range(FIRST, FIRST + N_TINY):
            problem = run(BIN / "ctgsched-tiny", seed).stdout
            self.write(problem)
            done = run(BIN / "ctgsched", "solve", self.problem, "-o", self.plan,
                       "--prove-ties", status=None)
            self.assertIn(done.returncode, (0, 4), done.stderr)
            with self.subTest(seed=seed):
                if done.returncode == 4:
                    self.no_solution()
                    continue
                goals = json.loads(
                    self.plan.read_text(encoding="utf-8"))["goals"]
                n_policy += any(goal["name"] == "envy" for goal in goals)
                n_weighted += goals[0]["name"] == "weighted"
                self.assertTrue(all(goal["proven"] for goal in goals))
                self.confirm(goals)
                self.map_back(goals)
        if N_TINY >= 36 and FIRST == 1:
            self.assertGreaterEqual(n_policy, 5)
            self.assertGreaterEqual(n_weighted, 3)

    def no_solution(self):
        for kind in ("mps", "lp"):
            file = self.export(kind, with_plan=False)
            for solver in SOLVERS:
                self.assertIsNone(solver(file), f"{kind} {solver.__name__}")


class Generated(ExportCase):
    def generate(self, *options):
        run(BIN / "ctgsched-generate", "--size", "village", "--staff", "fixed",
            *options, "-o", self.problem)

    def test_village_by_goals_has_the_values_proven(self):
        self.generate("--mode", "lexicographic", "--seed", "5")
        goals = self.solve()
        self.assertGreater(len(goals), 4)
        self.confirm(goals)
        self.map_back(goals)

    def test_village_by_points_has_the_values_proven(self):
        # 36 requests; the rows of the policy are many, cbc takes seconds a
        # goal: it confirms the last one, which holds all the others.
        self.generate("--mode", "lexicographic", "--policy", "by_points",
                      "--demand", "120", "--seed", "2")
        goals = self.solve()
        self.assertIn("envy", [goal["name"] for goal in goals])
        self.confirm(goals, solvers=(glpsol,))
        self.map_back(goals)

    def test_village_by_weights_has_the_value_proven(self):
        self.generate("--mode", "weighted", "--seed", "6")
        goals = self.solve()
        self.assertEqual([goal["name"] for goal in goals], ["weighted"])
        self.confirm(goals)


def option(name, begin, end, **more):
    return {"id": name, "structure": "s", **more,
            "when": [{"begin": begin, "end": end}]}


def town(requests, places=1, **more):
    """One Monday, one structure without law, open 08:00-18:00."""
    return {"schema": "ctgsched/problem/1", "id": "by-hand",
            "horizon": {"first": "2026-09-07", "last": "2026-09-07"},
            "structures": [{"id": "s", "kind": "other", "places": places,
                            "hours": [{"begin": "08:00", "end": "18:00"}]}],
            "children": [{"id": r["child"], "birth": "2025-01-01"}
                         for r in requests],
            "requests": requests, **more}


def ask(name, points, *options, **more):
    return {"id": name, "child": "c." + name, "points": points,
            "options": list(options), **more}


def lexicographic(*order):
    return {"mode": "lexicographic", "order": list(order)}


class Agents(ExportCase):
    """Tuesday to Thursday, three agents, an early and a late shift."""

    def crew(self, goals):
        early, late = ({"id": name, "structure": "s", "segments": [
            {"begin": begin, "end": end}]} for name, begin, end in (
                ("early", "08:00", "13:10"), ("late", "12:45", "18:00")))
        return {"schema": "ctgsched/problem/1", "id": "crew",
                "horizon": {"first": "2026-09-08", "last": "2026-09-10"},
                "structures": [{"id": "s", "kind": "other", "places": 1,
                                "hours": [{"begin": "08:00",
                                           "end": "18:00"}]}],
                "shifts": [early, late],
                "employees": [
                    {"id": name, "contract": {"week_minutes": minutes},
                     "burdens": {"openings": openings},
                     "cost": {"hour": hour, "overtime": 473, "call": call}}
                    for name, minutes, openings, hour, call in (
                        ("a", 600, 2, 1800, 0), ("b", 400, 0, 1903, 0),
                        ("c", 300, 1, 1907, 250))],
                "cover": [{"shift": name, "wanted": 1, "missing": 3,
                           "extra": 2} for name in ("early", "late")],
                "goals": goals}

    def test_fairness_and_cost_have_the_values_proven(self):
        for order in (("cover", "fairness", "cost"), ("cover", "cost"),
                      ("fairness", "cover", "overtime")):
            self.write(self.crew(lexicographic(*order)))
            self.confirm(self.solve())

    def test_duties_come_back_through_the_table(self):
        """Two breaks of half an hour that can lie in several ways."""
        problem = self.crew(lexicographic("cover", "hours", "staff_minutes",
                                          "fairness"))
        problem["shifts"][0]["pieces"] = [
            {"minutes": 30, "earliest": "09:00", "latest": "10:00",
             "step": 30},
            {"minutes": 30, "earliest": "11:00", "latest": "12:00",
             "step": 30}]
        problem["children"] = [{"id": "c", "birth": "2025-01-01"}]
        problem["requests"] = [{
            "id": "r", "child": "c", "options": [
                option("whole", "08:00", "18:00"),
                option("between", "09:30", "11:00")]}]
        self.write(problem)
        goals = self.solve()
        self.confirm(goals)
        self.map_back(goals)
        ways = {row["pieces"] for row in self.table(self.export("mps"))
                if row["shift"] == "early"}
        self.assertEqual(ways, {"09:00 11:00", "09:00 11:30", "09:30 11:00",
                                "09:30 11:30"})

    def test_weighted_they_have_the_value_proven(self):
        self.write(self.crew({"mode": "weighted", "sense": "min", "terms": [
            {"goal": goal, "weight": weight} for goal, weight in (
                ("cover", 3000), ("fairness", 2), ("cost", 1))]}))
        self.confirm(self.solve())


class ByHand(ExportCase):
    """Expectations from format.md alone."""

    RIVALS = [ask("few", 3, option("o", "08:00", "18:00")),
              ask("many", 5, option("o", "09:00", "10:00"))]

    def optimum(self, problem, number):
        """The value of a goal after plans that hold the goals before it."""
        self.write(problem)
        run(BIN / "ctgsched", "solve", self.problem, "-o", self.plan)
        values = set()
        for kind in ("mps", "lp"):
            file = self.export(kind, number)
            for solver in SOLVERS:
                values.add(abs(solver(file)[0]))
        self.assertEqual(len(values), 1, values)
        return values.pop()

    def test_most_points_gives_the_place_to_most_hours(self):
        problem = town(self.RIVALS, goals=lexicographic("hours"))
        self.assertEqual(self.optimum(problem, 1), 600)

    def test_by_points_gives_it_to_more_points(self):
        # Goals: envy, hours, tie. `many` would envy `few`.
        problem = town(self.RIVALS, goals=lexicographic("hours"),
                       policy="by_points")
        self.assertEqual(self.optimum(problem, 1), 0)
        self.assertEqual(self.optimum(problem, 2), 60)

    def test_by_points_ignores_a_place_that_does_not_help(self):
        # Leaving, `few` frees 08:00-09:00 only; `many` needs 09:00-11:00 with
        # `held`, who stays.
        problem = town(
            [ask("few", 3, option("o", "08:00", "09:00")),
             ask("many", 5, option("o", "09:00", "11:00")),
             {"id": "stays", "child": "c.stays", "held": {
                 "structure": "s",
                 "when": [{"begin": "09:00", "end": "12:00"}]}}],
            goals=lexicographic("hours"), policy="by_points")
        # Goals: shortage, envy, hours, tie.
        self.assertEqual(self.optimum(problem, 2), 0)
        self.assertEqual(self.optimum(problem, 3), 60 + 180)

    def test_by_points_counts_pairs_that_nothing_avoids(self):
        # `few` is pinned nowhere, but `pair` must stay together: when both of
        # `pair` are served, `many` (2 points) envies neither, as one member
        # leaving breaks the group. Serving `pair` gives 2 x 60 minutes.
        problem = town(
            [ask("many", 2, option("o", "08:00", "09:00")),
             ask("one", 1, option("o", "08:00", "09:00")),
             ask("two", 1, option("o", "08:00", "09:00"))],
            places=2, goals=lexicographic("hours", "ranks"),
            siblings=[{"id": "g", "requests": ["one", "two"],
                       "rule": "all_or_none"}], policy="by_points")
        self.assertEqual(self.optimum(problem, 1), 0)
        self.assertEqual(self.optimum(problem, 2), 120)

    def test_negative_points_and_weights_keep_their_signs(self):
        # max 2 x points - ranks: serve `many` alone: 2 x 5 - 1 = 9.
        problem = town([ask("many", 5, option("o", "08:00", "09:00")),
                        ask("debt", -4, option("o", "09:00", "10:00"))],
                       goals={"mode": "weighted", "sense": "max", "terms": [
                           {"goal": "points", "weight": 2},
                           {"goal": "ranks", "weight": -1}]})
        self.write(problem)
        self.solve()
        for solver in SOLVERS:
            self.assertEqual(solver(self.export("mps"))[0], -9)
            self.assertEqual(solver(self.export("lp"))[0], 9)

    def test_contradicting_pins_have_no_solution(self):
        problem = town(
            [ask("a", 1, option("o", "08:00", "12:00")),
             ask("b", 1, option("o", "09:00", "10:00"))],
            pins=[{"request": r, "option": "o"} for r in ("a", "b")])
        self.write(problem)
        run(BIN / "ctgsched", "solve", self.problem, status=4)
        for kind in ("mps", "lp"):
            file = self.export(kind, with_plan=False)
            for solver in SOLVERS:
                self.assertIsNone(solver(file))


class Text(ExportCase):
    """What a reader of the files may rely on."""

    # Ids that are neither names in MPS nor in LP.
    REQUESTS = [ask("e1", 5, option("a-b:c", "08:00", "12:00")),
                ask("-2.5", 4, option("x_1", "09:00", "13:00"),
                    option("st", "13:00", "14:00"))]

    def setUp(self):
        super().setUp()
        self.write(town(self.REQUESTS, policy="by_points"))
        self.goals = self.solve()

    def test_ids_of_any_kind_become_names_of_any_format(self):
        self.confirm(self.goals)
        self.map_back(self.goals)

    def test_table_names_every_column_and_row_once(self):
        for kind in ("mps", "lp"):
            file = self.export(kind)
            rows = self.table(file)
            names = [row["name"] for row in rows]
            self.assertEqual(len(names), len(set(names)))
            for name in names:
                self.assertRegex(name, r"^[a-z]+_[0-9]+$")
            self.assertEqual({r["name"] for r in rows if r["kind"] == "column"},
                             set(columns_of(file)))
            text = file.read_text()
            listed = (set(re.findall(r"^ [ELG] (\w+)$", text, re.M))
                      if kind == "mps" else
                      set(re.findall(r"^ (\w+):", text, re.M))
                      - {goal["name"] for goal in self.goals})
            self.assertEqual({r["name"].removesuffix("_lo") for r in rows
                              if r["kind"] == "row"},
                             {name.removesuffix("_lo") for name in listed})

    def test_table_has_each_option_that_can_be_given(self):
        given = [(row["request"], row["option"])
                 for row in self.table(self.export("mps")) if row["option"]]
        self.assertEqual(sorted(given), [("-2.5", "st"), ("-2.5", "x_1"),
                                         ("e1", "a-b:c")])

    def test_all_coefficients_are_integers_and_the_constant_is_zero(self):
        text = self.export("mps", 2).read_text()
        body = text.split("\nCOLUMNS\n")[1]
        numbers = [line.split()[-1] for line in body.splitlines()
                   if line.startswith(" ") and "MARKER" not in line]
        self.assertGreater(len(numbers), 10)
        for number in numbers:
            self.assertRegex(number, r"^-?\d+$")
        self.assertNotRegex(text, r"(?m)^ RHS cost ")
        self.assertNotIn("OBJSENSE", text)


if __name__ == "__main__":
    unittest.main()
