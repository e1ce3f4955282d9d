# SPDX-License-Identifier: GPL-3.0-or-later
"""Every row of the problem under given placements: breaches and shortages in
the canonical form of a plan (format.md 5, 5.3 and 9)."""
from fitness import skills_to_come
from instants import Day
from menus import admits, is_absent
from values import age_months, ceil_div, clock, month_name, week_name

PRICE_OF = {"places": "place_minute", "ratio": "person_minute",
            "quota": "person_minute", "minimum": "person_minute",
            "skill": "person_minute",
            "week": "week_minute", "mix": "mix_minute", "request": "request",
            "guaranteed": "guaranteed"}


def breach(rule, message, size=0, **members):
    return {"rule": rule, **{k: v for k, v in members.items() if v is not None},
            "size": size, "message": message}


class Rows:
    """`given`: {request id: option}; `duties`: {employee id: {date: duty}}. A
    Rows may borrow the days of another that the difference between their
    placements does not touch."""

    def __init__(self, problem, given, days, duties=None):
        self.problem, self.given, self.days = problem, given, days
        self.duties = duties or {}
        self.breaches, self.shortages = [], []

    def all(self):
        self.instants()
        self.weeks_and_months()
        self.whole()
        return self

    # -- instants, weeks, months ---------------------------------------------

    def _short(self, kind, rule, size, is_new, article, **members):
        members = {k: v for k, v in members.items() if v is not None}
        if is_new:
            where = " ".join(f"{k} {v}" for k, v in members.items())
            self.breaches.append(breach(
                rule, f"{rule} is short by {size} with a newcomer: {where}",
                size, article=article or None, **members))
        else:
            self.shortages.append(
                {"kind": kind, "rule": rule, **members, "size": size})

    def instants(self):
        for (_, day), today in self.days.items():
            for row, spans in today.rows().items():
                kind, rule, field, name, is_new = row
                more = {field: name} if field else {}
                for begin, end, size in spans:
                    self._short(kind, rule, size, is_new,
                                _article(today, begin, rule),
                                structure=today.structure.id, **more,
                                date=day.isoformat(), begin=clock(begin),
                                end=clock(end))
            for begin, end, size in today.groups:
                self.breaches.append(breach(
                    "group", f"{size} too few in {today.structure.id}", size,
                    structure=today.structure.id, date=day.isoformat(),
                    begin=clock(begin), end=clock(end)))

    def weeks_and_months(self):
        for name, row in self.periods().items():
            structure, kind, period = name
            size, is_new, article = row
            if size > 0:
                self._short(kind, kind, size, is_new, article,
                            structure=structure,
                            **{"week" if kind == "week" else "month": period})

    def periods(self, structures=None):
        """(structure, "week" or "mix", period): (size, newcomer, article)."""
        sums = {}
        for (structure, day), t in self.days.items():
            if structures is not None and structure not in structures:
                continue
            if t.rules.over_capacity is not None:
                _add(sums, (structure, "week", week_name(day)),
                     100 * t.week_left - t.week_right, t.week_new,
                     t.rules.over_capacity.article)
            if t.rules.cat1_share is not None:
                _add(sums, (structure, "mix", month_name(day)),
                     t.mix_right - t.mix_left, t.mix_new,
                     t.rules.cat1_share.article)
        # hundredths of thousandths of a place-minute; hundredths of a person's
        scale = {"week": 100_000, "mix": 100}
        return {name: (max(0, ceil_div(excess, scale[name[1]])), *others)
                for name, (excess, *others) in sums.items()}

    # -- rules over whole requests -------------------------------------------

    def whole(self):
        for request in sorted(self.given):
            self._option(self.given[request])
        self._served()
        self._children()
        self._resources()
        for group in self.problem.siblings.values():
            self._siblings(group)
        for pin in self.problem.pins.values():
            self._pin(pin)
        self._guaranteed()

    def _option(self, o):
        self.breaches += option_breaches(self.problem, o)

    def _served(self):
        for r in self.problem.requests.values():
            if r.must and r.id not in self.given:
                self.shortages.append({"kind": "request", "rule": "served",
                                       "request": r.id, "size": 1})

    def _children(self):
        theirs = {}
        for o in self.given.values():
            theirs.setdefault(o.request.child.id, []).append(o)
        for child, options in sorted(theirs.items()):
            if len(options) > 1:
                self._child(child, [p for o in options for p in o.presences])

    def _child(self, child, presences):
        found = {}
        for p in presences:
            for t in range(p.begin, p.end):
                found.setdefault((p.day, t), []).append(p.option.request.id)
        twice = {at: (min(there), len(there) - 1)
                 for at, there in found.items() if len(there) > 1}
        for day, begin, end, (request, size) in spans_of(twice):
            self.breaches.append(breach(
                "child", f"child {child} is in two places at once", size,
                request=request, date=day.isoformat(), begin=clock(begin),
                end=clock(end)))

    def _resources(self):
        used = {}
        for o in self.given.values():
            for name, amount in o.uses:
                for when in _times(self.problem.resources[name], o):
                    used[name, when] = used.get((name, when), 0) + amount
        for (name, when), amount in sorted(used.items(), key=str):
            resource = self.problem.resources[name]
            over = amount - _limit_on(self.problem, resource, when)
            if over > 0:
                field = "week" if resource.per == "week" else "date"
                self.breaches.append(breach(
                    "resource", f"{name}: {over} too many", over, resource=name,
                    **{field: when and str(when)}))

    def _siblings(self, group):
        newcomers = [r for r in sorted(group.requests)
                     if self.problem.requests[r].held is None]
        served = [r for r in newcomers if r in self.given]
        options = [self.given[r] for r in group.requests if r in self.given]
        is_split = 0 < len(served) < len(newcomers)
        is_apart = group.rule == "together" and any(
            a.structure != b.structure and not (a.is_held and b.is_held)
            for i, a in enumerate(options) for b in options[:i])
        if group.rule != "reward" and (is_split or is_apart):
            self.breaches.append(breach(
                "siblings", f"the rule {group.rule} of {group.id}",
                group=group.id))

    def _pin(self, pin):
        o = self.given.get(pin.request)
        if pin.waiting:
            kept = o is None
        elif pin.option is not None:
            kept = o is not None and o.id == pin.option
        else:
            kept = o is not None and o.structure == pin.structure
        if not kept:
            self.breaches.append(breach("pin", f"the pin of {pin.request}",
                                        request=pin.request))

    def _guaranteed(self):
        for manager, (k, structures, _) in self.problem.law.guaranteed.items():
            able = [r.id for r in self.problem.requests.values() if r.insertion
                    and any(o.structure in structures
                            and can_be_given(self.problem, o)
                            for o in r.options.values())]
            served = sum(1 for r in able if r in self.given
                         and self.given[r].structure in structures)
            missing = min(k, len(able)) - served
            if missing > 0:
                self.shortages.append({"kind": "guaranteed",
                                       "rule": "guaranteed",
                                       "manager": manager, "size": missing})

    def price(self):
        total = 0
        for one in self.shortages:
            minutes = 1
            if "begin" in one:
                minutes = _minutes(one["end"]) - _minutes(one["begin"])
            price = getattr(self.problem.prices, PRICE_OF[one["kind"]])
            total += price * one["size"] * minutes
        return total


