# SPDX-License-Identifier: GPL-3.0-or-later
"""A problem as read: every object of format.md 2 to 7 with its defaults.

What is computed from it (menus, presences, rules in force) is added by
menus.py and law.py."""
import datetime
import functools
from types import SimpleNamespace

import canonical
import employees
import menus
from law import Law
from packs import BASES, READINGS, derogation, pack
from shifts import shift
from values import (REQUIRED, Fault, Members, boolean, by_key, date, ident,
                    integer, listed, schema, set_of, submitted, text, word)
from windows import Horizon, interval, moment, places, window

GOALS = {  # id: (sense, unit), the table of 7.1
    "shortage": ("min", "price"), "envy": ("min", "pairs"),
    "points": ("max", "points"), "requests": ("max", "requests"),
    "hours": ("max", "child-minutes"), "satisfaction": ("max", "satisfaction"),
    "ranks": ("min", "ranks"), "continuity": ("max", "requests"),
    "siblings": ("max", "groups"), "distance": ("min", "m"),
    "concentration": ("min", "structures"), "age_fit": ("min", "child-days"),
    "floors": ("min", "units"), "cover": ("min", "cover"),
    "wishes": ("min", "weight"), "overtime": ("min", "minutes"),
    "staff_minutes": ("min", "staff-minutes"), "cost": ("min", "cents"),
    "fairness": ("min", "thousandths"), "changes": ("min", "disturbed"),
    "tie": ("max", "tickets")}
PRICES = {"place_minute": 10, "person_minute": 10, "week_minute": 1,
          "mix_minute": 1, "request": 1_000_000, "guaranteed": 100_000}

SETTINGS = {  # of a session, by its kind (3.7)
    "matin": "peri", "midi": "peri", "soir": "peri", "mercredi": "peri",
    "vacances": "extra", "trajet": "walk", "nuit": "night", "jeunes": "none",
    "clas": "none", "atelier": "none", "permanence": "none", "autre": "none"}

count = integer(0)
weight = integer(0)
modulation = listed(window(places=(places, REQUIRED)))


def record(**members):
    """The kind of an object whose members are (kind, default)."""
    def kind(value, pointer):
        m = Members(value, pointer)
        found = SimpleNamespace(**{name: m.get(name, its_kind, default)
                                   for name, (its_kind, default)
                                   in members.items()})
        m.done()
        return found
    return kind


def nullable(kind):
    return lambda value, p: None if value is None else kind(value, p)


location = record(x=(integer(), REQUIRED), y=(integer(), REQUIRED))
section = record(
    id=(ident, REQUIRED), places=(places, REQUIRED),
    modulation=(modulation, []),
    from_months=(count, None), below_months=(count, None),
    ideal_from_months=(count, None), ideal_below_months=(count, None))
shared = record(id=(ident, REQUIRED), sections=(set_of(ident), REQUIRED),
                places=(places, REQUIRED), windows=(listed(window()), None))
offer = record(need=(ident, REQUIRED), max=(count, None))
ratio = record(
    regime=(ident, None), rounding=(word(*READINGS), None),
    scope=(word("structure", "room"), "structure"),
    capacity_basis=(word(*BASES), None))
floors = record(ratio_margin=(count, None), arrivals_per_15min=(count, None),
                group_changes=(count, None))
exception = record(date=(date, REQUIRED), hours=(listed(interval), REQUIRED))
staff = window(category=(word(*employees.CATEGORIES), REQUIRED),
               count=(integer(1, 1000), REQUIRED),
               skills=(set_of(ident), frozenset()))
need = record(id=(ident, REQUIRED), skill=(ident, None),
              equipped=(boolean, True),
              place_weight=(weight, 1000), ratio_weight=(weight, 1000))
resource = record(
    id=(ident, REQUIRED), limit=(count, REQUIRED),
    per=(word("date", "week", "horizon"), REQUIRED),
    limits=(listed(window("none", limit=(count, REQUIRED))), []))
booking = record(opens=(moment, None), closes=(moment, None))
session_record = record(
    id=(ident, REQUIRED), kind=(word(*SETTINGS), REQUIRED),
    when=(listed(window()), REQUIRED), pedt=(boolean, False),
    regime=(nullable(ident), None), rounding=(word(*READINGS), None),
    places=(places, None), min_children=(count, 0),
    companions=(set_of(ident), frozenset()), booking=(booking, None))
