# SPDX-License-Identifier: GPL-3.0-or-later
"""Judged plans: rows, texts, questions, frames."""
import datetime
import json
import os
import subprocess
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


def test_tables_of_the_small_town(plan):
    # One place from 08:00 to 18:00: r1 09:00-12:00, r3 13:00-17:00 on five
    # days; r2 waits for the place of r1.
    tables = plan.tables
    assert len(tables) == 19 and tables["agents"] == []
    assert tables["occupancy_week"] == [
        {"structure": "s1", "week": "2026-W37", "section": None,
         "present_minutes": 2100, "capacity_minutes": 3000, "rate": 0.7}]
    assert tables["occupancy"][1] == {
        "structure": "s1", "date": "2026-09-07", "section": None,
        "begin": 9 * 60, "end": 12 * 60, "present": 1, "places": 1,
        "capacity": 1}
    assert tables["waiting"] == [
        {"rank": 1, "request": "r2", "points": 3, "option": "o1",
         "structure": "s1", "binds": "places", "binds_structure": "s1",
         "binds_date": "2026-09-07", "binds_begin": 9 * 60}]
    assert plan.tables is tables


def test_tables_of_a_broken_plan_are_those_of_the_command_line(town, tmp_path):
    broken = town.judge(support.plan("r1", "r2"))
    assert broken.tables["over_capacity_peaks"][0]["excess"] == 1
    for name, value in (("p.json", support.town()),
                        ("plan.json", support.plan("r1", "r2"))):
        (tmp_path / name).write_text(json.dumps(value), encoding="utf-8")
    done = subprocess.run(
        [support.PROGRAM, "report", tmp_path / "p.json", tmp_path / "plan.json",
         "--json"], check=True, capture_output=True, env=dict(os.environ))
    theirs = json.loads(done.stdout)["tables"]
    for name, rows in broken.tables.items():
        for mine, one in zip(rows, theirs[name], strict=True):
            assert mine.keys() == one.keys()
            for key, value in mine.items():
                if isinstance(one[key], str) and isinstance(value, int):
                    value = f"{value // 60:02d}:{value % 60:02d}"
                assert value == one[key]


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


def test_breach_of_a_rule_of_labour_names_the_employee(rota):
    breach, = rota.judge({"schema": "ctgsched/plan/1", "placements": [],
                          "duties": [{"employee": "e", "date": "2026-09-07",
                                      "shift": "early"}]}).breaches
    assert (breach.rule, breach.where.employee) == ("pin", "e")
    assert breach.where.date == "2026-09-07"
    assert breach.where.structure is breach.where.manager is None


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


def test_offers_name_who_would_move(town):
    plan = town.judge(support.plan("r1"))
    (offer,) = plan.offers("r2")
    assert (offer.option, offer.kind, offer.other) == ("o1", "displaces", "r1")
    assert offer.other_option is None and offer.rank == 1
    change = {goal.name: goal.after - goal.before for goal in offer.goals}
    assert change["points"] == -2 and change["requests"] == 0
    assert offer.blocks[0].breach.rule == "places"
    assert offer.blocks[0].holders == ("r1",)
    (blocked,) = plan.offers("r2", searched=0)
    assert blocked.kind == "blocked" and blocked.goals == ()
    with pytest.raises(ctgsched.UsageError):
        plan.offers("r9")


def test_fill_in_the_order_of_the_waiting_list(town):
    plan = town.judge(support.plan())
    assert [row.request for row in plan.fill()] == ["r1", "r2", "r3"]
    assert [row.request for row in plan.fill(in_turn=True)] == ["r1", "r3"]
    assert [row.request for row in plan.fill(begin=780)] == ["r3"]
    served = town.judge(support.plan("r1", "r3"))
    (row,) = served.fill(freed="r1")
    assert (row.request, row.rank, row.option_rank) == ("r2", 1, 1)
    with pytest.raises(ctgsched.UsageError):
        served.fill(freed="r2")


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
def test_frames_of_duties(rota, library, monkeypatch):
    fake = types.SimpleNamespace(DataFrame=Frame)
    monkeypatch.setitem(sys.modules, library, fake)
    found = ctgsched.Solver().solve(rota)
    assert found.duties_frame(library) == {
        "employee": ["e"], "shift": ["late"], "structure": ["s1"],
        "date": ["2026-09-07"], "begin": [720], "end": [1080],
        "minutes": [330]}
    assert found.duty_parts_frame(library) == {
        "employee": ["e"] * 3, "shift": ["late"] * 3,
        "date": ["2026-09-07"] * 3, "structure": ["s1"] * 3,
        "what": ["children", "break", "children"],
        "begin": [720, 840, 870], "end": [840, 870, 1080]}


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frame_without_its_library_says_so(plan, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=f"needs {library}.* Maybe install"):
        plan.coverage_frame(library)
    with pytest.raises(ValueError):
        plan.coverage_frame("excel")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_real_frame_where_there_is_one(plan, rota, library):
    pytest.importorskip(library)
    frame = plan.coverage_frame(library)
    assert frame.shape == (25, 10)
    assert frame["present"].sum() == 10
    frame = ctgsched.Solver().solve(rota).duty_parts_frame(library)
    assert frame.shape == (3, 7)
    assert (frame["end"] - frame["begin"]).sum() == 360
