# SPDX-License-Identifier: GPL-3.0-or-later
"""Small random centres for school children: sessions before and after school,
at noon, on Wednesdays and in holidays, with diplomas and children of all ages.
Plans need not be good."""
import datetime

from draw import Draw, clock, with_absences

FIRST = datetime.date(2026, 9, 28)  # a Monday; October begins in its week
DAYS = ["mon", "tue", "wed", "thu", "fri"]


def _session(name, kind, days, begin, end, **more):
    return {"id": name, "kind": kind, **more,
            "when": [{**days, "begin": clock(begin), "end": clock(end)}]}


def _sessions(draw):
    school = {"days": ["mon", "tue", "thu", "fri"], "in": "school"}
    pedt = draw.maybe(0.5)
    late = draw.randrange(17 * 60, 19 * 60, 10)
    found = [
        _session("matin", "matin", school, 7 * 60 + 30, 8 * 60 + 20,
                 pedt=pedt),
        _session("soir", "soir", school, 16 * 60 + 30, late, pedt=pedt),
        _session("mercredi", "mercredi", {"days": ["wed"], "in": "school"},
                 7 * 60 + draw.choice([0, 10, 30]),
                 draw.choice([13, 18]) * 60, pedt=pedt)]
    if draw.maybe(0.5):
        found.append(_session("midi", "midi", school, 11 * 60 + 45,
                              13 * 60 + 20, pedt=pedt))
    if draw.maybe(0.7):
        found.append(_session("vacances", "vacances", {"in": "holidays"},
                              8 * 60, 18 * 60, places=draw.randint(1, 5)))
    if draw.maybe(0.3):
        found.append(_session("clas", "clas", {"days": ["tue"],
                                               "in": "school"},
                              14 * 60, 15 * 60, min_children=2))
    return found


def _staff(draw):
    return [{"category": draw.choice(["director", "qualified", "qualified",
                                      "trainee", "unqualified"]),
             "count": draw.randint(1, 2), **draw.span(7 * 60, 19 * 60)}
            for _ in range(draw.randint(1, 5))]


def _centre(draw, name):
    found = {"id": name, "kind": "acm", "places": draw.randint(2, 8),
             "sessions": _sessions(draw), "staff": _staff(draw)}
    if draw.maybe(0.2):
        found["closures"] = [{"days": [draw.choice(DAYS)], "begin": "17:00",
                              "end": "17:30"}]
    return found


def _when(draw, centre):
    """Sessions as they are, or times that need not be open."""
    if draw.maybe(0.6):
        its = draw.choice(centre["sessions"])
        return {"session": its["id"], "days": draw.some(DAYS)}
    return {"days": draw.some(DAYS), **draw.span(7 * 60, 19 * 60, 5)}


def _request(draw, name, child, centres):
    options = []
    for k in range(draw.randint(1, 3)):
        centre = draw.choice(centres)
        options.append({"id": f"o{k}", "structure": centre["id"],
                        "when": [_when(draw, centre)]})
    return {"id": name, "child": child, "points": draw.randint(0, 9),
            "kind": draw.choice(["regular", "regular", "occasional"]),
            "options": options}


def problem(seed):
    return with_absences(_problem(seed))


def _problem(seed):
    draw = Draw(f"centres {seed}")
    last = FIRST + datetime.timedelta(days=draw.choice([4, 11, 25]))
    holidays = FIRST + datetime.timedelta(days=draw.choice([3, 7, 9]))
    centres = [_centre(draw, name) for name in "st"[:draw.randint(1, 2)]]
    n = draw.randint(4, 14)
    return {
        "schema": "ctgsched/problem/1", "id": f"centres.{seed}",
        "horizon": {"first": FIRST.isoformat(), "last": last.isoformat(),
                    "periods": [
                        {"id": "toussaint", "first": holidays.isoformat(),
                         "last": (holidays + datetime.timedelta(
                             days=draw.randint(0, 8))).isoformat()},
                        {"id": "pont", "first": (holidays + datetime.timedelta(
                            days=2)).isoformat(), "last": last.isoformat()}
                    ][:draw.randint(1, 2)]},
        "structures": centres,
        "children": [{"id": f"c{i}", "birth": datetime.date(
            draw.randint(2014, 2023), draw.randint(1, 12),
            draw.randint(1, 28)).isoformat()} for i in range(n)],
        "requests": [_request(draw, f"r{i}", f"c{draw.randrange(n)}", centres)
                     for i in range(n + n // 2)]}
