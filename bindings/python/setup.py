# SPDX-License-Identifier: GPL-3.0-or-later
"""What pyproject.toml cannot say: the extension is made by cffi, and one wheel
serves every Python from 3.11 on."""
from setuptools import setup

setup(
    cffi_modules=["ctgsched_build.py:builder"],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
