# SPDX-License-Identifier: GPL-3.0-or-later
"""Menus: options written or generated, their presences, their section, why
one can never be given, points and tickets (format.md 4 and 7.4)."""
import hashlib
import itertools
import math
from types import SimpleNamespace

from values import (DAY_MINUTES, WEEKDAYS, Fault, Members, age_months,
                    ident, integer, listed, minute, text)
from windows import select, weekday_set, window

LIMIT_OPTIONS = 500
count = integer(0)


def use(value, pointer):
    m = Members(value, pointer)
    found = (m.get("resource", ident), m.get("amount", integer(1)))
    m.done()
    return found


def uses(value, pointer):
    found = listed(use)(value, pointer)
    if len({name for name, _ in found}) != len(found):
        raise Fault("E-DUPLICATE", pointer, "a resource is used twice")
    return found


leg = window("session", session=(ident, None), structure=(ident, None),
             section=(ident, None))


def _option(m, option_id, pointer):
    o = SimpleNamespace(
        id=option_id, structure=m.get("structure", ident),
        section=m.get("section", ident, None),
        rank=m.get("rank", integer(1), None),
        satisfaction=m.get("satisfaction", integer(), None),
        distance=m.get("distance", count, None),
        when=m.get("when", listed(leg)),
        uses=m.get("uses", uses, []), pointer=pointer)
    m.done()
    return o


def option(value, pointer):
    m = Members(value, pointer)
    option_id = m.get("id", ident)
    if option_id == "held":
        raise Fault("E-ID", pointer, "`held` is reserved")
    return _option(m, option_id, pointer)


def held(value, pointer):
    return _option(Members(value, pointer), "held", pointer)


def facts(value, pointer):
    m = Members(value, pointer)
    for name, fact in m.value.items():
        if not isinstance(fact, (bool, int, str)):
            raise Fault("E-TYPE", f"{pointer}/{name}", "bool, integer or text")
    return dict(m.value)


def choices(value, pointer):
    m = Members(value, pointer)
    return {name: m.get(name, integer()) for name in m.value}


def generated(value, pointer):
    m = Members(value, pointer)
    g = SimpleNamespace(week=m.get("week", listed(_pattern)),
                        structures=m.get("structures", listed(_wish)),
                        flex=m.get("flex", _flex, None) or _flex({}, pointer))
    m.done()
    names = [wish.structure for wish in g.structures]
    if not g.week:
        raise Fault("E-MISSING", pointer, "an empty week")
    if len(set(names)) != len(names):
        raise Fault("E-DUPLICATE", pointer, "a structure is there twice")
    if "held" in names:
        raise Fault("E-ID", pointer, "its options would be named `held`")
    return g


def _pattern(value, pointer):
    w = window()(value, pointer)
    if w.days is None or not w.days:
        raise Fault("E-MISSING", pointer, "`days` is required in a pattern")
    w.section = w.structure = w.session = None
    return w


def _wish(value, pointer):
    m = Members(value, pointer)
    found = SimpleNamespace(
        structure=m.get("structure", ident),
        rank=m.get("rank", integer(1), None),
        section=m.get("section", ident, None),
        distance=m.get("distance", count, None))
    m.done()
    return found


def _flex(value, pointer):
    m = Members(value, pointer)
    f = SimpleNamespace(
        step=m.get("step", integer(1, DAY_MINUTES), 30),
        shift=m.get("shift", count, 0), later=m.get("later", count, 0),
        earlier=m.get("earlier", count, 0),
        earliest=m.get("earliest", minute, 0),
        latest=m.get("latest", minute, DAY_MINUTES),
        drop_days=m.get("drop_days", count, 0),
        droppable=m.get("droppable", weekday_set, None))
    m.done()
    if f.shift % f.step or f.later % f.step or f.earlier % f.step:
        raise Fault("E-VALUE", pointer, "not a multiple of `step`")
    return f


# -- generated menus (4.4) --------------------------------------------------

def _variants(flex):
    """(suffix, minutes added to begin, minutes added to end)."""
    yield "", 0, 0
    for by in range(flex.step, flex.shift + 1, flex.step):
        yield f"@-{by}", -by, -by
        yield f"@+{by}", by, by
    for a in range(0, flex.later + 1, flex.step):
        for b in range(0, flex.earlier + 1, flex.step):
            if a or b:
                yield f"|{a},{b}", a, -b


def _drops(menu):
    pattern = frozenset().union(*(w.days for w in menu.week))
    flex = menu.flex
    may = pattern if flex.droppable is None else flex.droppable & pattern
    for size in range(min(flex.drop_days, len(pattern) - 1) + 1):
        yield from itertools.combinations(sorted(may), size)


