# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of this folder share: commands, and a whole install."""
import os
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("CTG_BUILD", os.path.join(ROOT, "build"))


def run(*command, **more):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout.strip()


def files_below(folder):
    """Paths of files and links, from the folder."""
    return sorted(os.path.relpath(os.path.join(at, name), folder)
                  for at, _, names in os.walk(folder) for name in names)


def folder_with(prefix, name):
    return next(at for at, _, names in os.walk(prefix) if name in names)


class Installed(unittest.TestCase):
    """A whole install, to a prefix that the build was not configured for."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.prefix = os.path.join(cls.folder.name, "prefix")
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.libs = folder_with(cls.prefix, "libctgsched.so")
        cls.env = dict(os.environ, LD_LIBRARY_PATH=cls.libs)
        cls.env["PKG_CONFIG_PATH"] = os.path.join(cls.libs, "pkgconfig")

    def pkg_config(self, *words):
        return run("pkg-config", "--cflags", "--libs", *words, "ctgsched",
                   env=self.env).split()

    def path(self, name):
        return os.path.join(self.folder.name, name)
