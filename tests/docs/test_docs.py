# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documents say is there: files, functions, commands and their flags,
options in help and manual, goals and rules in format.md, families of rows in
formulation.md, codes of faults. The worked example works."""
import fnmatch
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LIBRARY = ROOT / "libctgsched"
DOC = LIBRARY / "doc"
BIN = pathlib.Path(os.environ.get("CTG_BIN", ROOT / "build" / "bin"))
DOCUMENTS = [ROOT / "README.md", LIBRARY / "README.md", *sorted(
    DOC.glob("*.md"))]
ADDING = DOC / "adding-a-constraint.md"
FILE = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*\.(?:c|h|def|py|json|md|1)")
# Names in examples that a user makes.
MADE = {"plan.json", "problem.json", "commune.mps", "p.lp", "p.lp.tsv",
        "v.json", "h.json", "p.json", "m.json"}


def read(path):
    return path.read_text(encoding="utf-8")


def sources():
    """Every file of the project that a document may name, from the root."""
    for top in ("libctgsched", "tests", "bench", "examples"):
        for folder, folders, names in os.walk(ROOT / top):
            folders[:] = [f for f in folders if f != "__pycache__"]
            for name in names:
                yield (pathlib.Path(folder) / name).relative_to(ROOT)


SOURCES = sorted(str(path) for path in sources())


def ticked(path):
    """What stands between single backticks, outside blocks of code."""
    text = re.sub(r"```.*?```", "", read(path), flags=re.S)
    return re.findall(r"`([^`\n]+)`", text)


def named(name):
    """The files that a name stands for: from the root, from the library, from
    any folder; * is a pattern."""
    name = name.replace("VERB", "*")
    return [path for path in SOURCES if fnmatch.fnmatch(path, name)
            or fnmatch.fnmatch(path, "*/" + name)]


def made(path):
    """Files that a document has its reader write: ```json NAME"""
    return set(re.findall(r"(?m)^```\w+ (\S+)$", read(path)))


def table(name, macro):
    """Rows of a table of the sources, as lists of their words."""
    rows = re.findall(rf"^{macro}\((.*?)\)$", read(LIBRARY / name),
                      re.M | re.S)
    return [[word.strip().strip('"') for word in row.split(",")]
            for row in rows]


def run(*command):
    done = subprocess.run([str(word) for word in command], text=True,
                          capture_output=True, check=False, timeout=60)
    return done.stdout + done.stderr


class Files(unittest.TestCase):
    def test_links_lead_somewhere(self):
        n = 0
        for document in DOCUMENTS:
            for target in re.findall(r"\]\(([^)#:]+)\)", read(document)):
                n += 1
                self.assertTrue((document.parent / target).exists(),
                                f"{document.name}: {target}")
        self.assertGreater(n, 8)

    def test_files_named_exist(self):
        n = 0
        for document in DOCUMENTS:
            for words in ticked(document):
                if not FILE.fullmatch(words) or words in MADE | made(document):
                    continue
                n += 1
                self.assertTrue(named(words), f"{document.name}: {words}")
        self.assertGreater(n, 60)

    def test_folders_named_exist(self):
        for document in DOCUMENTS:
            for words in ticked(document):
                if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/", words):
                    there = [ROOT / words, LIBRARY / words]
                    self.assertTrue(
                        words in ("build/",) or any(map(
                            pathlib.Path.exists, there)),
                        f"{document.name}: {words}")

    def test_map_of_the_library_names_every_floor(self):
        text = read(LIBRARY / "README.md")
        for folder in sorted(LIBRARY.iterdir()):
            if folder.is_dir() and folder.name not in ("cmake", "include"):
                self.assertRegex(text, rf"(?m)^\|[^|]*\b{folder.name}\b")


