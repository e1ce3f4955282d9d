# SPDX-License-Identifier: GPL-3.0-or-later
"""Duties (format.md 3.9 to 3.12 and 5.5) before both judges, in tiny problems
where one rule alone decides; values found by hand, the working is in the
comments. Then problems and duties that are drawn."""
import datetime
import json
import os
import unittest

import draw
import draw_people
import judge as second
from canonical import digest
from problem import Problem
from test_agree import Agree as Judges
from test_both import Both
from tiny import (GUARANTEED, MINIMUM, MON, SHARE, SIX, TUE, WED, ask,
                  everyone, held, kids, option, pack, place, plan, problem,
                  rule, under)
from values import Fault

THU, FRI, SAT = "2026-09-10", "2026-09-11", "2026-09-12"
SUN, NEXT_MON = "2026-09-13", "2026-09-14"
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
PLAIN = {"first": MON, "last": NEXT_MON, "weekdays": EVERY_DAY}
N_DRAWN = int(os.environ.get("CTG_AGREE_PEOPLE", "150"))


def shift(name="w", begin="08:00", end="12:00", **more):
    its = {"id": name, "structure": "s",
           "segments": [{"begin": begin, "end": end}], **more}
    return its


def parts(*spans, **more):
    return shift(segments=[{"begin": b, "end": e} for b, e in spans], **more)


def worker(**more):
    return {"id": "e", **more}


def under_labour(**limits):
    return {"preset": "l"}, {"rules": [pack(rule("labour", limits, "l"),
                                            pack_id="work")]}


def crew(shifts, e=None, requests=(), structures=None, **more):
    """A problem of these shifts and one employee, every day of a week."""
    more.setdefault("horizon", PLAIN)
    return problem(structures or [place()], list(requests), shifts=shifts,
                   employees=[e or worker()], **more)


def duties(*dates, shift="w", pieces=(), e="e"):
    return [{"employee": e, "date": day, "shift": shift,
             "pieces": list(pieces)} for day in dates]


def past(*dates, begin="08:00", end="12:00", **more):
    return [{"date": day, "begin": begin, "end": end, **more}
            for day in dates]


def dates(first, n):
    """n dates in a row."""
    day = datetime.date.fromisoformat(first)
    return [(day + datetime.timedelta(days=i)).isoformat() for i in range(n)]


class Labour(Both):
    def told(self, its_problem, *worked, **more):
        """What both say is broken: (rule, date or week, size)."""
        found = self.judge(its_problem, plan(
            duties=[one for some in worked for one in some], **more))
        for one in found["breaches"]:
            self.assertEqual(one.get("employee"), "e")
        return [(b["rule"], *(b[n] for n in ("date", "week") if n in b),
                 b["size"]) for b in found["breaches"]]

    def kept(self, *judged, **more):
        self.assertEqual(self.told(*judged, **more), [])

    def broken(self, expected, *judged, **more):
        self.assertEqual(self.told(*judged, **more), [expected])

    def limited(self, its_shift, good, bad, **limit):
        """One duty on Monday, under a limit that it keeps and one that it
        does not; the rest of `limit` is as it is."""
        (name, its), = [(k, v) for k, v in limit.items() if v is None]
        for value, expected in ((good, []), (bad, [("duty", MON, 0)])):
            e, law = under_labour(**{**limit, name: value})
            self.assertEqual(self.told(crew([its_shift], worker(**e), **law),
                                       duties(MON)), expected, (name, its))


