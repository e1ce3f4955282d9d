# SPDX-License-Identifier: GPL-3.0-or-later
"""Problems and rule packs: reading, finding every fault, digest, export."""
from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._ctgsched import ffi, lib
from ._errors import InputError, UsageError, check, error_of, new_error
from ._rows import listed
from ._text import Borrowed, Json, int32, taken, text_of

if TYPE_CHECKING:
    from ._solution import Solution

_FORMATS = {"mps": lib.CTG_FORMAT_MPS, "lp": lib.CTG_FORMAT_LP}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a text; `line` and `column` (in bytes) count from 1 and are
    0 when it has no place."""

    severity: str  #: "error" or "warning"
    code: str  #: "E-DATE", "W-NEVER" (doc/format.md 11)
    pointer: str  #: JSON Pointer
    line: int
    column: int
    message: str  #: one line, ends with advice


@dataclass(frozen=True, slots=True)
class Lint:
    """All faults of a text, at most 100 of each severity; the numbers count
    those beyond, too."""

    faults: tuple[Fault, ...]
    n_errors: int
    n_warnings: int

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(f for f in self.faults if f.severity == "error")

    @property
    def warnings(self) -> tuple[Fault, ...]:
        return tuple(f for f in self.faults if f.severity == "warning")


@dataclass(frozen=True, slots=True)
class ProblemInfo:
    """The size of a problem; dates are the first and the last day."""

    id: str
    seed: str
    first_date: str
    last_date: str
    n_days: int
    n_structures: int
    n_children: int
    n_requests: int
    n_options: int
    n_goals: int
    n_packs: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A rule pack that a problem uses; `digest` is "sha256:..."."""

    id: str
    digest: str
    title: str


@dataclass(frozen=True, slots=True)
class Export:
    """The program of one goal as text, and a table (TSV) from its rows and
    columns back to the problem."""

    program: str
    names: str


def _on_fault(user: Any, fault: Any) -> None:
    ffi.from_handle(user).append(Fault(
        "warning" if fault.severity == lib.CTG_SEVERITY_WARNING else "error",
        text_of(fault.code), text_of(fault.pointer), fault.line, fault.column,
        text_of(fault.message)))


ffi.def_extern(name="ctgpy_on_fault")(_on_fault)


class Reading:
    """How to read one text: what it is told of stands in `faults`."""

    def __init__(self, packs: Iterable[Json] = ()) -> None:
        self.faults: list[Fault] = []
        self._handle = ffi.new_handle(self.faults)
        self._packs = [Borrowed(pack) for pack in packs]
        self._texts = ffi.new("ctg_text[]", [
            (pack.at, pack.size, ffi.NULL) for pack in self._packs])
        self.options = ffi.new("ctg_read_options *", {
            "struct_size": ffi.sizeof("ctg_read_options"),
            "packs": self._texts, "n_packs": len(self._packs),
            "on_fault": lib.ctgpy_on_fault, "user": self._handle})

    def parse(self, call: Callable[..., int], *arguments: Any) -> None:
        """InputError with all faults when the text is refused."""
        err = new_error()
        status = call(*arguments, self.options, err)
        if status == lib.CTG_OK:
            return
        error = error_of(status, err)
        if isinstance(error, InputError):
            error.faults = tuple(self.faults)
        raise error

    def lint(self, call: Callable[..., int], source: Json) -> Lint:
        found, text, err = ffi.new("ctg_lint *"), Borrowed(source), new_error()
        check(call(found, text.at, text.size, self.options, err), err)
        return Lint(tuple(self.faults), found.n_errors, found.n_warnings)


