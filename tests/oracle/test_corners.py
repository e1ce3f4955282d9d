# SPDX-License-Identifier: GPL-3.0-or-later
"""Corner cases of the law under both judges: what each plan breaks was found
by hand (the working is in the comments), then the judge in C and the second
one must say exactly that. Plans are made by hand, too.

The law is that of the embedded pack fr-eaje where a case names no other."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import judge as second  # noqa: E402
import test_judge  # noqa: E402
import test_judge_values  # noqa: E402
import test_sessions  # noqa: E402
from packs import RULES_FOLDER, load_packs  # noqa: E402
from tiny import (ADAPTATION, ask, everyone, five_eight, GUARANTEED, held,
                  kids, missing, MON, option, OUTING, OVER, pack, place, plan,
                  problem, rule, SHARE, SIX, team, told, TUE, under,
                  WED)  # noqa: E402
from values import Fault  # noqa: E402

ROOT = HERE.parent.parent
BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
VERIFY = BIN / "ctgsched-verify"
NAMES = ("structure", "section", "need", "skill", "resource", "date", "week",
         "month", "begin", "end")
ALL_WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def creche(places=20, regime="eaje.5_8", staff=(), name="s", **more):
    """Under the law of the crèches, open 08:00-18:00 every day."""
    return {"id": name, "places": places, "ratio": {"regime": regime},
            "hours": [{"begin": "08:00", "end": "18:00"}],
            "staff": list(staff), **more}


def agents(count=1, category="cat1", begin="08:00", end="18:00", **more):
    return {"begin": begin, "end": end, "category": category, "count": count,
            **more}


class Corner(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not VERIFY.exists():
            raise unittest.SkipTest("ctgsched-verify is not built")
        cls.packs = load_packs(RULES_FOLDER)

    def first(self, its_problem, its_plan):
        """The status and the verdict of the judge in C."""
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for name, value in (("p", its_problem), ("plan", its_plan)):
                names.append(os.path.join(folder, name))
                with open(names[-1], "w", encoding="utf-8") as file:
                    json.dump(value, file)
            done = subprocess.run([VERIFY, "--json", *names], text=True,
                                  capture_output=True, check=False)
        return done.returncode, json.loads(done.stdout)

    def judge(self, its_problem, its_plan, breaches=(), shortages=()):
        """Both say these breaches (but `shortage`) and shortages, and agree
        on every goal. Gives the second verdict, for its values."""
        theirs = second.judge(second.Problem(its_problem, self.packs),
                              its_plan)
        _, mine = self.first(its_problem, its_plan)
        in_c = [(b["rule"], *(b[n] for n in NAMES if n in b), b["size"])
                for b in mine["breaches"] if b["rule"] != "shortage"]
        for found in (in_c, told(theirs)):
            self.assertEqual(sorted(found), sorted(breaches))
        short_in_c = [tuple(v for k, v in s.items() if k != "kind")
                      for s in mine["shortages"]]
        for found in (short_in_c, missing(theirs)):
            self.assertEqual(sorted(found), sorted(shortages))
        self.assertEqual([(g["name"], g["value"]) for g in mine["goals"]],
                         theirs.goals)
        self.assertEqual(mine["accepted"], theirs.accepted)
        return theirs

    def refused(self, code, its_problem):
        status, mine = self.first(its_problem, plan())
        self.assertEqual(status, 3)
        self.assertIn(code, [f["code"] for f in mine["faults"]])
        with self.assertRaises(Fault) as caught:
            second.Problem(its_problem, self.packs)
        self.assertEqual(caught.exception.code, code)


def under_both(cases):
    """The cases of a file of the second judge's, put to both."""
    class Both(Corner, cases):
        def asked_of_both(self, its_problem, its_plan):
            status, mine = self.first(its_problem, its_plan)
            self.assertNotEqual(status, 3, mine.get("faults"))
            theirs = second.judge(second.Problem(its_problem, {}), its_plan)
            for name in ("breaches", "shortages"):
                self.assertEqual(
                    sorted(told_of(mine[name])),
                    sorted(told_of(getattr(theirs, name))))

        def breaks(self, its_problem, its_plan, *expected):
            self.asked_of_both(its_problem, its_plan)
            return super().breaks(its_problem, its_plan, *expected)

        def accepts(self, its_problem, its_plan):
            self.asked_of_both(its_problem, its_plan)
            return super().accepts(its_problem, its_plan)
    return Both


