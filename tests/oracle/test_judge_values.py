# SPDX-License-Identifier: GPL-3.0-or-later
"""Menus, goals, envy and what a plan declares, in tiny problems whose
values were found by hand: the working is in the comments."""
import contextlib
import hashlib
import io
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import judge as second  # noqa: E402
from tiny import (ask, Case, everyone, held, judged, kids, MON, option, place,
                  plan, problem, SIX, team, TUE, under)  # noqa: E402
from values import Fault  # noqa: E402

TICKET = "cc318"  # printf '0\nr1\nbleuets' | sha256sum | cut -c1-5


class Menus(Case):
    def _generated(self, flex, week=None, structures=("bleuets",)):
        week = week or [{"days": ["mon", "wed"], "begin": "09:00",
                         "end": "17:00"}]
        a = ask("a", menu={"week": week, "flex": flex, "structures": [
            {"structure": s} for s in structures]})
        p = second.Problem(problem([place(s) for s in structures], [a]), {})
        return [(o.id, o.satisfaction, o.rank)
                for o in p.requests["a"].options.values()]

    def test_ids_satisfactions_and_ranks(self):
        # Asked 2 x 480 = 960. A shift or cut of 30 loses 60: 62.5 -> 62. A day
        # loses 480: 500; with a shift of the other 510: 531.25 -> 531.
        found = self._generated({"shift": 30, "later": 30, "drop_days": 1})
        day = [("", 500, 3), ("@-30", 469, 4), ("@+30", 469, 4),
               ("|30,0", 469, 4)]
        self.assertEqual(found, [
            ("bleuets", 1000, 1), ("bleuets@-30", 938, 2),
            ("bleuets@+30", 938, 2), ("bleuets|30,0", 938, 2),
            *(("bleuets~mon" + t, s, r) for t, s, r in day),
            *(("bleuets~wed" + t, s, r) for t, s, r in day)])

    def test_order_of_shifts_and_cuts(self):
        found = self._generated({"shift": 60, "later": 30, "earlier": 60})
        self.assertEqual([name[7:] for name, _, _ in found], [
            "", "@-30", "@+30", "@-60", "@+60", "|0,30", "|0,60", "|30,0",
            "|30,30", "|30,60"])

    def test_earliest_and_latest(self):
        # Ends after 17:00 are left out; so is a begin before 08:45.
        found = self._generated({"shift": 30, "latest": "17:00",
                                 "earliest": "08:45"})
        self.assertEqual([name for name, _, _ in found], ["bleuets"])

    def test_second_structure(self):
        # 1000 - 100; two weekdays dropped of three, by size then number.
        week = [{"days": ["mon", "tue", "fri"], "begin": "09:00",
                 "end": "10:00"}]
        found = self._generated({"drop_days": 2}, week, ("a", "b"))
        # a lost day is 60 of 180: 333.33 -> 333; two: 666.67 -> 666
        self.assertEqual(found, [
            ("a", 1000, 1), ("a~mon", 667, 3), ("a~tue", 667, 3),
            ("a~fri", 667, 3), ("a~mon~tue", 334, 5), ("a~mon~fri", 334, 5),
            ("a~tue~fri", 334, 5), ("b", 900, 2), ("b~mon", 567, 4),
            ("b~tue", 567, 4), ("b~fri", 567, 4), ("b~mon~tue", 234, 6),
            ("b~mon~fri", 234, 6), ("b~tue~fri", 234, 6)])

    def test_held_comes_last(self):
        a = ask("a", option(), option("p", rank=4), held=held())
        p = second.Problem(problem([place()], [a]), {})
        o = p.requests["a"].options["held"]
        self.assertEqual((o.rank, o.satisfaction), (5, 600))

    def test_menu_too_long(self):
        with self.assertRaises(Fault) as caught:
            self._generated({"step": 1, "later": 30, "earlier": 30})
        self.assertEqual(caught.exception.code, "E-MENU-SIZE")


