# SPDX-License-Identifier: GPL-3.0-or-later
"""One plan before the three who judge: ctgsched-verify, ctgsched check and
judge.py. They must say the same, breach by breach."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "oracle"))

import judge as second  # noqa: E402
from packs import RULES_FOLDER, load_packs  # noqa: E402
from problem import Problem  # noqa: E402
from values import Fault  # noqa: E402

BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
PROGRAM, VERIFY = BIN / "ctgsched", BIN / "ctgsched-verify"
TINY, GENERATE = BIN / "ctgsched-tiny", BIN / "ctgsched-generate"
ARE_BUILT = all(p.exists() for p in (PROGRAM, VERIFY, TINY, GENERATE))
PLACE = ("rule", "structure", "section", "need", "skill", "request", "resource",
         "group", "manager", "date", "begin", "end", "week", "month", "size")
REFUSED = "refused"  # what a judge answers to a file that it cannot read


def keys(breaches):
    """Breaches as comparable rows; absent members are None."""
    return sorted(json.dumps([one.get(name) for name in PLACE])
                  for one in breaches)


def placements(plan):
    """The plan without anything that it states."""
    return {"schema": "ctgsched/plan/1", "placements": plan["placements"]}


class Judges:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.at = pathlib.Path(self.folder.name)
        self.packs = load_packs(RULES_FOLDER)

    def close(self):
        self.folder.cleanup()

    def write(self, name, value):
        path = self.at / name
        path.write_text(json.dumps(value), encoding="utf-8")
        return path

    def solve(self, problem):
        """The plan that the solver writes, None when there is none."""
        path, out = self.write("solved.json", problem), self.at / "out.json"
        out.unlink(missing_ok=True)
        done = subprocess.run(
            [PROGRAM, "solve", path, "-o", out, "--work-limit", "20k"],
            capture_output=True, text=True, check=False)
        assert done.returncode in (0, 4, 5), done.stderr
        return json.loads(out.read_text("utf-8")) if out.exists() else None

    def _in_c(self, *command):
        done = subprocess.run([*command, "--json"], cwd=self.at,
                              capture_output=True, text=True, check=False)
        assert done.returncode in (0, 3, 7), (command, done.stderr)
        if done.returncode == 3:
            return REFUSED
        said = json.loads(done.stdout)
        assert said["accepted"] == (done.returncode == 0), command
        return said["breaches"]

    def _in_python(self, problem, plan):
        try:
            return second.judge(Problem(problem, self.packs), plan).breaches
        except Fault:
            return REFUSED

    def judge(self, problem, plan):
        """The breaches that all three name, or REFUSED."""
        self.write("problem.json", problem)
        self.write("plan.json", plan)
        said = [self._in_c(VERIFY, "problem.json", "plan.json"),
                self._in_c(PROGRAM, "check", "problem.json", "plan.json"),
                self._in_python(problem, plan)]
        if REFUSED in said:
            assert said == [REFUSED] * 3, said
            return REFUSED
        first, other, third = (keys(breaches) for breaches in said)
        assert first == third, (first, third)
        assert [json.loads(k)[0] for k in first] == \
            [json.loads(k)[0] for k in other], (first, other)
        return said[0]
