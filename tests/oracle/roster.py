# SPDX-License-Identifier: GPL-3.0-or-later
"""What the duties of a plan are worth: the goals cover, wishes, overtime,
staff_minutes, cost and fairness (format.md 3.11, 3.12, 7.1 and 7.6)."""
from values import ceil_div, week_name


def values(problem, duties):
    """duties: {employee id: {date: duty}}."""
    return {"cover": sum(_cover(problem, w, duties) for w in problem.cover),
            "wishes": sum(_wishes(e, duties.get(e.id, {}))
                          for e in problem.employees.values()),
            "overtime": sum(minutes for e in problem.employees.values()
                            for minutes in _overtime(problem, e,
                                                     duties.get(e.id, {}))),
            "staff_minutes": sum(one.minutes for days in duties.values()
                                 for one in days.values()),
            "cost": sum(_cost(problem, e, duties.get(e.id, {}))
                        for e in problem.employees.values()),
            "fairness": _fairness(problem, duties)}


def _cover(problem, w, duties):
    total = 0
    for day in problem.horizon.covered(w):
        n = sum(day in days and days[day].shift.id == w.shift
                for days in duties.values())
        total += (w.missing * max(0, w.wanted - n)
                  + w.extra * max(0, n - w.wanted))
    return total


def _wishes(e, worked):
    return sum(wish.weight for wish in e.wishes
               if _is_worked(wish, worked) != wish.wanted)


def _is_worked(wish, worked):
    one = worked.get(wish.date)
    return one is not None and wish.shift in (None, one.shift.id)


def _overtime(problem, e, worked):
    """Week by week: minutes beyond the contract, less those of the history
    alone."""
    usual = e.contract.week_minutes
    if usual is None:
        return
    past, now = _by_week(e.history), _by_week(worked)
    for week in {week_name(day) for day in problem.horizon.days}:
        h, m = past.get(week, 0), now.get(week, 0)
        yield max(0, h + m - usual) - max(0, h - usual)


def _cost(problem, e, worked):
    """Cents: each duty and each week is rounded up by itself."""
    return (sum(e.cost.call + ceil_div(one.minutes * e.cost.hour, 60)
                for one in worked.values())
            + sum(ceil_div(minutes * e.cost.overtime, 60)
                  for minutes in _overtime(problem, e, worked)))


def _by_week(days):
    found = {}
    for day, one in days.items():
        found[week_name(day)] = found.get(week_name(day), 0) + one.minutes
    return found


def _carried(problem, e, worked):
    """Openings, closings and Wednesdays of one, those before among them."""
    n = dict(vars(e.burdens))
    for day, one in worked.items():
        open_in = [(s, problem.law.opening[s.structure, day])
                   for s in one.shift.segments]
        n["openings"] += any(s.begin <= minutes.find(1) < s.end
                             for s, minutes in open_in)
        n["closings"] += any(s.begin <= minutes.rfind(1) < s.end
                             for s, minutes in open_in)
        n["wednesdays"] += day.isoweekday() == 3
    return n


def _thousandths(people):
    """Whole parts of 1000, by the largest remainders."""
    total = sum(e.share for e in people)
    parts = {e.id: divmod(1000 * e.share, total) for e in people}
    left = 1000 - sum(whole for whole, _ in parts.values())
    more = sorted(parts, key=lambda name: (-parts[name][1], name))[:left]
    return {name: whole + (name in more)
            for name, (whole, _) in parts.items()}


def _fairness(problem, duties):
    people = [e for e in problem.employees.values() if e.share]
    if not people:
        return 0
    weight = _thousandths(people)
    carried = {e.id: _carried(problem, e, duties.get(e.id, {}))
               for e in people}
    every = {what: sum(n[what] for n in carried.values())
             for what in ("openings", "closings", "wednesdays")}
    return sum(abs(1000 * n[what] - weight[name] * every[what])
               for name, n in carried.items() for what in every)
