# SPDX-License-Identifier: GPL-3.0-or-later
"""Every limit of every preset of the pack fr-labour, before both judges: duties
that come up to it are accepted, and one step beyond it breaks that rule alone
(format.md 5.5). A limit without such a scene is a failure."""
import json
import pathlib
import unittest

from packs import RULES_FOLDER
from test_both import Both
from test_duties import crew, dates, duties, parts, past, shift, worker
from tiny import MON, TUE, plan
from values import clock

PACK = json.loads((pathlib.Path(RULES_FOLDER) / "fr-labour.json").read_text(
    encoding="utf-8"))
PRESETS = [one for one in PACK["rules"] if one["kind"] == "labour"]


def periods(lengths, gaps):
    """Segments of these minutes from 06:00 on, with these gaps."""
    at, spans = 6 * 60, []
    for minutes, gap in zip(lengths, [*gaps, 0]):
        spans.append((clock(at), clock(at + minutes)))
        at += minutes + gap
    return parts(*spans)


def long_day(minutes):
    """A long presence that is little work, with breaks enough."""
    breaks = [{"minutes": 30, "earliest": clock(t), "latest": clock(t + 30)}
              for t in range(6 * 60 + 240, 6 * 60 + minutes - 30, 240)]
    return shift(begin="06:00", end=clock(6 * 60 + minutes), minutes=60,
                 pieces=breaks)


# Of each limit: the shifts, the duties and the history that come up to it
# (beyond 0) or pass it by one step (beyond 1), and the rule that says so.

def max_day(law, beyond):
    return [shift(minutes=law["max_day"] + beyond)], [("w", MON)], "duty"


def max_amplitude(law, beyond):
    return [long_day(law["max_amplitude"] + beyond)], [("w", MON)], "duty"


def max_periods(law, beyond):
    n = law["max_periods"] + beyond
    return [periods([30] * n, [5] * (n - 1))], [("w", MON)], "duty"


def max_cut(law, beyond):
    return [periods([30, 30], [law["max_cut"] + beyond])], [
        ("w", MON)], "duty"


def max_cuts(law, beyond):
    half = law["max_cuts"] // 2
    return [periods([30] * 3, [half, law["max_cuts"] - half + beyond])], [
        ("w", MON)], "duty"


def break_after(law, beyond):
    return [periods([law["break_after"] - 1 + beyond], [])], [
        ("w", MON)], "duty"


def break_minutes(law, beyond):
    """Six hours of work around a break."""
    minutes = law["break_minutes"] - beyond
    its = periods([law["break_after"] + minutes], [])
    its["pieces"] = [{"minutes": minutes, "earliest": "09:00",
                      "latest": clock(9 * 60 + minutes)}]
    return [its], [("w", MON)], "duty"


def min_daily_rest(law, beyond):
    """From 22:00 on Monday."""
    begin = 22 * 60 + law["min_daily_rest"] - 24 * 60 - beyond
    return [shift(begin="21:00", end="22:00"),
            shift("x", clock(begin), clock(begin + 60))], [
                ("w", MON), ("x", TUE)], "rest"


def min_weekly_rest(law, beyond):
    """Saturday evening to Monday morning, or no day off at all."""
    least, days = law["min_weekly_rest"], law.get("rest_days", 1)
    if least <= days * 24 * 60:  # the days off are longer
        return _days_off(days - beyond)
    end = 8 * 60 + 48 * 60 - least + beyond
    return [shift(minutes=60), shift("x", clock(end - 60), clock(end))], [
        *(("w", day) for day in dates(MON, 5)), ("x", "2026-09-12"),
        ("w", "2026-09-14")], "weekly_rest"


def rest_days(law, beyond):
    return _days_off(law["rest_days"] - beyond)


def _days_off(n):
    """At the end of a week, before another duty."""
    return [shift(minutes=60)], [("w", day) for day in (
        *dates(MON, 7 - n), "2026-09-14")], "weekly_rest"


def max_week(law, beyond):
    """Five days; what is left over is of the last."""
    share, rest = divmod(law["max_week"], 5)
    return [shift(minutes=share), shift("x", minutes=share + rest + beyond)], [
        *(("w", day) for day in dates(MON, 4)),
        ("x", "2026-09-11")], "week_minutes"


def max_mean_week(law, beyond):
    shifts, worked, _ = max_week({"max_week": law["max_mean_week"]}, beyond)
    return shifts, worked, "mean_week"


def mean_weeks(law, beyond):
    return max_mean_week(law, beyond)


def history(law):
    """The weeks before, each as long as the mean allows."""
    share, rest = divmod(law["max_mean_week"], 5)
    found = []
    for week in range(law["mean_weeks"] - 1):
        monday = dates("2026-06-22", 77)[7 * week]
        found += past(*dates(monday, 4), minutes=share)
        found += past(dates(monday, 5)[4], minutes=share + rest)
    return found


SCENES = {one.__name__: one for one in (
    max_day, max_amplitude, max_periods, max_cut, max_cuts, break_after,
    break_minutes, min_daily_rest, min_weekly_rest, rest_days, max_week,
    max_mean_week, mean_weeks)}


class Presets(Both):
    def broken(self, preset, name, beyond):
        law = preset["parameters"]
        shifts, worked, rule = SCENES[name](law, beyond)
        known = history(law) if name in ("max_mean_week", "mean_weeks") else []
        p = crew(shifts, worker(preset=preset["id"], history=known),
                 rules=[PACK])
        pieces = {s["id"]: [one["earliest"] for one in s.get("pieces", [])]
                  for s in shifts}
        found = self.rules(p, plan(duties=[
            one for s, day in worked
            for one in duties(day, shift=s, pieces=pieces[s])]))
        return found, rule

    def test_every_limit(self):
        n = 0
        for preset in PRESETS:
            for name in preset["parameters"]:
                with self.subTest(preset=preset["id"], limit=name):
                    self.assertEqual(self.broken(preset, name, 0)[0], [])
                    found, rule = self.broken(preset, name, 1)
                    self.assertEqual(found, [rule])
                    n += 1
        self.assertGreater(n, 30)

    def test_every_preset_has_a_limit(self):
        self.assertGreaterEqual(len(PRESETS), 6)
        for preset in PRESETS:
            self.assertTrue(preset["parameters"], preset["id"])


del Both

if __name__ == "__main__":
    unittest.main()
