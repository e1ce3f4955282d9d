# SPDX-License-Identifier: GPL-3.0-or-later
"""Small problems with plans, and what the second judge says of a plan in which
a few requests are moved."""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "oracle"))

import judge as second  # noqa: E402
from packs import RULES_FOLDER, load_packs  # noqa: E402
from problem import Problem  # noqa: E402

BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
PACKS = load_packs(RULES_FOLDER)
SEEDS = int(os.environ.get("CTG_SEEDS", "120"))


def run(*command, status=0):
    done = subprocess.run([str(part) for part in command], text=True,
                          capture_output=True, check=False)
    if status is not None and done.returncode != status:
        raise AssertionError(f"{command} ended with {done.returncode}:\n"
                             f"{done.stdout}{done.stderr}")
    return done


class Case:
    """A problem and a plan that keeps its rules."""

    def __init__(self, folder, value, placed, duties=()):
        self.folder = pathlib.Path(folder)
        self.value = value
        self.problem = Problem(value, PACKS)
        self.placed = dict(placed)
        self.duties = list(duties)
        self.file = self.write("p.json", value)
        self.plan = self.write("plan.json", self.plan_of(self.placed))

    def write(self, name, value):
        path = self.folder / name
        path.write_text(json.dumps(value), encoding="utf-8")
        return path

    def plan_of(self, placed, duties=None):
        return {"schema": "ctgsched/plan/1",
                "placements": [{"request": r, "option": o}
                               for r, o in sorted(placed.items())],
                "duties": self.duties if duties is None else duties}

    def with_moves(self, moves):
        """The verdict of the second judge; None: the request waits."""
        placed = {**self.placed, **moves}
        return second.judge(self.problem, self.plan_of(
            {r: o for r, o in placed.items() if o is not None}))

    def passes(self, moves):
        return self.with_moves(moves).keeps_rules

    def ranked(self, request):
        """Names of its options, by rank, then menu."""
        options = self.problem.requests[request].options
        return sorted(options, key=lambda name: options[name].rank)

    def run_json(self, verb, *options):
        told = json.loads(run(BIN / "ctgsched", verb, self.file, self.plan,
                              *options, "--json").stdout)
        assert told["schema"] == f"ctgsched/{verb}-result/1"
        return told


def goals_of(verdict):
    """As the results write them: the weighted one first, then its parts."""
    return [*verdict.goals,
            *((part["goal"], part["value"]) for part in verdict.parts)]


class Drawn(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def case(self, seed):
        """A tiny problem with its best plan, in which some requests were set
        to waiting where the rules let them; None when it has no plan."""
        draw = random.Random(seed)
        value = json.loads(run(BIN / "ctgsched-tiny", seed).stdout)
        file = pathlib.Path(self.folder) / "tiny.json"
        plan = pathlib.Path(self.folder) / "tiny.plan.json"
        file.write_text(json.dumps(value), encoding="utf-8")
        plan.unlink(missing_ok=True)
        run(BIN / "ctgsched", "solve", file, "-o", plan, status=None)
        if not plan.exists():
            return None
        told = json.loads(plan.read_text(encoding="utf-8"))
        found = Case(self.folder, value, {
            row["request"]: row["option"] for row in told["placements"]})
        for request in list(found.placed):
            if draw.random() < 0.3 and found.passes({request: None}):
                del found.placed[request]
        return Case(self.folder, value, found.placed)
