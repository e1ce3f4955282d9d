# SPDX-License-Identifier: GPL-3.0-or-later
"""Employees, shifts and duties beside the problems of draw.py, or alone over
the weeks in which the clocks go back. Any duty may be drawn: most break
something."""
import datetime
import itertools

from draw import Draw, clock, day, problem

AUTUMN = datetime.date(2026, 10, 19)  # the 25th has 25 hours
SPRING = datetime.date(2027, 3, 22)  # the 28th has 23
CENTRE = ["director", "qualified", "trainee", "unqualified"]
ACTIVITIES = ["children", "children", "children", "meeting", "travel"]
PACKS = {"eaje": ["fr-eaje"], "other": []}
LABOUR = {
    "max_day": (240, 600), "max_amplitude": (300, 720), "max_periods": (1, 2),
    "max_cut": (15, 120), "max_cuts": (15, 180), "break_after": (120, 420),
    "break_minutes": (10, 45), "min_daily_rest": (480, 1020),
    "min_weekly_rest": (1500, 2700), "rest_days": (1, 3),
    "max_week": (300, 2400), "max_mean_week": (200, 2000),
    "mean_weeks": (1, 4)}


def _numbers(draw, ranges, p):
    return {name: draw.randint(*limits) for name, limits in ranges.items()
            if draw.maybe(p)}


def _preset(draw, name):
    its = _numbers(draw, LABOUR, draw.choice([0.1, 0.3]))
    return {"id": name, "kind": "labour", "article": "", "title": "",
            "title_fr": "", "status": "memory", "parameters": its}


def _of_centres(draw):
    its = [{"id": "who", "kind": "quota", "parameters": {
        "qualified_min_pct": draw.choice([0, 50, 75]),
        "unqualified_max_pct": draw.choice([0, 20, 50]), "small_from": 2,
        "small_to": draw.randint(2, 4), "small_unqualified": 1}},
           {"id": "head", "kind": "director", "parameters": {
               "max_minors": draw.randint(1, 4)}}]
    return [{**one, "status": "memory"} for one in its if draw.maybe(0.7)]


def _pack(draw):
    return {"schema": "ctgsched/rules/1", "id": "work", "title": "work",
            "title_fr": "work", "law": "l",
            "rules": [_preset(draw, "l1"), _preset(draw, "l2"),
                      *_of_centres(draw)]}


def _segments(draw, structures):
    at, found = draw.randrange(3 * 60, 11 * 60, 15), []  # no hour is skipped
    for _ in range(draw.choice([1, 1, 2, 3])):
        end = min(at + draw.randrange(60, 360, 15), 24 * 60)
        if end - at < 30:
            break
        one = {"begin": clock(at), "end": clock(end)}
        if draw.maybe(0.4):
            one["activity"] = draw.choice(ACTIVITIES)
        if draw.maybe(0.2):
            one["structure"] = draw.choice(structures)
        found.append(one)
        at = end + draw.choice([0, 0, 30, 90])
    return found


def _pieces(draw, segments):
    """One piece in a segment, and perhaps another; there is a way."""
    found = []
    for one in segments:
        if len(found) < 2 and draw.maybe(0.4):
            begin = int(one["begin"][:2]) * 60 + int(one["begin"][3:])
            end = int(one["end"][:2]) * 60 + int(one["end"][3:])
            piece = {"minutes": 15, "step": 15, "earliest": clock(begin),
                     "latest": clock(min(end, begin + 75))}
            if draw.maybe(0.3):
                piece["activity"] = draw.choice(["meeting", "direction"])
            if draw.maybe(0.3):
                piece["paid"] = draw.maybe(0.5)
            found.append(piece)
    return found


def _shift(draw, name, structures):
    segments = _segments(draw, structures)
    one = {"id": name, "structure": draw.choice(structures),
           "segments": segments, "pieces": _pieces(draw, segments)}
    if draw.maybe(0.2):
        one["minutes"] = draw.randint(0, 600)
    if draw.maybe(0.3):
        one["when"] = [{"days": ["mon", "tue", "wed", "sat"]}]
    if draw.maybe(0.3):
        one["then_not"] = draw.some(["w0", "w1"])
    return one


def _history(draw, first):
    found = []
    for back in range(1, draw.choice([1, 1, 6, 22])):
        if draw.maybe(0.6):
            date = first - datetime.timedelta(days=back)
            begin = draw.randrange(7 * 60, 12 * 60, 15)
            found.append({"date": date.isoformat(), "begin": clock(begin),
                          "end": clock(begin + draw.randrange(60, 540, 15))})
            if draw.maybe(0.2):
                found[-1]["minutes"] = draw.randint(0, 60)
    return found


def _dated(draw, days, **members):
    if draw.maybe(0.3):
        members[draw.choice(["valid_from", "valid_to"])] = draw.choice(days)
    return members


