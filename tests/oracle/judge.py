#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The second judge: re-evaluates any plan, minute by minute, from the
definitions of libctgsched/doc/format.md and from nothing else.

    judge.py PROBLEM PLAN [--json] [--envy] [--rules DIR]  ("-" is stdin)
    judge.py --batch FILE [--rules DIR]   lines {"problem": ..., "plan": ...}

A single plan's pairs of envy are counted when the problem or the plan asks
for them, or with --envy: on a whole town it takes seconds. A batch counts them
always.

Exit status: 0 accepted, 7 breaches, 3 unreadable or faulty input. A batch
exits 0 when every line could be read, whatever the verdicts."""
import argparse
import functools
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import duties  # noqa: E402
import goals  # noqa: E402
import instants  # noqa: E402
import labour  # noqa: E402
import plan as plans  # noqa: E402
from envy import Envy  # noqa: E402
from packs import RULES_FOLDER, load_packs  # noqa: E402
from problem import Problem  # noqa: E402
from rows import Rows, breach, build_days  # noqa: E402
from values import Fault, clock, parse_json  # noqa: E402

ACCEPTED, FAULTY, BROKEN = 0, 3, 7


class Verdict:
    """What the placements and duties are worth, and what is wrong with the
    plan."""

    def __init__(self, problem, plan):
        self.problem = problem
        given, self.breaches = _placements(problem, plan)
        worked = duties.read(problem, plan.duties)
        staffed = duties.on_duty(problem, worked)
        self.rows = Rows(problem, given, build_days(problem, given, staffed),
                         worked).all()
        self.breaches += self.rows.breaches
        self.breaches += labour.breaches(problem, worked)
        self.keeps_rules = not self.breaches
        self.shortages = sorted(self.rows.shortages, key=_order)
        self.breaches += plans.check(self, plan)
        self.breaches.sort(key=_order)

    @property
    def accepted(self):
        return not self.breaches

    @functools.cached_property
    def envy(self):
        return Envy(self.rows).pairs() if self.keeps_rules else []

    @functools.cached_property
    def waiting(self):
        return goals.waiting(self.problem, self.rows.given)

    @functools.cached_property
    def coverage(self):
        return _coverage(self.rows)

    @functools.cached_property
    def _values(self):
        return goals.values(self.rows)

    def value(self, name):
        if name == "envy":  # by far the dearest: counted when it is asked
            return len(self.envy)
        return self._values[name]

    @property
    def sense(self):
        return getattr(self.problem.goals, "sense", None)

    @property
    def parts(self):
        return [{"goal": name, "weight": weight, "value": self.value(name)}
                for name, weight in getattr(self.problem.goals, "terms", [])]

    @property
    def goals(self):
        """(name, value) in the order of the file."""
        if self.problem.goals.mode == "weighted":
            return [("weighted", self._weighted())]
        return [(name, self.value(name)) for name in self.problem.goals.order]

    def _weighted(self):
        return sum(part["weight"] * part["value"] for part in self.parts)

    @property
    def all_goals(self):
        """Every goal of table 7.1, whatever the file asks."""
        return self._all_goals(True)

    def _all_goals(self, with_envy):
        found = {"shortage": self.value("shortage")}
        if with_envy:
            found["envy"] = self.value("envy")
        found.update(self._values)
        if self.problem.goals.mode == "weighted":
            found["weighted"] = self._weighted()
        return found

    def as_json(self, with_envy=True):
        """Without envy it is left out, unless the plan or a goal asked it."""
        asked = [{"name": n, "value": v} for n, v in self.goals]
        with_envy = with_envy or "envy" in self.__dict__
        return {"accepted": self.accepted, "breaches": self.breaches,
                "shortages": self.shortages,
                "goals": asked,
                "all_goals": self._all_goals(with_envy),
                "envy": self.envy if with_envy else None,
                "waiting": self.waiting, "coverage": self.coverage}


def _placements(problem, plan):
    given, breaches = {}, []
    for request, name in sorted(plan.placements.items()):
        r = problem.requests.get(request)
        if r is None or name not in r.options:
            breaches.append(breach("menu", f"{request} has no option {name}",
                                   request=request))
        else:
            given[request] = r.options[name]
    return given, breaches


def _order(one):
    return [str(one.get(name, "")) for name in ("rule", *plans.SHORTAGE[2:-1])]


def _coverage(rows):
    found = []
    for (structure, day), today in sorted(rows.days.items()):
        spans = []
        for begin, end, moment, present, at in today.runs:
            if not moment.is_open:
                continue
            numbers = _numbers(today, moment, present, at)
            if spans and spans[-1][1] == begin and spans[-1][2] == numbers:
                spans[-1][1] = end
            else:
                spans.append([begin, end, numbers])
        if spans:
            found.append({"structure": structure, "date": day.isoformat(),
                          "intervals": [{"begin": clock(b), "end": clock(e),
                                         **n} for b, e, n in spans]})
    return found


def _numbers(today, moment, present, at):
    s, rules = today.structure, today.rules
    free = max(0, (1000 * moment.limit - at.weight) // 1000)
    needed, _ = instants.required(s, rules, moment, present, one_more=True)
    n = at.heads + 1
    # who is usable counts: over usable or counted is over usable
    is_short = (needed > instants.usable(rules, moment, n)
                or instants.minimum(moment, n) > instants.persons(moment))
    binds = "staff" if is_short else "none" if free else "seats"
    return {"present": at.heads, "places": moment.limit,
            "required": at.required, "counted": at.counted, "free": free,
            "binds": binds}


def judge(problem, plan):
    """The verdict on a plan, given as the object of its file."""
    return Verdict(problem, plans.read_plan(plan))


def _read(name):
    return (sys.stdin.buffer.read() if name == "-"
            else pathlib.Path(name).read_bytes())


def _print(verdict):
    for one in verdict.breaches:
        print(f"breach {one['rule']}: {one['message']}")
    for one in verdict.shortages:
        print("shortage " + " ".join(f"{k}={v}" for k, v in one.items()))
    for name, value in verdict.goals:
        print(f"goal {name} = {value}")
    print("accepted" if verdict.accepted else "not accepted")


def _fault(fault):
    return {"fault": {"code": fault.code, "pointer": fault.pointer,
                      "message": fault.message}}


def _batch(name, packs):
    status = ACCEPTED
    for line in _read(name).splitlines():
        if not line.strip():
            continue
        try:
            both = parse_json(line)
            verdict = judge(Problem(both["problem"], packs), both["plan"])
            answer = verdict.as_json()
        except Fault as fault:
            answer, status = _fault(fault), FAULTY
        print(json.dumps(answer), flush=True)
    return status


def _arguments(argv):
    parser = argparse.ArgumentParser(description="Judge a plan a second time.")
    parser.add_argument("problem", nargs="?")
    parser.add_argument("plan", nargs="?")
    parser.add_argument("--batch", metavar="FILE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--envy", action="store_true")
    parser.add_argument("--rules", metavar="DIR", default=RULES_FOLDER)
    asked = parser.parse_args(argv)
    if asked.batch is None and asked.plan is None:
        parser.error("PROBLEM and PLAN, or --batch FILE")
    return asked


def main(argv=None):
    asked = _arguments(argv)
    try:
        packs = load_packs(asked.rules)
        if asked.batch is not None:
            return _batch(asked.batch, packs)
        problem = Problem(parse_json(_read(asked.problem)), packs)
        verdict = judge(problem, parse_json(_read(asked.plan)))
    except Fault as fault:
        print(json.dumps(_fault(fault)) if asked.json else fault,
              file=sys.stdout if asked.json else sys.stderr)
        return FAULTY
    except OSError as error:
        print(error, file=sys.stderr)
        return FAULTY
    if asked.json:
        print(json.dumps(verdict.as_json(asked.envy)))
    else:
        _print(verdict)
    return ACCEPTED if verdict.accepted else BROKEN


if __name__ == "__main__":
    sys.exit(main())
