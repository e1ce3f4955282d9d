# SPDX-License-Identifier: GPL-3.0-or-later
"""`ctgsched diff`: made to A it gives B, and each reason is what the second
judge says of B with that difference alone undone."""
import json
import pathlib
import random
import unittest

from support import BIN, ROOT, SEEDS, Case, Drawn, goals_of, run
from test_offers import house, place


def made_to(told, placed, duties):
    """Placements and duties of A with the difference made."""
    placed = dict(placed)
    for move in told["moves"]:
        placed.pop(move["request"], None)
        if move["to"]:
            placed[move["request"]] = move["to"]["option"]
    duties = {(d["employee"], d["date"]): d for d in duties}
    for duty in told["duties"]:
        key = duty["employee"], duty["date"]
        duties.pop(key, None)
        if duty["to"]:
            duties[key] = {"employee": key[0], "date": key[1],
                           "shift": duty["to"]["shift"],
                           **({"pieces": duty["to"]["pieces"]}
                              if duty["to"]["pieces"] else {})}
    return placed, [duties[key] for key in sorted(duties)]


def placements(plan):
    return {row["request"]: row["option"] for row in plan["placements"]}


def duties_of(plan):
    return [{name: duty[name] for name in ("employee", "date", "shift",
                                           "pieces") if duty.get(name)}
            for duty in plan.get("duties", [])]


class Compared(Drawn):
    """Plans before and after, as files; `after` is a Case."""

    def diff(self, after, before_plan, *options, before=None):
        plan = after.write("before.json", before_plan)
        operands = [after.file, plan, after.plan] if before is None else [
            f"{after.write('old.json', before)}={plan}",
            f"{after.file}={after.plan}"]
        return json.loads(run(BIN / "ctgsched", "diff", *operands, *options,
                              "--json").stdout)


class Truth(Compared):
    def other_plan(self, case, draw):
        """A few steps away, every one of which keeps the rules."""
        placed = dict(case.placed)
        for _ in range(4):
            request = draw.choice(sorted(case.problem.requests))
            option = draw.choice([None, *case.problem.requests[
                request].options])
            moved = {r: o for r, o in {**placed, request: option}.items() if o}
            if Case(self.folder, case.value, moved).passes({}):
                placed = moved
        return placed

    def check_reason(self, case, before, move, counts):
        """`case` has the plan after."""
        why = move["why"]
        counts[why["kind"]] = counts.get(why["kind"], 0) + 1
        undone = case.with_moves({move["request"]: before.get(
            move["request"])})
        now = goals_of(case.with_moves({}))
        apart = [(name, value - old) for (name, old), (_, value) in
                 zip(now, goals_of(undone)) if value != old]
        if why["kind"] == "rule":
            self.assertIn(place(why["breach"]),
                          [place(one) for one in undone.breaches])
            return
        self.assertTrue(undone.keeps_rules, move)
        if why["kind"] == "tie":
            self.assertLessEqual({name for name, _ in apart[:1]}, {"tie"})
            return
        name, more = apart[0]
        self.assertEqual(why["goal"], name)
        sense = case.problem.goals.sense if name == "weighted" else SENSES[
            name]
        self.assertEqual(why["kind"], "better" if (more > 0) == (
            sense == "max") else "goal")

    def test_drawn_plans(self):
        counts = {}
        for seed in range(SEEDS):
            with self.subTest(seed=seed):
                case = self.case(seed)
                if case is None:
                    continue
                before = self.other_plan(case, random.Random(seed))
                case = Case(self.folder, case.value, case.placed)
                told = self.diff(case, case.plan_of(before), "--why")
                self.assertEqual(made_to(told, before, [])[0], case.placed)
                self.assertEqual(
                    [(g["name"], g["before"]) for g in told["goals"]],
                    goals_of(Case(self.folder, case.value,
                                  before).with_moves({})))
                self.assertEqual(
                    [(g["name"], g["after"]) for g in told["goals"]],
                    goals_of(case.with_moves({})))
                for move in told["moves"]:
                    self.check_reason(case, before, move, counts)
        self.assertNotIn("event", counts)
        if SEEDS >= 100:
            for kind in ("rule", "goal", "better"):
                self.assertGreater(counts.get(kind, 0), 2, counts)

    def test_duties(self):
        """Two rosters of the example: made to A the difference is B, and each
        reason of a duty holds."""
        file = ROOT / "examples" / "joint-creche.json"
        value = json.loads(file.read_text(encoding="utf-8"))
        plans = []
        for limit in ("1k", "200k"):
            path = pathlib.Path(self.folder) / f"{limit}.json"
            run(BIN / "ctgsched", "solve", file, "--work-limit", limit,
                "--decide", "joint", "-o", path, status=None)
            plans.append(json.loads(path.read_text(encoding="utf-8")))
        before, after = plans
        case = Case(self.folder, value, placements(after), duties_of(after))
        told = self.diff(case, {
            "schema": before["schema"], "placements": before["placements"],
            "duties": before["duties"]}, "--why")
        self.assertEqual(made_to(told, placements(before),
                                 duties_of(before)),
                         (placements(after), duties_of(after)))
        self.assertTrue(told["duties"] or told["moves"])
        draw = random.Random(1)
        for duty in draw.sample(told["duties"], min(12, len(told["duties"]))):
            self.check_duty(case, duty)

    def check_duty(self, case, duty):
        kept = [d for d in case.duties if (d["employee"], d["date"]) != (
            duty["employee"], duty["date"])]
        if duty["from"]:
            kept.append({"employee": duty["employee"], "date": duty["date"],
                         "shift": duty["from"]["shift"],
                         **({"pieces": duty["from"]["pieces"]}
                            if duty["from"]["pieces"] else {})})
        undone = Case(self.folder, case.value, case.placed,
                      kept).with_moves({})
        Case(self.folder, case.value, case.placed, case.duties)
        self.assertEqual(undone.keeps_rules, duty["why"]["kind"] != "rule")
        if duty["why"]["kind"] == "rule":
            self.assertIn(place(duty["why"]["breach"]),
                          [place(one) for one in undone.breaches])


