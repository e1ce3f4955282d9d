# SPDX-License-Identifier: GPL-3.0-or-later
"""bench/RESULTS.md and its plots from the CSVs of the race. Text outside the
two marks is written by hand and stays."""
import csv
import os

import chart
import figures
import logs

BEGIN, END = "<!-- race: begin -->", "<!-- race: end -->"
HEAD = f"""# Results of the race

`bench/race/run` measures and writes this page between its marks; everything
else is written by hand.

{BEGIN}
{END}
"""
PROTOCOL = """\
Seconds run from the start of the process, reading included, for all. A peer
gets the program that `ctgsched export` writes (the only form there is), its
own defaults, gap 0 and the same threads, 1 where it has no more. Medians over
seeds; `>`: not reached in that time. Gaps are |bound - value| / |value|. Each
plan was valued by `ctgsched-verify`.
"""


def read(path):
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def time_of(cell):
    """`>600.00` is (600.0, False)."""
    return float(cell.lstrip(">")), not cell.startswith(">")


def number(cell):
    return float(cell) if cell else None


def machine():
    """Cores, their make and memory: no name of a host."""
    make, memory = "", 0
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    make = line.split(":", 1)[1].strip()
        with open("/proc/meminfo", encoding="utf-8") as file:
            memory = round(int(next(file).split()[1]) / 1024 ** 2)
    except OSError:
        pass
    cores = os.cpu_count()
    return (f"{cores} cores" + (f" ({make})" if make else "")
            + (f", {memory} GiB" if memory else ""))


