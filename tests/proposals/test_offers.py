# SPDX-License-Identifier: GPL-3.0-or-later
"""`ctgsched offers`: the second judge accepts every offer, refuses every option
that is told not to fit, and finds nobody else who would make room."""
import unittest

from support import BIN, SEEDS, Case, Drawn, goals_of, run


def movable(case, request):
    """Who may be asked to make room."""
    return [other for other in sorted(case.placed)
            if other != request and case.problem.requests[other].need_not
            and other not in case.problem.pins]


def first_that_fits(case, moves, other):
    for name in case.ranked(other):
        if name != case.placed[other] and case.passes({**moves, other: name}):
            return name
    return None


def expected(case, request):
    """(kind, option, other, other's option), in no order."""
    options = case.problem.requests[request].options
    asked = [o for o in case.ranked(request) if o != case.placed.get(request)]
    free = [o for o in asked if case.passes({request: o})]
    best = min((options[o].rank for o in free), default=10 ** 9)
    rows = [("free", o, None, None) for o in free]
    for option in asked:
        moves = {request: option}
        lets_in = [other for other in movable(case, request)
                   if option not in free and options[option].rank < best
                   and case.passes({**moves, other: None})]
        for other in lets_in:
            takes = first_that_fits(case, moves, other)
            rows.append(("moves" if takes else "displaces", option, other,
                         takes))
        if option not in free and not lets_in:
            rows.append(("blocked", option, None, None))
    return rows


def sort_key(case, request, row):
    """Kinds, then best goals in their order, then rank, menu, other."""
    options = list(case.problem.requests[request].options)
    kind = ["free", "moves", "displaces", "blocked"].index(row["kind"])
    goals = row["goals"][:1] if case.problem.goals.mode == "weighted" \
        else row["goals"]
    return (kind, [g["after"] * (-1 if g["sense"] == "max" else 1)
                   for g in goals],
            row["rank"], options.index(row["option"]), row.get("other", ""))


class Truth(Drawn):
    def check_request(self, case, request, counts):
        told = case.run_json("offers", "--request", request, "--search", "500")
        rows = [(row["kind"], row["option"], row.get("other"),
                 row.get("other_option")) for row in told["offers"]]
        self.assertCountEqual(rows, expected(case, request))
        self.assertEqual(told["offers"], sorted(
            told["offers"], key=lambda row: sort_key(case, request, row)))
        for row in told["offers"]:
            counts[row["kind"]] += 1
            self.check_goals(case, request, row)
        self.check_way(case, request, told)

    def check_goals(self, case, request, row):
        moves = {request: row["option"]}
        if "other" in row:
            moves[row["other"]] = row.get("other_option")
        if row["kind"] == "blocked":
            self.assertEqual(row["goals"], [])
            return
        self.assertEqual([(g["name"], g["before"]) for g in row["goals"]],
                         goals_of(case.with_moves({})))
        self.assertEqual([(g["name"], g["after"]) for g in row["goals"]],
                         goals_of(case.with_moves(moves)))

    def check_way(self, case, request, told):
        """Rules and places as the second judge has them; holders are served,
        and nobody else lets the option in."""
        others, options = {}, case.problem.requests[request].options
        for row in told["offers"]:
            others.setdefault(row["option"], set()).add(row.get("other"))
        best = min((row["rank"] for row in told["offers"]
                    if row["kind"] == "free"), default=10 ** 9)
        self.assertEqual({way["option"] for way in told["in_the_way"]}, {
            row["option"] for row in told["offers"] if row["kind"] != "free"})
        for way in told["in_the_way"]:
            verdict = case.with_moves({request: way["option"]})
            mine = [place(rule["breach"]) for rule in way["rules"]]
            theirs = [place(one) for one in verdict.breaches
                      if one["rule"] != "shortage"]
            if options[way["option"]].rank < best:
                self.assertCountEqual(mine, theirs)
            else:  # was not searched
                self.assertTrue(mine)
                self.assertLessEqual(set(mine), set(theirs))
            for rule in way["rules"]:
                self.assertLessEqual(set(rule["holders"]), set(case.placed))
                self.assertLessEqual(others[way["option"]] - {None},
                                     set(rule["holders"]))

    def test_every_option_of_every_request(self):
        counts = dict.fromkeys(("free", "moves", "displaces", "blocked"), 0)
        for seed in range(SEEDS):
            with self.subTest(seed=seed):
                case = self.case(seed)
                for request in case.problem.requests if case else ():
                    self.check_request(case, request, counts)
        if SEEDS >= 100:
            for kind, n in counts.items():
                self.assertGreater(n, 10, kind)


def place(one):
    return tuple(one.get(name) for name in (
        "rule", "structure", "section", "need", "skill", "request", "resource",
        "group", "date", "week", "month", "begin", "end", "size"))


def house(places=1, **more):
    """r1 and r2 want the morning, r3 the morning or the afternoon."""
    def asks(number, points, *times):
        return {"id": f"r{number}", "child": f"c{number}", "points": points,
                "options": [{"id": f"o{begin[:2]}", "structure": "s", "when": [
                    {"begin": begin, "end": end}]} for begin, end in times]}

    morning, evening = ("09:00", "12:00"), ("13:00", "17:00")
    return {"schema": "ctgsched/problem/1", "id": "house",
            "horizon": {"first": "2026-09-07", "last": "2026-09-08"},
            "structures": [{"id": "s", "kind": "other", "places": places,
                            "hours": [{"begin": "08:00", "end": "18:00"}]}],
            "children": [{"id": f"c{k}", "birth": "2025-01-15"}
                         for k in (1, 2, 3)],
            "requests": [asks(1, 5, morning), asks(2, 3, morning),
                         asks(3, 2, morning, evening)], **more}


