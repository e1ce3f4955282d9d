# SPDX-License-Identifier: GPL-3.0-or-later
"""What `cmake --install` puts: components, no file beside them. The library
exports what its headers declare and holds nothing mutable."""
import glob
import os
import re
import tempfile
import unittest

from installed import BUILD, ROOT, Installed, files_below, run

PROGRAM = """#include <ctgsched_base.h>
#include <stdio.h>
int main(void) {
    puts(ctg_version());
    return ctg_status_text(CTG_OK) == NULL;
}
"""


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
        "runtime": r"lib/libctgsched\.so\.0",
        "programs": r"bin/\w|share/ctgsched/(rules|schema)/"
                    r"|share/(bash-completion|zsh|fish)/",
        "development": r"include/ctgsched\w*\.h$|lib/libctgsched\.(so|a)$|"
                       r"lib/cmake/ctgsched/|lib/pkgconfig/ctgsched\.pc$|"
                       r"share/(man/man3|doc/ctgsched/examples)/",
        "documentation": r"share/(man/man[15]|doc/ctgsched)/",
        "daemon": r"sbin/ctgschedd$|share/man/man8/|lib/systemd/system/|"
                  r"lib/sysusers.d/|"
                  r"share/doc/ctgsched/examples/(nginx|ctgschedd)\.conf$",
    }
    LEAST = {
        "runtime": ["lib/libctgsched.so.0"],
        "programs": ["bin/ctgsched", "bin/ctgsched-verify",
                     "share/ctgsched/rules/fr-eaje.json",
                     "share/ctgsched/schema/problem-1.schema.json",
                     "share/bash-completion/completions/ctgsched",
                     "share/zsh/site-functions/_ctgsched",
                     "share/fish/vendor_completions.d/ctgsched.fish"],
        "development": ["include/ctgsched.h", "lib/libctgsched.so",
                        "lib/libctgsched.a", "lib/pkgconfig/ctgsched.pc",
                        "lib/cmake/ctgsched/ctgsched-config.cmake",
                        "lib/cmake/ctgsched/ctgsched-targets.cmake",
                        "share/man/man3/ctgsched.3",
                        "share/man/man3/ctg_solver_solve.3",
                        "share/doc/ctgsched/examples/02_check.c"],
        "documentation": ["share/man/man5/ctgsched-format.5",
                          "share/man/man1/ctgsched.1",
                          "share/man/man1/ctgsched-verify.1",
                          "share/doc/ctgsched/LICENSE",
                          "share/doc/ctgsched/format.md"],
        "daemon": ["sbin/ctgschedd", "share/man/man8/ctgschedd.8",
                   "lib/systemd/system/ctgschedd.service",
                   "lib/systemd/system/ctgschedd.socket"],
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

    def test_programs_have_what_goes_with_them(self):
        self.component("programs")

    def test_development_has_what_builds(self):
        self.component("development")

    def test_documentation_has_what_is_read(self):
        self.component("documentation")

    def test_daemon_has_its_page_and_its_units(self):
        self.component("daemon")

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


if __name__ == "__main__":
    unittest.main()
