# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds in a structure on a day, minute by minute, whoever comes:
opening, capacity, sessions, staff, sections, merges and the rules in force
(format.md 3 and 5.1)."""
import itertools
from types import SimpleNamespace

import packs
from values import DAY_MINUTES, Fault, ceil_div

KINDS = ("outing", "cat1_share", "over_capacity", "adaptation", "quota",
         "director")
WINDOW_LISTS = ("hours", "closures", "modulation", "reductions", "merges",
                "staff", "outings", "reserve")
PERSONS = ("cat1", "cat2", "qualified", "trainee", "unqualified", "director")


class Law:
    """For each structure and day: `rules` and `moments`, one a minute."""

    def __init__(self, problem):
        self.problem, self.days = problem, problem.horizon.days
        self._derogated, self._changes, self._intervals = {}, {}, {}
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

    def session_at(self, structure, day, minute):
        """The session that covers an instant, or None."""
        return self.moments[structure, day][minute].session

    def intervals(self, s, session, day):
        """What a session covers on a day: maximal (begin, end)."""
        moments = self.moments[s.id, day]
        key = id(moments), session
        if key not in self._intervals:
            its = s.sessions[session]
            on = [t for t, m in enumerate(moments) if m.session is its]
            begins = [t for t, before in zip(on, [None, *on])
                      if before != t - 1]
            ends = [t + 1 for t, after in zip(on, [*on[1:], None])
                    if after != t + 1]
            self._intervals[key] = list(zip(begins, ends))
        return self._intervals[key]

    # -- rules in force ------------------------------------------------------

    def _rules(self, s, day, kind):
        """Those of a kind in force, as they come: waived ones, too."""
        found = packs.find([self.problem.packs[p] for p in s.packs], day, kind)
        return [self._derogate(s, day, one) for one in found]

    def _derogate(self, s, day, found):
        apply = [d for d in self.problem.derogations.values()
                 if d.structure == s.id and d.rule == found.id
                 and d.first <= day <= d.last]
        key = (id(found), *(d.id for d in apply))
        if key not in self._derogated:
            self._derogated[key] = packs.derogate(found, apply)
        return self._derogated[key]

    def _in_force(self, s, day, kind):
        """The first one, unless it is waived."""
        return _not_waived(next(iter(self._rules(s, day, kind)), None))

    def _rules_of(self, s, day):
        rules = SimpleNamespace(
            **{kind: self._in_force(s, day, kind) for kind in KINDS},
            ratios=self._rules(s, day, "ratio"),
            minima=self._rules(s, day, "minimum"))
        if s.ratio is not None and s.ratio.regime is not None:
            _named(s, rules, s.ratio.regime)
        if not s.over_capacity:
            rules.over_capacity = None
        unit = self._in_force(s, day, "unit_max")
        if unit is not None and max(s.units, default=0) > unit.max_places:
            raise Fault("E-UNIT", "/structures", f"{s.id}: a unit is over "
                        f"{unit.max_places} places")
        return rules

    def _guaranteed(self):
        """Manager: (K, structures, article); the law of the first day."""
        under, first = {}, self.problem.horizon.days[0]
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
                   *(id(getattr(rules, k)) for k in KINDS),
                   *map(id, rules.ratios + rules.minima))
            if key not in built:
                built[key] = self._moments(s, special, covers[day], rules)
            self.moments[s.id, day], self.opening[s.id, day] = built[key]

    def _covering(self, s):
        """Day: for each list of windows, the places of those that cover it."""
        covered = self.problem.horizon.covered
        lists = [getattr(s, name) for name in WINDOW_LISTS]
        lists += [its.modulation for its in s.sections.values()]
        lists += [q.windows or [] for q in s.shared.values()]
        lists += [its.when for its in s.sessions.values()]
        found = {day: [[] for _ in lists] for day in self.days}
        for which, windows in enumerate(lists):
            windows = windows or []
            for i, w in enumerate(windows):
                for day in covered(w):
                    if windows is not s.reserve or self._is_kept(w, day):
                        found[day][which].append(i)
        return {day: tuple(map(tuple, lists)) for day, lists in found.items()}

    def _is_kept(self, w, day):
        """Whether a window of a reserve still keeps its places (3.8)."""
        now = self.problem.parameters.now
        return w.release is None or now is None or (
            self.problem.horizon.before(w.release, day) > now)

    def _moments(self, s, special, covers, rules):
        """What holds in each minute of the day, and a 1 for each open one."""
        n = len(WINDOW_LISTS)
        today = {name: [getattr(s, name)[i] for i in covers[which]]
                 for which, name in enumerate(WINDOW_LISTS)
                 if getattr(s, name) is not None}
        sessions = _sessions(s, covers[n + len(s.sections) + len(s.shared):])
        is_open = _opening(today, special, sessions)
        places = _standing(s, sessions)
        layers = [is_open, places, _capacity(places, today, is_open),
                  *_staff(today), _listed(today["merges"]),
                  _listed(today["outings"]), _adaptation(rules.adaptation),
                  sessions, _stays(s, sessions), _sum(today["reserve"])]
        for its, which in zip(s.sections.values(), covers[n:]):
            steps = [its.modulation[i] for i in which]
            layers.append(_places([its.places] * DAY_MINUTES, steps))
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


def _not_waived(a_rule):
    return None if a_rule is None or a_rule.waived else a_rule


def _named(s, rules, regime):
    """The rule of kind `ratio` with that id: it must be in force."""
    for found in rules.ratios:
        if found.id == regime:
            return found
    raise Fault("E-EXPIRED", "/structures", f"{s.id}: the ratio {regime} is "
                "not in force on every day that needs it")


def _ratio(s, rules, session, stay):
    """The rule of the ratio at an instant, waived or not (3.7)."""
    if session is None:
        regime = None if s.ratio is None else s.ratio.regime
        return None if regime is None else _named(s, rules, regime)
    is_bound = session.setting != "none"
    if session.names_regime:
        if session.regime is None:
            return None
        found = _named(s, rules, session.regime)
        if not is_bound or packs.holds(found, session, stay):
            return found
    else:
        if not is_bound:
            return None
        for found in rules.ratios:
            if found.applies is not None and packs.holds(found, session, stay):
                return found
    raise Fault("E-REGIME", "/structures", f"{s.id}: no ratio for the session "
                f"{session.id} that stays {stay} minutes")


def _minimum(rules, session, stay):
    """The rule of the minimum at an instant, waived or not (3.7)."""
    for found in rules.minima:
        if found.applies is None or (
                session is not None and packs.holds(found, session, stay)):
            return found
    return None


def _rounding(s, session, a_rule):
    """A session's own, that of the structure, that of the rule."""
    return ((session is not None and session.rounding)
            or (s.ratio is not None and s.ratio.rounding) or a_rule.rounding)