def told_of(rows):
    return [(row["rule"], *(row[n] for n in NAMES if n in row), row["size"])
            for row in rows]


class RulesOfARequest(under_both(test_judge.RulesOfARequest)):
    def test_menu_unknown_option(self):
        # To the reader in C it is no plan of this problem.
        status, mine = self.first(problem([place()], kids("a", 1)),
                                  plan(("a1", "x")))
        self.assertEqual((status, [f["code"] for f in mine["faults"]]),
                         (3, ["E-REF"]))


class RulesOfPlaces(under_both(test_judge.RulesOfPlaces)):
    pass


class Readings(under_both(test_judge.Readings)):
    pass


class RulesOfStaff(under_both(test_judge.RulesOfStaff)):
    pass


class RulesOfDecisions(under_both(test_judge.RulesOfDecisions)):
    pass


class Shortages(under_both(test_judge.Shortages)):
    pass


class Values(under_both(test_judge_values.Values)):
    pass


class Policy(under_both(test_judge_values.Policy)):
    pass


class BothPeriods(under_both(test_sessions.Periods)):
    pass


class BothOpening(under_both(test_sessions.Opening)):
    pass


class BothStays(under_both(test_sessions.Stays)):
    pass


class BothMinima(under_both(test_sessions.Minima)):
    pass


class BothLeaders(under_both(test_sessions.Leaders)):
    pass


class BothReserves(under_both(test_sessions.Reserves)):
    pass


class BothBookings(under_both(test_sessions.Bookings)):
    pass


class BothCompanions(under_both(test_sessions.Companions)):
    pass


class BothChains(under_both(test_sessions.Chains)):
    pass


class BothGroups(under_both(test_sessions.Groups)):
    pass


class BothSectors(under_both(test_sessions.Sectors)):
    pass


class BothLegs(under_both(test_sessions.Legs)):
    pass


class BothSessionWindows(under_both(test_sessions.SessionWindows)):
    pass


class BothPolicy(under_both(test_sessions.Policy)):
    pass


def week_of(first, last, weekdays=None, **more):
    horizon = {"first": first, "last": last, **more}
    if weekdays:
        horizon["weekdays"] = weekdays
    return horizon


