# SPDX-License-Identifier: GPL-3.0-or-later
"""Judged plans."""
from __future__ import annotations

import datetime
import importlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from . import _proposals, _rows
from ._ctgsched import ffi, lib
from ._errors import check, new_error
from ._problem import Problem, Reading
from ._rows import (Breach, Check, Coverage, Duty, DutyPart, Envy, Goal,
                    Headroom, Placement, Shortage, Slot, Waiting)
from ._text import Borrowed, Json, argument, int32, taken, text_or_none


@dataclass(frozen=True, slots=True)
class Result:
    """What a solve found out.

    verdict  "optimal" (every goal asked is proven), "feasible", "infeasible",
             "unknown"
    stop     why it stopped: "optimal", "gap", "work", "time", "memory",
             "interrupted", "infeasible", "method", "none"
    """

    verdict: str
    stop: str
    work: int  #: deterministic units done
    seconds: float  #: wall clock
    peak_bytes: int  #: the most memory that the solve took
    process_peak_bytes: int  #: resident peak of the process, 0: unknown
    changes: int = 0  #: of a replan: what differs from the floor plan, weighed
    #: of a replan: max_changes lets more be missing than has to
    is_budget_short: bool = False
    least_budget: int | None = None  #: then: changes for the least shortage
    least_budget_bound: int | None = None  #: fewer are proven not to do


