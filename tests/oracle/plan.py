# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan file, and what it declares beside its placements (format.md 9)."""
from collections import Counter
from types import SimpleNamespace

from problem import GOALS
from rows import breach
from values import (REQUIRED, Fault, Members, anything, date, ident, integer,
                    listed, minute, schema, text)

SHORTAGE = ("kind", "rule", "structure", "section", "need", "skill", "request",
            "manager", "date", "week", "month", "begin", "end", "size")
COVERAGE = ("begin", "end", "present", "places", "required", "counted", "free",
            "binds")


def _record(**members):
    def kind(value, pointer):
        m = Members(value, pointer)
        found = {name: m.get(name, its_kind, default)
                 for name, (its_kind, default) in members.items()}
        m.done()
        return {k: v for k, v in found.items() if v is not None}
    return kind


shortage = _record(**{name: (text, None) for name in SHORTAGE[:-1]},
                   size=(integer(), REQUIRED))
part = _record(goal=(text, REQUIRED), weight=(integer(), REQUIRED),
               value=(integer(), REQUIRED))
goal = _record(name=(text, REQUIRED), sense=(text, None), unit=(text, None),
               value=(integer(), REQUIRED), parts=(listed(part), None),
               **{k: (anything, None) for k in ("bound", "gap", "proven")})
span = _record(**{name: (integer(), REQUIRED) for name in COVERAGE[2:-1]},
               begin=(text, REQUIRED), end=(text, REQUIRED),
               binds=(text, REQUIRED))
covered = _record(structure=(ident, REQUIRED), date=(text, REQUIRED),
                  intervals=(listed(span), REQUIRED))
placement = _record(request=(ident, REQUIRED), option=(text, REQUIRED))
envy = _record(request=(ident, REQUIRED), envies=(ident, REQUIRED))
waits = _record(request=(ident, REQUIRED), rank=(integer(), REQUIRED))
duty = _record(employee=(ident, REQUIRED), date=(date, REQUIRED),
               shift=(ident, REQUIRED), pieces=(listed(minute), []))
of_problem = _record(id=(ident, None), digest=(text, None))


def read_plan(value):
    m = Members(value, "")
    m.get("schema", schema("ctgsched/plan/1"))
    for name in ("provenance", "status", "stop"):
        m.get(name, anything, None)
    plan = SimpleNamespace(
        problem=m.get("problem", of_problem, {}),
        goals=m.get("goals", listed(goal), None),
        duties=m.get("duties", listed(duty), []),
        shortages=m.get("shortages", listed(shortage), []),
        envy=m.get("envy", listed(envy), None),
        waiting=m.get("waiting", listed(waits), None),
        coverage=m.get("coverage", listed(covered), None), placements={})
    for one in m.get("placements", listed(placement)):
        if one["request"] in plan.placements:
            raise Fault("E-DUPLICATE", "/placements", one["request"])
        plan.placements[one["request"]] = one["option"]
    m.done()
    return plan


def _key(members):
    return tuple(sorted((k, v) for k, v in members.items()))


def check(verdict, plan):
    """Breaches of what the plan says of itself."""
    found = _shortages(verdict, plan)
    said = plan.problem.get("digest")
    if said is not None and said != verdict.problem.digest:
        found.append(breach("digest", "a plan of another problem, or of an "
                            "older one"))
    if plan.goals is not None:
        found += _goals(verdict, plan.goals)
    if plan.envy is not None and (
            sorted(map(_key, plan.envy)) != sorted(map(_key, verdict.envy))):
        found.append(breach("envy", f"the pairs are {verdict.envy}"))
    if plan.waiting is not None and plan.waiting != verdict.waiting:
        found.append(breach("waiting", f"the list is {verdict.waiting}"))
    if plan.coverage is not None:
        found += _coverage(verdict, plan.coverage)
    return found


def _shortages(verdict, plan):
    true = Counter(map(_key, verdict.shortages))
    declared = Counter(map(_key, plan.shortages))
    found = []
    for text_, only in (("is not declared", true - declared),
                        ("is declared and is not there", declared - true)):
        for key in sorted(only.elements()):
            members = dict(key)
            of = members.pop("rule", None)
            found.append(breach("shortage", f"a shortage {text_}: {dict(key)}",
                                of=of, **members))
    return found


def _goals(verdict, declared):
    found, expected = [], verdict.goals
    names = [g["name"] for g in declared]
    if names != [name for name, _ in expected] or any(
            _weights(one["parts"]) != _weights(verdict.parts)
            for one in declared if one.get("parts")):
        return [breach("goals", f"{names} are not the goals asked")]
    for one, (name, value) in zip(declared, expected):
        if one["value"] != value and name != "changes":
            found.append(breach("goals", f"{name} is {value}, not "
                                f"{one['value']}", goal=name))
        sense, unit = GOALS.get(name, (verdict.sense, "weighted"))
        if one.get("sense", sense) != sense or one.get("unit", unit) != unit:
            found.append(breach("goals", f"{name}: {sense}, {unit}", goal=name))
        for said, true in zip(one.get("parts", []), verdict.parts):
            if said["value"] != true["value"]:
                found.append(breach("goals", f"the part {true} is not {said}",
                                    goal=name))
    return found


def _weights(parts):
    return [(p["goal"], p["weight"]) for p in parts]


def _coverage(verdict, declared):
    def by_day(coverage):
        return {(c["structure"], c["date"]): c["intervals"]
                for c in coverage if c["intervals"]}

    true, said = by_day(verdict.coverage), by_day(declared)
    return [breach("coverage", f"is {true.get(name)}, not {said.get(name)}",
                   structure=name[0], date=name[1])
            for name in sorted(set(true) | set(said))
            if true.get(name) != said.get(name)]
