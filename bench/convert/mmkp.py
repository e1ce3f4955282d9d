#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Multiple-choice knapsacks with several resources as a problem of Format 1.

    mmkp.py FILE.txt -o FILE

Both layouts in use are read: `groups items resources` (I01 to I13) and `groups
resources` with a count before each group (INST01 and on). A group is a request
that must be served, an item an option, a value a satisfaction. Decimal values
are multiplied by a power of ten, which is printed: divide the result by it."""
import decimal
import os
import sys

from format1 import (DAY, WHEN, Dirt, arguments, ident, problem, structure,
                     write)


class Faulty(Exception):
    """The file is of neither layout, or ends too early."""


class Numbers:
    """The numbers of a file in order, whatever the line breaks."""

    def __init__(self, text):
        self.words = text.split()
        self.at = 0

    def value(self):
        if self.at >= len(self.words):
            raise Faulty("the file ends before its last group")
        self.at += 1
        try:
            return decimal.Decimal(self.words[self.at - 1])
        except decimal.InvalidOperation:
            raise Faulty(f"\"{self.words[self.at - 1]}\" is not a number") \
                from None

    def whole(self):
        number = self.value()
        if number != int(number) or number < 0:
            raise Faulty(f"{number} is not a whole number from 0 on")
        return int(number)


def read(text):
    """(capacities, groups): a group is a list of (value, [weights])."""
    head = next((line.split() for line in text.splitlines() if line.strip()),
                [])
    if len(head) not in (2, 3):
        raise Faulty("the first line has neither 2 nor 3 numbers")
    numbers = Numbers(text)
    n_groups = numbers.whole()
    n_items = numbers.whole() if len(head) == 3 else None
    capacities = [0] * numbers.whole()
    capacities = [numbers.whole() for _ in capacities]
    groups = []
    for _ in range(n_groups):
        count = numbers.whole()  # the group's number, or how many items
        groups.append([(numbers.value(), [numbers.whole() for _ in capacities])
                       for _ in range(count if n_items is None else n_items)])
    return capacities, groups


def scale_of(groups):
    """The least power of ten that makes every value whole."""
    scale = 1
    while any(value * scale != int(value * scale)
              for group in groups for value, _ in group):
        scale *= 10
    return scale


def options_of(group, scale):
    return [{"id": ident("i", i + 1), "structure": "market",
             "satisfaction": int(value * scale), "when": WHEN,
             "uses": [{"resource": ident("r", k + 1), "amount": amount}
                      for k, amount in enumerate(weights) if amount > 0]}
            for i, (value, weights) in enumerate(group)]


def convert(text, name, dirt):
    capacities, groups = read(text)
    scale = scale_of(groups)
    made = problem(ident("mmkp", name), ["shortage", "satisfaction"])
    made["structures"].append(structure("market", len(groups)))
    made["resources"] = [{"id": ident("r", k + 1), "limit": limit,
                          "per": "horizon"}
                         for k, limit in enumerate(capacities)]
    for g, group in enumerate(groups):
        request = ident("g", g + 1)
        made["children"].append({"id": request, "birth": DAY})
        made["requests"].append({"id": request, "child": request,
                                 "mandatory": True,
                                 "options": options_of(group, scale)})
        dirt["groups without an item"] += not group
    return made, scale


def main():
    args = arguments(__doc__.split("\n\n", maxsplit=1)[0], [])
    dirt = Dirt()
    name = os.path.splitext(os.path.basename(args.path))[0]
    try:
        with open(args.path, encoding="utf-8-sig") as file:
            made, scale = convert(file.read(), name, dirt)
    except Faulty as fault:
        sys.exit(f"mmkp.py: {args.path}: {fault}")
    write(made, args.out)
    print(f"  satisfaction = value x {scale}: divisor {scale}",
          file=sys.stderr)
    dirt.report()


if __name__ == "__main__":
    main()
