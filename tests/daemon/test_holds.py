# SPDX-License-Identifier: GPL-3.0-or-later
"""Places that are held for a while: granted by the rules, counted by all."""
import concurrent.futures
import time

import support
from support import added, changes, hold


class Holds(support.DaemonTest):
    def ask_hold(self, commune, key, body=None, **how):
        return self.ask("POST", f"/v1/communes/{commune}/holds",
                        body or hold(), Idempotency_Key=key, **how)

    def slots(self, commune):
        rows = self.ask("GET", f"/v1/communes/{commune}/slots?date=2026-09-09"
                               "&age_months=20&least_minutes=60").json["slots"]
        return [(row["begin"], row["end"]) for row in rows]

    def test_last_place_is_held_once(self):
        self.daemon.put("rush", places=1)
        with concurrent.futures.ThreadPoolExecutor(100) as pool:
            answers = list(pool.map(
                lambda i: self.ask_hold("rush", f"k{i}"), range(100)))
        self.assertEqual(sorted(a.status for a in answers),
                         [201] + [409] * 99)
        for answer in answers:
            if answer.status == 409:
                self.refused(answer, 409, "D-NO-PLACE")
            spans = [(row["begin"], row["end"])
                     for row in answer.json.get("alternatives", [])]
            if answer.status == 409:
                self.assertEqual(spans, [("08:00", "10:00"),
                                         ("12:00", "18:00")])

    def test_alternatives_are_slots(self):
        self.daemon.put("alt", places=1)
        self.assertEqual(self.ask_hold("alt", "1", hold("08:00", "12:00")
                                       ).status, 201)
        answer = self.ask_hold("alt", "2", hold("11:00", "13:00"))
        self.refused(answer, 409, "D-NO-PLACE")
        self.assertEqual(answer.json["alternatives"], [
            {"structure": "s1", "date": "2026-09-09", "begin": "12:00",
             "end": "18:00", "most_minutes": 360}])

    def test_hold_counts_until_it_is_given_back(self):
        self.daemon.put("count", places=1)
        answer = self.ask_hold("count", "1")
        self.assertEqual(self.slots("count"),
                         [("08:00", "10:00"), ("12:00", "18:00")])
        where = answer.headers["Location"]
        self.assertEqual(self.ask("DELETE", where).status, 200)
        self.assertEqual(self.slots("count"), [("08:00", "18:00")])
        self.refused(self.ask("DELETE", where), 404, "D-NO-HOLD")

    def test_hold_ends_with_its_time(self):
        self.daemon.put("time", places=1)
        self.ask_hold("time", "1", hold(seconds=1))
        end = time.monotonic() + support.PATIENCE
        while self.slots("time") != [("08:00", "18:00")]:
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)
        self.assertEqual(
            self.ask("GET", "/v1/communes/time/holds").json["holds"], [])

    def test_confirmed_hold_is_a_booking(self):
        self.daemon.put("book", places=1)
        answer = self.ask_hold("book", "1", hold(seconds=2))
        where = answer.headers["Location"]
        done = self.ask("POST", where + "/confirm", Idempotency_Key="2")
        self.assertEqual(done.status, 200, done.body)
        again = self.ask("POST", where + "/confirm", Idempotency_Key="2")
        self.assertEqual(again.body, done.body)
        self.refused(self.ask("POST", where + "/confirm",
                              Idempotency_Key="3"), 404, "D-NO-HOLD")
        time.sleep(2.2)  # its time would be over
        plan = self.ask("GET", "/v1/communes/book/plan").json
        self.assertEqual([p["request"] for p in plan["placements"]],
                         [done.json["request"]])

    def test_confirmed_for_a_child_that_is_known(self):
        self.daemon.put("known", places=2, requests=1)
        where = self.ask_hold("known", "1").headers["Location"]
        done = self.ask("POST", where + "/confirm",
                        {"child": "c0", "request": "booked1"},
                        Idempotency_Key="2")
        self.assertEqual(done.json["request"], "booked1", done.body)
        plan = self.ask("GET", "/v1/communes/known/plan").json
        self.assertIn({"request": "booked1", "option": "hold"},
                      plan["placements"])

    def test_hold_is_kept_by_later_plans(self):
        self.daemon.put("keep", places=1)
        self.assertEqual(self.ask_hold("keep", "1", hold("08:30", "12:00")
                                       ).status, 201)
        answer = self.ask("POST", "/v1/communes/keep/events",
                          changes(added(5)))
        self.daemon.wait_plan("keep", answer.json["seq"])
        plan = self.ask("GET", "/v1/communes/keep/plan").json
        self.assertEqual(len(plan["placements"]), 1)
        self.assertTrue(
            plan["placements"][0]["request"].startswith("hold-"))

    def test_what_is_refused(self):
        self.daemon.put("bad")
        self.refused(self.ask("POST", "/v1/communes/bad/holds", hold()), 400,
                     "D-KEY-MISSING")
        self.refused(self.ask_hold("bad", "a", token="read"), 403, "D-SCOPE")
        for body, pointer in (
                (dict(hold(), structure=""), "/structure"),
                (dict(hold(), age_months=-1), "/age_months"),
                (dict(hold(), age_months="two"), "/age_months"),
                (dict(hold(), when=[]), "/when"),
                (hold("12:00", "10:00"), "/when/0"),
                (dict(hold(), name="Zoé"), "/name"),
                (dict(hold(), when=[{"date": "2026-02-30", "begin": "08:00",
                                     "end": "09:00"}]), "/when/0/date")):
            answer = self.ask_hold("bad", "k" + pointer.strip("/"), body)
            self.refused(answer, 422, "D-INPUT")
            self.assertEqual(answer.json["errors"][0]["pointer"], pointer)
        self.refused(self.ask_hold("bad", "s", dict(hold(), structure="s9")),
                     422, "E-SLOT")
        self.assertEqual(self.ask_hold("bad", "j", "{").status, 400)

    def test_two_days_together(self):
        self.daemon.put("days", places=1)
        both = dict(hold(), when=[
            {"date": "2026-09-08", "begin": "10:00", "end": "12:00"},
            {"date": "2026-09-09", "begin": "10:00", "end": "12:00"}])
        self.assertEqual(self.ask_hold("days", "1", both).status, 201)
        self.assertEqual(self.ask_hold("days", "2").status, 409)
