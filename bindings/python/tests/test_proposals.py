# SPDX-License-Identifier: GPL-3.0-or-later
"""What a plan could give to a request, and who could take a place."""
import datetime
import json

import pytest
import support
from test_same import cli

import ctgsched


def test_offer_that_displaces_names_who_and_what(plan):
    offer, = plan.offers("r2")
    assert (offer.option, offer.structure, offer.rank) == ("o1", "s1", 1)
    assert (offer.kind, offer.other, offer.other_option) == \
        ("displaces", "r1", None)
    assert offer.goals[0] == ctgsched.GoalChange("points", "points", "max", 7,
                                                 5, 1, False)
    assert len(offer.blocks) == 5
    assert offer.blocks[0].breach.rule == "places"
    assert {one.holders for one in offer.blocks} == {("r1",)}


def test_offer_that_is_free_has_no_block(town):
    offer, = town.judge(support.plan("r3")).offers("r2")
    assert (offer.kind, offer.blocks, offer.other) == ("free", (), None)
    assert [(one.before, one.after) for one in offer.goals][:2] == \
        [(2, 5), (1, 2)]


def test_offer_that_was_not_searched_is_blocked(plan):
    offer, = plan.offers("r2", searched=0)
    assert (offer.kind, offer.other, offer.goals) == ("blocked", None, ())


def test_place_that_is_freed_is_for_who_waits(plan):
    fill, = plan.fill(freed="r1")
    assert (fill.request, fill.child, fill.option, fill.structure) == \
        ("r2", "c2", "o1", "s1")
    assert (fill.points, fill.rank, fill.option_rank) == (3, 1, 1)
    assert (fill.goals[0].before, fill.goals[0].after) == (2, 5)
    assert plan.fill(freed="r3") == plan.fill(structure="s1") == ()
    assert plan.fill(structure="s1", freed="r1", first=datetime.date(2026, 9, 8),
                     last="2026-09-08", begin=540, end=600,
                     in_turn=True) == (fill,)
    assert plan.fill(freed="r1", begin=720) == ()


def test_questions_that_cannot_be_are_usage_errors(plan):
    for ask in (lambda: plan.offers("r9"),
                lambda: plan.offers("r2", searched=501),
                lambda: plan.fill(structure="none"), lambda: plan.fill(freed="r2"),
                lambda: plan.fill(first="2030-01-01"),
                lambda: plan.fill(begin=600, end=600)):
        with pytest.raises(ctgsched.UsageError) as caught:
            ask()
        assert caught.value.code == "E-SLOT"


def test_plan_with_breaches_proposes_nothing(town):
    broken = town.judge(support.plan("r1", "r2"))
    for ask in (lambda: broken.offers("r3"), broken.fill):
        with pytest.raises(ctgsched.VerifyError):
            ask()


def test_same_as_the_command_line(commune_plan, root, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(commune_plan.text, "utf-8")
    source = root / "examples" / "commune.json"
    kinds = set()
    for one in commune_plan.waiting[:3] + commune_plan.waiting[-3:]:
        told = json.loads(cli("offers", source, file, "--request", one.request,
                              "--json"))["offers"]
        offers = commune_plan.offers(one.request)
        kinds |= {offer.kind for offer in offers}
        assert [(each["option"], each["kind"], each.get("other"),
                 [goal["after"] for goal in each["goals"]])
                for each in told] == \
            [(each.option, each.kind, each.other,
              [goal.after for goal in each.goals]) for each in offers]
    assert kinds >= {"displaces", "blocked"}
    freed = commune_plan.placements[-1].request
    told = json.loads(cli("fill", source, file, "--freed", freed, "--json"))
    assert [(each["request"], each["option"], each["rank"])
            for each in told["fill"]] == \
        [(each.request, each.option, each.rank)
         for each in commune_plan.fill(freed=freed)]
