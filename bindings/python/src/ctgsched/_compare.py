# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans side by side: what is otherwise and why, what several come to."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import _rows
from ._ctgsched import ffi, lib
from ._errors import check, new_error
from ._proposals import GoalChange, goal_changes
from ._rows import Breach, breach_of, listed
from ._solution import Solution
from ._text import argument, text_of, text_or_none

MOVES = {lib.CTG_MOVE_SERVED: "served", lib.CTG_MOVE_WAITING: "waiting",
         lib.CTG_MOVE_MOVED: "moved", lib.CTG_MOVE_CHANGED: "changed",
         lib.CTG_MOVE_NEW: "new", lib.CTG_MOVE_GONE: "gone"}
WHYS = {lib.CTG_WHY_EVENT: "event", lib.CTG_WHY_RULE: "rule",
        lib.CTG_WHY_GOAL: "goal", lib.CTG_WHY_TIE: "tie",
        lib.CTG_WHY_BETTER: "better"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a difference is there."""

    kind: str  #: "event", "rule", "goal", "tie", "better"
    goal: str | None
    breach: Breach | None


@dataclass(frozen=True, slots=True)
class Move:
    """A request that is otherwise."""

    request: str
    child: str
    kind: str  #: "served", "waiting", "moved", "changed", "new", "gone"
    from_option: str | None  #: None: waits, or is not there
    from_structure: str | None
    to_option: str | None
    to_structure: str | None
    why: Reason | None  #: None when not asked


@dataclass(frozen=True, slots=True)
class Worked:
    """What somebody works on a date."""

    shift: str
    structure: str
    begin: int  #: minute of the day
    end: int  #: half-open
    minutes: int  #: of work
    pieces: tuple[int, ...]  #: minutes of the day they begin at


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A duty that is otherwise."""

    employee: str
    date: str
    is_new: bool  #: only the later problem has the employee
    is_gone: bool  #: only the earlier problem has the employee
    before: Worked | None
    after: Worked | None
    why: Reason | None  #: None when not asked


@dataclass(frozen=True, slots=True)
class Difference:
    """What is otherwise in one plan than in another."""

    moves: tuple[Move, ...]
    duties: tuple[DutyChange, ...]
    goals: tuple[GoalChange, ...]
    n_requests: int  #: touched, of those that both problems have; so below
    n_children: int
    n_employees: int


def _reason(row: Any) -> Reason | None:
    if row.kind == lib.CTG_WHY_NOT_ASKED:
        return None
    return Reason(WHYS.get(row.kind, str(row.kind)), text_or_none(row.goal),
                  breach_of(row.breach) if row.has_breach else None)


def _move(row: Any) -> Move:
    return Move(text_of(row.request), text_of(row.child),
                MOVES.get(row.kind, str(row.kind)),
                text_or_none(row.from_option),
                text_or_none(row.from_structure), text_or_none(row.to_option),
                text_or_none(row.to_structure), _reason(row.why))


def _worked(row: Any) -> Worked | None:
    if row.shift == ffi.NULL:
        return None
    return Worked(text_of(row.shift), text_of(row.structure), row.begin,
                  row.end, row.minutes,
                  tuple(row.pieces[k] for k in range(row.n_pieces)))


def _duty(row: Any) -> DutyChange:
    return DutyChange(text_of(row.employee), text_of(row.date),
                      bool(row.is_new), bool(row.is_gone),
                      _worked(getattr(row, "from")), _worked(row.to),
                      _reason(row.why))


def difference(before: Solution, after: Solution, *,
               why: bool = False) -> Difference:
    """What is otherwise in `after` than in `before`, which may be a plan of an
    older version of the problem.

    why  with reasons: each difference alone is undone and judged
    """
    out, err = ffi.new("ctg_diff **"), new_error()
    check(lib.ctg_diff_create(out, before._at, after._at, int(why), err),
          err)
    try:
        about = ffi.new("ctg_diff_info *")
        lib.ctg_diff_about(about, out[0])
        return Difference(
            listed("ctg_move", lib.ctg_diff_move, out[0], _move),
            listed("ctg_duty_change", lib.ctg_diff_duty, out[0], _duty),
            goal_changes(lib.ctg_diff_goal, out[0]), about.n_requests,
            about.n_children, about.n_employees)
    finally:
        lib.ctg_diff_free(out[0])


def compare(sides: Mapping[str, Solution]
            ) -> dict[str, list[dict[str, _rows.Value]]]:
    """Plans side by side, the first is what the others are compared with:
    tables "goals", "requests", "employees", "staff" and "binds"."""
    keep: list[Any] = []
    given = ffi.new("ctg_side[]", len(sides))
    for k, (name, plan) in enumerate(sides.items()):
        given[k].name = argument(name, keep)
        given[k].solution = plan._at
    out, err = ffi.new("ctg_tables **"), new_error()
    check(lib.ctg_compare(out, given, len(sides), err), err)
    try:
        return _rows.tables(out[0])
    finally:
        lib.ctg_tables_free(out[0])
