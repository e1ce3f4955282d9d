# SPDX-License-Identifier: GPL-3.0-or-later
"""What a plan could be instead: offers for a request, who takes a free
place."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ._ctgsched import ffi, lib
from ._rows import Breach, breach_of, listed
from ._text import text_of, text_or_none


@dataclass(frozen=True, slots=True)
class GoalChange:
    """A goal in two plans, first goal first; in weighted mode "weighted", then
    its parts."""

    name: str
    unit: str
    sense: str  #: "min" or "max"
    before: int | None  #: None: the first plan was not asked for it
    after: int
    weight: int  #: of a part, else 1
    is_part: bool  #: of a weighted goal


@dataclass(frozen=True, slots=True)
class Block:
    """A rule in the way of an option, and who counts in its row then."""

    breach: Breach
    holders: tuple[str, ...]  #: requests, by id


@dataclass(frozen=True, slots=True)
class Offer:
    """What the plan could give to a request."""

    option: str
    structure: str
    rank: int  #: of the option; 1 is best
    kind: str  #: "free", "moves", "displaces", "blocked"
    other: str | None  #: the request that is moved
    other_option: str | None  #: that it gets
    goals: tuple[GoalChange, ...]  #: () of a blocked one
    blocks: tuple[Block, ...]  #: as the plan is; () of a free one


@dataclass(frozen=True, slots=True)
class Fill:
    """An option of a waiting request that fits into a free place."""

    request: str
    child: str
    option: str
    structure: str
    points: int
    rank: int  #: in the waiting list of the plan, from 1
    option_rank: int  #: 1 is best
    goals: tuple[GoalChange, ...]


def _change(row: Any) -> GoalChange:
    return GoalChange(text_of(row.name), text_of(row.unit),
                      text_of(row.sense),
                      row.before if row.has_before else None, row.after,
                      row.weight, bool(row.is_part))


def goal_changes(getter: Callable[..., int], of: Any,
                 *where: int) -> tuple[GoalChange, ...]:
    return listed("ctg_goal_change",
                  lambda row, at, k: getter(row, at, *where, k), of, _change)


def _blocks(of: Any, index: int) -> tuple[Block, ...]:
    row, holder = ffi.new("ctg_breach *"), ffi.new("const char **")
    found: list[Block] = []
    while lib.ctg_offers_block(row, of, index, len(found)):
        holders: list[str] = []
        while lib.ctg_offers_holder(holder, of, index, len(found),
                                    len(holders)):
            holders.append(text_of(holder[0]))
        found.append(Block(breach_of(row), tuple(holders)))
    return tuple(found)


def offers(of: Any) -> tuple[Offer, ...]:
    row = ffi.new("ctg_offer *")
    found: list[Offer] = []
    while lib.ctg_offers_at(row, of, len(found)):
        k = len(found)
        found.append(Offer(
            text_of(row.option), text_of(row.structure), row.rank,
            text_of(lib.ctg_offer_kind_text(row.kind)), text_or_none(row.other),
            text_or_none(row.other_option),
            goal_changes(lib.ctg_offers_goal, of, k), _blocks(of, k)))
    return tuple(found)


def fill(of: Any) -> tuple[Fill, ...]:
    row = ffi.new("ctg_fill_row *")
    found: list[Fill] = []
    while lib.ctg_fill_at(row, of, len(found)):
        found.append(Fill(
            text_of(row.request), text_of(row.child), text_of(row.option),
            text_of(row.structure), row.points, row.rank, row.option_rank,
            goal_changes(lib.ctg_fill_goal, of, len(found))))
    return tuple(found)
