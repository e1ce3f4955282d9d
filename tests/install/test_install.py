# SPDX-License-Identifier: GPL-3.0-or-later
"""What `cmake --install` puts: three components, no file beside them; examples/c
builds against it by find_package and by pkg-config as C99, C17 and C++17, and
runs; uninstalling leaves no file. The library exports what its headers declare
and holds nothing mutable."""
import glob
import os
import re
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("CTG_BUILD", os.path.join(ROOT, "build"))
EXAMPLES = os.path.join(ROOT, "examples", "c")

PROGRAM = """#include <ctgsched_base.h>
#include <stdio.h>
int main(void) {
    puts(ctg_version());
    return ctg_status_text(CTG_OK) == NULL;
}
"""
PROJECT = """cmake_minimum_required(VERSION 3.13)
project(stranger C CXX)
find_package(ctgsched 0.1 CONFIG REQUIRED)
foreach(source IN LISTS SOURCES)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  set_source_files_properties(${source} PROPERTIES LANGUAGE ${AS})
  target_link_libraries(${name} PRIVATE ctgsched::ctgsched)
endforeach()
"""
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
# dialect: compiler, its words, CMake's language and standard
DIALECTS = {
    "c99": ("gcc", ["-x", "c", "-std=c99"], "C", "99"),
    "c17": ("gcc", ["-x", "c", "-std=c17"], "C", "17"),
    "cxx17": ("g++", ["-x", "c++", "-std=c++17"], "CXX", "17"),
}
# What each example is given, and words that it says.
RUNS = {
    "01_allocate": ([os.path.join(ROOT, "examples", "commune.json")],
                    [r"feasible: \d+ placed, \d+ waiting", r"points +\d+ ",
                     r'"schema": "ctgsched/plan/1"']),
    "02_check": ([], [r"refused\n +places: .*1 too many.*\naccepted"]),
}


def run(*command, **more):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout.strip()


def examples():
    return sorted(os.path.splitext(os.path.basename(path))[0]
                  for path in glob.glob(os.path.join(EXAMPLES, "*.c")))


def files_below(folder):
    """Paths of files and links, from the folder."""
    return sorted(os.path.relpath(os.path.join(at, name), folder)
                  for at, _, names in os.walk(folder) for name in names)


def folder_with(prefix, name):
    return next(at for at, _, names in os.walk(prefix) if name in names)


