# SPDX-License-Identifier: GPL-3.0-or-later
"""The canonical form (format.md 10): texts written by hand, and the digests
that the programs in C print."""
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import canonical  # noqa: E402
from packs import RULES_FOLDER  # noqa: E402
from problem import Problem  # noqa: E402

ROOT = HERE.parent.parent
BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))

PACK = {
    "rules": [
        {"valid_from": "2026-01-01", "kind": "unit_max", "id": "unit",
         "status": "verified", "parameters": {"max_places": 60}},
        {"id": "unit", "kind": "unit_max", "status": "memory", "article": "A",
         "valid_to": "2025-12-31", "parameters": {"max_places": 50}},
        {"id": "figures", "kind": "data", "status": "secondary",
         "title": "Chiffres \u00e9", "parameters": {"b": [2, "x"], "a": True}},
        {"id": "least", "kind": "minimum", "status": "memory", "parameters": {
            "alone_categories": ["cat2", "cat1"], "alone_max_places": 12,
            "alone_max_children": 3, "cat1_above_places": 24, "min_staff": 2}}],
    "id": "p", "schema": "ctgsched/rules/1"}
PACK_TEXT = (
    '{"schema":"ctgsched/rules/1","id":"p","title":"","title_fr":"","law":"",'
    '"rules":[{"id":"figures","kind":"data","article":"",'
    '"title":"Chiffres \u00e9","title_fr":"","status":"secondary",'
    '"parameters":{"a":true,"b":[2,"x"]}},'
    '{"id":"least","kind":"minimum","article":"","title":"","title_fr":"",'
    '"status":"memory","parameters":{"min_staff":2,"cat1_above_places":24,'
    '"alone_max_children":3,"alone_max_places":12,'
    '"alone_categories":["cat1","cat2"]}},'
    '{"id":"unit","kind":"unit_max","article":"A","title":"","title_fr":"",'
    '"status":"memory","valid_to":"2025-12-31",'
    '"parameters":{"max_places":50}},'
    '{"id":"unit","kind":"unit_max","article":"","title":"","title_fr":"",'
    '"status":"verified","valid_from":"2026-01-01",'
    '"parameters":{"max_places":60}}]}')

RICH = {
    "schema": "ctgsched/problem/1", "id": "rich",
    "horizon": {"last": "2026-09-11", "first": "2026-09-07",
                "except": ["2026-09-11", "2026-09-10"]},
    "rules": [PACK],
    "structures": [{
        "id": "s", "kind": "other", "packs": ["p"], "places": 4,
        "location": {"y": 4, "x": 3},
        "hours": [{"begin": "08:00", "end": "18:00"}],
        "closures": [{"dates": ["2026-09-09", "2026-09-08"],
                      "begin": "17:00"}],
        "sections": [{"id": "small", "places": 4, "below_months": 24}],
        "staff": [{"category": "cat1", "count": 1, "week": "B",
                   "days": ["tue", "mon"], "begin": "08:00", "end": "18:00",
                   "skills": ["sign", "braille"]}]}],
    "needs": [{"id": "n", "place_weight": 1500}],
    "resources": [{"id": "bus", "per": "date", "limit": 3,
                   "limits": [{"days": ["mon"], "limit": 1}]},
                  {"id": "art", "per": "week", "limit": 9}],
    "derogations": [{"id": "d", "rule": "least", "structure": "s",
                     "reason": "works", "parameters": {"min_staff": 1}}],
    "points_grids": [{"id": "g", "criteria": [
        {"fact": "work", "choices": {"part": 1, "full": 3}},
        {"fact": "km", "bands": [{"points": 2, "max": 5}, {"points": 0}]}]}],
    "children": [{"id": "c", "birth": "2025-01-15", "needs": ["n"],
                  "location": {"x": 0, "y": 0}},
                 {"id": "b", "birth": "2025-06-01"}],
    "requests": [
        {"id": "r", "child": "c", "grid": "g",
         "facts": {"work": "full", "km": 4}, "submitted": "2026-01-31",
         "options": [{"id": "o", "structure": "s", "rank": 2, "uses": [
             {"amount": 1, "resource": "bus"},
             {"resource": "art", "amount": 2}],
             "when": [{"begin": "09:00", "end": "12:00", "days": ["mon"]}]}],
         "held": {"structure": "s", "when": [
             {"begin": "09:00", "end": "11:00", "section": "small"}]}},
        {"id": "q", "child": "b", "menu": {
            "structures": [{"structure": "s"}],
            "flex": {"shift": 30},
            "week": [{"days": ["wed", "mon"], "week": "A", "begin": "09:00",
                      "end": "10:00"}]}}],
    "siblings": [{"id": "f", "rule": "reward", "requests": ["r", "q"]}],
    "pins": [{"reason": "asked", "waiting": True, "request": "q"}],
    "goals": {"mode": "lexicographic", "order": ["hours"]},
    "prices": {"request": 7}}
