# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes (format.md 15): each does to the problem what an editor would do by
hand, and what is refused is told where it stands in the changes."""
import copy
import json
import os
import unittest

from support import ROOT, CliCase

MON, TUE, FRI = "2026-09-07", "2026-09-08", "2026-09-11"
AWAY = {"dates": [TUE], "begin": "08:00", "end": "10:00"}


class Apply(CliCase):
    def setUp(self):
        super().setUp()
        example = os.path.join(ROOT, "examples", "joint-creche.json")
        with open(example, encoding="utf-8") as file:
            self.problem = json.load(file)

    def applied(self, problem, *changes, status=0):
        events = self.write("events.json", {"schema": "ctgsched/change/1",
                                            "changes": list(changes)})
        return self.run_json("apply", self.write("problem.json", problem),
                             "--events", events, status=status)

    def digest(self, problem, *changes):
        return self.applied(problem, *changes)["digests"]["problem"]

    def same(self, by_hand, *changes):
        """The changes make of the example what `by_hand` does to a copy."""
        other = copy.deepcopy(self.problem)
        by_hand(other)
        self.assertNotEqual(self.digest(self.problem), self.digest(other))
        self.assertEqual(self.digest(self.problem, *changes),
                         self.digest(other))

    def refused(self, *changes):
        """(code, pointer) of each fault."""
        answer = self.applied(self.problem, *changes, status=3)
        faults = errors(answer)
        for fault in faults:
            self.assertTrue(fault["file"].endswith("events.json"), fault)
            self.assertGreater(fault["line"], 1)
        return [(f["code"], f["pointer"]) for f in faults]


def errors(answer):
    return [f for f in answer["faults"] if f["severity"] == "error"]


def find(problem, name, its_id):
    return next(one for one in problem[name] if one["id"] == its_id)


class Effects(Apply):
    def test_no_change_is_the_same_problem(self):
        answer = self.applied(self.problem)
        self.assertEqual(answer["status"], "ok")
        again = self.applied(answer["problem"])
        self.assertEqual(answer["digests"], again["digests"])

    def test_a_request_comes_and_goes(self):
        new = {"id": "n1", "child": "n.c", "options": [
            {"id": "o", "structure": "s001", "when": [
                {"days": ["mon"], "begin": "09:00", "end": "11:00"}]}]}
        child = {"id": "n.c", "birth": "2025-01-01"}

        def add(p, **more):
            p["requests"].append({**new, **more})
            p["children"].append(child)

        added = {"op": "request_added", "request": new, "child": child}
        self.same(add, added)
        self.same(lambda p: add(p, mandatory=True), {**added, "op": "booked"})
        self.same(lambda p: p["children"].append(child), added,
                  {"op": "request_withdrawn", "request": "n1"})

    def test_withdrawn_with_its_pin_and_siblings(self):
        self.problem["siblings"] = [
            {"id": "g", "requests": ["d00001", "d00002"], "rule": "reward"},
            {"id": "h", "requests": ["d00001", "d00003", "d00004"],
             "rule": "reward"}]
        self.problem["pins"] = [{"request": "d00001", "waiting": True},
                                {"request": "d00002", "waiting": True}]

        def take_out(p):
            p["requests"] = [r for r in p["requests"] if r["id"] != "d00001"]
            p["siblings"] = [{"id": "h", "requests": ["d00003", "d00004"],
                              "rule": "reward"}]
            del p["pins"][0]

        self.same(take_out, {"op": "request_withdrawn", "request": "d00001"})
        self.same(take_out, {"op": "cancelled", "request": "d00001"})

    def test_members_are_merged(self):
        def change(p):
            r = find(p, "requests", "d00001")
            r["menu"]["flex"]["shift"] = 0
            r["menu"]["flex"].pop("earliest")
            r["mandatory"] = True

        self.same(change, {"op": "request_changed", "request": "d00001", "set": {
            "menu": {"flex": {"shift": 0, "earliest": None}},
            "mandatory": True}})
        self.same(lambda p: find(p, "children", "e00001").update(
            birth="2024-01-01"), {"op": "child_changed", "child": "e00001",
                                  "set": {"birth": "2024-01-01"}})
        self.same(lambda p: p["parameters"].update(now=TUE),
                  {"op": "problem_changed", "set": {
                      "parameters": {"now": TUE}}})
        self.same(lambda p: find(p, "structures", "s001").update(
            over_capacity=not find(p, "structures", "s001").get(
                "over_capacity", False)),
            {"op": "structure_changed", "structure": "s001", "set": {
                "over_capacity": not find(
                    self.problem, "structures", "s001").get(
                        "over_capacity", False)}})

    def test_absences_of_children(self):
        def away(p, window, child="e00001"):
            for r in p["requests"]:
                if r["child"] == child:
                    r.setdefault("absent", []).append(window)

        self.same(lambda p: away(p, AWAY), {"op": "cancelled",
                                            "request": "d00001", **AWAY})
        self.same(lambda p: away(p, {"first": TUE}), {
            "op": "child_absent", "child": "e00001", "first": TUE})
        self.same(lambda p: away(p, {"dates": [TUE], "begin": "00:00",
                                     "end": "09:15"}),
                  {"op": "child_late", "child": "e00001", "date": TUE,
                   "until": "09:15"})
        self.same(lambda p: find(p, "children", "e00001").update(
            walk_from=TUE), {"op": "child_walks", "child": "e00001",
                             "from": TUE})

    def test_pins(self):
        pin = {"request": "d00001", "structure": "s001", "author": "x"}
        self.same(lambda p: p.setdefault("pins", []).append(pin),
                  {"op": "pinned", "request": "d00001", "waiting": True},
                  {"op": "pinned", **pin})
        self.assertEqual(self.digest(self.problem), self.digest(
            self.problem, {"op": "pinned", **pin},
            {"op": "unpinned", "request": "d00001"}))

    def test_agents_away_and_back(self):
        def away(p, *windows):
            find(p, "employees", "a0001")["absent"] = list(windows)

        absent = {"op": "agent_absent", "employee": "a0001"}
        self.same(lambda p: away(p, AWAY), {**absent, **AWAY})
        whole = {"first": MON, "last": FRI}
        back = {"op": "agent_back", "employee": "a0001"}
        self.same(lambda p: away(p, {"first": MON, "last": MON},
                                 {"first": "2026-09-10", "last": FRI}),
                  {**absent, **whole},
                  {**back, "first": TUE, "last": "2026-09-09"})
        self.assertEqual(self.digest(self.problem), self.digest(
            self.problem, {**absent, **AWAY}, {**absent, **whole}, back))
        self.same(lambda p: away(p, {"first": TUE}),
                  {"op": "agent_gone", "employee": "a0001", "from": TUE})

    def test_agents_come_and_go(self):
        new = {**find(self.problem, "employees", "a0001"), "id": "new"}
        self.same(lambda p: p["employees"].append(new),
                  {"op": "agent_hired", "employee": new})
        self.assertEqual(self.digest(self.problem), self.digest(
            self.problem, {"op": "agent_hired", "employee": new},
            {"op": "agent_gone", "employee": "new"}))
        self.same(lambda p: find(p, "employees", "a0002")["contract"].update(
            week_most=2200), {"op": "agent_changed", "employee": "a0002",
                              "set": {"contract": {"week_most": 2200}}})

    def test_pins_of_agents_fall_with_an_absence(self):
        shift = self.problem["shifts"][0]["id"]
        pins = [{"date": MON, "shift": shift}, {"date": TUE, "shift": shift}]
        pinned = [{"op": "agent_pinned", "employee": "a0001", **pin}
                  for pin in pins]

        def by_hand(p, pins, absent):
            find(p, "employees", "a0001").update(pins=pins, absent=absent)

        self.same(lambda p: by_hand(p, pins, []), *pinned)
        self.same(lambda p: by_hand(p, pins[:1], [AWAY]), *pinned,
                  {"op": "agent_absent", "employee": "a0001", **AWAY})
        self.same(lambda p: by_hand(p, pins[:1], []), *pinned,
                  {"op": "agent_unpinned", "employee": "a0001", "date": TUE})

    def test_structures(self):
        def change(name, *values):
            return lambda p: find(p, "structures", "s001").setdefault(
                name, []).extend(values)

        its = {"structure": "s001"}
        self.same(change("modulation", {"days": ["wed"], "begin": "00:00",
                                        "end": "24:00", "places": 12}),
                  {"op": "capacity", **its, "days": ["wed"], "places": 12})
        self.same(change("closures", {"dates": [TUE]}),
                  {"op": "closed", **its, "dates": [TUE]})
        team = {"days": ["wed"], "begin": "09:00", "end": "12:00",
                "category": "cat2", "count": 1}
        self.same(change("staff", team), {"op": "staff_added", **its, **team})
        hours = [{"begin": "09:00", "end": "12:00"}]
        self.same(change("exceptions", {"date": TUE, "hours": hours}),
                  {"op": "hours", **its, "date": TUE, "hours": []},
                  {"op": "hours", **its, "date": TUE, "hours": hours})


class Refusals(Apply):
    def test_unknown_ids(self):
        self.assertEqual(self.refused(
            {"op": "request_withdrawn", "request": "nobody"},
            {"op": "agent_absent", "employee": "nobody", "dates": [TUE]},
            {"op": "closed", "structure": "nowhere"},
            {"op": "child_walks", "child": "nobody", "from": TUE},
            {"op": "unpinned", "request": "d00001"}), [
                ("E-REF", "/changes/0/request"),
                ("E-REF", "/changes/1/employee"),
                ("E-REF", "/changes/2/structure"),
                ("E-REF", "/changes/3/child"),
                ("E-REF", "/changes/4/request")])

    def test_no_change_at_all(self):
        self.assertEqual(self.refused({}, {"op": "explode"}, 3,
                                      {"op": "closed", "structur": "s001"}), [
            ("E-MISSING", "/changes/0"), ("E-VALUE", "/changes/1/op"),
            ("E-TYPE", "/changes/2"), ("E-MISSING", "/changes/3"),
            ("E-MEMBER", "/changes/3/structur")])

    def test_what_the_changed_problem_may_not_have(self):
        self.assertEqual(self.refused(
            {"op": "request_added", "request": {"id": "n1", "child": "nobody"}},
            {"op": "request_changed", "request": "d00001",
             "set": {"mandatory": 7}},
            {"op": "child_absent", "child": "e00002", "dates": [TUE],
             "begin": "10:00", "end": "09:00"},
            {"op": "capacity", "structure": "s001", "places": "many"}), [
                ("E-REF", "/changes/0/request/child"),
                ("E-TYPE", "/changes/1/set/mandatory"),
                ("E-INTERVAL", "/changes/2/end"),
                ("E-TYPE", "/changes/3/places")])

    def test_twice_there(self):
        self.assertEqual(self.refused(
            {"op": "child_changed", "child": "e00001", "set": {"birth": TUE}},
            {"op": "request_added",
             "request": find(self.problem, "requests", "d00001")}),
            [("E-DUPLICATE", "/changes/1/request/id")])

    def test_back_who_was_not_away(self):
        self.assertEqual(self.refused(
            {"op": "agent_back", "employee": "a0001"}),
            [("E-VALUE", "/changes/0")])

    def test_what_others_still_name(self):
        answer = self.applied(self.problem, {"op": "problem_changed", "set": {
            "children": []}}, status=3)
        self.assertIn("of the changed problem", errors(answer)[0]["message"])

    def test_events_are_needed(self):
        done = self.run_cli("apply", self.write("p.json", self.problem),
                            status=2)
        self.assertIn("--events", done.stderr)


if __name__ == "__main__":
    unittest.main()
