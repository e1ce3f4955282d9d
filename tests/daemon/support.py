# SPDX-License-Identifier: GPL-3.0-or-later
"""A daemon of a test's own, and requests to it over its unix socket."""
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

BIN = os.path.join(os.environ.get("CTG_BIN", "build/bin"), "ctgschedd")
ROOT = os.environ.get("CTG_ROOT", os.path.join(os.path.dirname(__file__),
                                               "..", ".."))
TOKENS = {"all": "all-0123456789abcdef", "read": "read-0123456789abcdef",
          "town": "town-0123456789abcdef"}
TOKEN_FILE = f"""# a comment
{TOKENS["all"]} * read,hold,plan,publish
{TOKENS["read"]} * read
{TOKENS["town"]} town read,hold
"""
# Slow machines and valgrind.
PATIENCE = float(os.environ.get("CTG_PATIENCE", "30"))


def problem(places=1, requests=0):
    """One place to be, open on weekdays from 08:00 to 18:00, no law."""
    return {
        "schema": "ctgsched/problem/1", "id": "tiny",
        "horizon": {"first": "2026-09-07", "last": "2026-09-11"},
        "structures": [{"id": "s1", "kind": "other", "places": places,
                        "hours": [{"begin": "08:00", "end": "18:00"}]}],
        "children": [{"id": f"c{i}", "birth": "2024-01-01"}
                     for i in range(requests)],
        "requests": [request(i) for i in range(requests)]}


def request(i, begin="08:00", end="09:00"):
    return {"id": f"r{i}", "child": f"c{i}", "points": i,
            "options": [{"id": "o", "structure": "s1",
                         "when": [{"begin": begin, "end": end}]}]}


def changes(*ops):
    return {"schema": "ctgsched/change/1", "changes": list(ops)}


def added(i, **times):
    return {"op": "request_added", "request": request(i, **times),
            "child": {"id": f"c{i}", "birth": "2024-01-01"}}


def hold(begin="10:00", end="12:00", **more):
    return dict({"structure": "s1", "age_months": 20,
                 "when": [{"date": "2026-09-09", "begin": begin,
                           "end": end}]}, **more)


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(self.path)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)


class Daemon:
    """Started on a folder; stopped by stop() or kill()."""

    def __init__(self, folder=None, **options):
        self.folder = folder or tempfile.mkdtemp(prefix="ctgschedd-")
        self.owns = folder is None
        self.options = {"improve-time": "0", "log": "warning", **options}
        self.tokens = os.path.join(self.folder, "tokens")
        with open(self.tokens, "w", encoding="utf-8") as file:
            file.write(TOKEN_FILE)
        os.chmod(self.tokens, 0o600)
        self.state = os.path.join(self.folder, "state")
        self.socket = os.path.join(self.folder, "socket")
        self.log_path = os.path.join(self.folder, "log")
        self.process = None

    def arguments(self):
        words = [BIN, "--state", self.state, "--socket", self.socket,
                 "--tokens", self.tokens]
        for name, value in self.options.items():
            words.append(f"--{name.replace('_', '-')}={value}")
        return words

    def start(self):
        with open(self.log_path, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen(self.arguments(), stderr=log,
                                            stdout=log)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if self.ask("GET", "/livez", token=None).status == 200:
                    return self
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError("the daemon did not start: " + self.log())

    def log(self):
        with open(self.log_path, encoding="utf-8") as file:
            return file.read()

    def connection(self):
        return UnixConnection(self.socket)

    def ask(self, method, path, body=None, token="all", connection=None,
            **headers):
        if token:
            headers["Authorization"] = "Bearer " + TOKENS.get(token, token)
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        one = connection or self.connection()
        try:
            one.request(method, path, body=body,
                        headers={k.replace("_", "-"): v
                                 for k, v in headers.items()})
            return Answer(one.getresponse())
        finally:
            if not connection:
                one.close()

    def raw(self, text, seconds=PATIENCE):
        """Bytes as they are; what comes until the other side closes."""
        with socket.socket(socket.AF_UNIX) as plug:
            plug.settimeout(seconds)
            plug.connect(self.socket)
            plug.sendall(text)
            got = b""
            try:
                while True:
                    more = plug.recv(65536)
                    if not more:
                        break
                    got += more
            except (TimeoutError, ConnectionResetError):
                pass
            return got

    def put(self, commune="town", **how):
        answer = self.ask("PUT", f"/v1/communes/{commune}/problem",
                          problem(**how))
        assert answer.status in (200, 201), answer.body
        return self.wait_plan(commune, answer.json["seq"])

    def state_of(self, commune="town"):
        return self.ask("GET", f"/v1/communes/{commune}").json

    def wait_plan(self, commune="town", rests_on=1):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            state = self.state_of(commune)
            if state.get("plan", {}).get("rests_on", 0) >= rests_on and \
                    state["plan"]["quality"] != "carried":
                return state
            time.sleep(0.01)
        raise AssertionError("no plan: " + self.log())

    def stop(self, number=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(PATIENCE) if self.process else 0
        self.process = None
        return status

    def kill(self):
        self.stop(signal.SIGKILL)

    def remove(self):
        if self.process:
            self.kill()
        if self.owns:
            shutil.rmtree(self.folder, ignore_errors=True)


@unittest.skipUnless(os.path.exists(BIN), "ctgschedd was not built")
class DaemonTest(unittest.TestCase):
    """One daemon for the class; each test has communes of its own name."""
    options = {}

    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(**cls.options).start()

    @classmethod
    def tearDownClass(cls):
        status = cls.daemon.stop()
        cls.daemon.remove()
        assert status == 0, f"it ended with {status}"

    def ask(self, *words, **how):
        return self.daemon.ask(*words, **how)

    def refused(self, answer, status, code):
        self.assertEqual((answer.status, answer.json["code"]),
                         (status, code), answer.body)
        self.assertEqual(answer.headers["Content-Type"],
                         "application/problem+json")
