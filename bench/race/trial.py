# SPDX-License-Identifier: GPL-3.0-or-later
"""One solver on one problem: starts it, reads the clock when a line arrives,
kills it when it does not end by itself, and lets the judge value its plan."""
import csv
import json
import os
import pty
import re
import select
import signal
import subprocess
import time

from logs import READERS, Trace

GRACE = 30  # seconds after the limit until a program is killed


def watch(command, limit, take):
    """Runs the command on a terminal of its own, so that it writes line by
    line, and calls take(seconds, line). (exit status, seconds, peak MiB); a
    program that had to be killed has a negative status."""
    here, there = pty.openpty()
    begin = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=there,
                             stderr=there, start_new_session=True)
    os.close(there)
    rest, usage = b"", None
    while True:
        now = time.monotonic() - begin
        if now > limit + GRACE:
            os.killpg(child.pid, signal.SIGKILL)
        ready, _, _ = select.select([here], [], [], 0.2)
        if not ready:
            continue
        try:
            data = os.read(here, 65536)
        except OSError:  # the other end is closed
            break
        if not data:
            break
        *lines, rest = (rest + data).split(b"\n")
        now = time.monotonic() - begin
        for line in lines:
            take(now, line.decode("utf-8", "replace").rstrip("\r"))
    os.close(here)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return (child.returncode, time.monotonic() - begin,
            usage.ru_maxrss / 1024)


def quiet(command):
    """(exit status, what it said)."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False, errors="replace")
    return done.returncode, done.stdout


class Programs:
    """Where the programs are, and how each is told what to do."""

    def __init__(self, build, peers, folder):
        self.bin = os.path.join(build, "bin")
        self.python = os.path.join(peers, "bin", "python3")
        self.peer = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                 "peer.py")
        self.folder = folder

    def own(self, name):
        return os.path.join(self.bin, name)

    def file(self, name):
        return os.path.join(self.folder, name)

    def version(self, solver):
        """The version, or None and why it is absent."""
        if solver == "ctgsched":
            status, said = quiet([self.own("ctgsched"), "version"])
        elif solver == "glpsol":
            status, said = self.try_it(["glpsol", "--version"])
        elif solver == "cbc":
            status, said = self.try_it(["cbc", "-quit"])
        elif not os.path.exists(self.python):
            return None, "bench/peers/setup was not run"
        else:
            status, said = quiet([self.python, self.peer, solver,
                                  "--version"])
        found = re.search(r"\d+\.\d[\w.]*(?: \(.*\))?", said)
        if status != 0 or not found:
            return None, said.strip().splitlines()[-1:] or "no answer"
        return found.group(), None

    @staticmethod
    def try_it(command):
        try:
            return quiet(command)
        except FileNotFoundError:
            return 127, f"{command[0]} is not installed"

    def threads_of(self, solver, asked):
        """Those that the solver can use."""
        return 1 if solver in ("glpsol", "scip") else asked

    def command(self, solver, problem, program, solution, threads, limit):
        if solver == "ctgsched":
            return [self.own("ctgsched"), "solve", problem, "-o", solution,
                    "--gap", "0", "--threads", str(threads), "--time-limit",
                    str(limit), "--progress", "jsonl"]
        if solver == "glpsol":
            return ["glpsol", "--freemps", program, "--tmlim",
                    str(int(limit)), "-w", solution]
        if solver == "cbc":
            more = ["-threads", str(threads)] if threads > 1 else []
            return ["cbc", program, "-timeMode", "elapsed", "-seconds",
                    str(limit), "-ratioGap", "0", *more, "-solve", "-solu",
                    solution, "-quit"]
        return [self.python, self.peer, solver, program, solution,
                "--threads", str(threads), "--time", str(limit)]


# --- from columns to a plan ---

def columns_of_glpsol(path, program):
    """glpsol numbers the columns as the file does."""
    names, seen = [], set()
    with open(program, encoding="utf-8") as file:
        inside = False
        for line in file:
            words = line.split()
            if not line.startswith(" "):
                inside = words[:1] == ["COLUMNS"]
            elif inside and words[0] not in seen and "'MARKER'" not in words:
                seen.add(words[0])
                names.append(words[0])
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.split()
            if words[:1] == ["j"]:
                yield names[int(words[1]) - 1], float(words[-1])


def columns_of_cbc(path):
    with open(path, encoding="utf-8") as file:
        if "no solution" in next(file, ""):
            return
        for line in file:
            words = line.replace("**", " ").split()
            yield words[1], float(words[2])


def columns_of_peer(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, value = line.split()
            yield name, float(value)


def columns(solver, path, program):
    """(name, value) of a solver's solution file."""
    if solver == "glpsol":
        return columns_of_glpsol(path, program)
    return columns_of_cbc(path) if solver == "cbc" else columns_of_peer(path)