class OneDuty(Labour):
    """The rule `duty`, each of its sentences alone."""

    def test_date(self):
        p = crew([shift(when=[{"days": ["tue"]}])])
        self.broken(("duty", MON, 0), p, duties(MON))
        self.kept(p, duties(TUE))

    def test_structure(self):
        # The second segment is elsewhere; the first structure is not enough.
        its = parts(("08:00", "09:00"), ("09:00", "10:00"))
        its["segments"][1]["structure"] = "t"
        for where, expected in ((["s"], [("duty", MON, 0)]), (["s", "t"], [])):
            p = crew([its], worker(structures=where),
                     structures=[place(), place("t")])
            self.assertEqual(self.told(p, duties(MON)), expected)

    def test_available(self):
        # Two windows that meet are one: 07:00-10:00 and 10:00-13:00.
        two = [{"begin": "07:00", "end": "10:00"},
               {"begin": "10:00", "end": "13:00"}]
        self.kept(crew([shift()], worker(available=two)), duties(MON))
        two[1]["begin"] = "10:01"
        self.broken(("duty", MON, 0),
                    crew([shift()], worker(available=two)), duties(MON))
        # Cuts are inside the duty, too; no window at all is never.
        its = parts(("08:00", "10:00"), ("11:00", "12:00"))
        for when in (two, []):
            self.broken(("duty", MON, 0),
                        crew([its], worker(available=when)), duties(MON))

    def test_absent(self):
        for begin, expected in (("12:00", []), ("11:59", [("duty", MON, 0)])):
            e = worker(absent=[{"dates": [MON], "begin": begin,
                                "end": "13:00"}])
            self.assertEqual(self.told(crew([shift()], e), duties(MON)),
                             expected)
        # Inside a cut it is touched all the same: from begin to end.
        e = worker(absent=[{"begin": "10:15", "end": "10:30"}])
        its = parts(("08:00", "10:00"), ("11:00", "12:00"))
        self.broken(("duty", MON, 0), crew([its], e), duties(MON))

    def test_max_day(self):
        # 240 minutes less a break of 30; paid it is work.
        its = shift(pieces=[{"minutes": 30, "earliest": "10:00",
                             "latest": "10:30"}])
        for paid, minutes in ((False, 210), (True, 240)):
            its["pieces"][0]["paid"] = paid
            for most, expected in ((minutes, []),
                                   (minutes - 1, [("duty", MON, 0)])):
                e, law = under_labour(max_day=most)
                p = crew([its], worker(**e), **law)
                self.assertEqual(self.told(p, duties(MON, pieces=["10:00"])),
                                 expected)
        self.limited(shift(minutes=300), 300, 299, max_day=None)

    def test_max_amplitude(self):
        self.limited(parts(("08:00", "09:00"), ("11:00", "12:00")), 240, 239,
                     max_amplitude=None)

    def test_cuts(self):
        # Three periods, of which two meet: cuts of 60 and 30 minutes.
        its = parts(("08:00", "09:00"), ("09:00", "10:00"),
                    ("11:00", "12:00"), ("12:30", "13:00"))
        self.limited(its, 3, 2, max_periods=None)
        self.limited(its, 60, 59, max_cut=None)
        self.limited(its, 90, 89, max_cuts=None)

    def test_break_after(self):
        # 08:00-12:00: less than the limit, not as much.
        self.limited(shift(), 241, 240, break_after=None)
        # A meeting is no break, two segments that meet are one stretch, a cut
        # ends it: 150 and 90 minutes.
        self.limited(parts(("08:00", "10:00"), ("10:00", "12:00")), 241, 240,
                     break_after=None)
        self.limited(parts(("08:00", "10:30"), ("11:00", "12:30")), 151, 150,
                     break_after=None)

    def test_break_minutes(self):
        # 08:00-10:00, a break of 20 minutes, 10:20-12:00: 120 and 100.
        its = shift(pieces=[{"minutes": 20, "earliest": "10:00",
                             "latest": "10:20"}])
        e, law = under_labour(break_after=121, break_minutes=20)
        p = crew([its], worker(**e), **law)
        self.kept(p, duties(MON, pieces=["10:00"]))
        law["rules"][0]["rules"][0]["parameters"]["break_minutes"] = 21
        self.broken(("duty", MON, 0), p, duties(MON, pieces=["10:00"]))
        # Not given it is 0: any break will do, but a piece of work will not.
        del law["rules"][0]["rules"][0]["parameters"]["break_minutes"]
        self.kept(p, duties(MON, pieces=["10:00"]))
        its["pieces"][0]["activity"] = "meeting"
        self.broken(("duty", MON, 0), p, duties(MON, pieces=["10:00"]))

    def test_ways(self):
        its = shift(pieces=[
            {"minutes": 30, "earliest": "10:00", "latest": "11:00"},
            {"minutes": 30, "earliest": "10:00", "latest": "11:00"}])
        ways = Problem(crew([its]), {}).shifts["w"].ways
        # 10:00, 10:15 and 10:30 for each; apart are the first and the last.
        self.assertEqual(ways, [(600, 630), (630, 600)])


