# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the scripts beside it: bare roots of a Debian, commands in them,
# and a sum. Expects $0 in tests/bare.
here=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
mirror=${MIRROR:-http://deb.debian.org/debian}
passed=0 failed=0

if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then
    echo "Root and the package debootstrap are needed. Maybe:"
    echo "    sudo apt-get install debootstrap && sudo $0"
    exit 2
fi
if [ -z "${BARE:-}" ]; then
    BARE=$(mktemp -d /var/tmp/ctgsched-bare.XXXXXX)
    trap 'rm -rf "$BARE"' EXIT
    trap 'exit 130' INT TERM
fi

# fresh SUITE: $tree becomes a new root with a clone in /home/joe/checkout.
fresh() {
    tree="$BARE/tree"
    rm -rf "$tree"
    if [ ! -d "$BARE/$1" ]; then
        debootstrap --variant=minbase "$1" "$BARE/making" "$mirror" >/dev/null
        mv "$BARE/making" "$BARE/$1"
    fi
    cp -a "$BARE/$1" "$tree"
    cp /etc/resolv.conf "$tree/etc/resolv.conf"
    chroot "$tree" useradd -m joe
    git clone -q --no-hardlinks "$here" "$tree/home/joe/checkout"
    chroot "$tree" chown -R joe: /home/joe
}

# In the root, nothing of this environment, no standard input.
inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        chroot "$tree" "$@" </dev/null
}

as_joe() { inside su joe -c "cd && checkout/$*"; }

# expect STATUS WORDS COMMAND...: its exit status, and words in what it says.
expect() {
    status=$1 words=$2
    shift 2
    began=$(date +%s) found=0
    "$@" >"$BARE/log" 2>&1 || found=$?
    if [ "$found" -eq "$status" ] && grep -q -- "$words" "$BARE/log"; then
        passed=$((passed + 1)) result=ok
    else
        failed=$((failed + 1)) result="FAILED, status $found"
        tail -n 40 "$BARE/log"
    fi
    echo "$suite: $*: $result ($(($(date +%s) - began)) s)"
}

sum_up() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
