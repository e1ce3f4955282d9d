# SPDX-License-Identifier: GPL-3.0-or-later
"""Each rule of format.md 5 broken alone, in tiny problems whose
values were found by hand: the working is in the comments."""
import itertools
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import packs  # noqa: E402
from tiny import (ADAPTATION, ask, Case, everyone, five_eight, GUARANTEED,
                  held, judged, kids, MINIMUM, missing, MON, option, OUTING,
                  OVER, pack, place, plan, problem, rule, SHARE, SIX, team,
                  told, TUE, under, WED)  # noqa: E402


class RulesOfARequest(Case):
    def test_a_plan_that_fits(self):
        # 60 minutes, rank 1: satisfaction 1000 - 100 x 0.
        v = self.accepts(problem([place()], kids("a", 1)), plan(("a1", "o")))
        self.assertEqual(v.goals, [("points", 0), ("requests", 1),
                                   ("hours", 60), ("satisfaction", 1000),
                                   ("tie", v.all_goals["tie"])])

    def test_menu_unknown_option(self):
        self.breaks(problem([place()], kids("a", 1)), plan(("a1", "x")),
                    ("menu", 0))

    def test_menu_no_presence_left(self):
        # Its only Monday drops out: the structure is closed that whole day.
        a = ask("a", {"id": "o", "structure": "s", "when": [
            {"days": ["mon"], "begin": "09:00", "end": "10:00"}]})
        shut = place(closures=[{"dates": [MON]}])
        self.breaks(problem([shut], [a]), plan(("a", "o")), ("menu", 0))

    def test_hours(self):
        # 07:00-09:00 but opens at 08:00. No capacity there either: places, too.
        self.breaks(problem([place()], kids("a", 1, begin="07:00")),
                    plan(("a1", "o")),
                    ("hours", "s", MON, "07:00", "08:00", 0),
                    ("places", "s", MON, "07:00", "08:00", 1))

    def test_days_drop_where_closed_and_dates_do_not(self):
        shut = place(closures=[{"dates": [TUE]}])
        a = ask("a", {"id": "o", "structure": "s", "when": [
            {"days": ["mon", "tue"], "begin": "09:00", "end": "10:00"}]})
        v = self.accepts(problem([shut], [a]), plan(("a", "o")))
        self.assertEqual(v.all_goals["hours"], 60)
        b = kids("b", 1, days=(MON, TUE))
        v = self.breaks(problem([shut], b), plan(("b1", "o")),
                        ("hours", "s", TUE, "09:00", "10:00", 0),
                        ("places", "s", TUE, "09:00", "10:00", 1))
        self.assertEqual(v.all_goals["hours"], 120)

    def test_partly_closed_day_stays(self):
        shut = place(closures=[{"dates": [MON], "begin": "09:30",
                                "end": "18:00"}])
        a = ask("a", {"id": "o", "structure": "s", "when": [
            {"days": ["mon"], "begin": "09:00", "end": "10:00"}]})
        self.breaks(problem([shut], [a]), plan(("a", "o")),
                    ("hours", "s", MON, "09:30", "10:00", 0),
                    ("places", "s", MON, "09:30", "10:00", 1))

    def test_exception_replaces_hours(self):
        late = place(exceptions=[{"date": MON, "hours": [
            {"begin": "09:30", "end": "12:00"}]}])
        self.breaks(problem([late], kids("a", 1)), plan(("a1", "o")),
                    ("hours", "s", MON, "09:00", "09:30", 0),
                    ("places", "s", MON, "09:00", "09:30", 1))

    def test_age(self):
        # 19 months, the section is below 18.
        s = place(sections=[{"id": "baby", "places": 5, "below_months": 18}])
        self.breaks(problem([s], kids("a", 1, section="baby")),
                    plan(("a1", "o")),
                    ("age", "s", "baby", MON, "09:00", "10:00", 0))

    def test_section_by_age_and_none(self):
        # Sections of 0-12 and 12-19 months: at 19 completed months, none.
        s = place(sections=[{"id": "a", "places": 5, "below_months": 12},
                            {"id": "b", "places": 5, "from_months": 12,
                             "below_months": 19}])
        self.breaks(problem([s], kids("a", 1)), plan(("a1", "o")),
                    ("menu", 0))
        v = self.accepts(problem([s], kids("a", 1), {"c.a1": "2025-02-08"}),
                         plan(("a1", "o")))  # the 7th is before the 8th: 18
        self.assertEqual(v.rows.given["a1"].presences[0].section, "b")

    def test_need(self):
        p = problem([place()], kids("a", 1), needs=[{"id": "n"}],
                    children={"c.a1": {"needs": ["n"]}})
        self.breaks(p, plan(("a1", "o")), ("need", "s", "n", 0))
        p["needs"][0]["equipped"] = False
        self.accepts(p, plan(("a1", "o")))

    def test_floor(self):
        # One day of 60 minutes in its best week; the family wants two, or 90.
        for floor in ({"min_days": 2}, {"min_minutes": 90}):
            a = ask("a", option(), floor=floor)
            self.breaks(problem([place()], [a]), plan(("a", "o")),
                        ("floor", 0))
        a = ask("a", option(), floor={"min_days": 1, "min_minutes": 60})
        self.accepts(problem([place()], [a]), plan(("a", "o")))

    def test_floor_before_closures_and_not_for_held(self):
        # Monday and Tuesday are two days though Tuesday is closed.
        o = {"id": "o", "structure": "s", "when": [
            {"days": ["mon", "tue"], "begin": "09:00", "end": "10:00"}]}
        shut = place(closures=[{"dates": [TUE]}])
        a = ask("a", o, floor={"min_days": 2}, held=held())
        self.accepts(problem([shut], [a]), plan(("a", "o")))
        self.accepts(problem([shut], [a]), plan(("a", "held")))

    def test_child_in_two_places(self):
        # 09:00-10:00 and 09:30-10:30: together 09:30-10:00.
        a = ask("a", option(), child="k")
        b = ask("b", option(begin="09:30", end="10:30"), child="k")
        self.breaks(problem([place()], [a, b]), plan(("a", "o"), ("b", "o")),
                    ("child", MON, "09:30", "10:00", 1))

    def test_ab_weeks(self):
        # Two weeks; B Mondays: only the 14th.
        a = ask("a", {"id": "o", "structure": "s", "when": [
            {"days": ["mon"], "week": "B", "begin": "09:00", "end": "10:00"}]})
        p = problem([place()], [a])
        p["horizon"] = {"first": MON, "last": "2026-09-18"}
        v = self.accepts(p, plan(("a", "o")))
        self.assertEqual([str(x.day) for x in v.rows.given["a"].presences],
                         ["2026-09-14"])
        p["horizon"]["week_a"] = "2026-09-16"  # now the second week is A
        v = self.accepts(p, plan(("a", "o")))
        self.assertEqual([str(x.day) for x in v.rows.given["a"].presences],
                         [MON])

    def test_period_and_except(self):
        a = ask("a", option(days=(MON, TUE, WED)), first=TUE)
        p = problem([place()], [a])
        p["horizon"]["except"] = [WED]
        v = self.accepts(p, plan(("a", "o")))
        self.assertEqual(v.all_goals["hours"], 60)  # Tuesday alone

    def test_overlap_is_a_fault(self):
        a = ask("a", {"id": "o", "structure": "s", "when": [
            {"dates": [MON], "begin": "09:00", "end": "10:00"},
            {"dates": [MON], "begin": "09:59", "end": "11:00"}]})
        self.faulty("E-OVERLAP", problem([place()], [a]))

    def test_resources(self):
        # limit 3 a week, 2 a date (1 on Tuesday), 3 over the horizon; the
        # option uses 2 of each on Monday and Tuesday.
        uses = [{"resource": r, "amount": 2} for r in ("d", "h", "w")]
        a, b = (ask(n, option(days=(MON, TUE), uses=uses)) for n in "ab")
        p = problem([place()], [a, b], resources=[
            {"id": "d", "limit": 2, "per": "date",
             "limits": [{"dates": [TUE], "limit": 1}]},
            {"id": "h", "limit": 3, "per": "horizon"},
            {"id": "w", "limit": 3, "per": "week"}])
        # one child: d on Tuesday 2 > 1; two: d 4 > 2, 4 > 1, h 4 > 3, w 4 > 3
        self.breaks(p, plan(("a", "o")), ("resource", "d", TUE, 1))
        self.breaks(p, plan(("a", "o"), ("b", "o")),
                    ("resource", "d", MON, 2), ("resource", "d", TUE, 3),
                    ("resource", "h", 1), ("resource", "w", "2026-W37", 1))


    def test_names_of_breaches(self):
        # The members of 5.4; the child breach names the smaller request.
        a = ask("b", option(begin="07:00"), child="k")
        b = ask("a", option(), child="k")
        v = judged(problem([place()], [a, b]), plan(("a", "o"), ("b", "o")))
        found = {x["rule"]: {k: y for k, y in x.items() if k != "message"}
                 for x in v.breaches}
        self.assertEqual(found["child"], {
            "rule": "child", "request": "a", "date": MON, "begin": "09:00",
            "end": "10:00", "size": 1})
        self.assertEqual(found["hours"], {
            "rule": "hours", "request": "b", "structure": "s", "date": MON,
            "begin": "07:00", "end": "08:00", "size": 0})