def _add(sums, name, excess, is_new, article):
    before = sums.get(name, (0, False, article))
    sums[name] = before[0] + excess, before[1] or is_new, article


def _article(today, minute, rule):
    """Of the law that holds in that minute."""
    moment = today.moments[minute]
    law = {"places": today.rules.over_capacity, "quota": today.rules.quota,
           "ratio": moment.ratio, "minimum": moment.minimum}.get(rule)
    return None if law is None else law.article


def _minutes(text):
    return int(text[:2]) * 60 + int(text[3:])


def spans_of(sizes):
    """{(day, minute): size} as maximal intervals of equal size."""
    found = []
    for day, t in sorted(sizes):
        size = sizes[day, t]
        if found and found[-1][0] == day and found[-1][2] == t \
                and found[-1][3] == size:
            found[-1][2] = t + 1
        else:
            found.append([day, t, t + 1, size])
    return found


def _times(resource, o):
    """When an option uses a resource: dates, weeks, or once."""
    if resource.per == "date":
        return {p.day for p in o.presences}
    if resource.per == "week":
        return {week_name(p.day) for p in o.presences}
    return {None}


def _limit_on(problem, resource, when):
    limit = resource.limit
    if resource.per == "date":
        for w in resource.limits:
            if when in problem.horizon.covered(w):
                limit = w.limit
    return limit


# -- what one option breaks by itself (4.3) ----------------------------------

def option_breaches(problem, o):
    """Breaches that no other decision can mend; found once an option."""
    if not hasattr(o, "breaches"):
        o.breaches = _find_breaches(problem, o)
    return o.breaches


def can_be_given(problem, o):
    if option_breaches(problem, o):
        return False
    return o.is_held or not _misses_skill(problem, o)


def _misses_skill(problem, o):
    skills = o.request.child.skills
    return bool(skills) and any(
        not skills <= moment.skills | to_come for p in o.presences
        for to_come in [skills_to_come(problem, p.structure, p.day)]
        for moment in problem.law.moments[p.structure, p.day][p.begin:p.end])


