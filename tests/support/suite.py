#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs what is built and sums up, ending with `N passed, N failed`.

    suite.py BUILD                lint, ctest, all Python tests; with
                                  CTG_LONG=1 the steps of long_steps.py, too
    suite.py BUILD --ctest-only   the compiled tests alone
    suite.py BUILD --sanitized    these, and those that drive the daemon
    suite.py --build-failed       the sum when there is nothing to run
"""
import concurrent.futures
import os
import re
import subprocess
import sys
import xml.etree.ElementTree

import long_steps

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
JOBS = max(2, os.cpu_count() or 2)


def cases_of(output):
    """Cases that a test program says passed and failed (cmocka's words, or
    the closing line of the replay driver)."""
    passed = sum(int(n) for n in re.findall(
        r"^\[  PASSED  \] (\d+) test", output, re.M))
    failed = sum(int(n) for n in re.findall(
        r"^\[  FAILED  \] (\d+) test", output, re.M))
    for one, other in re.findall(r"^(\d+) passed, (\d+) failed", output, re.M):
        passed, failed = passed + int(one), failed + int(other)
    return passed, failed


def run_ctest(build):
    report = os.path.join(build, "ctest.xml")
    if os.path.exists(report):
        os.remove(report)
    subprocess.run(
        ["ctest", "--test-dir", build, f"-j{JOBS}", "--output-on-failure",
         "--no-tests=error", "--test-output-size-passed", "1000000",
         "--test-output-size-failed", "1000000", "--output-junit", report],
        check=False)
    if not os.path.exists(report):
        return 0, 1
    passed = failed = 0
    for case in xml.etree.ElementTree.parse(report).iter("testcase"):
        ones, others = cases_of(case.findtext("system-out") or "")
        if case.get("status") == "run":
            passed, failed = passed + max(ones, 1), failed + others
        else:  # failed, or never started
            passed, failed = passed + ones, failed + max(others, 1)
    return passed, failed


def python_files(top=""):
    for folder, folders, names in os.walk(os.path.join(ROOT, "tests", top)):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(names):
            if name.startswith("test_") and name.endswith(".py"):
                yield folder, name[:-3]


def run_python(build, folder, module):
    """Passed, failed, output of one file, in a process of its own."""
    environment = dict(os.environ, CTG_BUILD=build, CTG_ROOT=ROOT,
                       CTG_BIN=os.path.join(build, "bin"),
                       PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run([sys.executable, "-m", "unittest", module],
                          cwd=folder, env=environment, check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          errors="replace")
    count = re.search(r"^Ran (\d+) tests? in", done.stdout, re.M)
    n = int(count.group(1)) if count else 0
    last = done.stdout[count.end():] if count else ""

    def sum_of(*words):
        return sum(int(k) for w in words
                   for k in re.findall(rf"\b{w}=(\d+)", last))

    failed = sum_of("failures", "errors", "unexpected successes")
    if done.returncode != 0:
        # a module that does not load counts one test and one error
        failed = max(failed, 1)
    elif n == 0:
        failed = 1
    return max(0, n - failed - sum_of("skipped")), failed, done.stdout


def run_pythons(build, top=""):
    files = list(python_files(top))
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        results = pool.map(lambda file: run_python(build, *file), files)
        for (folder, module), (ones, others, output) in zip(files, results):
            name = os.path.relpath(os.path.join(folder, module), ROOT)
            print(f"{name}: {ones} passed, {others} failed", flush=True)
            if others:
                print(output, flush=True)
            passed, failed = passed + ones, failed + others
    return passed, failed


def run_lint():
    done = subprocess.run(
        [sys.executable, os.path.join(ROOT, "tests/lint/floors.py"), ROOT],
        check=False)
    return (1, 0) if done.returncode == 0 else (0, 1)


def main(arguments):
    if "--build-failed" in arguments:
        print("0 passed, 1 failed")
        return 1
    build = os.path.abspath(arguments[0])
    sums = []
    is_whole = not {"--ctest-only", "--sanitized"} & set(arguments)
    if is_whole:
        print("== lint", flush=True)
        sums.append(run_lint())
    print("== compiled tests", flush=True)
    sums.append(run_ctest(build))
    if "--sanitized" in arguments:
        print("== daemon", flush=True)
        sums.append(run_pythons(build, "daemon"))
    if is_whole:
        print("== Python tests", flush=True)
        sums.append(run_pythons(build))
        if os.environ.get("CTG_LONG") == "1":
            sums.append(long_steps.run_long(build))
    passed = sum(ones for ones, _ in sums)
    failed = sum(others for _, others in sums)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
