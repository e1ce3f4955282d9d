# SPDX-License-Identifier: GPL-3.0-or-later
"""examples/c builds against an install by find_package and by pkg-config, as
C99, C17 and C++17, and each program does what it says."""
import glob
import os
import signal
import subprocess
import unittest

from installed import ROOT, Installed, run

EXAMPLES = os.path.join(ROOT, "examples", "c")
PROJECT = """cmake_minimum_required(VERSION 3.13)
project(stranger C CXX)
find_package(ctgsched 0.1 CONFIG REQUIRED)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBUV REQUIRED IMPORTED_TARGET libuv)
foreach(source IN LISTS SOURCES)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  set_source_files_properties(${source} PROPERTIES LANGUAGE ${AS})
  target_link_libraries(${name} PRIVATE
    ctgsched::ctgsched PkgConfig::LIBUV Threads::Threads)
endforeach()
"""
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
# dialect: compiler, its words, CMake's language and standard
DIALECTS = {
    "c99": ("gcc", ["-x", "c", "-std=c99"], "C", "99"),
    "c17": ("gcc", ["-x", "c", "-std=c17"], "C", "17"),
    "cxx17": ("g++", ["-x", "c++", "-std=c++17"], "CXX", "17"),
}


def example(name):
    return os.path.join(ROOT, "examples", name + ".json")


COMMUNE, CRECHE = example("commune"), example("joint-creche")
LOOP = "04_event_loop"
# Of each example, runs: what it is given, and what it then says.
RUNS = {
    "01_allocate": [([COMMUNE], r"(?s)feasible: \d+ placed, \d+ waiting\n.*"
                                r'points +\d+ .*"schema": "ctgsched/plan/1"')],
    "02_check": [([], r"refused\n +places: .*1 too many.*\naccepted")],
    "03_roster": [([CRECHE], r"(?s)a0001 2026-09-07  420 min: \d\d:\d\d-.*"
                             r"is the limit for \d+ minutes")],
    LOOP: [([CRECHE, "1"], r"^(\w+ \d+\n)*planned: \d+ placed$")],
    "05_two_threads": [([CRECHE, example("joint-creche-morning")],
                        r"(?s)shortage +0 -> +0 .*hours +\d+ -> +\d+ ")],
    "06_allocator": [([COMMUNE, "100"], r"planned with at most \d+ KiB\n"
                                        r"0 bytes left behind"),
                     ([COMMUNE, "5"], "out of memory\n0 bytes left behind")],
    "07_replan": [([CRECHE, example("joint-creche-morning"), "0"],
                   r"(?s)child e90001: none -> morning\n.*"
                   r"agent a0003, 2026-09-09: s001-\d+ -> none\n.*"
                   r"changes beyond the floor plan: 0\n")],
}


def examples():
    return sorted(os.path.splitext(os.path.basename(path))[0]
                  for path in glob.glob(os.path.join(EXAMPLES, "*.c")))


class Examples(Installed):
    def says_what_it_should(self, program):
        for given, words in RUNS[os.path.basename(program)]:
            self.assertRegex(run(program, *given, env=self.env), words)

    def test_each_is_numbered_short_and_run(self):
        self.assertEqual(examples(), sorted(RUNS))
        for name in examples():
            self.assertRegex(name, r"^\d\d_[a-z_]+$")
            with open(os.path.join(EXAMPLES, name + ".c"),
                      encoding="utf-8") as file:
                self.assertLessEqual(len(file.readlines()),
                                     130 if name == LOOP else 85, name)

    def built_by_pkg_config(self, dialect):
        compiler, words, _, _ = DIALECTS[dialect]
        folder = self.path(dialect)
        os.makedirs(folder)
        for name in examples():
            program = os.path.join(folder, name)
            run(compiler, *words, *STRICT,
                os.path.join(EXAMPLES, name + ".c"), "-o", program,
                *self.pkg_config(*["libuv"] * (name == LOOP)), "-pthread")
            self.says_what_it_should(program)

    def test_pkg_config_c99(self):
        self.built_by_pkg_config("c99")

    def test_pkg_config_c17(self):
        self.built_by_pkg_config("c17")
        self.stops_at_ctrl_c(self.path(os.path.join("c17", LOOP)))

    def test_pkg_config_cxx17(self):
        self.built_by_pkg_config("cxx17")

    def stops_at_ctrl_c(self, program):
        """Not at its limit, an hour; line by line, so that it is heard."""
        with subprocess.Popen(
                ["stdbuf", "-oL", program, CRECHE, "3600"], env=self.env,
                text=True, stdout=subprocess.PIPE) as process:
            self.assertRegex(process.stdout.readline(), r"^\w+ \d+$")
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=120)
        self.assertRegex(said, r"planned: \d+ placed\n$")
        self.assertEqual(process.returncode, 0)

    def configured(self, source, out, *words, **more):
        """Builds all and runs one: what they do is not the build's affair."""
        said = run("cmake", "-S", source, "-B", out, "-G", "Ninja",
                   "-DCMAKE_PREFIX_PATH=" + self.prefix, *words, **more)
        run("cmake", "--build", out, "-j1")
        self.says_what_it_should(os.path.join(out, "02_check"))
        return said, [name for name in examples()
                      if os.path.exists(os.path.join(out, name))]

    def own(self, out, **more):
        return self.configured(
            os.path.join(self.prefix, "share/doc/ctgsched/examples"),
            self.path(out), "-DCMAKE_C_FLAGS=" + " ".join(STRICT), **more)

    def test_their_own_project_builds_where_it_is_installed(self):
        _, built = self.own("own")
        self.assertEqual(built, examples())

    def test_their_own_project_builds_without_libuv_and_says_so(self):
        said, built = self.own(
            "poor", env=dict(os.environ, PKG_CONFIG_LIBDIR=self.path("none")))
        self.assertIn(LOOP + " is left out", said)
        self.assertEqual(built, [name for name in examples() if name != LOOP])

    def built_by_find_package(self, dialect):
        _, _, language, standard = DIALECTS[dialect]
        source = self.path("cmake-" + dialect)
        os.makedirs(source)
        with open(os.path.join(source, "CMakeLists.txt"), "w",
                  encoding="utf-8") as file:
            file.write(PROJECT)
        sources = ";".join(os.path.join(EXAMPLES, name + ".c")
                           for name in examples())
        _, built = self.configured(
            source, os.path.join(source, "out"), "-DSOURCES=" + sources,
            "-DAS=" + language, f"-DCMAKE_{language}_STANDARD={standard}",
            f"-DCMAKE_{language}_EXTENSIONS=OFF",
            f"-DCMAKE_{language}_FLAGS=" + " ".join(STRICT))
        self.assertEqual(built, examples())

    def test_find_package_c99(self):
        self.built_by_find_package("c99")

    def test_find_package_c17(self):
        self.built_by_find_package("c17")

    def test_find_package_cxx17(self):
        self.built_by_find_package("cxx17")


if __name__ == "__main__":
    unittest.main()
