# SPDX-License-Identifier: GPL-3.0-or-later
"""Minutes that pass between two local instants, whatever the clocks do in
between (format.md 1 and 5.5)."""
import datetime
import zoneinfo

ZONE = zoneinfo.ZoneInfo("Europe/Paris")


def _instant(day, at):
    midnight = datetime.datetime.combine(day, datetime.time(), ZONE)
    return (midnight + datetime.timedelta(minutes=at)).timestamp()


def elapsed(day, at, other_day, other):
    return round(_instant(other_day, other) - _instant(day, at)) // 60