class RulesOfPlaces(Case):
    def test_places(self):
        # three children on two places 09:30-10:00
        a = kids("a", 2) + kids("b", 1, begin="09:30", end="11:00")
        self.breaks(problem([place()], a), everyone(a),
                    ("places", "s", MON, "09:30", "10:00", 1))

    def test_place_weight(self):
        # weights 2500 > 2000: half a place too many is one.
        p = problem([place()], kids("a", 1),
                    children={"c.a1": {"place_weight": 2500}})
        self.breaks(p, plan(("a1", "o")),
                    ("places", "s", MON, "09:00", "10:00", 1))

    def test_largest_weight_of_needs(self):
        needs = [{"id": "m", "place_weight": 500, "equipped": False},
                 {"id": "n", "place_weight": 2001, "equipped": False}]
        p = problem([place()], kids("a", 1), needs=needs,
                    children={"c.a1": {"needs": ["m", "n"]}})
        self.breaks(p, plan(("a1", "o")),
                    ("places", "s", MON, "09:00", "10:00", 1))
        p["children"][0]["place_weight"] = 2000
        self.accepts(p, plan(("a1", "o")))

    def test_modulation_then_reduction(self):
        # 2 places; 5 by the first step, 1 by the later one from 09:20; never
        # over 3 from the reduction. Three children: 2 too many 09:20-10:00.
        step = {"begin": "09:00", "end": "18:00", "places": 5}
        s = place(modulation=[step, {**step, "begin": "09:20", "places": 1}],
                  reductions=[{"places": 3}])
        a = kids("a", 3)
        self.breaks(problem([s], a), everyone(a),
                    ("places", "s", MON, "09:20", "10:00", 2))
        b = kids("b", 4)  # 09:00-09:20: min(5, 3) is one too few
        self.breaks(problem([s], b), everyone(b),
                    ("places", "s", MON, "09:00", "09:20", 1),
                    ("places", "s", MON, "09:20", "10:00", 3))

    def test_115_percent(self):
        # 13.8, 23, 28.75, 69 rounded up
        for nominal, most in ((12, 14), (20, 23), (25, 29), (60, 69)):
            s, law = under(OVER, places=nominal, over_capacity=True)
            v = self.accepts(problem([s], [], **law), plan())
            self.assertEqual(v.coverage[0]["intervals"], [
                {"begin": "08:00", "end": "18:00", "present": 0, "places": most,
                 "required": 0, "counted": 0, "free": most, "binds": "none"}])

    def test_nominal_basis(self):
        # capacity 10 of 20: 10 + 23 - 20; a zero stays zero
        steps = [{"begin": "08:00", "end": "10:00", "places": 10},
                 {"begin": "10:00", "end": "11:00", "places": 0}]
        s, law = under(OVER, SIX, over_capacity=True, modulation=steps,
                       regime="eaje.6", ratio={"capacity_basis": "nominal"})
        v = self.accepts(problem([s], [], **law), plan())
        self.assertEqual([i["places"] for i in v.coverage[0]["intervals"]],
                         [13, 0, 23])

    def test_week(self):
        # 2 places, one day of 120 minutes: 240 place-minutes; 3 children fit
        # in ceil(2.3) but stay 360 minutes: 120 too many.
        s, law = under(OVER, places=2, over_capacity=True)
        s["hours"] = [{"dates": [MON], "begin": "09:00", "end": "11:00"}]
        a = kids("a", 3, end="11:00")
        self.breaks(problem([s], a, **law), everyone(a),
                    ("week", "s", "2026-W37", 120))
        a = kids("a", 2, end="11:00") + kids("b", 1, begin="10:59", end="11:00")
        self.breaks(problem([s], a, **law), everyone(a),
                    ("week", "s", "2026-W37", 1))
        s["over_capacity"] = False  # no week rule, and two places at most
        self.breaks(problem([s], a, **law), everyone(a),
                    ("places", "s", MON, "10:59", "11:00", 1))

    def test_section_and_its_modulation(self):
        s = place(sections=[{"id": "a", "places": 2, "modulation": [
            {"begin": "09:30", "end": "18:00", "places": 1}]}])
        a = kids("a", 2, section="a")
        self.breaks(problem([s], a), everyone(a),
                    ("section", "s", "a", MON, "09:30", "10:00", 1))

    def test_shared(self):
        two = [{"id": n, "places": 1} for n in "ab"]
        s = place(sections=two, shared=[
            {"id": "cots", "sections": ["a", "b"], "places": 1,
             "windows": [{"begin": "09:45", "end": "18:00"}]}])
        a = kids("a", 1, section="a") + kids("b", 1, section="b")
        self.breaks(problem([s], a), everyone(a),
                    ("shared", "s", "cots", MON, "09:45", "10:00", 1))

    def test_merge_suspends_sections(self):
        # Two in a section of one: allowed while the rooms are one (sum 2),
        # which end at 09:30.
        two = [{"id": n, "places": 1} for n in "ab"]
        room = {"sections": ["a", "b"], "begin": "08:00", "end": "09:30"}
        a = kids("a", 2, section="a")
        self.breaks(problem([place(sections=two, merges=[room])], a),
                    everyone(a),
                    ("section", "s", "a", MON, "09:30", "10:00", 1))
        room = {**room, "places": 1, "end": "18:00"}
        self.breaks(problem([place(sections=two, merges=[room])], a),
                    everyone(a), ("merge", "s", "a", MON, "09:00", "10:00", 1))

    def test_two_merges_at_once_are_a_fault(self):
        names = [{"id": n, "places": 1} for n in "abc"]
        both = [{"sections": [x, "c"], "begin": "08:00", "end": "09:00"}
                for x in "ab"]
        self.faulty("E-MERGE",
                    problem([place(sections=names, merges=both)], []))

    def test_need_max(self):
        s = place(offers=[{"need": "n", "max": 1}])
        a = kids("a", 2)
        p = problem([s], a, needs=[{"id": "n"}],
                    children={f"c.a{i}": {"needs": ["n"]} for i in (1, 2)})
        self.breaks(p, everyone(a),
                    ("need_max", "s", "n", MON, "09:00", "10:00", 1))


