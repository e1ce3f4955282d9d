# SPDX-License-Identifier: GPL-3.0-or-later
"""A program of another language under valgrind: what is lost or misread where
the library or its binding has a hand in it. What the language itself does, with
its own compiler at run time, is not our affair."""
import os
import subprocess
import tempfile
import xml.etree.ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
SUPPRESSIONS = os.path.join(HERE, "..", "support", "valgrind.supp")
CYCLES = "1000"
# cffi makes the module once; what it keeps for that is not a cycle's.
ONCE = "_cffi_init"


def names(error, member):
    return [frame.findtext(member) or "" for frame in error.iter("frame")]


def is_ours(error):
    return any("ctgsched" in name for name in names(error, "obj")) and \
        ONCE not in names(error, "fn") and \
        error.findtext("kind") != "Leak_PossiblyLost"


def told(error):
    what = error.findtext("what") or error.findtext("xwhat/text")
    return "\n    ".join([what, *filter(None, names(error, "fn"))])


def faults(*command, env):
    """What valgrind has against it, a text each."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.xml")
        done = subprocess.run(
            ["valgrind", "--xml=yes", f"--xml-file={report}",
             "--leak-check=full", "--fair-sched=yes",
             "--smc-check=all-non-file", f"--suppressions={SUPPRESSIONS}",
             *command], text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, check=False, env=env)
        if done.returncode != 0:
            return [done.stdout]
        root = xml.etree.ElementTree.parse(report).getroot()
    if [status.findtext("state") for status in root.iter("status")] != \
            ["RUNNING", "FINISHED"]:
        return ["valgrind came to no end"]
    return [told(error) for error in root.iter("error") if is_ours(error)]