class Group:
    """The runs of one problem with one number of threads."""

    def __init__(self, problem, threads, rows):
        self.problem, self.threads, self.rows = problem, threads, rows
        self.solvers = list(dict.fromkeys(r["solver"] for r in rows))
        self.seeds = sorted({int(r["seed"]) for r in rows})

    def of(self, solver):
        return [r for r in self.rows if r["solver"] == solver]

    def times(self, solver, gap):
        return {r["seed"]: time_of(r[figures.field(gap)])
                for r in self.of(solver)}

    def median(self, solver, field):
        return figures.median([time_of(r[field]) for r in self.of(solver)])

    def gap_at(self, solver, moment):
        """The middle gap of the seeds; one without is the largest."""
        gaps = sorted((figures.gap(number(r[f"value_{moment}"]),
                                   number(r[f"bound_{moment}"]))
                       for r in self.of(solver)),
                      key=lambda g: (g is None, g))
        return gaps[len(gaps) // 2] if gaps else None

    def ratio(self, gap):
        """(name of the peer that is best most often, its median time, the
        median of the ratios by seed)."""
        ours = self.times("ctgsched", gap)
        peers = {s: self.times(s, gap) for s in self.solvers
                 if s != "ctgsched"}
        ratios, names, best_times = [], [], []
        for seed, mine in ours.items():
            best = figures.best_peer({s: t[seed] for s, t in peers.items()
                                      if seed in t})
            if best is None:
                return None, None, None
            names.append(best[0] if best[1][1] else "none")
            best_times.append(best[1])
            ratios.append(figures.ratio(best[1], mine))
        if not names:
            return None, None, None
        name = max(dict.fromkeys(names), key=names.count)
        return name, figures.median(best_times), figures.median_ratio(ratios)


def groups_of(rows):
    found = {}
    for row in rows:
        found.setdefault((row["problem"], int(row["threads"])),
                         []).append(row)
    return [Group(*key, rows) for key, rows in found.items()]


def summary(groups):
    lines = ["| problem | threads | gap | ctgsched, s | best peer, s | which "
             "| peer / ctgsched |", "|---|---|---|---|---|---|---|"]
    for group in groups:
        if "ctgsched" not in group.solvers:
            continue
        for gap in figures.GAPS:
            name, best, ratio = group.ratio(gap)
            ours = group.median("ctgsched", figures.field(gap))
            lines.append(
                f"| {group.problem} | {group.threads} | {100 * gap:g} % | "
                f"{figures.shown_time(ours)} | {figures.shown_time(best)} | "
                f"{name or '-'} | {figures.shown_ratio(ratio)} |")
    return lines


def table(group):
    heads = [f"to {100 * g:g} %" for g in figures.GAPS]
    heads = ["solver", "first plan", *heads,
             *(f"gap at {m} s" for m in figures.MOMENTS), "MiB", "judge"]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for solver in group.solvers:
        rows = group.of(solver)
        judged = list(dict.fromkeys(r["judge"] for r in rows))
        limit = float(rows[0]["limit_s"])
        cells = [solver, figures.shown_time(group.median(solver,
                                                         "first_value"))]
        cells += [figures.shown_time(group.median(solver, figures.field(g)))
                  for g in figures.GAPS]
        cells += [figures.shown_gap(group.gap_at(solver, m))
                  if m <= limit else "" for m in figures.MOMENTS]
        cells += [str(max(int(r["peak_mib"]) for r in rows)),
                  "; ".join(judged)]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def traces_of(rows, group):
    """{solver: points} of the first seed."""
    found = {}
    for row in rows:
        if (row["problem"] == group.problem
                and int(row["threads"]) == group.threads
                and int(row["seed"]) == group.seeds[0]):
            found.setdefault(row["solver"], []).append(
                (float(row["seconds"]), number(row["value"]),
                 number(row["bound"])))
    return found


def reference_of(group):
    """The best value that the judge accepted, for the first seed."""
    values = [(number(r["value"]), number(r["bound"])) for r in group.rows
              if int(r["seed"]) == group.seeds[0] and r["value"]
              and r["judge"] == "accepted"]
    if not values:
        return None
    better = max if all(b is None or b >= v for v, b in values) else min
    return better(v for v, _ in values)


def plot(folder, group, traces):
    """The name of the SVG, or None when there is nothing to show."""
    reference, found = reference_of(group), traces_of(traces, group)
    if reference is None or not found:
        return None
    name = f"{group.problem}-{group.threads}.svg"
    limit = max(float(r["limit_s"]) for r in group.rows)
    title = (f"{group.problem}, seed {group.seeds[0]}, {group.threads} "
             f"thread{'s' if group.threads > 1 else ''}")
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(chart.draw(title, found, reference, limit))
    return name


def body(folder, results, words):
    rows, traces = (read(os.path.join(folder, name))
                    for name in ("runs.csv", "traces.csv"))
    groups = groups_of(rows)
    versions = dict.fromkeys(f"{r['solver']} {r['version']}" for r in rows)
    lines = [PROTOCOL, f"Machine: {words or machine()}. "
             f"Solvers: {', '.join(versions)}."]
    absent = [s for s in logs.READERS if all(r["solver"] != s for r in rows)]
    if absent:
        lines.append(f"Absent from these tables: {', '.join(absent)}.")
    lines += ["", *summary(groups)]
    at = os.path.relpath(folder, os.path.dirname(os.path.abspath(results)))
    for group in groups:
        limits = sorted({r["limit_s"] for r in group.rows})
        lines += ["", f"## {group.problem}, threads: {group.threads}", "",
                  f"Seeds {', '.join(map(str, group.seeds))}; limit "
                  f"{' or '.join(limits)} s.", "", *table(group)]
        name = plot(folder, group, traces)
        if name:
            lines += ["", f"![value and bound over time]({at}/{name})"]
    return lines


def write(folder, results, words):
    text = HEAD
    if os.path.exists(results):
        with open(results, encoding="utf-8") as file:
            text = file.read()
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    middle = "\n".join(body(folder, results, words))
    with open(results, "w", encoding="utf-8") as file:
        file.write(f"{head}{BEGIN}\n{middle}\n{END}{tail}")