class OverCapacity(Corner):
    def test_115_percent_of_a_reduced_capacity(self):
        # 7 of 20 places: ceil(8.05) = 9. Ten ordinary children: one too many;
        # nine and a thousandth of a place: one begun.
        s, law = under(OVER, over_capacity=True, reductions=[{"places": 7}])
        a = kids("a", 10)
        self.judge(problem([s], a, **law), everyone(a),
                   [("places", "s", MON, "09:00", "10:00", 1)])
        a = kids("a", 9)
        self.judge(problem([s], a, **law), everyone(a))
        self.judge(problem([s], a, children={"c.a1": {"place_weight": 1001}},
                           **law), everyone(a),
                   [("places", "s", MON, "09:00", "10:00", 1)])

    def test_115_percent_of_the_nominal_places(self):
        # 5 of 20 places: 5 + 23 - 20 = 8. Nothing where nothing is allowed.
        nominal = rule("over_capacity", {"instant_max_pct": 115,
                                         "weekly_max_pct": 100,
                                         "capacity_basis": "nominal"})
        s, law = under(nominal, over_capacity=True, reductions=[
            {"places": 5}, {"dates": [TUE], "places": 0}])
        a = kids("a", 9, days=(MON, TUE))
        self.judge(problem([s], a, **law), everyone(a),
                   [("places", "s", MON, "09:00", "10:00", 1),
                    ("places", "s", TUE, "09:00", "10:00", 9)])

    def test_one_place_may_be_taken_twice(self):
        # ceil(1.15) = 2: two at once fit, three do not. The week has 5 days
        # of 600 place-minutes.
        s, law = under(OVER, places=1, over_capacity=True)
        a = kids("a", 3)
        self.judge(problem([s], a, **law), everyone(a[:2]))
        self.judge(problem([s], a, **law), everyone(a),
                   [("places", "s", MON, "09:00", "10:00", 1)])

    def week(self, minutes, weights=None, **more):
        """Two places on one hour of Monday: 120 place-minutes. Two children
        stay it, a third stays `minutes`."""
        s, law = under(OVER, places=2, over_capacity=True)
        s["hours"] = [{"dates": [MON], "begin": "09:00", "end": "10:00"}]
        a = kids("a", 2) + kids("b", 1, end=f"09:{minutes:02}")
        given = problem([s], a, children=weights, **{**law, **more})
        return given, everyone(a)

    def test_week_is_full_to_the_minute(self):
        # 60 + 60 + 1 of 120.
        given, all_three = self.week(1)
        self.judge(given, all_three, [("week", "s", "2026-W37", 1)])
        # 60 x 0.5 + 60 + 30 = 120: full, and not beyond. One thousandth of a
        # place more for 30 minutes is 0.03 place-minutes: one begun.
        half = {"c.a1": {"place_weight": 500}}
        given, all_three = self.week(30, half)
        self.judge(given, all_three)
        given, all_three = self.week(
            30, {**half, "c.b1": {"place_weight": 1001}})
        self.judge(given, all_three, [("week", "s", "2026-W37", 1)])

    def test_week_without_the_days_of_a_derogation(self):
        # Monday has 600 + 600 place-minutes, 3 x 600 are taken; on Tuesday
        # the rule is waived: neither its empty places nor, with it, its
        # limit of 2 count.
        s, law = under(OVER, places=2, over_capacity=True)
        a = kids("a", 3, begin="08:00", end="18:00")
        law["derogations"] = [{"id": "d", "rule": "over_capacity",
                               "structure": "s", "first": TUE,
                               "last": "2026-09-11", "reason": "code",
                               "waive": True}]
        self.judge(problem([s], a, **law), everyone(a),
                   [("week", "s", "2026-W37", 600)])
        del law["derogations"]
        self.judge(problem([s], a, **law), everyone(a))

    def test_weeks_are_iso_weeks_and_end_with_the_horizon(self):
        # Thursday 2026-12-31 and Friday 2027-01-01 are in 2026-W53, Monday
        # 2027-01-04 begins 2027-W01. One place, ten hours a day. Two children
        # on each day: 1200 of 600 a day in each week.
        s, law = under(OVER, places=1, over_capacity=True)
        days = ("2026-12-31", "2027-01-01", "2027-01-04")
        a = kids("a", 2, begin="08:00", end="18:00", days=days)
        given = problem([s], a, **law)
        given["horizon"] = week_of("2026-12-31", "2027-01-04")
        self.judge(given, everyone(a), [("week", "s", "2026-W53", 1200),
                                        ("week", "s", "2027-W01", 600)])
        # The Wednesday before has empty places, but only when it is inside.
        given["horizon"]["first"] = "2026-12-29"
        self.judge(given, everyone(a), [("week", "s", "2027-W01", 600)])

    def test_over_capacity_ends_with_its_derogation(self):
        # 115 % of 20 is 23; 150 % until Tuesday is 30.
        s = creche(over_capacity=True, regime="eaje.6",
                   staff=[agents(10)])
        a = kids("a", 24, days=(MON, TUE, WED))
        given = problem([s], a, derogations=[
            {"id": "d", "rule": "eaje.surnombre", "structure": "s",
             "first": MON, "last": TUE, "reason": "code",
             "parameters": {"instant_max_pct": 150}}])
        self.judge(given, everyone(a),
                   [("places", "s", WED, "09:00", "10:00", 1)])


