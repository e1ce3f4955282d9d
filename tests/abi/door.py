# SPDX-License-Identifier: GPL-3.0-or-later
"""The ABI as abigail sees it: libctgsched/api alone, where every exported
function is, compiled with debug information and linked under the soname and
the version map of the library."""
import glob
import os
import re
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
LIBRARY = os.path.join(ROOT, "libctgsched")
INCLUDE = os.path.join(LIBRARY, "include")
RECORDED = os.path.join(HERE, "ctgsched.abi")
GROWS = os.path.join(HERE, "grows.suppr")


def run(*command):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, cwd=ROOT)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}")


def write_abi(out, folder, include=INCLUDE, soname="libctgsched.so.0",
              no_more=()):
    """The ABI to the file `out`, by way of a library in the folder; the public
    headers are those of `include`, `no_more` names functions to leave out."""
    library = os.path.join(folder, soname)
    with open(os.path.join(LIBRARY, "libctgsched.map"),
              encoding="utf-8") as file:
        text = file.read()
    hidden = "".join(f"{name};" for name in no_more)
    versions = os.path.join(folder, "map")
    with open(versions, "w", encoding="utf-8") as file:
        file.write(text.replace("local:", f"local: {hidden}"))
    run("gcc", "-std=c17", "-g", "-O0", "-fPIC", "-shared",
        "-fvisibility=hidden", '-DCTG_VERSION_TEXT=""', "-I", include, "-I",
        LIBRARY, f"-Wl,-soname,{soname}", f"-Wl,--version-script={versions}",
        "-Wl,--unresolved-symbols=ignore-all", "-o", library,
        *sorted(glob.glob("libctgsched/api/*.c", root_dir=ROOT)))
    run("abidw", "--headers-dir", include, "--drop-private-types",
        "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs",
        "--no-elf-needed", "--no-architecture", "--exported-interfaces-only",
        "--type-id-style", "hash", "--out-file", out, library)


def compared(old, new):
    """What differs, in the words of abidiff: (additions only?, text); the text
    is empty where nothing does that a program could notice."""
    done = subprocess.run(
        ["abidiff", "--no-architecture", "--suppressions", GROWS, old, new],
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        check=False)
    # Bits: 1 error, 2 usage, 4 something changed, 8 a symbol or soname is gone.
    if done.returncode & 3:
        raise RuntimeError(done.stdout)
    if done.returncode == 0:
        return True, ""
    changed = re.findall(r"summary: (\d+) Removed, (\d+) Changed", done.stdout)
    is_more = done.returncode == 4 and all(
        one == ("0", "0") for one in changed)
    return is_more, done.stdout
