# SPDX-License-Identifier: GPL-3.0-or-later
"""The brute-force oracle of the property tests against the second judge: every
plan of small random problems is accepted or refused alike, with equal goals,
and the judge finds no better plan than the oracle's best."""
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import judge as second  # noqa: E402
from problem import Problem  # noqa: E402

TINY = pathlib.Path(os.environ.get(
    "CTG_BIN", pathlib.Path(__file__).resolve().parents[2] / "build" / "bin"),
    "ctgsched-tiny")
LONG = bool(os.environ.get("CTG_LONG"))
SMALLER = {"shortage", "envy", "ranks", "distance", "concentration",
           "age_fit", "floors"}


def lines(*arguments):
    done = subprocess.run([TINY, *map(str, arguments)], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    text = done.stdout.decode()
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        while at < len(text) and text[at].isspace():
            at += 1


def judged(problem, plan):
    """(accepted, verdict): shortages count as declared."""
    verdict = second.judge(problem, plan)
    return all(one["rule"] == "shortage" for one in verdict.breaches), verdict


def asked(problem, verdict):
    """The goals asked, as numbers of which more is better."""
    if problem.goals.mode == "weighted":
        sign = 1 if problem.goals.sense == "max" else -1
        return [sign * value for _, value in verdict.goals]
    return [-value if name in SMALLER else value
            for name, value in verdict.goals]


@unittest.skipUnless(TINY.exists(), "ctgsched-tiny is not built")
class OracleAgainstJudge(unittest.TestCase):
    def check_plan(self, line, problem, one):
        accepted, verdict = judged(problem, one["plan"])
        where = (line["seed"], line["theme"], one["plan"]["placements"])
        self.assertEqual(
            accepted, one["accepted"],
            (where, one["broken"], [b["message"] for b in verdict.breaches]))
        for name, value in one["goals"].items() if accepted else ():
            self.assertEqual(verdict.value(name), value, (where, name))
        return asked(problem, verdict) if accepted else None

    def test_every_plan_is_judged_alike(self):
        first, last, most = (1, 450, 400) if LONG else (1, 450, 80)
        cases = 0
        for line in lines("--enumerate", first, last, most):
            problem = Problem(line["problem"], {})
            for one in line["plans"]:
                self.check_plan(line, problem, one)
            cases += 1
        self.assertGreaterEqual(cases, 200 if LONG else 10)

    def test_the_best_plan_is_worth_what_the_oracle_says(self):
        cases = 0
        for line in lines("--best", 1, 1000 if LONG else 250):
            if not line["feasible"]:
                continue
            problem = Problem(line["problem"], {})
            values = self.check_plan(line, problem, line["first"])
            if problem.goals.mode == "weighted":
                sign = 1 if problem.goals.sense == "max" else -1
                expected = [sign * value for value in line["value"]]
            else:
                names = problem.goals.order
                expected = [-value if name in SMALLER else value
                            for name, value in zip(names, line["value"])]
            self.assertEqual(values, expected, (line["seed"], line["theme"]))
            cases += 1
        self.assertGreaterEqual(cases, 200)

    def test_no_plan_is_better_than_the_best(self):
        first, last, most = (1, 450, 400) if LONG else (1001, 1300, 80)
        best = {line["seed"]: line for line in lines("--best", first, last)}
        for line in lines("--enumerate", first, last, most):
            problem = Problem(line["problem"], {})
            values = []
            for one in line["plans"]:
                accepted, verdict = judged(problem, one["plan"])
                if accepted:
                    values.append(asked(problem, verdict))
            known = best[line["seed"]]
            self.assertEqual(bool(values), known["feasible"])
            if values:
                _, verdict = judged(problem, known["first"]["plan"])
                self.assertEqual(max(values), asked(problem, verdict),
                                 (line["seed"], line["theme"]))


if __name__ == "__main__":
    unittest.main()
