# SPDX-License-Identifier: GPL-3.0-or-later
"""What the converters share: a one-day problem of Format 1, the first day of a
roster, and a count of what was odd in the source. Python standard library
only."""
import argparse
import collections
import json
import re
import sys

DAY = "2026-09-01"
MONDAY = "2026-09-07"  # day 0 of a roster
WHEN = [{"begin": "08:00", "end": "18:00"}]


class Dirt(collections.Counter):
    """What was odd, by kind; nothing odd stops a conversion."""

    def report(self, out=None):
        for kind in sorted(k for k, n in self.items() if n):
            print(f"  {self[kind]:6} {kind}", file=out or sys.stderr)


def ident(*parts):
    """An id of Format 1 from parts of the source."""
    return re.sub(r"[^A-Za-z0-9._:-]", "_", "-".join(map(str, parts)))[:64]


def structure(name, places):
    """A house without a law of its own, open on the one day."""
    return {"id": name, "kind": "other", "places": places, "hours": WHEN}


def problem(name, order):
    return {"schema": "ctgsched/problem/1", "id": name,
            "horizon": {"first": DAY, "last": DAY},
            "goals": {"mode": "lexicographic", "order": order},
            "structures": [], "children": [], "requests": []}


def integer(text):
    """The integer a field says, None when it says none."""
    return int(text) if re.fullmatch(r"\s*[+-]?\d+\s*", text or "") else None


def rows(path, delimiter, dirt):
    """Lines of a table as dicts; lines with missing or extra fields are
    counted and left out. A byte-order mark and CR LF do no harm."""
    with open(path, encoding="utf-8-sig", errors="replace",
              newline=None) as file:
        lines = [line for line in file.read().split("\n") if line.strip()]
    names = [n.strip() for n in lines[0].split(delimiter)] if lines else []
    for line in lines[1:]:
        fields = [f.strip() for f in line.split(delimiter)]
        if len(fields) == len(names):
            yield dict(zip(names, fields))
        else:
            dirt["lines with missing or extra fields, left out"] += 1


def arguments(text, goals):
    parser = argparse.ArgumentParser(description=text)
    parser.add_argument("path", metavar="PATH")
    parser.add_argument("-o", dest="out", default="-", metavar="FILE")
    if goals:
        parser.add_argument("--goal", choices=goals, default=goals[0])
    return parser.parse_args()


def write(made, path):
    """One structure, child or request a line."""
    out = sys.stdout if path == "-" else open(path, "w", encoding="utf-8")
    with out:
        parts = []
        for name, value in made.items():
            text = json.dumps(value)
            if isinstance(value, list) and value:
                text = "[\n  " + ",\n  ".join(map(json.dumps, value)) + "\n ]"
            parts.append(f" {json.dumps(name)}: {text}")
        out.write("{\n" + ",\n".join(parts) + "\n}\n")
    print(f"{made['id']}: {len(made['structures'])} structures, "
          f"{sum(s['places'] for s in made['structures'])} places, "
          f"{len(made['requests'])} requests, "
          f"{sum(len(r['options']) for r in made['requests'])} options"
          + "".join(f", {len(made[name])} {name}"
                    for name in ("shifts", "employees") if name in made),
          file=sys.stderr)