reserve = window(places=(places, REQUIRED), release=(moment, None))
child = record(
    id=(ident, REQUIRED), birth=(date, REQUIRED), walk_from=(date, None),
    school=(ident, None), needs=(set_of(ident), frozenset()),
    place_weight=(weight, None), ratio_weight=(weight, None),
    location=(location, None))
sibling = record(id=(ident, REQUIRED), requests=(set_of(ident), REQUIRED),
                 rule=(word("together", "all_or_none", "reward"), REQUIRED))
period = record(first=(date, REQUIRED), last=(date, REQUIRED))
family_floor = record(min_days=(count, 0), min_minutes=(count, 0))


def session(value, pointer):
    found = session_record(value, pointer)
    found.setting = SETTINGS[found.kind]
    found.names_regime = "regime" in value
    return found


def structure(value, pointer):
    m = Members(value, pointer)
    kind = m.get("kind", word(*canonical.PACKS), "eaje")
    law_ratio = (ratio({"regime": "eaje.5_8"}, pointer) if kind == "eaje"
                 else None)
    s = SimpleNamespace(
        id=m.get("id", ident), kind=kind,
        packs=m.get("packs", listed(ident), canonical.PACKS[kind]),
        manager=m.get("manager", ident, "commune"),
        places=m.get("places", places),
        units=m.get("units", listed(places), None),
        hours=m.get("hours", listed(window()),
                    None if "sessions" in m else REQUIRED),
        sessions=m.get("sessions", by_key(session), {}),
        exceptions=m.get("exceptions", by_key(exception, "date"), {}),
        closures=m.get("closures", listed(window("optional")), []),
        modulation=m.get("modulation", modulation, []),
        reductions=m.get("reductions", listed(
            window("optional", places=(places, REQUIRED))), []),
        over_capacity=m.get("over_capacity", boolean, False),
        sections=m.get("sections", by_key(section), {}),
        shared=m.get("shared", by_key(shared), {}),
        merges=m.get("merges", listed(window(
            sections=(set_of(ident), REQUIRED), places=(places, None))), []),
        ratio=m.get("ratio", nullable(ratio), law_ratio),
        staff=m.get("staff", listed(staff), []),
        outings=m.get("outings", listed(
            window(sections=(set_of(ident), None))), []),
        offers=m.get("offers", by_key(offer, "need"), {}),
        floors=m.get("floors", floors, None) or floors({}, pointer),
        schools=m.get("schools", set_of(ident), None),
        reserve=m.get("reserve", listed(reserve), []),
        location=m.get("location", location, None))
    m.done()
    s.units = [s.places] if s.units is None else s.units
    if sum(s.units) != s.places:
        raise Fault("E-UNIT", pointer, "the sum of units is not places")
    if s.ratio is not None and s.ratio.regime is None and (
            "sessions" not in m):
        raise Fault("E-MISSING", pointer, "`regime` of the ratio")
    _known_sections(s, pointer)
    _known_sessions(s, pointer)
    return s


def _known_sections(s, pointer):
    groups = [g.sections for g in s.shared.values()]
    groups += [w.sections for w in s.merges]
    groups += [w.sections for w in s.outings if w.sections is not None]
    for group in groups:
        for name in group:
            if name not in s.sections:
                raise Fault("E-REF", pointer, f"no section {name}")
    if any(len(w.sections) < 2 for w in s.merges):
        raise Fault("E-VALUE", pointer, "a merge of fewer than two sections")


def _known_sessions(s, pointer):
    for its in s.sessions.values():
        for name in its.companions:
            if name not in s.sessions:
                raise Fault("E-REF", pointer, f"no session {name}")


def request(value, pointer):
    m = Members(value, pointer)
    r = SimpleNamespace(
        id=m.get("id", ident), child=m.get("child", ident),
        kind=m.get("kind", word("regular", "occasional", "emergency"),
                   "regular"),
        first=m.get("first", date, None), last=m.get("last", date, None),
        absent=m.get("absent", listed(window("optional")), []),
        submitted=m.get("submitted", submitted, None),
        grid=m.get("grid", ident, None),
        points=m.get("points", integer(), None),
        facts=m.get("facts", menus.facts, None),
        options=m.get("options", listed(menus.option), None),
        menu=m.get("menu", menus.generated, None),
        held=m.get("held", menus.held, None),
        mandatory=m.get("mandatory", boolean, False),
        insertion=m.get("insertion", boolean, False),
        adaptation=m.get("adaptation", period, None),
        floor=m.get("floor", family_floor, None),
        chain=m.get("chain", boolean, False), pointer=pointer)
    m.done()
    if r.options is not None and r.menu is not None:
        raise Fault("E-VALUE", pointer, "`options` and `menu`")
    if r.grid is None and r.facts is not None or (
            r.grid is not None and r.points is not None):
        raise Fault("E-VALUE", pointer, "`points`, or `grid` with `facts`")
    r.facts = r.facts or {}
    r.must = r.mandatory or r.held is not None
    r.need_not = not r.must
    return r


