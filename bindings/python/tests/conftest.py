# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the project is, and towns to plan. tests/bindings/test_python.py of
the project makes an environment, installs the package, and runs these."""
import os
import pathlib
import signal
import sys

import hypothesis
import pytest

import ctgsched

ROOT = pathlib.Path(os.environ.get(
    "CTG_ROOT", pathlib.Path(__file__).resolve().parents[3]))
sys.path.insert(0, str(ROOT / "tests" / "cli"))
import support  # noqa: E402

# The same examples every time; the load of the machine is not our affair.
hypothesis.settings.register_profile(
    "project", deadline=None, derandomize=True, database=None,
    max_examples=60)
hypothesis.settings.load_profile("project")


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def town():
    """r1 and r3 are served, r2 waits."""
    return ctgsched.Problem.parse(support.town())


@pytest.fixture(scope="session")
def plan(town):
    return ctgsched.Solver().solve(town)


@pytest.fixture(scope="session")
def rota():
    """One agent, pinned to the late shift, which has a break that is not
    paid."""
    return ctgsched.Problem.parse(support.town(
        [], horizon={"first": "2026-09-07", "last": "2026-09-07"},
        shifts=[
            {"id": "early", "structure": "s1", "segments": [
                {"begin": "08:00", "end": "12:00"}]},
            {"id": "late", "structure": "s1",
             "segments": [{"begin": "12:00", "end": "18:00"}],
             "pieces": [{"minutes": 30, "earliest": "14:00",
                         "latest": "14:30"}]}],
        employees=[{"id": "e", "pins": [
            {"date": "2026-09-07", "shift": "late"}]}]))


@pytest.fixture(scope="session")
def crowded():
    """Its optimum takes far longer than any test."""
    return ctgsched.Problem.parse(support.crowded())


@pytest.fixture(scope="session")
def commune():
    return ctgsched.Problem.load(ROOT / "examples" / "commune.json")


@pytest.fixture(scope="session")
def commune_plan(commune):
    return ctgsched.Solver(work_limit="20k").solve(commune)


@pytest.fixture
def ctrl_c():
    """Ctrl-C as at a terminal: a job in the background of a shell is started
    with SIGINT ignored, and so is Python in it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