class Readings(Case):
    def test_examples_of_the_law(self):
        # N, W: sum_then_ceil, ceil_each, mixed_group_fill, one per six.
        # 6/5 + 5/8 = 1.825; 2 + 1; 10 seats, 1 child left: 3; 11/6.
        # 12/5 + 13/8 = 4.025; 3 + 2; 15 seats, 10 left in 2: 5; 25/6.
        for n, w, expected in ((6, 5, (2, 3, 3, 2)), (5, 5, (2, 2, 2, 2)),
                               (12, 13, (5, 5, 5, 5))):
            found = [packs.reading(r, [5, 8], [1000 * n, 1000 * w])
                     for r in packs.READINGS]
            found.append(packs.reading("sum_then_ceil", [6], [1000 * (n + w)]))
            self.assertEqual(tuple(found), expected)

    def test_mixed_fill_against_every_choice(self):
        for per in ((5, 8), (8, 5), (5, 6, 8)):
            for n in itertools.product((0, 700, 5000, 9300), repeat=len(per)):
                self.assertEqual(packs.reading("mixed_group_fill", per, n),
                                 self._by_trying(per, n))

    @staticmethod
    def _by_trying(per, n):
        pairs = sorted(zip(per, n))
        for total in range(30):
            for p in itertools.product(range(total + 1), repeat=len(per)):
                seats = list(itertools.accumulate(
                    1000 * a * b for (a, _), b in zip(pairs, p)))
                children = itertools.accumulate(b for _, b in pairs)
                if sum(p) == total and all(
                        c <= s for c, s in zip(children, seats)):
                    return total
        raise AssertionError("thirty are enough")

    def _eleven(self, rounding, regime="eaje.5_8"):
        # six who do not walk yet, five who do, two professionals
        a = kids("n", 6) + kids("w", 5)
        s, law = under(five_eight(), SIX, regime=regime, staff=[team(2)],
                       ratio={"rounding": rounding} if rounding else {})
        late = {"walk_from": "2027-01-01"}
        return problem([s], a, children={f"c.n{i}": late for i in range(1, 7)},
                       **law), everyone(a)

    def test_each_reading_in_a_structure(self):
        self.accepts(*self._eleven("sum_then_ceil"))
        self.accepts(*self._eleven(None))
        self.accepts(*self._eleven(None, "eaje.6"))
        for rounding in ("ceil_each", "mixed_group_fill"):
            v = self.breaks(*self._eleven(rounding),
                            ("ratio", "s", MON, "09:00", "10:00", 1))
            self.assertEqual(v.breaches[0]["article"], "art. ratio")

    def test_walk_from_against_proxy(self):
        # Six children of 19 months walk by proxy (15): 6/8, one is enough.
        # If three walk only from Wednesday: 3/5 + 3/8 = 0.975; four:
        # 4/5 + 2/8 = 1.05, two are needed until then.
        a = kids("a", 6, days=(MON, WED))
        s, law = under(five_eight(), regime="eaje.5_8", staff=[team(1)])
        self.accepts(problem([s], a, **law), everyone(a))
        late = {f"c.a{i}": {"walk_from": WED} for i in (1, 2, 3, 4)}
        self.breaks(problem([s], a, children=late, **law), everyone(a),
                    ("ratio", "s", MON, "09:00", "10:00", 1))
        del late["c.a4"]
        self.accepts(problem([s], a, children=late, **law), everyone(a))

    def test_age_class_changes_inside_the_horizon(self):
        # Born 2025-06-09: 15 months on Wednesday the 9th. Six of them: 6/5
        # needs two until Tuesday, 6/8 one from Wednesday.
        a = kids("a", 6, days=(MON, TUE, WED, "2026-09-10"))
        s, law = under(five_eight(), regime="eaje.5_8", staff=[team(1)])
        births = {f"c.a{i}": "2025-06-09" for i in range(1, 7)}
        self.breaks(problem([s], a, births, **law), everyone(a),
                    ("ratio", "s", MON, "09:00", "10:00", 1),
                    ("ratio", "s", TUE, "09:00", "10:00", 1))

    def test_ratio_weight(self):
        # 5 walkers of 1000 and one of 3001: 8001/8000 needs two.
        a = kids("a", 6)
        s, law = under(five_eight(), regime="eaje.5_8", staff=[team(1)])
        for weight, expected in ((3001, [("ratio", "s", MON, "09:00", "10:00",
                                          1)]), (3000, [])):
            self.breaks(problem([s], a, children={
                "c.a1": {"ratio_weight": weight}}, **law), everyone(a),
                *expected)

    def test_other_staff_do_not_count(self):
        a = kids("a", 1)
        s, law = under(SIX, regime="eaje.6", staff=[team(3, "other")])
        self.breaks(problem([s], a, **law), everyone(a),
                    ("ratio", "s", MON, "09:00", "10:00", 1))

    def test_adaptation(self):
        # Five babies, one professional. a1 is in adaptation on Monday: from
        # 09:00, 1 with it and 4/5 for the others: 2. Before 09:00: 5/5.
        a = kids("a", 5, begin="08:00", days=(MON, TUE))
        a[0]["adaptation"] = {"first": MON, "last": MON}
        s, law = under(five_eight(), ADAPTATION, regime="eaje.5_8",
                       staff=[team(1)])
        births = {f"c.a{i}": "2026-01-01" for i in range(1, 6)}
        self.breaks(problem([s], a, births, **law), everyone(a),
                    ("ratio", "s", MON, "09:00", "10:00", 1))

    def test_outing(self):
        # One child out, one at home, 10:00-11:00: max(1/5, 2, 2) + max(1/8, 2)
        # = 4. Before and after, ratio 1 and minimum 2.
        two = [{"id": n, "places": 5} for n in "ab"]
        s, law = under(five_eight(), OUTING, MINIMUM, regime="eaje.5_8",
                       sections=two, staff=[team(3)], outings=[
                           {"sections": ["a"], "begin": "10:00",
                            "end": "11:00"}])
        a = kids("a", 1, section="a", end="12:00")
        b = kids("b", 1, section="b", end="12:00")
        self.breaks(problem([s], a + b, **law), everyone(a + b),
                    ("ratio", "s", MON, "10:00", "11:00", 1))
        # Alone at home nobody goes out: max(1/8, 2) is not asked either.
        v = self.accepts(problem([s], b, **law), everyone(b))
        self.assertEqual({i["required"] for i in v.coverage[0]["intervals"]},
                         {0, 1})
        # Everybody out: 2, and max(0, 0) at home.
        v = self.accepts(problem([s], a, **law), everyone(a))
        self.assertEqual({i["required"] for i in v.coverage[0]["intervals"]},
                         {0, 1, 2})

    def test_rooms_and_merge(self):
        # One child a room: 1 + 1, in one room until 09:30: 1.
        two = [{"id": n, "places": 5} for n in "ab"]
        s, law = under(five_eight(), regime="eaje.5_8", staff=[team(1)],
                       sections=two, ratio={"scope": "room"}, merges=[
                           {"sections": ["a", "b"], "begin": "08:00",
                            "end": "09:30"}])
        a = kids("a", 1, section="a") + kids("b", 1, section="b")
        self.breaks(problem([s], a, **law), everyone(a),
                    ("ratio", "s", MON, "09:30", "10:00", 1))
        s["ratio"]["scope"] = "structure"
        self.accepts(problem([s], a, **law), everyone(a))


