# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of a solve, and the library's table of them."""
from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from ._ctgsched import ffi, lib
from ._errors import UsageError, check, new_error
from ._text import text_of

_TYPES = ("real", "duration", "count", "bytes", "flag", "choice")


@dataclass(frozen=True, slots=True)
class Options:
    """Limits of a solve; without any it runs until every goal is proven.

    gap           stop a goal at this relative gap, 0..1
    time_limit    seconds of wall clock from the call, or "90s", "5min"; the
                  plan then depends on the machine; 0: none
    work_limit    units of work, or "200k", "3M"; the same number gives the
                  same plan on every machine; 0: none
    memory_limit  bytes that the solve may take, or "256M", "2G"; 0: none
    threads       1 or 2; the plan does not depend on it
    prove_ties    ask for a proof of the last goal, tie, too
    max_changes   of a replan: the most that families and agents disturbed may
                  weigh together; -1: no bound
    decide        "joint": children and duties at once; "children" or "agents":
                  one side, the other as in the base plan;
                  "children-then-agents": one after the other, without a bound
    """

    gap: float | str = 0.0
    time_limit: float | str = 0.0
    work_limit: int | str = 0
    memory_limit: int | str = 0
    threads: int | str = 1
    prove_ties: bool | str = False
    max_changes: int | str = -1
    decide: int | str = "joint"

    def _write(self) -> Any:
        """A ctg_options. UsageError for text that is malformed."""
        made = ffi.new("ctg_options *")
        err = new_error()
        check(lib.ctg_options_init(made, ffi.sizeof("ctg_options")), err)
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                check(lib.ctg_options_set(made, field.name.encode(),
                                          value.encode(), err), err)
            else:
                _set_number(made, field.name, value)
        return made


def _set_number(made: Any, name: str, value: float) -> None:
    try:
        setattr(made, name, value)
    except OverflowError:
        raise UsageError(f"{name} {value} is out of its range. Maybe see "
                         "option_table().", status=lib.CTG_ERR_USAGE,
                         code="E-OPTION") from None


@dataclass(frozen=True, slots=True)
class OptionInfo:
    """One row of the library's table: texts as the command line shows them.
    `type` is "real", "duration", "count", "bytes", "flag" or
    "choice" (one of the words of `unit`)."""

    name: str
    default: str
    low: str
    high: str
    unit: str
    help: str
    type: str


def option_table() -> tuple[OptionInfo, ...]:
    """Names, defaults, bounds and meanings of all options."""
    row = ffi.new("ctg_option_info *")
    found: list[OptionInfo] = []
    while lib.ctg_options_about(row, len(found)):
        found.append(OptionInfo(
            text_of(row.name), text_of(row.default_text),
            text_of(row.low_text), text_of(row.high_text), text_of(row.unit),
            text_of(row.help), _TYPES[row.type]))
    return tuple(found)
