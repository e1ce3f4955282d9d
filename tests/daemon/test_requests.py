# SPDX-License-Identifier: GPL-3.0-or-later
"""Every path, and what is refused there."""
import json
import os
import re
import signal
import subprocess
import time
import unittest

import support
from support import added, changes, hold, problem


class Paths(support.DaemonTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.daemon.put(places=2, requests=1)

    def test_livez_needs_no_token(self):
        self.assertEqual(self.ask("GET", "/livez", token=None).status, 200)

    def test_everything_else_needs_one(self):
        paths = self.ask("GET", "/openapi.json").json["paths"]
        for path, operations in paths.items():
            if path == "/livez":
                continue
            for method in operations:
                answer = self.ask(method.upper(), path.format(
                    commune="town", item="1"), token=None)
                self.refused(answer, 401, "D-TOKEN")

    def test_unknown_paths_are_not_told_apart_without_token(self):
        self.refused(self.ask("GET", "/nowhere", token=None), 401, "D-TOKEN")
        self.refused(self.ask("GET", "/nowhere"), 404, "D-PATH")

    def test_wrong_token(self):
        answer = self.ask("GET", "/v1/communes", token="wrong" * 8)
        self.refused(answer, 401, "D-TOKEN")
        self.assertIn("Bearer", answer.headers["WWW-Authenticate"])

    def test_scope(self):
        self.refused(self.ask("POST", "/v1/communes/town/events", changes(),
                              token="read"), 403, "D-SCOPE")

    def test_token_of_another_commune(self):
        self.refused(self.ask("GET", "/v1/communes/village", token="town"),
                     403, "D-SCOPE")
        self.assertEqual(self.ask("GET", "/v1/communes", token="town").json,
                         {"communes": ["town"]})

    def test_method(self):
        answer = self.ask("DELETE", "/v1/communes/town/plan")
        self.refused(answer, 405, "D-METHOD")
        self.assertEqual(answer.headers["Allow"], "GET")

    def test_unknown_commune(self):
        self.refused(self.ask("GET", "/v1/communes/none/plan"), 404,
                     "D-COMMUNE")

    def test_french_title(self):
        answer = self.ask("GET", "/nowhere", Accept_Language="fr-FR,fr")
        self.assertEqual(answer.json["title"], "Il n'y a rien ici")

    def test_description_has_every_path(self):
        described = self.ask("GET", "/openapi.json").json
        self.assertEqual(described["openapi"], "3.1.0")
        holds = described["paths"]["/v1/communes/{commune}/holds"]
        key = [p for p in holds["post"]["parameters"]
               if p["name"] == "Idempotency-Key"]
        self.assertTrue(key[0]["required"])
        names = [o["operationId"] for p in described["paths"].values()
                 for o in p.values()]
        self.assertEqual(len(names), len(set(names)))

    def test_plan_has_a_tag_that_is_its_digest(self):
        answer = self.ask("GET", "/v1/communes/town/plan")
        self.assertEqual(answer.status, 200)
        digest = self.daemon.state_of()["plan"]["digest"]
        self.assertEqual(answer.headers["ETag"], f'"{digest}"')
        self.assertEqual(answer.json["schema"], "ctgsched/plan/1")

    def test_plan_that_is_known_is_not_sent_again(self):
        tag = self.ask("GET", "/v1/communes/town/plan").headers["ETag"]
        known = self.ask("GET", "/v1/communes/town/plan", If_None_Match=tag)
        self.assertEqual((known.status, known.body), (304, b""))
        other = self.ask("GET", "/v1/communes/town/plan",
                         If_None_Match='"sha256:0"')
        self.assertEqual(other.status, 200)

    def test_problem_comes_back_canonical(self):
        answer = self.ask("GET", "/v1/communes/town/problem")
        self.assertEqual(answer.json["id"], "tiny")
        again = self.ask("PUT", "/v1/communes/copy/problem", answer.body)
        self.assertEqual(again.json["problem"],
                         answer.headers["ETag"].strip('"'))

    def test_refused_problem_has_pointers(self):
        bad = problem()
        bad["structures"][0]["places"] = -1
        answer = self.ask("PUT", "/v1/communes/bad/problem", bad)
        self.refused(answer, 422, "E-RANGE")
        self.assertEqual(answer.json["errors"][0]["pointer"],
                         "/structures/0/places")
        self.refused(self.ask("GET", "/v1/communes/bad/plan"), 404,
                     "D-NO-PLAN")
        self.refused(self.ask("POST", "/v1/communes/bad/events", changes()),
                     404, "D-NO-PROBLEM")

    def test_json_that_is_none(self):
        for body in ("", "{", "[]", "nul", "\x00", '{"schema": 1}'):
            answer = self.ask("POST", "/v1/communes/town/events", body)
            self.assertIn(answer.status, (400, 422), body)
            self.assertTrue(answer.json["code"].startswith("E-"), body)

    def test_unknown_id_is_refused_with_its_place(self):
        answer = self.ask("POST", "/v1/communes/town/events", changes(
            {"op": "request_withdrawn", "request": "nobody"}))
        self.refused(answer, 422, "E-REF")
        self.assertEqual(answer.json["errors"][0]["pointer"],
                         "/changes/0/request")

    def test_slots(self):
        answer = self.ask("GET", "/v1/communes/town/slots?date=2026-09-09"
                                 "&age_months=20&least_minutes=60")
        self.assertEqual(answer.json["slots"], [
            {"structure": "s1", "date": "2026-09-09", "begin": "08:00",
             "end": "18:00", "most_minutes": 600}])

    def test_bad_queries(self):
        for query in ("", "?date=2026-09-09", "?date=2026-09-09&age_months=x",
                      "?date=2026-09-09&age_months=-1", "?date=" + "9" * 99):
            self.refused(self.ask("GET", "/v1/communes/town/slots" + query),
                         400, "D-SYNTAX")
        self.refused(self.ask("GET", "/v1/communes/town/slots"
                                     "?date=2030-01-01&age_months=3"),
                     422, "E-SLOT")

    def test_headroom_and_report(self):
        rows = self.ask("GET", "/v1/communes/town/headroom"
                               "?date=2026-09-09").json["headroom"]
        self.assertEqual({row["more"] for row in rows}, {1, 2})
        tables = self.ask("GET", "/v1/communes/town/report").json["tables"]
        self.assertEqual(len(tables["occupancy_day"]), 5)

    def test_offers_and_fill(self):
        self.daemon.put("wait", places=1, requests=2)
        offers = self.ask("GET", "/v1/communes/wait/offers?request=r0"
                          ).json["offers"]
        self.assertEqual([(o["option"], o["kind"], o.get("other"))
                          for o in offers], [("o", "displaces", "r1")])
        self.refused(self.ask("GET", "/v1/communes/wait/offers"), 400,
                     "D-SYNTAX")
        self.refused(self.ask("GET", "/v1/communes/wait/offers?request=no"),
                     422, "E-SLOT")
        self.assertEqual(self.ask("GET", "/v1/communes/wait/fill").json[
            "fill"], [])
        self.ask("POST", "/v1/communes/wait/events", changes(
            {"op": "capacity", "structure": "s1", "places": 2}))
        rows = self.ask("GET", "/v1/communes/wait/fill?structure=s1").json
        self.assertIn("fill", rows)

    def test_diff_of_published_and_present(self):
        self.daemon.put("diff", places=1, requests=1)
        self.refused(self.ask("GET", "/v1/communes/diff/diff"), 404,
                     "D-NO-PLAN")
        tag = self.ask("GET", "/v1/communes/diff/plan").headers["ETag"]
        self.ask("POST", "/v1/communes/diff/publish", If_Match=tag,
                 Idempotency_Key="p")
        seq = self.ask("POST", "/v1/communes/diff/events", changes(
            added(9))).json["seq"]
        self.daemon.wait_plan("diff", seq)
        moves = self.ask("GET", "/v1/communes/diff/diff").json["moves"]
        self.assertIn("r9", [m["request"] for m in moves])

    def test_metrics_have_no_ids(self):
        self.ask("GET", "/v1/communes/town/plan")
        text = self.ask("GET", "/metrics").body.decode()
        self.assertIn('route="PLAN",class="2xx"', text)
        self.assertNotIn("town", text)
        for line in text.splitlines():
            self.assertRegex(line, r"^(# (HELP|TYPE) \w+ .+|"
                                   r"\w+(\{[^}]+\})? [0-9.]+)$")

    def test_ready(self):
        self.assertEqual(self.ask("GET", "/readyz").json["status"], "ready")


class Changes(support.DaemonTest):
    def test_change_is_answered_with_its_number_and_planned(self):
        before = self.daemon.put("a", places=1)["seq"]
        answer = self.ask("POST", "/v1/communes/a/events", changes(added(7)))
        self.assertEqual(answer.status, 201, answer.body)
        self.assertGreater(answer.json["seq"], before)
        self.daemon.wait_plan("a", answer.json["seq"])
        plan = self.ask("GET", "/v1/communes/a/plan").json
        self.assertEqual(plan["placements"],
                         [{"request": "r7", "option": "o"}])

    def test_batch_is_all_or_nothing(self):
        self.daemon.put("b")
        answer = self.ask("POST", "/v1/communes/b/events", changes(
            added(1), {"op": "request_withdrawn", "request": "r9"}))
        self.refused(answer, 422, "E-REF")
        text = self.ask("GET", "/v1/communes/b/problem").json
        self.assertEqual(text["requests"], [])

    def test_key_gives_the_answer_again(self):
        self.daemon.put("c")
        path = "/v1/communes/c/events"
        one = self.ask("POST", path, changes(added(1)), Idempotency_Key="k")
        two = self.ask("POST", path, changes(added(1)), Idempotency_Key="k")
        self.assertEqual((one.status, one.body), (two.status, two.body))
        self.refused(self.ask("POST", path, changes(added(2)),
                              Idempotency_Key="k"), 422, "D-KEY-REUSED")

    def test_key_of_a_refused_request_is_free_again(self):
        self.daemon.put("d")
        path = "/v1/communes/d/events"
        bad = changes({"op": "request_withdrawn", "request": "r1"})
        self.refused(self.ask("POST", path, bad, Idempotency_Key="k"), 422,
                     "E-REF")
        self.assertEqual(self.ask("POST", path, changes(added(1)),
                                  Idempotency_Key="k").status, 201)

    def test_publish(self):
        self.daemon.put("e", requests=1)
        path = "/v1/communes/e/publish"
        tag = self.ask("GET", "/v1/communes/e/plan").headers["ETag"]
        self.refused(self.ask("POST", path), 428, "D-NO-MATCH")
        self.refused(self.ask("POST", path, If_Match=tag), 400,
                     "D-KEY-MISSING")
        self.refused(self.ask("POST", path, If_Match='"sha256:0"',
                              Idempotency_Key="1"), 412, "D-PRECONDITION")
        self.refused(self.ask("GET", "/v1/communes/e/plan?which=published"),
                     404, "D-NO-PLAN")
        self.assertEqual(self.ask("POST", path, If_Match=tag,
                                  Idempotency_Key="2").status, 200)
        told = self.ask("GET", "/v1/communes/e/plan?which=published")
        self.assertEqual(told.headers["ETag"], tag)

    def test_solve_is_a_job(self):
        self.daemon.put("f", requests=1)
        answer = self.ask("POST", "/v1/communes/f/solves", {"time_limit": 5})
        self.assertEqual(answer.status, 202)
        where = answer.headers["Location"]
        end = time.monotonic() + support.PATIENCE
        while time.monotonic() < end:
            state = self.ask("GET", where).json
            if state["state"] == "done":
                break
            time.sleep(0.02)
        self.assertEqual((state["state"], state["stop"]), ("done", "optimal"))
        self.refused(self.ask("GET", "/v1/communes/f/solves/99"), 404,
                     "D-NO-SOLVE")
        self.refused(self.ask("POST", "/v1/communes/f/solves",
                              {"time_limit": -1}), 422, "D-INPUT")

    def test_journal_is_listed(self):
        self.daemon.put("g")
        self.ask("POST", "/v1/communes/g/events", changes(added(1)))
        rows = self.ask("GET", "/v1/communes/g/events?after=0").json["events"]
        self.assertEqual([row["seq"] for row in rows],
                         list(range(1, len(rows) + 1)))
        self.assertEqual(rows[0]["kind"], "problem")
        self.assertNotIn("r1", json.dumps(rows))


class LongSolve(support.DaemonTest):
    options = {"repair_time": "0.05"}

    def test_deleted_solve_keeps_its_best(self):
        path = os.path.join(support.ROOT, "examples", "joint-creche.json")
        with open(path, "rb") as file:
            self.ask("PUT", "/v1/communes/j/problem", file.read())
        self.daemon.wait_plan("j")
        where = self.ask("POST", "/v1/communes/j/solves",
                         {"time_limit": 60}).headers["Location"]
        self.refused(self.ask("DELETE", where, token="read"), 403, "D-SCOPE")
        end = time.monotonic() + support.PATIENCE
        while self.ask("GET", where).json["state"] != "running":
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)
        self.assertEqual(self.ask("DELETE", where).status, 200)
        while self.ask("GET", where).json["state"] != "done":
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)
        self.assertEqual(self.ask("GET", where).json["stop"], "interrupted")
        self.assertTrue(self.daemon.state_of("j")["plan"]["is_accepted"])

    def test_change_interrupts_a_solve_and_is_planned(self):
        path = os.path.join(support.ROOT, "examples", "joint-creche.json")
        with open(path, "rb") as file:
            self.ask("PUT", "/v1/communes/k/problem", file.read())
        self.daemon.wait_plan("k")
        self.ask("POST", "/v1/communes/k/solves", {"time_limit": 60})
        time.sleep(0.3)
        answer = self.ask("POST", "/v1/communes/k/events", changes(
            {"op": "agent_absent", "employee": "a0003",
             "dates": ["2026-09-09"]}))
        self.assertEqual(answer.status, 201, answer.body)
        self.daemon.wait_plan("k", answer.json["seq"])
        self.assertTrue(self.daemon.state_of("k")["plan"]["is_accepted"])


