#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the examples of sessions: python3 bench/examples/sessions.py NAME

NAME is mercredi, periscolaire-year or clas-permanences. Everything is made up,
the same bytes on every machine: draws come from SHA-256. School holidays and
public holidays of 2026-27 are written from memory: a commune loads its own."""
import argparse
import datetime
import hashlib
import json
import sys

SCHOOL_DAYS = ["mon", "tue", "thu", "fri"]


class Draw:
    """Integers that depend on the name and the number of the draw alone."""

    def __init__(self, name):
        self.name, self.n = name, 0

    def below(self, n):
        self.n += 1
        digest = hashlib.sha256(f"{self.name} {self.n}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % n

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, *weighted):
        at = self.below(sum(weight for _, weight in weighted))
        for value, weight in weighted:
            at -= weight
            if at < 0:
                return value
        raise AssertionError


def window(begin, end, **more):
    return {**more, "begin": begin, "end": end}


def staff(begin, end, category, count, **more):
    return {**more, "begin": begin, "end": end, "category": category,
            "count": count}


def birth(draw, level):
    """Of a child of that level (1: petite section) in September 2026."""
    first = datetime.date(2023 - level, 1, 1)
    return (first + datetime.timedelta(days=draw.below(365))).isoformat()


def submitted(draw):
    at = datetime.datetime(2026, 5, 4, 8) + datetime.timedelta(
        minutes=draw.below(20 * 24 * 60))
    return at.strftime("%Y-%m-%dT%H:%M")


# -- mercredi: two centres, lunch, and the way from three schools ------------

def centre(name, places, morning, noon, afternoon):
    """Open from eight to six: a stay of ten hours, with a PEDT."""
    team = [staff("08:00", "18:00", "director", 1)]
    for begin, end, team_then in (("08:00", "12:00", morning),
                                  ("12:00", "13:30", noon),
                                  ("13:30", "18:00", afternoon)):
        team += [staff(begin, end, category, count)
                 for category, count in zip(
                     ("qualified", "trainee", "unqualified"), team_then)
                 if count]
    return {"id": name, "kind": "acm", "places": places, "sessions": [
        {"id": "matin", "kind": "mercredi", "pedt": True,
         "when": [window("08:00", "12:00")]},
        {"id": "repas", "kind": "midi", "pedt": True,
         "when": [window("12:00", "13:30")]},
        {"id": "apres-midi", "kind": "mercredi", "pedt": True,
         "when": [window("13:30", "18:00")]}], "staff": team}


def walk(school, places):
    """After the lessons of Wednesday morning, with its own escorts."""
    return {"id": f"trajet-{school}", "kind": "acm", "places": places,
            "schools": [school], "sessions": [
                {"id": "aller", "kind": "trajet", "pedt": True,
                 "when": [window("11:40", "12:00")]}],
            "staff": [staff("11:30", "12:00", "qualified", 1),
                      staff("11:30", "12:00", "trainee", 1)]}


def wednesday_menu(draw, school, centres):
    """Whole days where there are no lessons; else lunch and afternoon, with
    the walk. Half-days are in the menu of many."""
    meals = [{"resource": "repas", "amount": 1}]
    options = []
    whole, half = draw.chance(62), draw.chance(55)
    for place in centres:
        noon = [{"session": "repas"}, {"session": "apres-midi"}]
        if school in ("e1", "e2", "e3"):
            leg = {"session": "aller", "structure": f"trajet-{school}"}
            options.append((f"{place}-apres-midi", place, [leg, *noon], meals))
            continue
        if whole:
            options.append((f"{place}-jour", place,
                            [{"session": "matin"}, *noon], meals))
        if half or not whole:
            options.append((f"{place}-matin", place,
                            [{"session": "matin"}], []))
    return [{"id": name, "structure": place, "when": when,
             **({"uses": used} if used else {})}
            for name, place, when, used in options]


def mercredi():
    draw = Draw("mercredi")
    children, requests = [], []
    for n in range(1, 141):
        school = draw.pick(("e1", 18), ("e2", 15), ("e3", 12), ("e4", 35),
                           ("e5", 20))
        level = 1 + draw.below(8)
        centres = ["nord", "sud"] if draw.chance(55) else ["sud", "nord"]
        if draw.chance(35):
            centres = centres[:1]
        name = f"c{n:03}"
        children.append({"id": name, "birth": birth(draw, level),
                         "school": school})
        points = (40 * draw.chance(55) + 20 * draw.chance(25)
                  + 10 * draw.chance(30) + 5 * draw.below(4))
        requests.append({
            "id": f"m{n:03}", "child": name, "points": points,
            "submitted": submitted(draw), "chain": True,
            "options": wednesday_menu(draw, school, centres)})
    return {
        "schema": "ctgsched/problem/1", "id": "mercredi",
        "horizon": {"first": "2026-09-02", "last": "2026-10-14",
                    "weekdays": ["wed"]},
        "structures": [centre("nord", 48, (3, 1, 1), (2, 1, 1), (2, 1, 1)),
                       centre("sud", 36, (2, 1, 1), (2, 1, 0), (2, 1, 1)),
                       walk("e1", 12), walk("e2", 12), walk("e3", 12)],
        "resources": [{"id": "repas", "limit": 62, "per": "date"}],
        "children": children, "requests": requests}


# -- periscolaire-year: twelve schools, a school year -------------------------

PERIODS = [("toussaint", "2026-10-17", "2026-11-01"),
           ("noel", "2026-12-19", "2027-01-03"),
           ("hiver", "2027-02-06", "2027-02-21"),
           ("printemps", "2027-04-03", "2027-04-18")]
PUBLIC = ["2026-11-11", "2027-03-29", "2027-05-06", "2027-05-17"]
SESSIONS = [("matin", "matin", "07:30", "08:30", 30),
            ("midi-1", "midi", "11:45", "12:35", 36),
            ("midi-2", "midi", "12:35", "13:30", 34),
            ("soir", "soir", "16:30", "17:30", 44),
            ("tard", "soir", "17:30", "18:30", 26)]


def school_site(draw, n):
    """Sessions of at most two hours in a row, with a PEDT."""
    when = {"days": SCHOOL_DAYS, "in": "school"}
    team = []
    for _, _, begin, end, places in SESSIONS:
        persons = max(2, places // 16 + draw.below(2))
        unqualified = 1 if persons in (3, 4, 5) else 0
        team += [staff(begin, end, "qualified", persons - unqualified)]
        if unqualified:
            team += [staff(begin, end, "unqualified", unqualified)]
    return {"id": f"ecole-{n:02}", "kind": "acm", "places": 75,
            "schools": [f"e{n:02}"], "sessions": [
                {"id": name, "kind": kind, "pedt": True, "places": places,
                 "when": [window(begin, end, **when)]}
                for name, kind, begin, end, places in SESSIONS],
            "staff": team}


def subscription(place, draw, session, companions=()):
    """On all school days, or on some of them."""
    days = SCHOOL_DAYS
    if draw.chance(35):
        days = [d for d in SCHOOL_DAYS if draw.chance(60)] or ["mon"]
    both = {"days": days}
    if draw.chance(8):
        both["week"] = draw.pick(("A", 1), ("B", 1))
    return [{"id": session, "structure": place, "when": [
        {**both, "session": name} for name in (session, *companions)]}]


def periscolaire_year():
    draw = Draw("periscolaire-year")
    children, requests = [], []

    def ask(child, points, session, options):
        requests.append({"id": f"{child}-{session}", "child": child,
                         "points": points, "submitted": submitted(draw),
                         "options": options})

    for n in range(1200):
        school = 1 + n % 12
        child, place = f"p{n + 1:04}", f"ecole-{school:02}"
        level = 1 + draw.below(8)
        children.append({"id": child, "birth": birth(draw, level),
                         "school": f"e{school:02}"})
        points = 10 * draw.below(8)
        if draw.chance(45):
            ask(child, points, "matin", subscription(place, draw, "matin"))
        if draw.chance(80):  # lunch: the service of its age, else the other
            services = (("midi-1", "midi-2") if level <= 4
                        else ("midi-2", "midi-1"))
            days = draw.pick((SCHOOL_DAYS, 80), (["mon", "tue"], 10),
                             (["thu", "fri"], 10))
            ask(child, points, "midi", [
                {"id": name, "structure": place,
                 "when": [{"days": days, "session": name}]}
                for name in services])
        if draw.chance(62):
            late = ("tard",) if draw.chance(55) else ()
            ask(child, points, "soir", subscription(place, draw, "soir", late))
    return {
        "schema": "ctgsched/problem/1", "id": "periscolaire-year",
        "horizon": {"first": "2026-09-01", "last": "2027-07-02",
                    "weekdays": SCHOOL_DAYS, "except": PUBLIC,
                    "periods": [{"id": name, "first": first, "last": last}
                                for name, first, last in PERIODS]},
        "structures": [school_site(draw, n) for n in range(1, 13)],
        "children": children, "requests": requests}


# -- clas-permanences: what opens only when it is worth it --------------------

PACK = {
    "schema": "ctgsched/rules/1", "id": "ville", "title": "Local rules",
    "rules": [
        {"id": "clas.leaders", "kind": "minimum", "status": "secondary",
         "article": "Cnaf, CLAS: two leaders a group", "parameters": {
             "min_staff": 2, "cat1_above_places": 10000,
             "alone_max_children": 0, "alone_max_places": 0,
             "alone_categories": []}}]}


def clas_group(n, days, leaders):
    """8 to 12 pupils, two leaders, two meetings a week (domain: Cnaf)."""
    return {"id": f"clas-{n}", "kind": "other", "packs": ["ville"],
            "places": 12, "sessions": [
                {"id": "seance", "kind": "clas", "min_children": 8,
                 "when": [window("16:45", "18:15", days=days)]}],
            "staff": [staff("16:45", "18:15", "qualified", leaders,
                            days=days)]}


def permanence():
    """Three topics on three afternoons; each opens for three families. An
    appointment is one family for half an hour."""
    topics = [("droits", "mon"), ("emploi", "tue"), ("sante", "thu")]
    return {"id": "relais", "kind": "other", "places": 1, "sessions": [
        {"id": topic, "kind": "permanence", "min_children": 3,
         "when": [window("14:00", "16:00", days=[day])]}
        for topic, day in topics]}


def appointments(topic, day, first):
    times = ["14:00", "14:30", "15:00", "15:30", "16:00"]
    order = list(range(first, 4)) + list(range(first))
    return [{"id": f"{topic}-{times[k].replace(':', '')}",
             "structure": "relais",
             "when": [window(times[k], times[k + 1], days=[day],
                             last="2026-10-02", first="2026-09-28")]}
            for k in order]


def clas_permanences():
    draw = Draw("clas-permanences")
    children, requests = [], []
    groups = [("clas-1", ["mon", "thu"], 2), ("clas-2", ["tue", "fri"], 2),
              ("clas-3", ["mon", "thu"], 3), ("clas-4", ["tue", "fri"], 2)]
    for n in range(1, 31):
        child = f"e{n:02}"
        children.append({"id": child, "birth": birth(draw, 4 + draw.below(5))})
        first = draw.below(4)
        wanted = [groups[(first + k) % 4] for k in range(1 + draw.below(3))]
        requests.append({
            "id": f"clas-{child}", "child": child,
            "points": 10 * (1 + draw.below(5)), "submitted": submitted(draw),
            "options": [{"id": name, "structure": name,
                         "when": [{"days": days, "session": "seance"}]}
                        for name, days, _ in wanted]})
    for n in range(1, 10):
        family = f"f{n:02}"
        children.append({"id": family, "birth": "2024-02-01"})
        topic, day = draw.pick((("droits", "mon"), 5), (("emploi", "tue"), 3),
                               (("sante", "thu"), 2))
        requests.append({
            "id": f"rdv-{family}", "child": family, "points": 5,
            "submitted": submitted(draw),
            "options": appointments(topic, day, draw.below(4))})
    return {
        "schema": "ctgsched/problem/1", "id": "clas-permanences",
        "horizon": {"first": "2026-09-28", "last": "2026-10-16"},
        "rules": [PACK],
        "structures": [*(clas_group(name[5:], days, leaders)
                         for name, days, leaders in groups), permanence()],
        "children": children, "requests": requests}


# -- writing ------------------------------------------------------------------

EXAMPLES = {"mercredi": mercredi, "periscolaire-year": periscolaire_year,
            "clas-permanences": clas_permanences}


def text_of(problem):
    """One object of a list a line: small, and a difference shows where."""
    lines = []
    for name, value in problem.items():
        if isinstance(value, list):
            body = ",\n".join("    " + json.dumps(one) for one in value)
            lines.append(f'  "{name}": [\n{body}\n  ]')
        else:
            lines.append(f'  "{name}": {json.dumps(value)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("name", choices=sorted(EXAMPLES))
    sys.stdout.write(text_of(EXAMPLES[parser.parse_args().name]()))


if __name__ == "__main__":
    main()