class Values(Case):
    def test_ticket(self):
        # printf '0\nr1\nbleuets' | sha256sum | cut -c1-5
        digest = hashlib.sha256(b"0\nr1\nbleuets").digest()
        h = digest[0] * 4096 + digest[1] * 16 + digest[2] // 16
        self.assertEqual(f"{h:05x}", TICKET)
        a = ask("r1", option("bleuets"))
        b = ask("r2", option("x"), submitted="2026-09-06T10:00")
        p = second.Problem(problem([place()], [a, b]), {})
        # r2 came first: q = 1 of 2; r1, at the first day's midnight, q = 2.
        self.assertEqual(p.requests["r1"].options["bleuets"].ticket, h + 1)
        self.assertGreater(p.requests["r2"].options["x"].ticket, 2 ** 20)

    def test_points_grid(self):
        grid = {"id": "g", "criteria": [
            {"fact": "alone", "points": 50}, {"fact": "kids", "per": 10,
                                              "max": 25},
            {"fact": "work", "choices": {"both": 40, "one": 20}},
            {"fact": "income", "bands": [{"max": 100, "points": 9},
                                         {"points": 1}]}]}
        facts = {"alone": True, "kids": 3, "work": "one", "income": 101}
        a = ask("a", option(), grid="g", facts=facts)
        p = problem([place()], [a], points_grids=[grid])
        v = self.accepts(p, plan(("a", "o")))
        self.assertEqual(v.all_goals["points"], 50 + 25 + 20 + 1)
        facts["work"] = "none"
        self.faulty("E-FACT", p)

    def test_distance_ranks_continuity(self):
        # isqrt(9 + 25) = 5; held in s, section x: moved to y of s: 1, kept: 2.
        two = [{"id": n, "places": 2} for n in "xy"]
        s = place(sections=two, location={"x": 0, "y": 0})
        a = ask("a", option(section="y", rank=2), held=held(section="x"))
        p = problem([s, place("t")], [a],
                    children={"c.a": {"location": {"x": 3, "y": -5}}})
        for given, kept in (("o", 1), ("held", 2)):
            v = self.accepts(p, plan(("a", given)))
            self.assertEqual(v.all_goals["continuity"], kept)
            self.assertEqual(v.all_goals["distance"], 5)
            self.assertEqual(v.all_goals["ranks"], 2 if given == "o" else 3)

    def test_concentration_and_age_fit(self):
        # Need n in s and t: two; 19 months, ideal below 18, on two days of a.
        s = place(sections=[{"id": "x", "places": 5, "ideal_below_months": 18}],
                  offers=[{"need": "n"}])
        t = place("t", offers=[{"need": "n"}])
        a = ask("a", option(days=(MON, TUE)))
        b, c = ask("b", option()), ask("c", option(structure="t"))
        p = problem([s, t], [a, b, c], needs=[{"id": "n"}], children={
            f"c.{x}": {"needs": ["n"]} for x in "abc"})
        v = self.accepts(p, everyone([a, b, c]))
        self.assertEqual(v.all_goals["concentration"], 2)
        self.assertEqual(v.all_goals["age_fit"], 3)

    def test_floors(self):
        # margin 2: with one child 60 minutes and 1 + 1 staff until 09:30:
        # 09:00-09:30 (1 + 2 - 2) - 0 = 1; then (1 + 2 - 1) - (2 - 1) = 1. With
        # nobody: max(0, 2 - c) - max(0, 2 - c) = 0. 60 in all.
        s, law = under(SIX, regime="eaje.6", floors={"ratio_margin": 2},
                       staff=[team(1), team(1, end="09:30")])
        a = kids("a", 1)
        v = self.accepts(problem([s], a, **law), everyone(a))
        self.assertEqual(v.all_goals["floors"], 60)
        # Three begin in [09:00, 09:15), one at 09:15; at most one: 2 too many.
        s = place(places=9, floors={"arrivals_per_15min": 1})
        a = kids("a", 2) + kids("b", 1, begin="09:14") + kids(
            "d", 1, begin="09:15")
        v = self.accepts(problem([s], a), everyone(a))
        self.assertEqual(v.all_goals["floors"], 2)

    def test_group_changes(self):
        # x, y, x on one day: two changes, one is free.
        s = place(sections=[{"id": n, "places": 1} for n in "xy"],
                  floors={"group_changes": 1})
        when = [{"dates": [MON], "begin": f"{h:02d}:00",
                 "end": f"{h + 1:02d}:00", "section": n}
                for h, n in ((9, "x"), (10, "y"), (14, "x"))]
        a = ask("a", {"id": "o", "structure": "s", "when": when})
        v = self.accepts(problem([s], [a]), plan(("a", "o")))
        self.assertEqual(v.all_goals["floors"], 1)

    def test_order_of_goals(self):
        a = ask("a", option(), mandatory=True)
        p = problem([place()], [a], policy="by_points",
                    goals={"mode": "lexicographic", "order": ["points"]})
        v = self.accepts(p, plan(("a", "o")))
        self.assertEqual([n for n, _ in v.goals],
                         ["shortage", "envy", "points", "tie"])

    def test_weighted(self):
        # 2 x 7 points - 1 x 60 minutes - the shortage added
        a = ask("a", option(), mandatory=True, points=7)
        p = problem([place()], [a], goals={
            "mode": "weighted", "sense": "max", "terms": [
                {"goal": "points", "weight": 2}, {"goal": "hours",
                                                  "weight": -1}]})
        v = self.accepts(p, plan(("a", "o")))
        self.assertEqual(v.goals, [("weighted", -46)])
        self.assertEqual(v.parts[-1], {"goal": "shortage", "weight": -1,
                                       "value": 0})
        p["policy"] = "by_points"
        self.faulty("E-POLICY", p)


