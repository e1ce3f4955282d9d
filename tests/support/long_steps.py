#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What takes too long for every change: tests under valgrind and under the
thread sanitizer, fuzzing, and a hundred thousand seeds against brute force.

    long_steps.py BUILD [STEP...]     all steps, or those named
    CTG_FUZZ_SECONDS=300              for each fuzz target
    CTG_SEEDS=100000                  against brute force
    CTG_REPLANS=500                   of generated villages and towns

Other builds go beside BUILD, into build-tsan/ and build-fuzz/. Ends with
`N passed, N failed`."""
import concurrent.futures
import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
JOBS = max(2, os.cpu_count() or 2)
FUZZ_SECONDS = os.environ.get("CTG_FUZZ_SECONDS", "300")
SEEDS = os.environ.get("CTG_SEEDS", "100000")
REPLANS = os.environ.get("CTG_REPLANS", "500")
# These try every plan of many problems: hours under valgrind.
TOO_MUCH = {"filter", "formulate", "selection", "search", "enumerate", "envy",
            "relax", "cuts", "tree", "cover", "construct"}
WITH_THREADS = ["unit_api_objects", "unit_api_options", "unit_api_solver",
                "unit_base_clock_thread", "faults_stops"]
FUZZ_TARGETS = ["problem", "plan", "pack", "change", "request"]


def run(command, **more):
    """True when it ends well; what it says is shown when it does not."""
    done = subprocess.run(command, check=False, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          **more)
    name = " ".join(os.path.basename(part) for part in command[:8])
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}",
          flush=True)
    if done.returncode != 0:
        print(done.stdout[-6000:], flush=True)
    return done.returncode == 0


def run_each(commands, **more):
    """Passed, failed."""
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        good = list(pool.map(lambda command: run(command, **more), commands))
    return good.count(True), good.count(False)


def build_beside(folder, targets, *options):
    return run(["cmake", "-S", ROOT, "-B", folder, "-G", "Ninja",
                "-DCTG_TESTS=ON", "-DCTG_WERROR=ON", *options]) and \
        run(["cmake", "--build", folder, "--target", *targets])


def valgrind(build):
    """Tests of every floor; a leak or a bad read fails."""
    watch = ["valgrind", "-q", "--error-exitcode=99", "--leak-check=full",
             "--errors-for-leak-kinds=definite", "--fair-sched=yes",
             "--suppressions=" + os.path.join(HERE, "valgrind.supp")]
    programs = sorted(glob.glob(os.path.join(build, "bin", "unit_*")))
    chosen = [p for p in programs if not (
        "unit_solve_" in p and p.split("unit_solve_")[1] in TOO_MUCH)]
    if not chosen:
        return 0, 1
    return run_each([[*watch, program] for program in chosen], cwd=ROOT)


def threads(build):
    """Tests that use two threads, under the thread sanitizer."""
    folder = os.path.join(os.path.dirname(build), "build-tsan")
    if not build_beside(folder, WITH_THREADS, "-DCTG_TSAN=ON"):
        return 0, 1
    # An older runtime wants its addresses where they always were.
    fixed = ["setarch", "-R"] if shutil.which("setarch") else []
    environment = dict(os.environ, CTG_LONG="0",
                       TSAN_OPTIONS="halt_on_error=1:exitcode=66")
    return run_each([[*fixed, os.path.join(folder, "bin", name)]
                     for name in WITH_THREADS], cwd=ROOT, env=environment)


def served(build):
    """The tests of the daemon, under the thread sanitizer."""
    folder = os.path.join(os.path.dirname(build), "build-tsan")
    if not build_beside(folder, ["ctgschedd"], "-DCTG_TSAN=ON"):
        return 0, 1
    environment = dict(os.environ, CTG_BUILD=folder, CTG_ROOT=ROOT,
                       CTG_BIN=os.path.join(folder, "bin"),
                       CTG_PATIENCE="300", CTG_LONG="0",
                       TSAN_OPTIONS="halt_on_error=1:exitcode=66")
    here = os.path.join(ROOT, "tests", "daemon")
    names = sorted(name[:-3] for name in os.listdir(here)
                   if name.startswith("test_"))
    return run_each([[sys.executable, "-m", "unittest", name]
                     for name in names], cwd=here, env=environment)


def fuzz(build):
    """Each fuzz target for some minutes; what it finds stays in found/."""
    folder = os.path.join(os.path.dirname(build), "build-fuzz")
    targets = ["fuzz_" + name for name in FUZZ_TARGETS]
    if not build_beside(folder, targets, "-DCMAKE_C_COMPILER=clang",
                        "-DCTG_FUZZ=ON"):
        return 0, 1
    commands = []
    for name in FUZZ_TARGETS:
        grown = os.path.join(folder, "corpus", name)
        found = os.path.join(folder, "found", name, "")
        os.makedirs(grown, exist_ok=True)
        os.makedirs(found, exist_ok=True)
        commands.append([
            os.path.join(folder, "bin", "fuzz_" + name),
            "-max_total_time=" + FUZZ_SECONDS, "-timeout=25",
            "-rss_limit_mb=3000", "-print_final_stats=1",
            "-dict=" + os.path.join(ROOT, "tests/fuzz/json.dict"),
            "-artifact_prefix=" + found, grown,
            os.path.join(ROOT, "tests/fuzz/corpus", name)])
    return run_each(commands, cwd=ROOT)


def seeds(build):
    """The solver equals brute force on many more seeds."""
    return run_each([[os.path.join(build, "bin", "property_solver"), "1",
                      SEEDS]], cwd=ROOT)


def replans(build):
    """Random re-plans of villages and towns."""
    environment = dict(os.environ, CTG_BUILD=build, CTG_REPLANS=REPLANS)
    return run_each([[sys.executable, "-m", "unittest", "test_replans"]],
                    cwd=os.path.join(ROOT, "tests", "replan"), env=environment)


STEPS = {"valgrind": valgrind, "threads": threads, "served": served,
         "fuzz": fuzz, "seeds": seeds, "replans": replans}


def run_long(build, names=()):
    """Passed, failed, of all steps or those named."""
    passed = failed = 0
    for name in names or STEPS:
        print(f"== long: {name}", flush=True)
        ones, others = STEPS[name](build)
        passed, failed = passed + ones, failed + others
    return passed, failed


def main(arguments):
    ones, others = run_long(os.path.abspath(arguments[0]), arguments[1:])
    print(f"{ones} passed, {others} failed")
    return 1 if others or not ones else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