class Ages(Corner):
    def test_born_on_the_29th_of_february(self):
        # Saturday 2026-02-28 is one day before 24 months, Sunday 2026-03-01
        # after them: the section of those below 24 months ends.
        s = place(sections=[{"id": "x", "places": 2, "below_months": 24}],
                  hours=[{"begin": "08:00", "end": "18:00"}])
        a = kids("a", 1, section="x", days=("2026-02-28", "2026-03-01"))
        given = problem([s], a, {"c.a1": "2024-02-29"})
        given["horizon"] = week_of("2026-02-28", "2026-03-01", ALL_WEEK)
        self.judge(given, everyone(a),
                   [("age", "s", "x", "2026-03-01", "09:00", "10:00", 0)])

    def test_born_on_the_31st_walks_on_the_first(self):
        # Born 2025-08-31: 14 completed months on Monday 2026-11-30, 15 on
        # Tuesday the 1st. Six who do not walk need two, six who do need one.
        s, law = under(five_eight(), regime="eaje.5_8", staff=[team(1)])
        a = kids("a", 6, days=("2026-11-30", "2026-12-01"))
        given = problem([s], a, {f"c.a{i}": "2025-08-31" for i in range(1, 7)},
                        **law)
        given["horizon"] = week_of("2026-11-30", "2026-12-04")
        self.judge(given, everyone(a),
                   [("ratio", "s", "2026-11-30", "09:00", "10:00", 1)])

    def test_one_who_begins_to_walk_changes_the_sum(self):
        # Five babies and one walker: 5/5 + 1/8 is two. From Tuesday one baby
        # less: 4/5 + 2/8 = 1.05 is two still. From Wednesday 3/5 + 3/8 is one.
        s, law = under(five_eight(), regime="eaje.5_8", staff=[team(1)])
        a = kids("a", 6, days=(MON, TUE, WED))
        walk = {f"c.a{i}": {"walk_from": day} for i, day in enumerate(
            (MON, TUE, WED, "2026-09-10", "2026-09-10", "2026-09-10"), 1)}
        self.judge(problem([s], a, children=walk, **law), everyone(a),
                   [("ratio", "s", day, "09:00", "10:00", 1)
                    for day in (MON, TUE)])

    def test_section_by_age_moves_on_the_birthday(self):
        # Without a section named: the small ones have one place, the others
        # one. Both children are small on Monday; a1 is 12 months on Tuesday.
        s = place(sections=[
            {"id": "x", "places": 1, "below_months": 12},
            {"id": "y", "places": 1, "from_months": 12}])
        a = kids("a", 2, days=(MON, TUE, WED))
        given = problem([s], a, {"c.a1": "2025-09-08", "c.a2": "2025-09-09"})
        # Wednesday: both are in y.
        self.judge(given, everyone(a),
                   [("section", "s", "x", MON, "09:00", "10:00", 1),
                    ("section", "s", "y", WED, "09:00", "10:00", 1)])

    def test_jardin_d_enfants(self):
        # 6 below 36 months and 15 of 36 or more: 1 + 1. When one of the 15 is
        # younger by a day, 7/6 + 14/15 = 2.1 is three.
        s = creche(places=24, regime="eaje.jardin", staff=[agents(2)])
        a = kids("a", 6) + kids("b", 15)
        births = {f"c.a{i}": "2024-01-01" for i in range(1, 7)}
        births.update({f"c.b{i}": "2023-09-07" for i in range(1, 16)})
        self.judge(problem([s], a, births), everyone(a))
        births["c.b1"] = "2023-09-08"
        self.judge(problem([s], a, births), everyone(a),
                   [("ratio", "s", MON, "09:00", "10:00", 1)])
        # The birthday inside the horizon mends it.
        a = kids("a", 6, days=(TUE,)) + kids("b", 15, days=(TUE,))
        self.judge(problem([s], a, births), everyone(a))

    def test_ratio_weight_of_half_a_child(self):
        # 5.5 babies by 1.1 persons: two; mixed in 5 + 0.5: two as well. Ten
        # halves are five: one.
        s, law = under(five_eight(), regime="eaje.5_8", staff=[team(1)])
        births = {f"c.a{i}": "2026-01-01" for i in range(1, 12)}
        halves = {f"c.a{i}": {"ratio_weight": 500} for i in range(1, 12)}
        a = kids("a", 11)
        for rounding in ("sum_then_ceil", "ceil_each", "mixed_group_fill"):
            s["ratio"]["rounding"] = rounding
            self.judge(problem([s], a, births, halves, **law), everyone(a),
                       [("ratio", "s", MON, "09:00", "10:00", 1)])
            self.judge(problem([s], a, births, halves, **law),
                       everyone(a[:10]))


class Clocks(Corner):
    def test_the_days_of_23_and_of_25_hours(self):
        # 01:00-04:00 counts 180 minutes of the wall clock on both Sundays,
        # and a held child who is one too many is short by 180.
        for sunday in ("2026-10-25", "2027-03-28"):
            s = place(places=0, hours=[{"begin": "00:00", "end": "24:00"}])
            a = [ask("a", held=held(begin="01:00", end="04:00",
                                    days=(sunday,)))]
            given = problem([s], a, {"c.a": "2025-09-07"})
            given["horizon"] = week_of(sunday, sunday, ["sun"])
            v = self.judge(given, plan(("a", "held")), [],
                           [("places", "s", sunday, "01:00", "04:00", 1)])
            self.assertEqual(v.all_goals["hours"], 180)
            self.assertEqual(v.all_goals["shortage"], 1800)

    def test_the_day_ends_at_24_00(self):
        s = place(places=1, hours=[{"begin": "20:00", "end": "24:00"}])
        a = kids("a", 2, begin="23:59", end="24:00")
        self.judge(problem([s], a), everyone(a),
                   [("places", "s", MON, "23:59", "24:00", 1)])


