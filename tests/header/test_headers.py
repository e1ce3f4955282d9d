# SPDX-License-Identifier: GPL-3.0-or-later
"""Each public header compiles alone, as C99 and as C++11, without a warning."""
import os
import subprocess
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
INCLUDE = os.path.join(HERE, "..", "..", "libctgsched", "include")
DIALECTS = {
    "c99": ["gcc", "-x", "c", "-std=c99", "-Wstrict-prototypes"],
    "c17": ["gcc", "-x", "c", "-std=c17", "-Wstrict-prototypes"],
    "cxx11": ["g++", "-x", "c++", "-std=c++11", "-Wold-style-cast"],
}


class Headers(unittest.TestCase):
    maxDiff = None


def compiles(header, command):
    def test(self):
        # Twice: the guard must hold. No other include: it must stand alone.
        source = f'#include "{header}"\n#include "{header}"\n' \
                 "int main(void) { return 0; }\n"
        done = subprocess.run(
            command + ["-pedantic", "-Wall", "-Wextra", "-Wshadow", "-Wundef",
                       "-Werror", "-fsyntax-only", "-I", INCLUDE, "-"],
            input=source, text=True, capture_output=True, check=False)
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.returncode, 0)
    return test


for name in sorted(os.listdir(INCLUDE)):
    for dialect, command in DIALECTS.items():
        if name.endswith(".h"):
            setattr(Headers, f"test_{name[:-2]}_alone_as_{dialect}",
                    compiles(name, command))

if __name__ == "__main__":
    unittest.main()
