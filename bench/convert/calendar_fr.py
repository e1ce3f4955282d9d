#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""School holidays and public holidays of France from open data into the horizon
of a problem of Format 1.

    calendar_fr.py PROBLEM -o FILE --zone A|B|C --holidays CSV
                   [--public CSV] [--closed CSV]

--holidays: `date,vacances_zone_a,vacances_zone_b,vacances_zone_c,
nom_vacances`, one line a day, True where the zone has holidays. --public:
`date,annee,zone,nom_jour_ferie`, of which the lines of metropolitan France count.
--closed: `date,...`, what the commune closes beside (bridges, works). Days that
follow each other under one name are one period of `horizon.periods`, weekends
between them too; public and closed days go to `horizon.except`. Only what
touches the horizon is written."""
import argparse
import datetime
import json
import re
import sys
import unicodedata

from format1 import Dirt, rows

YES = {"true", "1", "vrai"}


def day_of(text, dirt):
    """A date, or None for what is none."""
    try:
        return datetime.date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        dirt["dates that are none, left out"] += 1
        return None


def period_id(name):
    """Of "Vacances de la Toussaint": toussaint."""
    plain = unicodedata.normalize("NFD", name.lower())
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    words = [w for w in words if w not in ("vacances", "de", "la", "d", "le",
                                           "l", "des", "du", "pont")] or words
    found = "-".join(words) or "holidays"
    return f"{found}-days" if found in ("school", "holidays") else found


def holiday_periods(path, zone, dirt):
    """Ordered periods of the zone: runs of days with one name."""
    column, found = f"vacances_zone_{zone.lower()}", []
    for line in rows(path, ",", dirt):
        if column not in line:
            sys.exit(f"{path} has no column {column}. Maybe it is another "
                     "file of the calendar.")
        if line[column].lower() not in YES:
            continue
        day = day_of(line.get("date"), dirt)
        if day:
            found.append((day, period_id(line.get("nom_vacances", ""))))
    periods = []
    for day, name in sorted(set(found)):
        last = periods[-1] if periods else None
        if last and last[0] == name and (day - last[2]).days <= 3:
            last[2] = day
        else:
            periods.append([name, day, day])
    return periods


def dates_of(path, dirt, zone=None):
    """The dates of a file; with a zone column, those of that zone."""
    found = set()
    for line in rows(path, ",", dirt):
        day = day_of(line.get("date"), dirt)
        here = (line.get("zone") or "").strip().lower()
        if day and (zone is None or not here or here.startswith(zone)):
            found.add(day)
    return found


def put_calendar(problem, periods, left_out):
    """The horizon's own periods and exceptions are replaced, and added to."""
    horizon = problem["horizon"]
    first = datetime.date.fromisoformat(horizon["first"])
    last = datetime.date.fromisoformat(horizon["last"])
    horizon["periods"] = [
        {"id": name, "first": begin.isoformat(), "last": end.isoformat()}
        for name, begin, end in periods if begin <= last and end >= first]
    inside = {d.isoformat() for d in left_out if first <= d <= last}
    horizon["except"] = sorted(inside | set(horizon.get("except", [])))
    return problem


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("problem")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--zone", choices=["A", "B", "C"], required=True)
    parser.add_argument("--holidays", required=True)
    parser.add_argument("--public")
    parser.add_argument("--closed")
    args = parser.parse_args(argv)
    dirt = Dirt()
    periods = holiday_periods(args.holidays, args.zone, dirt)
    left_out = set()
    if args.public:
        left_out |= dates_of(args.public, dirt, "m")  # Métropole
    if args.closed:
        left_out |= dates_of(args.closed, dirt)
    with open(args.problem, encoding="utf-8") as file:
        problem = put_calendar(json.load(file), periods, left_out)
    with open(args.output, "w", encoding="utf-8") as file:
        json.dump(problem, file, ensure_ascii=False)
        file.write("\n")
    print(f"{len(problem['horizon']['periods'])} periods, "
          f"{len(problem['horizon']['except'])} days left out",
          file=sys.stderr)
    dirt.report()


if __name__ == "__main__":
    main()
