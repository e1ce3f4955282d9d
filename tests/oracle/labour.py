# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of labour: what the duties of each employee break (format.md 3.9,
3.10 and 5.5)."""
import datetime

from clocks import elapsed
from fitness import Limits, breaks_duty
from rows import breach
from values import week_name

ONE_DAY = datetime.timedelta(days=1)


def breaches(problem, duties):
    """Of all employees; duties: {employee id: {date: duty}}."""
    return [one for e in problem.employees.values()
            for one in Labour(problem, e, duties.get(e.id, {})).all()]


class Labour:
    """The rules of one employee: `worked` are the duties of the plan by date,
    `known` those and the history."""

    def __init__(self, problem, e, worked):
        self.problem, self.e, self.worked = problem, e, worked
        self.known = {**e.history, **worked}
        self.law, self.found = Limits(e.law), []
        self.first_day = problem.horizon.days[0]
        self.last_day = problem.horizon.days[-1]
        self.weeks = sorted({day - datetime.timedelta(days=day.weekday())
                             for day in problem.horizon.days})

    def all(self):
        self.each_duty()
        self.pins()
        self.nights()
        self.weekly_rest()
        self.weeks_of_work()
        self.contract()
        self.days_in_row()
        self.days_off()
        self.weekends()
        self.then_not()
        self.shift_most()
        return self.found

    def _breach(self, rule, size=0, **members):
        where = " ".join(map(str, members.values()))
        self.found.append(breach(rule, f"{rule} of {self.e.id} {where}", size,
                                 employee=self.e.id, **members))

    # -- days ----------------------------------------------------------------

    def each_duty(self):
        for day, one in self.worked.items():
            if breaks_duty(self.problem, self.e, one):
                self._breach("duty", date=day.isoformat())

    def pins(self):
        for day, pin in self.e.pins.items():
            one = self.worked.get(day)
            if (one and one.shift.id) != pin.shift:  # `off` has no shift
                self._breach("pin", date=day.isoformat())

    def _in_turn(self):
        """Duties on two consecutive dates, the second in the plan."""
        return [(self.known[day - ONE_DAY], one)
                for day, one in self.worked.items()
                if day - ONE_DAY in self.known]

    def nights(self):
        for a, b in self._in_turn():
            missing = (self.law.min_daily_rest or 0) - elapsed(
                a.date, a.end, b.date, b.begin)
            if missing > 0:
                self._breach("rest", missing, date=b.date.isoformat())

    def then_not(self):
        for a, b in self._in_turn():
            if a.date in self.worked and b.shift.id in a.shift.then_not:
                self._breach("then_not", date=b.date.isoformat())

    # -- weeks ---------------------------------------------------------------

    def weekly_rest(self):
        if self.law.min_weekly_rest is None and self.law.rest_days is None:
            return
        for monday in self.weeks:
            dates = [monday + i * ONE_DAY for i in range(7)]
            if not any(self._rests(day) for day in dates):
                self._breach("weekly_rest", week=week_name(monday))

    def _rests(self, day):
        """Whether a long enough rest begins on a date."""
        last = day + ((self.law.rest_days or 1) - 1) * ONE_DAY
        if any(day <= date <= last for date in self.known):
            return False
        before = max((d for d in self.known if d < day), default=None)
        after = min((d for d in self.known if d > last), default=None)
        if before is None or after is None:
            return True
        return (self.law.min_weekly_rest or 0) <= elapsed(
            before, self.known[before].end, after, self.known[after].begin)

    def _minutes(self, monday, weeks=1):
        """Working minutes of a week and of those before it."""
        first = monday - (weeks - 1) * 7 * ONE_DAY
        return sum(one.minutes for day, one in self.known.items()
                   if first <= day < monday + 7 * ONE_DAY)

    def weeks_of_work(self):
        most = min((limit for limit in (self.law.max_week,
                                        self.e.contract.week_most)
                    if limit is not None), default=None)
        mean, weeks = self.law.max_mean_week, self.law.mean_weeks or 1
        for monday in self.weeks:
            for rule, over in (
                    ("week_minutes",
                     most is not None and self._minutes(monday) - most),
                    ("mean_week", mean is not None and
                     self._minutes(monday, weeks) - mean * weeks)):
                if over > 0:
                    self._breach(rule, over, week=week_name(monday))

    def weekends(self):
        most = self.e.limits.weekends
        worked = {week_name(day) for day in self.worked if day.weekday() >= 5}
        if most is not None and len(worked) > most:
            self._breach("weekends", len(worked) - most)

    # -- rows of days --------------------------------------------------------

    def _rows(self):
        """(first, last) of the dates in a row with a duty."""
        rows = []
        for day in sorted(self.known):
            if rows and rows[-1][1] == day - ONE_DAY:
                rows[-1] = rows[-1][0], day
            else:
                rows.append((day, day))
        return rows

    def days_in_row(self):
        limits = self.e.limits
        for first, last in self._rows():
            n = (last - first).days + 1
            if last < self.first_day:
                continue  # wholly in the history
            if limits.days_in_row is not None and n > limits.days_in_row:
                self._breach("in_row", n - limits.days_in_row,
                             date=first.isoformat())
            is_inside = self.first_day < first and last < self.last_day
            if is_inside and n < (limits.least_in_row or 0):
                self._breach("least_in_row", limits.least_in_row - n,
                             date=first.isoformat())

    def days_off(self):
        rows = self._rows()
        for (_, last), (first, _) in zip(rows, rows[1:]):
            missing = (self.e.limits.least_off or 0) - (
                (first - last).days - 1)
            if missing > 0 and first >= self.first_day:
                self._breach("least_off", missing,
                             date=(last + ONE_DAY).isoformat())

    # -- the horizon ---------------------------------------------------------

    def contract(self):
        minutes = sum(one.minutes for one in self.worked.values())
        least, most = self.e.contract.least, self.e.contract.most
        if least is not None and minutes < least:
            self._breach("contract", least - minutes)
        if most is not None and minutes > most:
            self._breach("contract", minutes - most)

    def shift_most(self):
        over = 0
        for its in self.e.shift_most.values():
            n = sum(one.shift.id == its.shift for one in self.worked.values())
            over += max(0, n - its.most)
        if over:
            self._breach("shift_most", over)
