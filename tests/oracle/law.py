# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds in a structure on a day, minute by minute, whoever comes:
opening, capacity, staff, sections, merges and the rules in force
(format.md 3 and 5.1)."""
from types import SimpleNamespace

import packs
from values import DAY_MINUTES, Fault, ceil_div

KINDS = ("outing", "minimum", "cat1_share", "over_capacity", "adaptation")
WINDOW_LISTS = ("hours", "closures", "modulation", "reductions", "merges",
                "staff", "outings")


class Law:
    """For each structure and day: `rules` and `moments`, one a minute."""

    def __init__(self, problem):
        self.problem, self.days = problem, problem.horizon.days
        self._derogated, self._changes = {}, {}
        self.rules, self.moments, self.opening = {}, {}, {}
        for s in problem.structures.values():
            self._structure(s)
        self.guaranteed = self._guaranteed()

    def is_closed(self, s, day):
        return 1 not in self.opening[s.id, day]

    def changes(self, structure, day, changes_of):
        """Of the minutes of a day, found once for all days that share them."""
        moments = self.moments[structure, day]
        if id(moments) not in self._changes:
            self._changes[id(moments)] = changes_of(moments)
        return self._changes[id(moments)]

    # -- rules in force ------------------------------------------------------

    def _rule(self, s, day, kind, rule_id=None):
        found = packs.find([self.problem.packs[p] for p in s.packs], day, kind,
                           rule_id)
        if found is None:
            return None
        apply = [d for d in self.problem.derogations.values()
                 if d.structure == s.id and d.rule == found.id
                 and d.first <= day <= d.last]
        key = (id(found), *(d.id for d in apply))
        if key not in self._derogated:
            self._derogated[key] = packs.derogate(found, apply)
        return self._derogated[key]

    def _in_force(self, s, day, kind):
        found = self._rule(s, day, kind)
        return None if found is None or found.waived else found

    def _rules_of(self, s, day):
        rules = SimpleNamespace(
            **{kind: self._in_force(s, day, kind) for kind in KINDS})
        rules.ratio = None
        if s.ratio is not None:
            named = self._rule(s, day, "ratio", s.ratio.regime)
            if named is None:
                raise Fault("E-EXPIRED", "/structures", f"{s.id}: ratio "
                            f"{s.ratio.regime} is not in force on {day}")
            rules.ratio = None if named.waived else named
            rules.rounding = s.ratio.rounding or named.rounding
        if not s.over_capacity:
            rules.over_capacity = None
        unit = self._in_force(s, day, "unit_max")
        if unit is not None and max(s.units, default=0) > unit.max_places:
            raise Fault("E-UNIT", "/structures", f"{s.id}: a unit is over "
                        f"{unit.max_places} places")
        return rules

    def _guaranteed(self):
        """Manager: (K, structures, article); the law of the first day."""
        under, first = {}, self.problem.horizon.first
        for s in self.problem.structures.values():
            rule = self._in_force(s, first, "guaranteed")
            if rule is not None:
                under.setdefault(s.manager, []).append((s, rule))
        found = {}
        for manager in sorted(under):
            rule = under[manager][0][1]
            total = sum(s.places for s, _ in under[manager])
            found[manager] = (rule.min * (total // rule.places_per),
                              {s.id for s, _ in under[manager]}, rule.article)
        return found

    # -- minutes -------------------------------------------------------------

    def _structure(self, s):
        """Days on which the same windows and rules hold share their minutes."""
        covers = self._covering(s)
        built = {}
        for day in self.days:
            rules = self.rules[s.id, day] = self._rules_of(s, day)
            special = s.exceptions.get(day)
            key = (*covers[day], special and day,
                   *(id(getattr(rules, k)) for k in (*KINDS, "ratio")))
            if key not in built:
                built[key] = self._moments(s, special, covers[day], rules)
            self.moments[s.id, day], self.opening[s.id, day] = built[key]

    def _covering(self, s):
        """Day: for each list of windows, the places of those that cover it."""
        covered = self.problem.horizon.covered
        lists = [getattr(s, name) for name in WINDOW_LISTS]
        lists += [its.modulation for its in s.sections.values()]
        lists += [q.windows or [] for q in s.shared.values()]
        found = {day: [[] for _ in lists] for day in self.days}
        for which, windows in enumerate(lists):
            for i, w in enumerate(windows):
                for day in covered(w):
                    found[day][which].append(i)
        return {day: tuple(map(tuple, lists)) for day, lists in found.items()}

    def _moments(self, s, special, covers, rules):
        """What holds in each minute of the day, and a 1 for each open one."""
        n = len(WINDOW_LISTS)
        today = {name: [getattr(s, name)[i] for i in covers[which]]
                 for which, name in enumerate(WINDOW_LISTS)}
        is_open = _opening(today, special)
        layers = [is_open, _capacity(s, today, is_open), *_staff(today)]
        layers += [_listed(today["merges"]), _listed(today["outings"])]
        layers += [_adaptation(rules.adaptation)]
        for its, which in zip(s.sections.values(), covers[n:]):
            steps = [its.modulation[i] for i in which]
            layers.append(_places(its.places, steps))
        for q, which in zip(s.shared.values(), covers[n + len(s.sections):]):
            always = q.windows is None
            layers.append([True] * DAY_MINUTES if always
                          else _flag([q.windows[i] for i in which]))
        interned, found = {}, []
        for state in zip(*layers):
            moment = interned.get(state)
            if moment is None:
                moment = interned[state] = _moment(s, today, rules, state)
            found.append(moment)
        return found, bytes(is_open)


def _opening(today, special):
    found = [False] * DAY_MINUTES
    hours = ([(w.begin, w.end) for w in today["hours"]] if special is None
             else special.hours)
    for begin, end in hours:
        found[begin:end] = [True] * (end - begin)
    for w in today["closures"]:
        found[w.begin:w.end] = [False] * (w.end - w.begin)
    return found


def _places(usual, steps):
    found = [usual] * DAY_MINUTES
    for w in steps:
        found[w.begin:w.end] = [w.places] * (w.end - w.begin)
    return found


def _capacity(s, today, is_open):
    found = _places(s.places, today["modulation"])
    for w in today["reductions"]:
        found[w.begin:w.end] = [min(w.places, c) for c in found[w.begin:w.end]]
    return [c if o else 0 for c, o in zip(found, is_open)]


def _staff(today):
    """Per minute: Cat.1, Cat.2, and the skills that are there."""
    found = {"cat1": [0] * DAY_MINUTES, "cat2": [0] * DAY_MINUTES}
    skills = [frozenset()] * DAY_MINUTES
    for w in today["staff"]:
        for t in range(w.begin, w.end):
            if w.category != "other":
                found[w.category][t] += w.count
            if w.skills:
                skills[t] |= w.skills
    return found["cat1"], found["cat2"], skills


def _listed(windows):
    """Per minute: the places in the list of the windows that cover it."""
    found = [()] * DAY_MINUTES
    for i, w in enumerate(windows):
        for t in range(w.begin, w.end):
            found[t] += (i,)
    return found


def _flag(windows):
    found = [False] * DAY_MINUTES
    for w in windows:
        found[w.begin:w.end] = [True] * (w.end - w.begin)
    return found


def _adaptation(rule):
    if rule is None:
        return [False] * DAY_MINUTES
    return [rule.begin <= t < rule.end for t in range(DAY_MINUTES)]


def _moment(s, today, rules, state):
    is_open, capacity, cat1, cat2, skills, merges, outings, adapts = state[:8]
    its_places = dict(zip(s.sections, state[8:]))
    flags = state[8 + len(s.sections):]
    m = SimpleNamespace(
        is_open=is_open, capacity=capacity, cat1=cat1, counted=cat1 + cat2,
        skills=skills, adapts=adapts, section_places=its_places,
        outings=[today["outings"][i].sections for i in outings],
        shared=[q for q, on in zip(s.shared.values(), flags) if on],
        limit=_limit(s, capacity, rules.over_capacity), room_of={}, rooms=[],
        empty=None)
    for i in merges:
        w = today["merges"][i]
        places = (sum(its_places[name] for name in w.sections)
                  if w.places is None else w.places)
        label = min(w.sections)
        m.rooms.append((label, w.sections, places))
        for name in w.sections:
            if name in m.room_of:
                raise Fault("E-MERGE", "/structures",
                            f"{s.id}: {name} is in two merges at once")
            m.room_of[name] = label
    return m


def _limit(s, capacity, rule):
    if rule is None or capacity == 0:
        return capacity
    basis = rule.capacity_basis
    if s.ratio is not None and s.ratio.capacity_basis is not None:
        basis = s.ratio.capacity_basis
    if basis == "capacity_t":
        return ceil_div(capacity * rule.instant_max_pct, 100)
    return capacity + ceil_div(s.places * rule.instant_max_pct, 100) - s.places
