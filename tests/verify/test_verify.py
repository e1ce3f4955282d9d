# SPDX-License-Identifier: GPL-3.0-or-later
"""ctgsched-verify from outside: exit statuses, what goes where, and that it is
the judge alone."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
VERIFY = BIN / "ctgsched-verify"

# One place from 08:00 to 18:00 on one Monday; a and b ask for the whole day, h
# holds it until 09:00.
DAY = {"begin": "08:00", "end": "18:00"}
PROBLEM = {
    "schema": "ctgsched/problem/1", "id": "t",
    "horizon": {"first": "2026-09-07", "last": "2026-09-07"},
    "goals": {"mode": "lexicographic", "order": ["points"]},
    "structures": [{"id": "s", "kind": "other", "places": 1, "hours": [DAY]}],
    "children": [{"id": c, "birth": "2024-01-15"} for c in ("ca", "cb", "ch")],
    "requests": [
        {"id": r, "child": "c" + r, "points": p, "options": [
            {"id": "o", "structure": "s", "when": [DAY]}]}
        for r, p in (("a", 5), ("b", 7))] + [
        {"id": "h", "child": "ch", "held": {"structure": "s", "when": [
            {"begin": "08:00", "end": "09:00"}]}}]}
H = {"request": "h", "option": "held"}


def plan(*placements, **stated):
    return {"schema": "ctgsched/plan/1", "placements": [
        {"request": p, "option": "o"} if isinstance(p, str) else p
        for p in placements], **stated}


def served_shortage(request):
    return {"kind": "request", "rule": "served", "request": request, "size": 1}


class Verify(unittest.TestCase):
    def setUp(self):
        if not VERIFY.exists():
            self.skipTest("ctgsched-verify is not built")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.at = pathlib.Path(folder.name)

    def write(self, name, value):
        text = value if isinstance(value, str) else json.dumps(value)
        (self.at / name).write_text(text, encoding="utf-8")
        return name

    def run_with(self, *arguments, stdin=""):
        return subprocess.run([VERIFY, *arguments], cwd=self.at, input=stdin,
                              capture_output=True, text=True, check=False)

    def judge(self, its_plan, *flags, problem=PROBLEM):
        return self.run_with(*flags, self.write("problem.json", problem),
                             self.write("plan.json", its_plan))

    def test_accepted_is_one_line(self):
        done = self.judge(plan(H))
        self.assertEqual((done.returncode, done.stdout, done.stderr),
                         (0, "accepted: every rule holds\n", ""))

    def test_a_breach_is_a_line_and_status_7(self):
        done = self.judge(plan("a", "b", shortages=[served_shortage("h")]))
        self.assertEqual(done.returncode, 7)
        self.assertEqual(
            done.stdout.splitlines(),
            ['places: structure "s", 2026-09-07 08:00-18:00: 2 places are '
             'taken at 08:00, 1 may be taken, 1 too many. Maybe one of them '
             'waits, or comes at other hours.',
             'refused: 1 breach'])

    def test_a_shortage_declared_is_a_warning_and_status_0(self):
        done = self.judge(plan("a", shortages=[served_shortage("h")]))
        self.assertEqual((done.returncode, done.stdout),
                         (0, "accepted: every rule holds, but for the "
                             "shortages declared\n"))
        self.assertEqual(done.stderr, 'warning: shortage request (rule served)'
                         ', request "h": 1\n')

    def test_a_shortage_not_declared_is_a_breach(self):
        done = self.judge(plan("a"))
        self.assertEqual(done.returncode, 7)
        self.assertTrue(done.stdout.startswith("shortage: request \"h\""))

    def test_json_of_an_accepted_plan(self):
        done = self.judge(plan("a", shortages=[served_shortage("h")]),
                          "--json")
        found = json.loads(done.stdout)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(found["schema"], "ctgsched/verify-result/1")
        self.assertIs(found["accepted"], True)
        self.assertEqual(found["breaches"], [])
        self.assertEqual(found["shortages"], [served_shortage("h")])
        self.assertEqual([(g["name"], g["sense"], g["unit"], g["value"])
                          for g in found["goals"]][:2],
                         [("shortage", "min", "price", 1000000),
                          ("points", "max", "points", 5)])
        # h holds its place and has no points: it waits after b.
        self.assertEqual(found["waiting"], [{"request": "b", "rank": 1},
                                            {"request": "h", "rank": 2}])

    def test_json_of_a_breach(self):
        done = self.judge(plan(H, "a"), "--json")
        found = json.loads(done.stdout)
        self.assertEqual(done.returncode, 7)
        self.assertIs(found["accepted"], False)
        message = found["breaches"][0].pop("message")
        self.assertEqual(found["breaches"], [{
            "rule": "places", "structure": "s", "date": "2026-09-07",
            "begin": "08:00", "end": "09:00", "size": 1}])
        self.assertIn('"s"', message)

    def test_a_problem_refused_lists_all_faults(self):
        faulty = json.loads(json.dumps(PROBLEM))
        faulty["structures"][0]["places"] = -1
        faulty["children"][0]["birth"] = "2024-02-30"
        done = self.judge(plan(H), problem=faulty)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertRegex(done.stderr, r"(?m)^problem\.json:1:\d+: error "
                         r"E-RANGE /structures/0/places: .+\.$")
        self.assertRegex(done.stderr, r"(?m)^problem\.json:1:\d+: error "
                         r"E-DATE /children/0/birth: .+\.$")

    def test_json_of_a_problem_refused(self):
        done = self.judge(plan(H), "--json", problem='{"schema":\n 3}')
        found = json.loads(done.stdout)
        self.assertEqual(done.returncode, 3)
        self.assertEqual((found["schema"], found["accepted"]),
                         ("ctgsched/verify-result/1", False))
        self.assertIn("/schema", [f["pointer"] for f in found["faults"]])

    def test_a_plan_refused_names_the_plan(self):
        done = self.judge(plan("nobody"))
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stderr, r"^plan\.json:1:\d+: error E-REF ")

    def test_a_file_that_cannot_be_read_is_usage(self):
        self.write("problem.json", PROBLEM)
        for files in (("nothing.json", "plan.json"), (".", "plan.json"),
                      ("problem.json", "nothing.json"),
                      ("--rules", "nothing.json", "problem.json", "p.json")):
            done = self.run_with(*files)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertRegex(done.stderr, r'^ctgsched-verify: "(nothing\.json'
                                          r'|\.)" cannot .* Maybe .*\.\n$')

    def test_a_fault_of_the_whole_file_points_to_its_root(self):
        done = self.judge(plan(H), problem="")
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stderr, r"^problem\.json:1:1: error E-\w+ /: ")

    def test_an_output_that_cannot_be_written_is_1(self):
        problem = self.write("problem.json", PROBLEM)
        its_plan = self.write("plan.json", plan(H))
        reader, writer = os.pipe()
        os.close(reader)
        with open("/dev/full", "wb") as full, open(writer, "wb") as pipe:
            for to in (full, pipe):
                for words in ((problem, its_plan), ("--help",),
                              ("--json", problem, its_plan)):
                    done = subprocess.run(
                        [VERIFY, *words], cwd=self.at, stdout=to, text=True,
                        stderr=subprocess.PIPE, check=False)
                    self.assertEqual(done.returncode, 1)
                    self.assertIn("standard output cannot be written",
                                  done.stderr)

    def test_standard_input_is_a_dash(self):
        self.write("problem.json", PROBLEM)
        done = self.run_with("problem.json", "-", stdin=json.dumps(plan(H)))
        self.assertEqual(done.returncode, 0)
        self.write("plan.json", plan(H))
        done = self.run_with("-", "plan.json", stdin=json.dumps(PROBLEM))
        self.assertEqual(done.returncode, 0)

    def test_usage(self):
        for arguments in ((), ("one",), ("a", "b", "c"), ("--no", "a", "b"),
                          ("-", "-"), ("a", "b", "--rules"),
                          ("-", "b", "--rules", "-"),
                          ("--", "--help", "b", "c")):
            done = self.run_with(*arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertRegex(done.stderr, r"^ctgsched-verify: .* Maybe.*\.\n$")

    def test_two_dashes_end_the_options(self):
        self.write("problem.json", PROBLEM)
        self.write("--json", plan(H))
        done = self.run_with("--", "problem.json", "--json")
        self.assertEqual((done.returncode, done.stdout),
                         (0, "accepted: every rule holds\n"))

    def test_help_and_version(self):
        for flag in ("--help", "-h"):
            self.assertIn("usage: ctgsched-verify", self.run_with(flag).stdout)
        self.assertRegex(self.run_with("--version").stdout,
                         r"^ctgsched-verify \d+\.\d+\.\d+\n$")

    def test_a_rule_pack_is_replaced(self):
        # 200 % of one place take h and a at once, 100 % do not.
        def pack(pct):
            return {"schema": "ctgsched/rules/1", "id": "local-practice",
                    "title": "t", "title_fr": "t", "law": "l", "rules": [
                        {"id": "over", "kind": "over_capacity", "article": "x",
                         "title": "t", "title_fr": "t", "status": "verified",
                         "parameters": {"instant_max_pct": pct,
                                        "weekly_max_pct": 1000,
                                        "capacity_basis": "capacity_t"}}]}
        problem = json.loads(json.dumps(PROBLEM))
        problem["rules"] = ["local-practice"]
        problem["structures"][0].update(packs=["local-practice"],
                                        over_capacity=True)
        for pct, status in ((200, 0), (100, 7)):
            name = self.write("pack.json", pack(pct))
            done = self.judge(plan(H, "a"), "--rules", name, problem=problem)
            self.assertEqual(done.returncode, status, done.stderr)

    def test_it_is_the_judge_alone(self):
        linked = subprocess.run(["ldd", VERIFY], capture_output=True,
                                text=True, check=False).stdout
        self.assertNotIn("glpk", linked)
        self.assertNotIn("libctgsched", linked)


if __name__ == "__main__":
    unittest.main()