class Days(Labour):
    def test_pin(self):
        e = worker(pins=[{"date": MON, "shift": "w"},
                         {"date": TUE, "off": True}])
        p = crew([shift(), shift("x")], e)
        self.kept(p, duties(MON))
        self.broken(("pin", MON, 0), p)
        self.broken(("pin", MON, 0), p, duties(MON, shift="x"))
        self.broken(("pin", TUE, 0), p, duties(MON, TUE))

    def test_rest(self):
        # 12:00 to 08:00 are 1200 minutes.
        for least, size in ((1200, 0), (1210, 10)):
            e, law = under_labour(min_daily_rest=least)
            p = crew([shift()], worker(**e), **law)
            self.assertEqual(self.told(p, duties(MON, TUE)),
                             [("rest", TUE, size)] if size else [])
            self.kept(p, duties(MON, WED))
            # The history counts.
            e["history"] = past("2026-09-06")
            p = crew([shift()], worker(**e), **law)
            self.assertEqual(self.told(p, duties(MON)),
                             [("rest", MON, size)] if size else [])

    def test_rest_when_the_clocks_change(self):
        # Night of 23 hours before 2027-03-28, of 25 before 2026-10-25.
        for first, last, minutes in (("2027-03-27", "2027-03-28", 1140),
                                     ("2026-10-24", "2026-10-25", 1260)):
            for least in (minutes, minutes + 1):
                e, law = under_labour(min_daily_rest=least)
                p = crew([shift()], worker(**e), **law, horizon={
                    "first": first, "last": last, "weekdays": EVERY_DAY})
                self.assertEqual(
                    self.told(p, duties(first, last)),
                    [("rest", last, 1)] if least > minutes else [])

    def test_then_not(self):
        p = crew([shift(then_not=["x"]), shift("x")])
        self.broken(("then_not", TUE, 0), p, duties(MON),
                    duties(TUE, shift="x"))
        self.kept(p, duties(MON), duties(WED, shift="x"))
        self.kept(p, duties(TUE), duties(MON, shift="x"))

    def test_in_row(self):
        # Thursday to Monday are five; from the Sunday before, history, three.
        p = crew([shift()], worker(limits={"days_in_row": 3}))
        self.broken(("in_row", THU, 2), p,
                    duties(THU, FRI, SAT, SUN, NEXT_MON))
        self.kept(p, duties(MON, TUE, WED, FRI))
        for known, size in ((["2026-09-06"], 0),
                            (["2026-09-06", "2026-09-05"], 1)):
            p = crew([shift()], worker(limits={"days_in_row": 3},
                                       history=past(*known)))
            self.assertEqual(
                self.told(p, duties(MON, TUE)),
                [("in_row", known[-1], size)] if size else [])
            # A row that ends in the history is past mending.
            self.kept(p, duties(TUE))

    def test_least_in_row(self):
        p = crew([shift()], worker(limits={"least_in_row": 3}))
        self.broken(("least_in_row", WED, 1), p, duties(WED, THU))
        # It touches the first day, or the last.
        self.kept(p, duties(MON))
        self.kept(p, duties(SUN, NEXT_MON))
        self.kept(p, duties(WED, THU, FRI))

    def test_least_off(self):
        p = crew([shift()], worker(limits={"least_off": 2}))
        self.broken(("least_off", TUE, 1), p, duties(MON, WED))
        self.kept(p, duties(MON, TUE, FRI))
        # Saturday is history, Sunday is free.
        p = crew([shift()], worker(limits={"least_off": 2},
                                   history=past("2026-09-05")))
        self.broken(("least_off", "2026-09-06", 1), p, duties(MON))
        self.kept(p, duties(TUE))

    def test_shift_most(self):
        # Two beyond of w and one of x, told once.
        e = worker(shift_most=[{"shift": "w", "most": 1},
                               {"shift": "x", "most": 0}])
        p = crew([shift(), shift("x")], e)
        self.broken(("shift_most", 3), p, duties(MON, TUE, WED),
                    duties(THU, shift="x"))
        self.kept(p, duties(MON))

    def test_limits_without_a_preset(self):
        self.kept(crew([shift(minutes=1440)]), duties(*dates(MON, 8)))


class Weeks(Labour):
    def test_weekly_rest(self):
        # From Saturday 12:00 to Monday 08:00 are 44 hours, 2640 minutes; in
        # the second week Tuesday begins a rest without an end.
        for least, expected in ((2640, []), (2641, [
                ("weekly_rest", "2026-W37", 0)])):
            e, law = under_labour(min_weekly_rest=least)
            p = crew([shift()], worker(**e), **law)
            self.assertEqual(self.told(p, duties(*dates(MON, 6), NEXT_MON)),
                             expected)
        # Nothing before: Monday begins one.
        self.kept(p, duties(*dates(TUE, 7)))

    def test_rest_days(self):
        e, law = under_labour(min_weekly_rest=0, rest_days=2)
        p = crew([shift()], worker(**e), **law)
        self.kept(p, duties(*dates(MON, 5), NEXT_MON))
        # The Sunday and the Monday after it: the second is of another week.
        self.kept(p, duties(*dates(MON, 6)))
        self.broken(("weekly_rest", "2026-W37", 0), p,
                    duties(*dates(MON, 6), NEXT_MON))

    def test_week_minutes(self):
        # 5 x 240 = 1200; the smaller of the two limits.
        for own, size in ((1200, 0), (1190, 10), (1300, 0)):
            e, law = under_labour(max_week=1210)
            p = crew([shift()], worker(**e, contract={"week_most": own}),
                     **law)
            self.assertEqual(
                self.told(p, duties(*dates(MON, 5))),
                [("week_minutes", "2026-W37", size)] if size else [])

    def test_week_minutes_with_history(self):
        # From Wednesday on; Monday and Tuesday are history of 100 each.
        e = worker(contract={"week_most": 430}, history=past(
            MON, TUE, minutes=100))
        p = crew([shift()], e, horizon={"first": WED, "last": FRI})
        self.broken(("week_minutes", "2026-W37", 10), p, duties(WED))
        self.kept(crew([shift(minutes=230)], e, horizon={
            "first": WED, "last": FRI}), duties(WED))

    def test_mean_week(self):
        # 500 in the week before, 480 now: 980 in two; 2 x 490 are 980.
        for most, size in ((490, 0), (489, 2)):
            e, law = under_labour(max_mean_week=most, mean_weeks=2)
            e["history"] = past("2026-08-31", "2026-09-01", minutes=250)
            p = crew([shift()], worker(**e), **law)
            self.assertEqual(
                self.told(p, duties(MON, TUE)),
                [("mean_week", "2026-W37", size)] if size else [])
            # Alone, the second week has 240 and the 480 before it: fine.
            self.kept(p, duties(TUE, NEXT_MON))

    def test_contract(self):
        for its, size in (({"least": 480, "most": 480}, 0),
                          ({"least": 500}, 20), ({"most": 450}, 30)):
            p = crew([shift()], worker(
                contract=its, history=past("2026-09-04")))
            self.assertEqual(self.told(p, duties(MON, TUE)),
                             [("contract", size)] if size else [])

    def test_weekends(self):
        p = crew([shift()], worker(limits={"weekends": 1},
                                   history=past("2026-09-05")),
                 horizon={**PLAIN, "last": "2026-09-27"})
        self.kept(p, duties(SAT, SUN))
        self.broken(("weekends", 2), p,
                    duties(SAT, "2026-09-20", "2026-09-26"))


