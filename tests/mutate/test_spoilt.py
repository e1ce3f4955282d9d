# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans of generated villages that were good, and then something happened: an
interval stretched, a room closed, a pin given, an agent gone, a statement
changed. Each time the rule to be named is known from what happened."""
import copy
import datetime
import json
import os
import subprocess
import unittest

import judges
from judges import GENERATE, REFUSED, Judges, placements

SEEDS = range(1, 5) if os.environ.get("CTG_LONG") == "1" else range(1, 3)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
CLOSES = "18:30"


def minutes(time):
    return int(time[:2]) * 60 + int(time[3:])


class Village:
    """A problem with a good plan, and one newcomer in it, `who`, who is there
    as the family asked: its menu is written out as one option."""

    def __init__(self, its_judges, seed):
        path = its_judges.at / "village.json"
        subprocess.run([GENERATE, "--size", "village", "--staff", "fixed",
                        "--mode", "lexicographic", "--seed", str(seed),
                        "-o", path], check=True, capture_output=True)
        self.problem = json.loads(path.read_text("utf-8"))
        self.full = its_judges.solve(self.problem)
        self.plan = placements(self.full)
        self.structure = self.problem["structures"][0]
        self.place = self.structure["id"]
        self.who = self._newcomer()
        self.windows = self.who.pop("menu")["week"]
        self.option = {"id": self.place, "structure": self.place,
                       "when": self.windows}
        self.who["options"] = [self.option]
        self.child = next(c for c in self.problem["children"]
                          if c["id"] == self.who["child"])

    def given(self):
        return {p["request"]: p["option"] for p in self.plan["placements"]}

    def _newcomer(self):
        given = self.given()
        return next(r for r in self.problem["requests"] if "menu" in r
                    and "held" not in r and given.get(r["id"]) == self.place)

    def copy(self):
        return copy.deepcopy(self)

    def waiting(self):
        given = self.given()
        return next(r for r in self.problem["requests"]
                    if r["id"] not in given and "held" not in r)

    def holder(self):
        given = self.given()
        return next(r for r in self.problem["requests"]
                    if given.get(r["id"]) == "held")

    def drop(self, request):
        self.plan["placements"] = [p for p in self.plan["placements"]
                                   if p["request"] != request["id"]]

    def dates(self):
        """{date: (begin, end)} of the newcomer's presences."""
        first = datetime.date.fromisoformat(self.problem["horizon"]["first"])
        found = {}
        for k in range(5):
            day = first + datetime.timedelta(k)
            for window in self.windows:
                if WEEKDAYS[day.weekday()] in window["days"]:
                    found[day.isoformat()] = (window["begin"], window["end"])
        return found

    def spans(self):
        return {(d, b, e) for d, (b, e) in self.dates().items()}

    def law(self, kind, parameters, **ratio):
        """The structure is under this rule alone."""
        self.problem["rules"] = [{
            "schema": "ctgsched/rules/1", "id": "own", "title": "own",
            "title_fr": "own", "law": "own", "rules": [
                {"id": "own." + kind, "kind": kind, "article": "own",
                 "title": "own", "title_fr": "own", "status": "verified",
                 "parameters": parameters}, *ratio.values()]}]
        self.structure["packs"] = ["own"]
        self.structure["over_capacity"] = kind == "over_capacity"
        self.structure["ratio"] = \
            {"regime": "own.all"} if "regime" in ratio else None


ALL = {"id": "own.all", "kind": "ratio", "article": "own", "title": "own",
       "title_fr": "own", "status": "verified", "parameters": {
           "classes": [{"id": "all", "per": 100}], "rounding": "ceil_each"}}


