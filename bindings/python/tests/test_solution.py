# SPDX-License-Identifier: GPL-3.0-or-later
"""Judged plans: rows, texts, questions, frames."""
import datetime
import json
import sys
import types

import pytest
import support

import ctgsched
from ctgsched import Solution


def test_rows_of_the_small_town(plan):
    assert [one.request for one in plan.placements] == ["r1", "r3"]
    assert plan.placements[0] == ctgsched.Placement("r1", "c1", "o1", "s1", 1)
    assert [(one.request, one.rank) for one in plan.waiting] == [("r2", 1)]
    assert plan.goal("hours").value == 5 * (180 + 240)
    assert all(one.is_proven and one.gap == 0 for one in plan.goals)
    assert plan.status == plan.stop == plan.result.verdict == "optimal"
    with pytest.raises(KeyError):
        plan.goal("none")


def test_coverage_counts_the_children_present(plan):
    first = plan.coverage[0]
    assert (first.structure, first.date, first.begin) == \
        ("s1", "2026-09-07", 8 * 60)
    assert [one.present for one in plan.coverage
            if one.date == "2026-09-07"] == [0, 1, 0, 1, 0]


def test_text_is_read_again_as_the_same_plan(plan, town):
    again = Solution.parse(town, plan.text)
    assert again.text == plan.text
    assert again.result is None
    assert json.loads(plan.complete_text)["coverage"]
    assert plan.to_dict()["placements"][0] == {"request": "r1", "option": "o1"}


def test_check_tells_the_breach_of_a_hand_made_plan(town):
    found = town.judge(support.plan("r1", "r2")).check()
    assert not found.is_accepted
    breach = found.breaches[0]
    assert (breach.rule, breach.size) == ("places", 1)
    assert (breach.where.structure, breach.where.date) == ("s1", "2026-09-07")
    assert breach.where.request is None and breach.where.week is None
    assert town.judge(support.plan("r1")).check().is_accepted


def test_plan_of_another_problem_is_refused_with_its_place(town):
    with pytest.raises(ctgsched.InputError) as caught:
        town.judge(support.plan("r1", "nobody"))
    assert caught.value.pointer == "/placements/1/request"


def test_slots_are_what_is_left(plan):
    free = plan.slots("2026-09-07", age_months=20, least_minutes=60)
    assert [(one.begin, one.end) for one in free] == \
        [(480, 540), (720, 780), (1020, 1080)]
    assert free == plan.slots(datetime.date(2026, 9, 7), 20, structure="s1",
                              walks=True)
    assert [one.begin for one in plan.slots(
        "2026-09-07", 20, least_minutes=61)] == []


def test_questions_out_of_range_are_usage_errors(plan):
    for date, months, more in (
            ("2027-01-01", 20, {}), ("x", 20, {}), ("2026-09-07", -1, {}),
            ("2026-09-07", 2**40, {}),
            ("2026-09-07", 20, {"structure": "none"}),
            ("2026-09-07", 20, {"least_minutes": 0})):
        with pytest.raises(ctgsched.UsageError):
            plan.slots(date, months, **more)
    with pytest.raises(ctgsched.UsageError):
        plan.headroom("none")
    with pytest.raises(ValueError):
        plan.headroom("s\0")


def test_headroom_tells_what_binds(plan):
    rows = plan.headroom("s1", "2026-09-07")
    assert rows[0].more == 1 and rows[0].class_id is None
    assert {one.binds for one in rows} == {"seats"}
    assert len(plan.headroom()) == 5 * len(rows)


def test_plan_with_breaches_answers_no_question(town):
    broken = town.judge(support.plan("r1", "r2"))
    with pytest.raises(ctgsched.VerifyError) as caught:
        broken.slots("2026-09-07", 20)
    assert caught.value.code == "E-BASE"


def test_problem_outlives_its_name():
    def made():
        return ctgsched.Solver().solve(
            ctgsched.Problem.parse(support.town()))
    found = made()
    assert found.problem.info.id == "tiny"
    assert len(found.coverage) == 25


class Frame(dict):
    """What a frame of either library is made of."""


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_have_a_column_for_each_member(plan, library, monkeypatch):
    fake = types.SimpleNamespace(DataFrame=Frame)
    monkeypatch.setitem(sys.modules, library, fake)
    assert plan.placements_frame(library)["request"] == ["r1", "r3"]
    assert len(plan.coverage_frame(library)["present"]) == 25


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frame_without_its_library_says_so(plan, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=f"needs {library}.* Maybe install"):
        plan.coverage_frame(library)
    with pytest.raises(ValueError):
        plan.coverage_frame("excel")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_real_frame_where_there_is_one(plan, library):
    pytest.importorskip(library)
    frame = plan.coverage_frame(library)
    assert frame.shape == (25, 10)
    assert frame["present"].sum() == 10