@unittest.skipUnless(os.path.exists(support.BIN), "ctgschedd was not built")
class Program(unittest.TestCase):
    def setUp(self):
        self.daemon = support.Daemon()
        self.addCleanup(self.daemon.remove)

    def run_program(self, *words, **environment):
        return subprocess.run(
            [support.BIN, *words], text=True, capture_output=True,
            timeout=support.PATIENCE, check=False,
            env=dict(os.environ, **environment))

    def test_settings_know_where_they_come_from(self):
        config = os.path.join(self.daemon.folder, "config")
        with open(config, "w", encoding="utf-8") as file:
            file.write("# mine\nplanners = 3\nqueue = 7\ndesks = 4\n")
        shown = self.run_program("--config", config, "--queue=9",
                                 "--show-config", CTGSCHEDD_DESKS="5").stdout
        self.assertIn(f"planners = 3  # {config}:2\n", shown)
        self.assertIn("queue = 9  # command line\n", shown)
        self.assertIn("desks = 5  # CTGSCHEDD_DESKS\n", shown)
        self.assertIn("body-limit = 16M  # default\n", shown)

    def test_faults_of_settings_name_the_line(self):
        config = os.path.join(self.daemon.folder, "config")
        for text, told in (("planners = many\n", "config:1"),
                           ("\nplaners = 1\n", "config:2"),
                           ("planners\n", "config:1"),
                           ("planners = 0\n", "out of bounds"),
                           ("repair-time = 0\n", "out of bounds")):
            with open(config, "w", encoding="utf-8") as file:
                file.write(text)
            done = self.run_program("--config", config, "--show-config")
            self.assertEqual(done.returncode, 2)
            self.assertIn(told, done.stderr)
        self.assertEqual(self.run_program("--nonsense").returncode, 2)

    def test_help_and_manual_name_every_option(self):
        helped = self.run_program("--help").stdout
        manual = self.run_program("--generate-man").stdout
        for name in re.findall(r"^  --([a-z-]+) ", helped, re.M):
            self.assertIn(name.replace("-", "\\-"), manual)
        self.assertGreater(helped.count("\n  --"), 20)

    def test_second_daemon_names_the_first(self):
        self.daemon.start()
        done = self.run_program("--state", self.daemon.state)
        self.assertEqual(done.returncode, 8)
        self.assertIn(self.daemon.socket, done.stderr)

    def test_tokens_are_read_again(self):
        self.daemon.start()
        fresh = "fresh-0123456789abcdef"
        self.assertEqual(self.daemon.ask("GET", "/v1/communes",
                                         token=fresh).status, 401)
        with open(self.daemon.tokens, "a", encoding="utf-8") as file:
            file.write(f"{fresh} * read\n")
        self.daemon.process.send_signal(signal.SIGHUP)
        end = time.monotonic() + support.PATIENCE
        while self.daemon.ask("GET", "/v1/communes", token=fresh).status == 401:
            self.assertLess(time.monotonic(), end)
            time.sleep(0.02)

    def test_bad_tokens_leave_the_old_ones(self):
        self.daemon.start()
        with open(self.daemon.tokens, "w", encoding="utf-8") as file:
            file.write("short * read\n")
        self.daemon.process.send_signal(signal.SIGHUP)
        end = time.monotonic() + support.PATIENCE
        while "tokens_refused" not in self.daemon.log():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.02)
        self.assertEqual(self.daemon.ask("GET", "/v1/communes").status, 200)

    def test_peer_may_be_trusted(self):
        self.daemon.options["trust-peer"] = 1
        self.daemon.start()
        self.assertEqual(self.daemon.ask("GET", "/v1/communes",
                                         token=None).status, 200)

    def test_stops_in_time_while_it_solves(self):
        self.daemon.start()
        path = os.path.join(support.ROOT, "examples", "joint-creche.json")
        with open(path, "rb") as file:
            self.daemon.ask("PUT", "/v1/communes/j/problem", file.read())
        self.daemon.wait_plan("j")
        self.daemon.ask("POST", "/v1/communes/j/solves", {"time_limit": 60})
        time.sleep(0.5)
        begun = time.monotonic()
        self.assertEqual(self.daemon.stop(), 0)
        self.assertLess(time.monotonic() - begun,
                        2 * support.PATIENCE / 30)

    def test_log_has_no_ids_of_people(self):
        self.daemon.options["log"] = "debug"
        self.daemon.start()
        self.daemon.put(requests=1)
        self.daemon.ask("POST", "/v1/communes/town/events", changes(added(5)))
        self.daemon.ask("POST", "/v1/communes/town/holds", hold(),
                        Idempotency_Key="k")
        self.daemon.stop()
        for word in ("r0", "c0", "r5", "c5", "hold-"):
            self.assertNotRegex(self.daemon.log(), rf"\b{word}")
        self.assertRegex(self.daemon.log(), r"level=info event=ready ")


if __name__ == "__main__":
    unittest.main()