@unittest.skipUnless(judges.ARE_BUILT, "the programs are not built")
class Spoilt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.judges = Judges()
        cls.addClassCleanup(cls.judges.close)
        cls.villages = [Village(cls.judges, seed) for seed in SEEDS]

    def each(self):
        return [village.copy() for village in self.villages]

    def judge(self, v):
        breaches = self.judges.judge(v.problem, v.plan)
        self.assertNotEqual(breaches, REFUSED)
        return breaches

    def breaks(self, v, rule):
        """Breaches of the rule, which must be there."""
        named = [b for b in self.judge(v) if b["rule"] == rule]
        self.assertTrue(named, rule)
        return named

    def breaks_only(self, v, rule, **place):
        """The rule and no other, once, at the place given."""
        breaches = self.judge(v)
        self.assertEqual([b["rule"] for b in breaches], [rule])
        for name, value in place.items():
            self.assertEqual(breaches[0].get(name), value)

    def covers(self, breaches, spans):
        """The breaches cover these intervals, and nothing else, minute by
        minute."""
        def minute_set(rows):
            return {(d, m) for d, b, e in rows
                    for m in range(minutes(b), minutes(e))}
        self.assertEqual(
            minute_set((b["date"], b["begin"], b["end"]) for b in breaches),
            minute_set(spans))

    def test_the_plan_was_good(self):
        for v in self.each():
            self.assertEqual(self.judge(v), [])
            self.assertEqual(v.full["status"], "optimal")

    # -- presences -----------------------------------------------------------

    def test_interval_stretched_past_closing_breaks_hours(self):
        for v in self.each():
            days = v.dates()
            for window in v.windows:
                window["end"] = "19:00"
            self.covers(self.breaks(v, "hours"),
                        {(d, CLOSES, "19:00") for d in days})

    def test_opening_cut_breaks_hours(self):
        for v in self.each():
            day, (begin, end) = sorted(v.dates().items())[0]
            v.structure.setdefault("closures", []).append(
                {"dates": [day], "begin": begin, "end": end})
            hours = [b for b in self.breaks(v, "hours")
                     if b["request"] == v.who["id"]]
            self.covers(hours, {(day, begin, end)})

    def test_period_that_ends_before_breaks_menu(self):
        for v in self.each():
            v.who["first"] = v.who["last"] = "2027-01-04"
            self.breaks_only(v, "menu", request=v.who["id"])

    def test_section_of_another_age_breaks_age(self):
        for v in self.each():
            v.structure["sections"][0]["from_months"] = 600
            v.structure["sections"][0].pop("below_months", None)
            v.option["section"] = v.structure["sections"][0]["id"]
            named = [b for b in self.breaks(v, "age")
                     if b["request"] == v.who["id"]]
            self.covers(named, v.spans())

    def test_floor_of_the_family_breaks_floor(self):
        for v in self.each():
            v.who["floor"] = {"min_days": 7}
            self.breaks_only(v, "floor", request=v.who["id"])

    def test_child_of_two_requests_breaks_child(self):
        for v in self.each():
            other = v.holder()
            v.who["child"] = other["child"]
            v.who.pop("kind", None)
            mine = v.spans()
            held = {(d, w["begin"], w["end"]) for d in v.dates()
                    for w in other["held"]["when"] if WEEKDAYS[
                        datetime.date.fromisoformat(d).weekday()]
                    in w.get("days", WEEKDAYS)}
            both = {(d, max(b, y), min(e, z)) for d, b, e in mine
                    for c, y, z in held
                    if c == d and max(b, y) < min(e, z)}
            if both:
                named = self.breaks(v, "child")
                self.covers(named, both)
                self.assertEqual({b["request"] for b in named},
                                 {min(v.who["id"], other["id"])})

    # -- rooms and staff -----------------------------------------------------

    def test_room_that_is_gone_breaks_places(self):
        for v in self.each():
            day, (begin, end) = sorted(v.dates().items())[0]
            v.structure.setdefault("reductions", []).append(
                {"dates": [day], "begin": begin, "end": end, "places": 0})
            self.covers([b for b in self.breaks(v, "places")
                         if b["date"] == day], {(day, begin, end)})

    def test_quota_of_nothing_breaks_shared(self):
        for v in self.each():
            v.structure["shared"] = [{
                "id": "none", "places": 0,
                "sections": [s["id"] for s in v.structure["sections"]]}]
            named = self.breaks(v, "shared")
            self.assertEqual({b["rule"] for b in self.judge(v)} - {"shortage"},
                             {"shared"})
            self.assertEqual({b["section"] for b in named}, {"none"})
            self.assertLessEqual(set(v.dates()), {b["date"] for b in named})

    def test_rooms_merged_to_nothing_break_merge(self):
        for v in self.each():
            v.structure["merges"] = [{
                "begin": "07:30", "end": CLOSES, "places": 0,
                "sections": [s["id"] for s in v.structure["sections"]]}]
            self.breaks(v, "merge")

    def test_sections_of_nothing_break_section(self):
        for v in self.each():
            v.structure["merges"] = []
            for section in v.structure["sections"]:
                section["places"] = 0
            self.breaks(v, "section")

    def test_team_that_is_gone_breaks_ratio(self):
        for v in self.each():
            v.structure["staff"] = []
            spans = {(d, b, e) for d, (b, e) in v.dates().items()}
            named = {(b["date"], m) for b in self.breaks(v, "ratio")
                     for m in range(minutes(b["begin"]), minutes(b["end"]))}
            self.assertLessEqual({(d, m) for d, b, e in spans for m in
                                  range(minutes(b), minutes(e))}, named)

    def test_minimum_of_many_breaks_minimum(self):
        for v in self.each():
            v.law("minimum", {"min_staff": 90, "cat1_above_places": 10000,
                              "alone_max_children": 0, "alone_max_places": 0,
                              "alone_categories": []})
            self.breaks(v, "minimum")

    def test_week_of_next_to_nothing_breaks_week(self):
        for v in self.each():
            v.law("over_capacity", {"instant_max_pct": 1000,
                                    "weekly_max_pct": 1,
                                    "capacity_basis": "capacity_t"})
            self.assertEqual([b["week"] for b in self.breaks(v, "week")],
                             ["2026-W37"])

    def test_share_of_a_team_without_cat1_breaks_mix(self):
        for v in self.each():
            v.law("cat1_share", {"min_pct": 100}, regime=ALL)
            for entry in v.structure["staff"]:
                entry["category"] = "cat2"
            self.assertEqual([b["month"] for b in self.breaks(v, "mix")],
                             ["2026-09"])

    # -- needs ---------------------------------------------------------------

    def need(self, v, **more):
        v.problem.setdefault("needs", []).append({"id": "new", **more})
        v.child.setdefault("needs", []).append("new")

    def test_need_that_is_not_offered_breaks_need(self):
        for v in self.each():
            self.need(v)
            self.breaks_only(v, "need", request=v.who["id"], need="new",
                             structure=v.place)

    def test_skill_that_nobody_has_breaks_skill(self):
        for v in self.each():
            self.need(v, equipped=False, skill="rare")
            self.covers(self.breaks(v, "skill"), v.spans())

    def test_offer_of_none_breaks_need_max(self):
        for v in self.each():
            self.need(v)
            v.structure.setdefault("offers", []).append(
                {"need": "new", "max": 0})
            self.covers(self.breaks(v, "need_max"), v.spans())

    # -- links ---------------------------------------------------------------

    def test_resource_of_nothing_breaks_resource(self):
        for v in self.each():
            v.problem["resources"] = [
                {"id": "bus", "per": "date", "limit": 0}]
            v.option["uses"] = [{"resource": "bus", "amount": 1}]
            breaches = self.judge(v)
            self.assertEqual({b["rule"] for b in breaches}, {"resource"})
            self.assertEqual({b["date"] for b in breaches}, set(v.dates()))

    def test_sibling_who_waits_breaks_siblings(self):
        for v in self.each():
            v.problem["siblings"] = [
                {"id": "both", "rule": "all_or_none",
                 "requests": [v.who["id"], v.waiting()["id"]]}]
            self.breaks_only(v, "siblings", group="both")

    def test_pin_to_waiting_breaks_pin(self):
        for v in self.each():
            v.problem["pins"] = [{"request": v.who["id"], "waiting": True}]
            self.breaks_only(v, "pin", request=v.who["id"])

    def test_pinned_request_dropped_breaks_pin(self):
        for v in self.each():
            v.problem["pins"] = [
                {"request": v.who["id"], "option": v.place}]
            self.assertEqual(self.judge(v), [])
            v.drop(v.who)
            self.breaks_only(v, "pin", request=v.who["id"])

    def test_holder_dropped_is_a_shortage_to_declare(self):
        for v in self.each():
            holder = v.holder()
            v.drop(holder)
            self.breaks_only(v, "shortage", request=holder["id"])
            v.plan["shortages"] = [{"kind": "request", "rule": "served",
                                    "request": holder["id"], "size": 1}]
            self.assertEqual(self.judge(v), [])

    def test_guaranteed_place_missing_is_a_shortage_to_declare(self):
        for v in self.each():
            v.law("guaranteed", {"places_per": 30, "min": 1})
            v.structure["places"] = 60  # nothing else is in the way
            v.structure.pop("modulation", None)
            for request in v.problem["requests"]:
                request["insertion"] = request is v.who
            self.assertEqual(self.judge(v), [])
            v.drop(v.who)
            self.breaks_only(v, "shortage", manager="commune", size=1)

    # -- the file itself -----------------------------------------------------

    def test_request_added_twice_is_refused(self):
        for v in self.each():
            v.plan["placements"].append(
                {"request": v.who["id"], "option": v.place})
            self.assertEqual(self.judges.judge(v.problem, v.plan), REFUSED)

    def test_plan_of_another_problem_breaks_digest(self):
        for v in self.each():
            v.problem = self.villages[0].copy().problem
            v.plan = copy.deepcopy(self.villages[0].full)
            v.problem["parameters"]["seed"] = "another"
            self.assertIn("digest", {b["rule"] for b in self.judge(v)})


