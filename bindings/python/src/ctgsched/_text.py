# SPDX-License-Identifier: GPL-3.0-or-later
"""Text over the border: what goes in is borrowed, what comes out is copied."""
from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Union

from ._ctgsched import ffi, lib

Json = Union[str, bytes, bytearray, memoryview, Mapping[str, Any]]
"""JSON as text, as UTF-8 bytes, or as a dict of plain values."""


class Borrowed:
    """`at` and `size` of JSON for a call. Bytes cross as they are, str is
    encoded once, a dict is written first. Keep it until the call is over."""

    __slots__ = ("at", "size", "_buffer")

    def __init__(self, source: Json) -> None:
        if isinstance(source, Mapping):
            source = json.dumps(source, ensure_ascii=False, allow_nan=False,
                                default=_plain)
        if isinstance(source, str):
            # A lone surrogate is no text: the reader says so, with its place.
            source = source.encode("utf-8", "surrogatepass")
        elif not isinstance(source, (bytes, bytearray, memoryview)):
            raise TypeError(
                "JSON is str, bytes or a dict, not "
                f"{type(source).__name__}. Maybe read a file with load().")
        self._buffer = ffi.from_buffer("char[]", source)
        self.at = self._buffer
        self.size = len(self._buffer)


def _plain(value: Any) -> Any:
    """Mappings that are no dict, inside a dict."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is nothing that JSON has")


def text_of(at: Any) -> str:
    """A string that the library has; "" for NULL."""
    return "" if at == ffi.NULL else str(ffi.string(at), "utf-8", "replace")


def text_or_none(at: Any) -> str | None:
    return None if at == ffi.NULL else text_of(at)


def taken(text: Any) -> str:
    """A ctg_text, which is freed."""
    try:
        return str(ffi.buffer(text.at, text.bytes), "utf-8")
    finally:
        lib.ctg_text_free(text)


def argument(text: str | None, keep: list[Any]) -> Any:
    """An id or a date for a call; None is NULL. `keep` holds its memory."""
    if text is None:
        return ffi.NULL
    if "\0" in text:
        raise ValueError(f"{text!r} has a NUL inside")
    made = ffi.new("char[]", text.encode("utf-8", "surrogatepass"))
    keep.append(made)
    return made


def int32(number: int) -> int:
    """For a call that refuses what is out of its range: so must be what C
    cannot even hold."""
    return max(-2**31, min(number, 2**31 - 1))


def version() -> str:
    """The library's version, for example "0.1.0"."""
    return text_of(lib.ctg_version())


def process_seconds() -> float:
    """Seconds of wall clock since this process started; monotonic."""
    return float(lib.ctg_process_seconds())


def status_text(status: int) -> str:
    """What a status (`CtgError.status`) means, for people."""
    return text_of(lib.ctg_status_text(status))
