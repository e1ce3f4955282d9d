# SPDX-License-Identifier: GPL-3.0-or-later
"""Words for tiny problems. The week is that of Monday 2026-09-07, ISO week
2026-W37; structures are without law unless they are `under` rules."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import judge as second  # noqa: E402
from values import Fault  # noqa: E402

MON, TUE, WED = "2026-09-07", "2026-09-08", "2026-09-09"
WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def rule(kind, parameters, rule_id=None, **more):
    return {"id": rule_id or kind, "kind": kind, "article": "art. " + kind,
            "title": kind, "title_fr": kind, "status": "memory",
            "parameters": parameters, **more}


def pack(*rules, pack_id="p"):
    return {"schema": "ctgsched/rules/1", "id": pack_id, "title": pack_id,
            "title_fr": pack_id, "law": "law", "rules": list(rules)}


def five_eight(rounding="sum_then_ceil", **more):
    return rule("ratio", {"rounding": rounding, "classes": [
        {"id": "n", "per": 5, "walks": False},
        {"id": "w", "per": 8, "walks": True}]}, "eaje.5_8", **more)


SIX = rule("ratio", {"rounding": "sum_then_ceil",
                     "classes": [{"id": "any", "per": 6}]}, "eaje.6")
OUTING = rule("outing", {"rounding": "sum_then_ceil", "min_staff": 2,
                         "classes": [{"id": "any", "per": 5}]})
MINIMUM = rule("minimum", {
    "min_staff": 2, "cat1_above_places": 24, "alone_max_children": 3,
    "alone_max_places": 12, "alone_categories": ["cat1"]})
SHARE = rule("cat1_share", {"min_pct": 40})
OVER = rule("over_capacity", {"instant_max_pct": 115, "weekly_max_pct": 100,
                              "capacity_basis": "capacity_t"})
GUARANTEED = rule("guaranteed", {"places_per": 20, "min": 1})
ADAPTATION = rule("adaptation", {"staff_per_child": 1, "begin": "09:00",
                                 "end": "17:00"})
QUOTA = rule("quota", {"qualified_min_pct": 50, "unqualified_max_pct": 20,
                       "small_from": 3, "small_to": 4, "small_unqualified": 1})
DIRECTOR = rule("director", {"max_minors": 50})


def place(name="s", places=2, **more):
    """A structure without law, open 08:00-18:00 on working days."""
    hours = [{"days": WORKDAYS, "begin": "08:00", "end": "18:00"}]
    return {"id": name, "kind": "other", "places": places, "hours": hours,
            **more}


def under(*rules, regime=None, **more):
    """A structure under these rules (pack p) only."""
    its = {"packs": ["p"], "places": 20, **more}
    if regime is not None:
        its["ratio"] = {"regime": regime, **its.get("ratio", {})}
    return place(**its), {"rules": [pack(*rules)]}


def team(count=1, category="cat2", begin="08:00", end="18:00", **more):
    return {"days": WORKDAYS, "begin": begin, "end": end, "category": category,
            "count": count, **more}


def session(name="midi", kind="midi", begin="12:00", end="14:00", **more):
    """A session of every working day."""
    return {"id": name, "kind": kind, "when": [
        {"days": WORKDAYS, "begin": begin, "end": end}], **more}


def centre(*sessions, rules=(), name="s", **more):
    """A structure without hours, under the rules of pack p; and that pack."""
    its = {"id": name, "kind": "other", "packs": ["p"], "places": 20,
           "sessions": list(sessions), **more}
    return its, {"rules": [pack(*rules)]}


def per(n, rule_id, applies=None, **more):
    """A ratio of n children a person; `applies` None: of no sessions."""
    its = {"rounding": "sum_then_ceil", "classes": [{"id": "any", "per": n}]}
    if applies is not None:
        its["applies"] = applies
    return rule("ratio", its, rule_id, **more)


def leg(begin="12:00", end="14:00", days=(MON,), **more):
    """A window of an option; with `session` it has no times."""
    times = {} if "session" in more else {"begin": begin, "end": end}
    return {"dates": list(days), **times, **more}


def legs(*windows, name="o", structure="s", **more):
    return {"id": name, "structure": structure, "when": list(windows), **more}


def option(name="o", structure="s", begin="09:00", end="10:00", days=(MON,),
           **more):
    when = [{"dates": list(days), "begin": begin, "end": end}]
    return {"id": name, "structure": structure, "when": when, **more}


def held(**more):
    its = option(**more)
    del its["id"]
    return its


def ask(name, *options, child=None, **more):
    if "menu" not in more:
        more["options"] = list(options)
    return {"id": name, "child": child or "c." + name, **more}


def kids(letter, n, **more):
    """n requests a1.. with the option of these members."""
    return [ask(f"{letter}{i}", option(**more)) for i in range(1, n + 1)]


def problem(structures, requests, births=None, children=None, **more):
    """Children are 19 months old on the Monday unless `births` says more."""
    births, children = births or {}, children or {}
    names = sorted({r["child"] for r in requests})
    return {"schema": "ctgsched/problem/1", "id": "tiny",
            "horizon": {"first": MON, "last": "2026-09-11"},
            "structures": structures, "requests": requests,
            "children": [{"id": c, "birth": births.get(c, "2025-01-15"),
                          **children.get(c, {})} for c in names], **more}


def plan(*pairs, **more):
    placements = [{"request": r, "option": o} for r, o in pairs]
    return {"schema": "ctgsched/plan/1", "placements": placements, **more}


def everyone(requests, **more):
    return plan(*((r["id"], "o") for r in requests), **more)


def judged(its_problem, its_plan):
    return second.judge(second.Problem(its_problem, {}), its_plan)


def told(verdict):
    """(rule, what it names, size) of each breach, without `shortage`."""
    names = ("structure", "section", "need", "skill", "resource", "date",
             "week", "month", "begin", "end")
    return [(b["rule"], *(b[n] for n in names if n in b), b["size"])
            for b in verdict.breaches if b["rule"] != "shortage"]


def missing(verdict):
    return [tuple(v for k, v in s.items() if k != "kind")
            for s in verdict.shortages]


class Case(unittest.TestCase):
    def breaks(self, its_problem, its_plan, *expected):
        verdict = judged(its_problem, its_plan)
        self.assertEqual(sorted(told(verdict)), sorted(expected))
        return verdict

    def accepts(self, its_problem, its_plan):
        verdict = judged(its_problem, its_plan)
        self.assertEqual(verdict.breaches, [])
        return verdict

    def faulty(self, code, its_problem, its_plan=None):
        with self.assertRaises(Fault) as caught:
            judged(its_problem, its_plan or plan())
        self.assertEqual(caught.exception.code, code)