def _moved(week, dropped, to_begin, to_end, flex):
    """The windows of a variant, or None when it is left out."""
    moved = []
    for w in week:
        days = w.days - frozenset(dropped)
        begin, end = w.begin + to_begin, w.end + to_end
        if not days:
            continue
        if begin < flex.earliest or end > flex.latest or begin >= end:
            return None
        one = SimpleNamespace(**vars(w))
        one.days, one.begin, one.end, one.asked = days, begin, end, w
        one.selector = select(one)
        moved.append(one)
    return moved


def _lost(week, moved):
    asked = sum(len(w.days) * (w.end - w.begin) for w in week)
    kept = sum(len(w.days) * max(0, min(w.end, w.asked.end)
                                 - max(w.begin, w.asked.begin)) for w in moved)
    return asked - kept, asked


def expand(menu, pointer):
    found = []
    for position, wish in enumerate(menu.structures, 1):
        rank = wish.rank or position
        for dropped in _drops(menu):
            for suffix, to_begin, to_end in _variants(menu.flex):
                moved = _moved(menu.week, dropped, to_begin, to_end, menu.flex)
                if moved is None:
                    continue
                lost, asked = _lost(menu.week, moved)
                tail = "".join("~" + WEEKDAYS[d] for d in dropped) + suffix
                found.append(SimpleNamespace(
                    id=wish.structure + tail, structure=wish.structure,
                    section=wish.section, distance=wish.distance, rank=None,
                    satisfaction=max(0, 1000 - 100 * (rank - 1)
                                     - lost * 1000 // asked),
                    when=moved, uses=[], pointer=pointer))
                if len(found) > LIMIT_OPTIONS:
                    raise Fault("E-MENU-SIZE", pointer, "over 500 options")
    levels = sorted({o.satisfaction for o in found}, reverse=True)
    for o in found:
        o.rank = 1 + levels.index(o.satisfaction)
    return found


# -- what a request is worth ------------------------------------------------

def grid_points(grid, given, pointer):
    names = {c.fact for c in grid.criteria}
    for name in given:
        if name not in names:
            raise Fault("E-FACT", pointer, f"no criterion names {name!r}")
    return sum(_criterion_points(c, given[c.fact], pointer)
               for c in grid.criteria if c.fact in given)


def _criterion_points(c, fact, pointer):
    is_number = isinstance(fact, int) and not isinstance(fact, bool)
    if c.points is not None and isinstance(fact, bool):
        return c.points if fact else 0
    if c.per is not None and is_number:
        points = fact * c.per
        return points if c.max is None else max(-c.max, min(c.max, points))
    if c.choices is not None and isinstance(fact, str) and fact in c.choices:
        return c.choices[fact]
    if c.bands is not None and is_number:
        for band in c.bands:
            if band.max is None or fact <= band.max:
                return band.points
        return 0
    raise Fault("E-FACT", pointer, f"{fact!r} does not fit {c.fact!r}")


def draw(seed, request_id, option_id):
    """The first 20 bits, so that sha256sum shows them as five digits."""
    line = f"{seed}\n{request_id}\n{option_id}".encode("utf-8")
    return int(hashlib.sha256(line).hexdigest()[:5], 16)


# -- options in their calendar ----------------------------------------------

def build(problem):
    instants = sorted({r.submitted for r in problem.requests.values()})
    order = {at: q for q, at in enumerate(instants, 1)}
    for r in problem.requests.values():
        if r.grid is not None:
            r.points = grid_points(problem.grids[r.grid], r.facts, r.pointer)
        r.points = r.points or 0
        r.child = problem.children[r.child]
        r.seniority = (len(instants) - order[r.submitted]) * 2 ** 20
        _build_menu(problem, r)
    _weigh_children(problem)
    for p in problem.pins.values():
        if p.option is not None:
            problem._known(problem.requests[p.request].options, p.option,
                           "/pins")


def _weigh_children(problem):
    for c in problem.children.values():
        needs = [problem.needs[name] for name in sorted(c.needs)]
        for name in ("place_weight", "ratio_weight"):
            if getattr(c, name) is None:
                largest = max((getattr(n, name) for n in needs), default=1000)
                setattr(c, name, largest)
        c.skills = frozenset(n.skill for n in needs if n.skill is not None)
        c.equipped = sorted(n.id for n in needs if n.equipped)


def _build_menu(problem, r):
    found = r.options or []
    if r.menu is not None:
        found = expand(r.menu, r.pointer)
    for position, o in enumerate(found, 1):
        o.rank = o.rank or position
    if r.held is not None:
        r.held.rank = r.held.rank or 1 + max((o.rank for o in found), default=0)
        found = found + [r.held]
    r.options = {}
    for o in found:
        if o.id in r.options:
            raise Fault("E-DUPLICATE", r.pointer, f"option {o.id}")
        r.options[o.id] = o
        _finish_option(problem, r, o)


def _finish_option(problem, r, o):
    problem._known(problem.structures, o.structure, o.pointer)
    s = problem.structures[o.structure]
    if o.section is not None:
        problem._known(s.sections, o.section, o.pointer)
    for w in o.when:
        _know_leg(problem, o, w)
    for name, _ in o.uses:
        problem._known(problem.resources, name, o.pointer)
    if o.satisfaction is None:
        o.satisfaction = max(0, 1000 - 100 * (o.rank - 1))
    if o.distance is None:
        o.distance = distance_between(r.child.location, s.location)
    o.request, o.is_held = r, o.id == "held"
    o.ticket = r.seniority + 1 + draw(problem.parameters.seed, r.id, o.id)
    everything = _everything(problem, r, o)
    o.days_and_minutes = _largest_week(everything)
    come = [p for p in everything if not p.drops]
    o.presences = [part for p in come for part in _while_there(problem, r, p)]
    o.is_away = bool(come) and not o.presences
    _refuse_overlap(o)
    o.minutes = sum(p.end - p.begin for p in o.presences)


def _while_there(problem, r, p):
    """What the absences of the request leave of a presence (4.2); a session
    that one touches is left alone by rule `group` that day."""
    minutes = set(range(p.begin, p.end))
    for w in r.absent:
        if p.day in problem.horizon.covered(w):
            minutes -= set(range(w.begin, w.end))
    if len(minutes) == p.end - p.begin:
        return [p]
    its = problem.law.session_at(p.structure, p.day, p.begin)
    if its is not None:
        problem.touched.add((p.structure, its.id, p.day))
    return [SimpleNamespace(**{**vars(p), "begin": begin, "end": end})
            for begin, end in _intervals(minutes)]


def _intervals(minutes):
    """Maximal intervals of a set of minutes."""
    edges = sorted(minutes)
    begins = [m for m in edges if m - 1 not in minutes]
    ends = [m + 1 for m in edges if m + 1 not in minutes]
    return list(zip(begins, ends))


def is_absent(problem, r, day):
    """Some absence of the request lies on the date."""
    return any(day in problem.horizon.covered(w) for w in r.absent)


def _know_leg(problem, o, w):
    """What a window names is of its own structure (4.3)."""
    problem._known(problem.structures, w.structure or o.structure, o.pointer)
    s = problem.structures[w.structure or o.structure]
    for names, name in ((s.sections, w.section), (s.sessions, w.session)):
        if name is not None:
            problem._known(names, name, o.pointer)


def distance_between(a, b):
    if a is None or b is None:
        return 0
    return math.isqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)


