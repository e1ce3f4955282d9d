# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes, floor plans, and plans made anew."""
import json

import pytest
import support
from test_same import cli

import ctgsched
from ctgsched import Solver


def changes(*them):
    return {"schema": "ctgsched/change/1", "changes": list(them)}


# The place is r1's in the morning and r3's in the afternoon; r2 waits. Without
# r3 a newcomer may have the afternoon.
WITHOUT_R3 = changes({"op": "request_withdrawn", "request": "r3"})
NEWCOMER = changes({"op": "booked",
                    "request": support.request(9, 0, "14:00", "15:00"),
                    "child": {"id": "c9", "birth": "2025-01-01"}})


def test_changes_are_made_to_a_problem_of_its_own(town):
    before = town.digest
    after = town.apply(WITHOUT_R3)
    assert after.info.n_requests == 2
    assert town.digest == before != after.digest
    assert town.apply(json.dumps(WITHOUT_R3)).digest == after.digest
    assert after.apply(changes()).digest == after.digest


def test_changes_that_are_refused_have_their_place(town):
    text = json.dumps(changes({"op": "request_withdrawn", "request": "r1"},
                              {"op": "request_withdrawn", "request": "r8"}))
    with pytest.raises(ctgsched.InputError) as caught:
        town.apply(text)
    error = caught.value
    assert (error.code, error.pointer) == ("E-REF", "/changes/1/request")
    assert (error.line, error.column) == (1, text.index('"r8"') + 1)
    assert error.faults[0].pointer == error.pointer


def test_plan_is_carried_over_without_what_went(town, plan):
    floor = town.apply(WITHOUT_R3).carry(plan)
    assert [one.request for one in floor.placements] == ["r1"]
    assert floor.is_accepted and floor.result is None
    assert town.carry(plan).placements == plan.placements


def test_pins_that_contradict_have_no_floor_plan(town, plan):
    after = town.apply(changes(*(
        {"op": "pinned", "request": request, "option": "o1"}
        for request in ("r1", "r2"))))
    with pytest.raises(ctgsched.VerifyError):
        after.carry(plan)


def test_replan_serves_who_must_be_served(town, plan):
    after = town.apply(WITHOUT_R3).apply(NEWCOMER)
    found = Solver().replan(after, plan)
    assert [one.request for one in found.placements] == ["r1", "r9"]
    assert found.result.verdict == "optimal"
    assert found.result.changes == 0
    assert not found.result.is_budget_short
    assert found.result.least_budget is None


def test_as_many_are_disturbed_as_may_be(town, plan):
    after = town.apply(changes(
        {"op": "request_changed", "request": "r2", "set": {"points": 50}}))
    free = Solver().replan(after, plan)
    assert [one.request for one in free.placements] == ["r2", "r3"]
    assert free.result.changes >= 1
    kept = Solver(max_changes=0).replan(after, plan)
    assert kept.placements == plan.placements
    assert kept.result.changes == 0


def test_replan_has_events_and_can_be_cancelled(commune, commune_plan):
    solver, told = Solver(work_limit="20k"), []
    found = solver.replan(commune, commune_plan, on_event=told.append)
    with solver.start_replan(commune, commune_plan) as run:
        assert [one.kind for one in run] == [one.kind for one in told]
    assert run.result().text == found.text
    assert found.goal("points").value >= commune_plan.goal("points").value


def test_replan_needs_both_sides_decided(town, plan):
    with pytest.raises(ctgsched.UsageError):
        Solver(decide="children").replan(town, plan)


def test_same_bytes_as_the_command_line(commune, commune_plan, root, tmp_path):
    request = commune_plan.placements[3].request
    made = changes({"op": "request_withdrawn", "request": request})
    plan, events = tmp_path / "plan.json", tmp_path / "events.json"
    plan.write_text(commune_plan.text, "utf-8")
    events.write_text(json.dumps(made), "utf-8")
    source = root / "examples" / "commune.json"
    after = commune.apply(made)
    assert cli("apply", source, "--events", events).rstrip("\n") == after.text
    for limit in (-1, 0):
        found = Solver(work_limit=20_000, max_changes=limit).replan(
            after, commune_plan)
        assert found.text == cli("replan", source, plan, "--events", events,
                                 "--work-limit", 20_000, "--max-changes",
                                 limit)
