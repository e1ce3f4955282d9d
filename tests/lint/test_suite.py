# SPDX-License-Identifier: GPL-3.0-or-later
"""The sum at the end of tests/run must not hide a failure."""
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import suite  # noqa: E402


class Counting(unittest.TestCase):
    def test_cmocka_words_are_counted(self):
        self.assertEqual(suite.cases_of(
            "[==========] Running 3 test(s).\n[ RUN      ] a_b\n"
            "[==========] 3 test(s) run.\n[  PASSED  ] 2 test(s).\n"
            "[  FAILED  ] 1 test(s), listed below:\n[  FAILED  ] a_b\n\n"
            " 1 FAILED TEST(S)\n"), (2, 1))

    def test_closing_line_is_counted(self):
        self.assertEqual(suite.cases_of("x\n7 passed, 2 failed\n"), (7, 2))

    def test_silence_is_nothing(self):
        self.assertEqual(suite.cases_of("Segmentation fault\n"), (0, 0))


class PythonFiles(unittest.TestCase):
    def run_source(self, source):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "test_x.py"), "w",
                      encoding="utf-8") as file:
                file.write("import os, unittest\n"
                           "class X(unittest.TestCase):\n" + source)
            return suite.run_python(folder, folder, "test_x")[:2]

    def test_each_outcome_is_counted_once(self):
        self.assertEqual(self.run_source(
            "  def test_a(self): pass\n"
            "  def test_b(self): self.fail()\n"
            "  def test_c(self): raise OSError\n"
            "  def test_d(self): self.skipTest('x')\n"), (1, 2))

    def test_file_that_does_not_load_fails(self):
        self.assertEqual(self.run_source("  syntax error\n"), (0, 1))

    def test_file_without_tests_fails(self):
        self.assertEqual(self.run_source("  pass\n"), (0, 1))

    def test_file_that_dies_fails(self):
        self.assertEqual(self.run_source(
            "  def test_a(self): os._exit(3)\n"), (0, 1))


if __name__ == "__main__":
    unittest.main()
