# SPDX-License-Identifier: GPL-3.0-or-later
"""The same as everywhere else: the exported functions, the bytes of the command
line, the golden files of tests/cases."""
import json
import pathlib
import re
import subprocess
import sys

import pytest
import support

import ctgsched
from ctgsched._ctgsched import lib

PACKAGE = pathlib.Path(ctgsched.__file__).parent

# Exported functions that the package does not use: name to reason.
UNUSED: dict[str, str] = {}


def exported(root):
    text = (root / "tests" / "abi" / "exports.txt").read_text("utf-8")
    return [line for line in text.split("\n") if line.startswith("ctg_")]


def test_every_exported_function_is_bound(root):
    assert sorted(name for name in dir(lib) if name.startswith("ctg_")) == \
        exported(root)


def test_every_exported_function_is_used_or_a_reason_given(root):
    code = "".join(path.read_text("utf-8") for path in PACKAGE.glob("*.py"))
    used = set(re.findall(r"\blib\.(ctg_\w+)", code))
    assert sorted([*used, *UNUSED]) == exported(root)


def test_extension_is_for_every_python():
    assert [path.name for path in PACKAGE.glob("_ctgsched*.so")] == \
        ["_ctgsched.abi3.so"]
    assert (PACKAGE / "py.typed").exists()


def test_type_hints_are_complete_where_mypy_is():
    pytest.importorskip("mypy")
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict",
                           "--cache-dir", "/dev/null", "-p", "ctgsched"],
                          text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def cli(*words):
    done = subprocess.run([support.PROGRAM, *map(str, words)], text=True,
                          capture_output=True, check=False,
                          env=support.quiet_environment())
    assert done.returncode in (0, 3, 5), done.stderr
    return done.stdout


def problems():
    cases = support.ROOT + "/tests/cases/"
    return sorted(pathlib.Path(cases).glob("valid/*/problem.json")) + sorted(
        pathlib.Path(cases).glob("warning/*/problem.json"))


def same_plan(path, limit):
    try:
        plan = ctgsched.Solver(work_limit=limit).solve(
            ctgsched.Problem.load(path))
    except ctgsched.Infeasible:
        return
    assert plan.text == cli("solve", path, "--work-limit", limit), path


def test_examples_have_the_plans_of_the_command_line(root):
    for name, limit in (("commune", 50_000), ("mercredi", 5_000),
                        ("clas-permanences", 5_000)):
        same_plan(root / "examples" / f"{name}.json", limit)


@pytest.mark.parametrize("path", problems(), ids=lambda path: path.parent.name)
def test_case_has_the_plan_of_the_command_line(path):
    same_plan(path, 2_000)


def test_golden_faults(root):
    cases = sorted((root / "tests" / "cases" / "invalid").iterdir())
    assert len(cases) > 50
    for case in cases:
        expected = json.loads((case / "expect.json").read_text("utf-8"))
        found = ctgsched.Problem.lint((case / "problem.json").read_bytes())
        named = [{"code": one.code, "pointer": one.pointer, "line": one.line,
                  "column": one.column} for one in found.errors]
        assert [{key: one[key] for key in want} for one, want
                in zip(named, expected)] == expected, case.name


def test_slots_and_headroom_are_those_of_the_command_line(
        commune_plan, root, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(commune_plan.text, "utf-8")
    source = root / "examples" / "commune.json"
    told = json.loads(cli("slots", source, file, "--date", "2026-09-10",
                          "--age", "14mo", "--min", "2h", "--json"))
    asked = commune_plan.slots("2026-09-10", 14, least_minutes=120)
    assert [(one["structure"], one["most_minutes"]) for one in told["slots"]] \
        == [(one.structure, one.most_minutes) for one in asked]
    told = json.loads(cli("headroom", source, file, "--json"))["headroom"]
    assert [(one["structure"], one["date"], one["more"], one["binds"])
            for one in told] == \
        [(one.structure, one.date, one.more, one.binds)
         for one in commune_plan.headroom()]
