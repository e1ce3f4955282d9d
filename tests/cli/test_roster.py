# SPDX-License-Identifier: GPL-3.0-or-later
"""Duties before people: in the report, and as calendars, which another parser
reads (icalendar)."""
import datetime
import json
import os
import subprocess
import unittest
import zoneinfo

import icalendar

from support import PROGRAM, ROOT, CliCase, quiet_environment

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
MON = "2026-10-24"  # a Saturday: the night after it has 25 hours


def crew():
    """Two agents, a shift with a break and a meeting, one into the night."""
    return {
        "schema": "ctgsched/problem/1", "id": "crew",
        "horizon": {"first": MON, "last": "2026-10-25",
                    "weekdays": ["sat", "sun"]},
        "structures": [{"id": "s", "kind": "other", "places": 4,
                        "hours": [{"begin": "08:00", "end": "18:00"}]}],
        "shifts": [
            {"id": "day", "structure": "s", "segments": [
                {"begin": "08:00", "end": "12:00"},
                {"begin": "12:00", "end": "13:00", "activity": "meeting"}],
             "pieces": [{"minutes": 30, "earliest": "10:00",
                         "latest": "11:00", "step": 30}]},
            {"id": "late", "structure": "s",
             "segments": [{"begin": "20:00", "end": "24:00"}]}],
        "employees": [{"id": "a"}, {"id": "b"}],
        "children": [], "requests": []}


PLAN = {"schema": "ctgsched/plan/1", "placements": [], "duties": [
    {"employee": "a", "date": MON, "shift": "day", "pieces": ["10:30"]},
    {"employee": "a", "date": "2026-10-25", "shift": "late", "pieces": []},
    {"employee": "b", "date": MON, "shift": "late", "pieces": []}]}


class Roster(CliCase):
    def setUp(self):
        super().setUp()
        self.problem = self.write("p.json", crew())
        self.plan = self.write("plan.json", PLAN)

    def test_report_has_a_line_an_employee(self):
        said = self.run_cli("report", self.problem, self.plan).stdout
        lines = [line.split() for line in said.splitlines()]
        # 4 h 30 of the day, its break of 30 min taken off, and 4 h.
        self.assertIn(["a", "-", "-", "-", "-", "-", "08:00-13:00",
                       "20:00-24:00", "8:30", "/", "8:30"], lines)
        self.assertIn(["b", "-", "-", "-", "-", "-", "20:00-24:00", "-",
                       "4:00", "/", "4:00"], lines)

    def test_report_in_french(self):
        said = self.run_cli("report", self.problem, self.plan, "--lang",
                            "fr").stdout
        self.assertIn("Planning des agents", said)

    def test_report_as_json(self):
        duties = self.run_json("report", self.problem, self.plan)["duties"]
        self.assertEqual([(d["employee"], d["date"], d["minutes"])
                          for d in duties],
                         [("a", MON, 270), ("a", "2026-10-25", 240),
                          ("b", MON, 240)])
        self.assertEqual(
            [(p["begin"], p["end"], p["what"]) for p in duties[0]["parts"]],
            [("08:00", "10:30", "children"), ("10:30", "11:00", "break"),
             ("11:00", "12:00", "children"), ("12:00", "13:00", "other")])


class Calendar(CliCase):
    def setUp(self):
        super().setUp()
        self.problem = self.write("p.json", crew())
        self.plan = self.write("plan.json", PLAN)

    def calendar(self, *asked):
        """The bytes, and the events as the parser has them."""
        done = subprocess.run(
            [PROGRAM, "ics", self.problem, self.plan, *asked],
            capture_output=True, check=True, env=quiet_environment())
        read = icalendar.Calendar.from_ical(done.stdout)
        return done.stdout, list(read.walk("VEVENT"))

    def test_one_event_a_duty(self):
        _, events = self.calendar("--employee", "a")
        self.assertEqual([str(e["SUMMARY"]) for e in events],
                         ["day", "late"])
        begin = events[0].decoded("DTSTART")
        self.assertEqual(begin, datetime.datetime(2026, 10, 24, 8,
                                                  tzinfo=PARIS))
        self.assertIn("10:30-11:00 break", events[0]["DESCRIPTION"])

    def test_midnight_is_the_next_day(self):
        _, events = self.calendar("--employee", "a")
        self.assertEqual(events[1].decoded("DTEND").replace(tzinfo=None),
                         datetime.datetime(2026, 10, 26))

    def test_a_structure_has_its_people(self):
        _, events = self.calendar("--structure", "s")
        # Two parts of the day with children, and two evenings.
        self.assertEqual(sorted(str(e["SUMMARY"]) for e in events),
                         ["a", "a", "a", "b"])

    def test_lines_are_short_and_end_as_they_must(self):
        text, events = self.calendar("--employee", "a", "--lang", "fr")
        lines = text.split(b"\r\n")
        self.assertEqual(lines[-1], b"")
        self.assertNotIn(b"\n", b"".join(lines))
        self.assertLessEqual(max(map(len, lines)), 75)
        self.assertIn("auprès des enfants", events[0]["DESCRIPTION"])

    def test_every_event_has_its_own_name(self):
        found = [str(e["UID"]) for who in (("--employee", "a"),
                                           ("--employee", "b"))
                 for e in self.calendar(*who)[1]]
        self.assertEqual(len(set(found)), 3)

    def test_a_file_is_written_and_the_bytes_are_the_same(self):
        out = self.path("a.ics")
        self.run_cli("ics", self.problem, self.plan, "--employee", "a", "-o",
                     out)
        with open(out, "rb") as file:
            self.assertEqual(file.read(), self.calendar("--employee", "a")[0])

    def test_wrong_calls(self):
        for asked in ((), ("--employee", "a", "--structure", "s"),
                      ("--employee", "nobody"), ("--structure", "t")):
            done = self.run_cli("ics", self.problem, self.plan, *asked,
                                status=2)
            self.assertIn("Maybe", done.stderr)


class Example(CliCase):
    def test_calendars_of_the_joint_creche_are_its_duties(self):
        problem = os.path.join(ROOT, "examples", "joint-creche.json")
        out = self.path("plan.json")
        self.run_cli("solve", problem, "--work-limit", "60k", "-o", out,
                     status=5)
        with open(out, encoding="utf-8") as file:
            duties = json.load(file)["duties"]
        self.assertGreater(len(duties), 20)
        for employee in {d["employee"] for d in duties}:
            done = self.run_cli("ics", problem, out, "--employee", employee)
            read = icalendar.Calendar.from_ical(done.stdout)
            self.assertEqual(
                [e.decoded("DTSTART").date().isoformat()
                 for e in read.walk("VEVENT")],
                sorted(d["date"] for d in duties
                       if d["employee"] == employee))


if __name__ == "__main__":
    unittest.main()
