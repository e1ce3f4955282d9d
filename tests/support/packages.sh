# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests/run, .ci/run and examples/quickstart: the Debian packages
# that are needed (names valid on Debian 12 and 13), and one way to build.
# Expects $root, the checkout.

# The Node that stands first in PATH, when it brings its headers; Debian's else.
node_packages() {
    node=$(readlink -f "$(command -v node)" 2>/dev/null) || node=""
    [ -e "${node%/bin/*}/include/node/node_api.h" ] ||
        echo "nodejs libnode-dev"
}

build_packages="cmake ninja-build gcc libc6-dev pkgconf libglpk-dev \
libjansson-dev"
# For ctgschedd; without them everything else is built.
daemon_packages="libuv1-dev libmicrohttpd-dev libsqlite3-dev"
test_packages="g++ libcmocka-dev python3 python3-jsonschema glpk-utils \
coinor-cbc python3-venv python3-dev python3-cffi python3-setuptools \
python3-wheel python3-pytest python3-hypothesis python3-icalendar \
libuv1-dev abigail-tools $(node_packages) python3-pandas mypy dpkg-dev file \
groff-base curl"
# For tests/run --long.
long_packages="valgrind clang util-linux"

# Those of the named packages that are not installed.
missing_packages() {
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
        installed) ;;
        *) printf ' %s' "$package" ;;
        esac
    done
}

# Installs what is missing, or says what an administrator must run.
need_packages() {
    if ! command -v dpkg-query >/dev/null; then
        echo "This is not Debian: make sure that you have the equivalent of"
        echo "    $*"
        return 0
    fi
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -eq 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }
    then
        as_root="sudo"
    else
        echo "Some Debian packages are missing. An administrator must run:"
        echo "    apt-get update && apt-get install$missing"
        exit 1
    fi
    echo "Installing Debian packages:$missing"
    # A machine that has just started may be installing something else.
    wait="-o DPkg::Lock::Timeout=120"
    # shellcheck disable=SC2086
    $as_root apt-get update -q $wait || echo "apt-get update failed; going on"
    # shellcheck disable=SC2086
    if ! $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y $wait --no-install-recommends $missing; then
        echo "The installation failed. Please run, and see why:"
        echo "    apt-get install$missing"
        exit 1
    fi
}

# The Python that the packages belong to, whichever stands first in PATH.
run_python() {
    if [ -x /usr/bin/python3 ]; then
        /usr/bin/python3 "$@"
    else
        python3 "$@"
    fi
}

# configure FOLDER [cmake options]: a folder copied from elsewhere starts
# afresh; one that exists keeps its generator.
configure() {
    folder=$1
    shift
    cache="$folder/CMakeCache.txt"
    if [ ! -e "$cache" ]; then
        set -- -G Ninja "$@"
    elif ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        set -- --fresh -G Ninja "$@"
    fi
    cmake -S "$root" -B "$folder" "$@"
}
