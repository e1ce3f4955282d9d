# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad HTTP, floods, limits: each with its status, and the daemon stays up."""
import concurrent.futures
import socket
import time

import support
from support import added, changes

AUTH = "Authorization: Bearer " + support.TOKENS["all"]


class BadHttp(support.DaemonTest):
    options = {"timeout": "1", "body-limit": "1000", "problem-limit": "5000"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.daemon.put()

    def status(self, *lines, body=""):
        text = "\r\n".join((*lines, "Connection: close", "", body))
        got = self.daemon.raw(text.encode())
        self.assertTrue(got.startswith(b"HTTP/1.1 "), got)
        return int(got.split()[1])

    def tearDown(self):
        self.assertEqual(self.ask("GET", "/livez", token=None).status, 200)

    def test_double_heads(self):
        post = "POST /v1/communes/town/events HTTP/1.1"
        for lines in (
                ("Host: x", "Content-Length: 2", "Content-Length: 3"),
                ("Host: x", "Content-Length: 2", "Content-Length: 2"),
                ("Host: x", "Host: y", "Content-Length: 2"),
                ("Host: x", "Content-Length: 2",
                 "Transfer-Encoding: chunked")):
            self.assertEqual(self.status(post, AUTH, *lines, body="{}"), 400,
                             lines)

    def test_missing_host(self):
        self.assertEqual(self.status("GET /livez HTTP/1.1"), 400)

    def test_garbage(self):
        for text in (b"\x00" * 100, b"GET\r\n\r\n", b"\xff\xfe\r\n\r\n",
                     b"GET /livez\r\n\r\n", b"NOPE /livez HTTP/9.9\r\n\r\n"):
            got = self.daemon.raw(text + b"\r\n\r\n", seconds=3)
            self.assertNotIn(b" 200 ", got[:20], text)

    def test_large_head(self):
        status = self.status("GET /livez HTTP/1.1", "Host: x",
                             "X: " + "y" * 100000)
        self.assertIn(status, (413, 431))

    def test_large_body(self):
        answer = self.ask("POST", "/v1/communes/town/events", "x" * 1001)
        self.refused(answer, 413, "D-TOO-LARGE")
        answer = self.ask("PUT", "/v1/communes/town/problem", "x" * 5001)
        self.refused(answer, 413, "D-TOO-LARGE")

    def test_large_chunks(self):
        chunk = "100\r\n" + "x" * 256 + "\r\n"
        self.assertEqual(self.status(
            "POST /v1/communes/town/events HTTP/1.1", "Host: x", AUTH,
            "Transfer-Encoding: chunked", body=chunk * 6 + "0\r\n\r\n"), 413)

    def test_expected_body_is_refused_before_it_is_sent(self):
        got = self.daemon.raw((
            f"POST /v1/communes/town/events HTTP/1.1\r\nHost: x\r\n{AUTH}\r\n"
            "Content-Length: 9999999\r\nExpect: 100-continue\r\n\r\n"
        ).encode())
        self.assertIn(b" 413 ", got[:20])

    def test_slow_sender_is_closed(self):
        begun = time.monotonic()
        self.daemon.raw(b"GET /livez HTTP/1.1\r\nHost: x\r\nX: ")
        self.daemon.raw((
            f"POST /v1/communes/town/events HTTP/1.1\r\nHost: x\r\n{AUTH}\r\n"
            "Content-Length: 10\r\n\r\n{").encode())
        self.assertLess(time.monotonic() - begun, 10 * support.PATIENCE / 30)

    def test_client_that_leaves(self):
        for _ in range(50):
            with socket.socket(socket.AF_UNIX) as plug:
                plug.connect(self.daemon.socket)
                plug.sendall((f"GET /v1/communes/town/report HTTP/1.1\r\n"
                              f"Host: x\r\n{AUTH}\r\n\r\n").encode())

    def test_nul_in_path(self):
        for path in ("/v1/communes/../x/plan", "/v1/communes/%00/plan",
                     "/v1/communes/" + "a" * 65 + "/plan", "//", "/v1/"):
            self.assertIn(self.status(f"GET {path} HTTP/1.1", "Host: x",
                                      AUTH), (400, 404), path)

    def test_deep_json(self):
        self.assertIn(self.ask("POST", "/v1/communes/town/events",
                               "[" * 900).status, (400, 413, 422))


class Floods(support.DaemonTest):
    options = {"queue": "4", "desks": "1"}

    def test_more_than_may_wait_are_told_to_come_back(self):
        self.daemon.put("flood", requests=200)
        body = changes({"op": "closed", "structure": "s1",
                        "dates": ["2026-09-07"]})

        def one(_):
            return self.ask("POST", "/v1/communes/flood/events", body)

        with concurrent.futures.ThreadPoolExecutor(64) as pool:
            answers = list(pool.map(one, range(400)))
        statuses = {a.status for a in answers}
        self.assertEqual(statuses, {201, 429})
        late = next(a for a in answers if a.status == 429)
        self.refused(late, 429, "D-BUSY")
        self.assertEqual(late.headers["Retry-After"], "1")
        self.assertEqual(one(0).status, 201)

    def test_one_commune_does_not_block_another(self):
        self.daemon.put("calm")
        self.daemon.put("loud", requests=300)
        body = changes({"op": "closed", "structure": "s1",
                        "dates": ["2026-09-07"]})
        with concurrent.futures.ThreadPoolExecutor(17) as pool:
            noise = [pool.submit(self.ask, "POST",
                                 "/v1/communes/loud/events", body)
                     for _ in range(200)]
            calm = [self.ask("POST", "/v1/communes/calm/events",
                             changes(added(i))) for i in range(10)]
            for one in noise:
                one.result()
        self.assertEqual({a.status for a in calm}, {201})


class Memory(support.DaemonTest):
    options = {"memory-limit": "100k"}

    def test_too_much_at_once(self):
        plugs = []
        try:
            for _ in range(3):
                plug = socket.socket(socket.AF_UNIX)
                plug.connect(self.daemon.socket)
                plugs.append(plug)
                plug.sendall((
                    f"PUT /v1/communes/x/problem HTTP/1.1\r\nHost: x\r\n{AUTH}"
                    "\r\nContent-Length: 60000\r\n\r\n" + " " * 50000
                ).encode())
            time.sleep(0.2)
            plugs[-1].settimeout(support.PATIENCE)
            plugs[-1].sendall(b" " * 10000)
            got = plugs[-1].recv(4096)
            self.assertIn(b" 503 ", got[:20])
            self.assertIn(b"Retry-After: 1", got)
        finally:
            for plug in plugs:
                plug.close()


class Connections(support.DaemonTest):
    options = {"connections": "20"}

    def test_more_than_may_connect(self):
        plugs = []
        for _ in range(60):
            plug = socket.socket(socket.AF_UNIX)
            plug.settimeout(support.PATIENCE)
            plug.connect(self.daemon.socket)
            plugs.append(plug)
        for plug in plugs:
            plug.close()
        end = time.monotonic() + support.PATIENCE
        while True:
            try:
                if self.ask("GET", "/livez", token=None).status == 200:
                    break
            except OSError:
                pass
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)
