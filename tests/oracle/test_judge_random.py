# SPDX-License-Identifier: GPL-3.0-or-later
"""The shortcuts of the judge against the definitions without them, on small
problems drawn from a fixed seed."""
import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import envy  # noqa: E402
import instants  # noqa: E402
import judge as second  # noqa: E402
import rows  # noqa: E402
from tiny import (ADAPTATION, GUARANTEED, MINIMUM, MON, OUTING,  # noqa: E402
                  OVER, QUOTA, SHARE, TUE, WED, ask, centre, five_eight, held,
                  leg, legs, option, pack, per, place, plan, problem, rule,
                  session, team)


def structure(draw, name):
    sections = [{"id": n, "places": draw.randint(1, 3)} for n in "xy"]
    return place(
        name, draw.randint(1, 5), packs=["p"], sections=sections,
        over_capacity=draw.random() < 0.5,
        ratio={"regime": "eaje.5_8", "scope": draw.choice(
            ["structure", "room"])},
        offers=[{"need": "n", "max": 1}],
        staff=[team(draw.randint(2, 4), draw.choice(["cat1", "cat2"]),
                    end=draw.choice(["10:30", "18:00"]), skills=["k"])],
        outings=[{"sections": ["x"], "begin": "10:00", "end": "11:00"}],
        merges=[{"sections": ["x", "y"], "begin": "08:00", "end": "09:30"}])


def hours(draw):
    begin = draw.randint(8, 11)
    return {"begin": f"{begin:02d}:00",
            "end": f"{begin + draw.randint(1, 5):02d}:30",
            "days": draw.sample([MON, TUE, WED], draw.randint(1, 3)),
            "section": draw.choice("xy"), "structure": draw.choice("st")}


def request(draw, i):
    more = {"points": draw.randint(0, 4)}
    if draw.random() < 0.3:
        more["held"] = held(**hours(draw))
    if draw.random() < 0.2:
        more["adaptation"] = {"first": MON, "last": TUE}
    more["mandatory"] = draw.random() < 0.1
    more["insertion"] = draw.random() < 0.2
    options = [option(f"o{j}", **hours(draw))
               for j in range(draw.randint(1, 3))]
    return ask(f"r{i}", *options, **more)


def drawn(seed):
    draw = random.Random(seed)
    requests = [request(draw, i) for i in range(draw.randint(2, 6))]
    births = {r["child"]: f"{draw.choice([2024, 2025])}-0{draw.randint(1, 9)}"
              f"-1{draw.randint(0, 9)}" for r in requests}
    names = [r["id"] for r in requests]
    law = pack(five_eight(), OUTING, MINIMUM, SHARE, OVER, GUARANTEED,
               ADAPTATION)
    its = problem([structure(draw, n) for n in "st"], requests, births,
                  children={requests[0]["child"]: {"needs": ["n"]}},
                  needs=[{"id": "n", "skill": "k"}], rules=[law],
                  siblings=[{"id": "g", "requests": draw.sample(names, 2),
                             "rule": draw.choice(["together", "all_or_none",
                                                  "reward", "reward"])}])
    pairs = [(r["id"], draw.choice([o["id"] for o in r["options"]]
                                   + ["held"] * ("held" in r)))
             for r in requests if draw.random() < 0.5]
    return its, plan(*pairs)


def drawn_sessions(draw):
    """Morning, a way or none, lunch, and a workshop of two or three."""
    booking = {"opens": {"days": 9}, "closes": {"days": 1}}
    found = [
        session("m", "matin", "08:00", "10:00", places=draw.randint(2, 5),
                pedt=draw.random() < 0.5),
        session("l", "midi", draw.choice(["10:00", "11:00"]), "12:30",
                min_children=draw.choice([0, 0, 2]),
                booking=draw.choice([{}, booking])),
        session("w", "atelier", "13:00", "14:00",
                min_children=draw.choice([0, 2, 3]),
                companions=draw.choice([[], [], ["m"]]))]
    if draw.random() < 0.5:
        found.append(session("t", "trajet", "10:00", "10:30"))
        found[1]["when"][0]["begin"] = "10:30"
    return found


def drawn_centre(draw, name):
    reserve = {"begin": "09:00", "end": "12:00", "places": 1,
               "release": {"days": draw.randint(0, 4)}}
    staff = [team(draw.randint(1, 2), category)
             for category in ("director", "qualified", "trainee",
                              "unqualified", "unqualified")
             if draw.random() < 0.6]
    its, _ = centre(*drawn_sessions(draw), name=name, staff=staff,
                    places=draw.randint(2, 5),
                    reserve=[reserve] if draw.random() < 0.4 else [])
    if draw.random() < 0.1:
        its["schools"] = ["zola"]
    return its


def drawn_legs(draw, name):
    """A walk through the day: at each of these times a leg, or none."""
    windows = []
    for times in (("m", "08:30", "09:30"), ("l", "11:00", "12:30"),
                  ("w", "13:00", "13:30")):
        if draw.random() < 0.6:
            where = {} if draw.random() < 0.6 else {
                "structure": draw.choice("st")}
            if draw.random() < 0.4:
                where["session"] = times[0]
            windows.append(leg(*times[1:], draw.sample(
                [MON, TUE], draw.randint(1, 2)), **where))
    return legs(*(windows or [leg("09:00", "09:30")]), name=name,
                structure=draw.choice("st"))


