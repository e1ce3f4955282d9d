# SPDX-License-Identifier: GPL-3.0-or-later
"""`ctgsched compare`: goals, who gains and loses, hours and what binds, counted
again from the plans."""
import copy
import csv
import json
import pathlib
import unittest

from support import BIN, SEEDS, Case, Drawn, goals_of, run
from test_offers import house


def minutes(clock):
    return int(clock[:2]) * 60 + int(clock[3:])


def bound_minutes(verdict):
    """(structure, what binds): minutes, from the second judge's coverage."""
    found = {}
    for row in verdict.coverage:
        for one in row["intervals"]:
            key = row["structure"], one["binds"]
            found[key] = found.get(key, 0) + minutes(one["end"]) - minutes(
                one["begin"])
    return found


class Compared(Drawn):
    def sides(self, *cases):
        """Each side in a folder of its own: a, b, ..."""
        pairs = []
        for letter, (value, placed, duties) in zip("abcd", cases):
            folder = pathlib.Path(self.folder) / letter
            folder.mkdir(exist_ok=True)
            case = Case(folder, value, placed, duties)
            pairs.append(f"{case.file}={case.plan}")
        return pairs

    def tables(self, *cases):
        told = json.loads(run(BIN / "ctgsched", "compare",
                              *self.sides(*cases), "--json").stdout)
        self.assertEqual(told["schema"], "ctgsched/compare-result/1")
        return [side["side"] for side in told["sides"]], told["tables"]