class RulesOfStaff(Case):
    def test_minimum(self):
        # 13 places: two from the first child on.
        s, law = under(MINIMUM, places=13, staff=[team(1, "cat1")])
        a = kids("a", 1)
        self.breaks(problem([s], a, **law), everyone(a),
                    ("minimum", "s", MON, "09:00", "10:00", 1))

    def test_alone_in_a_micro_creche(self):
        # 12 places: one is enough for three, if of Cat.1; not for four.
        s, law = under(MINIMUM, places=12, staff=[team(1, "cat1")])
        a = kids("a", 4)
        self.accepts(problem([s], a, **law), everyone(a[:3]))
        self.breaks(problem([s], a, **law), everyone(a),
                    ("minimum", "s", MON, "09:00", "10:00", 1))
        s["staff"] = [team(1, "cat2")]
        self.breaks(problem([s], a, **law), everyone(a[:3]),
                    ("minimum", "s", MON, "09:00", "10:00", 1))
        s["staff"] = [team(2, "cat2")]
        self.accepts(problem([s], a, **law), everyone(a))

    def test_cat1_above_24_places(self):
        a = kids("a", 1)
        for places, expected in ((24, []), (25, [
                ("minimum", "s", MON, "09:00", "10:00", 1)])):
            s, law = under(MINIMUM, places=places, staff=[team(2, "cat2")])
            self.breaks(problem([s], a, **law), everyone(a), *expected)

    def test_mix(self):
        # One child for 60 minutes requires 60 person-minutes: 24 of Cat.1.
        s, law = under(SIX, SHARE, regime="eaje.6", staff=[team(1)])
        a = kids("a", 1)
        self.breaks(problem([s], a, **law), everyone(a),
                    ("mix", "s", "2026-09", 24))
        # 23 of the 24 minutes, before the child comes
        s["staff"].append({**team(1, "cat1", end="08:23"), "days": ["mon"]})
        self.breaks(problem([s], a, **law), everyone(a),
                    ("mix", "s", "2026-09", 1))

    def test_mix_counts_every_open_day(self):
        # 23 minutes of Cat.1 on each of five days: 115 >= 24.
        s, law = under(SIX, SHARE, regime="eaje.6",
                       staff=[team(1), team(1, "cat1", end="08:23")])
        v = judged(problem([s], kids("a", 1), **law), plan(("a1", "o")))
        self.assertEqual(told(v), [])

    def test_skill(self):
        s = place(staff=[team(1, "other", end="09:15", skills=["k"])])
        p = problem([s], kids("a", 1),
                    needs=[{"id": "n", "skill": "k", "equipped": False}],
                    children={"c.a1": {"needs": ["n"]}})
        self.breaks(p, plan(("a1", "o")),
                    ("skill", "s", "k", MON, "09:15", "10:00", 1))

    def test_dated_rules_and_first_pack(self):
        # one per six until Monday, one per five from Tuesday: 6 children
        until = rule("ratio", SIX["parameters"], "r", valid_to=MON)
        since = rule("ratio", {"rounding": "ceil_each", "classes": [
            {"id": "any", "per": 5}]}, "r", valid_from=TUE)
        s, law = under(until, since, regime="r", staff=[team(1)])
        a = kids("a", 6, days=(MON, TUE))
        self.breaks(problem([s], a, **law), everyone(a),
                    ("ratio", "s", TUE, "09:00", "10:00", 1))
        law["rules"][0]["rules"].pop()
        self.faulty("E-EXPIRED", problem([s], a, **law))

    def test_derogations(self):
        s, law = under(MINIMUM, places=13, staff=[team(1)])
        a = kids("a", 1, days=(MON, TUE, WED))
        by = {"rule": "minimum", "structure": "s", "reason": "code"}
        law["derogations"] = [
            {"id": "d1", "first": MON, "last": MON, "waive": True, **by},
            {"id": "d2", "first": TUE, "last": TUE, **by,
             "parameters": {"min_staff": 1}}]
        self.breaks(problem([s], a, **law), everyone(a),
                    ("minimum", "s", WED, "09:00", "10:00", 1))

    def test_unit_max(self):
        big = rule("unit_max", {"max_places": 60})
        s, law = under(big, places=61)
        self.faulty("E-UNIT", problem([s], [], **law))
        s["units"] = [31, 30]
        self.accepts(problem([s], [], **law), plan())


