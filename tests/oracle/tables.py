# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of a report (format.md 14), counted a second time from that page.

    tables.Tables(problem, plan).all()  {name: [{column: value}]}, as --json
"""
import datetime
import json

import duties
import goals
import judge
import packs
from clocks import elapsed
from instants import usable
from rows import can_be_given
from shifts import with_children
from values import ceil_div, clock, month_name, week_name

ONE_DAY = datetime.timedelta(days=1)
KINDS = ("regular", "occasional", "emergency")
STATED = {"envy", "shortage", "digest", "goals", "waiting", "coverage"}
# of format.md 5, in its order
RULES = ("menu hours age need need_max floor sector booking companion chain "
         "group served child places week reserve section shared merge ratio "
         "quota minimum mix skill resource siblings pin duty rest weekly_rest "
         "week_minutes mean_week contract in_row least_in_row least_off "
         "weekends then_not shift_most guaranteed envy").split()


def rate(part, whole):
    return None if whole == 0 else 10000 * part // whole


def joined(spans):
    """(begin, end, numbers) that follow each other with equal numbers."""
    found = []
    for begin, end, numbers in spans:
        if found and found[-1][1] == begin and found[-1][2] == numbers:
            found[-1][1] = end
        else:
            found.append([begin, end, numbers])
    return found


def minutes_of(presences, structure):
    return sum(p.end - p.begin for p in presences if p.structure == structure)


def best_of(r):
    return min(r.options.values(), key=lambda o: o.rank, default=None)


class Seen:
    """A run of seen instants."""

    def __init__(self, s, today, begin, end, moment, present, at):
        self.begin, self.end, self.moment = begin, end, moment
        self.is_open, self.heads = moment.is_open, len(present)
        self.limit = moment.limit if moment.is_open else 0
        self.capacity = moment.capacity
        self.weight = sum(p.child.place_weight for p in present)
        self.required, self.counted = at.required, at.counted
        self.lack = self.required - self.counted
        self.cat1, self.director = moment.cat1, moment.director
        self.qualified = moment.cat1 + moment.cat2 + moment.qualified
        self.trainee, self.unqualified = moment.trainee, moment.unqualified
        self.quota = None
        if today.rules.quota is not None:
            self.quota = max(0, min(self.required, self.counted)
                             - usable(today.rules, moment, self.heads))
        self.classes = self._classes(moment, present)
        self.sections = {
            name: (sum(p.section == name for p in present),
                   moment.section_places[name] if moment.is_open else 0)
            for name in s.sections}

    @staticmethod
    def _classes(moment, present):
        """[(class, heads)] in the order of the rule, those with a child."""
        if moment.ratio is None:
            return []
        classes = moment.ratio.classes
        n = [0] * len(classes)
        for p in present:
            c = packs.class_of(classes, p.age, p.on_foot)
            if c is not None:
                n[c] += 1
        return [(one.id, heads) for one, heads in zip(classes, n) if heads]


class Tables:
    def __init__(self, problem, plan, most_waiting=None):
        """most_waiting: what binds is found of so many only, the rest has
        "?" there: each of them is a judgement of the whole plan."""
        self.problem, self.plan = problem, plan
        self.verdict = judge.judge(problem, plan)
        self.rows, self.given = self.verdict.rows, self.verdict.rows.given
        self.best = {r.id: best_of(r) for r in problem.requests.values()}
        self.most_waiting = most_waiting
        self.seen = {
            where: [Seen(today.structure, today, *run) for run in today.runs
                    if run[2].is_open or run[3]]
            for where, today in self.rows.days.items()}
        self.days = problem.horizon.days
        self.presences = {}
        for o in self.given.values():
            for p in o.presences:
                self.presences.setdefault((p.structure, p.day), []).append(p)

    def all(self):
        return {name: getattr(self, name)() for name in (
            "occupancy", "occupancy_day", "occupancy_week", "hours",
            "over_capacity", "over_capacity_peaks", "ratio", "ratio_classes",
            "sessions", "session_classes", "declaration",
            "declaration_classes", "pso", "agents", "agents_total",
            "contracts", "refused", "guaranteed", "waiting")}

    def _places(self):
        """(structure, day, seen) in order."""
        for s in self.problem.structures.values():
            for day in self.days:
                yield s, day, self.seen[s.id, day]

    # -- occupancy -----------------------------------------------------------

    @staticmethod
    def _whole_and_sections(s):
        return [None, *s.sections]

    @staticmethod
    def _numbers(one, section):
        if section is None:
            return one.heads, one.limit, one.capacity
        heads, places = one.sections[section]
        return heads, places, places

    def occupancy(self):
        found = []
        for s, day, seen in self._places():
            for section in self._whole_and_sections(s):
                spans = [(one.begin, one.end, self._numbers(one, section))
                         for one in seen]
                found += [{"structure": s.id, "date": day.isoformat(),
                           "section": section, "begin": clock(begin),
                           "end": clock(end), "present": n[0],
                           "places": n[1], "capacity": n[2]}
                          for begin, end, n in joined(spans)]
        return found

    def _sums(self, name, when):
        """{(structure, when): {section: (present, capacity)}} as rows."""
        sums = {}
        for s, day, seen in self._places():
            for one in seen:
                for section in self._whole_and_sections(s):
                    heads, _, capacity = self._numbers(one, section)
                    to = sums.setdefault((s.id, when(day)), {}).setdefault(
                        section, [0, 0])
                    to[0] += heads * (one.end - one.begin)
                    to[1] += capacity * (one.end - one.begin)
        return [{"structure": structure, name: at, "section": section,
                 "present_minutes": present, "capacity_minutes": capacity,
                 "rate": rate(present, capacity)}
                for (structure, at), by in sums.items()
                for section, (present, capacity) in by.items()]

    def occupancy_day(self):
        return self._sums("date", datetime.date.isoformat)

    def occupancy_week(self):
        return self._sums("week", week_name)

    def over_capacity(self):
        sums = {}
        for s, day, seen in self._places():
            for one in seen:
                to = sums.setdefault((s.id, week_name(day)), [0, 0])
                to[0] += one.weight * (one.end - one.begin)
                to[1] += one.capacity * (one.end - one.begin)
        return [{"structure": structure, "week": week,
                 "place_minutes": ceil_div(weight, 1000),
                 "capacity_minutes": capacity,
                 "rate": rate(weight, 1000 * capacity)}
                for (structure, week), (weight, capacity) in sums.items()]

    def over_capacity_peaks(self):
        found = []
        for s, day, seen in self._places():
            spans = [(one.begin, one.end, (one.heads, one.capacity, max(
                0, ceil_div(one.weight - 1000 * one.capacity, 1000))))
                for one in seen]
            found += [{"structure": s.id, "date": day.isoformat(),
                       "begin": clock(begin), "end": clock(end),
                       "present": n[0], "capacity": n[1], "excess": n[2]}
                      for begin, end, n in joined(spans) if n[2] > 0]
        return found

    # -- staff ---------------------------------------------------------------

    def _quarters(self):
        """(structure id, date, quarter hour, minute, run) at the worst."""
        for s, day, seen in self._places():
            for begin in range(0, 24 * 60, 15):
                there = [(max(begin, one.begin), one) for one in seen
                         if one.is_open and one.begin < begin + 15
                         and one.end > begin]
                if there:
                    at, one = max(there, key=lambda x: (x[1].lack, -x[0]))
                    yield s.id, day.isoformat(), clock(begin), at, one

    def ratio(self):
        return [{"structure": structure, "date": date, "begin": begin,
                 "at": clock(at), "present": one.heads,
                 "required": one.required, "counted": one.counted,
                 "cat1": one.cat1}
                for structure, date, begin, at, one in self._quarters()]

    def ratio_classes(self):
        return [{"structure": structure, "date": date, "begin": begin,
                 "class": name, "present": heads}
                for structure, date, begin, _, one in self._quarters()
                for name, heads in one.classes]

    def _sessions(self):
        """(structure id, date, session id, runs, the fullest)."""
        for s, day, seen in self._places():
            for name, its in s.sessions.items():
                there = [one for one in seen if one.moment.session is its]
                if there:
                    full = max(there, key=lambda one: (one.heads, -one.begin))
                    yield s.id, day.isoformat(), name, there, full

    def sessions(self):
        return [{"structure": structure, "date": date, "session": name,
                 "begin": clock(there[0].begin), "end": clock(there[-1].end),
                 "at": clock(full.begin), "present": full.heads,
                 "required": full.required, "counted": full.counted,
                 "director": full.director, "qualified": full.qualified,
                 "trainee": full.trainee, "unqualified": full.unqualified,
                 "short": max(0, *(one.lack for one in there)),
                 "quota_missing": None if full.quota is None else max(
                     one.quota for one in there)}
                for structure, date, name, there, full in self._sessions()]

    def session_classes(self):
        return [{"structure": structure, "date": date, "session": name,
                 "class": c, "present": heads}
                for structure, date, name, _, full in self._sessions()
                for c, heads in full.classes]

    # -- centres -------------------------------------------------------------

    def _periods(self, day):
        inside = {p.id for p in self.problem.horizon.periods
                  if p.first <= day <= p.last}
        return inside or {"school"}

    def _declared(self):
        """{(structure, period): [(day, run)]}, in order."""
        names = sorted({p.id for p in self.problem.horizon.periods})
        found = {(s.id, name): [] for s in self.problem.structures.values()
                 for name in ["school", *names]}
        for s, day, seen in self._places():
            for one in seen:
                its = one.moment.session
                if its is not None and its.setting != "none":
                    for name in self._periods(day):
                        found[s.id, name].append((day, one))
        return {where: all_of for where, all_of in found.items() if all_of}

    def declaration(self):
        return [{"structure": structure, "period": period,
                 "first": there[0][0].isoformat(),
                 "last": there[-1][0].isoformat(),
                 "days": len({day for day, _ in there}),
                 "minors": max(one.heads for _, one in there),
                 **{name: max(getattr(one, name) for _, one in there)
                    for name in ("director", "qualified", "trainee",
                                 "unqualified")}}
                for (structure, period), there in self._declared().items()]

    def declaration_classes(self):
        found = []
        for (structure, period), there in self._declared().items():
            most = {}
            for _, one in there:
                for name, heads in one.classes:
                    most[name] = max(heads, most.get(name, 0))
            found += [{"structure": structure, "period": period,
                       "class": name, "minors": most[name]}
                      for name in sorted(most)]
        return found

    def _pso_rule(self, s, day):
        for name in s.packs:
            for one in self.problem.packs[name].rules:
                if (one.kind == "data" and one.id == "acm.pso_hours"
                        and (one.valid_from is None or one.valid_from <= day)
                        and (one.valid_to is None or day <= one.valid_to)):
                    numbers = [one.parameters.get(key) for key in (
                        "slot_minutes", "wed_cap_hours_full",
                        "wed_cap_hours_half")]
                    if all(isinstance(n, int) and not isinstance(n, bool)
                           and 1 <= n <= 1440 for n in numbers):
                        return numbers
                    return None
        return None

    def _pso_day(self, s, day, setting, slot):
        """{child: (minutes there, sum of slots)}."""
        there = {}
        for p in self.presences.get((s.id, day), []):
            there.setdefault(p.option.request.child.id, set()).update(
                range(p.begin, p.end))
        found = {}
        for child, minutes in there.items():
            came, slots = set(), 0
            for name, its in s.sessions.items():
                if its.setting != setting:
                    continue
                for begin, end in self.problem.law.intervals(s, name, day):
                    for t in range(begin, end, slot):
                        part = set(range(t, min(t + slot, end)))
                        if part & minutes:
                            slots += len(part)
                            came |= part & minutes
            if came:
                found[child] = came, slots
        return found

    def pso(self):
        found = {}
        for s in self.problem.structures.values():
            for day in self.days:
                numbers = self._pso_rule(s, day) if s.sessions else None
                for setting in ("peri", "extra") if numbers else ():
                    self._add_pso(found, s, day, setting, numbers)
        order = {"peri": 0, "extra": 1}
        return [{"structure": structure, "month": month, "setting": setting,
                 "children": len(children), "present_minutes": present,
                 "slot_minutes": slots, "capped_minutes": capped}
                for (structure, month, setting),
                (children, present, slots, capped)
                in sorted(found.items(), key=lambda x: (
                    x[0][0], x[0][1], order[x[0][2]]))]

    def _add_pso(self, found, s, day, setting, numbers):
        slot, full, half = numbers
        for child, (came, slots) in self._pso_day(s, day, setting,
                                                  slot).items():
            to = found.setdefault((s.id, month_name(day), setting),
                                  [set(), 0, 0, 0])
            is_whole = min(came) < 12 * 60 and max(came) >= 14 * 60
            cap = 60 * (full if is_whole else half)
            to[0].add(child)
            to[1] += len(came)
            to[2] += slots
            to[3] += (min(slots, cap) if setting == "peri"
                      and day.weekday() == 2 else slots)

    # -- requests ------------------------------------------------------------

    def hours(self):
        found = []
        for s in self.problem.structures.values():
            for kind in KINDS:
                asked = [self.best[r.id] for r in
                         self.problem.requests.values() if r.kind == kind
                         and self.best[r.id] is not None]
                served = [o for o in self.given.values()
                          if o.request.kind == kind]
                found.append({
                    "structure": s.id, "kind": kind,
                    "asked": sum(o.structure == s.id for o in asked),
                    "served": sum(o.structure == s.id for o in served),
                    "asked_minutes": sum(minutes_of(o.presences, s.id)
                                         for o in asked),
                    "served_minutes": sum(minutes_of(o.presences, s.id)
                                          for o in served)})
        return found

    def contracts(self):
        found = {}
        for r in self.problem.requests.values():
            asked = r.held if r.held is not None else self.best[r.id]
            for which, o in enumerate((asked, self.given.get(r.id))):
                for p in o.presences if o is not None else ():
                    to = found.setdefault((r.child.id, p.structure), [0, 0])
                    to[which] += p.end - p.begin
        return [{"child": child, "structure": structure,
                 "contract_minutes": contract, "planned_minutes": planned,
                 "rate": rate(planned, contract)}
                for (child, structure), (contract, planned)
                in sorted(found.items())]

    def refused(self):
        found = {}
        for r in self.problem.requests.values():
            best = self.best[r.id]
            if r.id in self.given or best is None:
                continue
            for p in best.presences:
                for begin in range(p.begin - p.begin % 15, p.end, 15):
                    found.setdefault((p.structure, p.day, begin),
                                     set()).add(r.id)
        return [{"structure": structure, "date": day.isoformat(),
                 "begin": clock(begin), "requests": len(who)}
                for (structure, day, begin), who in sorted(found.items())]

    def guaranteed(self):
        found = []
        for manager, (k, structures, _) in sorted(
                self.problem.law.guaranteed.items()):
            able = [r for r in self.problem.requests.values() if r.insertion
                    and any(o.structure in structures
                            and can_be_given(self.problem, o)
                            for o in r.options.values())]
            served = sum(r.id in self.given
                         and self.given[r.id].structure in structures
                         for r in able)
            found.append({"manager": manager, "places": k,
                          "requests": len(able), "served": served,
                          "missing": max(0, min(k, len(able)) - served)})
        return found

    def waiting(self):
        old = {json.dumps(one, sort_keys=True) for one in
               map(_place, self.verdict.breaches)}
        found = []
        for i, row in enumerate(goals.waiting(self.problem, self.given)):
            r = self.problem.requests[row["request"]]
            best = self.best[r.id]
            skip = self.most_waiting is not None and i >= self.most_waiting
            binds = ("?",) * 4 if skip else self._binds(r, best, old)
            found.append({
                "rank": row["rank"], "request": r.id, "points": r.points,
                "option": None if best is None else best.id,
                "structure": None if best is None else best.structure,
                **dict(zip(("binds", "binds_structure", "binds_date",
                            "binds_begin"), binds))})
        return found

    def _binds(self, r, best, old):
        if best is None:
            return (None,) * 4
        plan = dict(self.plan)
        plan["placements"] = [*plan["placements"],
                              {"request": r.id, "option": best.id}]
        new = [one for one in judge.judge(self.problem, plan).breaches
               if one["rule"] not in STATED
               and json.dumps(_place(one), sort_keys=True) not in old]
        if not new:
            return (None,) * 4
        first = min(new, key=_order)
        return (first["rule"], first.get("structure"), first.get("date"),
                first.get("begin"))

    # -- employees -----------------------------------------------------------

    def _weeks(self):
        """Mondays."""
        return sorted({day - day.weekday() * ONE_DAY for day in self.days})

    def _agents(self):
        """(employee, duties by date, [numbers of a week])."""
        worked = duties.read(self.problem, judge.plans.read_plan(
            self.plan).duties)
        for e in self.problem.employees.values():
            mine = worked.get(e.id, {})
            yield e, mine, [_week(e, mine, monday)
                            for monday in self._weeks()]

    def agents(self):
        return [{"employee": e.id, **week}
                for e, _, weeks in self._agents() for week in weeks]

    def agents_total(self):
        found = []
        for e, _, weeks in self._agents():
            row = {"employee": e.id}
            for name in ("duties", "worked_minutes", "children_minutes",
                         "contract_minutes", "balance_minutes",
                         "overtime_minutes"):
                numbers = [week[name] for week in weeks]
                row[name] = None if None in numbers else sum(numbers)
            found.append({**row, "least_minutes": e.contract.least,
                          "most_minutes": e.contract.most})
        return found


def _place(one):
    return {k: v for k, v in one.items() if k not in ("message", "article")}


def _order(one):
    rule, structure = RULES.index(one["rule"]), one.get("structure") or ""
    if "date" in one:
        return 1, one["date"], one.get("begin") or "", rule, structure
    era = 2 if "week" in one else 3 if "month" in one else 0
    return era, one.get("week") or one.get("month") or "", "", rule, structure


def _week(e, mine, monday):
    dates = [monday + i * ONE_DAY for i in range(7)]
    known = {**e.history, **mine}
    now = [mine[day] for day in dates if day in mine]
    worked = sum(one.minutes for one in now)
    past = sum(e.history[day].minutes for day in dates if day in e.history)
    usual = e.contract.week_minutes
    over = 0
    if usual is not None:
        over = max(0, past + worked - usual) - max(0, past - usual)
    rests = [elapsed(day - ONE_DAY, known[day - ONE_DAY].end, day,
                     known[day].begin)
             for day in dates if day in known and day - ONE_DAY in known]
    return {"week": week_name(monday), "duties": len(now),
            "worked_minutes": worked,
            "children_minutes": sum(
                end - begin for one in now
                for _, begin, end in with_children(one.shift, one.way)),
            "history_minutes": past, "contract_minutes": usual,
            "balance_minutes": None if usual is None else past + worked
            - usual,
            "overtime_minutes": over,
            "rest_minutes": min(rests, default=None),
            "weekly_rest_minutes": _weekly_rest(e, known, dates)}


def _weekly_rest(e, known, dates):
    n = getattr(e.law, "rest_days", None) or 1
    longest = 0
    for day in dates:
        if any(day + i * ONE_DAY in known for i in range(n)):
            continue
        before = max((d for d in known if d < day), default=None)
        after = min((d for d in known if d > day), default=None)
        if before is None or after is None:
            return None
        longest = max(longest, elapsed(before, known[before].end, after,
                                       known[after].begin))
    return longest
