#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kindergarten requests of the city of Vilnius (open data, March 2026) as a
problem of Format 1.

    vilnius.py FOLDER -o FILE [--goal placed|weighted]

FOLDER holds groups.csv, requests.csv and choices.csv. Requests that start in
September 2026 are taken. Groups of one kindergarten, language and age band are
one structure with the sum of their free places, none when that is negative. A
wish may use each structure of its kindergarten and language whose band it names
or, when it names none, whose band contains the child's age."""
import os

from format1 import (WHEN, Dirt, arguments, ident, integer, problem, rows,
                     structure, write)

START = ("2026", "09")


def half_years(text):
    """Half years in "1.5", "2" or "100"; None when it says no number."""
    try:
        return round(float(text) * 2)
    except ValueError:
        return None


def band(low, high):
    ends = half_years(low), half_years(high)
    return None if None in ends or ends[0] >= ends[1] else ends


def read_buckets(folder, dirt):
    """{(kindergarten, language): {band: (id, free)}}."""
    buckets = {}
    for row in rows(os.path.join(folder, "groups.csv"), ",", dirt):
        ages = band(row["age_from"], row["age_to"])
        free = integer(row["free"])
        if ages is None or free is None:
            dirt["groups without an age band or free places, left out"] += 1
            continue
        house = buckets.setdefault(
            (row["kindergarten_id"], row["language"]), {})
        name = ident(row["kindergarten_id"], row["language"],
                     row["age_from"], row["age_to"])
        name, already = house.get(ages, (name, 0))
        house[ages] = name, already + free
        dirt["groups with negative free places"] += free < 0
    return buckets


def wanted(text, dirt):
    """The bands a wish names, None when it names none."""
    if not text:
        return None
    bands = []
    for part in text.split("+"):
        ages = band(*part.split("-")) if part.count("-") == 1 else None
        if ages is None:
            dirt["unreadable bands of wishes"] += 1
        else:
            bands.append(ages)
    return bands


def usable(house, bands, age):
    """The buckets of a house that a wish may use, by rising band."""
    return [house[b] for b in sorted(house)
            if (b in bands if bands is not None
                else age is not None and b[0] <= age < b[1])]


def weight(row, points):
    return (100 + 10 * points + 20 * (row["sibling"] == "1") +
            5 * (row["territory"] == "1") - 8 * (int(row["rank"]) - 1))


def options_of(wishes, request, buckets, dirt):
    """By wish; a bucket reached twice keeps its better wish."""
    best = {}
    points = integer(request["priority_points"]) or 0
    age = half_years(request["age_at_start_half_years"])
    for row in sorted(wishes, key=lambda r: int(r["rank"])):
        house = buckets.get((row["kindergarten_id"], row["language"]))
        if house is None:
            dirt["wishes for a kindergarten without a group"] += 1
            continue
        found = usable(house, wanted(row["age_bands"], dirt), age)
        dirt["wishes without a group of the right age"] += not found
        for name, _ in found:
            value = weight(row, points)
            if name not in best or best[name]["satisfaction"] < value:
                best[name] = {"id": name, "structure": name,
                              "rank": int(row["rank"]),
                              "satisfaction": value, "when": WHEN}
    return list(best.values())


def read_wishes(folder, dirt):
    wishes = {}
    for row in rows(os.path.join(folder, "choices.csv"), ",", dirt):
        if (integer(row["rank"]) or 0) < 1:
            dirt["wishes without a rank, left out"] += 1
        else:
            wishes.setdefault(row["request_id"], []).append(row)
    return wishes


def birth(age):
    months = 2026 * 12 + 8 - 6 * (age or 0)
    return f"{months // 12:04}-{months % 12 + 1:02}-01"


def submitted(order):
    """The queue order as minutes after new year: equal points, same order."""
    minute = order % 1440
    return (f"2026-01-{1 + min(order // 1440, 30):02}"
            f"T{minute // 60:02}:{minute % 60:02}")


def convert(folder, goal, dirt):
    made = problem("vilnius-2026-" + goal,
                   ["requests" if goal == "placed" else "satisfaction"])
    buckets, wishes = read_buckets(folder, dirt), read_wishes(folder, dirt)
    for house in buckets.values():
        for name, free in house.values():
            dirt["structures whose free places sum below zero"] += free < 0
            made["structures"].append(structure(name, max(0, free)))
    for row in rows(os.path.join(folder, "requests.csv"), ",", dirt):
        if (row["start_year"], row["start_month"]) != START:
            dirt["requests for another month, left out"] += 1
            continue
        options = options_of(wishes.get(row["request_id"], []), row, buckets,
                             dirt)
        if not options:
            dirt["requests without a usable wish, left out"] += 1
            continue
        name = ident(row["request_id"])
        age = half_years(row["age_at_start_half_years"])
        made["children"].append({"id": name, "birth": birth(age)})
        made["requests"].append({
            "id": name, "child": name,
            "points": integer(row["priority_points"]) or 0,
            "submitted": submitted(integer(row["queue_order"]) or 0),
            "options": options})
    return made


def main():
    args = arguments(__doc__.split("\n\n", maxsplit=1)[0],
                     ["placed", "weighted"])
    dirt = Dirt()
    write(convert(args.path, args.goal, dirt), args.out)
    dirt.report()


if __name__ == "__main__":
    main()
