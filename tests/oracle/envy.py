# SPDX-License-Identifier: GPL-3.0-or-later
"""Who justifiably envies whom (format.md 8).

Each pair is tried: s waits, r takes the option it prefers, and the rows that
this touches are counted again. A day seen before with the same change is not
counted twice: that is all that is saved. A plan that breaks a rule is not
tried."""
from instants import Day
from rows import Rows, can_be_given
from goals import group_points


class Envy:
    def __init__(self, rows):
        self.rows, self.problem, self.given = rows, rows.problem, rows.given
        self.points = group_points(self.problem)
        self.seen, self.short = {}, {}
        self.theirs = {name: [] for name in rows.days}
        for o in self.given.values():
            for p in o.presences:
                self.theirs[p.structure, p.day].append(p)
        self.there = {name: {p.option.request.id for p in theirs}
                      for name, theirs in self.theirs.items()}
        self.periods = rows.periods()
        self.short_already = {_name(s): s["size"] for s in rows.shortages}
        self.tied = self._tied()

    def _tied(self):
        """Requests whose move concerns others beyond the places."""
        p, seen, tied = self.problem, {}, set(self.problem.pins)
        for group in p.siblings.values():
            tied |= group.requests
        for r in p.requests.values():
            first = seen.setdefault(r.child.id, r.id)
            if first != r.id:
                tied |= {first, r.id}
            if r.insertion or any(o.uses for o in r.options.values()):
                tied.add(r.id)
        return tied

    def pairs(self):
        """Of a plan that breaks no rule."""
        served = [s for s in sorted(self.given)
                  if self.problem.requests[s].need_not]
        found = []
        for r in self.problem.requests:
            below = [s for s in served if self.points[s] < self.points[r]]
            envied = self._envied(r, below) if below else ()
            found += [{"request": r, "envies": s} for s in below if s in envied]
        return found

    def _envied(self, r, below):
        now, envied = self.given.get(r), set()
        for o in self.problem.requests[r].options.values():
            if now is not None and o.rank >= now.rank:
                continue
            if not can_be_given(self.problem, o):
                continue
            # Where o does not fit with everybody there, s must be there.
            full = [name for name in self._days(o)
                    if not self._day(name, (r,), o)[0]]
            for s in below:
                if s not in envied and self._envies(r, o, s, full):
                    envied.add(s)
        return envied

    @staticmethod
    def _days(o):
        return {(p.structure, p.day) for p in o.presences} if o else set()

    def _envies(self, r, o, s, full):
        theirs = self._days(self.given[s])
        if not theirs.issuperset(full):
            return False
        touched = theirs | self._days(o) | self._days(self.given.get(r))
        days = dict(self.rows.days)
        for name in sorted(touched, key=lambda name: name not in full):
            fits, days[name] = self._day(name, (r, s), o)
            if not fits:
                return False
        return (self._periods_hold(days, {name[0] for name in touched})
                and self._whole_holds(r, s, o))

    def _day(self, name, without, o):
        """Whether no row of a day would be worse nor a session too small
        (fewer children can be: all is counted), and the day as it would be."""
        leave = tuple(sorted(self.there[name].intersection(without)))
        come = [p for p in o.presences
                if (p.structure, p.day) == name]
        key = name, leave, (o.request.id, o.is_held) if come else None, tuple(
            (p.section, p.begin, p.end) for p in come)
        if key not in self.seen:
            stay = [p for p in self.theirs[name]
                    if p.option.request.id not in leave]
            today = Day(self.problem, self.problem.structures[name[0]],
                        name[1], stay + come, self.rows.days[name].moments,
                        self._refuse(name))
            today.runs = None  # only its sums are asked from here on
            self.seen[key] = not today.is_refused, today
        return self.seen[key]

    def _refuse(self, name):
        def refuse(begin, end, rows):
            before = self._short_before(name)
            for *row, size, is_new in rows:
                sizes = before.get(tuple(row), {})
                if is_new or any(sizes.get(t, 0) < size
                                 for t in range(begin, end)):
                    return True
            return False
        return refuse

    def _short_before(self, name):
        """{row: {minute: size}} of the shortages of the plan on a day."""
        if name not in self.short:
            found = {}
            for row, spans in self.rows.days[name].rows().items():
                if not row[-1]:
                    found[row[:-1]] = {t: size for begin, end, size in spans
                                       for t in range(begin, end)}
            self.short[name] = found
        return self.short[name]

    def _periods_hold(self, days, structures):
        """Weeks and months of the structures touched."""
        now = Rows(self.problem, {}, days).periods(structures)
        return not any(size > 0 and (is_new or size > self.periods[name][0])
                       for name, (size, is_new, _) in now.items())

    def _whole_holds(self, r, s, o):
        if not self.tied & {r, s}:
            return True
        changed = {k: v for k, v in self.given.items() if k not in (r, s)}
        changed[r] = o
        rows = Rows(self.problem, changed, {})
        rows.whole()
        return not rows.breaches and all(
            self.short_already.get(_name(s), 0) >= s["size"]
            for s in rows.shortages)


def _name(shortage):
    return tuple(sorted((k, v) for k, v in shortage.items() if k != "size"))