class Rooms(Corner):
    TWO = [{"id": "x", "places": 1}, {"id": "y", "places": 1}]

    def test_a_newcomer_in_the_other_section_of_a_merged_room(self):
        # x and y are one room of 1 until 09:30. a holds, b is new in y: until
        # 09:30 two on one place is a breach, then each has its own.
        s = place(sections=self.TWO, merges=[
            {"sections": ["y", "x"], "begin": "08:00", "end": "09:30",
             "places": 1}])
        a = ask("a", held=held(section="x"))
        b = ask("b", option(section="y"))
        self.judge(problem([s], [a, b]), plan(("a", "held"), ("b", "o")),
                   [("merge", "s", "x", MON, "09:00", "09:30", 1)])
        b = ask("b", held=held(section="y"))
        self.judge(problem([s], [a, b]), plan(("a", "held"), ("b", "held")),
                   [], [("merge", "s", "x", MON, "09:00", "09:30", 1)])

    def test_a_merge_is_as_large_as_its_sections_are_then(self):
        # x has no place from 09:30: the room has 1 + 1, then 0 + 1.
        s = place(sections=[
            {**self.TWO[0], "modulation": [
                {"begin": "09:30", "end": "18:00", "places": 0}]},
            self.TWO[1]], merges=[
                {"sections": ["x", "y"], "begin": "08:00", "end": "18:00"}])
        a = kids("a", 2, section="x")
        self.judge(problem([s], a), everyone(a),
                   [("merge", "s", "x", MON, "09:30", "10:00", 1)])

    def test_a_shared_quota_holds_inside_a_merge(self):
        s = place(sections=self.TWO, shared=[
            {"id": "q", "sections": ["x", "y"], "places": 1, "windows": [
                {"begin": "09:15", "end": "09:45"}]}], merges=[
                    {"sections": ["x", "y"], "begin": "08:00",
                     "end": "18:00"}])
        a = kids("a", 2, section="x")
        self.judge(problem([s], a), everyone(a),
                   [("shared", "s", "q", MON, "09:15", "09:45", 1)])

    def test_rooms_are_read_apart_and_together(self):
        # Three walkers and two babies in x, three walkers in y, by rooms with
        # mixed groups: x needs 2 babies + 3 <= 5: 1, y 1. Merged: 2 + 6 <= 8
        # but 8 > 5: babies first take 5, then 3 more: 2. With sum_then_ceil
        # merged 2/5 + 6/8 = 1.15: two.
        s, law = under(five_eight("mixed_group_fill"), regime="eaje.5_8",
                       sections=[{"id": n, "places": 9} for n in "xy"],
                       ratio={"scope": "room"}, staff=[team(1)])
        births = {"c.a1": "2026-01-01", "c.a2": "2026-01-01"}
        a = (kids("a", 2, section="x") + kids("b", 3, section="x")
             + kids("d", 3, section="y"))
        self.judge(problem([s], a, births, **law), everyone(a),
                   [("ratio", "s", MON, "09:00", "10:00", 1)])
        s["staff"] = [team(2)]
        self.judge(problem([s], a, births, **law), everyone(a))
        s["merges"] = [{"sections": ["x", "y"], "begin": "09:00",
                        "end": "18:00"}]
        for rounding in ("sum_then_ceil", "mixed_group_fill"):
            s["ratio"]["rounding"] = rounding
            self.judge(problem([s], a, births, **law), everyone(a))
            s["staff"] = [team(1)]
            self.judge(problem([s], a, births, **law), everyone(a),
                       [("ratio", "s", MON, "09:00", "10:00", 1)])
            s["staff"] = [team(2)]


