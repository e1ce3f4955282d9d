#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kindergarten wishes of the municipality of Harku (Estonia) as a problem of
Format 1.

    harku.py FOLDER -o FILE [--goal ranks|distance]

FOLDER holds applications.tsv and quotas.csv; line n of the quotas, numbered
from 0, belongs to kindergarten n + 1. Everybody first, then the smaller sum of
ranks (or metres), then the smaller sum of metres (or ranks)."""
import os

from format1 import (DAY, WHEN, Dirt, arguments, ident, integer, problem, rows,
                     structure, write)

ORDERS = {"ranks": ["requests", "ranks", "distance"],
          "distance": ["requests", "distance", "ranks"]}


def read_quotas(folder, dirt):
    """{kindergarten: places}; the file has no line of names."""
    quotas = {}
    with open(os.path.join(folder, "quotas.csv"),
              encoding="utf-8-sig") as file:
        for line in file.read().splitlines():
            numbers = [integer(n) for n in line.split(",")]
            if len(numbers) == 2 and None not in numbers:
                dirt["negative quotas, taken as 0"] += numbers[1] < 0
                quotas[numbers[0] + 1] = max(0, numbers[1])
            else:
                dirt["unreadable quotas, left out"] += bool(line.strip())
    return quotas


def read_wishes(folder, quotas, dirt):
    """{child: {kindergarten: (rank, metres)}} in the order of the file."""
    wishes = {}
    for row in rows(os.path.join(folder, "applications.tsv"), "\t", dirt):
        house, rank, metres = (integer(row[n]) for n in
                               ("garten_id", "pref_nr", "distance_m"))
        mine = wishes.setdefault(row["child_id"], {})
        if house not in quotas:
            dirt["wishes for an unknown kindergarten, left out"] += 1
        elif rank is None or rank < 1 or metres is None or metres < 0:
            dirt["wishes without a rank or a distance, left out"] += 1
        elif house in mine:
            dirt["wishes said twice, the better rank kept"] += 1
            mine[house] = min(mine[house], (rank, metres))
        else:
            mine[house] = rank, metres
        dirt["wishes where a sibling is (not used)"] += row["has_sib"] == "1"
    return wishes


def convert(folder, goal, dirt):
    made = problem("harku-" + goal, ORDERS[goal])
    quotas = read_quotas(folder, dirt)
    for house, places in quotas.items():
        made["structures"].append(structure(ident("k", house), places))
    for child, mine in read_wishes(folder, quotas, dirt).items():
        if not mine:
            dirt["children without a usable wish, left out"] += 1
            continue
        name = ident("c", child)
        made["children"].append({"id": name, "birth": DAY})
        options = [{"id": ident("k", house), "structure": ident("k", house),
                    "rank": rank, "distance": metres, "when": WHEN}
                   for house, (rank, metres)
                   in sorted(mine.items(), key=lambda item: item[1])]
        made["requests"].append({"id": name, "child": name,
                                 "options": options})
    return made


def main():
    args = arguments(__doc__.split("\n\n", maxsplit=1)[0], list(ORDERS))
    dirt = Dirt()
    write(convert(args.path, args.goal, dirt), args.out)
    dirt.report()


if __name__ == "__main__":
    main()