class Present(Labour):
    """Who is on duty with the children counts among the staff."""

    def rows(self, its_problem, its_plan):
        return [(b["rule"], b.get("begin"), b.get("end"), b["size"])
                for b in self.judge(its_problem, its_plan)["breaches"]]

    def served(self, shifts, rules=(SIX,), e=None, children=None, **more):
        """Two children from 09:00 to 10:00 on Monday."""
        s, law = under(*rules, regime="eaje.6" if SIX in rules else None)
        requests = kids("a", 2)
        p = crew(shifts, e or worker(qualifications=[{"category": "cat1"}]),
                 requests, [s], children=children, **law, **more)
        return lambda *d: self.rows(p, everyone(
            requests, duties=[one for some in d for one in some]))

    def test_ratio(self):
        rows = self.served([shift(), shift("x", end="09:30")])
        self.assertEqual(rows(), [("ratio", "09:00", "10:00", 1)])
        self.assertEqual(rows(duties(MON)), [])
        self.assertEqual(rows(duties(MON, shift="x")),
                         [("ratio", "09:30", "10:00", 1)])

    def test_pieces_are_without_children(self):
        its = shift(pieces=[{"minutes": 15, "earliest": "09:00",
                             "latest": "10:00", "activity": "meeting"}])
        self.assertEqual(self.served([its])(duties(MON, pieces=["09:30"])),
                         [("ratio", "09:30", "09:45", 1)])

    def test_other_work_is_without_children(self):
        its = parts(("08:00", "09:10"), ("09:10", "12:00"))
        its["segments"][0]["activity"] = "preparation"
        self.assertEqual(self.served([its])(duties(MON)),
                         [("ratio", "09:00", "09:10", 1)])

    def test_qualification_of_the_date(self):
        # On Monday the first is not valid yet; `other` counts nowhere.
        its = worker(qualifications=[
            {"category": "cat1", "valid_from": TUE},
            {"category": "other", "valid_from": MON}])
        self.assertEqual(self.served([shift()], e=its)(duties(MON)),
                         [("ratio", "09:00", "10:00", 1)])
        its["qualifications"][1]["category"] = "cat2"
        self.assertEqual(self.served([shift()], e=its)(duties(MON)), [])
        self.assertEqual(self.served([shift()], e=worker())(duties(MON)),
                         [("ratio", "09:00", "10:00", 1)])

    def test_minimum(self):
        # 20 places: nobody may be alone with two children.
        self.assertEqual(self.served([shift()], [MINIMUM])(duties(MON)),
                         [("minimum", "09:00", "10:00", 1)])

    def test_mix(self):
        # 60 minutes required, 40 % of them of cat1; there are 60 or none.
        for category, size in (("cat1", 0), ("cat2", 24)):
            its = worker(qualifications=[{"category": category}])
            rows = self.served([shift()], [SIX, SHARE], e=its)(duties(MON))
            self.assertEqual(rows, [("mix", None, None, size)] * bool(size))

    def test_skill(self):
        # The skill is there while the shift is; `other` has it, too.
        more = {"needs": [{"id": "n", "skill": "k", "equipped": False}],
                "children": {"c.a1": {"needs": ["n"]}}}
        for its, expected in (
                ([{"skill": "k"}], []),
                ([{"skill": "k", "valid_to": "2026-09-06"}],
                 [("skill", "09:00", "10:00", 1)])):
            rows = self.served([shift()], (), worker(skills=its), **more)
            self.assertEqual(rows(duties(MON)), expected)
        self.assertEqual(rows(), [("skill", "09:00", "10:00", 1)])

    def test_a_shortage_with_duties(self):
        # Held, so that it is short and no breach until the duty ends.
        s, law = under(SIX, regime="eaje.6")
        a = ask("a", held=held())
        p = crew([shift(end="09:20")], worker(
            qualifications=[{"category": "cat2"}]), [a], [s], **law)
        found = self.judge(p, plan(("a", "held"), duties=duties(MON)))
        self.assertEqual([(one["kind"], one["begin"]) for one in
                          found["shortages"]], [("ratio", "09:20")])


