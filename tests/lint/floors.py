#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Includes go down the floors, never up or sideways; one door for each
foreign library; no knots of modules.

    floors.py [ROOT]    prints one line per fault, then the longest files;
                        the exit status says whether there was a fault
"""
import os
import re
import sys

LIBRARY = ["base", "model", "check", "io", "lp", "solve", "api", "store"]
# floor: what it may include besides itself, the public headers and C
BELOW = {
    "include": [],
    "base": [],
    "model": ["base"],
    "check": ["model", "base"],
    "io": ["model", "base"],
    "lp": ["base"],
    "solve": ["check", "lp", "model", "base"],
    "api": ["solve", "check", "io", "lp", "model", "base"],
    "store": ["base"],
    "doc": [],
    "cli": ["store"],
    "daemon": ["store"],
    "verify": ["check", "io", "model", "base"],
    "bindings": [],
    "examples": [],
    "bench": [],
    "tests": LIBRARY + ["daemon"],
}
# header: {floor: how many files of it may include it, None = any}
DOORS = {
    "glpk.h": {"lp": 1},
    "jansson.h": {"io": None, "cli": 1, "bench": 1, "daemon": 1,
                  "tests": None},
    "uv.h": {"daemon": None, "examples": 1},
    "microhttpd.h": {"daemon": 1},
    "sqlite3.h": {"store": None, "tests": None},
}
FILES = {  # only these files of the library may ...
    "pthread.h": ["base/thread.c"],
    "malloc": ["base/arena.c"],
}
HEAP = re.compile(r"(?<![\w.>])(malloc|calloc|realloc|free|strdup|strndup|"
                  r"aligned_alloc|posix_memalign)\s*\(")
SPEAK = re.compile(r"(?<![\w.>])(v?printf|puts|putchar|perror|exit|_exit|_Exit|"
                   r"quick_exit|abort|setlocale)\s*\(|\b(stdout|stderr)\b")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
COMMENT_OR_TEXT = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
SOURCES = (".c", ".h", ".py", ".sh", ".js", ".mjs", ".ts", ".S", ".cmake",
           "CMakeLists.txt", ".cc", ".cpp", ".def")
LONG = 600


def sources(root):
    """Paths of all source files below the root, with '/' and sorted."""
    found = []
    for top in ["libctgsched", "bindings", "examples", "bench", "tests"]:
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders[:] = [f for f in folders if f != "node_modules"
                          and f != "__pycache__" and not f.startswith("build")]
            found += [os.path.relpath(os.path.join(folder, n), root)
                      for n in names if n.endswith(SOURCES)]
    return sorted(path.replace(os.sep, "/") for path in found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def floor_of(path):
    parts = path.split("/")
    if parts[0] == "libctgsched" and len(parts) > 2:
        return parts[1]
    return parts[0]


def blank(match):
    """Keeps the line breaks, so that line numbers stay right."""
    return "".join(c if c == "\n" else " " for c in match.group())


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def is_public(name):
    return re.fullmatch(r"ctgsched\w*\.h", name) is not None


class Lint:
    def __init__(self, root):
        self.root = root
        self.faults = []
        self.lengths = []
        self.edges = {}  # module -> modules it includes
        self.doors = {}  # (header, floor) -> files
        self.paths = sources(root)

    def fault(self, path, line, text):
        self.faults.append(f"{path}:{line}: {text}")

    def run(self):
        for path in self.paths:
            text = read(self.root, path)
            self.lengths.append((text.count("\n"), path))
            if "SPDX-License-Identifier: GPL-3.0-or-later" not in \
                    "".join(text.splitlines(True)[:3]):
                self.fault(path, 1, "no SPDX line among the first three")
            if path.endswith((".c", ".h", ".def", ".cc", ".cpp")):
                self.check_c(path, text)
        self.check_doors()
        self.check_knots()
        return self.faults

    def check_c(self, path, text):
        floor = floor_of(path)
        code = COMMENT_OR_TEXT.sub(
            lambda m: m.group() if m.group()[0] == '"' else blank(m), text)
        for match in INCLUDE.finditer(code):
            self.check_include(path, floor, line_of(code, match.start()),
                               match.group(1), match.group(2))
        if floor not in LIBRARY:
            return
        bare = COMMENT_OR_TEXT.sub(blank, text)
        inside = path.split("/", 1)[1]
        for match in HEAP.finditer(bare):
            if inside not in FILES["malloc"]:
                self.fault(path, line_of(bare, match.start()),
                           f"{match.group(1)}: memory comes from an arena")
        for match in SPEAK.finditer(bare):
            self.fault(path, line_of(bare, match.start()),
                       f"{match.group(1) or match.group(2)}: the library "
                       "never prints, exits or aborts")

    def resolve(self, path, name):
        """The project's file that an include names, None when it is foreign."""
        here = os.path.normpath(os.path.join(os.path.dirname(path), name))
        for candidate in [here, "libctgsched/" + name,
                          "libctgsched/include/" + name, "tests/" + name]:
            candidate = os.path.normpath(candidate).replace(os.sep, "/")
            if os.path.isfile(os.path.join(self.root, candidate)):
                return candidate
        return None

    def check_include(self, path, floor, line, quote, name):
        if name in DOORS:
            if floor not in DOORS[name]:
                self.fault(path, line, f"<{name}> has no door in {floor}")
            self.doors.setdefault((name, floor), []).append(path)
            return
        if name == "pthread.h" and floor in LIBRARY and \
                path.split("/", 1)[1] not in FILES["pthread.h"]:
            self.fault(path, line, "<pthread.h>: use base/thread.h")
        if is_public(name):
            return
        target = self.resolve(path, name)
        if target is None:
            first = name.split("/")[0]
            if quote == '"' and first in BELOW and "/" in name:
                self.check_floor(path, line, floor, first, name)
            return
        self.check_floor(path, line, floor, floor_of(target), name)
        self.edges.setdefault(module_of(path), set()).add(module_of(target))

    def check_floor(self, path, line, floor, other, name):
        if floor not in BELOW:
            self.fault(path, line, f'"{floor}" is not a floor')
        elif other != floor and other not in BELOW[floor]:
            self.fault(path, line, f'"{name}": {floor} must not see {other}')

    def check_doors(self):
        for (name, floor), paths in sorted(self.doors.items()):
            most = DOORS[name].get(floor, 0)
            if most is not None and floor in DOORS[name] and len(paths) > most:
                self.fault(paths[most], 1, f"<{name}> is in {len(paths)} files"
                           f" of {floor}, {most} may: {', '.join(paths)}")

    def check_knots(self):
        for knot in knots(self.edges):
            self.fault(knot[0], 1, "a knot of modules: " + " ".join(knot))


