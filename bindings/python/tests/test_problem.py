# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading problems and rule packs."""
import json
import re
import tracemalloc

import pytest
import support

import ctgsched
from ctgsched import Problem

BROKEN = """{"schema": "ctgsched/problem/1",
 "id": 3, "children": 4, "requests": [],
 "horizon": {"first": "2026-09-07", "last": "2026-09-07"}, "structures": []}"""


def test_dict_text_and_bytes_are_one_problem():
    town = support.town()
    text = json.dumps(town)
    digests = {Problem.parse(source).digest for source in (
        town, text, text.encode(), bytearray(text.encode()),
        memoryview(text.encode()))}
    assert len(digests) == 1
    assert re.fullmatch("sha256:[0-9a-f]{64}", digests.pop())


@pytest.mark.parametrize("source, most", [
    (b"[" * (16 << 20), 1 << 16), ("[" * (16 << 20), 17 << 20)],
    ids=["bytes", "str"])
def test_16_mib_cross_with_at_most_one_copy(source, most):
    # It nests too deep: the library refuses it before it takes memory itself.
    Problem.lint(b"[")

    def resident(name):
        with open("/proc/self/status", encoding="ascii") as file:
            return int(re.search(rf"{name}:\s+(\d+)", file.read())[1]) << 10
    with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")  # the peak begins anew
    before = resident("VmRSS")
    tracemalloc.start()
    assert Problem.lint(source).faults[0].code == "E-LIMIT"
    assert tracemalloc.get_traced_memory()[1] < most
    tracemalloc.stop()
    assert resident("VmHWM") - before < most + (1 << 20)


def test_info_tells_the_size(town):
    about = town.info
    assert (about.id, about.n_requests, about.n_structures, about.n_days) == \
        ("tiny", 3, 1, 5)
    assert (about.first_date, about.last_date) == ("2026-09-07", "2026-09-11")


def test_canonical_text_is_the_same_problem(town):
    assert Problem.parse(town.text).digest == town.digest
    assert Problem.parse(town.to_dict()).digest == town.digest


def test_error_has_code_pointer_line_and_column():
    with pytest.raises(ctgsched.InputError) as caught:
        Problem.parse(BROKEN)
    error = caught.value
    assert (error.code, error.pointer) == ("E-TYPE", "/id")
    assert (error.line, error.column) == (2, 8)
    assert str(error).startswith("line 2, column 8, at /id: " + error.message)
    assert error.status == 3
    assert ctgsched.status_text(3) == "the input is refused"
    assert len(error.faults) > 1
    assert error.faults[0].code == error.code


def test_lint_counts_and_raises_nothing():
    found = Problem.lint(BROKEN)
    assert found.n_errors == len(found.errors) > 1
    assert found.n_warnings == len(found.warnings)
    assert Problem.lint(support.town()).n_errors == 0


def test_warnings_stay_with_the_problem(commune):
    assert len(commune.warnings) == 3
    assert {one.severity for one in commune.warnings} == {"warning"}


def test_what_is_no_json_is_a_type_error():
    for source in (None, 3, ["a"], open):
        with pytest.raises(TypeError):
            Problem.parse(source)
    with pytest.raises(TypeError):
        Problem.parse({"id": object()})


def test_empty_and_odd_text_is_refused_with_a_place():
    for source in ("", "\0", "\ud800", b"\xff", "{", "[]"):
        with pytest.raises(ctgsched.InputError):
            Problem.parse(source)


def test_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        Problem.load(tmp_path / "none.json")


def test_rule_packs_are_texts_without_fault():
    packs = ctgsched.rule_packs()
    assert list(packs) == sorted(packs) and "fr-eaje" in packs
    for name, text in packs.items():
        assert json.loads(text)["id"] == name
        assert ctgsched.lint_rules(text).n_errors == 0
    assert ctgsched.lint_rules("{}").n_errors > 0


def test_pack_given_replaces_the_embedded_one(commune, root):
    pack = json.loads(ctgsched.rule_packs()["fr-eaje"])
    pack["title"] = "Ours"
    source = (root / "examples" / "commune.json").read_bytes()
    problem = Problem.parse(source, packs=[pack])
    ours = {one.id: one for one in problem.packs}["fr-eaje"]
    theirs = {one.id: one for one in commune.packs}["fr-eaje"]
    assert ours.title == "Ours" != theirs.title
    assert ours.digest != theirs.digest


def test_export_gives_program_and_names(town, plan):
    made = town.export("lp")
    assert made.program.splitlines()[1] == "Maximize" and "\t" in made.names
    assert town.export("mps").program != made.program
    assert town.export("lp", goal=1, plan=plan).program
    for wrong in ({"format": "xls"}, {"goal": 99}, {"goal": 2**40},
                  {"goal": 1}):
        with pytest.raises(ctgsched.UsageError):
            town.export(**wrong)


def test_small_texts():
    assert ctgsched.__version__ == ctgsched.version() == "0.1.0"
    assert ctgsched.process_seconds() > 0
    assert "town" not in repr(Problem.parse(support.town(id="x")))
