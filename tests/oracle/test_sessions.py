# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions, reserves and legs (format.md 3.7, 3.8, 4.3 and the rules and law
that go with them), in tiny problems whose values were found by hand: the
working is in the comments."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import canonical  # noqa: E402
import instants  # noqa: E402
import judge as second  # noqa: E402
from rows import can_be_given  # noqa: E402
from tiny import (Case, DIRECTOR, MON, OVER, QUOTA, SHARE, SIX, TUE, WED, ask,
                  centre, everyone, held, judged, kids, leg, legs, missing,
                  option, per, place, plan, problem, rule, session, team,
                  told, under)  # noqa: E402
from values import date  # noqa: E402

SECOND_MON = "2026-09-14"
LUNCH = ("12:00", "14:00")


def day(text):
    return date(text, "")


def read(its_problem):
    return second.Problem(its_problem, {})


def present(its_problem, request="a", name="o"):
    """(structure, date, begin, end) of the presences of an option."""
    found = read(its_problem).requests[request].options[name].presences
    return [(p.structure, str(p.day), p.begin // 60, p.end // 60)
            for p in found]


def asking(windows, name="a", **more):
    """A request with one option of these windows."""
    return ask(name, legs(*windows), **more)


class Periods(Case):
    """Three weeks; the holidays are the second and the third, in two halves
    of which one is named twice."""

    def _days(self, its_window):
        a = ask("a", legs({"days": ["mon"], "begin": "09:00", "end": "10:00",
                           **its_window}))
        p = problem([place()], [a])
        p["horizon"] = {"first": MON, "last": "2026-10-02", "periods": [
            {"id": "autumn", "first": SECOND_MON, "last": "2026-09-17"},
            {"id": "late", "first": "2026-09-18", "last": "2026-09-20"},
            {"id": "autumn", "first": "2026-09-21", "last": "2026-09-21"}]}
        return [when for _, when, _, _ in present(p)]

    def test_school_holidays_and_one_period(self):
        # Mondays: the 7th, 14th, 21st and 28th. No Monday is in `late`.
        self.assertEqual(self._days({}), [MON, SECOND_MON, "2026-09-21",
                                          "2026-09-28"])
        self.assertEqual(self._days({"in": "school"}), [MON, "2026-09-28"])
        for name in ("holidays", "autumn"):
            self.assertEqual(self._days({"in": name}),
                             [SECOND_MON, "2026-09-21"])
        self.assertEqual(self._days({"in": "late"}), [])

    def test_with_other_members(self):
        # All that is given must hold.
        self.assertEqual(self._days({"in": "holidays", "first": "2026-09-15"}),
                         ["2026-09-21"])
        self.assertEqual(self._days({"in": "holidays", "week": "B"}),
                         [SECOND_MON])

    def test_without_periods_every_day_is_of_school(self):
        for name, n in (("school", 1), ("holidays", 0)):
            a = ask("a", legs({"begin": "09:00", "end": "10:00", "days":
                               ["mon"], "in": name}))
            self.assertEqual(len(present(problem([place()], [a]))), n)

    def test_faults(self):
        shut = place(closures=[{"in": "summer"}])
        self.faulty("E-REF", problem([shut], []))
        p = problem([place()], [], resources=[
            {"id": "bus", "per": "week", "limit": 1,
             "limits": [{"in": "summer", "limit": 2}]}])
        self.faulty("E-REF", p)
        for code, its in (("E-ID", {"id": "school"}), ("E-INTERVAL", {
                "first": TUE})):
            p = problem([place()], [])
            p["horizon"]["periods"] = [{"id": "x", "first": MON, "last": MON,
                                        **its}]
            self.faulty(code, p)


class Opening(Case):
    def test_sessions_are_the_hours(self):
        # 12:00-14:00 and 16:00-18:00: of 13:30-16:30 two hours are outside.
        # They break `places`, too; at lunch there is nobody for the ratio.
        s, law = centre(session(), session("soir", "autre", "16:00", "18:00"),
                        rules=[per(20, "r", {})])
        p = problem([s], kids("a", 1, begin="13:30", end="16:30"), **law)
        self.breaks(p, plan(("a1", "o")),
                    ("hours", "s", MON, "14:00", "16:00", 0),
                    ("places", "s", MON, "14:00", "16:00", 1),
                    ("ratio", "s", MON, "13:30", "14:00", 1))
        s["hours"] = [{"begin": "14:00", "end": "16:00"}]  # now only that
        s["staff"] = [team(1)]
        self.breaks(p, plan(("a1", "o")),
                    ("hours", "s", MON, "13:30", "14:00", 0),
                    ("hours", "s", MON, "16:00", "16:30", 0),
                    ("places", "s", MON, "13:30", "14:00", 1),
                    ("places", "s", MON, "16:00", "16:30", 1))

    def test_exceptions_and_closures_of_sessions(self):
        # That Monday opens 13:00-15:00 and is closed from 13:30: the session
        # covers 12:00-14:00 all the same.
        s, law = centre(session(kind="clas"), exceptions=[
            {"date": MON, "hours": [{"begin": "13:00", "end": "15:00"}]}],
            closures=[{"begin": "13:30", "end": "14:00"}])
        a = ask("a", legs(leg(session="midi")))
        p = problem([s], [a], **law)
        self.assertEqual(present(p), [("s", MON, 12, 14)])
        self.breaks(p, plan(("a", "o")),
                    ("hours", "s", MON, "12:00", "13:00", 0),
                    ("hours", "s", MON, "13:30", "14:00", 0),
                    ("places", "s", MON, "12:00", "13:00", 1),
                    ("places", "s", MON, "13:30", "14:00", 1))

    def test_places_of_a_session(self):
        # Two places; three at lunch; from 13:00 one by modulation, from 13:30
        # at most 0 by reduction. Three children 11:00-14:00.
        s = place(sessions=[session(kind="clas", places=3)])
        a = kids("a", 3, begin="11:00", end="14:00")
        self.breaks(problem([s], a), everyone(a),
                    ("places", "s", MON, "11:00", "12:00", 1))
        s["modulation"] = [{"begin": "13:00", "end": "18:00", "places": 1}]
        s["reductions"] = [{"begin": "13:30", "end": "18:00", "places": 0}]
        self.breaks(problem([s], a), everyone(a),
                    ("places", "s", MON, "11:00", "12:00", 1),
                    ("places", "s", MON, "13:00", "13:30", 2),
                    ("places", "s", MON, "13:30", "14:00", 3))

    def test_places_of_a_session_in_the_law(self):
        # They stand for the structure's 20 in capacity(t) alone: with 6 there
        # 6 + 23 - 20 = 9. Outside: 20 + 23 - 20 = 23.
        s, law = under(OVER, SIX, over_capacity=True, regime="eaje.6",
                       ratio={"capacity_basis": "nominal"},
                       sessions=[session(kind="clas", places=10)], modulation=[
                           {"begin": "12:00", "end": "14:00", "places": 6}])
        v = self.accepts(problem([s], [], **law), plan())
        self.assertEqual([i["places"] for i in v.coverage[0]["intervals"]],
                         [23, 9, 23])

    def test_faults(self):
        two = session(), session("soir", "soir", "13:59", "18:00")
        s, law = centre(*two, rules=[per(9, "r", {})])
        self.faulty("E-OVERLAP", problem([s], [], **law))
        two[1]["when"][0]["in"] = "holidays"  # never on one day
        self.accepts(problem([s], [], **law), plan())
        two[0]["when"] *= 2  # a session beside itself
        self.accepts(problem([s], [], **law), plan())
        two[0]["companions"] = ["matin"]
        self.faulty("E-REF", problem([s], [], **law))
        bare_place = place()
        del bare_place["hours"]
        self.faulty("E-MISSING", problem([bare_place], []))
        self.faulty("E-MISSING", problem([place(ratio={"scope": "room"})], []))
        s, law = centre(ratio={"scope": "room"})
        self.accepts(problem([s], [], **law), plan())
        self.faulty("E-VALUE", problem([place(staff=[team(1, "cat3")])], []))


class Stays(Case):
    """Per person, by stay and PEDT: 8 or 10 above five hours, 10 or 14 up to
    five; 12 on the way; 5 at night."""

    LAW = [per(8, "a.gt5", {"setting": "peri", "pedt": False,
                            "above_minutes": 300}),
           per(10, "a.le5", {"setting": "peri", "pedt": False,
                             "up_to_minutes": 300}),
           per(10, "a.pedt.gt5", {"setting": "peri", "pedt": True,
                                  "above_minutes": 300}),
           per(14, "a.pedt.le5", {"setting": "peri", "pedt": True,
                                  "up_to_minutes": 300}),
           per(12, "b.walk", {"setting": "walk"}),
           per(5, "c.night", {"setting": "night"})]

    def _per(self, *sessions, rules=(), at="12:00", on=MON, **more):
        """Children a person in a minute; None: no ratio."""
        s, law = centre(*sessions, rules=[*self.LAW, *rules],
                        **{"ratio": None, **more})
        p = read(problem([s], [], **law))
        minute = int(at[:2]) * 60 + int(at[3:])
        found = p.law.moments["s", day(on)][minute].ratio
        return None if found is None else found.classes[0].per

    def test_five_hours_and_one_minute(self):
        for end, plain, pedt in (("13:00", 10, 14), ("13:01", 8, 10)):
            for with_pedt, expected in ((False, plain), (True, pedt)):
                its = session("wed", "mercredi", "08:00", end, pedt=with_pedt)
                self.assertEqual(self._per(its), expected)

    def test_sessions_of_one_setting_are_one_stay(self):
        # 08:00-09:00 and 09:00-13:01 are 301 minutes, whatever their kind and
        # PEDT; with a way (of another setting) or a gap between, 60 and 240.
        first = session("m", "matin", "08:00", "09:00")
        later = session("w", "mercredi", "09:00", "13:01", pedt=True)
        self.assertEqual(self._per(first, later, at="08:30"), 8)
        self.assertEqual(self._per(first, later), 10)
        later["when"][0]["begin"] = "09:01"
        self.assertEqual(self._per(first, later, at="08:30"), 10)
        self.assertEqual(self._per(first, later), 14)
        way = session("t", "trajet", "09:00", "09:01")
        self.assertEqual(self._per(first, way, later, at="09:00"), 12)
        self.assertEqual(self._per(first, way, later), 14)

    def test_the_stay_is_of_its_day_and_knows_no_closure(self):
        # 301 minutes on Monday, of which one is closed; 300 on Tuesday.
        its = session("w", "mercredi", "08:00", "13:00")
        its["when"].append({"dates": [MON], "begin": "13:00", "end": "13:01"})
        shut = [{"begin": "10:00", "end": "10:01"}]
        self.assertEqual(self._per(its, closures=shut), 8)
        self.assertEqual(self._per(its, closures=shut, on=TUE), 10)

    def test_settings_without_a_ratio(self):
        for kind in ("jeunes", "clas", "atelier", "permanence", "autre"):
            self.assertIsNone(self._per(session(kind=kind)))
        self.assertEqual(self._per(session(kind="nuit")), 5)
        self.assertIsNone(self._per(session(regime=None)))
        self.assertIsNone(self._per(session(), at="14:00"))
        own = {"regime": "b.walk"}  # outside the sessions nothing must apply
        self.assertEqual(self._per(session(), at="14:00", ratio=own), 12)
        self.assertEqual(self._per(session(), ratio=own), 10)
        self.assertIsNone(self._per(session(kind="clas"), ratio=own))

    def test_a_regime_that_is_named(self):
        self.assertEqual(self._per(session(regime="a.le5")), 10)
        self.assertEqual(self._per(session(kind="clas", regime="a.gt5")), 8)
        free = per(3, "free")  # asks nothing: it applies wherever it is named
        self.assertEqual(self._per(session(regime="free"), rules=[free]), 3)
        self.assertEqual(self._per(session(), rules=[free]), 10)

    def test_faults(self):
        def faulty(code, its, *rules):
            s, law = centre(its, rules=rules)
            self.faulty(code, problem([s], [], **law))

        # No law for holidays; a rule for up to five hours on a day of nine;
        # a rule for PEDT without one; a rule that ends on Monday.
        faulty("E-REGIME", session(kind="vacances"), *self.LAW)
        faulty("E-REGIME", session("w", "mercredi", "08:00", "17:00",
                                   regime="a.le5"), *self.LAW)
        faulty("E-REGIME", session(regime="a.pedt.le5"), *self.LAW)
        old = per(9, "old", {}, valid_to=MON)
        faulty("E-REGIME", session(), old)
        faulty("E-EXPIRED", session(regime="old"), old)
        only = session(regime="old")
        only["when"][0]["days"] = ["mon"]
        s, law = centre(only, rules=[old])
        self.accepts(problem([s], [], **law), plan())
        self.faulty("E-MEMBER", problem([s], [], rules=[{
            **law["rules"][0], "rules": [rule("outing", {
                "applies": {}, "rounding": "ceil_each", "min_staff": 1,
                "classes": []})]}]))

    def test_the_first_rule_by_id(self):
        # Three apply; the file has the first by id last. Waived, it is no
        # other: there is none.
        three = [per(3, "z", {}), per(4, "y", {}), per(2, "0", {})]
        s, law = centre(session(kind="vacances"), rules=three)
        p = problem([s], [], **law)
        at = read(p).law.moments["s", day(MON)][720]
        self.assertEqual(at.ratio.id, "0")
        p["derogations"] = [{"id": "d", "rule": "0", "structure": "s",
                             "reason": "x", "waive": True}]
        self.assertIsNone(read(p).law.moments["s", day(MON)][720].ratio)
        p["derogations"] = [{"id": "d", "rule": "0", "structure": "s",
                             "reason": "x", "parameters": {
                                 "applies": {"setting": "night"},
                                 "classes": [{"id": "any", "per": 7}]}}]
        found = read(p).law.moments["s", day(MON)][720].ratio
        self.assertEqual((found.id, found.classes[0].per), ("0", 7))

    def test_the_rounding(self):
        # That of the session, else of the structure, else of the rule.
        for own, ratio, expected in ((None, None, "sum_then_ceil"),
                                     (None, "ceil_each", "ceil_each"),
                                     ("mixed_group_fill", "ceil_each",
                                      "mixed_group_fill")):
            its = session(**({"rounding": own} if own else {}))
            s, law = centre(its, rules=self.LAW)
            if ratio:
                s["ratio"] = {"rounding": ratio}
            p = read(problem([s], [], **law))
            at = p.law.moments["s", day(MON)][720]
            self.assertEqual(at.rounding, expected)

    def test_the_ratio_changes_within_a_presence(self):
        # Eleven children 11:00-15:00, one agent: on the way one per 12, at
        # lunch one per 10, then none asked. One is missing 12:00-14:00.
        s, law = centre(session("way", "trajet", "11:00", "12:00"), session(),
                        session("club", "clas", "14:00", "15:00"),
                        rules=self.LAW, staff=[team(1, "unqualified")])
        a = kids("a", 11, begin="11:00", end="15:00")
        v = self.breaks(problem([s], a, **law), everyone(a),
                        ("ratio", "s", MON, *LUNCH, 1))
        self.assertEqual(v.breaches[0]["article"], "art. ratio")

    def test_rooms_of_a_session(self):
        # One child a room: 1 + 1 with the scope of the structure's ratio.
        s, law = centre(session(), rules=self.LAW, staff=[team(1)], ratio={
            "scope": "room"}, sections=[{"id": n, "places": 5} for n in "xy"])
        a = ask("a", legs(leg(session="midi", section="x")))
        b = ask("b", legs(leg(session="midi", section="y")))
        p = problem([s], [a, b], **law)
        self.breaks(p, everyone([a, b]), ("ratio", "s", MON, *LUNCH, 1))
        s["ratio"]["scope"] = "structure"
        self.accepts(p, everyone([a, b]))


class Minima(Case):
    """Two at night, one else where a rule without `applies` says it."""

    @staticmethod
    def _least(n, name, **more):
        return rule("minimum", {
            "min_staff": n, "cat1_above_places": 100, "alone_max_children": 0,
            "alone_max_places": 0, "alone_categories": [], **more}, name)

    def _centre(self, *rules):
        night = session("n", "nuit", "18:00", "22:00", regime=None)
        s, law = centre(night, session(regime=None), rules=rules,
                        hours=[{"begin": "08:00", "end": "22:00"}])
        a = kids("a", 1, begin="11:00", end="19:00")
        return problem([s], a, **law), everyone(a)

    def test_applies(self):
        # Nobody is there: two are missing at night, and nothing is asked
        # elsewhere; then one, also outside the sessions.
        night = self._least(2, "a", applies={"setting": "night"})
        self.breaks(*self._centre(night),
                    ("minimum", "s", MON, "18:00", "19:00", 2))
        self.breaks(*self._centre(self._least(1, "b"), night),
                    ("minimum", "s", MON, "11:00", "18:00", 1),
                    ("minimum", "s", MON, "18:00", "19:00", 2))
        # by id the rule for all comes first
        self.breaks(*self._centre(self._least(1, "0"), night),
                    ("minimum", "s", MON, "11:00", "19:00", 1))

    def test_two_without_applies_are_a_fault(self):
        two = self._least(1, "a"), self._least(2, "b")
        self.faulty("E-RULE-OVERLAP", *self._centre(*two))
        two[1]["parameters"]["applies"] = {"pedt": True}
        self.breaks(*self._centre(*two),
                    ("minimum", "s", MON, "11:00", "19:00", 1))
        two[0].update(id="b", valid_from=MON)
        self.faulty("E-RULE-OVERLAP", *self._centre(*two))

    def test_one_alone_of_another_category(self):
        # One may be alone with a child if of Cat.1: a qualified leader is not.
        alone = self._least(2, "a", alone_max_children=3, alone_max_places=99,
                            alone_categories=["cat1"])
        for category, expected in (("cat1", []), ("qualified", [
                ("minimum", "s", MON, "09:00", "10:00", 1)])):
            s, law = under(alone, staff=[team(1, category)])
            a = kids("a", 1)
            self.breaks(problem([s], a, **law), everyone(a), *expected)


class Leaders(Case):
    def test_the_director_up_to_fifty(self):
        # One person per 51 and only the director: with 50 children it counts,
        # with 51 it does not. Without the rule it never does.
        for rules, n, expected in (
                ([DIRECTOR], 50, []),
                ([DIRECTOR], 51, [("ratio", "s", MON, "09:00", "10:00", 1)]),
                ([], 50, [("ratio", "s", MON, "09:00", "10:00", 1)])):
            s, law = under(per(51, "r"), *rules, regime="r", places=60,
                           staff=[team(1, "director")])
            a = kids("a", n)
            self.breaks(problem([s], a, **law), everyone(a), *expected)

    def test_everybody_else_counts(self):
        # One each: five count, the director (no rule) and `other` do not.
        names = ("cat1", "cat2", "director", "qualified", "trainee",
                 "unqualified", "other")
        s, law = under(SIX, regime="eaje.6", staff=[team(1, n) for n in names])
        v = self.accepts(problem([s], [], **law), plan())
        self.assertEqual({i["counted"] for i in v.coverage[0]["intervals"]},
                         {5})

    def _staffed(self, *rules, q=0, t=0, u=0, places=60, ratio=10):
        staff = [team(n, name) for n, name in (
            (q, "qualified"), (t, "trainee"), (u, "unqualified")) if n]
        return under(per(ratio, "r"), *rules, regime="r", places=places,
                     staff=staff)

    def test_usable(self):
        # Of R = 1..10 may be unqualified: 0 0 1 1 1 1 1 1 1 2; so Q must be
        # 1 1 2 2 3 3 4 4 5 5, and Q + T 1 2 2 3 4 5 6 7 8 8.
        for q, t, u, expected in (
                (0, 9, 9, 0),   # a half must be qualified
                (1, 0, 9, 1),   # of two none may be unqualified
                (1, 1, 8, 2), (2, 0, 8, 3), (2, 1, 7, 4), (3, 1, 6, 5),
                (3, 3, 4, 6), (4, 2, 4, 7), (4, 3, 3, 8),
                (5, 3, 2, 10),  # nine asks no less than ten
                (5, 3, 1, 9),   # no more than there are
                (3, 0, 7, 4)):  # five would want four who are qualified
            s, law = self._staffed(QUOTA, q=q, t=t, u=u)
            p = read(problem([s], [], **law))
            at = p.law.moments["s", day(MON)][600]
            self.assertEqual(instants.usable(p.law.rules["s", day(MON)], at, 0),
                             expected, (q, t, u))

    def test_qualified_of_the_creches_and_the_director(self):
        # Cat.1, Cat.2 and the director are qualified: with three unqualified
        # 6 count, and R = 3, 4 (1 free), 5, 6 (1 free): 6 - 1 > 3, so 4. With
        # 51 children the director is none of them: 5 count; Q = 2: 3.
        s, law = under(QUOTA, DIRECTOR, staff=[
            team(1, "cat1"), team(1, "cat2"), team(1, "director"),
            team(3, "unqualified")])
        p = read(problem([s], [], **law))
        at, rules = p.law.moments["s", day(MON)][600], p.law.rules[
            "s", day(MON)]
        self.assertEqual([(instants.counted(rules, at, n),
                           instants.usable(rules, at, n)) for n in (50, 51)],
                         [(6, 4), (5, 3)])

    def test_the_quota(self):
        # 30 children ask 3; one qualified and two unqualified are 3, of whom
        # 1 is usable: 2 short. 40 ask 4: one is missing, and 3 - 1 = 2 again.
        s, law = self._staffed(QUOTA, q=1, u=2)
        a = kids("a", 40)
        p = problem([s], a, **law)
        row = (MON, "09:00", "10:00")
        v = self.breaks(p, everyone(a[:30]), ("quota", "s", *row, 2))
        self.assertEqual(v.breaches[0]["article"], "art. quota")
        self.breaks(p, everyone(a), ("quota", "s", *row, 2),
                    ("ratio", "s", *row, 1))
        self.accepts(p, everyone(a[:10]))
        s["staff"] = [team(2, "qualified"), team(1, "unqualified")]
        self.accepts(p, everyone(a[:30]))
        self.breaks(p, everyone(a), ("ratio", "s", *row, 1))

    def test_a_quota_that_is_short(self):
        # Held children: 2 persons for 60 minutes at 10.
        s, law = self._staffed(QUOTA, q=1, u=2)
        a = [ask(f"a{i}", held=held()) for i in range(30)]
        given = [(r["id"], "held") for r in a]
        short = [{"kind": "quota", "rule": "quota", "structure": "s",
                  "date": MON, "begin": "09:00", "end": "10:00", "size": 2}]
        v = self.accepts(problem([s], a, **law), plan(*given, shortages=short))
        self.assertEqual(v.all_goals["shortage"], 1200)
        # a newcomer anywhere in the structure makes it a breach
        b = ask("b", option())
        self.breaks(problem([s], a[1:] + [b], **law),
                    plan(*given[1:], ("b", "o")),
                    ("quota", "s", MON, "09:00", "10:00", 2))

    def test_coverage(self):
        # One per 10, places for 60. With 10 children there, an eleventh asks
        # 2: of one qualified and one unqualified only 1 is usable. Without
        # the quota nothing binds; an empty centre has its 60 places free.
        for rules, expected in (([QUOTA], "staff"), ([], "none")):
            s, law = self._staffed(*rules, q=1, u=1)
            s["hours"] = [{"dates": [MON], "begin": "09:00", "end": "10:00"}]
            a = kids("a", 10)
            v = self.accepts(problem([s], a, **law), everyone(a))
            self.assertEqual(v.coverage[0]["intervals"], [
                {"begin": "09:00", "end": "10:00", "present": 10,
                 "places": 60, "required": 1, "counted": 2, "free": 50,
                 "binds": expected}])

    def test_coverage_counts_the_director_with_one_more_child(self):
        # At 50 one per 51 is the director; one more and nobody counts.
        s, law = under(per(60, "r"), DIRECTOR, regime="r", places=60,
                       staff=[team(1, "director")])
        s["hours"] = [{"dates": [MON], "begin": "09:00", "end": "10:00"}]
        a = kids("a", 51)
        for n, expected in ((49, (1, "none")), (50, (1, "staff"))):
            v = self.accepts(problem([s], a, **law), everyone(a[:n]))
            its = v.coverage[0]["intervals"][0]
            self.assertEqual((its["counted"], its["binds"]), expected)

    def test_the_margin_leaves_directors_aside(self):
        # Margin 1, one child for an hour: required 1, nobody else counted:
        # (1 + 1 - 0) - max(0, 1 - 0) = 1 a minute, however many direct.
        s, law = under(SIX, DIRECTOR, regime="eaje.6",
                       floors={"ratio_margin": 1},
                       staff=[team(1, "director")])
        v = self.accepts(problem([s], kids("a", 1), **law), plan(("a1", "o")))
        self.assertEqual(v.all_goals["floors"], 60)
        s["staff"] = [team(2, "director")]
        v = self.accepts(problem([s], kids("a", 1), **law), plan(("a1", "o")))
        self.assertEqual(v.all_goals["floors"], 60)
        s["staff"].append(team(1, "qualified"))  # 1 + 1 - 1 - max(0, 1 - 1)
        v = self.accepts(problem([s], kids("a", 1), **law), plan(("a1", "o")))
        self.assertEqual(v.all_goals["floors"], 60)
        s["staff"].append(team(1, "trainee"))
        v = self.accepts(problem([s], kids("a", 1), **law), plan(("a1", "o")))
        self.assertEqual(v.all_goals["floors"], 0)

    def test_the_mix_counts_cat1_alone(self):
        # As in test_judge: 24 person-minutes of Cat.1 are missing.
        s, law = under(SIX, SHARE, regime="eaje.6",
                       staff=[team(1, "qualified")])
        self.breaks(problem([s], kids("a", 1), **law), plan(("a1", "o")),
                    ("mix", "s", "2026-09", 24))


class Reserves(Case):
    """Four places, one kept 09:00-12:00 until two days before at 10:00."""

    def _place(self, **more):
        return place(places=4, reserve=[{
            "begin": "09:00", "end": "12:00", "places": 1,
            "release": {"days": 2, "at": "10:00"}, **more}])

    def _all(self, *kinds, now=None, structure=None):
        a = [ask(f"a{i}", option(end="13:00"), kind=kind)
             for i, kind in enumerate(kinds)]
        more = {} if now is None else {"parameters": {"now": now}}
        return problem([structure or self._place()], a, **more), everyone(a)

    def test_regular_children_leave_it(self):
        four = ["regular"] * 4
        broken = ("reserve", "s", MON, "09:00", "12:00", 1)
        self.breaks(*self._all(*four), broken)
        self.accepts(*self._all(*four[1:], "occasional"))
        self.accepts(*self._all(*four[1:], "emergency"))

    def test_release(self):
        # Of Monday the 7th: Saturday the 5th at 10:00.
        four = ["regular"] * 4
        broken = ("reserve", "s", MON, "09:00", "12:00", 1)
        for now in ("2026-09-05T09:59", "2026-09-05"):
            self.breaks(*self._all(*four, now=now), broken)
        for now in ("2026-09-05T10:00", "2026-09-06"):
            self.accepts(*self._all(*four, now=now))
        never = self._place()
        del never["reserve"][0]["release"]
        self.breaks(*self._all(*four, now="2026-12-31", structure=never),
                    broken)

    def test_a_release_in_working_days(self):
        # Two working days before Monday the 7th: Thursday the 3rd.
        its = self._place(release={"days": 2, "at": "10:00", "working": True})
        self.breaks(*self._all(*["regular"] * 4, now="2026-09-03T09:59",
                               structure=its),
                    ("reserve", "s", MON, "09:00", "12:00", 1))
        self.accepts(*self._all(*["regular"] * 4, now="2026-09-03T10:00",
                                structure=its))

    def test_each_date_has_its_release(self):
        # On Sunday Monday's is over; Tuesday's (Sunday 10:00) is not yet.
        a = [ask(f"a{i}", option(days=(MON, TUE))) for i in range(4)]
        p = problem([self._place()], a, parameters={"now": "2026-09-06T09:00"})
        self.breaks(p, everyone(a), ("reserve", "s", TUE, "09:00", "10:00", 1))

    def test_windows_add_up_and_never_below_nothing(self):
        # 1 + 3 from 11:00: 0 regular children, of 2: 2 too many; then 1 + 9.
        its = self._place()
        its["reserve"].append({"begin": "11:00", "end": "12:00", "places": 3})
        for more in (3, 9):
            its["reserve"][1]["places"] = more
            self.breaks(*self._all("regular", "regular", structure=its),
                        ("reserve", "s", MON, "11:00", "12:00", 2))

    def test_of_the_capacity(self):
        # 2 by reduction: one regular child. 115 % of 4 is 5, but the reserve
        # is of the 4; a reserve of nothing is none.
        its = self._place()
        its["reductions"] = [{"places": 2}]
        self.breaks(*self._all("regular", "regular", structure=its),
                    ("reserve", "s", MON, "09:00", "12:00", 1))
        s, law = under(OVER, places=4, over_capacity=True)
        for n, expected in ((1, [("reserve", "s", MON, "09:00", "10:00", 2)]),
                            (0, [])):
            s["reserve"] = self._place(places=n)["reserve"]
            a = kids("a", 5)
            self.breaks(problem([s], a, **law), everyone(a), *expected)

    def test_shortage(self):
        # Four held children; an occasional newcomer is not in the scope of
        # `reserve`, but it is in that of `places`. 180 minutes x 10.
        works = self._place()
        a = [ask(f"a{i}", held=held(end="12:00")) for i in range(4)]
        given = [(r["id"], "held") for r in a]
        short = [{"kind": "places", "rule": "reserve", "structure": "s",
                  "date": MON, "begin": "09:00", "end": "12:00", "size": 1}]
        p = problem([works], a)
        v = self.accepts(p, plan(*given, shortages=short))
        self.assertEqual(v.all_goals["shortage"], 1800)
        b = ask("b", option(), kind="occasional")
        works["places"] = 5
        works["reserve"][0]["places"] = 2
        v = judged(problem([works], a + [b]), plan(*given, ("b", "o")))
        self.assertEqual(told(v), [])
        self.assertEqual(missing(v), [
            ("reserve", "s", MON, "09:00", "12:00", 1)])


class Bookings(Case):
    """Lunch of Monday the 14th. The Friday before is a holiday. It opens 14
    days before (Monday, August 31st, 00:00), and closes two working days
    before at 09:00: Thursday the 10th, Wednesday the 9th."""

    BOOKING = {"opens": {"days": 14},
               "closes": {"days": 2, "at": "09:00", "working": True}}

    def _asked(self, submitted, kind="occasional", booking=None, **more):
        s = place(sessions=[session(kind="clas",
                                    booking=booking or self.BOOKING)])
        a = ask("a", legs(leg(days=(SECOND_MON,), **more)), kind=kind,
                submitted=submitted)
        p = problem([s], [a])
        p["horizon"] = {"first": MON, "last": "2026-09-18",
                        "except": ["2026-09-11"]}
        return p, plan(("a", "o"))

    def test_from_and_until(self):
        for submitted in ("2026-08-31", "2026-09-09T08:59"):
            self.accepts(*self._asked(submitted))
        for submitted in ("2026-08-30T23:59", "2026-09-09T09:00"):
            v = self.breaks(*self._asked(submitted),
                            ("booking", "s", SECOND_MON, *LUNCH, 0))
            self.assertEqual(v.breaches[0]["request"], "a")

    def test_one_side(self):
        self.accepts(*self._asked("2026-01-01", booking={
            "closes": {"days": 0, "at": "24:00"}}))
        # until that midnight, which is the 15th
        self.breaks(*self._asked("2026-09-15", booking={
            "closes": {"days": 0, "at": "24:00"}}),
            ("booking", "s", SECOND_MON, *LUNCH, 0))
        self.accepts(*self._asked("2026-09-20", booking={
            "opens": {"days": 400}}))

    def test_only_who_is_asked(self):
        for kind in ("regular", "emergency"):
            self.accepts(*self._asked("2026-09-13", kind=kind))
        # begins when the session is over, or before it
        for begin in ("11:59", "14:00"):
            self.accepts(*self._asked("2026-09-13", begin=begin,
                                      end="15:00"))
        p, _ = self._asked("2026-09-13")
        p["requests"][0]["held"] = held(days=(SECOND_MON,), begin="12:00",
                                        end="14:00")
        self.accepts(p, plan(("a", "held")))
        self.breaks(p, plan(("a", "o")),
                    ("booking", "s", SECOND_MON, *LUNCH, 0))

    def test_one_that_can_not_be_given(self):
        for submitted, expected in (("2026-09-01", True),
                                    ("2026-09-13", False)):
            p = read(self._asked(submitted)[0])
            o = p.requests["a"].options["o"]
            self.assertEqual(can_be_given(p, o), expected)


class Companions(Case):
    """Who comes in the evening comes to lunch and on the way."""

    def _place(self):
        return place(sessions=[
            session("midi", "clas"), session("way", "autre", "16:00", "16:30"),
            session("soir", "clas", "16:30", "18:00",
                    companions=["way", "midi"])])

    def test_all_on_the_same_date(self):
        full = [leg(session=n) for n in ("midi", "way", "soir")]
        p = problem([self._place()], [asking(full)])
        self.accepts(p, plan(("a", "o")))
        p = problem([self._place()], [asking(full[:2])])  # asks nothing itself
        self.accepts(p, plan(("a", "o")))
        other = leg(session="midi", days=(TUE,))
        for windows in (full[2:], full[1:], [*full[1:], other]):
            p = problem([self._place()], [asking(windows)])
            self.breaks(p, plan(("a", "o")),
                        ("companion", "s", MON, "16:30", "18:00", 0))

    def test_where_they_begin(self):
        # At lunch from 11:59: no companion. In the evening from 16:29: it
        # begins on the way, which asks nothing.
        way = leg("16:00", "16:20")
        p = problem([self._place()], [asking([leg("11:59", "13:00"), way,
                                            leg("16:40", "17:00")])])
        self.breaks(p, plan(("a", "o")),
                    ("companion", "s", MON, "16:40", "17:00", 0))
        p = problem([self._place()], [asking([leg("16:29", "17:00")])])
        self.accepts(p, plan(("a", "o")))

    def test_not_of_a_held_place_and_of_no_other_request(self):
        a = ask("a", held=held(begin="17:00", end="18:00"))
        self.accepts(problem([self._place()], [a]), plan(("a", "held")))
        parts = [asking([leg(session=n)], n, child="k")
                 for n in ("midi", "way", "soir")]
        self.breaks(problem([self._place()], parts), everyone(parts),
                    ("companion", "s", MON, "16:30", "18:00", 0))


class Chains(Case):
    def _asked(self, *windows, chain=True):
        return problem([place(), place("t")],
                       [ask("a", legs(*windows), chain=chain)])

    def test_without_a_gap(self):
        # Across structures; the next day begins when it will.
        three = [leg("08:00", "09:00"), leg("09:00", "10:00", structure="t"),
                 leg("11:00", "12:00", days=(TUE,))]
        self.accepts(self._asked(*three), plan(("a", "o")))
        late = leg("10:01", "11:00")
        v = self.breaks(self._asked(*three, late), plan(("a", "o")),
                        ("chain", MON, 0))
        self.assertEqual(v.breaches[0]["request"], "a")
        later = leg("12:00", "13:00")  # a second gap of that date
        self.breaks(self._asked(*three, late, later), plan(("a", "o")),
                    ("chain", MON, 0))
        self.accepts(self._asked(*three, late, chain=False), plan(("a", "o")))

    def test_not_of_a_held_place(self):
        its = legs(leg("08:00", "09:00"), leg("10:00", "11:00"))
        del its["id"]
        p = problem([place()], [ask("a", held=its, chain=True)])
        self.accepts(p, plan(("a", "held")))


class Groups(Case):
    """A workshop 10:00-11:00 and 14:00-15:00 from three children on."""

    def _place(self, **more):
        its = session("w", "atelier", "10:00", "11:00", min_children=3, **more)
        its["when"].append({"dates": [MON], "begin": "14:00", "end": "15:00"})
        return place(places=9, sessions=[its])

    def test_none_or_three(self):
        a = kids("a", 2, begin="10:00", end="10:30") + kids(
            "b", 1, begin="14:59", end="16:00")
        p = problem([self._place()], a)
        self.accepts(p, plan())
        self.accepts(p, everyone(a))
        self.breaks(p, everyone(a[:2]), ("group", "s", MON, "10:00", "15:00",
                                         1))
        self.breaks(p, everyone(a[:1]), ("group", "s", MON, "10:00", "15:00",
                                         2))

    def test_each_date_and_only_who_begins(self):
        # Tuesday has the morning alone; on Monday the third came before.
        a = kids("a", 2, begin="10:00", end="11:00", days=(MON, TUE))
        a += kids("b", 1, begin="09:00", end="11:00", days=(MON, TUE))
        a += kids("d", 1, begin="10:59", end="11:30", days=(TUE,))
        self.breaks(problem([self._place()], a), everyone(a),
                    ("group", "s", MON, "10:00", "15:00", 1))

    def test_children_not_presences(self):
        # Morning and afternoon of one child, and a sister.
        a = asking([leg("10:00", "11:00"), leg("14:00", "15:00")])
        b = asking([leg("10:00", "11:00")], "b")
        self.breaks(problem([self._place()], [a, b]), everyone([a, b]),
                    ("group", "s", MON, "10:00", "15:00", 1))

    def test_never_a_shortage(self):
        a = [ask(f"a{i}", held=held(begin="10:00", end="11:00"))
             for i in range(2)]
        self.breaks(problem([self._place()], a),
                    plan(("a0", "held"), ("a1", "held")),
                    ("group", "s", MON, "10:00", "15:00", 1))


class Sectors(Case):
    def test_schools(self):
        s = place(schools=["jaures", "zola"])
        p = problem([s, place("t")], kids("a", 1))
        for school, expected in (("zola", []), ("hugo", [("sector", "s", 0)]),
                                 (None, [("sector", "s", 0)])):
            p["children"][0].pop("school", None)
            if school:
                p["children"][0]["school"] = school
            v = self.breaks(p, plan(("a1", "o")), *expected)
            self.assertEqual([b["request"] for b in v.breaches],
                             ["a1"] * len(expected))

    def test_of_each_presence_and_of_a_held_place(self):
        # Twice in s, once in t: one breach of t.
        t = place("t", schools=["zola"])
        a = ask("a", legs(leg("08:00", "09:00"),
                          leg("12:00", "13:00", structure="t"),
                          leg("16:00", "17:00", structure="t")))
        self.breaks(problem([place(), t], [a]), plan(("a", "o")),
                    ("sector", "t", 0))
        b = ask("b", held=held(structure="t"))
        self.breaks(problem([place(), t], [b]), plan(("b", "held")),
                    ("sector", "t", 0))


class Legs(Case):
    """Mornings in s, lunch in t, which has one place and sections x (up to 24
    months) and y."""

    def _two(self, **more):
        t = place("t", places=1, sections=[
            {"id": "x", "places": 9, "below_months": 24},
            {"id": "y", "places": 9}], **more)
        return [place(), t]

    @staticmethod
    def _option(**more):
        return legs(leg("08:00", "09:00"), leg(structure="t", **more),
                    leg("16:00", "17:00"))

    def test_places_of_each_structure(self):
        # Two children: two places in s, one in t.
        a, b = (ask(n, self._option()) for n in "ab")
        self.breaks(problem(self._two(), [a, b]), everyone([a, b]),
                    ("places", "t", MON, *LUNCH, 1))
        v = self.accepts(problem(self._two(), [a, b]), plan(("a", "o")))
        self.assertEqual(v.all_goals["hours"], 240)
        # and of the hours of each: t is closed from 13:00
        shut = self._two(closures=[{"begin": "13:00", "end": "24:00"}])
        self.breaks(problem(shut, [a]), plan(("a", "o")),
                    ("hours", "t", MON, "13:00", "14:00", 0),
                    ("places", "t", MON, "13:00", "14:00", 1))

    def test_sections(self):
        # Of 19 months: x. Its window may say y; what the option says is of s.
        for named, window, expected in ((None, None, "x"), (None, "y", "y"),
                                        ("y", None, "x")):
            its = self._option(**({"section": window} if window else {}))
            two = self._two()
            two[0]["sections"] = [{"id": "y", "places": 5}]
            if named:
                its["section"] = named
            v = self.accepts(problem(two, [ask("a", its)]), plan(("a", "o")))
            self.assertEqual([p.section
                              for p in v.rows.given["a"].presences],
                             ["y", expected, "y"])
        self.faulty("E-REF", problem(self._two(), [ask(
            "a", self._option(section="z"))]))
        self.faulty("E-REF", problem(self._two(), [ask(
            "a", legs(leg(structure="u")))]))

    def test_age_in_the_structure_of_the_leg(self):
        a = ask("a", self._option(section="x"))
        self.breaks(problem(self._two(), [a], {"c.a": "2020-01-01"}),
                    plan(("a", "o")), ("age", "t", "x", MON, *LUNCH, 0))

    def test_a_closed_day_takes_its_legs_alone(self):
        def its(**days):
            return ask("a", legs(
                {**days, "begin": "08:00", "end": "09:00"},
                {**days, "begin": "12:00", "end": "14:00", "structure": "t"}))
        two = self._two(closures=[{"dates": [MON]}])
        p = problem(two, [its(days=["mon"])])
        self.assertEqual(present(p), [("s", MON, 8, 9)])
        p = problem(two, [its(dates=[MON])])
        self.assertEqual(present(p), [("s", MON, 8, 9), ("t", MON, 12, 14)])

    def test_overlap_of_legs(self):
        a = ask("a", legs(leg("11:00", "12:01"), leg(structure="t")))
        self.faulty("E-OVERLAP", problem(self._two(), [a]))

    def test_needs_and_skills_of_the_leg(self):
        a = ask("a", self._option())
        needs = {"needs": [{"id": "n", "skill": "k"}],
                 "children": {"c.a": {"needs": ["n"]}}}
        two = self._two()
        two[0]["offers"] = [{"need": "n"}]
        two[0]["staff"] = [team(1, "other", skills=["k"])]
        self.breaks(problem(two, [a], **needs), plan(("a", "o")),
                    ("need", "t", "n", 0), ("skill", "t", "k", MON, *LUNCH, 1))
        two[1].update(offers=[{"need": "n"}], staff=[
            team(1, "other", begin="12:00", end="13:59", skills=["k"])])
        p = problem(two, [a], **needs)
        self.breaks(p, plan(("a", "o")),
                    ("skill", "t", "k", MON, "13:59", "14:00", 1))
        p = read(p)
        self.assertFalse(can_be_given(p, p.requests["a"].options["o"]))

    def test_where_the_option_is(self):
        # Pins, siblings, distance and concentration look at s.
        a, b = (ask(n, self._option()) for n in "ab")
        two = self._two()
        two[1]["places"] = 2
        two[0]["location"], two[1]["location"] = ({"x": 3, "y": 4},
                                                  {"x": 0, "y": 0})
        for one in two:
            one["offers"] = [{"need": "n"}]
        p = problem(two, [a, b], needs=[{"id": "n"}], children={
            "c.a": {"needs": ["n"], "location": {"x": 0, "y": 0}}},
            siblings=[{"id": "g", "requests": ["a", "b"],
                       "rule": "together"}],
            pins=[{"request": "a", "structure": "s"}])
        v = self.accepts(p, everyone([a, b]))
        self.assertEqual([v.all_goals[n] for n in (
            "distance", "siblings", "concentration")], [5, 1, 1])

    def test_continuity(self):
        # Held in s with lunch in t before; the first presence in s is of
        # section m, in both. A wish in t: 0. One whose first in s is of n: 1.
        two = self._two()
        two[0]["sections"] = [{"id": n, "places": 5} for n in "mn"]
        kept = legs(leg("12:00", "13:00", structure="t", section="y"),
                    leg("16:00", "17:00", section="m"))
        del kept["id"]
        for section, lunch, expected in (("m", "x", 2), ("n", "y", 1)):
            wish = legs(leg("08:00", "09:00", structure="t", section=lunch),
                        leg("10:00", "11:00", section=section),
                        leg("15:00", "17:00", section="m"))
            p = problem(two, [ask("a", wish, held=kept)])
            v = self.accepts(p, plan(("a", "o")))
            self.assertEqual(v.all_goals["continuity"], expected)
        away = legs(leg("12:00", "13:00", structure="t"))  # none in s: 1
        p = problem(two, [ask("a", away, held=kept)])
        self.assertEqual(judged(p, plan(("a", "o"))).all_goals["continuity"],
                         1)
        gone = option(structure="t")
        p = problem(two, [ask("a", gone, held=kept)])
        self.assertEqual(judged(p, plan(("a", "o"))).all_goals["continuity"],
                         0)

    def test_floors_and_age_fit(self):
        # Arrivals of t: one at 12:00 (k = 0). Changes s, t/x, s: two, of which
        # the structure of the option lets one go; t's floor is not asked.
        two = self._two(floors={"arrivals_per_15min": 0, "group_changes": 0})
        two[0]["floors"] = {"group_changes": 1}
        a = ask("a", self._option())
        v = self.accepts(problem(two, [a]), plan(("a", "o")))
        self.assertEqual(v.all_goals["floors"], 1 + 1)
        two[1]["sections"][0]["ideal_below_months"] = 12  # 19 months in x
        v = self.accepts(problem(two, [a]), plan(("a", "o")))
        self.assertEqual(v.all_goals["age_fit"], 1)

    def test_the_week_of_each_structure(self):
        # t: one place, two hours a week; three children for 2 hours fit in
        # neither ceil(1.15) = 2 places nor 120 place-minutes.
        t, law = under(OVER, places=1, over_capacity=True)
        t.update(id="t", hours=[{"dates": [MON], "begin": "12:00",
                                 "end": "14:00"}])
        a = [ask(f"a{i}", self._option()) for i in range(2)]
        self.breaks(problem([place(), t], a, **law), everyone(a),
                    ("week", "t", "2026-W37", 120))

    def test_the_floor_of_the_family_counts_all_legs(self):
        # 240 minutes of one day.
        for minutes, expected in ((240, []), (241, [("floor", 0)])):
            a = ask("a", self._option(), floor={"min_minutes": minutes})
            self.breaks(problem(self._two(), [a]), plan(("a", "o")), *expected)


class SessionWindows(Case):
    def test_all_that_it_covers(self):
        # 08:00-09:00 with 09:00-10:00 is one interval; 12:00-14:00 another. On
        # Tuesday only lunch, on Wednesday nothing: no presence.
        its = session("w", "clas", "12:00", "14:00")
        its["when"][0]["days"] = ["mon", "tue"]
        its["when"] += [{"dates": [MON], "begin": "08:00", "end": "09:00"},
                        {"dates": [MON], "begin": "09:00", "end": "10:00"}]
        s = place("t", sessions=[its])
        a = ask("a", legs(leg(days=(MON, TUE, WED), session="w",
                              structure="t")))
        p = problem([place(), s], [a])
        self.assertEqual(present(p), [("t", MON, 8, 10), ("t", MON, 12, 14),
                                      ("t", TUE, 12, 14)])
        p["requests"][0]["floor"] = {"min_days": 2, "min_minutes": 360}
        v = self.accepts(p, plan(("a", "o")))
        self.assertEqual(v.all_goals["hours"], 360)

    def test_days_of_the_window(self):
        # Every day of the horizon by default, without the closed Tuesday.
        s = place(sessions=[session(kind="clas")],
                  closures=[{"dates": [TUE]}])
        a = ask("a", legs({"session": "midi"}), last=WED)
        self.assertEqual(present(problem([s], [a])),
                         [("s", MON, 12, 14), ("s", WED, 12, 14)])

    def test_nothing_covered_is_no_presence(self):
        its = session(kind="clas")
        its["when"][0]["days"] = ["fri"]
        a = ask("a", legs(leg(session="midi")))
        self.breaks(problem([place(sessions=[its])], [a]), plan(("a", "o")),
                    ("menu", 0))

    def test_faults(self):
        s = place(sessions=[session(kind="clas")])
        for code, its in (("E-REF", {"session": "x"}),
                          ("E-VALUE", {"session": "midi", "begin": "12:00"}),
                          ("E-REF", {"session": "midi", "structure": "t"}),
                          ("E-MISSING", {"begin": "12:00"})):
            a = ask("a", legs({"dates": [MON], **its}))
            self.faulty(code, problem([s, place("t")], [a]))


class Policy(Case):
    def test_who_leaves_a_group_that_needs_it(self):
        # Two in a workshop for two, one of them s. r wants an hour elsewhere:
        # without s the workshop is too small, so r does not envy. When it
        # wants the workshop it takes the place of s.
        w = place(places=2, sessions=[session("w", "atelier", "10:00", "11:00",
                                              min_children=2)])
        s = ask("s", option(begin="10:00", end="11:00"), points=1)
        m = ask("m", option(begin="10:00", end="11:00"), mandatory=True)
        for begin, expected in (("14:00", []), ("10:30", [
                {"request": "r", "envies": "s"}])):
            r = ask("r", option(begin=begin, end="15:00"), points=10)
            p = problem([w], [r, s, m], policy="by_points")
            v = judged(p, plan(("s", "o"), ("m", "o")))
            self.assertEqual(v.envy, expected)

    def test_a_group_that_r_would_leave(self):
        # r is one of two in the workshop, and would rather be at lunch, where
        # s has the only place: but m can not be alone.
        its = [place(places=2, sessions=[session(
            "w", "atelier", "10:00", "11:00", min_children=2)]),
            place("t", places=1)]
        r = ask("r", option("t", "t"), option(begin="10:00", end="11:00"),
                points=10)
        m = ask("m", option(begin="10:00", end="11:00"))
        s = ask("s", option(structure="t"), points=1)
        p = problem(its, [r, s, m])
        given = plan(("r", "o"), ("m", "o"), ("s", "o"))
        self.assertEqual(judged(p, given).envy, [])
        its[0]["sessions"][0]["min_children"] = 1
        self.assertEqual(judged(p, given).envy,
                         [{"request": "r", "envies": "s"}])

    def test_a_leg_that_is_taken(self):
        # r wants a morning in s and lunch in t, whose one place m has; s has
        # the only one of s. When s has the lunch, r envies it.
        its = [place(places=1), place("t", places=1)]
        r = ask("r", legs(leg("09:00", "10:00"), leg(structure="t")),
                points=10)
        m = ask("m", legs(leg(), structure="t"), mandatory=True)
        s = ask("s", option(), points=1)
        p = problem(its, [r, s, m])
        self.assertEqual(judged(p, plan(("s", "o"), ("m", "o"))).envy, [])
        p["requests"][2] = ask("m", option(days=(TUE,)), mandatory=True)
        p["requests"][1] = ask("s", legs(leg("09:00", "10:00", structure="t"),
                                         leg(structure="t")), points=1)
        self.assertEqual(judged(p, plan(("s", "o"), ("m", "o"))).envy,
                         [{"request": "r", "envies": "s"}])

    def test_reserve(self):
        # One place of two is kept, so that there is one regular child. r may
        # follow s when m is not regular, or when r is not.
        its = place(reserve=[{"begin": "08:00", "end": "18:00", "places": 1}])
        for kind, mine, expected in (("regular", "regular", 1),
                                     ("occasional", "regular", 0),
                                     ("occasional", "occasional", 1)):
            r = ask("r", option(), points=10, kind=mine)
            s = ask("s", option(), points=1, kind=kind)
            m = ask("m", option(), mandatory=True,
                    kind="occasional" if kind == "regular" else "regular")
            v = judged(problem([its], [r, s, m]), plan(("s", "o"), ("m", "o")))
            self.assertEqual(len(v.envy), expected, (kind, mine))

    def test_the_director_who_comes_back(self):
        # One per 4, and nobody but a director, who counts up to one child. r
        # alone is enough staffed; beside m it is not, and s makes no room.
        few = rule("director", {"max_minors": 1})
        its, law = under(per(4, "r"), few, regime="r",
                         staff=[team(1, "director")])
        r, s = ask("r", option(), points=10), ask("s", option(), points=1)
        p = problem([its], [r, s], **law)
        self.assertEqual(judged(p, plan(("s", "o"))).envy,
                         [{"request": "r", "envies": "s"}])
        m = ask("m", option(), mandatory=True)
        s = ask("s", option(begin="14:00", end="15:00"), points=1)
        p = problem([its], [r, s, m], **law)
        self.assertEqual(judged(p, plan(("s", "o"), ("m", "o"))).envy, [])


class Defaults(Case):
    def test_a_centre(self):
        # fr-acm by default, and no ratio outside the sessions.
        law = {"rules": [{"schema": "ctgsched/rules/1", "id": "fr-acm",
                          "rules": [per(10, "a", {"setting": "peri"})]}]}
        s = {"id": "s", "kind": "acm", "places": 9, "sessions": [session()]}
        a = ask("a", legs(leg(session="midi")))
        self.breaks(problem([s], [a], **law), plan(("a", "o")),
                    ("ratio", "s", MON, *LUNCH, 1))
        self.faulty("E-REF", problem([s], [a]))

    def test_words_that_are_no_longer_reserved(self):
        for name in ("sessions", "bookings", "history"):
            self.faulty("E-MEMBER", {**problem([place()], []), name: []})


PACK = {
    "schema": "ctgsched/rules/1", "id": "p", "rules": [
        {"id": "who", "kind": "quota", "status": "memory", "parameters": {
            "small_unqualified": 1, "small_to": 4, "small_from": 3,
            "unqualified_max_pct": 20, "qualified_min_pct": 50}},
        {"id": "boss", "kind": "director", "status": "memory",
         "parameters": {"max_minors": 50}},
        {"id": "peri", "kind": "ratio", "status": "memory", "parameters": {
            "rounding": "ceil_each", "classes": [{"per": 10, "id": "any"}],
            "applies": {"up_to_minutes": 300, "pedt": False,
                        "setting": "peri"}}},
        {"id": "least", "kind": "minimum", "status": "memory", "parameters": {
            "alone_categories": [], "alone_max_places": 0,
            "alone_max_children": 0, "cat1_above_places": 99, "min_staff": 2,
            "applies": {"above_minutes": 60}}}]}
PACK_TEXT = (
    '{"schema":"ctgsched/rules/1","id":"p","title":"","title_fr":"","law":"",'
    '"rules":[{"id":"boss","kind":"director","article":"","title":"",'
    '"title_fr":"","status":"memory","parameters":{"max_minors":50}},'
    '{"id":"least","kind":"minimum","article":"","title":"","title_fr":"",'
    '"status":"memory","parameters":{"applies":{"above_minutes":60},'
    '"min_staff":2,"cat1_above_places":99,"alone_max_children":0,'
    '"alone_max_places":0,"alone_categories":[]}},'
    '{"id":"peri","kind":"ratio","article":"","title":"","title_fr":"",'
    '"status":"memory","parameters":{"applies":{"setting":"peri",'
    '"pedt":false,"up_to_minutes":300},'
    '"classes":[{"id":"any","per":10}],"rounding":"ceil_each"}},'
    '{"id":"who","kind":"quota","article":"","title":"","title_fr":"",'
    '"status":"memory","parameters":{"qualified_min_pct":50,'
    '"unqualified_max_pct":20,"small_from":3,"small_to":4,'
    '"small_unqualified":1}}]}')
RICH = {
    "schema": "ctgsched/problem/1", "id": "rich",
    "horizon": {"first": MON, "last": MON, "weekdays": ["mon"], "periods": [
        {"last": MON, "id": "y", "first": MON},
        {"first": TUE, "last": WED, "id": "x"}]},
    "rules": [PACK], "parameters": {"now": "2026-09-01"},
    "structures": [
        {"id": "s", "kind": "acm", "packs": ["p"], "places": 9,
         "ratio": {"scope": "room"}, "schools": ["zola", "hugo"],
         "sessions": [
             {"kind": "soir", "id": "soir", "companions": ["midi", "club"],
              "when": [{"in": "y", "begin": "16:00", "end": "18:00"}],
              "regime": "peri", "rounding": "ceil_each", "places": 5,
              "min_children": 2, "booking": {
                  "closes": {"working": True, "days": 2},
                  "opens": {"at": "09:00", "days": 30}}},
             {"id": "midi", "kind": "midi", "booking": {},
              "when": [{"begin": "12:00", "end": "13:00"}]},
             {"id": "club", "kind": "clas", "regime": None, "pedt": True,
              "when": [{"dates": [MON], "in": "holidays", "begin": "13:00",
                        "end": "14:00"}]}],
         "reserve": [
             {"places": 2, "begin": "12:00", "end": "13:00",
              "release": {"days": 3}},
             {"places": 1, "begin": "16:00", "end": "18:00"}],
         "staff": [{"category": "director", "count": 1, "begin": "12:00",
                    "end": "18:00"}]},
        {"id": "t", "kind": "acm", "packs": [], "places": 1, "sessions": [],
         "hours": [{"begin": "12:00", "end": "13:00"}]}],
    "children": [{"id": "c", "birth": "2020-01-01", "school": "zola",
                  "walk_from": "2021-01-01"}],
    "requests": [
        {"id": "r", "child": "c", "chain": True, "options": [
            {"id": "o", "structure": "s", "when": [
                {"session": "midi", "in": "holidays"},
                {"structure": "t", "begin": "11:00", "end": "12:00"}]}],
         "held": {"structure": "s", "when": [
             {"session": "soir", "dates": [MON], "structure": "s"}]}},
        {"id": "q", "child": "c", "chain": False, "options": []}]}
SPAN = '"first":"2026-09-07","last":"2026-09-07"'
DAY = '"days":["mon"],' + SPAN
REST = ('"exceptions":[],"closures":[],"modulation":[],"reductions":[],'
        '"over_capacity":false,"sections":[],"shared":[],"merges":[],')
NO_FLOOR = ('"mandatory":false,"insertion":false,'
            '"floor":{"min_days":0,"min_minutes":0}')
RICH_TEXT = (
    '{"schema":"ctgsched/problem/1","id":"rich","time_zone":"Europe/Paris",'
    '"horizon":{' + SPAN + ',"weekdays":["mon"],"except":[],'
    '"week_a":"2026-09-07","periods":['
    '{"id":"y","first":"2026-09-07","last":"2026-09-07"},'
    '{"id":"x","first":"2026-09-08","last":"2026-09-09"}]},'
    '"rules":[' + PACK_TEXT + '],'
    '"parameters":{"walk_proxy_months":15,"seed":"0",'
    '"now":"2026-09-01T00:00"},'
    '"structures":[{"id":"s","kind":"acm","packs":["p"],'
    '"manager":"commune","places":9,"units":[9],"sessions":['
    '{"id":"club","kind":"clas","when":[{"dates":["2026-09-07"],' + SPAN
    + ',"in":"holidays","begin":"13:00","end":"14:00"}],"pedt":true,'
    '"regime":null,"places":9,"min_children":0,"companions":[]},'
    '{"id":"midi","kind":"midi","when":[{' + DAY
    + ',"begin":"12:00","end":"13:00"}],"pedt":false,"places":9,'
    '"min_children":0,"companions":[],"booking":{}},'
    '{"id":"soir","kind":"soir","when":[{' + DAY
    + ',"in":"y","begin":"16:00","end":"18:00"}],"pedt":false,'
    '"regime":"peri","rounding":"ceil_each","places":5,"min_children":2,'
    '"companions":["club","midi"],"booking":{'
    '"opens":{"days":30,"at":"09:00","working":false},'
    '"closes":{"days":2,"at":"00:00","working":true}}}],' + REST
    + '"ratio":{"scope":"room"},"staff":[{' + DAY
    + ',"begin":"12:00","end":"18:00","category":"director","count":1,'
    '"skills":[]}],"outings":[],"offers":[],"floors":{},'
    '"schools":["hugo","zola"],"reserve":[{' + DAY
    + ',"begin":"12:00","end":"13:00","places":2,'
    '"release":{"days":3,"at":"00:00","working":false}},{' + DAY
    + ',"begin":"16:00","end":"18:00","places":1}]},'
    '{"id":"t","kind":"acm","packs":[],"manager":"commune","places":1,'
    '"units":[1],"hours":[{' + DAY + ',"begin":"12:00","end":"13:00"}],'
    '"sessions":[],' + REST + '"ratio":null,"staff":[],"outings":[],'
    '"offers":[],"floors":{}}],'
    '"needs":[],"resources":[],"derogations":[],"points_grids":[],'
    '"children":[{"id":"c","birth":"2020-01-01","walk_from":"2021-01-01",'
    '"school":"zola","needs":[],"place_weight":1000,"ratio_weight":1000}],'
    '"requests":[{"id":"q","child":"c","kind":"regular",' + SPAN
    + ',"submitted":"2026-09-07T00:00","points":0,"options":[],' + NO_FLOOR
    + '},{"id":"r","child":"c","kind":"regular",' + SPAN
    + ',"submitted":"2026-09-07T00:00","points":0,"options":[{"id":"o",'
    '"structure":"s","rank":1,"satisfaction":1000,"distance":0,"when":[{'
    + DAY + ',"in":"holidays","session":"midi"},{' + DAY
    + ',"begin":"11:00","end":"12:00","structure":"t"}],"uses":[]}],'
    '"held":{"structure":"s","when":[{"dates":["2026-09-07"],' + SPAN
    + ',"session":"soir","structure":"s"}],"rank":2,"satisfaction":900,'
    '"distance":0,"uses":[]},' + NO_FLOOR + ',"chain":true}],'
    '"siblings":[],"pins":[],"policy":"most_points",'
    '"goals":{"mode":"lexicographic","order":["shortage","points",'
    '"requests","hours","satisfaction","tie"]},'
    '"prices":{"place_minute":10,"person_minute":10,"week_minute":1,'
    '"mix_minute":1,"request":1000000,"guaranteed":100000}}')


class Form(unittest.TestCase):
    maxDiff = None

    def test_every_new_member(self):
        self.assertEqual(canonical.canonical(RICH, read(RICH)), RICH_TEXT)

    def test_defaults_of_a_centre(self):
        # Packs and ratio that nobody wrote, as written out.
        bare_centre = {"id": "s", "kind": "acm", "places": 1, "sessions": []}
        full = {**bare_centre, "packs": ["fr-acm"], "ratio": None}
        law = {"rules": [{**PACK, "id": "fr-acm"}]}
        digests = {read(problem([s], [], **law)).digest
                   for s in (bare_centre, full)}
        self.assertEqual(len(digests), 1)


if __name__ == "__main__":
    unittest.main()
