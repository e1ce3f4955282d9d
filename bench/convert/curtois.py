#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A roster of Curtois and Qu (InstanceN.txt) as a problem of Format 1.

    curtois.py FILE.txt -o FILE

Day 0 is a Monday. Shifts of the source have a length but no hours: each is
written from midnight with its length as `minutes`, and no preset asks for a
rest between two of them, so that the successions of the source alone forbid.
Nobody asks for a place; the one goal is the published objective: requests not
met and numbers of staff missed, at their weights."""
import datetime
import os
import sys

from format1 import MONDAY, Dirt, arguments, ident, integer, structure, write

WARD = "ward"
SECTIONS = ("HORIZON", "SHIFTS", "STAFF", "DAYS_OFF", "SHIFT_ON_REQUESTS",
            "SHIFT_OFF_REQUESTS", "COVER")


class Faulty(Exception):
    """The file is not of this layout."""


def read(text):
    """{section: [fields of a line]}; comments are left out."""
    found, lines = {name: [] for name in SECTIONS}, None
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("SECTION_"):
            lines = found.get(line.removeprefix("SECTION_"))
            if lines is None:
                raise Faulty(f"{line} is unknown")
        elif line and not line.startswith("#"):
            if lines is None:
                raise Faulty("a line stands before the first section")
            lines.append([field.strip() for field in line.split(",")])
    return found


def whole(text):
    number = integer(text)
    if number is None or number < 0:
        raise Faulty(f"\"{text}\" is not a whole number from 0 on")
    return number


def fields_of(lines, n):
    """The lines, all of which must have `n` fields."""
    for fields in lines:
        if len(fields) != n:
            raise Faulty(f"\"{','.join(fields)}\" has not {n} fields")
    return lines


def date(day):
    first = datetime.date.fromisoformat(MONDAY)
    return (first + datetime.timedelta(days=whole(day))).isoformat()


def shift(name, minutes, enemies):
    """No shift lasts longer than a day: only its `minutes` count anyway."""
    last = min(max(whole(minutes), 1), 1440)
    made = {"id": ident(name), "structure": WARD, "segments": [
        {"begin": "00:00", "end": f"{last // 60:02}:{last % 60:02}",
         "activity": "other"}], "minutes": whole(minutes)}
    enemies = [ident(other) for other in enemies.split("|") if other]
    return {**made, "then_not": enemies} if enemies else made


def shift_most(text):
    pairs = [pair.split("=") for pair in text.split("|") if pair]
    if any(len(pair) != 2 for pair in pairs):
        raise Faulty(f"\"{text}\" is not a list of shift=most")
    return [{"shift": ident(name), "most": whole(most)}
            for name, most in pairs]


def employee(fields):
    name, mosts, most, least, in_row, least_in_row, least_off, weekends = \
        fields
    return {"id": ident(name),
            "contract": {"least": whole(least), "most": whole(most)},
            "limits": {"days_in_row": whole(in_row),
                       "least_in_row": whole(least_in_row),
                       "least_off": whole(least_off),
                       "weekends": whole(weekends)},
            "shift_most": shift_most(mosts),
            "absent": [], "wishes": []}


def known(people, name):
    if ident(name) not in people:
        raise Faulty(f"nobody has the id \"{name}\"")
    return people[ident(name)]


def add_days_off(people, lines):
    for name, *days in lines:
        known(people, name)["absent"].append(
            {"dates": [date(day) for day in days]})


def add_wishes(people, lines, wanted, dirt):
    """A request that costs nothing is none."""
    for name, day, wish, weight in fields_of(lines, 4):
        if whole(weight) == 0:
            dirt["requests of weight 0, left out"] += 1
            continue
        known(people, name)["wishes"].append(
            {"date": date(day), "shift": ident(wish), "wanted": wanted,
             "weight": whole(weight)})


def cover(fields):
    day, name, wanted, missing, extra = fields
    return {"dates": [date(day)], "shift": ident(name),
            "wanted": whole(wanted), "missing": whole(missing),
            "extra": whole(extra)}


def horizon(lines):
    days = whole(lines[0][0]) if lines else 0
    if days == 0:
        raise Faulty("the horizon has no day")
    return {"first": MONDAY, "last": date(str(days - 1)),
            "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}


def convert(text, name, dirt):
    source = read(text)
    people = {ident(fields[0]): employee(fields)
              for fields in fields_of(source["STAFF"], 8)}
    add_days_off(people, source["DAYS_OFF"])
    add_wishes(people, source["SHIFT_ON_REQUESTS"], True, dirt)
    add_wishes(people, source["SHIFT_OFF_REQUESTS"], False, dirt)
    return {"schema": "ctgsched/problem/1", "id": ident("curtois", name),
            "horizon": horizon(source["HORIZON"]),
            "goals": {"mode": "weighted", "sense": "min", "terms": [
                {"goal": "cover", "weight": 1},
                {"goal": "wishes", "weight": 1}]},
            "structures": [structure(WARD, 0)], "children": [], "requests": [],
            "shifts": [shift(*fields)
                       for fields in fields_of(source["SHIFTS"], 3)],
            "employees": list(people.values()),
            "cover": [cover(fields)
                      for fields in fields_of(source["COVER"], 5)]}


def main():
    args = arguments(__doc__.split("\n\n", maxsplit=1)[0], [])
    dirt = Dirt()
    name = os.path.splitext(os.path.basename(args.path))[0]
    try:
        with open(args.path, encoding="utf-8-sig") as file:
            made = convert(file.read(), name, dirt)
    except Faulty as fault:
        sys.exit(f"curtois.py: {args.path}: {fault}")
    write(made, args.out)
    dirt.report()


if __name__ == "__main__":
    main()