class Welcome(Labour):
    """Options that a skill rules out (4.3), as the guaranteed places show."""

    def test_a_skill_to_come(self):
        # Nobody with it is on duty; whoever may work there would do.
        s, law = under(GUARANTEED)
        a = ask("a", option(), insertion=True)
        its = {"needs": [{"id": "n", "skill": "k", "equipped": False}],
               "children": {"c.a": {"needs": ["n"]}}, **law}
        for more, missing in (
                ({}, 1), ({"absent": [{}]}, 1), ({"structures": ["t"]}, 0),
                ({"skills": [{"skill": "k", "valid_from": TUE}]}, 0)):
            e = worker(**{"skills": [{"skill": "k"}], **more})
            p = crew([shift()], e, [a], [s, place("t")], **its)
            found = self.judge(p, plan())["shortages"]
            self.assertEqual(len(found), missing)


class Clocks(Labour):
    def rest(self, first, last, least):
        """Two nights from 02:30 to 06:00 with a change of the clocks before
        the second: what both say of a rest of so many minutes."""
        e, law = under_labour(min_daily_rest=least)
        p = crew([shift(begin="02:30", end="06:00")], worker(**e), **law,
                 horizon={"first": first, "last": last,
                          "weekdays": EVERY_DAY})
        return self.told(p, duties(first, last))

    def test_the_first_of_two_hours(self):
        # From 06:00 to midnight 18 h, then 2 h 30 to the first 02:30.
        sat, sun = "2026-10-24", "2026-10-25"
        self.assertEqual(self.rest(sat, sun, 1230), [])
        self.assertEqual(self.rest(sat, sun, 1231), [("rest", sun, 1)])

    def test_the_end_of_the_hour_left_out(self):
        # 18 h, then the clock jumps at 2 h, and 02:30 is over.
        sat, sun = "2027-03-27", "2027-03-28"
        self.assertEqual(self.rest(sat, sun, 1200), [])
        self.assertEqual(self.rest(sat, sun, 1201), [("rest", sun, 1)])

    def test_rest_days_alone_are_a_limit(self):
        # Seven days of the first week worked; the second week has the Monday.
        e, law = under_labour(rest_days=2)
        self.broken(("weekly_rest", "2026-W37", 0),
                    crew([shift()], worker(**e), **law),
                    duties(*dates(MON, 7)))


class FirstDay(Labour):
    """The horizon begins on a Sunday, its first day is the Monday."""
    HORIZON = {"first": "2026-09-06", "last": FRI}

    def test_guaranteed(self):
        s, law = under({**GUARANTEED, "valid_from": MON})
        p = problem([s], [ask("a", option(), insertion=True)], **law)
        found = self.judge({**p, "horizon": self.HORIZON}, plan())
        self.assertEqual(len(found["shortages"]), 1)

    def test_preset(self):
        law = {"rules": [pack(rule("labour", {"max_day": 1}, "l",
                                   valid_from=MON), pack_id="work")]}
        p = crew([shift()], worker(preset="l"), horizon=self.HORIZON, **law)
        self.broken(("duty", MON, 0), p, duties(MON))


