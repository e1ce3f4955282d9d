#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A morning with the daemon: starts it on a folder of its own, puts the joint
# crèche, watches the stream, tells what happened at 6:50, holds a place, and
# publishes. Needs curl and the programs in build/bin (or CTG_BIN).
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
bin=${CTG_BIN:-$root/build/bin}
folder=$(mktemp -d)
token=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
commune=http://localhost/v1/communes/example

say() { printf '\n== %s\n' "$*"; }
ask() {
    curl --silent --show-error --unix-socket "$folder/socket" \
        --header "Authorization: Bearer $token" "$@"
}
stop() {
    kill "$watcher" "$daemon" 2>/dev/null || :
    wait "$daemon" 2>/dev/null || :
    rm -rf "$folder"
}

say "1/6 The daemon, on a folder of its own"
(umask 077 && echo "$token example read,hold,plan,publish" >"$folder/tokens")
"$bin/ctgschedd" --state "$folder/state" --socket "$folder/socket" \
    --tokens "$folder/tokens" --improve-time 2 2>"$folder/log" &
daemon=$!
watcher=$daemon
trap stop EXIT
tries=0
until curl --silent --fail --output /dev/null --unix-socket "$folder/socket" \
    http://localhost/livez; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { cat "$folder/log"; exit 1; }
    sleep 0.1
done
echo "It answers."

say "2/6 The problem: 60 requests, 8 agents"
ask --request PUT --data-binary "@$root/examples/joint-creche.json" \
    $commune/problem
ask --no-buffer $commune/stream >"$folder/stream" &
watcher=$!
sleep 4

say "3/6 At 6:50: an agent is ill, a family cancels, another comes late"
ask --data-binary "@$root/examples/joint-creche-morning.json" $commune/events
sleep 3

say "4/6 A place is held for five minutes, or refused with what is free"
ask --header "Idempotency-Key: $token-1" --data '{"structure": "s001",
    "age_months": 30, "seconds": 300, "when": [{"date": "2026-09-11",
    "begin": "13:00", "end": "14:00"}]}' $commune/holds

say "5/6 The plan is published, as it was looked at"
tag=$(ask --dump-header - --output /dev/null $commune/plan |
    sed -n 's/^ETag: \(.*\)\r$/\1/p')
ask --request POST --header "If-Match: $tag" \
    --header "Idempotency-Key: $token-2" $commune/publish

say "6/6 What the stream told meanwhile"
sleep 1
grep -E '^(id|event): ' "$folder/stream" | paste - -
say "Done. A kill and a start would show the same."
