# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows that hold at every instant of one structure's day, counted minute
by minute (format.md 5, 5.1 and 5.3).

A minute is evaluated from the children present in it and what holds in it;
minutes in which neither changes share one evaluation."""
from types import SimpleNamespace

from packs import class_of, reading
from values import DAY_MINUTES, age_months, ceil_div


def walks(problem, child, day):
    if child.walk_from is not None:
        return day >= child.walk_from
    return (age_months(child.birth, day)
            >= problem.parameters.walk_proxy_months)


def attend(problem, p):
    """Completes a presence with what the rows ask of the child that day."""
    if hasattr(p, "child"):
        return p
    r = p.option.request
    p.child, p.request, p.is_new = r.child, r.id, not p.option.is_held
    a = r.adaptation
    p.adapts = a is not None and a.first <= p.day <= a.last
    rules = problem.law.rules[p.option.structure, p.day]
    age, on_foot = age_months(p.child.birth, p.day), walks(problem, p.child,
                                                           p.day)
    p.ratio_class, p.outing_class = (
        None if rule is None else class_of(rule.classes, age, on_foot)
        for rule in (rules.ratio, rules.outing))
    return p


def minimum(s, rule, n):
    """Persons that n children need whatever their age."""
    if rule is None or n == 0:
        return 0
    if may_be_alone(s, rule, n):
        return 1
    return rule.min_staff


def may_be_alone(s, rule, n):
    return n <= rule.alone_max_children and s.places <= rule.alone_max_places


def _weights(classes, group, attribute, adapts):
    """n[c] of a group, without the children in adaptation."""
    n = [0] * len(classes)
    for p in group:
        c = getattr(p, attribute)
        if c is not None and not (adapts and p.adapts):
            n[c] += p.child.ratio_weight
    return n


def _groups(rules, moment, present):
    """One group an outing in force, and the children who stay. Without an
    outing rule nothing sets those children apart."""
    outings = moment.outings if rules.outing is not None else []
    out, home = [[] for _ in outings], []
    for p in present:
        for group, sections in zip(out, outings):
            if sections is None or p.section in sections:
                group.append(p)
                break
        else:
            home.append(p)
    return out, home


def _rooms(s, moment, home):
    if s.ratio is None or s.ratio.scope == "structure":
        return {None: home}
    rooms = {}
    for p in home:
        name = moment.room_of.get(p.section, p.section)
        rooms.setdefault(name, []).append(p)
    return rooms


def _home_reading(s, rules, moment, home, one_more):
    """Sum over the rooms of the readings; one_more: with one more child."""
    if rules.ratio is None:
        return 0
    classes = rules.ratio.classes
    per = [c.per for c in classes]
    rooms = {name: _weights(classes, group, "ratio_class", moment.adapts)
             for name, group in _rooms(s, moment, home).items()}
    if one_more:
        last = max(s.sections, default=None)
        if s.ratio.scope == "structure":
            last = None
        n = rooms.setdefault(moment.room_of.get(last, last), [0] * len(per))
        n[per.index(min(per))] += 1000
    return sum(reading(rules.rounding, per, n) for n in rooms.values())


def required(s, rules, moment, present, one_more=False):
    """(required(t), A + the sum of the readings without any minimum)."""
    alone = sum(1 for p in present if moment.adapts and p.adapts)
    a = alone * rules.adaptation.staff_per_child if alone else 0
    out, home = _groups(rules, moment, present)
    at_home = _home_reading(s, rules, moment, home, one_more)
    readings, with_minima = 0, 0
    for group in filter(None, out):
        rule = rules.outing
        n = _weights(rule.classes, group, "outing_class", moment.adapts)
        persons = reading(rule.rounding, [c.per for c in rule.classes], n)
        readings += persons
        with_minima += max(persons, rule.min_staff,
                           minimum(s, rules.minimum, len(group)))
    bare = a + readings + at_home
    if not any(out):
        return bare, bare
    stay = minimum(s, rules.minimum, len(home) + one_more)
    return a + with_minima + max(at_home, stay), bare


def _excess(rows, rule, field, name, children, limit):
    """A row of places: weights over 1000 x limit."""
    over = sum(p.child.place_weight for p in children) - 1000 * limit
    if over > 0:
        rows.append(("places", rule, field, name, ceil_div(over, 1000),
                     any(p.is_new for p in children)))


def _place_rows(s, moment, present):
    rows = []
    _excess(rows, "places", None, None, present, moment.limit)
    for name in s.sections:
        if name not in moment.room_of:
            inside = [p for p in present if p.section == name]
            _excess(rows, "section", "section", name, inside,
                    moment.section_places[name])
    for q in moment.shared:
        inside = [p for p in present if p.section in q.sections]
        _excess(rows, "shared", "section", q.id, inside, q.places)
    for label, sections, limit in moment.rooms:
        inside = [p for p in present if p.section in sections]
        _excess(rows, "merge", "section", label, inside, limit)
    for offer in s.offers.values():
        inside = [p for p in present if offer.need in p.child.needs]
        if offer.max is not None and len(inside) > offer.max:
            rows.append(("places", "need_max", "need", offer.need,
                         len(inside) - offer.max,
                         any(p.is_new for p in inside)))
    return rows


def _minimum_size(s, rule, moment, n):
    if rule is None or n == 0:
        return 0
    needed = minimum(s, rule, n)
    wants_cat1 = (rule.cat1_above_places is not None
                  and s.places > rule.cat1_above_places and moment.cat1 == 0)
    if moment.counted == 1 and may_be_alone(s, rule, n):
        category = "cat1" if moment.cat1 else "cat2"
        wants_cat1 = wants_cat1 or category not in rule.alone_categories
    return max(needed - moment.counted, 1 if wants_cat1 else 0, 0)


def _staff_rows(s, rules, moment, present, needed):
    rows, is_new = [], any(p.is_new for p in present)
    if needed > moment.counted:
        rows.append(("ratio", "ratio", None, None, needed - moment.counted,
                     is_new))
    size = _minimum_size(s, rules.minimum, moment, len(present))
    if size:
        rows.append(("minimum", "minimum", None, None, size, is_new))
    asked = {skill for p in present for skill in p.child.skills}
    for skill in sorted(asked - moment.skills):
        with_it = [p for p in present if skill in p.child.skills]
        rows.append(("skill", "skill", "skill", skill, 1,
                     any(p.is_new for p in with_it)))
    return rows


def evaluate(s, rules, moment, present):
    """rows: (kind, rule, member, its id, size, whether a newcomer is in)."""
    needed, bare = required(s, rules, moment, present)
    return SimpleNamespace(
        required=needed, bare=bare, heads=len(present),
        weight=sum(p.child.place_weight for p in present),
        rows=_place_rows(s, moment, present)
        + _staff_rows(s, rules, moment, present, needed))


def runs(moments, presences):
    """Maximal runs of minutes with the same law and the same children."""
    masks = [0] * DAY_MINUTES
    for i, p in enumerate(presences):
        bit = 1 << i
        for t in range(p.begin, p.end):
            masks[t] |= bit
    begin = 0
    for t in range(1, DAY_MINUTES + 1):
        if (t < DAY_MINUTES and masks[t] == masks[begin]
                and moments[t] is moments[begin]):
            continue
        yield begin, t, moments[begin], [
            p for i, p in enumerate(presences) if masks[begin] >> i & 1]
        begin = t


def cut_runs(moments, changes, presences):
    """The same minutes cut where something begins or ends: for the many days
    that envy tries (test_judge.py holds it against runs)."""
    cuts = sorted(changes.union((p.begin for p in presences),
                                (p.end for p in presences)))
    for begin, end in zip(cuts, cuts[1:]):
        yield begin, end, moments[begin], [
            p for p in presences if p.begin <= begin < p.end]


def changes_of(moments):
    """The minutes at which what holds in the structure changes."""
    return {0, DAY_MINUTES}.union(
        t for t in range(1, DAY_MINUTES) if moments[t] is not moments[t - 1])


class Day:
    """One structure on one day under the presences given. With `refuse`, it
    ends at the first run that refuse(begin, end, rows) does not bear."""

    def __init__(self, problem, s, day, presences, refuse=None):
        self.structure, self.day = s, day
        self.rules = problem.law.rules[s.id, day]
        self.runs, self.is_refused = [], False
        found = [attend(problem, p) for p in presences]
        for begin, end, moment, present in self._runs(problem, found, refuse):
            at = moment.empty if not present else None
            if at is None:
                at = evaluate(s, self.rules, moment, present)
                if not present:  # of one structure under one law: as always
                    moment.empty = at
            self.runs.append((begin, end, moment, present, at))
            if refuse is not None and at.rows and refuse(begin, end, at.rows):
                self.is_refused = True
                return
        self._total()

    def _runs(self, problem, presences, refuse):
        moments = problem.law.moments[self.structure.id, self.day]
        if refuse is None:
            return runs(moments, presences)
        changes = problem.law.changes(self.structure.id, self.day, changes_of)
        return cut_runs(moments, changes, presences)

    def _total(self):
        """What the week, the month and the floors sum over."""
        over, share = self.rules.over_capacity, self.rules.cat1_share
        self.week_left = self.week_right = self.mix_left = self.mix_right = 0
        self.week_new = self.mix_new = False
        for begin, end, moment, present, at in self.runs:
            minutes = end - begin
            is_new = any(p.is_new for p in present)
            if over is not None:
                self.week_left += at.weight * minutes
                self.week_right += (1000 * over.weekly_max_pct
                                    * moment.capacity * minutes)
                self.week_new |= is_new
            if share is not None and moment.is_open:
                self.mix_left += 100 * moment.cat1 * minutes
                self.mix_right += share.min_pct * at.bare * minutes
                self.mix_new |= is_new

    def rows(self):
        """Maximal intervals of equal size: {(row, is_new): [[b, e, size]]}."""
        found = {}
        for begin, end, _, _, at in self.runs:
            for *row, size, is_new in at.rows:
                spans = found.setdefault((*row, is_new), [])
                if spans and spans[-1][1] == begin and spans[-1][2] == size:
                    spans[-1][1] = end
                else:
                    spans.append([begin, end, size])
        return found

    def margin(self, m):
        """The quality floor `ratio_margin` (7.2)."""
        total = 0
        for begin, end, moment, _, at in self.runs:
            if moment.is_open:
                short = max(0, at.required + m - moment.counted)
                total += (short - max(0, m - moment.counted)) * (end - begin)
        return total
