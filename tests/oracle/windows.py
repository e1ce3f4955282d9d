# SPDX-License-Identifier: GPL-3.0-or-later
"""The days of the horizon, the windows that select among them, and the moments
before them (format.md 1.1, 2.1 and 3.7)."""
import datetime
from types import SimpleNamespace

from values import (DAY_MINUTES, REQUIRED, WEEKDAYS, Fault, Members, boolean,
                    date, ident, integer, listed, minute, set_of, word)

LIMIT_DAYS = 400
ANY_PERIOD, NO_PERIOD = "holidays", "school"


def weekday_set(value, pointer):
    """Weekdays as numbers, Monday 0."""
    days = set_of(word(*WEEKDAYS))(value, pointer)
    return frozenset(WEEKDAYS.index(day) for day in days)


def period(value, pointer):
    """School holidays; several may have one id."""
    m = Members(value, pointer)
    found = SimpleNamespace(id=m.get("id", ident), first=m.get("first", date),
                            last=m.get("last", date))
    m.done()
    if found.id in (ANY_PERIOD, NO_PERIOD):
        raise Fault("E-ID", pointer, f"`{found.id}` is a word of `in`")
    if found.first > found.last:
        raise Fault("E-INTERVAL", pointer, "first is after last")
    return found


class Horizon:
    def __init__(self, value, pointer):
        m = Members(value, pointer)
        self.first, self.last = m.get("first", date), m.get("last", date)
        weekdays = m.get("weekdays", weekday_set, frozenset(range(5)))
        self.left_out = m.get("except", set_of(date), frozenset())
        self.week_a = m.get("week_a", date, self.first)
        self.periods = m.get("periods", listed(period), [])
        m.done()
        span = (self.last - self.first).days + 1
        if not 1 <= span <= LIMIT_DAYS:
            raise Fault("E-HORIZON", pointer, f"{span} days")
        dates = [self.first + datetime.timedelta(days=i) for i in range(span)]
        self.days = [day for day in dates
                     if day.weekday() in weekdays and day not in self.left_out]
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
            self._known(window.within)
            found = [day for day in self.days if self._covers(window, day)]
            self._covered[window.selector] = found
        return found

    def _covers(self, w, day):
        return ((w.days is None or day.weekday() in w.days)
                and (w.dates is None or day in w.dates)
                and (w.week is None or self.letter[day] == w.week)
                and (w.first is None or w.first <= day)
                and (w.last is None or day <= w.last)
                and (w.within is None or self._is_within(w.within, day)))

    def _is_within(self, name, day):
        inside = {p.id for p in self.periods if p.first <= day <= p.last}
        if name == NO_PERIOD:
            return not inside
        return bool(inside) if name == ANY_PERIOD else name in inside

    def _known(self, name):
        if name not in (None, NO_PERIOD, ANY_PERIOD,
                        *(p.id for p in self.periods)):
            raise Fault("E-REF", "/horizon/periods", f"no period {name!r}")

    def before(self, moment, day):
        """The instant that a moment is before a date (3.7)."""
        for _ in range(moment.days):
            day -= datetime.timedelta(days=1)
            while moment.working and not self._is_working(day):
                day -= datetime.timedelta(days=1)
        return (datetime.datetime.combine(day, datetime.time())
                + datetime.timedelta(minutes=moment.at))

    def _is_working(self, day):
        """Whatever the weekdays of the horizon."""
        return day.weekday() < 5 and day not in self.left_out


def moment(value, pointer):
    """Some days before a date, at a time (3.7)."""
    m = Members(value, pointer)
    found = SimpleNamespace(days=m.get("days", integer(0, 400), 0),
                            at=m.get("at", minute, 0),
                            working=m.get("working", boolean, False))
    m.done()
    return found


def select(w):
    """What chooses the days of a window."""
    return w.days, w.dates, w.week, w.first, w.last, w.within


def _times(m, times):
    """The interval of a window. `session`: required, unless a session stands
    in their place."""
    if times == "none":
        return 0, DAY_MINUTES
    if times == "session":
        times = "optional" if "session" in m else "required"
        if times == "optional" and ("begin" in m or "end" in m):
            raise Fault("E-VALUE", m.pointer, "`session`, or times")
    needed = REQUIRED if times == "required" else None
    begin, end = m.get("begin", minute, needed), m.get("end", minute, needed)
    return (0 if begin is None else begin,
            DAY_MINUTES if end is None else end)


def window(times="required", **more):
    """The kind of a window; `more` are its further members: (kind, default)."""
    def kind(value, pointer):
        m = Members(value, pointer)
        w = SimpleNamespace(
            days=m.get("days", weekday_set, None),
            dates=m.get("dates", set_of(date), None),
            week=m.get("week", word("A", "B"), None),
            first=m.get("first", date, None), last=m.get("last", date, None),
            within=m.get("in", ident, None))
        w.begin, w.end = _times(m, times)
        for name, (its_kind, default) in more.items():
            setattr(w, name, m.get(name, its_kind, default))
        m.done()
        if w.begin >= w.end:
            raise Fault("E-INTERVAL", pointer, "begin is not before end")
        if w.dates is not None and (w.days is not None or w.week is not None):
            raise Fault("E-VALUE", pointer, "`dates` excludes `days`, `week`")
        w.selector = select(w)
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
