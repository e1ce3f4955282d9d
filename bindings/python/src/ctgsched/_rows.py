# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of a judged plan as dataclasses, in the library's order."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ._ctgsched import ffi, lib
from ._text import text_of, text_or_none

Row = TypeVar("Row")

BINDS = {lib.CTG_BINDS_SEATS: "seats", lib.CTG_BINDS_STAFF: "staff",
         lib.CTG_BINDS_BOTH: "both", lib.CTG_BINDS_PERIOD: "period",
         lib.CTG_BINDS_SESSION: "session", lib.CTG_BINDS_NOTHING: "nothing"}


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the plan, first goal first; in weighted mode "weighted", then
    its parts."""

    name: str
    unit: str
    sense: str  #: "min" or "max"
    value: int  #: in `unit`, added up again by the judge
    bound: int | None  #: nobody can do better; as the plan states
    gap: float | None  #: |bound - value| / max(1, |value|)
    weight: int  #: of a part, else 1
    is_proven: bool  #: bound = value
    is_part: bool  #: of a weighted goal


@dataclass(frozen=True, slots=True)
class Placement:
    """A request that is served."""

    request: str
    child: str
    option: str
    structure: str
    rank: int  #: of the option; 1 is best


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits, in the published order."""

    request: str
    child: str
    points: int
    rank: int  #: from 1


@dataclass(frozen=True, slots=True)
class Envy:
    """A pair of justified envy: `request` envies `envies`."""

    request: str
    envies: str


@dataclass(frozen=True, slots=True)
class Where:
    """Where a rule is broken or short; what does not apply is None."""

    structure: str | None
    section: str | None  #: or shared quota, or the first of a merge
    need: str | None
    skill: str | None
    request: str | None
    resource: str | None
    siblings: str | None  #: the sibling group
    employee: str | None
    manager: str | None
    begin: int | None  #: minute of the day
    end: int | None  #: half-open
    date: str | None  #: "2026-09-07"
    week: str | None  #: "2026-W37"
    month: str | None  #: "2026-09"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that the plan breaks."""

    rule: str  #: first column of doc/format.md 5
    article: str | None  #: of the law
    message: str  #: one line of English
    where: Where
    size: int  #: in the rule's unit, 0 where it has none