class Installed(unittest.TestCase):
    """A whole install, to a prefix that the build was not configured for."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.prefix = os.path.join(cls.folder.name, "prefix")
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.libs = folder_with(cls.prefix, "libctgsched.so")
        cls.env = dict(os.environ, LD_LIBRARY_PATH=cls.libs,
                       PKG_CONFIG_PATH=os.path.join(cls.libs, "pkgconfig"))

    def pkg_config(self, *words):
        return run("pkg-config", "--cflags", "--libs", *words, "ctgsched",
                   env=self.env).split()

    def path(self, name):
        return os.path.join(self.folder.name, name)


class Examples(Installed):
    def says_what_it_should(self, program):
        given, words = RUNS[os.path.basename(program)]
        said = run(program, *given, env=self.env)
        for one in words:
            self.assertRegex(said, one)

    def test_each_is_numbered_short_and_run(self):
        self.assertEqual(examples(), sorted(RUNS))
        for name in examples():
            self.assertRegex(name, r"^\d\d_[a-z_]+$")
            with open(os.path.join(EXAMPLES, name + ".c"),
                      encoding="utf-8") as file:
                self.assertLessEqual(len(file.readlines()), 80, name)

    def built_by_pkg_config(self, dialect):
        compiler, words, _, _ = DIALECTS[dialect]
        folder = self.path(dialect)
        os.makedirs(folder)
        for name in examples():
            program = os.path.join(folder, name)
            run(compiler, *words, *STRICT,
                os.path.join(EXAMPLES, name + ".c"), "-o", program,
                *self.pkg_config())
            self.says_what_it_should(program)

    def test_pkg_config_c99(self):
        self.built_by_pkg_config("c99")

    def test_pkg_config_c17(self):
        self.built_by_pkg_config("c17")

    def test_pkg_config_cxx17(self):
        self.built_by_pkg_config("cxx17")

    def configured(self, source, out, *words):
        run("cmake", "-S", source, "-B", out, "-G", "Ninja",
            "-DCMAKE_PREFIX_PATH=" + self.prefix, *words)
        run("cmake", "--build", out, "-j1")
        for name in examples():
            self.says_what_it_should(os.path.join(out, name))

    def test_their_own_project_builds_where_it_is_installed(self):
        self.configured(
            os.path.join(self.prefix, "share/doc/ctgsched/examples"),
            self.path("own"), "-DCMAKE_C_FLAGS=" + " ".join(STRICT))

    def built_by_find_package(self, dialect):
        _, _, language, standard = DIALECTS[dialect]
        source = self.path("cmake-" + dialect)
        os.makedirs(source)
        with open(os.path.join(source, "CMakeLists.txt"), "w",
                  encoding="utf-8") as file:
            file.write(PROJECT)
        sources = ";".join(os.path.join(EXAMPLES, name + ".c")
                           for name in examples())
        self.configured(
            source, os.path.join(source, "out"), "-DSOURCES=" + sources,
            "-DAS=" + language, f"-DCMAKE_{language}_STANDARD={standard}",
            f"-DCMAKE_{language}_EXTENSIONS=OFF",
            f"-DCMAKE_{language}_FLAGS=" + " ".join(STRICT))

    def test_find_package_c99(self):
        self.built_by_find_package("c99")

    def test_find_package_c17(self):
        self.built_by_find_package("c17")

    def test_find_package_cxx17(self):
        self.built_by_find_package("cxx17")


class Library(Installed):
    def test_pkg_config_static_runs(self):
        flags = ["-l:libctgsched.a" if flag == "-lctgsched" else flag
                 for flag in self.pkg_config("--static")]
        source, program = self.path("main.c"), self.path("static")
        with open(source, "w", encoding="utf-8") as file:
            file.write(PROGRAM)
        run("gcc", source, "-o", program, *flags)
        self.assertEqual(run(program), "0.1.0")

    def test_installed_program_finds_its_library(self):
        program = os.path.join(self.prefix, "bin", "ctgsched")
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

    def test_its_name_carries_the_major_version(self):
        told = run("readelf", "-d", os.path.join(self.libs, "libctgsched.so"))
        self.assertIn("soname: [libctgsched.so.0]", told)
        self.assertNotRegex(told, r"R(UN)?PATH")

    def test_each_symbol_has_the_version_of_the_map(self):
        table = run("nm", "-D", "--defined-only", "--with-symbol-versions",
                    os.path.join(self.libs, "libctgsched.so"))
        for line in table.splitlines():
            if " A " not in line:
                self.assertTrue(line.endswith("@@CTGSCHED_0"), line)

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


class Staged(unittest.TestCase):
    """As a packager does it: DESTDIR, a component at a time."""

    OF_COMPONENT = {
        "runtime": r"bin/\w|lib/libctgsched\.so\.0|share/ctgsched/(rules|schema)/"
                   r"|share/(bash-completion|zsh|fish)/",
        "development": r"include/ctgsched\w*\.h$|lib/libctgsched\.(so|a)$|"
                       r"lib/cmake/ctgsched/|lib/pkgconfig/ctgsched\.pc$",
        "documentation": r"share/(man/man1|doc/ctgsched)/",
    }
    LEAST = {
        "runtime": ["bin/ctgsched", "bin/ctgsched-verify",
                    "lib/libctgsched.so.0", "share/ctgsched/rules/fr-eaje.json",
                    "share/ctgsched/schema/problem-1.schema.json",
                    "share/bash-completion/completions/ctgsched",
                    "share/zsh/site-functions/_ctgsched",
                    "share/fish/vendor_completions.d/ctgsched.fish"],
        "development": ["include/ctgsched.h", "lib/libctgsched.so",
                        "lib/libctgsched.a", "lib/pkgconfig/ctgsched.pc",
                        "lib/cmake/ctgsched/ctgsched-config.cmake",
                        "lib/cmake/ctgsched/ctgsched-targets.cmake"],
        "documentation": ["share/man/man1/ctgsched.1",
                          "share/man/man1/ctgsched-verify.1",
                          "share/doc/ctgsched/LICENSE",
                          "share/doc/ctgsched/format.md",
                          "share/doc/ctgsched/examples/02_check.c"],
    }

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.stage = folder.name

    def install(self, *words):
        """Files put, from the prefix; the library's folder as `lib`."""
        run("cmake", "--install", BUILD, "--prefix", "/opt/ctg", *words,
            env=dict(os.environ, DESTDIR=self.stage))
        found = files_below(os.path.join(self.stage, "opt/ctg"))
        self.assertEqual(len(files_below(self.stage)), len(found))
        return [re.sub(r"^lib(64|/[a-z0-9_]+-linux-[a-z0-9]+)/", "lib/", path)
                for path in found]

    def component(self, name):
        found = self.install("--component", name)
        for path in found:
            self.assertRegex(path, f"^({self.OF_COMPONENT[name]})")
        for path in self.LEAST[name]:
            self.assertIn(path, found)

    def test_runtime_has_what_runs(self):
        self.component("runtime")

    def test_development_has_what_builds(self):
        self.component("development")

    def test_documentation_has_what_is_read(self):
        self.component("documentation")

    def test_components_are_the_whole(self):
        whole = set(self.install())
        for name in self.LEAST:
            self.setUp()
            whole -= set(self.install("--component", name))
        self.assertEqual(whole, set())

    def test_every_header_pack_and_schema_is_put(self):
        found = {os.path.basename(path) for path in self.install()}
        for pattern in ("include/*.h", "rules/*.json", "schema/*.json"):
            for path in glob.glob(os.path.join(ROOT, "libctgsched", pattern)):
                self.assertIn(os.path.basename(path), found)

    def test_nothing_installed_names_this_machine(self):
        self.install()
        names = [os.path.realpath(ROOT), os.path.realpath(BUILD)]
        for path in files_below(self.stage):
            if path.endswith((".cmake", ".pc", ".1", ".bash", ".json")):
                with open(os.path.join(self.stage, path),
                          encoding="utf-8") as file:
                    text = file.read()
                for name in names:
                    self.assertNotIn(name, text, path)

    def test_uninstall_leaves_no_file_and_no_folder_of_ours(self):
        self.install()
        kept = os.path.join(self.stage, "opt/ctg/share/man/man1/other.1")
        with open(kept, "w", encoding="utf-8") as file:
            file.write("not ours")
        run("cmake", "--build", BUILD, "--target", "uninstall",
            env=dict(os.environ, DESTDIR=self.stage))
        self.assertEqual(files_below(self.stage),
                         ["opt/ctg/share/man/man1/other.1"])
        folders = [at for at, _, _ in os.walk(self.stage)]
        self.assertEqual([at for at in folders if "/ctgsched" in at], [])

    def test_manifest_lists_every_file(self):
        self.install()
        with open(os.path.join(BUILD, "install_manifest.txt"),
                  encoding="utf-8") as file:
            listed = [line.strip().lstrip("/") for line in file]
        self.assertEqual(sorted(listed), files_below(self.stage))


if __name__ == "__main__":
    unittest.main()
