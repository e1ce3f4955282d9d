# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions, structs and enums of the library are those that
tests/abi/ctgsched.abi has on record (renewed by tests/abi/record)."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import door
from test_exports import promised


class Abi(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.found = os.path.join(self.folder, "found")

    def compared(self, **changed):
        door.write_abi(self.found, self.folder, **changed)
        return door.compared(door.RECORDED, self.found)

    def test_it_is_the_recorded_one(self):
        _, said = self.compared()
        self.assertEqual(said, "", "Maybe run tests/abi/record.")

    def test_the_record_has_what_is_exported(self):
        with open(door.RECORDED, encoding="utf-8") as file:
            names = re.findall(r"<elf-symbol name='(\w+)'", file.read())
        self.assertEqual(sorted(names), promised())

    # What the check must notice; else it could not fail.

    def changed_header(self, name, old, new):
        include = os.path.join(self.folder, "include")
        shutil.copytree(door.INCLUDE, include)
        path = os.path.join(include, name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(text.count(old), 1)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))
        return self.compared(include=include)

    def is_harm(self, compared, word):
        is_more, said = compared
        self.assertFalse(is_more)
        self.assertIn(word, said)

    def test_a_struct_that_grows_in_its_middle_harms(self):
        self.is_harm(self.changed_header(
            "ctgsched_report.h", "    int32_t n_columns;",
            "    int32_t more;\n    int32_t n_columns;"), "ctg_table")

    def test_a_struct_that_may_grow_at_its_end_harms_nobody(self):
        _, said = self.changed_header(
            "ctgsched_solver.h", "    double seconds; /**< since",
            "    double seconds, more; /**< since")
        self.assertEqual(said, "")

    def test_a_word_of_an_enum_with_another_number_harms(self):
        self.is_harm(self.changed_header(
            "ctgsched_base.h", "CTG_ERR_IO = 9", "CTG_ERR_IO = 10"),
                     "ctg_status")

    def test_a_function_that_is_gone_harms(self):
        self.is_harm(self.compared(no_more=["ctg_version"]), "ctg_version")

    def test_a_function_that_is_new_harms_nobody(self):
        door.write_abi(self.found, self.folder, no_more=["ctg_version"])
        is_more, said = door.compared(self.found, door.RECORDED)
        self.assertTrue(is_more)
        self.assertIn("ctg_version", said)

    def test_another_soname_harms(self):
        self.is_harm(self.compared(soname="libctgsched.so.1"), "SONAME")


class Record(unittest.TestCase):
    def test_it_takes_no_other_words(self):
        done = subprocess.run([os.path.join(door.HERE, "record"), "--brake"],
                              text=True, capture_output=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--anyway", done.stdout)


if __name__ == "__main__":
    unittest.main()