class Outings(Corner):
    def test_a_section_goes_with_the_first_outing(self):
        # x is in both: its six children go with the first, ceil(6/5) = 2; the
        # second has y's one: max(1, 2) = 2. Nobody is at home: 4 in all.
        two = [{"id": n, "places": 9} for n in "xy"]
        s, law = under(SIX, OUTING, regime="eaje.6", sections=two,
                       staff=[team(3)], outings=[
                           {"sections": ["x"], "begin": "09:00",
                            "end": "09:30"},
                           {"begin": "09:00", "end": "09:20"}])
        a = kids("a", 6, section="x") + kids("b", 1, section="y")
        # 09:20-09:30: 2 out, 1/6 at home: 3. After: 7/6: 2.
        self.judge(problem([s], a, **law), everyone(a),
                   [("ratio", "s", MON, "09:00", "09:20", 1)])
        s["staff"] = [team(2)]
        self.judge(problem([s], a, **law), everyone(a),
                   [("ratio", "s", MON, "09:00", "09:20", 2),
                    ("ratio", "s", MON, "09:20", "09:30", 1)])

    def test_one_in_adaptation_goes_along(self):
        # Alone out, a1 has its own professional and the group its least of 2:
        # 3. Before 09:15 one with it, nobody else counts: 1.
        s, law = under(SIX, OUTING, ADAPTATION, regime="eaje.6",
                       staff=[team(1)], outings=[
                           {"begin": "09:15", "end": "18:00"}])
        a = kids("a", 1)
        a[0]["adaptation"] = {"first": MON, "last": MON}
        self.judge(problem([s], a, **law), everyone(a),
                   [("ratio", "s", MON, "09:15", "10:00", 2)])

    def test_without_the_rule_an_outing_changes_nothing(self):
        s, law = under(SIX, regime="eaje.6", staff=[team(1)],
                       outings=[{"begin": "09:00", "end": "10:00"}])
        a = kids("a", 6)
        self.judge(problem([s], a, **law), everyone(a))

    def test_the_embedded_law_out_of_doors(self):
        # 13 places: two at home for one child, and ceil(11/5) = 3 out.
        two = [{"id": n, "places": 13} for n in "xy"]
        s = creche(places=13, sections=two, staff=[agents(4)],
                   outings=[{"sections": ["x"], "begin": "09:00",
                             "end": "09:30"}])
        a = kids("a", 11, section="x") + kids("b", 1, section="y")
        self.judge(problem([s], a), everyone(a),
                   [("ratio", "s", MON, "09:00", "09:30", 1)])
        s["staff"] = [agents(5)]
        self.judge(problem([s], a), everyone(a))


    def test_a_micro_creche_out_of_doors(self):
        # R. 2324-43-2 asks there of four children or more: one may go out
        # with three. With four children two, wherever they are: one out with
        # three, one at home with the fourth.
        two = [{"id": n, "places": 12} for n in "xy"]
        s = creche(places=12, regime="eaje.6", sections=two,
                   staff=[agents(1)], outings=[
                       {"sections": ["x"], "begin": "09:00", "end": "18:00"}])
        a = kids("a", 3, section="x") + kids("b", 1, section="y")
        self.judge(problem([s], a), everyone(a[:3]))
        self.judge(problem([s], a), everyone(a),
                   [(name, "s", MON, "09:00", "10:00", 1)
                    for name in ("minimum", "ratio")])
        s["staff"] = [agents(2)]
        self.judge(problem([s], a), everyone(a))


class Adaptation(Corner):
    def test_begin_and_end_of_the_day_and_of_the_period(self):
        # One per six and one for a1 from 09:00 to 17:00 on Monday and Tuesday.
        # Seven children, two agents: until 09:00 ceil(7/6) = 2, then
        # 1 + ceil(6/6) = 2, so an eighth asks 1 + 2 = 3.
        s, law = under(SIX, ADAPTATION, regime="eaje.6", staff=[team(2)])
        a = kids("a", 8, begin="08:00", end="18:00", days=(MON, TUE, WED))
        a[0]["adaptation"] = {"first": MON, "last": TUE}
        self.judge(problem([s], a, **law), everyone(a[:7]))
        self.judge(problem([s], a, **law), everyone(a),
                   [("ratio", "s", day, "09:00", "17:00", 1)
                    for day in (MON, TUE)])

    def test_counts_in_the_minimum_but_not_in_the_ratio(self):
        # Micro-crèche, one of category 1: three children, one in adaptation:
        # from 09:00 1 + ceil(2/6) = 2, and alone-up-to-three is kept.
        law_of = rule("minimum", {
            "min_staff": 2, "cat1_above_places": 24, "alone_max_children": 3,
            "alone_max_places": 12, "alone_categories": ["cat1"]})
        s, law = under(SIX, ADAPTATION, law_of, regime="eaje.6", places=12,
                       staff=[team(1, "cat1")])
        a = kids("a", 4)
        a[0]["adaptation"] = {"first": MON, "last": MON}
        self.judge(problem([s], a, **law), everyone(a[:3]),
                   [("ratio", "s", MON, "09:00", "10:00", 1)])
        s["staff"] = [team(2, "cat2")]
        self.judge(problem([s], a, **law), everyone(a))

    def test_without_a_ratio_somebody_is_with_the_child(self):
        s, law = under(ADAPTATION)
        a = kids("a", 2)
        a[0]["adaptation"] = {"first": MON, "last": MON}
        self.judge(problem([s], a, **law), everyone(a),
                   [("ratio", "s", MON, "09:00", "10:00", 1)])

    def test_in_the_mix_it_counts_as_required(self):
        # 60 minutes of 1 + ceil(1/6) = 2: 120, of which 48 by category 1.
        s, law = under(SIX, ADAPTATION, SHARE, regime="eaje.6",
                       staff=[team(2)])
        a = kids("a", 2)
        a[0]["adaptation"] = {"first": MON, "last": MON}
        self.judge(problem([s], a, **law), everyone(a),
                   [("mix", "s", "2026-09", 48)])


