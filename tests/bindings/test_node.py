# SPDX-License-Identifier: GPL-3.0-or-later
"""The package bindings/node: its addon made against the build folder and
against an installed tree; then its own tests by Node's runner, and its example,
a server that is asked over HTTP.

The Node is the one that NODE names; else the first in PATH, when its headers
are beside it; else Debian's."""
import concurrent.futures
import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

import watched

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("CTG_BUILD", os.path.join(ROOT, "build"))
PACKAGE = os.path.join(ROOT, "bindings", "node")


def chosen():
    first = os.path.realpath(shutil.which("node") or "/usr/bin/node")
    prefix = os.path.dirname(os.path.dirname(first))
    headers = os.path.join(prefix, "include", "node", "node_api.h")
    return os.environ.get("NODE") or (
        first if os.path.exists(headers) else "/usr/bin/node")


NODE = chosen()


def environment(**more):
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("NODE_", "LD_LIBRARY"))}
    return {**kept, "CTG_BUILD": BUILD, "CTG_ROOT": ROOT, **more}


def run(*command, status=0, env=None, **more):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False,
                          env=env or environment(), **more)
    if done.returncode != status:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout


def make(folder, pkg_config_path):
    """FOLDER/bindings/node, and a project in FOLDER that finds it by its name;
    the checkout stays clean."""
    package = os.path.join(folder, "bindings", "node")
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("build"))
    os.mkdir(os.path.join(folder, "node_modules"))
    os.symlink(package, os.path.join(folder, "node_modules", "ctgsched"))
    run(NODE, os.path.join(package, "build.mjs"),
        env=environment(PKG_CONFIG_PATH=pkg_config_path, CFLAGS="-Werror"))
    return package


@contextlib.contextmanager
def served(folder):
    """The example at work on examples/commune.json, as a function that asks
    and gives status and answer."""
    shutil.copytree(os.path.join(ROOT, "examples", "node"),
                    os.path.join(folder, "examples", "node"))
    with subprocess.Popen(
            [NODE, os.path.join(folder, "examples/node/booking_server.mjs"),
             "--port", "0", os.path.join(ROOT, "examples", "commune.json")],
            stdout=subprocess.PIPE, text=True, env=environment()) as server:
        try:
            at = server.stdout.readline().split()[0].rstrip("/")

            def ask(path, **body):
                data = json.dumps(body).encode() if body else None
                try:
                    with urllib.request.urlopen(at + path, data) as done:
                        return done.status, json.load(done)
                except urllib.error.HTTPError as error:
                    with error:
                        return error.code, json.load(error)
            yield ask
        finally:
            server.terminate()


class Node(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.package = make(cls.folder, BUILD)

    def test_its_own_tests_pass(self):
        tests = os.path.join(self.package, "test")
        said = run(NODE, "--test", *(
            os.path.join(tests, name) for name in sorted(os.listdir(tests))
            if name.endswith(".test.mjs")))
        passed = re.search(r"(?m)^\S+ pass (\d+)$", said)
        self.assertIsNotNone(passed, said)
        self.assertGreater(int(passed.group(1)), 50)

    def test_the_readmes_examples_run(self):
        for name in ("README.md", "bindings/node/README.md"):
            with open(os.path.join(ROOT, name), encoding="utf-8") as file:
                code = re.search(r"```js\n(.*?)```", file.read(), re.S)
            self.assertIsNotNone(code, name)
            script = os.path.join(self.folder, "readme.mjs")
            with open(script, "w", encoding="utf-8") as file:
                file.write(code.group(1))
            said = run(NODE, script, cwd=ROOT)
            self.assertRegex(said, r"mostMinutes: \d+", name)

    def test_the_example_books_what_it_has_and_no_more(self):
        with served(self.folder) as ask:
            placed = ask("/plan")[1]["placed"]
            asked = "/slots?date=2026-09-10&age=14&min=120"
            slot = ask(asked)[1]["slots"][0]
            booking = {"date": "2026-09-10", "birth": "2025-07-01",
                       **{name: slot[name]
                          for name in ("structure", "begin", "end")}}
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                answers = list(pool.map(
                    lambda _: ask("/bookings", **booking), range(20)))
            booked = [one for status, one in answers if status == 201]
            refused = [one for status, one in answers if status == 409]
            self.assertEqual(len(booked) + len(refused), 20)
            self.assertTrue(booked and refused)
            self.assertRegex(refused[0]["error"], "too many|are needed")
            self.assertNotIn(slot, ask(asked)[1]["slots"])
            self.assertEqual(ask("/plan")[1]["placed"], placed + len(booked))
            self.assertEqual(
                ask("/bookings", date="2026-09-10")[1]["code"], "E-MISSING")
            self.assertEqual(ask("/slots?date=2030-01-01&age=14")[1]["code"],
                             "E-SLOT")
            self.assertEqual(ask("/slots?date=2026-09-10&age=x")[0], 400)
            self.assertEqual(ask("/nothing")[0], 404)

    def test_headers_that_are_not_there_are_said(self):
        said = run(NODE, os.path.join(self.package, "build.mjs"), status=1,
                   env=environment(PKG_CONFIG_PATH=BUILD,
                                   NODE_INCLUDE=self.folder))
        self.assertIn("Maybe install the headers", said)

    def test_library_that_is_not_there_is_said(self):
        said = run(NODE, os.path.join(self.package, "build.mjs"), status=1,
                   env=environment(PKG_CONFIG_LIBDIR=self.folder))
        self.assertIn("Maybe set PKG_CONFIG_PATH", said)

    def test_addon_that_is_not_made_is_said(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(os.path.join(PACKAGE, "lib"),
                            os.path.join(folder, "lib"))
            said = run(NODE, "-e", f"require('{folder}/lib/index.js')",
                       status=1)
        self.assertIn("Maybe make the addon: node ", said)

    @unittest.skipUnless(os.environ.get("CTG_LONG") == "1", "takes minutes")
    def test_thousand_cycles_leave_nothing(self):
        self.assertEqual(watched.faults(
            NODE, "--expose-gc",
            os.path.join(self.package, "test", "cycles.mjs"), watched.CYCLES,
            env=environment()), [])


class Installed(unittest.TestCase):
    def test_package_works_with_an_installed_library(self):
        with tempfile.TemporaryDirectory() as folder:
            prefix = os.path.join(folder, "prefix")
            for component in ("runtime", "development"):
                run("cmake", "--install", BUILD, "--prefix", prefix,
                    "--component", component)
            libs = next(at for at, _, names in os.walk(prefix)
                        if "libctgsched.so" in names)
            make(folder, os.path.join(libs, "pkgconfig"))
            said = run(NODE, "-p", "require('ctgsched').version + require('fs')"
                       ".readFileSync('/proc/self/maps', 'utf8')", cwd=folder)
        self.assertTrue(said.startswith("0.1.0"), said[:80])
        self.assertIn(os.path.join(os.path.realpath(libs), "libctgsched.so.0"),
                      said)


if __name__ == "__main__":
    unittest.main()
