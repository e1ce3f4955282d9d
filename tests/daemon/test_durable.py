# SPDX-License-Identifier: GPL-3.0-or-later
"""What was acknowledged is there after any end; what is damaged is named."""
import hashlib
import json
import os
import random
import sqlite3
import subprocess
import threading
import time
import unittest

import support
from support import added, changes, hold

KILLS = int(os.environ.get("CTG_KILLS", "8"))


class Load(threading.Thread):
    """Changes one after the other; keeps the numbers of those acknowledged."""

    def __init__(self, daemon, commune, first):
        super().__init__()
        self.daemon_process, self.commune = daemon, commune
        self.next = first
        self.done = []

    def run(self):
        connection = self.daemon_process.connection()
        path = f"/v1/communes/{self.commune}/events"
        try:
            while True:
                i = self.next
                self.next += 1
                answer = self.daemon_process.ask(
                    "POST", path, changes(added(i)), connection=connection,
                    Idempotency_Key=f"key{i}")
                if answer.status == 201:
                    self.done.append((i, answer.json["seq"], answer.body))
        except (OSError, ValueError, support.http.client.HTTPException):
            connection.close()


@unittest.skipUnless(os.path.exists(support.BIN), "ctgschedd was not built")
class Durable(unittest.TestCase):
    def setUp(self):
        self.daemon = support.Daemon()
        self.addCleanup(self.daemon.remove)

    def check_state(self):
        return subprocess.run(
            [support.BIN, "--state", self.daemon.state, "--check-state"],
            text=True, capture_output=True, check=False,
            timeout=support.PATIENCE)

    def database(self):
        return os.path.join(self.daemon.state, "ctgsched.db")

    def meddle(self, *statements):
        """As somebody with the file and the right to write might."""
        with sqlite3.connect(self.database()) as db:
            db.execute("DROP TRIGGER event_stays")
            db.execute("DROP TRIGGER event_remains")
            for statement in statements:
                db.execute(statement)
        db.close()

    def fill(self):
        self.daemon.start()
        self.daemon.put(requests=2)
        for i in range(5, 8):
            self.daemon.ask("POST", "/v1/communes/town/events",
                            changes(added(i)))
        self.daemon.wait_plan("town", self.daemon.state_of()["seq"] - 1)

    def snapshot(self, commune="town"):
        """What everybody can see."""
        seen = [self.daemon.state_of(commune)]
        for path in ("problem", "plan", "plan?which=published", "holds"):
            answer = self.daemon.ask("GET", f"/v1/communes/{commune}/{path}")
            seen.append((answer.status, answer.body))
        return seen

    def test_killed_under_load(self):
        seed = random.randrange(10 ** 6)
        print(f"seed {seed}")
        dice = random.Random(seed)
        self.daemon.options["snapshot"] = 15
        self.daemon.start()
        for commune in ("one", "two"):
            self.daemon.put(commune)
        firsts = {"one": 0, "two": 0}
        acknowledged = {"one": {}, "two": {}}
        answers = {"one": {}, "two": {}}
        for _ in range(KILLS):
            loads = [Load(self.daemon, c, firsts[c]) for c in firsts]
            for load in loads:
                load.start()
            time.sleep(dice.uniform(0.01, 0.3))
            self.daemon.kill()
            for load in loads:
                load.join()
                firsts[load.commune] = load.next
                for i, seq, body in load.done:
                    acknowledged[load.commune][i] = seq
                    answers[load.commune][i] = body
            self.assertIn("0 faults", self.check_state().stdout)
            self.daemon.start()
            self.look(acknowledged, answers)
        self.assertGreater(len(acknowledged["one"]), KILLS)

    def look(self, acknowledged, answers):
        for commune, known in acknowledged.items():
            text = self.daemon.ask(
                "GET", f"/v1/communes/{commune}/problem").json
            there = {r["id"] for r in text["requests"]}
            children = {c["id"] for c in text["children"]}
            lost = {f"r{i}" for i in known} - there
            self.assertEqual(lost, set())
            # No half: each request came with its child.
            self.assertEqual({r[1:] for r in there},
                             {c[1:] for c in children})
            if known:
                i = max(known)
                again = self.daemon.ask(
                    "POST", f"/v1/communes/{commune}/events",
                    changes(added(i)), Idempotency_Key=f"key{i}")
                self.assertEqual(again.body, answers[commune][i])

    def test_same_state_after_kill(self):
        self.daemon.options["snapshot"] = 4
        self.fill()
        tag = self.daemon.ask("GET", "/v1/communes/town/plan").headers["ETag"]
        self.assertEqual(self.daemon.ask(
            "POST", "/v1/communes/town/publish", If_Match=tag,
            Idempotency_Key="p").status, 200)
        self.assertEqual(self.daemon.ask(
            "POST", "/v1/communes/town/holds", hold("14:00", "15:00"),
            Idempotency_Key="h").status, 201)
        where = self.daemon.ask(
            "POST", "/v1/communes/town/holds", hold("16:00", "17:00"),
            Idempotency_Key="i").headers["Location"]
        self.daemon.ask("DELETE", where)
        self.daemon.ask("POST", "/v1/communes/town/events",
                        changes({"op": "request_withdrawn", "request": "r5"}))
        self.daemon.wait_plan("town", self.daemon.state_of()["seq"] - 1)
        before = self.snapshot()
        self.daemon.kill()
        self.daemon.start()
        after = self.snapshot()
        self.assertEqual(before[1:], after[1:])
        for seen in (before, after):  # how it was told may differ
            for key in ("plan", "published"):
                seen[0][key] = seen[0][key]["digest"]
        self.assertEqual(before[0], after[0])

    def test_plans_are_the_same_when_replayed(self):
        self.daemon.options.update({"repair-work": 1500, "snapshot": 3,
                                    "improve-work": 2500})
        self.daemon.start()
        path = os.path.join(support.ROOT, "examples", "joint-creche.json")
        with open(path, "rb") as file:
            self.daemon.ask("PUT", "/v1/communes/j/problem", file.read())
        self.daemon.wait_plan("j")
        self.daemon.put("town", requests=2)
        for i in range(1, 5):
            seq = self.daemon.ask("POST", "/v1/communes/j/events", changes(
                {"op": "child_late", "child": f"e0000{i}",
                 "date": "2026-09-09", "until": "09:30"})).json["seq"]
            self.daemon.ask("POST", "/v1/communes/town/holds",
                            hold(f"1{i}:00", f"1{i}:30"),
                            Idempotency_Key=f"h{i}")
            self.daemon.wait_plan("j", seq)
        self.daemon.kill()
        done = self.replay_state()
        self.assertRegex(done.stdout, r"records, ([5-9]|\d\d+) plans the same, "
                                      r"0 otherwise, ")
        self.assertEqual(done.returncode, 0, done.stderr)
        other = json.dumps({"rests_on": 1, "digest": "sha256:0",
                            "work_limit": 1500, "stop": "work",
                            "max_changes": -1})
        self.forge(other)
        done = self.replay_state()
        self.assertEqual(done.returncode, 1)
        self.assertIn('of commune "j" comes out otherwise', done.stderr)

    def replay_state(self):
        return subprocess.run(
            [support.BIN, "--state", self.daemon.state, "--replay-state"],
            text=True, capture_output=True, check=False,
            timeout=4 * support.PATIENCE)

    def forge(self, body):
        """A plan's record of another body, the chain made right again."""
        with sqlite3.connect(self.database()) as db:
            db.execute("DROP TRIGGER event_stays")
            rows = db.execute(
                "SELECT seq, at_ms, kind, body FROM event WHERE "
                "commune = 'j' ORDER BY seq").fetchall()
            first = min(row[0] for row in rows if row[2] == "plan")
            before = bytes(32)
            for seq, at, kind, old in rows:
                text = body.encode() if seq == first else old
                hashed = hashlib.sha256(before)
                for part in (b"j", seq, at, kind.encode(), text):
                    hashed.update(part.to_bytes(8, "big")
                                  if isinstance(part, int) else
                                  len(part).to_bytes(8, "big") + part)
                before = hashed.digest()
                db.execute("UPDATE event SET body = ?, hash = ? WHERE "
                           "commune = 'j' AND seq = ?", (text, before, seq))
            db.execute("UPDATE commune SET hash = ? WHERE id = 'j'",
                       (before,))
        db.close()

    def test_expiry_survives(self):
        self.daemon.start()
        self.daemon.put()
        self.daemon.ask("POST", "/v1/communes/town/holds", hold(seconds=1),
                        Idempotency_Key="h")
        self.daemon.kill()
        time.sleep(1.1)
        self.daemon.start()
        end = time.monotonic() + support.PATIENCE
        while self.daemon.ask("GET", "/v1/communes/town/holds"
                              ).json["holds"]:
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)

    def test_repair_is_made_up_for(self):
        """Killed between a change and its plan."""
        self.daemon.start()
        self.daemon.put()
        seq = self.daemon.ask("POST", "/v1/communes/town/events",
                              changes(added(1))).json["seq"]
        self.daemon.kill()
        self.daemon.start()
        self.daemon.wait_plan("town", seq)

    def refuses_to_start(self, *told):
        done = subprocess.run(self.daemon.arguments(), text=True, check=False,
                              capture_output=True, timeout=support.PATIENCE)
        self.assertEqual(done.returncode, 1, done.stderr)
        for word in told:
            self.assertIn(word, done.stderr)

    def test_damage_is_named(self):
        for statement, told in (
                ("UPDATE event SET body = '{}' WHERE seq = 3", "record 3"),
                ("DELETE FROM event WHERE seq = 2", "record 2"),
                ("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
                 "cut off"),
                ("UPDATE plan SET text = '{}' WHERE seq = 2", "plan 2"),
                ("UPDATE snapshot SET problem = '{}'", "snapshot")):
            with self.subTest(statement):
                daemon = self.daemon = support.Daemon()
                self.addCleanup(daemon.remove)
                self.fill()
                self.daemon.stop()
                self.meddle(statement)
                done = self.check_state()
                self.assertEqual(done.returncode, 1)
                self.assertIn(told, done.stderr)
                self.assertIn('"town"', done.stderr)
                self.refuses_to_start(told)

    def test_torn_log_loses_nothing_that_was_said(self):
        self.fill()
        seq = self.daemon.state_of()["seq"]
        self.daemon.kill()
        log = self.database() + "-wal"
        with open(log, "ab") as file:  # a page that was half written
            file.write(os.urandom(3000))
        self.daemon.start()
        self.assertGreaterEqual(self.daemon.state_of()["seq"], seq)

    def test_damaged_pages(self):
        self.fill()
        self.daemon.stop()
        with open(self.database(), "r+b") as file:
            size = os.path.getsize(self.database())
            for page in range(1, size // 4096):
                file.seek(page * 4096)
                file.write(b"\xff" * 64)
        self.refuses_to_start("E-STORE-CORRUPT")

    def test_newer_format(self):
        self.fill()
        self.daemon.stop()
        self.meddle("PRAGMA user_version = 7")
        self.refuses_to_start("E-STORE-NEWER", "format 7")

    def test_full_state(self):
        self.daemon.options["state-limit"] = "200k"
        self.daemon.start()
        self.daemon.put()
        answer = None
        large = {"op": "problem_changed", "set": {"goals": {
            "mode": "lexicographic", "order": ["points"]}}}
        for i in range(200):
            answer = self.daemon.ask("POST", "/v1/communes/town/events",
                                     json.dumps(changes(large)) + " " * 20000)
            # Right after a refusal nothing is said but that it was one.
            if b"E-STORE-" in answer.body:
                break
        self.assertEqual((answer.status, answer.json["code"]),
                         (503, "D-STATE"))
        self.assertIn("E-STORE-FULL", answer.json["detail"])
        self.assertEqual(answer.headers["Retry-After"], "1")
        self.assertEqual(self.daemon.ask("GET", "/readyz").status, 503)
        self.assertEqual(self.daemon.ask(
            "GET", "/v1/communes/town/plan").status, 200)
        before = self.daemon.state_of()["problem"]
        self.assertEqual(self.daemon.stop(), 0)
        self.daemon.options["state-limit"] = "0"
        self.daemon.start()
        self.assertEqual(self.daemon.state_of()["problem"], before)
        self.assertEqual(self.daemon.ask(
            "POST", "/v1/communes/town/events",
            changes(added(1))).status, 201)

    def test_folder_that_cannot_be_made(self):
        self.daemon.state = "/proc/nowhere/state"
        self.refuses_to_start("/proc/nowhere/state")

    def test_copy_of_a_running_state_is_whole(self):
        self.fill()
        target = os.path.join(self.daemon.folder, "copy")
        os.mkdir(target)
        with sqlite3.connect(self.database()) as db, \
                sqlite3.connect(os.path.join(target, "ctgsched.db")) as to:
            db.backup(to)
        db.close()
        to.close()
        done = subprocess.run([support.BIN, "--state", target,
                               "--check-state"], text=True, check=False,
                              capture_output=True, timeout=support.PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
