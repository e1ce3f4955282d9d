# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures of a race from traces: time to a gap, best at a time, medians and
ratios. A time that was not reached is (limit, False), and stays marked."""
import math

GAPS = (0.01, 0.001, 0.0005, 0.0001)
MOMENTS = (10, 60, 300)


def field(most):
    """The name of a column of the CSV: to_0.1%."""
    return f"to_{100 * most:g}%"


def gap(value, bound):
    """As format.md 7.5 defines it; None while one of them is not known."""
    if value is None or bound is None:
        return None
    return abs(bound - value) / max(1, abs(value))


def time_to(points, most, limit):
    """(seconds until value and bound were within `most`, True), or (limit,
    False). What was said after the limit does not count."""
    for seconds, value, bound in points:
        apart = gap(value, bound)
        if apart is not None and apart <= most + 1e-12 and seconds <= limit:
            return seconds, True
    return limit, False


def first_value(points, limit):
    for seconds, value, _ in points:
        if value is not None and seconds <= limit:
            return seconds, True
    return limit, False


def best_at(points, moment):
    """(value, bound) at that moment."""
    found = None, None
    for seconds, value, bound in points:
        if seconds > moment:
            break
        found = value, bound
    return found


def median(times):
    """Of (seconds, reached): half as many are below as above. An even number
    takes the mean of the two in the middle, not reached if one is not. One
    that is not reached is at least its limit: it counts as larger."""
    ranked = sorted(times, key=lambda t: (t[0] if t[1] else math.inf, t[0]))
    if not ranked:
        return None
    low, high = ranked[(len(ranked) - 1) // 2], ranked[len(ranked) // 2]
    return (low[0] + high[0]) / 2, low[1] and high[1]


def best_peer(times):
    """The least of {solver: (seconds, reached)}; None without any."""
    return min(times.items(), default=None,
               key=lambda item: (not item[1][1], item[1][0]))


def ratio(peer, ours):
    """(peer / ours, mark). `>`: the peer was not there at its limit, so the
    ratio is larger; `<`: we were not. None when neither was."""
    if peer is None or ours is None or not (peer[1] or ours[1]):
        return None
    mark = "" if peer[1] and ours[1] else ">" if ours[1] else "<"
    return peer[0] / max(ours[0], 0.001), mark


def median_ratio(ratios):
    """Of ratios of seeds; the marks of the middle stay. Nothing is said when
    one of the seeds says nothing, or marks of both kinds meet."""
    if not ratios or None in ratios:
        return None
    if {"<", ">"} <= {mark for _, mark in ratios}:
        return None
    ranked = sorted(ratios, key=lambda r: r[0])
    low, high = ranked[(len(ranked) - 1) // 2], ranked[len(ranked) // 2]
    return (low[0] + high[0]) / 2, low[1] or high[1]


def shown_time(time):
    if time is None:
        return "-"
    seconds, reached = time
    digits = 2 if seconds < 10 else 1 if seconds < 100 else 0
    return ("" if reached else "> ") + f"{seconds:.{digits}f}"


def shown_ratio(found):
    if found is None:
        return "-"
    size, mark = found
    digits = 0 if size >= 10 else 1 if size >= 1 else 2
    return (mark + " " if mark else "") + f"{size:.{digits}f}"


def shown_gap(apart):
    return "-" if apart is None else f"{100 * apart:.3f} %"


def thinned(points, most=60):
    """The first, the last and points between them, evenly by their rank in
    log time, for a plot: never a point that was not there."""
    if len(points) <= most:
        return list(points)
    first = math.log(max(points[0][0], 0.01))
    width = math.log(max(points[-1][0], 0.02)) - first
    kept, box = [], None
    for point in points[:-1]:
        now = int((math.log(max(point[0], 0.01)) - first)
                  / max(width, 1e-9) * (most - 2))
        if now == box:
            kept[-1] = point
        else:
            kept.append(point)
        box = now
    return [points[0], *kept[1:], points[-1]]