class Goals(Labour):
    def test_cover(self):
        # Wanted 2 on Monday and Tuesday, 0 on Wednesday. One on each:
        # 3 + 3 missing, 5 extra.
        its = [{"shift": "w", "dates": [MON, TUE], "wanted": 2, "missing": 3,
                "extra": 7},
               {"shift": "w", "dates": [WED], "wanted": 0, "missing": 9,
                "extra": 5}]
        p = crew([shift()], cover=its)
        for worked, value in (((MON, TUE, WED), 11), ((), 12), ((WED,), 17)):
            self.assertEqual(self.value("cover", p, plan(
                duties=duties(*worked))), value)

    def test_wishes(self):
        e = worker(wishes=[
            {"date": MON, "weight": 1}, {"date": TUE, "weight": 10,
                                         "wanted": False},
            {"date": MON, "weight": 100, "shift": "x"},
            {"date": TUE, "weight": 1000, "shift": "x", "wanted": False}])
        p = crew([shift(), shift("x")], e)
        for worked, value in (
                ([], 101), (duties(MON), 100), (duties(MON, shift="x"), 0),
                (duties(TUE), 111), (duties(TUE, shift="x"), 1111)):
            self.assertEqual(self.value("wishes", p, plan(duties=worked)),
                             value)

    def test_overtime(self):
        # 300 of history in the week. Beyond 250: all of it is over already,
        # 240 more; beyond 400: 300 + 240 - 400 = 140.
        for usual, value in ((250, 240), (400, 140), (600, 0)):
            e = worker(contract={"week_minutes": usual},
                       history=past(MON, minutes=300))
            p = crew([shift()], e, horizon={"first": TUE, "last": FRI})
            self.assertEqual(self.value("overtime", p, plan(
                duties=duties(TUE))), value)

    def test_staff_minutes(self):
        p = crew([shift(), shift("x", minutes=17)])
        self.assertEqual(self.value("staff_minutes", p, plan(
            duties=duties(MON, TUE) + duties(WED, shift="x"))), 497)


    def test_cost(self):
        # 240 minutes at 1501 cents an hour are 6004, 17 are 425.28: 426; each
        # duty is called for 50: 6054 and 476. Monday's history leaves 100 of
        # 400 minutes in the week: 240 - 100 = 140 on top, at 100 an hour
        # 233.33: 234. With both duties 157: 261.67, 262.
        e = worker(cost={"hour": 1501, "overtime": 100, "call": 50},
                   contract={"week_minutes": 400},
                   history=past(MON, minutes=300))
        p = crew([shift(), shift("x", minutes=17)], e,
                 horizon={"first": TUE, "last": FRI})
        for worked, value in (
                ([], 0), (duties(TUE), 6054 + 234),
                (duties(WED, shift="x"), 476),
                (duties(TUE) + duties(WED, shift="x"), 6054 + 476 + 262)):
            self.assertEqual(self.value("cost", p, plan(duties=worked)), value)

    def test_cost_without_contract_has_no_overtime(self):
        p = crew([shift()], worker(cost={"overtime": 60000}))
        self.assertEqual(self.value("cost", p, plan(duties=duties(MON))), 0)

    def test_cost_of_a_duty_without_minutes_is_the_call(self):
        p = crew([shift(minutes=0)], worker(cost={"hour": 100, "call": 7}))
        self.assertEqual(self.value("cost", p, plan(duties=duties(MON))), 7)


def opened(*spans, **more):
    return place(hours=[{"begin": b, "end": e} for b, e in spans], **more)