class Truth(Compared):
    def check_binds(self, rows, verdicts):
        for side, verdict in verdicts.items():
            expected = bound_minutes(verdict)
            for row in rows:
                if row["side"] != side:
                    continue
                per = {what: expected.get((row["structure"], what), 0)
                       for what in ("seats", "staff", "none")}
                self.assertEqual(
                    (row["seats_minutes"], row["staff_minutes"],
                     row["open_minutes"]),
                    (per["seats"], per["staff"], sum(per.values())))
            self.assertEqual({row["structure"] for row in rows
                              if row["side"] == side},
                             {structure for structure, _ in expected})

    def test_drawn_plans(self):
        n_moves = 0
        for seed in range(SEEDS // 2):
            case = self.case(seed)
            if case is None:
                continue
            with self.subTest(seed=seed):
                fewer = dict(list(case.placed.items())[1:])
                names, tables = self.tables((case.value, fewer, []),
                                            (case.value, case.placed, []))
                verdicts = dict(zip(names, (
                    Case(self.folder, case.value, fewer).with_moves({}),
                    case.with_moves({}))))
                for side, verdict in verdicts.items():
                    self.assertEqual([(row["goal"], row["value"])
                                      for row in tables["goals"]
                                      if row["side"] == side],
                                     goals_of(verdict))
                self.check_binds(tables["binds"], verdicts)
                self.assertEqual(
                    [(row["request"], row["change"], row["to_option"])
                     for row in tables["requests"]],
                    [(r, "gained", o) for r, o in case.placed.items()
                     if r not in fewer])
                n_moves += len(tables["requests"])
        self.assertGreater(n_moves, SEEDS // 8)


class ByHand(Compared):
    def test_one_place_more(self):
        names, tables = self.tables(
            (house(1), {"r1": "o09", "r3": "o13"}, []),
            (house(2), {"r1": "o09", "r2": "o09", "r3": "o13"}, []),
            (house(1), {"r3": "o09"}, []))
        goals = {(row["side"], row["goal"]): row for row in tables["goals"]}
        self.assertEqual(
            [(goals[side, "points"]["value"],
              goals[side, "points"]["difference"],
              goals[side, "points"]["better"]) for side in names],
            [(7, None, None), (10, 3, "better"), (2, -5, "worse")])
        self.assertEqual(
            [(names.index(row["side"]), row["request"], row["change"],
              row["from_option"], row["to_option"])
             for row in tables["requests"]],
            [(1, "r2", "gained", None, "o09"), (2, "r1", "lost", "o09", None),
             (2, "r3", "moved", "o13", "o09")])
        self.assertEqual(
            [(names.index(row["side"]), row["seats_minutes"],
              row["staff_minutes"], row["binds"]) for row in tables["binds"]],
            [(0, 2 * 420, 0, "seats"), (1, 2 * 180, 0, "seats"),
             (2, 2 * 180, 0, "seats")])

    def team(self, *ids):
        return {**house(2), "shifts": [
            {"id": "day", "structure": "s", "segments": [
                {"begin": "08:00", "end": "18:00"}]},
            {"id": "am", "structure": "s", "segments": [
                {"begin": "08:00", "end": "12:00"}]}],
            "employees": [{"id": one, "qualifications": [
                {"category": "cat1"}]} for one in ids]}

    def test_agents_and_hours(self):
        def duty(employee, shift, day="07"):
            return {"employee": employee, "date": f"2026-09-{day}",
                    "shift": shift}

        names, tables = self.tables(
            (self.team("e1", "e2", "e4"), {},
             [duty("e1", "am"), duty("e2", "day"), duty("e4", "am")]),
            (self.team("e1", "e3", "e4"), {},
             [duty("e1", "day"), duty("e3", "am", "08"),
              duty("e4", "am", "08")]))
        self.assertEqual(
            [(row["employee"], row["change"], row["worked_minutes"],
              row["difference_minutes"]) for row in tables["employees"]],
            [("e1", "more", 600, 360), ("e2", "gone", 0, -600),
             ("e3", "new", 240, 240)])
        self.assertEqual(
            [(row["duties"], row["worked_minutes"], row["counted_minutes"],
              row["difference_minutes"]) for row in tables["staff"]],
            [(3, 1080, 1080, None), (3, 1080, 1080, 0)])
        self.assertEqual(len(names), 2)

    def two(self):
        return self.sides((house(1), {"r1": "o09"}, []),
                          (house(2), {"r1": "o09", "r2": "o09"}, []))

    def test_text(self):
        text = run(BIN / "ctgsched", "compare", *self.two()).stdout
        self.assertIn("Goals side by side", text)
        self.assertRegex(text, r"r2 +gained")
        text = run(BIN / "ctgsched", "compare", *self.two(), "--lang", "fr",
                   "--head", "1").stdout
        self.assertIn("Ce qui limite", text)
        self.assertIn("de plus", text)

    def test_csv(self):
        folder = pathlib.Path(self.folder) / "tables"
        run(BIN / "ctgsched", "compare", *self.two(), "--csv", folder,
            "--csv-fr")
        self.assertEqual(sorted(p.name for p in folder.iterdir()),
                         ["binds.csv", "employees.csv", "goals.csv",
                          "requests.csv", "staff.csv"])
        with open(folder / "requests.csv", encoding="utf-8",
                  newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        self.assertEqual([(row["demande"], row["changement"])
                          for row in rows], [("r2", "gained")])

    def test_one_problem_twice_goes_by_its_plans(self):
        case = Case(self.folder, house(1), {"r1": "o09"})
        other = case.write("other.json", case.plan_of({"r2": "o09"}))
        told = json.loads(run(
            BIN / "ctgsched", "compare", f"{case.file}={case.plan}",
            f"{case.file}={other}", "--json").stdout)
        self.assertEqual([side["side"] for side in told["sides"]],
                         [str(case.plan), str(other)])

    def test_goals_that_the_base_was_not_asked_for(self):
        value = copy.deepcopy(house(1))
        value["policy"] = "by_points"
        names, tables = self.tables((house(1), {"r1": "o09"}, []),
                                    (value, {"r1": "o09"}, []))
        (envy,) = [row for row in tables["goals"] if row["goal"] == "envy"]
        self.assertEqual((envy["side"], envy["difference"], envy["better"]),
                         (names[1], None, None))

    def test_bad_operands(self):
        first, second = self.two()
        for operands in ((first,), (first, "nothing"),
                         (first, second, "--csv-fr")):
            with self.subTest(operands=operands):
                done = run(BIN / "ctgsched", "compare", *operands, status=2)
                self.assertIn("Maybe", done.stderr)


if __name__ == "__main__":
    unittest.main()