class Functions(unittest.TestCase):
    """In adding-a-constraint.md."""

    CODE = [path for path in SOURCES
            if path.endswith((".c", ".h", ".py", ".def"))]
    # Words in backticks that are not names in C or Python.
    VALUES = {"many-points", "on-a-path", "guaranteed_MANAGER"}

    def test_each_name_is_in_the_code(self):
        words = set()
        for path in self.CODE:
            words.update(re.findall(r"\w+", read(ROOT / path)))
        n = 0
        for name in ticked(ADDING):
            if "_" in name and re.fullmatch(r"\w+", name) \
                    and name not in self.VALUES:
                n += 1
                self.assertIn(name, words)
        self.assertGreater(n, 30)

    def test_each_name_is_in_the_file_named_beside_it(self):
        pairs = re.findall(r"`(\w+)` (?:and `(\w+)` )?in `([\w/.-]+\.\w+)`",
                           read(ADDING))
        self.assertGreater(len(pairs), 15)
        for *names, file in pairs:
            code = "".join(read(ROOT / path) for path in named(file))
            for name in filter(None, names):
                self.assertRegex(code, rf"\b{name}\b", f"{file}: {name}")


def commands():
    """(document, words) of each command that is shown."""
    for document in DOCUMENTS:
        text = read(document)
        shown = re.findall(r"(?m)^    (\S.*)$", text) + ticked(document)
        for line in shown:
            for part in re.split(r"&&|;", line.split("  #")[0]):
                words = part.replace("`", "").split()
                if words:
                    yield document, words


class Commands(unittest.TestCase):
    def setUp(self):
        if not (BIN / "ctgsched").exists():
            self.skipTest("the programs are not built")

    def flags_exist(self, words, *program):
        text = run(*program, "--help")
        for flag in words:
            if re.match(r"--?[a-z]", flag):
                name = flag.split("=")[0]
                self.assertRegex(text, rf"(?<![\w-]){name}(?![\w-])",
                                 " ".join(words))

    def test_programs_of_the_build_take_what_is_shown(self):
        n = 0
        for _, words in commands():
            program = words[0].removeprefix("build/bin/")
            if not words[0].startswith("build/bin/") and program not in (
                    "ctgsched", "ctgsched-verify", "ctgsched-generate"):
                continue
            n += 1
            self.assertTrue((BIN / program).exists(), words)
            if program == "ctgsched" and len(words) > 1 \
                    and words[1] != "--help":
                verbs = [row[1] for row in table("cli/verbs.def", "VERB")]
                self.assertIn(words[1], verbs, words)
                self.flags_exist(words[2:], BIN / program, words[1])
            elif program in ("ctgsched-verify", "ctgsched-generate"):
                self.flags_exist(words[1:], BIN / program)
        self.assertGreater(n, 12)

    def test_python_programs_take_what_is_shown(self):
        n = 0
        for _, words in commands():
            if words[0] == "python3" and words[1].endswith(".py"):
                n += 1
                self.assertTrue((ROOT / words[1]).exists(), words)
                self.flags_exist(words[2:], "python3", ROOT / words[1])
            elif words[:3] == ["python3", "-m", "unittest"]:
                for module in words[3:]:
                    n += 1
                    self.assertTrue(named(module + ".py"), words)
        self.assertGreater(n, 5)

    def test_scripts_shown_can_be_run(self):
        shown = {words[0] for _, words in commands()
                 if words[0] in ("tests/run", "bench/run",
                                 "examples/quickstart")}
        self.assertEqual(len(shown), 3)
        for script in shown:
            self.assertTrue(os.access(ROOT / script, os.X_OK), script)

    def test_targets_shown_are_programs(self):
        for _, words in commands():
            if words[0] == "ninja" and len(words) > 3:
                self.assertTrue((BIN / words[3]).exists(), words)