class Shared(Labour):
    """The goal fairness. Monday to Friday; alone, an employee carries all, so
    what one has too much of shows with another beside: halves of 500, and
    each burden of e alone is 500 away for each of the two."""

    def unfair(self, shifts, worked, us=None, structures=None, **more):
        us = us or [worker(share=1), {"id": "f", "share": 1}]
        p = problem(structures or [opened(("08:00", "18:00"))], [],
                    shifts=shifts, employees=us, **more)
        p["horizon"] = {"first": MON, "last": FRI}
        return self.value("fairness", p, plan(duties=worked))

    def test_opening(self):
        # Open from 08:00: begun at 08:00 or before, and at work then.
        for begin, end, value in (
                ("08:00", "12:00", 1000), ("07:00", "12:00", 1000),
                ("08:01", "12:00", 0), ("07:00", "08:00", 0),
                ("07:00", "08:01", 1000)):
            self.assertEqual(self.unfair([shift("w", begin, end)],
                                         duties(MON)), value, (begin, end))

    def test_closing(self):
        for begin, end, value in (
                ("14:00", "18:00", 1000), ("14:00", "19:00", 1000),
                ("14:00", "17:59", 0), ("18:00", "19:00", 0),
                ("17:59", "19:00", 1000)):
            self.assertEqual(self.unfair([shift("w", begin, end)],
                                         duties(MON)), value, (begin, end))

    def test_wednesday(self):
        its = [shift("w", "10:00", "12:00")]
        self.assertEqual(self.unfair(its, duties(TUE)), 0)
        self.assertEqual(self.unfair(its, duties(WED)), 1000)

    def test_one_duty_carries_all_three(self):
        its = [shift("w", "08:00", "18:00")]
        self.assertEqual(self.unfair(its, duties(WED)), 3000)

    def test_opening_is_the_first_of_several(self):
        # Open from 07:30 to 08:30 and from 16:30 to 18:30.
        its = opened(("07:30", "08:30"), ("16:30", "18:30"))
        for spans, value in (
                ([("07:30", "08:30")], 1000), ([("08:00", "08:30")], 0),
                ([("16:30", "18:30")], 1000), ([("16:30", "18:00")], 0),
                ([("07:30", "08:30"), ("16:30", "18:30")], 2000)):
            self.assertEqual(self.unfair([parts(*spans)], duties(MON),
                                         structures=[its]), value, spans)

    def test_exceptions_and_closures(self):
        # On Tuesday it opens at 10:00, on Thursday never; on Friday the
        # morning is closed until 09:00.
        its = opened(("08:00", "18:00"), exceptions=[{
            "date": TUE, "hours": [{"begin": "10:00", "end": "12:00"}]}],
            closures=[{"dates": [THU]}, {"dates": [FRI], "begin": "00:00",
                                         "end": "09:00"}])
        for begin, end, day, value in (
                ("09:00", "11:00", TUE, 1000), ("09:00", "12:00", TUE, 2000),
                ("08:00", "18:00", THU, 0), ("09:00", "11:00", FRI, 1000),
                ("09:00", "11:00", MON, 0)):
            self.assertEqual(self.unfair([shift("w", begin, end)],
                                         duties(day), structures=[its]), value,
                             (begin, end, day))

    def test_structures_of_the_segments(self):
        # s from 08:00 to 12:00, t from 13:00 to 18:00: one duty opens and
        # closes both, which is one of each; the other way round it is where
        # nothing opens or closes.
        where = [opened(("08:00", "12:00")),
                 opened(("13:00", "18:00"), name="t")]
        for first, last, value in (("s", "t", 2000), ("t", "s", 0)):
            its = parts(("08:00", "12:00"), ("13:00", "18:00"))
            for one, name in zip(its["segments"], (first, last)):
                one["structure"] = name
            self.assertEqual(self.unfair([its], duties(MON),
                                         structures=where), value)

    def test_any_activity_and_any_segment(self):
        # Cleaning until the structure opens, then children: the second
        # segment opens it; a break in its first minutes changes nothing.
        its = parts(("07:00", "08:00"), ("08:00", "12:00"), pieces=[
            {"minutes": 15, "earliest": "08:00", "latest": "08:15"}])
        its["segments"][0]["activity"] = "cleaning"
        self.assertEqual(self.unfair([its], duties(
            MON, pieces=["08:00"])), 1000)
        its["segments"][1]["activity"] = "meeting"
        self.assertEqual(self.unfair([its], duties(
            MON, pieces=["08:00"])), 1000)
        del its["segments"][1], its["pieces"]
        self.assertEqual(self.unfair([its], duties(MON)), 0)

    def test_shares(self):
        # Weights 2 and 1: 667 and 333. Of three openings of e and one of f,
        # four: |3000 - 2668| + |1000 - 1332| = 664. With all four of e:
        # |4000 - 2668| + |0 - 1332| = 2664.
        its = [shift("w", "08:00", "09:00")]
        us = [worker(share=2), {"id": "f", "share": 1}]
        days = [MON, TUE, THU, FRI]
        self.assertEqual(self.unfair(its, duties(*days[:3]) + duties(
            FRI, e="f"), us), 664)
        self.assertEqual(self.unfair(its, duties(*days), us), 2664)

    def test_equal_remainders_go_by_id(self):
        # 334 for e, 333 for f and g: with one opening each of three,
        # |1000 - 1002| + 2 |1000 - 999| = 4.
        its = [shift("w", "08:00", "09:00")]
        us = [{"id": name, "share": 5} for name in ("g", "f", "e")]
        worked = [one for name in "efg" for one in duties(MON, e=name)]
        self.assertEqual(self.unfair(its, worked, us), 4)

    def test_contract_is_the_share(self):
        # 1400 and 600 minutes: 700 and 300. One opening of e: 300 + 300.
        its = [shift("w", "08:00", "09:00")]
        us = [worker(contract={"week_minutes": 1400}),
              {"id": "f", "contract": {"week_minutes": 600}}]
        self.assertEqual(self.unfair(its, duties(MON), us), 600)

    def test_before_the_horizon(self):
        # f has opened twice and closed once: halves, 1000 + 1000 for the
        # openings and 500 + 500 for the closing. Two openings of e make the
        # first good; a duty of the history counts for nothing.
        its = [shift("w", "08:00", "09:00")]
        us = [worker(share=1, history=past("2026-09-04")),
              {"id": "f", "share": 1,
               "burdens": {"openings": 2, "closings": 1}}]
        self.assertEqual(self.unfair(its, [], us), 3000)
        self.assertEqual(self.unfair(its, duties(MON, TUE), us), 1000)

    def test_who_does_not_share(self):
        # g is not part of it, nor are the openings of g.
        its = [shift("w", "08:00", "09:00")]
        us = [worker(share=1), {"id": "f", "share": 1}, {
            "id": "g", "share": 0, "burdens": {"openings": 9},
            "contract": {"week_minutes": 2100}}]
        self.assertEqual(self.unfair(its, duties(MON, e="g"), us), 0)
        self.assertEqual(self.unfair(its, duties(MON), [worker()]), 0)
        self.assertEqual(self.unfair(its, duties(MON), [worker(share=3)]), 0)