class Policy(Case):
    def _two(self, r=None, s=None, **more):
        a = ask("r", option(), **{"points": 10, **(r or {})})
        b = ask("s", option(), **{"points": 5, **(s or {})})
        return problem([place(places=1)], [a, b], policy="by_points", **more)

    def test_envy(self):
        v = self.accepts(self._two(), plan(("s", "o")))
        self.assertEqual(v.envy, [{"request": "r", "envies": "s"}])
        self.assertEqual(v.goals[0], ("envy", 1))
        self.assertEqual(self.accepts(self._two(), plan(("r", "o"))).envy, [])

    def test_no_envy(self):
        for r, s in (({"points": 5}, {}), ({}, {"mandatory": True})):
            self.assertEqual(judged(self._two(r, s), plan(("s", "o"))).envy, [])
        # pinned to wait; or s pinned to its place
        for name, pin in (("r", {"waiting": True}), ("s", {"option": "o"})):
            p = self._two(pins=[{"request": name, **pin}])
            self.assertEqual(judged(p, plan(("s", "o"))).envy, [])

    def test_envy_only_where_s_makes_room(self):
        # s is there in the afternoon; r's hour is taken by a mandatory child.
        r = ask("r", option(), points=10)
        s = ask("s", option(begin="14:00", end="15:00"), points=5)
        m = ask("m", option(), mandatory=True)
        p = problem([place(places=1)], [r, s, m], policy="by_points")
        self.assertEqual(judged(p, plan(("s", "o"), ("m", "o"))).envy, [])
        # without m it needs nobody's place, and counts all the same
        v = judged(p, plan(("s", "o")))
        self.assertEqual(v.envy, [{"request": "r", "envies": "s"}])

    def test_envy_of_a_better_option(self):
        r = ask("r", option(), option("p", begin="14:00", end="15:00"),
                points=10)
        s = ask("s", option(), points=5)
        p = problem([place(places=1)], [r, s])
        v = judged(p, plan(("r", "p"), ("s", "o")))
        self.assertEqual(v.envy, [{"request": "r", "envies": "s"}])
        v = judged(p, plan(("r", "o")))
        self.assertEqual(v.envy, [])

    def test_bundles(self):
        # t is worth 20 with its sibling s; r (10) does not envy s then.
        r, s = ask("r", option(), points=10), ask("s", option(), points=5)
        t = ask("t", option(begin="14:00", end="15:00"), points=20)
        p = problem([place(places=1)], [r, s, t], siblings=[
            {"id": "g", "requests": ["s", "t"], "rule": "all_or_none"}])
        self.assertEqual(judged(p, plan(("s", "o"), ("t", "o"))).envy, [])
        p["siblings"][0]["rule"] = "reward"
        self.assertEqual(judged(p, plan(("s", "o"), ("t", "o"))).envy,
                         [{"request": "r", "envies": "s"}])

    def test_waiting_list(self):
        # b (9), then a and c (1 each): c came first, and d is served
        a, c = ask("a", option(), points=1), ask("c", option(), points=1)
        c["submitted"] = "2026-05-01"
        b, d = ask("b", option(), points=9), ask("d", option(), points=3)
        v = judged(problem([place()], [a, b, c, d]), plan(("d", "o")))
        self.assertEqual([(w["request"], w["rank"]) for w in v.waiting],
                         [("b", 1), ("c", 2), ("a", 3)])


