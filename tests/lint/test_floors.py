# SPDX-License-Identifier: GPL-3.0-or-later
"""The lint must see red: each test plants one fault in a small tree."""
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import floors  # noqa: E402

SPDX = "// SPDX-License-Identifier: GPL-3.0-or-later\n"


class Planted(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.plant("libctgsched/base/arena.h", "int a;\n")
        self.plant("libctgsched/base/arena.c",
                   '#include "base/arena.h"\nvoid *p = malloc(1);\n')
        self.plant("libctgsched/model/plan.h", '#include "base/arena.h"\n')
        self.plant("libctgsched/check/check.h", '#include "model/plan.h"\n')
        self.plant("libctgsched/lp/lp.h", '#include "base/arena.h"\n')
        self.plant("libctgsched/lp/glpk.c", "#include <glpk.h>\n")
        self.plant("libctgsched/solve/solve.h",
                   '#include "lp/lp.h"\n#include "check/check.h"\n')
        self.plant("libctgsched/include/ctgsched.h", "int c;\n")

    def plant(self, path, text, spdx=SPDX):
        full = os.path.join(self.folder.name, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(spdx + text)

    def faults(self):
        return floors.Lint(self.folder.name).run()

    def assert_one_fault(self, *words):
        found = self.faults()
        self.assertEqual(len(found), 1, found)
        for word in words:
            self.assertIn(word, found[0])

    def test_clean_tree_has_no_fault(self):
        self.assertEqual(self.faults(), [])

    def test_upward_include_is_red(self):
        self.plant("libctgsched/model/up.c", '\n#include "solve/solve.h"\n')
        self.assert_one_fault("model/up.c:3", "model must not see solve")

    def test_upward_include_by_relative_path_is_red(self):
        self.plant("libctgsched/base/up.c", '#include "../model/plan.h"\n')
        self.assert_one_fault("base/up.c:2", "base must not see model")

    def test_upward_include_of_a_missing_file_is_red(self):
        self.plant("libctgsched/base/up.c", '#include "api/none.h"\n')
        self.assert_one_fault("base must not see api")

    def test_sideways_include_is_red(self):
        self.plant("libctgsched/io/side.c", '#include "check/check.h"\n')
        self.assert_one_fault("io must not see check")

    def test_lp_does_not_see_model(self):
        self.plant("libctgsched/lp/side.c", '#include "model/plan.h"\n')
        self.assert_one_fault("lp must not see model")

    def test_check_does_not_see_solve(self):
        self.plant("libctgsched/check/up.c", '#include "solve/solve.h"\n')
        self.assert_one_fault("check must not see solve")

    def test_program_on_the_inside_is_red(self):
        self.plant("libctgsched/cli/main.c", '#include "base/arena.h"\n')
        self.assert_one_fault("cli must not see base")

    def test_public_header_from_any_floor_is_fine(self):
        self.plant("libctgsched/base/x.c", '#include "ctgsched.h"\n')
        self.plant("libctgsched/cli/x.c", "#include <ctgsched.h>\n")
        self.assertEqual(self.faults(), [])

    def test_include_in_a_comment_is_no_include(self):
        self.plant("libctgsched/base/x.c", '/*\n#include "lp/lp.h"\n*/\n')
        self.assertEqual(self.faults(), [])

    def test_second_glpk_file_is_red(self):
        self.plant("libctgsched/lp/two.c", "#include <glpk.h>\n")
        self.assert_one_fault("<glpk.h> is in 2 files of lp")

    def test_glpk_outside_lp_is_red(self):
        self.plant("libctgsched/solve/x.c", "#include <glpk.h>\n")
        self.assert_one_fault("<glpk.h> has no door in solve")

    def test_jansson_in_model_is_red(self):
        self.plant("libctgsched/model/x.c", "#include <jansson.h>\n")
        self.assert_one_fault("<jansson.h> has no door in model")

    def test_jansson_in_two_files_of_cli_is_red(self):
        self.plant("libctgsched/cli/x.c", "#include <jansson.h>\n")
        self.plant("libctgsched/cli/y.c", "#include <jansson.h>\n")
        self.assert_one_fault("<jansson.h> is in 2 files of cli")

    def test_pthread_outside_thread_is_red(self):
        self.plant("libctgsched/solve/x.c", "#include <pthread.h>\n")
        self.assert_one_fault("base/thread.h")

    def test_malloc_outside_arena_is_red(self):
        self.plant("libctgsched/io/x.c", "\nvoid f(void) { free(p); }\n")
        self.assert_one_fault("io/x.c:3", "free")

    def test_member_named_free_is_fine(self):
        self.plant("libctgsched/io/x.c", "f(a->free(p), json_free(p));\n")
        self.assertEqual(self.faults(), [])

    def test_printing_library_is_red(self):
        self.plant("libctgsched/solve/x.c", 'f() { printf("x"); }\n')
        self.assert_one_fault("printf")

    def test_word_printf_in_text_is_fine(self):
        self.plant("libctgsched/solve/x.c",
                   '/* printf(x) */ s = "exit(1)"; arena_printf(m);\n')
        self.assertEqual(self.faults(), [])

    def test_missing_licence_line_is_red(self):
        self.plant("libctgsched/model/x.c", "int x;\n", spdx="")
        self.assert_one_fault("SPDX")

    def test_knot_of_modules_is_red(self):
        self.plant("libctgsched/model/one.h", '#include "model/two.h"\n')
        self.plant("libctgsched/model/two.c", '#include "model/three.h"\n')
        self.plant("libctgsched/model/two.h", "int t;\n")
        self.plant("libctgsched/model/three.h", '#include "model/one.h"\n')
        self.assert_one_fault("knot", "model/one", "model/two", "model/three")


if __name__ == "__main__":
    unittest.main()
