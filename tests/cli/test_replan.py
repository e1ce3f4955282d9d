# SPDX-License-Identifier: GPL-3.0-or-later
"""Re-planning (format.md 16) by the command line; its values are held against
brute force in tests/property."""
import json
import os
import unittest

from support import ROOT, CliCase, request, town

CRECHE = os.path.join(ROOT, "examples", "joint-creche.json")
MORNING = os.path.join(ROOT, "examples", "joint-creche-morning.json")
TUE = "2026-09-08"


def two_places():
    """r1 and r2 must be served; r2 may go to either, r1 to s1 alone."""
    p = town([request(1, 5, mandatory=True), request(2, 3, mandatory=True)])
    p["structures"].append({**p["structures"][0], "id": "s2"})
    p["requests"][1]["options"].append({
        "id": "o2", "structure": "s2",
        "when": [{"begin": "09:00", "end": "12:00"}]})
    return p


def booked(number, structure="s1"):
    return {"op": "booked", "request": request(number, 1,
                                               structure=structure),
            "child": {"id": f"c{number}", "birth": "2025-01-01"}}


class Replan(CliCase):
    def told(self, problem, *placed):
        self.write("p.json", problem)
        return self.write("told.json", {
            "schema": "ctgsched/plan/1", "placements": [
                {"request": r, "option": o} for r, o in placed]})

    def events(self, *changes):
        return self.write("events.json", {"schema": "ctgsched/change/1",
                                          "changes": list(changes)})

    def replan(self, *more, status=0):
        """What is printed; the plan is one of the changed problem."""
        value = self.run_json(
            "replan", self.path("p.json"), self.path("told.json"), "--events",
            self.path("events.json"), "-o", self.path("new.json"), *more,
            status=status)
        self.run_cli("apply", self.path("p.json"), "--events",
                     self.path("events.json"), "-o", self.path("p2.json"))
        self.run_cli("check", self.path("p2.json"), self.path("new.json"))
        with open(self.path("new.json"), encoding="utf-8") as file:
            placed = {one["request"]: one["option"]
                      for one in json.load(file)["placements"]}
        return value, placed

    def test_nothing_happened(self):
        self.told(two_places(), ("r1", "o1"), ("r2", "o2"))
        self.events()
        value, placed = self.replan()
        self.assertEqual(value["changes"], 0)
        self.assertEqual(placed, {"r1": "o1", "r2": "o2"})

    def test_a_bound_too_small(self):
        # r2 is told s1, where r9 is booked now; it would have to move.
        p = two_places()
        del p["requests"][0]
        self.told(p, ("r2", "o1"))
        self.events(booked(9))
        value, placed = self.replan("--max-changes", "0", status=4)
        self.assertEqual(value["least_budget"], {"value": 1, "bound": 1})
        self.assertEqual([g["value"] for g in value["goals"]][0], 1_000_000)
        self.assertEqual(placed, {"r2": "o1"})
        value, placed = self.replan("--max-changes", "1")
        self.assertNotIn("least_budget", value)
        self.assertEqual(value["changes"], 1)
        self.assertEqual(placed, {"r9": "o1", "r2": "o2"})

    def test_notice_weighs(self):
        # s1 loses its place: r2 moves, at the weight of its first date.
        p = two_places()
        del p["requests"][0]
        p["parameters"] = {"now": "2026-09-07T06:50", "notice": [
            {"days": 1, "weight": 7}, {"days": 3, "weight": 2}]}
        self.told(p, ("r2", "o1"))
        self.events(booked(9))
        value, _ = self.replan("--max-changes", "6", status=4)
        self.assertEqual(value["least_budget"]["value"], 7)
        value, _ = self.replan("--max-changes", "7")
        self.assertEqual(value["changes"], 7)

    def test_what_is_over_stays(self):
        # r2 would rather be in s2 from now on, but was in s1 yesterday.
        p = town([request(2, 3)])
        p["structures"].append({**p["structures"][0], "id": "s2"})
        p["requests"][0]["options"].insert(0, {
            "id": "o0", "structure": "s2",
            "when": [{"begin": "09:00", "end": "13:00"}]})
        self.told(p, ("r2", "o1"))
        self.events({"op": "problem_changed", "set": {
            "parameters": {"now": TUE}}})
        self.assertEqual(self.replan()[1], {"r2": "o1"})
        self.events()
        self.assertEqual(self.replan()[1], {"r2": "o0"})

    def test_an_older_plan_of_other_people(self):
        p = town()
        self.told(p, ("r1", "o1"), ("r3", "o1"))
        self.events({"op": "request_withdrawn", "request": "r1"})
        value, placed = self.replan()
        self.assertEqual(placed, {"r2": "o1", "r3": "o1"})
        self.assertEqual(value["changes"], 0)  # r2 was told nothing

    def test_joint_within_a_bound_and_by_any_threads(self):
        self.run_cli("solve", CRECHE, "-o", self.path("told.json"),
                     "--work-limit", "300k", status=5)
        texts = []
        for threads in ("1", "2"):
            value = self.run_json(
                "replan", CRECHE, self.path("told.json"), "--events", MORNING,
                "--max-changes", "4", "--work-limit", "600k", "--threads",
                threads, "-o", self.path("new.json"), status=5)
            self.assertLessEqual(value["changes"], 4)
            texts.append(self.read("new.json"))
        self.assertEqual(*texts)
        self.run_cli("apply", CRECHE, "--events", MORNING, "-o",
                     self.path("p2.json"))
        self.run_cli("check", self.path("p2.json"), self.path("new.json"))

    def test_pins_that_contradict(self):
        p = town([request(1, 5), request(2, 3)])
        self.told(p, ("r1", "o1"))
        self.events(*({"op": "pinned", "request": r, "option": "o1"}
                      for r in ("r1", "r2")))
        value = self.run_json(
            "replan", self.path("p.json"), self.path("told.json"), "--events",
            self.path("events.json"), status=4)
        self.assertTrue(value["conflicts"])
        self.assertIsNone(value["plan"])

    def test_a_bad_call(self):
        self.told(town())
        self.run_cli("replan", self.path("p.json"), self.path("told.json"),
                     status=2)
        events = self.events({"op": "explode"})
        done = self.run_cli("replan", self.path("p.json"),
                            self.path("told.json"), "--events", events,
                            status=3)
        self.assertIn("E-VALUE", done.stderr)


if __name__ == "__main__":
    unittest.main()