def drawn_asking(draw, i):
    more = {"points": draw.randint(0, 4), "chain": draw.random() < 0.05,
            "kind": draw.choice(["regular", "regular", "occasional"]),
            "mandatory": draw.random() < 0.1,
            "submitted": draw.choice(["2026-09-01", "2026-09-05"])}
    if draw.random() < 0.3:
        more["held"] = drawn_legs(draw, "held")
        del more["held"]["id"]
    options = [drawn_legs(draw, f"o{j}") for j in range(draw.randint(1, 3))]
    return ask(f"r{i}", *options, **more)


def drawn_day(seed):
    """Two centres with sessions, and children who go from one to the other."""
    draw = random.Random(seed)
    requests = [drawn_asking(draw, i) for i in range(draw.randint(3, 7))]
    law = pack(per(2, "a", {"setting": "peri", "above_minutes": 200}),
               per(3, "b", {"setting": "peri"}), per(4, "c"),
               per(3, "d", {"setting": "walk"}), QUOTA,
               rule("director", {"max_minors": 2}),
               rule("minimum", {
                   "applies": {"pedt": True}, "min_staff": 2,
                   "cat1_above_places": 9, "alone_max_children": 1,
                   "alone_max_places": 4, "alone_categories": ["cat1"]}))
    schools = {r["child"]: {"school": draw.choice(["zola", "zola", "hugo"])}
               for r in requests}
    its = problem([drawn_centre(draw, n) for n in "st"], requests,
                  children=schools, rules=[law],
                  parameters={"now": "2026-09-05"})
    p = second.Problem(its, {})
    for _ in range(8):  # most plans break a rule: then there is no envy
        found = plan(*((r["id"], draw.choice(
            [o["id"] for o in r["options"]] + ["held"] * ("held" in r)))
            for r in requests if draw.random() < 0.6))
        if second.judge(p, found).keeps_rules:
            break
    return its, found


def short_instants(verdict):
    """{row and instant: size} of the shortages."""
    found = {}
    for one in verdict.shortages:
        name = tuple(sorted((k, v) for k, v in one.items()
                            if k not in ("begin", "end", "size")))
        if "begin" not in one:
            found[name] = one["size"]
            continue
        begin, end = (int(one[k][:2]) * 60 + int(one[k][3:])
                      for k in ("begin", "end"))
        found.update({(name, t): one["size"] for t in range(begin, end)})
    return found


class Random(unittest.TestCase):
    def _envy(self, make, n):
        pairs = 0
        for seed in range(n):
            its, its_plan = make(seed)
            p = second.Problem(its, {})
            verdict = second.judge(p, its_plan)
            expected = self._by_definition(p, verdict)
            self.assertEqual(verdict.envy, expected, f"seed {seed}")
            pairs += len(expected)
        self.assertGreater(pairs, 20)

    def test_envy_against_its_definition(self):
        self._envy(drawn, 400)

    def test_envy_in_sessions_against_its_definition(self):
        self._envy(drawn_day, 150)

    @staticmethod
    def _by_definition(p, verdict):
        given = {r: o.id for r, o in verdict.rows.given.items()}
        points = envy.group_points(p)
        before, found = short_instants(verdict), []
        if any(b["rule"] != "shortage" for b in verdict.breaches):
            return []
        for r in p.requests.values():
            for s in sorted(given):
                if p.requests[s].need_not and points[r.id] > points[s] and any(
                        Random._moves(p, given, before, r, s, o)
                        for o in r.options.values()):
                    found.append({"request": r.id, "envies": s})
        return found

    @staticmethod
    def _moves(p, given, before, r, s, o):
        now = given.get(r.id)
        if now is not None and r.options[now].rank <= o.rank:
            return False
        if not rows.can_be_given(p, o):
            return False
        changed = {k: v for k, v in given.items() if k != s}
        changed[r.id] = o.id
        v = second.judge(p, plan(*changed.items()))
        if any(b["rule"] != "shortage" for b in v.breaches):
            return False
        return all(before.get(k, 0) >= size
                   for k, size in short_instants(v).items())

    def test_cuts_against_minutes(self):
        for its, its_plan in [make(seed) for make in (drawn, drawn_day)
                              for seed in range(40)]:
            p = second.Problem(its, {})
            found = second.judge(p, its_plan).rows
            for (name, day), today in found.days.items():
                s = p.structures[name]
                present = [q for o in found.given.values()
                           for q in o.presences
                           if (q.structure, q.day) == (name, day)]
                cut = instants.Day(p, s, day, present, refuse=lambda *_: False)
                self.assertEqual(cut.groups, today.groups)
                if cut.groups:  # refused before anything is counted
                    continue
                self.assertEqual(cut.rows(), today.rows())
                self.assertEqual(
                    (cut.week_left, cut.mix_right, cut.margin(2)),
                    (today.week_left, today.mix_right, today.margin(2)))


if __name__ == "__main__":
    unittest.main()
