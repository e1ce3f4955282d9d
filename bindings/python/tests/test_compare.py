# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans side by side."""
import pytest
import support

import ctgsched


@pytest.fixture
def town():
    return ctgsched.Problem.parse(support.town())


def test_what_is_otherwise_and_why(town):
    before = town.judge(support.plan("r2", "r3"))
    after = town.judge(support.plan("r1", "r3"))
    found = ctgsched.difference(before, after, why=True)
    assert [(m.request, m.kind, m.why.kind) for m in found.moves] == [
        ("r1", "served", "goal"), ("r2", "waiting", "rule")]
    assert found.moves[0].why.goal == "points"
    assert found.moves[1].why.breach.rule == "places"
    assert (found.n_requests, found.n_children, found.n_employees) == (2, 2, 0)
    assert (found.goals[0].name, found.goals[0].before,
            found.goals[0].after) == ("points", 5, 7)
    assert found.duties == ()


def test_reasons_are_not_asked_by_themselves(town):
    found = ctgsched.difference(town.judge(support.plan()),
                                town.judge(support.plan("r1")))
    assert [m.why for m in found.moves] == [None]


def test_an_older_version_of_the_problem(town):
    value = support.town()
    value["requests"] = value["requests"][1:]
    value["children"] = value["children"][1:]
    found = ctgsched.difference(
        town.judge(support.plan("r1")),
        ctgsched.Problem.parse(value).judge(support.plan("r2")), why=True)
    assert [(m.request, m.kind, m.why.kind) for m in found.moves] == [
        ("r1", "gone", "event"), ("r2", "served", "goal")]


def staffed():
    return {**support.town(), "shifts": [
        {"id": "day", "structure": "s1", "segments": [
            {"begin": "08:00", "end": "18:00"}],
         "pieces": [{"minutes": 30, "earliest": "12:00", "latest": "13:00",
                     "step": 30}]}],
        "employees": [{"id": "e1"}]}


def test_duties():
    problem = ctgsched.Problem.parse(staffed())
    duty = {"employee": "e1", "date": "2026-09-07", "shift": "day",
            "pieces": ["12:30"]}
    found = ctgsched.difference(
        problem.judge(support.plan()),
        problem.judge({**support.plan(), "duties": [duty]}))
    (one,) = found.duties
    assert (one.employee, one.date, one.before) == ("e1", "2026-09-07", None)
    assert one.after.pieces == (750,) and one.after.minutes == 570
    assert found.n_employees == 1 and not one.is_new


def test_side_by_side(town):
    tables = ctgsched.compare({"base": town.judge(support.plan("r1")),
                               "other": town.judge(support.plan("r2"))})
    assert set(tables) == {"goals", "requests", "employees", "staff", "binds"}
    assert [(row["request"], row["change"]) for row in tables["requests"]] == [
        ("r1", "lost"), ("r2", "gained")]
    with pytest.raises(ctgsched.UsageError):
        ctgsched.compare({})
