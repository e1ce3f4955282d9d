# SPDX-License-Identifier: GPL-3.0-or-later
"""Properties over drawn texts and towns."""
import functools
import json
import random

import support
from hypothesis import given
from hypothesis import strategies as some

import ctgsched
from ctgsched import Problem, Solver

PLAIN = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text()
    | some.floats(allow_nan=False, allow_infinity=False),
    lambda inner: some.lists(inner, max_size=4)
    | some.dictionaries(some.text(), inner, max_size=4), max_leaves=12)
HOURS = some.tuples(some.integers(8, 17), some.integers(1, 6))


@some.composite
def towns(draw):
    requests = []
    for number, (begin, long) in enumerate(draw(
            some.lists(HOURS, min_size=1, max_size=6))):
        end = min(begin + long, 18)
        requests.append(support.request(
            number, draw(some.integers(0, 50)), f"{begin:02}:00",
            f"{end:02}:00"))
    return support.town(requests)


@given(some.binary(max_size=200))
def test_bytes_are_refused_and_never_more(source):
    assert Problem.lint(source).n_errors > 0


@given(some.dictionaries(some.text(), PLAIN, max_size=6))
def test_dict_and_its_text_have_the_same_faults(source):
    text = json.dumps(source, ensure_ascii=False)
    assert Problem.lint(source) == Problem.lint(text)


@given(some.text())
def test_text_in_comes_out_in_the_pointer_or_is_refused(name):
    found = Problem.lint({name: 1})
    assert found.n_errors > 0
    assert all(one.message and one.code for one in found.faults)


@given(towns(), some.randoms(use_true_random=False))
def test_order_of_the_requests_is_forgotten(town, chance):
    other = dict(town, requests=town["requests"][:])
    random.Random(chance.random()).shuffle(other["requests"])
    one, two = Problem.parse(town), Problem.parse(other)
    assert one.digest == two.digest
    assert Solver().solve(one).text == Solver().solve(two).text


@given(towns())
def test_plan_is_accepted_proven_and_whole(town):
    problem = Problem.parse(town)
    plan = Solver().solve(problem)
    assert plan.check().is_accepted
    assert all(goal.is_proven for goal in plan.goals)
    assert len(plan.placements) + len(plan.waiting) == len(town["requests"])
    assert plan.goal("points").value == sum(
        request["points"] for request in town["requests"]
        if request["id"] in {one.request for one in plan.placements})


@given(towns(), some.integers(1, 600))
def test_slot_can_be_booked(town, least):
    problem = Problem.parse(town)
    plan = Solver().solve(problem)
    for slot in plan.slots("2026-09-08", 20, least_minutes=least):
        more = support.request(99, 0, clock(slot.begin), clock(slot.end))
        more["options"][0]["when"][0]["dates"] = ["2026-09-08"]
        wider = Problem.parse(dict(
            town, requests=[*town["requests"], more],
            children=[*town["children"], {"id": "c99",
                                          "birth": "2025-01-01"}]))
        served = [one.request for one in plan.placements]
        assert wider.judge(support.plan(*served, "r99")).is_accepted


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


@functools.cache
def small_plan():
    return Solver().solve(Problem.parse(support.town()))


@given(some.integers(), some.integers())
def test_numbers_of_any_size_are_answered_or_refused(months, least):
    try:
        small_plan().slots("2026-09-07", months, least_minutes=least)
    except ctgsched.UsageError as error:
        assert error.code == "E-SLOT"
