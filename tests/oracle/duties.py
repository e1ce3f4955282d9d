# SPDX-License-Identifier: GPL-3.0-or-later
"""The duties of a plan, and who is on duty in each minute of a structure's
day, beside its staff (format.md 3.4, 3.12 and 9)."""
from types import SimpleNamespace

from employees import category_on, skills_on
from law import PERSONS
from shifts import duty, with_children
from values import Fault


def read(problem, given):
    """{employee id: {date: duty}} of what the plan file says."""
    found = {}
    for one in given:
        name, day, way = one["employee"], one["date"], tuple(one["pieces"])
        s = problem.shifts.get(one["shift"])
        if (name not in problem.employees or s is None
                or day not in problem.horizon.letter):
            raise Fault("E-REF", "/duties", f"{name} works {one['shift']} on "
                        f"{day}")
        if way not in s.ways:
            raise Fault("E-VALUE", "/duties", f"{way}: no way of {s.id}")
        days = found.setdefault(name, {})
        if day in days:
            raise Fault("E-DUPLICATE", "/duties", f"{name} on {day}")
        days[day] = duty(s, day, way)
    return {name: dict(sorted(found[name].items())) for name in sorted(found)}


def on_duty(problem, duties):
    """{(structure, day): moments} where somebody is on duty with children."""
    there = {}
    for name, days in duties.items():
        e = problem.employees[name]
        for day, one in days.items():
            who = category_on(e, day), skills_on(e, day)
            for structure, begin, end in with_children(one.shift, one.way):
                there.setdefault((structure, day), []).append((begin, end, who))
    return {where: _joined(problem.law.moments[where], spans)
            for where, spans in there.items()}


def _joined(moments, spans):
    """The minutes of a day with those on duty among the staff."""
    beside = [()] * len(moments)
    for i, (begin, end, _) in enumerate(spans):
        for t in range(begin, end):
            beside[t] += (i,)
    interned, found = {}, []
    for moment, which in zip(moments, beside):
        key = id(moment), which
        if which and key not in interned:
            interned[key] = _with(moment, [spans[i][2] for i in which])
        found.append(interned[key] if which else moment)
    return found


def _with(moment, people):
    """A moment like another with these people; what it came to when nobody
    was there is counted again."""
    one = SimpleNamespace(**{**vars(moment), "empty": None})
    for category, skills in people:
        one.skills = one.skills | skills
        if category in PERSONS:
            setattr(one, category, getattr(one, category) + 1)
    return one
