# SPDX-License-Identifier: GPL-3.0-or-later
"""bench/quality.csv says what the solver makes of fixed limits of work, and
bench/run --check notices when it is something else."""
import csv
import importlib.machinery
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = os.environ.get("CTG_BUILD", str(ROOT / "build"))
TABLE = ROOT / "bench" / "quality.csv"


def load():
    path = str(ROOT / "bench" / "run")
    loader = importlib.machinery.SourceFileLoader("bench_run", path)
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader("bench_run", loader))
    loader.exec_module(module)
    return module


def bench(*options):
    return subprocess.run(
        [sys.executable, str(ROOT / "bench" / "run"), "--build", BUILD,
         *options], capture_output=True, text=True, check=False)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Committed(unittest.TestCase):
    def test_the_table_is_what_the_solver_makes_today(self):
        done = bench("--check")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_table_has_every_case_and_no_bound_is_beaten(self):
        found = rows(TABLE)
        self.assertEqual(list(dict.fromkeys(r["case"] for r in found)),
                         list(load().QUALITY))
        least = {"shortage", "distance", "wishes", "staff_minutes"}
        for row in found:
            if row["bound"]:
                slack = int(row["bound"]) - int(row["value"])
                self.assertGreaterEqual(
                    -slack if row["goal"] in least else slack, 0, row)


class Noticed(unittest.TestCase):
    CASES = ("mercredi", "village")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.table = os.path.join(folder.name, "quality.csv")
        done = bench("--renew", "--quality", self.table, *self.CASES)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def change(self, field, to):
        found = rows(self.table)
        found[0][field] = to
        with open(self.table, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, found[0])
            writer.writeheader()
            writer.writerows(found)

    def test_each_field_is_compared(self):
        for field in ("status", "value", "bound", "work", "work_limit"):
            old = rows(self.table)[0][field]
            self.change(field, "7")
            with self.subTest(field=field):
                done = bench("--check", "--quality", self.table, "mercredi")
                self.assertEqual(done.returncode, 1)
                self.assertIn(f"mercredi points: {field} 7 -> {old}",
                              done.stdout)
                self.assertIn("--renew", done.stdout)
            self.change(field, old)

    def test_a_case_without_rows_is_noticed(self):
        done = bench("--check", "--quality", self.table, "clas-permanences")
        self.assertEqual(done.returncode, 1)
        self.assertIn("clas-permanences points: only in the run", done.stdout)

    def test_renewing_a_case_keeps_the_others(self):
        before = rows(self.table)
        self.change("value", "7")
        done = bench("--renew", "--quality", self.table, "mercredi")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(rows(self.table), before)

    def test_times_are_in_no_field(self):
        self.assertFalse({"seconds", "peak_mib"} & set(load().QUALITY_FIELDS))


if __name__ == "__main__":
    unittest.main()
