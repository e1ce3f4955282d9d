# SPDX-License-Identifier: GPL-3.0-or-later
"""What the programs print with --json fits the schema of its own: each verb
in each of its outcomes. Every verb and every result has a schema, and the
schemas know the goals and rules of the catalogue."""
import json
import os
import re
import resource
import subprocess
import tempfile
import unittest

from test_schema import ROOT, SCHEMAS, VALIDATORS, read

BIN = os.environ.get("CTG_BIN", os.path.join(ROOT, "build", "bin"))
CASES = os.path.join(ROOT, "tests", "cases")


def definitions(name, macro):
    """First texts of the rows of a table of the sources."""
    path = os.path.join(ROOT, "libctgsched", name)
    with open(path, encoding="utf-8") as file:
        return re.findall(rf'^{macro}\(\w+, "(\w+)"', file.read(), re.M)


class Catalogue(unittest.TestCase):
    def test_every_verb_has_a_schema(self):
        verbs = definitions("cli/verbs.def", "VERB")
        self.assertGreaterEqual(len(verbs), 7)
        verbs.remove("ics")  # its output is a calendar
        for verb in [*verbs, "verify", "bundle"]:
            with self.subTest(verb=verb):
                self.assertIn(verb + "-result", VALIDATORS)

    def test_goals_are_those_of_the_catalogue(self):
        goals = definitions("model/goals.def", "GOAL")
        problem = read(os.path.join(SCHEMAS, "problem-1.schema.json"))
        plan = read(os.path.join(SCHEMAS, "plan-1.schema.json"))
        self.assertEqual(problem["$defs"]["goal"]["enum"], goals)
        stated = plan["$defs"]["goal"]["properties"]["name"]["enum"]
        self.assertEqual(stated, [*goals, "weighted"])

    def test_rules_are_those_of_the_catalogue(self):
        rules = definitions("model/plan_rules.def", "PLAN_RULE")
        result = read(os.path.join(SCHEMAS, "result-1.schema.json"))
        plan = read(os.path.join(SCHEMAS, "plan-1.schema.json"))
        self.assertEqual(result["$defs"]["rule"]["enum"], rules)
        stated = plan["$defs"]["shortage"]["properties"]["rule"]["enum"]
        self.assertEqual(stated, rules)

    def columns(self, name):
        path = os.path.join(ROOT, "libctgsched", "check", name)
        with open(path, encoding="utf-8") as file:
            blocks = re.split(r"^TABLE\(", file.read(), flags=re.M)[1:]
        return {re.search(r'"(\w+)"', block)[1]:
                re.findall(r'COLUMN\("(\w+)"', block) for block in blocks}

    def test_tables_of_a_comparison_are_those_of_the_catalogue(self):
        its = read(os.path.join(SCHEMAS, "compare-result-1.schema.json"))
        self.same_tables(its["anyOf"][0]["properties"]["tables"],
                         self.columns("compare.def"))

    def test_tables_are_those_of_the_catalogue(self):
        columns = self.columns("tables.def")
        its = read(os.path.join(SCHEMAS, "report-result-1.schema.json"))
        tables = its["$defs"]["tables"]
        self.same_tables(tables, columns)

    def same_tables(self, tables, columns):
        self.assertEqual(tables["required"], list(columns))
        for name, row in tables["properties"].items():
            self.assertEqual(row["items"]["required"], columns[name])
            self.assertEqual(list(row["items"]["properties"]), columns[name])