def _everything(problem, r, o):
    """The presences before closures are taken out, in order of time."""
    found = []
    for w in o.when:
        s = problem.structures[w.structure or o.structure]
        for day in problem.horizon.covered(w):
            if r.first <= day <= r.last:
                found += _leg_presences(problem, o, w, s, day)
    found.sort(key=lambda p: (p.day, p.begin, p.end))
    return found


def _leg_presences(problem, o, w, s, day):
    """Those of one window on a day that it covers: one, or one for each
    maximal interval of its session."""
    own = o.section if s.id == o.structure else None
    name = w.section or own or _section_by_age(s, o.request.child, day)
    drops = w.dates is None and problem.law.is_closed(s, day)
    spans = [(w.begin, w.end)]
    if w.session is not None:
        spans = problem.law.intervals(s, w.session, day)
    return [SimpleNamespace(day=day, begin=begin, end=end, structure=s.id,
                            section=name, drops=drops, option=o)
            for begin, end in spans]


def _section_by_age(s, child, day):
    age = age_months(child.birth, day)
    for name, its in s.sections.items():
        if admits(its, age):
            return name
    return None


def admits(its, age):
    return ((its.from_months is None or its.from_months <= age)
            and (its.below_months is None or age < its.below_months))


def _largest_week(presences):
    dates, minutes = {}, {}
    for p in presences:
        week = p.day.isocalendar()[:2]
        dates.setdefault(week, set()).add(p.day)
        minutes[week] = minutes.get(week, 0) + p.end - p.begin
    return (max(map(len, dates.values()), default=0),
            max(minutes.values(), default=0))


def _refuse_overlap(o):
    for p, q in zip(o.presences, o.presences[1:]):
        if p.day == q.day and q.begin < p.end:
            raise Fault("E-OVERLAP", o.pointer, f"{o.id} on {p.day}")