class Guaranteed(Corner):
    def test_only_structures_under_the_rule_count(self):
        # 20 places under it, 20 not: one place guaranteed, and only there.
        law = {"rules": [pack(GUARANTEED)]}
        two = [place("s", 20, packs=["p"]), place("t", 20)]
        a = ask("a", option(), option("u", "t"), insertion=True)
        b = ask("b", option("u", "t"), insertion=True)
        given = problem(two, [a, b], **law)
        self.judge(given, plan(("a", "u"), ("b", "u")), [],
                   [("guaranteed", "commune", 1)])
        self.judge(given, plan(("a", "o")))
        # Nobody who asks may have one there: nothing is missing.
        self.judge(problem(two, [b], **law), plan())

    def test_the_first_day_decides(self):
        # From Tuesday on another number would be asked; on Monday it is one
        # in twenty of 40 places, and two ask.
        law = {"rules": [pack(GUARANTEED)]}
        s = place("s", 40, packs=["p"])
        a = [ask(n, option(), insertion=True) for n in "abc"]
        d = {"id": "d", "rule": "guaranteed", "structure": "s",
             "reason": "code", "last": "2026-09-11"}
        given = problem([s], a, **law, derogations=[
            {**d, "first": TUE, "waive": True}])
        self.judge(given, plan(("a", "o")), [],
                   [("guaranteed", "commune", 1)])
        given["derogations"] = [{**d, "first": MON,
                                 "parameters": {"places_per": 10}}]
        self.judge(given, plan(("a", "o")), [],
                   [("guaranteed", "commune", 2)])  # min(4, 3) - 1
        given["derogations"] = [{**d, "first": MON, "waive": True}]
        self.judge(given, plan())

    def test_managers_are_apart(self):
        # 19 places each: none; 20 by the other: one.
        law = {"rules": [pack(GUARANTEED)]}
        two = [place("s", 19, packs=["p"], manager="m"),
               place("t", 20, packs=["p"], manager="n")]
        a = ask("a", option(), insertion=True)
        b = ask("b", option("o", "t"), insertion=True)
        self.judge(problem(two, [a, b], **law), plan(("a", "o")), [],
                   [("guaranteed", "n", 1)])


class Units(Corner):
    def test_sixty_places_a_unit(self):
        s = creche(places=61)
        self.refused("E-UNIT", problem([s], []))
        s["units"] = [60, 1]
        self.judge(problem([s], []), plan())
        s["units"] = [60, 2]
        self.refused("E-UNIT", problem([s], []))
        s["places"] = 60
        del s["units"]
        self.judge(problem([s], []), plan())