class Declared(Case):
    def test_each_member_is_checked(self):
        p = problem([place(places=1)], kids("a", 1) + [ask("b", option())])
        v = self.accepts(p, plan(("a1", "o")))
        said = {"goals": [{"name": n, "value": x} for n, x in v.goals],
                "shortages": [], "envy": [], "waiting": v.waiting,
                "coverage": v.coverage}
        self.accepts(p, plan(("a1", "o"), **said))
        wrong = {"goals": said["goals"][:-1], "waiting": [],
                 "envy": [{"request": "b", "envies": "a1"}],
                 "coverage": v.coverage[1:]}
        for name, value in wrong.items():
            found = judged(p, plan(("a1", "o"), **{**said, name: value}))
            self.assertEqual([b["rule"] for b in found.breaches], [name])
        said["goals"][1]["value"] = 2
        found = judged(p, plan(("a1", "o"), **said))
        self.assertEqual([b["rule"] for b in found.breaches], ["goals"])

    def test_coverage(self):
        # 2 places, one staff per 6 until 17:00; a1 09:00-10:00, a2 09:30-10:00.
        s, law = under(SIX, regime="eaje.6", places=2,
                       staff=[team(1, end="17:00")])
        s["hours"] = [{"dates": [MON], "begin": "08:00", "end": "18:00"}]
        a = kids("a", 1) + kids("b", 1, begin="09:30")
        v = self.accepts(problem([s], a, **law), everyone(a))
        rows = [("08:00", "09:00", 0, 0, 1, 2, "none"),
                ("09:00", "09:30", 1, 1, 1, 1, "none"),
                ("09:30", "10:00", 2, 1, 1, 0, "seats"),
                ("10:00", "17:00", 0, 0, 1, 2, "none"),
                ("17:00", "18:00", 0, 0, 0, 2, "staff")]
        names = ("begin", "end", "present", "required", "counted", "free",
                 "binds")
        self.assertEqual(v.coverage, [{
            "structure": "s", "date": MON,
            "intervals": [{**dict(zip(names, row)), "places": 2}
                          for row in rows]}])

    def test_of_another_problem(self):
        p = problem([place()], [])
        other = problem([place(places=3)], [])
        for stated, rules in ((p, []), (other, ["digest"])):
            digest = second.Problem(stated, {}).digest
            v = judged(p, plan(problem={"id": "p", "digest": digest}))
            self.assertEqual([b["rule"] for b in v.breaches], rules)


class Files(Case):
    def test_faults(self):
        good = problem([place()], kids("a", 1))
        for code, change in (("E-MEMBER", {"x": 1}),
                             ("E-VALUE", {"goals": {
                                 "mode": "weighted", "sense": "min", "terms": [
                                     {"goal": "changes", "weight": 1}]}}),
                             ("E-SCHEMA", {"schema": "x"}),
                             ("E-TYPE", {"requests": 3}),
                             ("E-MISSING", {"structures": []})):
            self.faulty(code, {**good, **change})
        self.faulty("E-REF", problem([place()], [ask("a", option(
            structure="z"))]))
        self.faulty("E-TIME", problem([place()], kids("a", 1, end="24:01")))
        self.faulty("E-INTERVAL", problem([place()], kids("a", 1, end="09:00")))

    def test_command_line(self):
        good = problem([place()], kids("a", 1))
        cases = ((good, plan(("a1", "o")), 0), (good, plan(("a1", "x")), 7),
                 ({}, plan(), 3), (good, {}, 3))
        with tempfile.TemporaryDirectory() as folder:
            names = [str(pathlib.Path(folder, n)) for n in ("p", "q", "batch")]
            for one, its_plan, status in cases:
                for name, value in zip(names, (one, its_plan)):
                    pathlib.Path(name).write_text(json.dumps(value))
                said = io.StringIO()
                with contextlib.redirect_stdout(said):
                    self.assertEqual(second.main(
                        [*names[:2], "--json", "--rules", folder + "/none"]),
                        status)
                answer = json.loads(said.getvalue())
                self.assertEqual(answer.get("accepted"),
                                 {0: True, 7: False}.get(status))
            lines = [json.dumps({"problem": a, "plan": b}) for a, b, _ in cases]
            pathlib.Path(names[2]).write_text("\n".join(lines))
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                second.main(["--batch", names[2], "--rules", folder + "/none"])
            self.assertEqual([json.loads(line).get("accepted")
                              for line in said.getvalue().splitlines()],
                             [True, False, None, None])


if __name__ == "__main__":
    unittest.main()
