# SPDX-License-Identifier: GPL-3.0-or-later
"""The worked example that opens ctgsched.h compiles, links and plans."""
import json
import os
import re
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("CTG_BUILD", os.path.join(ROOT, "build"))
INCLUDE = os.path.join(ROOT, "libctgsched", "include")
MAIN = """
int main(int argc, char **argv) {
    return argc == 2 ? plan_town(argv[1]) : 99;
}
"""
TOWN = {
    "schema": "ctgsched/problem/1", "id": "t",
    "horizon": {"first": "2026-09-07", "last": "2026-09-07"},
    "structures": [{"id": "s", "kind": "other", "places": 1,
                    "hours": [{"begin": "08:00", "end": "18:00"}]}],
    "children": [{"id": "c", "birth": "2025-01-01"}],
    "requests": [{"id": "r", "child": "c", "options": [
        {"id": "o", "structure": "s",
         "when": [{"begin": "09:00", "end": "12:00"}]}]}]}


def example():
    """The indented lines of the comment from its #include to its last }."""
    with open(os.path.join(INCLUDE, "ctgsched.h"), encoding="utf-8") as file:
        text = file.read()
    begin = text.index(" *     #include <ctgsched.h>")
    end = text.index(" *     }\n", begin) + len(" *     }\n")
    return re.sub(r"(?m)^ \*(     )?", "", text[begin:end]) + MAIN


class Example(unittest.TestCase):
    def build(self, folder):
        program = os.path.join(folder, "example")
        library = os.path.join(BUILD, "lib")
        done = subprocess.run(
            ["gcc", "-x", "c", "-std=c99", "-Wall", "-Wextra", "-pedantic",
             "-Werror", "-I", INCLUDE, "-o", program, "-", "-L", library,
             "-lctgsched", f"-Wl,-rpath,{library}"],
            input=example(), text=True, capture_output=True, check=False)
        self.assertEqual(done.stderr, "")
        return program

    def test_example_plans_a_town_and_tells_a_fault(self):
        with tempfile.TemporaryDirectory() as folder:
            program = self.build(folder)
            good = subprocess.run([program, json.dumps(TOWN)], text=True,
                                  capture_output=True, check=False)
            bad = subprocess.run([program, "{\n]"], text=True,
                                 capture_output=True, check=False)
        self.assertEqual(good.returncode, 0, good.stderr)
        self.assertEqual(json.loads(good.stdout)["placements"],
                         [{"request": "r", "option": "o"}])
        self.assertEqual(bad.returncode, 3)  # CTG_ERR_INPUT
        self.assertRegex(bad.stderr, r"^2:\d+ ")
        self.assertEqual(bad.stdout, "")


if __name__ == "__main__":
    unittest.main()
