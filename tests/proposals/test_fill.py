# SPDX-License-Identifier: GPL-3.0-or-later
"""`ctgsched fill`: in the order of the waiting list exactly those whom the
second judge accepts, and in turn the sequence that it accepts."""
import random
import unittest

from support import BIN, SEEDS, Case, Drawn, goals_of, run
from test_offers import house


class Place:
    """A place as the command line asks for it, and whether an option takes
    it."""

    def __init__(self, case, draw):
        self.case = case
        self.freed = draw.choice(sorted(case.placed)) \
            if case.placed and draw.random() < 0.5 else None
        self.structure = draw.choice(sorted(case.problem.structures)) \
            if draw.random() < 0.5 else None
        self.begin, self.end = draw.choice(
            [(0, 1440), (0, 720), (720, 1440), (540, 541)])

    @property
    def options(self):
        asked = []
        if self.freed:
            asked += ["--freed", self.freed]
        if self.structure:
            asked += ["--structure", self.structure]
        if (self.begin, self.end) != (0, 1440):
            asked += ["--begin", self.clock(self.begin), "--end",
                      self.clock(self.end)]
        return asked

    @staticmethod
    def clock(minute):
        return f"{minute // 60:02}:{minute % 60:02}"

    def meets(self, presence):
        if self.structure and presence.structure != self.structure:
            return False
        if presence.begin >= self.end or presence.end <= self.begin:
            return False
        if not self.freed:
            return True
        gone = self.case.problem.requests[self.freed].options[
            self.case.placed[self.freed]]
        return any(presence.structure == p.structure and
                   presence.day == p.day and presence.begin < p.end and
                   p.begin < presence.end for p in gone.presences)

    def takes(self, request, name):
        option = self.case.problem.requests[request].options[name]
        return any(self.meets(p) for p in option.presences)


def waiting(case):
    return [row["request"] for row in case.with_moves({}).waiting]


def who_fits(case, place, before):
    """(request, option) of those who wait, with those moves made."""
    for request in waiting(case):
        if before.get(request):
            continue
        for name in case.ranked(request):
            if place.takes(request, name) and case.passes(
                    {**before, request: name}):
                yield request, name


class Truth(Drawn):
    def check_rows(self, case, told, before, in_turn):
        for row in told["fill"]:
            without = dict(before)
            before = {**before, row["request"]: row["option"]}
            for name, moves in (("before", without), ("after", before)):
                self.assertEqual([(g["name"], g[name]) for g in row["goals"]],
                                 goals_of(case.with_moves(moves)))
            before = before if in_turn else without

    def check_place(self, case, place):
        start = {place.freed: None} if place.freed else {}
        told = case.run_json("fill", *place.options)
        rows = [(row["request"], row["option"]) for row in told["fill"]]
        self.assertEqual(rows, list(who_fits(case, place, start)))
        self.check_rows(case, told, start, False)
        ranks = {row: k + 1 for k, row in enumerate(waiting(case))}
        for row in told["fill"]:
            self.assertEqual(row["rank"], ranks[row["request"]])
        return len(rows)

    def check_turns(self, case, place):
        before = {place.freed: None} if place.freed else {}
        told = case.run_json("fill", "--in-turn", *place.options)
        self.check_rows(case, told, before, True)
        rows = [(row["request"], row["option"]) for row in told["fill"]]
        expected = []
        while True:
            one = next(who_fits(case, place, before), None)
            if one is None:
                break
            expected.append(one)
            before = {**before, one[0]: one[1]}
        self.assertEqual(rows, expected)
        return len(rows)

    def test_places_of_drawn_problems(self):
        n_rows = n_turns = 0
        for seed in range(SEEDS):
            with self.subTest(seed=seed):
                case = self.case(seed)
                if case is None:
                    continue
                place = Place(case, random.Random(seed))
                n_rows += self.check_place(case, place)
                n_turns += self.check_turns(case, place)
        if SEEDS >= 100:
            self.assertGreater(n_rows, 50)
            self.assertGreater(n_turns, 30)


class ByHand(Drawn):
    def fill(self, value, placed, *options):
        case = Case(self.folder, value, placed)
        return [(row["rank"], row["request"], row["option"])
                for row in case.run_json("fill", *options)["fill"]]

    def text(self, value, placed, *options, status=0):
        case = Case(self.folder, value, placed)
        return run(BIN / "ctgsched", "fill", case.file, case.plan, *options,
                   status=status)

    def test_by_points_and_rank(self):
        self.assertEqual(self.fill(house(), {}), [
            (1, "r1", "o09"), (2, "r2", "o09"), (3, "r3", "o09"),
            (3, "r3", "o13")])

    def test_in_turn(self):
        self.assertEqual(self.fill(house(), {}, "--in-turn"),
                         [(1, "r1", "o09"), (3, "r3", "o13")])

    def test_a_place_given_up(self):
        self.assertEqual(self.fill(house(), {"r1": "o09", "r3": "o13"},
                                   "--freed", "r1"), [(1, "r2", "o09")])

    def test_only_that_place(self):
        self.assertEqual(self.fill(house(), {}, "--begin", "12:00"),
                         [(3, "r3", "o13")])
        self.assertEqual(self.fill(house(), {}, "--end", "09:00"), [])
        self.assertEqual(len(self.fill(house(), {}, "--date", "2026-09-08")),
                         4)

    def test_siblings_are_let_in_one_after_the_other(self):
        """Two children that come together or not at all: alone neither fits,
        so nobody takes the place."""
        value = house(2, siblings=[{"id": "g", "requests": ["r1", "r2"],
                                    "rule": "all_or_none"}])
        self.assertEqual(self.fill(value, {"r3": "o13"}, "--in-turn"), [])

    def test_enough_for_a_session(self):
        """One who comes makes room for the next: two open the session, but
        one alone does not, so that three places stay empty."""
        value = house(3)
        value["structures"][0]["sessions"] = [
            {"id": "m", "kind": "atelier", "min_children": 2,
             "when": [{"begin": "09:00", "end": "12:00"}]}]
        self.assertEqual(self.fill(value, {}), [(3, "r3", "o13")])
        # One of two gives up: only who comes in its place mends the group.
        self.assertEqual(self.fill(value, {"r1": "o09", "r2": "o09"},
                                   "--freed", "r1"), [(1, "r3", "o09")])

    def test_text(self):
        done = self.text(house(), {}, "--in-turn", "--lang", "fr")
        self.assertIn("Qui peut prendre la place", done.stdout)
        self.assertIn("points +5", done.stdout)
        done = self.text(house(), {}, "--end", "08:30")
        self.assertIn("nobody who waits", done.stdout)

    def test_bad_questions(self):
        for options in (("--structure", "x"), ("--freed", "r9"),
                        ("--freed", "r2"), ("--begin", "9"),
                        ("--begin", "12:00", "--end", "12:00"),
                        ("--date", "2026-12-24"),
                        ("--date", "2026-09-07", "--first", "2026-09-07"),
                        ("--first", "2026-09-08", "--last", "2026-09-07")):
            with self.subTest(options=options):
                done = self.text(house(), {"r1": "o09"}, *options, status=2)
                self.assertIn("Maybe", done.stderr)


if __name__ == "__main__":
    unittest.main()