class Options(unittest.TestCase):
    def setUp(self):
        if not (BIN / "ctgsched").exists():
            self.skipTest("the programs are not built")

    def flags(self):
        """(flag, verbs) from the two tables of options."""
        verbs = [row[0] for row in table("cli/verbs.def", "VERB")]
        text = read(LIBRARY / "cli/options.def")
        for flag, where in re.findall(
                r'^OPTION\(\w+, "([\w-]+)",.*?((?:ALL|ON)[^"]*?),\n? *"', text,
                re.M | re.S):
            given = set(re.findall(r"ON\((\w+)\)", where.split("~")[0]))
            if where.startswith("ALL"):
                given = set(verbs) - set(re.findall(r"~ON\((\w+)\)", where))
            yield "--" + flag, {verb.lower() for verb in given}
        for row in table("api/options.def", "OPTION"):
            yield "--" + row[0].replace("_", "-"), {
                "decide": {"solve"}, "max_changes": {"replan"}}.get(
                    row[0], {"solve", "replan"})

    def test_help_and_manual_list_every_option(self):
        manual = run(BIN / "ctgsched", "--generate", "man").replace("\\-", "-")
        n = 0
        for flag, verbs in self.flags():
            n += 1
            self.assertTrue(verbs, flag)
            self.assertIn(flag, manual)
            for verb in verbs:
                text = run(BIN / "ctgsched", verb, "--help")
                self.assertRegex(text, rf"(?m)^ +(-\w, )?{flag}\b", verb)
        self.assertGreater(n, 20)

    def test_help_lists_no_other_option(self):
        known = dict(self.flags())
        for verb in [row[1] for row in table("cli/verbs.def", "VERB")]:
            for flag in re.findall(r"(?m)^ +(?:-\w, )?(--[a-z-]+)",
                                   run(BIN / "ctgsched", verb, "--help")):
                self.assertIn(verb, known[flag])

    def test_manuals_of_other_programs_list_their_options(self):
        for program, page in (
                ("ctgsched-verify", DOC / "man/ctgsched-verify.1"),
                ("ctgsched-generate",
                 ROOT / "bench/generate/ctgsched-generate.1")):
            manual = read(page).replace("\\-", "-").replace("Fl Fl ", "--")
            flags = set(re.findall(r"--[a-z]+(?:-[a-z]+)*",
                                   run(BIN / program, "--help")))
            self.assertGreater(len(flags), 2)
            for flag in flags:
                self.assertIn(flag, manual, program)


def section(text, title):
    """The part of a document under a title, up to the next of its depth."""
    depth = len(title.split(" ")[0])
    found = re.search(rf"^{re.escape(title)}.*?(?=^#{{1,{depth}}} |\Z)", text,
                      re.M | re.S)
    return found.group(0)


class Format(unittest.TestCase):
    TEXT = read(DOC / "format.md")

    def test_every_goal_stands_in_its_table(self):
        rows = re.findall(r"(?m)^\| `(\w+)` \| (min|max) \| ([^|]+) \|",
                          section(self.TEXT, "### 7.1 Table of goals"))
        senses = {"SENSE_MIN": "min", "SENSE_MAX": "max"}
        expected = [(name, senses[sense], unit) for _, name, sense, unit
                    in table("model/goals.def", "GOAL")]
        self.assertEqual([(n, s, u.strip()) for n, s, u in rows], expected)

    def test_every_rule_stands_in_the_table_or_among_the_breaches(self):
        first = section(self.TEXT, "## 5. Rules").split("### 5.1")[0]
        found = [name for row in re.findall(r"(?m)^\| (`[^|]+) \|", first)
                 for name in re.findall(r"`(\w+)`", row.split("[")[0])]
        breaches = re.findall(r"`(\w+)`", section(
            self.TEXT, "### 5.4 Breach"))
        for _, name in table("model/plan_rules.def", "PLAN_RULE"):
            self.assertTrue(name in found or name in breaches, name)
        names = {name for _, name in table("model/plan_rules.def",
                                           "PLAN_RULE")}
        self.assertLessEqual(set(found), names)

    def test_every_kind_of_rule_stands_in_its_table(self):
        rows = re.findall(r"(?m)^\| `(\w+)` \|",
                          section(self.TEXT, "## 6. Rule packs"))
        kinds = [row[0] for row in table("cli/kinds.def", "KIND_SCOPE")]
        self.assertEqual(rows, kinds)

    def test_every_code_of_a_fault_is_listed(self):
        listed = set(re.findall(r"`([EW]-[A-Z-]+)`",
                                section(self.TEXT, "## 11. Faults")))
        used = set()
        for path in SOURCES:
            if path.startswith("libctgsched") and path.endswith((".c", ".h")):
                used.update(re.findall(r'"([EW]-[A-Z-]+)"', read(ROOT / path)))
        self.assertEqual(listed, used)

    def test_references_to_its_sections_exist(self):
        titles = set(re.findall(r"(?m)^##+ (\d+(?:\.\d+)?)[. ]", self.TEXT))
        for document in DOCUMENTS:
            text = read(document)
            asked = re.findall(r"§(\d+(?:\.\d+)?)", text)
            asked += re.findall(r"format\.md[)]? (\d+(?:\.\d+)?)", text)
            self.assertLessEqual(set(asked), titles, document.name)


