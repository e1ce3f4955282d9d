# SPDX-License-Identifier: GPL-3.0-or-later
"""What the binding costs: calls, rows, callbacks, a problem of 16 MiB, two
threads. Needs the package installed; says each figure with its unit.

    venv/bin/python bindings/python/overhead.py
"""
import json
import pathlib
import threading
import time
import tracemalloc

import ctgsched
from ctgsched import _rows
from ctgsched._ctgsched import ffi, lib
from ctgsched._text import Borrowed

MIB = 1 << 20
COMMUNE = pathlib.Path(__file__).resolve().parents[2] / "examples/commune.json"


def town(n_requests, n_structures=1):
    """Children who come in the mornings, one place a structure."""
    return {
        "schema": "ctgsched/problem/1", "id": "t",
        "horizon": {"first": "2026-09-07", "last": "2026-09-11"},
        "structures": [{"id": f"s{k}", "kind": "other", "places": 1,
                        "hours": [{"begin": "08:00", "end": "18:00"}]}
                       for k in range(n_structures)],
        "children": [{"id": f"c{k}", "birth": "2025-01-01"}
                     for k in range(n_requests)],
        "requests": [{"id": f"r{k}", "child": f"c{k}", "options": [
            {"id": "o", "structure": f"s{k % n_structures}",
             "when": [{"begin": "09:00", "end": "12:00"}]}]}
            for k in range(n_requests)]}


def best(work, n, times=5):
    """Seconds of one of n, the best of some times."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        for _ in range(n):
            work()
        found.append((time.perf_counter() - began) / n)
    return min(found)


def calls():
    out = ffi.new("ctg_problem_info *")
    problem = ctgsched.Problem.parse(town(3))
    plan = ctgsched.Solver().solve(problem)
    row = ffi.new("ctg_goal *")
    commune = ctgsched.Problem.load(COMMUNE)
    made = ctgsched.Solver(work_limit="5k").solve(commune)
    n_rows = len(made.coverage)
    return [
        ("a call", best(lambda: lib.ctg_status_text(0), 200_000) * 1e9, "ns"),
        ("a call that fills a struct", best(
            lambda: lib.ctg_problem_about(out, problem._at), 200_000) * 1e9,
         "ns"),
        ("a row of a plan", best(
            lambda: lib.ctg_solution_goal(row, plan._at, 0), 200_000) * 1e9,
         "ns"),
        ("a row of 10 members as a dataclass", best(
            lambda: _rows.coverage(made._at), 20) * 1e9 / n_rows, "ns"),
        ("an event to Python", callback() * 1e9, "ns"),
        ("solving 3 requests", best(
            lambda: ctgsched.Solver().solve(problem), 200) * 1e6, "us"),
        ("the same without the binding's thread", best(
            lambda: bare(problem), 200) * 1e6, "us")]


def callback():
    """Of ctg_event into a dataclass, with the GIL held already."""
    seen = []

    class Job:
        def on_event(self, event):
            seen.append(event)
    handle = ffi.new_handle(Job())
    event = ffi.new("ctg_event *")
    n = 100_000
    return best(lambda: lib.ctgpy_on_event(handle, event), n, 3)


def bare(problem):
    out, err = ffi.new("ctg_solver **"), ffi.new("ctg_error *")
    plan = ffi.new("ctg_solution **")
    lib.ctg_solver_create(out, ffi.NULL, err)
    lib.ctg_solver_solve(out[0], plan, ffi.NULL, problem._at, ffi.NULL, err)
    lib.ctg_solution_free(plan[0])
    lib.ctg_solver_free(out[0])


def crossing():
    """A text of 16 MiB on its way in: what Python allocates beside it."""
    text = json.dumps(town(60_000, 2_000), indent=1)
    text += " " * (16 * MIB - len(text))
    found = [("the text", len(text) / MIB, "MiB")]
    for name, source in (("bytes", text.encode()), ("str", text)):
        began = time.perf_counter()
        crossed = Borrowed(source)
        found.append((f"{name} crosses", (time.perf_counter() - began) * 1e3,
                      "ms"))
        del crossed
        tracemalloc.start()
        Borrowed(source)
        found.append((f"{name}, more memory", tracemalloc.get_traced_memory()
                      [1] / MIB, "MiB"))
        tracemalloc.stop()
    began = time.perf_counter()
    ctgsched.Problem.parse(text)
    return [*found, ("the library reads it", time.perf_counter() - began, "s")]


def threads(n=2, times=7):
    """Throughput of n threads over that of one, each with a solver: each the
    best of some, in turn, so that what else the machine does hits both alike."""
    problem = ctgsched.Problem.load(COMMUNE)

    def solve():
        ctgsched.Solver(work_limit="100k").solve(problem)

    def all_of(n_threads):
        made = [threading.Thread(target=solve) for _ in range(n_threads)]
        began = time.perf_counter()
        for one in made:
            one.start()
        for one in made:
            one.join()
        return time.perf_counter() - began
    pairs = [(all_of(1), all_of(n)) for _ in range(times)]
    one, many = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    return [("one solve", one, "s"), (f"{n} at once", many, "s"),
            ("throughput", n * one / many, "times that of one")]


def main():
    for part in (crossing, calls, threads):
        for name, value, unit in part():
            print(f"{name:40} {value:10.2f} {unit}", flush=True)


if __name__ == "__main__":
    main()