def pin(value, pointer):
    m = Members(value, pointer)
    p = SimpleNamespace(
        request=m.get("request", ident), option=m.get("option", text, None),
        structure=m.get("structure", ident, None),
        waiting=m.get("waiting", boolean, False),
        author=m.get("author", ident, None),
        reason=m.get("reason", ident, None))
    m.done()
    if sum((p.option is not None, p.structure is not None, p.waiting)) != 1:
        raise Fault("E-VALUE", pointer, "one of option, structure, waiting")
    return p


def criterion(value, pointer):
    m = Members(value, pointer)
    band = record(max=(integer(), None), points=(integer(), REQUIRED))
    c = SimpleNamespace(
        fact=m.get("fact", text), points=m.get("points", integer(), None),
        per=m.get("per", integer(), None), max=m.get("max", count, None),
        choices=m.get("choices", menus.choices, None),
        bands=m.get("bands", listed(band), None))
    m.done()
    ways = (c.points, c.per, c.choices, c.bands)
    if sum(way is not None for way in ways) != 1:
        raise Fault("E-VALUE", pointer, "one of points, per, choices, bands")
    return c


grid = record(id=(ident, REQUIRED), criteria=(listed(criterion), REQUIRED),
              source=(text, None))


def goals(value, pointer):
    m = Members(value, pointer)
    g = SimpleNamespace(mode=m.get("mode", word("lexicographic", "weighted")))

    goal = word(*GOALS)

    if g.mode == "lexicographic":
        g.order = m.get("order", listed(goal))
        if len(set(g.order)) != len(g.order):
            raise Fault("E-DUPLICATE", pointer, "a goal twice")
    else:
        g.sense = m.get("sense", word("max", "min"))
        term = record(goal=(goal, REQUIRED), weight=(integer(), REQUIRED))
        if any(t["goal"] == "changes" for t in value.get("terms", [])):
            raise Fault("E-VALUE", pointer, "changes is no part of a sum")
        g.terms = [(t.goal, t.weight) for t in m.get("terms", listed(term))]
        if len({name for name, _ in g.terms}) != len(g.terms):
            raise Fault("E-DUPLICATE", pointer, "a goal twice")
    m.done()
    return g


DEFAULT_GOALS = {"mode": "lexicographic",
                 "order": ["points", "requests", "hours", "satisfaction"]}


def seed(value, pointer):
    if not 1 <= len(text(value, pointer)) <= 64 or not all(
            " " <= c <= "~" for c in value):
        raise Fault("E-VALUE", pointer, "seed: 1 to 64 printable ASCII")
    return value


parameters = record(walk_proxy_months=(count, 15), seed=(seed, "0"),
                    now=(submitted, None), published=(date, None),
                    notice=(listed(record(days=(integer(0, 400), REQUIRED),
                                          weight=(integer(0, 1000), REQUIRED))),
                            None))


