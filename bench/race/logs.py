# SPDX-License-Identifier: GPL-3.0-or-later
"""What a line of a solver's output says of value and bound.

Each reader is fed the lines in their order, and answers (value, bound), None
for what a line does not say. All programs minimise; ours tells the goal as the
problem states it."""
import json
import math
import re

NUMBER = r"(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|-?inf)"


def number(text):
    found = float(text)
    return found if math.isfinite(found) and abs(found) < 1e19 else None


class Patterns:
    """Of each line the first pattern that fits; `v` and `b` are its groups."""
    patterns = ()

    def read(self, line):
        for pattern in self.patterns:
            found = pattern.search(line)
            if found:
                groups = found.groupdict()
                return tuple(number(groups[key]) if groups.get(key) else None
                             for key in ("v", "b"))
        return None, None


def compiled(*patterns):
    return tuple(re.compile(p.replace("V#", f"(?P<v>{NUMBER})")
                            .replace("B#", f"(?P<b>{NUMBER})"))
                 for p in patterns)


class Peer(Patterns):
    """Lines of peer.py: HiGHS and SCIP."""
    patterns = compiled("^race V# B#", "^race V# -", "^race - B#")


class Cbc(Patterns):
    """A value counts when the tree has it (Cbc0012I and the like): the pump
    prints objectives of plans that it may not keep. 1e+50 is no plan."""
    patterns = compiled(
        r"^Continuous objective value is B#",
        r"^Cbc00(?:04|12|16)I Integer solution of V#",
        r"^Cbc0010I .* V# best solution, best possible B#",
        r"^Cbc0013I At root node, .* changed objective from \S+ to B#",
        r"^Cbc0005I Partial search - best objective V# "
        r"\(best possible B#\)",
        r"^Objective value: +V#",
        r"^Lower bound: +B#")
    done = re.compile(r"^Cbc0001I Search completed - best objective "
                      + NUMBER)

    def read(self, line):
        found = self.done.search(line)
        if found:
            return number(found.group(1)), number(found.group(1))
        return super().read(line)


class Glpsol(Patterns):
    """The relaxation's last objective is a bound once it is optimal."""
    patterns = compiled(
        r"^\+ *\d+: (?:>>>>>|mip =) +V# >= +B#",
        r"^\+ *\d+: (?:>>>>>|mip =) +V# ",
        r"^\+ *\d+: mip = +not found yet >= +B#")
    simplex = re.compile(r"^[* #]? *\d+: obj = +" + NUMBER)

    def __init__(self):
        self.relaxed = self.value = None

    def read(self, line):
        found = self.simplex.search(line)
        if found:
            self.relaxed = number(found.group(1))
        if line.startswith("OPTIMAL LP SOLUTION FOUND"):
            return None, self.relaxed
        if line.startswith("INTEGER OPTIMAL SOLUTION FOUND"):
            return self.value, self.value
        value, bound = super().read(line)
        self.value = value if value is not None else self.value
        return value, bound


class CpSat(Patterns):
    """CP-SAT's own lines `#12 3.4s best:V next:[B,...]`. `next` is where a
    better solution may lie, so the bound is no more than the best; `[]` says
    nowhere."""
    patterns = compiled(r"^#(?:\d+|Bound) .*best:V# +next:\[B#,",
                        r"^#\d+ .*best:V# +next:\[\]")

    def __init__(self):
        self.value = None

    def read(self, line):
        if line.startswith("race "):
            return Peer().read(line)
        if line.startswith("#Done"):
            return self.value, self.value
        line = line.replace("'", "")
        value, bound = super().read(line)
        if value is not None:
            self.value = value
        if bound is not None and self.value is not None:
            bound = min(bound, self.value)
        return value, bound


class Ours:
    """Events of `ctgsched solve --progress jsonl`."""

    def read(self, line):
        if not line.startswith("{"):
            return None, None
        try:
            event = json.loads(line)
        except ValueError:
            return None, None
        if event.get("type") not in ("incumbent", "bound"):
            return None, None
        return event.get("value"), event.get("bound")


READERS = {"ctgsched": Ours, "highs": Peer, "scip": Peer, "cpsat": CpSat,
           "cbc": Cbc, "glpsol": Glpsol}


class Trace:
    """(seconds, value, bound) whenever the best value or bound gets better.
    Sign 1: larger values are better."""

    def __init__(self, reader, sign):
        self.reader, self.sign = reader, sign
        self.value = self.bound = None
        self.points = []

    def feed(self, seconds, line):
        value, bound = self.reader.read(line)
        if value is not None and (self.value is None or
                                  self.sign * (value - self.value) > 1e-6):
            self.value = value
        elif bound is None:
            return
        if bound is not None and (self.bound is None or
                                  self.sign * (self.bound - bound) > 1e-6):
            self.bound = bound
        point = (self.value, self.bound)
        if point != (None, None) and (not self.points or
                                      self.points[-1][1:] != point):
            self.points.append((seconds, *point))