def _employee(draw, name, first, days, structures, shifts, skills):
    windows = [draw.span(0, 14 * 60), draw.span(6 * 60, 24 * 60)]
    e = {"id": name,
         "qualifications": [
             _dated(draw, days, category=draw.choice(
                 ["cat1", "cat1", "cat2", "other", *CENTRE]))
             for _ in range(draw.randint(0, 2))],
         "skills": [_dated(draw, days, skill=one) for one in skills
                    if draw.maybe(0.5)],
         "absent": [{"dates": [draw.choice(days)]}] if draw.maybe(0.3) else [],
         "contract": _numbers(draw, {
             "week_minutes": (0, 1500), "week_most": (300, 2400),
             "least": (0, 600), "most": (300, 3000)}, 0.3),
         "limits": _numbers(draw, {
             "days_in_row": (1, 5), "least_in_row": (1, 3), "least_off": (1, 3),
             "weekends": (0, 1)}, 0.3),
         "shift_most": [{"shift": one, "most": draw.randint(0, 2)}
                        for one in shifts if draw.maybe(0.2)],
         "wishes": [{"date": draw.choice(days), "weight": draw.randint(1, 9),
                     "wanted": draw.maybe(0.5),
                     **({"shift": draw.choice(shifts)} if draw.maybe(0.6)
                        else {})} for _ in range(draw.randint(0, 3))],
         "pins": [{"date": one, **draw.choice([
             {"off": True}, {"shift": draw.choice(shifts)}])}
             for one in draw.some(days) if draw.maybe(0.1)],
         "history": _history(draw, first)}
    if draw.maybe(0.7):
        e["preset"] = draw.choice(["l1", "l2"])
    if draw.maybe(0.3):
        e["structures"] = draw.some(structures)
    if draw.maybe(0.2):
        e["available"] = draw.some(windows)
    return {**e, **_shares(draw)}


def _shares(draw):
    """What the goals `fairness` and `cost` count."""
    its = {"share": draw.choice([0, 1, 2, 70])} if draw.maybe(0.6) else {}
    if draw.maybe(0.4):
        its["burdens"] = _numbers(draw, {
            "openings": (0, 4), "closings": (0, 4), "wednesdays": (0, 4)}, 0.7)
    if draw.maybe(0.6):
        its["cost"] = _numbers(draw, {
            "hour": (0, 3000), "overtime": (0, 999), "call": (0, 5000)}, 0.7)
    return its


def _people(draw, p, days):
    first = datetime.date.fromisoformat(p["horizon"]["first"])
    structures = [s["id"] for s in p["structures"]]
    skills = sorted({n["skill"] for n in p.get("needs", []) if "skill" in n})
    p.setdefault("rules", []).append(_pack(draw))
    p["shifts"] = [_shift(draw, f"w{i}", structures) for i in range(3)]
    shifts = [one["id"] for one in p["shifts"]]
    p["employees"] = [_employee(draw, f"e{i}", first, days, structures, shifts,
                                skills) for i in range(draw.randint(1, 4))]
    p["cover"] = [{"shift": draw.choice(shifts), "wanted": draw.randint(0, 3),
                   "missing": draw.randint(0, 9), "extra": draw.randint(0, 9),
                   **({"days": ["mon", "tue"]} if draw.maybe(0.4) else {})}
                  for _ in range(draw.randint(0, 3))]
    goals = ["cover", "wishes", "overtime", "staff_minutes", "cost",
             "fairness"]
    if p["goals"]["mode"] == "weighted":
        p["goals"]["terms"] += [{"goal": one, "weight": -1} for one in goals]
    else:
        p["goals"]["order"] += goals
    return p


def _days(horizon):
    first, last = (datetime.date.fromisoformat(horizon[name])
                   for name in ("first", "last"))
    numbers = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    wanted = horizon.get("weekdays", numbers[:5])
    every = (first + datetime.timedelta(days=i)
             for i in range((last - first).days + 1))
    return [one.isoformat() for one in every
            if numbers[one.weekday()] in wanted]


def joint(seed):
    """Children and employees; what does not go together yet is left out."""
    draw, p = Draw(f"people {seed}"), problem(seed)
    p.pop("policy", None)
    for s in p["structures"]:
        if draw.maybe(0.4):
            s["packs"] = [*s.get("packs", PACKS[s.get("kind", "eaje")]),
                          "work"]
    return _people(draw, p, _days(p["horizon"]))


def labour(seed):
    """Employees alone, for one to four weeks about a change of the clocks."""
    draw = Draw(f"labour {seed}")
    first = draw.choice([AUTUMN, SPRING]) + datetime.timedelta(
        days=draw.randint(-2, 6))
    horizon = {"first": first.isoformat(), "last": (
        first + datetime.timedelta(days=draw.randint(6, 20))).isoformat(),
        "weekdays": draw.choice([["mon", "tue", "wed", "thu", "fri"],
                                 ["mon", "tue", "wed", "thu", "fri", "sat",
                                  "sun"], ["mon", "wed", "fri", "sat",
                                           "sun"]])}
    p = {"schema": "ctgsched/problem/1", "id": f"labour.{seed}",
         "horizon": horizon, "goals": {"mode": "lexicographic", "order": []},
         "structures": [{"id": "s", "kind": "other", "places": 1, "hours": [
             {"begin": "08:00", "end": "18:00"}]}]}
    return _people(draw, p, _days(horizon))


def duties(draw, p, density):
    """p: the problem as the second judge reads it."""
    return [{"employee": e, "date": date.isoformat(), "shift": s,
             "pieces": [clock(t) for t in draw.choice(p.shifts[s].ways)]}
            for e, date in itertools.product(p.employees, p.horizon.days)
            if draw.maybe(density) for s in [draw.choice(list(p.shifts))]]