class Problem:
    """One problem, read and checked; `packs` are the embedded rule packs."""

    def __init__(self, value, packs):
        m = Members(value, "")
        self.value = value
        m.get("schema", schema("ctgsched/problem/1"))
        self.id = m.get("id", ident)
        m.get("time_zone", word("Europe/Paris"), None)
        self.horizon = m.get("horizon", Horizon)
        self.packs = dict(packs)
        m.get("rules", listed(self._pack), [])
        self.parameters = m.get("parameters", parameters, None) or (
            parameters({}, ""))
        self._read_objects(m)
        m.done()
        self._check_references()
        employees.check(self)
        self.law = Law(self)
        menus.build(self)
        self._check_goals()
        employees.check_reserved(self)

    @functools.cached_property
    def digest(self):
        return canonical.digest(self.value, self)

    def _read_objects(self, m):
        self.structures = m.get("structures", by_key(structure))
        self.needs = m.get("needs", by_key(need), {})
        self.resources = m.get("resources", by_key(resource), {})
        self.derogations = m.get("derogations", by_key(derogation), {})
        self.grids = m.get("points_grids", by_key(grid), {})
        self.children = m.get("children", by_key(child), {})
        self.requests = m.get("requests", by_key(request), {})
        self.siblings = m.get("siblings", by_key(sibling), {})
        self.pins = m.get("pins", by_key(pin, "request"), {})
        self.shifts = m.get("shifts", by_key(shift), {})
        self.employees = m.get("employees", by_key(employees.employee), {})
        self.cover = m.get("cover", listed(employees.cover), [])
        self.touched = set()  # sessions on dates, as menus.py finds them
        self.to_come = {}  # skills, as fitness.py finds them
        self.policy = m.get("policy", word("most_points", "by_points"),
                            "most_points")
        self.goals = m.get("goals", goals, None) or goals(DEFAULT_GOALS, "")
        price = integer(1, 10 ** 9)
        self.prices = m.get("prices", record(
            **{name: (price, value) for name, value in PRICES.items()}),
            SimpleNamespace(**PRICES))
        if not self.structures:
            raise Fault("E-MISSING", "/structures", "no structure")

    def _pack(self, value, pointer):
        """A name must be known; a whole pack replaces one of its id."""
        if isinstance(value, str):
            self._known(self.packs, value, pointer)
        else:
            one = pack(value, pointer)
            self.packs[one.id] = one

    @staticmethod
    def _known(names, name, pointer):
        if name not in names:
            raise Fault("E-REF", pointer, f"{name!r} is not known")

    def _check_references(self):
        for s in self.structures.values():
            for name in s.packs:
                self._known(self.packs, name, "/structures/packs")
            for name in s.offers:
                self._known(self.needs, name, "/structures/offers")
        for one in self.resources.values():
            for w in one.limits:
                self.horizon.covered(w)
        for c in self.children.values():
            for name in c.needs:
                self._known(self.needs, name, "/children/needs")
        for d in self.derogations.values():
            self._known(self.structures, d.structure, d.pointer)
            d.first = d.first or self.horizon.first
            d.last = d.last or self.horizon.last
        for group in self.siblings.values():
            for name in group.requests:
                self._known(self.requests, name, "/siblings/requests")
        for one in self.requests.values():
            self._known(self.children, one.child, one.pointer)
            if one.grid is not None:
                self._known(self.grids, one.grid, one.pointer)
        self._check_siblings_and_pins()
        self._check_submitted()

    def _check_siblings_and_pins(self):
        for group in self.siblings.values():
            children = {self.requests[r].child for r in group.requests}
            if len(group.requests) < 2 or len(children) != len(group.requests):
                raise Fault("E-VALUE", "/siblings",
                            f"{group.id}: two or more different children")
        tied = [r for group in self.siblings.values()
                if group.rule != "reward" for r in group.requests]
        if len(set(tied)) != len(tied):
            raise Fault("E-DUPLICATE", "/siblings",
                        "a request in two groups with a rule")
        for p in self.pins.values():
            self._known(self.requests, p.request, "/pins")
            if p.structure is not None:
                self._known(self.structures, p.structure, "/pins")

    def _check_submitted(self):
        midnight = datetime.datetime.combine(self.horizon.first,
                                             datetime.time())
        for one in self.requests.values():
            one.submitted = one.submitted or midnight
            if one.first and one.last and one.first > one.last:
                raise Fault("E-INTERVAL", one.pointer, "first is after last")
            one.first = one.first or self.horizon.first
            one.last = one.last or self.horizon.last

    def _check_goals(self):
        """Adds the goals that nobody need write (format.md 7)."""
        must = any(r.must for r in self.requests.values())
        insertion = any(r.insertion for r in self.requests.values())
        asked = any(k for k, _, _ in self.law.guaranteed.values())
        self.can_be_short = must or (insertion and asked)
        if self.goals.mode == "weighted":
            if self.policy == "by_points":
                raise Fault("E-POLICY", "/goals", "by_points needs an order")
            named = {name for name, _ in self.goals.terms}
            if self.can_be_short and "shortage" not in named:
                minus = -1 if self.goals.sense == "max" else 1
                self.goals.terms.append(("shortage", minus))
            return
        order = self.goals.order
        if self.can_be_short and "shortage" not in order:
            order.insert(0, "shortage")
        if self.policy == "by_points" and "envy" not in order:
            at = order.index("shortage") + 1 if "shortage" in order else 0
            order.insert(at, "envy")
        if "tie" not in order:
            order.append("tie")