class MicroCreche(Corner):
    def asked(self, places, staff, n, days=("2026-08-31", "2026-09-01")):
        s = creche(places=places, regime="eaje.6", staff=staff)
        a = kids("a", n, days=days)
        given = problem([s], a, {f"c.a{i}": "2025-01-15"
                                 for i in range(1, n + 1)},
                        derogations=[{
                            "id": "mix", "rule": "eaje.cat1_share",
                            "structure": "s", "first": "2026-08-31",
                            "last": "2026-09-01", "reason": "code",
                            "waive": True}])
        given["horizon"] = week_of("2026-08-31", "2026-09-01")
        return given, everyone(a)

    def test_alone_with_three_by_category_until_and_since_september(self):
        # Category 2 may be alone on Monday 31 August 2026, not on Tuesday.
        self.judge(*self.asked(12, [agents(1, "cat2")], 3),
                   [("minimum", "s", "2026-09-01", "09:00", "10:00", 1)])
        self.judge(*self.asked(12, [agents(1, "cat1")], 3))
        # Who counts nowhere is no second one; nor does it help the first.
        self.judge(*self.asked(12, [agents(1, "cat2"), agents(1, "other")], 3),
                   [("minimum", "s", "2026-09-01", "09:00", "10:00", 1)])

    def test_not_alone_with_four_nor_with_thirteen_places(self):
        both = [("minimum", "s", day, "09:00", "10:00", 1)
                for day in ("2026-08-31", "2026-09-01")]
        self.judge(*self.asked(12, [agents(1)], 4), both)
        self.judge(*self.asked(13, [agents(1)], 1), both)
        # Nobody at all: one for up to three, two for four; the ratio asks one.
        for n, size in ((3, 1), (4, 2)):
            self.judge(*self.asked(12, [], n),
                       [(name, "s", day, "09:00", "10:00", its)
                        for day in ("2026-08-31", "2026-09-01")
                        for name, its in (("minimum", size), ("ratio", 1))])

    def test_category_1_above_24_places_whatever_the_reduction(self):
        # 25 places reduced to 10: still a structure of 25.
        for places, broken in ((24, 0), (25, 1)):
            given, all_of = self.asked(places, [agents(2, "cat2")], 1)
            given["structures"][0]["reductions"] = [{"places": 10}]
            self.judge(given, all_of,
                       [("minimum", "s", day, "09:00", "10:00", 1)
                        for day in ("2026-08-31", "2026-09-01")
                        if broken])


class Derogations(Corner):
    def test_ends_with_its_last_day_and_with_the_rule_it_names(self):
        # One is enough by the derogation of the old rule until its end on
        # 31 August; the rule of September has another id.
        s = creche(places=13, regime="eaje.6", staff=[agents(1)])
        days = ("2026-08-31", "2026-09-01", "2026-09-02")
        a = kids("a", 1, days=days)
        d = {"id": "d", "rule": "eaje.min_two", "structure": "s",
             "reason": "code", "first": "2026-08-31", "last": "2026-09-02",
             "parameters": {"min_staff": 1}}
        given = problem([s], a, derogations=[d])
        given["horizon"] = week_of("2026-08-31", "2026-09-04")
        self.judge(given, everyone(a),
                   [("minimum", "s", day, "09:00", "10:00", 1)
                    for day in days[1:]])
        given["derogations"].append(
            {**d, "id": "e", "rule": "eaje.min_two.2026",
             "last": "2026-09-01"})
        self.judge(given, everyone(a),
                   [("minimum", "s", days[2], "09:00", "10:00", 1)])

    def test_of_two_the_later_id_has_the_last_word(self):
        s, law = under(SIX, regime="eaje.6", staff=[team(1)])
        a = kids("a", 7)
        d = {"rule": "eaje.6", "structure": "s", "reason": "code",
             "first": MON, "last": MON}
        wide = [{"id": "any", "per": 7}]
        narrow = [{"id": "any", "per": 3}]
        for first, then, broken in ((wide, narrow, 2), (narrow, wide, 0)):
            given = problem([s], a, **law, derogations=[
                {**d, "id": "b", "parameters": {"classes": then}},
                {**d, "id": "a", "parameters": {"classes": first}}])
            self.judge(given, everyone(a),
                       [("ratio", "s", MON, "09:00", "10:00", broken)]
                       if broken else [])

    def test_another_structure_keeps_the_law(self):
        two = [creche(places=13, regime="eaje.6", staff=[agents(1)], name=n)
               for n in "st"]
        a = kids("a", 1) + kids("b", 1, structure="t")
        given = problem(two, a, derogations=[{
            "id": "d", "rule": "eaje.min_two.2026", "structure": "s",
            "reason": "code", "first": MON, "last": MON, "waive": True}])
        self.judge(given, everyone(a),
                   [("minimum", "t", MON, "09:00", "10:00", 1)])


if __name__ == "__main__":
    unittest.main()