@dataclass(frozen=True, slots=True)
class Shortage:
    """What the plan is really short of (doc/format.md 5.3)."""

    kind: str  #: "places", "ratio", "request", ...
    rule: str
    where: Where
    size: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Presence against capacity and staff on a maximal interval with equal
    numbers; open instants only."""

    structure: str
    date: str
    begin: int  #: minute of the day
    end: int  #: half-open
    present: int  #: children, heads
    places: int  #: the limit then, over-capacity included
    required: int  #: staff, persons
    counted: int  #: staff present that counts, persons
    free: int  #: places left, in ordinary children
    binds: str  #: "seats", "staff" or "none"


@dataclass(frozen=True, slots=True)
class Slot:
    """An interval that one more child can still book."""

    structure: str
    section: str | None
    begin: int  #: minute of the day
    end: int  #: half-open
    most_minutes: int  #: longest stay inside


@dataclass(frozen=True, slots=True)
class Headroom:
    """How many more ordinary children fit at each instant of an interval."""

    structure: str
    date: str
    section: str | None
    class_id: str | None  #: of the ratio in force; None without a ratio
    begin: int  #: minute of the day
    end: int  #: half-open
    more: int  #: children; 400 and "nothing" when more would fit
    binds: str  #: "seats", "staff", "both", "period", "session", "nothing"


@dataclass(frozen=True, slots=True)
class DutyPart:
    """What an employee does in an interval of a duty."""

    structure: str
    what: str  #: "children" (counts in a ratio), "break", "other"
    begin: int  #: minute of the day
    end: int  #: half-open


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift worked by an employee on a date."""

    employee: str
    shift: str
    structure: str  #: of the shift; its parts may be elsewhere
    date: str
    begin: int  #: minute of the day
    end: int  #: half-open
    minutes: int  #: of work: without what is not paid
    parts: tuple[DutyPart, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """The judge's finding on a plan, whoever made it."""

    is_accepted: bool  #: no breach
    breaches: tuple[Breach, ...]
    shortages: tuple[Shortage, ...]  #: tolerated by the law of the file
    envy: tuple[Envy, ...]


def listed(ctype: str, getter: Callable[[Any, Any, int], int], owner: Any,
           make: Callable[[Any], Row]) -> tuple[Row, ...]:
    """Every row that a getter of the library gives."""
    row = ffi.new(ctype + " *")
    found: list[Row] = []
    while getter(row, owner, len(found)):
        found.append(make(row))
    return tuple(found)


def _some(number: int) -> int | None:
    return None if number < 0 else number


def _where(row: Any) -> Where:
    return Where(
        text_or_none(row.structure), text_or_none(row.section),
        text_or_none(row.need), text_or_none(row.skill),
        text_or_none(row.request), text_or_none(row.resource),
        text_or_none(row.siblings), text_or_none(row.employee),
        text_or_none(row.manager), _some(row.begin), _some(row.end),
        text_of(row.date) or None, text_of(row.week) or None,
        text_of(row.month) or None)


def _goal(row: Any) -> Goal:
    return Goal(
        text_of(row.name), text_of(row.unit), text_of(row.sense), row.value,
        row.bound if row.has_bound else None,
        row.gap if row.has_bound else None, row.weight, bool(row.is_proven),
        bool(row.is_part))


def _placement(row: Any) -> Placement:
    return Placement(text_of(row.request), text_of(row.child),
                     text_of(row.option), text_of(row.structure), row.rank)


def _waiting(row: Any) -> Waiting:
    return Waiting(text_of(row.request), text_of(row.child), row.points,
                   row.rank)


def _envy(row: Any) -> Envy:
    return Envy(text_of(row.request), text_of(row.envies))


def breach_of(row: Any) -> Breach:
    return Breach(text_of(row.rule), text_or_none(row.article),
                  text_of(row.message), _where(row.where), row.size)


def _shortage(row: Any) -> Shortage:
    return Shortage(text_of(row.kind), text_of(row.rule), _where(row.where),
                    row.size)


def _coverage(row: Any) -> Coverage:
    return Coverage(text_of(row.structure), text_of(row.date), row.begin,
                    row.end, row.present, row.places, row.required,
                    row.counted, row.free, text_of(row.binds))


def _slot(row: Any) -> Slot:
    return Slot(text_of(row.structure), text_or_none(row.section), row.begin,
                row.end, row.most_minutes)


def _headroom(row: Any) -> Headroom:
    return Headroom(text_of(row.structure), text_of(row.date),
                    text_or_none(row.section), text_or_none(row.class_id),
                    row.begin, row.end, row.more,
                    BINDS.get(row.binds, str(row.binds)))


def goals(of: Any) -> tuple[Goal, ...]:
    return listed("ctg_goal", lib.ctg_solution_goal, of, _goal)


def placements(of: Any) -> tuple[Placement, ...]:
    return listed("ctg_placement", lib.ctg_solution_placement, of, _placement)


def waiting(of: Any) -> tuple[Waiting, ...]:
    return listed("ctg_waiting", lib.ctg_solution_waiting, of, _waiting)


def envy(of: Any) -> tuple[Envy, ...]:
    return listed("ctg_envy", lib.ctg_solution_envy, of, _envy)


def duties(of: Any) -> tuple[Duty, ...]:
    row = ffi.new("ctg_duty *")
    found: list[Duty] = []
    while lib.ctg_solution_duty(row, of, len(found)):
        found.append(Duty(text_of(row.employee), text_of(row.shift),
                          text_of(row.structure), text_of(row.date),
                          row.begin, row.end, row.minutes,
                          _parts(of, len(found))))
    return tuple(found)


def _parts(of: Any, index: int) -> tuple[DutyPart, ...]:
    row = ffi.new("ctg_duty_part *")
    parts: list[DutyPart] = []
    while lib.ctg_solution_duty_part(row, of, index, len(parts)):
        parts.append(DutyPart(text_of(row.structure), text_of(row.what),
                              row.begin, row.end))
    return tuple(parts)


def breaches(of: Any) -> tuple[Breach, ...]:
    return listed("ctg_breach", lib.ctg_solution_breach, of, breach_of)


def shortages(of: Any) -> tuple[Shortage, ...]:
    return listed("ctg_shortage", lib.ctg_solution_shortage, of, _shortage)


def coverage(of: Any) -> tuple[Coverage, ...]:
    return listed("ctg_coverage", lib.ctg_solution_coverage, of, _coverage)


def slots(of: Any) -> tuple[Slot, ...]:
    return listed("ctg_slot", lib.ctg_slots_at, of, _slot)


def headroom(of: Any) -> tuple[Headroom, ...]:
    return listed("ctg_headroom_row", lib.ctg_headroom_at, of, _headroom)


#: What a cell of a table of a report holds.
Value = str | int | float | None


def _columns(tables: Any, index: int) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    row = ffi.new("ctg_column *")
    while lib.ctg_tables_column(row, tables, index, len(found)):
        found.append((text_of(row.name), row.unit))
    return found


def _value(cell: Any, unit: int) -> Value:
    if cell.is_empty:
        return None
    if unit == lib.CTG_UNIT_TEXT:
        return text_of(cell.text)
    if unit == lib.CTG_UNIT_RATE:
        return float(cell.value / 10000)
    return int(cell.value)


def _table(tables: Any, index: int, n: int) -> list[dict[str, Value]]:
    columns, cell = _columns(tables, index), ffi.new("ctg_cell *")
    found: list[dict[str, Value]] = []
    for row in range(n):
        values: dict[str, Value] = {}
        for k, (name, unit) in enumerate(columns):
            lib.ctg_tables_cell(cell, tables, index, row, k)
            values[name] = _value(cell, unit)
        found.append(values)
    return found


def tables(at: Any) -> dict[str, list[dict[str, Value]]]:
    found: dict[str, list[dict[str, Value]]] = {}
    table = ffi.new("ctg_table *")
    while lib.ctg_tables_at(table, at, len(found)):
        found[text_of(table.name)] = _table(at, len(found), table.n_rows)
    return found