class ByHand(Drawn):
    def offers(self, value, placed, *options):
        case = Case(self.folder, value, placed)
        return [(row["kind"], row["option"], row.get("other"),
                 row.get("other_option"))
                for row in case.run_json("offers", *options)["offers"]]

    def text(self, value, placed, *options, status=0):
        case = Case(self.folder, value, placed)
        return run(BIN / "ctgsched", "offers", case.file, case.plan, *options,
                   status=status)

    def test_a_free_place(self):
        self.assertEqual(self.offers(house(2), {"r1": "o09"}, "--request",
                                     "r2"), [("free", "o09", None, None)])

    def test_another_takes_the_afternoon(self):
        self.assertEqual(self.offers(house(), {"r3": "o09"}, "--request",
                                     "r2"), [("moves", "o09", "r3", "o13")])

    def test_another_waits(self):
        self.assertEqual(
            self.offers(house(), {"r1": "o09", "r3": "o13"}, "--request",
                        "r2"), [("displaces", "o09", "r1", None)])

    def test_who_is_mandatory_or_pinned_stays(self):
        value = house()
        value["requests"][0]["mandatory"] = True
        self.assertEqual(self.offers(value, {"r1": "o09"}, "--request", "r2"),
                         [("blocked", "o09", None, None)])
        pinned = house(pins=[{"request": "r1", "option": "o09"}])
        self.assertEqual(self.offers(pinned, {"r1": "o09"}, "--request", "r2"),
                         [("blocked", "o09", None, None)])

    def test_nobody_is_moved_for_less_than_what_fits(self):
        placed = {"r2": "o09"}
        self.assertEqual(self.offers(house(2, pins=[]), placed, "--request",
                                     "r3"), [("free", "o13", None, None),
                                             ("free", "o09", None, None)])
        # The morning is better than the afternoon, which fits.
        self.assertEqual(self.offers(house(), placed, "--request", "r3"),
                         [("free", "o13", None, None),
                          ("displaces", "o09", "r2", None)])
        # With the ranks turned it is not.
        value = house()
        for rank, option in zip((2, 1), value["requests"][2]["options"]):
            option["rank"] = rank
        self.assertEqual(self.offers(value, placed, "--request", "r3"),
                         [("free", "o13", None, None),
                          ("blocked", "o09", None, None)])

    def test_search_is_bounded(self):
        self.assertEqual(self.offers(house(), {"r3": "o09"}, "--request", "r2",
                                     "--search", "0"),
                         [("blocked", "o09", None, None)])

    def test_one_that_is_served_is_offered_the_others(self):
        self.assertEqual(self.offers(house(), {"r3": "o09"}, "--request",
                                     "r3"), [("free", "o13", None, None)])

    def test_holders_and_rules(self):
        case = Case(self.folder, house(2), {"r1": "o09", "r3": "o09"})
        told = case.run_json("offers", "--request", "r2")["in_the_way"]
        self.assertEqual([way["option"] for way in told], ["o09"])
        self.assertEqual([(rule["breach"]["rule"], rule["breach"]["date"],
                           rule["breach"]["begin"], rule["holders"])
                          for rule in told[0]["rules"]],
                         [("places", f"2026-09-0{day}", "09:00", ["r1", "r3"])
                          for day in (7, 8)])

    def changed(self, *changes):
        path = Case(self.folder, house(), {}).write("events.json", {
            "schema": "ctgsched/change/1", "changes": list(changes)})
        return ("--events", path)

    def test_a_request_that_comes_new(self):
        new = {**house()["requests"][0], "id": "r9", "child": "c9",
               "points": 9}
        events = self.changed({"op": "request_added", "request": new, "child":
                               {"id": "c9", "birth": "2025-01-15"}})
        placed = {"r3": "o09"}
        self.assertEqual(self.offers(house(), placed, "--request", "r9",
                                     *events),
                         [("moves", "o09", "r3", "o13")])
        self.text(house(), placed, "--request", "r9", status=2)

    def test_after_changes(self):
        events = self.changed({"op": "capacity", "structure": "s",
                               "places": 2})
        self.assertEqual(self.offers(house(), {"r1": "o09"}, "--request",
                                     "r2", *events),
                         [("free", "o09", None, None)])
        # One that is withdrawn gives its place up.
        events = self.changed({"op": "request_withdrawn", "request": "r1"})
        self.assertEqual(self.offers(house(), {"r1": "o09"}, "--request",
                                     "r2", *events),
                         [("free", "o09", None, None)])

    def test_changes_that_are_refused(self):
        events = self.changed({"op": "request_withdrawn", "request": "r7"})
        done = self.text(house(), {"r1": "o09"}, "--request", "r2", *events,
                         status=3)
        self.assertIn("E-REF", done.stderr)

    def test_text(self):
        done = self.text(house(), {"r3": "o09"}, "--request", "r2")
        self.assertIn("fits when r3 takes o13", done.stdout)
        self.assertIn("points +3", done.stdout)
        self.assertIn("held by r3; + 1", done.stdout)
        done = self.text(house(), {"r1": "o09"}, "--request", "r2", "--lang",
                         "fr")
        self.assertIn("possible si r1 attend", done.stdout)

    def test_bad_questions(self):
        for options in ((), ("--request", "r9"),
                        ("--request", "r2", "--search", "501")):
            with self.subTest(options=options):
                done = self.text(house(), {"r1": "o09"}, *options, status=2)
                self.assertIn("Maybe", done.stderr)

    def test_a_plan_that_breaks_a_rule(self):
        done = self.text(house(), {"r1": "o09", "r2": "o09"}, "--request",
                         "r3", status=7)
        self.assertIn("places", done.stderr)


if __name__ == "__main__":
    unittest.main()
