# SPDX-License-Identifier: GPL-3.0-or-later
"""Server-sent events: resumed, kept alive, bounded."""
import json
import socket
import time

import support
from support import added, changes


class Stream:
    """Reads a stream as it comes."""

    def __init__(self, daemon, commune, last=None, token="read"):
        self.plug = socket.socket(socket.AF_UNIX)
        self.plug.settimeout(support.PATIENCE)
        self.plug.connect(daemon.socket)
        more = f"Last-Event-ID: {last}\r\n" if last is not None else ""
        self.plug.sendall((
            f"GET /v1/communes/{commune}/stream HTTP/1.1\r\nHost: x\r\n"
            f"Authorization: Bearer {support.TOKENS[token]}\r\n{more}\r\n"
        ).encode())
        self.file = self.plug.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        self.headers = {}
        while (line := self.file.readline().strip()):
            name, value = line.split(b":", 1)
            self.headers[name.lower().decode()] = value.strip().decode()
        self.left = b""

    def chunk(self):
        size = int(self.file.readline().strip() or b"0", 16)
        data = self.file.read(size)
        self.file.readline()
        return data

    def frames(self):
        """(id, event, data) one after the other, comments as (None, ":", _);
        ends with the stream."""
        while True:
            while b"\n\n" not in self.left:
                more = self.chunk()
                if not more:
                    return
                self.left += more
            frame, self.left = self.left.split(b"\n\n", 1)
            fields = dict(line.split(": ", 1) if ": " in line else (":", "")
                          for line in frame.decode().split("\n"))
            if "id" in fields:
                yield (int(fields["id"]), fields["event"],
                       json.loads(fields["data"]))
            elif "retry" not in fields:
                yield None, ":", None

    def close(self):
        self.file.close()
        self.plug.close()


class Streams(support.DaemonTest):
    options = {"heartbeat": "1", "snapshot": "20"}

    def stream(self, *words, **how):
        made = Stream(self.daemon, *words, **how)
        self.addCleanup(made.close)
        return made

    def change(self, commune, i):
        answer = self.ask("POST", f"/v1/communes/{commune}/events",
                          changes(added(i)))
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json["seq"]

    def test_events_come_in_order(self):
        start = self.daemon.put("a")["seq"]
        stream = self.stream("a")
        self.assertEqual(stream.headers["content-type"], "text/event-stream")
        frames = stream.frames()
        last = self.change("a", 1)
        seen = []
        for number, event, data in frames:
            if number is None:
                continue
            seen.append(number)
            self.assertEqual(data["seq"], number)
            if event == "plan" and data["plan"]["rests_on"] >= last:
                self.assertEqual(data["plan"]["quality"], "provisional")
                break
        self.assertEqual(seen, list(range(start + 1, start + 1 + len(seen))))

    def test_resumed_from_the_journal(self):
        self.daemon.put("b")
        last = 0
        for i in range(1, 6):
            last = self.change("b", i)
        self.daemon.wait_plan("b", last)
        head = self.daemon.state_of("b")["seq"]
        for after in (0, 3, head - 1):
            seen = []
            for number, _, _ in self.stream("b", last=after).frames():
                if number is not None:
                    seen.append(number)
                if number == head:
                    break
            self.assertEqual(seen, list(range(after + 1, head + 1)))

    def test_resumed_after_a_start(self):
        self.daemon.put("c")
        last = self.change("c", 1)
        self.daemon.wait_plan("c", last)
        head = self.daemon.state_of("c")["seq"]
        self.assertEqual(self.daemon.stop(), 0)
        self.daemon.start()
        self.assertEqual(self.daemon.state_of("c")["seq"], head)
        seen, after = [], 0
        frames = self.stream("c", last=after).frames()
        for number, _, data in frames:
            if number is not None:
                seen.append(number)
            if number == head:
                break
        self.assertEqual(seen, list(range(1, head + 1)))

    def test_heartbeat(self):
        self.daemon.put("d")
        begun = time.monotonic()
        for _, event, _ in self.stream("d").frames():
            if event == ":":
                break
        self.assertLess(time.monotonic() - begun, 5 * support.PATIENCE / 30)

    def test_nothing_of_people_is_told(self):
        self.daemon.put("e")
        last = self.change("e", 41)
        self.daemon.wait_plan("e", last)
        head = self.daemon.state_of("e")["seq"]
        for number, _, data in self.stream("e", last=0).frames():
            self.assertNotIn("41", json.dumps(data).replace(
                str(data["at"]), "") if "plan" not in data else "")
            if number == head:
                break

    def test_stream_ends_when_the_daemon_stops(self):
        self.daemon.put("f")
        stream = self.stream("f")
        self.daemon.stop()
        self.assertIn(list(stream.frames()), ([], [(None, ":", None)]))
        self.daemon.start()


class SlowReaders(support.DaemonTest):
    options = {"stream-queue": "8k", "repair_time": "0.02"}

    def test_slow_reader_is_cut_off_and_others_are_not(self):
        self.daemon.put("slow", places=50)
        slow = [Stream(self.daemon, "slow") for _ in range(5)]
        for one in slow:
            self.addCleanup(one.close)
        good = Stream(self.daemon, "slow")
        self.addCleanup(good.close)
        frames = good.frames()
        end = time.monotonic() + support.PATIENCE
        last, n = 0, 0
        dropped = 0
        with_keep = self.daemon.connection()
        while dropped < 5:
            self.assertLess(time.monotonic(), end)
            for _ in range(40):
                n += 1
                answer = self.ask("POST", "/v1/communes/slow/events",
                                  changes({"op": "closed", "structure": "s1",
                                           "dates": ["2026-09-07"]}),
                                  connection=with_keep)
                last = answer.json["seq"]
            for number, _, _ in frames:
                if number is not None and number >= last:
                    break
            text = self.ask("GET", "/metrics").body.decode()
            dropped = int(text.split("\nctgsched_streams_dropped_total ")[1]
                          .split("\n")[0])
        with_keep.close()
        self.assertEqual(dropped, 5)
        self.assertIn("\nctgsched_streams 1\n", text)