class Formulation(unittest.TestCase):
    TEXT = read(DOC / "formulation.md")
    CODE = "".join(read(ROOT / path) for path in SOURCES
                   if path.startswith("libctgsched/solve/")
                   and path.endswith(".c"))

    CHOICES = {"x", "lack", "duty", "restweek"}

    def named(self, call):
        """Last words of calls that name what they make."""
        return set(re.findall(rf'{call}\([^;]*?"(\w+)"\)', self.CODE, re.S))

    def made(self, call):
        """Families in the names that rows or columns get."""
        found = re.findall(rf'{call}\([^;]*?"([a-z_]+?)_%', self.CODE, re.S)
        return {name for name in found if name not in self.CHOICES}

    def listed(self, title):
        rows = re.findall(r"(?m)^\| (`[^|]+?`) \|",
                          section(self.TEXT, title))
        return {name for row in rows for name in re.findall(r"`(\w+)`", row)}

    def test_every_family_of_rows_is_told(self):
        families = self.made("program_name_row")
        families |= set(re.findall(r'\.name = "(\w+)"', self.CODE))
        families |= set(re.findall(r'emit_quota\([^;]*?"(\w+)"', self.CODE,
                                   re.S))
        families |= self.named(r"\w+_row") | self.named("add_counter")
        families |= self.named("count_away")
        families |= self.named("limit_dates") | self.named("limit_minutes")
        families |= {"goal", "menu"}
        told = (self.listed("## Rows") | self.listed("## Duties")
                | self.listed("## Changes"))
        policy = set(re.findall(r"`(\w+)`", section(
            self.TEXT, "## Policy by points")))
        for name in sorted(families):
            self.assertIn(name, told | policy)
        self.assertLessEqual(told, families)
        self.assertGreater(len(told), 25)

    def test_every_auxiliary_column_is_told(self):
        families = self.made("program_name_col") | {"lack", "sum"}
        families |= self.named(r"\w+_col") | self.named("add_counter")
        families |= self.named("count_away")
        told = self.listed("## Columns")
        for name in sorted(families):
            self.assertTrue(name in told or name.split("_")[0] in told, name)
        self.assertLessEqual(told, families | {"breaks"})


class Example(unittest.TestCase):
    """The problem in adding-a-constraint.md."""

    def served(self, problem):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "problem.json"
            file.write_text(json.dumps(problem), encoding="utf-8")
            plan = json.loads(subprocess.run(
                [BIN / "ctgsched", "solve", file], text=True, check=True,
                capture_output=True).stdout)
        return [one["request"] for one in plan["placements"]]

    def test_the_rule_decides(self):
        if not (BIN / "ctgsched").exists():
            self.skipTest("the programs are not built")
        problem = json.loads(re.search(r"```json\n(.*?)```", read(ADDING),
                                       re.S).group(1))
        self.assertEqual(self.served(problem), ["on-a-path"])
        problem["rules"][0]["rules"] = []
        self.assertEqual(self.served(problem), ["many-points"])


if __name__ == "__main__":
    unittest.main()
