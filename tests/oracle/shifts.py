# SPDX-License-Identifier: GPL-3.0-or-later
"""Shifts as read, the ways of working one, and what a way comes to
(format.md 3.9 and 3.12)."""
import itertools
from types import SimpleNamespace

from values import (DAY_MINUTES, Fault, Members, boolean, ident,
                    integer, listed, minute, set_of, word)
from windows import window

MAX_PIECES, MAX_WAYS = 4, 200
WORK = ("children", "direction", "meeting", "preparation", "analysis",
        "training", "cleaning", "travel", "other")


def _segment(value, pointer):
    m = Members(value, pointer)
    found = SimpleNamespace(
        begin=m.get("begin", minute), end=m.get("end", minute),
        structure=m.get("structure", ident, None),
        activity=m.get("activity", word(*WORK), "children"))
    m.done()
    if found.begin >= found.end:
        raise Fault("E-INTERVAL", pointer, "begin is not before end")
    return found


def _piece(value, pointer):
    m = Members(value, pointer)
    found = SimpleNamespace(
        minutes=m.get("minutes", integer(1, DAY_MINUTES)),
        earliest=m.get("earliest", minute), latest=m.get("latest", minute),
        step=m.get("step", integer(1, DAY_MINUTES), 15),
        activity=m.get("activity", word("break", *WORK[1:]), "break"),
        paid=m.get("paid", boolean, None))
    m.done()
    if found.paid is None:
        found.paid = found.activity != "break"
    return found


def shift(value, pointer):
    m = Members(value, pointer)
    s = SimpleNamespace(
        id=m.get("id", ident), structure=m.get("structure", ident),
        when=m.get("when", listed(window("none")), None),
        segments=m.get("segments", listed(_segment)),
        pieces=m.get("pieces", listed(_piece), []),
        minutes=m.get("minutes", integer(0, DAY_MINUTES), None),
        then_not=m.get("then_not", set_of(ident), frozenset()),
        pointer=pointer)
    m.done()
    if not s.segments or len(s.pieces) > MAX_PIECES:
        raise Fault("E-LIMIT", pointer, "no segment, or too many pieces")
    for a, b in zip(s.segments, s.segments[1:]):
        if b.begin < a.end:
            raise Fault("E-OVERLAP", pointer, "a segment begins too early")
    for one in s.segments:
        one.structure = one.structure or s.structure
    s.structures = {one.structure for one in s.segments}
    s.ways = _ways(s)
    if not 1 <= len(s.ways) <= MAX_WAYS:
        raise Fault("E-SHIFT", pointer, f"{len(s.ways)} ways")
    return s


def _begins(s, piece):
    """Where a piece lies inside one segment."""
    return [t for t in range(piece.earliest, piece.latest - piece.minutes + 1,
                             piece.step)
            if any(one.begin <= t and t + piece.minutes <= one.end
                   for one in s.segments)]


def _ways(s):
    """The begins of the pieces, in order; one more than is allowed will do."""
    found = (begins for begins in itertools.product(
        *(_begins(s, piece) for piece in s.pieces)) if _are_apart(s, begins))
    return list(itertools.islice(found, MAX_WAYS + 1))


def _are_apart(s, begins):
    placed = sorted((t, t + piece.minutes)
                    for t, piece in zip(begins, s.pieces))
    return all(a[1] <= b[0] for a, b in zip(placed, placed[1:]))


def working_minutes(s):
    if s.minutes is not None:
        return s.minutes
    return (sum(one.end - one.begin for one in s.segments)
            - sum(piece.minutes for piece in s.pieces if not piece.paid))


def duty(s, day, way):
    return SimpleNamespace(
        shift=s, date=day, way=way, begin=s.segments[0].begin,
        end=s.segments[-1].end, minutes=working_minutes(s))


def cuts(s):
    """The gaps between segments that follow each other."""
    gaps = [b.begin - a.end for a, b in zip(s.segments, s.segments[1:])]
    return [gap for gap in gaps if gap > 0]


def with_children(s, begins):
    """(structure, begin, end) of the time with children in a way."""
    taken = [(t, t + piece.minutes) for t, piece in zip(begins, s.pieces)]
    return [(one.structure, begin, end) for one in s.segments
            if one.activity == "children"
            for begin, end in less([(one.begin, one.end)], taken)]


def stretches(s, begins, break_minutes):
    """Minutes of work without a break of so many minutes."""
    breaks = [(t, t + piece.minutes) for t, piece in zip(begins, s.pieces)
              if piece.activity == "break" and piece.minutes >= break_minutes]
    joined = []
    for one in s.segments:
        if joined and joined[-1][1] == one.begin:
            joined[-1] = joined[-1][0], one.end
        else:
            joined.append((one.begin, one.end))
    return [end - begin for begin, end in less(joined, breaks)]


def less(spans, taken):
    """Intervals without others: what is left of each, in order."""
    for begin, end in taken:
        spans = [part for a, b in spans
                 for part in ((a, min(b, begin)), (max(a, end), b))
                 if part[0] < part[1]]
    return spans
