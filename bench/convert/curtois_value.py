#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values a plan of Format 1 by the instance of Curtois and Qu itself.

    curtois_value.py FILE.txt PLAN

Prints what is broken, then the published objective; the exit status is 1 when
something is broken. Written from the description of the benchmark: it shares
with curtois.py only how names and days are spelled in a plan, so that a
mistake in the problem or in the judge shows as a difference."""
import argparse
import datetime
import itertools
import json
import re
import sys

from format1 import MONDAY, ident


def section(text, name):
    """The lines of one section, split at commas."""
    body = re.search(rf"^SECTION_{name}\s*$(.*?)(?=^SECTION_|\Z)", text,
                     re.M | re.S)
    lines = body.group(1).splitlines() if body else []
    return [line.strip().split(",") for line in lines
            if line.strip() and not line.lstrip().startswith("#")]


class Instance:
    def __init__(self, text):
        self.days = int(section(text, "HORIZON")[0][0])
        self.shifts = {ident(name): (int(minutes),
                                     set(map(ident, after.split("|"))))
                       for name, minutes, after in section(text, "SHIFTS")}
        self.staff = {ident(row[0]): row[1:]
                      for row in section(text, "STAFF")}
        self.off = {(ident(row[0]), int(day))
                    for row in section(text, "DAYS_OFF") for day in row[1:]}
        self.on_requests = section(text, "SHIFT_ON_REQUESTS")
        self.off_requests = section(text, "SHIFT_OFF_REQUESTS")
        self.cover = section(text, "COVER")

    # -- a roster is {(employee, day): shift} --------------------------------

    def roster(self, plan):
        """What a plan says, and what of it the instance has no word for."""
        roster, strange = {}, []
        first = datetime.date.fromisoformat(MONDAY)
        for duty in plan.get("duties", []):
            day = (datetime.date.fromisoformat(duty["date"]) - first).days
            key = (duty["employee"], day)
            if (duty["employee"] not in self.staff or key in roster
                    or duty["shift"] not in self.shifts
                    or not 0 <= day < self.days):
                strange.append(f"{duty['employee']}, day {day}: no such duty, "
                               "or a second one")
            roster[key] = duty["shift"]
        return roster, strange

    def faults(self, roster):
        found = [f"{name}, day {day}: works on a day off"
                 for name, day in self.off if (name, day) in roster]
        for name, limits in self.staff.items():
            week = [roster.get((name, day)) for day in range(self.days)]
            found += [f"{name}: {what}" for what in itertools.chain(
                self.sums(week, *limits[:3], limits[6]),
                self.successions(week),
                runs([shift is not None for shift in week],
                     *map(int, limits[3:6])))]
        return sorted(found)

    def sums(self, week, mosts, most, least, weekends):
        minutes = sum(self.shifts[shift][0] for shift in week if shift)
        if not int(least) <= minutes <= int(most):
            yield f"{minutes} minutes, not {least} to {most}"
        for name, limit in (pair.split("=") for pair in mosts.split("|")):
            if week.count(ident(name)) > int(limit):
                yield f"more than {limit} times {name}"
        worked = sum(any(week[monday + 5:monday + 7])
                     for monday in range(0, self.days, 7))
        if worked > int(weekends):
            yield f"{worked} weekends, not {weekends}"

    def successions(self, week):
        for day, (one, other) in enumerate(zip(week, week[1:]), 1):
            if one and other in self.shifts[one][1]:
                yield f"day {day}: {other} after {one}"

    def value(self, roster):
        total = sum(int(weight) for name, day, shift, weight
                    in self.on_requests
                    if roster.get((ident(name), int(day))) != ident(shift))
        total += sum(int(weight) for name, day, shift, weight
                     in self.off_requests
                     if roster.get((ident(name), int(day))) == ident(shift))
        for day, shift, wanted, under, over in self.cover:
            there = sum(roster.get((name, int(day))) == ident(shift)
                        for name in self.staff)
            lacking = int(wanted) - there
            total += lacking * int(under) if lacking > 0 \
                else -lacking * int(over)
        return total


def runs(works, most, least, least_off):
    """Days in a row with or without a shift. The least numbers are not asked
    of a run that touches an edge of the horizon: it goes on beyond."""
    day = 0
    for at_work, run in itertools.groupby(works):
        length = len(list(run))
        inside = day > 0 and day + length < len(works)
        if at_work and length > most:
            yield f"day {day}: {length} days in a row, not up to {most}"
        if inside and length < (least if at_work else least_off):
            yield (f"day {day}: {length} days " +
                   ("in a row" if at_work else "off") + " are too few")
        day += length


def judge(instance, plan):
    """(what is broken, objective)."""
    roster, strange = instance.roster(plan)
    if strange:
        return strange, None
    return instance.faults(roster), instance.value(roster)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("path", metavar="PATH")
    parser.add_argument("plan", metavar="PLAN")
    args = parser.parse_args()
    with open(args.path, encoding="utf-8-sig") as file:
        instance = Instance(file.read())
    with open(args.plan, encoding="utf-8") as file:
        broken, value = judge(instance, json.load(file))
    for fault in broken:
        print(fault)
    print("illegal" if broken else "legal", "objective",
          "none" if value is None else value)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
