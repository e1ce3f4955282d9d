# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands and programs of the documents, run in their order in a folder
of their own, and what they say. In a document

    ```sh            is run by one shell from its first block to its last
    ```text          is what the block before says: these lines, in this order,
                     with others between them; "..." is any rest of a line
    ```c NAME        is the file NAME, and so for json, python and js

The Node is the one that NODE names; else the first in PATH, when its headers
are beside it; else Debian's."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DOC = ROOT / "libctgsched" / "doc"
BUILD = pathlib.Path(os.environ.get("CTG_BUILD", ROOT / "build"))
RUN = ["getting-started.md", "judging-a-plan.md", "rules.md"]
# Sections whose commands another test runs.
ELSEWHERE = {"## Debian packages": "tests/bare/packages"}
BLOCK = re.compile(r"^(## [^\n]*)$|^```(\w+)(?: (\S+))?\n(.*?)^```$",
                   re.M | re.S)
NEXT = "-- the next block --"


def read(path):
    return path.read_text(encoding="utf-8")


def node():
    first = pathlib.Path(shutil.which("node") or "/usr/bin/node").resolve()
    headers = first.parent.parent / "include" / "node" / "node_api.h"
    return os.environ.get("NODE") or (
        first if headers.exists() else "/usr/bin/node")


def blocks(text):
    """(kind, name of a file or None, content) of each block to be run."""
    section = ""
    for title, kind, name, content in BLOCK.findall(text):
        section = title or section
        if kind and section not in ELSEWHERE:
            yield kind, name or None, content


class Commands(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)
        self.folder = self.home / "checkout"
        self.folder.mkdir()
        (self.folder / "build").symlink_to(BUILD)
        (self.folder / "examples").symlink_to(ROOT / "examples")
        # both are built beside their sources
        shutil.copytree(ROOT / "bindings", self.folder / "bindings",
                        ignore=shutil.ignore_patterns("build", "*.egg-info"))
        tools = self.home / "tools"
        tools.mkdir()
        (tools / "node").symlink_to(node())
        self.path = f"{tools}:/usr/bin:/bin:{BUILD / 'bin'}"

    def said(self, scripts):
        """What each of the scripts says, run by one shell."""
        kept = {name: value for name, value in os.environ.items() if
                not name.startswith(("PYTHON", "PIP_", "NODE_", "LD_", "PKG_",
                                     "LC_"))}
        done = subprocess.run(
            ["bash", "-euc", f"echo '{NEXT}'\n".join(scripts)], text=True,
            cwd=self.folder, stdout=subprocess.PIPE, check=False,
            stderr=subprocess.STDOUT, timeout=300, env={
                **kept, "HOME": str(self.home), "PATH": self.path,
                "LANG": "C.UTF-8",
                "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout.split(NEXT + "\n")

    def hears(self, said, expected):
        lines = iter(said.split("\n"))
        for one in expected.strip("\n").split("\n"):
            pattern = re.escape(one).replace(r"\.\.\.", ".*")
            self.assertTrue(any(re.fullmatch(pattern, line) for line in lines),
                            f"{one}\nis not said in\n{said}")

    def run_document(self, name):
        scripts, expected = [], []
        for kind, file, content in blocks(read(DOC / name)):
            if file:
                (self.folder / file).write_text(content, encoding="utf-8")
            elif kind == "sh":
                scripts.append(content)
                expected.append("")
            elif kind == "text":
                expected[-1] = content
        self.assertGreater(len(scripts), 1)
        for said, words in zip(self.said(scripts), expected, strict=True):
            if words:
                self.hears(said, words)

    def test_getting_started(self):
        self.run_document("getting-started.md")

    def test_judging_a_plan(self):
        self.run_document("judging-a-plan.md")

    def test_rules(self):
        self.run_document("rules.md")

    def test_every_document_with_blocks_to_run_is_run(self):
        found = [path.name for path in sorted(DOC.glob("*.md"))
                 if "\n```sh\n" in read(path)]
        self.assertEqual(found, RUN)

    def test_what_is_run_elsewhere_is_there(self):
        text = read(DOC / "getting-started.md")
        for section, test in ELSEWHERE.items():
            self.assertIn(f"\n{section}\n", text)
            self.assertIn(section, read(ROOT / test))

    def test_a_line_that_is_not_said_is_noticed(self):
        self.hears("one\ntwo\nthree\n", "one\nth...\n")
        for words in ("two\none\n", "four\n", "tw\n"):
            with self.assertRaises(AssertionError):
                self.hears("one\ntwo\nthree\n", words)


class Rules(unittest.TestCase):
    """The tables of rules.md are the packs."""

    def rows(self, pack):
        for rule in pack["rules"]:
            words = [f"`{rule['id']}`", rule["kind"], rule["title"],
                     rule["article"] or "-", rule.get("valid_from", "-"),
                     rule.get("valid_to", "-"), rule["status"]]
            yield f"| {' | '.join(words)} |"

    def test_each_pack_has_its_table(self):
        text = read(DOC / "rules.md")
        packs = [json.loads(read(path)) for path in
                 (ROOT / "libctgsched" / "rules").glob("*.json")]
        for pack in packs:
            found = re.search(
                rf"^## {pack['id']}: {re.escape(pack['title'])}\n\n"
                rf"(?:{re.escape(pack['law'])}\n\n)?\|.*\n\|.*\n((?:\|.*\n)+)",
                text, re.M)
            self.assertIsNotNone(found, pack["id"])
            self.assertEqual(found.group(1).splitlines(),
                             list(self.rows(pack)))
        self.assertEqual(len(re.findall(r"(?m)^## [a-z-]+: ", text)),
                         len(packs))


if __name__ == "__main__":
    unittest.main()