WEEK = '"mon","tue","wed","thu","fri"'
SPAN = '"first":"2026-09-07","last":"2026-09-11"'
RICH_TEXT = (
    '{"schema":"ctgsched/problem/1","id":"rich","time_zone":"Europe/Paris",'
    '"horizon":{' + SPAN + ',"weekdays":[' + WEEK + '],'
    '"except":["2026-09-10","2026-09-11"],"week_a":"2026-09-07"},'
    '"rules":[' + PACK_TEXT + '],'
    '"parameters":{"walk_proxy_months":15,"seed":"0"},'
    '"structures":[{"id":"s","kind":"other","packs":["p"],'
    '"manager":"commune","places":4,"units":[4],'
    '"hours":[{"days":[' + WEEK + '],' + SPAN
    + ',"begin":"08:00","end":"18:00"}],"exceptions":[],'
    '"closures":[{"dates":["2026-09-08","2026-09-09"],' + SPAN
    + ',"begin":"17:00","end":"24:00"}],"modulation":[],"reductions":[],'
    '"over_capacity":false,"sections":[{"id":"small","places":4,'
    '"modulation":[],"below_months":24,"ideal_below_months":24}],"shared":[],'
    '"merges":[],"ratio":null,"staff":[{"days":["mon","tue"],"week":"B",'
    + SPAN + ',"begin":"08:00","end":"18:00","category":"cat1","count":1,'
    '"skills":["braille","sign"]}],"outings":[],"offers":[],"floors":{},'
    '"location":{"x":3,"y":4}}],'
    '"needs":[{"id":"n","equipped":true,"place_weight":1500,'
    '"ratio_weight":1000}],'
    '"resources":[{"id":"art","limit":9,"per":"week","limits":[]},'
    '{"id":"bus","limit":3,"per":"date","limits":[{"days":["mon"],' + SPAN
    + ',"limit":1}]}],'
    '"derogations":[{"id":"d","rule":"least","structure":"s",' + SPAN
    + ',"reason":"works","parameters":{"min_staff":1}}],'
    '"points_grids":[{"id":"g","criteria":[{"fact":"work",'
    '"choices":{"full":3,"part":1}},{"fact":"km",'
    '"bands":[{"max":5,"points":2},{"points":0}]}]}],'
    '"children":[{"id":"b","birth":"2025-06-01","needs":[],'
    '"place_weight":1000,"ratio_weight":1000},'
    '{"id":"c","birth":"2025-01-15","needs":["n"],"place_weight":1500,'
    '"ratio_weight":1000,"location":{"x":0,"y":0}}],'
    '"requests":[{"id":"q","child":"b","kind":"regular",' + SPAN
    + ',"submitted":"2026-09-07T00:00","points":0,"menu":{'
    '"week":[{"days":["mon","wed"],"week":"A","begin":"09:00",'
    '"end":"10:00"}],"structures":[{"structure":"s","rank":1,"distance":0}],'
    '"flex":{"step":30,"shift":30,"later":0,"earlier":0,"earliest":"00:00",'
    '"latest":"24:00","drop_days":0,"droppable":["mon","wed"]}},'
    '"mandatory":false,"insertion":false,'
    '"floor":{"min_days":0,"min_minutes":0}},'
    '{"id":"r","child":"c","kind":"regular",' + SPAN
    + ',"submitted":"2026-01-31T00:00","grid":"g",'
    '"facts":{"km":4,"work":"full"},"options":[{"id":"o","structure":"s",'
    '"rank":2,"satisfaction":900,"distance":5,"when":[{"days":["mon"],' + SPAN
    + ',"begin":"09:00","end":"12:00"}],"uses":[{"resource":"art",'
    '"amount":2},{"resource":"bus","amount":1}]}],'
    '"held":{"structure":"s","when":[{"days":[' + WEEK + '],' + SPAN
    + ',"begin":"09:00","end":"11:00","section":"small"}],"rank":3,'
    '"satisfaction":800,"distance":5,"uses":[]},'
    '"mandatory":false,"insertion":false,'
    '"floor":{"min_days":0,"min_minutes":0}}],'
    '"siblings":[{"id":"f","requests":["q","r"],"rule":"reward"}],'
    '"pins":[{"request":"q","waiting":true,"reason":"asked"}],'
    '"policy":"most_points","goals":{"mode":"lexicographic",'
    '"order":["shortage","hours","tie"]},'
    '"prices":{"place_minute":10,"person_minute":10,"week_minute":1,'
    '"mix_minute":1,"request":7,"guaranteed":100000}}')