class Problem:
    """A problem that was read and found without error. Never changes.

    Make one with `parse` or `load`. Any number of threads may read it."""

    __slots__ = ("_at", "warnings", "__weakref__")

    warnings: tuple[Fault, ...]

    def __init__(self, at: Any, warnings: tuple[Fault, ...]) -> None:
        self._at = at
        self.warnings = warnings

    @classmethod
    def parse(cls, source: Json, packs: Iterable[Json] = ()) -> Problem:
        """Reads "ctgsched/problem/1".

        packs   rule packs that replace embedded ones of the same id
        raises  InputError (`faults` has all), LimitError, MemoryLack
        """
        out, reading = ffi.new("ctg_problem **"), Reading(packs)
        text = Borrowed(source)
        reading.parse(lib.ctg_problem_parse, out, text.at, text.size)
        return cls(ffi.gc(out[0], lib.ctg_problem_free, text.size),
                   tuple(reading.faults))

    @classmethod
    def load(cls, path: str | os.PathLike[str],
             packs: Iterable[Json] = ()) -> Problem:
        """`parse` of a file. OSError when it cannot be read."""
        with open(path, "rb") as file:
            return cls.parse(file.read(), packs)

    @staticmethod
    def lint(source: Json, packs: Iterable[Json] = ()) -> Lint:
        """Every fault of a text; one with errors is no exception here."""
        return Reading(packs).lint(lib.ctg_problem_lint, source)

    @property
    def digest(self) -> str:
        """"sha256:" and 64 hexadecimal digits of the canonical text: the same
        for two files that mean the same."""
        return text_of(lib.ctg_problem_digest(self._at))

    @property
    def text(self) -> str:
        """The canonical problem (doc/format.md 10), one line of JSON."""
        size = ffi.new("size_t *")
        at = lib.ctg_problem_text(self._at, size)
        return str(ffi.buffer(at, size[0]), "utf-8")

    def to_dict(self) -> dict[str, Any]:
        """The canonical problem as a new dict, free to be changed."""
        made: dict[str, Any] = json.loads(self.text)
        return made

    @property
    def info(self) -> ProblemInfo:
        row = ffi.new("ctg_problem_info *")
        lib.ctg_problem_about(row, self._at)
        return ProblemInfo(
            text_of(row.id), text_of(row.seed), text_of(row.first_date),
            text_of(row.last_date), row.n_days, row.n_structures,
            row.n_children, row.n_requests, row.n_options, row.n_goals,
            row.n_packs)

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The rule packs in use, by id."""
        return listed(
            "ctg_pack_info", lib.ctg_problem_pack, self._at,
            lambda row: Pack(text_of(row.id), text_of(row.digest),
                             text_of(row.title)))

    def judge(self, plan: Json) -> Solution:
        """A plan by whoever made it, judged; see Solution.parse."""
        from ._solution import Solution
        return Solution.parse(self, plan)

    def apply(self, changes: Json, packs: Iterable[Json] = ()) -> Problem:
        """The problem with changes made, "ctgsched/change/1" (doc/format.md
        15): all of them in their order, or none. This one stays as it is.

        packs   as when this problem was read
        raises  InputError (`faults` has all that is against it, with the place
                in `changes`), LimitError, MemoryLack
        """
        out, reading = ffi.new("ctg_problem **"), Reading(packs)
        text = Borrowed(changes)
        reading.parse(lib.ctg_problem_apply, out, self._at, text.at,
                      text.size)
        return Problem(ffi.gc(out[0], lib.ctg_problem_free, text.size),
                       tuple(reading.faults))

    def carry(self, plan: Solution) -> Solution:
        """The floor plan of this problem (doc/format.md 16): a plan that
        people were told, of a problem before its changes, less what is
        impossible now, with places for those who must be served.

        raises  VerifyError when pins contradict each other, MemoryLack
        """
        from ._solution import Solution, owned
        out, err = ffi.new("ctg_solution **"), new_error()
        check(lib.ctg_solution_carry(out, self._at, plan._at, err), err)
        return Solution(owned(out[0]), self)

    def export(self, format: str = "mps", goal: int = 0,
               plan: Solution | None = None) -> Export:
        """The exact integer program of one goal for another solver.

        format  "mps" or "lp"
        goal    its position, from 0; 0 when weighted
        plan    keeps each goal before `goal` at least as good as here; needed
                when `goal` is not 0
        raises  UsageError, VerifyError (the plan breaks a rule), MemoryLack
        """
        if format not in _FORMATS:
            raise UsageError(f'the format "{format}" does not exist. Maybe '
                             '"mps" or "lp".', status=lib.CTG_ERR_USAGE)
        err = new_error()
        program, names = ffi.new("ctg_text *"), ffi.new("ctg_text *")
        check(lib.ctg_problem_export(
            program, names, self._at, int32(goal),
            plan._at if plan else ffi.NULL, _FORMATS[format], err), err)
        return Export(taken(program), taken(names))

    def __repr__(self) -> str:
        about = self.info
        return (f"<Problem {about.id!r}: {about.n_requests} requests, "
                f"{about.n_structures} structures, {about.n_days} days>")


def rule_packs() -> dict[str, str]:
    """The embedded rule packs: id to JSON text, by id."""
    name, size = ffi.new("const char **"), ffi.new("size_t *")
    found: dict[str, str] = {}
    while (at := lib.ctg_rules_text(len(found), name, size)) != ffi.NULL:
        found[text_of(name[0])] = str(ffi.buffer(at, size[0]), "utf-8")
    return found


def lint_rules(source: Json) -> Lint:
    """As Problem.lint, for the text of a rule pack."""
    return Reading().lint(lib.ctg_rules_lint, source)