SENSES = {"shortage": "min", "envy": "min", "points": "max", "requests": "max",
          "hours": "max", "satisfaction": "max", "ranks": "min",
          "continuity": "max", "siblings": "max", "distance": "min",
          "concentration": "min", "age_fit": "min", "floors": "min",
          "cover": "min", "wishes": "min", "overtime": "min",
          "staff_minutes": "min", "cost": "min", "fairness": "min",
          "changes": "min", "tie": "max"}


class Versions(Compared):
    """A is a plan of an older version of the problem."""

    def test_new_gone_and_changed(self):
        old, new = house(2), house(2)
        new["requests"] = [{**old["requests"][0], "id": "r0"},
                           old["requests"][1], old["requests"][2]]
        new["requests"][2] = json.loads(json.dumps(old["requests"][2]))
        new["requests"][2]["options"][1]["when"][0]["end"] = "16:00"
        case = Case(self.folder, new, {"r0": "o09", "r3": "o13"})
        told = self.diff(case, case.plan_of({"r1": "o09", "r2": "o09",
                                             "r3": "o13"}), "--why",
                         before=old)
        self.assertEqual([(m["request"], m["kind"], m["why"]["kind"])
                          for m in told["moves"]],
                         [("r0", "new", "event"), ("r1", "gone", "event"),
                          ("r2", "waiting", "better"),
                          ("r3", "changed", "event")])
        self.assertEqual(told["touched"], {"requests": 2, "children": 2,
                                           "employees": 0})

    def test_a_cut_of_capacity(self):
        """Two had the morning; one place is left."""
        case = Case(self.folder, house(1), {"r1": "o09", "r3": "o13"})
        told = self.diff(case, case.plan_of({"r1": "o09", "r3": "o09"}),
                         "--why", before=house(2))
        (move,) = told["moves"]
        self.assertEqual((move["request"], move["kind"], move["why"]["kind"],
                          move["why"]["breach"]["rule"]),
                         ("r3", "moved", "event", "places"))

    def test_an_option_that_is_gone(self):
        new = house(2)
        del new["requests"][2]["options"][0]
        case = Case(self.folder, new, {"r3": "o13"})
        told = self.diff(case, case.plan_of({"r3": "o09"}), "--why",
                         before=house(2))
        self.assertEqual([m["why"] for m in told["moves"]],
                         [{"kind": "event"}])

    def team(self, **more):
        return {**house(2), "shifts": [{
            "id": "day", "structure": "s", "segments": [
                {"begin": "08:00", "end": "18:00"}]}],
            "employees": [{"id": "e1", **more}, {"id": "e2"}]}

    def test_an_agent_who_is_absent(self):
        worked = [{"employee": "e1", "date": "2026-09-07", "shift": "day"}]
        stands_in = [{"employee": "e2", "date": "2026-09-07",
                      "shift": "day"}]
        new = self.team(absent=[{"dates": ["2026-09-07"]}])
        case = Case(self.folder, new, {}, stands_in)
        told = self.diff(case, case.plan_of({}, worked), "--why",
                         before=self.team())
        self.assertEqual(
            [(d["employee"], d["kind"], d["why"]["kind"],
              d["why"].get("breach", {}).get("rule"))
             for d in told["duties"]],
            [("e1", "lost", "event", "duty"), ("e2", "gained", "tie", None)])
        self.assertEqual(told["touched"]["employees"], 2)


