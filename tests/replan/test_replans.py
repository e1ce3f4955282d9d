# SPDX-License-Identifier: GPL-3.0-or-later
"""Random re-plans of generated villages and towns with their agents: whatever
happened, the answer is judged by the other program, changes no more than
allowed, and is never worse than the floor plan; a bound that is too small is
said to be, and what is said to be enough is more than it.

    CTG_REPLANS=500     so many, half of them towns (tests/run --long)"""
import json
import os
import random
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BIN = os.path.join(os.environ.get("CTG_BUILD", os.path.join(ROOT, "build")),
                   "bin")
REPLANS = int(os.environ.get("CTG_REPLANS", "8"))
EACH = 50  # re-plans of one generated problem
WORK = {"village": "120k", "town": "150k"}


def run(program, *arguments, allowed=(0,)):
    done = subprocess.run([os.path.join(BIN, program), *map(str, arguments)],
                          capture_output=True, text=True, check=False)
    if done.returncode not in allowed:
        raise AssertionError(f"{program} {arguments}: {done.returncode}\n"
                             f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def draw_change(rng, problem, plan):
    """Something that happens to the plan."""
    days = ["2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10",
            "2026-09-11"]
    when = {"dates": [rng.choice(days)]}
    structure = rng.choice(problem["structures"])
    placed = rng.choice(plan["placements"])["request"]
    child = next(r["child"] for r in problem["requests"] if r["id"] == placed)
    kinds = [
        {"op": "cancelled", "request": placed},
        {"op": "child_absent", "child": child, **when},
        {"op": "child_late", "child": child, "date": when["dates"][0],
         "until": "10:00"},
        {"op": "request_changed", "request": placed,
         "set": {"mandatory": True}},
        {"op": "capacity", "structure": structure["id"], **when,
         "places": max(0, structure["places"] - rng.randint(1, 8))},
        {"op": "problem_changed", "set": {"parameters": {
            "now": when["dates"][0], "notice": [
                {"days": 1, "weight": 3}, {"days": 3, "weight": 2}]}}}]
    if plan.get("duties"):
        duty = rng.choice(plan["duties"])
        kinds += 3 * [{"op": "agent_absent", "employee": duty["employee"],
                       "dates": [duty["date"]]}]
    return rng.choice(kinds)


class Replans(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def at(self, name):
        return os.path.join(self.folder, name)

    def goals(self, plan):
        """Values in the order of the goals, the less the better."""
        said = json.loads(run("ctgsched", "check", self.at("changed.json"),
                              plan, "--json").stdout)
        return [g["value"] * (-1 if g["sense"] == "max" else 1)
                for g in said["goals"] if g["name"] != "changes"]

    def one(self, rng, size):
        problem, plan = read(self.at("p.json")), read(self.at("told.json"))
        changes = [draw_change(rng, problem, plan)
                   for _ in range(rng.choice((1, 1, 2, 4)))]
        with open(self.at("events.json"), "w", encoding="utf-8") as file:
            json.dump({"schema": "ctgsched/change/1", "changes": changes}, file)
        events = ["--events", self.at("events.json")]
        most = rng.choice((0, 1, 3, 10))
        run("ctgsched", "apply", self.at("p.json"), *events, "-o",
            self.at("changed.json"))
        both = [self.at("p.json"), self.at("told.json"), *events]
        run("ctgsched", "replan", *both, "--floor", "-o", self.at("floor.json"))
        said = json.loads(run(
            "ctgsched", "replan", *both, "--max-changes", most,
            "--work-limit", WORK[size], "--json", "-o", self.at("new.json"),
            allowed=(0, 4, 5)).stdout)
        run("ctgsched-verify", self.at("changed.json"), self.at("new.json"))
        self.assertLessEqual(said["changes"], most, changes)
        short = "least_budget" in said
        if short:
            self.assertGreater(said["least_budget"]["value"], most)
            self.assertLessEqual(said["least_budget"].get("bound", 0),
                                 said["least_budget"]["value"])
        self.assertLessEqual(self.goals(self.at("new.json")),
                             self.goals(self.at("floor.json")), changes)
        return said["changes"] > 0, short

    def many(self, size, n):
        changed = short = 0
        for k in range(n):
            if k % EACH == 0:
                run("ctgsched-generate", "--size", size, "--staff", "joint",
                    "--seed", k // EACH + 1, "-o", self.at("p.json"))
                run("ctgsched", "solve", self.at("p.json"), "--work-limit",
                    "400k", "-o", self.at("told.json"), allowed=(0, 5))
            with self.subTest(size=size, k=k):
                one, other = self.one(random.Random(f"{size} {k}"), size)
                changed, short = changed + one, short + other
        print(f"{size}: {n} re-plans, {changed} changed something, in {short} "
              "the bound was too small")

    def test_villages(self):
        self.many("village", REPLANS - REPLANS // 2)

    def test_towns(self):
        self.many("town", REPLANS // 2)


if __name__ == "__main__":
    unittest.main()
