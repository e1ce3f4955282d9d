# SPDX-License-Identifier: GPL-3.0-or-later
"""The package bindings/python: installed by pip into an environment of its own,
without the network, against the build folder and against an installed tree;
then its own tests by pytest, and its example."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import watched

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("CTG_BUILD", os.path.join(ROOT, "build"))
PACKAGE = os.path.join(ROOT, "bindings", "python")


def run(*command, status=0, **more):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, **more)
    if done.returncode != status:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout


class Environment:
    """A virtual environment with the package in it."""

    def __init__(self, folder, pkg_config_path):
        self.folder = folder
        # pip leaves files beside its source; the checkout stays clean.
        source = os.path.join(folder, "source")
        shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns(
            "build", "*.egg-info", "__pycache__"))
        venv = os.path.join(folder, "venv")
        run(sys.executable, "-m", "venv", "--system-site-packages", venv)
        self.python = os.path.join(venv, "bin", "python")
        self.said = run(
            self.python, "-m", "pip", "install", "--no-build-isolation",
            "--no-index", "--disable-pip-version-check", source,
            env=self.environment(PKG_CONFIG_PATH=pkg_config_path))

    def environment(self, **more):
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("PYTHON", "PIP_", "LD_LIBRARY"))}
        return {**kept, "CTG_BUILD": BUILD, "CTG_ROOT": ROOT,
                "PYTHONDONTWRITEBYTECODE": "1", **more}

    def run(self, *words, **more):
        return run(self.python, *words, cwd=self.folder,
                   env=self.environment(), **more)


class Python(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.made = Environment(folder.name, BUILD)

    def test_its_own_tests_pass(self):
        said = self.made.run("-m", "pytest", "-q", "-p", "no:cacheprovider",
                             os.path.join(PACKAGE, "tests"))
        self.assertRegex(said, r"(?m)^\d\d+ passed")

    def test_example_draws_a_curve_that_rises(self):
        said = self.made.run(
            os.path.join(ROOT, "examples", "python", "whatif_notebook.py"),
            "--agents", "3", "--work-limit", "5k")
        rows = re.findall(r"(?m)^ +(\d)  +(\d+)  +(\d+) ", said)
        self.assertEqual([row[0] for row in rows], ["1", "2", "3"])
        children = [int(row[1]) for row in rows]
        self.assertEqual(children, sorted(set(children)))
        self.assertRegex(said, "(No picture: matplotlib is not there|"
                               "The picture is whatif.png)")

    def test_the_readmes_examples_run(self):
        for name in ("README.md", "bindings/python/README.md"):
            with open(os.path.join(ROOT, name), encoding="utf-8") as file:
                text = file.read()
            code = re.search(r"```python\n(.*?)```", text, re.S)
            self.assertIsNotNone(code, name)
            run(self.made.python, "-c", code.group(1), cwd=ROOT,
                env=self.made.environment())

    def test_library_that_is_not_there_is_said(self):
        with tempfile.TemporaryDirectory() as folder:
            said = run(self.made.python, os.path.join(
                PACKAGE, "ctgsched_build.py"), status=1,
                env=self.made.environment(PKG_CONFIG_LIBDIR=folder))
        self.assertIn("Maybe set PKG_CONFIG_PATH", said)

    @unittest.skipUnless(os.environ.get("CTG_LONG") == "1", "takes minutes")
    def test_thousand_cycles_leave_nothing(self):
        self.assertEqual(watched.faults(
            self.made.python, os.path.join(PACKAGE, "tests", "cycles.py"),
            watched.CYCLES,
            env=self.made.environment(PYTHONMALLOC="malloc")), [])


class Installed(unittest.TestCase):
    def test_package_works_with_an_installed_library(self):
        with tempfile.TemporaryDirectory() as folder:
            prefix = os.path.join(folder, "prefix")
            for component in ("runtime", "development"):
                run("cmake", "--install", BUILD, "--prefix", prefix,
                    "--component", component)
            libs = next(at for at, _, names in os.walk(prefix)
                        if "libctgsched.so" in names)
            made = Environment(folder, os.path.join(libs, "pkgconfig"))
            loaded = made.run("-c", "import ctgsched; print(ctgsched.version(),"
                                    " open('/proc/self/maps').read())")
        self.assertTrue(loaded.startswith("0.1.0 "))
        self.assertIn(os.path.join(os.path.realpath(libs), "libctgsched.so.0"),
                      loaded)


if __name__ == "__main__":
    unittest.main()
