# SPDX-License-Identifier: GPL-3.0-or-later
"""The Debian packages that cpack makes: each file of an install in one of
them; they install, run and are removed without a trace, in a root of their own
(tests/bare/packages does it by apt in a bare Debian). What the build itself
has installed it can take away."""
import glob
import os
import re
import tempfile
import unittest

from installed import ROOT, files_below, run

VERSION = "0.1.0"
NAMES = ["ctgsched", "ctgschedd", "libctgsched-dev", "libctgsched0"]
MADE = {}  # folder, build, packages by name
PROBLEM = os.path.join(ROOT, "examples", "clas-permanences.json")


def setUpModule():
    """Builds and packs once for all."""
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    MADE["folder"] = folder.name
    MADE["build"] = build = os.path.join(folder.name, "build")
    # Debug, for it is built in a third of the time.
    run("cmake", "-S", ROOT, "-B", build, "-G", "Ninja",
        "-DCMAKE_INSTALL_PREFIX=/usr", "-DCMAKE_BUILD_TYPE=Debug",
        "-DCTG_TESTS=OFF")
    run("cmake", "--build", build)
    run("cpack", cwd=build)
    MADE["packages"] = {
        os.path.basename(path).split("_")[0]: path
        for path in glob.glob(os.path.join(build, "*.deb"))}



class Packages(unittest.TestCase):
    def content(self, name):
        folder = os.path.join(MADE["folder"], "content-" + name)
        if not os.path.exists(folder):
            run("dpkg-deb", "-x", MADE["packages"][name], folder)
        return files_below(folder)

    def field(self, name, field):
        return run("dpkg-deb", "-f", MADE["packages"][name], field)

    def test_they_are_these(self):
        self.assertEqual(sorted(MADE["packages"]), NAMES)
        for name in NAMES:
            self.assertEqual(self.field(name, "Version"), VERSION)

    def test_each_asks_for_what_it_needs(self):
        self.assertRegex(self.field("libctgsched0", "Depends"),
                         r"libc6 .*libglpk40.*libjansson4")
        for name in ("ctgsched", "ctgschedd", "libctgsched-dev"):
            self.assertIn(f"libctgsched0 (= {VERSION})",
                          self.field(name, "Depends"))
        self.assertRegex(self.field("ctgschedd", "Depends"),
                         r"libmicrohttpd12.*libsqlite3-0.*libuv1")
        self.assertRegex(self.field("libctgsched-dev", "Depends"),
                         "libglpk-dev, libjansson-dev")

    def test_who_links_the_library_gets_its_package(self):
        self.assertEqual(
            run("dpkg-deb", "-I", MADE["packages"]["libctgsched0"], "shlibs"),
            f"libctgsched 0 libctgsched0 (>= {VERSION})")

    def test_each_file_of_an_install_is_in_one_of_them(self):
        stage = os.path.join(MADE["folder"], "stage")
        run("cmake", "--install", MADE["build"],
            env=dict(os.environ, DESTDIR=stage))
        packed = sorted(path for name in NAMES for path in self.content(name))
        self.assertEqual(len(packed), len(set(packed)))
        whole = [re.sub(r"(/man\d/.*)", r"\1.gz", path)
                 for path in files_below(stage)]
        whole += [f"usr/share/doc/{name}/copyright" for name in NAMES]
        self.assertEqual(packed, sorted(whole))

    def test_they_are_where_debian_looks(self):
        self.assertTrue(all(re.match(r"usr/(share/doc/libctgsched0/|"
                                     r"lib/[a-z0-9_-]+/libctgsched\.so\.0)",
                                     path)
                            for path in self.content("libctgsched0")))
        self.content("ctgsched")
        self.content("ctgschedd")
        for program in ("ctgsched/usr/bin/ctgsched",
                        "ctgsched/usr/bin/ctgsched-generate",
                        "ctgsched/usr/bin/ctgsched-verify",
                        "ctgschedd/usr/sbin/ctgschedd"):
            told = run("readelf", "-d", os.path.join(
                MADE["folder"], "content-" + program))
            self.assertNotRegex(told, r"R(UN)?PATH")


