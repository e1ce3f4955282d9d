# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schemas accept every file that the reader accepts, and refuse what
it refuses by form. What needs the whole file (references, overlaps, law) is
the reader's alone."""
import copy
import glob
import json
import os
import unittest

import jsonschema

try:
    from referencing import Registry, Resource
except ImportError:
    Registry = None

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
SCHEMAS = os.path.join(ROOT, "libctgsched", "schema")
# Faults of form: all that a schema can see.
FORM = {"id-held-menu", "value-alone", "member-unknown", "member-root",
        "member-escaped", "missing-birth",
        "missing-id", "missing-structures", "missing-pin-target",
        "member-menu-and-options", "member-days-and-dates", "type-text",
        "type-bool", "type-object", "type-list", "type-null", "type-root",
        "range-places", "range-negative", "range-integer",
        "range-siblings", "range-no-structure", "id-space", "id-empty",
        "id-long", "id-held", "time-hour", "time-short", "value-kind",
        "value-weekday", "value-zone", "value-goal", "value-seed", "schema",
        "limit-classes", "many",
        "duplicate-weekday", "duplicate-goal", "date-submitted"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def files(*parts):
    return sorted(glob.glob(os.path.join(ROOT, *parts)))


def validator(schema, store):
    """Debian 12 has jsonschema 4.10, which resolves by RefResolver; newer
    ones want a registry."""
    if Registry is not None:
        registry = Registry().with_resources(
            (name, Resource.from_contents(one)) for name, one in store.items())
        return jsonschema.Draft202012Validator(schema, registry=registry)
    resolver = jsonschema.RefResolver(schema["$id"], schema, store=store)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


def load_validators():
    """By kind: problem, plan, rules, and those of results."""
    end = "-1.schema.json"
    schemas = {os.path.basename(path)[:-len(end)]: read(path)
               for path in files("libctgsched", "schema", "*" + end)}
    store = {schema["$id"]: schema for schema in schemas.values()}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    return {name: validator(schema, store)
            for name, schema in schemas.items()}


VALIDATORS = load_validators()


def kind_of(document):
    schema = document.get("schema", "") if isinstance(document, dict) else ""
    parts = schema.split("/") if isinstance(schema, str) else []
    if len(parts) == 3 and parts[0] == "ctgsched" and parts[1] in VALIDATORS:
        return parts[1]
    return None


class Schemas(unittest.TestCase):
    def accept(self, path):
        document = read(path)
        kind = kind_of(document)
        if kind is None:
            return 0
        with self.subTest(path=os.path.relpath(path, ROOT)):
            errors = [error.message for error in
                      VALIDATORS[kind].iter_errors(document)]
            self.assertEqual(errors, [])
        return 1

    def refuse(self, kind, document, why):
        with self.subTest(why=why):
            self.assertFalse(VALIDATORS[kind].is_valid(document))

    def test_rule_packs_are_accepted(self):
        count = sum(self.accept(path)
                    for path in files("libctgsched", "rules", "*.json"))
        self.assertGreaterEqual(count, 4)

    def test_examples_are_accepted(self):
        count = sum(self.accept(path) for path in files("examples", "*.json"))
        self.assertGreaterEqual(count, 1)

    def test_good_cases_are_accepted(self):
        count = 0
        for path in files("tests", "cases", "*", "*", "*.json"):
            kind = path.split(os.sep)[-3]
            if kind != "invalid" and not path.endswith("expect.json"):
                count += self.accept(path)
        self.assertGreaterEqual(count, 10)

    def test_plan_is_accepted(self):
        """Plans of the corpus are good, but those that say they are not."""
        paths = files("tests", "fuzz", "corpus", "plan", "*.json")
        bad = [p for p in paths if os.path.basename(p).startswith("bad-")]
        count = sum(self.accept(path) for path in paths if path not in bad)
        self.assertGreaterEqual(count, 1)
        for path in bad:
            self.refuse("plan", read(path), os.path.basename(path))

    def test_faults_of_form_are_refused(self):
        for name in sorted(FORM):
            path = os.path.join(ROOT, "tests", "cases", "invalid", name,
                                "problem.json")
            self.refuse("problem", read(path), name)

    def test_mutated_problems_are_refused(self):
        good = read(files("tests", "cases", "valid", "links",
                          "problem.json")[0])
        mutations = {
            "no horizon": lambda d: d.pop("horizon"),
            "date with slashes":
                lambda d: d["horizon"].update(first="2026/09/07"),
            "month 13": lambda d: d["children"][0].update(birth="2025-13-01"),
            "rank 0": lambda d: d["requests"][1]["options"][1].update(rank=0),
            "real points": lambda d: d["requests"][1].update(points=1.5),
            "points and grid": lambda d: d["requests"][0].update(points=1),
            "two pins in one": lambda d: d["pins"][0].update(waiting=True),
            "pin to waiting false": lambda d: d.update(
                pins=[{"request": "r1", "waiting": False}]),
            "price 0": lambda d: d["prices"].update(request=0),
            "order in weighted mode":
                lambda d: d["goals"].update(mode="weighted"),
            "criterion of two kinds":
                lambda d: d["points_grids"][0]["criteria"][0].update(per=2),
            "amount 0": lambda d: d["requests"][0]["options"][0]["uses"][0]
                .update(amount=0),
        }
        for why, mutate in mutations.items():
            document = copy.deepcopy(good)
            mutate(document)
            self.refuse("problem", document, why)

    def test_mutated_packs_are_refused(self):
        good = read(os.path.join(ROOT, "libctgsched", "rules",
                                 "local-practice.json"))
        mutations = {
            "parameter of another kind":
                lambda r: r["parameters"].update(min_pct=40),
            "parameter missing": lambda r: r["parameters"].pop("begin"),
            "kind unknown": lambda r: r.update(kind="ratios"),
            "status unknown": lambda r: r.update(status="sure"),
        }
        for why, mutate in mutations.items():
            document = copy.deepcopy(good)
            mutate(document["rules"][0])
            self.refuse("rules", document, why)

    def test_mutated_plans_are_refused(self):
        good = read(files("tests", "fuzz", "corpus", "plan", "full.json")[0])
        mutations = {
            "no placements": lambda d: d.pop("placements"),
            "clock time": lambda d: d["provenance"].update(seconds=3),
            "half an interval": lambda d: d["shortages"][0].pop("end"),
            "size 0": lambda d: d["shortages"][0].update(size=0),
            "digest cut": lambda d: d["problem"].update(digest="sha256:0"),
            "goal unknown": lambda d: d["goals"][0].update(name="fun"),
            "option with a blank":
                lambda d: d["placements"][0].update(option="a b"),
        }
        for why, mutate in mutations.items():
            document = copy.deepcopy(good)
            mutate(document)
            self.refuse("plan", document, why)


if __name__ == "__main__":
    unittest.main()
