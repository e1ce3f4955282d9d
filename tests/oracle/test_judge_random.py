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
                  OVER, SHARE, TUE, WED, ask, five_eight, held,
                  option, pack, place, plan, problem, team)


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
    def test_envy_against_its_definition(self):
        pairs = 0
        for seed in range(400):
            its, its_plan = drawn(seed)
            p = second.Problem(its, {})
            verdict = second.judge(p, its_plan)
            expected = self._by_definition(p, verdict)
            self.assertEqual(verdict.envy, expected, f"seed {seed}")
            pairs += len(expected)
        self.assertGreater(pairs, 20)

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
        for seed in range(40):
            its, its_plan = drawn(seed)
            p = second.Problem(its, {})
            found = second.judge(p, its_plan).rows
            for (name, day), today in found.days.items():
                s = p.structures[name]
                present = [q for o in found.given.values()
                           if o.structure == name
                           for q in o.presences if q.day == day]
                cut = instants.Day(p, s, day, present, lambda *_: False)
                self.assertEqual(cut.rows(), today.rows())
                self.assertEqual(
                    (cut.week_left, cut.mix_right, cut.margin(2)),
                    (today.week_left, today.mix_right, today.margin(2)))


if __name__ == "__main__":
    unittest.main()