class RulesOfDecisions(Case):
    def test_served_is_a_shortage(self):
        a = ask("a", option(), mandatory=True)
        short = [{"kind": "request", "rule": "served", "request": "a",
                  "size": 1}]
        v = self.accepts(problem([place()], [a]), plan(shortages=short))
        self.assertEqual(v.goals[0], ("shortage", 1_000_000))
        v = judged(problem([place()], [a]), plan())
        self.assertEqual([b["rule"] for b in v.breaches], ["shortage"])

    def test_siblings_together(self):
        a = ask("a", option(), option("t", "t"))
        b = ask("b", option(), option("t", "t"))
        p = problem([place(), place("t")], [a, b], siblings=[
            {"id": "g", "requests": ["a", "b"], "rule": "together"}])
        self.breaks(p, plan(("a", "o")), ("siblings", 0))
        self.breaks(p, plan(("a", "o"), ("b", "t")), ("siblings", 0))
        self.accepts(p, plan())
        v = self.accepts(p, plan(("a", "t"), ("b", "t")))
        self.assertEqual(v.all_goals["siblings"], 1)
        p["siblings"][0]["rule"] = "all_or_none"
        self.breaks(p, plan(("a", "o")), ("siblings", 0))
        v = self.accepts(p, plan(("a", "o"), ("b", "t")))
        self.assertEqual(v.all_goals["siblings"], 0)
        p["siblings"][0]["rule"] = "reward"
        self.accepts(p, plan(("a", "o")))

    def test_siblings_who_hold(self):
        # Apart, and both hold their places: allowed. One holds: not.
        a, b = ask("a", held=held()), ask("b", held=held(structure="t"))
        c = ask("c", option())
        p = problem([place(), place("t")], [a, b], siblings=[
            {"id": "g", "requests": ["a", "b"], "rule": "together"}])
        self.accepts(p, plan(("a", "held"), ("b", "held")))
        p = problem([place(), place("t")], [b, c], siblings=[
            {"id": "g", "requests": ["b", "c"], "rule": "together"}])
        self.breaks(p, plan(("b", "held"), ("c", "o")), ("siblings", 0))
        self.accepts(p, plan(("b", "held")))  # N is c alone

    def test_pins(self):
        a = ask("a", option(), option("t", "t"))
        for pin, good in (({"option": "t"}, "t"), ({"structure": "s"}, "o"),
                          ({"waiting": True}, None)):
            p = problem([place(), place("t")], [a], pins=[
                {"request": "a", "author": "me", "reason": "code", **pin}])
            for given in ("o", "t", None):
                its = plan(("a", given)) if given else plan()
                self.breaks(p, its, *([] if given == good else [("pin", 0)]))

    def test_guaranteed(self):
        # Two structures of 10 under one manager: K = 1 x floor(20 / 20).
        law = {"rules": [pack(GUARANTEED)]}
        two = [place(n, 10, packs=["p"]) for n in "st"]
        a = ask("a", option(), insertion=True)
        v = judged(problem(two, [a], **law), plan())
        self.assertEqual(missing(v), [("guaranteed", "commune", 1)])
        self.assertEqual(v.goals[0], ("shortage", 100_000))
        self.accepts(problem(two, [a], **law), plan(("a", "o")))
        two[1]["places"] = 9  # 19 places: none
        v = self.accepts(problem(two, [a], **law), plan())
        self.assertEqual(v.goals[0], ("points", 0))

    def test_guaranteed_counts_who_can_be_served(self):
        # 40 places: two, but only one request has an option that can be given.
        law = {"rules": [pack(GUARANTEED)]}
        a = ask("a", option(), insertion=True)
        b = ask("b", option(begin="07:00"), insertion=True)
        v = judged(problem([place(places=40, packs=["p"])], [a, b], **law),
                   plan())
        self.assertEqual(missing(v), [("guaranteed", "commune", 1)])


