# SPDX-License-Identifier: GPL-3.0-or-later
"""Minutes that pass between two local instants, whatever the clocks do in
between (format.md 1 and 5.5)."""
import datetime
import zoneinfo

ZONE = zoneinfo.ZoneInfo("Europe/Paris")


def _instant(day, at):
    local = datetime.datetime.combine(day, datetime.time(), ZONE)
    local += datetime.timedelta(minutes=at)
    there = local.astimezone(datetime.timezone.utc).astimezone(ZONE)
    if there.replace(tzinfo=None) != local.replace(tzinfo=None):
        # Left out by the clocks: the end of that hour.
        local = local.replace(minute=0) + datetime.timedelta(hours=1)
    return local.timestamp()


def elapsed(day, at, other_day, other):
    return round(_instant(other_day, other) - _instant(day, at)) // 60
