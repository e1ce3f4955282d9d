# SPDX-License-Identifier: GPL-3.0-or-later
"""Employees and cover as read, and what they refer to (format.md 3.10 and
3.11)."""
from types import SimpleNamespace

from clocks import elapsed
from values import (DAY_MINUTES, REQUIRED, Fault, Members, boolean, by_key,
                    date, ident, integer, listed, minute, set_of, word)
from windows import window

CATEGORIES = ("cat1", "cat2", "director", "qualified", "trainee",
              "unqualified", "other")
WEEK, HORIZON = integer(0, 7 * DAY_MINUTES), integer(0, 400 * DAY_MINUTES)
CONTRACT = {"week_minutes": WEEK, "week_most": WEEK, "least": HORIZON,
            "most": HORIZON}
LIMITS = {"days_in_row": integer(1, 400), "least_in_row": integer(1, 31),
          "least_off": integer(1, 31), "weekends": integer(0, 60)}
BURDENS = ("openings", "closings", "wednesdays")
COST = ("hour", "overtime", "call")


def _record(**members):
    def kind(value, pointer):
        m = Members(value, pointer)
        found = SimpleNamespace(**{
            name: m.get(name, its_kind, default)
            for name, (its_kind, default) in members.items()})
        m.done()
        return found
    return kind


_dates = {"valid_from": (date, None), "valid_to": (date, None)}
_qualification = _record(category=(word(*CATEGORIES), REQUIRED), **_dates)
_skill = _record(skill=(ident, REQUIRED), **_dates)
_contract = _record(**{name: (its, None) for name, its in CONTRACT.items()})
_limits = _record(**{name: (its, None) for name, its in LIMITS.items()})
_burdens = _record(**{name: (integer(0, 10 ** 4), 0) for name in BURDENS})
_cost = _record(**{name: (integer(0, 10 ** 6), 0) for name in COST})
_most = _record(shift=(ident, REQUIRED), most=(integer(0, 400), REQUIRED))
_wish = _record(date=(date, REQUIRED), shift=(ident, None),
                wanted=(boolean, True), weight=(integer(1, 10 ** 6), REQUIRED))
cover = window("none", shift=(ident, REQUIRED),
               wanted=(integer(0, 1000), REQUIRED),
               missing=(integer(0, 10 ** 6), REQUIRED),
               extra=(integer(0, 10 ** 6), REQUIRED))


def _only_true(value, pointer):
    if not boolean(value, pointer):
        raise Fault("E-VALUE", pointer, "`off` is true or left out")
    return value


def _pin(value, pointer):
    found = _record(date=(date, REQUIRED), shift=(ident, None),
                    off=(_only_true, False), author=(ident, None),
                    reason=(ident, None))(value, pointer)
    if (found.shift is not None) == found.off:
        raise Fault("E-VALUE", pointer, "one of shift, off")
    return found


def _past(value, pointer):
    found = _record(date=(date, REQUIRED), begin=(minute, REQUIRED),
                    end=(minute, REQUIRED),
                    minutes=(integer(0, DAY_MINUTES), None))(value, pointer)
    if found.begin >= found.end:
        raise Fault("E-INTERVAL", pointer, "begin is not before end")
    if found.minutes is None:
        found.minutes = found.end - found.begin
    return found


def employee(value, pointer):
    m = Members(value, pointer)
    e = SimpleNamespace(
        id=m.get("id", ident),
        qualifications=m.get("qualifications", listed(_qualification), []),
        skills=m.get("skills", listed(_skill), []),
        preset=m.get("preset", ident, None),
        structures=m.get("structures", set_of(ident), None),
        available=m.get("available", listed(window("optional")), None),
        absent=m.get("absent", listed(window("optional")), []),
        contract=m.get("contract", _contract, None) or _contract({}, ""),
        limits=m.get("limits", _limits, None) or _limits({}, ""),
        shift_most=m.get("shift_most", by_key(_most, "shift"), {}),
        wishes=m.get("wishes", listed(_wish), []),
        pins=m.get("pins", by_key(_pin, "date"), {}),
        history=m.get("history", by_key(_past, "date"), {}),
        share=m.get("share", integer(0, 10 ** 5), None),
        burdens=m.get("burdens", _burdens, None) or _burdens({}, ""),
        cost=m.get("cost", _cost, None) or _cost({}, ""), pointer=pointer)
    m.done()
    if e.share is None:
        e.share = e.contract.week_minutes or 0
    return e


