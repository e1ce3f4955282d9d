# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of `ctgsched report` for people and as CSV, which Python's own
parser reads."""
import csv
import json
import os
import pathlib
import re
import unittest

from support import ROOT, CliCase, plan, request, town

# r1 and r3 are served on five days, r2 waits for the place of r1.
PLAN = plan("r1", "r3")


def wednesday():
    """Ids that begin with "-"; a Wednesday cap of 9 hours, by hand: 7:30 to
    18:30 is 11 slots, 8:00 to 17:20 touches those from 7:30 to 17:30."""
    return {
        "schema": "ctgsched/problem/1", "id": "wed",
        "horizon": {"first": "2026-09-30", "last": "2026-09-30"},
        "structures": [{
            "id": "-a", "kind": "acm", "places": 4,
            "sessions": [{"id": "mer", "kind": "mercredi", "when": [
                {"begin": "07:30", "end": "18:30"}]}]}],
        "children": [{"id": "-1", "birth": "2019-01-01"}],
        "requests": [{"id": "r1", "child": "-1", "options": [
            {"id": "o1", "structure": "-a",
             "when": [{"begin": "08:00", "end": "17:20"}]}]}]}


class Csv(CliCase):
    def setUp(self):
        super().setUp()
        self.problem = self.write("p.json", town())
        self.plan = self.write("plan.json", PLAN)

    def rows(self, folder, name):
        """Cells as the parser has them, names first."""
        with open(os.path.join(folder, name + ".csv"), encoding="utf-8",
                  newline="") as file:
            return list(csv.reader(file, delimiter=";", strict=True))

    def written(self, *more, problem=None, plan_file=None):
        folder = self.path("tables")
        said = self.run_cli("report", problem or self.problem,
                            plan_file or self.plan, "--csv", folder,
                            *more).stdout
        return folder, said

    def test_a_file_for_each_table_of_the_json(self):
        folder, said = self.written()
        self.assertEqual(said, f"19 tables written to {folder}\n")
        tables = self.run_json("report", self.problem, self.plan)["tables"]
        self.assertEqual(sorted(os.listdir(folder)),
                         sorted(name + ".csv" for name in tables))
        for name, its in tables.items():
            rows = self.rows(folder, name)
            self.assertEqual(len(rows), 1 + len(its), name)
            for row in rows:
                self.assertEqual(len(row), len(rows[0]), name)

    def test_hours_and_rates_have_two_decimals(self):
        folder, _ = self.written()
        self.assertEqual(self.rows(folder, "occupancy_week"), [
            ["structure", "week", "section", "present_hours",
             "capacity_hours", "rate_percent"],
            ["s1", "2026-W37", "", "35.00", "50.00", "70.00"]])
        self.assertEqual(self.rows(folder, "waiting")[1:], [
            ["1", "r2", "3", "o1", "s1", "places", "s1", "2026-09-07",
             "09:00"]])

    def test_minutes_are_rounded_to_hundredths_of_hours(self):
        # 09:00 to 09:50 on five days: 250 minutes are 4.1666 hours.
        problem = self.write("p.json", town([request(1, 5, "09:00",
                                                     "09:50")]))
        folder, _ = self.written(problem=problem,
                                 plan_file=self.write("q.json", plan("r1")))
        self.assertEqual(self.rows(folder, "contracts")[1],
                         ["c1", "s1", "4.17", "4.17", "100.00"])

    def test_french_has_decimal_commas_and_names(self):
        folder, _ = self.written("--csv-fr")
        self.assertEqual(self.rows(folder, "occupancy_week"), [
            ["structure", "semaine", "section", "présence (h)",
             "capacité (h)", "taux (%)"],
            ["s1", "2026-W37", "", "35,00", "50,00", "70,00"]])

    def test_every_column_has_a_french_name(self):
        def texts(name, macro):
            path = os.path.join(ROOT, "libctgsched", *name.split("/"))
            with open(path, encoding="utf-8") as file:
                return re.findall(rf'\b{macro}\("(\w+)"', file.read())
        self.assertEqual(sorted(texts("cli/columns.def", "COLUMN_TEXT")),
                         sorted({*texts("check/tables.def", "COLUMN"),
                                 *texts("check/compare.def", "COLUMN")}))

    def test_lines_end_as_the_standard_says(self):
        folder, _ = self.written()
        with open(os.path.join(folder, "hours.csv"), "rb") as file:
            data = file.read()
        self.assertEqual(data.count(b"\r\n"), data.count(b"\n"))
        self.assertEqual(data.count(b"\r\n"), 4)  # names, three kinds
        self.assertFalse(data.startswith(b"\xef\xbb\xbf"))

    def test_no_cell_is_a_formula(self):
        problem = self.write("w.json", wednesday())
        chosen = self.write("wp.json", plan("r1"))
        folder, _ = self.written(problem=problem, plan_file=chosen)
        self.assertEqual(self.rows(folder, "pso")[1:], [
            ["'-a", "2026-09", "peri", "1", "9.33", "10.00", "9.00"]])
        for name in os.listdir(folder):
            for row in self.rows(folder, name[:-4])[1:]:
                for cell in row:
                    self.assertNotRegex(cell, r"^([=+@\t\r]|-(?!\d))", name)
        mine = self.run_json("report", problem, chosen)["tables"]
        self.assertEqual(mine["pso"][0]["structure"], "-a")
        self.assertEqual(mine["contracts"][0]["child"], "-1")
        with open(os.path.join(folder, "contracts.csv"),
                  encoding="utf-8") as file:
            self.assertIn("'-1;'-a;", file.read())

    def test_files_are_replaced_and_the_bytes_are_the_same(self):
        def read(folder):
            return {path.name: path.read_bytes()
                    for path in pathlib.Path(folder).iterdir()}
        before = read(self.written()[0])
        self.assertEqual(len(before), 19)
        self.assertEqual(read(self.written()[0]), before)

    def test_json_beside_the_files(self):
        folder = self.path("tables")
        done = self.run_cli("report", self.problem, self.plan, "--csv", folder,
                            "--json")
        self.assertEqual(json.loads(done.stdout)["status"], "accepted")
        self.assertTrue(os.path.exists(os.path.join(folder, "pso.csv")))

    def test_a_folder_that_cannot_be_made(self):
        for folder in (self.path("plan.json/below"), self.plan,
                       self.path("no/such"), ""):
            done = self.run_cli("report", self.problem, self.plan, "--csv",
                                folder, status=1)
            self.assertEqual(done.stdout, "")
            self.assertIn("cannot make the folder", done.stderr)
            self.assertIn(folder or '""', done.stderr)

    def test_a_file_that_cannot_be_written_is_named(self):
        taken = self.path("tables/hours.csv")
        os.makedirs(taken)
        done = self.run_cli("report", self.problem, self.plan, "--csv",
                            self.path("tables"), status=1)
        self.assertEqual(done.stdout, "")
        self.assertIn(taken, done.stderr)
        self.assertIn("Maybe", done.stderr)
        self.assertFalse([name for name in os.listdir(self.path("tables"))
                          if name.startswith(".")])

    def test_french_without_a_folder_is_misuse(self):
        done = self.run_cli("report", self.problem, self.plan, "--csv-fr",
                            status=2)
        self.assertIn("--csv DIR", done.stderr)

    def test_a_broken_plan_has_tables(self):
        folder, _ = self.written(plan_file=self.write("b.json",
                                                      plan("r1", "r2")))
        peaks = self.rows(folder, "over_capacity_peaks")
        self.assertEqual(peaks[1], ["s1", "2026-09-07", "09:00", "12:00", "2",
                                    "1", "1"])
        self.assertEqual(len(peaks), 1 + 5)


class Text(CliCase):
    def said(self, problem, chosen, *more):
        return self.run_cli("report", self.write("p.json", problem),
                            self.write("plan.json", chosen), *more).stdout

    def test_waiting_list_says_what_binds(self):
        said = self.said(town(), PLAN)
        self.assertRegex(said, r"r2 .* points  places s1 2026-09-07 09:00\n")
        said = self.said(town(), plan("r1"))
        self.assertRegex(said, r"r3 .* points  nothing in the way\n")

    def test_waiting_without_options(self):
        said = self.said(town([request(1, 5), {**request(2, 3),
                                               "options": []}]), plan("r1"))
        self.assertRegex(said, r"r2 .* points  -\n")

    def test_peaks_and_head(self):
        said = self.said(town(), plan("r1", "r2"), "--head", "2")
        block = said[said.index("Over capacity (5)"):].splitlines()
        self.assertEqual(block[1].split(), ["structure", "date", "begin",
                                            "end", "present", "capacity",
                                            "excess"])
        self.assertEqual(block[2].split()[:4], ["s1", "2026-09-07", "09:00",
                                                "12:00"])
        self.assertIn("3 more", block[4])

    def test_tables_without_rows_are_left_out(self):
        said = self.said(town(), PLAN)
        for title in ("Agents' hours", "Declaration", "Guaranteed"):
            self.assertNotIn(title, said)

    def test_one_structure_alone(self):
        two = town([request(1, 5), request(2, 5, structure="s2")])
        two["structures"].append({**two["structures"][0], "id": "s2"})
        said = self.said(two, plan(), "--structure", "s2")
        block = said[said.index("Demand refused"):said.index("Waiting list")]
        self.assertIn("quarter hour (60)", block)
        self.assertNotIn("s1 ", block)

    def test_refused_demand_comes_largest_first(self):
        more = [request(k, 1, "10:00", "11:00") for k in (1, 2)]
        said = self.said(town([*more, request(3, 1, "09:00", "12:00")]),
                         plan(), "--head", "1")
        block = said[said.index("Demand refused"):].splitlines()
        self.assertEqual(block[2].split(), ["s1", "2026-09-07", "10:00", "3"])

    def test_french(self):
        said = self.said(wednesday(), plan("r1"), "--lang", "fr")
        self.assertIn("Heures de prestation de service, prévues (1)", said)
        self.assertIn("Séances où il manque du personnel (1)", said)
        self.assertRegex(said, r"-a +2026-09 +peri +1 +9,33 +10,00 +9,00")


if __name__ == "__main__":
    unittest.main()