class Uninstall(unittest.TestCase):
    """In the build of the packages: the manifest is of the last install, and
    other tests install from the other build at the same time."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.stage = folder.name
        self.env = dict(os.environ, DESTDIR=self.stage)
        run("cmake", "--install", MADE["build"], "--prefix", "/opt/ctg",
            env=self.env)

    def test_uninstall_leaves_no_file_and_no_folder_of_ours(self):
        kept = os.path.join(self.stage, "opt/ctg/share/man/man1/other.1")
        with open(kept, "w", encoding="utf-8") as file:
            file.write("not ours")
        run("cmake", "--build", MADE["build"], "--target", "uninstall",
            env=self.env)
        self.assertEqual(files_below(self.stage),
                         ["opt/ctg/share/man/man1/other.1"])
        folders = [at for at, _, _ in os.walk(self.stage)]
        self.assertEqual([at for at in folders if "/ctgsched" in at], [])

    def test_manifest_lists_every_file(self):
        with open(os.path.join(MADE["build"], "install_manifest.txt"),
                  encoding="utf-8") as file:
            listed = [line.strip().lstrip("/") for line in file]
        self.assertEqual(sorted(listed), files_below(self.stage))


class Root(unittest.TestCase):
    """Installed by dpkg into a folder, whoever runs the test."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = os.path.join(folder.name, "root")
        self.tools = os.path.join(folder.name, "tools")
        for name in ("info", "updates", "triggers"):
            os.makedirs(os.path.join(self.root, "var/lib/dpkg", name))
        with open(os.path.join(self.root, "var/lib/dpkg/status"), "w",
                  encoding="utf-8"):
            pass
        # What the packages call for the whole machine: only written down.
        os.makedirs(self.tools)
        self.called = os.path.join(folder.name, "called")
        with open(os.path.join(self.tools, "ldconfig"), "w",
                  encoding="utf-8") as file:
            file.write(f'#!/bin/sh\necho ldconfig >>"{self.called}"\n')
        os.chmod(file.name, 0o755)

    def dpkg(self, *words):
        run("dpkg", "--root=" + self.root, "--log=/dev/null",
            "--force-not-root,script-chrootless,depends,bad-path", *words,
            env=dict(os.environ, PATH=f"{self.tools}:{os.environ['PATH']}"))

    def there(self):
        """Files and folders but those of dpkg itself."""
        return sorted(
            os.path.relpath(os.path.join(at, name), self.root)
            for at, folders, files in os.walk(self.root)
            for name in folders + files
            if "/var/lib/dpkg" not in at)

    def test_they_install_run_and_leave_nothing(self):
        before = self.there()
        self.dpkg("--install", *MADE["packages"].values())
        self.assertGreater(len(self.there()), len(before) + 60)
        self.plans()
        self.builds()
        self.dpkg("--remove", *NAMES)
        self.assertEqual(self.there(), before)
        with open(self.called, encoding="utf-8") as file:
            self.assertEqual(len(file.readlines()), 2)

    def plans(self):
        library = glob.glob(os.path.join(self.root, "usr/lib/*/*.so.0"))[0]
        self.env = dict(os.environ, LD_LIBRARY_PATH=os.path.dirname(library))
        programs = os.path.join(self.root, "usr/bin")
        plan = os.path.join(self.tools, "plan.json")
        run(os.path.join(programs, "ctgsched"), "solve", PROBLEM, "-o", plan,
            env=self.env)
        self.assertIn("accepted", run(
            os.path.join(programs, "ctgsched-verify"), PROBLEM, plan))

    def builds(self):
        self.env["PKG_CONFIG_PATH"] = os.path.join(
            self.env["LD_LIBRARY_PATH"], "pkgconfig")
        flags = run("pkg-config", "--cflags", "--libs", "ctgsched",
                    env=self.env)
        self.assertIn(self.root, flags)
        program = os.path.join(self.tools, "check")
        run("gcc", "-o", program, os.path.join(
            self.root, "usr/share/doc/ctgsched/examples/02_check.c"),
            *flags.split())
        self.assertIn("accepted", run(program, env=self.env))


if __name__ == "__main__":
    unittest.main()