class Results(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, value):
        with open(self.path(name), "w", encoding="utf-8") as file:
            json.dump(value, file)
        return self.path(name)

    def result(self, *command, program="ctgsched", status=0, kind=None, **more):
        """The object printed; it fits the schema that it names."""
        done = subprocess.run(
            [os.path.join(BIN, program), *command, "--json"], text=True,
            capture_output=True, check=False, timeout=120, **more)
        self.assertEqual(done.returncode, status, done.stderr)
        value = json.loads(done.stdout)
        kind = kind or ("verify" if program.endswith("verify") else command[0])
        self.assertEqual(value["schema"], f"ctgsched/{kind}-result/1")
        self.fits(kind, value)
        return value

    def fits(self, kind, value):
        errors = [f"{list(error.absolute_path)}: {error.message}"
                  for error in VALIDATORS[kind + "-result"].iter_errors(value)]
        self.assertEqual(errors, [])
        # and nothing fits that says one thing more
        self.assertFalse(VALIDATORS[kind + "-result"].is_valid(
            {**value, "colour": 1}))

    def case(self, *names):
        return os.path.join(CASES, *names, "problem.json")

    def good_cases(self):
        folder = os.path.join(CASES, "valid")
        return [self.case("valid", name) for name in sorted(os.listdir(folder))]

    def town(self, **more):
        request = {"structure": "s", "when": [
            {"begin": "09:00", "end": "12:00"}]}
        requests = [{"id": f"r{i}", "child": f"c{i}", "mandatory": True,
                     "options": [{"id": "o", **request}]} for i in (1, 2)]
        return {"schema": "ctgsched/problem/1", "id": "town",
                "horizon": {"first": "2026-09-07", "last": "2026-09-08"},
                "structures": [{"id": "s", "kind": "other", "places": 1,
                                "hours": [{"begin": "08:00",
                                           "end": "18:00"}]}],
                "children": [{"id": f"c{i}", "birth": "2025-01-01"}
                             for i in (1, 2)],
                "requests": requests, **more}

    def slots(self, problem, plan):
        """Those of the first day that the plan covers."""
        days = [row["date"] for row in read(plan)["coverage"]]
        if days:
            self.result("slots", problem, plan, "--date", min(days), "--age",
                        "14mo")

    def proposals(self, problem, plan):
        """Offers for some requests; who takes a place, and one that is
        given up. A plan of every good case keeps every rule."""
        told = read(plan)
        asked = [row["request"] for row in
                 told["waiting"][:2] + told["placements"][:1]]
        for request in asked:
            self.result("offers", problem, plan, "--request", request)
        self.result("fill", problem, plan)
        for row in told["placements"][:1]:
            self.result("fill", problem, plan, "--freed", row["request"],
                        "--in-turn")

    def differences(self, problem, plan):
        """Of the plan and one in which everybody waits and is at home."""
        empty = self.write("empty.json", {"schema": "ctgsched/plan/1",
                                          "placements": []})
        self.result("diff", problem, empty, plan, "--why")
        events = self.write("events.json", {
            "schema": "ctgsched/change/1", "changes": [
                {"op": "problem_changed", "set": {"prices": {"request": 2}}}]})
        self.result("diff", problem, empty, plan, "--why", "--events", events)
        self.result("diff", f"{problem}={plan}", f"{problem}={empty}")
        self.result("compare", f"{problem}={plan}", f"{problem}={empty}")

    def test_good_cases_by_every_verb(self):
        for problem in self.good_cases():
            with self.subTest(problem=problem):
                plan = self.path("plan.json")
                self.result("solve", problem, "-o", plan)
                self.result("solve", problem)
                self.result("check", problem, plan)
                self.result("report", problem, plan)
                self.slots(problem, plan)
                self.proposals(problem, plan)
                self.differences(problem, plan)
                self.result("lint", problem)
                self.result("export", problem)
                self.result("export", problem, "-o", self.path("p.mps"))
                self.result(problem, plan, program="ctgsched-verify")

    def test_shortages(self):
        problem = self.write("p.json", self.town())
        plan = self.path("plan.json")
        value = self.result("solve", problem, "-o", plan)
        self.assertEqual(len(value["shortages"]), 1)
        self.result("check", problem, plan)
        self.result("report", problem, plan)
        self.result(problem, plan, program="ctgsched-verify")

    def test_breaches_of_a_plan(self):
        problem = self.write("p.json", self.town(siblings=[
            {"id": "g", "requests": ["r1", "r2"], "rule": "together"}]))
        for served, rule in ((("r1", "r2"), "places"), (("r1",), "siblings")):
            plan = self.write("plan.json", {
                "schema": "ctgsched/plan/1", "placements": [
                    {"request": r, "option": "o"} for r in served]})
            value = self.result("check", problem, plan, status=7)
            self.assertIn(rule, [b["rule"] for b in value["breaches"]])
            self.result("report", problem, plan)
            other = self.result(problem, plan, program="ctgsched-verify",
                                status=7)
            self.assertEqual(value["breaches"], [
                {**b, "message": mine["message"]} for b, mine in zip(
                    other["breaches"], value["breaches"], strict=True)])

    def test_changes(self):
        problem = os.path.join(ROOT, "examples", "joint-creche.json")
        events = os.path.join(ROOT, "examples", "joint-creche-morning.json")
        self.result("apply", problem, "--events", events)
        self.result("apply", problem, "--events", events, "-o",
                    self.path("changed.json"))
        bad = self.write("bad.json", {"schema": "ctgsched/change/1",
                                      "changes": [{"op": "explode"}]})
        self.result("apply", problem, "--events", bad, status=3)
        self.assertFalse(VALIDATORS["change"].is_valid(read(bad)))

    def test_a_base_that_fails(self):
        problem = self.write("p.json", self.town())
        plan = self.write("plan.json", {
            "schema": "ctgsched/plan/1", "placements": [
                {"request": r, "option": "o"} for r in ("r1", "r2")]})
        value = self.result("solve", problem, "--base", plan, status=7)
        self.assertEqual(value["exit"], 7)

    def test_infeasible(self):
        problem = self.write("p.json", self.town(pins=[
            {"request": r, "option": "o"} for r in ("r1", "r2")]))
        value = self.result("solve", problem, status=4)
        self.assertTrue(value["conflicts"])

    def test_limits(self):
        problem = os.path.join(ROOT, "examples", "commune.json")
        value = self.result("solve", problem, "--work-limit", "1", status=5)
        self.assertEqual(value["stop"], "work")
        value = self.result("solve", problem, "--memory-limit", "1k", status=6)
        self.assertIsNone(value["plan"])

    def test_rejected_files(self):
        bad, plan = self.case("invalid", "many"), self.write("plan.json", {})
        good = self.case("valid", "minimal")
        value = self.result("lint", bad, status=3)
        self.assertGreater(len(value["faults"]), 3)
        self.result("solve", bad, status=3)
        self.result("check", good, plan, status=3)
        self.result("report", good, plan, status=3)
        self.result("export", bad, status=3)
        self.result("rules", "list", "--rules", plan, status=3)
        self.result(bad, plan, program="ctgsched-verify", status=3)
        self.result(good, plan, program="ctgsched-verify", status=3)

    def test_internal_error_leaves_a_bundle(self):
        """Out of memory, without a limit that was asked for."""
        problem = os.path.join(ROOT, "examples", "commune.json")

        def limited(kibibytes):
            def limit():
                resource.setrlimit(resource.RLIMIT_AS, (kibibytes << 10,) * 2)
            return subprocess.run(
                [os.path.join(BIN, "ctgsched"), "solve", problem, "--json"],
                text=True, capture_output=True, check=False, timeout=120,
                preexec_fn=limit, env={**os.environ, "TMPDIR": self.folder})

        for mebibytes in (48, 32, 24, 16, 12, 8):
            done = limited(mebibytes << 10)
            if done.returncode == 1:
                break
        self.assertEqual(done.returncode, 1, done.stderr)
        self.fits("solve", json.loads(done.stdout))
        reports = os.listdir(self.folder)
        self.assertEqual(len(reports), 1)
        self.assertIn(reports[0], done.stderr)
        self.fits("bundle", read(self.path(reports[0])))

    def test_rules_and_version(self):
        self.result("rules", "list")
        for pack in self.result("rules", "list")["packs"]:
            self.result("rules", "show", pack["id"])
        self.result("rules", "show", "fr-eaje", "--at", "2026-09-07")
        self.result("version")


if __name__ == "__main__":
    unittest.main()