class Form(unittest.TestCase):
    """The canonical form: what is filled in, and what is left out."""

    def test_defaults_do_not_matter(self):
        short = crew([shift(pieces=[{"minutes": 15, "earliest": "09:00",
                                     "latest": "10:00"}])],
                     worker(history=past("2026-09-04")))
        long = json.loads(json.dumps(short))
        its, e = long["shifts"][0], long["employees"][0]
        its["segments"][0].update(structure="s", activity="children")
        its["pieces"][0].update(step=15, activity="break", paid=False)
        its["then_not"] = []
        e.update(structures=["s"], absent=[], contract={}, limits={},
                 wishes=[], pins=[], shift_most=[], skills=[],
                 qualifications=[])
        e["history"][0]["minutes"] = 240
        self.assertEqual(*(digest(p, Problem(p, {})) for p in (short, long)))

    def test_what_is_absent_is_told_apart(self):
        bare = crew([shift()])
        found = {digest(p, Problem(p, {})) for p in (
            bare, {**bare, "cover": []},
            crew([shift(when=[{}])]), crew([shift(minutes=240)]),
            crew([shift()], worker(available=[{}])),
            crew([shift()], worker(contract={"least": 0})),
            crew([shift()], worker(share=0)),
            crew([shift()], worker(burdens={})),
            crew([shift()], worker(burdens={"openings": 0})),
            crew([shift()], worker(cost={})),
            crew([shift()], worker(cost={"call": 0})))}
        self.assertEqual(len(found), 11)

    def faulty(self, code, its_problem, **more):
        with self.assertRaises(Fault) as caught:
            second.judge(Problem(its_problem, {}), plan(**more))
        self.assertEqual(caught.exception.code, code)

    def test_faults(self):
        two = [{"minutes": 15, "earliest": "08:00", "latest": "12:00",
                "step": 1}] * 2
        self.faulty("E-SHIFT", crew([shift(pieces=two)]))
        self.faulty("E-SHIFT", crew([shift(pieces=[
            {"minutes": 15, "earliest": "12:00", "latest": "13:00"}])]))
        self.faulty("E-OVERLAP", crew([parts(("08:00", "10:00"),
                                             ("09:59", "11:00"))]))
        self.faulty("E-HISTORY", crew([shift()], worker(history=past(MON))))
        self.faulty("E-RANGE", crew([shift()], worker(wishes=[
            {"date": "2026-09-15", "weight": 1}])))
        self.faulty("E-VALUE", crew([shift()]),
                    duties=duties(MON, pieces=["09:00"]))
        self.faulty("E-DUPLICATE", crew([shift()]), duties=duties(MON, MON))
        self.faulty("E-RESERVED", crew([shift()], policy="by_points"))
        for more in ({"contract": {"week_minutes": 10081}},
                     {"contract": {"most": 576001}},
                     {"limits": {"days_in_row": 0}}, {"limits": {
                         "weekends": 61}}, {"share": 100001}, {"burdens": {"openings": -1}},
                     {"cost": {"hour": 1000001}}):
            self.faulty("E-RANGE", crew([shift()], worker(**more)))
        self.faulty("E-MEMBER", crew([shift()], worker(cost={"hours": 1})))
        e, law = under_labour(min_daily_rest=1201)
        self.faulty("E-HISTORY", crew([shift()], worker(
            **e, history=past("2026-09-03", "2026-09-04")), **law))
        law["rules"][0]["rules"][0]["valid_from"] = TUE
        self.faulty("E-EXPIRED", crew([shift()], worker(**e), **law))


class Drawn(Judges):
    """As Agree: both open the problem, and say the same of any duties."""
    test_drawn_problems = test_tiny_problems = None
    test_examples_and_cases = None

    def judge_all(self, make, n):
        """How often each rule was broken."""
        rules = {}
        for seed in range(n):
            with self.subTest(seed=seed):
                its = self.open(make(seed))
                for k in range(3 if its else 0):
                    rng = draw.Draw(f"{seed} {k}")
                    worked = draw_people.duties(rng, its, (0.2, 0.5, 0.8)[k])
                    _, verdict = self.compare(its, draw.as_plan(
                        draw.placements(rng, self.menus(its), 0.5),
                        duties=worked))
                    for one in verdict.breaches:
                        rules[one["rule"]] = rules.get(one["rule"], 0) + 1
        return rules

    def test_labour(self):
        rules = self.judge_all(draw_people.labour, N_DRAWN)
        for name in ("duty", "pin", "rest", "weekly_rest", "week_minutes",
                     "mean_week", "contract", "in_row", "least_in_row",
                     "least_off", "weekends", "then_not", "shift_most"):
            self.assertGreater(rules.get(name, 0), 0, name)

    def test_children_and_employees(self):
        rules = self.judge_all(draw_people.joint, N_DRAWN)
        for name in ("duty", "ratio", "minimum", "skill", "mix", "quota"):
            self.assertGreater(rules.get(name, 0), 0, name)


del Judges, Both

if __name__ == "__main__":
    unittest.main()
