# SPDX-License-Identifier: GPL-3.0-or-later
"""Both judges on what format.md could be read in two ways: the reading that
it settles, with values by hand."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from tiny import (MON, OUTING, SHARE, SIX, TUE, ask, five_eight, held, judged,
                  kids, option, place, plan, problem, session, team, under)  # noqa: E402

ROOT = HERE.parent.parent
BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
VERIFY = BIN / "ctgsched-verify"


class Both(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        if not VERIFY.exists():
            self.skipTest("ctgsched-verify is not built")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.at = pathlib.Path(folder.name)

    def judge(self, its_problem, its_plan):
        """What the two say, which is the same: breaches without words, goals
        and shortages."""
        files = self.at / "problem.json", self.at / "plan.json"
        for file, value in zip(files, (its_problem, its_plan)):
            file.write_text(json.dumps(value), encoding="utf-8")
        done = subprocess.run([VERIFY, "--json", *files], capture_output=True,
                              text=True, check=False)
        self.assertIn(done.returncode, (0, 7), done.stderr)
        mine = json.loads(done.stdout)
        theirs = judged(its_problem, its_plan).as_json()
        for one in (mine, theirs):
            one["breaches"] = sorted(
                ({k: v for k, v in b.items()
                  if k not in ("message", "article", "of", "kind")}
                 for b in one["breaches"]), key=lambda b: sorted(b.items(),
                                                                 key=str))
            one["goals"] = {g["name"]: g["value"] for g in one["goals"]}
        for name in ("accepted", "breaches", "shortages", "goals"):
            self.assertEqual(mine[name], theirs[name], name)
        return mine

    def rules(self, its_problem, its_plan):
        return sorted(b["rule"] for b in
                      self.judge(its_problem, its_plan)["breaches"])

    def value(self, goal, its_problem, its_plan):
        asked = {**its_problem, "goals": {"mode": "lexicographic",
                                          "order": [goal]}}
        return self.judge(asked, its_plan)["goals"][goal]


class Absences(Both):
    """format.md 4.2: what a family says it does not need."""

    def test_an_absence_cuts_a_presence_in_two(self):
        # 08:00-18:00 on two days, away from 10:00 to 12:00 on Monday: 120 of
        # 1,200 minutes. The other child may have the place meanwhile.
        a = ask("a", option(begin="08:00", end="18:00", days=[MON, TUE]),
                absent=[{"dates": [MON], "begin": "10:00", "end": "12:00"}])
        b = ask("b", option(begin="10:00", end="12:00"))
        p = problem([place(places=1)], [a, b])
        self.assertEqual(self.rules(p, plan(("a", "o"), ("b", "o"))), [])
        self.assertEqual(self.value("hours", p, plan(("a", "o"))), 1080)
        a["absent"][0]["end"] = "11:59"
        self.assertEqual(self.rules(p, plan(("a", "o"), ("b", "o"))),
                         ["places"])

    def test_away_for_good_is_still_placed(self):
        a = ask("a", option(), absent=[{}])
        p = problem([place(places=0)], [a])
        self.assertEqual(self.rules(p, plan(("a", "o"))), [])
        self.assertEqual(self.value("requests", p, plan(("a", "o"))), 1)
        a["first"] = TUE  # no presence that an absence could take
        self.assertEqual(self.rules(p, plan(("a", "o"))), ["menu"])

    def test_a_sick_child_closes_no_group(self):
        its = place(sessions=[session("w", "atelier", "10:00", "11:00",
                                      min_children=2)])
        asks = [ask(name, option(begin="10:00", end="11:00"))
                for name in "ab"]
        p = problem([its], asks)
        self.assertEqual(self.rules(p, plan(("a", "o"))), ["group"])
        asks[1]["absent"] = [{"dates": [MON]}]
        self.assertEqual(self.rules(p, plan(("a", "o"), ("b", "o"))), [])
        asks[1]["absent"] = [{"dates": [TUE]}]
        self.assertEqual(self.rules(p, plan(("a", "o"))), ["group"])

    def test_the_floor_is_that_of_the_contract(self):
        a = ask("a", option(days=[MON, TUE]), floor={"min_days": 2},
                absent=[{"dates": [MON]}])
        self.assertEqual(self.rules(problem([place()], [a]),
                                    plan(("a", "o"))), [])


class Menus(Both):
    def test_generated_ids_are_longer_than_others(self):
        name = "s" * 64
        long = name + "~mon~tue~wed~thu|120,120"
        a = ask("a", menu={
            "week": [{"days": ["mon", "tue", "wed", "thu", "fri"],
                      "begin": "08:00", "end": "18:00"}],
            "structures": [{"structure": name}],
            "flex": {"step": 120, "later": 120, "earlier": 120,
                     "drop_days": 4}})
        p = problem([place(name)], [a], pins=[{"request": "a",
                                               "option": long}])
        self.assertEqual(self.rules(p, plan(("a", long))), [])
        # Friday 10:00-16:00
        self.assertEqual(self.value("hours", p, plan(("a", long))), 360)
        self.assertEqual(self.rules(p, plan(("a", name))), ["pin"])

    def test_grid_without_facts_is_no_points(self):
        a = ask("a", option(), grid="g")
        p = problem([place()], [a], points_grids=[
            {"id": "g", "criteria": [{"fact": "lone", "points": 5}]}])
        self.assertEqual(self.value("points", p, plan(("a", "o"))), 0)
        a["facts"] = {"lone": True}
        self.assertEqual(self.value("points", p, plan(("a", "o"))), 5)


class Shortages(Both):
    """Two held children on one place: one place is short for an hour."""

    SHORT = {"kind": "places", "rule": "places", "structure": "s", "date": MON,
             "begin": "09:00", "end": "10:00", "size": 1}

    def judge_with(self, **more):
        p = problem([place(places=1)], [ask("a", held=held()),
                                        ask("b", held=held())])
        return self.rules(p, plan(("a", "held"), ("b", "held"), **more))

    def test_left_out_or_empty_says_that_nothing_is_short(self):
        self.assertEqual(self.judge_with(), ["shortage"])
        self.assertEqual(self.judge_with(shortages=[]), ["shortage"])

    def test_declared_it_is_no_breach(self):
        self.assertEqual(self.judge_with(shortages=[self.SHORT]), [])

    def test_declared_in_vain_or_otherwise_it_is_one(self):
        self.assertEqual(self.judge_with(
            shortages=[{**self.SHORT, "size": 2}]), ["shortage"] * 2)
        p = problem([place()], [ask("a", held=held())])
        self.assertEqual(self.rules(p, plan(
            ("a", "held"), shortages=[self.SHORT])), ["shortage"])


class Instants(Both):
    def test_outside_hours_all_other_rules_count_too(self):
        # Open until 18:00, one place there. 17:30-18:30: `hours` for half an
        # hour; `places` is 0 then, the section has a place, nobody is there
        # to meet the ratio: from 18:00.
        s, law = under(SIX, regime="eaje.6", places=1, staff=[team(1)],
                       sections=[{"id": "x", "places": 1}])
        p = problem([s], kids("a", 1, begin="17:30", end="18:30"), **law)
        found = self.judge(p, plan(("a1", "o")))["breaches"]
        self.assertEqual(
            [(b["rule"], b["begin"], b["end"], b["size"])
             for b in sorted(found, key=lambda b: b["rule"])],
            [("hours", "18:00", "18:30", 0), ("places", "18:00", "18:30", 1),
             ("ratio", "18:00", "18:30", 1)])

    def test_mix_knows_no_least_staff_of_an_outing(self):
        # One child out 09:00-10:00: the outing's reading is 1 (its min_staff
        # 2): 60 minutes, 40 % of them 24. There are 23.
        s, law = under(SIX, SHARE, OUTING, regime="eaje.6", staff=[
            team(2), {**team(1, "cat1", end="08:23"), "days": ["mon"]}],
            outings=[{"begin": "08:00", "end": "18:00"}])
        p = problem([s], kids("a", 1), **law)
        found = self.judge(p, plan(("a1", "o")))["breaches"]
        self.assertEqual([(b["rule"], b["size"]) for b in found],
                         [("mix", 1)])

    def test_mix_counts_open_instants_only(self):
        # The one child is there while the structure is shut: 0 required.
        s, law = under(SIX, SHARE, regime="eaje.6", staff=[
            team(1, begin="18:00", end="20:00")])
        p = problem([s], kids("a", 1, begin="18:00", end="19:00"), **law)
        self.assertEqual(self.rules(p, plan(("a1", "o"))), ["hours", "places"])


class Continuity(Both):
    def worth(self, s, wish, kept):
        p = problem([s], [ask("a", wish, held=kept)])
        return self.value("continuity", p, plan(("a", wish["id"])))

    def test_without_sections_the_structure_counts_for_both(self):
        self.assertEqual(self.worth(place(), option(), held()), 2)

    def test_of_a_held_place_without_presence_only_the_structure_counts(self):
        # The held place is for Tuesdays, when the structure is shut.
        s = place(closures=[{"days": ["tue"]}])
        gone = {"structure": "s", "when": [
            {"days": ["tue"], "begin": "09:00", "end": "10:00"}]}
        self.assertEqual(self.worth(s, option(), gone), 1)

    def test_another_section_of_the_first_presence_counts_once(self):
        s = place(sections=[{"id": x, "places": 2} for x in "xy"])
        self.assertEqual(self.worth(s, option(section="x"),
                                    held(section="x")), 2)
        self.assertEqual(self.worth(s, option(section="x"),
                                    held(section="y")), 1)
        # first of the day, not of the list
        late = {"id": "o", "structure": "s", "when": [
            {"dates": [TUE], "begin": "09:00", "end": "10:00",
             "section": "y"},
            {"dates": [MON], "begin": "09:00", "end": "10:00",
             "section": "x"}]}
        self.assertEqual(self.worth(s, late, held(section="x")), 2)


class Law(Both):
    def test_the_order_of_rules_in_a_pack_changes_nothing(self):
        other = five_eight("ceil_each", valid_from=TUE)
        s, law = under(five_eight(valid_to=MON), other, regime="eaje.5_8",
                       staff=[team(1)])
        # They walk: 9 children are 2 persons on Monday.
        p = problem([s], kids("a", 9), **law)
        first = self.judge(p, plan(*((f"a{i}", "o") for i in range(1, 10))))
        law["rules"][0]["rules"].reverse()
        again = self.judge(p, plan(*((f"a{i}", "o") for i in range(1, 10))))
        self.assertEqual(first["digest"], again["digest"])
        self.assertEqual(first["breaches"], again["breaches"])
        self.assertEqual([b["rule"] for b in first["breaches"]], ["ratio"])

    def test_a_derogation_without_dates_is_for_the_whole_horizon(self):
        s, law = under(SIX, regime="eaje.6", staff=[team(1)])
        its = {"id": "d", "rule": "eaje.6", "structure": "s", "reason": "test",
               "waive": True}
        p = problem([s], kids("a", 7), derogations=[its], **law)
        all_of_them = plan(*((f"a{i}", "o") for i in range(1, 8)))
        self.assertEqual(self.rules(p, all_of_them), [])
        its["first"] = TUE
        self.assertEqual(self.rules(p, all_of_them), ["ratio"])


class Digest(Both):
    def test_of_another_problem(self):
        p = problem([place()], kids("a", 1))
        digest = self.judge(p, plan())["digest"]
        self.assertEqual(self.rules(p, plan(
            problem={"id": "other", "digest": digest})), [])
        wrong = digest[:-1] + ("0" if digest[-1] != "0" else "1")
        self.assertEqual(self.rules(p, plan(problem={"digest": wrong})),
                         ["digest"])


if __name__ == "__main__":
    unittest.main()