def is_valid(one, day):
    return ((one.valid_from is None or one.valid_from <= day)
            and (one.valid_to is None or day <= one.valid_to))


def category_on(e, day):
    return next((one.category for one in e.qualifications
                 if is_valid(one, day)), "other")


def skills_on(e, day):
    return frozenset(one.skill for one in e.skills if is_valid(one, day))


def is_within(problem, windows, day, begin, end):
    """Whether an interval of a day lies inside the union of windows."""
    reached = begin
    for w in sorted(windows, key=lambda w: w.begin):
        if day in problem.horizon.covered(w) and w.begin <= reached:
            reached = max(reached, w.end)
    return reached >= end


def touches(problem, windows, day, begin, end):
    return any(day in problem.horizon.covered(w)
               and w.begin < end and begin < w.end for w in windows)


# -- references ---------------------------------------------------------------

def check(problem):
    """What shifts, employees and cover name; and the presets."""
    for s in problem.shifts.values():
        for name in (s.structure, *s.structures):
            _known(problem.structures, name, s.pointer)
        for name in s.then_not:
            _known(problem.shifts, name, s.pointer)
        s.days = (set(problem.horizon.days) if s.when is None else
                  {day for w in s.when for day in problem.horizon.covered(w)})
    for w in problem.cover:
        _known(problem.shifts, w.shift, "/cover")
    for e in problem.employees.values():
        _check_employee(problem, e)


def check_reserved(problem):
    """With what employees do not go yet (2)."""
    if not problem.employees:
        return
    if problem.policy == "by_points":
        raise Fault("E-RESERVED", "/policy", "by_points with employees")


def _known(names, name, pointer):
    if name not in names:
        raise Fault("E-REF", pointer, f"{name!r} is not known")


def _check_employee(problem, e):
    for name in e.structures or ():
        _known(problem.structures, name, e.pointer)
    if e.structures is None:
        e.structures = frozenset(problem.structures)
    least, most = e.contract.least, e.contract.most
    if None not in (least, most) and least > most:
        raise Fault("E-INTERVAL", e.pointer, "least is more than most")
    for name in (*e.shift_most, *(one.shift for one in (
            *e.wishes, *e.pins.values()) if one.shift is not None)):
        _known(problem.shifts, name, e.pointer)
    for one in (*e.wishes, *e.pins.values()):
        if one.date not in problem.horizon.letter:
            raise Fault("E-RANGE", e.pointer, f"{one.date} is no day")
    e.law = _preset(problem, e)
    _check_history(problem, e)


def _preset(problem, e):
    """The rule of kind `labour` with that id, in force on the first day."""
    if e.preset is None:
        return SimpleNamespace()
    named = [one for name in sorted(problem.packs)
             for one in problem.packs[name].rules
             if one.kind == "labour" and one.id == e.preset]
    if not named:
        raise Fault("E-REF", e.pointer, f"no preset {e.preset!r}")
    for one in named:
        if is_valid(one, problem.horizon.days[0]):
            return SimpleNamespace(**one.parameters)
    raise Fault("E-EXPIRED", e.pointer, f"the preset {e.preset}")


def _check_history(problem, e):
    past = list(e.history.values())
    if past and past[-1].date >= problem.horizon.first:
        raise Fault("E-HISTORY", e.pointer, f"{past[-1].date} is not before")
    least = getattr(e.law, "min_daily_rest", None) or 0
    for a, b in zip(past, past[1:]):
        if elapsed(a.date, a.end, b.date, b.begin) < least and (
                b.date - a.date).days == 1:
            raise Fault("E-HISTORY", e.pointer, f"too little rest {b.date}")
