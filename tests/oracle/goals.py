# SPDX-License-Identifier: GPL-3.0-or-later
"""The value of every goal, and the waiting list (format.md 7 and 9)."""
import roster
from values import age_months


def group_points(problem):
    """Points as the policy and the waiting list count them: a bundle of
    siblings has the largest of its members."""
    found = {r.id: r.points for r in problem.requests.values()}
    for group in problem.siblings.values():
        if group.rule in ("together", "all_or_none"):
            best = max(problem.requests[r].points for r in group.requests)
            for r in group.requests:
                found[r] = max(found[r], best)
    return found


def values(rows):
    """Every goal but `envy` and `weighted`."""
    given = rows.given.values()
    return {
        "shortage": rows.price(),
        "points": sum(o.request.points for o in given),
        "requests": len(given),
        "hours": sum(o.minutes for o in given),
        "satisfaction": sum(o.satisfaction for o in given),
        "ranks": sum(o.rank for o in given),
        "continuity": sum(_continuity(o) for o in given),
        "siblings": _siblings(rows),
        "distance": sum(o.distance for o in given),
        "concentration": len({(need, o.structure) for o in given
                              for need in o.request.child.needs}),
        "age_fit": sum(_age_fit(rows.problem, o) for o in given),
        "floors": _floors(rows),
        **roster.values(rows.problem, rows.duties),
        "changes": 0,  # what people were told stands in no problem
        "tie": sum(o.ticket for o in given)}


def _continuity(o):
    held = o.request.held
    if held is None or o.structure != held.structure:
        return 0
    now, before = _at_home(o), _at_home(held)
    if not now or not before:
        return 1
    return 1 + (now[0].section == before[0].section)


def _at_home(o):
    """The presences of an option in the structure that it is in (4.3)."""
    return [p for p in o.presences if p.structure == o.structure]


def _siblings(rows):
    together = 0
    for group in rows.problem.siblings.values():
        options = [rows.given.get(r) for r in group.requests]
        together += (None not in options
                     and len({o.structure for o in options}) == 1)
    return together


def _age_fit(problem, o):
    days = set()
    for p in o.presences:
        if p.section is None:
            continue
        its = problem.structures[p.structure].sections[p.section]
        low = (its.from_months if its.ideal_from_months is None
               else its.ideal_from_months)
        high = (its.below_months if its.ideal_below_months is None
                else its.ideal_below_months)
        age = age_months(o.request.child.birth, p.day)
        if ((low is not None and age < low)
                or (high is not None and age >= high)):
            days.add(p.day)
    return len(days)


def _floors(rows):
    total = 0
    for (structure, _), today in rows.days.items():
        m = rows.problem.structures[structure].floors.ratio_margin
        if m is not None:
            total += today.margin(m)
    for s in rows.problem.structures.values():
        given = rows.given.values()
        if s.floors.arrivals_per_15min is not None:
            total += _arrivals([p for o in given for p in o.presences
                                if p.structure == s.id],
                               s.floors.arrivals_per_15min)
        if s.floors.group_changes is not None:
            total += sum(_changes(o, s.floors.group_changes) for o in given
                         if o.structure == s.id)
    return total


def _arrivals(presences, k):
    begun = {}
    for p in presences:
        quarter = p.day, p.begin // 15
        begun[quarter] = begun.get(quarter, 0) + 1
    return sum(max(0, n - k) for n in begun.values())


def _changes(o, g):
    changes = {}
    for p, q in zip(o.presences, o.presences[1:]):
        if p.day == q.day and (p.structure, p.section) != (q.structure,
                                                           q.section):
            changes[p.day] = changes.get(p.day, 0) + 1
    return sum(max(0, n - g) for n in changes.values())


def waiting(problem, given):
    points = group_points(problem)

    def key(r):
        return -points[r.id], -_best_ticket(r), r.id

    left = [r for r in problem.requests.values() if r.id not in given]
    return [{"request": r.id, "rank": i}
            for i, r in enumerate(sorted(left, key=key), 1)]


def _best_ticket(r):
    """The ticket of the option of best rank, the first of the menu at ties."""
    best = min(r.options.values(), key=lambda o: o.rank, default=None)
    return 0 if best is None else best.ticket