def _find_breaches(problem, o):
    r, found = o.request, []
    lost = any(p.section is None and problem.structures[p.structure].sections
               for p in o.presences)
    if (not o.presences and not o.is_away) or lost:
        why = "a presence without section" if lost else "no presence"
        found.append(breach("menu", f"{r.id}: {o.id} has {why}", request=r.id))
    for p in o.presences:
        s = problem.structures[p.structure]
        found += _closed(problem, s, p) + _age(s, p)
        if not o.is_held and not is_absent(problem, r, p.day):
            found += _booking(problem, p) + _companion(problem, p)
    # an option of which nothing is left is still in its structure
    for name in sorted({o.structure, *(p.structure for p in o.presences)}):
        found += _welcome(problem.structures[name], o)
    return found + _chain(problem, o) + _floor(o)


def _at(p):
    """What names a breach of one presence."""
    return {"structure": p.structure, "request": p.option.request.id,
            "date": p.day.isoformat(), "begin": clock(p.begin),
            "end": clock(p.end)}


def _welcome(s, o):
    """Needs that a structure offers, schools whose children it takes."""
    who = {"structure": s.id, "request": o.request.id}
    child = o.request.child
    found = [breach("need", f"{s.id} does not offer {need}", **who, need=need)
             for need in child.equipped if need not in s.offers]
    is_visited = any(p.structure == s.id for p in o.presences)
    if is_visited and s.schools is not None and child.school not in s.schools:
        found.append(breach("sector", f"{s.id} is not for the school of "
                            f"{child.id}", **who))
    return found


def _booking(problem, p):
    """An occasional request comes neither too early nor too late (3.7)."""
    its = problem.law.session_at(p.structure, p.day, p.begin)
    r = p.option.request
    if r.kind != "occasional" or its is None or its.booking is None:
        return []
    opens, closes = (
        None if one is None else problem.horizon.before(one, p.day)
        for one in (its.booking.opens, its.booking.closes))
    if (opens is None or opens <= r.submitted) and (
            closes is None or r.submitted < closes):
        return []
    return [breach("booking", f"{r.id} came at {r.submitted}, not from {opens} "
                   f"to {closes}", **_at(p))]


def _companion(problem, p):
    """Who comes to a session comes to its companions that day (3.7)."""
    its = problem.law.session_at(p.structure, p.day, p.begin)
    if its is None:
        return []
    come = {problem.law.session_at(q.structure, q.day, q.begin).id
            for q in p.option.presences
            if q is not p and (q.structure, q.day) == (p.structure, p.day)
            and problem.law.session_at(q.structure, q.day, q.begin)}
    missing = sorted(its.companions - come)
    return [breach("companion", f"without {missing}", **_at(p))
            ] if missing else []


def _chain(problem, o):
    """With `chain` the presences of a day follow each other (4.2)."""
    if not o.request.chain or o.is_held:
        return []
    cut = {q.day for p, q in zip(o.presences, o.presences[1:])
           if p.day == q.day and p.end != q.begin
           and not is_absent(problem, o.request, p.day)}
    return [breach("chain", f"{o.request.id} is nowhere for a while",
                   request=o.request.id, date=day.isoformat())
            for day in sorted(cut)]


def _floor(o):
    r, found = o.request, []
    floor, (days, minutes) = r.floor, o.days_and_minutes
    if floor is not None and not o.is_held and (
            days < floor.min_days or minutes < floor.min_minutes):
        found.append(breach("floor", f"{r.id}: {o.id} is below the floor",
                            request=r.id))
    return found


def _closed(problem, s, p):
    minutes = problem.law.opening[s.id, p.day][p.begin:p.end]
    shut = {(p.day, t): 1 for t, is_open in enumerate(minutes, p.begin)
            if not is_open} if 0 in minutes else {}
    return [breach("hours", f"{s.id} is not open",
                   **{**_at(p), "begin": clock(begin), "end": clock(end)})
            for _, begin, end, _ in spans_of(shut)]


def _age(s, p):
    age = age_months(p.option.request.child.birth, p.day)
    if p.section is None or admits(s.sections[p.section], age):
        return []
    return [breach("age", f"{age} months in {p.section}", **_at(p),
                   section=p.section)]


def build_days(problem, given, staffed):
    """`staffed`: the moments of the days on which duties change them."""
    theirs = {name: [] for name in problem.law.moments}
    for o in given.values():
        for p in o.presences:
            theirs[p.structure, p.day].append(p)
    return {(structure, day): Day(problem, problem.structures[structure], day,
                                  presences, staffed.get((structure, day)))
            for (structure, day), presences in theirs.items()}
