# SPDX-License-Identifier: GPL-3.0-or-later
"""The days of the horizon, and the windows that select among them
(format.md 1.1 and 2.1)."""
import datetime
from types import SimpleNamespace

from values import (DAY_MINUTES, REQUIRED, WEEKDAYS, Fault, Members, date,
                    integer, minute, set_of, word)

LIMIT_DAYS = 400


def weekday_set(value, pointer):
    """Weekdays as numbers, Monday 0."""
    days = set_of(word(*WEEKDAYS))(value, pointer)
    return frozenset(WEEKDAYS.index(day) for day in days)


class Horizon:
    def __init__(self, value, pointer):
        m = Members(value, pointer)
        self.first, self.last = m.get("first", date), m.get("last", date)
        weekdays = m.get("weekdays", weekday_set, frozenset(range(5)))
        left_out = m.get("except", set_of(date), frozenset())
        self.week_a = m.get("week_a", date, self.first)
        m.done()
        span = (self.last - self.first).days + 1
        if not 1 <= span <= LIMIT_DAYS:
            raise Fault("E-HORIZON", pointer, f"{span} days")
        dates = [self.first + datetime.timedelta(days=i) for i in range(span)]
        self.days = [day for day in dates
                     if day.weekday() in weekdays and day not in left_out]
        if not self.days:
            raise Fault("E-HORIZON", pointer, "no day is left")
        self.letter = {day: self._letter(day) for day in self.days}
        self._covered = {}

    def _letter(self, day):
        def monday(d):
            return d - datetime.timedelta(days=d.weekday())
        weeks = (monday(day) - monday(self.week_a)).days // 7
        return "AB"[weeks % 2]

    def covered(self, window):
        """The days of the horizon that a window covers, in order."""
        found = self._covered.get(window.selector)
        if found is None:
            found = [day for day in self.days if self._covers(window, day)]
            self._covered[window.selector] = found
        return found

    def _covers(self, w, day):
        return ((w.days is None or day.weekday() in w.days)
                and (w.dates is None or day in w.dates)
                and (w.week is None or self.letter[day] == w.week)
                and (w.first is None or w.first <= day)
                and (w.last is None or day <= w.last))


def window(times="required", **more):
    """The kind of a window; `more` are its further members: (kind, default)."""
    def kind(value, pointer):
        m = Members(value, pointer)
        w = SimpleNamespace(
            days=m.get("days", weekday_set, None),
            dates=m.get("dates", set_of(date), None),
            week=m.get("week", word("A", "B"), None),
            first=m.get("first", date, None), last=m.get("last", date, None),
            begin=0, end=DAY_MINUTES)
        if times != "none":
            needed = REQUIRED if times == "required" else None
            begin = m.get("begin", minute, needed)
            end = m.get("end", minute, needed)
            w.begin = 0 if begin is None else begin
            w.end = DAY_MINUTES if end is None else end
        for name, (its_kind, default) in more.items():
            setattr(w, name, m.get(name, its_kind, default))
        m.done()
        if w.begin >= w.end:
            raise Fault("E-INTERVAL", pointer, "begin is not before end")
        if w.dates is not None and (w.days is not None or w.week is not None):
            raise Fault("E-VALUE", pointer, "`dates` excludes `days`, `week`")
        w.selector = (w.days, w.dates, w.week, w.first, w.last)
        return w
    return kind


def interval(value, pointer):
    """A bare interval, as in the exceptions of a structure."""
    m = Members(value, pointer)
    found = m.get("begin", minute), m.get("end", minute)
    m.done()
    if found[0] >= found[1]:
        raise Fault("E-INTERVAL", pointer, "begin is not before end")
    return found


places = integer(0, 10_000)
