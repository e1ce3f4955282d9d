# SPDX-License-Identifier: GPL-3.0-or-later
"""Children and places as an integer program: libctgsched in Python.

    import ctgsched

    problem = ctgsched.Problem.load("town.json")
    plan = ctgsched.Solver(time_limit="10s").solve(problem)
    for goal in plan.goals:
        print(goal.name, goal.value, goal.bound, goal.unit)

Texts (problems, plans, rule packs) are JSON as str, as UTF-8 bytes, or as a
dict; their formats are in doc/format.md of the library. What comes out is
dataclasses that never change.

Units: dates are text, "2026-09-07"; weeks "2026-W37"; months "2026-09"; times
are minutes of a local day, 0..1440, in half-open intervals; money is in cents,
distances in metres.

Errors: every fault of the library is a CtgError, with `code`, `pointer` (JSON
Pointer), `line` and `column` (from 1, 0: no place), and `message`.

Threads: problems and solutions never change and may be read from any thread. A
solver does one solve at a time; two solvers in two threads work in parallel,
for the GIL is released. Ctrl-C ends a solve and is raised again.
"""
from ._compare import (Difference, DutyChange, Move, Reason, Worked, compare,
                       difference)
from ._errors import (CtgError, EngineError, FileError, Infeasible, InputError,
                      InternalError, LimitError, MemoryLack, NoPlan,
                      StoppedError, UsageError, VerifyError)
from ._options import OptionInfo, Options, option_table
from ._problem import (Export, Fault, Lint, Pack, Problem, ProblemInfo,
                       lint_rules, rule_packs)
from ._proposals import Block, Fill, GoalChange, Offer
from ._rows import (Breach, Check, Coverage, Duty, DutyPart, Envy, Goal,
                    Headroom, Placement, Shortage, Slot, Waiting, Where)
from ._solution import Result, Solution
from ._solver import Event, Run, Solver
from ._text import process_seconds, status_text, version

__version__ = version()

__all__ = [
    "Block", "Breach", "Check", "Coverage", "CtgError", "Difference",
    "Duty", "DutyChange", "DutyPart",
    "EngineError", "Envy", "Event",
    "Export", "Fault", "FileError", "Fill", "Goal", "GoalChange", "Headroom",
    "Infeasible",
    "InputError", "InternalError", "LimitError", "Lint", "MemoryLack",
    "Move", "NoPlan", "Offer", "OptionInfo", "Options", "Pack", "Placement",
    "Problem",
    "ProblemInfo", "Reason", "Result", "Run", "Shortage", "Slot", "Solution",
    "Solver",
    "StoppedError", "UsageError", "VerifyError", "Waiting", "Where",
    "Worked", "compare", "difference",
    "lint_rules", "option_table", "process_seconds", "rule_packs",
    "status_text", "version",
]