def plan_of(taken, table):
    """The plan whose choices are the columns taken; `table` are the rows of
    the table beside the program."""
    placements, duties = [], []
    for row in table:
        if row["name"] not in taken:
            continue
        if row["option"]:
            placements.append({"request": row["request"],
                               "option": row["option"]})
        elif row["employee"]:
            duties.append({"employee": row["employee"], "date": row["date"],
                           "shift": row["shift"],
                           "pieces": row["pieces"].split()})
    return {"schema": "ctgsched/plan/1", "placements": placements,
            "duties": duties}


def read_table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


class Judge:
    """ctgsched-verify on plans; the value is the judge's, not the solver's."""

    def __init__(self, programs):
        self.programs = programs

    def verdict(self, problem, plan):
        done = subprocess.run(
            [self.programs.own("ctgsched-verify"), "--json", problem, plan],
            stdin=subprocess.DEVNULL, capture_output=True, check=False)
        try:
            return json.loads(done.stdout)
        except ValueError:
            return {"accepted": False,
                    "error": done.stderr.decode("utf-8", "replace")[-200:]}

    def value_of(self, problem, plan):
        """(the judge's value of the first goal, None) or (None, why not).
        What a plan is short of it must say: the judge is asked for that."""
        path = self.programs.file("foreign.plan.json")
        for _ in range(2):
            with open(path, "w", encoding="utf-8") as file:
                json.dump(plan, file)
            said = self.verdict(problem, path)
            if said.get("accepted") or not said.get("shortages"):
                break
            plan = {**plan, "shortages": said["shortages"]}
        if not said.get("accepted"):
            first = (said.get("breaches") or [{}])[0]
            return None, str(first.get("message") or said.get("error")
                             or "refused")
        return said["goals"][0]["value"], None


# --- a run ---

def sign_of(program):
    """-1 where the value of the goal is minus the cost of the program."""
    with open(program, encoding="utf-8") as file:
        for line in file:
            if line.startswith("* value of the goal"):
                return -1 if "- cost" in line else 1
            if line.startswith("ROWS"):
                break
    return 1


def own_run(programs, problem, threads, limit):
    """The trace and the end of our own run; every value in it is judged."""
    with open(problem, encoding="utf-8") as file:
        sense = json.load(file)["goals"]["sense"]
    plan = programs.file("own.plan.json")
    remove(plan)
    trace = Trace(READERS["ctgsched"](), 1 if sense == "max" else -1)
    status, seconds, peak = watch(
        programs.command("ctgsched", problem, None, plan, threads, limit),
        limit, trace.feed)
    end = {"seconds": seconds, "peak_mib": peak, "status": status,
           "judge": "no plan", "points": trace.points}
    if os.path.exists(plan):
        with open(plan, encoding="utf-8") as file:
            goal = json.load(file)["goals"][0]
        said = Judge(programs).verdict(problem, plan)
        end["judge"] = "accepted" if said.get("accepted") else "REFUSED"
        end["value"], end["bound"] = goal["value"], goal.get("bound")
        end["points"].append((seconds, goal["value"], goal.get("bound")))
    return end


def peer_run(programs, solver, problem, program, threads, limit):
    """The same of a peer. Its values are those of its log until the end, when
    the judge values the plan; a plan refused voids them."""
    solution = programs.file("peer.solution")
    remove(solution)
    trace = Trace(READERS[solver](), -1)
    status, seconds, peak = watch(
        programs.command(solver, problem, program, solution, threads, limit),
        limit, trace.feed)
    sign = sign_of(program)
    points = [(s, times(sign, v), times(sign, b)) for s, v, b in trace.points]
    end = {"seconds": seconds, "peak_mib": peak, "status": status,
           "judge": "no plan", "points": points,
           "value": times(sign, trace.value),
           "bound": times(sign, trace.bound)}
    if os.path.exists(solution) and trace.value is not None:
        confirm(programs, solver, problem, program, solution, end)
    elif trace.value is not None:
        end["judge"] = "killed, not judged"
    return end


def confirm(programs, solver, problem, program, solution, end):
    """The judge may value the plan higher than the solver, whose columns that
    count may be larger than what they count."""
    sign = sign_of(program)
    taken = {name for name, value in columns(solver, solution, program)
             if value > 0.5}
    value, why = Judge(programs).value_of(
        problem, plan_of(taken, read_table(program + ".tsv")))
    worse = None if value is None else sign * (value - end["value"])
    if worse is None:
        end["judge"] = f"REFUSED: {why}"
    elif worse > 0.5:
        end["judge"] = f"worth less: {value}"
    else:
        end["judge"] = "accepted"
        end["value"] = value
        end["points"].append((end["seconds"], value, end["bound"]))
    if end["judge"] != "accepted":
        end["points"] = [(s, None, b) for s, _, b in end["points"]]


def times(sign, number):
    return None if number is None else sign * number


def remove(path):
    if os.path.exists(path):
        os.remove(path)