class Solution:
    """A plan with the judge's finding: every rule evaluated again, every goal
    added up again. Never changes; any number of threads may read it.

    Tuples of dataclasses, read when first asked for: `goals`, `placements`,
    `waiting`, `shortages`, `breaches`, `envy`, `duties`, `coverage`."""

    problem: Problem
    result: Result | None  #: of the solve that made it, None if parsed

    def __init__(self, at: Any, problem: Problem,
                 result: Result | None = None) -> None:
        self._at = at
        self.problem = problem
        self.result = result

    @classmethod
    def parse(cls, problem: Problem, source: Json) -> Solution:
        """Reads a plan, "ctgsched/plan/1", and judges it. Its `placements` are
        enough. One that breaks rules is read all the same: ask `check`.

        raises  InputError when it is no plan for this problem, MemoryLack
        """
        out, reading = ffi.new("ctg_solution **"), Reading()
        text = Borrowed(source)
        reading.parse(lib.ctg_solution_parse, out, problem._at, text.at,
                      text.size)
        return cls(owned(out[0]), problem)

    def _about(self) -> Any:
        row = ffi.new("ctg_solution_info *")
        lib.ctg_solution_about(row, self._at)
        return row

    @property
    def is_accepted(self) -> bool:
        """No rule is broken."""
        return bool(self._about().is_accepted)

    @property
    def status(self) -> str | None:
        """"optimal", "gap" or "feasible" as the plan states, if it does."""
        return text_or_none(self._about().status)

    @property
    def stop(self) -> str | None:
        """"time", ... as the plan states, if it does."""
        return text_or_none(self._about().stop)

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """A row for each goal, first goal first; in weighted mode "weighted",
        then its parts. Values are in each goal's unit."""
        return _rows.goals(self._at)

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        """A row for each request served, by request."""
        return _rows.placements(self._at)

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """The waiting list in its published order."""
        return _rows.waiting(self._at)

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        """A row for each rule broken and place, in the order of
        doc/format.md 5; sizes in the rule's unit."""
        return _rows.breaches(self._at)

    @cached_property
    def shortages(self) -> tuple[Shortage, ...]:
        """What the plan is really short of (doc/format.md 5.3)."""
        return _rows.shortages(self._at)

    @cached_property
    def envy(self) -> tuple[Envy, ...]:
        """Pairs of justified envy (doc/format.md 8)."""
        return _rows.envy(self._at)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """A row for each shift worked, by employee, then date; times in
        minutes of the day."""
        return _rows.duties(self._at)

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """Presence against capacity and staff, by structure, date, begin: a row
        for each maximal interval with equal numbers, open instants only."""
        return _rows.coverage(self._at)

    @cached_property
    def tables(self) -> dict[str, list[dict[str, _rows.Value]]]:
        """The tables of a report (doc/format.md 14) by name: a list of rows,
        each a dict of columns. Durations and times of day are minutes, rates
        are shares (0.875), None is an empty cell. Any plan has them; they are
        counted when first asked for.

        raises  MemoryLack
        """
        out, err = ffi.new("ctg_tables **"), new_error()
        check(lib.ctg_solution_tables(out, self._at, err), err)
        try:
            return _rows.tables(out[0])
        finally:
            lib.ctg_tables_free(out[0])

    def check(self) -> Check:
        """The judge's finding in one object."""
        return Check(self.is_accepted, self.breaches, self.shortages,
                     self.envy)

    def goal(self, name: str) -> Goal:
        """The goal of that name. KeyError when the problem has none."""
        for one in self.goals:
            if one.name == name:
                return one
        raise KeyError(name)

    @property
    def text(self) -> str:
        """The plan as JSON, as it was made: the same bytes as the command line
        writes, on every machine."""
        return self._written(lib.CTG_WRITE_STATED)

    @property
    def complete_text(self) -> str:
        """The plan as JSON, with goals, shortages, waiting list, envy and
        coverage as the judge found them."""
        return self._written(lib.CTG_WRITE_COMPLETE)

    def to_dict(self) -> dict[str, Any]:
        """`text` as a new dict."""
        made: dict[str, Any] = json.loads(self.text)
        return made

    def _written(self, what: int) -> str:
        out, err = ffi.new("ctg_text *"), new_error()
        check(lib.ctg_solution_write(out, self._at, what, err), err)
        return taken(out)

    def slots(self, date: str | datetime.date, age_months: int, *,
              structure: str | None = None, walks: bool | None = None,
              least_minutes: int = 60) -> tuple[Slot, ...]:
        """What one more child without needs can still book on a day, by
        structure, section, begin.

        date           a day of the horizon
        age_months     completed that day, 0..215
        structure      an id; None: every structure
        walks          None: by the problem's age proxy
        least_minutes  shortest stay that is of use, 1..1440
        raises         VerifyError when the plan breaks rules, UsageError for a
                       date outside the horizon, an unknown structure, a number
                       out of its range
        """
        keep: list[Any] = []
        asked = ffi.new("ctg_slot_question *", {
            "struct_size": ffi.sizeof("ctg_slot_question"),
            "date": argument(str(date), keep),
            "structure": argument(structure, keep),
            "age_months": int32(age_months),
            "walks": -1 if walks is None else int(walks),
            "least_minutes": int32(least_minutes)})
        out, err = ffi.new("ctg_slots **"), new_error()
        check(lib.ctg_solution_slots(out, self._at, asked, err), err)
        try:
            return _rows.slots(out[0])
        finally:
            lib.ctg_slots_free(out[0])

    def headroom(self, structure: str | None = None,
                 date: str | datetime.date | None = None
                 ) -> tuple[Headroom, ...]:
        """How many more ordinary children fit, and what refuses one more, by
        structure, date, section, class, begin. None: every one of them.

        raises  as `slots`
        """
        keep: list[Any] = []
        day = None if date is None else str(date)
        out, err = ffi.new("ctg_headroom **"), new_error()
        check(lib.ctg_solution_headroom(
            out, self._at, argument(structure, keep), argument(day, keep),
            err), err)
        try:
            return _rows.headroom(out[0])
        finally:
            lib.ctg_headroom_free(out[0])

    def offers(self, request: str, *, searched: int = 8
               ) -> tuple[_proposals.Offer, ...]:
        """What the plan could give to a request, without a solve: every option
        but the one that it has, by kind, then best goals, then rank.

        searched  for so many options, by rank, that do not fit and are better
                  than those that do: who could make room, 0..500
        raises    VerifyError when the plan breaks rules, UsageError for an
                  unknown request or a number out of its range
        """
        keep: list[Any] = []
        asked = ffi.new("ctg_offer_question *", {
            "struct_size": ffi.sizeof("ctg_offer_question"),
            "request": argument(request, keep), "searched": int32(searched)})
        out, err = ffi.new("ctg_offers **"), new_error()
        check(lib.ctg_solution_offers(out, self._at, asked, err), err)
        try:
            return _proposals.offers(out[0])
        finally:
            lib.ctg_offers_free(out[0])

    def fill(self, *, structure: str | None = None,
             first: str | datetime.date | None = None,
             last: str | datetime.date | None = None, begin: int = 0,
             end: int = 1440, freed: str | None = None, in_turn: bool = False
             ) -> tuple[_proposals.Fill, ...]:
        """Who of the waiting list can take a free place, in its published
        order, with each option that fits.

        structure   an id; None: every structure
        first, last dates, both included; None: all days
        begin, end  minutes of the day
        freed       a served request that gives its place up
        in_turn     the first who fits takes it, then who is next
        raises      VerifyError when the plan breaks rules, UsageError for an
                    unknown id or a place that is none
        """
        keep: list[Any] = []
        days = [None if day is None else str(day) for day in (first, last)]
        asked = ffi.new("ctg_fill_question *", {
            "struct_size": ffi.sizeof("ctg_fill_question"),
            "structure": argument(structure, keep),
            "first": argument(days[0], keep), "last": argument(days[1], keep),
            "begin": int32(begin), "end": int32(end),
            "freed": argument(freed, keep), "in_turn": int(in_turn)})
        out, err = ffi.new("ctg_fill **"), new_error()
        check(lib.ctg_solution_fill(out, self._at, asked, err), err)
        try:
            return _proposals.fill(out[0])
        finally:
            lib.ctg_fill_free(out[0])

    def placements_frame(self, library: str = "pandas") -> Any:
        """A DataFrame of "pandas" or "polars", a row for each placement, a
        column for each member of Placement. ImportError when the library is
        not there."""
        return _frame(library, Placement, self.placements)

    def coverage_frame(self, library: str = "pandas") -> Any:
        """As `placements_frame`, for Coverage."""
        return _frame(library, Coverage, self.coverage)

    def duties_frame(self, library: str = "pandas") -> Any:
        """As `placements_frame`, for Duty without its parts."""
        return _frame(library, Duty, self.duties, without=("parts",))

    def duty_parts_frame(self, library: str = "pandas") -> Any:
        """As `placements_frame`, a row for each part of a duty: employee,
        shift and date of the duty, then the members of DutyPart."""
        return _frame(library, DutyPart, [
            part for duty in self.duties for part in duty.parts], before={
                name: [getattr(duty, name) for duty in self.duties
                       for _ in duty.parts]
                for name in ("employee", "shift", "date")})

    def __repr__(self) -> str:
        about = self._about()
        word = "accepted" if about.is_accepted \
            else f"{about.n_breaches} breaches"
        return (f"<Solution: {about.n_placements} placed, "
                f"{about.n_waiting} waiting, {word}>")


def owned(at: Any) -> Any:
    return ffi.gc(at, lib.ctg_solution_free)


def _frame(library: str, row: type, rows: Sequence[Any],
           without: Sequence[str] = (),
           before: Mapping[str, list[Any]] | None = None) -> Any:
    if library not in ("pandas", "polars"):
        raise ValueError(f'"{library}" is not known. Maybe "pandas" or '
                         '"polars".')
    try:
        frames = importlib.import_module(library)
    except ImportError as error:
        raise ImportError(
            f"a frame needs {library}, which this Python does not have. Maybe "
            f"install it (Debian: python3-pandas; pip: {library}), or use the "
            "tuples of dataclasses, which need nothing.",
            name=library) from error
    return frames.DataFrame({**(before or {}), **{
        field.name: [getattr(one, field.name) for one in rows]
        for field in fields(row) if field.name not in without}})
