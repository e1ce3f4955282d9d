# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans of tiny problems with one or two children moved, added or taken out:
the judges break exactly the rules that brute force breaks."""
import collections
import json
import os
import random
import subprocess
import unittest

import judges
from judges import REFUSED, TINY, Judges

LONG = os.environ.get("CTG_LONG") == "1"
LAST = 400 if LONG else 90
MOST_PLANS = 4000
MUTANTS = 40 if LONG else 12
CLOSED = {"places", "section", "shared", "merge", "ratio", "minimum", "skill"}


def enumerated(first, last):
    """(theme, problem, {placements: broken rules and price}) by brute force."""
    done = subprocess.run(
        [TINY, "--enumerate", str(first), str(last), str(MOST_PLANS)],
        check=True, capture_output=True, text=True)
    decoder, at = json.JSONDecoder(), 0
    while at < len(done.stdout):
        line, at = decoder.raw_decode(done.stdout, at)
        yield line["theme"], line["problem"], {
            key(one["plan"]): one for one in line["plans"]}
        while at < len(done.stdout) and done.stdout[at].isspace():
            at += 1


def key(plan):
    return tuple(sorted((p["request"], p["option"])
                        for p in plan["placements"]))


def mutants(rng, plan, menus):
    """The plan with one request given something else, or two."""
    given = {p["request"]: p["option"] for p in plan["placements"]}
    for _ in range(MUTANTS):
        other = dict(given)
        for name in rng.sample(sorted(menus), rng.choice([1, 1, 2])):
            choice = rng.choice([None, *menus[name]])
            other.pop(name, None)
            if choice is not None:
                other[name] = choice
        if other != given:
            yield {"schema": "ctgsched/plan/1", "placements": [
                {"request": r, "option": o} for r, o in sorted(other.items())]}


def expected(truth):
    """The rules that must be named when nothing is declared short."""
    if truth["broken"]:
        return set(truth["broken"])
    return {"shortage"} if truth["goals"]["shortage"] else set()


def beside(truth):
    """What may be named besides: a row that is breached may be short elsewhere,
    undeclared, and brute force does not look at instants of closed doors."""
    more = {"shortage"} if truth["broken"] else set()
    return more | (CLOSED if "hours" in truth["broken"] else set())


@unittest.skipUnless(judges.ARE_BUILT, "the programs are not built")
class Moved(unittest.TestCase):
    def setUp(self):
        self.judges = Judges()
        self.addCleanup(self.judges.close)
        self.named = collections.Counter()

    def check(self, problem, plan, truth):
        breaches = self.judges.judge(problem, plan)
        self.assertNotEqual(breaches, REFUSED)
        named = {one["rule"] for one in breaches}
        self.assertLessEqual(expected(truth), named, breaches)
        self.assertLessEqual(named, expected(truth) | beside(truth), breaches)
        self.named.update(named)
        return bool(named)

    def test_moved_children_break_what_brute_force_says(self):
        rng = random.Random(1)
        n_broken = n_kept = 0
        for theme, problem, plans in enumerated(1, LAST):
            solved = self.judges.solve(problem)
            if solved is None:
                continue
            menus = collections.defaultdict(set)
            for pairs in plans:
                for request, option in pairs:
                    menus[request].add(option)
            menus = {r: sorted(o) for r, o in menus.items()}
            for plan in mutants(rng, solved, menus):
                with self.subTest(theme=theme):
                    broken = self.check(problem, plan, plans[key(plan)])
                    n_broken += broken
                    n_kept += not broken
        self.assertGreater(n_broken, 2 * LAST)
        self.assertGreater(n_kept, LAST)
        self.assertGreater(len(self.named), 12, self.named)


if __name__ == "__main__":
    unittest.main()