def _sessions(s, covers):
    """Per minute: the id of the session that covers it, or None."""
    found = [None] * DAY_MINUTES
    for its, which in zip(s.sessions.values(), covers):
        for w in (its.when[i] for i in which):
            for t in range(w.begin, w.end):
                if found[t] not in (None, its.id):
                    raise Fault("E-OVERLAP", "/structures", f"{s.id}: sessions "
                                f"{found[t]} and {its.id} at once")
                found[t] = its.id
    return found


def _stays(s, sessions):
    """Per minute: the minutes around it of sessions of one setting (3.7)."""
    settings = [None if name is None else s.sessions[name].setting
                for name in sessions]
    found = []
    for setting, same in itertools.groupby(settings):
        n = len(list(same))
        found += [0 if setting is None else n] * n
    return found


def _standing(s, sessions):
    """Per minute: the places of the structure, or of the session."""
    its = {name: s.places if one.places is None else one.places
           for name, one in s.sessions.items()}
    return [its.get(name, s.places) for name in sessions]


def _sum(windows):
    found = [0] * DAY_MINUTES
    for w in windows:
        for t in range(w.begin, w.end):
            found[t] += w.places
    return found


def _opening(today, special, sessions):
    """Without `hours` the sessions are the opening."""
    found = [False] * DAY_MINUTES
    if special is not None:
        hours = special.hours
    elif "hours" in today:
        hours = [(w.begin, w.end) for w in today["hours"]]
    else:
        hours = [(t, t + 1) for t, name in enumerate(sessions)
                 if name is not None]
    for begin, end in hours:
        found[begin:end] = [True] * (end - begin)
    for w in today["closures"]:
        found[w.begin:w.end] = [False] * (w.end - w.begin)
    return found


def _places(usual, steps):
    found = list(usual)
    for w in steps:
        found[w.begin:w.end] = [w.places] * (w.end - w.begin)
    return found


def _capacity(places, today, is_open):
    found = _places(places, today["modulation"])
    for w in today["reductions"]:
        found[w.begin:w.end] = [min(w.places, c) for c in found[w.begin:w.end]]
    return [c if o else 0 for c, o in zip(found, is_open)]


def _staff(today):
    """Per minute: how many of each of PERSONS, and the skills there."""
    found = {name: [0] * DAY_MINUTES for name in PERSONS}
    skills = [frozenset()] * DAY_MINUTES
    for w in today["staff"]:
        for t in range(w.begin, w.end):
            if w.category != "other":
                found[w.category][t] += w.count
            if w.skills:
                skills[t] |= w.skills
    return list(zip(*found.values())), skills


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
    (is_open, places, capacity, persons, skills, merges, outings, adapts,
     session, stay, reserve), others = state[:11], state[11:]
    its_places = dict(zip(s.sections, others))
    flags = others[len(s.sections):]
    session = None if session is None else s.sessions[session]
    ratio = _not_waived(_ratio(s, rules, session, stay))
    m = SimpleNamespace(
        is_open=is_open, places=s.places, capacity=capacity, skills=skills,
        **dict(zip(PERSONS, persons)), adapts=adapts, session=session,
        reserve=reserve, section_places=its_places, ratio=ratio,
        rounding=None if ratio is None else _rounding(s, session, ratio),
        minimum=_not_waived(_minimum(rules, session, stay)),
        outings=[today["outings"][i].sections for i in outings],
        shared=[q for q, on in zip(s.shared.values(), flags) if on],
        limit=_limit(s, s.places, capacity, rules.over_capacity), room_of={},
        rooms=[], empty=None)
    for i in merges:
        w = today["merges"][i]
        most = (sum(its_places[name] for name in w.sections)
                if w.places is None else w.places)
        label = min(w.sections)
        m.rooms.append((label, w.sections, most))
        for name in w.sections:
            if name in m.room_of:
                raise Fault("E-MERGE", "/structures",
                            f"{s.id}: {name} is in two merges at once")
            m.room_of[name] = label
    return m


def _limit(s, places, capacity, rule):
    if rule is None or capacity == 0:
        return capacity
    basis = rule.capacity_basis
    if s.ratio is not None and s.ratio.capacity_basis is not None:
        basis = s.ratio.capacity_basis
    if basis == "capacity_t":
        return ceil_div(capacity * rule.instant_max_pct, 100)
    return capacity + ceil_div(places * rule.instant_max_pct, 100) - places