@unittest.skipUnless(judges.ARE_BUILT, "the programs are not built")
class Stated(unittest.TestCase):
    """What the solver wrote beside the placements, changed."""

    @classmethod
    def setUpClass(cls):
        cls.judges = Judges()
        cls.addClassCleanup(cls.judges.close)
        path = cls.judges.at / "village.json"
        subprocess.run([GENERATE, "--size", "village", "--seed", "2", "-o",
                        path], check=True, capture_output=True)
        cls.problem = json.loads(path.read_text("utf-8"))
        cls.full = cls.judges.solve(cls.problem)

    def breaks_only(self, plan, *rules):
        breaches = self.judges.judge(self.problem, plan)
        self.assertNotEqual(breaches, REFUSED)
        self.assertEqual({b["rule"] for b in breaches}, set(rules))

    def spoilt(self):
        return copy.deepcopy(self.full)

    def test_what_the_solver_states_is_true(self):
        self.breaks_only(self.full)

    def test_value_of_a_goal_changed_breaks_goals(self):
        for k in range(len(self.full["goals"])):
            plan = self.spoilt()
            plan["goals"][k]["value"] += 1
            self.breaks_only(plan, "goals")

    def test_goals_in_another_order_break_goals(self):
        plan = self.spoilt()
        plan["goals"][1:3] = reversed(plan["goals"][1:3])
        self.breaks_only(plan, "goals")

    def test_waiting_list_in_another_order_breaks_waiting(self):
        plan = self.spoilt()
        self.assertGreater(len(plan["waiting"]), 1)
        first, last = plan["waiting"][0], plan["waiting"][-1]
        first["request"], last["request"] = last["request"], first["request"]
        self.breaks_only(plan, "waiting")

    def test_waiting_request_left_out_breaks_waiting(self):
        plan = self.spoilt()
        plan["waiting"].pop()
        self.breaks_only(plan, "waiting")

    def test_each_number_of_the_coverage_changed_breaks_coverage(self):
        for name in ("present", "places", "required", "counted", "free"):
            plan = self.spoilt()
            plan["coverage"][0]["intervals"][0][name] += 1
            self.breaks_only(plan, "coverage")

    def test_coverage_of_a_day_left_out_breaks_coverage(self):
        plan = self.spoilt()
        plan["coverage"].pop()
        self.breaks_only(plan, "coverage")

    def test_shortage_in_vain_breaks_shortage(self):
        plan = self.spoilt()
        plan["shortages"].append({
            "kind": "request", "rule": "served", "size": 1,
            "request": plan["placements"][0]["request"]})
        self.breaks_only(plan, "shortage")

    def test_digest_of_another_problem_breaks_digest(self):
        plan = self.spoilt()
        last = plan["problem"]["digest"][-1]
        plan["problem"]["digest"] = \
            plan["problem"]["digest"][:-1] + ("0" if last != "0" else "1")
        self.breaks_only(plan, "digest")

    def test_request_moved_to_waiting_breaks_what_is_stated(self):
        plan = self.spoilt()
        given = {p["request"] for p in plan["placements"]}
        newcomer = next(r["id"] for r in self.problem["requests"]
                        if r["id"] in given and "held" not in r)
        plan["placements"] = [p for p in plan["placements"]
                              if p["request"] != newcomer]
        self.breaks_only(plan, "goals", "waiting", "coverage")


if __name__ == "__main__":
    unittest.main()