class Shortages(Case):
    SHORT = {"kind": "places", "rule": "places", "structure": "s", "date": MON,
             "begin": "09:30", "end": "10:00", "size": 1}

    def _halved(self, *more):
        works = {"dates": [MON], "begin": "09:30", "end": "18:00", "places": 0}
        a = ask("a", held=held())
        return problem([place(reductions=[works])], [a, *more])

    def test_held_child_makes_a_shortage(self):
        # one place short for 30 minutes: 10 x 1 x 30
        v = self.accepts(self._halved(),
                         plan(("a", "held"), shortages=[self.SHORT]))
        self.assertEqual(v.shortages, [self.SHORT])
        self.assertEqual(v.all_goals["shortage"], 300)

    def test_undeclared_or_wrong(self):
        wrong = [{**self.SHORT, "size": 2}]
        for shortages, n in (([], 1), (wrong, 2)):
            v = judged(self._halved(), plan(("a", "held"),
                                            shortages=shortages))
            self.assertEqual([b["rule"] for b in v.breaches],
                             ["shortage"] * n)
        v = judged(self._halved(), plan(("a", "held")))
        self.assertFalse(v.accepted)

    def test_a_newcomer_makes_it_a_breach(self):
        # b is there 09:45-10:00: with everybody counted, 2 too many.
        b = ask("b", option(begin="09:45"))
        self.breaks(self._halved(b), plan(("a", "held"), ("b", "o")),
                    ("places", "s", MON, "09:45", "10:00", 2))

    def test_a_newcomer_elsewhere_does_not(self):
        # The section of a is short; b is in the other one.
        s = place(sections=[{"id": "x", "places": 0}, {"id": "y", "places": 1}])
        a = ask("a", held=held(section="x"))
        b = ask("b", option(section="y"))
        v = self.breaks(problem([s], [a, b]), plan(("a", "held"), ("b", "o")))
        self.assertEqual(missing(v), [
            ("section", "s", "x", MON, "09:00", "10:00", 1)])

    def test_a_transfer_is_a_newcomer(self):
        a = ask("a", option(), held=held(begin="11:00", end="12:00"))
        p = problem([place(places=0)], [a])
        self.breaks(p, plan(("a", "o")),
                    ("places", "s", MON, "09:00", "10:00", 1))

    def test_absent_agent(self):
        # one per six; the agent leaves at 09:40: 20 minutes x 1 person x 10.
        s, law = under(SIX, regime="eaje.6", staff=[team(1, end="09:40")])
        v = judged(problem([s], [ask("a", held=held())], **law),
                   plan(("a", "held")))
        self.assertEqual(missing(v), [
            ("ratio", "s", MON, "09:40", "10:00", 1)])
        self.assertEqual(v.all_goals["shortage"], 200)


if __name__ == "__main__":
    unittest.main()
