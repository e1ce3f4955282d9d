# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands around the daemon: systemd, nginx, the example."""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import unittest

import support
import test_stream

SYSTEMD = os.path.join(support.ROOT, "libctgsched", "systemd")
READY = """import os, socket, sys
made = [socket.socket(socket.AF_UNIX), socket.socket()]
made[0].bind(sys.argv[1])
made[1].bind(("127.0.0.1", 0))
for i, one in enumerate(made):
    one.listen(64)
    os.dup2(one.fileno(), 10 + i)
print(made[1].getsockname()[1], flush=True)
for i in (0, 1):
    os.dup2(10 + i, 3 + i)
os.environ.update(LISTEN_FDS="2", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[2], sys.argv[2:])
"""


@unittest.skipUnless(os.path.exists(support.BIN), "ctgschedd was not built")
class Around(unittest.TestCase):
    def setUp(self):
        self.daemon = support.Daemon()
        self.addCleanup(self.daemon.remove)

    def path(self, name):
        return os.path.join(self.daemon.folder, name)

    def test_sockets_that_systemd_hands_over_and_its_words(self):
        told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(told.close)
        told.bind(self.path("notify"))
        told.settimeout(support.PATIENCE)
        process = subprocess.Popen(
            ["/usr/bin/python3", "-c", READY, self.daemon.socket,
             *self.daemon.arguments()], text=True, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(os.environ, NOTIFY_SOCKET=self.path("notify")))
        port = int(process.stdout.readline())
        self.assertEqual(told.recv(100), b"READY=1")
        self.assertEqual(
            self.daemon.ask("GET", "/livez", token=None).status, 200)
        plug = socket.create_connection(("127.0.0.1", port))
        plug.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertIn(b" 200 ", plug.recv(1000))
        plug.close()
        process.terminate()
        words = b""
        while words != b"STOPPING=1":
            words = told.recv(100)
            self.assertIn(words, (b"WATCHDOG=1", b"STOPPING=1"))
        self.assertEqual(process.wait(support.PATIENCE), 0)
        process.stdout.close()

    def test_loopback_by_option(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.daemon.options["listen"] = port
        self.daemon.start()
        with socket.create_connection(("127.0.0.1", port)) as plug:
            plug.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertIn(b" 200 ", plug.recv(1000))

    def test_example_of_a_configuration_is_read(self):
        done = subprocess.run(
            [support.BIN, "--config", os.path.join(SYSTEMD, "ctgschedd.conf"),
             "--show-config"], text=True, capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("tokens = /etc/ctgsched/tokens  # ", done.stdout)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd")
    def test_unit_is_a_sandbox(self):
        unit = os.path.join(os.environ["CTG_BUILD"], "gen",
                            "ctgschedd.service")
        done = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", unit],
            text=True, capture_output=True, check=False)
        found = re.search(r"exposure level[^:]*: ([0-9.]+)", done.stdout)
        if not found:
            self.skipTest("this systemd-analyze has no security --offline")
        self.assertLess(float(found.group(1)), 2.0)

    def test_load(self):
        done = subprocess.run(
            [sys.executable, os.path.join(support.ROOT, "bench", "daemon",
                                          "run"),
             "slots", "replan", "--seconds", "0.5"],
            text=True, capture_output=True, check=False,
            timeout=4 * support.PATIENCE,
            env=dict(os.environ, CTG_BIN=os.path.dirname(support.BIN)))
        self.assertEqual(done.returncode, 0, done.stderr)
        for line in done.stdout.splitlines():
            self.assertGreater(json.loads(line)["done"], 0, line)

    @unittest.skipUnless(shutil.which("curl"), "no curl")
    def test_example(self):
        done = subprocess.run(
            [os.path.join(support.ROOT, "examples", "daemon.sh")], text=True,
            capture_output=True, check=False, timeout=120,
            env=dict(os.environ, CTG_BIN=os.path.dirname(support.BIN)))
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        for word in ("event: change", "event: published", "event: plan"):
            self.assertIn(word, done.stdout)

    @unittest.skipUnless(shutil.which("nginx"), "no nginx")
    def test_behind_nginx(self):
        self.daemon.start()
        self.daemon.put()
        front = self.path("front")
        with open(os.path.join(SYSTEMD, "nginx.conf"),
                  encoding="utf-8") as file:
            text = file.read()
        # TLS needs a certificate: here the front is a unix socket as well.
        text = text.replace("listen 443 ssl;", f"listen unix:{front};")
        text = re.sub(r"\n *ssl_[^\n]*", "", text)
        text = text.replace("/run/ctgschedd/socket", self.daemon.socket)
        text = text.replace("$binary_remote_addr", "$server_name")
        config = self.path("nginx.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(
                f"pid {self.path('pid')};\nerror_log {self.path('e')};\n"
                "daemon off;\nmaster_process off;\nevents {}\nhttp {\n"
                f"access_log off;\nclient_body_temp_path {self.path('b')};\n"
                f"proxy_temp_path {self.path('p')};\n"
                f"fastcgi_temp_path {self.path('f')};\n"
                f"uwsgi_temp_path {self.path('u')};\n"
                f"scgi_temp_path {self.path('s')};\n" + text + "}\n")
        nginx = subprocess.Popen(["nginx", "-c", config, "-e",
                                  self.path("e")],
                                 stderr=subprocess.DEVNULL)
        self.addCleanup(nginx.wait)
        self.addCleanup(nginx.terminate)
        behind, self.daemon.socket = self.daemon.socket, front
        end = time.monotonic() + support.PATIENCE
        while not os.path.exists(front):
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)
        time.sleep(0.1)
        self.assertEqual(self.daemon.ask("GET", "/metrics").status, 404)
        self.assertEqual(self.daemon.ask("GET", "/v1/communes").status, 200)
        large = json.dumps(support.problem()) + " " * (17 << 20)
        self.assertEqual(self.daemon.ask(
            "PUT", "/v1/communes/town/problem", large).status, 200)
        self.assertEqual(self.daemon.ask(
            "POST", "/v1/communes/town/events", large).status, 413)
        stream = test_stream.Stream(self.daemon, "town", last=0)
        self.assertEqual(next(stream.frames())[1], "problem")
        stream.close()
        self.daemon.socket = behind


if __name__ == "__main__":
    unittest.main()
