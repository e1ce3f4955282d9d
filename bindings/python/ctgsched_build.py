# SPDX-License-Identifier: GPL-3.0-or-later
"""The extension ctgsched._ctgsched, made from the public headers.

What Python may call is read from the headers themselves, so that no second
list of functions can lag behind; the C compiler then checks every type. Where
headers and library are is pkg-config's to say:

    PKG_CONFIG_PATH=build                    a build folder
    PKG_CONFIG_PATH=PREFIX/lib/pkgconfig     a prefix of one's own
    (nothing)                                the system's
"""
import os
import re
import shlex
import subprocess

import cffi

CALLBACKS = """
extern "Python" int ctgpy_on_event(void *user, const ctg_event *event);
extern "Python" void ctgpy_on_fault(void *user, const ctg_fault *fault);
"""


def pkg_config(*words):
    command = [os.environ.get("PKG_CONFIG", "pkg-config"), *words, "ctgsched"]
    try:
        done = subprocess.run(command, check=True, text=True,
                              capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"{shlex.join(command)} failed: {getattr(error, 'stderr', error)}"
            "\nMaybe set PKG_CONFIG_PATH to the build folder of ctgsched, or "
            "to lib/pkgconfig of where it is installed.") from error
    return shlex.split(done.stdout)


def folders(flags, letter):
    return [flag[2:] for flag in flags if flag.startswith("-" + letter)]


def with_included(include, name, seen):
    """A public header after those that it includes, each once."""
    if name in seen:
        return ""
    seen.add(name)
    with open(os.path.join(include, name), encoding="utf-8") as file:
        text = file.read()
    return "".join(
        with_included(include, other, seen) for other in
        re.findall(r'(?m)^#include "(ctgsched_\w+\.h)"', text)) + text


def declarations(include):
    """The headers without comments and without the preprocessor's lines."""
    text = with_included(include, "ctgsched.h", set())
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"#ifdef __cplusplus.*?#endif", "", text, flags=re.S)
    text = re.sub(r"(?m)^[ \t]*#(?:.*\\\n)*.*$", "", text)
    return text.replace("CTG_API", "")


def made():
    # A folder of the system's is found by the compiler, and not in the flags.
    include = pkg_config("--variable=includedir")[0]
    libraries = folders(pkg_config("--libs-only-L"), "L")
    ffi = cffi.FFI()
    ffi.cdef(declarations(include) + CALLBACKS)
    ffi.set_source(
        "ctgsched._ctgsched", "#include <ctgsched.h>",
        include_dirs=folders(pkg_config("--cflags-only-I"), "I"),
        library_dirs=libraries, libraries=["ctgsched"],
        extra_link_args=[f"-Wl,-rpath,{folder}" for folder in libraries])
    return ffi


builder = made()
