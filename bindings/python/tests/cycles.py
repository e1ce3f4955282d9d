# SPDX-License-Identifier: GPL-3.0-or-later
"""So many times from text to plan and back, for valgrind to look at:

    python tests/cycles.py 1000
"""
import json
import os
import sys

import ctgsched

sys.path.insert(0, os.path.join(os.environ["CTG_ROOT"], "tests", "cli"))
import support  # noqa: E402


def cycle(text):
    problem = ctgsched.Problem.parse(text)
    events = []
    plan = ctgsched.Solver().solve(problem, on_event=events.append)
    assert events
    assert len(plan.slots("2026-09-07", 20)) == 3
    assert len(plan.coverage) == 25
    assert problem.judge(plan.text).text == plan.text
    try:
        ctgsched.Problem.parse(text[1:])
    except ctgsched.InputError:
        return
    raise AssertionError("half a text was read")


TOWN = json.dumps(support.town())
for _ in range(int(sys.argv[1])):
    cycle(TOWN)