class Form(unittest.TestCase):
    maxDiff = None

    def test_everything_at_once(self):
        self.assertEqual(canonical.canonical(RICH, Problem(RICH, {})),
                         RICH_TEXT)

    def test_pack(self):
        text = json.dumps(canonical.pack(PACK), ensure_ascii=False,
                          separators=(",", ":"))
        self.assertEqual(text, PACK_TEXT)


class Digests(unittest.TestCase):
    """As printed by the programs in C."""

    def setUp(self):
        if not (BIN / "ctgsched-verify").exists():
            self.skipTest("ctgsched-verify is not built")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.at = pathlib.Path(folder.name)

    def digest(self, problem):
        file, plan = self.at / "p.json", self.at / "plan.json"
        file.write_text(json.dumps(problem), encoding="utf-8")
        plan.write_text('{"schema":"ctgsched/plan/1","placements":[]}',
                        encoding="utf-8")
        done = subprocess.run([BIN / "ctgsched-verify", "--json", file, plan],
                              capture_output=True, text=True, check=False)
        self.assertIn(done.returncode, (0, 7), done.stderr)
        return json.loads(done.stdout)["digest"]

    def test_everything_at_once(self):
        self.assertEqual(self.digest(RICH), Problem(RICH, {}).digest)

    def test_what_is_no_difference(self):
        def spelt(value):
            request, menu = value["requests"]
            request["options"][0]["uses"].reverse()
            request["submitted"] = "2026-01-31T00:00"
            menu["points"] = 0
            menu["menu"]["flex"]["droppable"] = ["wed", "mon"]
            value["siblings"][0]["requests"].reverse()
            value["derogations"][0]["waive"] = False
            value["rules"][0]["rules"].reverse()
            value["structures"][0]["sections"][0]["ideal_below_months"] = 24
            value["requests"].reverse()

        other = copy.deepcopy(RICH)
        spelt(other)
        self.assertEqual(self.digest(other), self.digest(RICH))
        self.assertEqual(Problem(other, {}).digest, Problem(RICH, {}).digest)

    def test_the_order_of_ordered_lists_is_a_difference(self):
        for place in (("structures", 0, "hours"), ("requests", 0, "options"),
                      ("points_grids", 0, "criteria"),
                      ("requests", 0, "held", "when")):
            with self.subTest(place):
                first = copy.deepcopy(RICH)
                at = first
                for name in place:
                    at = at[name]
                self.double(at)
                other = copy.deepcopy(first)
                at = other
                for name in place:
                    at = at[name]
                at.reverse()
                digests = [self.digest(first), self.digest(other)]
                self.assertNotEqual(*digests)
                self.assertEqual(digests, [Problem(first, {}).digest,
                                           Problem(other, {}).digest])

    @staticmethod
    def double(values):
        """A second element that may stand beside the first."""
        if len(values) > 1:
            return
        other = copy.deepcopy(values[0])
        if "id" in other:
            other["id"] += "2"
        if "begin" in other:
            other["begin"], other["end"] = other["end"], "19:00"
        values.append(other)

    def test_packs_of_a_plan(self):
        problem = ROOT / "tests/cases/valid/law/problem.json"
        done = subprocess.run(
            [BIN / "ctgsched", "solve", problem, "--work-limit", "1000"],
            capture_output=True, text=True, check=False)
        packs = json.loads(done.stdout)["provenance"]["packs"]
        self.assertIn("fr-eaje", [one["id"] for one in packs])
        for one in packs:
            file = pathlib.Path(RULES_FOLDER) / f"{one['id']}.json"
            if file.exists():
                raw = json.loads(file.read_text(encoding="utf-8"))
                self.assertEqual(
                    one["digest"], canonical.digest_of(canonical.pack(raw)))


if __name__ == "__main__":
    unittest.main()
