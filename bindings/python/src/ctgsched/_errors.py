# SPDX-License-Identifier: GPL-3.0-or-later
"""One exception for each status of the library."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._ctgsched import ffi, lib
from ._text import status_text, text_of

if TYPE_CHECKING:
    from ._problem import Fault
    from ._solution import Result


class CtgError(Exception):
    """A call did not work.

    status   the library's number, see `status_text`
    code     stable, for example "E-DATE" (doc/format.md 11); "" if none
    pointer  JSON Pointer to the fault, "" is the whole text or no place
    line     from 1, 0 when the fault has no place in a text
    column   from 1, in bytes, 0 as above
    message  one line that ends with advice
    """

    def __init__(self, message: str, *, status: int = 0, code: str = "",
                 pointer: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.pointer = pointer
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}, " if self.line \
            else ""
        if self.pointer:
            place += f"at {self.pointer}: "
        elif place:
            place = place[:-2] + ": "
        return place + self.message + (f" [{self.code}]" if self.code else "")


class MemoryLack(CtgError, MemoryError):
    """There is not enough memory."""


class UsageError(CtgError, ValueError):
    """An argument breaks the contract of the call."""


class InputError(CtgError, ValueError):
    """A text is refused; `faults` has all that was found, warnings too."""

    faults: tuple[Fault, ...] = ()


class LimitError(InputError):
    """A text passes a documented limit of size."""


class VerifyError(CtgError):
    """A plan breaks rules where one that breaks none is needed."""


class EngineError(CtgError):
    """The engine of linear programs gave up."""


class InternalError(CtgError):
    """Solver and judge disagree: a defect. Please report it."""


class StoppedError(CtgError):
    """Interrupted before anything was known."""


class FileError(CtgError):
    """A file could not be read or written."""


class NoPlan(CtgError):
    """A solve that worked has no plan to give: a limit or a cancel came
    before the first one. `result` says which."""

    def __init__(self, message: str, result: Result) -> None:
        super().__init__(message)
        self.result = result


class Infeasible(NoPlan):
    """It is proven that no plan exists. `conflicts` are the lines that say
    what contradicts."""

    def __init__(self, message: str, result: Result,
                 conflicts: tuple[str, ...]) -> None:
        super().__init__(message, result)
        self.conflicts = conflicts


_CLASSES: dict[int, type[CtgError]] = {
    lib.CTG_ERR_NOMEM: MemoryLack,
    lib.CTG_ERR_USAGE: UsageError,
    lib.CTG_ERR_INPUT: InputError,
    lib.CTG_ERR_LIMIT: LimitError,
    lib.CTG_ERR_VERIFY: VerifyError,
    lib.CTG_ERR_ENGINE: EngineError,
    lib.CTG_ERR_INTERNAL: InternalError,
    lib.CTG_ERR_STOPPED: StoppedError,
    lib.CTG_ERR_IO: FileError,
}


def new_error() -> Any:
    return ffi.new("ctg_error *")


def error_of(status: int, err: Any) -> CtgError:
    """The exception for a status other than CTG_OK."""
    return _CLASSES.get(status, CtgError)(
        text_of(err.message) or status_text(status), status=status,
        code=text_of(err.code), pointer=text_of(err.pointer),
        line=err.line, column=err.column)


def check(status: int, err: Any) -> None:
    if status != lib.CTG_OK:
        raise error_of(status, err)
