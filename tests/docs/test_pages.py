# SPDX-License-Identifier: GPL-3.0-or-later
"""Manual pages: each function, type and parameter of the public headers stands
in section 3 as the header has it, each heading and row of format.md in section
5; groff has nothing to say against any page."""
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("CTG_BUILD", ROOT / "build"))
PAGES = BUILD / "gen" / "man"
HEADERS = sorted((ROOT / "libctgsched" / "include").glob("*.h"))
FORMAT = ROOT / "libctgsched" / "doc" / "format.md"
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def read(path):
    return path.read_text(encoding="utf-8")


def plain(roff):
    """What is read: no escapes, fonts, commands of paragraphs."""
    text = re.sub(r"\\f[BIR]", "", roff)
    text = text.replace("\\-", "-").replace("\\(dq", '"').replace("\\&", "")
    return text.replace("\\e", "\\")


def one_line(text):
    return " ".join(text.split())


class Headers(unittest.TestCase):
    def pages(self):
        for header in HEADERS:
            yield read(header), plain(read(PAGES / "man3" /
                                           (header.stem + ".3")))

    def test_each_function_has_a_page_and_stands_there_as_declared(self):
        promised = [line for line in
                    read(ROOT / "tests/abi/exports.txt").split("\n")
                    if line.startswith("ctg_")]
        seen = []
        for header, page in self.pages():
            shown = one_line(page)
            for prototype, name in re.findall(
                    r"CTG_API\s+([^;{]*?\b(ctg_\w+)\s*\([^;]*;)",
                    COMMENT.sub("", header)):
                seen.append(name)
                self.assertIn(f".SS {name}\n", page)
                self.assertIn(one_line(prototype), shown)
                self.assertIn(name, page.split(".SH SYNOPSIS")[0])
        self.assertEqual(sorted(seen), promised)

    def test_each_function_leads_to_the_page_of_its_header(self):
        for header in HEADERS:
            for name in re.findall(r"CTG_API\s+[^;{]*?\b(ctg_\w+)\s*\(",
                                   COMMENT.sub("", read(header))):
                self.assertEqual(read(PAGES / "man3" / (name + ".3")),
                                 f".so man3/{header.stem}.3\n")

    def test_there_is_no_other_page(self):
        links = [path for path in (PAGES / "man3").iterdir()
                 if read(path).startswith(".so ")]
        self.assertEqual(len(list((PAGES / "man3").iterdir())),
                         len(links) + len(HEADERS))
        names = "".join(map(read, HEADERS))
        for path in links:
            self.assertIn(f"{path.stem}(", names)

    def test_each_type_stands_there_as_declared(self):
        n = 0
        for header, page in self.pages():
            shown = one_line(page)
            for code, name in re.findall(
                    r"^(typedef (?:enum|struct) \w+ (?:\{.*?\n\} )?(\w+);)",
                    header, re.M | re.S):
                n += 1
                self.assertIn(f".SS {name}\n", page)
                self.assertIn(one_line(code), shown)
        self.assertGreater(n, 30)

    def test_what_comments_say_is_said(self):
        """Line by line, cut where a sentence ends, but for the signs of the
        comment itself."""
        n = 0
        for header, page in self.pages():
            text = one_line(re.sub(r"(?m)^\.[A-Z]+ ?", "", page))
            for comment in re.findall(r"^/\*\*(.*?)\*/", header, re.M | re.S):
                bare = re.sub(r"(?m)^ \* ?|@file|@param|`", "", comment)
                bare = bare.replace("@return", "Returns")
                for line in bare.split("\n"):
                    for piece in re.split(r"\.(?: |$)", one_line(line)):
                        n += 1
                        self.assertIn(piece, text)
        self.assertGreater(n, 500)


class Format(unittest.TestCase):
    PAGE = plain(read(PAGES / "man5" / "ctgsched-format.5")) \
        if (PAGES / "man5" / "ctgsched-format.5").exists() else ""

    @staticmethod
    def bare(text):
        return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1",
                      re.sub(r"`|\*\*", "", text)).strip()

    def test_each_heading_is_there(self):
        n = 0
        for depth, title in re.findall(r"(?m)^(##+) (.*)$", read(FORMAT)):
            n += 1
            command = ".SH" if depth == "##" else ".SS"
            self.assertIn(f"\n{command} {self.bare(title)}\n", self.PAGE)
        self.assertGreater(n, 40)

    def test_each_row_of_a_table_is_there(self):
        n = 0
        for line in re.findall(r"(?m)^\| *(`\w+`) *\|.*\n(?!\|--)",
                               read(FORMAT)):
            n += 1
            self.assertIn(f"\n.TP\n{self.bare(line)}\n", self.PAGE)
        self.assertGreater(n, 200)

    def test_each_paragraph_is_there(self):
        lines = [line for line in read(FORMAT).split("\n")
                 if line and not re.match(r"[|#-]|\d\. ", line)]
        shown = self.PAGE.replace("*", "")
        for line in lines:
            self.assertIn(self.bare(line).replace("*", ""), shown)
        self.assertGreater(len(lines), 120)


class Roff(unittest.TestCase):
    def test_no_page_has_a_fault(self):
        pages = [path for path in PAGES.glob("man?/*")
                 if not read(path).startswith(".so ")]
        pages += [BUILD / "gen" / "ctgsched.1", BUILD / "gen" / "ctgschedd.8",
                  *(ROOT / "libctgsched/doc/man").glob("*.1"),
                  *(ROOT / "bench/generate").glob("*.1")]
        self.assertGreater(len(pages), 10)
        for page in pages:
            done = subprocess.run(
                ["groff", "-mandoc", "-Tutf8", "-k", "-ww", "-z", str(page)],
                text=True, capture_output=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""), page)


if __name__ == "__main__":
    unittest.main()