class Events(Compared):
    """B is a plan of the problem after changes, which are named."""

    def told(self, value, before, after, changes, *options):
        """The differences; `before` and `after`: placements and duties."""
        case = Case(self.folder, value, *before)
        events = case.write("events.json", {"schema": "ctgsched/change/1",
                                            "changes": changes})
        plan = case.write("after.json", case.plan_of(*after))
        return run(BIN / "ctgsched", "diff", case.file, case.plan, plan,
                   "--why", "--events", events, *options).stdout

    def whys(self, *asked):
        told = json.loads(self.told(*asked, "--json"))
        return [(row.get("request", row.get("employee")), row["why"]["kind"],
                 row["why"].get("event"), row["why"].get("op"))
                for row in told["moves"] + told["duties"]]

    def test_a_request_and_a_structure(self):
        changes = [{"op": "structure_changed", "structure": "s",
                    "set": {"manager": "m"}},
                   {"op": "request_withdrawn", "request": "r1"},
                   {"op": "capacity", "structure": "s", "places": 1}]
        self.assertEqual(
            self.whys(house(3), ({"r1": "o09", "r2": "o09", "r3": "o09"},),
                      ({"r2": "o09", "r3": "o13"},), changes),
            [("r1", "event", 1, "request_withdrawn"),
             ("r3", "event", 0, "structure_changed")])

    def test_an_agent_and_the_children_with_them(self):
        """Two agents for two children, one each; one agent is absent: one of
        the children, newly admitted, has to go."""
        pack = {"schema": "ctgsched/rules/1", "id": "p", "title": "p",
                "rules": [{"id": "one", "kind": "ratio", "status": "memory",
                           "parameters": {"rounding": "sum_then_ceil",
                                          "classes": [{"id": "any",
                                                       "per": 1}]}}]}
        value = {**house(2), "rules": [pack], "shifts": [{
            "id": "day", "structure": "s", "segments": [
                {"begin": "08:00", "end": "18:00"}]}],
            "employees": [{"id": one, "qualifications": [
                {"category": "cat1"}]} for one in ("e1", "e2")]}
        value["structures"][0].update(packs=["p"], ratio={"regime": "one"})
        duties = [{"employee": one, "date": f"2026-09-0{day}", "shift": "day"}
                  for one in ("e1", "e2") for day in (7, 8)]
        changes = [{"op": "agent_absent", "employee": "e1",
                    "dates": ["2026-09-07"]}]
        self.assertEqual(
            self.whys(value, ({"r1": "o09", "r2": "o09"}, duties),
                      ({"r1": "o09"}, duties[1:]), changes),
            [("r2", "event", 0, "agent_absent"),
             ("e1", "event", 0, "agent_absent")])

    def test_text(self):
        text = self.told(house(2), ({"r1": "o09", "r2": "o09"},),
                         ({"r1": "o09"},),
                         [{"op": "capacity", "structure": "s", "places": 1}])
        self.assertIn("[could not stay: capacity 0 places s", text)

    def test_changes_are_between_plans_of_one_problem(self):
        case = Case(self.folder, house(), {})
        done = run(BIN / "ctgsched", "diff", f"{case.file}={case.plan}",
                   f"{case.file}={case.plan}", "--events", case.file, status=2)
        self.assertIn("Maybe", done.stderr)


class ByHand(Compared):
    def test_equal_plans(self):
        case = Case(self.folder, house(), {"r1": "o09"})
        told = self.diff(case, case.plan_of({"r1": "o09"}), "--why")
        self.assertEqual((told["moves"], told["duties"]), ([], []))

    def text(self, *options):
        case = Case(self.folder, house(), {"r1": "o09", "r3": "o13"})
        plan = case.write("before.json", case.plan_of({"r2": "o09",
                                                       "r3": "o13"}))
        return run(BIN / "ctgsched", "diff", case.file, plan, case.plan,
                   *options).stdout

    def test_text(self):
        text = self.text("--why")
        self.assertIn("requests: 2, children: 2, agents: 0", text)
        self.assertIn("points +2", text)
        self.assertIn("[undoing it costs points]", text)
        self.assertIn("[undoing it breaks places s", text)
        self.assertIn("l'annuler coûte points",
                      self.text("--why", "--lang", "fr"))
        self.assertNotIn("[", self.text())

    def test_bad_operands(self):
        case = Case(self.folder, house(), {})
        for operands in ((case.file, case.plan), ("a=b",), ("a=b", "c"),
                         ("=a", "b=c"), ("-=a", "b=-")):
            with self.subTest(operands=operands):
                done = run(BIN / "ctgsched", "diff", *operands, status=2)
                self.assertIn("Maybe", done.stderr)

    def test_a_file_that_is_no_plan(self):
        case = Case(self.folder, house(), {})
        run(BIN / "ctgsched", "diff", case.file, case.file, case.plan,
            status=3)
        done = run(BIN / "ctgsched", "diff", f"{case.file}={case.plan}",
                   f"{case.file}={case.file}", "--json", status=3)
        self.assertEqual(json.loads(done.stdout)["status"], "rejected")


if __name__ == "__main__":
    unittest.main()
