# SPDX-License-Identifier: GPL-3.0-or-later
"""Problems to give the program, and how to run it."""
import json
import os
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("CTG_BUILD", os.path.join(ROOT, "build"))
PROGRAM = os.path.join(BUILD, "bin", "ctgsched")

DAYS = ["mon", "tue", "wed", "thu", "fri"]


def request(number, points, begin="09:00", end="12:00", structure="s1",
            **more):
    return {"id": f"r{number}", "child": f"c{number}", "points": points,
            "options": [{"id": "o1", "structure": structure,
                         "when": [{"begin": begin, "end": end}]}], **more}


def town(requests=None, **more):
    """One place without law. By hand: r1 and r3 are served; points 7,
    requests 2, hours 5 x (180 + 240) = 2100, satisfaction 2000."""
    if requests is None:
        requests = [request(1, 5), request(2, 3),
                    request(3, 2, "13:00", "17:00")]
    return {
        "schema": "ctgsched/problem/1", "id": "tiny",
        "horizon": {"first": "2026-09-07", "last": "2026-09-11"},
        "structures": [{"id": "s1", "kind": "other", "places": 1,
                        "hours": [{"begin": "08:00", "end": "18:00"}]}],
        "children": [{"id": r["child"], "birth": "2025-01-01"}
                     for r in requests],
        "requests": requests, **more}


def crowded(n_requests=400, n_structures=6):
    """A town whose optimum takes long to prove: odd patterns of days, points
    that nearly tie, several wishes a family, few places."""
    state = 12345

    def draw(n):
        nonlocal state
        state = (state * 1103515245 + 12345) % (1 << 31)
        return (state >> 8) % n

    structures = [{"id": f"s{k}", "kind": "other", "places": 9 + k,
                   "hours": [{"begin": "07:30", "end": "18:30"}]}
                  for k in range(n_structures)]
    requests = []
    for i in range(n_requests):
        options = []
        for w in range(4):
            days = sorted({DAYS[draw(5)] for _ in range(2 + draw(4))},
                          key=DAYS.index)
            begin = 15 + draw(8)
            end = begin + 6 + draw(37 - begin - 6)
            options.append({
                "id": f"o{w}", "structure": f"s{draw(n_structures)}",
                "when": [{"days": days,
                          "begin": f"{begin // 2:02}:{begin % 2 * 30:02}",
                          "end": f"{end // 2:02}:{end % 2 * 30:02}"}]})
        requests.append({"id": f"r{i}", "child": f"c{i}",
                         "points": 100 + draw(97), "options": options})
    return {
        "schema": "ctgsched/problem/1", "id": "crowded",
        "horizon": {"first": "2026-09-07", "last": "2026-10-02"},
        "structures": structures,
        "children": [{"id": f"c{i}", "birth": "2025-01-01"}
                     for i in range(n_requests)],
        "requests": requests}


def plan(*served):
    return {"schema": "ctgsched/plan/1",
            "placements": [{"request": r, "option": "o1"} for r in served]}


def quiet_environment(**more):
    kept = {k: v for k, v in os.environ.items()
            if k not in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR",
                         "COLUMNS") and not k.startswith("CTGSCHED_")}
    return {**kept, "LC_ALL": "C", **more}


class CliCase(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, value):
        text = value if isinstance(value, str) else json.dumps(value, indent=1)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def run_cli(self, *arguments, stdin="", status=0, env=None, **more):
        done = subprocess.run([PROGRAM, *arguments], input=stdin, text=True,
                              capture_output=True, check=False, timeout=120,
                              env=quiet_environment(**(env or {})), **more)
        self.assertEqual(done.returncode, status,
                         f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done

    def run_json(self, verb, *arguments, **more):
        done = self.run_cli(verb, *arguments, "--json", **more)
        value = json.loads(done.stdout)
        self.assertEqual(value["schema"], f"ctgsched/{verb}-result/1")
        return value

    def names(self):
        return sorted(os.listdir(self.folder))