def module_of(path):
    """x.c, x.h and x.def are one module."""
    return os.path.splitext(path)[0]


def knots(edges):
    """Strongly connected components of more than one module (Tarjan, with a
    stack of its own)."""
    index, low, on_stack, stack, found = {}, {}, set(), [], []
    for start in sorted(edges):
        if start in index:
            continue
        work = [(start, iter(sorted(edges.get(start, ()))))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(sorted(edges.get(other, ())))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    knot = []
                    while not knot or knot[-1] != node:
                        knot.append(stack.pop())
                        on_stack.discard(knot[-1])
                    if len(knot) > 1:
                        found.append(sorted(knot))
    return found


def report_lengths(lengths):
    code = sorted((n, p) for n, p in lengths if p.endswith((".c", ".h")))
    if not code:
        return
    print(f"{len(code)} C files, median {code[len(code) // 2][0]} lines, "
          f"longest {code[-1][0]} ({code[-1][1]})")
    for n, path in reversed(code):
        if n > LONG:
            print(f"  over {LONG}: {n} {path}")


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    root = arguments[0] if arguments else os.path.join(here, "..", "..")
    lint = Lint(os.path.abspath(root))
    for fault in lint.run():
        print(fault)
    report_lengths(lint.lengths)
    print(f"{len(lint.paths)} files read, {len(lint.faults)} faults")
    return 1 if lint.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
