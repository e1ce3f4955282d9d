#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of a solver that comes as a Python wheel, with its own defaults.

    peer.py highs|scip|cpsat FILE.mps SOLUTION --threads N --time SECONDS
    peer.py highs|scip|cpsat --version

Prints a line `race VALUE BOUND` whenever one of them is better (`-`: none yet;
the program minimises), and writes the columns that are not 0 to SOLUTION. The
race reads the clock when a line arrives. Relative and absolute gap are 0, and
nothing else is set but threads and time."""
import argparse
import math
import sys
import time


class Track:
    """Prints what is better than before; bounds at most 20 times a second."""

    def __init__(self):
        self.value = self.bound = None
        self.printed = 0

    def tell(self, value=None, bound=None, last=False):
        better = value is not None and math.isfinite(value) and (
            self.value is None or value < self.value - 1e-7)
        higher = bound is not None and math.isfinite(bound) and (
            self.bound is None or bound > self.bound + 1e-7)
        if abs(value or 0) > 1e19 or not (better or higher):
            return
        now = time.monotonic()
        if not better and not last and now - self.printed < 0.05:
            return
        self.printed = now
        if better:
            self.value = value
        if higher:
            self.bound = bound
        print("race", shown(self.value), shown(self.bound), flush=True)


def shown(number):
    return "-" if number is None else repr(float(number))


def write_columns(path, pairs):
    with open(path, "w", encoding="utf-8") as file:
        for name, value in pairs:
            if abs(value) > 1e-6:
                file.write(f"{name} {value!r}\n")


def highs(args, track):
    import highspy
    solver = highspy.Highs()
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.0)
    solver.setOptionValue("threads", args.threads)
    solver.setOptionValue("time_limit", args.time)
    solver.readModel(args.file)

    def better(event):
        track.tell(value=event.data_out.objective_function_value)

    def tick(event):
        track.tell(bound=event.data_out.mip_dual_bound)

    solver.cbMipImprovingSolution.subscribe(better)
    solver.cbMipInterrupt.subscribe(tick)
    solver.cbMipLogging.subscribe(tick)
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status == 2:
        track.tell(info.objective_function_value, info.mip_dual_bound, True)
        names = solver.getLp().col_names_
        write_columns(args.solution,
                      zip(names, solver.getSolution().col_value))
    else:
        track.tell(bound=info.mip_dual_bound, last=True)


def scip(args, track):
    import pyscipopt
    kinds = pyscipopt.SCIP_EVENTTYPE
    watched = kinds.BESTSOLFOUND | kinds.NODESOLVED | kinds.LPEVENT

    class Watch(pyscipopt.Eventhdlr):
        def eventinit(self):
            self.model.catchEvent(watched, self)

        def eventexit(self):
            self.model.dropEvent(watched, self)

        def eventexec(self, event):
            tell(self.model)

    def tell(model, last=False):
        some = model.getNSols() > 0
        track.tell(model.getPrimalbound() if some else None,
                   model.getDualbound(), last)

    model = pyscipopt.Model()
    model.setParam("limits/time", args.time)
    model.setParam("limits/gap", 0.0)
    model.readProblem(args.file)
    model.includeEventhdlr(Watch(), "race", "prints values and bounds")
    model.optimize()
    tell(model, True)
    if model.getNSols() > 0:
        best = model.getBestSol()
        write_columns(args.solution, ((v.name, model.getSolVal(best, v))
                                      for v in model.getVars(transformed=False)))


def cpsat(args, track):
    """Prints its own log: its lines `#n` and `#Bound` have what is asked."""
    from ortools.linear_solver.python import model_builder
    model = model_builder.Model()
    if not model.import_from_mps_file(args.file):
        sys.exit("the file cannot be read")
    solver = model_builder.Solver("sat")
    solver.enable_output(True)
    solver.set_time_limit_in_seconds(args.time)
    solver.set_solver_specific_parameters(
        f"num_workers:{args.threads} relative_gap_limit:0.0 "
        "absolute_gap_limit:0.0")
    status = solver.solve(model)
    if status in (model_builder.SolveStatus.OPTIMAL,
                  model_builder.SolveStatus.FEASIBLE):
        track.tell(solver.objective_value, solver.best_objective_bound, True)
        write_columns(args.solution, ((v.name, solver.value(v))
                                      for v in model.get_variables()))


def version(which):
    from importlib import metadata
    package = {"highs": "highspy", "scip": "pyscipopt", "cpsat": "ortools"}
    try:
        found = metadata.version(package[which])
        __import__(package[which])
    except ImportError as fault:
        sys.exit(f"{which}: {fault}")
    if which == "scip":
        import pyscipopt
        found = (f"{pyscipopt.Model().version()} (pyscipopt {found})")
    print(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("solver", choices=("highs", "scip", "cpsat"))
    parser.add_argument("file", nargs="?")
    parser.add_argument("solution", nargs="?")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--time", type=float, default=60)
    parser.add_argument("--version", action="store_true")
    args = parser.parse_args()
    if args.version:
        version(args.solver)
    elif not args.solution:
        parser.error("FILE and SOLUTION are needed")
    else:
        globals()[args.solver](args, Track())


if __name__ == "__main__":
    main()
