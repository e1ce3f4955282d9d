# SPDX-License-Identifier: GPL-3.0-or-later
"""What the library exports, what tests/abi/exports.txt promises, and what the
public headers declare are one list."""
import os
import re
import subprocess
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("CTG_BUILD", os.path.join(ROOT, "build"))
INCLUDE = os.path.join(ROOT, "libctgsched", "include")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
DECLARATION = re.compile(r"CTG_API\s[^;{]*?\b(ctg_\w+)\s*\(", re.S)


def promised():
    with open(os.path.join(HERE, "exports.txt"), encoding="utf-8") as file:
        return [line.strip() for line in file
                if line.strip() and not line.startswith("#")]


def declared():
    names = []
    for header in sorted(os.listdir(INCLUDE)):
        with open(os.path.join(INCLUDE, header), encoding="utf-8") as file:
            names += DECLARATION.findall(COMMENT.sub("", file.read()))
    return sorted(names)


def exported():
    library = os.path.join(BUILD, "lib", "libctgsched.so")
    table = subprocess.run(["nm", "-D", "--defined-only", library], check=True,
                           text=True, capture_output=True).stdout
    # The version node CTGSCHED_0 is an absolute symbol, no function.
    return sorted(line.split()[-1].split("@")[0]
                  for line in table.splitlines() if " A " not in line)


class Exports(unittest.TestCase):
    maxDiff = None

    def test_promise_is_sorted_and_unique(self):
        self.assertEqual(promised(), sorted(set(promised())))

    def test_headers_declare_what_is_promised(self):
        self.assertEqual(declared(), promised())

    def test_library_exports_what_is_promised(self):
        self.assertEqual(exported(), promised())


if __name__ == "__main__":
    unittest.main()
