# SPDX-License-Identifier: GPL-3.0-or-later
"""What a duty asks of one employee whatever happens on other days: the rule
`duty`; and what those who may work somewhere can do (format.md 4.3, 5.5)."""
from employees import is_within, skills_on, touches
from shifts import cuts, stretches


class Limits:
    """The parameters of a preset; one that it does not give is None."""

    def __init__(self, law):
        self.law = law

    def __getattr__(self, name):
        return getattr(self.law, name, None)

    def over(self, value, name):
        most = getattr(self, name)
        return most is not None and value > most


def breaks_duty(problem, e, one):
    """Why a duty cannot be, whatever the other days are; or None."""
    s, law = one.shift, Limits(e.law)
    when = one.date, one.begin, one.end
    gaps = cuts(s)
    if one.date not in s.days:
        return "is not worked then"
    if not s.structures <= e.structures:
        return "is elsewhere"
    if e.available is not None and not is_within(problem, e.available, *when):
        return "is not wanted then"
    if touches(problem, e.absent, *when):
        return "is in an absence"
    if (law.over(one.minutes, "max_day")
            or law.over(one.end - one.begin, "max_amplitude")):
        return "is too long"
    if (law.over(len(gaps) + 1, "max_periods")
            or law.over(sum(gaps), "max_cuts")
            or any(law.over(gap, "max_cut") for gap in gaps)):
        return "is too much cut"
    if law.break_after is not None and any(
            minutes >= law.break_after for minutes in stretches(
                s, one.way, law.break_minutes or 0)):
        return "lacks a break"
    return None


def skills_to_come(problem, structure, day):
    """Those of the employees who may work there, whether or not a shift would
    have them there that day; found once."""
    key = structure, day
    if key not in problem.to_come:
        problem.to_come[key] = frozenset().union(
            *(skills_on(e, day) for e in problem.employees.values()
              if structure in e.structures))
    return problem.to_come[key]
