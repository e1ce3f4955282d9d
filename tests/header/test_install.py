# SPDX-License-Identifier: GPL-3.0-or-later
"""A stranger's program builds against the installed tree, by pkg-config and by
find_package, shared and static; the library exports what its headers declare
and holds nothing mutable."""
import os
import re
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
BUILD = os.environ.get("CTG_BUILD", os.path.join(ROOT, "build"))

PROGRAM = """#include <ctgsched_base.h>
#include <stdio.h>
int main(void) {
    puts(ctg_version());
    return ctg_status_text(CTG_OK) == NULL;
}
"""
PROJECT = """cmake_minimum_required(VERSION 3.13)
project(stranger C)
find_package(ctgsched 0.1 CONFIG REQUIRED)
add_executable(stranger main.c)
target_link_libraries(stranger PRIVATE ctgsched::ctgsched)
"""


def run(*command, **more):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout.strip()


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.prefix = os.path.join(cls.folder.name, "prefix")
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.libs = next(folder for folder, _, names in os.walk(cls.prefix)
                        if "libctgsched.so" in names)
        cls.source = os.path.join(cls.folder.name, "main.c")
        with open(cls.source, "w", encoding="utf-8") as file:
            file.write(PROGRAM)
        cls.env = dict(os.environ, LD_LIBRARY_PATH=cls.libs,
                       PKG_CONFIG_PATH=os.path.join(cls.libs, "pkgconfig"))

    def test_pkg_config_shared_runs(self):
        flags = run("pkg-config", "--cflags", "--libs", "ctgsched",
                    env=self.env).split()
        program = os.path.join(self.folder.name, "shared")
        run("gcc", self.source, "-o", program, *flags)
        self.assertEqual(run(program, env=self.env), "0.1.0")

    def test_pkg_config_static_runs(self):
        flags = run("pkg-config", "--cflags", "--libs", "--static", "ctgsched",
                    env=self.env).split()
        flags = ["-l:libctgsched.a" if f == "-lctgsched" else f for f in flags]
        program = os.path.join(self.folder.name, "static")
        run("gcc", self.source, "-o", program, *flags)
        self.assertEqual(run(program), "0.1.0")

    def test_find_package_runs(self):
        folder = os.path.join(self.folder.name, "project")
        os.makedirs(folder)
        with open(os.path.join(folder, "main.c"), "w",
                  encoding="utf-8") as file:
            file.write(PROGRAM)
        with open(os.path.join(folder, "CMakeLists.txt"), "w",
                  encoding="utf-8") as file:
            file.write(PROJECT)
        out = os.path.join(folder, "out")
        run("cmake", "-S", folder, "-B", out, "-G", "Ninja",
            "-DCMAKE_PREFIX_PATH=" + self.prefix)
        run("cmake", "--build", out)
        self.assertEqual(run(os.path.join(out, "stranger")), "0.1.0")

    def test_installed_program_finds_its_library(self):
        program = os.path.join(self.prefix, "bin", "ctgsched")
        if not os.path.exists(program):
            self.skipTest("no program yet")
        self.assertNotIn("not found", run("ldd", program))

    def test_each_program_has_a_page_that_names_its_options(self):
        programs = sorted(os.listdir(os.path.join(self.prefix, "bin")))
        self.assertEqual(programs, ["ctgsched", "ctgsched-generate",
                                    "ctgsched-verify"])
        for name in programs:
            told = run(os.path.join(self.prefix, "bin", name), "--help")
            page = os.path.join(self.prefix, "share", "man", "man1",
                                name + ".1")
            with open(page, encoding="utf-8") as file:
                text = re.sub(r"\\(f[BIR])?", "", file.read())
            named = set(re.findall(r"(?:--|Fl Fl )([a-z-]+)", text))
            self.assertLessEqual(
                set(re.findall(r"(?<!\S)--([a-z-]+)", told)), named, name)

    def test_exports_are_what_the_headers_declare(self):
        declared = set()
        include = os.path.join(ROOT, "libctgsched", "include")
        for name in os.listdir(include):
            with open(os.path.join(include, name), encoding="utf-8") as file:
                text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
            declared |= set(re.findall(r"\bCTG_API\b[^;(]*?\b(ctg_\w+)\s*\(",
                                       text))
        table = run("nm", "-D", "--defined-only",
                    os.path.join(self.libs, "libctgsched.so"))
        exported = {line.split()[-1].split("@")[0]
                    for line in table.splitlines() if " A " not in line}
        self.assertEqual(exported, declared)

    def test_library_has_no_mutable_data(self):
        sizes = run("size", "-A", os.path.join(self.libs, "libctgsched.a"))
        member, mutable = "", []
        for line in sizes.splitlines():
            words = line.split()
            if line.endswith("):") or "(ex " in line:
                member = words[0]
            elif words and re.fullmatch(r"\.t?(data|bss)(\.(?!rel\.ro).*)?",
                                        words[0]) and int(words[1]) > 0:
                mutable.append(f"{member} {words[0]} {words[1]}")
        self.assertEqual(mutable, [])


if __name__ == "__main__":
    unittest.main()
